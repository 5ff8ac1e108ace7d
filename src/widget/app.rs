//! The app: wires the session to the engine and lays the components out.
//!
//! It is one component with one message: functions with hooks would weigh twice as much. Only what has
//! been said is a component of its own ([`super::components::Turn`]), so that it is not drawn again.

use std::cell::Cell;
use std::rc::Rc;

use posdoc::dialog::{Facts, Knowledge, Open, ticket};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::bridge::{Attributes, Port};
use super::components::{clear, composer, engine_notice, frame, header, log, sheet, typed};
use super::effects::{Guard, Places, after, draft, hear_composition, keep_draft, kept, watch_viewport};
use super::engine::Loader;
use super::page::{call, later};
use super::session::{Action, EngineState, Press, Session, Typing};
use super::share::{copy, share};

/// What the loader hands over when it mounts an app.
#[derive(Clone, Properties)]
pub(super) struct AppProps {
    pub(super) knowledge: Rc<Knowledge>,
    pub(super) attributes: Attributes,
    pub(super) loader: Loader,
    pub(super) inbox: Port,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.knowledge, &other.knowledge) && self.inbox == other.inbox
    }
}

/// One chat.
pub(super) struct App {
    session: Session,
    /// The session as it was when it was last on the screen.
    shown: Option<Session>,
    /// The ticket, once there is one to take along: as it is shown.
    report: Option<String>,
    places: Places,
    composing: Rc<Cell<bool>>,
    guard: Guard,
    act: Callback<Action>,
    on: Callback<Press>,
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let act = ctx.link().callback(|action| action);
        Self {
            session: Session::new(&props.knowledge, props.attributes.clone(), kept(&props.attributes)),
            shown: None,
            report: None,
            places: Places::default(),
            composing: Rc::default(),
            guard: Guard::default(),
            on: act.reform(Action::Press),
            act,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let loader = &ctx.props().loader;
        match action {
            Action::Press(Press::Close) => loader.close(),
            Action::Press(Press::Share) => {
                let report = self.report.clone().unwrap_or_default();
                spawn_local(async move { share(&report).await });
            }
            Action::Press(Press::Copy) => {
                let (report, act) = (self.report.clone().unwrap_or_default(), self.act.clone());
                let app = self.places.app.cast();
                spawn_local(async move { act.emit(Action::Copied(copy(&report, app).await)) });
            }
            Action::Typed => {
                let text = typed(&self.places.input);
                let any = !text.trim().is_empty();
                let mut suggestions = Vec::new();
                if !self.composing.get() {
                    suggestions = loader.suggest(&text);
                    keep_draft(&self.session.around.attributes, &text);
                }
                self.session.typing = Typing { any, suggestions, chosen: None };
            }
            Action::Send(words) => {
                let text = words.unwrap_or_else(|| typed(&self.places.input));
                if text.trim().is_empty() {
                    return false;
                }
                clear(&self.places.input);
                keep_draft(&self.session.around.attributes, "");
                self.session.typing = Typing::default();
                self.session.update(Action::Say(text));
            }
            action => self.session.update(action),
        }
        self.report = self.ticket();
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let (session, on) = (&self.session, &self.on);
        let attributes = &session.around.attributes;
        // Always five: Yew tells them by their places.
        let parts = vec![
            header(attributes.get("provider"), session.size, !attributes.is_inline(), on),
            log(session, self.report.as_deref(), on),
            match &session.engine {
                EngineState::Failed(why) => engine_notice(why, attributes.get("hotline"), on),
                _ => Html::default(),
            },
            composer(&self.places.input, &session.typing, &self.composing, &self.act),
            sheet(&self.places.dialog, session, on),
        ];
        frame(&self.places.app, session.size, parts)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let AppProps { attributes, loader, inbox, .. } = ctx.props();
        // Drawing and laying out everything for the first time is enough for one piece of work.
        if first {
            watch_viewport(&self.places.app);
            hear_composition(&self.places.input, &self.composing, &self.act);
            if let (Some(input), Some(text)) =
                (self.places.input.cast::<HtmlTextAreaElement>(), draft(attributes))
            {
                input.set_value(&text);
                self.act.emit(Action::Typed);
            }
            let act = self.act.clone();
            return later(move || act.emit(Action::Shown));
        }
        let before = self.shown.replace(self.session.clone());
        after(before.as_ref(), &self.session, loader, &self.places, &mut self.guard, &self.act);
        if before.is_none() {
            inbox.listen(self.act.clone());
            // What the page asks for is not asked again by a reload.
            let heard = |words: &str| self.session.has_heard(words);
            let known = |topic: &AttrValue| self.session.around.knowledge.label(topic).is_some_and(heard);
            if let Some(topic) = attributes.get("topic").filter(|topic| !known(topic)) {
                self.on.emit(Press::Choose(["topic:", topic].concat()));
            }
            if let Some(query) = attributes.get("query").filter(|query| !heard(query)) {
                self.act.emit(Action::Say(query.to_string()));
            }
        }
    }
}

impl App {
    /// What a service desk needs to know, once a person is to take over and it is known why.
    fn ticket(&self) -> Option<String> {
        let session = &self.session;
        if session.state.open != Open::HandOver || session.state.reason.is_none() {
            return None;
        }
        let own = |name| session.around.attributes.get(name).map(|value: &AttrValue| value.to_string());
        let facts = Facts {
            terminal_sn: own("terminal-sn"),
            merchant_number: own("merchant-number"),
            device: own("device"),
            time: call(&js_sys::Date::new_0(), "toLocaleString", &["zh-CN".into()])
                .ok()
                .and_then(|time| time.as_string()),
        };
        Some(ticket(&session.around.knowledge, &session.state, &facts))
    }
}
