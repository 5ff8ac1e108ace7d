//! 查资料: search through everything, favourites, what was looked at, and the topics by group and
//! machine.

use posdoc::content::{Device, Topic};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::guess::Guess;
use super::marked::marked;
use super::topic_links::{address, topic_links};
use crate::agent::app::PageProps;
use crate::agent::find;
use crate::agent::route::Route;
use crate::agent::state::Action;
use crate::agent::words;

/// The most codes among the results; the codes' own page has all.
const CODES: usize = 6;

/// The library's first page, or one group of it.
#[function_component]
pub(in crate::agent) fn Home(props: &PageProps) -> Html {
    let state = &props.state;
    let typed = props
        .on(|event: InputEvent| Action::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
    let searching = !state.typed.trim().is_empty();
    html! {
        <>
            <header class="bar">
                <h2 tabindex="-1">{ "查资料" }</h2>
                <a class="small" href={Route::About.query()}>{ "关于和存储" }</a>
            </header>
            <div class="search" role="search">
                <label class="unseen" for="find">{ "搜主题、说法、应答码" }</label>
                <input id="find" type="search" placeholder="搜主题、说法、应答码" autocomplete="off" enterkeyhint="search"
                    value={state.typed.clone()} oninput={typed} />
                <a class="button" href={Route::Codes(String::new()).query()}>{ "应答码表" }</a>
            </div>
            <div aria-live="polite">
                if searching { { results(props) } }
            </div>
            if !searching { { shelves(props) } }
        </>
    }
}

fn results(props: &PageProps) -> Html {
    let (library, typed) = (&props.library, &props.state.typed);
    let hits = find::topics(library, typed);
    let codes = find::codes(library, typed, CODES);
    let nothing = hits.is_empty() && codes.is_empty();
    html! {
        <>
            if !codes.is_empty() {
                <h3>{ "应答码" }</h3>
                <ul class="links">
                    { for codes.iter().map(|code| html! {
                        <li><a href={Route::Codes(code.code.clone()).query()}>
                            <b class="code">{ marked(&find::mark(&code.code, typed)) }</b>
                            <span>{ marked(&find::mark(&code.meaning, typed)) }</span>
                            <span class="tag">{ words::screen(code.system) }</span>
                        </a></li>
                    }) }
                </ul>
            }
            if !hits.is_empty() {
                <h3>{ format!("主题（{}）", hits.len()) }</h3>
                <ul class="links">
                    { for hits.iter().map(|hit| html! {
                        <li key={hit.topic.id.clone()}><a href={address(&hit.topic.id)}>
                            <span>
                                { marked(&hit.title) }
                                if let Some(via) = &hit.via { <small>{ marked(via) }</small> }
                            </span>
                        </a></li>
                    }) }
                </ul>
            }
            if nothing { <p class="empty">{ "没有一模一样的字。" }</p> }
            <Guess ..props.clone() />
        </>
    }
}

fn shelves(props: &PageProps) -> Html {
    let (library, state) = (&props.library, &props.state);
    let device = state.device;
    let concerns = move |topic: &Topic| {
        device.is_none_or(|device| topic.devices.is_empty() || topic.devices.contains(&device))
    };
    let chosen = props.on(|event: Event| {
        let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        Action::Device(usize::try_from(at - 1).ok().and_then(|at| words::DEVICES.get(at)).copied())
    });
    let picked = |ids: &[String]| ids.iter().filter_map(|id| library.topic(id)).collect::<Vec<_>>();
    let (favourites, recent) = (picked(&state.favourites), picked(&state.recent));
    let open = match &state.route {
        Route::Group(id) => Some(id.as_str()),
        _ => None,
    };
    let groups = library.groups().into_iter().filter_map(|group| {
        let topics: Vec<&Topic> =
            library.topics.iter().filter(|topic| topic.group == group && concerns(topic)).collect();
        (!topics.is_empty()).then(|| {
            html! {
                <details key={group.to_owned()} open={open == Some(group)}>
                    <summary>{ words::group(group) }<span class="count">{ topics.len() }</span></summary>
                    { topic_links(topics.into_iter(), state) }
                </details>
            }
        })
    });
    let option = |device: Device| {
        html! { <option selected={state.device == Some(device)}>{ words::device(device) }</option> }
    };
    html! {
        <>
            if !favourites.is_empty() {
                <h3>{ "收藏" }</h3>
                { topic_links(favourites.into_iter(), state) }
            }
            if !recent.is_empty() {
                <h3>{ "最近看过" }</h3>
                { topic_links(recent.into_iter().take(4), state) }
            }
            <div class="row">
                <h3 id="groups">{ "全部主题" }</h3>
                <label class="unseen" for="device">{ "只看哪种机器" }</label>
                <select id="device" onchange={chosen}>
                    <option selected={state.device.is_none()}>{ "所有机器" }</option>
                    { for words::DEVICES.into_iter().map(option) }
                </select>
            </div>
            <div class="groups">{ for groups }</div>
        </>
    }
}
