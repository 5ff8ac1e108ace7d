//! The ticket to copy, share or read out. Nothing is sent by us.

use yew::{Callback, Html};

use super::button::button;
use super::el::{el, text, with};
use crate::widget::session::{Copied, Press};
use crate::widget::share::can_share;

/// The ticket's text, selectable, with buttons that copy it and share it.
pub(super) fn ticket(report: &str, copied: Copied, on: &Callback<Press>) -> Html {
    let said = match copied {
        Copied::No => "复制报修单",
        Copied::Yes => "已复制，发给客服就行",
        Copied::Refused => "已选中，长按下面的字复制",
    };
    let mut ways = vec![button(with!["class" = "choice good"], on, Press::Copy, vec![text(said)]).into()];
    if can_share() {
        ways.push(button(with!["class" = "choice"], on, Press::Share, vec![text("转发")]).into());
    }
    let report =
        el("pre", with!["tabindex" = "0", "role" = "region", "aria-label" = "报修单"], vec![text(report)]);
    el("div", with!["class" = "ticket"], vec![el("div", with!["class" = "choices"], ways), report])
}
