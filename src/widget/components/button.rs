//! A button, and what pressing it does.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::MouseEvent;
use yew::html::onclick;
use yew::virtual_dom::VTag;
use yew::{Callback, Html};

use super::el::{Attributes, tag};
use crate::widget::session::Press;

/// Who presses again sooner than this, in milliseconds, presses twice by habit: what lies under the
/// finger by then is another button, which nobody has read.
const TWICE: f64 = 400.0;

/// A button, and what pressing it does. The second half of a double tap does nothing.
pub(super) fn button(
    attributes: Attributes<'_>,
    on: &Callback<Press>,
    press: Press,
    children: Vec<Html>,
) -> VTag {
    let mut tag = tag("button", attributes, children);
    let on = on.clone();
    let key = attributes.values.first() == Some(&"key");
    let pressed = Callback::from(move |event: MouseEvent| {
        if !is_second(&event, !key) {
            on.emit(press.clone());
        }
    });
    tag.add_listener(Rc::new(onclick::Wrapper::new(pressed)));
    tag
}

/// Whether this is the second half of a double tap. A press `counts` as a first half unless presses
/// like it follow each other fast by right, as on the code pad. No keyboard taps twice by mistake.
pub(super) fn is_second(event: &MouseEvent, counts: bool) -> bool {
    thread_local! {
        static LAST: Cell<f64> = const { Cell::new(-TWICE) };
    }
    if event.detail() == 0 {
        return false;
    }
    let now = js_sys::Date::new_0().get_time();
    let second = now - LAST.get() < TWICE;
    if counts && !second {
        LAST.set(now);
    }
    second
}
