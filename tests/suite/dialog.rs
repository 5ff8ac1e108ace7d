//! Conversations, readable as dialogues, replayed exactly.
//!
//! Run with `BLESS=1` to write what is said now; then read the difference. `dialog/README.md` says
//! how to write one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use posdoc::content::{Risk, Topic};
use posdoc::dialog::{
    Facts, Kind, Knowledge, Reply, State, Transcript, Turn, forgotten, greet, options, respond, resume,
    retell, ticket, wording,
};
use posdoc::index::Section;
use posdoc::matching::{Matcher, Split, Title};
use posdoc::text::mask;

use crate::{pack, root};

/// What a conversation needs, without the articles that `without` picks; all of it, or only what is here
/// before the engine is.
fn knowledge(without: impl Fn(&Topic) -> bool, all: bool) -> Knowledge {
    let pack = pack();
    let titles: Vec<Title> = pack.read(Section::Catalogue).expect("readable");
    let splits: Vec<Split> = pack.read(Section::Splits).expect("readable");
    let articles = |section| -> Vec<Topic> {
        let all: Vec<Topic> = pack.read(section).expect("readable");
        all.into_iter().filter(|topic| !without(topic)).collect()
    };
    let mut knowledge = Knowledge::new(titles, articles(Section::Everyday));
    if all {
        knowledge.learn(splits, articles(Section::Articles));
    }
    knowledge.with_codes(pack.read(Section::CodeMeanings).expect("readable"))
}

/// All of it, read once.
fn everything() -> &'static Knowledge {
    static ALL: OnceLock<Knowledge> = OnceLock::new();
    ALL.get_or_init(|| knowledge(|_| false, true))
}

fn matcher() -> &'static Matcher {
    static MATCHER: OnceLock<Matcher> = OnceLock::new();
    MATCHER.get_or_init(|| Matcher::open(&pack(), BTreeMap::new()).expect("the pack has a matcher"))
}

/// A conversation under way.
struct Replay {
    knowledge: Knowledge,
    state: State,
    facts: Facts,
    /// What was said so far, as the transcript has it.
    told: String,
    /// Every reply given.
    replies: Vec<Reply>,
}

impl Replay {
    /// Replays the merchant's lines of a transcript and writes down the whole conversation.
    fn of(transcript: &str) -> Self {
        let knowledge = everything().clone();
        let (state, _) = greet(&knowledge);
        let mut replay =
            Self { knowledge, state, facts: Facts::default(), told: String::new(), replies: Vec::new() };
        for line in transcript.lines() {
            if let Some(said) = line.strip_prefix("商户：") {
                replay.say(said);
            } else if let Some(stage) = line.strip_prefix('〔').and_then(|rest| rest.strip_suffix('〕')) {
                replay.stage(stage);
            }
        }
        assert!(!replay.replies.is_empty(), "a transcript needs a line that begins with 商户：");
        replay
    }

    /// What a page would keep now.
    fn transcript(&self) -> Transcript {
        let lines = self.replies.last().map(|reply| Transcript::line(reply, &self.state));
        Transcript { day: 0, state: self.state.clone(), lines: lines.into_iter().collect() }
    }

    /// Words, or a button in brackets: by its words, or by its id after a #.
    fn say(&mut self, said: &str) {
        let turn = match said.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')) {
            Some(button) => Turn::Chose(self.button(button)),
            None => Turn::Heard { text: said.to_owned(), verdict: matcher().ask(said) },
        };
        let answered = respond(&self.knowledge, &self.state, &turn);
        let _ = writeln!(self.told, "商户：{said}");
        self.show(answered);
    }

    fn button(&self, words: &str) -> String {
        if let Some(id) = words.strip_prefix('#') {
            return id.to_owned();
        }
        let open = options(&self.knowledge, &self.state);
        let found = open.iter().find(|choice| choice.label == words);
        let labels: Vec<_> = open.iter().map(|choice| choice.label.as_str()).collect();
        found.unwrap_or_else(|| panic!("no button {words}, only {labels:?}\n{}", self.told)).id.clone()
    }

    /// What happens beside the words.
    fn stage(&mut self, what: &str) {
        // Lines that we wrote ourselves: the buttons below a reply.
        let _ = match what {
            "报修单" => {
                let ticket = ticket(&self.knowledge, &self.state, &self.facts);
                let _ = writeln!(self.told, "〔报修单〕");
                writeln!(self.told, "　　　{}", ticket.replace('\n', "\n　　　"))
            }
            "刷新页面" | "刷新页面，文章没了" | "刷新页面，文章还没到" => {
                if what != "刷新页面" {
                    let topic = self.state.focus.as_ref().map(|focus| focus.topic.clone());
                    let all = what.ends_with("没了");
                    self.knowledge = knowledge(|article| Some(&article.id) == topic.as_ref(), all);
                }
                let kept =
                    Transcript::from_bytes(&self.transcript().to_bytes()).expect("what was stored is read");
                assert_eq!(kept.state, self.state);
                let left =
                    resume(&self.knowledge, &kept.state, retell(&self.knowledge, &kept.lines[0]).as_ref());
                let _ = writeln!(self.told, "〔{what}〕");
                self.show(left);
                Ok(())
            }
            "旧版本存的状态" => {
                let mut bytes = self.transcript().to_bytes();
                bytes[0] -= 1;
                assert!(Transcript::from_bytes(&bytes).is_none());
                let fresh = forgotten(&self.knowledge);
                let _ = writeln!(self.told, "〔{what}〕");
                self.show(fresh);
                Ok(())
            }
            _ => {
                let facts = what.strip_prefix("机具 ").unwrap_or_else(|| panic!("〔{what}〕?"));
                for fact in facts.split('，') {
                    let (name, value) = fact.split_once('=').expect("name=value");
                    let known = match name {
                        "SN" => &mut self.facts.terminal_sn,
                        "商户号" => &mut self.facts.merchant_number,
                        _ => &mut self.facts.time,
                    };
                    *known = Some(value.to_owned());
                }
                writeln!(self.told, "〔{what}〕")
            }
        };
    }

    fn show(&mut self, (state, reply): (State, Reply)) {
        let labels: Vec<_> = reply.options.iter().map(|choice| choice.label.as_str()).collect();
        let _ = writeln!(self.told, "{}：{}", kind(reply.kind), reply.spoken().replace('\n', "\n　　　"));
        if let Some(because) = &reply.because {
            let _ = writeln!(self.told, "　　　（{because}）");
        }
        let _ = writeln!(self.told, "　　　{}", labels.join("｜"));
        self.state = state;
        self.replies.push(reply);
    }
}

/// Who speaks, and what kind of reply it is.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Greeting => "招呼",
        Kind::Clarify => "反问",
        Kind::Question => "提问",
        Kind::Step => "步骤",
        Kind::Answer => "解答",
        Kind::HandOver => "转人工",
        Kind::Fallback => "没懂",
        Kind::Closing => "结束",
    }
}

fn transcripts() -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(root().join("tests/suite/dialog")).expect("a folder of transcripts");
    let paths = files.map(|file| file.expect("readable").path());
    let mut all: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "transcript"))
        .map(|path| (path.clone(), fs::read_to_string(path).expect("readable")))
        .collect();
    all.sort();
    all
}

#[test]
fn every_transcript_replays_as_written() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut differ = String::new();
    for (path, written) in transcripts() {
        let told = Replay::of(&written).told;
        if bless {
            fs::write(&path, &told).expect("writable");
        } else if told != written {
            let _ = writeln!(differ, "{}:\n{told}", path.display());
        }
    }
    assert!(differ.is_empty(), "BLESS=1 writes these; then read the difference\n{differ}");
}

#[test]
fn the_transcripts_meet_every_kind_of_reply_every_risk_and_every_way_out() {
    let mut kinds = BTreeSet::new();
    let mut risks = BTreeSet::new();
    let mut buttons = BTreeSet::new();
    let mut notes = String::new();
    let all = transcripts();
    assert!(all.len() >= 60, "only {} transcripts", all.len());
    for (_, written) in &all {
        for reply in Replay::of(written).replies {
            kinds.insert(kind(reply.kind));
            risks.extend(reply.step.iter().map(|step| format!("{:?}", step.risk)));
            buttons.extend(reply.options.iter().map(|choice| choice.id.split(':').next().map(str::to_owned)));
            let _ = writeln!(notes, "{} {}", reply.note.unwrap_or_default(), reply.text);
        }
    }
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    for risk in [Risk::None, Risk::Data, Risk::Money, Risk::Safety] {
        assert!(risks.contains(&format!("{risk:?}")), "no step with {risk:?}");
    }
    let ways = [
        "solved",
        "unsolved",
        "cannot",
        "answer",
        "unknown",
        "branch",
        "topic",
        "none-of-these",
        "not-this",
        "pay-now",
        "undo",
        "human",
        "restart",
    ];
    for way in ways {
        assert!(buttons.contains(&Some(way.to_owned())), "no button {way}");
    }
    let words = [
        wording::SECRET,
        wording::GONE,
        wording::TAKEN_BACK,
        wording::NO_MATTER,
        wording::UNKNOWN_CODE,
        wording::NOT_OURS,
        wording::LOST,
        wording::CHANGED,
        wording::TAKE_YOUR_TIME,
        wording::QUICKER,
        wording::AS_YOU_WISH,
        wording::DONE,
        wording::UNDERSTOOD,
        wording::NONE_FITS,
        wording::WRONG_TOPIC,
    ];
    for words in words {
        assert!(notes.contains(words), "nobody says {words}");
    }
}

#[test]
fn no_sentence_is_said_as_the_reason_for_everything() {
    let mut reasons: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, written) in transcripts() {
        let replies = Replay::of(&written).replies;
        for two in replies.windows(2) {
            let (one, other) = (&two[0], &two[1]);
            if one.because.is_some() && one.because == other.because {
                assert_eq!(one.text, other.text, "{}: the same reason twice", path.display());
            }
        }
        for reply in replies {
            let about = reply.text;
            reply.because.map(|because| reasons.entry(because).or_default().insert(about));
        }
    }
    for (because, about) in reasons {
        assert!(about.len() <= 2, "{because} is said of {about:?}");
        assert!(because.chars().count() <= 60, "{because} is no short sentence");
        assert!(!because.contains('%'), "{because}");
    }
}

/// What a merchant may paste, and where it could turn up.
#[test]
fn a_card_number_is_nowhere_in_state_reply_or_ticket() {
    let knowledge = everything();
    let numbers = [
        "6222021234567890123",
        "6222 0212 3456 7890",
        "6222-0212-3456-7890",
        "６２２２０２１２３４５６７８９０",
        "6222  0212  3456  7890",
        "6222 - 0212 - 3456 - 7890",
        "6222\t0212\t3456\t7890",
        "6222_0212_3456_7890",
        "371449635398431",
        "36006666333344",
        "6222021234567890",
    ];
    for number in numbers {
        for said in [
            format!("{number}刷不了"),
            format!("卡号{number}，还是不行"),
            number.to_owned(),
            format!("报{number}"),
        ] {
            let (mut state, _) = greet(knowledge);
            for opening in ["装了纸还说没纸", &said, "还是不行", &said, "转人工"] {
                let turn = Turn::Heard { text: opening.to_owned(), verdict: matcher().ask(opening) };
                let (next, reply) = respond(knowledge, &state, &turn);
                state = next;
                let seen = format!("{state:?}{reply:?}{}", ticket(knowledge, &state, &Facts::default()));
                assert_eq!(mask(&seen), seen, "{said}");
                let digits: String = seen
                    .chars()
                    .filter_map(|c| {
                        c.to_digit(10).or(('０'..='９').contains(&c).then(|| c as u32 - '０' as u32))
                    })
                    .filter_map(|digit| char::from_digit(digit, 10))
                    .collect();
                assert!(!digits.contains("02123456"), "{said}: {seen}");
            }
        }
    }
}
