//! The app: wires the session to the engine and lays the components out.

use std::rc::Rc;

use posdoc::dialog::{Facts, Knowledge, Open, ticket};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::bridge::{Attributes, Command, Port};
use super::components::{Around, Composer, engine_notice, header, log, sheet};
use super::engine::Loader;
use super::hooks::{Places, kept, use_changes, use_viewport};
use super::page::call;
use super::session::{Action, EngineState, Press, Session};
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
#[function_component]
pub(super) fn App(props: &AppProps) -> Html {
    let session = use_reducer(|| {
        Session::new(props.knowledge.clone(), props.attributes.clone(), kept(&props.attributes))
    });
    let places = (*use_mut_ref(Places::default)).borrow().clone();
    let dispatch = session.dispatcher();
    {
        let props = props.clone();
        let dispatch = dispatch.clone();
        let restored = session.clone();
        use_effect_with((), move |()| {
            let topic = |topic: &str| Action::Press(Press::Choose(["topic:", topic].concat()));
            let go = dispatch.clone();
            props.inbox.listen(Callback::from(move |command| {
                go.dispatch(match command {
                    Command::Ask(text) => Action::Say(text),
                    Command::Reset => Action::Press(Press::Reset),
                    Command::Opened => Action::Opened(true),
                    Command::Retry => Action::Press(Press::Retry),
                    Command::Set(name, None) if name == "opened" => Action::Opened(false),
                    Command::Set(name, value) => {
                        if let ("topic", Some(value)) = (&*name, &value) {
                            go.dispatch(topic(value));
                        }
                        Action::Set(name, value)
                    }
                });
            }));
            // What the page asks for is not asked again by a reload.
            if let Some(wanted) = props.attributes.get("topic")
                && !props.knowledge.label(wanted).is_some_and(|label| restored.has_heard(label))
            {
                dispatch.dispatch(topic(wanted));
            }
            if let Some(query) = props.attributes.get("query").filter(|query| !restored.has_heard(query)) {
                dispatch.dispatch(Action::Say(query.to_string()));
            }
        });
    }
    use_changes(&props.loader, &session, &places);
    use_viewport(&places.app);

    let attributes = &session.attributes;
    let report = (session.state.open == Open::HandOver && session.state.reason.is_some()).then(|| {
        let own = |name| attributes.get(name).map(|value: &AttrValue| value.to_string());
        let facts = Facts {
            terminal_sn: own("terminal-sn"),
            merchant_number: own("merchant-number"),
            time: call(&js_sys::Date::new_0(), "toLocaleString", &["zh-CN".into()])
                .ok()
                .and_then(|time| time.as_string()),
        };
        ticket(&session.knowledge, &session.state, &facts)
    });
    let on = {
        let (dispatch, loader, report, app) =
            (dispatch.clone(), props.loader.clone(), report.clone(), places.app.clone());
        Callback::from(move |press| {
            let (dispatch, report, app) = (dispatch.clone(), report.clone().unwrap_or_default(), app.cast());
            match press {
                Press::Close => loader.close(),
                Press::Share => spawn_local(async move { share(&report).await }),
                Press::Copy => {
                    spawn_local(async move { dispatch.dispatch(Action::Copied(copy(&report, app).await)) });
                }
                press => dispatch.dispatch(Action::Press(press)),
            }
        })
    };
    let say = Callback::from(move |text| dispatch.dispatch(Action::Say(text)));
    let suggest = {
        let loader = props.loader.clone();
        Callback::from(move |typed: String| loader.suggest(&typed))
    };
    let around = Around {
        hotline: attributes.get("hotline").cloned(),
        hours: attributes.get("hotline-hours").cloned(),
    };
    let size = ["app", "app large", "app largest"][usize::from(session.size) % 3];
    html! {
        <div ref={places.app.clone()} class={size}>
            { header(attributes.get("provider"), session.size, !attributes.is_inline(), &on) }
            { log(&session, &around, report.as_deref(), &on) }
            if let EngineState::Failed(why) = &session.engine {
                { engine_notice(why, attributes.get("hotline"), &on) }
            }
            <Composer on_say={say} {suggest} />
            { sheet(&places.dialog, &session, &on) }
        </div>
    }
}
