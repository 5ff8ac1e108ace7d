//! How characters and typed pinyin sound, with near-homophones merged.
//!
//! A merchant who types by sound picks the wrong character (签倒) or none (qian dao); both sound
//! like 签到. Tones are dropped; zh/z, ch/c, sh/s, -ng/-n, and initial n/l are merged, the pairs
//! that most Chinese speakers outside Beijing mix up.

use std::collections::BTreeMap;

use super::Tables;

/// The longest toneless syllable: `zhuang`.
const LONGEST: usize = 6;

/// Readings, ready to ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Sound {
    /// Sorted by character; the second part indexes `merged`.
    readings: Vec<(char, u16)>,
    /// Syllables as typed, and the index of their merged form.
    syllables: BTreeMap<String, u16>,
    /// Merged syllables.
    merged: Vec<String>,
}

impl Sound {
    pub(super) fn new(tables: &Tables) -> Self {
        let mut sound = Self::default();
        let mut ids: BTreeMap<String, u16> = BTreeMap::new();
        let mut numbers = Vec::new();
        for syllable in tables.syllables() {
            let merged = merge(syllable);
            let id = *ids.entry(merged.clone()).or_insert_with(|| {
                sound.merged.push(merged);
                sound.merged.len() as u16 - 1
            });
            sound.syllables.insert(syllable.clone(), id);
            numbers.push(id);
        }
        let readings = tables.readings().filter_map(|(c, syllable)| Some((c, *numbers.get(syllable)?)));
        sound.readings = readings.collect();
        sound
    }

    /// The merged syllable of a character.
    pub(super) fn of(&self, c: char) -> Option<&str> {
        let at = self.readings.binary_search_by_key(&c, |reading| reading.0).ok()?;
        Some(&self.merged[self.readings[at].1 as usize])
    }

    /// Whether two texts, of which the characters are all known, sound the same.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn alike(&self, one: &str, other: &str) -> bool {
        let heard = |text: &str| text.chars().map(|c| self.of(c)).collect::<Option<Vec<_>>>();
        heard(one).is_some_and(|one| Some(one) == heard(other))
    }

    /// Whether some syllable begins with `half`.
    pub(super) fn begins(&self, half: &str) -> bool {
        self.syllables.range(half.to_owned()..).next().is_some_and(|(syllable, _)| syllable.starts_with(half))
    }

    /// The merged syllables of typed pinyin, if `word` is nothing but pinyin.
    ///
    /// Splits into the fewest syllables; `word` is lower-case ASCII.
    pub(super) fn spell(&self, word: &str) -> Option<Vec<&str>> {
        if word.len() > 60 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        // best[i]: fewest syllables that spell word[..i], and where the last of them begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=word.len() {
            for start in end.saturating_sub(LONGEST)..end {
                if let Some((count, _)) = best[start]
                    && self.syllables.contains_key(&word[start..end])
                    && best[end].is_none_or(|(fewest, _)| count + 1 < fewest)
                {
                    best[end] = Some((count + 1, start));
                }
            }
        }
        let mut spelled = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let (_, start) = best[end]?;
            let id = self.syllables[&word[start..end]];
            spelled.push(self.merged[id as usize].as_str());
            end = start;
        }
        spelled.reverse();
        Some(spelled)
    }
}

/// The beginning of a merged syllable, from the beginning of one as typed.
pub(super) fn merge_start(half: &str) -> String {
    let merged = merge(half);
    // `zhon` may still become `zhong`: what is merged at the end is not known yet.
    if half.ends_with("ng") || half.len() <= 1 { merged } else { merged.trim_end_matches('g').to_owned() }
}

/// The form that near-homophones share.
fn merge(syllable: &str) -> String {
    let mut merged = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s");
    if merged.ends_with("ng") {
        merged.pop();
    }
    if let Some(rest) = merged.strip_prefix('n') {
        merged = format!("l{rest}");
    }
    merged
}
