//! Says that typed messages cannot be understood right now, what still works, and what to do.

use yew::{AttrValue, Callback, Html};

use super::button::button;
use super::el::{el, text, with, words};
use super::hotline::hotline;
use crate::widget::session::Press;

/// A panel above the composer; `why` is what the engine said.
pub(in crate::widget) fn engine_notice(why: &str, number: Option<&AttrValue>, on: &Callback<Press>) -> Html {
    let mut parts = vec![el(
        "p",
        with![],
        vec![words("b", "", "打字提问要等网络。"), text("按钮照常能用，您说的话我记着。")],
    )];
    if !why.is_empty() {
        parts.push(words("p", "quiet", why));
    }
    let retry = button(with!["class" = "choice good"], on, Press::Retry, vec![text("再试一次")]).into();
    parts.push(el("div", with!["class" = "choices"], vec![retry]));
    parts.push(hotline(number, None));
    el("div", with!["class" = "notice", "role" = "alert"], parts)
}
