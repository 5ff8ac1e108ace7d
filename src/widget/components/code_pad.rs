//! The code pad: big keys for what stands on the terminal's screen, and what it means as one types.

use posdoc::dialog::{Knowledge, wording};
use yew::{Callback, Html};

use super::button::button;
use super::el::{el, text, with, words};
use super::icon::{BACK, icon};
use crate::widget::session::{Press, Sheet};

/// The keys, in rows of five: digits, and the letters that codes use. `<` takes one back, `=` asks.
const KEYS: &str = "123AB456CF789XY<0Z=";

/// What has been entered, what it means, and the keys.
pub(super) fn code_pad(knowledge: &Knowledge, code: &str, on: &Callback<Press>) -> Html {
    let meanings = knowledge.code(code);
    let mut meaning: Vec<Html> = meanings.iter().map(|meaning| words("p", "", &meaning.meaning)).collect();
    if code.len() < 2 {
        meaning.push(words("p", "quiet", "照屏幕上的数字或字母点，例如 51、A0。"));
    } else if meanings.is_empty() {
        meaning.push(words("p", "", wording::UNKNOWN_CODE));
    }
    let keys = KEYS.chars().map(|key| match key {
        '<' => button(with!["class" = "key", "aria-label" = "删一位"], on, shorter(code), vec![icon(BACK)])
            .into(),
        '=' => {
            let off = if code.len() < 2 { "disabled" } else { "" };
            button(with!["class" = "key go", "disabled" = off], on, ask(code), vec![text("怎么办")]).into()
        }
        key => {
            let key = String::from(key);
            button(with!["class" = "key"], on, longer(code, &key), vec![text(&key)]).into()
        }
    });
    let shown = if code.is_empty() { "– –" } else { code };
    let entered = el("p", with!["class" = "entered", "aria-live" = "polite"], vec![text(shown)]);
    let meaning = el("div", with!["class" = "meaning"], meaning);
    let keys = el("div", with!["class" = "keys"], keys.collect());
    el("div", with!["class" = "pad"], vec![entered, meaning, keys])
}

/// What a key of a real keyboard does on the pad.
pub(super) fn struck(code: &str, key: &str) -> Option<Press> {
    match key {
        "Enter" if code.len() > 1 => Some(ask(code)),
        "Backspace" => Some(shorter(code)),
        _ if key.len() == 1 && key != " " => Some(longer(code, &key.to_ascii_uppercase())),
        _ => None,
    }
}

fn longer(code: &str, key: &str) -> Press {
    Press::Show(Some(Sheet::Codes([code, key].concat())))
}

fn shorter(code: &str) -> Press {
    let mut code = code.to_owned();
    code.pop();
    Press::Show(Some(Sheet::Codes(code)))
}

fn ask(code: &str) -> Press {
    Press::Choose(["code:", code].concat())
}
