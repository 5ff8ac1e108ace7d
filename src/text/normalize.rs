//! Normalising: one spelling for the many ways the same characters reach us.
//!
//! Not spelling correction: nothing here looks at words.

/// Character folding from the pack's table, by binary search.
#[derive(Debug, Clone, Default)]
pub(super) struct Fold {
    pairs: Vec<(char, char)>,
}

impl Fold {
    /// `pairs` in the order of what is folded.
    pub(super) fn new(pairs: impl Iterator<Item = (char, char)>) -> Self {
        Self { pairs: pairs.collect() }
    }

    pub(super) fn char(&self, c: char) -> char {
        match self.pairs.binary_search_by_key(&c, |pair| pair.0) {
            Ok(at) => self.pairs[at].1,
            Err(_) => c.to_ascii_lowercase(),
        }
    }

    pub(super) fn text(&self, text: &str) -> String {
        text.chars().map(|c| self.char(c)).collect()
    }
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether `c` is a letter, a digit or a Chinese character, and no punctuation, space or picture.
///
/// Of whatever a Chinese keyboard types, `char::is_alphanumeric` says the same (in scripts that are
/// not ours it leaves out a few marks); but its Unicode table, and the one for lower case, are 8 KB of
/// the widget's download.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !matches!(c, '\u{80}'..='\u{BF}' | '×' | '÷'
        // Punctuation and signs, up to Roman numerals; arrows, up to numbers in circles; boxes.
        | '\u{2000}'..='\u{214F}' | '\u{2190}'..='\u{245F}' | '\u{249C}'..='\u{2BFF}' | '\u{2E00}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303D}'..='\u{3040}' | '\u{3099}'..='\u{309C}' | '・'
        | '\u{3200}'..='\u{321F}' | '\u{322A}'..='\u{33FF}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE6F}'
        | '\u{FEFF}'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･' | '\u{FFE0}'..='\u{FFFF}'
        | '\u{1F000}'..='\u{1FAFF}' | '\u{E0000}'..)
}

/// What is left of a text when only letters, digits and characters count: for telling whether two
/// texts say the same, and for looking up what the merchant typed among what we know.
pub fn key(text: &str) -> String {
    text.chars().filter(|c| is_word(*c)).map(|c| c.to_ascii_lowercase()).collect()
}

/// Folds `text` and keeps characters, letters and digits, with single spaces where words break.
///
/// Controls, joiners and direction marks vanish; emoji, punctuation and other symbols are breaks.
/// Spaces between Chinese characters vanish (备 份 is 备份), single letters set apart join
/// (P O S is pos), and a character repeated three times or more counts twice.
pub(super) fn normalize(fold: &Fold, text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        if is_ignorable(c) {
            continue;
        }
        let c = fold.char(c);
        let c = if is_word(c) { c } else { ' ' };
        let repeated = out.len() >= 2 && out[out.len() - 1] == c && out[out.len() - 2] == c;
        if (repeated && !c.is_ascii_digit()) || (c == ' ' && out.last().is_none_or(|&last| last == ' ')) {
            continue;
        }
        out.push(c);
    }
    let spaced: String = out.into_iter().collect();
    let mut joined = String::with_capacity(spaced.len());
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    for (nth, word) in words.iter().enumerate() {
        if nth > 0 && !joins(words[nth - 1], word) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// Whether a space between two words says nothing.
fn joins(left: &str, right: &str) -> bool {
    let (Some(end), Some(start)) = (left.chars().next_back(), right.chars().next()) else { return true };
    let lone_letters = left.len() == 1 && right.len() == 1;
    (is_han(end) || is_han(start)) || lone_letters
}

fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{AD}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::is_word;

    /// Symbols, numbers, full width, kana, Greek, Cyrillic, tone marks, boxes, and the characters.
    #[test]
    fn what_counts_as_a_word_is_what_unicode_says_of_all_of_gb_2312() {
        for row in (0xA1..=0xA9).chain(0xB0..=0xF7) {
            for cell in 0xA1..=0xFE_u8 {
                let bytes = [row, cell];
                let (text, _, _) = encoding_rs::GBK.decode(&bytes);
                for c in text.chars() {
                    let private = ('\u{E000}'..='\u{F8FF}').contains(&c);
                    assert!(private || is_word(c) == c.is_alphanumeric(), "{c} {:04X}", u32::from(c));
                }
            }
        }
        for c in '\0'..='\u{7F}' {
            assert_eq!(is_word(c), c.is_alphanumeric(), "{c:?}");
        }
        assert!(!is_word('😭') && !is_word('\u{FE0F}') && is_word('é') && is_word('한'));
    }
}
