//! One topic, all of it at once: causes, questions, every step with its drawing, when to stop. And,
//! on request, the steps as a list to tick off.

use posdoc::content::{Risk, Step, Topic};
use posdoc::report::Went;
use yew::prelude::*;

use super::article::article;
use super::drawing::drawing;
use super::topic_links::topic_links;
use crate::agent::app::PageProps;
use crate::agent::route::Route;
use crate::agent::state::{Action, begun};
use crate::agent::words;

/// A topic's page.
#[function_component]
pub(in crate::agent) fn TopicPage(props: &PageProps) -> Html {
    let state = &props.state;
    let Route::Topic(id) = &state.route else { return Html::default() };
    let Some(topic) = props.library.topic(id) else {
        return html! {
            <>
                <header class="bar">{ back() }<h2 tabindex="-1">{ "没有这个主题" }</h2></header>
                <p class="empty">{ "链接可能旧了。" }<a href={Route::Library.query()}>{ "去查资料" }</a></p>
            </>
        };
    };
    let favourite = state.favourites.contains(id);
    let favour = {
        let id = id.clone();
        props.on(move |_: MouseEvent| Action::Favour(id.clone()))
    };
    let devices: Vec<_> = topic.devices.iter().map(|device| words::device(*device)).collect();
    let related = topic.related.iter().filter_map(|id| props.library.topic(id));
    let codes: Vec<_> = props.library.codes.iter().filter(|code| code.topic == topic.id).collect();
    html! {
        <article class="topic">
            <header class="bar">
                { back() }
                <h2 tabindex="-1">{ &topic.title }</h2>
                <button type="button" class="favour" aria-pressed={favourite.to_string()} aria-label="收藏" onclick={favour}>
                    { if favourite { "★" } else { "☆" } }
                </button>
            </header>
            <p class="faint">
                { words::group(&topic.group) }{ " · " }
                { if devices.is_empty() { "所有机器".to_owned() } else { devices.join("、") } }
            </p>
            if let Some(answer) = &topic.answer { <p class="answer">{ answer }</p> }
            if let Some(pay) = &topic.pay_now {
                <section class="pay"><h3>{ "先把这笔钱收了" }</h3><p>{ pay }</p></section>
            }
            if !topic.causes.is_empty() {
                <section>
                    <h3>{ "可能的原因" }</h3>
                    <ul class="causes">
                        { for topic.causes.iter().map(|cause| html! {
                            <li>{ &cause.name }<span class="tag">{ words::often(cause.often) }</span></li>
                        }) }
                    </ul>
                </section>
            }
            if !topic.questions.is_empty() {
                <section>
                    <h3>{ "先看、先问" }</h3>
                    { for topic.questions.iter().map(|question| html! {
                        <div class="question">
                            <p><b>{ &question.ask }</b></p>
                            <ul>
                                { for question.answers.iter().map(|answer| html! {
                                    <li>{ &answer.label }{ speaks_for(topic, &answer.for_causes) }</li>
                                }) }
                            </ul>
                            if let Some(image) = &question.image { { drawing(image, &state.drawings) } }
                        </div>
                    }) }
                </section>
            }
            if !topic.steps.is_empty() {
                <section>
                    <div class="row">
                        <h3>{ format!("步骤（{}）", topic.steps.len()) }</h3>
                        { checking(props, topic) }
                    </div>
                    <ol class="steps">
                        { for topic.steps.iter().enumerate().map(|(nth, step)| one(props, topic, nth, step)) }
                    </ol>
                    { to_report(props, topic) }
                </section>
            }
            if !topic.stop.when.is_empty() || !topic.stop.call.is_empty() {
                <section>
                    <h3>{ "什么时候别再试" }</h3>
                    <p>{ &topic.stop.when }</p>
                    if !topic.stop.call.is_empty() { <p><b>{ "找谁：" }</b>{ &topic.stop.call }</p> }
                    if !topic.stop.ready.is_empty() {
                        <p><b>{ "备好：" }</b>{ topic.stop.ready.join("、") }</p>
                    }
                </section>
            }
            if !topic.body.is_empty() { <section>{ article(&topic.body) }</section> }
            if !codes.is_empty() {
                <section>
                    <h3>{ "相关应答码" }</h3>
                    <p class="chips">{ for codes.iter().map(|code| html! {
                        <a class="button" href={Route::Codes(code.code.clone()).query()}>{ &code.code }</a>
                    }) }</p>
                </section>
            }
            if !topic.related.is_empty() {
                <section><h3>{ "相关主题" }</h3>{ topic_links(related, state) }</section>
            }
            <p><a href={format!("?topic={}", topic.id)}>{ "和商户一步步问诊这个问题" }</a></p>
        </article>
    }
}

fn back() -> Html {
    html! { <a class="back" href={Route::Library.query()} aria-label="返回查资料">{ "‹" }</a> }
}

/// Which causes an answer or a step is about.
fn speaks_for(topic: &Topic, causes: &[String]) -> Html {
    let names: Vec<&str> = topic
        .causes
        .iter()
        .filter(|cause| causes.contains(&cause.id))
        .map(|cause| cause.name.as_str())
        .collect();
    if names.is_empty() {
        return Html::default();
    }
    html! { <small>{ " → " }{ names.join("；") }</small> }
}

fn checking(props: &PageProps, topic: &Topic) -> Html {
    let on = props.state.checklist.is_some();
    let steps = (!on).then_some(topic.steps.len());
    let toggle = props.on(move |_: MouseEvent| Action::Check(steps));
    html! { <button type="button" aria-pressed={on.to_string()} onclick={toggle}>{ "逐项打勾" }</button> }
}

fn one(props: &PageProps, topic: &Topic, nth: usize, step: &Step) -> Html {
    let danger = if step.risk == Risk::Safety { "warning danger" } else { "warning" };
    html! {
        <li key={step.id.clone()}>
            if let Some(warning) = &step.warning {
                <p class={danger}><b>{ words::risk(step.risk) }</b>{ warning }</p>
            }
            <p class="action">{ &step.action }</p>
            if let Some(detail) = &step.detail { <p>{ detail }</p> }
            <p class="faint">
                { format!("约 {} 分钟", step.minutes) }{ speaks_for(topic, &step.fixes) }
            </p>
            if let Some(image) = &step.image { { drawing(image, &props.state.drawings) } }
            if let Some(went) = props.state.checklist.as_ref().and_then(|list| list.get(nth)) {
                <fieldset class="went">
                    <legend class="unseen">{ format!("第 {} 步做得怎么样", nth + 1) }</legend>
                    { for Went::ALL.into_iter().map(|choice| {
                        let choose = props.on(move |_: Event| Action::Went(nth, choice));
                        html! {
                            <label>
                                <input type="radio" name={format!("went-{nth}")} checked={choice == *went} onchange={choose} />
                                <span>{ choice.label() }</span>
                            </label>
                        }
                    }) }
                </fieldset>
            }
        </li>
    }
}

/// From the list that was ticked off to a report.
fn to_report(props: &PageProps, topic: &Topic) -> Html {
    let Some(list) = props.state.checklist.clone() else { return Html::default() };
    let done = list.iter().filter(|went| **went != Went::Skipped).count();
    let write = {
        let (topic, host, put) = (topic.clone(), props.host.clone(), props.on_put.clone());
        Callback::from(move |_: MouseEvent| {
            let (id, time) = super::report_list::stamp();
            put.emit(begun(id.clone(), time, Some((&topic, &list))));
            host.go(&Route::Edit(id).query());
        })
    };
    html! {
        <p class="foot">
            <span role="status">{ format!("做了 {done} 步") }</span>
            <button type="button" class="main" onclick={write}>{ "写进巡检单" }</button>
        </p>
    }
}
