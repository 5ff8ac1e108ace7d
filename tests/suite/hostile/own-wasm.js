// A page with wasm of its own, and with names that generated code likes.
window.wasm = { memory: "theirs" };
window.wasm_bindgen = () => { throw new Error("not yours"); };
window.init = 1;
window.Module = {};
window.theirInstance = null;
WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(({ instance }) => { window.theirInstance = instance; });
