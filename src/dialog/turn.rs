//! One turn of the conversation.

use super::doubt::Narrowing;
use super::reply::{Kind, Reply};
use super::show::{fallback, focused, has_more, meaning, next, options, show, standard_ready};
use super::state::{Event, Open, Outcome, State};
use super::transcript::has_arrived;
use super::understand::{self, Said};
use super::{Doubt, Knowledge, policy, wording};
use crate::content;
use crate::matching::{Courtesy, Decision, Verdict};
use crate::text::{drop_secrets, mask};

/// A new topic takes over from the one in focus only if the matcher is at least this sure.
const SWITCH: f32 = 0.5;
/// A topic answered with less certainty than this comes with a way out, 不是这个问题.
const CERTAIN: f32 = 0.9;
/// Danger named with at least this probability goes before everything else.
const DANGER: f32 = 0.35;
/// Narrowing questions in a row; after that a person is quicker.
const MOST_NARROWING: usize = 5;

/// The longest message, in characters, that is read to its end.
pub const LONGEST: usize = 4000;

/// What the merchant does.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// Types something; the verdict is what the matcher makes of it.
    Heard {
        /// As typed; card numbers are masked before anything keeps it.
        text: String,
        /// What it is about.
        verdict: Verdict,
    },
    /// Presses a button of the last reply.
    Chose(String),
}

/// The first reply of a conversation.
pub fn greet(knowledge: &Knowledge) -> (State, Reply) {
    let mut state = State::default();
    let reply = show(knowledge, &mut state);
    (state, reply)
}

/// The first reply where an earlier conversation was stored in a form that cannot be read.
pub fn forgotten(knowledge: &Knowledge) -> (State, Reply) {
    let (state, reply) = greet(knowledge);
    (state, reply.noting(wording::LOST))
}

/// What the merchant sees after `turn`. The state it returns replaces the one it was given.
pub fn respond(knowledge: &Knowledge, state: &State, turn: &Turn) -> (State, Reply) {
    let mut next = state.clone();
    next.turn = next.turn.saturating_add(1);
    let reply = match turn {
        Turn::Heard { text, verdict } => heard(knowledge, &mut next, text, verdict),
        Turn::Chose(id) => chose(knowledge, &mut next, id),
    };
    (next, reply)
}

/// The reply that a restored state was left at, in the words in which it was `told`. What is gone from
/// the content, or reads otherwise now, is passed over with a word; an article that is only still
/// under way leaves the state as it is.
pub fn resume(knowledge: &Knowledge, state: &State, told: Option<&Reply>) -> (State, Reply) {
    let mut state = state.clone();
    let gone = state.focus.as_ref().is_some_and(|focus| knowledge.label(&focus.topic).is_none());
    if !gone && !has_arrived(knowledge, &state) {
        let reply = fallback(knowledge, &state).saying(wording::ON_ITS_WAY).without("none-of-these");
        return (state, reply);
    }
    if gone {
        state.focus = None;
        state.open = Open::Greeting;
    }
    let fresh = show(knowledge, &mut state);
    // What a reply says beside the content depends on how it came about.
    let ours = matches!(fresh.kind, Kind::HandOver | Kind::Fallback | Kind::Closing | Kind::Answer);
    // …and what could not be shown then has not changed.
    let reply = match told.filter(|told| told.text != wording::ON_ITS_WAY) {
        Some(told) if !gone && (ours || told.text == fresh.text) => fresh.told(&told.text, told.note.clone()),
        None if !gone => fresh,
        _ => fresh.noting(wording::CHANGED),
    };
    (state, reply)
}

fn heard(knowledge: &Knowledge, state: &mut State, text: &str, verdict: &Verdict) -> Reply {
    let (safe, secret) = drop_secrets(&mask(text));
    let open = options(knowledge, state);
    // What gave a secret away is about the secret, whatever else it sounds like.
    let clear = verdict.decision == Decision::Answer
        && verdict.matches.first().is_some_and(|first| first.score >= CERTAIN)
        && matches!(state.open, Open::Greeting | Open::Fallback | Open::Closing);
    if secret && !clear {
        state.remember(&safe);
        return beside(knowledge, state, wording::SECRET);
    }
    let said = understand::as_said(&safe, state, verdict, &open);
    if said.is_none() {
        // 还是不行 and the like are kept as what they answer.
        state.remember(&safe);
    }
    let reply = match said {
        Some(Said::Choice(id)) => chose(knowledge, state, &id),
        Some(Said::Wait) => beside(knowledge, state, wording::TAKE_YOUR_TIME),
        Some(Said::How) => {
            let reply = show(knowledge, state);
            let how = reply.step.as_ref().and_then(|step| step.detail.clone());
            reply.noting(how.as_deref().unwrap_or(wording::NO_DETAIL))
        }
        Some(Said::Why) => {
            let reply = show(knowledge, state);
            let why = reply.because.clone();
            reply.noting(why.as_deref().unwrap_or(wording::BY_EXPERIENCE))
        }
        Some(Said::Still) => beside(knowledge, state, wording::CALL_NOW),
        Some(Said::Upset) => {
            let step = matches!(state.open, Open::Step(_));
            beside(knowledge, state, if step { wording::I_KNOW } else { wording::ONE_BY_ONE })
        }
        Some(Said::Unclear) => {
            let listed = matches!(state.open, Open::Clarify(_) | Open::Split(_));
            beside(knowledge, state, if listed { wording::PICK_LIKEST } else { wording::PICK_OR_PASS })
        }
        None if understand::evades(&safe) => {
            understood(knowledge, state, verdict).noting(wording::NO_EVASION)
        }
        None => {
            let reply = understood(knowledge, state, verdict);
            let asked_back = reply.kind == Kind::Clarify && understand::is_upset(&safe);
            if asked_back { reply.noting(wording::ONE_BY_ONE) } else { reply }
        }
    };
    let reply = if text.chars().nth(LONGEST).is_some() { reply.noting(wording::TOO_LONG) } else { reply };
    if secret { reply.noting(wording::SECRET) } else { reply }
}

fn understood(knowledge: &Knowledge, state: &mut State, verdict: &Verdict) -> Reply {
    if let Some(code) = &verdict.code {
        state.code = Some(code.clone());
    }
    let meanings = verdict.code.as_ref().map(|code| knowledge.code(code)).unwrap_or_default();
    let code = verdict.code.as_ref().map(|code| meaning(code, &meanings));
    if let Some(topic) = danger(knowledge, verdict) {
        state.turn_to(&topic);
        return proceed(knowledge, state);
    }
    let undocumented = code.is_some() && meanings.is_empty();
    if verdict.decision == Decision::None || undocumented && verdict.decision == Decision::Clarify {
        // A code that nobody has documented deserves an honest word more than a polite refusal.
        return match code {
            Some(code) => fallback(knowledge, state).saying(&code).with_ready(standard_ready()),
            None => not_understood(knowledge, state, verdict),
        };
    }
    state.misunderstood = 0;
    let focus = state.focus.as_ref();
    let narrowing = matches!(state.open, Open::Clarify(_) | Open::Split(_));
    let enough = if narrowing { CERTAIN } else { SWITCH };
    let stays = |topic: &str| focus.is_some_and(|focus| focus.topic == topic);
    let first = verdict.matches.first().filter(|first| {
        let sure = stays(&first.topic) || first.score >= enough || focus.is_none() && !narrowing;
        verdict.decision == Decision::Answer && sure
    });
    let first = first.map(|first| (first.topic.as_str(), first.score));
    // A code that says what it is outweighs what the words around it sound like.
    let mut coded = meanings.iter().map(|meaning| meaning.topic.as_str());
    let first = match coded.next() {
        Some(code) if !narrowing && coded.all(|other| other == code) && knowledge.label(code).is_some() => {
            Some((code, first.filter(|first| first.0 == code).map_or(0.0, |first| first.1)))
        }
        _ => first,
    };
    let reply = if let Some((topic, score)) = first {
        let stays = stays(topic);
        let doubt = (score < CERTAIN).then(|| Doubt::of(knowledge, verdict));
        if !stays {
            state.doubts = doubt.into_iter().collect();
        }
        state.turn_to(topic);
        proceed(knowledge, state)
    } else {
        let now = Doubt::of(knowledge, verdict);
        match state.doubts.last() {
            Some(then) if narrowing => state.doubts.push(then.and(knowledge, &now)),
            _ => state.doubts = vec![now],
        }
        narrow(knowledge, state)
    };
    match code {
        Some(code) => reply.noting(&code),
        None => reply,
    }
}

/// A topic that begins with getting people out of danger, if the message may be about one.
fn danger(knowledge: &Knowledge, verdict: &Verdict) -> Option<String> {
    let mut named = verdict.matches.iter().filter(|found| found.score >= DANGER);
    let found = named.find(|found| knowledge.topic(&found.topic).is_some_and(policy::is_danger))?;
    (verdict.decision != Decision::None).then(|| found.topic.clone())
}

/// Asks what narrows the latest doubt down most.
fn narrow(knowledge: &Knowledge, state: &mut State) -> Reply {
    let first = state.doubts.len() < 2;
    let narrowing = match state.doubts.last() {
        Some(doubt) if state.doubts.len() <= MOST_NARROWING => doubt.next(knowledge, first),
        _ => Narrowing::Nothing,
    };
    match narrowing {
        Narrowing::Sure(topic) => {
            state.turn_to(&topic);
            return proceed(knowledge, state);
        }
        Narrowing::List(topics) => state.open = Open::Clarify(topics),
        Narrowing::Split(split) => state.open = Open::Split(knowledge.splits()[split].id.clone()),
        Narrowing::Nothing => {
            state.doubts.clear();
            state.focus = None;
            state.open = Open::Fallback;
            return show(knowledge, state).saying(wording::NONE_FITS).without("none-of-these");
        }
    }
    show(knowledge, state)
}

fn not_understood(knowledge: &Knowledge, state: &mut State, verdict: &Verdict) -> Reply {
    let known = verdict.courtesy.filter(|courtesy| *courtesy != Courtesy::Nonsense);
    let text = match known {
        Some(courtesy) => wording::courtesy(courtesy),
        // The matcher has seen its like, and it is none of ours.
        None if verdict.courtesy.is_none() && !verdict.matches.is_empty() => wording::NOT_OURS,
        None => {
            state.misunderstood = state.misunderstood.saturating_add(1);
            if state.misunderstood > 1 { wording::STILL_NOT_UNDERSTOOD } else { wording::NOT_UNDERSTOOD }
        }
    };
    if text != wording::NOT_UNDERSTOOD && state.misunderstood == 0 {
        // No service desk needs to know.
        state.said.pop();
    }
    // In the middle of something, a word beside it leaves it standing.
    let busy = !matches!(state.open, Open::Greeting | Open::Fallback | Open::Closing);
    if busy && state.misunderstood < 2 {
        return beside(knowledge, state, text);
    }
    if state.focus.is_none() {
        state.open = Open::Fallback;
    }
    fallback(knowledge, state).saying(text)
}

/// A word beside what is open, which stays open: before a question or a step, which are short; instead
/// of an article or what to have ready, which are not said twice unless asked for.
fn beside(knowledge: &Knowledge, state: &mut State, text: &str) -> Reply {
    let open = show(knowledge, state);
    if matches!(state.open, Open::Answer | Open::Code | Open::HandOver) {
        open.only_saying(text)
    } else {
        open.noting(text)
    }
}

fn chose(knowledge: &Knowledge, state: &mut State, id: &str) -> Reply {
    let offered = options(knowledge, state);
    let always = matches!(id, "human" | "restart" | "undo" | "again")
        || id.starts_with("topic:")
        || id.starts_with("code:");
    // What is said in other words may mean this though no button says it.
    let said = matches!(id, "not-this" | "solved") && state.focus.is_some();
    let said =
        said && matches!(state.open, Open::Step(_) | Open::Question(_) | Open::Answer | Open::HandOver);
    let settled = id == "solved" && matches!(state.open, Open::Clarify(_) | Open::Split(_));
    if settled {
        state.open = Open::Closing;
        return show(knowledge, state);
    }
    if !always && !said && !offered.iter().any(|choice| choice.id == id) {
        return gone(knowledge, state);
    }
    if let Some(topic) = id.strip_prefix("topic:") {
        if knowledge.label(topic).is_none() && knowledge.topic(topic).is_none() {
            return gone(knowledge, state);
        }
        state.misunderstood = 0;
        if !matches!(&state.open, Open::Clarify(listed) if listed.iter().any(|known| known == topic)) {
            state.doubts.clear();
        }
        state.turn_to(topic);
        return proceed(knowledge, state);
    }
    state.misunderstood = 0;
    if let Some(code) = id.strip_prefix("code:") {
        state.code = Some(code.to_owned());
        state.open = Open::Code;
        return show(knowledge, state);
    }
    if let Some(reason) = id.strip_prefix("reason:") {
        state.reason = reason.parse().ok();
        return show(knowledge, state).saying(wording::REASON_TAKEN);
    }
    if let Some(answer) = id.strip_prefix("branch:").and_then(|nth| nth.parse().ok()) {
        return branch(knowledge, state, Some(answer));
    }
    match id {
        "human" => {
            state.open = Open::HandOver;
            let reply = show(knowledge, state);
            // Not why it ends here, but all that follows.
            let whom = reply.text.split_once('\n').map_or("", |(_, whom)| whom);
            let text = [wording::AS_YOU_WISH, "\n", whom].concat();
            reply.saying(&text)
        }
        "restart" => {
            let turn = state.turn;
            *state = State::default();
            state.turn = turn;
            show(knowledge, state)
        }
        "helped" | "no-help" => {
            state.helped = Some(id == "helped");
            let taken = if id == "helped" { wording::FEEDBACK_TAKEN } else { wording::NO_HELP_TAKEN };
            show(knowledge, state).saying(taken)
        }
        "none-of-these" => branch(knowledge, state, None),
        "again" => show(knowledge, state),
        "not-this" => not_this(knowledge, state),
        "pay-now" => {
            let pay_now = focused(knowledge, state).and_then(|topic| topic.pay_now.clone());
            let mut reply = show(knowledge, state).without("pay-now");
            reply.note = pay_now;
            reply
        }
        "undo" => undo(knowledge, state),
        _ => answered(knowledge, state, id),
    }
}

/// A button that is not open any more: what is, said again.
fn gone(knowledge: &Knowledge, state: &mut State) -> Reply {
    show(knowledge, state).noting(wording::GONE)
}

/// An answer to a narrowing question; `None` is 都不是.
fn branch(knowledge: &Knowledge, state: &mut State, answer: Option<usize>) -> Reply {
    let doubt = state.doubts.last().cloned().unwrap_or_default();
    let left = match &state.open {
        Open::Split(id) => {
            let split = knowledge.splits().iter().position(|split| split.id == *id);
            split.map_or(doubt.clone(), |split| doubt.after(knowledge, split, answer))
        }
        Open::Clarify(listed) => doubt.without(listed),
        Open::Fallback => Doubt::anything_but(knowledge.everyday()),
        _ => return show(knowledge, state),
    };
    if state.open == Open::Fallback {
        state.doubts.clear();
    }
    state.doubts.push(left);
    narrow(knowledge, state)
}

/// The topic in focus is the wrong one.
fn not_this(knowledge: &Knowledge, state: &mut State) -> Reply {
    let Some(wrong) = state.focus.take() else { return show(knowledge, state) };
    let left = match state.doubts.last() {
        Some(doubt) => doubt.without(std::slice::from_ref(&wrong.topic)),
        None => Doubt::anything_but(std::slice::from_ref(&wrong.topic)),
    };
    state.doubts.push(left);
    if !wrong.events.is_empty() {
        state.before.push(wrong);
    }
    let reply = narrow(knowledge, state);
    if reply.kind == Kind::Clarify { reply.noting(wording::WRONG_TOPIC) } else { reply }
}

/// Takes an answer or an outcome in and moves on.
fn answered(knowledge: &Knowledge, state: &mut State, id: &str) -> Reply {
    let open = state.open.clone();
    if open == Open::Code {
        state.open = Open::Closing;
        return show(knowledge, state).saying(wording::UNDERSTOOD);
    }
    let Some(focus) = &mut state.focus else { return show(knowledge, state) };
    match open {
        Open::Question(_) | Open::HandOver if id == "solved" => {
            // No step of ours: it came right by itself, or by someone else.
            focus.events.push(Event::Tried { step: String::new(), outcome: Outcome::Solved });
            state.open = Open::Closing;
            return show(knowledge, state);
        }
        Open::Question(question) => {
            let answer = id.strip_prefix("answer:").and_then(|nth| nth.parse().ok());
            focus.events.push(Event::Answered { question, answer });
        }
        Open::Step(step) => {
            let outcome = match id {
                "solved" => Outcome::Solved,
                "cannot" => Outcome::Skipped,
                _ => Outcome::Failed,
            };
            focus.events.push(Event::Tried { step, outcome });
            if outcome == Outcome::Solved {
                state.open = Open::Closing;
                return show(knowledge, state);
            }
            let reply = next(knowledge, state);
            return if outcome == Outcome::Skipped { reply.noting(wording::NO_MATTER) } else { reply };
        }
        Open::Answer if id == "solved" => {
            state.open = Open::Closing;
            return show(knowledge, state).saying(wording::UNDERSTOOD);
        }
        Open::Answer => {
            let steps = focused(knowledge, state).is_some_and(|topic| !topic.steps.is_empty());
            if steps {
                return next(knowledge, state);
            }
            state.open = Open::HandOver;
        }
        _ => return show(knowledge, state),
    }
    next(knowledge, state)
}

fn undo(knowledge: &Knowledge, state: &mut State) -> Reply {
    state.reason = None;
    let narrowing = matches!(state.open, Open::Clarify(_) | Open::Split(_));
    let fresh = state.focus.as_ref().is_none_or(|focus| focus.events.is_empty());
    let read = focused(knowledge, state).is_some_and(|topic| topic.kind == content::Kind::Answer);
    let reply = if fresh && read && state.open != Open::Answer {
        // From what an article says more, back to the article.
        proceed(knowledge, state)
    } else if state.open == Open::HandOver && has_more(knowledge, state) {
        // A person was asked for while something was still to be done: back to that.
        next(knowledge, state)
    } else if narrowing {
        state.doubts.pop();
        match (state.doubts.is_empty(), &state.focus) {
            (false, _) => narrow(knowledge, state),
            (true, Some(_)) => proceed(knowledge, state),
            (true, None) => {
                state.open = Open::Greeting;
                show(knowledge, state)
            }
        }
    } else if fresh && !state.doubts.is_empty() {
        // The topic came out of a doubt: back to its question.
        state.focus = state.before.pop();
        narrow_again(knowledge, state)
    } else {
        let taken = state.focus.as_mut().and_then(|focus| focus.events.pop());
        if taken.is_none() {
            // Nothing happened on this topic yet: leave it for the one before, or for the start.
            state.focus = state.before.pop();
        }
        match (&state.focus, taken) {
            (Some(_), Some(Event::Answered { question, .. })) => {
                state.open = Open::Question(question);
                show(knowledge, state)
            }
            (Some(_), Some(Event::Tried { step, .. })) if step.is_empty() => next(knowledge, state),
            (Some(_), Some(Event::Tried { step, .. })) => {
                state.open = Open::Step(step);
                show(knowledge, state)
            }
            (Some(_), None) => proceed(knowledge, state),
            (None, _) => {
                state.open = Open::Greeting;
                show(knowledge, state)
            }
        }
    };
    reply.noting(wording::TAKEN_BACK)
}

/// The question that led to a topic. What was sure then is asked as if it were not.
fn narrow_again(knowledge: &Knowledge, state: &mut State) -> Reply {
    loop {
        let Some(doubt) = state.doubts.last() else {
            state.open = Open::Greeting;
            return show(knowledge, state);
        };
        match doubt.next(knowledge, state.doubts.len() < 2) {
            Narrowing::Sure(_) | Narrowing::Nothing => state.doubts.pop(),
            Narrowing::List(_) | Narrowing::Split(_) => return narrow(knowledge, state),
        };
    }
}

/// The next thing to say about the topic in focus.
fn proceed(knowledge: &Knowledge, state: &mut State) -> Reply {
    let fresh = state.focus.as_ref().is_some_and(|focus| focus.events.is_empty());
    match focused(knowledge, state) {
        Some(topic) if topic.kind == content::Kind::Answer && fresh => {
            state.open = Open::Answer;
            show(knowledge, state)
        }
        Some(_) => next(knowledge, state),
        None => {
            state.open = Open::HandOver;
            // Without the article, that is all there is to show: the words, what to have ready, buttons.
            show(knowledge, state).saying(wording::ON_ITS_WAY)
        }
    }
}
