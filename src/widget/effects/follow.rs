//! Follows the conversation: the newest words come into view, and the focus goes where the merchant
//! acts next.

use std::rc::Rc;

use js_sys::Reflect;
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
    let Some(before) = before else { return reveal(now, places, false) };
    // A reply that is only told again, with what has arrived since, is nothing new.
    let same = Rc::ptr_eq(&before.state, &now.state) && before.bubbles.len() == now.bubbles.len();
    let Some(app) = places.app.cast::<Element>().filter(|_| !same) else { return };
    // A restored conversation is nothing that anyone has just asked for.
    if before.bubbles.len() == now.bubbles.len() && before.state.turn == now.state.turn {
        return reveal(now, places, false);
    }
    // Whoever types goes on typing; whoever pressed a button goes on from the answer to it.
    let root = call(&app, "getRootNode", &[]).unwrap_or_default();
    let active = property(&property(&root, "activeElement"), "tagName");
    if active.as_string().is_none_or(|active| active != "TEXTAREA") {
        focus(&places.app, NEWEST);
    }
    reveal(now, places, true);
}

/// What is newest begins at the top of the view where it is taller than the view. The page around the
/// chat is scrolled too only if the merchant has just done something there.
fn reveal(now: &Session, places: &Places, page: bool) {
    let said = now.bubbles.iter().rposition(|bubble| matches!(bubble, Bubble::Merchant(_)));
    let newest = said.map_or(":last-child".to_owned(), |nth| format!(":nth-child({})", nth + 1));
    let app = places.app.cast::<Element>();
    let find = |selector: &str| app.as_ref().and_then(|app| app.query_selector(selector).ok()?);
    let newest = find(&[".log > ", &newest].concat());
    let Some((scroller, newest)) = find(".scroller").zip(newest) else { return };
    let _ = if page {
        call(&newest, "scrollIntoView", &[]).is_ok()
    } else {
        Reflect::set(&scroller, &"scrollTop".into(), &property(&newest, "offsetTop")).is_ok()
    };
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
