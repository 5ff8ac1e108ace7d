//! Which article answers where a message names a machine (see [`content::machine`](crate::content::machine)).
//!
//! Nothing is learned of articles for one machine: what is wrong is understood from the phrases of
//! the topic they belong to, and the machine's name is looked up. So learning, index and suggestions
//! grow with the number of topics, not with topics times machines, and whoever names no machine is
//! understood exactly as without them.

use crate::content::machine;
use crate::content::record::record;
#[cfg(not(target_arch = "wasm32"))]
use {
    crate::content::{KnowledgeBase, Topic},
    std::borrow::Cow,
};

/// A machine that some topics have an article of their own for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The second half of those articles' ids.
    pub id: String,
    /// What merchants call it, as the analyzer folds it; never empty.
    pub name: String,
    /// The classes of those topics, ascending.
    pub topics: Vec<u16>,
}

record!(Machine: id name topics);

impl Machine {
    /// The id of this machine's article about `topic`, of class `class`.
    pub(super) fn article(&self, topic: &str, class: usize) -> Option<String> {
        let has = u16::try_from(class).is_ok_and(|class| self.topics.binary_search(&class).is_ok());
        has.then(|| machine::joined(topic, &self.id))
    }
}

/// The machine that `normal`, a folded message, names, and what else it says. Of several names the
/// longest counts: 青禾随行 names a machine, not 青禾.
pub(super) fn named<'m>(machines: &'m [Machine], normal: &str) -> Option<(&'m Machine, String)> {
    let machine = machines
        .iter()
        .filter(|machine| normal.contains(&machine.name))
        .max_by_key(|machine| machine.name.len())?;
    Some((machine, normal.replace(&machine.name, " ")))
}

/// Content without the articles for one machine, and the machines they are for, their names as
/// written.
///
/// One whose topic is not there, or whose title names no machine, is an article like any other.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn apart(base: &KnowledgeBase) -> (Cow<'_, KnowledgeBase>, Vec<Machine>) {
    use std::collections::{BTreeMap, BTreeSet};

    let ids: BTreeSet<&str> = base.topics.iter().map(|topic| &*topic.id).collect();
    let own = |topic: &Topic| {
        machine::halves(&topic.id).is_some_and(|(general, _)| ids.contains(general))
            && !machine::name(topic).is_empty()
    };
    let (owned, general): (Vec<&Topic>, Vec<&Topic>) = base.topics.iter().partition(|topic| own(topic));
    if owned.is_empty() {
        return (Cow::Borrowed(base), Vec::new());
    }
    let classes: BTreeMap<&str, u16> =
        general.iter().zip(0..).map(|(topic, class)| (&*topic.id, class)).collect();
    let mut machines: BTreeMap<&str, Machine> = BTreeMap::new();
    for topic in owned {
        let Some((general, id)) = machine::halves(&topic.id) else { continue };
        let Some(&class) = classes.get(general) else { continue };
        let new = || Machine { id: id.to_owned(), name: machine::name(topic).to_owned(), topics: Vec::new() };
        machines.entry(id).or_insert_with(new).topics.push(class);
    }
    let mut machines: Vec<Machine> = machines.into_values().collect();
    machines.iter_mut().for_each(|machine| machine.topics.sort_unstable());
    let general = KnowledgeBase {
        topics: general.into_iter().cloned().collect(),
        promises: Vec::new(),
        drawings: Vec::new(),
        codes: base.codes.clone(),
        lexicon: base.lexicon.clone(),
        not_ours: base.not_ours.clone(),
        vague: base.vague.clone(),
        splits: base.splits.clone(),
    };
    (Cow::Owned(general), machines)
}

#[cfg(test)]
mod tests {
    use super::{Machine, named};

    fn machine(id: &str, name: &str) -> Machine {
        Machine { id: id.into(), name: name.into(), topics: vec![0, 7] }
    }

    #[test]
    fn the_longest_name_counts_and_is_taken_out_of_what_was_said() {
        let machines = [machine("m1", "青禾"), machine("m2", "青禾随行")];
        let (found, rest) = named(&machines, "我这台青禾随行没纸").expect("it is named");
        assert_eq!((found.id.as_str(), rest.as_str()), ("m2", "我这台 没纸"));
        assert!(named(&machines, "没纸").is_none());
    }

    #[test]
    fn a_machine_answers_only_for_topics_it_has_an_article_for() {
        let machine = machine("m1", "青禾");
        assert_eq!(machine.article("paper-out", 7).as_deref(), Some("paper-out--m1"));
        assert_eq!(machine.article("paper-jam", 8), None);
    }
}
