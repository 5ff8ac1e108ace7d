//! What goes into a model, so that an ablation can leave any of it out.

use crate::rng::{Rng, seed};
use crate::text::Strengths;

/// Something that understanding is made of, and that can be left out to see what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ingredient {
    /// Full width, Traditional, circled and the like become one character.
    Folds,
    /// The lexicon's spellings are put right: censor-dodging, slips, dialect, English.
    Spellings,
    /// Single sounds beside characters.
    Sounds,
    /// Pairs of sounds.
    Pairs,
    /// Beginnings of foreign words.
    Beginnings,
    /// What is ruled out is heard more quietly.
    Attention,
    /// Phrases reworded with the lexicon's synonyms.
    Synonyms,
    /// Causes, steps and answers of the articles.
    Articles,
    /// Examples of vague messages.
    Vague,
    /// Examples of messages that are not ours.
    NotOurs,
    /// Terms lost while learning.
    Noise,
    /// Response codes.
    Codes,
}

impl Ingredient {
    /// All of them, in the order in which a message meets them.
    pub const ALL: [Self; 12] = [
        Self::Folds,
        Self::Spellings,
        Self::Codes,
        Self::Attention,
        Self::Sounds,
        Self::Pairs,
        Self::Beginnings,
        Self::Synonyms,
        Self::Articles,
        Self::Vague,
        Self::NotOurs,
        Self::Noise,
    ];
}

/// One pass in so many is enough for whoever only wants to see what a page looks like.
const QUICK: usize = 4;

/// Everything but what is left out. What ships leaves out nothing.
#[derive(Debug, Clone, Default)]
pub struct Recipe {
    left_out: Vec<Ingredient>,
    /// Whether to be done soon.
    quick: bool,
    /// Mixed into every seed; 0 for what ships.
    luck: u64,
}

impl Recipe {
    /// Everything but `ingredient`.
    pub fn without(ingredient: Ingredient) -> Self {
        Self { left_out: vec![ingredient], ..Self::default() }
    }

    /// Everything, learned in fewer passes, and nothing kept back: two or three messages in a hundred
    /// are understood otherwise than by what ships, and the lines between answering, asking back and
    /// refusing are where they usually are, not where this content puts them. For whoever waits for a
    /// page to reload.
    pub fn quick() -> Self {
        Self { quick: true, ..Self::default() }
    }

    /// Everything, with the `nth` other luck in what chance decides: which terms an example loses in a
    /// pass and its turn in it, which examples are kept back, which synonyms are put in. How far such
    /// models lie apart is what a difference between two of them must exceed to mean anything.
    pub fn with_luck(nth: u64) -> Self {
        Self { luck: Rng::new(nth).bits(), ..Self::default() }
    }

    /// What chance decides about `text` is drawn from this.
    pub(super) fn seed(&self, text: &str) -> u64 {
        seed(text) ^ self.luck
    }

    /// Of how many passes over the examples only one is made.
    pub(super) fn haste(&self) -> usize {
        if self.quick { QUICK } else { 1 }
    }

    /// Whether another model is made to try what was kept back from it.
    pub(super) fn tries(&self) -> bool {
        !self.quick
    }

    /// Whether `ingredient` is in.
    pub(super) fn has(&self, ingredient: Ingredient) -> bool {
        !self.left_out.contains(&ingredient)
    }

    /// How loud each kind of term is to be.
    pub(super) fn strengths(&self) -> Strengths {
        let mut strengths = Strengths::default();
        if !self.has(Ingredient::Sounds) {
            strengths.sound = 0.0;
        }
        if !self.has(Ingredient::Pairs) {
            strengths.pair = 0.0;
        }
        if !self.has(Ingredient::Beginnings) {
            strengths.beginning = 0.0;
        }
        if !self.has(Ingredient::Attention) {
            strengths.ruled_out = 1.0;
        }
        strengths
    }
}
