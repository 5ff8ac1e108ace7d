//! A list of topics to go to.

use posdoc::content::{Kind, Topic};
use yew::prelude::*;

use crate::agent::route::Route;
use crate::agent::state::State;

/// Where a topic's page is.
pub(super) fn address(id: &str) -> String {
    Route::Topic(id.to_owned()).query()
}

/// Links to `topics`, favourites with a star.
pub(super) fn topic_links<'t>(topics: impl Iterator<Item = &'t Topic>, state: &State) -> Html {
    let lines = topics.map(|topic| {
        let favourite = state.favourites.contains(&topic.id);
        html! {
            <li key={topic.id.clone()}>
                <a href={address(&topic.id)}>
                    <span>{ &topic.title }</span>
                    if favourite { <span class="star" aria-label="已收藏">{ "★" }</span> }
                    if topic.kind == Kind::Answer { <span class="tag">{ "解答" }</span> }
                </a>
            </li>
        }
    });
    html! { <ul class="links">{ for lines }</ul> }
}
