document.write('<script src="' + document.currentScript.dataset.src + '" data-hotline="400-000-0000"></' + "script>");
