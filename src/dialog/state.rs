//! The state of a conversation: plain data that can be stored and restored.

use super::Doubt;
use crate::content::record::{Reader, Record, Writer, record, word};

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and the fault is still there.
    Failed,
    /// Not done: the merchant could not or would not.
    Skipped,
    /// Done, and that was it.
    Solved,
}

word!(Outcome: Failed Skipped Solved);

/// Something that happened while a topic was in focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A question was answered; `None` is 不知道.
    Answered {
        /// The question's id.
        question: String,
        /// The answer's place among its buttons.
        answer: Option<usize>,
    },
    /// A step was tried.
    Tried {
        /// The step's id.
        step: String,
        /// How it went.
        outcome: Outcome,
    },
}

impl Record for Event {
    fn read(from: &mut Reader<'_>) -> Self {
        match from.number() {
            0 => Self::Answered { question: Record::read(from), answer: Record::read(from) },
            1 => Self::Tried { step: Record::read(from), outcome: Record::read(from) },
            _ => {
                from.fail();
                Self::Tried { step: String::new(), outcome: Outcome::Failed }
            }
        }
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Answered { question, answer } => {
                to.number(0);
                question.write(to);
                answer.write(to);
            }
            Self::Tried { step, outcome } => {
                to.number(1);
                step.write(to);
                outcome.write(to);
            }
        }
    }
}

impl Event {
    /// `step` was done and did not help.
    pub fn failed(step: &str) -> Self {
        Self::Tried { step: step.to_owned(), outcome: Outcome::Failed }
    }
}

/// The topic being worked on, and what has happened to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Focus {
    /// Topic id.
    pub topic: String,
    /// What happened, in order. Taking the last one back is "上一步".
    pub events: Vec<Event>,
}

record!(Focus: topic events);

impl Focus {
    /// A fresh start on a topic.
    pub fn new(topic: &str) -> Self {
        Self { topic: topic.to_owned(), events: Vec::new() }
    }

    /// Whether the question has been asked and answered.
    pub fn asked(&self, id: &str) -> bool {
        self.events.iter().any(|event| matches!(event, Event::Answered { question, .. } if question == id))
    }

    /// Whether it ended with a step that worked.
    pub fn is_solved(&self) -> bool {
        matches!(self.events.last(), Some(Event::Tried { outcome: Outcome::Solved, .. }))
    }

    /// Whether the step was passed over.
    pub fn skipped(&self, id: &str) -> bool {
        let skipped =
            |event: &Event| matches!(event, Event::Tried { step, outcome: Outcome::Skipped } if step == id);
        self.events.iter().any(skipped)
    }

    /// Whether the step has been tried or skipped.
    pub fn tried(&self, id: &str) -> bool {
        self.events.iter().any(|event| matches!(event, Event::Tried { step, .. } if step == id))
    }
}

/// What the last reply left open: what a button pressed now would answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Open {
    /// Nothing has been said yet.
    #[default]
    Greeting,
    /// Which of these topics?
    Clarify(Vec<String>),
    /// A question that splits what it may be, by id.
    Split(String),
    /// A question of the focused topic, by id.
    Question(String),
    /// A step of the focused topic, by id.
    Step(String),
    /// An answer was given: clear now?
    Answer,
    /// A person takes over.
    HandOver,
    /// It is over.
    Closing,
    /// Nothing was understood.
    Fallback,
    /// A response code was looked up ([`State::code`]): clear now?
    Code,
}

impl Record for Open {
    fn read(from: &mut Reader<'_>) -> Self {
        match from.number() {
            0 => Self::Greeting,
            1 => Self::Clarify(Record::read(from)),
            2 => Self::Split(Record::read(from)),
            3 => Self::Question(Record::read(from)),
            4 => Self::Step(Record::read(from)),
            5 => Self::Answer,
            6 => Self::HandOver,
            7 => Self::Closing,
            8 => Self::Fallback,
            9 => Self::Code,
            _ => {
                from.fail();
                Self::Greeting
            }
        }
    }

    fn write(&self, to: &mut Writer) {
        let (number, named) = match self {
            Self::Greeting => (0, None),
            Self::Clarify(topics) => {
                to.number(1);
                return topics.write(to);
            }
            Self::Split(id) => (2, Some(id)),
            Self::Question(id) => (3, Some(id)),
            Self::Step(id) => (4, Some(id)),
            Self::Answer => (5, None),
            Self::HandOver => (6, None),
            Self::Closing => (7, None),
            Self::Fallback => (8, None),
            Self::Code => (9, None),
        };
        to.number(number);
        if let Some(id) = named {
            id.write(to);
        }
    }
}

/// A conversation so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Replies given.
    pub turn: u32,
    /// What the merchant typed, card numbers masked, latest last, at most [`State::REMEMBERED`].
    pub said: Vec<String>,
    /// The response code that was named last.
    pub code: Option<String>,
    /// The topic in focus.
    pub focus: Option<Focus>,
    /// Topics left for another one, latest last.
    pub before: Vec<Focus>,
    /// What a button pressed now would answer.
    pub open: Open,
    /// What it may be, narrowed answer by answer, latest last; empty when there is no doubt.
    pub doubts: Vec<Doubt>,
    /// Messages in a row that were not understood.
    pub misunderstood: u8,
    /// Why it was not solved: a place in [`super::wording::REASONS`].
    pub reason: Option<u8>,
    /// Whether the merchant said that this helped.
    pub helped: Option<bool>,
}

record!(State: turn said code focus before open doubts misunderstood reason helped);

impl State {
    /// Messages and topics kept; older ones are forgotten, so that ten thousand turns weigh no
    /// more than fifty.
    pub const REMEMBERED: usize = 50;

    /// Keeps what was typed.
    pub fn remember(&mut self, text: &str) {
        self.said.push(text.to_owned());
        if self.said.len() > Self::REMEMBERED {
            self.said.remove(0);
        }
    }

    /// Turns to another topic; the one in focus can be returned to. A trouble that was solved and is
    /// back is a new one: what helped before is tried first again.
    pub fn turn_to(&mut self, topic: &str) {
        (self.reason, self.helped) = (None, None);
        self.before.retain(|focus| focus.topic != topic || !focus.is_solved());
        if self.focus.as_ref().is_some_and(|focus| focus.topic == topic && focus.is_solved()) {
            self.focus = Some(Focus::new(topic));
        }
        if self.focus.as_ref().is_some_and(|focus| focus.topic == topic) {
            return;
        }
        let returned =
            self.before.iter().position(|focus| focus.topic == topic).map(|at| self.before.remove(at));
        if let Some(left) = self.focus.replace(returned.unwrap_or_else(|| Focus::new(topic))) {
            self.before.push(left);
        }
        if self.before.len() > Self::REMEMBERED {
            self.before.remove(0);
        }
    }
}
