//! Doubt is what a vague message may mean: topics with weights; narrowing asks it away.
//!
//! The next question is the one that is expected to reach the right topic for the least effort:
//! either the likeliest topics as a list, or one of the content's splits, whose answers leave fewer.
//! As everywhere in the dialog, a question is worth what it saves (Heckerman et al. 1995); here it
//! saves buttons to read and to press, and merchants who find none of them right.

use serde::{Deserialize, Serialize};

use super::Knowledge;
use crate::matching::Verdict;

/// The most topics listed at once.
pub(super) const MOST_LISTED: usize = 6;
/// What all topics together weigh. Whole numbers, so that a stored doubt is compared exactly.
const WHOLE: f32 = 10_000.0;
/// Share of a vague message's weight that stays with topics its verdict does not name. Rising asks
/// broader questions. Chosen with `simulate`: right answers to held-out vague openings.
const UNNAMED: f32 = 0.6;
/// Effort of pressing a button, of reading one more topic's label, and of reading one more answer
/// of a split, which is worded for it.
const PRESS: f32 = 1.0;
const READ_TOPIC: f32 = 0.15;
const READ_ANSWER: f32 = 0.05;
/// Effort when none of the buttons is right: reading them all for nothing, then starting again.
const LOST: f32 = 5.0;
/// Splits asked in thought before a list must come.
const LOOK_AHEAD: usize = 2;
/// A topic this likely after an answer is taken without asking again.
const SURE: f32 = 0.85;
/// A topic less likely than this is not worth its place in a list.
const PLAUSIBLE: f32 = 0.02;

/// What the merchant may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Topic ids and what each weighs; zero rules it out.
    pub among: Vec<(String, u16)>,
    /// What all topics not named in `among` weigh together.
    pub rest: u16,
}

/// How to go on narrowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Narrowing {
    /// It can only be this topic.
    Sure(String),
    /// Offer these topics.
    List(Vec<String>),
    /// Ask the split in this place.
    Split(usize),
    /// Nothing is left.
    Nothing,
}

/// A topic's place among the titles, and its weight.
type Weights = Vec<(usize, f32)>;

impl Doubt {
    /// Anything is possible, except `topics`.
    pub(super) fn anything_but(topics: &[String]) -> Self {
        Self { among: topics.iter().map(|topic| (topic.clone(), 0)).collect(), rest: WHOLE as u16 }
    }

    /// What a verdict leaves open. Roots of the scores, because a message that is vague makes the
    /// matcher surer than it has any right to be.
    pub(super) fn of(verdict: &Verdict) -> Self {
        let roots: Vec<f32> = verdict.matches.iter().map(|found| libm::sqrtf(found.score)).collect();
        let sum: f32 = roots.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let weight = |root: &f32| (WHOLE * (1.0 - UNNAMED) * root / sum) as u16;
        let among = verdict.matches.iter().zip(&roots);
        Self {
            among: among.map(|(found, root)| (found.topic.clone(), weight(root))).collect(),
            rest: (WHOLE * UNNAMED) as u16,
        }
    }

    /// Both what was said before and what is said now.
    pub(super) fn and(&self, knowledge: &Knowledge, now: &Self) -> Self {
        let then = self.weights(knowledge);
        let both = now.weights(knowledge).into_iter().filter_map(|(place, weight)| {
            let before = then.iter().find(|(known, _)| *known == place)?.1;
            Some((place, weight * before))
        });
        Self::from_weights(knowledge, both.collect())
    }

    /// Without `topics`.
    pub(super) fn without(&self, topics: &[String]) -> Self {
        let mut left = self.clone();
        for topic in topics {
            match left.among.iter_mut().find(|(known, _)| known == topic) {
                Some((_, weight)) => *weight = 0,
                None => left.among.push((topic.clone(), 0)),
            }
        }
        left
    }

    /// What the answer numbered `answer` leaves; without a number, what 都不是 leaves.
    pub(super) fn after(&self, knowledge: &Knowledge, split: usize, answer: Option<usize>) -> Self {
        let Some(split) = knowledge.splits().get(split) else { return Self::default() };
        let mut weights = self.weights(knowledge);
        weights.retain(|(place, _)| match answer {
            Some(answer) => split.answers.get(answer).is_some_and(|branch| holds(branch, *place)),
            None => !split.answers.iter().any(|branch| holds(branch, *place)),
        });
        Self::from_weights(knowledge, weights)
    }

    /// The next question. The first one is asked even of what seems sure: it is in doubt.
    pub(super) fn next(&self, knowledge: &Knowledge, first: bool) -> Narrowing {
        let ahead = if first { LOOK_AHEAD } else { LOOK_AHEAD - 1 };
        best(knowledge, &self.weights(knowledge), ahead, first).0
    }

    fn weights(&self, knowledge: &Knowledge) -> Weights {
        let named = |id: &str| self.among.iter().find(|(known, _)| known == id);
        let others = knowledge.titles().iter().filter(|title| named(&title.id).is_none()).count();
        let each = f32::from(self.rest) / others.max(1) as f32;
        let all = knowledge.titles().iter().enumerate();
        let weigh = all.map(|(place, title)| (place, named(&title.id).map_or(each, |one| f32::from(one.1))));
        weigh.filter(|(_, weight)| *weight > 0.0).collect()
    }

    fn from_weights(knowledge: &Knowledge, weights: Weights) -> Self {
        let all = mass(&weights).max(f32::MIN_POSITIVE);
        let each = weights
            .iter()
            .map(|(place, weight)| (knowledge.titles()[*place].id.clone(), (WHOLE * weight / all) as u16));
        Self { among: each.filter(|(_, weight)| *weight > 0).collect(), rest: 0 }
    }
}

fn holds(branch: &crate::matching::Branch, place: usize) -> bool {
    branch.topics.iter().any(|topic| usize::from(*topic) == place)
}

fn mass(weights: &[(usize, f32)]) -> f32 {
    weights.iter().map(|(_, weight)| weight).sum()
}

/// The best question and its expected effort, weighted by the chance of getting here.
fn best(knowledge: &Knowledge, weights: &[(usize, f32)], ahead: usize, first: bool) -> (Narrowing, f32) {
    let all = mass(weights);
    let mut order: Weights = weights.to_vec();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let Some(&(top, most)) = order.first() else { return (Narrowing::Nothing, 0.0) };
    let id = |place: usize| knowledge.titles()[place].id.clone();
    if !first && (most >= SURE * all || order.len() == 1) {
        return (Narrowing::Sure(id(top)), LOST * (all - most));
    }
    order.truncate(MOST_LISTED);
    order.retain(|(_, weight)| *weight >= PLAUSIBLE * all);
    let read = PRESS + READ_TOPIC * order.len() as f32;
    let list = order.iter().map(|(place, _)| id(*place)).collect();
    let mut best = (Narrowing::List(list), all * read + LOST * (all - mass(&order)));
    if ahead == 0 {
        return best;
    }
    for (nth, split) in knowledge.splits().iter().enumerate() {
        let branches = || split.answers.iter();
        // Whoever finds two answers right presses either.
        let ways = |place| branches().filter(|branch| holds(branch, place)).count();
        let shared: Weights = weights
            .iter()
            .map(|(place, weight)| (*place, weight / ways(*place) as f32))
            .filter(|(_, weight)| weight.is_finite())
            .collect();
        let read = PRESS + READ_ANSWER * split.answers.len() as f32;
        let mut effort = all * read;
        let mut left = all;
        for branch in branches() {
            let part: Weights = shared.iter().copied().filter(|(place, _)| holds(branch, *place)).collect();
            left -= mass(&part);
            effort += self::best(knowledge, &part, ahead - 1, false).1;
            if effort >= best.1 {
                break;
            }
        }
        effort += LOST * left.max(0.0);
        if effort < best.1 {
            best = (Narrowing::Split(nth), effort);
        }
    }
    best
}
