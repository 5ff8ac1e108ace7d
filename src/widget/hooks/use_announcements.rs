//! Tells the page what happened: turns, solutions, hand-overs. Never what was said.

use posdoc::dialog::Kind;
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
    use_effect_with(session.last_reply().cloned(), move |reply| {
        let Some(reply) = reply else { return };
        let topic = reply.topic.as_deref().map_or(wasm_bindgen::JsValue::NULL, Into::into);
        let name = match reply.kind {
            Kind::Greeting => return,
            Kind::Closing => "solved",
            Kind::HandOver => "handover",
            Kind::Fallback => "unmatched",
            Kind::Clarify | Kind::Question | Kind::Step | Kind::Answer => "turn",
        };
        loader.emit(name, &[("turn", reply.turn.into()), ("topic", topic)]);
    });
}
