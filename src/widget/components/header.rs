//! The top bar: who speaks, text size, the menu, close.

use yew::prelude::*;

use super::icon::{AGAIN, CLOSE, MENU, icon};
use crate::widget::session::{Action, Sheet};

/// Text sizes as they are shown on the button, and as they are read out.
const SIZES: [(&str, &str); 3] =
    [("A", "字号标准，点一下变大"), ("A+", "字号大，点一下更大"), ("A++", "字号特大，点一下变回标准")];

/// The top bar. `provider` is whose help site this is; `on_close` is absent where there is nothing
/// to close.
pub(in crate::widget) fn header(
    provider: Option<&AttrValue>,
    size: u8,
    on_close: Option<Callback<MouseEvent>>,
    on: &Callback<Action>,
) -> Html {
    let (shown, spoken) = SIZES[usize::from(size) % SIZES.len()];
    html! {
        <div part="header" class="header">
            <svg class="mark line" viewBox="0 0 32 32" aria-hidden="true">
                <path d="M10 3h12q4 0 4 4v18q0 4-4 4H10q-4 0-4-4V7q0-4 4-4M11 9h10M16 14v8M12 18h8" />
            </svg>
            <div class="who">
                <h2>{ "POS 机医生" }</h2>
                if let Some(provider) = provider {
                    <p>{ provider }</p>
                }
            </div>
            { control(spoken, html! { <b class="size">{ shown }</b> }, on.reform(|_| Action::Larger)) }
            { control("重新开始", icon(AGAIN), on.reform(|_| Action::Reset)) }
            { control("更多", icon(MENU), on.reform(|_| Action::Show(Some(Sheet::Menu)))) }
            if let Some(close) = on_close {
                { control("关闭", icon(CLOSE), close) }
            }
        </div>
    }
}

/// A round button with a picture on it; `label` is read out and shown on hovering.
pub(super) fn control(label: &'static str, picture: Html, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="icon" aria-label={label} title={label} {onclick}>{ picture }</button> }
}
