//! What follows a change of the session, one thing per file. All of it hangs on one Yew effect
//! ([`use_changes`]): each effect of its own would cost 1.5 KB of wasm.

mod announce;
mod back_key;
mod follow;
mod keep;
mod show_sheet;
mod supply;
mod use_changes;
mod use_viewport;

pub(super) use self::follow::is_touch;
pub(super) use self::keep::kept;
pub(super) use self::use_changes::{Places, use_changes};
pub(super) use self::use_viewport::use_viewport;
