//! A session: the conversation as shown, and the one reducer that changes it.

use std::collections::VecDeque;
use std::rc::Rc;

use posdoc::content::{Drawing, Topic};
use posdoc::dialog::{Knowledge, Open, Reply, State, Turn, greet, options, respond, resume, wording};
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

/// What lies over the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Text size, other ways to ask, clearing the record.
    Menu,
    /// All topics by category.
    Topics,
    /// The code pad, with what has been entered.
    Codes(String),
    /// A drawing, large.
    Drawing(String),
}

/// A conversation from an earlier visit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Earlier {
    /// Whole days ago.
    pub(super) days: u32,
    /// Where it was left.
    pub(super) state: State,
}

/// How the copying of the ticket went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copied {
    /// Not tried.
    No,
    /// It is in the clipboard.
    Yes,
    /// The browser refused; the text is selected instead.
    Refused,
}

/// The longest code there is: `AUTH_CODE_INVALID`.
const LONGEST_CODE: usize = 17;

/// The conversation as shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Session {
    pub(super) knowledge: Knowledges,
    pub(super) drawings: Rc<Vec<Drawing>>,
    pub(super) engine: EngineState,
    pub(super) state: Rc<State>,
    pub(super) bubbles: Vec<Bubble>,
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) sheet: Option<Sheet>,
    pub(super) earlier: Option<Rc<Earlier>>,
    pub(super) copied: Copied,
    /// Text size: 0, 1 or 2.
    pub(super) size: u8,
}

/// What an earlier page left behind.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// The state this tab was left in.
    pub(super) state: Option<State>,
    /// A conversation from an earlier visit.
    pub(super) earlier: Option<Earlier>,
    /// Text size.
    pub(super) size: u8,
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
    /// Start over, and say that nothing is kept.
    Forget,
    /// Lay something over the conversation, or take it away.
    Show(Option<Sheet>),
    /// Go on where an earlier visit was left, or never mention it again.
    TakeUp(bool),
    /// The ticket was copied, or could not be.
    Copied(bool),
    /// The next text size.
    Larger,
}

impl Session {
    /// A new conversation, or the one of `kept`, taken up where it was left.
    pub(super) fn new(knowledge: Rc<Knowledge>, kept: Kept) -> Self {
        let mut session = Self { size: kept.size, ..Self::fresh(knowledge) };
        match kept.state.filter(unfinished) {
            Some(state) => session.go_on(state),
            None => {
                session.earlier = kept.earlier.filter(|earlier| unfinished(&earlier.state)).map(Rc::new);
            }
        }
        session
    }

    fn go_on(&mut self, state: State) {
        self.state = Rc::new(state);
        self.bubbles = vec![Bubble::Pending];
        self.waiting.push_back(Waiting::Resume);
        if self.has_focused() || self.state.focus.is_none() {
            self.catch_up();
        }
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
            sheet: None,
            earlier: None,
            copied: Copied::No,
            size: 0,
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

/// Whether there is something to go on with: what has been solved is over.
pub(super) fn unfinished(state: &State) -> bool {
    (state.focus.is_some() || state.open == Open::Code) && state.open != Open::Closing
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        if let Action::Say(_) | Action::Choose(_) = action {
            (next.sheet, next.earlier, next.copied) = (None, None, Copied::No);
        }
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
                    .or_else(|| next.knowledge.0.label(id.strip_prefix("topic:")?).map(str::to_owned))
                    .or_else(|| Some(["屏幕上显示 ", id.strip_prefix("code:")?].concat()));
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
            Action::Reset | Action::Forget => {
                let mut fresh = Self::fresh(next.knowledge.0.clone());
                if action == Action::Forget
                    && let Some(Bubble::Reply(greeting)) = fresh.bubbles.first_mut()
                {
                    Rc::make_mut(greeting).note = Some(wording::FORGOTTEN.to_owned());
                }
                next = Self { engine: next.engine, drawings: next.drawings, size: next.size, ..fresh };
            }
            Action::Show(sheet) => {
                if let Some(Sheet::Codes(code)) = &sheet
                    && (code.len() > LONGEST_CODE
                        || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
                {
                    return self;
                }
                next.sheet = sheet;
            }
            Action::TakeUp(wanted) => {
                if let (Some(earlier), true) = (next.earlier.take(), wanted) {
                    next.go_on(earlier.state.clone());
                }
            }
            Action::Copied(done) => next.copied = if done { Copied::Yes } else { Copied::Refused },
            Action::Larger => next.size = (next.size + 1) % 3,
        }
        Rc::new(next)
    }
}
