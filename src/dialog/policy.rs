//! The policy picks the next move: the one with the least expected minutes to repair.
//!
//! Steps go by P(fixes) / minutes, which is optimal for a single fault and independent steps
//! (Kadane and Simon, *Optimal strategies for a class of constrained sequential problems*, Annals
//! of Statistics 5(2), 1977). A question is asked only when the minutes it is expected to save
//! exceed those it takes, looking one step ahead (Heckerman et al. 1995). When no step left is
//! worth its minutes, a person takes over.

use super::belief::Belief;
use super::state::{Event, Focus};
use crate::content::{Kind, Risk, Step, Topic};

/// Minutes until a person on the phone has the merchant going again, waiting included. Rising
/// keeps merchants trying longer; at zero everyone is handed over at once.
const HAND_OVER: f32 = 25.0;
/// Minutes that taking part of a shared effort saves once it has been made (the cover is open).
const SHARED_EFFORT: f32 = 0.4;

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
    let belief = Belief::after(topic, &focus.events);
    let open = open_steps(topic, focus);
    // Safety and unknown results override the arithmetic: the article's order stands. So it does
    // for instructions, which fix nothing, and for safety steps that an article begins with.
    let ordered = topic.keep_order || topic.kind == Kind::Answer;
    let leading = topic.steps.iter().take_while(|step| step.risk == Risk::Safety).count();
    match open.first() {
        None if ordered => return Move::HandOver,
        Some(&step) if ordered || step < leading => return Move::Do(step),
        _ => {}
    }
    let effort = last_effort(topic, focus);
    let now = plan(topic, &belief, &open, effort);
    let mut best: Option<(usize, f32)> = None;
    for (nth, question) in topic.questions.iter().enumerate() {
        if focus.asked(&question.id) {
            continue;
        }
        let mut expected = question.minutes;
        for (answer, probability) in belief.answers(topic, question).into_iter().enumerate() {
            let mut then = belief.clone();
            then.learn(topic, &Event::Answered { question: question.id.clone(), answer: Some(answer) });
            expected += probability * plan(topic, &then, &open, effort).minutes;
        }
        if expected < now.minutes && best.is_none_or(|(_, least)| expected < least) {
            best = Some((nth, expected));
        }
    }
    match (best, now.first) {
        (Some((question, _)), _) => Move::Ask(question),
        (None, Some(step)) => Move::Do(step),
        (None, None) => Move::HandOver,
    }
}

/// What follows if nothing more is asked.
struct Plan {
    /// Expected minutes to repair, by us or by a person.
    minutes: f32,
    /// The first step, unless handing over at once is better.
    first: Option<usize>,
}

/// Steps by P/minutes until none is worth it, then a person.
fn plan(topic: &Topic, belief: &Belief, open: &[usize], effort: Option<&str>) -> Plan {
    let mut belief = belief.clone();
    let mut left: Vec<usize> = open.to_vec();
    let mut effort = effort.map(str::to_owned);
    let mut minutes = 0.0;
    let mut reached = 1.0;
    let mut first = None;
    loop {
        let cost = |step: &Step| cost(step, effort.as_deref());
        let value = |&step: &usize| {
            let step = &topic.steps[step];
            belief.fixed_by(topic, step) / cost(step)
        };
        let best =
            left.iter().enumerate().max_by(|a, b| value(a.1).total_cmp(&value(b.1)).then(b.0.cmp(&a.0)));
        let Some((at, &step)) = best.filter(|(_, step)| value(step) * HAND_OVER > 1.0) else {
            return Plan { minutes: minutes + reached * HAND_OVER, first };
        };
        left.remove(at);
        first = first.or(Some(step));
        let chosen = &topic.steps[step];
        let fixed = belief.fixed_by(topic, chosen);
        minutes += reached * cost(chosen);
        reached *= 1.0 - fixed;
        effort.clone_from(&chosen.effort);
        belief.learn(topic, &Event::failed(&chosen.id));
    }
}

fn cost(step: &Step, effort: Option<&str>) -> f32 {
    let shared = step.effort.is_some() && step.effort.as_deref() == effort;
    if shared { (step.minutes - SHARED_EFFORT).max(0.1) } else { step.minutes.max(0.1) }
}

fn open_steps(topic: &Topic, focus: &Focus) -> Vec<usize> {
    (0..topic.steps.len()).filter(|&step| !focus.tried(&topic.steps[step].id)).collect()
}

fn last_effort<'t>(topic: &'t Topic, focus: &Focus) -> Option<&'t str> {
    let last = focus.events.iter().rev().find_map(|event| match event {
        Event::Tried { step, .. } => Some(step),
        Event::Answered { .. } => None,
    })?;
    topic.steps.iter().find(|step| step.id == *last)?.effort.as_deref()
}
