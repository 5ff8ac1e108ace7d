//! One reply: a note, a warning, the words, a drawing, what to have ready.

use std::rc::Rc;

use posdoc::content::{Drawing, Risk};
use posdoc::dialog::{Kind, Reply};
use yew::prelude::*;

use super::article::article;
use super::drawing::drawing;
use super::hotline::hotline;
use crate::widget::session::Knowledges;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct ReplyCardProps {
    pub(in crate::widget) reply: Rc<Reply>,
    pub(in crate::widget) knowledge: Knowledges,
    pub(in crate::widget) drawings: Rc<Vec<Drawing>>,
    pub(in crate::widget) hotline: Option<AttrValue>,
    pub(in crate::widget) hours: Option<AttrValue>,
}

/// A reply as a bubble, or as a card where it is a step.
#[function_component]
pub(in crate::widget) fn ReplyCard(props: &ReplyCardProps) -> Html {
    let reply = &props.reply;
    let topic = reply.topic.as_deref().and_then(|id| props.knowledge.0.topic(id));
    let first = reply.step.as_ref().is_some_and(|step| step.n == 1) || reply.kind == Kind::Answer;
    let part = if reply.step.is_some() { "message step" } else { "message" };
    let class = if reply.step.is_some() { "bubble posdoc slip" } else { "bubble posdoc" };
    let image = reply.image.clone().or_else(|| reply.step.as_ref().and_then(|step| step.image.clone()));
    html! {
        <div {class} {part} data-from="posdoc" data-kind={kind(reply.kind)} data-topic={reply.topic.clone()}>
            if let Some(note) = &reply.note {
                <p class="note">{ lines(note) }</p>
            }
            if let (Some(topic), true) = (topic, first) {
                <p class="about">{ &topic.title }</p>
            }
            if let Some(step) = &reply.step {
                <p class="count">
                    <b>{ format!("第 {} 步", step.n) }</b>
                    <span>{ minutes(step.minutes) }</span>
                </p>
            }
            if let Some(warning) = &reply.warning {
                <p class={classes!("warning", risk(reply))} role="note"><b>{ "先注意" }</b>{ warning }</p>
            }
            <p class="words">{ lines(&reply.text) }</p>
            if let Some(name) = image {
                { drawing(&name, &props.drawings) }
            }
            if let Some(because) = &reply.because {
                <p class="quiet">{ because }</p>
            }
            if let Some(detail) = reply.step.as_ref().and_then(|step| step.detail.as_ref()) {
                <details><summary>{ "怎么做？" }</summary><p>{ lines(detail) }</p></details>
            }
            if !reply.ready.is_empty() {
                <ul class="ready">{ for reply.ready.iter().map(|what| html! { <li>{ what }</li> }) }</ul>
            }
            if matches!(reply.kind, Kind::HandOver | Kind::Fallback) {
                { hotline(props.hotline.as_ref(), props.hours.as_ref()) }
            }
            if let (Some(topic), true) = (topic, reply.article) {
                { article(&topic.body) }
            }
        </div>
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Greeting => "greeting",
        Kind::Clarify => "clarify",
        Kind::Question => "question",
        Kind::Step => "step",
        Kind::Answer => "answer",
        Kind::HandOver => "handover",
        Kind::Fallback => "fallback",
        Kind::Closing => "closing",
    }
}

fn risk(reply: &Reply) -> Option<&'static str> {
    let risk = reply.step.as_ref()?.risk;
    (risk == Risk::Safety).then_some("danger")
}

fn minutes(minutes: f32) -> String {
    if minutes < 1.0 { "不到 1 分钟".to_owned() } else { format!("约 {} 分钟", minutes.ceil() as u32) }
}

/// Line breaks as breaks.
fn lines(text: &str) -> Html {
    let lines = text.split('\n').enumerate().map(|(nth, line)| {
        html! { <>if nth > 0 { <br /> }{ line }</> }
    });
    html! { { for lines } }
}
