//! Tells the page what happened: turns, solutions, hand-overs. Never what was said.

use posdoc::dialog::{Kind, wording};
use yew::prelude::*;

use crate::widget::engine::Loader;
use crate::widget::session::{EngineState, Session};

/// Emits `posdoc:` events as the session moves on.
#[hook]
pub(in crate::widget) fn use_announcements(loader: &Loader, session: &UseReducerHandle<Session>) {
    {
        let loader = loader.clone();
        use_effect_with(session.engine.clone(), move |engine| match engine {
            EngineState::Ready => loader.emit("ready", &[]),
            EngineState::Failed(why) => loader.emit("error", &[("message", why.as_str().into())]),
            EngineState::Loading => {}
        });
    }
    let loader = loader.clone();
    use_effect_with((session.last_reply().cloned(), session.state.clone()), move |(reply, state)| {
        let Some(reply) = reply else { return };
        let topic = reply.topic.as_deref().map_or(wasm_bindgen::JsValue::NULL, Into::into);
        let mut detail = vec![("turn", reply.turn.into()), ("topic", topic)];
        let name = match reply.kind {
            Kind::Closing if state.helped.is_some() => {
                detail.push(("helped", state.helped.into()));
                "turn"
            }
            Kind::HandOver if state.reason.is_some() => {
                detail.push((
                    "reason",
                    state.reason.and_then(|nth| wording::REASONS.get(usize::from(nth)).copied()).into(),
                ));
                "unsolved"
            }
            Kind::Greeting => return,
            Kind::Closing => "solved",
            Kind::HandOver => "handover",
            Kind::Fallback => "unmatched",
            Kind::Clarify | Kind::Question | Kind::Step | Kind::Answer => "turn",
        };
        loader.emit(name, &detail);
    });
}
