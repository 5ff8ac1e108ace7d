//! The tables an analyzer works with, generated at build time and carried in the pack.

use serde::{Deserialize, Serialize};

/// Character folding, readings and spellings. Plain data: the pack stores it as it is.
///
/// Not a dictionary: words are the lexicon's and the index's business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// Characters that fold to another one: Traditional, full width, circled, capital.
    pub fold_from: String,
    /// What they fold to, character by character, in the order of `fold_from`.
    pub fold_to: String,
    /// Toneless syllables (`zhang`), sorted, each with the characters read so.
    pub readings: Vec<(String, String)>,
    /// Spellings to replace, already folded: `(as written, as meant)`, sorted.
    pub spellings: Vec<(String, String)>,
}
