//! The tables an analyzer works with, generated at build time and carried in the pack.

use crate::content::record::record;

/// Character folding, readings and spellings, in a form that compresses well: characters as
/// gaps from one to the next, what they stand for as numbers.
///
/// Not a dictionary: words are the lexicon's and the index's business.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables {
    /// Toneless syllables (`zhang`), the most frequent first.
    syllables: Vec<String>,
    /// Characters that have a reading, as gaps.
    characters: Vec<u32>,
    /// Which syllable each of them is read as.
    readings: Vec<u16>,
    /// Characters that fold to another one, as gaps: Traditional, full width, circled, capital.
    fold_from: Vec<u32>,
    /// What they fold to: an ASCII character, or [`READ`] and the number of a character read.
    fold_to: Vec<u32>,
    /// Spellings to replace, already folded: what is meant, and how it is written.
    spellings: Vec<(String, Vec<String>)>,
    /// How loud each kind of term is.
    strengths: Strengths,
}

record!(Tables: syllables characters readings fold_from fold_to spellings strengths);

/// How loud each kind of term is beside a character, which has 1. A kind at 0 is not heard at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strengths {
    /// A sound, which its character mostly says already.
    pub sound: f32,
    /// Two sounds in a row.
    pub pair: f32,
    /// The beginning of a foreign word.
    pub beginning: f32,
    /// Anything in a clause that the merchant has ruled out, times its own.
    pub ruled_out: f32,
}

record!(Strengths: sound pair beginning ruled_out);

impl Default for Strengths {
    fn default() -> Self {
        Self { sound: 0.45, pair: 1.0, beginning: 1.0, ruled_out: 0.4 }
    }
}

/// Where `fold_to` goes on from ASCII to characters.
const READ: u32 = 128;

impl Tables {
    /// Tables of folds and readings, each sorted by character, and of spellings. A fold to a
    /// character that is neither ASCII nor read is left out.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn new(
        folds: &[(char, char)],
        read: &std::collections::BTreeMap<char, String>,
        spellings: Vec<(String, Vec<String>)>,
    ) -> Self {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for syllable in read.values() {
            *counts.entry(syllable).or_default() += 1;
        }
        let mut syllables: Vec<String> = counts.keys().map(|&syllable| syllable.to_owned()).collect();
        syllables.sort_by_key(|syllable| std::cmp::Reverse(counts[syllable.as_str()]));
        let number =
            |syllable: &String| syllables.iter().position(|other| other == syllable).unwrap_or_default();
        let readings = read.values().map(|syllable| number(syllable) as u16).collect();
        let characters: Vec<char> = read.keys().copied().collect();
        let target = |to: char| match characters.binary_search(&to) {
            Ok(at) => Some(READ + at as u32),
            Err(_) => to.is_ascii().then_some(u32::from(to)),
        };
        let (from, fold_to): (Vec<char>, Vec<u32>) =
            folds.iter().filter_map(|&(from, to)| Some((from, target(to)?))).unzip();
        Self {
            characters: gaps(&characters),
            readings,
            fold_from: gaps(&from),
            fold_to,
            spellings,
            syllables,
            strengths: Strengths::default(),
        }
    }

    /// The same, hearing its kinds of terms as loud as `strengths` says.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn with_strengths(self, strengths: Strengths) -> Self {
        Self { strengths, ..self }
    }

    /// The same, without any character that folds to another.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn without_folds(self) -> Self {
        Self { fold_from: Vec::new(), fold_to: Vec::new(), ..self }
    }

    /// The same, without any spelling to put right.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn without_spellings(self) -> Self {
        Self { spellings: Vec::new(), ..self }
    }

    /// Which character folds to which.
    pub(super) fn folds(&self) -> impl Iterator<Item = (char, char)> {
        let read: Vec<char> = from_gaps(&self.characters).collect();
        from_gaps(&self.fold_from).zip(&self.fold_to).filter_map(move |(from, &to)| {
            let to = match to.checked_sub(READ) {
                Some(at) => read.get(at as usize).copied(),
                None => char::from_u32(to),
            };
            Some((from, to?))
        })
    }

    /// How loud each kind of term is.
    pub(super) fn strengths(&self) -> Strengths {
        self.strengths
    }

    /// Toneless syllables.
    pub(super) fn syllables(&self) -> &[String] {
        &self.syllables
    }

    /// Characters, sorted, and which syllable each is read as.
    pub(super) fn readings(&self) -> impl Iterator<Item = (char, usize)> {
        from_gaps(&self.characters).zip(self.readings.iter().map(|&syllable| syllable as usize))
    }

    /// What is written, and what is meant.
    pub(super) fn spellings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.spellings
            .iter()
            .flat_map(|(right, wrongs)| wrongs.iter().map(|wrong| (wrong.as_str(), right.as_str())))
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn gaps(characters: &[char]) -> Vec<u32> {
    let before = std::iter::once(0).chain(characters.iter().map(|&c| u32::from(c)));
    characters.iter().zip(before).map(|(&c, before)| u32::from(c) - before).collect()
}

fn from_gaps(gaps: &[u32]) -> impl Iterator<Item = char> {
    gaps.iter()
        .scan(0_u32, |code, gap| {
            *code = code.wrapping_add(*gap);
            Some(*code)
        })
        .filter_map(char::from_u32)
}
