//! The index's two fields: what speaks for a class, and what speaks against it.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// Field handles, the same when writing and reading.
pub(super) struct Fields {
    /// Used for writing; a reader finds it in the index.
    #[cfg_attr(target_arch = "wasm32", allow(dead_code))]
    pub(super) schema: Schema,
    /// Terms whose weight is positive; the frequency is the weight.
    pub(super) in_favour: Field,
    /// Terms whose weight is negative; the frequency is its magnitude.
    pub(super) against: Field,
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
        let in_favour = builder.add_text_field("for", options.clone());
        let against = builder.add_text_field("against", options);
        Self { schema: builder.build(), in_favour, against }
    }
}
