//! One hook per file.

mod use_announcements;
mod use_engine;
mod use_kept;

pub(super) use self::use_announcements::use_announcements;
pub(super) use self::use_engine::use_engine;
pub(super) use self::use_kept::{kept, use_kept};
