//! Doubt is what a vague message may mean: topics with weights; narrowing asks it away.
//!
//! The next question is the one that is expected to reach the right topic for the least effort:
//! either the likeliest topics as a list, or one of the content's splits, whose answers leave fewer.
//! As everywhere in the dialog, a question is worth what it saves (Heckerman et al. 1995); here it
//! saves buttons to read and to press, and merchants who find none of them right.

use super::Knowledge;
use crate::content::record::record;
use crate::matching::Verdict;

/// The most topics listed at once.
pub(super) const MOST_LISTED: usize = 6;
/// What all topics together weigh. Whole numbers, so that a stored doubt is compared exactly.
const WHOLE: f32 = 10_000.0;
/// Share of a vague message's weight that goes to the topics its verdict names, when all its score
/// lies on two of them; less where it is spread. Lower ones ask broader questions, and so do better
/// by what is vaguer than what merchants say. Chosen with `eval --turns` on `tests/eval/tune.tsv`,
/// with an eye on `simulate`.
const NAMED: f32 = 0.6;
/// …of a message longer than `SHORT` characters: whoever says more has said something.
const NAMED_TOLD: f32 = 0.8;
const SHORT: usize = 10;
/// …and together with topics near those; the rest goes to all alike.
const KNOWN: f32 = 0.8;
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubt {
    /// Topic ids and what each weighs; zero rules it out.
    pub among: Vec<(String, u16)>,
    /// What all topics not named in `among` weigh together.
    pub rest: u16,
}

record!(Doubt: among rest);

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
    /// matcher surer than it has any right to be; and most of what it does not name goes to topics
    /// that share an answer of some split with those it does.
    pub(super) fn of(knowledge: &Knowledge, verdict: &Verdict) -> Self {
        let all = knowledge.titles();
        let score = |id: &str| verdict.matches.iter().find(|found| found.topic == id);
        let mut named: Vec<f32> =
            all.iter().map(|title| score(&title.id).map_or(0.0, |found| libm::sqrtf(found.score))).collect();
        scale(&mut named);
        let mut near = vec![0.0; all.len()];
        for branch in knowledge.splits().iter().flat_map(|split| &split.answers) {
            let places =
                || branch.topics.iter().map(|place| usize::from(*place)).filter(|at| *at < all.len());
            let shared: f32 = places().map(|place| named[place]).sum();
            places().for_each(|place| near[place] += shared / branch.topics.len() as f32);
        }
        scale(&mut near);
        let even = 1.0 / all.len().max(1) as f32;
        // A verdict with two clear favourites knows more than one with ten equals.
        let favoured: f32 = verdict.matches.iter().take(2).map(|found| found.score).sum();
        let told = verdict.query.chars().nth(SHORT).is_some();
        let named_share = if told { NAMED_TOLD } else { NAMED } * favoured;
        let near_share = KNOWN - named_share;
        let weigh =
            |place: usize| named_share * named[place] + near_share * near[place] + (1.0 - KNOWN) * even;
        Self::from_weights(knowledge, (0..all.len()).map(|place| (place, weigh(place))).collect())
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

/// Makes the weights sum to one, unless they are all zero.
fn scale(weights: &mut [f32]) {
    let all: f32 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= all.max(f32::MIN_POSITIVE));
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
    order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
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
