//! One hook per file.

mod use_announcements;
mod use_engine;
mod use_follow;
mod use_kept;
mod use_sheet;
mod use_viewport;

pub(super) use self::use_announcements::use_announcements;
pub(super) use self::use_engine::use_engine;
pub(super) use self::use_follow::{is_touch, use_follow};
pub(super) use self::use_kept::{kept, use_kept};
pub(super) use self::use_sheet::use_sheet;
pub(super) use self::use_viewport::use_viewport;
