//! One turn of the conversation.

use super::policy::{Move, next_move};
use super::reply::{Choice, Kind, Reply, StepView};
use super::state::{Event, Open, Outcome, State};
use super::{Knowledge, understand, wording};
use crate::content::{self, ResponseCode, Retry, Topic};
use crate::matching::{Courtesy, Decision, Verdict};
use crate::text::{drop_secrets, mask};

/// The most topics offered at once.
const MOST_OFFERED: usize = 6;
/// A new topic takes over from the one in focus only if the matcher is at least this sure.
const SWITCH: f32 = 0.5;

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
    let state = State::default();
    let reply = Reply { options: everyday(knowledge), ..plain(&state, Kind::Greeting, wording::GREETING) };
    (state, reply)
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

/// The reply that a restored state was left at, said again. What it names that is gone from the
/// content is passed over.
pub fn resume(knowledge: &Knowledge, state: &State) -> (State, Reply) {
    let mut state = state.clone();
    let reply = again(knowledge, &mut state);
    (state, reply)
}

/// The buttons that are open in `state`, as the last reply showed them.
pub fn options(knowledge: &Knowledge, state: &State) -> Vec<Choice> {
    again(knowledge, &mut state.clone()).options
}

fn heard(knowledge: &Knowledge, state: &mut State, text: &str, verdict: &Verdict) -> Reply {
    let (safe, secret) = drop_secrets(&mask(text));
    state.remember(&safe);
    let open: Vec<(String, String)> =
        options(knowledge, state).into_iter().map(|choice| (choice.id, choice.label)).collect();
    let mut reply = match understand::as_choice(text, &state.open, &open) {
        Some(id) => chose(knowledge, state, &id),
        None => understood(knowledge, state, verdict),
    };
    if secret {
        reply.note = Some(wording::SECRET.to_owned());
    }
    reply
}

fn understood(knowledge: &Knowledge, state: &mut State, verdict: &Verdict) -> Reply {
    if let Some(code) = &verdict.code {
        state.code = Some(code.clone());
    }
    let note = verdict.code.as_ref().map(|code| meaning(code, &knowledge.code(code)));
    let decision = verdict.decision;
    let first = verdict.matches.first();
    let mut reply = match (decision, first) {
        // A code that nobody has documented deserves an honest word more than a polite refusal.
        (Decision::None, _) if note.is_some() => {
            let text = note.clone().unwrap_or_default();
            return Reply { text, ready: standard_ready(), ..fallback(knowledge, state) };
        }
        (Decision::None, _) | (_, None) => {
            // In the middle of a topic, what was not understood leaves its step standing.
            let mut reply = not_understood(knowledge, state, verdict);
            if state.focus.is_some() && known_trouble(verdict) && state.misunderstood < 2 {
                let words = reply.text;
                reply = again(knowledge, state);
                reply.note = Some(words);
            }
            return reply;
        }
        (Decision::Answer, Some(first)) => {
            let stays = state.focus.as_ref().is_some_and(|focus| focus.topic == first.topic);
            if state.focus.is_some() && !stays && first.score < SWITCH {
                clarify(knowledge, state, verdict)
            } else {
                state.turn_to(&first.topic);
                proceed(knowledge, state)
            }
        }
        (Decision::Clarify, Some(_)) => clarify(knowledge, state, verdict),
    };
    state.misunderstood = 0;
    reply.note = note.or(reply.note);
    reply
}

/// Whether a message that is not understood was at least meant as one about trouble.
fn known_trouble(verdict: &Verdict) -> bool {
    verdict.courtesy.is_none_or(|courtesy| courtesy == Courtesy::Nonsense)
}

/// What a code means, once for each kind of screen, or an honest word where nobody documents it.
fn meaning(code: &str, meanings: &[&ResponseCode]) -> String {
    match meanings {
        [] => wording::UNKNOWN_CODE.to_owned(),
        [only] => [code, "：", &only.meaning].concat(),
        several => {
            let each = several.iter();
            let each = each.map(|one| [screen(one.system), "屏幕上的 ", code, "：", &one.meaning].concat());
            each.collect::<Vec<_>>().join("\n")
        }
    }
}

/// A code that was looked up: what it means, what to do now, and the articles about it.
fn looked_up(knowledge: &Knowledge, state: &State) -> Reply {
    let code = state.code.as_deref().unwrap_or_default();
    let meanings = knowledge.code(code);
    let about = meaning(code, &meanings);
    let Some(first) = meanings.first() else {
        return Reply { text: about, ready: standard_ready(), ..fallback(knowledge, state) };
    };
    let now: Vec<String> = match &meanings[..] {
        [only] => vec![only.now.clone()],
        several => several.iter().map(|one| [screen(one.system), "：", &one.now].concat()).collect(),
    };
    let mut options: Vec<Choice> = Vec::new();
    for meaning in &meanings {
        let id = ["topic:", &meaning.topic].concat();
        if let Some(label) = knowledge.label(&meaning.topic)
            && !options.iter().any(|choice| choice.id == id)
        {
            options.push(Choice::new(id, if meanings.len() == 1 { wording::WALK_ME } else { label }));
        }
    }
    options.push(Choice::new("solved", wording::CLEAR));
    options.push(Choice::new("human", wording::HUMAN));
    let unknown_result = meanings.iter().any(|meaning| meaning.retry == Retry::CheckFirst);
    Reply {
        note: Some(about),
        warning: unknown_result.then(|| wording::CHECK_FIRST.to_owned()),
        topic: Some(first.topic.clone()),
        options,
        ..plain(state, Kind::Answer, &now.join("\n"))
    }
}

fn screen(screen: content::Screen) -> &'static str {
    match screen {
        content::Screen::Card => "刷卡机",
        content::Screen::Till => "收银机",
        content::Screen::Scan => "扫码收款",
    }
}

fn clarify(knowledge: &Knowledge, state: &mut State, verdict: &Verdict) -> Reply {
    let topics = verdict.matches.iter().take(MOST_OFFERED).map(|found| found.topic.clone()).collect();
    state.open = Open::Clarify(topics);
    again(knowledge, state)
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
    if state.focus.is_none() {
        state.open = Open::Fallback;
    }
    Reply { text: text.to_owned(), ..fallback(knowledge, state) }
}

/// Nothing was understood: what can be asked, and whom to call with what.
fn fallback(knowledge: &Knowledge, state: &State) -> Reply {
    let mut options = everyday(knowledge);
    options.push(Choice::new("human", wording::HUMAN));
    let ready = if state.misunderstood > 1 { standard_ready() } else { Vec::new() };
    Reply { options, ready, ..plain(state, Kind::Fallback, wording::NOT_UNDERSTOOD) }
}

/// What any service desk asks for.
fn standard_ready() -> Vec<String> {
    wording::READY.iter().map(|what| (*what).to_owned()).collect()
}

fn chose(knowledge: &Knowledge, state: &mut State, id: &str) -> Reply {
    let offered = options(knowledge, state);
    let always = matches!(id, "human" | "restart") || id.starts_with("topic:") || id.starts_with("code:");
    if !always && !offered.iter().any(|choice| choice.id == id) {
        return gone(knowledge, state);
    }
    state.misunderstood = 0;
    if let Some(topic) = id.strip_prefix("topic:") {
        if knowledge.label(topic).is_none() && knowledge.topic(topic).is_none() {
            return gone(knowledge, state);
        }
        state.turn_to(topic);
        return proceed(knowledge, state);
    }
    if let Some(code) = id.strip_prefix("code:") {
        state.code = Some(code.to_owned());
        state.open = Open::Code;
        return again(knowledge, state);
    }
    if let Some(reason) = id.strip_prefix("reason:") {
        state.reason = reason.parse().ok();
        return Reply { text: wording::REASON_TAKEN.to_owned(), ..again(knowledge, state) };
    }
    match id {
        "helped" | "no-help" => {
            state.helped = Some(id == "helped");
            Reply { text: wording::FEEDBACK_TAKEN.to_owned(), ..again(knowledge, state) }
        }
        "human" => {
            state.open = Open::HandOver;
            let mut reply = again(knowledge, state);
            reply.text = reply.text.replacen(wording::STEPS_USED_UP, wording::AS_YOU_WISH, 1);
            reply
        }
        "restart" => {
            *state = State { turn: state.turn, ..State::default() };
            Reply { options: everyday(knowledge), ..plain(state, Kind::Greeting, wording::GREETING) }
        }
        "none-of-these" => {
            state.focus = None;
            state.open = Open::Fallback;
            again(knowledge, state)
        }
        "pay-now" => {
            let pay_now = focused(knowledge, state).and_then(|topic| topic.pay_now.clone());
            let mut reply = again(knowledge, state);
            reply.note = pay_now;
            reply.options.retain(|choice| choice.id != "pay-now");
            reply
        }
        "undo" => undo(knowledge, state),
        _ => answered(knowledge, state, id),
    }
}

/// A button that is not open any more: what is, said again.
fn gone(knowledge: &Knowledge, state: &mut State) -> Reply {
    Reply { note: Some(wording::GONE.to_owned()), ..again(knowledge, state) }
}

/// Takes an answer or an outcome in and moves on.
fn answered(knowledge: &Knowledge, state: &mut State, id: &str) -> Reply {
    let open = state.open.clone();
    if open == Open::Code {
        state.open = Open::Closing;
        return Reply { text: wording::UNDERSTOOD.to_owned(), ..again(knowledge, state) };
    }
    let Some(focus) = &mut state.focus else { return again(knowledge, state) };
    match open {
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
                return again(knowledge, state);
            }
            let mut reply = proceed(knowledge, state);
            if outcome == Outcome::Skipped {
                reply.note = Some(wording::NO_MATTER.to_owned());
            }
            return reply;
        }
        Open::Answer if id == "solved" => {
            state.open = Open::Closing;
            let mut reply = again(knowledge, state);
            reply.text = wording::UNDERSTOOD.to_owned();
            return reply;
        }
        Open::Answer => {
            let steps = focused(knowledge, state).is_some_and(|topic| !topic.steps.is_empty());
            if steps {
                return next(knowledge, state);
            }
            state.open = Open::HandOver;
            return again(knowledge, state);
        }
        _ => return again(knowledge, state),
    }
    proceed(knowledge, state)
}

fn undo(knowledge: &Knowledge, state: &mut State) -> Reply {
    state.reason = None;
    // A person was asked for while something was still to be done: that is where to go back to.
    if state.open == Open::HandOver && has_more(knowledge, state) {
        let mut reply = next(knowledge, state);
        reply.note = Some(wording::TAKEN_BACK.to_owned());
        return reply;
    }
    let taken = state.focus.as_mut().and_then(|focus| focus.events.pop());
    if taken.is_none() {
        // Nothing happened on this topic yet: leave it for the one before, or for the start.
        state.focus = state.before.pop();
    }
    let mut reply = match (&state.focus, taken) {
        (Some(_), Some(Event::Answered { question, .. })) => {
            state.open = Open::Question(question);
            again(knowledge, state)
        }
        (Some(_), Some(Event::Tried { step, .. })) => {
            state.open = Open::Step(step);
            again(knowledge, state)
        }
        (Some(_), None) => proceed(knowledge, state),
        (None, _) => {
            state.open = Open::Greeting;
            again(knowledge, state)
        }
    };
    reply.note = Some(wording::TAKEN_BACK.to_owned());
    reply
}

/// The next thing to say about the topic in focus.
fn proceed(knowledge: &Knowledge, state: &mut State) -> Reply {
    let fresh = state.focus.as_ref().is_some_and(|focus| focus.events.is_empty());
    match focused(knowledge, state) {
        Some(topic) if topic.kind == content::Kind::Answer && fresh => {
            state.open = Open::Answer;
            again(knowledge, state)
        }
        Some(_) => next(knowledge, state),
        None => {
            state.open = Open::HandOver;
            let mut reply = again(knowledge, state);
            reply.text = wording::ON_ITS_WAY.to_owned();
            reply
        }
    }
}

/// Whether the topic in focus has a move left other than a person.
fn has_more(knowledge: &Knowledge, state: &State) -> bool {
    match (focused(knowledge, state), &state.focus) {
        (Some(topic), Some(focus)) => next_move(topic, focus) != Move::HandOver,
        _ => false,
    }
}

fn next(knowledge: &Knowledge, state: &mut State) -> Reply {
    let (Some(topic), Some(focus)) = (focused(knowledge, state), &state.focus) else {
        state.open = Open::HandOver;
        return again(knowledge, state);
    };
    state.open = match next_move(topic, focus) {
        Move::Ask(question) => Open::Question(topic.questions[question].id.clone()),
        Move::Do(step) => Open::Step(topic.steps[step].id.clone()),
        Move::HandOver => Open::HandOver,
    };
    again(knowledge, state)
}

/// The reply that belongs to what is open: shown first, and shown again after anything that
/// changes nothing. An open question or step that is gone from the content moves on.
fn again(knowledge: &Knowledge, state: &mut State) -> Reply {
    match state.open.clone() {
        Open::Greeting => {
            Reply { options: everyday(knowledge), ..plain(state, Kind::Greeting, wording::GREETING) }
        }
        Open::Fallback => fallback(knowledge, state),
        Open::Clarify(topics) => {
            let mut options: Vec<Choice> = topics
                .iter()
                .filter_map(|id| Some(Choice::new(format!("topic:{id}"), knowledge.label(id)?)))
                .collect();
            options.push(Choice::new("none-of-these", wording::NONE_OF_THESE));
            Reply { topic: None, options, ..plain(state, Kind::Clarify, wording::CLARIFY) }
        }
        Open::Question(id) => match focused(knowledge, state).and_then(|topic| {
            topic.questions.iter().find(|question| question.id == id).map(|question| (topic, question))
        }) {
            Some((topic, question)) => {
                let answers = question.answers.iter().enumerate();
                let mut options: Vec<Choice> = answers
                    .map(|(nth, answer)| Choice::new(format!("answer:{nth}"), &answer.label))
                    .collect();
                options.push(Choice::new("unknown", wording::UNKNOWN));
                options.extend(ways_out(topic, state));
                Reply {
                    options,
                    image: question.image.clone(),
                    ..plain(state, Kind::Question, &question.ask)
                }
            }
            None => moved_on(knowledge, state),
        },
        Open::Step(id) => match focused(knowledge, state)
            .and_then(|topic| topic.steps.iter().find(|step| step.id == id).map(|step| (topic, step)))
        {
            Some((topic, step)) => step_reply(topic, step, state),
            None => moved_on(knowledge, state),
        },
        Open::Answer => match focused(knowledge, state) {
            Some(topic) => answer_reply(knowledge, topic, state),
            None => moved_on(knowledge, state),
        },
        Open::HandOver => hand_over(knowledge, state),
        Open::Code => looked_up(knowledge, state),
        Open::Closing => {
            let mut options = vec![Choice::new("restart", wording::RESTART)];
            if state.helped.is_none() {
                options.insert(0, Choice::new("no-help", wording::NO_HELP));
                options.insert(0, Choice::new("helped", wording::HELPED));
            }
            Reply { options, ..plain(state, Kind::Closing, wording::DONE) }
        }
    }
}

fn moved_on(knowledge: &Knowledge, state: &mut State) -> Reply {
    match &state.focus {
        Some(focus) if knowledge.topic(&focus.topic).is_some() => next(knowledge, state),
        _ => {
            state.focus = None;
            state.open = Open::Greeting;
            again(knowledge, state)
        }
    }
}

fn step_reply(topic: &Topic, step: &content::Step, state: &State) -> Reply {
    let tried = state.focus.iter().flat_map(|focus| &focus.events);
    let n = 1 + tried.filter(|event| matches!(event, Event::Tried { .. })).count() as u32;
    let left = (topic.steps.len() as u32).saturating_sub(n);
    let kept = topic.steps.iter().take(topic.keep_order.into()).any(|kept| kept.id == step.id);
    let mut options = vec![
        Choice::new("solved", wording::SOLVED),
        Choice::new("unsolved", if kept { wording::NEXT } else { wording::UNSOLVED }),
        Choice::new("cannot", wording::CANNOT),
    ];
    options.extend(ways_out(topic, state));
    Reply {
        warning: step.warning.clone(),
        step: Some(StepView {
            n,
            left,
            risk: step.risk,
            image: step.image.clone(),
            minutes: step.minutes,
            detail: step.detail.clone(),
        }),
        options,
        because: step.because.clone(),
        ..plain(state, Kind::Step, &step.action)
    }
}

fn answer_reply(knowledge: &Knowledge, topic: &Topic, state: &State) -> Reply {
    let mut options = vec![Choice::new("solved", wording::CLEAR), Choice::new("unsolved", wording::UNCLEAR)];
    let related = topic.related.iter().take(3);
    options.extend(related.filter_map(|id| Some(Choice::new(format!("topic:{id}"), knowledge.label(id)?))));
    let text = topic.answer.as_deref().unwrap_or(&topic.title);
    Reply { options, article: true, ..plain(state, Kind::Answer, text) }
}

fn hand_over(knowledge: &Knowledge, state: &State) -> Reply {
    let mut ready = standard_ready();
    let mut text = format!("{}{}", wording::STEPS_USED_UP, wording::WHERE_THE_NUMBER_IS);
    if let Some(topic) = focused(knowledge, state) {
        text = format!("{}\n找谁：{}。", wording::STEPS_USED_UP, topic.stop.call.trim_end_matches('。'));
        if !topic.stop.ready.is_empty() {
            ready.clone_from(&topic.stop.ready);
        }
    }
    let mut options = Vec::new();
    if state.reason.is_none() {
        let reasons = wording::REASONS.iter().enumerate();
        options.extend(reasons.map(|(nth, reason)| Choice::new(format!("reason:{nth}"), *reason)));
    }
    options.push(Choice::new("restart", wording::RESTART));
    if let Some(topic) = focused(knowledge, state) {
        options.extend(ways_out(topic, state).into_iter().filter(|choice| choice.id != "human"));
    }
    if has_more(knowledge, state) && !options.iter().any(|choice| choice.id == "undo") {
        options.push(Choice::new("undo", wording::UNDO));
    }
    Reply { ready, options, ..plain(state, Kind::HandOver, &text) }
}

/// What stands beside every step and question.
fn ways_out(topic: &Topic, state: &State) -> Vec<Choice> {
    let mut options = Vec::new();
    if topic.pay_now.is_some() {
        options.push(Choice::new("pay-now", wording::PAY_NOW));
    }
    let has_past =
        state.focus.as_ref().is_some_and(|focus| !focus.events.is_empty()) || !state.before.is_empty();
    if has_past {
        options.push(Choice::new("undo", wording::UNDO));
    }
    options.push(Choice::new("human", wording::HUMAN));
    options
}

fn everyday(knowledge: &Knowledge) -> Vec<Choice> {
    let labels = knowledge.everyday().iter();
    labels.filter_map(|id| Some(Choice::new(format!("topic:{id}"), knowledge.label(id)?))).collect()
}

fn focused<'k>(knowledge: &'k Knowledge, state: &State) -> Option<&'k Topic> {
    knowledge.topic(&state.focus.as_ref()?.topic)
}

fn plain(state: &State, kind: Kind, text: &str) -> Reply {
    Reply {
        turn: state.turn,
        kind,
        note: None,
        warning: None,
        text: text.to_owned(),
        topic: state.focus.as_ref().map(|focus| focus.topic.clone()),
        step: None,
        image: None,
        ready: Vec::new(),
        article: false,
        options: Vec::new(),
        because: None,
    }
}
