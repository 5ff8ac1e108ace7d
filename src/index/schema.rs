//! How terms, classes and weights become what tantivy stores.
//!
//! A dictionary of n-grams would be larger than all their weights, so there is none: a term is
//! hashed to a [`cell`], a cell is a slot on a shelf, a shelf has one posting list, and its
//! documents are numbered by slot and class. Two terms that share a cell share its weights; they
//! learn them together.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The field handle, the same when writing and reading.
pub(super) struct Fields {
    /// The same when writing and reading.
    pub(super) schema: Schema,
    /// Terms; the frequency is the weight, see [`frequency`].
    pub(super) impacts: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        // Postings with frequencies and nothing else: no positions, no norms, nothing stored.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let mut builder = Schema::builder();
        let impacts = builder.add_text_field("impacts", options);
        Self { schema: builder.build(), impacts }
    }
}

/// The name of the one segment. tantivy draws a random one; this is put in its place, so that the
/// same content makes the same bytes.
pub(super) const SEGMENT: &str = "00000000000000000000000000000000";
/// Posting lists. Lists of 128 and more are packed in a way that compresses badly; fewer shelves
/// make longer lists, more cost three bytes each.
pub(super) const SHELVES: u32 = 1024;
/// Cells on a shelf. More make strangers rarer, and postings longer.
pub(super) const SLOTS: u32 = 128;

/// The cell of a term: below `SHELVES * SLOTS`.
pub fn cell(term: &str) -> u32 {
    let mut hasher = SipHasher13::new();
    hasher.write(term.as_bytes());
    (hasher.finish() % u64::from(SHELVES * SLOTS)) as u32
}

/// The shelf of a cell, as tantivy's term, and the slot on it.
pub(super) fn place(cell: u32) -> (String, u32) {
    // Two bytes in UTF-8, whichever shelf: the dictionary shares them all.
    let shelf = char::from_u32(0x100 + cell / SLOTS).unwrap_or_default();
    (shelf.to_string(), cell % SLOTS)
}

/// A weight as a frequency, which is never below 1: 1, −1, 2, −2, … become 1, 2, 3, 4, …
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn frequency(weight: i16) -> u32 {
    u32::from(weight.unsigned_abs()) * 2 - u32::from(weight > 0)
}

/// The weight that [`frequency`] wrote.
pub(super) fn weight(frequency: u32) -> i32 {
    let size = frequency.div_ceil(2) as i32;
    if frequency % 2 == 1 { size } else { -size }
}
