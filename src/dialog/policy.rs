//! The policy picks the next move: the one with the least expected minutes to repair.
//!
//! Its backbone is a [`plan`] without questions: steps go by P(fixes) / minutes, which is optimal
//! for a single fault and independent steps (Kadane and Simon, *Optimal strategies for a class of
//! constrained sequential problems*, Annals of Statistics 5(2), 1977), up to the point where a
//! person takes over for less. From there it looks a few moves ahead ([`LOOK_AHEAD`]): every step
//! and every answer to every question is tried in thought, and judged by the plan that would
//! follow. A question is thus asked only when the minutes it is expected to save exceed those it
//! takes (Heckerman et al. 1995); looking ahead from a good plan can only improve on it (rollout:
//! Bertsekas and Castañon, Journal of Heuristics 5, 1999), and catches what one step of it
//! overlooks: two questions that pay only together, steps that fix several causes or share an
//! effort (Jensen et al., *The SACSO methodology for troubleshooting complex systems*, AI EDAM
//! 15(4), 2001).
//!
//! Risk overrides the arithmetic. Safety steps at an article's beginning come before anything else;
//! where an article keeps its order (a result is unknown, someone may be hurt), the arithmetic may
//! ask, stop for a person, and pass over a step that an answer speaks against, but never turn two
//! steps round, and never pass over what is done to be safe or to know how a transaction ended.

use super::belief::{Belief, Odds};
use super::state::{Event, Focus, Outcome};
use crate::content::{ALL_STEPS, Kind, Risk, Step, Topic};

/// Minutes until a person on the phone has the merchant going again, waiting included. Rising
/// keeps merchants trying longer; at zero everyone is handed over at once.
pub const HAND_OVER: f32 = 25.0;
/// Moves tried in thought before the plan takes over.
const LOOK_AHEAD: usize = 2;
/// Minutes a move must save over another to be preferred: noise must not decide, nor should a
/// question be asked for seconds.
const MARGIN: f32 = 0.01;

/// What to do next. Indices point into the topic's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Ask this question.
    Ask(usize),
    /// Have this step done.
    Do(usize),
    /// Hand over to a person.
    HandOver,
}

/// The next move on `topic`, given what has happened.
pub fn next_move(topic: &Topic, focus: &Focus) -> Move {
    // Whoever passed over the look-up is not told to take the money again.
    let unchecked = topic.steps.iter().any(|step| step.always && focus.skipped(&step.id));
    let open = |step: &Step| !(focus.tried(&step.id) || unchecked && step.risk == Risk::Money);
    let steps: Vec<usize> = (0..topic.steps.len()).filter(|&step| open(&topic.steps[step])).collect();
    match steps.first() {
        // Instructions fix nothing; they are walked through to the end.
        None if topic.kind == Kind::Answer => return Move::HandOver,
        Some(&step) if topic.kind == Kind::Answer || step < leading(topic) => return Move::Do(step),
        _ => {}
    }
    let odds = Odds::of(topic);
    let questions =
        (0..topic.questions.len()).filter(|&question| !focus.asked(&topic.questions[question].id)).collect();
    let effort = last_step(topic, focus).and_then(|step| odds.steps[step].effort);
    let belief = Belief::after(topic, &focus.events);
    let spared = spared(topic, &odds, focus);
    Outlook { odds: &odds, belief, steps, questions, effort, spared }.best(LOOK_AHEAD).0
}

/// Steps that the answers so far have made pointless, where steps come in order.
fn spared(topic: &Topic, odds: &Odds, focus: &Focus) -> u32 {
    let each = focus.events.iter().filter_map(|event| match event {
        Event::Answered { question, answer: Some(answer) } => {
            let asked = topic.questions.iter().position(|known| known.id == *question)?;
            odds.questions[asked].spares.get(*answer)
        }
        _ => None,
    });
    each.fold(0, |all, spares| all | spares)
}

/// Whether a fault begins with getting people out of danger: it goes before any other trouble.
pub(super) fn is_danger(topic: &Topic) -> bool {
    let safety = topic.steps.first().is_some_and(|step| step.risk == Risk::Safety);
    topic.kind == Kind::Fault && topic.keep_order > 0 && safety
}

/// How many of the first steps keep the article's order, though questions may come between: all,
/// where a result is unknown or someone may be hurt, and for instructions, which fix nothing.
pub fn ordered(topic: &Topic) -> usize {
    let all = topic.keep_order == ALL_STEPS || topic.kind == Kind::Answer;
    if all { topic.steps.len() } else { leading(topic) }
}

/// How many steps come first, before any question: the safety steps an article begins with, and
/// those it says must stand (looking a transaction up before anything else is touched).
pub fn leading(topic: &Topic) -> usize {
    let safety = topic.steps.iter().take_while(|step| step.risk == Risk::Safety).count();
    let kept = if topic.keep_order == ALL_STEPS { 0 } else { topic.keep_order.into() };
    safety.max(kept).min(topic.steps.len())
}

/// A point the conversation may reach, and what is still open there.
struct Outlook<'o> {
    odds: &'o Odds,
    belief: Belief,
    steps: Vec<usize>,
    questions: Vec<usize>,
    effort: Option<usize>,
    spared: u32,
}

impl Outlook<'_> {
    /// The best move here and its expected minutes, weighted by the chance of getting here.
    fn best(&self, ahead: usize) -> (Move, f32) {
        let mut best = self.plan();
        if ahead == 0 {
            return best;
        }
        let mass = self.belief.mass();
        let mut consider = |next: Move, minutes: f32| {
            if minutes + MARGIN * mass < best.1 {
                best = (next, minutes);
            }
        };
        for step in self.odds.open(&self.steps, self.spared) {
            let failed = self.failed(step);
            // What can fix nothing any more is not worth a thought, unless others wait for it.
            if failed.belief.mass() < mass || step < self.odds.ordered {
                let cost = mass * self.odds.cost(step, self.effort);
                consider(Move::Do(step), cost + failed.best(ahead - 1).1);
            }
        }
        for &question in &self.questions {
            let asked = &self.odds.questions[question];
            let answers = asked.answers.iter();
            let answers = answers.zip(&asked.spares);
            let then: f32 = answers
                .map(|(chances, spares)| self.answered(question, chances, *spares).best(ahead - 1).1)
                .sum();
            consider(Move::Ask(question), mass * asked.minutes + then);
        }
        best
    }

    /// Steps by P/minutes, no questions, and a person where that is least: its first move, and
    /// its minutes.
    fn plan(&self) -> (Move, f32) {
        let odds = self.odds;
        let mut belief = self.belief.clone();
        let mut left = self.steps.clone();
        let mut effort = self.effort;
        let mut first = None;
        let mut spent = 0.0;
        let mut mass = belief.mass();
        let mut best = (Move::HandOver, mass * HAND_OVER);
        loop {
            let fixed = |step: usize| -> f32 {
                let each = belief.causes.iter().zip(&odds.steps[step].fails);
                each.map(|(weight, fails)| weight * (1.0 - fails)).sum()
            };
            let value = |step: usize| fixed(step) / odds.cost(step, effort);
            let open = odds.open(&left, self.spared).into_iter().map(|step| (step, value(step)));
            let most = open.reduce(|a, b| if b.1 > a.1 { b } else { a });
            let Some((step, _)) = most.filter(|(step, value)| *value > 0.0 || *step < odds.ordered) else {
                return best;
            };
            left.retain(|&open| open != step);
            spent += mass * odds.cost(step, effort);
            belief = belief.times(&odds.steps[step].fails);
            mass = belief.mass();
            effort = odds.steps[step].effort;
            let first = *first.get_or_insert(step);
            // One step may not pay by itself, yet pay together with those after it.
            if spent + mass * HAND_OVER < best.1 {
                best = (Move::Do(first), spent + mass * HAND_OVER);
            }
        }
    }

    fn failed(&self, step: usize) -> Self {
        Self {
            belief: self.belief.times(&self.odds.steps[step].fails),
            steps: self.steps.iter().copied().filter(|&open| open != step).collect(),
            questions: self.questions.clone(),
            effort: self.odds.steps[step].effort,
            ..*self
        }
    }

    fn answered(&self, question: usize, chances: &[f32], spares: u32) -> Self {
        Self {
            belief: self.belief.times(chances),
            steps: self.steps.clone(),
            questions: self.questions.iter().copied().filter(|&open| open != question).collect(),
            spared: self.spared | spares,
            ..*self
        }
    }
}

/// The step done last; one that was skipped opened nothing.
fn last_step(topic: &Topic, focus: &Focus) -> Option<usize> {
    let last = focus.events.iter().rev().find_map(|event| match event {
        Event::Tried { outcome: Outcome::Skipped, .. } | Event::Answered { .. } => None,
        Event::Tried { step, .. } => Some(step),
    })?;
    topic.steps.iter().position(|step| step.id == *last)
}
