//! Learning: multinomial logistic regression by stochastic gradient descent with per-weight step
//! sizes (AdaGrad; Duchi, Hazan and Singer, JMLR 2011), under noise, grown sparse.
//!
//! Noise: in every pass every example loses some of its terms, others each time, as messages do
//! that are misspelt, half said or said in other words; so that no topic hangs on a single term
//! (Wager, Wang and Liang, *Dropout training as adaptive regularization*, NIPS 2013). What an
//! example loses in a pass, and its turn in it, is drawn from its own text and the pass alone: so
//! an editor who adds a message moves what is learned by that message, not by the luck of all others.
//!
//! Only a term met in a class's examples may weigh on that class. From that support the weights
//! that do least are dropped, and the rest learned on, until as few are left as the pack may
//! carry (gradual magnitude pruning; Zhu and Gupta, *To prune, or not to prune*, 2017). What each
//! stage leaves is the mean over its last passes (Polyak and Juditsky, SIAM J. Control Optim. 1992),
//! which steadies the biases, for they step as far for the last example as for the first, and with
//! them what is dropped.
//!
//! One thread, a fixed order and an exponential in software: the same content gives the same
//! weights, bit for bit, on every machine.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::model::{bias, stored_bias};
use super::rank::softmax;
use crate::index::Impact;
use crate::rng::Rng;

/// Passes over all examples between two droppings.
#[derive(Debug, Clone, Copy)]
struct Stage {
    /// How many.
    passes: usize,
    /// As many of the last go into the mean.
    of_mean: usize,
    /// The first step's size.
    rate: f32,
}

/// Before anything is dropped. More passes make what is dropped less a matter of luck: ten instead
/// of six are worth two points of strangers recognised.
const FIRST: Stage = Stage { passes: 10, of_mean: 5, rate: 0.6 };
/// After each dropping.
const BETWEEN: Stage = Stage { passes: 5, of_mean: 2, rate: 0.3 };
/// After the last dropping: sparse, and so cheap.
const LAST: Stage = Stage { passes: 20, of_mean: 12, rate: 0.3 };
/// Droppings, each leaving the same share.
const DROPPINGS: u32 = 4;
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
/// The share of its terms that an example loses in each pass. Rising prepares for stranger
/// messages, and learns more slowly from what is said.
const NOISE: f32 = 0.2;
/// The largest weight in the index. Rising rounds more finely, and costs a bit per doubling.
const LARGEST: f32 = 7.0;
/// The share of weights that are no larger than `LARGEST`; the others are cut down to it.
const UNCUT: f32 = 0.99;

/// What to learn from: a bag of terms with their strengths, and the right classes.
#[derive(Debug, Clone)]
pub(super) struct Lesson {
    /// Its luck: the same text is dealt the same noise, whatever stands around it.
    pub(super) seed: u64,
    pub(super) terms: Vec<(u32, f32)>,
    pub(super) classes: Vec<u16>,
    pub(super) weight: f32,
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    /// Classes there are.
    pub(super) classes: usize,
    /// Terms there are.
    pub(super) terms: usize,
    /// Weights that may be left in the end.
    pub(super) most: usize,
    /// Whether examples lose terms.
    pub(super) noise: bool,
    /// Only one pass in so many is made; 1 for all. Rising learns sooner, and less.
    pub(super) haste: usize,
}

impl Course {
    /// `stage` with as many passes as there is time for.
    fn hurried(self, stage: Stage) -> Stage {
        let share = |passes: usize| passes.div_ceil(self.haste);
        Stage { passes: share(stage.passes), of_mean: share(stage.of_mean), ..stage }
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub(super) struct Learned {
    /// For every term the classes it speaks for or against, and how strongly.
    pub(super) rows: Vec<Vec<(u16, i16)>>,
    /// What speaks for each class before anything is said.
    pub(super) biases: Vec<i16>,
    /// Log-odds in one unit of weights and biases.
    pub(super) scale: f32,
}

impl Learned {
    /// Log-odds of every class, as an index over `rows` would add them up.
    pub(super) fn scores(&self, terms: &[(u32, f32)]) -> Vec<f32> {
        let mut scores: Vec<f32> = self.biases.iter().map(|stored| bias(*stored)).collect();
        for &(term, strength) in terms {
            for &(class, weight) in &self.rows[term as usize] {
                scores[class as usize] += strength * f32::from(weight);
            }
        }
        scores.iter_mut().for_each(|score| *score *= self.scale);
        scores
    }

    /// The rows as the index wants them; `vocabulary` maps terms to cells.
    pub(super) fn impacts(&self, vocabulary: &[u32]) -> Vec<Impact> {
        let rows = vocabulary.iter().zip(&self.rows);
        let row = |(&cell, row): (&u32, &Vec<(u16, i16)>)| -> Vec<Impact> {
            row.iter().map(|&(class, weight)| Impact { class, cell, weight }).collect()
        };
        let mut impacts: Vec<Impact> = rows.flat_map(row).collect();
        impacts.sort();
        impacts
    }
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

/// Learns what `lessons` teach.
pub(super) fn learn(lessons: &[&Lesson], course: Course) -> Learned {
    let mut net = Net::new(lessons, course);
    net.train(lessons, course.hurried(FIRST));
    let start = net.values.len();
    for dropping in 1..=DROPPINGS {
        let share = (course.most as f64 / start as f64).powf(f64::from(dropping) / f64::from(DROPPINGS));
        net.prune(((start as f64 * share) as usize).max(course.most), lessons);
        if dropping < DROPPINGS {
            net.train(lessons, course.hurried(BETWEEN));
        }
    }
    net.train(lessons, course.hurried(LAST));
    net.round()
}

/// The weights, row by row, and a bias per class. Columns stand apart because most passes over a
/// row look at two of them only.
struct Net {
    /// Where the row of each term begins, and after the last where it ends.
    starts: Vec<usize>,
    classes: Vec<u16>,
    values: Vec<f32>,
    /// Sums of squared gradients since the last dropping.
    squares: Vec<f32>,
    biases: Vec<f32>,
    noise: f32,
    /// Passes made so far.
    passes: u64,
}

impl Net {
    fn new(lessons: &[&Lesson], course: Course) -> Self {
        let mut support = vec![BTreeSet::new(); course.terms];
        for lesson in lessons {
            for &(term, _) in &lesson.terms {
                support[term as usize].extend(lesson.classes.iter().copied());
            }
        }
        let mut starts = vec![0];
        let mut classes: Vec<u16> = Vec::new();
        for row in support {
            classes.extend(row);
            starts.push(classes.len());
        }
        Self {
            starts,
            values: vec![0.0; classes.len()],
            squares: vec![SQUARE; classes.len()],
            classes,
            biases: vec![0.0; course.classes],
            noise: if course.noise { NOISE } else { 0.0 },
            passes: 0,
        }
    }

    /// Where the weights of a term stand.
    fn row(&self, term: usize) -> Range<usize> {
        self.starts[term]..self.starts[term + 1]
    }

    /// Passes over the examples, with ever smaller steps; leaves the mean of the last of them.
    fn train(&mut self, lessons: &[&Lesson], stage: Stage) {
        let mut values = vec![0.0; self.values.len()];
        let mut biases = vec![0.0; self.biases.len()];
        for pass in 0..stage.passes {
            self.pass(lessons, stage.rate / (1.0 + DECAY * pass as f32));
            if pass + stage.of_mean >= stage.passes {
                values.iter_mut().zip(&self.values).for_each(|(sum, value)| *sum += value);
                biases.iter_mut().zip(&self.biases).for_each(|(sum, bias)| *sum += bias);
            }
        }
        let mean = |sum: f32| sum / stage.of_mean as f32;
        self.values = values.into_iter().map(mean).collect();
        self.biases = biases.into_iter().map(mean).collect();
    }

    /// One pass over the examples.
    fn pass(&mut self, lessons: &[&Lesson], rate: f32) {
        self.passes += 1;
        let luck = |lesson: &Lesson| Rng::new(lesson.seed ^ Rng::new(self.passes).bits());
        let mut order: Vec<(u64, Rng, &Lesson)> = Vec::with_capacity(lessons.len());
        for lesson in lessons {
            let mut luck = luck(lesson);
            order.push((luck.bits(), luck, lesson));
        }
        order.sort_by_key(|(turn, ..)| *turn);
        let mut heard: Vec<(u32, f32)> = Vec::new();
        for (_, mut luck, lesson) in order {
            heard.clear();
            heard.extend(lesson.terms.iter().filter(|_| luck.chance() >= self.noise));
            self.step(lesson, &heard, rate);
        }
    }

    /// One step down the slope, for an example of which only some terms were `heard`.
    fn step(&mut self, lesson: &Lesson, heard: &[(u32, f32)], rate: f32) {
        let mut slopes = self.biases.clone();
        for &(term, strength) in heard {
            let row = self.row(term as usize);
            for (&class, value) in self.classes[row.clone()].iter().zip(&self.values[row]) {
                slopes[class as usize] += strength * value;
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
        for &(term, strength) in heard {
            for at in self.row(term as usize) {
                let slope = slopes[usize::from(self.classes[at])];
                if slope.abs() > NEGLIGIBLE {
                    self.adjust(at, slope * strength, rate);
                }
            }
        }
    }

    /// Moves one weight against its gradient and towards 0.
    fn adjust(&mut self, at: usize, gradient: f32, rate: f32) {
        self.squares[at] += gradient * gradient;
        let pace = rate / self.squares[at].sqrt();
        let moved = self.values[at] - pace * gradient;
        self.values[at] = moved.signum() * (moved.abs() - pace * PULL).max(0.0);
    }

    /// Keeps the `most` weights that are worth most, and forgets how far they have come.
    fn prune(&mut self, most: usize, lessons: &[&Lesson]) {
        let terms = self.starts.len() - 1;
        let mut mass = vec![0.0_f32; terms];
        for lesson in lessons {
            for &(term, strength) in &lesson.terms {
                mass[term as usize] += strength * lesson.weight;
            }
        }
        let mut worths: Vec<f32> = Vec::with_capacity(self.values.len());
        for (term, mass) in mass.iter().enumerate() {
            let spread = libm::powf(*mass, MASS);
            worths.extend(self.row(term).map(|at| {
                let side = if self.values[at] < 0.0 { AGAINST } else { 1.0 };
                side * self.values[at].abs() * libm::powf(self.squares[at], LEARNING) * spread
            }));
        }
        let mut sorted = worths.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let least = sorted.get(most).copied().unwrap_or(-1.0);
        let mut starts = vec![0];
        let (mut classes, mut values) = (Vec::new(), Vec::new());
        for term in 0..terms {
            for at in self.row(term).filter(|&at| worths[at] > least) {
                classes.push(self.classes[at]);
                values.push(self.values[at]);
            }
            starts.push(values.len());
        }
        self.squares = vec![SQUARE; values.len()];
        (self.starts, self.classes, self.values) = (starts, classes, values);
    }

    fn round(&self) -> Learned {
        let mut sizes: Vec<f32> = self.values.iter().map(|value| value.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let uncut = (sizes.len() as f32 * UNCUT) as usize;
        let scale = sizes.get(uncut).or(sizes.last()).copied().unwrap_or(1.0).max(1e-3) / LARGEST;
        let rounded = |at: usize| (self.values[at] / scale).round().clamp(-LARGEST, LARGEST) as i16;
        let row = |term: usize| -> Vec<(u16, i16)> {
            self.row(term)
                .map(|at| (self.classes[at], rounded(at)))
                .filter(|(_, weight)| *weight != 0)
                .collect()
        };
        Learned {
            rows: (0..self.starts.len() - 1).map(row).collect(),
            biases: self.biases.iter().map(|bias| stored_bias(bias / scale)).collect(),
            scale,
        }
    }
}
