//! One component per file. What has no state of its own is a function from data to `Html`: a Yew
//! component costs about 6 KB of wasm, a function hardly anything.

mod article;
mod button;
mod code_pad;
mod composer;
mod drawing;
mod earlier;
mod el;
mod engine_notice;
mod enlarge;
mod frame;
mod header;
mod hotline;
mod icon;
mod log;
mod options;
mod reply_card;
mod sheet;
mod ticket;
mod topics;
mod turn;

pub(super) use self::composer::{clear, composer, typed};
pub(super) use self::engine_notice::engine_notice;
pub(super) use self::frame::frame;
pub(super) use self::header::header;
pub(super) use self::log::log;
pub(super) use self::sheet::sheet;
