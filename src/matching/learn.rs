//! Learning: multinomial logistic regression by stochastic gradient descent with per-weight step
//! sizes (AdaGrad; Duchi, Hazan and Singer, JMLR 2011), grown sparse.
//!
//! Only a term met in a class's examples may weigh on that class. From that support the weights
//! that do least are dropped, and the rest learned on, until as few are left as the pack may
//! carry (gradual magnitude pruning; Zhu and Gupta, *To prune, or not to prune*, 2017). What is
//! left at the end is the mean over the last passes (Polyak and Juditsky, SIAM J. Control Optim.
//! 1992), which steadies the biases: they step as far for the last example as for the first.
//!
//! One thread, a fixed order and an exponential in software: the same content gives the same
//! weights, bit for bit, on every machine.

use std::collections::{BTreeMap, BTreeSet};

use super::rank::softmax;
use crate::index::Impact;

/// Passes over the examples before anything is dropped.
const EPOCHS: usize = 6;
/// Passes after each dropping.
const EPOCHS_AFTER: usize = 3;
/// Droppings, each leaving the same share.
const DROPPINGS: u32 = 4;
/// Passes after the last dropping: sparse, and so cheap.
const EPOCHS_LAST: usize = 20;
/// As many of the last passes go into the mean.
const EPOCHS_MEAN: usize = 12;
/// The first step's size.
const RATE: f32 = 0.6;
/// The first step's size after a dropping.
const RATE_AFTER: f32 = 0.3;
/// How much smaller steps get from one pass to the next.
const DECAY: f32 = 0.2;
/// Steps of biases, which have no squares of their own, in proportion to those of weights.
const RATE_BIAS: f32 = 0.2;
/// Squared gradients a weight starts from, and starts again from after a dropping.
const SQUARE: f32 = 1e-4;
/// Pull of every weight towards 0 (L1). Rising spreads what is learned over more terms, which
/// understands strangers better and makes the pack larger.
const PULL: f32 = 4e-4;
/// Gradients smaller than this move nothing worth the time.
const NEGLIGIBLE: f32 = 1e-3;
/// Worth of a weight is size × (squared gradients)^this × (mass of its term)^`MASS`. Rising keeps
/// what still learns …
const LEARNING: f32 = 0.25;
/// … and rising here keeps frequent terms: fewer, with more weights each, which is smaller.
const MASS: f32 = 0.25;
/// What a weight against a class is worth beside one in its favour.
const AGAINST: f32 = 0.5;
/// The largest weight in the index. Rising rounds more finely, and costs a bit per doubling.
const LARGEST: f32 = 7.0;
/// The share of weights that are no larger than `LARGEST`; the others are cut down to it.
const UNCUT: f32 = 0.99;

/// What to learn from: a bag of terms with their strengths, and the right classes.
#[derive(Debug, Clone)]
pub(super) struct Lesson {
    pub(super) terms: Vec<(u32, f32)>,
    pub(super) classes: Vec<u16>,
    pub(super) weight: f32,
}

/// What came of it.
#[derive(Debug, Clone)]
pub(super) struct Learned {
    pub(super) impacts: Vec<Impact>,
    pub(super) biases: Vec<i16>,
    pub(super) scale: f32,
}

/// Gives every term that occurs in at least `fewest` texts a number.
pub(super) fn vocabulary<'t>(texts: impl Iterator<Item = &'t BTreeMap<u32, f32>>, fewest: usize) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for terms in texts {
        for &term in terms.keys() {
            *counts.entry(term).or_default() += 1;
        }
    }
    counts.into_iter().filter(|&(_, count)| count >= fewest).map(|(term, _)| term).collect()
}

/// Learns at most `most` weights for `vocabulary` × `classes`.
pub(super) fn learn(lessons: &[Lesson], vocabulary: &[u32], classes: usize, most: usize) -> Learned {
    let mut net = Net::new(lessons, vocabulary.len(), classes);
    let mut random = Random(0x5EED_0F05_D0C0_0001);
    net.train(lessons, EPOCHS, RATE, &mut random);
    let start = net.len();
    for dropping in 1..=DROPPINGS {
        let share = (most as f64 / start as f64).powf(f64::from(dropping) / f64::from(DROPPINGS));
        net.prune(((start as f64 * share) as usize).max(most), lessons);
        if dropping < DROPPINGS {
            net.train(lessons, EPOCHS_AFTER, RATE_AFTER, &mut random);
        }
    }
    net.finish(lessons, &mut random);
    net.round(vocabulary)
}

/// One weight.
#[derive(Debug, Clone, Copy)]
struct Weight {
    class: u16,
    value: f32,
    /// Sum of squared gradients since the last dropping.
    square: f32,
    /// Sum of values after each of the last passes.
    sum: f32,
}

/// The weights, a row per term, and a bias per class.
struct Net {
    rows: Vec<Vec<Weight>>,
    biases: Vec<f32>,
}

impl Net {
    fn new(lessons: &[Lesson], terms: usize, classes: usize) -> Self {
        let mut support = vec![BTreeSet::new(); terms];
        for lesson in lessons {
            for &(term, _) in &lesson.terms {
                support[term as usize].extend(lesson.classes.iter().copied());
            }
        }
        let weight = |class| Weight { class, value: 0.0, square: SQUARE, sum: 0.0 };
        let rows = support.into_iter().map(|row| row.into_iter().map(weight).collect()).collect();
        Self { rows, biases: vec![0.0; classes] }
    }

    fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    fn train(&mut self, lessons: &[Lesson], epochs: usize, rate: f32, random: &mut Random) {
        for epoch in 0..epochs {
            self.pass(lessons, rate / (1.0 + DECAY * epoch as f32), random);
        }
    }

    /// Trains what is to stay, and leaves the mean of the last passes.
    fn finish(&mut self, lessons: &[Lesson], random: &mut Random) {
        let mut sums = vec![0.0; self.biases.len()];
        for epoch in 0..EPOCHS_LAST {
            self.pass(lessons, RATE_AFTER / (1.0 + DECAY * epoch as f32), random);
            if epoch + EPOCHS_MEAN >= EPOCHS_LAST {
                self.rows.iter_mut().flatten().for_each(|weight| weight.sum += weight.value);
                sums.iter_mut().zip(&self.biases).for_each(|(sum, bias)| *sum += bias);
            }
        }
        self.rows.iter_mut().flatten().for_each(|weight| weight.value = weight.sum / EPOCHS_MEAN as f32);
        self.biases.iter_mut().zip(&sums).for_each(|(bias, sum)| *bias = sum / EPOCHS_MEAN as f32);
    }

    /// One pass over the examples.
    fn pass(&mut self, lessons: &[Lesson], rate: f32, random: &mut Random) {
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        random.shuffle(&mut order);
        let mut slopes = vec![0.0_f32; self.biases.len()];
        for nth in order {
            let lesson = &lessons[nth];
            slopes.copy_from_slice(&self.biases);
            for &(term, strength) in &lesson.terms {
                for weight in &self.rows[term as usize] {
                    slopes[weight.class as usize] += strength * weight.value;
                }
            }
            softmax(&mut slopes);
            for &class in &lesson.classes {
                slopes[class as usize] -= 1.0 / lesson.classes.len() as f32;
            }
            for (bias, slope) in self.biases.iter_mut().zip(&mut slopes) {
                *slope *= lesson.weight;
                *bias -= RATE_BIAS * rate * *slope;
            }
            for &(term, strength) in &lesson.terms {
                for weight in &mut self.rows[term as usize] {
                    let step = slopes[weight.class as usize] * strength;
                    if step.abs() > NEGLIGIBLE * strength {
                        weight.square += step * step;
                        let pace = rate / weight.square.sqrt();
                        let moved = weight.value - pace * step;
                        weight.value = moved.signum() * (moved.abs() - pace * PULL).max(0.0);
                    }
                }
            }
        }
    }

    /// Keeps the `most` weights that are worth most, and forgets how far they have come.
    fn prune(&mut self, most: usize, lessons: &[Lesson]) {
        let mut mass = vec![0.0_f32; self.rows.len()];
        for lesson in lessons {
            for &(term, strength) in &lesson.terms {
                mass[term as usize] += strength * lesson.weight;
            }
        }
        let worth = |term: usize, weight: &Weight| {
            let side = if weight.value < 0.0 { AGAINST } else { 1.0 };
            side * weight.value.abs() * libm::powf(weight.square, LEARNING) * libm::powf(mass[term], MASS)
        };
        let mut worths: Vec<f32> = Vec::with_capacity(self.len());
        for (term, row) in self.rows.iter().enumerate() {
            worths.extend(row.iter().map(|weight| worth(term, weight)));
        }
        worths.sort_by(|a, b| b.total_cmp(a));
        let least = worths.get(most).copied().unwrap_or(-1.0);
        for (term, row) in self.rows.iter_mut().enumerate() {
            row.retain(|weight| worth(term, weight) > least);
            row.iter_mut().for_each(|weight| weight.square = SQUARE);
        }
    }

    fn round(&self, vocabulary: &[u32]) -> Learned {
        let mut sizes: Vec<f32> = self.rows.iter().flatten().map(|weight| weight.value.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let uncut = (sizes.len() as f32 * UNCUT) as usize;
        let scale = sizes.get(uncut).or(sizes.last()).copied().unwrap_or(1.0).max(1e-3) / LARGEST;
        let mut impacts = Vec::new();
        for (&cell, row) in vocabulary.iter().zip(&self.rows) {
            for weight in row {
                let rounded = (weight.value / scale).round().clamp(-LARGEST, LARGEST) as i16;
                if rounded != 0 {
                    impacts.push(Impact { class: weight.class, cell, weight: rounded });
                }
            }
        }
        impacts.sort();
        Learned {
            impacts,
            biases: self.biases.iter().map(|bias| (bias / scale).round() as i16).collect(),
            scale,
        }
    }
}

/// xorshift64*: good enough to shuffle, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            order.swap(last, self.below(last + 1));
        }
    }
}
