//! Follows the conversation: the newest words come into view, and the focus goes where the merchant
//! acts next.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot};
use yew::NodeRef;

use super::use_changes::Places;
use crate::widget::session::{Bubble, Session};

/// Our latest card.
const NEWEST: &str = ".log > :last-child .posdoc";

/// Shows and focuses what is new.
pub(super) fn follow(before: Option<&Session>, now: &Session, places: &Places) {
    if now.open && !before.is_some_and(|before| before.open) {
        // A text box with the focus would bring up a phone's keyboard before anyone asked for it.
        focus(&places.app, if is_touch() { NEWEST } else { "textarea" });
    }
    let Some(before) = before else { return };
    let same = match (before.bubbles.last(), now.bubbles.last()) {
        (Some(Bubble::Reply(before)), Some(Bubble::Reply(now))) => Rc::ptr_eq(before, now),
        _ => before.bubbles.len() == now.bubbles.len() && matches!(now.bubbles.last(), Some(Bubble::Pending)),
    };
    let Some(app) = places.app.cast::<Element>().filter(|_| !same) else { return };
    // Whoever types goes on typing; whoever pressed a button goes on from the answer to it.
    let root: Option<ShadowRoot> = app.get_root_node().dyn_into().ok();
    let active = root.and_then(|root| root.active_element());
    if active.is_none_or(|active| active.tag_name() != "TEXTAREA") {
        focus(&places.app, NEWEST);
    }
    // What is newest begins at the top of the view where it is taller than the view.
    if let Ok(Some(newest)) = app.query_selector(".newest") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Start);
        newest.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the main way of pointing is a finger.
pub(in crate::widget) fn is_touch() -> bool {
    let asked = web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok()?);
    asked.is_some_and(|asked| asked.matches())
}

fn focus(app: &NodeRef, selector: &str) {
    let found = app.cast::<Element>().and_then(|app| app.query_selector(selector).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
