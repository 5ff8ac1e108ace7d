//! Learning: multinomial logistic regression by stochastic gradient descent with per-weight step
//! sizes (AdaGrad; Duchi, Hazan and Singer, JMLR 2011), then pruning and rounding for the index.
//!
//! One thread, a fixed order and an exponential in software: the same content gives the same
//! weights, bit for bit, on every machine.

use std::collections::BTreeMap;

use super::rank::softmax;
use crate::index::Impact;

/// Passes over the examples. More fits the phrases closer; beyond 20 nothing is gained on `tune`.
const EPOCHS: usize = 20;
/// The first step's size.
const RATE: f32 = 0.6;
/// Pull towards zero per step, relative to the step: larger means fewer, smaller weights.
const SHRINK: f32 = 2e-6;
/// Gradients smaller than this move nothing worth the time.
const NEGLIGIBLE: f32 = 1e-3;
/// The largest weight in the index: fits seven bits, one byte in a short posting list.
const LARGEST: f32 = 100.0;

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
pub(super) fn vocabulary<'t>(texts: impl Iterator<Item = &'t BTreeMap<String, f32>>, fewest: usize) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for terms in texts {
        for term in terms.keys() {
            *counts.entry(term).or_default() += 1;
        }
    }
    let frequent = counts.into_iter().filter(|&(_, count)| count >= fewest);
    frequent.enumerate().map(|(nth, (term, _))| (term.to_owned(), nth as u32)).collect()
}

/// Learns weights for `vocabulary` × `classes` and keeps those of at least `smallest` (log-odds).
pub(super) fn learn(lessons: &[Lesson], vocabulary: &BTreeMap<String, u32>, classes: usize, smallest: f32) -> Learned {
    let mut weights = vec![0.0_f32; vocabulary.len() * classes];
    let mut squares = vec![1e-4_f32; vocabulary.len() * classes];
    let mut biases = vec![0.0_f32; classes];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut random = Random(0x5EED_0F05_D0C0_0001);
    let mut gradient = vec![0.0_f32; classes];
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let rate = RATE / (1.0 + 0.1 * epoch as f32);
        for &nth in &order {
            let lesson = &lessons[nth];
            gradient.copy_from_slice(&biases);
            for &(term, strength) in &lesson.terms {
                let row = &weights[term as usize * classes..][..classes];
                for (sum, weight) in gradient.iter_mut().zip(row) {
                    *sum += strength * weight;
                }
            }
            softmax(&mut gradient);
            for &class in &lesson.classes {
                gradient[class as usize] -= 1.0 / lesson.classes.len() as f32;
            }
            let moving: Vec<(usize, f32)> = gradient
                .iter()
                .enumerate()
                .filter(|(_, slope)| slope.abs() > NEGLIGIBLE)
                .map(|(class, slope)| (class, slope * lesson.weight))
                .collect();
            for &(class, slope) in &moving {
                biases[class] -= 0.02 * rate * slope;
            }
            for &(term, strength) in &lesson.terms {
                let at = term as usize * classes;
                for &(class, slope) in &moving {
                    let step = slope * strength;
                    let square = &mut squares[at + class];
                    *square += step * step;
                    let weight = &mut weights[at + class];
                    *weight -= rate * step / square.sqrt();
                    *weight -= weight.signum() * (SHRINK * lessons.len() as f32 * rate).min(weight.abs()) * strength;
                }
            }
        }
    }
    round(&weights, &biases, vocabulary, classes, smallest)
}

fn round(weights: &[f32], biases: &[f32], vocabulary: &BTreeMap<String, u32>, classes: usize, smallest: f32) -> Learned {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs())).max(1e-3);
    let scale = largest / LARGEST;
    let mut impacts = Vec::new();
    for (term, &nth) in vocabulary {
        for class in 0..classes {
            let weight = weights[nth as usize * classes + class];
            let rounded = (weight / scale).round() as i16;
            if weight.abs() >= smallest && rounded != 0 {
                impacts.push(Impact { class: class as u16, term: term.clone(), weight: rounded });
            }
        }
    }
    impacts.sort();
    Learned { impacts, biases: biases.iter().map(|bias| (bias / scale).round() as i16).collect(), scale }
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
