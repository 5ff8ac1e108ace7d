//! A button, and what pressing it does.

use std::rc::Rc;

use web_sys::MouseEvent;
use yew::html::onclick;
use yew::virtual_dom::VTag;
use yew::{Callback, Html};

use super::el::{Attributes, tag};
use crate::widget::session::Press;

/// A button, and what pressing it does.
pub(super) fn button(
    attributes: Attributes<'_>,
    on: &Callback<Press>,
    press: Press,
    children: Vec<Html>,
) -> VTag {
    let mut tag = tag("button", attributes, children);
    let on = on.clone();
    let pressed = Callback::from(move |_: MouseEvent| on.emit(press.clone()));
    tag.add_listener(Rc::new(onclick::Wrapper::new(pressed)));
    tag
}
