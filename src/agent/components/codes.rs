//! 应答码表: every code, with a filter.

use posdoc::content::ResponseCode;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::marked::marked;
use super::topic_links::address;
use crate::agent::app::PageProps;
use crate::agent::find;
use crate::agent::route::Route;
use crate::agent::state::Action;
use crate::agent::words;

/// The table of response codes.
#[function_component]
pub(in crate::agent) fn Codes(props: &PageProps) -> Html {
    let typed =
        props.on(|event: InputEvent| Action::Code(event.target_unchecked_into::<HtmlInputElement>().value()));
    let filter = &props.state.code;
    let found = find::codes(&props.library, filter, usize::MAX);
    let row = |code: &&ResponseCode| {
        let title = props.library.topic(&code.topic).map(|topic| topic.label.clone());
        html! {
            <tr key={format!("{}{:?}", code.code, code.system)}>
                <th scope="row"><b class="code">{ marked(&find::mark(&code.code, filter)) }</b><small>{ words::screen(code.system) }</small></th>
                <td>
                    { marked(&find::mark(&code.meaning, filter)) }
                    if !code.screen.is_empty() {
                        <small>{ "屏幕：" }{ marked(&find::mark(&code.screen.join("、"), filter)) }</small>
                    }
                </td>
                <td>
                    { marked(&find::mark(&code.now, filter)) }
                    <small><span class="tag">{ words::retry(code.retry) }</span>{ "归" }{ words::actor(code.who) }{ "处理" }</small>
                    if let Some(title) = title { <a href={address(&code.topic)}>{ title }</a> }
                </td>
            </tr>
        }
    };
    html! {
        <>
            <header class="bar">
                <a class="back" href={Route::Library.query()} aria-label="返回查资料">{ "‹" }</a>
                <h2 tabindex="-1">{ "应答码表" }</h2>
            </header>
            <div class="search" role="search">
                <label class="unseen" for="code">{ "按代码或文字筛" }</label>
                <input id="code" type="search" placeholder="按代码或文字筛，比如 51、A0、余额" autocomplete="off"
                    value={filter.clone()} oninput={typed} />
            </div>
            <p class="faint" role="status">{ format!("{} 条", found.len()) }</p>
            <table class="codes">
                <thead><tr><th scope="col">{ "代码" }</th><th scope="col">{ "意思" }</th><th scope="col">{ "现在怎么办" }</th></tr></thead>
                <tbody>{ for found.iter().map(row) }</tbody>
            </table>
            if found.is_empty() {
                <p class="empty">{ "表里没有。有的代码只有一家收单机构在用：把代码和屏幕上的字原样记下，打它的客服问。" }</p>
            }
        </>
    }
}
