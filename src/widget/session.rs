//! A session: the conversation as shown, and the one reducer that changes it.

use std::collections::VecDeque;
use std::rc::Rc;

use posdoc::content::Drawing;
use posdoc::dialog::{
    Knowledge, LONGEST, Open, Reply, State, Transcript, Turn, forgotten, greet, has_arrived, options,
    respond, resume, retell, wording,
};
use posdoc::matching::{Suggestion, Verdict};
use posdoc::text::{drop_secrets, mask};
use yew::AttrValue;

use super::bridge::Attributes;
use super::engine::Arrival;

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
#[derive(Debug, Clone)]
pub(super) enum Bubble {
    /// The merchant's words, masked.
    Merchant(AttrValue),
    /// Our reply, and its line in the transcript.
    Reply(Rc<Reply>, Rc<State>),
    /// Our reply, still to come.
    Pending,
}

impl Bubble {
    fn of(reply: Reply, state: &State) -> Self {
        let line = Transcript::line(&reply, state);
        Self::Reply(Rc::new(reply), Rc::new(line))
    }
}

impl PartialEq for Bubble {
    /// Whether they look the same. Replies never change: equal ones are the same one.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Merchant(one), Self::Merchant(other)) => one == other,
            (Self::Reply(one, _), Self::Reply(other, _)) => Rc::ptr_eq(one, other),
            (Self::Pending, Self::Pending) => true,
            _ => false,
        }
    }
}

/// What waits for the engine.
#[derive(Debug, Clone)]
pub(super) enum Waiting {
    /// Typed words.
    Said(String),
    /// A button whose article has not arrived.
    Chose(String),
    /// A restored state whose article has not arrived.
    Resume,
}

/// What lies over the conversation.
#[derive(Debug, Clone)]
pub(super) enum Sheet {
    /// Other ways to ask, clearing the record.
    Menu,
    /// All topics by category.
    Topics,
    /// The code pad, with what has been entered.
    Codes(String),
    /// A drawing, large.
    Drawing(String),
}

/// A conversation from an earlier visit.
#[derive(Debug)]
pub(super) struct Earlier {
    /// Whole days ago.
    pub(super) days: u32,
    /// Where it was left.
    pub(super) left: Transcript,
}

/// How the copying of the ticket went.
#[derive(Debug, Clone, Copy)]
pub(super) enum Copied {
    /// Not tried.
    No,
    /// It is in the clipboard.
    Yes,
    /// The browser refused; the text is selected instead.
    Refused,
}

/// What an earlier page left behind.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The conversation this tab was left in.
    pub(super) here: Option<Transcript>,
    /// A conversation from an earlier visit.
    pub(super) earlier: Option<Earlier>,
    /// Whether there was one that cannot be read.
    pub(super) lost: bool,
    /// Text size.
    pub(super) size: u8,
}

/// What the box shows beside its text, which is the browser's.
#[derive(Debug, Clone, Default)]
pub(super) struct Typing {
    /// Whether there is anything to send.
    pub(super) any: bool,
    pub(super) suggestions: Vec<Suggestion>,
    /// Which suggestion the arrow keys have reached.
    pub(super) chosen: Option<usize>,
}

/// What replies are shown with: it changes when something arrives or the page changes its mind.
#[derive(Debug, Clone)]
pub(super) struct Around {
    pub(super) knowledge: Knowledge,
    pub(super) drawings: Rc<Vec<Drawing>>,
    /// The element's attributes.
    pub(super) attributes: Attributes,
}

/// The conversation as shown.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) around: Rc<Around>,
    pub(super) engine: EngineState,
    pub(super) state: Rc<State>,
    pub(super) bubbles: Vec<Bubble>,
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) sheet: Option<Sheet>,
    pub(super) earlier: Option<Rc<Earlier>>,
    pub(super) copied: Copied,
    /// Text size: 0, 1 or 2.
    pub(super) size: u8,
    /// Whether this is a panel, and open.
    pub(super) open: bool,
    pub(super) typing: Typing,
}

/// What a button does.
#[derive(Debug, Clone)]
pub(super) enum Press {
    /// One of the reply's options, a topic (`topic:…`) or a code (`code:…`).
    Choose(String),
    /// Lay something over the conversation, or take it away.
    Show(Option<Sheet>),
    /// Go on where an earlier visit was left, or never mention it again.
    TakeUp(bool),
    /// Start over.
    Reset,
    /// Start over, and say that nothing is kept.
    Forget,
    /// Try again to get the engine.
    Retry,
    /// The next text size.
    Larger,
    /// Copy the ticket. Like the next two, done by the page, not by the session.
    Copy,
    /// Share the ticket.
    Share,
    /// Close the panel.
    Close,
}

/// What changes a session.
#[derive(Debug)]
pub(super) enum Action {
    /// The merchant pressed a button.
    Press(Press),
    /// The chat is on the screen.
    Shown,
    /// The text in the box is another one.
    Typed,
    /// The merchant went through the suggestions, or put them away.
    Suggest(Typing),
    /// The merchant sent these words, or else what is in the box.
    Send(Option<String>),
    /// The merchant said something.
    Say(String),
    /// The engine understood the oldest waiting text.
    Heard(String, Box<Verdict>),
    /// The engine is here, with narrowing questions and articles.
    Arrived(Arrival),
    /// The engine is not to be had.
    Failed(String),
    /// The drawings are here.
    Drawn(Vec<Drawing>),
    /// The ticket was copied, or could not be.
    Copied(bool),
    /// The page set an attribute of the element, or removed it.
    Set(String, Option<String>),
    /// The panel was opened.
    Opened,
}

/// Bubbles that outlive the page: twenty turns, and some.
const MOST_KEPT: usize = 48;
/// The longest code there is: `AUTH_CODE_INVALID`.
const LONGEST_CODE: usize = 17;

impl Session {
    /// A new conversation, or the one of `kept`, taken up where it was left.
    pub(super) fn new(knowledge: &Knowledge, attributes: Attributes, kept: Kept) -> Self {
        // A panel is mounted when it is opened first.
        let open = !attributes.is_inline();
        let (state, reply) = greet(knowledge);
        let mut session = Self {
            around: Rc::new(Around { knowledge: knowledge.clone(), drawings: Rc::default(), attributes }),
            engine: EngineState::Loading,
            bubbles: vec![Bubble::of(reply, &state)],
            state: Rc::new(state),
            waiting: VecDeque::new(),
            sheet: None,
            earlier: None,
            copied: Copied::No,
            size: kept.size,
            open,
            typing: Typing::default(),
        };
        let Some(left) = kept.here else {
            let about = kept.earlier.as_ref().and_then(|earlier| earlier.left.state.focus.as_ref());
            let gone = about.is_some_and(|focus| knowledge.label(&focus.topic).is_none());
            if gone || kept.lost {
                session.bubbles.clear();
                session.show(forgotten(knowledge));
            }
            session.earlier = kept.earlier.filter(|_| !gone).map(Rc::new);
            return session;
        };
        session.go_on(&left);
        session
    }

    fn go_on(&mut self, left: &Transcript) {
        let knowledge = &self.around.knowledge;
        self.state = Rc::new(left.state.clone());
        let bubble = |line: &State| match retell(knowledge, line) {
            Some(reply) => Bubble::Reply(Rc::new(reply), Rc::new(line.clone())),
            None => Bubble::Merchant(line.said.concat().into()),
        };
        self.bubbles = left.lines.iter().map(bubble).collect();
        self.waiting = VecDeque::from([Waiting::Resume]);
        if let Some(Bubble::Merchant(said)) = self.bubbles.last() {
            self.waiting.push_back(Waiting::Said(said.to_string()));
            self.bubbles.push(Bubble::Pending);
        }
        if has_arrived(knowledge, &left.state) || self.engine != EngineState::Loading {
            self.catch_up();
        }
    }

    /// The conversation as it is to be kept, on `day`.
    pub(super) fn transcript(&self, day: u32) -> Transcript {
        let first = self.bubbles.len().saturating_sub(MOST_KEPT);
        let line = |bubble: &Bubble| match bubble {
            Bubble::Merchant(said) => Some(State { said: vec![said.to_string()], ..State::default() }),
            Bubble::Reply(_, line) => Some(State::clone(line)),
            Bubble::Pending => None,
        };
        let lines = self.bubbles[first..].iter().filter_map(line).collect();
        Transcript { day, state: State::clone(&self.state), lines }
    }

    /// Tells the older replies again, with what has arrived since.
    fn retell(&mut self) {
        let bubbles = self.bubbles.iter_mut().rev();
        for bubble in bubbles.skip_while(|bubble| !matches!(bubble, Bubble::Reply(..))).skip(1) {
            if let Bubble::Reply(reply, line) = bubble
                && let Some(again) = retell(&self.around.knowledge, line)
            {
                *reply = Rc::new(again);
            }
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
            Bubble::Reply(reply, _) => Some(reply),
            Bubble::Merchant(_) | Bubble::Pending => None,
        })
    }

    /// Whether the merchant has said this, or pressed a button that says it.
    pub(super) fn has_heard(&self, words: &str) -> bool {
        self.bubbles.iter().any(|bubble| matches!(bubble, Bubble::Merchant(said) if *said == words.trim()))
    }

    fn reply(&mut self, turn: &Turn) {
        let next = respond(&self.around.knowledge, &self.state, turn);
        self.show(next);
    }

    fn show(&mut self, (state, reply): (State, Reply)) {
        let reply = Bubble::of(reply, &state);
        self.state = Rc::new(state);
        match self.bubbles.iter_mut().find(|bubble| matches!(bubble, Bubble::Pending)) {
            Some(pending) => *pending = reply,
            None => self.bubbles.push(reply),
        }
    }

    /// Whether pressing `id` leads to an article that is still under way.
    fn lacks(&self, id: &str) -> bool {
        let topic = id.strip_prefix("topic:");
        topic.is_some_and(|topic| {
            self.around.knowledge.topic(topic).is_none() && self.around.knowledge.label(topic).is_some()
        }) && self.engine == EngineState::Loading
    }

    /// Does what was waiting for articles, up to the next waiting text.
    fn catch_up(&mut self) {
        loop {
            match self.waiting.front().cloned() {
                Some(Waiting::Chose(id)) => self.reply(&Turn::Chose(id)),
                Some(Waiting::Resume) => {
                    let told = self.last_reply().cloned();
                    let (state, reply) = resume(&self.around.knowledge, &self.state, told.as_deref());
                    let mut bubbles = self.bubbles.iter_mut().rev();
                    if let Some(last) = bubbles.find(|bubble| matches!(bubble, Bubble::Reply(..))) {
                        *last = Bubble::of(reply, &state);
                    }
                    self.state = Rc::new(state);
                }
                Some(Waiting::Said(_)) | None => return,
            }
            self.waiting.pop_front();
        }
    }

    fn choose(&mut self, id: String) {
        let shown = self.last_reply().map(|reply| reply.options.clone()).unwrap_or_default();
        let words = options(&self.around.knowledge, &self.state)
            .into_iter()
            .chain(shown)
            .find(|choice| choice.id == id)
            .map(|choice| choice.label)
            .or_else(|| self.around.knowledge.label(id.strip_prefix("topic:")?).map(str::to_owned))
            .or_else(|| Some(["屏幕上显示 ", id.strip_prefix("code:")?].concat()));
        self.bubbles.extend(words.map(|words| Bubble::Merchant(words.into())));
        if self.lacks(&id) || !self.waiting.is_empty() {
            self.bubbles.push(Bubble::Pending);
            self.waiting.push_back(Waiting::Chose(id));
        } else {
            self.reply(&Turn::Chose(id));
        }
    }

    fn start_over(&mut self, note: Option<&str>) {
        let (state, mut greeting) = greet(&self.around.knowledge);
        greeting.note = note.map(str::to_owned);
        self.bubbles = vec![Bubble::of(greeting, &state)];
        self.state = Rc::new(state);
        self.waiting.clear();
        self.clear();
    }

    /// Takes away what belongs to the turn before.
    fn clear(&mut self) {
        (self.sheet, self.earlier, self.copied) = (None, None, Copied::No);
    }

    /// Takes in what happened.
    pub(super) fn update(&mut self, action: Action) {
        match action {
            Action::Press(press) => self.press(press),
            Action::Suggest(typing) => self.typing = typing,
            Action::Say(text) => {
                // A word more than is read, so that the dialog says so.
                let end = text.char_indices().nth(LONGEST + 1).map_or(text.len(), |(end, _)| end);
                let text = text[..end].to_owned();
                let (shown, _) = drop_secrets(&mask(text.trim()));
                if shown.is_empty() {
                    return;
                }
                self.clear();
                self.bubbles.push(Bubble::Merchant(shown.into()));
                self.bubbles.push(Bubble::Pending);
                self.waiting.push_back(Waiting::Said(text));
            }
            Action::Heard(text, verdict) => {
                self.waiting.pop_front();
                self.reply(&Turn::Heard { text, verdict: *verdict });
                self.catch_up();
            }
            Action::Arrived((instead, splits, topics)) => {
                let around = Rc::make_mut(&mut self.around);
                // What has been said so far is said again, in the words of the other content.
                if let Some(instead) = instead {
                    around.knowledge = instead;
                    self.waiting.push_front(Waiting::Resume);
                }
                around.knowledge.learn(splits, topics);
                self.engine = EngineState::Ready;
                self.retell();
                self.catch_up();
            }
            Action::Failed(why) => {
                self.engine = EngineState::Failed(why);
                self.catch_up();
            }
            Action::Drawn(drawings) => Rc::make_mut(&mut self.around).drawings = Rc::new(drawings),
            Action::Copied(done) => self.copied = if done { Copied::Yes } else { Copied::Refused },
            Action::Set(name, value) => {
                match (&*name, &value) {
                    ("opened", None) => self.opened(false),
                    ("topic", Some(topic)) => self.press(Press::Choose(["topic:", topic].concat())),
                    _ => {}
                }
                let around = Rc::make_mut(&mut self.around);
                around.attributes = around.attributes.with(&name, value);
            }
            Action::Opened => self.opened(true),
            // The app's own.
            Action::Shown | Action::Typed | Action::Send(_) => {}
        }
    }

    fn opened(&mut self, open: bool) {
        self.open = open;
        self.sheet = None;
    }

    fn press(&mut self, press: Press) {
        match press {
            Press::Choose(id) => {
                self.clear();
                self.choose(id);
            }
            Press::Show(Some(Sheet::Codes(code))) => {
                let fits = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                if fits && code.len() <= LONGEST_CODE {
                    self.sheet = Some(Sheet::Codes(code));
                }
            }
            Press::Show(sheet) => self.sheet = sheet,
            Press::TakeUp(wanted) => {
                if let (Some(earlier), true) = (self.earlier.take(), wanted) {
                    self.go_on(&earlier.left);
                }
            }
            Press::Reset => self.start_over(None),
            Press::Forget => self.start_over(Some(wording::FORGOTTEN)),
            Press::Retry => self.engine = EngineState::Loading,
            Press::Larger => self.size = (self.size + 1) % 3,
            Press::Copy | Press::Share | Press::Close => {}
        }
    }
}

/// Whether there is something to go on with: what has been solved is over.
pub(super) fn unfinished(state: &State) -> bool {
    (state.focus.is_some() || state.open == Open::Code) && state.open != Open::Closing
}
