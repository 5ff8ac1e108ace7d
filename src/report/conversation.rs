//! One conversation of the app's chat, as it is kept for the agent: what was said, when, and, as
//! long as this version can read what the chat itself left, what was tried and how to go on.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::kept::Unreadable;
use super::{Outcome, Report, Tried, Went};
use crate::content::Topic;
use crate::dialog::{self, Event, Open, State, Transcript, wording};
use crate::text::mask;

/// The form that [`Conversation::write`] and `static/record.js` write.
pub(super) const VERSION: u64 = 1;

/// One thing said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// `merchant` or `posdoc`.
    pub from: String,
    /// What a reply of ours was: `question`, `step`, `handover`, …
    pub kind: String,
    /// The topic it was about, by id; may be empty.
    pub topic: String,
    /// The words.
    pub text: String,
}

/// What the chat keeps of itself to go on with: under which key, and what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The key in the tab's storage.
    pub key: String,
    /// A A [`Transcript`], a character for each byte.
    pub text: String,
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It was left in the middle.
    #[default]
    Open,
    /// It came to its end.
    Closed,
    /// Something helped.
    Solved,
    /// A person was to take over.
    Person,
}

impl Ending {
    /// As the agent reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "没聊完",
            Self::Closed => "聊完了",
            Self::Solved => "解决了",
            Self::Person => "转人工",
        }
    }
}

/// A conversation. What follows `lines` is made out once and kept, since a later version may not be
/// able to read `left` any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// Unique on this device.
    pub id: String,
    /// When it began and when the last word fell, by the clock on the wall: `2026-11-22T16:05`.
    pub began: String,
    /// See `began`.
    pub last: String,
    /// What was said, in order.
    pub lines: Vec<Line>,
    /// To go on with.
    pub left: Option<Left>,
    /// What the merchant typed, without the buttons.
    pub said: Vec<String>,
    /// The topic in hand at the end, by id.
    pub topic: Option<String>,
    /// Its title.
    pub title: String,
    /// What was asked, each with its answer.
    pub asked: Vec<(String, String)>,
    /// What was tried, in order.
    pub steps: Vec<Tried>,
    /// The response code that was named, and why it was not solved; each may be empty.
    pub code: String,
    /// See `code`.
    pub reason: String,
    /// How it ended.
    pub ending: Ending,
}

impl Conversation {
    /// Reads what the app kept, and makes out what was tried, looking topics up with `topic`.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn read<'t>(text: &str, topic: impl Fn(&str) -> Option<&'t Topic>) -> Result<Self, Unreadable> {
        let damaged = |why: String| Unreadable::Damaged { why };
        let value: Value = serde_json::from_str(text)
            .map_err(|error| damaged(format!("第 {} 个字节读不下去", error.column())))?;
        let got = value["version"].as_u64().ok_or_else(|| damaged("没有版本号".into()))?;
        if got > VERSION {
            return Err(Unreadable::Newer { expected: VERSION, got });
        }
        let read: Self = serde_json::from_value(value).map_err(|_| damaged("有一栏不是该有的样子".into()))?;
        if read.id.is_empty() {
            return Err(damaged("没有编号".into()));
        }
        Ok(read.made_out(topic).masked())
    }

    /// The conversation as text to keep, card numbers masked.
    pub fn write(&self) -> String {
        let mut value = serde_json::to_value(self.clone().masked()).unwrap_or_default();
        value["version"] = json!(VERSION);
        value.to_string()
    }

    /// Where the chat can go on, if this version can read it and it was not at its end.
    pub fn open_end(&self) -> Option<&Left> {
        let state = self.state()?;
        let open = (state.focus.is_some() || state.open == Open::Code) && state.open != Open::Closing;
        self.left.as_ref().filter(|_| open)
    }

    /// When it began, for reading: `2026-11-22 16:05`.
    pub fn when(&self) -> String {
        self.began.replacen('T', " ", 1)
    }

    /// What it was about, in a few words.
    pub fn about(&self) -> &str {
        let said = self.lines.iter().find(|line| line.from == "merchant");
        match self.title.as_str() {
            "" => said.map_or("没有说话", |line| &line.text),
            title => title,
        }
    }

    /// As lines to paste or read out.
    pub fn text(&self) -> String {
        let mut out = format!("【问诊记录】{}\n", self.when());
        for line in &self.lines {
            let who = if line.from == "merchant" { "商户" } else { "医生" };
            out.push_str(&format!("{who}：{}\n", line.text.replace('\n', "\n　　　")));
        }
        out.push_str(&format!("结果：{}\n", self.ending.label()));
        mask(&out)
    }

    /// A visit report begun from this: symptom, steps and how they went, and how it ended.
    pub fn report(&self, id: String, time: String) -> Report {
        let said = if self.said.is_empty() { String::new() } else { self.said.join("；") };
        let symptom = match (said.as_str(), self.title.as_str()) {
            ("", _) => self.about().to_owned(),
            (_, "") => said,
            (_, title) => format!("{said}（{title}）"),
        };
        let mut notes: Vec<String> = Vec::new();
        if !self.code.is_empty() {
            notes.push(format!("应答码 {}", self.code));
        }
        notes.extend(self.asked.iter().map(|(asked, answer)| format!("{asked} {answer}")));
        if !self.reason.is_empty() {
            notes.push(format!("没解决的原因：{}", self.reason));
        }
        let outcome = if self.ending == Ending::Solved { Outcome::Solved } else { Outcome::Open };
        let (topic, steps) = (self.topic.clone(), self.steps.clone());
        Report { id, time, symptom, topic, steps, outcome, notes: notes.join("\n"), ..Report::default() }
            .masked()
    }

    /// Where the chat was left, if this version can read it.
    fn state(&self) -> Option<State> {
        let bytes: Vec<u8> = self.left.as_ref()?.text.chars().map(|letter| letter as u8).collect();
        Some(Transcript::from_bytes(&bytes)?.state)
    }

    /// With what the chat's own state says about it, as long as it can be read.
    fn made_out<'t>(mut self, topic: impl Fn(&str) -> Option<&'t Topic>) -> Self {
        let ours = self.lines.iter().rev().find(|line| line.from != "merchant");
        let known = ours.map(|line| line.kind.as_str());
        let Some(state) = self.state() else {
            if self.ending == Ending::Open {
                self.ending = match known {
                    Some("closing") => Ending::Closed,
                    Some("handover") => Ending::Person,
                    _ => Ending::Open,
                };
            }
            let about = self.lines.iter().rev().find_map(|line| topic(&line.topic));
            if let (true, Some(about)) = (self.title.is_empty(), about) {
                self.topic = Some(about.id.clone());
                self.title.clone_from(&about.title);
            }
            return self;
        };
        self.ending = match &state.open {
            Open::Closing if is_solved(&state) => Ending::Solved,
            Open::Closing => Ending::Closed,
            Open::HandOver => Ending::Person,
            _ => Ending::Open,
        };
        self.said.clone_from(&state.said);
        self.code = state.code.clone().unwrap_or_default();
        let reason = state.reason.and_then(|nth| wording::REASONS.get(usize::from(nth)));
        self.reason = reason.copied().unwrap_or_default().to_owned();
        (self.asked, self.steps) = (Vec::new(), Vec::new());
        for focus in state.before.iter().chain(&state.focus) {
            let Some(about) = topic(&focus.topic) else { continue };
            self.topic = Some(about.id.clone());
            self.title.clone_from(&about.title);
            for event in &focus.events {
                self.happened(about, event);
            }
        }
        self
    }

    fn happened(&mut self, about: &Topic, event: &Event) {
        match event {
            Event::Answered { question, answer } => {
                let Some(question) = about.questions.iter().find(|known| known.id == *question) else {
                    return;
                };
                let answer = answer.and_then(|answer| question.answers.get(answer));
                let answer = answer.map_or(wording::UNKNOWN, |answer| &answer.label);
                self.asked.push((question.ask.clone(), answer.to_owned()));
            }
            Event::Tried { step, outcome } => {
                let Some(step) = about.steps.iter().find(|known| known.id == *step) else { return };
                let went = match outcome {
                    dialog::Outcome::Failed => Went::Failed,
                    dialog::Outcome::Skipped => Went::Skipped,
                    dialog::Outcome::Solved => Went::Helped,
                };
                self.steps.push(Tried { action: step.action.clone(), went });
            }
        }
    }

    /// Masked once more, whatever it came through. What the chat left stays as it is: the chat itself
    /// masks what it keeps, and a changed byte would make it worthless.
    fn masked(mut self) -> Self {
        for line in &mut self.lines {
            line.text = mask(&line.text);
        }
        for said in &mut self.said {
            *said = mask(said);
        }
        self
    }
}

fn is_solved(state: &State) -> bool {
    state.helped == Some(true)
        || state.helped.is_none() && state.focus.as_ref().is_some_and(dialog::Focus::is_solved)
}
