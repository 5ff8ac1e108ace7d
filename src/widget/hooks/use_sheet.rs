//! Opens and closes the native dialog, and hears when the browser closed it.

use gloo_events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::widget::session::{Action, Session};

/// Keeps the dialog in `node` as the session says.
#[hook]
pub(in crate::widget) fn use_sheet(node: &NodeRef, session: &UseReducerHandle<Session>) {
    {
        let node = node.clone();
        use_effect_with(session.sheet.is_some(), move |open| {
            let Some(dialog) = node.cast::<HtmlDialogElement>() else { return };
            if *open {
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        });
    }
    let (node, dispatch) = (node.clone(), session.dispatcher());
    use_effect_with((), move |()| {
        let heard = node.cast::<HtmlDialogElement>().map(|dialog| {
            // Escape, or Android's back key.
            EventListener::new(&dialog, "close", move |_| dispatch.dispatch(Action::Show(None)))
        });
        move || drop(heard)
    });
}
