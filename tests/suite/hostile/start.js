// Runs before anything else of a page: what goes wrong in it, and which names it had.
window.complaints = [];
addEventListener("securitypolicyviolation", (event) => complaints.push(event.violatedDirective + " " + event.blockedURI));
addEventListener("error", (event) => complaints.push(event.message));
addEventListener("unhandledrejection", (event) => complaints.push(String(event.reason)));
window.heardKeys = 0;
window.warned = [];
const warn = console.warn;
console.warn = (...said) => { warned.push(said.join(" ")); warn(...said); };
window.newNames = null;
const before = new Set(Object.getOwnPropertyNames(window));
window.newNames = () => Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && !/^[0-9]+$/.test(name));
