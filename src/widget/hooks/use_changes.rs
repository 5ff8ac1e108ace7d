//! Does what a change of the session calls for, once it is on the screen.

use yew::prelude::*;

use super::announce::announce;
use super::back_key::{Guard, back_key};
use super::follow::follow;
use super::keep::keep;
use super::show_sheet::show_sheet;
use super::supply::supply;
use crate::widget::engine::Loader;
use crate::widget::session::Session;

/// Elements that follow the session.
#[derive(Debug, Clone, Default)]
pub(in crate::widget) struct Places {
    /// The whole chat.
    pub(in crate::widget) app: NodeRef,
    /// What lies over it.
    pub(in crate::widget) dialog: NodeRef,
}

/// Runs after every rendering, with the session as it was and as it is.
#[hook]
pub(in crate::widget) fn use_changes(loader: &Loader, session: &UseReducerHandle<Session>, places: &Places) {
    let shown = use_mut_ref(|| None::<Session>);
    let guard = use_mut_ref(Guard::default);
    let (loader, session, places) = (loader.clone(), session.clone(), places.clone());
    use_effect(move || {
        let before = shown.replace(Some((*session).clone()));
        let before = before.as_ref();
        keep(before, &session);
        show_sheet(before, &session, &places.dialog);
        follow(before, &session, &places);
        back_key(before, &session, &loader, &mut guard.borrow_mut());
        announce(before, &session, &loader);
        supply(before, &session, &loader, &session.dispatcher());
    });
}
