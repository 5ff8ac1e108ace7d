//! What lies over the conversation: the menu, all topics, the code pad, a drawing.
//!
//! One native `<dialog>`: the browser keeps the focus inside, closes it on Escape and on Android's
//! back key, and gives the focus back to the button that opened it.

use std::rc::Rc;

use web_sys::{Event, KeyboardEvent};
use yew::html::{onclose, onkeydown};
use yew::{Callback, Html, NodeRef};

use super::button::button;
use super::code_pad::code_pad;
use super::drawing::drawing;
use super::el::{el, held, text, with, words};
use super::header::control;
use super::icon::{AGAIN, BIN, CLOSE, LIST, PAD, icon};
use super::topics::topics;
use crate::widget::session::{Press, Session, Sheet};

/// The dialog; empty, and closed by the hook `show_sheet`, while nothing lies over the conversation.
pub(in crate::widget) fn sheet(node: &NodeRef, session: &Session, on: &Callback<Press>) -> Html {
    let (title, content) = match &session.sheet {
        None => ("", Html::default()),
        Some(Sheet::Menu(once)) => ("更多", menu(once, on)),
        Some(Sheet::Topics) => ("全部问题", topics(&session.around.knowledge, on)),
        Some(Sheet::Codes(code)) => ("屏幕上的代码", code_pad(&session.around.knowledge, code, on)),
        Some(Sheet::Drawing(name)) => {
            // A tap gives it the focus, and with it the style sheet makes it larger than the screen.
            let picture = drawing(name, session.around.drawings().unwrap_or_default());
            ("大图，点一下更大", el("div", with!["class" = "pan", "tabindex" = "0"], vec![picture]))
        }
    };
    let mut parts = Vec::new();
    if session.sheet.is_some() {
        let close = control("关闭", icon(CLOSE), on, Press::Show(None));
        parts.push(el("div", with!["class" = "sheet-head"], vec![words("h2", "", title), close]));
        parts.push(content);
    }
    let mut dialog =
        held(node, "dialog", with!["closedby" = "any", "class" = "sheet", "aria-label" = title], parts);
    let code = match &session.sheet {
        Some(Sheet::Codes(code)) => Some(code.clone()),
        _ => None,
    };
    let typed = on.clone();
    let heard = Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match (&code, key.as_str()) {
            // The panel's own Escape would close everything.
            (_, "Escape") => event.stop_propagation(),
            // On the pad a keyboard's own keys work too.
            (Some(code), _) => {
                if let Some(press) = super::code_pad::struck(code, &key) {
                    event.prevent_default();
                    typed.emit(press);
                }
            }
            (None, _) => {}
        }
    });
    dialog.add_listener(Rc::new(onkeydown::Wrapper::new(heard)));
    let on = on.clone();
    let closed = Callback::from(move |_: Event| on.emit(Press::Show(None)));
    dialog.add_listener(Rc::new(onclose::Wrapper::new(closed)));
    dialog.into()
}

/// Ways to ask other than typing, and clearing the record.
///
/// `once` is what has been pressed once.
fn menu(once: &str, on: &Callback<Press>) -> Html {
    let mut parts = ways_to_ask(on);
    parts.push(twice(once, AGAIN, "重新开始", Press::Reset, on));
    parts.push(twice(once, BIN, "清除记录", Press::Forget, on));
    parts.push(words("p", "quiet", "说过的话只留在这台设备上，不会发给任何人。"));
    el("div", with!["class" = "menu"], parts)
}

/// What cannot be brought back takes a second press.
#[inline(never)]
fn twice(once: &str, picture: &str, label: &'static str, press: Press, on: &Callback<Press>) -> Html {
    if label == once {
        entry(picture, "真的？再点一下", press, on)
    } else {
        entry(picture, label, Press::Show(Some(Sheet::Menu(label))), on)
    }
}

/// Ways to ask other than typing.
pub(super) fn ways_to_ask(on: &Callback<Press>) -> Vec<Html> {
    vec![
        entry(PAD, "输入屏幕上的代码", Press::Show(Some(Sheet::Codes(String::new()))), on),
        entry(LIST, "全部问题", Press::Show(Some(Sheet::Topics)), on),
    ]
}

/// A wide button with an icon.
fn entry(picture: &str, label: &str, press: Press, on: &Callback<Press>) -> Html {
    button(with!["class" = "choice entry"], on, press, vec![icon(picture), text(label)]).into()
}
