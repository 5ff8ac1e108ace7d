//! What editors write: topics, causes, steps, questions, response codes, and the words around them.
//!
//! A *corpus* is a folder: `topics.tsv` (which topics there are), one Markdown file per topic under
//! `<group>/<id>.md`, `codes.toml`, `lexicon.toml`, `not-ours.toml`, `vague.toml`, `splits.toml` and drawings in `images/`.
//! This module knows nothing of search, dialogs or browsers.
//!
//! Reading never stops at the first fault: [`load()`] returns everything that could be read beside
//! one [`Diagnostic`] per fault, so that an editor sees them all in one run.

mod body;
mod diagnostic;
#[cfg(not(target_arch = "wasm32"))]
mod lint;
#[cfg(not(target_arch = "wasm32"))]
mod lint_splits;
#[cfg(not(target_arch = "wasm32"))]
mod load;
pub mod machine;
#[cfg(not(target_arch = "wasm32"))]
mod parse;
pub mod record;
mod tables;
mod topic;

pub use self::body::{Block, Span};
pub use self::diagnostic::{Code, Diagnostic};
#[cfg(not(target_arch = "wasm32"))]
pub use self::load::{Error, MAX_FILE_BYTES, fingerprint, load, stale};
pub use self::tables::{
    Actor, Concept, ConceptKind, Jargon, Lexicon, NotOursGroup, ResponseCode, Retry, Screen, Spellings,
    Split, SplitAnswer, Vague,
};
pub use self::topic::{ALL_STEPS, Answer, Cause, Device, Kind, Often, Question, Risk, Step, Stop, Topic};

/// Where the lines of a text begin, so that finding the line of a place takes no reading.
#[cfg(not(target_arch = "wasm32"))]
struct Lines(Vec<usize>);

#[cfg(not(target_arch = "wasm32"))]
impl Lines {
    fn new(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line of the byte `at`, counted from 1.
    fn line(&self, at: usize) -> u32 {
        1 + self.0.partition_point(|newline| *newline < at) as u32
    }
}

/// One line of `topics.tsv`: a topic that the corpus promises to cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Fixed id, the contract with everyone who links to a topic.
    pub id: String,
    /// Folder the topic's file stands in.
    pub group: String,
    /// Working title; the article may word it better.
    pub title: String,
    /// What belongs to this topic, in a line. Written for editors, indexed too.
    pub scope: String,
}

/// Everything a corpus says, as read. Not yet searchable: that is a pack's business.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeBase {
    /// `topics.tsv`, in its order.
    pub promises: Vec<Promise>,
    /// The articles, in the order of `topics.tsv`.
    pub topics: Vec<Topic>,
    /// `codes.toml`, in file order.
    pub codes: Vec<ResponseCode>,
    /// `lexicon.toml`.
    pub lexicon: Lexicon,
    /// `not-ours.toml`.
    pub not_ours: Vec<NotOursGroup>,
    /// `vague.toml`.
    pub vague: Vec<Vague>,
    /// `splits.toml`.
    pub splits: Vec<Split>,
    /// `images/`, sorted by name.
    pub drawings: Vec<Drawing>,
}

/// An illustration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// File name below `images/`.
    pub name: String,
    /// The SVG, shown inline so that its lines take the page's colour.
    pub svg: String,
}

record::record!(Drawing: name svg);

impl KnowledgeBase {
    /// The article with this id, if it has been written.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }
}
