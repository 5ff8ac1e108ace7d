//! Packs of some topics: beyond a few hundred a phone should not carry them all. A provider makes one
//! for each group or machine, and the page names the one to load before the conversation starts (the
//! `pack` attribute), never by what was said.

use std::collections::BTreeSet;

use anyhow::bail;
use posdoc::content::{KnowledgeBase, NotOursGroup, SplitAnswer, Topic, machine};

/// Which topics go into a pack.
#[derive(Debug, clap::Args)]
pub(super) struct Choice {
    /// 只打包这些组，用逗号隔开
    #[arg(long, value_delimiter = ',')]
    groups: Vec<String>,
    /// 机型专用的文章（id 是「主题--机型」）只打包这些机型的：写一种，它的文章就代替通用的；写几种，
    /// 说出机型的人得到它的；一种也不写，就只有通用的
    #[arg(long, value_delimiter = ',', num_args = 0..)]
    machines: Option<Vec<String>>,
}

impl Choice {
    /// Leaves out what was not chosen and the `removed` topics, and references to them.
    pub(super) fn narrow(&self, base: &mut KnowledgeBase, removed: &BTreeSet<String>) -> anyhow::Result<()> {
        if self.groups.is_empty() && self.machines.is_none() && removed.is_empty() {
            return Ok(());
        }
        for group in &self.groups {
            if !base.topics.iter().any(|topic| topic.group == *group) {
                bail!("没有 {group} 这个组，或者它一篇文章也没有");
            }
        }
        for chosen in self.machines.iter().flatten() {
            if !base.topics.iter().any(|topic| machine(topic) == Some(chosen)) {
                bail!("没有 {chosen} 这种机型的文章");
            }
        }
        let chosen = |topic: &Topic| {
            let group = self.groups.is_empty() || self.groups.contains(&topic.group);
            let machines = self.machines.as_ref().zip(machine(topic));
            let general = machine::halves(&topic.id).map_or(&*topic.id, |(general, _)| general);
            !removed.contains(general)
                && !removed.contains(&topic.id)
                && group
                && machines.is_none_or(|(chosen, machine)| chosen.iter().any(|one| one == machine))
        };
        let (kept, gone): (Vec<Topic>, Vec<Topic>) =
            std::mem::take(&mut base.topics).into_iter().partition(chosen);
        base.topics = kept;
        explain_elsewhere(base, removed, &gone);
        // What is said of the others is better refused than taken for something else.
        let messages: Vec<String> = gone.into_iter().flat_map(|topic| topic.phrases).collect();
        if !messages.is_empty() {
            base.not_ours.push(NotOursGroup { id: "left-out".into(), near: true, messages });
        }
        if let Some([machine]) = self.machines.as_deref() {
            machine::settle(base, machine);
        }
        leave_out_references(base);
        Ok(())
    }
}

/// The machine that an article is for, if it is for one.
fn machine(topic: &Topic) -> Option<&str> {
    machine::halves(&topic.id).map(|(_, machine)| machine)
}

/// What a code means is true whether or not there is an article about it: where that one was taken away,
/// the first of its related ones takes its place.
fn explain_elsewhere(base: &mut KnowledgeBase, removed: &BTreeSet<String>, gone: &[Topic]) {
    for code in base.codes.iter_mut().filter(|code| removed.contains(&code.topic)) {
        let related = gone.iter().filter(|topic| topic.id == code.topic).flat_map(|topic| &topic.related);
        let kept = related.into_iter().find(|id| base.topics.iter().any(|topic| topic.id == **id));
        if let Some(id) = kept {
            code.topic.clone_from(id);
        }
    }
}

/// Forgets what refers to topics that are not there.
fn leave_out_references(base: &mut KnowledgeBase) {
    let kept: BTreeSet<String> = base.topics.iter().map(|topic| topic.id.clone()).collect();
    base.topics.iter_mut().for_each(|topic| topic.related.retain(|id| kept.contains(id)));
    base.codes.retain(|code| kept.contains(&code.topic));
    // A question with one button left asks nothing.
    let leads = |answer: &SplitAnswer| base.topics.iter().any(|topic| answer.holds(&topic.id, &topic.group));
    base.splits.iter_mut().for_each(|split| split.answers.retain(leads));
    base.splits.retain(|split| split.answers.len() > 1);
    let steps = base.topics.iter().flat_map(|topic| topic.steps.iter().map(|step| &step.image));
    let questions = base.topics.iter().flat_map(|topic| topic.questions.iter().map(|asked| &asked.image));
    let shown: BTreeSet<&String> = steps.chain(questions).flatten().collect();
    base.drawings.retain(|drawing| shown.contains(&drawing.name));
}
