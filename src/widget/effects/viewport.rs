//! Keeps the chat inside what is visible above a phone's keyboard.
//!
//! iOS lays the keyboard over the page and pushes the page up instead of making it smaller. Where
//! the chat fills the window, it takes the size and place of the visual viewport; once the keyboard
//! is gone, everything is put back. A chat that is only a part of its page is the browser's business.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, HtmlElement};
use yew::NodeRef;

use crate::widget::page::{property, window};

/// A visual viewport this much lower than the window, in CSS pixels, has a keyboard below it.
const KEYBOARD: f64 = 120.0;

/// Fits the element in `node` to the visual viewport.
pub(in crate::widget) fn watch_viewport(node: &NodeRef) {
    let Ok(viewport) = property(&window(), "visualViewport").dyn_into::<EventTarget>() else { return };
    for name in ["resize", "scroll"] {
        let (node, seen) = (node.clone(), viewport.clone());
        // As long as the page, like the app.
        EventListener::new(&viewport, name, move |_| fit(&node, &seen)).forget();
    }
}

fn fit(node: &NodeRef, viewport: &JsValue) {
    let Some(app) = node.cast::<HtmlElement>() else { return };
    let number = |object: &JsValue, name: &str| property(object, name).as_f64().unwrap_or_default();
    let whole = number(&window(), "innerHeight");
    let fills = app.parent_element().is_some_and(|place| f64::from(place.client_height()) >= whole - 1.0);
    // Pinch-zooming makes the visual viewport smaller too, but is no keyboard.
    let covered = whole - number(viewport, "height") > KEYBOARD && number(viewport, "scale") < 1.01;
    let style = app.style();
    let pixels = |name: &str| format!("{}px", number(viewport, name) as i32);
    let (height, top) =
        if fills && covered { (pixels("height"), pixels("offsetTop")) } else { Default::default() };
    let _ = style.set_property("height", &height);
    let _ = style.set_property("margin-top", &top);
}
