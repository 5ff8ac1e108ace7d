//! Keeps the conversation's state over a reload, in the tab's own storage.
//!
//! Storage that is denied, full or holds something else is as good as none: the chat works without.

use posdoc::dialog::State;
use web_sys::Storage;
use yew::prelude::*;

use crate::widget::session::Session;

/// Where the state is kept; its bytes name the version of their form.
const KEY: &str = "posdoc-state";

/// What the last page in this tab left: a state, or something that cannot be read.
pub(in crate::widget) fn kept() -> Option<Option<State>> {
    let text = storage()?.get_item(KEY).ok()??;
    let byte = |nth: usize| u8::from_str_radix(text.get(nth * 2..nth * 2 + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len() / 2).map(byte).collect();
    Some(bytes.and_then(|bytes| State::from_bytes(&bytes)))
}

/// Keeps the state as it changes.
#[hook]
pub(in crate::widget) fn use_kept(session: &UseReducerHandle<Session>) {
    use_effect_with(session.state.clone(), |state| {
        let Some(storage) = storage() else { return };
        let bytes = state.to_bytes();
        let digits =
            |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
        let text: String = bytes.iter().flat_map(digits).collect();
        let _ = storage.set_item(KEY, &text);
    });
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
