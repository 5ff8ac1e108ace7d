//! The code pad: big keys for what stands on the terminal's screen, and what it means as one types.

use posdoc::dialog::{Knowledge, wording};
use yew::prelude::*;

use super::icon::{BACK, icon};
use crate::widget::session::{Action, Sheet};

/// The keys, in rows of five: digits and the letters that codes use.
const KEYS: &str = "123AB456CF789XY";

/// What has been entered, what it means, and the keys.
pub(super) fn code_pad(knowledge: &Knowledge, code: &str, on: &Callback<Action>) -> Html {
    let key = |letter: char| {
        let next = format!("{code}{letter}");
        let onclick = on.reform(move |_: MouseEvent| Action::Show(Some(Sheet::Codes(next.clone()))));
        html! { <button type="button" class="key" {onclick}>{ letter }</button> }
    };
    let mut shorter = code.to_owned();
    shorter.pop();
    let look_up = Action::Choose(["code:", code].concat());
    let meanings = knowledge.code(code);
    let (entered, back, ask) = (code.to_owned(), shorter.clone(), look_up.clone());
    let typed = on.clone();
    // A keyboard's own keys work too.
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        let action = match key.as_str() {
            "Enter" if entered.len() > 1 => ask.clone(),
            "Backspace" => Action::Show(Some(Sheet::Codes(back.clone()))),
            _ if key.len() == 1 => {
                Action::Show(Some(Sheet::Codes([&*entered, &key.to_uppercase()].concat())))
            }
            _ => return,
        };
        if key != " " {
            event.prevent_default();
            typed.emit(action);
        }
    });
    html! {
        <div class="pad" {onkeydown}>
            <p class="entered" aria-live="polite">{ if code.is_empty() { "--" } else { code } }</p>
            <div class="meaning" aria-live="polite">
                if code.len() < 2 {
                    <p class="quiet">{ "照屏幕上的数字或字母点，例如 51、A0。" }</p>
                } else if meanings.is_empty() {
                    <p>{ wording::UNKNOWN_CODE }</p>
                }
                { for meanings.iter().map(|meaning| html! { <p>{ &meaning.meaning }</p> }) }
            </div>
            <div class="keys">
                { for KEYS.chars().map(key) }
                <button type="button" class="key" aria-label="删一位" onclick={on.reform(move |_| Action::Show(Some(Sheet::Codes(shorter.clone()))))}>{ icon(BACK) }</button>
                { for "0Z".chars().map(key) }
                <button type="button" class="key go" disabled={code.len() < 2} onclick={on.reform(move |_| look_up.clone())}>{ "怎么办" }</button>
            </div>
        </div>
    }
}
