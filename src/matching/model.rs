//! The part of what was learned that is not in the index.

use super::{Courtesy, Machine};
use crate::content::record::{Reader, Record, Writer, record};

/// What a document of the index stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// A topic.
    Topic(String),
    /// Ours, but too vague for one topic.
    Vague,
    /// A kind of message that is not ours.
    NotOurs {
        /// The group's id in `not-ours.toml`.
        group: String,
        /// What to say to it, where there is something to say.
        courtesy: Option<Courtesy>,
    },
}

impl Record for Class {
    fn read(from: &mut Reader<'_>) -> Self {
        match from.number() {
            0 => Self::Topic(Record::read(from)),
            1 => Self::Vague,
            2 => Self::NotOurs { group: Record::read(from), courtesy: Record::read(from) },
            _ => {
                from.fail();
                Self::Vague
            }
        }
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Topic(id) => {
                to.number(0);
                id.write(to);
            }
            Self::Vague => to.number(1),
            Self::NotOurs { group, courtesy } => {
                to.number(2);
                group.write(to);
                courtesy.write(to);
            }
        }
    }
}

/// A topic as lists and buttons show it; its full title stands in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Topic id.
    pub id: String,
    /// Group id.
    pub group: String,
    /// Title as a button.
    pub label: String,
}

record!(Title: id group label);

/// A question that narrows a vague message down, as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Its id in `splits.toml`.
    pub id: String,
    /// The question.
    pub ask: String,
    /// Its buttons.
    pub answers: Vec<Branch>,
}

record!(Split: id ask answers);

/// One button of a [`Split`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The button's words.
    pub label: String,
    /// Topics it leaves: places among the [`Title`]s, rising.
    pub topics: Vec<u16>,
}

record!(Branch: label topics);

/// What scores are worth; fitted while building, see `calibrate`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// A factor on all scores: above 1 makes probabilities more extreme.
    pub sharpen: f32,
    /// Above this probability that it is none of ours, a message is refused.
    pub not_ours: f32,
    /// Above this probability that it is too vague, given that it is ours, ask back. Vague examples
    /// share theirs with their topics, so that it is never large.
    pub vague: f32,
}

record!(Calibration: sharpen not_ours vague);

impl Default for Calibration {
    /// For a corpus too small to learn it from.
    fn default() -> Self {
        Self { sharpen: 1.7, not_ours: 0.3, vague: 0.01 }
    }
}

/// Biases and scale of the regression, what its classes are, and how to read its scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What each document of the index stands for.
    pub classes: Vec<Class>,
    /// Added to each class's score, in parts of the index's unit, see `bias`.
    pub biases: Vec<i16>,
    /// Index units to log-odds.
    pub scale: f32,
    /// How to read its scores.
    pub calibration: Calibration,
    /// Machines with articles of their own.
    pub machines: Vec<Machine>,
}

record!(Model: classes biases scale calibration machines);

/// Biases come in this part of the index's unit. A whole unit, which does for weights because a
/// message adds up dozens, is over two in log-odds: for a bias, the difference between asking
/// everyone back and no one.
const BIAS_PARTS: f32 = 16.0;

/// A bias as it is stored.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn stored_bias(units: f32) -> i16 {
    (units * BIAS_PARTS).round() as i16
}

/// A stored bias in the index's units.
pub(super) fn bias(stored: i16) -> f32 {
    f32::from(stored) / BIAS_PARTS
}
