//! Search as one types: every word typed stands in the title, in a phrase, in a cause or in a step.
//!
//! Not understanding: that is the engine's, whose guess is shown below these hits.

use posdoc::content::{ResponseCode, Topic};

use super::library::Library;

/// The most topics and the most codes shown.
const MOST: usize = 24;

/// A text, with the runs of it that were searched for.
pub(super) type Marked = Vec<(String, bool)>;

/// A topic that was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit<'l> {
    pub(super) topic: &'l Topic,
    pub(super) title: Marked,
    /// Where it was found, if not in the title.
    pub(super) via: Option<Marked>,
}

/// Topics that have every word of `typed`, those with it in the title first.
pub(super) fn topics<'l>(library: &'l Library, typed: &str) -> Vec<Hit<'l>> {
    let words = words(typed);
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, Hit<'l>)> = Vec::new();
    for topic in &library.topics {
        if let Some(title) = marked(&topic.title, &words) {
            hits.push((0, Hit { topic, title, via: None }));
            continue;
        }
        let phrases = library.phrases.iter().filter(|phrase| phrase.topic == topic.id);
        let found = phrases.map(|phrase| (1, &phrase.text)).chain(
            std::iter::once((1, &topic.label))
                .chain(topic.causes.iter().map(|cause| (2, &cause.name)))
                .chain(topic.steps.iter().map(|step| (3, &step.action))),
        );
        let found = found.filter_map(|(rank, text)| Some((rank, marked(text, &words)?)));
        if let Some((rank, via)) = found.min_by_key(|(rank, _)| *rank) {
            let title = vec![(topic.title.clone(), false)];
            hits.push((rank, Hit { topic, title, via: Some(via) }));
        }
    }
    hits.sort_by_key(|(rank, _)| *rank);
    hits.truncate(MOST);
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// Codes that begin with what was typed, then those whose words have it. All, if nothing was typed.
pub(super) fn codes<'l>(library: &'l Library, typed: &str, most: usize) -> Vec<&'l ResponseCode> {
    let words = words(typed);
    let mut found: Vec<(u8, &ResponseCode)> = Vec::new();
    for code in &library.codes {
        let shown = fold(&code.code);
        let begins = |word: &Vec<char>| shown.starts_with(word);
        let said = std::iter::once(&code.meaning).chain(&code.screen).chain(std::iter::once(&code.now));
        let said: Vec<&String> = said.collect();
        let within = |word: &Vec<char>| said.iter().any(|text| position(&fold(text), word).is_some());
        if words.iter().all(begins) {
            found.push((0, code));
        } else if words.iter().all(|word| begins(word) || within(word)) {
            found.push((1, code));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(most);
    found.into_iter().map(|(_, code)| code).collect()
}

/// `text` with the runs marked where `typed` stands in it; unmarked if it does not.
pub(super) fn mark(text: &str, typed: &str) -> Marked {
    let words = words(typed);
    let some: Vec<Vec<char>> =
        words.into_iter().filter(|word| position(&fold(text), word).is_some()).collect();
    marked(text, &some).unwrap_or_else(|| vec![(text.to_owned(), false)])
}

/// `text` with every word marked; nothing if one is missing.
fn marked(text: &str, words: &[Vec<char>]) -> Option<Marked> {
    let characters: Vec<char> = text.chars().collect();
    let folded = fold(text);
    let mut marks = vec![false; characters.len()];
    for word in words {
        let mut at = position(&folded, word)?;
        loop {
            marks[at..at + word.len()].fill(true);
            match position(&folded[at + word.len()..], word) {
                Some(next) => at += word.len() + next,
                None => break,
            }
        }
    }
    let mut runs: Marked = Vec::new();
    for (character, mark) in characters.into_iter().zip(marks) {
        match runs.last_mut() {
            Some((run, same)) if *same == mark => run.push(character),
            _ => runs.push((character.to_string(), mark)),
        }
    }
    Some(runs)
}

fn words(typed: &str) -> Vec<Vec<char>> {
    typed.split_whitespace().map(fold).collect()
}

/// One character for each of `text`, in the same place: full width is half, capitals are small.
fn fold(text: &str) -> Vec<char> {
    let one = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
        c => c.to_ascii_lowercase(),
    };
    text.chars().map(one).collect()
}

fn position(text: &[char], word: &[char]) -> Option<usize> {
    text.windows(word.len().max(1)).position(|window| window == word)
}
