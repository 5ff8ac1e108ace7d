//! No dead ends: from wherever a merchant can get, there is a way to a fix, a person or a new
//! start. Every topic is searched, not sampled; then come turns nobody would expect.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};

use posdoc::content::{Kind as TopicKind, Retry, Risk, Topic};
use posdoc::dialog::{
    Choice, Event, Facts, Focus, Kind, Knowledge, Open, Outcome, Reply, State, Turn, greet, options, respond,
    ticket, wording,
};
use posdoc::matching::{Decision, Match, Title, Verdict, splits};
use posdoc::rng::Rng;

use crate::base;

/// All topics, as the dialog knows them once everything has arrived.
fn knowledge() -> Knowledge {
    let topics = &base().topics;
    let titles = topics.iter().map(|topic| Title {
        id: topic.id.clone(),
        label: topic.label.clone(),
        group: topic.group.clone(),
    });
    let mut everyday: Vec<Topic> =
        topics.iter().filter(|topic| topic.first_screen.is_some()).cloned().collect();
    everyday.sort_by_key(|topic| topic.first_screen);
    let mut knowledge = Knowledge::new(titles.collect(), everyday);
    knowledge.learn(splits(base()), topics.clone());
    knowledge.with_codes(base().codes.clone())
}

fn choose(knowledge: &Knowledge, state: &State, id: &str) -> (State, Reply) {
    respond(knowledge, state, &Turn::Chose(id.to_owned()))
}

fn offers(reply: &Reply, id: &str) -> bool {
    reply.options.iter().any(|choice| choice.id == id)
}

/// What every reply owes the merchant.
#[track_caller]
fn is_no_dead_end(knowledge: &Knowledge, state: &State, reply: &Reply) {
    let at = || format!("{:?}\n{reply:?}", state.focus);
    assert!(!reply.text.is_empty(), "nothing said at {}", at());
    assert!(!reply.options.is_empty(), "no buttons at {}", at());
    let ids: BTreeSet<&str> = reply.options.iter().map(|choice| choice.id.as_str()).collect();
    assert_eq!(ids.len(), reply.options.len(), "the same button twice at {}", at());
    let leads_on = |choice: &Choice| {
        matches!(choice.id.as_str(), "solved" | "human" | "restart") || choice.id.starts_with("topic:")
    };
    assert!(reply.options.iter().any(leads_on), "no way on at {}", at());
    let Some(topic) = reply.topic.as_deref().and_then(|id| knowledge.topic(id)) else { return };
    if matches!(reply.kind, Kind::Question | Kind::Step) {
        assert!(offers(reply, "human"), "no way to a person at {}", at());
        // Nobody is offered to take a payment beside a fire.
        let danger = |topic: &Topic| topic.keep_order > 0 && topic.steps[0].risk == Risk::Safety;
        let run = reply.step.as_ref().is_some_and(|step| step.risk == Risk::Safety) && danger(topic);
        if topic.pay_now.is_some() {
            assert!(offers(reply, "pay-now") != run, "no other way to take this payment at {}", at());
        }
    }
    if let Some(step) = &reply.step {
        assert!(step.risk == Risk::None || reply.warning.is_some(), "no warning at {}", at());
    }
    if reply.kind == Kind::HandOver {
        // With the reason given, it stands in the ticket.
        assert!(state.reason.is_some() == reply.ready.is_empty(), "nothing to have ready at {}", at());
    }
}

/// What decides how a state goes on. The order of what happened matters only for what is taken
/// back next, and 上一步 leads to a state that the search has been in.
fn essence(state: &State) -> (String, Vec<Event>) {
    let mut events = state.focus.as_ref().map_or(Vec::new(), |focus| focus.events.clone());
    // The last step decides which shared effort is made.
    let last = events
        .iter()
        .rposition(|event| matches!(event, Event::Tried { outcome, .. } if *outcome != Outcome::Skipped));
    let last = last.map(|at| events[at].clone());
    events.sort_by_key(|event| format!("{event:?}"));
    events.extend(last);
    (format!("{:?}", state.open), events)
}

/// Searches everything that can be reached on `topic` by pressing buttons; how many states.
fn search(knowledge: &Knowledge, topic: &Topic) -> usize {
    let mut known = HashSet::new();
    let (state, reply) = choose(knowledge, &greet(knowledge).0, &format!("topic:{}", topic.id));
    is_no_dead_end(knowledge, &state, &reply);
    known.insert(format!("{:?}", essence(&state)));
    let mut waiting = VecDeque::from([state]);
    while let Some(state) = waiting.pop_front() {
        for choice in options(knowledge, &state) {
            // Other topics are searched by themselves, and a new start is one.
            if choice.id == "restart" || choice.id.starts_with("topic:") {
                continue;
            }
            let (next, reply) = choose(knowledge, &state, &choice.id);
            assert_ne!(reply.note.as_deref(), Some(wording::GONE), "{} is offered, yet gone", choice.id);
            if choice.id == "pay-now" {
                // Told beside what is open, which stays open.
                assert_eq!((&reply.note, &next.open), (&topic.pay_now, &state.open));
                assert!(!reply.options.is_empty());
                continue;
            }
            is_no_dead_end(knowledge, &next, &reply);
            let same_topic = next.focus.as_ref().is_some_and(|focus| focus.topic == topic.id);
            if same_topic && known.insert(format!("{:?}", essence(&next))) {
                waiting.push_back(next);
            }
        }
    }
    known.len()
}

#[test]
fn no_topic_has_a_dead_end() {
    let knowledge = knowledge();
    let next = AtomicUsize::new(0);
    let topics = &base().topics;
    let work = || {
        let mut states = Vec::new();
        while let Some(topic) = topics.get(next.fetch_add(1, Ordering::Relaxed)) {
            states.push((search(&knowledge, topic), topic.id.as_str()));
        }
        states
    };
    let most = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut searched: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..most).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no dead end")).collect()
    });
    searched.sort_unstable();
    let states: usize = searched.iter().map(|(states, _)| states).sum();
    println!("{states} states of {} topics; the most: {:?}", searched.len(), searched.last());
    assert_eq!(searched.len(), topics.len());
    assert!(searched.iter().all(|(states, _)| *states > 1), "{searched:?}");
}

#[test]
fn every_risky_step_has_a_warning_to_show() {
    for topic in &base().topics {
        for step in topic.steps.iter().filter(|step| step.risk != Risk::None) {
            assert!(step.warning.is_some(), "{}: {}", topic.id, step.id);
        }
    }
}

/// A message about one of the topics, some of them, or none, as the matcher would put it.
fn heard(rng: &mut Rng) -> Turn {
    let topics = &base().topics;
    let words = ["不出纸", "好了", "还是不行", "第二个", "不知道", "上一步", "算了转人工", "", "嗯"];
    let matches: Vec<Match> = (0..rng.below(9))
        .map(|_| {
            let topic = &topics[rng.below(topics.len())];
            Match { topic: topic.id.clone(), title: topic.title.clone(), score: rng.chance() }
        })
        .collect();
    let decision = [Decision::Answer, Decision::Clarify, Decision::None][rng.below(3)];
    let verdict = Verdict { query: String::new(), decision, matches, code: None, courtesy: None };
    Turn::Heard { text: words[rng.below(words.len())].to_owned(), verdict }
}

#[test]
fn ten_thousand_random_turns_keep_the_state_small() {
    let knowledge = knowledge();
    let strange = ["", "answer:99", "answer:-1", "answer:", "topic:", "topic:gone", "solved", "退出", "undo"];
    for seed in 0..3 {
        let mut rng = Rng::new(seed);
        let (mut state, mut reply) = greet(&knowledge);
        let mut largest = 0;
        for _ in 0..10_000 {
            let mut turn = match rng.below(10) {
                0 => heard(&mut rng),
                1 => Turn::Chose(strange[rng.below(strange.len())].to_owned()),
                _ => Turn::Chose(reply.options[rng.below(reply.options.len())].id.clone()),
            };
            // Starting over forgets everything: hardly ever, or nothing could grow.
            if rng.below(8) == 0 || turn == Turn::Chose("restart".into()) && rng.below(1000) > 0 {
                turn = Turn::Chose(format!("topic:{}", base().topics[rng.below(base().topics.len())].id));
            }
            (state, reply) = respond(&knowledge, &state, &turn);
            assert!(!reply.options.is_empty(), "{turn:?} led to {reply:?}");
            largest = largest.max(format!("{state:?}").len());
        }
        assert_eq!(state.turn, 10_000);
        println!("at most {largest} bytes");
        assert!(largest < 30_000, "the state grew to {largest} bytes");
    }
}

#[test]
fn one_trouble_again_and_again_keeps_the_state_small() {
    let knowledge = knowledge();
    let (mut state, mut reply) = greet(&knowledge);
    for _ in 0..10_000 {
        let id = if reply.kind == Kind::Step { "unsolved" } else { "topic:paper-out" };
        (state, reply) = choose(&knowledge, &state, id);
        is_no_dead_end(&knowledge, &state, &reply);
    }
    assert!(format!("{state:?}").len() < 5_000);
}

#[test]
fn a_trouble_that_was_solved_and_is_back_starts_afresh() {
    let knowledge = knowledge();
    let (state, first) = choose(&knowledge, &greet(&knowledge).0, "topic:wifi-fail");
    let (mut state, mut reply) = (state, first.clone());
    while reply.kind == Kind::Question {
        (state, reply) = choose(&knowledge, &state, "unknown");
    }
    let (solved, _) = choose(&knowledge, &state, "solved");
    let (_, at_once) = choose(&knowledge, &solved, "topic:wifi-fail");
    let (elsewhere, _) = choose(&knowledge, &solved, "topic:paper-out");
    let (_, later) = choose(&knowledge, &elsewhere, "topic:wifi-fail");
    assert_eq!((&at_once.text, &later.text), (&first.text, &first.text));
}

#[test]
fn buttons_that_never_were_or_are_gone_change_nothing() {
    let knowledge = knowledge();
    for topic in &base().topics {
        let (state, _) = choose(&knowledge, &greet(&knowledge).0, &format!("topic:{}", topic.id));
        let offered = options(&knowledge, &state);
        for id in ["", "answer:99", "answer:x", "step:1", "topic:gone", "topic:", "none-of-these", "🙂"] {
            let (next, reply) = choose(&knowledge, &state, id);
            assert_eq!(reply.note.as_deref(), Some(wording::GONE), "{}: {id}", topic.id);
            assert_eq!(next, State { turn: state.turn + 1, ..state.clone() }, "{}: {id}", topic.id);
            assert_eq!(reply.options, offered, "{}: {id}", topic.id);
        }
    }
}

#[test]
fn an_answer_to_a_question_that_is_closed_changes_nothing() {
    let knowledge = knowledge();
    let mut questions = 0;
    for topic in &base().topics {
        let (mut state, mut reply) = choose(&knowledge, &greet(&knowledge).0, &format!("topic:{}", topic.id));
        while matches!(reply.kind, Kind::Question | Kind::Step) {
            let asked = reply.kind == Kind::Question;
            (state, reply) = choose(&knowledge, &state, if asked { "unknown" } else { "unsolved" });
            if asked && reply.kind != Kind::Question {
                questions += 1;
                let (next, again) = choose(&knowledge, &state, "answer:0");
                assert_eq!(again.note.as_deref(), Some(wording::GONE), "{}", topic.id);
                assert_eq!(next.focus, state.focus, "{}", topic.id);
                assert_eq!(next.open, state.open, "{}", topic.id);
            }
        }
        assert!(matches!(reply.kind, Kind::HandOver | Kind::Answer), "{}: {:?}", topic.id, reply.kind);
    }
    assert!(questions > 30, "only {questions} questions were closed");
}

#[test]
fn a_restored_state_that_names_what_is_gone_goes_on() {
    let knowledge = knowledge();
    let fault = base().topics.iter().find(|topic| topic.id == "paper-out").expect("paper-out");
    assert_eq!(fault.kind, TopicKind::Fault);
    let gone = || Focus {
        topic: "gone".into(),
        events: vec![Event::failed("gone"), Event::Answered { question: "gone".into(), answer: Some(7) }],
    };
    let kept = || Focus {
        topic: fault.id.clone(),
        events: vec![
            Event::failed("gone"),
            Event::Answered { question: "gone".into(), answer: Some(7) },
            Event::Answered { question: fault.questions[0].id.clone(), answer: Some(99) },
        ],
    };
    let opens = [
        Open::Greeting,
        Open::Clarify(vec!["gone".into()]),
        Open::Clarify(Vec::new()),
        Open::Question("gone".into()),
        Open::Step("gone".into()),
        Open::Answer,
        Open::HandOver,
        Open::Closing,
        Open::Fallback,
    ];
    let turns =
        ["undo", "human", "restart", "solved", "unsolved", "answer:0", "unknown", "topic:gone", "pay-now"];
    for open in opens {
        for focus in [None, Some(gone()), Some(kept())] {
            for before in [Vec::new(), vec![gone()], vec![kept(), gone()]] {
                let state = State { open: open.clone(), focus: focus.clone(), before, ..State::default() };
                assert!(!options(&knowledge, &state).is_empty(), "{state:?}");
                for id in turns {
                    let (mut next, mut reply) = choose(&knowledge, &state, id);
                    // However it begins, a few turns on it still stands.
                    for again in ["undo", "undo", "unsolved", "human"] {
                        assert!(
                            !reply.text.is_empty() && !reply.options.is_empty(),
                            "{state:?} {id} {reply:?}"
                        );
                        (next, reply) = choose(&knowledge, &next, again);
                    }
                    assert_eq!(reply.kind, Kind::HandOver, "{state:?} {id}");
                }
            }
        }
    }
}

#[test]
fn a_code_that_is_looked_up_says_what_it_means_and_leads_on() {
    let knowledge = knowledge();
    let (start, _) = greet(&knowledge);
    for code in &base().codes {
        let (state, reply) = choose(&knowledge, &start, &format!("code:{}", code.code.to_ascii_uppercase()));
        is_no_dead_end(&knowledge, &state, &reply);
        assert!(reply.spoken().contains(&code.meaning) && reply.spoken().contains(&code.now), "{reply:?}");
        assert!(offers(&reply, &format!("topic:{}", code.topic)), "{reply:?}");
        if code.retry == Retry::CheckFirst {
            assert!(reply.warning.is_some(), "{}: nothing says to look the result up first", code.code);
        }
        let (_, closing) = choose(&knowledge, &state, "solved");
        assert_eq!(closing.kind, Kind::Closing);
    }
    for strange in ["", "??", "7777777777777777777", "51 or so"] {
        let (state, reply) = choose(&knowledge, &start, &format!("code:{strange}"));
        is_no_dead_end(&knowledge, &state, &reply);
        assert!(reply.text.ends_with(wording::UNKNOWN_CODE), "{reply:?}");
    }
}

#[test]
fn a_reason_goes_into_the_ticket_and_is_asked_once() {
    let knowledge = knowledge();
    let (state, _) = greet(&knowledge);
    let (state, _) = choose(&knowledge, &state, "topic:paper-out");
    let (state, asked) = choose(&knowledge, &state, "human");
    assert!(offers(&asked, "reason:2"), "{asked:?}");
    let (state, reply) = choose(&knowledge, &state, "reason:2");
    is_no_dead_end(&knowledge, &state, &reply);
    assert!(!offers(&reply, "reason:2"), "{reply:?}");
    assert!(ticket(&knowledge, &state, &Facts::default()).contains(wording::REASONS[2]));
    let (state, _) = choose(&knowledge, &state, "undo");
    let (state, _) = choose(&knowledge, &state, "human");
    assert!(!ticket(&knowledge, &state, &Facts::default()).contains("原因"), "taken back");
}

#[test]
fn what_helped_is_asked_once() {
    let knowledge = knowledge();
    let (mut state, mut reply) = choose(&knowledge, &greet(&knowledge).0, "topic:paper-out");
    while !offers(&reply, "solved") {
        (state, reply) = choose(&knowledge, &state, "unknown");
    }
    let (state, reply) = choose(&knowledge, &state, "solved");
    assert!(offers(&reply, "helped") && offers(&reply, "no-help"), "{reply:?}");
    let (state, reply) = choose(&knowledge, &state, "helped");
    assert!(!offers(&reply, "helped") && state.helped == Some(true), "{reply:?}");
    is_no_dead_end(&knowledge, &state, &reply);
}
