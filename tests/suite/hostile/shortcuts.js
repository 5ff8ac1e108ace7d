for (const kind of ["keydown", "keypress", "keyup"]) document.addEventListener(kind, (event) => { heardKeys++; event.preventDefault(); });
