//! The conversation: a pure function from a state and a turn to a new state and a reply.
//!
//! The dialog never calls the matcher: what a message means arrives with it, as a
//! [`crate::matching::Verdict`]. It does no I/O and reads no clock, so that any transcript can be
//! replayed as a test. The command line and the widget only render [`Reply`]s.

mod because;
mod belief;
mod doubt;
mod knowledge;
mod policy;
mod reply;
mod show;
mod state;
mod ticket;
mod transcript;
mod turn;
mod understand;
pub mod wording;

pub use self::belief::{Belief, Odds, QuestionOdds, StepOdds};
pub use self::doubt::Doubt;
pub use self::knowledge::Knowledge;
pub use self::policy::{HAND_OVER, Move, leading, next_move, ordered};
pub use self::reply::{Choice, Kind, Reply, StepView};
pub use self::show::options;
pub use self::state::{Event, Focus, Open, Outcome, State};
pub use self::ticket::{Facts, ticket};
pub use self::transcript::{Transcript, has_arrived, retell};
pub use self::turn::{Turn, forgotten, greet, respond, resume};
