//! The visit report (巡检单): what a field agent found at a terminal and did about it, to be handed
//! over in the evening; and the [`Conversation`] (问诊记录) that a report can begin from.
//!
//! * **Useful for**: keeping reports as text that later versions can still read ([`read`], [`write`]),
//!   and handing them over as text, CSV or JSON.
//! * **Not useful for**: storing anything. Where the text lies is the agent's view's business.
//!
//! Card numbers are masked whenever a report is written or handed over, whatever it came through.

mod conversation;
mod export;
mod kept;
mod visit;

pub use self::conversation::{Conversation, Ending, Left, Line};
pub use self::export::{csv, json, text};
pub use self::kept::{Unreadable, VERSION, read, write};
pub use self::visit::{Outcome, Report, Tried, Went};
