//! Where the app's script and the view meet.

// wasm-bindgen exports are public to JavaScript, though no Rust code outside can reach them.
#![allow(unreachable_pub)]

use std::cell::RefCell;
use std::rc::Rc;

use posdoc::content::Drawing;
use posdoc::index::{Pack, Section};
use posdoc::matching::Verdict;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Callback;

use super::app::{App, AppProps};
use super::library::Library;
use super::route::Route;

#[wasm_bindgen]
extern "C" {
    /// What the app's script does for the view (`static/app.js`).
    #[derive(Debug, Clone, PartialEq)]
    pub type Host;
    /// Goes to an address within the app.
    #[wasm_bindgen(method)]
    pub fn go(this: &Host, query: &str);
    /// Hands a file to the user.
    #[wasm_bindgen(method)]
    pub fn save(this: &Host, name: &str, kind: &str, text: &str);
    #[wasm_bindgen(method)]
    pub fn print(this: &Host);
    /// Opens the chat where conversation `id` was left; `text` is what it keeps under `key`.
    #[wasm_bindgen(method)]
    pub fn resume(this: &Host, id: &str, key: &str, text: &str);
    /// Shares text, or copies it where nothing can be shared. Resolves to what was done:
    /// `shared`, `copied`, or nothing.
    #[wasm_bindgen(method, catch)]
    async fn share(this: &Host, text: &str) -> Result<JsValue, JsValue>;
    /// The engine's verdict, as bytes.
    #[wasm_bindgen(method, catch)]
    async fn ask(this: &Host, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn drawings(this: &Host) -> Result<JsValue, JsValue>;
    /// A [`Device`], as JSON.
    #[wasm_bindgen(method, catch)]
    async fn device(this: &Host) -> Result<JsValue, JsValue>;
    /// Asks that nothing kept here be cleared away by the browser on its own.
    #[wasm_bindgen(method, catch)]
    async fn persist(this: &Host) -> Result<JsValue, JsValue>;
    /// Shows the browser's question whether to install.
    #[wasm_bindgen(method, catch)]
    async fn install(this: &Host) -> Result<JsValue, JsValue>;
}

/// What the browser says about this app.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Device {
    /// The version in use; empty before it is kept offline.
    pub(super) version: String,
    pub(super) program: String,
    /// Date of the newest article.
    pub(super) date: String,
    /// Whether all of it is here.
    pub(super) offline: bool,
    pub(super) usage: f64,
    pub(super) quota: f64,
    pub(super) persisted: bool,
    pub(super) installed: bool,
    pub(super) installable: bool,
    pub(super) ios: bool,
}

impl Host {
    pub(super) async fn understand(&self, text: &str) -> Option<Verdict> {
        let bytes = js_sys::Uint8Array::new(&self.ask(text).await.ok()?).to_vec();
        posdoc::content::record::decode(&bytes)
    }

    /// The drawings. They only help, so that failing is no more than having none.
    pub(super) async fn fetch_drawings(&self) -> Vec<Drawing> {
        let Ok(bytes) = self.drawings().await else { return Vec::new() };
        let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
        Pack::open(&bytes).and_then(|pack| pack.read(Section::Drawings)).unwrap_or_default()
    }

    pub(super) async fn about(&self) -> Device {
        let text = self.device().await.ok().and_then(|text| text.as_string());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub(super) async fn hand_over(&self, text: &str) -> Option<String> {
        self.share(text).await.ok()?.as_string()
    }

    pub(super) async fn keep(&self) {
        let _ = self.persist().await;
    }

    pub(super) async fn offer_install(&self) {
        let _ = self.install().await;
    }
}

thread_local! {
    static LISTENER: RefCell<Option<Callback<Route>>> = const { RefCell::new(None) };
}

/// From now on addresses go to `callback`.
pub(super) fn listen(callback: Callback<Route>) {
    LISTENER.with(|listener| listener.replace(Some(callback)));
}

/// Mounts the view into `element` over the engine's and the agent's pack.
///
/// # Errors
/// A message for the user if a pack is damaged.
#[wasm_bindgen]
pub fn mount(element: Element, host: Host, engine: &[u8], agent: &[u8], query: &str) -> Result<(), JsError> {
    let library = Library::open(engine, agent).map_err(|error| JsError::new(&error.to_string()))?;
    let props = AppProps { library: Rc::new(library), host, route: Route::read(query) };
    yew::Renderer::<App>::with_root_and_props(element, props).render();
    Ok(())
}

/// Shows what the address says.
#[wasm_bindgen]
pub fn route(query: &str) {
    let listener = LISTENER.with(|listener| listener.borrow().clone());
    if let Some(listener) = listener {
        listener.emit(Route::read(query));
    }
}
