//! Fetches the engine, then the drawings, and answers what has been waiting.

use wasm_bindgen_futures::spawn_local;
use yew::UseReducerDispatcher;

use crate::widget::engine::Loader;
use crate::widget::session::{Action, EngineState, Session};

/// Keeps a session supplied.
pub(super) fn supply(
    before: Option<&Session>,
    now: &Session,
    loader: &Loader,
    dispatch: &UseReducerDispatcher<Session>,
) {
    let wanted = |session: &Session| session.engine == EngineState::Loading;
    if wanted(now) && !before.is_some_and(wanted) {
        let (loader, dispatch) = (loader.clone(), dispatch.clone());
        spawn_local(async move {
            match loader.open().await {
                Ok((splits, topics)) => {
                    dispatch.dispatch(Action::Arrived(splits, topics));
                    dispatch.dispatch(Action::Drawn(loader.drawings().await));
                }
                Err(why) => dispatch.dispatch(Action::Failed(why)),
            }
        });
    }
    let asked = |session: &Session| session.to_ask().is_some().then_some(session.waiting.len());
    if let Some(text) = now.to_ask()
        && before.and_then(asked) != asked(now)
    {
        match loader.ask(text) {
            Some(verdict) => dispatch.dispatch(Action::Heard(text.to_owned(), Box::new(verdict))),
            None => dispatch.dispatch(Action::Failed("搜索模块没有回应".into())),
        }
    }
}
