//! Putting right what the lexicon knows to be written otherwise: 刷ka卡, 签倒, 冇, 螢幕, receipt.

use std::collections::BTreeMap;

use super::Tables;
use super::normalize::is_han;

/// Replacements by the longest match from the left.
#[derive(Debug, Clone, Default)]
pub(super) struct Spelling {
    by_start: BTreeMap<char, Vec<(String, String)>>,
}

impl Spelling {
    pub(super) fn new(tables: &Tables) -> Self {
        let mut by_start: BTreeMap<char, Vec<(String, String)>> = BTreeMap::new();
        for (wrong, right) in tables.spellings() {
            if let Some(first) = wrong.chars().next() {
                by_start.entry(first).or_default().push((wrong.to_owned(), right.to_owned()));
            }
        }
        for choices in by_start.values_mut() {
            choices.sort_by_key(|(wrong, _)| std::cmp::Reverse(wrong.len()));
        }
        Self { by_start }
    }

    /// `text` with known slips put right. Latin spellings match whole words only.
    pub(super) fn correct(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let at_word_start = !out.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
            let found = self.by_start.get(&first).and_then(|choices| {
                choices.iter().find(|(wrong, _)| {
                    rest.starts_with(wrong.as_str())
                        && (at_word_start || is_han(first))
                        && ends_word(wrong, rest)
                })
            });
            match found {
                Some((wrong, right)) => {
                    out.push_str(right);
                    rest = &rest[wrong.len()..];
                }
                None => {
                    out.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        out
    }
}

/// Whether a Latin spelling at the start of `rest` ends where the word does.
fn ends_word(wrong: &str, rest: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    !(wrong.chars().next_back().is_some_and(latin) && rest[wrong.len()..].chars().next().is_some_and(latin))
}
