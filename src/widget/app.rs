//! The app: wires the session to the engine and lays the components out.

use std::rc::Rc;

use posdoc::dialog::{Facts, Knowledge, Open, ticket};
use yew::prelude::*;

use super::bridge::{Attributes, Command, Port};
use super::components::{Around, Composer, engine_notice, header, log, sheet};
use super::engine::Loader;
use super::hooks::{kept, use_announcements, use_engine, use_follow, use_kept, use_sheet, use_viewport};
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
    let inline = attributes.get("mode").is_some_and(|mode| mode == "inline");
    // A panel is mounted when it is opened first.
    let opened = use_state(|| u32::from(!inline));
    let dispatch = session.dispatcher();

    {
        let (dispatch, attributes, opened) = (dispatch.clone(), attributes.clone(), opened.clone());
        let initial = props.attributes.clone();
        let inbox = props.inbox.clone();
        let first = use_mut_ref(|| true);
        use_effect(move || {
            let go = dispatch.clone();
            inbox.listen(Callback::from(move |command| match command {
                Command::Ask(text) => go.dispatch(Action::Say(text)),
                Command::Reset => go.dispatch(Action::Reset),
                Command::Opened => opened.set(*opened + 1),
                Command::Closed => go.dispatch(Action::Show(None)),
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
    use_announcements(&props.loader, &session);
    use_kept(&session);
    let (app, scroller, dialog) = (use_node_ref(), use_node_ref(), use_node_ref());
    use_follow(&scroller, &session, *opened);
    use_sheet(&dialog, &session);
    use_viewport(&app);

    let on = Callback::from(move |action| dispatch.dispatch(action));
    let close = {
        let loader = props.loader.clone();
        Callback::from(move |_| loader.close())
    };
    let suggest = {
        let loader = props.loader.clone();
        Callback::from(move |typed: String| loader.suggest(&typed))
    };
    let report = (session.state.open == Open::HandOver && session.state.reason.is_some()).then(|| {
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
    let around = Around {
        hotline: attributes.get("hotline").cloned(),
        hours: attributes.get("hotline-hours").cloned(),
    };
    html! {
        <div ref={app} class={classes!("app", ["", "large", "largest"].get(usize::from(session.size)).copied())}>
            { header(attributes.get("provider"), session.size, (!inline).then_some(close), &on) }
            { log(&scroller, &session, &around, report, &on) }
            if let EngineState::Failed(why) = &session.engine {
                { engine_notice(why, attributes.get("hotline"), &on) }
            }
            <Composer on_say={on.reform(Action::Say)} {suggest} />
            { sheet(&dialog, &session, &on) }
        </div>
    }
}
