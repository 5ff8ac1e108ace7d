//! From sums to probabilities, and from probabilities to a decision.

use std::collections::BTreeMap;

use super::model::bias;
use super::{Calibration, Decision, Model};
use crate::index::cell;
use crate::text::Analysis;

/// Log-odds added to a code's topic when the message says that it is a code.
const CODE_MARKED: f32 = 9.0;
/// Log-odds when a number merely could be a code.
const CODE_BARE: f32 = 2.0;
/// Below this probability of the first topic (given that it is ours), ask back: it is likelier
/// wrong than right, and a question costs a merchant less than a wrong answer.
const UNSURE: f32 = 0.4;

/// A message's terms with their strengths: damped counts, scaled to length one, so that a long
/// story is no surer of itself than a short complaint.
pub(super) fn bag(analysis: &Analysis) -> BTreeMap<u32, f32> {
    let mut heard: BTreeMap<u32, (f32, f32)> = BTreeMap::new();
    for term in &analysis.terms {
        let (count, strength) = heard.entry(cell(&term.text)).or_default();
        *count += 1.0;
        *strength = term.strength.max(*strength);
    }
    let damped = |(count, strength): (f32, f32)| strength * (1.0 + libm::logf(count));
    let mut bag: BTreeMap<u32, f32> = heard.into_iter().map(|(cell, heard)| (cell, damped(heard))).collect();
    let square: f32 = bag.values().map(|strength| strength * strength).sum();
    let norm = libm::sqrtf(square).max(1.0);
    bag.values_mut().for_each(|strength| *strength /= norm);
    bag
}

/// Log-odds of all classes from the index's sums; `codes` are `(class, marked)`.
pub(super) fn scores(model: &Model, sums: &[f32], codes: &[(usize, bool)]) -> Vec<f32> {
    let mut scores: Vec<f32> =
        sums.iter().zip(&model.biases).map(|(sum, stored)| (sum + bias(*stored)) * model.scale).collect();
    for &(class, marked) in codes {
        scores[class] += if marked { CODE_MARKED } else { CODE_BARE } / model.calibration.sharpen;
    }
    scores
}

/// A message's probabilities, shared out.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    /// Topics' classes, likeliest first, and their probabilities, given that it is one of them.
    pub(super) ranked: Vec<(usize, f32)>,
    /// That it is none of ours rather than a topic's. How vague it is says nothing of whose it is
    /// and is left out of the sum: words never met look vague, too.
    pub(super) not_ours: f32,
    /// That it is too vague for a topic, given that it is ours.
    pub(super) vague: f32,
    /// The likeliest of all classes.
    pub(super) likeliest: usize,
}

impl Shares {
    /// Of log-odds of which the first `topics` are the topics', and the next the vague class's.
    pub(super) fn of(scores: &[f32], sharpen: f32, topics: usize) -> Self {
        let mut probabilities: Vec<f32> = scores.iter().map(|score| score * sharpen).collect();
        softmax(&mut probabilities);
        let clear: f32 = probabilities[..topics].iter().sum();
        let vague = probabilities.get(topics).copied().unwrap_or_default();
        let others: f32 = probabilities.iter().skip(topics + 1).sum();
        let of = |whole: f32, part: f32| part / whole.max(f32::MIN_POSITIVE);
        let mut ranked: Vec<(usize, f32)> =
            probabilities[..topics].iter().map(|&probability| of(clear, probability)).enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let likeliest = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        Self {
            ranked,
            not_ours: of(clear + others, others),
            vague: of(clear + vague, vague),
            likeliest: likeliest.unwrap_or_default(),
        }
    }

    /// What to do with the message.
    pub(super) fn decide(&self, calibration: &Calibration) -> Decision {
        let first = self.ranked.first().map_or(0.0, |first| first.1);
        if first == 0.0 || self.not_ours > calibration.not_ours {
            Decision::None
        } else if self.vague > calibration.vague || first < UNSURE {
            Decision::Clarify
        } else {
            Decision::Answer
        }
    }
}

/// Log-odds so far below the highest that they are as good as none.
const NOTHING: f32 = 20.0;

/// In place; the exponential is in software so that every machine rounds alike.
pub(super) fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        // Most classes of most messages are far off: what adds less than one in a billion adds nothing.
        *score = if *score < highest - NOTHING { 0.0 } else { libm::expf(*score - highest) };
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}
