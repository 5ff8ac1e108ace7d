//! One component per file.

mod article;
mod composer;
mod drawing;
mod engine_notice;
mod header;
mod hotline;
mod log;
mod options;
mod reply_card;

pub(super) use self::composer::Composer;
pub(super) use self::engine_notice::EngineNotice;
pub(super) use self::header::Header;
pub(super) use self::log::Log;
