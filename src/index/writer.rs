//! Writing the impact index, natively, the same bytes every time.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::TantivyDocument;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexSettings};

use super::schema::{Fields, SEGMENT, SLOTS, frequency, place};
use super::{Error, Result};
use crate::content::record::encode;

/// What a term says about a class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Impact {
    /// The class, counted from 0.
    pub class: u16,
    /// The term's [`cell`](super::cell).
    pub cell: u32,
    /// Positive: speaks for the class. Negative: against. Never 0.
    pub weight: i16,
}

/// Memory for tantivy's single writing thread; its minimum is 15 MB.
const WRITER_BYTES: usize = 64 << 20;

/// Writes an index over `classes` classes and returns it as one block of bytes: the length of a
/// record in four bytes, the record (the number of documents; name and length of each file), the files.
///
/// What else an index keeps in its `meta.json`, the schema and the segment's name, is always the
/// same, and [`super::Searcher`] knows it: reading that file takes tantivy 22 KB of code.
///
/// # Errors
/// [`Error::Engine`] if tantivy fails.
pub fn write(classes: usize, impacts: &[Impact]) -> Result<Vec<u8>> {
    let fields = Fields::new();
    let directory = RamDirectory::create();
    let index = Index::create(directory.clone(), fields.schema.clone(), IndexSettings::default())?;
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_BYTES)?;
    let mut documents: Vec<Vec<Token>> = vec![Vec::new(); classes * SLOTS as usize];
    for impact in impacts {
        let (shelf, slot) = place(impact.cell);
        // A default token stands at the last position there is; the next one would overflow.
        let token = Token { text: shelf, position: 0, ..Token::default() };
        documents[slot as usize * classes + impact.class as usize]
            .extend(std::iter::repeat_n(token, frequency(impact.weight) as usize));
    }
    for tokens in documents {
        let mut document = TantivyDocument::default();
        document.add_pre_tokenized_text(fields.impacts, PreTokenizedString { text: String::new(), tokens });
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let segments = index.searchable_segment_ids()?;
    let [segment] = segments[..] else {
        return Err(Error::Engine(format!("expected one segment, got {}", segments.len())));
    };
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let name = segment.uuid_string();
    let managed = index.directory().list_managed_files().into_iter();
    let paths: Vec<PathBuf> = managed.filter(|path| path.to_string_lossy().starts_with(&name)).collect();
    for path in paths {
        let bytes = directory.atomic_read(&path).map_err(|error| Error::Engine(error.to_string()))?;
        // The files name the segment nowhere but in their own names.
        let renamed = path.to_string_lossy().replace(&name, SEGMENT);
        let bytes = if renamed.ends_with(".store") { footer(&bytes).to_vec() } else { bytes };
        files.insert(renamed, bytes);
    }
    let lengths: Vec<(String, usize)> =
        files.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect();
    let documents = classes as u32 * SLOTS;
    let record = encode(&(documents, lengths));
    let mut block = (record.len() as u32).to_le_bytes().to_vec();
    block.extend(record);
    files.values().for_each(|bytes| block.extend(bytes));
    Ok(block)
}

/// A file without its body. tantivy keeps an offset for every document of the store, and no
/// document has anything stored.
fn footer(bytes: &[u8]) -> &[u8] {
    let length =
        bytes.last_chunk::<8>().map_or(0, |&[a, b, c, d, ..]| u32::from_le_bytes([a, b, c, d]) as usize + 8);
    &bytes[bytes.len().saturating_sub(length)..]
}
