//! The top bar: who speaks, text size, the menu, close.

use yew::{AttrValue, Callback, Html};

use super::button::button;
use super::el::{el, with, words};
use super::icon::{CLOSE, MARK, MENU, icon};
use crate::widget::session::{Press, Sheet};

/// Text sizes as they are shown on the button, and as they are read out.
const SIZES: [(&str, &str); 3] =
    [("A", "字号 A，点一下变大"), ("A+", "字号 A+，点一下更大"), ("A++", "字号 A++，点一下变回最小")];

/// The top bar. `provider` is whose help site this is; `closable` where there is something to close.
pub(in crate::widget) fn header(
    provider: Option<&AttrValue>,
    size: u8,
    closable: bool,
    on: &Callback<Press>,
) -> Html {
    let (shown, spoken) = SIZES[usize::from(size) % SIZES.len()];
    let mut who = vec![words("h2", "", "POS 机医生")];
    who.extend(provider.map(|provider| words("p", "", provider)));
    let mut parts = vec![
        icon(MARK),
        el("div", with!["class" = "who"], who),
        control(spoken, words("b", "size", shown), on, Press::Larger),
        control("更多", icon(MENU), on, Press::Show(Some(Sheet::Menu("")))),
    ];
    if closable {
        parts.push(control("关闭", icon(CLOSE), on, Press::Close));
    }
    el("div", with!["part" = "header", "class" = "header"], parts)
}

/// A round button with a picture on it; `label` is read out.
pub(super) fn control(label: &str, picture: Html, on: &Callback<Press>, press: Press) -> Html {
    button(with!["class" = "icon", "aria-label" = label], on, press, vec![picture]).into()
}
