//! Follows the conversation: the newest words come into view, and the focus goes where the merchant
//! acts next.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot};
use yew::prelude::*;

use crate::widget::session::Session;

/// Shows and focuses what is new. `opened` is raised when the panel opens, and then is over 0.
#[hook]
pub(in crate::widget) fn use_follow(scroller: &NodeRef, session: &UseReducerHandle<Session>, opened: u32) {
    {
        let scroller = scroller.clone();
        use_effect_with(opened, move |opened| {
            // A text box with the focus would bring up a phone's keyboard before anyone asked for it.
            let selector = if is_touch() { NEWEST } else { "textarea" };
            if *opened > 0 {
                focus(&scroller, selector);
            }
        });
    }
    let scroller = scroller.clone();
    use_effect_with(session.bubbles.clone(), move |bubbles| {
        let Some(view) = scroller.cast::<Element>().filter(|_| bubbles.len() > 1) else { return };
        // Whoever types goes on typing; whoever pressed a button goes on from the answer to it.
        if !typing(&view) {
            focus(&scroller, NEWEST);
        }
        // What is newest begins at the top of the view where it is taller than the view.
        if let Ok(Some(newest)) = view.query_selector(".newest") {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Start);
            newest.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Our latest card.
const NEWEST: &str = ".log > :last-child .posdoc";

/// Whether the main way of pointing is a finger.
pub(in crate::widget) fn is_touch() -> bool {
    let asked = web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok()?);
    asked.is_some_and(|asked| asked.matches())
}

fn typing(view: &Element) -> bool {
    let root: Option<ShadowRoot> = view.get_root_node().dyn_into().ok();
    root.and_then(|root| root.active_element()).is_some_and(|active| active.tag_name() == "TEXTAREA")
}

fn focus(scroller: &NodeRef, selector: &str) {
    let app = scroller.cast::<Element>().and_then(|view| view.parent_element());
    let found = app.and_then(|app| app.query_selector(selector).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
