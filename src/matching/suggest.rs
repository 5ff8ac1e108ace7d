//! Suggestions while typing: what the merchant may be about to say, in our own well-made words.
//!
//! Labels of topics come first: those that contain or sound like what is in the box so far, those a
//! phrase of which does, and those that the model takes it for. Then phrases fill up. A code is
//! offered with what it says on the screen.

use crate::content::record::record;
use crate::text::Analyzer;

/// The most that is offered: more would cover half of a phone beside its keyboard.
const MOST: usize = 5;
/// What a label is worth that begins with what is typed …
const BEGINS: f32 = 3.0;
/// … contains it …
const CONTAINS: f32 = 2.0;
/// … or sounds like it, when it is typed by sound.
const SOUNDS: f32 = 1.0;
/// What a phrase's match is worth beside a label's.
const PHRASE: f32 = 0.5;
/// What the model's certainty is worth.
const MODEL: f32 = 1.5;
/// A topic that only the model finds needs this probability.
const LIKELY: f32 = 0.5;
/// Whoever has typed more characters than this is telling a story, and knows what to say.
const LONGEST: usize = 20;
/// One character that this many labels contain says nothing.
const COMMON: usize = 8;
/// What stands between a code and what it says: 51：余额不足.
const COLON: char = '：';
/// Codes to choose from where someone says only that there is one.
const EVERYDAY_CODES: [&str; MOST] = ["51", "55", "91", "96", "A0"];
/// Words that say only that there is a code.
const SAYS_CODE: [&str; 5] = ["报错", "代码", "错误码", "应答码", "返回码"];

/// Something the merchant may be about to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words; of a code, the code, a full-width colon, and what it says.
    pub text: String,
    /// The topic they belong to.
    pub topic: String,
}

record!(Suggestion: text topic);

/// Suggestions made ready to search.
#[derive(Debug, Clone, Default)]
pub(super) struct Suggester {
    /// A topic's label, then its phrases.
    topics: Vec<Vec<Ready>>,
    codes: Vec<Suggestion>,
}

/// A suggestion with what it is found by.
#[derive(Debug, Clone)]
struct Ready {
    suggestion: Suggestion,
    normal: String,
    sounds: Vec<String>,
}

/// What is in the box.
struct Typed<'t> {
    normal: &'t str,
    /// By sound: the whole syllables, and the beginning of one.
    spelled: Option<(Vec<String>, String)>,
    /// Whether it is but one character.
    single: bool,
}

impl<'t> Typed<'t> {
    fn new(normal: &'t str, analyzer: &Analyzer) -> Self {
        let (whole, half, _) = analyzer.half_typed(normal);
        // A character alone shares its sound with dozens.
        let latin = normal.bytes().next_back().is_some_and(|byte| byte.is_ascii_lowercase());
        let enough = if latin { whole.len() + half.len() > 1 } else { whole.len() > 1 };
        Self { spelled: enough.then_some((whole, half)), single: normal.chars().nth(1).is_none(), normal }
    }

    /// How well `ready` goes on from it; 0 for not at all.
    fn worth(&self, ready: &Ready) -> f32 {
        match ready.normal.find(self.normal) {
            Some(0) => BEGINS,
            Some(_) => CONTAINS,
            None => match &self.spelled {
                Some((whole, half)) => match sounds_at(&ready.sounds, whole, half) {
                    Some(0) => BEGINS - SOUNDS,
                    Some(_) => CONTAINS - SOUNDS,
                    None => 0.0,
                },
                None => 0.0,
            },
        }
    }
}

impl Suggester {
    pub(super) fn new(suggestions: &[Suggestion], analyzer: &Analyzer) -> Self {
        let (codes, said): (Vec<_>, Vec<_>) =
            suggestions.iter().cloned().partition(|suggestion| suggestion.text.contains(COLON));
        let ready = |suggestion: &Suggestion| {
            let normal = analyzer.normal(&suggestion.text);
            let sounds = analyzer.sounds(&normal);
            Ready { suggestion: suggestion.clone(), normal, sounds }
        };
        let of_one = said.chunk_by(|one, other| one.topic == other.topic);
        Self { topics: of_one.map(|said| said.iter().map(ready).collect()).collect(), codes }
    }

    /// Up to five suggestions for what is in the box, best first; `code` is the code it names, and
    /// `likely` says how likely the model thinks a topic.
    ///
    /// No topic comes twice before all that fit have come once.
    pub(super) fn suggest(
        &self,
        normal: &str,
        code: Option<&str>,
        likely: impl Fn(&str) -> f32,
        analyzer: &Analyzer,
    ) -> Vec<Suggestion> {
        let box_ = Typed::new(normal, analyzer);
        if box_.normal.is_empty() || box_.normal.chars().nth(LONGEST).is_some() {
            return Vec::new();
        }
        let mut chosen = self.coded(box_.normal, code);
        let mut found: Vec<(f32, &[Ready])> = Vec::new();
        for topic in &self.topics {
            let Some((label, phrases)) = topic.split_first() else { continue };
            let by_label = box_.worth(label);
            let by_phrase = phrases.iter().map(|phrase| box_.worth(phrase)).fold(0.0, f32::max) * PHRASE;
            let likely = likely(&label.suggestion.topic);
            let matches = by_label > 0.0 || by_phrase > 0.0 && !box_.single;
            if matches || likely >= LIKELY {
                found.push((by_label.max(by_phrase) + likely * MODEL, topic));
            }
        }
        if box_.single && found.len() > COMMON {
            found.retain(|(worth, _)| *worth >= BEGINS);
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1[0].normal.len().cmp(&b.1[0].normal.len())));
        found.retain(|(_, topic)| chosen.iter().all(|coded| coded.topic != topic[0].suggestion.topic));
        chosen.extend(found.iter().map(|(_, topic)| topic[0].suggestion.clone()));
        let further = found.iter().filter_map(|(_, topic)| {
            topic[1..]
                .iter()
                .find(|phrase| phrase.normal.contains(box_.normal))
                .map(|phrase| &phrase.suggestion)
        });
        if !box_.single {
            chosen.extend(further.cloned());
        }
        chosen.truncate(MOST);
        chosen
    }

    /// The codes that `normal` names, begins to name, or asks for.
    fn coded(&self, normal: &str, code: Option<&str>) -> Vec<Suggestion> {
        let begun = normal.len() > 3 && normal.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
        let asked = SAYS_CODE.iter().any(|word| normal.ends_with(word));
        let wanted = |known: &str| match code {
            Some(code) => known == code,
            None if begun => known.to_ascii_lowercase().replace('_', " ").starts_with(normal),
            None => asked && EVERYDAY_CODES.contains(&known),
        };
        let named = |suggestion: &&Suggestion| suggestion.text.split(COLON).next().is_some_and(wanted);
        self.codes.iter().filter(named).cloned().collect()
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

#[cfg(not(target_arch = "wasm32"))]
pub(super) use offered::worth_suggesting;

/// Choosing what may be offered, when a pack is built.
#[cfg(not(target_arch = "wasm32"))]
mod offered {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{COLON, Suggestion};
    use crate::content::{KnowledgeBase, ResponseCode, Topic};
    use crate::text::is_han;

    /// Phrases of a topic beside its label. Each is ten bytes of download.
    const PHRASES_EACH: usize = 4;
    /// How long a phrase may be, in characters: what a merchant takes in at a glance.
    const LENGTHS: std::ops::RangeInclusive<usize> = 4..=10;
    /// How sure the model must be of a phrase's topic.
    const SURE: f32 = 0.97;
    /// What a code says, at most, in characters.
    const LONGEST_SAID: usize = 12;
    /// Dialect and chat; what merchants say, not we.
    const ORAL: &[char] = &[
        '咋', '啥', '俺', '嘞', '呗', '嘛', '哩', '滴', '捏', '侬', '阿', '撒', '哈', '咯', '噻', '冇', '唔',
        '吖', '呀', '啊', '呢', '吧', '哦', '哇', '唉', '喂', '嗯', '靠', '妈', '狗', '屁', '破', '烂', '俩',
        '仨', '甭', '别', '扯', '搞', '整',
    ];

    /// Labels, well-made phrases of each topic, and codes with what they say; `sure` is how sure the model
    /// is that a text means the topic of this class.
    pub(in crate::matching) fn worth_suggesting(
        base: &KnowledgeBase,
        sure: impl Fn(&str, usize) -> f32,
    ) -> Vec<Suggestion> {
        let (written, opening) = pairs_written(base);
        let slips = slips(base);
        let well_made = |text: &str| {
            let characters: Vec<char> = text.chars().collect();
            LENGTHS.contains(&characters.len())
                && characters.iter().all(|c| is_han(*c) && !ORAL.contains(c))
                && opening.contains(&(characters[0], characters[1]))
                && characters.windows(2).all(|pair| written.contains(&(pair[0], pair[1])))
                && !slips.iter().any(|slip| text.contains(slip.as_str()))
        };
        let mut suggestions = Vec::new();
        for (class, topic) in base.topics.iter().enumerate() {
            let mut add = |text: &str| {
                suggestions.push(Suggestion { text: text.to_owned(), topic: topic.id.clone() });
            };
            add(&topic.label);
            let mut begun: BTreeSet<String> = BTreeSet::from([beginning(&topic.label)]);
            let good = topic.phrases.iter().filter(|phrase| well_made(phrase) && sure(phrase, class) >= SURE);
            good.filter(|phrase| !topic.label.contains(*phrase) && begun.insert(beginning(phrase)))
                .take(PHRASES_EACH)
                .for_each(|phrase| add(phrase));
        }
        let mut by_code: BTreeMap<&str, Vec<&ResponseCode>> = BTreeMap::new();
        base.codes.iter().for_each(|code| by_code.entry(&code.code).or_default().push(code));
        for (code, meanings) in by_code {
            let text = [code.to_ascii_uppercase().as_str(), &String::from(COLON), &says(&meanings)].concat();
            suggestions.push(Suggestion { text, topic: meanings[0].topic.clone() });
        }
        suggestions
    }

    /// What the screen says beside a code.
    fn says(meanings: &[&ResponseCode]) -> String {
        let screens = &meanings[0].screen;
        let short = screens.iter().find(|screen| screen.chars().count() <= LONGEST_SAID);
        match meanings {
            [_] => short.or(screens.first()).cloned().unwrap_or_default(),
            _ => "看是什么意思".to_owned(),
        }
    }

    /// Its first two characters: phrases that begin alike are offered for the same beginnings.
    fn beginning(text: &str) -> String {
        text.chars().take(2).collect()
    }

    /// Two characters, one after the other.
    type Pairs = BTreeSet<(char, char)>;

    /// Every two characters that stand together somewhere in our own words, and those that open a clause
    /// there: 屏点不动 is no beginning of anything.
    fn pairs_written(base: &KnowledgeBase) -> (Pairs, Pairs) {
        let (mut pairs, mut opening) = (BTreeSet::new(), BTreeSet::new());
        let clauses = base.topics.iter().flat_map(written).flat_map(|text| text.split(|c| !is_han(c)));
        for clause in clauses {
            let characters: Vec<char> = clause.chars().collect();
            let mut next = characters.windows(2).map(|pair| (pair[0], pair[1]));
            opening.extend(next.next());
            pairs.extend(next);
        }
        pairs.extend(&opening);
        (pairs, opening)
    }

    /// What editors have written about a topic, its phrases left out.
    fn written(topic: &Topic) -> Vec<&str> {
        let mut texts: Vec<&str> = vec![&topic.label, &topic.title, &topic.scope];
        texts.extend(topic.answer.as_deref());
        texts.extend(topic.causes.iter().map(|cause| &*cause.name));
        for step in &topic.steps {
            texts.push(&step.action);
            texts.extend(step.detail.as_deref());
        }
        for question in &topic.questions {
            texts.push(&question.ask);
            texts.extend(question.answers.iter().map(|answer| &*answer.label));
        }
        texts
    }

    /// What the lexicon knows to be slips, dialect or dodges.
    fn slips(base: &KnowledgeBase) -> Vec<&String> {
        let lexicon = &base.lexicon;
        let kinds = [&lexicon.regional, &lexicon.typo, &lexicon.traditional, &lexicon.censor];
        kinds.into_iter().flatten().flat_map(|(_, wrongs)| wrongs).collect()
    }
}
