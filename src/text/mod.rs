//! How a message becomes terms: the same at build and at query time.
//!
//! `normalize` makes one spelling of many, `spelling` puts right what the lexicon knows,
//! `sound` hears characters and typed pinyin alike, `attention` tells complaints from what is ruled
//! out, `analyzer` cuts the result into terms, `code` finds response codes, and `pan` masks card
//! numbers. Nothing here knows topics or scores.

mod analyzer;
mod attention;
mod code;
#[cfg(not(target_arch = "wasm32"))]
mod generate;
mod normalize;
mod pan;
mod sound;
mod spelling;
mod tables;

pub use self::analyzer::{Analysis, Analyzer, Term, VERSION};
pub use self::code::{CodeMention, find_codes};
#[cfg(not(target_arch = "wasm32"))]
pub use self::generate::generate;
pub use self::normalize::{is_han, key};
pub use self::pan::{drop_secrets, hide_numbers, is_card, mask};
pub use self::tables::{Strengths, Tables};
