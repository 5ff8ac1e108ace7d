//! From a message to a [`Verdict`]: which topics it may be about, how sure we are, and whether it
//! is our business at all.
//!
//! What is learned (`learn`, at build time) is a multinomial logistic regression over the
//! analyzer's terms, with one class per topic, one for what is too vague for a topic, and one per
//! kind of message that is not ours. Its weights live in the index; biases and calibration in the [`Model`]. At run time ([`Matcher`])
//! the index adds up weights, and `rank` turns sums into probabilities and a decision.

#[cfg(not(target_arch = "wasm32"))]
mod build;
#[cfg(not(target_arch = "wasm32"))]
mod examples;
#[cfg(not(target_arch = "wasm32"))]
mod learn;
mod matcher;
mod model;
mod rank;
mod suggest;
mod verdict;

#[cfg(not(target_arch = "wasm32"))]
pub use self::build::{Part, build};
pub use self::matcher::Matcher;
pub use self::model::{Class, Model, Title};
pub use self::suggest::Suggestion;
pub use self::verdict::{Courtesy, Decision, Match, Verdict};
