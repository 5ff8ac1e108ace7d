//! What the page and its browser offer, got at by name: a binding of its own for each would weigh
//! more, and what a browser lacks or denies is an error here instead of an exception.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// The page's window.
pub(super) fn window() -> JsValue {
    js_sys::global().into()
}

/// What `object` calls `name`; undefined where there is no such thing, or it is denied.
pub(super) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// What calling `object`'s `method` gives, or throws.
pub(super) fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.apply(object, &arguments.iter().collect::<Array>())
}

/// Does `work` once the page has had a chance to paint and to listen.
pub(super) fn later(work: impl FnOnce() + 'static) {
    let _ = call(&window(), "setTimeout", &[Closure::once_into_js(work)]);
}
