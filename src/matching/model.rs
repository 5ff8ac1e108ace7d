//! The part of what was learned that is not in the index.

use serde::{Deserialize, Serialize};

use super::{Courtesy, Machine};

/// What a document of the index stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// A topic as lists and buttons show it; its full title stands in the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Topic id.
    pub id: String,
    /// Group id.
    pub group: String,
    /// Title as a button.
    pub label: String,
}

/// A question that narrows a vague message down, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Its id in `splits.toml`.
    pub id: String,
    /// The question.
    pub ask: String,
    /// Its buttons.
    pub answers: Vec<Branch>,
}

/// One button of a [`Split`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The button's words.
    pub label: String,
    /// Topics it leaves: places among the [`Title`]s, rising.
    pub topics: Vec<u16>,
}

/// What scores are worth; fitted while building, see `calibrate`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// A factor on all scores: above 1 makes probabilities more extreme.
    pub sharpen: f32,
    /// Above this probability that it is none of ours, a message is refused.
    pub not_ours: f32,
    /// Above this probability that it is too vague, given that it is ours, ask back. Vague examples
    /// share theirs with their topics, so that it is never large.
    pub vague: f32,
}

impl Default for Calibration {
    /// For a corpus too small to learn it from.
    fn default() -> Self {
        Self { sharpen: 1.7, not_ours: 0.3, vague: 0.01 }
    }
}

/// Biases and scale of the regression, what its classes are, and how to read its scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// What each document of the index stands for.
    pub classes: Vec<Class>,
    /// Added to each class's score, in the index's units.
    pub biases: Vec<i16>,
    /// Index units to log-odds.
    pub scale: f32,
    /// How to read its scores.
    pub calibration: Calibration,
    /// Machines with articles of their own.
    pub machines: Vec<Machine>,
}
