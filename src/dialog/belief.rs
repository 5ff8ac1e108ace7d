//! A belief is a probability for each cause of one fault, and for none of them.
//!
//! Exactly one cause is taken to be at work (the single-fault assumption of Heckerman, Breese and
//! Rommelse, *Decision-theoretic troubleshooting*, CACM 38(3), 1995). This file is the one place
//! where the content's words become numbers.

use super::state::{Event, Outcome};
use crate::content::{Often, Question, Step, Topic};

/// Prior weights of 常见, 偶尔, 少见 before they are made to sum to one.
const COMMON: f32 = 6.0;
const SOMETIMES: f32 = 3.0;
const RARE: f32 = 1.0;
/// Prior share of faults whose cause the article does not name. Rising hands over sooner.
const UNNAMED: f32 = 0.08;
/// How much an answer that speaks for a cause, says nothing of it, or speaks against it weighs
/// among the answers of its question. Their ratios are how far an answer is trusted: merchants
/// misread lights and labels.
const FOR: f32 = 8.0;
const SILENT: f32 = 2.0;
const AGAINST: f32 = 0.3;
/// Chance that a step leaves the cause it should remove: done wrongly, or in haste.
const BOTCHED: f32 = 0.12;

/// Probabilities of a topic's causes, in its order, and of an unnamed one last.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// One per cause, then one for "none of these"; sums to 1.
    pub causes: Vec<f32>,
}

impl Belief {
    /// What the article's own frequencies say before anything is known.
    pub fn prior(topic: &Topic) -> Self {
        let weight = |often| match often {
            Often::Common => COMMON,
            Often::Sometimes => SOMETIMES,
            Often::Rare => RARE,
        };
        let mut causes: Vec<f32> = topic.causes.iter().map(|cause| weight(cause.often)).collect();
        let sum: f32 = causes.iter().sum();
        let named = if causes.is_empty() { 0.0 } else { 1.0 - UNNAMED };
        for cause in &mut causes {
            *cause *= named / sum;
        }
        causes.push(1.0 - named);
        Self { causes }
    }

    /// The prior after everything that happened.
    pub fn after(topic: &Topic, events: &[Event]) -> Self {
        let mut belief = Self::prior(topic);
        for event in events {
            belief.learn(topic, event);
        }
        belief
    }

    /// Takes one more event in. What names a question or step that is gone says nothing.
    pub fn learn(&mut self, topic: &Topic, event: &Event) {
        match event {
            Event::Answered { question, answer: Some(answer) } => {
                if let Some(question) = topic.questions.iter().find(|known| known.id == *question) {
                    self.weigh(|cause| likelihood(topic, question, *answer, cause));
                }
            }
            Event::Tried { step, outcome: Outcome::Failed } => {
                if let Some(step) = topic.steps.iter().find(|known| known.id == *step) {
                    self.weigh(|cause| if fixes(topic, step, cause) { BOTCHED } else { 1.0 });
                }
            }
            Event::Answered { answer: None, .. } | Event::Tried { .. } => {}
        }
    }

    /// Probability that `step` ends the fault.
    pub fn fixed_by(&self, topic: &Topic, step: &Step) -> f32 {
        let hit = (0..topic.causes.len()).filter(|&cause| fixes(topic, step, cause));
        hit.map(|cause| self.causes[cause] * (1.0 - BOTCHED)).sum()
    }

    /// Probability of each answer to `question`.
    pub fn answers(&self, topic: &Topic, question: &Question) -> Vec<f32> {
        (0..question.answers.len())
            .map(|answer| {
                let each = self.causes.iter().enumerate();
                each.map(|(cause, belief)| belief * likelihood(topic, question, answer, cause)).sum()
            })
            .collect()
    }

    fn weigh(&mut self, likelihood: impl Fn(usize) -> f32) {
        for (cause, belief) in self.causes.iter_mut().enumerate() {
            *belief *= likelihood(cause);
        }
        let sum: f32 = self.causes.iter().sum();
        if sum > 0.0 {
            self.causes.iter_mut().for_each(|belief| *belief /= sum);
        }
    }
}

/// Whether `step` removes the cause numbered `cause`; nothing removes the unnamed one.
fn fixes(topic: &Topic, step: &Step, cause: usize) -> bool {
    topic.causes.get(cause).is_some_and(|cause| step.fixes.contains(&cause.id))
}

/// P(answer | cause): the answer's weight among all answers of its question.
fn likelihood(topic: &Topic, question: &Question, answer: usize, cause: usize) -> f32 {
    let weight = |answer: &crate::content::Answer| match topic.causes.get(cause) {
        Some(cause) if answer.for_causes.contains(&cause.id) => FOR,
        Some(cause) if answer.against_causes.contains(&cause.id) => AGAINST,
        _ => SILENT,
    };
    let all: f32 = question.answers.iter().map(weight).sum();
    question.answers.get(answer).map_or(1.0, |given| weight(given) / all)
}
