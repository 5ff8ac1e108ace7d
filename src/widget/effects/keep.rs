//! Keeps what outlives the page: the conversation over a reload in the tab's own storage, the last
//! unfinished one for later visits, and the text size.
//!
//! Storage that is denied, full or holds something else is as good as none: the chat works without.
//! Card numbers and secrets are gone from a state before it gets here.

use std::rc::Rc;

use posdoc::content::record::{Record, decode, encode};
use posdoc::dialog::State;

use crate::widget::page::{call, property, window};
use crate::widget::session::{Earlier, Kept, Session, unfinished};

/// As long as the tab, and longer.
const TAB: &str = "sessionStorage";
const LOCAL: &str = "localStorage";
/// Where things are kept, with the version of their form: another form is another key.
const STATE: &str = "posdoc-state-4";
const EARLIER: &str = "posdoc-last-4";
const SIZE: &str = "posdoc-size";
/// A conversation older than this, in days, is not offered any more.
const STALE: u32 = 7;

/// What earlier pages left, as far as it can be read.
pub(in crate::widget) fn kept() -> Kept {
    let earlier = read::<(u32, State)>(LOCAL, EARLIER).and_then(|(day, state)| {
        let days = today().checked_sub(day).filter(|days| *days <= STALE)?;
        Some(Earlier { days, state })
    });
    let size = read(LOCAL, SIZE).unwrap_or_default();
    Kept { state: read(TAB, STATE), earlier, size: if size > 2 { 0 } else { size } }
}

/// Keeps a session's state and text size as they change.
pub(super) fn keep(before: Option<&Session>, now: &Session) {
    // What an earlier visit left stays until it is taken up, refused or overtaken.
    let same = before.is_some_and(|before| {
        Rc::ptr_eq(&before.state, &now.state) && before.earlier.is_some() == now.earlier.is_some()
    });
    if !same {
        let state = &*now.state;
        let begun = state.turn > 0;
        write(TAB, STATE, begun.then_some(state));
        if now.earlier.is_none() {
            write(LOCAL, EARLIER, (begun && unfinished(state)).then(|| (today(), state.clone())).as_ref());
        }
    }
    if before.is_some_and(|before| before.size != now.size) {
        write(LOCAL, SIZE, (now.size > 0).then_some(&now.size));
    }
}

/// Days since 1970, by the clock on the wall.
fn today() -> u32 {
    let now = js_sys::Date::new_0();
    ((now.get_time() - now.get_timezone_offset() * 60_000.0) / 86_400_000.0) as u32
}

fn read<T: Record>(storage: &str, key: &str) -> Option<T> {
    let text = call(&property(&window(), storage), "getItem", &[key.into()]).ok()?.as_string()?;
    let byte = |nth: usize| u8::from_str_radix(text.get(nth * 2..nth * 2 + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len() / 2).map(byte).collect();
    decode(&bytes?)
}

/// Keeps `value`, or nothing.
fn write<T: Record>(storage: &str, key: &str, value: Option<&T>) {
    let storage = property(&window(), storage);
    let _ = match value {
        Some(value) => {
            let bytes = encode(value);
            let digits = |byte: &u8| {
                [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'))
            };
            let text: String = bytes.iter().flat_map(digits).collect();
            call(&storage, "setItem", &[key.into(), text.into()])
        }
        None => call(&storage, "removeItem", &[key.into()]),
    };
}
