//! What tantivy knows, and the pack that carries it.
//!
//! The index is an *impact index*: its documents are the classes that a message can belong to
//! (one per topic, and one per kind of message that is not ours), and a term's frequency in a
//! document is not a count but a learned weight. To do without a dictionary of n-grams, terms are
//! hashed to [`cell`]s, and each class has a document for every slot that cells can share. Searching means adding up, over a message's
//! terms, the weights that each posting list holds. Storing learned weights as term frequencies
//! is how DeepImpact does it (Mallia, Khattab, Suel and Tonellotto, *Learning passage impacts for
//! inverted indexes*, SIGIR 2021).
//!
//! * **Useful for**: a score per class for a bag of terms, from bytes that were fetched,
//!   without copying them.
//! * **Not useful for**: deciding anything. Scores become a verdict in `matching`.
//!
//! No type of tantivy leaves this module.

mod directory;
mod error;
mod pack;
mod schema;
mod searcher;
#[cfg(not(target_arch = "wasm32"))]
mod writer;

pub use self::error::{Error, Result};
#[cfg(not(target_arch = "wasm32"))]
pub use self::pack::PackWriter;
pub(crate) use self::pack::checksum;
pub use self::pack::{FORMAT, Header, Pack, Section};
pub use self::schema::cell;
pub use self::searcher::Searcher;
#[cfg(not(target_arch = "wasm32"))]
pub use self::writer::{Impact, write};
