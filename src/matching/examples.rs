//! Examples: what the model learns from, drawn from content alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::content::{Concept, KnowledgeBase};

use super::recipe::{Ingredient, Recipe};
use super::{Class, Courtesy};

/// A text, the classes it may belong to, and how much it counts.
#[derive(Debug, Clone)]
pub(super) struct Example<'k> {
    pub(super) text: Cow<'k, str>,
    /// One class, or several for a message that could mean any of them.
    pub(super) classes: Vec<u16>,
    pub(super) weight: f32,
    pub(super) origin: Origin,
}

/// Where an example comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A phrase of a topic. What is made of those kept back shows how strangers will fare.
    Phrase,
    /// The phrase before it, in other words.
    Reworded,
    /// A vague message, or one that is not ours.
    Other,
    /// Our own words: always learned from, never judged by.
    Written,
}

/// A phrase of a merchant's counts in full.
const PHRASE: f32 = 1.0;
/// Titles and scopes are our words for it, not theirs.
const TITLE: f32 = 1.0;
/// A phrase with words of the lexicon put in place of its own. Rising makes merchants' own words
/// count less against words that merely mean the same.
const VARIED: f32 = 0.5;
/// A message that could mean any of several topics teaches doubt. Rising asks back more often.
const VAGUE: f32 = 1.5;
/// Sentences of an article: so that what it advises can be found by it. Rising makes articles'
/// own words count more against merchants'; zero leaves advice findable by title only.
const ARTICLE: f32 = 0.4;

/// The classes, topics first, in the order of `topics.tsv`; then the vague, then the
/// groups of `not-ours.toml`.
pub(super) fn classes(base: &KnowledgeBase) -> Vec<Class> {
    let topics = base.topics.iter().map(|topic| Class::Topic(topic.id.clone()));
    let mut groups: Vec<Class> = Vec::new();
    for group in &base.not_ours {
        let class = Class::NotOurs { group: kind(&group.id).to_owned(), courtesy: courtesy(&group.id) };
        if !groups.contains(&class) {
            groups.push(class);
        }
    }
    topics.chain([Class::Vague]).chain(groups).collect()
}

/// The class of a group: its own where it is answered in its own words, one for all others. What
/// they are about does not matter, and one class learns from more.
fn kind(group: &str) -> &str {
    if courtesy(group).is_some() { group } else { "other" }
}

fn courtesy(group: &str) -> Option<Courtesy> {
    match group {
        "greeting" => Some(Courtesy::Greeting),
        "thanks" => Some(Courtesy::Thanks),
        "abuse" => Some(Courtesy::Abuse),
        "nonsense" => Some(Courtesy::Nonsense),
        _ => None,
    }
}

/// Every example the content holds.
pub(super) fn examples<'k>(base: &'k KnowledgeBase, recipe: &Recipe) -> Vec<Example<'k>> {
    let synonyms = Synonyms::new(&base.lexicon.concept);
    let mut examples = Vec::new();
    for (nth, topic) in base.topics.iter().enumerate() {
        let classes = vec![nth as u16];
        let mut add = |text, weight, origin| {
            examples.push(Example { text, classes: classes.clone(), weight, origin });
        };
        for phrase in &topic.phrases {
            add(Cow::Borrowed(phrase), PHRASE, Origin::Phrase);
            let varied =
                synonyms.vary(phrase, recipe.seed(phrase)).filter(|_| recipe.has(Ingredient::Synonyms));
            if let Some(varied) = varied {
                add(Cow::Owned(varied), VARIED, Origin::Reworded);
            }
        }
        for text in [&topic.title, &topic.scope, &topic.label] {
            add(Cow::Borrowed(text), TITLE, Origin::Written);
        }
        let causes = topic.causes.iter().map(|cause| &cause.name);
        let steps = topic.steps.iter().map(|step| &step.action);
        for text in causes.chain(steps).chain(&topic.answer).filter(|_| recipe.has(Ingredient::Articles)) {
            add(Cow::Borrowed(text), ARTICLE, Origin::Written);
        }
    }
    for vague in base.vague.iter().filter(|_| recipe.has(Ingredient::Vague)) {
        let position = |id: &String| base.topics.iter().position(|topic| topic.id == *id);
        let topics = vague.topics.iter().filter_map(position).map(|class| class as u16);
        // Half of it is that it is vague, the other half what it may mean.
        let classes: Vec<u16> = topics.flat_map(|topic| [topic, base.topics.len() as u16]).collect();
        if !classes.is_empty() {
            let text = Cow::Borrowed(&*vague.say);
            examples.push(Example { text, classes, weight: VAGUE, origin: Origin::Other });
        }
    }
    let known = classes(base);
    for group in base.not_ours.iter().filter(|_| recipe.has(Ingredient::NotOurs)) {
        let class = known
            .iter()
            .position(|class| matches!(class, Class::NotOurs { group: id, .. } if id == kind(&group.id)));
        for message in &group.messages {
            if let Some(class) = class {
                examples.push(Example {
                    text: Cow::Borrowed(message),
                    classes: vec![class as u16],
                    weight: PHRASE,
                    origin: Origin::Other,
                });
            }
        }
    }
    examples
}

/// Words that mean the same: a phrase said with another of them teaches that one, too.
struct Synonyms<'k> {
    /// By a word's first character: the word, and all of its concept.
    by_start: BTreeMap<char, Vec<(&'k str, &'k [String])>>,
}

impl<'k> Synonyms<'k> {
    fn new(concepts: &'k [Concept]) -> Self {
        let mut by_start: BTreeMap<char, Vec<(&str, &[String])>> = BTreeMap::new();
        for concept in concepts {
            for word in concept.words.iter().filter(|word| word.chars().count() > 1) {
                by_start
                    .entry(word.chars().next().unwrap_or_default())
                    .or_default()
                    .push((word, &concept.words));
            }
        }
        for words in by_start.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { by_start }
    }

    /// `text` with every known word replaced by another of its concept; which one, `luck` says.
    fn vary(&self, text: &str, luck: u64) -> Option<String> {
        let mut varied = String::new();
        let mut changed = false;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let found = self
                .by_start
                .get(&first)
                .and_then(|words| words.iter().find(|(word, _)| rest.starts_with(word)));
            if let Some((word, others)) = found {
                varied.push_str(&others[(luck % others.len() as u64) as usize]);
                changed = true;
                rest = &rest[word.len()..];
            } else {
                varied.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        changed.then_some(varied)
    }
}
