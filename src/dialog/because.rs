//! Why this question or this step, in one short sentence, from what is believed now.
//!
//! Words, never percentages. The article's own sentence stands where nothing has been learnt that
//! says more; right after an answer or a failed step, what it changed is the better reason.

use super::belief::{Belief, Odds};
use super::policy::{leading, ordered};
use super::state::{Event, Focus, Outcome};
use crate::content::{Question, Step, Topic};

/// From this probability on a cause may be called the likely one.
const LIKELY: f32 = 0.45;
/// The longest names of causes, in characters, that fit into one sentence whole.
const LONGEST: usize = 18;

/// Why `step`.
pub(super) fn step(topic: &Topic, focus: &Focus, step: &Step) -> Option<String> {
    let own = step.because.clone();
    let place = topic.steps.iter().position(|known| known.id == step.id)?;
    if place < ordered(topic).max(leading(topic)) {
        return own;
    }
    let belief = named(topic, focus);
    let fixed = (0..belief.len()).filter(|&cause| step.fixes.contains(&topic.causes[cause].id));
    let Some(cause) = fixed.max_by(|&a, &b| belief[a].total_cmp(&belief[b])) else { return own };
    let likeliest = belief.iter().all(|other| *other <= belief[cause]);
    let name = short(&topic.causes[cause].name);
    let rank = |words: &str| Some([words, name, "。"].concat());
    match focus.events.last() {
        Some(Event::Answered { answer: Some(_), .. }) if likeliest && belief[cause] >= LIKELY => {
            rank("照您说的，多半是")
        }
        Some(Event::Answered { answer: Some(_), .. }) if !likeliest => rank("不一定，但试一下很快，先排除"),
        Some(Event::Tried { outcome: Outcome::Failed, .. }) if likeliest && belief[cause] >= LIKELY => {
            rank("刚才那个排除了，现在最像的是")
        }
        _ if own.is_some() => own,
        _ if likeliest => rank("最常见的原因，先排除："),
        _ => rank("这一步快，顺手排除"),
    }
}

/// Why `question`: which two likely causes it tells apart; nothing where that was said of the
/// question before it.
pub(super) fn question(topic: &Topic, focus: &Focus, question: &Question) -> Option<String> {
    let (a, b) = told_apart(topic, focus, &question.id)?;
    if let Some((Event::Answered { question: asked, .. }, before)) = focus.events.split_last() {
        let before = Focus { topic: focus.topic.clone(), events: before.to_vec() };
        if told_apart(topic, &before, asked).is_some_and(|pair| pair == (a, b) || pair == (b, a)) {
            return None;
        }
    }
    let belief = named(topic, focus);
    let likeliest = belief.iter().filter(|other| **other > belief[b]).count() < 2;
    let (a, b) = (short(&topic.causes[a].name), short(&topic.causes[b].name));
    let asked = focus.events.iter().any(|event| matches!(event, Event::Answered { .. }));
    let tried = focus.events.iter().any(|event| matches!(event, Event::Tried { .. }));
    let [before, between, after] = if tried {
        ["剩下的里头，要分清是「", "」还是「", "」。"]
    } else if asked {
        ["接着分清：是「", "」，还是「", "」。"]
    } else if likeliest {
        ["最常见的是「", "」和「", "」，先分清再动手。"]
    } else {
        ["可能是「", "」，也可能是「", "」，先分清，少白忙。"]
    };
    Some([before, a, between, b, after].concat())
}

/// The two causes that the question tells apart best, given how likely they are; likelier first.
fn told_apart(topic: &Topic, focus: &Focus, question: &str) -> Option<(usize, usize)> {
    let place = topic.questions.iter().position(|known| known.id == question)?;
    let belief = named(topic, focus);
    let odds = Odds::of(topic);
    let answers = &odds.questions[place].answers;
    let apart = |a: usize, b: usize| -> f32 {
        let each = answers.iter().map(|chances| (chances[a] - chances[b]).abs());
        belief[a] * belief[b] * each.sum::<f32>()
    };
    let pairs = (0..belief.len()).flat_map(|a| (a + 1..belief.len()).map(move |b| (a, b)));
    let (a, b) = pairs.max_by(|x, y| apart(x.0, x.1).total_cmp(&apart(y.0, y.1)))?;
    (apart(a, b) > 0.0).then(|| if belief[b] > belief[a] { (b, a) } else { (a, b) })
}

/// P(cause) of the named causes.
fn named(topic: &Topic, focus: &Focus) -> Vec<f32> {
    let mut belief = Belief::after(topic, &focus.events).causes;
    belief.truncate(topic.causes.len());
    belief
}

/// A cause's name, or its first clause where the whole is long.
fn short(name: &str) -> &str {
    if name.chars().count() <= LONGEST {
        return name;
    }
    let end = name.find(['，', '（', '；']).unwrap_or(name.len());
    &name[..end]
}
