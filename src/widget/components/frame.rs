//! The whole chat.

use yew::{Html, NodeRef};

use super::el::{held, with};

/// Everything, in the text size chosen.
pub(in crate::widget) fn frame(app: &NodeRef, size: u8, parts: Vec<Html>) -> Html {
    let class = ["app", "app large", "app largest"][usize::from(size) % 3];
    held(app, "div", with!["class" = class], parts).into()
}
