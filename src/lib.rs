//! tmp
#![forbid(unsafe_code)]
pub mod content;
pub mod dialog;
pub mod eval;
pub mod index;
pub mod matching;
pub mod text;
