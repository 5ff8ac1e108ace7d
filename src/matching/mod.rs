//! From a message to a [`Verdict`]: which topics it may be about, how sure we are, and whether it
//! is our business at all.
//!
//! What is learned (`learn`, at build time) is a multinomial logistic regression over the
//! analyzer's terms, with one class per topic, one for what is too vague for a topic, and one per
//! kind of message that is not ours. Its weights live in the index, its biases in the [`Model`].
//! What its scores are worth (`calibrate`) is learned from examples kept back (`kept`). At run
//! time ([`Matcher`]) the index adds up weights, and `rank` turns sums into probabilities and a
//! decision.

#[cfg(not(target_arch = "wasm32"))]
mod build;
#[cfg(not(target_arch = "wasm32"))]
mod calibrate;
#[cfg(not(target_arch = "wasm32"))]
mod examples;
#[cfg(not(target_arch = "wasm32"))]
mod kept;
#[cfg(not(target_arch = "wasm32"))]
mod learn;
mod machines;
mod matcher;
mod model;
mod rank;
#[cfg(not(target_arch = "wasm32"))]
mod recipe;
mod suggest;
mod verdict;

#[cfg(not(target_arch = "wasm32"))]
pub use self::build::{Part, build, build_by, splits, titles};
pub use self::machines::Machine;
pub use self::matcher::Matcher;
pub use self::model::{Branch, Calibration, Class, Model, Split, Title};
#[cfg(not(target_arch = "wasm32"))]
pub use self::recipe::{Ingredient, Recipe};
pub use self::suggest::Suggestion;
pub use self::verdict::{Courtesy, Decision, Match, Verdict};
