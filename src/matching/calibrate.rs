//! Calibration: what scores are worth, learned from messages that the model has not seen.
//!
//! A model knows its own examples too well for its probabilities to be believed. So another like
//! it is learned without a fourth of the examples, and what it makes of these says how sharp
//! probabilities should be (temperature scaling; Guo et al., *On calibration of modern neural
//! networks*, ICML 2017) and where to draw the lines between answering, asking back and refusing.
//! A change of the content draws them anew.
//!
//! What editors write is stranger than what merchants type, because no two phrases are to be
//! alike: of phrases kept back three in four are right first, of merchants' messages nineteen in
//! twenty. The constants below say how the one translates into the other; they were chosen on
//! `tests/eval/tune.tsv`.

use super::Calibration;
use super::rank::Shares;

/// How much surer a model may be of a merchant's message than of a phrase kept back.
const EASIER: f32 = 1.2;
/// Of phrases kept back, the share that may be refused. Rising refuses more strangers, ours and
/// others'.
const REFUSED: f32 = 0.07;
/// Of phrases kept back, the share that may be too vague for an answer.
const ASKED_BACK: f32 = 0.15;
/// Fewer phrases than this say nothing about sharpness, or about lines at a few percent.
const FEWEST: usize = 200;
/// Sharpness is looked for in this range, which is wide: what has been seen is 1.3 to 1.5.
const SHARPNESS: (f32, f32) = (0.5, 4.0);

/// A phrase kept back, and what a model made of it that had not learned it.
#[derive(Debug, Clone)]
pub(super) struct KeptBack {
    /// Log-odds of all classes.
    pub(super) scores: Vec<f32>,
    /// The right topic's class.
    pub(super) topic: usize,
}

/// What `kept` teaches about a model of which the first `topics` classes are topics.
///
/// Too few phrases, as in a corpus just begun, teach nothing: [`Calibration::default`].
pub(super) fn calibrate(kept: &[KeptBack], topics: usize) -> Calibration {
    if kept.len() < FEWEST {
        return Calibration::default();
    }
    let sharpen = EASIER * sharpness(kept, topics);
    let shares: Vec<Shares> = kept.iter().map(|phrase| Shares::of(&phrase.scores, sharpen, topics)).collect();
    let not_ours = exceeded_by(REFUSED, shares.iter().map(|shares| shares.not_ours));
    let vague = exceeded_by(ASKED_BACK, shares.iter().map(|shares| shares.vague));
    Calibration { sharpen, not_ours, vague }
}

/// The factor on scores that makes the right topics likeliest. The likelihood has one peak, which
/// golden sections close in on.
fn sharpness(kept: &[KeptBack], topics: usize) -> f32 {
    const GOLDEN: f32 = 0.618_034;
    let surprise = |sharpen: f32| -> f32 {
        kept.iter().map(|phrase| surprise(&phrase.scores[..topics], phrase.topic, sharpen)).sum()
    };
    let (mut low, mut high) = SHARPNESS;
    while high - low > 0.01 {
        let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        if surprise(left) < surprise(right) {
            high = right;
        } else {
            low = left;
        }
    }
    (low + high) / 2.0
}

/// How surprising the right class is: minus the logarithm of its probability.
fn surprise(scores: &[f32], right: usize, sharpen: f32) -> f32 {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|score| libm::expf((score - highest) * sharpen)).sum();
    libm::logf(sum) - (scores[right] - highest) * sharpen
}

/// The value that the given share of `values` exceeds.
fn exceeded_by(share: f32, values: impl Iterator<Item = f32>) -> f32 {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted[(sorted.len() as f32 * share) as usize]
}

#[cfg(test)]
mod tests {
    use super::{Calibration, KeptBack, calibrate};

    /// Phrases of two topics; every `wrong`th has the scores of the other one.
    fn phrases(many: usize, wrong: usize, score: f32) -> Vec<KeptBack> {
        let phrase = |nth: usize| {
            let topic = nth % 2;
            let given = if nth.is_multiple_of(wrong) { 1 - topic } else { topic };
            let mut scores = vec![0.0; 4];
            scores[given] = score;
            KeptBack { scores, topic }
        };
        (0..many).map(phrase).collect()
    }

    #[test]
    fn the_more_often_it_is_wrong_the_less_sure_it_is() {
        let sure = calibrate(&phrases(1000, 50, 3.0), 2).sharpen;
        let unsure = calibrate(&phrases(1000, 5, 3.0), 2).sharpen;
        assert!(sure > 1.0 && unsure < 1.0, "{sure} {unsure}");
    }

    #[test]
    fn a_corpus_just_begun_is_judged_by_default() {
        assert_eq!(calibrate(&phrases(20, 5, 3.0), 2), Calibration::default());
    }
}
