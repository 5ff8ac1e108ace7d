//! Tells the page what happened: turns, solutions, hand-overs. What was said only if the page asks
//! for it (`share-text`), and then without its numbers.

use std::rc::Rc;

use posdoc::dialog::{Kind, wording};
use posdoc::text::hide_numbers;
use wasm_bindgen::JsValue;

use crate::widget::engine::Loader;
use crate::widget::session::{Bubble, EngineState, Session};

/// Emits `posdoc:` events as the session moves on.
pub(super) fn announce(before: Option<&Session>, now: &Session, loader: &Loader) {
    if before.is_none_or(|before| before.engine != now.engine) {
        match &now.engine {
            EngineState::Ready => loader.emit("ready", &[]),
            EngineState::Failed(why) => loader.emit("error", &[("message", why.as_str().into())]),
            EngineState::Loading => {}
        }
    }
    if before.is_some_and(|before| Rc::ptr_eq(&before.state, &now.state)) {
        return;
    }
    let Some(reply) = now.last_reply() else { return };
    let topic = reply.topic.as_deref().map_or(JsValue::NULL, Into::into);
    let reason = now.state.reason.and_then(|nth| wording::REASONS.get(usize::from(nth)));
    let (name, more) = match (reply.kind, now.state.helped, reason) {
        (Kind::Greeting, ..) if reply.note.as_deref() == Some(wording::FORGOTTEN) => ("clear", None),
        (Kind::Greeting, ..) => return,
        (Kind::Closing, Some(helped), _) => ("turn", Some(("helped", helped.into()))),
        (Kind::Closing, None, _) => ("solved", None),
        (Kind::HandOver, _, Some(reason)) => ("unsolved", Some(("reason", (*reason).into()))),
        (Kind::HandOver, _, None) => ("handover", None),
        (Kind::Fallback, ..) => ("unmatched", None),
        (Kind::Clarify | Kind::Question | Kind::Step | Kind::Answer, ..) => ("turn", None),
    };
    let mut detail = vec![("turn", reply.turn.into()), ("topic", topic)];
    detail.extend(more);
    if now.around.attributes.get("share-text").is_some_and(|wish| wish != "false") {
        let answered = now.bubbles.iter().rev().skip_while(|bubble| !matches!(bubble, Bubble::Reply(..)));
        let said = answered.into_iter().find_map(|bubble| match bubble {
            Bubble::Merchant(said) => Some(hide_numbers(said)),
            Bubble::Reply(..) | Bubble::Pending => None,
        });
        detail.extend(said.map(|said| ("text", said.into())));
    }
    loader.emit(name, &detail);
}
