//! Conversations, readable as dialogues, replayed exactly.
//!
//! Run with `BLESS=1` to write what is said now; then read the difference.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use posdoc::content::Topic;
use posdoc::dialog::{Knowledge, Reply, Turn, greet, options, respond};
use posdoc::index::Section;
use posdoc::matching::{Matcher, Title};

use crate::{pack, root};

fn knowledge() -> Knowledge {
    let pack = pack();
    let titles: Vec<Title> = pack.read(Section::Catalogue).expect("readable");
    let mut knowledge = Knowledge::new(titles, pack.read::<Vec<Topic>>(Section::Everyday).expect("readable"));
    knowledge.learn(pack.read(Section::Articles).expect("readable"));
    knowledge.with_codes(pack.read(Section::CodeMeanings).expect("readable"))
}

/// Replays the merchant's lines of a transcript and writes down the whole conversation.
///
/// A merchant's line in brackets presses the button with those words.
fn replay(knowledge: &Knowledge, matcher: &Matcher, transcript: &str) -> String {
    let (mut state, mut reply) = greet(knowledge);
    let mut told = String::new();
    for line in transcript.lines() {
        let Some(said) = line.strip_prefix("商户：") else { continue };
        let turn = match said.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')) {
            Some(label) => {
                let open = options(knowledge, &state);
                let choice = open.iter().find(|choice| choice.label == label);
                let labels: Vec<_> = open.iter().map(|choice| choice.label.as_str()).collect();
                Turn::Chose(
                    choice.unwrap_or_else(|| panic!("no button {label}, only {labels:?}\n{told}")).id.clone(),
                )
            }
            None => Turn::Heard { text: said.to_owned(), verdict: matcher.ask(said) },
        };
        (state, reply) = respond(knowledge, &state, &turn);
        let _ = write!(told, "商户：{said}\n{}", render(&reply));
    }
    assert!(
        !told.is_empty(),
        "a transcript needs a line that begins with 商户：, and ended at {:?}",
        reply.kind
    );
    told
}

fn render(reply: &Reply) -> String {
    let labels: Vec<_> = reply.options.iter().map(|choice| choice.label.as_str()).collect();
    format!("助手：{}\n　　　〔{}〕\n", reply.spoken().replace('\n', "\n　　　"), labels.join("｜"))
}

#[test]
fn every_transcript_replays_as_written() {
    let matcher = Matcher::open(&pack(), BTreeMap::new()).expect("the pack has a matcher");
    let knowledge = knowledge();
    let mut played = 0;
    for file in fs::read_dir(root().join("tests/suite/dialog")).expect("a folder of transcripts") {
        let path = file.expect("readable").path();
        let written = fs::read_to_string(&path).expect("readable");
        let told = replay(&knowledge, &matcher, &written);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &told).expect("writable");
        }
        assert!(told == written || std::env::var_os("BLESS").is_some(), "{}:\n{told}", path.display());
        played += 1;
    }
    assert!(played >= 10, "only {played} transcripts");
}
