//! One conversation, to read: what was said and what was tried; and what can be made of it.

use posdoc::report::{Conversation, Line, Tried, Went};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::report_list::stamp;
use crate::agent::app::PageProps;
use crate::agent::route::Route;

/// The page.
#[function_component]
pub(in crate::agent) fn ConversationPage(props: &PageProps) -> Html {
    let said = use_state(String::new);
    let asked = use_state(|| false);
    let Route::Conversation(id) = &props.state.route else { return Html::default() };
    let kept = props.state.conversations().iter().find(|kept| kept.id == *id);
    let Some(conversation) = kept.and_then(|kept| kept.read.as_ref().ok()) else {
        let waiting = props.state.conversations.is_none();
        return html! {
            <>
                <header class="bar">{ back() }<h2 tabindex="-1">{ "问诊记录" }</h2></header>
                <p class="empty" role="status">{ if waiting { "正在读…" } else { "这一次已经删了，或者读不出来。" } }</p>
            </>
        };
    };
    let write = {
        let (conversation, host, put) = (conversation.clone(), props.host.clone(), props.on_put.clone());
        Callback::from(move |_: MouseEvent| {
            let (id, now) = stamp();
            // The visit was then, not when it is written down.
            let time = if conversation.began.is_empty() { now } else { conversation.began.clone() };
            put.emit(conversation.report(id.clone(), time));
            host.go(&Route::Edit(id).query());
        })
    };
    let share = {
        let (host, conversation, said) = (props.host.clone(), conversation.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (host, conversation, said) = (host.clone(), conversation.clone(), said.clone());
            spawn_local(async move {
                said.set(match host.hand_over(&conversation.text()).await.as_deref() {
                    Some("shared") => "已交给您选的应用。".into(),
                    Some("copied") => "已复制，粘贴给同事就行。".into(),
                    _ => "没能分享。请截图再发。".into(),
                });
            });
        })
    };
    let go_on = conversation.open_end().map(|left| {
        let (host, left, id) = (props.host.clone(), left.clone(), id.clone());
        Callback::from(move |_: MouseEvent| host.resume(&id, &left.key, &left.text))
    });
    let ask = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(!*asked))
    };
    let remove = {
        let (host, forget, id) = (props.host.clone(), props.on_forget.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            forget.emit(Some(id.clone()));
            host.go(&Route::Conversations.query());
        })
    };
    html! {
        <>
            <header class="bar">{ back() }<h2 tabindex="-1">{ conversation.about() }</h2></header>
            <p class="faint">
                { conversation.when() }{ until(conversation) }{ " · " }{ conversation.ending.label() }
                if let Some(topic) = &conversation.topic {
                    { " · " }<a href={Route::Topic(topic.clone()).query()}>{ "看这个主题" }</a>
                }
            </p>
            <p class="foot tools">
                <button type="button" class="main" onclick={write}>{ "写进巡检单" }</button>
                if let Some(go_on) = go_on { <button type="button" onclick={go_on}>{ "接着问" }</button> }
            </p>
            if !conversation.steps.is_empty() {
                <section class="slip">
                    <h3>{ "试过的步骤" }</h3>
                    <ol>{ for conversation.steps.iter().map(step) }</ol>
                </section>
            }
            <h3>{ "说过的话" }</h3>
            <ol class="said">{ for conversation.lines.iter().map(line) }</ol>
            <p class="foot tools">
                <button type="button" onclick={share}>{ "分享或复制" }</button>
                if *asked {
                    <button type="button" class="danger" onclick={remove}>{ "确定删掉" }</button>
                    <button type="button" onclick={ask}>{ "不删" }</button>
                } else {
                    <button type="button" class="danger" onclick={ask}>{ "删除" }</button>
                }
            </p>
            <p role="status" class="faint">{ &*said }</p>
        </>
    }
}

fn back() -> Html {
    html! { <a class="back" href={Route::Conversations.query()} aria-label="返回问诊记录">{ "‹" }</a> }
}

/// When the last word fell, where that was another minute.
fn until(conversation: &Conversation) -> String {
    let (began, last) = (&conversation.began, &conversation.last);
    match (began.split_once('T'), last.split_once('T')) {
        (Some((day, _)), Some((same, time))) if day == same && began != last => format!(" 到 {time}"),
        (Some(_), Some((day, time))) if began != last => format!(" 到 {day} {time}"),
        _ => String::new(),
    }
}

fn step(tried: &Tried) -> Html {
    let went = if tried.went == Went::Failed { "做了，没好" } else { tried.went.label() };
    html! { <li>{ &tried.action }<b>{ " → " }{ went }</b></li> }
}

fn line(line: &Line) -> Html {
    let mine = line.from == "merchant";
    html! {
        <li class={if mine { "mine" } else { "" }}>
            <span class="unseen">{ if mine { "商户：" } else { "医生：" } }</span>{ &line.text }
        </li>
    }
}
