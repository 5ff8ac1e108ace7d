//! Learning: multinomial logistic regression by stochastic gradient descent with per-weight step
//! sizes (AdaGrad; Duchi, Hazan and Singer, JMLR 2011), grown sparse.
//!
//! Only a term met in a class's examples may weigh on that class. From that support the weights
//! that do least are dropped, and the rest learned on, until as few are left as the pack may
//! carry (gradual magnitude pruning; Zhu and Gupta, *To prune, or not to prune*, 2017).
//!
//! One thread, a fixed order and an exponential in software: the same content gives the same
//! weights, bit for bit, on every machine.

use std::collections::{BTreeMap, BTreeSet};

use super::rank::softmax;
use crate::index::Impact;

/// Passes over the examples before anything is dropped.
const EPOCHS: usize = 8;
/// Passes after each dropping.
const EPOCHS_AFTER: usize = 4;
/// Droppings, each leaving the same share.
const DROPPINGS: u32 = 4;
/// Passes after the last dropping.
const EPOCHS_LAST: usize = 8;
/// The first step's size.
const RATE: f32 = 0.6;
/// Gradients smaller than this move nothing worth the time.
const NEGLIGIBLE: f32 = 1e-3;
/// The largest weight in the index: fits seven bits, one byte in a short posting list.
const LARGEST: f32 = 31.0;

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
pub(super) fn vocabulary<'t>(
    texts: impl Iterator<Item = &'t BTreeMap<String, f32>>,
    fewest: usize,
) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for terms in texts {
        for term in terms.keys() {
            *counts.entry(term).or_default() += 1;
        }
    }
    counts.into_iter().filter(|&(_, count)| count >= fewest).map(|(term, _)| term.to_owned()).collect()
}

/// Learns at most `most` weights for `vocabulary` × `classes`.
pub(super) fn learn(lessons: &[Lesson], vocabulary: &[String], classes: usize, most: usize) -> Learned {
    let mut net = Net::new(lessons, vocabulary.len(), classes);
    let mut random = Random(0x5EED_0F05_D0C0_0001);
    net.train(lessons, EPOCHS, RATE, &mut random);
    let start = net.len();
    for dropping in 1..=DROPPINGS {
        let share = (most as f64 / start as f64).powf(f64::from(dropping) / f64::from(DROPPINGS));
        net.prune(((start as f64 * share) as usize).max(most), lessons);
        let epochs = if dropping == DROPPINGS { EPOCHS_LAST } else { EPOCHS_AFTER };
        net.train(lessons, epochs, RATE * 0.5, &mut random);
    }
    net.round(vocabulary)
}

/// One weight.
#[derive(Debug, Clone, Copy)]
struct Weight {
    class: u16,
    value: f32,
    /// Sum of squared gradients so far.
    square: f32,
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
        let weight = |class| Weight { class, value: 0.0, square: 1e-4 };
        let rows = support.into_iter().map(|row| row.into_iter().map(weight).collect()).collect();
        Self { rows, biases: vec![0.0; classes] }
    }

    fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    fn train(&mut self, lessons: &[Lesson], epochs: usize, rate: f32, random: &mut Random) {
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        let mut slopes = vec![0.0_f32; self.biases.len()];
        for epoch in 0..epochs {
            random.shuffle(&mut order);
            let rate = rate / (1.0 + 0.2 * epoch as f32);
            for &nth in &order {
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
                    *bias -= 0.02 * rate * *slope;
                }
                for &(term, strength) in &lesson.terms {
                    for weight in &mut self.rows[term as usize] {
                        let step = slopes[weight.class as usize] * strength;
                        if step.abs() > NEGLIGIBLE * strength {
                            weight.square += step * step;
                            weight.value -= rate * step / weight.square.sqrt();
                        }
                    }
                }
            }
        }
    }

    /// Keeps the `most` weights that move scores most: size times how strongly their term occurs.
    fn prune(&mut self, most: usize, lessons: &[Lesson]) {
        let mut mass = vec![0.0_f32; self.rows.len()];
        for lesson in lessons {
            for &(term, strength) in &lesson.terms {
                mass[term as usize] += strength * lesson.weight;
            }
        }
        let worth = |term: usize, weight: &Weight| weight.value.abs() * mass[term].sqrt();
        let mut worths: Vec<f32> = self
            .rows
            .iter()
            .enumerate()
            .flat_map(|(term, row)| row.iter().map(move |weight| (term, weight)))
            .map(|(term, weight)| worth(term, weight))
            .collect();
        if worths.len() <= most {
            return;
        }
        worths.sort_by(|a, b| b.total_cmp(a));
        let least = worths[most];
        for (term, row) in self.rows.iter_mut().enumerate() {
            row.retain(|weight| weight.value.abs() * mass[term].sqrt() > least);
        }
    }

    fn round(&self, vocabulary: &[String]) -> Learned {
        let largest =
            self.rows.iter().flatten().fold(1e-3_f32, |largest, weight| largest.max(weight.value.abs()));
        let scale = largest / LARGEST;
        let mut impacts = Vec::new();
        for (term, row) in vocabulary.iter().zip(&self.rows) {
            for weight in row {
                let rounded = (weight.value / scale).round() as i16;
                if rounded != 0 {
                    impacts.push(Impact { class: weight.class, term: term.clone(), weight: rounded });
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
