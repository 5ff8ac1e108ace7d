//! The view: wires state, storage and the app's script together, and picks the page.

use std::rc::Rc;

use posdoc::report::{Conversation, Report, write};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::bridge::{Host, listen};
use super::components::{
    About, Codes, ConversationList, ConversationPage, Home, ReportForm, ReportList, ReportSheet, TopicPage,
    trouble_notice,
};
use super::library::Library;
use super::route::Route;
use super::state::{Action, Kept, State};
use super::store::{self, CONVERSATIONS, REPORTS, Trouble};

/// What the app's script hands over.
#[derive(Clone, Properties)]
pub(super) struct AppProps {
    pub(super) library: Rc<Library>,
    pub(super) host: Host,
    pub(super) route: Route,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.library, &other.library)
    }
}

/// What every page is given.
#[derive(Clone, Properties)]
pub(super) struct PageProps {
    pub(super) library: Rc<Library>,
    pub(super) host: Host,
    pub(super) state: UseReducerHandle<State>,
    /// Keeps a report as it now is.
    pub(super) on_put: Callback<Report>,
    /// Removes a report for good.
    pub(super) on_remove: Callback<String>,
    /// Removes a conversation for good; with nothing, all of them.
    pub(super) on_forget: Callback<Option<String>>,
}

impl PartialEq for PageProps {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

impl PageProps {
    /// A callback that does `action`.
    pub(super) fn on<E>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let dispatch = self.state.dispatcher();
        Callback::from(move |event| dispatch.dispatch(action(event)))
    }
}

/// The agent's view.
#[function_component]
pub(super) fn App(props: &AppProps) -> Html {
    let state =
        use_reducer(|| State::new(props.route.clone(), store::ids("favourites"), store::ids("recent")));
    {
        let dispatch = state.dispatcher();
        use_effect_with((), move |()| {
            listen(Callback::from(move |route| dispatch.dispatch(Action::Go(route))))
        });
    }
    {
        let (dispatch, host) = (state.dispatcher(), props.host.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                load(&dispatch).await;
                dispatch.dispatch(Action::Drawn(host.fetch_drawings().await));
            });
        });
    }
    {
        // The chat may have gone on since they were last looked at.
        let (dispatch, library) = (state.dispatcher(), props.library.clone());
        use_effect_with(state.route.clone(), move |route| {
            if matches!(route, Route::Reports | Route::Conversations | Route::Conversation(_) | Route::About)
            {
                spawn_local(async move { told(&dispatch, &library).await });
            }
        });
    }
    use_effect_with(state.favourites.clone(), |ids| store::keep_ids("favourites", ids));
    use_effect_with(state.recent.clone(), |ids| store::keep_ids("recent", ids));

    let keep = {
        let dispatch = state.dispatcher();
        move |id: String, text: Option<String>| {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                dispatch.dispatch(Action::Trouble(REPORTS.put(&id, text.as_deref()).await.err()));
            });
        }
    };
    let on_put = {
        let (keep, dispatch, host) = (keep.clone(), state.dispatcher(), props.host.clone());
        Callback::from(move |report: Report| {
            keep(report.id.clone(), Some(write(&report)));
            dispatch.dispatch(Action::Put(report));
            let host = host.clone();
            spawn_local(async move { host.keep().await });
        })
    };
    let on_remove = {
        let dispatch = state.dispatcher();
        Callback::from(move |id: String| {
            keep(id.clone(), None);
            dispatch.dispatch(Action::Remove(id));
        })
    };
    let rebuild = {
        let (dispatch, shown) = (state.dispatcher(), state.readable());
        Callback::from(move |_: MouseEvent| {
            let (dispatch, shown) = (dispatch.clone(), shown.clone());
            spawn_local(async move {
                let outcome = renew(&shown).await;
                dispatch.dispatch(Action::Trouble(outcome.err()));
            });
        })
    };

    let on_forget = {
        let (dispatch, library) = (state.dispatcher(), props.library.clone());
        Callback::from(move |id: Option<String>| {
            let (dispatch, library) = (dispatch.clone(), library.clone());
            spawn_local(async move {
                let outcome = match &id {
                    Some(id) => CONVERSATIONS.put(id, None).await,
                    None => CONVERSATIONS.forget().await,
                };
                match outcome {
                    Ok(()) => told(&dispatch, &library).await,
                    Err(trouble) => dispatch.dispatch(Action::Told(Err(trouble))),
                }
            });
        })
    };

    let page = PageProps {
        library: props.library.clone(),
        host: props.host.clone(),
        state: state.clone(),
        on_put,
        on_remove,
        on_forget,
    };
    html! {
        <div class="agent">
            if let Some(trouble) = &state.trouble {
                { trouble_notice(trouble, &page, rebuild) }
            }
            { match &state.route {
                Route::Library | Route::Group(_) => html! { <Home ..page /> },
                Route::Topic(_) => html! { <TopicPage ..page /> },
                Route::Codes(_) => html! { <Codes ..page /> },
                Route::Reports => html! { <ReportList ..page /> },
                Route::Report(_) => html! { <ReportSheet ..page /> },
                Route::Edit(id) => html! { <ReportForm key={id.clone()} ..page /> },
                Route::Conversations => html! { <ConversationList ..page /> },
                Route::Conversation(id) => html! { <ConversationPage key={id.clone()} ..page /> },
                Route::About => html! { <About ..page /> },
            } }
        </div>
    }
}

/// A new store with what is on the screen, for one that does not open any more.
async fn renew(shown: &[Report]) -> Result<(), Trouble> {
    REPORTS.forget().await?;
    for report in shown {
        REPORTS.put(&report.id, Some(&write(report))).await?;
    }
    Ok(())
}

/// Reads the conversations, newest first. What can be made out of one is kept with it: a later version
/// may not be able to any more.
async fn told(dispatch: &UseReducerDispatcher<State>, library: &Library) {
    let texts = match CONVERSATIONS.all().await {
        Ok(texts) => texts,
        Err(trouble) => return dispatch.dispatch(Action::Told(Err(trouble))),
    };
    let mut all = Vec::new();
    for (id, text) in texts {
        let read = Conversation::read(&text, |id| library.topic(id));
        if let Ok(conversation) = &read {
            let known = conversation.write();
            if known != text {
                // Only made out again if it cannot be kept.
                let _ = CONVERSATIONS.replace(&id, &text, &known).await;
            }
        }
        all.push(Kept { id, text, read });
    }
    let time = |kept: &Kept<Conversation>| {
        kept.read.as_ref().map(|conversation| conversation.began.clone()).unwrap_or_default()
    };
    all.sort_by(|a, b| time(b).cmp(&time(a)).then_with(|| b.id.cmp(&a.id)));
    dispatch.dispatch(Action::Told(Ok(all)));
}

/// Reads what is kept. What is on the screen and was never kept stays.
async fn load(dispatch: &UseReducerDispatcher<State>) {
    let (texts, trouble) = match REPORTS.all().await {
        Ok(texts) => (texts, None),
        Err(trouble) => (Vec::new(), Some(trouble)),
    };
    dispatch.dispatch(Action::Kept(texts));
    dispatch.dispatch(Action::Trouble(trouble));
}
