//! Merchants with a hidden cause: expected minutes to repair, beside what else could be done.
//!
//! A fault's decision tree is walked with the chances of every branch, so that the figures are
//! exact for the truth they are worked out for; merchants played through the dialog itself check
//! them. Two truths are taken: the one the content states, and worlds that disagree with it.

use super::optimum::{best_order, cause_known, optimum};
use crate::content::{self, Topic};
use crate::dialog::{
    Belief, Event, Focus, HAND_OVER, Kind, Knowledge, Move, Odds, Open, QuestionOdds, State, Turn, leading,
    next_move, ordered, respond,
};
use crate::rng::Rng;

/// True frequencies differ from the content's by up to this factor, either way.
const OFF_BY: f32 = 3.0;
/// Share of answers that are wrong: any other button, with equal chance.
const WRONG: f32 = 0.10;
/// Share of questions that get 不知道.
const DONT_KNOW: f32 = 0.20;
/// Share of faults that no topic knows.
const UNNAMED: f32 = 0.15;
/// Disagreeing worlds drawn for each topic.
const WORLDS: usize = 6;

/// Sums over merchants, or over the branches of a decision tree, each weighted by its chance.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Merchants.
    pub all: f32,
    /// Minutes until the fault is gone, a person's minutes included.
    pub minutes: f32,
    /// Questions, steps and the hand-over.
    pub turns: f32,
    /// Fixed without calling anyone.
    pub alone: f32,
    /// Handed over to a person.
    pub handed: f32,
    /// Of these, rightly: nothing left untried, short of a call, would have helped.
    pub rightly: f32,
}

impl Figures {
    pub(super) fn add(&mut self, other: Self) {
        self.all += other.all;
        self.minutes += other.minutes;
        self.turns += other.turns;
        self.alone += other.alone;
        self.handed += other.handed;
        self.rightly += other.rightly;
    }

    /// `part` of all, in percent; 0 of nothing is 0.
    pub fn percent(part: f32, all: f32) -> f32 {
        if all == 0.0 { 0.0 } else { 100.0 * part / all }
    }
}

/// A question and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unasked {
    /// Topic id.
    pub topic: String,
    /// Question id.
    pub question: String,
    /// Minutes that asking it first would add, on average; a fault whose order stands has none.
    pub costs: Option<f32>,
}

/// What came of one fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes {
    /// Topic id.
    pub topic: String,
    /// Why its steps are walked as written, all of them or the first; comparisons leave it out.
    pub as_written: bool,
    /// How many questions it has.
    pub questions: usize,
    /// The policy, where the content is right.
    pub policy: Figures,
    /// The exact optimum there.
    pub optimum: Option<f32>,
    /// The best fixed order of steps without questions, stopping where it is best.
    pub best_order: Option<f32>,
    /// If the cause were known from the start.
    pub cause_known: Option<f32>,
    /// All steps as written, then a person.
    pub authored: f32,
    /// All steps in random order, then a person.
    pub random: f32,
    /// The policy in worlds that disagree.
    pub disagreeing: Figures,
    /// An optimum that knows those worlds: the mean.
    pub knowing: Option<f32>,
    /// Merchants played through the dialog in those worlds.
    pub played: Figures,
    /// Questions that are never asked, whatever the answers.
    pub unasked: Vec<Unasked>,
}

/// Works out everything about one fault. `knowledge` must know the topic; `merchants` are played.
pub fn simulate(knowledge: &Knowledge, topic: &Topic, seed: u64, merchants: usize) -> Outcomes {
    let odds = Odds::of(topic);
    let tree = Tree::of(topic);
    let as_written = ordered(topic).max(leading(topic)) > 0;
    // Each topic draws its own numbers, whichever others are simulated with it.
    let mut rng = Rng::new(topic.id.bytes().fold(seed, |sum, byte| Rng::new(sum ^ u64::from(byte)).bits()));
    let mut disagreeing = Figures::default();
    let mut played = Figures::default();
    let mut knowing = Some(0.0);
    for world in 0..WORLDS {
        let truth = disagree(&odds, &mut rng);
        disagreeing.add(tree.walk(topic, &truth));
        knowing = knowing.zip(optimum(&truth)).map(|(sum, minutes)| sum + minutes);
        // Merchants draw from numbers of their own: how many play must not change the next world.
        let mut merchant = Rng::new(rng.bits());
        for _ in (world..merchants).step_by(WORLDS) {
            played.add(play(knowledge, topic, &truth, &mut merchant));
        }
    }
    let unasked = topic.questions.iter().enumerate().filter(|(nth, _)| !tree.asks(*nth));
    Outcomes {
        topic: topic.id.clone(),
        as_written,
        questions: topic.questions.len(),
        policy: tree.walk(topic, &odds),
        optimum: optimum(&odds),
        best_order: best_order(&odds),
        cause_known: cause_known(&odds),
        authored: authored(&odds),
        random: random(&odds),
        disagreeing,
        knowing: knowing.map(|sum| sum / WORLDS as f32),
        played,
        unasked: unasked
            .map(|(nth, question)| Unasked {
                topic: topic.id.clone(),
                question: question.id.clone(),
                costs: asked_first(&odds, nth).filter(|_| !as_written),
            })
            .collect(),
    }
}

/// Whether a topic has anything to simulate: causes, and steps that fix them.
pub fn is_simulated(topic: &Topic) -> bool {
    topic.kind == content::Kind::Fault && !topic.causes.is_empty()
}

/// What the policy will do, whatever happens.
enum Tree {
    HandOver,
    Do(usize, Box<Tree>),
    /// One branch per answer, 不知道 last.
    Ask(usize, Vec<Tree>),
}

impl Tree {
    fn of(topic: &Topic) -> Self {
        Self::from(topic, &mut Focus::new(&topic.id))
    }

    fn from(topic: &Topic, focus: &mut Focus) -> Self {
        match next_move(topic, focus) {
            Move::HandOver => Self::HandOver,
            Move::Do(step) => {
                Self::Do(step, Box::new(Self::after(topic, focus, Event::failed(&topic.steps[step].id))))
            }
            Move::Ask(question) => {
                let asked = &topic.questions[question];
                let answers = (0..asked.answers.len()).map(Some).chain([None]);
                let then = answers.map(|answer| {
                    Self::after(topic, focus, Event::Answered { question: asked.id.clone(), answer })
                });
                Self::Ask(question, then.collect())
            }
        }
    }

    fn after(topic: &Topic, focus: &mut Focus, event: Event) -> Self {
        focus.events.push(event);
        let then = Self::from(topic, focus);
        focus.events.pop();
        then
    }

    fn asks(&self, question: usize) -> bool {
        match self {
            Self::HandOver => false,
            Self::Do(_, then) => then.asks(question),
            Self::Ask(asked, then) => *asked == question || then.iter().any(|then| then.asks(question)),
        }
    }

    /// The expected figures if `truth` is how things are.
    fn walk(&self, topic: &Topic, truth: &Odds) -> Figures {
        let mut figures = Figures { all: 1.0, ..Figures::default() };
        let mut tried = vec![false; topic.steps.len()];
        self.branch(topic, truth, &Belief { causes: truth.prior.clone() }, None, &mut tried, &mut figures);
        figures
    }

    fn branch(
        &self,
        topic: &Topic,
        truth: &Odds,
        weights: &Belief,
        effort: Option<usize>,
        tried: &mut [bool],
        figures: &mut Figures,
    ) {
        let mass = weights.mass();
        figures.turns += mass;
        match self {
            Self::HandOver => {
                figures.minutes += mass * HAND_OVER;
                figures.handed += mass;
                let each = weights.causes.iter().enumerate();
                let past_help = each.filter(|(cause, _)| past_help(topic, truth, tried, *cause));
                figures.rightly += past_help.map(|(_, weight)| weight).sum::<f32>();
            }
            Self::Do(step, then) => {
                let failed = weights.times(&truth.steps[*step].fails);
                figures.minutes += mass * truth.cost(*step, effort);
                figures.alone += if is_call(&topic.steps[*step]) { 0.0 } else { mass - failed.mass() };
                tried[*step] = true;
                then.branch(topic, truth, &failed, truth.steps[*step].effort, tried, figures);
                tried[*step] = false;
            }
            Self::Ask(question, then) => {
                let asked = &truth.questions[*question];
                figures.minutes += mass * asked.minutes;
                for (chances, then) in asked.answers.iter().zip(then) {
                    then.branch(topic, truth, &weights.times(chances), effort, tried, figures);
                }
            }
        }
    }
}

/// Whether nothing left untried, short of calling someone, removes this cause.
fn past_help(topic: &Topic, truth: &Odds, tried: &[bool], cause: usize) -> bool {
    let each = truth.steps.iter().zip(&topic.steps).zip(tried);
    !each.into_iter().any(|((odds, step), tried)| !tried && !is_call(step) && odds.fails[cause] < 1.0)
}

/// Whether a step consists in calling the acquirer. Content says so in the step's id.
fn is_call(step: &content::Step) -> bool {
    step.id.starts_with("call") || step.action.contains("客服") && step.minutes >= 10.0
}

/// A world whose frequencies, answers and unknown faults are not what the content says.
fn disagree(odds: &Odds, rng: &mut Rng) -> Odds {
    let mut truth = odds.clone();
    let named = truth.prior.len() - 1;
    for chance in &mut truth.prior[..named] {
        *chance *= libm::powf(OFF_BY, 2.0 * rng.chance() - 1.0);
    }
    let sum: f32 = truth.prior[..named].iter().sum();
    truth.prior[..named].iter_mut().for_each(|chance| *chance *= (1.0 - UNNAMED) / sum);
    truth.prior[named] = UNNAMED;
    truth.questions.iter_mut().for_each(misheard);
    truth
}

/// Answers as given by merchants who are wrong, or do not know, as often as said above.
fn misheard(question: &mut QuestionOdds) {
    let Some((unknown, answers)) = question.answers.split_last_mut() else { return };
    let others = (answers.len().max(2) - 1) as f32;
    for cause in 0..unknown.len() {
        let known = 1.0 - unknown[cause];
        for answer in answers.iter_mut() {
            let right = answer[cause] / known;
            answer[cause] = (1.0 - DONT_KNOW) * ((1.0 - WRONG) * right + WRONG * (1.0 - right) / others);
        }
        unknown[cause] = DONT_KNOW;
    }
}

/// All steps as written, then a person.
fn authored(odds: &Odds) -> f32 {
    let mut belief = Belief { causes: odds.prior.clone() };
    let mut effort = None;
    let mut minutes = 0.0;
    for (nth, step) in odds.steps.iter().enumerate() {
        minutes += belief.mass() * odds.cost(nth, effort);
        belief = belief.times(&step.fails);
        effort = step.effort;
    }
    minutes + belief.mass() * HAND_OVER
}

/// All steps in random order, then a person: the mean over all orders, efforts not shared.
fn random(odds: &Odds) -> f32 {
    let each = odds.prior.iter().enumerate().map(|(cause, chance)| {
        let steps = odds.steps.iter();
        let left: f32 = steps.clone().map(|step| step.fails[cause]).product();
        let minutes: f32 = odds
            .steps
            .iter()
            .enumerate()
            .map(|(nth, step)| {
                let others = odds.steps.iter().enumerate().filter(|(other, _)| *other != nth);
                let fails: Vec<f32> = others.map(|(_, other)| other.fails[cause]).collect();
                step.minutes * reached(&fails)
            })
            .sum();
        chance * (minutes + left * HAND_OVER)
    });
    each.sum()
}

/// The chance that all steps standing before a given one in a random order fail, if `fails` are
/// the chances of the others. Each of them stands before it with the chance t, its own place
/// drawn evenly from 0 to 1: the integral over t of the product of 1 - t * (1 - fails).
fn reached(fails: &[f32]) -> f32 {
    let mut polynomial = vec![1.0_f32];
    for fail in fails {
        let mut next = vec![0.0; polynomial.len() + 1];
        for (power, factor) in polynomial.iter().enumerate() {
            next[power] += factor;
            next[power + 1] -= factor * (1.0 - fail);
        }
        polynomial = next;
    }
    polynomial.iter().enumerate().map(|(power, factor)| factor / (power + 1) as f32).sum()
}

/// Minutes that asking this question first, and going on optimally, costs more than the optimum.
fn asked_first(odds: &Odds, question: usize) -> Option<f32> {
    let asked = &odds.questions[question];
    let mut left = odds.clone();
    left.questions.remove(question);
    let mut minutes = asked.minutes;
    for chances in &asked.answers {
        left.prior = Belief { causes: odds.prior.clone() }.times(chances).causes;
        minutes += optimum(&left)?;
    }
    Some(minutes - optimum(odds)?)
}

/// One merchant with a hidden cause, played through the dialog.
fn play(knowledge: &Knowledge, topic: &Topic, truth: &Odds, rng: &mut Rng) -> Figures {
    let cause = rng.pick(&truth.prior);
    let mut figures = Figures { all: 1.0, ..Figures::default() };
    let mut tried = vec![false; topic.steps.len()];
    let mut effort = None;
    let (mut state, mut reply) =
        respond(knowledge, &State::default(), &Turn::Chose(format!("topic:{}", topic.id)));
    // Every question and step once, at most.
    for _ in 0..=topic.steps.len() + topic.questions.len() {
        figures.turns += 1.0;
        let open = state.focus.as_ref().map(|_| &state.open);
        let choice = match (reply.kind, open) {
            (Kind::Question, Some(Open::Question(id))) => {
                let Some(asked) = topic.questions.iter().position(|known| known.id == *id) else { break };
                let question = &truth.questions[asked];
                figures.minutes += question.minutes;
                let chances: Vec<f32> = question.answers.iter().map(|answer| answer[cause]).collect();
                let answer = rng.pick(&chances);
                if answer + 1 == chances.len() { "unknown".to_owned() } else { format!("answer:{answer}") }
            }
            (Kind::Step, Some(Open::Step(id))) => {
                let Some(step) = topic.steps.iter().position(|known| known.id == *id) else { break };
                figures.minutes += truth.cost(step, effort);
                effort = truth.steps[step].effort;
                tried[step] = true;
                if rng.chance() >= truth.steps[step].fails[cause] {
                    figures.alone += if is_call(&topic.steps[step]) { 0.0 } else { 1.0 };
                    return figures;
                }
                "unsolved".to_owned()
            }
            _ => break,
        };
        (state, reply) = respond(knowledge, &state, &Turn::Chose(choice));
    }
    figures.minutes += HAND_OVER;
    figures.handed = 1.0;
    figures.rightly = if past_help(topic, truth, &tried, cause) { 1.0 } else { 0.0 };
    figures
}
