//! The number to call, or where to find it. Never invents one.

use posdoc::dialog::wording;
use yew::{AttrValue, Html};

use super::el::{el, text, with, words};

/// A button that dials, or a sentence.
pub(super) fn hotline(number: Option<&AttrValue>, hours: Option<&AttrValue>) -> Html {
    let Some(number) = number else { return words("p", "quiet", wording::WHERE_THE_NUMBER_IS) };
    let mut dial = String::from("tel:");
    dial.extend(number.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
    let call = el("a", with!["class" = "choice good", "href" = &dial], vec![text("打客服 "), text(number)]);
    let mut parts = vec![call];
    parts.extend(hours.map(|hours| words("span", "quiet", hours)));
    el("p", with!["class" = "hotline"], parts)
}
