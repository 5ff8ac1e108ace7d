//! A card for a conversation that an earlier visit left unfinished.

use posdoc::dialog::Knowledge;
use yew::{Callback, Html};

use super::button::button;
use super::el::{el, text, with, words};
use crate::widget::session::{Earlier, Press};

/// What it was about, how long ago, and whether to go on.
pub(super) fn earlier(earlier: &Earlier, knowledge: &Knowledge, on: &Callback<Press>) -> Html {
    let day = match earlier.days {
        0 => "今天".to_owned(),
        1 => "昨天".to_owned(),
        days => format!("{days} 天前"),
    };
    let about =
        earlier.left.state.focus.as_ref().and_then(|focus| knowledge.label(&focus.topic)).unwrap_or("应答码");
    let ways = vec![
        button(with!["class" = "choice good"], on, Press::TakeUp(true), vec![text("接着弄")]).into(),
        button(with!["class" = "choice"], on, Press::TakeUp(false), vec![text("不用了")]).into(),
    ];
    let told = el("p", with![], vec![words("b", "", &(day + "没弄完：")), text(about)]);
    el("div", with!["class" = "earlier"], vec![told, el("div", with!["class" = "choices"], ways)])
}
