//! tmp
#![forbid(unsafe_code)]
pub mod content;
pub mod text;
pub mod index;
pub mod matching;
pub mod dialog;
pub mod eval;
