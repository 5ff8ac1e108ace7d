//! A pack is everything a build leaves behind in one file: sections under a versioned, checksummed
//! header. Write and read stand side by side here so that they cannot drift apart.
//!
//! ```text
//! 0   8  magic "POSDOCPK"
//! 8   4  format version, little endian
//! 12  4  length of the header record
//! 16  8  checksum of the header record
//! 24  …  header record (see `content::record`)
//! …   …  sections, back to back in header order
//! ```
//!
//! Checksums are SipHash-1-3: they find damage, they do not stop a forger.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::{Error, Result};
#[cfg(not(target_arch = "wasm32"))]
use crate::content::record::encode;
use crate::content::record::{Record, decode, record, word};

/// The pack format this program writes and reads: one number for one layout of all its records, which
/// `tests/suite/layout.rs` holds.
pub const FORMAT: u32 = 4;
const MAGIC: &[u8; 8] = b"POSDOCPK";
const FIXED: usize = 24;
/// What the header record is called where it is damaged.
const HEADER: &str = "开头";

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Every topic's id, group and label.
    Catalogue,
    /// The first screen's topics, without their prose.
    Everyday,
    /// All articles.
    Articles,
    /// Response codes.
    Codes,
    /// What the analyzer needs.
    Tables,
    /// Biases, scale and calibration of the learned weights.
    Model,
    /// Phrases to suggest while typing.
    Suggestions,
    /// Illustrations.
    Drawings,
    /// tantivy's files: their names, lengths and bytes.
    Index,
    /// Short phrases of every topic, for the agent's search through everything.
    Phrases,
    /// Which topics each response code belongs to: what understanding needs of [`Section::Codes`].
    CodeTopics,
    /// Response codes without the words that screens show beside them: what the code pad needs.
    CodeMeanings,
    /// Questions that narrow a vague message down.
    Splits,
}

word!(Section: Catalogue Everyday Articles Codes Tables Model Suggestions Drawings Index Phrases CodeTopics CodeMeanings Splits);

impl Section {
    /// What an editor calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalogue => "主题目录",
            Self::Everyday => "首屏主题",
            Self::Articles => "文章",
            Self::Codes => "应答码",
            Self::CodeTopics => "应答码的主题",
            Self::CodeMeanings => "应答码的意思",
            Self::Tables => "归一、读音、词表",
            Self::Model => "学到的（偏置）",
            Self::Suggestions => "联想的说法",
            Self::Drawings => "图",
            Self::Index => "学到的（索引）",
            Self::Splits => "反问",
            Self::Phrases => "外勤搜的说法",
        }
    }
}

/// One line of the table of sections.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SectionHead {
    section: Section,
    length: u32,
    checksum: u64,
}

record!(SectionHead: section length checksum);

/// What a pack says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// [`crate::text::VERSION`] of the analyzer its terms were made with.
    pub analyzer: u32,
    /// Fingerprint of the content it was built from, the same in every part of one build; 0 in the
    /// part that is nothing but drawings: whoever has it need not fetch it again for a new sentence.
    pub content: u128,
    sections: Vec<SectionHead>,
}

record!(Header: analyzer content sections);

/// A pack opened over borrowed bytes; nothing is copied until a record is decoded.
#[derive(Debug, Clone)]
pub struct Pack<'b> {
    /// Versions and fingerprint.
    pub header: Header,
    bytes: &'b [u8],
}

impl<'b> Pack<'b> {
    /// Opens and verifies a pack: magic, format, analyzer, length, and every checksum.
    ///
    /// # Errors
    /// One variant of [`Error`] for each way in which it can be unfit.
    pub fn open(bytes: &'b [u8]) -> Result<Self> {
        if !bytes.starts_with(MAGIC) {
            return Err(Error::Magic);
        }
        let short = |expected| Error::Truncated { expected, got: bytes.len() };
        let fixed = bytes.get(..FIXED).ok_or_else(|| short(FIXED))?;
        let number = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
        if number(8) != FORMAT {
            return Err(Error::Format { expected: FORMAT, got: number(8) });
        }
        let length = number(12) as usize;
        let record = bytes.get(FIXED..FIXED + length).ok_or_else(|| short(FIXED + length))?;
        let expected = u64::from(number(16)) | u64::from(number(20)) << 32;
        if checksum(record) != expected {
            return Err(Error::Damaged { section: HEADER, expected, got: checksum(record) });
        }
        let header: Header = decode(record).ok_or(Error::Record { section: HEADER })?;
        if header.analyzer != crate::text::VERSION {
            return Err(Error::Analyzer { expected: crate::text::VERSION, got: header.analyzer });
        }
        let body: usize = header.sections.iter().map(|head| head.length as usize).sum();
        if bytes.len() != FIXED + length + body {
            return Err(short(FIXED + length + body));
        }
        let pack = Self { header, bytes: &bytes[FIXED + length..] };
        for (head, bytes) in pack.sections() {
            if checksum(bytes) != head.checksum {
                let (section, expected) = (head.section.name(), head.checksum);
                return Err(Error::Damaged { section, expected, got: checksum(bytes) });
            }
        }
        Ok(pack)
    }

    /// The raw bytes of a section.
    ///
    /// # Errors
    /// [`Error::Missing`] if this pack has no such section.
    pub fn bytes(&self, section: Section) -> Result<&'b [u8]> {
        self.sections()
            .find(|(head, _)| head.section == section)
            .map(|(_, bytes)| bytes)
            .ok_or_else(|| Error::Missing { section: section.name() })
    }

    /// A section decoded.
    ///
    /// # Errors
    /// [`Error::Missing`], or [`Error::Record`] if it does not decode as `T`.
    pub fn read<T: Record>(&self, section: Section) -> Result<T> {
        decode(self.bytes(section)?).ok_or(Error::Record { section: section.name() })
    }

    /// Section names and lengths, in order.
    pub fn sizes(&self) -> Vec<(Section, usize)> {
        self.header.sections.iter().map(|head| (head.section, head.length as usize)).collect()
    }

    fn sections(&self) -> impl Iterator<Item = (&SectionHead, &'b [u8])> {
        let bytes = self.bytes;
        let mut at = 0;
        self.header.sections.iter().map(move |head| {
            let start = at;
            at += head.length as usize;
            (head, &bytes[start..at])
        })
    }
}

/// SipHash-1-3 with the key zero: it finds damage.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Collects sections and writes the file.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone, Default)]
pub struct PackWriter {
    content: u128,
    sections: Vec<(Section, Vec<u8>)>,
}

#[cfg(not(target_arch = "wasm32"))]
impl PackWriter {
    /// An empty pack for content with this fingerprint.
    pub fn new(content: u128) -> Self {
        Self { content, sections: Vec::new() }
    }

    /// Adds a section of raw bytes.
    pub fn bytes(&mut self, section: Section, bytes: Vec<u8>) {
        self.sections.push((section, bytes));
    }

    /// Adds a section holding a record.
    pub fn record<T: Record>(&mut self, section: Section, record: &T) {
        self.bytes(section, encode(record));
    }

    /// The file's bytes, holding only the sections that `wanted` picks: a whole pack, or the part
    /// of it that one wasm module is handed.
    pub fn finish(&self, wanted: impl Fn(Section) -> bool) -> Vec<u8> {
        let chosen: Vec<_> = self.sections.iter().filter(|(section, _)| wanted(*section)).collect();
        let drawings = chosen.iter().all(|(section, _)| *section == Section::Drawings);
        let header = Header {
            analyzer: crate::text::VERSION,
            content: if drawings { 0 } else { self.content },
            sections: chosen
                .iter()
                .map(|(section, bytes)| SectionHead {
                    section: *section,
                    length: bytes.len() as u32,
                    checksum: checksum(bytes),
                })
                .collect(),
        };
        let record = encode(&header);
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&(record.len() as u32).to_le_bytes());
        out.extend_from_slice(&checksum(&record).to_le_bytes());
        out.extend_from_slice(&record);
        for (_, bytes) in chosen {
            out.extend_from_slice(bytes);
        }
        out
    }
}
