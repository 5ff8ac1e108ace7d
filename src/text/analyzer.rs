//! An analyzer turns a message into terms. There is one, and it serves build and query alike.
//!
//! Terms are characters, sounds, pairs of sounds and the beginnings of foreign words. Words would
//! need a segmenter, which a browser does not ship and which trips over typos. Pairs of characters
//! say hardly more than pairs of sounds, and longer runs are met too rarely to learn from: both
//! cost more than they bring.

use super::attention::clauses;
use super::normalize::{Fold, is_han, is_word, normalize};
use super::sound::Sound;
use super::spelling::Spelling;
use super::{CodeMention, Strengths, Tables, find_codes};

/// Raised whenever the same text would yield other terms; a pack built with another version is
/// refused.
pub const VERSION: u32 = 4;

/// Nobody types more than this; the rest of a longer message is not looked at. Characters.
const LONGEST_MESSAGE: usize = 2_000;
/// Marks sound terms, so that `ma` the sound and `ma` the letters stay apart.
const SOUND: char = '~';
/// A foreign word's beginning stands for all its forms: tap, taps, tapped. Letters.
const BEGINNING: usize = 4;

/// A message, taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// Terms in order of appearance; a term that occurs twice stands twice.
    pub terms: Vec<Term>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// How it is written, with a mark that says what kind it is.
    pub text: String,
    /// How loud it is, 0 to 1: a sound says less than its character, and what the merchant has
    /// ruled out less than what he complains of.
    pub strength: f32,
}

/// Tables made ready to work with.
#[derive(Debug, Clone, Default)]
pub struct Analyzer {
    fold: Fold,
    sound: Sound,
    spelling: Spelling,
    strengths: Strengths,
}

/// One place in the normalised text: a character, a Latin word or a number.
struct Unit<'t> {
    text: &'t str,
    sounds: Vec<&'t str>,
}

impl Analyzer {
    /// An analyzer over a pack's tables.
    pub fn new(tables: &Tables) -> Self {
        Self {
            fold: Fold::new(tables.folds()),
            sound: Sound::new(tables),
            spelling: Spelling::new(tables),
            strengths: tables.strengths(),
        }
    }

    /// Takes `text` apart. Empty for a text without letters, digits or characters.
    pub fn analyze(&self, text: &str) -> Analysis {
        let short: String = text.chars().take(LONGEST_MESSAGE).collect();
        let mut analysis = Analysis::default();
        for clause in clauses(&self.fold.text(&short)) {
            let loudness = if clause.ruled_out { self.strengths.ruled_out } else { 1.0 };
            self.take_apart(clause.text, loudness, &mut analysis.terms);
        }
        analysis
    }

    /// Adds the terms of one clause, which is folded.
    fn take_apart(&self, clause: &str, loudness: f32, terms: &mut Vec<Term>) {
        let text = self.spelling.correct(&normalize(&self.fold, clause));
        let mut add = |text: String, strength: f32| {
            if strength > 0.0 {
                terms.push(Term { text, strength: strength * loudness });
            }
        };
        // In pairs, a word that is no pinyin stands for itself: t+1, log in, 错误 96.
        let mut heard: Vec<&str> = Vec::new();
        let units = self.units(&text);
        for unit in &units {
            add(unit.text.to_owned(), 1.0);
            for sound in &unit.sounds {
                add(format!("{SOUND}{sound}"), self.strengths.sound);
            }
            heard.extend(&unit.sounds);
            if unit.sounds.is_empty() {
                heard.push(unit.text);
                if unit.text.len() >= BEGINNING && unit.text.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    add(unit.text[..BEGINNING].to_owned(), self.strengths.beginning);
                }
            }
        }
        for pair in heard.windows(2) {
            add(format!("{SOUND}{}'{}", pair[0], pair[1]), self.strengths.pair);
        }
    }

    /// The text as the index knows it: folded, spaced and spelled right.
    pub fn normal(&self, text: &str) -> String {
        let short: String = text.chars().take(LONGEST_MESSAGE).collect();
        self.spelling.correct(&normalize(&self.fold, &short))
    }

    /// Response codes of `known` mentioned in `text`.
    pub fn codes(&self, text: &str, known: impl Fn(&str) -> bool) -> Vec<CodeMention> {
        let short: String = text.chars().take(LONGEST_MESSAGE).collect();
        find_codes(&self.fold.text(&short), known)
    }

    /// The merged syllables of a normalised text.
    pub fn sounds(&self, normal: &str) -> Vec<String> {
        self.units(normal)
            .iter()
            .flat_map(|unit| unit.sounds.iter().map(|sound| (*sound).to_owned()))
            .collect()
    }

    /// What is being typed: the syllables that are complete, the letters that are not yet, and the text
    /// without these.
    ///
    /// Nothing is complete where the text ends in something that no syllable begins with.
    pub fn half_typed<'t>(&self, normal: &'t str) -> (Vec<String>, String, &'t str) {
        let end = normal
            .rfind(|c: char| !c.is_ascii_lowercase())
            .map_or(0, |at| at + normal[at..].chars().next().map_or(1, char::len_utf8));
        let (before, typing) = normal.split_at(end);
        let mut sounds = self.sounds(before);
        // The longest spelled beginning; what is left is the syllable under way.
        for cut in (0..=typing.len()).rev() {
            let (whole, half) = typing.split_at(cut);
            if let Some(spelled) = self.sound.spell(whole)
                && (half.is_empty() || self.sound.begins(half))
            {
                sounds.extend(spelled.into_iter().map(str::to_owned));
                return (sounds, super::sound::merge_start(half), &normal[..end + cut]);
            }
        }
        (Vec::new(), String::new(), normal)
    }

    fn units<'t>(&'t self, text: &'t str) -> Vec<Unit<'t>> {
        let mut units = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if is_han(first) || !is_word(first) {
                first.len_utf8()
            } else {
                rest.find(|c: char| is_han(c) || !is_word(c)).unwrap_or(rest.len())
            };
            let (word, after) = rest.split_at(length);
            rest = after;
            if first == ' ' {
                continue;
            }
            let sounds = if is_han(first) {
                self.sound.of(first).into_iter().collect()
            } else {
                self.sound.spell(word).unwrap_or_default()
            };
            units.push(Unit { text: word, sounds });
        }
        units
    }
}
