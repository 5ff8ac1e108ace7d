//! Does what a change of the session calls for, once it is on the screen.

use yew::{Callback, NodeRef};

use super::announce::announce;
use super::back_key::{Guard, back_key};
use super::follow::follow;
use super::keep::keep;
use super::show_sheet::show_sheet;
use super::supply::supply;
use crate::widget::engine::Loader;
use crate::widget::session::{Action, Session};

/// Elements that follow the session.
#[derive(Debug, Default)]
pub(in crate::widget) struct Places {
    /// The whole chat.
    pub(in crate::widget) app: NodeRef,
    /// Where the merchant types.
    pub(in crate::widget) input: NodeRef,
    /// What lies over the chat.
    pub(in crate::widget) dialog: NodeRef,
}

/// Runs after every rendering, with the session as it was and as it is.
pub(in crate::widget) fn after(
    before: Option<&Session>,
    now: &Session,
    loader: &Loader,
    places: &Places,
    guard: &mut Guard,
    act: &Callback<Action>,
) {
    keep(before, now);
    show_sheet(before, now, &places.dialog);
    follow(before, now, places);
    back_key(before, now, loader, guard);
    announce(before, now, loader);
    supply(before, now, loader, act);
}
