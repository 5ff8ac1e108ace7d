//! The part of what was learned that is not in the index.

use serde::{Deserialize, Serialize};

use super::Courtesy;

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

/// Biases and scale of the regression, and what its classes are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// What each document of the index stands for.
    pub classes: Vec<Class>,
    /// Added to each class's score, in the index's units.
    pub biases: Vec<i16>,
    /// Index units to log-odds.
    pub scale: f32,
}
