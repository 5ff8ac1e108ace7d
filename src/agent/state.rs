//! What the view knows, and the one reducer that changes it.

use std::rc::Rc;

use posdoc::content::{Device, Drawing, Topic};
use posdoc::report::{Conversation, Report, Tried, Unreadable, Went, read};
use yew::Reducible;

use super::route::Route;
use super::store::Trouble;

/// How many topics are remembered as looked at.
const REMEMBERED: usize = 8;

/// A kept text: what it says, or why that cannot be made out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept<T> {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) read: Result<T, Unreadable>,
}

/// The view.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub(super) route: Route,
    /// What is in the search box.
    pub(super) typed: String,
    /// What is in the codes' filter.
    pub(super) code: String,
    pub(super) device: Option<Device>,
    pub(super) favourites: Vec<String>,
    pub(super) recent: Vec<String>,
    pub(super) drawings: Rc<Vec<Drawing>>,
    /// How the steps of the topic in hand went, while they are being ticked off.
    pub(super) checklist: Option<Vec<Went>>,
    /// Newest first; nothing before they have been read.
    pub(super) reports: Option<Vec<Kept<Report>>>,
    /// Newest first; nothing before they have been read.
    pub(super) conversations: Option<Result<Vec<Kept<Conversation>>, Trouble>>,
    pub(super) trouble: Option<Trouble>,
}

/// What changes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    Go(Route),
    Typed(String),
    Code(String),
    Device(Option<Device>),
    /// Marks a topic, or takes the mark back.
    Favour(String),
    Drawn(Vec<Drawing>),
    /// Starts ticking off this many steps, or stops.
    Check(Option<usize>),
    /// A step went so.
    Went(usize, Went),
    /// Texts from the store, by id.
    Kept(Vec<(String, String)>),
    Put(Report),
    Remove(String),
    /// The conversations that are kept, newest first.
    Told(Result<Vec<Kept<Conversation>>, Trouble>),
    Trouble(Option<Trouble>),
}

impl State {
    pub(super) fn new(route: Route, favourites: Vec<String>, recent: Vec<String>) -> Self {
        let mut state = Self {
            route: Route::Library,
            typed: String::new(),
            code: String::new(),
            device: None,
            favourites,
            recent,
            drawings: Rc::default(),
            checklist: None,
            reports: None,
            conversations: None,
            trouble: None,
        };
        state.go(route);
        state
    }

    pub(super) fn report(&self, id: &str) -> Option<&Report> {
        let kept = self.reports.iter().flatten().find(|kept| kept.id == id)?;
        kept.read.as_ref().ok()
    }

    /// The conversations, as far as they have been read.
    pub(super) fn conversations(&self) -> &[Kept<Conversation>] {
        match &self.conversations {
            Some(Ok(all)) => all,
            _ => &[],
        }
    }

    pub(super) fn readable(&self) -> Vec<Report> {
        self.reports.iter().flatten().filter_map(|kept| kept.read.clone().ok()).collect()
    }

    fn go(&mut self, route: Route) {
        match &route {
            Route::Topic(id) => {
                self.recent.retain(|known| known != id);
                self.recent.insert(0, id.clone());
                self.recent.truncate(REMEMBERED);
            }
            Route::Codes(code) if !code.is_empty() => self.code.clone_from(code),
            _ => {}
        }
        if route != self.route {
            self.checklist = None;
        }
        self.route = route;
    }

    /// Puts a report in its place, newest first.
    fn put(&mut self, kept: Kept<Report>) {
        let reports = self.reports.get_or_insert_default();
        reports.retain(|known| known.id != kept.id);
        reports.push(kept);
        let time =
            |kept: &Kept<Report>| kept.read.as_ref().map(|report| report.time.clone()).unwrap_or_default();
        reports.sort_by(|a, b| time(b).cmp(&time(a)).then_with(|| b.id.cmp(&a.id)));
    }
}

/// A report begun from a topic's checklist.
pub(super) fn begun(id: String, time: String, topic: Option<(&Topic, &[Went])>) -> Report {
    let mut report = Report { id, time, ..Report::default() };
    if let Some((topic, went)) = topic {
        report.topic = Some(topic.id.clone());
        report.symptom.clone_from(&topic.title);
        let tried = topic.steps.iter().zip(went).filter(|(_, went)| **went != Went::Skipped);
        report.steps = tried.map(|(step, went)| Tried { action: step.action.clone(), went: *went }).collect();
        if went.contains(&Went::Helped) {
            report.outcome = posdoc::report::Outcome::Solved;
        }
    }
    report
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Go(route) => next.go(route),
            Action::Typed(typed) => next.typed = typed,
            Action::Code(code) => next.code = code,
            Action::Device(device) => next.device = device,
            Action::Favour(id) => match next.favourites.iter().position(|known| *known == id) {
                Some(at) => drop(next.favourites.remove(at)),
                None => next.favourites.push(id),
            },
            Action::Drawn(drawings) => next.drawings = Rc::new(drawings),
            Action::Check(steps) => next.checklist = steps.map(|steps| vec![Went::Skipped; steps]),
            Action::Went(step, went) => {
                if let Some(slot) = next.checklist.as_mut().and_then(|list| list.get_mut(step)) {
                    *slot = went;
                }
            }
            Action::Kept(texts) => {
                next.reports.get_or_insert_default();
                for (id, text) in texts {
                    let read = read(&text);
                    next.put(Kept { id, text, read });
                }
            }
            Action::Put(report) => {
                let (id, text) = (report.id.clone(), String::new());
                next.put(Kept { id, text, read: Ok(report.masked()) });
            }
            Action::Remove(id) => next.reports.iter_mut().for_each(|all| all.retain(|kept| kept.id != id)),
            Action::Told(conversations) => next.conversations = Some(conversations),
            Action::Trouble(trouble) => next.trouble = trouble,
        }
        Rc::new(next)
    }
}
