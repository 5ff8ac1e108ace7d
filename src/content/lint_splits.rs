//! What `splits.toml` shows to be bad questions.

use std::collections::BTreeSet;

use super::lint::{LONGEST_SENTENCE, Rows};
use super::{Code, KnowledgeBase, Split, SplitAnswer};

/// The most buttons under a question, 都不是 not counted.
const MOST_BUTTONS: usize = 6;
/// The longest words on a button, in characters.
const LONGEST_BUTTON: usize = 14;

/// Every finding: line, code, message.
pub(super) fn findings(base: &KnowledgeBase, rows: &Rows) -> Vec<(u32, Code, String)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (split, &line) in base.splits.iter().zip(&rows.splits) {
        if !seen.insert(&split.id) {
            let message = format!("提问「{}」写了两次，换一个 id。", split.id);
            found.push((line, Code::DuplicateId, message));
        }
        found.extend(wording(split).map(|(code, message)| (line, code, message)));
        if rows.topics_known {
            let each = split.answers.iter().flat_map(|answer| topics(base, answer));
            found.extend(each.map(|(code, message)| (line, code, message)));
        }
    }
    // A topic that no answer leaves can only be met by luck.
    if let Some(&line) = rows.splits.first().filter(|_| rows.topics_known) {
        let answers = || base.splits.iter().flat_map(|split| &split.answers);
        // Articles for one machine are met where their topic is.
        let met = base.promises.iter().filter(|one| super::machine::halves(&one.id).is_none());
        let lost = met.filter(|one| !answers().any(|answer| answer.holds(&one.id, &one.group)));
        found.extend(lost.map(|one| {
            let message = format!("「{}」不在任何一个回答里，含糊的话问不到它：补进某个 topics。", one.id);
            (line, Code::Unsplit, message)
        }));
    }
    found
}

fn wording(split: &Split) -> impl Iterator<Item = (Code, String)> {
    let count = split.answers.len();
    let few = (!(2..=MOST_BUTTONS).contains(&count)).then(|| {
        (Code::BadValue, format!("「{}」有 {count} 个回答，写 2 到 {MOST_BUTTONS} 个。", split.ask))
    });
    let long = split.answers.iter().map(|answer| (&answer.label, LONGEST_BUTTON));
    let long = long.chain([(&split.ask, LONGEST_SENTENCE)]);
    let long = long.filter(|(words, most)| words.chars().count() > *most);
    let long =
        long.map(|(words, most)| (Code::LongSentence, format!("「{words}」太长，不超过 {most} 个字。")));
    few.into_iter().chain(long)
}

fn topics(base: &KnowledgeBase, answer: &SplitAnswer) -> Vec<(Code, String)> {
    let known = |topic: &str| match topic.strip_suffix("/*") {
        Some(group) => base.promises.iter().any(|promise| promise.group == group),
        None => base.promises.iter().any(|promise| promise.id == topic),
    };
    let gone = answer.topics.iter().filter(|topic| !known(topic));
    let mut found: Vec<_> = gone
        .map(|topic| {
            let message = format!("「{}」的 topics 里没有「{topic}」这个主题或组。", answer.label);
            (Code::DanglingReference, message)
        })
        .collect();
    let left = base.promises.iter().filter(|promise| answer.holds(&promise.id, &promise.group)).count();
    if answer.topics.is_empty() || left == base.promises.len() {
        let message = format!("回答「{}」什么也没分开：写上它留下哪几个主题。", answer.label);
        found.push((Code::IdleQuestion, message));
    }
    found
}
