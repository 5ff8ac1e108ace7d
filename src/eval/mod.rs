//! Measuring: labelled messages in, accuracies out; merchants with a hidden cause in, minutes out.
//!
//! Nothing here decides anything; it only counts what the matcher and the dialog did.

mod framing;
mod labelled;
mod misheard;
#[cfg(not(target_arch = "wasm32"))]
mod openings;
mod optimum;
mod report;
mod simulate;
mod simulation;

pub use self::framing::Frames;
pub use self::labelled::{Error, Labelled, read};
pub use self::misheard::{Misheard, misheard};
#[cfg(not(target_arch = "wasm32"))]
pub use self::openings::{Openings, Reached, heard_by, openings, says_nothing};
pub use self::optimum::{best_order, cause_known, optimum};
pub use self::report::{Report, Tally};
pub use self::simulate::{Figures, Outcomes, Unasked, is_simulated, simulate};
pub use self::simulation::{Compared, Simulation};
