//! A session: the conversation as shown, and the one reducer that changes it.

use std::collections::VecDeque;
use std::rc::Rc;

use posdoc::content::{Drawing, Topic};
use posdoc::dialog::{Knowledge, Open, Reply, State, Turn, forgotten, greet, options, respond, resume};
use posdoc::matching::Verdict;
use posdoc::text::{drop_secrets, mask};
use yew::Reducible;

/// Whether the engine is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EngineState {
    /// Under way.
    Loading,
    /// Here.
    Ready,
    /// Not to be had; says why.
    Failed(String),
}

/// One bubble.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bubble {
    /// The merchant's words, masked.
    Merchant(String),
    /// Our reply.
    Reply(Rc<Reply>),
    /// Our reply, still to come.
    Pending,
}

/// What waits for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Typed words.
    Said(String),
    /// A button whose article has not arrived.
    Chose(String),
    /// A restored state whose article has not arrived.
    Resume,
}

/// The conversation as shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Session {
    pub(super) knowledge: Knowledges,
    pub(super) drawings: Rc<Vec<Drawing>>,
    pub(super) engine: EngineState,
    pub(super) state: Rc<State>,
    pub(super) bubbles: Vec<Bubble>,
    pub(super) waiting: VecDeque<Waiting>,
}

/// Knowledge, equal if it is the same.
#[derive(Debug, Clone)]
pub(super) struct Knowledges(pub(super) Rc<Knowledge>);

impl PartialEq for Knowledges {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What changes a session.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    /// The merchant sent text.
    Say(String),
    /// The merchant pressed a button.
    Choose(String),
    /// The engine understood the oldest waiting text.
    Heard(String, Box<Verdict>),
    /// The engine is here, with these articles.
    Arrived(Vec<Topic>),
    /// The engine is not to be had.
    Failed(String),
    /// Try again to get the engine.
    Retry,
    /// The drawings are here.
    Drawn(Vec<Drawing>),
    /// Start over.
    Reset,
}

impl Session {
    /// A new conversation, or `kept`, taken up where it was left.
    pub(super) fn new(knowledge: Rc<Knowledge>, kept: Option<Option<State>>) -> Self {
        let mut session = Self::fresh(knowledge);
        if kept == Some(None) {
            let (_, reply) = forgotten(&session.knowledge.0);
            session.bubbles = vec![Bubble::Reply(Rc::new(reply))];
        }
        // What has been solved is over; anything else goes on.
        let unfinished = |state: &State| state.focus.is_some() && state.open != Open::Closing;
        if let Some(state) = kept.flatten().filter(unfinished) {
            session.state = Rc::new(state);
            session.bubbles = vec![Bubble::Pending];
            session.waiting.push_back(Waiting::Resume);
            if session.has_focused() {
                session.catch_up();
            }
        }
        session
    }

    fn fresh(knowledge: Rc<Knowledge>) -> Self {
        let (state, reply) = greet(&knowledge);
        Self {
            knowledge: Knowledges(knowledge),
            drawings: Rc::default(),
            engine: EngineState::Loading,
            state: Rc::new(state),
            bubbles: vec![Bubble::Reply(Rc::new(reply))],
            waiting: VecDeque::new(),
        }
    }

    /// The oldest text that waits for the engine, if the engine is here.
    pub(super) fn to_ask(&self) -> Option<&str> {
        match (&self.engine, self.waiting.front()) {
            (EngineState::Ready, Some(Waiting::Said(text))) => Some(text),
            _ => None,
        }
    }

    /// The newest reply.
    pub(super) fn last_reply(&self) -> Option<&Rc<Reply>> {
        self.bubbles.iter().rev().find_map(|bubble| match bubble {
            Bubble::Reply(reply) => Some(reply),
            Bubble::Merchant(_) | Bubble::Pending => None,
        })
    }

    fn has_focused(&self) -> bool {
        self.state.focus.as_ref().is_some_and(|focus| self.knowledge.0.topic(&focus.topic).is_some())
    }

    fn reply(&mut self, turn: &Turn) {
        let next = respond(&self.knowledge.0, &self.state, turn);
        self.show(next);
    }

    fn show(&mut self, (state, reply): (State, Reply)) {
        self.state = Rc::new(state);
        let reply = Bubble::Reply(Rc::new(reply));
        match self.bubbles.iter().position(|bubble| *bubble == Bubble::Pending) {
            Some(pending) => self.bubbles[pending] = reply,
            None => self.bubbles.push(reply),
        }
    }

    /// Whether pressing `id` leads to an article that is still under way.
    fn lacks(&self, id: &str) -> bool {
        let topic = id.strip_prefix("topic:");
        topic.is_some_and(|topic| {
            self.knowledge.0.topic(topic).is_none() && self.knowledge.0.label(topic).is_some()
        }) && self.engine == EngineState::Loading
    }

    /// Does what was waiting for articles, up to the next waiting text.
    fn catch_up(&mut self) {
        loop {
            match self.waiting.front().cloned() {
                Some(Waiting::Chose(id)) => self.reply(&Turn::Chose(id)),
                Some(Waiting::Resume) => {
                    let left = resume(&self.knowledge.0, &self.state);
                    self.show(left);
                }
                Some(Waiting::Said(_)) | None => return,
            }
            self.waiting.pop_front();
        }
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Say(text) => {
                let (shown, _) = drop_secrets(&mask(text.trim()));
                if shown.is_empty() {
                    return self;
                }
                next.bubbles.push(Bubble::Merchant(shown));
                next.bubbles.push(Bubble::Pending);
                next.waiting.push_back(Waiting::Said(text));
            }
            Action::Choose(id) => {
                let label = options(&next.knowledge.0, &next.state)
                    .into_iter()
                    .find(|choice| choice.id == id)
                    .map(|choice| choice.label)
                    .or_else(|| next.knowledge.0.label(id.strip_prefix("topic:")?).map(str::to_owned));
                next.bubbles.extend(label.map(Bubble::Merchant));
                if next.lacks(&id) || !next.waiting.is_empty() {
                    next.bubbles.push(Bubble::Pending);
                    next.waiting.push_back(Waiting::Chose(id));
                } else {
                    next.reply(&Turn::Chose(id));
                }
            }
            Action::Heard(text, verdict) => {
                next.waiting.pop_front();
                next.reply(&Turn::Heard { text, verdict: *verdict });
                next.catch_up();
            }
            Action::Arrived(topics) => {
                let mut knowledge = (*next.knowledge.0).clone();
                knowledge.learn(topics);
                next.knowledge = Knowledges(Rc::new(knowledge));
                next.engine = EngineState::Ready;
                next.catch_up();
            }
            Action::Failed(why) => {
                next.engine = EngineState::Failed(why);
                next.catch_up();
            }
            Action::Retry => next.engine = EngineState::Loading,
            Action::Drawn(drawings) => next.drawings = Rc::new(drawings),
            Action::Reset => {
                let fresh = Self::fresh(next.knowledge.0.clone());
                next = Self { engine: next.engine, drawings: next.drawings, ..fresh };
            }
        }
        Rc::new(next)
    }
}
