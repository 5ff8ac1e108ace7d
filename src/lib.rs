//! tmp
#![forbid(unsafe_code)]
/// tmp
pub fn knob(name: &str, default: f32) -> f32 { std::env::var(name).ok().and_then(|x| x.parse().ok()).unwrap_or(default) }
pub mod content;
pub mod text;
pub mod index;
pub mod matching;
pub mod dialog;
pub mod eval;
