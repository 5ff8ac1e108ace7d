//! Fetches the engine, then the drawings, and answers what has been waiting.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::widget::engine::Loader;
use crate::widget::session::{Action, EngineState, Session};

/// Keeps a session supplied.
#[hook]
pub(in crate::widget) fn use_engine(loader: &Loader, session: &UseReducerHandle<Session>) {
    let dispatch = session.dispatcher();
    {
        let (loader, dispatch) = (loader.clone(), dispatch.clone());
        let wanted = session.engine == EngineState::Loading;
        use_effect_with(wanted, move |wanted| {
            if *wanted {
                spawn_local(async move {
                    match loader.open().await {
                        Ok(topics) => {
                            dispatch.dispatch(Action::Arrived(topics));
                            dispatch.dispatch(Action::Drawn(loader.drawings().await));
                        }
                        Err(why) => dispatch.dispatch(Action::Failed(why)),
                    }
                });
            }
        });
    }
    let (loader, asked) = (loader.clone(), session.to_ask().map(str::to_owned));
    let waiting = session.waiting.len();
    use_effect_with((asked, waiting), move |(asked, _)| {
        if let Some(text) = asked.clone() {
            match loader.ask(&text) {
                Some(verdict) => dispatch.dispatch(Action::Heard(text, Box::new(verdict))),
                None => dispatch.dispatch(Action::Failed("搜索模块没有回应".into())),
            }
        }
    });
}
