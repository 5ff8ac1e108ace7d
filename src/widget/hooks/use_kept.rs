//! Keeps the conversation's state over a reload, in the tab's own storage.
//!
//! Storage that is denied, full or holds something else is as good as none: the chat works without.

use posdoc::dialog::State;
use web_sys::Storage;
use yew::prelude::*;

use crate::widget::session::Session;

/// Where the state is kept, with the version of its form: another form is another key.
const KEY: &str = "posdoc-state-1";

/// The state that the last page in this tab left, if it can be read.
pub(in crate::widget) fn kept() -> Option<State> {
    let text = storage()?.get_item(KEY).ok()??;
    let byte = |nth: usize| u8::from_str_radix(text.get(nth * 2..nth * 2 + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len() / 2).map(byte).collect();
    postcard::from_bytes(&bytes?).ok()
}

/// Keeps the state as it changes.
#[hook]
pub(in crate::widget) fn use_kept(session: &UseReducerHandle<Session>) {
    use_effect_with(session.state.clone(), |state| {
        let Some(storage) = storage() else { return };
        let bytes = postcard::to_allocvec(&**state).unwrap_or_default();
        let digits =
            |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
        let text: String = bytes.iter().flat_map(digits).collect();
        let _ = storage.set_item(KEY, &text);
    });
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
