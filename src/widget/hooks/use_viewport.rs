//! Keeps the chat inside what is visible above a phone's keyboard.
//!
//! iOS lays the keyboard over the page and pushes the page up instead of making it smaller. Where
//! the chat fills the window, it takes the size and place of the visual viewport; once the keyboard
//! is gone, everything is put back. A chat that is only a part of its page is the browser's business.

use gloo_events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, HtmlElement};
use yew::prelude::*;

/// A visual viewport this much lower than the window, in CSS pixels, has a keyboard below it.
const KEYBOARD: f64 = 120.0;

/// Fits the element in `node` to the visual viewport.
#[hook]
pub(in crate::widget) fn use_viewport(node: &NodeRef) {
    let node = node.clone();
    use_effect_with((), move |()| {
        let window = web_sys::window();
        let viewport = window.and_then(|window| Reflect::get(&window, &"visualViewport".into()).ok());
        let viewport = viewport.and_then(|viewport| viewport.dyn_into::<EventTarget>().ok());
        let heard = viewport.map(|viewport| {
            ["resize", "scroll"].map(|name| {
                let (node, seen) = (node.clone(), viewport.clone());
                EventListener::new(&viewport, name, move |_| fit(&node, &seen))
            })
        });
        move || drop(heard)
    });
}

fn fit(node: &NodeRef, viewport: &JsValue) {
    let (Some(app), Some(window)) = (node.cast::<HtmlElement>(), web_sys::window()) else { return };
    let number = |object: &JsValue, name: &str| {
        Reflect::get(object, &name.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    let whole = number(&window, "innerHeight");
    let place = app.parent_element().map(|place| place.get_bounding_client_rect());
    let fills = place.is_some_and(|place| place.height() >= whole - 1.0);
    let style = app.style();
    // Pinch-zooming makes the visual viewport smaller too, but is no keyboard.
    let covered = whole - number(viewport, "height") > KEYBOARD && number(viewport, "scale") < 1.01;
    if fills && covered {
        let pixels = |name: &str| format!("{}px", number(viewport, name) as i32);
        let _ = style.set_property("height", &pixels("height"));
        let _ = style.set_property("margin-top", &pixels("offsetTop"));
    } else if !style.get_property_value("height").unwrap_or_default().is_empty() {
        let _ = style.remove_property("height");
        let _ = style.remove_property("margin-top");
        window.scroll_to_with_x_and_y(
            number(&window, "scrollX"),
            0.0_f64.max(number(&window, "scrollY") - number(viewport, "offsetTop")),
        );
    }
}
