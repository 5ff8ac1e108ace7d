//! What lies over the conversation: the menu, all topics, the code pad, a drawing.
//!
//! One native `<dialog>`: the browser keeps the focus inside, closes it on Escape and on Android's
//! back key, and gives the focus back to the button that opened it.

use yew::prelude::*;

use super::code_pad::code_pad;
use super::drawing::picture;
use super::header::control;
use super::icon::{AGAIN, CLOSE, LIST, PAD, icon};
use super::topics::topics;
use crate::widget::session::{Action, Session, Sheet};

/// The dialog; empty, and closed by the hook `use_sheet`, while nothing lies over the conversation.
pub(in crate::widget) fn sheet(node: &NodeRef, session: &Session, on: &Callback<Action>) -> Html {
    let (title, content) = match &session.sheet {
        None => ("", Html::default()),
        Some(Sheet::Menu) => ("更多", menu(on)),
        Some(Sheet::Topics) => ("全部问题", topics(&session.knowledge.0, on)),
        Some(Sheet::Codes(code)) => ("屏幕上的代码", code_pad(&session.knowledge.0, code, on)),
        Some(Sheet::Drawing(name)) => ("大图", picture(name, &session.drawings)),
    };
    let close = on.reform(|_| Action::Show(None));
    // The panel's own Escape would close everything.
    let keep = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    });
    html! {
        <dialog class="sheet" ref={node} aria-label={title} onkeydown={keep}>
            if session.sheet.is_some() {
                <div class="sheet-head"><h2>{ title }</h2>{ control("关闭", icon(CLOSE), close) }</div>
                { content }
            }
        </dialog>
    }
}

/// Ways to ask other than typing, and clearing the record.
fn menu(on: &Callback<Action>) -> Html {
    html! {
        <div class="menu">
            { entry(PAD, "输入屏幕上的代码", Action::Show(Some(Sheet::Codes(String::new()))), on) }
            { entry(LIST, "全部问题", Action::Show(Some(Sheet::Topics)), on) }
            { entry(AGAIN, "清除记录", Action::Forget, on) }
            <p class="quiet">{ "说过的话只留在这部手机上，不会发给任何人。" }</p>
        </div>
    }
}

/// A wide button with an icon.
pub(super) fn entry(
    picture: &'static str,
    label: &'static str,
    action: Action,
    on: &Callback<Action>,
) -> Html {
    let onclick = on.reform(move |_: MouseEvent| action.clone());
    html! { <button type="button" class="choice entry" {onclick}>{ icon(picture) }{ label }</button> }
}
