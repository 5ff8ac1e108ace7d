//! A verdict is what the matcher makes of one message.

use crate::content::record::{record, word};

/// What to do with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Confident in the first match.
    Answer,
    /// Several fit, or too vague: ask back first.
    Clarify,
    /// Not about this.
    None,
}

word!(Decision: Answer Clarify None);

/// A short reply that a message deserves even though it is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Courtesy {
    /// 你好.
    Greeting,
    /// 谢谢.
    Thanks,
    /// Insults.
    Abuse,
    /// Keyboard mash, symbols, nothing at all.
    Nonsense,
}

word!(Courtesy: Greeting Thanks Abuse Nonsense);

/// A topic that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Topic id.
    pub topic: String,
    /// Its title.
    pub title: String,
    /// Probability that this is the right topic, given that one of ours is; 0 to 1.
    pub score: f32,
}

record!(Match: topic title score);

/// What a message is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The message, card numbers masked.
    pub query: String,
    /// What to do.
    pub decision: Decision,
    /// Topics, best first, at most ten.
    pub matches: Vec<Match>,
    /// The response code it names, if any, in capitals; it need not be one that anybody documents.
    pub code: Option<String>,
    /// The courtesy it deserves, if any.
    pub courtesy: Option<Courtesy>,
}

record!(Verdict: query decision matches code courtesy);
