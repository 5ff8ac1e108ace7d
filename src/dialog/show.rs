//! The reply that belongs to a state: what is open, put into words, with its buttons.

use super::policy::{Move, is_danger, next_move};
use super::reply::{Choice, Kind, Reply, StepView};
use super::state::{Event, Focus, Open, State};
use super::{Knowledge, because, wording};
use crate::content::{self, Question, ResponseCode, Retry, Risk, Topic};

/// The buttons that are open in `state`, as the last reply showed them.
pub fn options(knowledge: &Knowledge, state: &State) -> Vec<Choice> {
    show(knowledge, &mut state.clone()).options
}

/// The reply that belongs to what is open: shown first, and shown again after anything that
/// changes nothing. An open question or step that is gone from the content moves on, with a word.
pub(super) fn show(knowledge: &Knowledge, state: &mut State) -> Reply {
    let topic = focused(knowledge, state);
    match (&state.open, topic, &state.focus) {
        (Open::Greeting, ..) => plain(state, Kind::Greeting, wording::GREETING).offering(everyday(knowledge)),
        (Open::Fallback, ..) => fallback(knowledge, state),
        (Open::Clarify(topics), ..) => {
            let each = topics.iter();
            let options = each.filter_map(|id| topic_choice(knowledge, id)).collect();
            narrowing(state, wording::CLARIFY, options)
        }
        (Open::Split(id), ..) => match knowledge.splits().iter().find(|split| split.id == *id) {
            Some(split) => {
                let answers = split.answers.iter().map(|branch| &branch.label);
                narrowing(state, &split.ask, numbered("branch", answers))
            }
            None => moved_on(knowledge, state),
        },
        (Open::Question(id), Some(topic), Some(focus)) => {
            match topic.questions.iter().find(|question| question.id == *id) {
                Some(question) => question_reply(topic, question, focus, state),
                None => moved_on(knowledge, state),
            }
        }
        (Open::Step(id), Some(topic), Some(focus)) => match topic.steps.iter().find(|step| step.id == *id) {
            Some(step) => step_reply(topic, step, focus, state),
            None => moved_on(knowledge, state),
        },
        (Open::Answer, Some(topic), _) => answer_reply(knowledge, topic, state),
        (Open::Question(_) | Open::Step(_) | Open::Answer, ..) => moved_on(knowledge, state),
        (Open::HandOver, ..) => hand_over(knowledge, state),
        (Open::Code, ..) => looked_up(knowledge, state),
        (Open::Closing, ..) => {
            let mut options = Vec::new();
            if state.helped.is_none() {
                offer(&mut options, "helped", wording::HELPED);
                offer(&mut options, "no-help", wording::NO_HELP);
            }
            if state.helped == Some(false) {
                offer(&mut options, "human", wording::HUMAN);
            }
            offer(&mut options, "restart", wording::RESTART);
            offer(&mut options, "undo", wording::UNDO);
            plain(state, Kind::Closing, wording::DONE).offering(options)
        }
    }
}

/// Decides what comes next on the topic in focus, and shows it.
pub(super) fn next(knowledge: &Knowledge, state: &mut State) -> Reply {
    state.open = match (focused(knowledge, state), &state.focus) {
        (Some(topic), Some(focus)) => match next_move(topic, focus) {
            Move::Ask(question) => Open::Question(topic.questions[question].id.clone()),
            Move::Do(step) => Open::Step(topic.steps[step].id.clone()),
            Move::HandOver => Open::HandOver,
        },
        _ => Open::HandOver,
    };
    show(knowledge, state)
}

fn moved_on(knowledge: &Knowledge, state: &mut State) -> Reply {
    let mut reply = if focused(knowledge, state).is_some() {
        next(knowledge, state)
    } else {
        state.focus = None;
        state.open = Open::Greeting;
        show(knowledge, state)
    };
    reply.note = Some(wording::CHANGED.to_owned());
    reply
}

fn narrowing(state: &State, ask: &str, mut options: Vec<Choice>) -> Reply {
    offer(&mut options, "none-of-these", wording::NONE_OF_THESE);
    if state.doubts.len() > 1 || state.focus.is_some() {
        offer(&mut options, "undo", wording::UNDO);
    }
    offer(&mut options, "human", wording::HUMAN);
    let mut reply = plain(state, Kind::Clarify, ask).offering(options);
    reply.topic = None;
    reply
}

fn question_reply(topic: &Topic, question: &Question, focus: &Focus, state: &State) -> Reply {
    let mut options = numbered("answer", question.answers.iter().map(|answer| &answer.label));
    offer(&mut options, "unknown", wording::UNKNOWN);
    options.extend(ways_out(topic, state));
    let mut reply = plain(state, Kind::Question, &question.ask).offering(options);
    reply.image.clone_from(&question.image);
    reply.because = because::question(topic, focus, question);
    reply
}

fn step_reply(topic: &Topic, step: &content::Step, focus: &Focus, state: &State) -> Reply {
    let kept = topic.steps.iter().take(topic.keep_order.into()).any(|kept| kept.id == step.id);
    let tried = focus.events.iter().filter(|event| matches!(event, Event::Tried { .. }));
    let n = 1 + tried.count() as u32;
    let mut options = Vec::new();
    offer(&mut options, "solved", wording::SOLVED);
    offer(&mut options, "unsolved", if kept { wording::NEXT } else { wording::UNSOLVED });
    offer(&mut options, "cannot", wording::CANNOT);
    options.extend(ways_out(topic, state));
    let mut reply = plain(state, Kind::Step, &step.action).offering(options);
    reply.warning.clone_from(&step.warning);
    reply.step = Some(StepView {
        n,
        left: (topic.steps.len() as u32).saturating_sub(n),
        risk: step.risk,
        image: step.image.clone(),
        minutes: step.minutes,
        detail: step.detail.clone(),
    });
    reply.because = because::step(topic, focus, step);
    reply
}

fn answer_reply(knowledge: &Knowledge, topic: &Topic, state: &State) -> Reply {
    let mut options = Vec::new();
    offer(&mut options, "solved", wording::CLEAR);
    offer(&mut options, "unsolved", wording::UNCLEAR);
    let related = topic.related.iter().take(3);
    options.extend(related.filter_map(|id| topic_choice(knowledge, id)));
    options.extend(not_this(state));
    let text = topic.answer.as_deref().unwrap_or(&topic.title);
    let mut reply = plain(state, Kind::Answer, text).offering(options);
    reply.article = true;
    reply
}

fn hand_over(knowledge: &Knowledge, state: &State) -> Reply {
    let mut ready = standard_ready();
    let mut options = Vec::new();
    if state.reason.is_none() {
        let reasons = wording::REASONS.iter().enumerate();
        options.extend(reasons.map(|(nth, reason)| Choice::nth("reason", nth, reason)));
    }
    offer(&mut options, "restart", wording::RESTART);
    // With the reason comes the ticket, which says all of it.
    let before_the_list = if state.reason.is_none() { wording::HAVE_READY } else { "" };
    let Some(topic) = focused(knowledge, state) else {
        ready.retain(|_| state.reason.is_none());
        let text = [wording::STEPS_USED_UP, "\n", wording::WHERE_THE_NUMBER_IS, before_the_list].concat();
        return plain(state, Kind::HandOver, &text).offering(options).with_ready(ready);
    };
    // Why it ends here: the article's own words once all was tried, else that calling is quicker.
    let untried = |focus: &Focus| topic.steps.iter().any(|step| !focus.tried(&step.id));
    let why = match &state.focus {
        Some(focus) if untried(focus) => wording::QUICKER,
        _ if topic.stop.when.is_empty() => wording::STEPS_USED_UP,
        _ => &topic.stop.when,
    };
    let text = [why, "\n", wording::WHOM, topic.stop.call.trim_end_matches('。'), "。", before_the_list];
    let text = text.concat();
    if !topic.stop.ready.is_empty() {
        ready.clone_from(&topic.stop.ready);
    }
    ready.retain(|_| state.reason.is_none());
    options.extend(ways_out(topic, state).into_iter().filter(|choice| choice.id != "human"));
    if has_more(knowledge, state) && !options.iter().any(|choice| choice.id == "undo") {
        offer(&mut options, "undo", wording::UNDO);
    }
    plain(state, Kind::HandOver, &text).offering(options).with_ready(ready)
}

/// What a code means, once for each kind of screen, or an honest word where nobody documents it.
pub(super) fn meaning(code: &str, meanings: &[&ResponseCode]) -> String {
    match meanings {
        [] => [code, "：", wording::UNKNOWN_CODE].concat(),
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
        // Which of eight symptoms it might be says nothing about a code.
        let human = vec![Choice::new("human", wording::HUMAN), Choice::new("restart", wording::RESTART)];
        return plain(state, Kind::Fallback, &about).offering(human).with_ready(standard_ready());
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
            options.push(Choice::new(&id, if meanings.len() == 1 { wording::WALK_ME } else { label }));
        }
    }
    offer(&mut options, "solved", wording::CLEAR);
    offer(&mut options, "human", wording::HUMAN);
    let unknown_result = meanings.iter().any(|meaning| meaning.retry == Retry::CheckFirst);
    let mut reply = plain(state, Kind::Answer, &now.join("\n")).offering(options);
    reply.note = Some(about);
    reply.warning = unknown_result.then(|| wording::CHECK_FIRST.to_owned());
    reply.topic = Some(first.topic.clone());
    reply
}

fn screen(screen: content::Screen) -> &'static str {
    match screen {
        content::Screen::Card => "刷卡机",
        content::Screen::Till => "收银机",
        content::Screen::Scan => "扫码收款",
    }
}

/// Nothing was understood: what can be asked, and whom to call with what.
pub(super) fn fallback(knowledge: &Knowledge, state: &State) -> Reply {
    let mut options = everyday(knowledge);
    offer(&mut options, "none-of-these", wording::NONE_OF_THESE);
    offer(&mut options, "human", wording::HUMAN);
    let ready = if state.misunderstood > 1 { standard_ready() } else { Vec::new() };
    plain(state, Kind::Fallback, wording::NOT_UNDERSTOOD).offering(options).with_ready(ready)
}

/// What any service desk asks for.
pub(super) fn standard_ready() -> Vec<String> {
    wording::READY.iter().map(|what| (*what).to_owned()).collect()
}

/// Whether the topic in focus has a move left other than a person.
pub(super) fn has_more(knowledge: &Knowledge, state: &State) -> bool {
    match (focused(knowledge, state), &state.focus) {
        (Some(topic), Some(focus)) => next_move(topic, focus) != Move::HandOver,
        _ => false,
    }
}

/// The article in focus, if it has arrived.
pub(super) fn focused<'k>(knowledge: &'k Knowledge, state: &State) -> Option<&'k Topic> {
    knowledge.topic(&state.focus.as_ref()?.topic)
}

/// What stands beside every step and question.
fn ways_out(topic: &Topic, state: &State) -> Vec<Choice> {
    let mut options = Vec::new();
    let risk = match &state.open {
        Open::Step(id) => topic.steps.iter().find(|step| step.id == *id).map(|step| step.risk),
        _ => None,
    };
    // People first; and where a payment hangs, whether to take it again is the question.
    let run = risk == Some(Risk::Safety) && is_danger(topic);
    if topic.pay_now.is_some() && !run {
        let money = risk == Some(Risk::Money) || topic.group == "transaction";
        offer(&mut options, "pay-now", if money { wording::PAY_AGAIN } else { wording::PAY_NOW });
    }
    let has_past = state.focus.as_ref().is_some_and(|focus| !focus.events.is_empty())
        || !state.before.is_empty()
        || !state.doubts.is_empty();
    match not_this(state) {
        Some(choice) => options.push(choice),
        None if has_past => offer(&mut options, "undo", wording::UNDO),
        None => {}
    }
    offer(&mut options, "human", wording::HUMAN);
    options
}

/// Before anything was done: the topic may be the wrong one.
fn not_this(state: &State) -> Option<Choice> {
    let fresh = state.focus.as_ref().is_some_and(|focus| focus.events.is_empty());
    (fresh && !state.doubts.is_empty() && state.open != Open::HandOver)
        .then(|| Choice::new("not-this", wording::NOT_THIS))
}

/// Adds a button. In one place, because making room in a list weighs more than the button.
#[inline(never)]
fn offer(options: &mut Vec<Choice>, id: &str, label: &str) {
    options.push(Choice::new(id, label));
}

fn everyday(knowledge: &Knowledge) -> Vec<Choice> {
    knowledge.everyday().iter().filter_map(|id| topic_choice(knowledge, id)).collect()
}

fn topic_choice(knowledge: &Knowledge, id: &str) -> Option<Choice> {
    Some(Choice::new(&["topic:", id].concat(), knowledge.label(id)?))
}

/// `answer:0`, `answer:1`, …
fn numbered<'a>(kind: &str, labels: impl Iterator<Item = &'a String>) -> Vec<Choice> {
    labels.enumerate().map(|(nth, label)| Choice::nth(kind, nth, label)).collect()
}

pub(super) fn plain(state: &State, kind: Kind, text: &str) -> Reply {
    Reply {
        turn: state.turn,
        kind,
        text: text.to_owned(),
        topic: state.focus.as_ref().map(|focus| focus.topic.clone()),
        ..Reply::default()
    }
}
