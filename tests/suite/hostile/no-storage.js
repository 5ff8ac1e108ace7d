// A page in which nothing may be kept, and little of what is new is there.
for (const name of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
delete window.CloseWatcher;
for (const name of ["matchMedia", "ResizeObserver", "IntersectionObserver"]) window[name] = undefined;
for (const name of ["clipboard", "share"]) Object.defineProperty(navigator, name, { value: undefined });
history.pushState = () => { throw new Error("the router's own"); };
Date.prototype.toLocaleString = () => { throw new Error("no locale"); };
