window.define = () => { throw new Error("define was called"); };
window.define.amd = {};
window.require = () => { throw new Error("require was called"); };
window.module = { exports: {} };
window.exports = window.module.exports;
window.process = { env: {} };
