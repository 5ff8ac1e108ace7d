//! An article for one machine: called `<topic>--<machine>`, it takes the place of `<topic>`'s where the
//! merchant names the machine. What merchants call it stands before the `：` of the title.

use super::Topic;

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
