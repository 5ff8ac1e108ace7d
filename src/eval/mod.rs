//! Measuring: labelled messages in, accuracies out.
//!
//! Nothing here decides anything; it only counts what the matcher did.

mod labelled;
mod misheard;
mod report;

pub use self::labelled::{Error, Labelled, read};
pub use self::misheard::{Misheard, misheard};
pub use self::report::{Report, Tally};
