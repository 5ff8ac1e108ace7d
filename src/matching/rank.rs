//! From sums to probabilities, and from probabilities to a decision.

use std::collections::BTreeMap;

use super::{Class, Decision, Model};
use crate::index::cell;
use crate::text::Analysis;

/// Log-odds added to a code's topic when the message says that it is a code.
const CODE_MARKED: f32 = 9.0;
/// Log-odds when a number merely could be a code.
const CODE_BARE: f32 = 2.0;
/// The pull towards 0 while learning makes scores timid; this makes up for it. Rising makes every
/// probability more extreme; chosen on `tests/eval/tune.tsv` for the least calibration error.
const SHARPEN: f32 = 1.85;
/// Above this probability that it is none of ours, a message is refused. How vague it is
/// says nothing of whose it is and is left out of the sum: words never met look vague, too. Lower
/// refuses more real merchants; chosen on `tests/eval/tune.tsv` and on a tenth of the content
/// held out from learning.
const NOT_OURS: f32 = 0.7;
/// Above this probability that it is too vague (given that it is ours), ask back. Vague examples
/// share theirs with their topics, so that it is never large.
const VAGUE: f32 = 0.1;
/// Below this probability of the first topic (given that it is ours), ask back.
const CONFIDENT: f32 = 0.5;
/// …and below this lead over the second, too.
const LEAD: f32 = 0.2;

/// A message's terms with their strengths: damped counts, scaled to length one, so that a long
/// story is no surer of itself than a short complaint.
pub(super) fn bag(analysis: &Analysis) -> BTreeMap<u32, f32> {
    let mut bag: BTreeMap<u32, f32> = BTreeMap::new();
    for term in &analysis.terms {
        *bag.entry(cell(term)).or_default() += 1.0;
    }
    let mut square = 0.0;
    for strength in bag.values_mut() {
        *strength = 1.0 + libm::logf(*strength);
        square += *strength * *strength;
    }
    let norm = libm::sqrtf(square).max(1.0);
    for strength in bag.values_mut() {
        *strength /= norm;
    }
    bag
}

/// Probabilities of all classes from the index's sums; `codes` are `(class, marked)`.
pub(super) fn probabilities(model: &Model, sums: &[f32], codes: &[(usize, bool)]) -> Vec<f32> {
    let mut scores: Vec<f32> = sums
        .iter()
        .zip(&model.biases)
        .map(|(sum, bias)| (sum + f32::from(*bias)) * model.scale * SHARPEN)
        .collect();
    for &(class, marked) in codes {
        scores[class] += if marked { CODE_MARKED } else { CODE_BARE };
    }
    softmax(&mut scores);
    scores
}

/// The decision, with the topics' classes ranked and their probabilities given that it is one.
pub(super) fn decide(model: &Model, probabilities: &[f32]) -> (Decision, Vec<(usize, f32)>) {
    let topic = |class: &usize| matches!(model.classes[*class], Class::Topic(_));
    let mut ranked: Vec<(usize, f32)> =
        (0..probabilities.len()).filter(topic).map(|class| (class, probabilities[class])).collect();
    let clear: f32 = ranked.iter().map(|(_, probability)| probability).sum();
    let vague = model
        .classes
        .iter()
        .position(|class| *class == Class::Vague)
        .map_or(0.0, |class| probabilities[class]);
    let ours = clear + vague;
    for (_, probability) in &mut ranked {
        *probability /= clear.max(f32::MIN_POSITIVE);
    }
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    if ours <= 0.0 || 1.0 - ours > NOT_OURS * (1.0 - vague) {
        return (Decision::None, ranked);
    }
    let first = ranked.first().map_or(0.0, |first| first.1);
    let second = ranked.get(1).map_or(0.0, |second| second.1);
    let unclear = vague / ours > VAGUE || first < CONFIDENT || first - second < LEAD;
    let decision = if unclear { Decision::Clarify } else { Decision::Answer };
    (decision, ranked)
}

/// In place; the exponential is in software so that every machine rounds alike.
pub(super) fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::expf(*score - highest);
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}
