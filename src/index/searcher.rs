//! Adding up impacts: a score per class for a message's terms.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Index, ReloadPolicy, TERMINATED, Term};

use tantivy::postings::Postings;

use super::directory::PackDirectory;
use super::schema::Fields;
use super::{Error, Result};

/// An open index.
#[derive(Clone)]
pub struct Searcher {
    classes: usize,
    fields: Vec<(Field, i32, Arc<InvertedIndexReader>)>,
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher").field("classes", &self.classes).finish_non_exhaustive()
    }
}

impl Searcher {
    /// Opens what [`super::write`] wrote. The bytes stay where they are.
    ///
    /// # Errors
    /// [`Error::Record`] or [`Error::Engine`] if they are not such an index.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let files: Vec<(String, &'static [u8])> = postcard::from_bytes(bytes)
            .map_err(|source| Error::Record { section: "Index".into(), source })?;
        let index = Index::open(PackDirectory::new(files.into_iter()))?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let [segment] = searcher.segment_readers() else {
            return Err(Error::Engine(format!(
                "expected one segment, got {}",
                searcher.segment_readers().len()
            )));
        };
        let fields = Fields::new();
        let open = |field, sign| Ok::<_, Error>((field, sign, segment.inverted_index(field)?));
        Ok(Self {
            classes: segment.max_doc() as usize,
            fields: vec![open(fields.in_favour, 1)?, open(fields.against, -1)?],
        })
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds `times` × each posting's weight to its class, for every term.
    ///
    /// Returns one sum per class, and the share of the terms' mass that the index knows (0 to 1).
    ///
    /// # Errors
    /// [`Error::Engine`] if a posting list cannot be read.
    pub fn score(&self, terms: &BTreeMap<String, f32>) -> Result<(Vec<f32>, f32)> {
        let mut sums = vec![0.0; self.classes];
        let (mut known, mut all) = (0.0, 0.0);
        for (term, times) in terms {
            let mut seen = false;
            for (field, sign, inverted) in &self.fields {
                let term = Term::from_field_text(*field, term);
                let postings = inverted
                    .read_postings(&term, IndexRecordOption::WithFreqs)
                    .map_err(|error| Error::Engine(error.to_string()))?;
                let Some(mut postings) = postings else { continue };
                seen = true;
                while postings.doc() != TERMINATED {
                    sums[postings.doc() as usize] += times * (*sign * postings.term_freq() as i32) as f32;
                    postings.advance();
                }
            }
            all += times;
            known += if seen { *times } else { 0.0 };
        }
        Ok((sums, if all > 0.0 { known / all } else { 0.0 }))
    }
}
