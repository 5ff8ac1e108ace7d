//! Writing the impact index, natively, the same bytes every time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::TantivyDocument;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexSettings};

use super::schema::{Fields, SLOTS, frequency, place};
use super::{Error, Result};

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
/// Segments are named by random id; this one is put in its place.
const SEGMENT: &str = "00000000000000000000000000000000";

/// Writes an index over `classes` documents and returns it as one block of bytes: the number of
/// files, then name, length and bytes of each (postcard).
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
    let mut paths: Vec<PathBuf> = managed.filter(|path| path.to_string_lossy().starts_with(&name)).collect();
    paths.push(PathBuf::from("meta.json"));
    for path in paths {
        let bytes = directory.atomic_read(&path).map_err(|error| Error::Engine(error.to_string()))?;
        let renamed = path.to_string_lossy().replace(&name, SEGMENT);
        let bytes = if renamed.ends_with(".store") { footer(&bytes).to_vec() } else { bytes };
        files.insert(renamed, rename_segment(&path, bytes, &name));
    }
    let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    postcard::to_allocvec(&files).map_err(|source| Error::Record { section: "Index".into(), source })
}

/// A file without its body. tantivy keeps an offset for every document of the store, and no
/// document has anything stored.
fn footer(bytes: &[u8]) -> &[u8] {
    let length =
        bytes.last_chunk::<8>().map_or(0, |&[a, b, c, d, ..]| u32::from_le_bytes([a, b, c, d]) as usize + 8);
    &bytes[bytes.len().saturating_sub(length)..]
}

/// `meta.json` names the segment with dashes; the other files do not name it at all.
fn rename_segment(path: &Path, bytes: Vec<u8>, name: &str) -> Vec<u8> {
    if path != Path::new("meta.json") {
        return bytes;
    }
    let dashed =
        |id: &str| format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]);
    String::from_utf8_lossy(&bytes).replace(&dashed(name), &dashed(SEGMENT)).into_bytes()
}
