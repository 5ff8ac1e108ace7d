//! Content faults that only the matcher can show: phrases that it gives to another topic although
//! it learned them for this one.

use std::fmt;

use crate::content::KnowledgeBase;
use crate::matching::{Decision, Verdict};

/// Below this score the matcher does not insist, and the phrase may well be learned yet.
const INSISTS: f32 = 0.6;

/// A phrase understood as something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Misheard {
    /// The file that has it, below the content folder.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u32,
    /// The phrase.
    pub phrase: String,
    /// The topic it was taken for; `None` where it was refused as none of ours.
    pub given: Option<String>,
    /// How sure the matcher is of that.
    pub score: f32,
}

impl fmt::Display for Misheard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: 「{}」", self.file, self.line, self.phrase)?;
        match &self.given {
            Some(topic) => {
                write!(f, "被认成了 {topic}（{:.2}）：真是那边的就移过去，不是就写得更明白", self.score)
            }
            None => write!(f, "被当成不归我们管：写得更明白，或删掉"),
        }
    }
}

/// Every phrase of `base` that `ask` gives to another topic or refuses, in file order.
pub fn misheard(base: &KnowledgeBase, ask: impl Fn(&str) -> Verdict) -> Vec<Misheard> {
    let mut found = Vec::new();
    for topic in &base.topics {
        for (phrase, line) in topic.phrases.iter().zip(&topic.phrase_lines) {
            let verdict = ask(phrase);
            let first = verdict.matches.first();
            let elsewhere = first.filter(|first| first.topic != topic.id && first.score >= INSISTS);
            let (given, score) = match (verdict.decision, elsewhere) {
                (Decision::None, _) => (None, 1.0),
                (_, Some(first)) => (Some(first.topic.clone()), first.score),
                (_, None) => continue,
            };
            found.push(Misheard {
                file: topic.file.clone(),
                line: *line,
                phrase: phrase.clone(),
                given,
                score,
            });
        }
    }
    found
}
