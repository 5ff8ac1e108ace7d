//! Generating [`Tables`] from well-kept crates, trimmed to what merchants and the content can need.

use std::collections::{BTreeMap, BTreeSet};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

use super::Tables;
use super::normalize::{Fold, is_han};
use super::sound::Sound;
use crate::content::Lexicon;

/// Where single characters with a compatibility form live: letterlike and circled forms, kana
/// and CJK squares left out, full width, mathematical letters.
const COMPATIBLE: &[std::ops::RangeInclusive<u32>] = &[
    0x41..=0x5A,
    0xC0..=0x17F,
    0x2070..=0x209C,
    0x2460..=0x24FF,
    0x2776..=0x2793,
    0xFF01..=0xFF5E,
    0x1D400..=0x1D7FF,
];

/// Builds the tables. `content` is every text of the corpus: its characters get readings even
/// where they are rare.
///
/// Readings cover `content` and the 3,755 characters of GB 2312 level 1, which are 99.7 % of
/// modern running text; a rarer character is matched by its shape alone.
pub fn generate<'t>(content: impl Iterator<Item = &'t str>, lexicon: &Lexicon) -> Tables {
    let mut wanted: BTreeSet<char> = level_one();
    wanted.extend(content.flat_map(str::chars).filter(|&c| is_han(c)));
    let folds = folds(&wanted);
    let fold = Fold::new(folds.iter().copied());

    let mut readings: BTreeMap<char, String> = BTreeMap::new();
    for c in wanted.iter().copied().filter(|&c| fold.char(c) == c) {
        if let Some(reading) = c.to_pinyin() {
            readings.insert(c, reading.plain().replace('ü', "v"));
        }
    }
    let mut spellings = BTreeMap::new();
    let kinds = [&lexicon.english, &lexicon.regional, &lexicon.typo, &lexicon.traditional, &lexicon.censor];
    for (right, wrongs) in kinds.into_iter().flatten() {
        let right = fold.text(right);
        for wrong in wrongs {
            let wrong = fold.text(wrong);
            if wrong != right && !wrong.is_empty() {
                spellings.insert(wrong, right.clone());
            }
        }
    }
    // What sounds alike is matched alike already.
    let plain = Tables::new(&folds, &readings, Vec::new());
    let sound = Sound::new(&plain);
    let mut by_meaning: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (wrong, right) in spellings {
        if !sound.alike(&wrong, &right) {
            by_meaning.entry(right).or_default().push(wrong);
        }
    }
    Tables::new(&folds, &readings, by_meaning.into_iter().collect())
}

/// Level 1 of GB 2312, rows 16 to 55, decoded through its EUC form.
fn level_one() -> BTreeSet<char> {
    let mut characters = BTreeSet::new();
    for row in 0xB0..=0xD7_u8 {
        for cell in 0xA1..=0xFE_u8 {
            let bytes = [row, cell];
            let (text, _, broken) = encoding_rs::GBK.decode(&bytes);
            if !broken {
                characters.extend(text.chars().filter(|&c| is_han(c)));
            }
        }
    }
    characters
}

/// Every character that one NFKC, lower case and Traditional → Simplified turn into exactly one
/// other; only those that end in a character of `wanted` or in ASCII, since no other can match.
fn folds(wanted: &BTreeSet<char>) -> Vec<(char, char)> {
    let simplify = OpenCC::from_config(BuiltinConfig::T2s).ok();
    let fold = |c: char| -> Option<char> {
        let composed: String = c.nfkc().flat_map(char::to_lowercase).collect();
        let simplified = match &simplify {
            Some(simplify) if composed.chars().any(is_han) => simplify.convert(&composed),
            _ => composed,
        };
        let mut characters = simplified.chars();
        characters.next().filter(|_| characters.next().is_none())
    };
    let compatible = COMPATIBLE.iter().cloned().flatten().filter_map(char::from_u32);
    let han = '\u{3400}'..='\u{9FFF}';
    let mut folds = Vec::new();
    let mut all: Vec<char> = compatible.chain(han).collect();
    all.sort_unstable();
    for c in all {
        if let Some(folded) = fold(c)
            && folded != c
            && (folded.is_ascii() || wanted.contains(&folded))
        {
            folds.push((c, folded));
        }
    }
    folds
}
