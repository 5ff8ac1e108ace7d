//! A belief is a weight for each cause of one fault, and for none of them.
//!
//! Exactly one cause is taken to be at work (the single-fault assumption of Heckerman, Breese and
//! Rommelse, *Decision-theoretic troubleshooting*, CACM 38(3), 1995). This file is the one place
//! where the content's words become numbers: [`Odds`] holds them, everything else multiplies.

use super::policy::{leading, ordered};
use super::state::{Event, Outcome};
use crate::content::{Answer, Often, Question, Risk, Step, Topic};

/// Prior weights of 常见, 偶尔, 少见 before they are made to sum to one.
const COMMON: f32 = 6.0;
const SOMETIMES: f32 = 3.0;
const RARE: f32 = 1.0;
/// Prior share of faults whose cause the article does not name. Rising hands over sooner.
const UNNAMED: f32 = 0.08;
/// How much an answer that speaks for a cause, says nothing of it, or speaks against it weighs
/// among the answers of its question. Their ratios are how far an answer is trusted: merchants
/// misread lights and labels. As they stand, a merchant whose cause an answer speaks for presses
/// that answer nine times in ten, over all questions there are. Raising `FOR` asks more.
const FOR: f32 = 12.0;
const SILENT: f32 = 2.0;
const AGAINST: f32 = 0.3;
/// Share of questions that get 不知道, whatever the cause. Rising asks less.
const DONT_KNOW: f32 = 0.1;
/// Chance that a step leaves the cause it should remove: done wrongly, or in haste.
const BOTCHED: f32 = 0.12;
/// Minutes that taking part of a shared effort saves once it has been made (the cover is open).
const SHARED_EFFORT: f32 = 0.4;
/// The least a move can take: reading it and pressing a button.
const LEAST: f32 = 0.1;

/// A topic in numbers: how often each cause occurs, and how each makes steps and answers turn out.
///
/// Causes stand in the topic's order, an unnamed one last; steps, questions and answers too.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    /// P(cause), summing to 1.
    pub prior: Vec<f32>,
    /// What may be done.
    pub steps: Vec<StepOdds>,
    /// What may be asked.
    pub questions: Vec<QuestionOdds>,
    /// Steps at the beginning that come before everything else.
    pub leading: usize,
    /// Steps at the beginning that keep the order written, though questions may come between.
    pub ordered: usize,
}

/// One step in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct StepOdds {
    /// Minutes it takes by itself.
    pub minutes: f32,
    /// The effort it shares with others, as a number.
    pub effort: Option<usize>,
    /// P(the fault is still there afterwards | cause).
    pub fails: Vec<f32>,
}

/// One question in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionOdds {
    /// Minutes it takes.
    pub minutes: f32,
    /// P(answer | cause) for each answer, 不知道 last.
    pub answers: Vec<Vec<f32>>,
    /// For each answer, the steps it makes pointless where steps come in order: one bit each.
    pub spares: Vec<u32>,
}

impl Odds {
    /// The topic's own words as numbers.
    pub fn of(topic: &Topic) -> Self {
        let causes = 0..=topic.causes.len();
        let efforts: Vec<&str> = topic.steps.iter().filter_map(|step| step.effort.as_deref()).collect();
        let step = |step: &Step| StepOdds {
            minutes: step.minutes.max(LEAST),
            effort: step.effort.as_deref().and_then(|own| efforts.iter().position(|known| *known == own)),
            fails: causes
                .clone()
                .map(|cause| if fixes(topic, step, cause) { BOTCHED } else { 1.0 })
                .collect(),
        };
        let question = |question: &Question| {
            let given =
                |answer| causes.clone().map(|cause| likelihood(topic, question, answer, cause)).collect();
            let mut answers: Vec<Vec<f32>> = (0..question.answers.len()).map(given).collect();
            answers.push(vec![DONT_KNOW; topic.causes.len() + 1]);
            let spares = question.answers.iter().map(|answer| spared(topic, answer)).chain([0]).collect();
            QuestionOdds { minutes: question.minutes.max(LEAST), answers, spares }
        };
        Self {
            prior: prior(topic),
            steps: topic.steps.iter().map(step).collect(),
            questions: topic.questions.iter().map(question).collect(),
            leading: leading(topic),
            ordered: ordered(topic),
        }
    }

    /// Which of the steps `left`, in rising order, may be done now, when `spared` are pointless.
    pub fn open(&self, left: &[usize], spared: u32) -> Vec<usize> {
        let next = left.iter().copied().find(|&step| spared & bit(step) == 0);
        match (left.first(), next) {
            (Some(&first), _) if first < self.leading => vec![first],
            (_, Some(next)) if next < self.ordered => vec![next],
            // What was spared while the order was kept is too late now.
            _ => left.iter().copied().filter(|&step| step >= self.ordered).collect(),
        }
    }

    /// Minutes for `step` right after one that took part in `effort`.
    pub fn cost(&self, step: usize, effort: Option<usize>) -> f32 {
        let step = &self.steps[step];
        let shared = step.effort.is_some() && step.effort == effort;
        if shared { (step.minutes - SHARED_EFFORT).max(LEAST) } else { step.minutes }
    }
}

/// The weight of each cause: how likely it is that this cause is at work *and* everything so far
/// happened. Left unnormalised, weights of different futures simply add up.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// One per cause, then one for "none of these".
    pub causes: Vec<f32>,
}

impl Belief {
    /// What the article's own frequencies say before anything is known.
    pub fn prior(topic: &Topic) -> Self {
        Self { causes: prior(topic) }
    }

    /// What is believed after everything that happened; sums to 1.
    pub fn after(topic: &Topic, events: &[Event]) -> Self {
        let odds = Odds::of(topic);
        let mut belief = Self { causes: odds.prior.clone() };
        for event in events {
            belief = belief.learnt(topic, &odds, event);
            // Ten thousand restored events must not end in nothing but zeros.
            let mass = belief.mass();
            belief.causes.iter_mut().for_each(|weight| *weight /= mass);
        }
        belief
    }

    /// One more event taken in. What names a question, answer or step that is gone says nothing.
    fn learnt(&self, topic: &Topic, odds: &Odds, event: &Event) -> Self {
        let chances = match event {
            Event::Answered { question, answer: Some(answer) } => {
                let asked = topic.questions.iter().position(|known| known.id == *question);
                // The last row is 不知道, which has no number among the buttons.
                asked
                    .filter(|&asked| *answer < topic.questions[asked].answers.len())
                    .map(|asked| &odds.questions[asked].answers[*answer])
            }
            Event::Tried { step, outcome: Outcome::Failed } => {
                let tried = topic.steps.iter().position(|known| known.id == *step);
                tried.map(|tried| &odds.steps[tried].fails)
            }
            Event::Answered { answer: None, .. } | Event::Tried { .. } => None,
        };
        chances.map_or_else(|| self.clone(), |chances| self.times(chances))
    }

    /// The weights when something happens that has these chances, cause by cause.
    pub fn times(&self, chances: &[f32]) -> Self {
        Self { causes: self.causes.iter().zip(chances).map(|(weight, chance)| weight * chance).collect() }
    }

    /// How likely all of this was to happen at all.
    pub fn mass(&self) -> f32 {
        self.causes.iter().sum()
    }
}

/// Steps that `answer` makes pointless: it speaks against everything they fix. Never one that is
/// done to be safe, or to know how a transaction ended.
fn spared(topic: &Topic, answer: &Answer) -> u32 {
    let pointless = |step: &Step| {
        let against = step.fixes.iter().all(|cause| answer.against_causes.contains(cause));
        against && !step.fixes.is_empty() && step.risk != Risk::Safety && !step.always
    };
    let each = topic.steps.iter().enumerate().filter(|(_, step)| pointless(step));
    each.map(|(nth, _)| bit(nth)).sum()
}

/// A step as a bit; those beyond the last bit are never spared.
fn bit(step: usize) -> u32 {
    u32::try_from(step).ok().and_then(|step| 1u32.checked_shl(step)).unwrap_or(0)
}

fn prior(topic: &Topic) -> Vec<f32> {
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
    causes
}

/// Whether `step` removes the cause numbered `cause`; nothing removes the unnamed one.
fn fixes(topic: &Topic, step: &Step, cause: usize) -> bool {
    topic.causes.get(cause).is_some_and(|cause| step.fixes.contains(&cause.id))
}

/// P(answer | cause): the answer's weight among all answers of its question.
fn likelihood(topic: &Topic, question: &Question, answer: usize, cause: usize) -> f32 {
    let weight = |answer: &Answer| match topic.causes.get(cause) {
        Some(cause) if answer.for_causes.contains(&cause.id) => FOR,
        Some(cause) if answer.against_causes.contains(&cause.id) => AGAINST,
        _ => SILENT,
    };
    let all: f32 = question.answers.iter().map(weight).sum();
    (1.0 - DONT_KNOW) * weight(&question.answers[answer]) / all
}
