//! Adding up impacts: a score per class for a message's terms.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Index, IndexSettings, SegmentReader, Term};

use tantivy::postings::Postings;

use super::directory::PackDirectory;
use super::schema::{Fields, SEGMENT, SLOTS, place, weight};
use super::{Error, Result, Section};
use crate::content::record::decode;

/// An open index.
#[derive(Clone)]
pub struct Searcher {
    classes: usize,
    field: Field,
    inverted: Arc<InvertedIndexReader>,
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher").field("classes", &self.classes).finish_non_exhaustive()
    }
}

/// tantivy's files by name, beside how many documents they index.
type Files = (u32, Vec<(String, &'static [u8])>);

/// The number of documents and the files, as [`super::write`] put them together.
fn apart(bytes: &'static [u8]) -> Option<Files> {
    let (length, bytes) = bytes.split_first_chunk()?;
    let (record, mut left) = bytes.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (documents, lengths): (u32, Vec<(String, usize)>) = decode(record)?;
    let mut files = Vec::new();
    for (name, length) in lengths {
        let (file, others) = left.split_at_checked(length)?;
        files.push((name, file));
        left = others;
    }
    Some((documents, files))
}

impl Searcher {
    /// Opens what [`super::write`] wrote. The bytes stay where they are.
    ///
    /// # Errors
    /// [`Error::Record`] or [`Error::Engine`] if they are not such an index.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let (documents, files) = apart(bytes).ok_or(Error::Record { section: Section::Index.name() })?;
        let Fields { schema, impacts } = Fields::new();
        // Not `Index::open`, which would read a `meta.json` that says nothing new: the directory
        // takes what is written to it and forgets it, and the segment is named by us.
        let index = Index::create(PackDirectory::new(files.into_iter()), schema, IndexSettings::default())?;
        let id = SegmentId::from_uuid_string(SEGMENT).map_err(|error| Error::Engine(error.to_string()))?;
        // A segment opened by itself: tantivy's own searcher would want the store of documents.
        let segment = SegmentReader::open(&index.segment(index.new_segment_meta(id, documents)))?;
        Ok(Self {
            classes: (documents / SLOTS) as usize,
            field: impacts,
            inverted: segment.inverted_index(impacts)?,
        })
    }

    /// Adds `times` × each posting's weight to its class, for every term.
    ///
    /// Returns one sum per class.
    ///
    /// # Errors
    /// [`Error::Engine`] if a posting list cannot be read.
    pub fn score(&self, terms: &BTreeMap<u32, f32>) -> Result<Vec<f32>> {
        let mut sums = vec![0.0; self.classes];
        for (&cell, times) in terms {
            let (shelf, slot) = place(cell);
            let postings = self
                .inverted
                .read_postings(&Term::from_field_text(self.field, &shelf), IndexRecordOption::WithFreqs)
                .map_err(|error| Error::Engine(error.to_string()))?;
            let Some(mut postings) = postings else { continue };
            let first = slot * self.classes as u32;
            let mut document = if postings.doc() < first { postings.seek(first) } else { postings.doc() };
            while document < first + self.classes as u32 {
                sums[(document - first) as usize] += times * weight(postings.term_freq()) as f32;
                document = postings.advance();
            }
        }
        Ok(sums)
    }
}
