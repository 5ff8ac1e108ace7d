//! Vague openings: how soon right answers lead to the topic that was meant.
//!
//! Half of `vague.toml` is kept from the matcher, which is then asked exactly that half, and the
//! other way round: a message it has learnt by heart would say nothing about the next one.

use std::collections::BTreeMap;
use std::fmt;

use crate::content::{KnowledgeBase, Vague};
use crate::dialog::{Kind, Knowledge, Open, State, Turn, respond};
use crate::index::{Error, Pack};
use crate::matching::{Decision, Matcher, Verdict, build};

/// Turns after the opening that are counted one by one.
const MOST_TURNS: usize = 6;
/// Parts that the vague messages are dealt into, each kept from its own matcher.
const FOLDS: usize = 2;

/// Merchants who opened vaguely, each topic meant by a message counting alike.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Openings {
    /// Messages.
    pub messages: usize,
    /// Of these, such that were asked back about.
    pub asked_back: usize,
    /// Of these, such that were not taken for ours.
    pub refused: usize,
    /// What was meant by the messages asked back about.
    pub vague: Reached,
    /// What was meant by those that were answered at once, rightly or not.
    pub answered: Reached,
}

/// How soon topics were reached.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reached {
    /// Topics meant.
    pub meant: usize,
    /// Of these, such that were reached after 0, 1, 2, … right answers.
    pub after: [usize; MOST_TURNS + 1],
}

impl Reached {
    /// Share reached within so many turns after the opening, in percent.
    pub fn within(&self, turns: usize) -> f32 {
        let reached: usize = self.after.iter().take(turns + 1).sum();
        100.0 * reached as f32 / self.meant.max(1) as f32
    }

    fn add(&mut self, other: &Self) {
        self.meant += other.meant;
        self.after.iter_mut().zip(other.after).for_each(|(sum, more)| *sum += more);
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 种意思", self.meant)?;
        (0..=4).try_for_each(|turns| write!(f, "，{turns} 轮 {:.1}%", self.within(turns)))
    }
}

impl fmt::Display for Openings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at_once = self.messages - self.asked_back - self.refused;
        writeln!(f, "{} 句：反问 {} 句，{}", self.messages, self.asked_back, self.vague)?;
        if at_once > 0 {
            writeln!(f, "    直接答 {at_once} 句（答错就点「不是这个问题」），{}", self.answered)?;
        }
        if self.refused > 0 {
            writeln!(f, "    没认出来 {} 句", self.refused)?;
        }
        Ok(())
    }
}

impl Openings {
    /// Adds merchants who say a message with this verdict and mean one of `topics`.
    fn add(&mut self, knowledge: &Knowledge, verdict: &Verdict, text: &str, topics: &[String]) {
        self.messages += 1;
        let reached = match verdict.decision {
            Decision::None => {
                self.refused += 1;
                return;
            }
            Decision::Clarify => {
                self.asked_back += 1;
                &mut self.vague
            }
            Decision::Answer => &mut self.answered,
        };
        for topic in topics {
            reached.meant += 1;
            if let Some(turns) = play(knowledge, verdict, text, topic) {
                reached.after[turns] += 1;
            }
        }
    }

    fn and(mut self, other: &Self) -> Self {
        self.messages += other.messages;
        self.asked_back += other.asked_back;
        self.refused += other.refused;
        self.vague.add(&other.vague);
        self.answered.add(&other.answered);
        self
    }
}

/// Plays every vague message of the content, each kept from the matcher that hears it.
///
/// # Errors
/// If an index cannot be built.
pub fn openings(base: &KnowledgeBase, knowledge: &Knowledge) -> Result<Openings, Error> {
    let parts: Vec<Result<Openings, Error>> = std::thread::scope(|scope| {
        let started: Vec<_> =
            (0..FOLDS).map(|fold| scope.spawn(move || held_out(base, knowledge, fold))).collect();
        started.into_iter().filter_map(|part| part.join().ok()).collect()
    });
    parts.into_iter().try_fold(Openings::default(), |sum, part| Ok(sum.and(&part?)))
}

fn held_out(base: &KnowledgeBase, knowledge: &Knowledge, fold: usize) -> Result<Openings, Error> {
    let (heard, learnt): (Vec<_>, Vec<_>) =
        base.vague.iter().cloned().enumerate().partition(|(nth, _)| nth % FOLDS == fold);
    let learnt: Vec<Vague> = learnt.into_iter().map(|(_, vague)| vague).collect();
    let bytes = build(&KnowledgeBase { vague: learnt, ..base.clone() }, 0)?.finish(|_| true);
    // The index borrows its pack for as long as the process runs; there are only two.
    let matcher = Matcher::open(&Pack::open(Vec::leak(bytes))?, BTreeMap::new())?;
    let heard: Vec<Vague> = heard.into_iter().map(|(_, vague)| vague).collect();
    Ok(heard_by(&matcher, knowledge, &heard))
}

/// Plays these messages against the matcher as it is.
pub fn heard_by(matcher: &Matcher, knowledge: &Knowledge, messages: &[Vague]) -> Openings {
    let mut sums = Openings::default();
    for vague in messages {
        sums.add(knowledge, &matcher.ask(&vague.say), &vague.say, &vague.topics);
    }
    sums
}

/// The hardest opening: it says nothing at all, and every topic is as likely as any other.
pub fn says_nothing(knowledge: &Knowledge) -> Openings {
    let topics: Vec<String> = knowledge.titles().iter().map(|title| title.id.clone()).collect();
    let verdict = Verdict {
        query: String::new(),
        decision: Decision::Clarify,
        matches: Vec::new(),
        code: None,
        courtesy: None,
    };
    let mut sums = Openings::default();
    sums.add(knowledge, &verdict, "", &topics);
    sums
}

/// Right answers after the opening until `topic` is in focus; none if it never is.
fn play(knowledge: &Knowledge, verdict: &Verdict, text: &str, topic: &str) -> Option<usize> {
    let place = knowledge.titles().iter().position(|title| title.id == topic)?;
    let opening = Turn::Heard { text: text.to_owned(), verdict: verdict.clone() };
    let (mut state, mut reply) = respond(knowledge, &State::default(), &opening);
    // A word of ours may match a button by chance; that is a turn like any other.
    for turns in 0..=MOST_TURNS {
        let narrowing = reply.kind == Kind::Clarify;
        if !narrowing && state.focus.as_ref().is_some_and(|focus| focus.topic == topic) {
            return Some(turns);
        }
        let right = match &state.open {
            Open::Clarify(listed) if listed.iter().any(|known| known == topic) => format!("topic:{topic}"),
            Open::Split(id) => {
                let split = knowledge.splits().iter().find(|split| split.id == *id)?;
                let holds = |topics: &[u16]| topics.iter().any(|known| usize::from(*known) == place);
                let branch = split.answers.iter().position(|branch| holds(&branch.topics));
                branch.map_or("none-of-these".into(), |nth| format!("branch:{nth}"))
            }
            Open::Clarify(_) => "none-of-these".into(),
            Open::Fallback | Open::Greeting | Open::Closing => return None,
            // Taken for another topic: the merchant says so.
            _ => "not-this".into(),
        };
        (state, reply) = respond(knowledge, &state, &Turn::Chose(right));
    }
    None
}
