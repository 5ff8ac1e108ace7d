//! Opens and closes the native dialog.

use web_sys::Element;
use yew::NodeRef;

use crate::widget::page::call;
use crate::widget::session::Session;

/// Keeps the dialog in `node` as the session says.
pub(super) fn show_sheet(before: Option<&Session>, now: &Session, node: &NodeRef) {
    let open = |session: &Session| session.sheet.is_some();
    if before.is_some_and(open) == open(now) {
        return;
    }
    let Some(dialog) = node.cast::<Element>() else { return };
    let _ = call(&dialog, if open(now) { "showModal" } else { "close" }, &[]);
}
