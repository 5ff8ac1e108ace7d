//! The app: wires the session to the engine and lays the components out.

use std::rc::Rc;

use posdoc::dialog::{Facts, Knowledge, Open, ticket};
use yew::prelude::*;

use super::bridge::{Attributes, Command, Port};
use super::components::{Composer, Log, engine_notice, header};
use super::engine::Loader;
use super::hooks::{kept, use_announcements, use_engine, use_kept};
use super::session::{Action, EngineState, Session};

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
    let session = use_reducer(|| Session::new(props.knowledge.clone(), kept()));
    let attributes = use_state(|| props.attributes.clone());
    let focus = use_state(|| 0_u32);
    let dispatch = session.dispatcher();

    {
        let (dispatch, attributes, focus) = (dispatch.clone(), attributes.clone(), focus.clone());
        let initial = props.attributes.clone();
        let inbox = props.inbox.clone();
        let first = use_mut_ref(|| true);
        use_effect(move || {
            let go = dispatch.clone();
            inbox.listen(Callback::from(move |command| match command {
                Command::Ask(text) => go.dispatch(Action::Say(text)),
                Command::Retry => go.dispatch(Action::Retry),
                Command::Reset => go.dispatch(Action::Reset),
                Command::Opened => focus.set(*focus + 1),
                Command::Set(name, value) => {
                    if name == "topic"
                        && let Some(topic) = &value
                    {
                        go.dispatch(Action::Choose(format!("topic:{topic}")));
                    }
                    attributes.set(attributes.with(&name, value));
                }
            }));
            if first.replace(false) {
                if let Some(topic) = initial.get("topic") {
                    dispatch.dispatch(Action::Choose(format!("topic:{topic}")));
                }
                if let Some(query) = initial.get("query") {
                    dispatch.dispatch(Action::Say(query.to_string()));
                }
            }
        });
    }
    use_engine(&props.loader, &session);
    use_announcements(&props.loader, &session, attributes.get("share-text").is_some());
    use_kept(&session);

    let say = {
        let dispatch = dispatch.clone();
        Callback::from(move |text: String| dispatch.dispatch(Action::Say(text)))
    };
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |id: String| dispatch.dispatch(Action::Choose(id)))
    };
    let retry = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::Retry))
    };
    let reset = Callback::from(move |()| dispatch.dispatch(Action::Reset));
    let close = {
        let loader = props.loader.clone();
        Callback::from(move |()| loader.close())
    };
    let suggest = {
        let loader = props.loader.clone();
        Callback::from(move |typed: String| loader.suggest(&typed))
    };
    let report = (session.state.open == Open::HandOver).then(|| {
        let own = |name| attributes.get(name).map(|value: &AttrValue| value.to_string());
        let facts = Facts {
            terminal_sn: own("terminal-sn"),
            merchant_number: own("merchant-number"),
            time: js_sys::Date::new_0()
                .to_locale_string("zh-CN", &wasm_bindgen::JsValue::UNDEFINED)
                .as_string(),
        };
        AttrValue::from(ticket(&session.knowledge.0, &session.state, &facts))
    });
    let inline = attributes.get("mode").is_some_and(|mode| mode == "inline");
    html! {
        <div class="app">
            { header(attributes.get("provider"), (!inline).then_some(close), &reset) }
            <Log
                bubbles={session.bubbles.clone()}
                knowledge={session.knowledge.clone()}
                drawings={session.drawings.clone()}
                hotline={attributes.get("hotline").cloned()}
                hours={attributes.get("hotline-hours").cloned()}
                on_choose={choose}
                {report}
            />
            if let EngineState::Failed(why) = &session.engine {
                { engine_notice(why, attributes.get("hotline"), &retry) }
            }
            <Composer on_say={say} {suggest} ready={session.engine == EngineState::Ready} focus={*focus} />
        </div>
    }
}
