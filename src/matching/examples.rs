//! Examples: what the model learns from, drawn from content alone.

use crate::content::KnowledgeBase;

use super::{Class, Courtesy};

/// A text, the classes it may belong to, and how much it counts.
#[derive(Debug, Clone)]
pub(super) struct Example<'k> {
    pub(super) text: &'k str,
    /// One class, or several for a message that could mean any of them.
    pub(super) classes: Vec<u16>,
    pub(super) weight: f32,
}

/// A phrase of a merchant's counts in full.
const PHRASE: f32 = 1.0;
/// Titles and scopes are our words for it, not theirs.
const TITLE: f32 = 1.0;
/// A message that could mean any of several topics teaches doubt.
const VAGUE: f32 = 1.0;
/// Sentences of an article: so that what it advises can be found by it. Rising makes articles'
/// own words count more against merchants'; zero leaves advice findable by title only.
const ARTICLE: f32 = 0.4;

/// The classes, topics first, in the order of `topics.tsv`; then the groups of `not-ours.toml`.
pub(super) fn classes(base: &KnowledgeBase) -> Vec<Class> {
    let topics = base.topics.iter().map(|topic| Class::Topic(topic.id.clone()));
    let mut groups: Vec<Class> = Vec::new();
    for group in &base.not_ours {
        let class = Class::NotOurs { group: group.id.clone(), courtesy: courtesy(&group.id) };
        if !groups.contains(&class) {
            groups.push(class);
        }
    }
    topics.chain(groups).collect()
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
pub(super) fn examples(base: &KnowledgeBase) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    for (nth, topic) in base.topics.iter().enumerate() {
        let classes = vec![nth as u16];
        let mut add = |text, weight| examples.push(Example { text, classes: classes.clone(), weight });
        for phrase in &topic.phrases {
            add(phrase, PHRASE);
        }
        for text in [&topic.title, &topic.scope, &topic.label] {
            add(text, TITLE);
        }
        let causes = topic.causes.iter().map(|cause| &cause.name);
        let steps = topic.steps.iter().map(|step| &step.action);
        for text in causes.chain(steps).chain(&topic.answer) {
            add(text, ARTICLE);
        }
    }
    for vague in &base.vague {
        let position = |id: &String| base.topics.iter().position(|topic| topic.id == *id);
        let classes: Vec<u16> = vague.topics.iter().filter_map(position).map(|class| class as u16).collect();
        if !classes.is_empty() {
            examples.push(Example { text: &vague.say, classes, weight: VAGUE });
        }
    }
    let groups = classes(base);
    for group in &base.not_ours {
        let class = groups
            .iter()
            .position(|class| matches!(class, Class::NotOurs { group: id, .. } if *id == group.id));
        for message in &group.messages {
            if let Some(class) = class {
                examples.push(Example { text: message, classes: vec![class as u16], weight: PHRASE });
            }
        }
    }
    examples
}
