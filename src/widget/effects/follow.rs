//! Follows the conversation: the newest words come into view, and the focus goes where the merchant
//! acts next.

use std::rc::Rc;

use web_sys::Element;
use yew::NodeRef;

use super::after::Places;
use crate::widget::page::{call, property, window};
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
    let root = call(&app, "getRootNode", &[]).unwrap_or_default();
    let active = property(&property(&root, "activeElement"), "tagName");
    if active.as_string().is_none_or(|active| active != "TEXTAREA") {
        focus(&places.app, NEWEST);
    }
    // What is newest begins at the top of the view where it is taller than the view.
    let said = now.bubbles.iter().rposition(|bubble| matches!(bubble, Bubble::Merchant(_)));
    let newest = said.map_or(":last-child".to_owned(), |nth| format!(":nth-child({})", nth + 1));
    if let Ok(Some(newest)) = app.query_selector(&[".log > ", &newest].concat()) {
        let _ = call(&newest, "scrollIntoView", &[]);
    }
}

/// Whether the main way of pointing is a finger.
pub(in crate::widget) fn is_touch() -> bool {
    let asked = call(&window(), "matchMedia", &["(pointer: coarse)".into()]).unwrap_or_default();
    property(&asked, "matches").is_truthy()
}

fn focus(app: &NodeRef, selector: &str) {
    let found = app.cast::<Element>().and_then(|app| app.query_selector(selector).ok()?);
    if let Some(found) = found {
        let _ = call(&found, "focus", &[]);
    }
}
