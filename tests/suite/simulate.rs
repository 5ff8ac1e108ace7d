//! What the policy believes and chooses, as claims; and gates on the minutes it reached.
//!
//! `posdoc simulate` prints the same figures topic by topic. A gate is lowered when a change earns it.

use std::time::Instant;

use posdoc::content::{ALL_STEPS, Answer, Cause, Kind, Often, Question, Risk, Step, Stop, Topic};
use posdoc::dialog::{Belief, Event, Focus, Knowledge, Move, Odds, Outcome, leading, next_move, ordered};
use posdoc::eval::{Figures, Simulation, best_order, is_simulated, optimum, simulate};
use posdoc::rng::Rng;

use crate::base;

fn cause(id: &str, often: Often) -> Cause {
    Cause { id: id.into(), name: id.into(), often }
}

fn step(id: &str, minutes: f32, fixes: &[&str]) -> Step {
    Step {
        id: id.into(),
        action: id.into(),
        detail: None,
        minutes,
        fixes: fixes.iter().map(|&id| id.into()).collect(),
        risk: Risk::None,
        warning: None,
        image: None,
        because: None,
        effort: None,
        always: false,
        line: 1,
    }
}

/// A question with two buttons: the first speaks for `yes` and against `no`, the second the other
/// way round.
fn question(id: &str, minutes: f32, yes: &[&str], no: &[&str]) -> Question {
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.into()).collect::<Vec<String>>();
    let answer = |label: &str, speaks_for: &[&str], against: &[&str]| Answer {
        label: label.into(),
        for_causes: ids(speaks_for),
        against_causes: ids(against),
    };
    let answers = vec![answer("是", yes, no), answer("不是", no, yes)];
    Question { id: id.into(), ask: id.into(), answers, minutes, image: None, line: 1 }
}

fn fault(causes: Vec<Cause>, questions: Vec<Question>, steps: Vec<Step>) -> Topic {
    Topic {
        id: "made-up".into(),
        group: "print".into(),
        title: "made up".into(),
        label: "made up".into(),
        kind: Kind::Fault,
        first_screen: None,
        devices: Vec::new(),
        phrases: Vec::new(),
        phrase_lines: Vec::new(),
        file: String::new(),
        scope: String::new(),
        answer: None,
        pay_now: None,
        causes,
        questions,
        steps,
        stop: Stop::default(),
        keep_order: 0,
        related: Vec::new(),
        source: String::new(),
        reviewed: String::new(),
        body: Vec::new(),
    }
}

/// Two equally common causes, each with a step of its own that takes so many minutes.
fn two_causes(minutes: f32, questions: Vec<Question>) -> Topic {
    let causes = vec![cause("a", Often::Common), cause("b", Often::Common)];
    fault(causes, questions, vec![step("fix-a", minutes, &["a"]), step("fix-b", minutes, &["b"])])
}

fn after(topic: &Topic, events: &[Event]) -> Move {
    next_move(topic, &Focus { topic: topic.id.clone(), events: events.to_vec() })
}

fn answered(question: &str, answer: Option<usize>) -> Event {
    Event::Answered { question: question.into(), answer }
}

#[test]
fn a_failed_step_lowers_the_causes_it_fixes_and_raises_the_others() {
    let topic = two_causes(2.0, vec![]);
    let (before, then) = (Belief::prior(&topic), Belief::after(&topic, &[Event::failed("fix-a")]));
    assert!(then.causes[0] < before.causes[0]);
    assert!(then.causes[1] > before.causes[1] && then.causes[2] > before.causes[2]);
    assert!((then.mass() - 1.0).abs() < 1e-5);
}

#[test]
fn a_skipped_step_and_an_unknown_answer_say_nothing() {
    let topic = two_causes(2.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let skipped = Event::Tried { step: "fix-a".into(), outcome: Outcome::Skipped };
    assert_eq!(Belief::after(&topic, &[skipped, answered("light", None)]), Belief::prior(&topic));
}

#[test]
fn an_answer_raises_what_it_speaks_for_and_lowers_what_it_speaks_against() {
    let topic = two_causes(2.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let (before, then) = (Belief::prior(&topic), Belief::after(&topic, &[answered("light", Some(0))]));
    assert!(then.causes[0] > before.causes[0] && then.causes[1] < before.causes[1]);
}

#[test]
fn the_order_of_what_happened_does_not_matter() {
    let topic = two_causes(2.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let events = [answered("light", Some(1)), Event::failed("fix-b")];
    let backward = [events[1].clone(), events[0].clone()];
    let (one, other) = (Belief::after(&topic, &events), Belief::after(&topic, &backward));
    assert!(one.causes.iter().zip(&other.causes).all(|(one, other)| (one - other).abs() < 1e-5));
}

#[test]
fn what_is_gone_from_the_content_says_nothing() {
    let topic = two_causes(2.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let gone = [answered("gone", Some(0)), answered("light", Some(2)), Event::failed("gone")];
    assert_eq!(Belief::after(&topic, &gone), Belief::prior(&topic));
}

#[test]
fn ten_thousand_events_leave_a_belief() {
    let topic = two_causes(2.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let events: Vec<Event> = (0..10_000).map(|nth| answered("light", Some(nth % 2))).collect();
    assert!((Belief::after(&topic, &events).mass() - 1.0).abs() < 1e-3);
}

#[test]
fn a_cheap_likely_step_comes_first() {
    let causes = || vec![cause("a", Often::Sometimes), cause("b", Often::Sometimes)];
    let cheap = fault(causes(), vec![], vec![step("slow", 8.0, &["a"]), step("quick", 0.5, &["b"])]);
    assert_eq!(after(&cheap, &[]), Move::Do(1));
    let causes = vec![cause("a", Often::Rare), cause("b", Often::Common)];
    let likely = fault(causes, vec![], vec![step("rare", 2.0, &["a"]), step("common", 2.0, &["b"])]);
    assert_eq!(after(&likely, &[]), Move::Do(1));
}

#[test]
fn a_question_is_asked_only_when_it_saves_more_than_it_takes() {
    let asks = |minutes, takes| {
        after(&two_causes(minutes, vec![question("light", takes, &["a"], &["b"])]), &[]) == Move::Ask(0)
    };
    assert!(asks(8.0, 0.3), "a glance before eight minutes of work");
    assert!(!asks(0.3, 0.3), "trying is as quick as asking");
    assert!(!asks(8.0, 15.0), "an answer that takes longer than the steps");
}

#[test]
fn two_questions_narrow_it_down_together() {
    let causes = ["a", "b", "c", "d"].map(|id| cause(id, Often::Common)).to_vec();
    let one = question("one", 0.3, &["a", "b"], &["c", "d"]);
    let two = question("two", 0.3, &["a", "c"], &["b", "d"]);
    let steps = ["a", "b", "c", "d"].map(|id| step(id, 9.0, &[id])).to_vec();
    let topic = fault(causes, vec![one, two], steps);
    let Move::Ask(first) = after(&topic, &[]) else { panic!("nothing is asked") };
    let asked = answered(&topic.questions[first].id, Some(0));
    assert_eq!(after(&topic, &[asked]), Move::Ask(1 - first));
}

#[test]
fn nothing_is_asked_or_done_twice() {
    let topic = two_causes(8.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let mut events = Vec::new();
    for _ in 0..3 {
        events.push(match after(&topic, &events) {
            Move::Ask(nth) => answered(&topic.questions[nth].id, None),
            Move::Do(nth) => Event::failed(&topic.steps[nth].id),
            Move::HandOver => break,
        });
    }
    for (nth, event) in events.iter().enumerate() {
        assert!(!events[..nth].contains(event), "{event:?} again");
    }
    assert_eq!(after(&topic, &events), Move::HandOver);
}

#[test]
fn a_step_that_does_not_pay_is_left_to_a_person() {
    let causes = vec![cause("a", Often::Rare), cause("b", Often::Common)];
    let topic = fault(causes, vec![], vec![step("long", 60.0, &["a"]), step("short", 1.0, &["b"])]);
    assert_eq!(after(&topic, &[Event::failed("short")]), Move::HandOver);
}

#[test]
fn steps_that_share_an_effort_are_taken_together() {
    let causes = ["a", "b", "c"].map(|id| cause(id, Often::Common)).to_vec();
    let mut topic = fault(causes, vec![], ["a", "b", "c"].map(|id| step(id, 1.0, &[id])).to_vec());
    topic.steps[0].effort = Some("cover".into());
    topic.steps[2].effort = Some("cover".into());
    assert_eq!(after(&topic, &[Event::failed("a")]), Move::Do(2));
    let skipped = Event::Tried { step: "a".into(), outcome: Outcome::Skipped };
    assert_eq!(after(&topic, &[skipped]), Move::Do(1), "a cover not opened is not open");
}

/// Every way through a topic: `check` sees each move with what led there.
fn walk(topic: &Topic, events: &mut Vec<Event>, check: &mut dyn FnMut(&[Event], Move)) {
    let next = after(topic, events);
    check(events, next);
    let then: Vec<Event> = match next {
        Move::HandOver => return,
        Move::Do(nth) => vec![Event::failed(&topic.steps[nth].id)],
        Move::Ask(nth) => {
            let asked = &topic.questions[nth];
            let answers = (0..asked.answers.len()).map(Some).chain([None]);
            answers.map(|answer| answered(&asked.id, answer)).collect()
        }
    };
    for event in then {
        events.push(event);
        walk(topic, events, check);
        events.pop();
    }
}

fn done(topic: &Topic, events: &[Event], step: usize) -> bool {
    events.iter().any(|event| matches!(event, Event::Tried { step: id, .. } if *id == topic.steps[step].id))
}

#[test]
fn an_order_that_must_be_kept_is_kept_and_safety_comes_first() {
    for topic in &base().topics {
        let (safety, kept) = (leading(topic), ordered(topic));
        walk(topic, &mut Vec::new(), &mut |events, next| {
            let at = || format!("{}: {next:?} after {events:?}", topic.id);
            if let Some(open) = (0..safety).find(|&step| !done(topic, events, step)) {
                assert_eq!(next, Move::Do(open), "{}", at());
            }
            let Move::Do(step) = next else { return };
            // Nothing turns round, and nothing is passed over but what an answer speaks against.
            assert!(!(step + 1..kept).any(|later| done(topic, events, later)), "turned round at {}", at());
            for skipped in (0..kept.min(step)).filter(|&earlier| !done(topic, events, earlier)) {
                let skipped = &topic.steps[skipped];
                assert!(
                    !skipped.always && skipped.risk != Risk::Safety,
                    "{} left out at {}",
                    skipped.id,
                    at()
                );
                assert!(refuted(topic, events, &skipped.fixes), "{} left out at {}", skipped.id, at());
            }
        });
    }
}

/// Whether one answer speaks against all of `causes`.
fn refuted(topic: &Topic, events: &[Event], causes: &[String]) -> bool {
    events.iter().any(|event| {
        let Event::Answered { question, answer: Some(answer) } = event else { return false };
        let asked = topic.questions.iter().find(|known| known.id == *question).expect("asked");
        causes.iter().all(|cause| asked.answers[*answer].against_causes.contains(cause))
    })
}

#[test]
fn where_the_order_stands_an_answer_may_pass_over_a_step_but_never_a_check() {
    let causes = || vec![cause("a", Often::Common), cause("b", Often::Common)];
    let light = || question("light", 0.1, &["b"], &["a"]);
    let mut topic =
        fault(causes(), vec![light()], vec![step("long", 9.0, &["a"]), step("then", 2.0, &["b"])]);
    topic.keep_order = ALL_STEPS;
    assert_eq!(after(&topic, &[]), Move::Ask(0));
    assert_eq!(
        after(&topic, &[answered("light", Some(0))]),
        Move::Do(1),
        "the answer speaks against the first"
    );
    assert_eq!(after(&topic, &[answered("light", None)]), Move::Do(0));
    topic.steps[0].always = true;
    assert_eq!(after(&topic, &[answered("light", Some(0))]), Move::Do(0), "a check is made all the same");
    topic.steps[0].always = false;
    topic.steps[0].risk = Risk::Safety;
    assert_eq!(after(&topic, &[]), Move::Do(0), "nothing is asked before what keeps people safe");
}

#[test]
fn whoever_skips_the_look_up_is_not_told_to_take_the_money_again() {
    let skipped = |topic: &Topic, step: &str| {
        let event = Event::Tried { step: step.into(), outcome: Outcome::Skipped };
        let mut events = vec![event];
        loop {
            match after(topic, &events) {
                Move::HandOver => return,
                Move::Ask(nth) => events.push(answered(&topic.questions[nth].id, None)),
                Move::Do(nth) => {
                    assert_ne!(topic.steps[nth].risk, Risk::Money, "{}: {}", topic.id, topic.steps[nth].id);
                    events.push(Event::failed(&topic.steps[nth].id));
                }
            }
        }
    };
    let mut checks = 0;
    for topic in &base().topics {
        for step in topic.steps.iter().filter(|step| step.always) {
            skipped(topic, &step.id);
            checks += 1;
        }
    }
    assert!(checks >= 5, "only {checks} look-ups are marked `always`");
}

/// What the issue forbids by name: nothing restarts while a result is unknown and unchecked.
#[test]
fn nothing_that_may_cost_money_is_done_without_saying_to_check_first() {
    const RESULT: &[&str] = &["结果", "查", "明细", "成功", "冲正", "核对", "对准", "确认", "看清", "处理中"];
    for topic in &base().topics {
        for step in topic.steps.iter().filter(|step| step.risk == Risk::Money) {
            let warning = step.warning.as_deref().unwrap_or_default();
            let restarts = ["重启", "关机", "断电"].iter().any(|act| step.action.contains(act));
            if restarts {
                assert!(
                    RESULT.iter().any(|word| warning.contains(word)),
                    "{}: {}: {warning}",
                    topic.id,
                    step.id
                );
            }
        }
    }
}

#[test]
fn a_locked_terminal_never_gets_a_step_that_unlocks_it() {
    let topic = base().topic("tamper-locked").expect("written");
    for step in &topic.steps {
        let acts = ["重启", "恢复出厂", "清除", "刷机", "拧", "断电", "解除"];
        assert!(!acts.iter().any(|act| step.action.contains(act)), "{}", step.action);
    }
}

#[test]
fn the_exact_optimum_is_what_a_hand_can_work_out() {
    // One cause, one step: p = 0.92, botched 12 times in 100; then a person for 25 minutes.
    let topic = fault(vec![cause("a", Often::Common)], vec![], vec![step("fix", 2.0, &["a"])]);
    let minutes = optimum(&Odds::of(&topic)).expect("small");
    assert!((minutes - (2.0 + (1.0 - 0.92 * 0.88) * 25.0)).abs() < 1e-3, "{minutes}");
    // A question about nothing changes nothing; one that splits the causes helps.
    let useless = two_causes(8.0, vec![question("light", 0.3, &[], &[])]);
    let useful = two_causes(8.0, vec![question("light", 0.3, &["a"], &["b"])]);
    let order = best_order(&Odds::of(&useful)).expect("small");
    assert_eq!(optimum(&Odds::of(&useless)), Some(order));
    assert!(optimum(&Odds::of(&useful)).expect("small") < order);
}

#[test]
fn the_same_seed_draws_the_same_numbers() {
    let draw = |seed| {
        let mut rng = Rng::new(seed);
        (0..100).map(|_| rng.bits()).collect::<Vec<_>>()
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
    let mut rng = Rng::new(7);
    let drawn = (0..30_000).filter(|_| rng.pick(&[1.0, 0.0, 3.0]) == 2).count();
    assert!((22_000..23_000).contains(&drawn), "{drawn} of 30000 where 22500 are due");
}

/// Everything simulated once; figures are sums over exact trees, so that gates can be tight.
#[test]
fn minutes_stay_within_their_gates() {
    let mut knowledge = Knowledge::default();
    knowledge.learn(Vec::new(), base().topics.clone());
    let faults: Vec<_> = base().topics.iter().filter(|topic| is_simulated(topic)).collect();
    let parts: Vec<_> = std::thread::scope(|scope| {
        let share = faults.len().div_ceil(4);
        let started: Vec<_> = faults
            .chunks(share)
            .map(|part| {
                let knowledge = &knowledge;
                let each = move || part.iter().map(|topic| simulate(knowledge, topic, 1, 200)).collect();
                scope.spawn(each)
            })
            .collect();
        started.into_iter().map(|part| -> Vec<_> { part.join().expect("no panic") }).collect()
    });
    let simulation = Simulation { topics: parts.concat() };
    for topic in &simulation.topics {
        let Some(optimum) = topic.optimum else { continue };
        let minutes = topic.policy.minutes;
        assert!(minutes <= 1.03 * optimum, "{}: {minutes} minutes, at best {optimum}", topic.topic);
        assert!(minutes >= 0.999 * optimum, "{}: {minutes} minutes, below the optimum", topic.topic);
    }
    let sums = simulation.compared();
    assert!(sums.topics >= 75, "only {} topics can be compared", sums.topics);
    assert!(sums.policy <= 1.005 * sums.optimum, "{sums:?}");
    assert!(sums.disagreeing <= 1.05 * sums.knowing, "{sums:?}");
    // Over all faults that have questions; the goal is 0.85.
    assert!(sums.policy <= 0.86 * sums.best_order, "{sums:?}");
    assert!(sums.policy <= 0.70 * sums.authored, "{sums:?}");
    // Merchants played through the dialog meet the same minutes as the tree says.
    let (mut tree, mut played) = (0.0, 0.0);
    for topic in &simulation.topics {
        tree += topic.disagreeing.minutes / topic.disagreeing.all;
        played += topic.played.minutes / topic.played.all;
    }
    assert!((played / tree - 1.0).abs() < 0.03, "played {played}, expected {tree}");
    assert!(Figures::percent(1.0, 0.0) == 0.0);
}

#[test]
fn one_turn_takes_at_most_a_millisecond() {
    let faults: Vec<_> = base().topics.iter().filter(|topic| is_simulated(topic)).collect();
    let slowest = faults.iter().map(|topic| {
        // The best of several: what else the machine does is not the dialog's fault.
        let once = || {
            let begun = Instant::now();
            let _ = after(topic, &[]);
            (begun.elapsed(), &topic.id)
        };
        (0..5).map(|_| once()).min().expect("five")
    });
    let (took, topic) = slowest.max().expect("some topics");
    println!("slowest first move: {took:?} ({topic})");
    assert!(took.as_secs_f32() <= 0.001, "{topic}: {took:?}");
}
