//! Android's back key closes the panel before it leaves the page.
//!
//! Where the browser has a `CloseWatcher`, that is what it is for. Elsewhere, on touch screens only,
//! an entry in the history stands for the open panel. It has the page's own address and keeps what
//! the page's router has written into its state, so that going back to it changes nothing there.

use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::follow::is_touch;
use crate::widget::engine::Loader;
use crate::widget::page::{call, property, window};
use crate::widget::session::Session;

/// What waits for the back key while a panel is open.
#[derive(Debug, Default)]
pub(in crate::widget) struct Guard {
    watcher: JsValue,
    history: Option<EventListener>,
}

/// Marks our own entry in the history.
const MARK: &str = "posdoc";

/// Starts to wait when the panel opens, stops when it closes.
pub(super) fn back_key(before: Option<&Session>, now: &Session, loader: &Loader, guard: &mut Guard) {
    if before.is_some_and(|before| before.open) == now.open {
        return;
    }
    let history = property(&window(), "history");
    if !now.open {
        let _ = call(&guard.watcher, "destroy", &[]);
        // Closed by a button: our entry is not needed any more.
        if guard.history.take().is_some() && !property(&property(&history, "state"), MARK).is_undefined() {
            let _ = call(&history, "back", &[]);
        }
        return;
    }
    let loader = loader.clone();
    if let Ok(watcher) = property(&window(), "CloseWatcher").dyn_into::<Function>() {
        if let Ok(watcher) = Reflect::construct(&watcher, &Array::new()) {
            let close = Closure::once_into_js(move || loader.close());
            let _ = Reflect::set(&watcher, &"onclose".into(), &close);
            guard.watcher = watcher;
        }
    } else if is_touch() {
        let state = Object::assign(&Object::new(), property(&history, "state").unchecked_ref());
        let _ = Reflect::set(&state, &MARK.into(), &true.into());
        let _ = call(&history, "pushState", &[state.into(), "".into()]);
        let page: web_sys::EventTarget = window().unchecked_into();
        guard.history = Some(EventListener::once(&page, "popstate", move |_| loader.close()));
    }
}
