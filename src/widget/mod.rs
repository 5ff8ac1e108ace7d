//! The chat, in a page: a Yew app inside the open shadow root of `<posdoc-chat>`.
//!
//! The custom element itself and everything before intent is `static/posdoc.js`; this module
//! starts when it calls [`mount`]. State changes only through [`session::Session`]'s reducer;
//! components show what it says and decide nothing.

#![deny(clippy::unwrap_used, clippy::expect_used)]

mod app;
mod bridge;
mod components;
mod effects;
mod engine;
mod page;
mod session;
mod share;

pub(crate) use self::bridge::main;
