//! An analyzer turns a message into terms. There is one, and it serves build and query alike.
//!
//! Terms are characters, sounds and pairs of sounds. Words would need a segmenter, which a browser
//! does not ship and which trips over typos. Pairs of characters say hardly more than pairs of
//! sounds, and longer runs are met too rarely to learn from: both cost more than they bring.

use super::normalize::{Fold, is_han, is_word, normalize};
use super::sound::Sound;
use super::spelling::Spelling;
use super::{CodeMention, Tables, find_codes};

/// Raised whenever the same text would yield other terms; a pack built with another version is
/// refused.
pub const VERSION: u32 = 3;

/// Nobody types more than this; the rest of a longer message is not looked at. Characters.
const LONGEST_MESSAGE: usize = 2_000;
/// Marks sound terms, so that `ma` the sound and `ma` the letters stay apart.
const SOUND: char = '~';

/// A message, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Normalised and spelled right.
    pub text: String,
    /// Terms in order of appearance; a term that occurs twice stands twice.
    pub terms: Vec<String>,
}

/// Tables made ready to work with.
#[derive(Debug, Clone, Default)]
pub struct Analyzer {
    fold: Fold,
    sound: Sound,
    spelling: Spelling,
}

/// One place in the normalised text: a character, a Latin word or a number.
struct Unit<'t> {
    text: &'t str,
    sounds: Vec<&'t str>,
}

impl Analyzer {
    /// An analyzer over a pack's tables.
    pub fn new(tables: &Tables) -> Self {
        Self { fold: Fold::new(tables.folds()), sound: Sound::new(tables), spelling: Spelling::new(tables) }
    }

    /// Takes `text` apart. Empty for a text without letters, digits or characters.
    pub fn analyze(&self, text: &str) -> Analysis {
        let text = self.normal(text);
        let units = self.units(&text);
        let mut terms = Vec::new();
        terms.extend(units.iter().map(|unit| unit.text.to_owned()));
        // In pairs, a word that is no pinyin stands for itself: t+1, log in, 错误 96.
        let mut heard: Vec<&str> = Vec::new();
        for unit in &units {
            terms.extend(unit.sounds.iter().map(|sound| format!("{SOUND}{sound}")));
            heard.extend(&unit.sounds);
            if unit.sounds.is_empty() {
                heard.push(unit.text);
            }
        }
        terms.extend(heard.windows(2).map(|pair| format!("{SOUND}{}'{}", pair[0], pair[1])));
        drop(units);
        Analysis { text, terms }
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

    /// What is being typed: the syllables that are complete, and the letters that are not yet.
    ///
    /// Both are empty where the text ends in something that no syllable begins with.
    pub fn half_typed(&self, normal: &str) -> (Vec<String>, String) {
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
                return (sounds, super::sound::merge_start(half));
            }
        }
        (Vec::new(), String::new())
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
