//! What the engine takes the words for, where letters alone may not find it.

use posdoc::matching::Match;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::topic_links::topic_links;
use crate::agent::app::PageProps;
use crate::agent::find;

/// A guess less likely than this helps nobody.
const LEAST: f32 = 0.1;
const MOST: usize = 3;

/// The engine's guesses for what is typed.
#[function_component]
pub(super) fn Guess(props: &PageProps) -> Html {
    let guesses = use_state(Vec::<Match>::new);
    {
        let (guesses, host) = (guesses.clone(), props.host.clone());
        use_effect_with(props.state.typed.clone(), move |typed| {
            let typed = typed.clone();
            // Answers come in the order of questions: the engine has no other thread.
            spawn_local(async move {
                let verdict = if typed.trim().is_empty() { None } else { host.understand(&typed).await };
                guesses.set(verdict.map(|verdict| verdict.matches).unwrap_or_default());
            });
        });
    }
    // What the letters found already needs no guess.
    let found = find::topics(&props.library, &props.state.typed);
    let new = |guess: &&Match| !found.iter().any(|hit| hit.topic.id == guess.topic);
    let likely = guesses.iter().filter(|guess| guess.score >= LEAST).filter(new).take(MOST);
    let topics: Vec<_> = likely.filter_map(|guess| props.library.topic(&guess.topic)).collect();
    if topics.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ "按意思猜" }</h3>
            { topic_links(topics.into_iter(), &props.state) }
        </>
    }
}
