//! Taking the ticket along: the clipboard, the share sheet, or selected text where a browser has or
//! allows neither.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::page::{call, property, window};

/// Whether there is a share sheet. WeChat's browser may have the function without the sheet.
pub(super) fn can_share() -> bool {
    let navigator = property(&window(), "navigator");
    let agent = property(&navigator, "userAgent").as_string().unwrap_or_default();
    !property(&navigator, "share").is_undefined() && !agent.contains("MicroMessenger")
}

/// Opens the share sheet with `text`. Dismissing it is no fault.
pub(super) async fn share(text: &str) {
    let told = js_sys::Object::new();
    let _ = Reflect::set(&told, &"text".into(), &text.into());
    let _ = promised(call(&property(&window(), "navigator"), "share", &[told.into()])).await;
}

/// Puts `text` into the clipboard, or else selects the ticket in `app` and copies the selection the
/// way that older browsers know; the text stays selected. Whether it worked.
pub(super) async fn copy(text: &str, app: Option<Element>) -> bool {
    // On a page without HTTPS there is no clipboard at all.
    let clipboard = property(&property(&window(), "navigator"), "clipboard");
    if promised(call(&clipboard, "writeText", &[text.into()])).await {
        return true;
    }
    let Some(shown) = app.and_then(|app| app.query_selector(".ticket pre").ok()?) else { return false };
    let selected = call(&window(), "getSelection", &[])
        .and_then(|selection| call(&selection, "selectAllChildren", &[shown.into()]));
    let copied = call(&property(&window(), "document"), "execCommand", &["copy".into()]);
    selected.is_ok() && copied.is_ok_and(|copied| copied.is_truthy())
}

async fn promised(promise: Result<JsValue, JsValue>) -> bool {
    match promise {
        // What an app's own browser puts in the place of a standard function may promise nothing.
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await.is_ok(),
        Err(_) => false,
    }
}
