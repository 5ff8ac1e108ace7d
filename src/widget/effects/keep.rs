//! Keeps what outlives the page: the conversation over a reload in the tab's own storage, the last
//! unfinished one for later visits, and the text size.
//!
//! Storage that is denied, full or holds something else is as good as none: the chat works without.
//! Card numbers and secrets are gone from a state before it gets here.

use std::rc::Rc;

use posdoc::dialog::{Transcript, wording};
use posdoc::text::{drop_secrets, hide_numbers};

use crate::widget::bridge::Attributes;
use crate::widget::page::{call, property, window};
use crate::widget::session::{Earlier, Kept, Session, unfinished};

/// As long as the tab, and longer.
const TAB: &str = "sessionStorage";
const LOCAL: &str = "localStorage";
/// Where conversations are kept, followed by whose they are.
const CHAT: &str = "posdoc-chat";
const SIZE: &str = "posdoc-size";
/// A conversation older than this, in days, is not offered any more.
const STALE: u32 = 7;

/// What earlier pages left for the element with these `attributes`, as far as it can be read.
pub(in crate::widget) fn kept(attributes: &Attributes) -> Kept {
    let key = key(attributes);
    let mut lost = false;
    let here = read(TAB, &key, &mut lost);
    let earlier = read(LOCAL, &key, &mut lost).and_then(|left| {
        let days = today().checked_sub(left.day).filter(|days| *days <= STALE)?;
        Some(Earlier { days, left })
    });
    let size = get(LOCAL, SIZE).and_then(|size| size.parse().ok()).filter(|size| *size < 3);
    Kept { here, earlier, lost, size: size.unwrap_or_default() }
}

/// What was being typed when an earlier page ended.
pub(in crate::widget) fn draft(attributes: &Attributes) -> Option<String> {
    get(TAB, &draft_key(attributes))
}

/// Keeps what is being typed over a reload; nothing if it holds a long number or a secret, or if what
/// is typed next could be the rest of one.
pub(in crate::widget) fn keep_draft(attributes: &Attributes, typed: &str) {
    let harmless = hide_numbers(typed) == typed && !drop_secrets(&[typed, "1234"].concat()).1;
    put(TAB, &draft_key(attributes), Some(typed).filter(|typed| harmless && !typed.is_empty()));
}

fn draft_key(attributes: &Attributes) -> String {
    key(attributes) + "?"
}

/// Keeps a session's conversation and text size as they change.
pub(super) fn keep(before: Option<&Session>, now: &Session) {
    // What an earlier visit left stays until it is taken up, refused or overtaken.
    let same = before.is_some_and(|before| {
        let shown = before.bubbles.len() == now.bubbles.len();
        Rc::ptr_eq(&before.state, &now.state) && shown && before.earlier.is_some() == now.earlier.is_some()
    });
    if !same {
        let key = key(&now.around.attributes);
        if now.last_reply().is_some_and(|reply| reply.note.as_deref() == Some(wording::FORGOTTEN)) {
            [TAB, LOCAL].into_iter().for_each(clear);
        }
        let begun = now.bubbles.len() > 1;
        // A character for each byte.
        let text =
            begun.then(|| now.transcript(today()).to_bytes().into_iter().map(char::from).collect::<String>());
        put(TAB, &key, text.as_deref());
        if now.earlier.is_none() {
            put(LOCAL, &key, text.as_deref().filter(|_| unfinished(&now.state)));
        }
    }
    if before.is_some_and(|before| before.size != now.size) {
        let size = ["", "1", "2"].get(usize::from(now.size)).copied().filter(|size| !size.is_empty());
        put(LOCAL, SIZE, size);
    }
}

/// Where the conversation of the element with these `attributes` is kept: several chats on a page
/// are several conversations.
fn key(attributes: &Attributes) -> String {
    let whose = attributes.get("key").map(|key| &**key).unwrap_or_default();
    [CHAT, whose].concat()
}

/// Days since 1970, by the clock on the wall.
fn today() -> u32 {
    let now = js_sys::Date::new_0();
    ((now.get_time() - now.get_timezone_offset() * 60_000.0) / 86_400_000.0) as u32
}

/// What is kept under `key`; something that cannot be read is `lost`.
fn read(storage: &str, key: &str, lost: &mut bool) -> Option<Transcript> {
    // What was no byte fails the checksum.
    let bytes: Vec<u8> = get(storage, key)?.chars().map(|letter| letter as u8).collect();
    let left = Transcript::from_bytes(&bytes);
    *lost |= left.is_none();
    left
}

fn get(storage: &str, key: &str) -> Option<String> {
    call(&property(&window(), storage), "getItem", &[key.into()]).ok()?.as_string()
}

/// Keeps `text`, or nothing.
fn put(storage: &str, key: &str, text: Option<&str>) {
    let storage = property(&window(), storage);
    let _ = match text {
        Some(text) => call(&storage, "setItem", &[key.into(), text.into()]),
        None => call(&storage, "removeItem", &[key.into()]),
    };
}

/// Removes the conversations of all chats of this site, on whatever page they were.
fn clear(storage: &str) {
    // Object.keys throws where storage is denied and there is nothing to have keys.
    let Ok(names) = call(&property(&window(), "Object"), "keys", &[property(&window(), storage)]) else {
        return;
    };
    for name in js_sys::Array::from(&names) {
        if let Some(name) = name.as_string().filter(|name| name.starts_with(CHAT)) {
            put(storage, &name, None);
        }
    }
}
