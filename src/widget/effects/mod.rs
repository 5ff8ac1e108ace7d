//! What follows a change of the session, once it is on the screen ([`after`]), one thing per file; and
//! what is listened to that Yew knows nothing of.

mod after;
mod announce;
mod back_key;
mod composition;
mod follow;
mod keep;
mod show_sheet;
mod supply;
mod viewport;

pub(super) use self::after::{Places, after};
pub(super) use self::back_key::Guard;
pub(super) use self::composition::hear_composition;
pub(super) use self::follow::is_touch;
pub(super) use self::keep::{draft, keep_draft, kept};
pub(super) use self::viewport::watch_viewport;
