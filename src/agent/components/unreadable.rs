//! A kept text that cannot be read: to be saved as it stands, and then deleted.

use posdoc::report::Unreadable;
use yew::prelude::*;

use crate::agent::app::PageProps;
use crate::agent::state::Kept;

/// One line of a list. `which` and `name` say what it is one of.
pub(super) fn unreadable<T>(
    which: &str,
    name: &'static str,
    kept: &Kept<T>,
    why: &Unreadable,
    props: &PageProps,
    remove: &Callback<String>,
) -> Html {
    let Kept { id, text, .. } = kept;
    let save = {
        let (host, id, text) = (props.host.clone(), id.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            host.save(&format!("{name}-{id}.txt"), "text/plain", &posdoc::text::mask(&text))
        })
    };
    let remove = {
        let (id, remove) = (id.clone(), remove.clone());
        Callback::from(move |_: MouseEvent| remove.emit(id.clone()))
    };
    html! {
        <li key={id.clone()} class="unreadable">
            <p>{ which.to_owned() }{ "读不出来：" }{ why.to_string() }{ "。原文还在，先存下来。" }</p>
            <p class="foot">
                <button type="button" onclick={save}>{ "存下原文" }</button>
                <button type="button" class="danger" onclick={remove}>{ "删掉" }</button>
            </p>
        </li>
    }
}
