//! An article for one machine: called `<topic>--<machine>`, it takes the place of `<topic>`'s where the
//! merchant names the machine. What merchants call it stands before the `：` of the title.

use super::{KnowledgeBase, Topic};

/// Stands between the two halves of the id.
const BETWEEN: &str = "--";

/// The topic and the machine in the id of an article for one machine; `None` for any other id.
pub fn halves(id: &str) -> Option<(&str, &str)> {
    id.split_once(BETWEEN)
}

/// The id of the article about `topic` for `machine`.
pub fn joined(topic: &str, machine: &str) -> String {
    [topic, BETWEEN, machine].concat()
}

/// What merchants call the machine of an article for one machine; empty if the title does not say.
pub fn name(topic: &Topic) -> &str {
    topic.title.split_once('：').map_or("", |(name, _)| name.trim())
}

/// Content for whoever holds this machine and no other: its articles take their topics' places, under
/// the topics' ids and found by their phrases, so that nobody has to name the machine, nor to read its
/// name. Articles for other machines go.
pub fn settle(base: &mut KnowledgeBase, machine: &str) {
    let (own, mut topics): (Vec<Topic>, Vec<Topic>) =
        std::mem::take(&mut base.topics).into_iter().partition(|topic| halves(&topic.id).is_some());
    for article in own {
        let Some((general, _)) = halves(&article.id).filter(|(_, other)| *other == machine) else { continue };
        let Some(topic) = topics.iter_mut().find(|topic| topic.id == general) else { continue };
        let title = article.title.split_once('：').map_or("", |(_, title)| title).trim().to_owned();
        let general = std::mem::take(topic);
        *topic = Topic {
            id: general.id,
            group: general.group,
            title: if title.is_empty() { general.title } else { title },
            scope: general.scope,
            first_screen: general.first_screen,
            phrases: general.phrases,
            phrase_lines: general.phrase_lines,
            ..article
        };
    }
    base.topics = topics;
}
