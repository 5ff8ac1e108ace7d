//! Hears when an input method composes: Yew knows no such events.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::Element;
use yew::{Callback, NodeRef};

use crate::widget::session::Action;

/// Keeps `composing` as it is in `input`. Chrome sends no input event after a composition ends.
pub(in crate::widget) fn hear_composition(
    input: &NodeRef,
    composing: &Rc<Cell<bool>>,
    act: &Callback<Action>,
) {
    let Some(input) = input.cast::<Element>() else { return };
    for (name, begins) in [("compositionstart", true), ("compositionend", false)] {
        let (composing, act) = (composing.clone(), act.clone());
        let heard = EventListener::new(&input, name, move |_| {
            composing.set(begins);
            if !begins {
                act.emit(Action::Typed);
            }
        });
        // As long as the page, like the app.
        heard.forget();
    }
}
