//! Suggestions while typing: phrases and titles that begin with, contain or sound like what is in
//! the box so far.

use crate::content::record::record;
use crate::text::Analyzer;

/// The most that is offered.
const MOST: usize = 6;

/// Something the merchant may be about to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words.
    pub text: String,
    /// The topic they belong to.
    pub topic: String,
}

record!(Suggestion: text topic);

/// Suggestions made ready to search.
#[derive(Debug, Clone, Default)]
pub(super) struct Suggester {
    ready: Vec<(Suggestion, String, Vec<String>)>,
}

impl Suggester {
    pub(super) fn new(suggestions: &[Suggestion], analyzer: &Analyzer) -> Self {
        let ready = suggestions
            .iter()
            .map(|suggestion| {
                let normal = analyzer.normal(&suggestion.text);
                let sounds = analyzer.sounds(&normal);
                (suggestion.clone(), normal, sounds)
            })
            .collect();
        Self { ready }
    }

    /// Up to six suggestions for `typed`, one per topic, best first.
    ///
    /// Best is: begins with it, then contains it, then begins with its sound, then contains its
    /// sound; the last syllable may be half typed.
    pub(super) fn suggest(&self, typed: &str, analyzer: &Analyzer) -> Vec<Suggestion> {
        let normal = analyzer.normal(typed);
        if normal.is_empty() {
            return Vec::new();
        }
        let (whole, half) = analyzer.half_typed(&normal);
        let mut found: Vec<(u8, usize, &Suggestion)> = Vec::new();
        for (suggestion, text, sounds) in &self.ready {
            let rank = if text.starts_with(&normal) {
                0
            } else if text.contains(&normal) {
                1
            } else {
                match sounds_at(sounds, &whole, &half) {
                    Some(0) => 2,
                    Some(_) => 3,
                    None => continue,
                }
            };
            found.push((rank, text.len(), suggestion));
        }
        found.sort_by_key(|(rank, length, _)| (*rank, *length));
        let mut chosen: Vec<Suggestion> = Vec::new();
        for (_, _, suggestion) in found {
            if !chosen.iter().any(|other| other.topic == suggestion.topic) {
                chosen.push(suggestion.clone());
            }
        }
        chosen.truncate(MOST);
        chosen
    }
}

/// Where `whole`, then a syllable that begins with `half`, stands in `sounds`.
fn sounds_at(sounds: &[String], whole: &[String], half: &str) -> Option<usize> {
    let length = whole.len() + usize::from(!half.is_empty());
    if length == 0 {
        return None;
    }
    sounds.windows(length).position(|window| {
        window[..whole.len()] == *whole && (half.is_empty() || window[whole.len()].starts_with(half))
    })
}

/// The titles, and a few short phrases of every topic that say it in other words.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn worth_suggesting(base: &crate::content::KnowledgeBase) -> Vec<Suggestion> {
    const PHRASES_EACH: usize = 4;
    let mut suggestions = Vec::new();
    for topic in &base.topics {
        let mut add = |text: &str| {
            suggestions.push(Suggestion { text: text.to_owned(), topic: topic.id.clone() });
        };
        add(&topic.label);
        let chinese = |text: &&String| {
            let length = text.chars().count();
            (4..=10).contains(&length) && text.chars().all(crate::text::is_han)
        };
        topic.phrases.iter().filter(chinese).take(PHRASES_EACH).for_each(|phrase| add(phrase));
    }
    suggestions
}
