//! Fetches the engine, then the drawings, and answers what has been waiting.

use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::widget::engine::Loader;
use crate::widget::session::{Action, EngineState, Session};

/// Keeps a session supplied.
pub(super) fn supply(before: Option<&Session>, now: &Session, loader: &Loader, act: &Callback<Action>) {
    let wanted = |session: &Session| session.engine == EngineState::Loading;
    if wanted(now) && !before.is_some_and(wanted) {
        let (loader, act) = (loader.clone(), act.clone());
        spawn_local(async move {
            match loader.open().await {
                Ok(arrival) => {
                    act.emit(Action::Arrived(arrival));
                    act.emit(Action::Drawn(loader.drawings().await));
                }
                Err(why) => {
                    act.emit(Action::Failed(why));
                    act.emit(Action::Drawn(Vec::new()));
                }
            }
        });
    }
    let asked = |session: &Session| session.to_ask().is_some().then_some(session.waiting.len());
    if let Some(text) = now.to_ask()
        && before.and_then(asked) != asked(now)
    {
        match loader.ask(text) {
            Some(verdict) => act.emit(Action::Heard(text.to_owned(), Box::new(verdict))),
            None => act.emit(Action::Failed("搜索模块没有回应".into())),
        }
    }
}
