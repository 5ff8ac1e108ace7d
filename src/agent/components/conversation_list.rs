//! 问诊记录: the conversations that the chat has had on this device.

use posdoc::report::{Conversation, Ending};
use yew::prelude::*;

use super::unreadable::unreadable;
use crate::agent::app::PageProps;
use crate::agent::route::Route;
use crate::agent::state::Kept;
use crate::agent::store::Trouble;

/// The list.
#[function_component]
pub(in crate::agent) fn ConversationList(props: &PageProps) -> Html {
    let asked = use_state(|| false);
    let ask = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(!*asked))
    };
    let forget = {
        let (asked, forget) = (asked.clone(), props.on_forget.clone());
        Callback::from(move |_: MouseEvent| {
            asked.set(false);
            forget.emit(None);
        })
    };
    let all = props.state.conversations();
    let told = match &props.state.conversations {
        None => html! { <p class="empty" role="status">{ "正在读…" }</p> },
        Some(Err(Trouble::Broken(why))) => html! {
            <div class="notice" role="alert">
                <p>{ "存问诊记录的地方坏了，打不开。巡检单不受影响。重建之后，新的问诊会接着记，以前的会没有。" }</p>
                <p class="foot"><button type="button" onclick={forget.clone()}>{ "重建" }</button></p>
                <p class="faint">{ why }</p>
            </div>
        },
        Some(Err(_)) => html! {
            <p class="notice" role="alert">{ "这个浏览器不让保存（可能开着无痕模式），问诊记录没有存下来。换成普通模式，或装到主屏幕再用。" }</p>
        },
        Some(Ok(all)) if all.is_empty() => html! {
            <p class="empty">{ "还没有。在「问诊」里说过的，自动记在这里，只在这台设备上，最近 30 天、最多 100 次。" }</p>
        },
        Some(Ok(all)) => {
            html! { <ul class="links conversations">{ for all.iter().map(|kept| line(props, kept)) }</ul> }
        }
    };
    html! {
        <>
            <header class="bar">
                <a class="back" href={Route::Reports.query()} aria-label="返回巡检单">{ "‹" }</a>
                <h2 tabindex="-1">{ "问诊记录" }</h2>
            </header>
            { told }
            if !all.is_empty() {
                <p class="foot tools">
                    <span class="faint">{ format!("共 {} 次，只在这台设备上，留 30 天", all.len()) }</span>
                    if *asked {
                        <button type="button" class="danger" onclick={forget}>{ "确定全部删掉" }</button>
                        <button type="button" onclick={ask}>{ "不删" }</button>
                    } else {
                        <button type="button" class="danger" onclick={ask}>{ "全部删掉" }</button>
                    }
                </p>
            }
        </>
    }
}

fn line(props: &PageProps, kept: &Kept<Conversation>) -> Html {
    let conversation = match &kept.read {
        Ok(conversation) => conversation,
        Err(why) => {
            let forget = props.on_forget.reform(Some);
            return unreadable("有一次", "问诊记录", kept, why, props, &forget);
        }
    };
    let said = conversation.lines.iter().find(|line| line.from == "merchant");
    let said = said.map(|line| line.text.as_str()).filter(|said| *said != conversation.about());
    let class = if conversation.ending == Ending::Open { "tag open" } else { "tag" };
    html! {
        <li key={kept.id.clone()}>
            <a href={Route::Conversation(kept.id.clone()).query()}>
                <span>
                    <b>{ conversation.about() }</b>
                    <small>{ conversation.when() }if let Some(said) = said { { "　" }{ said } }</small>
                </span>
                <span {class}>{ conversation.ending.label() }</span>
            </a>
        </li>
    }
}
