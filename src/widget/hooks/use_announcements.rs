//! Tells the page what happened: turns, solutions, hand-overs. What was said only if the page asked for
//! it, and then as shown: masked.

use posdoc::dialog::{Kind, wording};
use yew::prelude::*;

use crate::widget::engine::Loader;
use crate::widget::session::{Bubble, EngineState, Session};

/// Emits `posdoc:` events as the session moves on; with `share`, they carry the merchant's last words.
#[hook]
pub(in crate::widget) fn use_announcements(
    loader: &Loader,
    session: &UseReducerHandle<Session>,
    share: bool,
) {
    {
        let loader = loader.clone();
        use_effect_with(session.engine.clone(), move |engine| match engine {
            EngineState::Ready => loader.emit("ready", &[]),
            EngineState::Failed(why) => loader.emit("error", &[("message", why.as_str().into())]),
            EngineState::Loading => {}
        });
    }
    let loader = loader.clone();
    let said = session.bubbles.iter().rev().find_map(|bubble| match bubble {
        Bubble::Merchant(text) => Some(text.clone()),
        Bubble::Reply(_) | Bubble::Pending => None,
    });
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
        let mut detail = vec![("turn", reply.turn.into()), ("topic", topic)];
        let said = said.unwrap_or_default();
        let in_vain = said == wording::UNSOLVED || said == wording::UNCLEAR;
        if share {
            detail.push(("text", said.into()));
        }
        if in_vain {
            loader.emit("unsolved", &detail);
        }
        loader.emit(name, &detail);
    });
}
