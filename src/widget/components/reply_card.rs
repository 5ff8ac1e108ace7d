//! One reply: a note, a warning, the words, a drawing, what to have ready.

use posdoc::content::Risk;
use posdoc::dialog::{Kind, Reply, StepView};
use yew::prelude::*;

use super::article::article;
use super::drawing::drawing;
use super::hotline::hotline;
use crate::widget::session::{Action, Session};

/// What the page says about whom to call.
pub(in crate::widget) struct Around {
    pub(in crate::widget) hotline: Option<AttrValue>,
    pub(in crate::widget) hours: Option<AttrValue>,
}

/// A reply as a bubble, or as a card where it is a step. It can take the focus, and is then read
/// out by its short name; the log announces the words.
pub(super) fn reply_card(reply: &Reply, session: &Session, around: &Around, on: &Callback<Action>) -> Html {
    let topic = reply.topic.as_deref().and_then(|id| session.knowledge.0.topic(id));
    let step = reply.step.as_ref();
    let first = step.is_some_and(|step| step.n == 1) || reply.kind == Kind::Answer;
    let (class, part) = match step {
        Some(_) => ("bubble posdoc slip", "message step"),
        None => ("bubble posdoc", "message"),
    };
    let (kind, name) = kind(reply.kind);
    let name = step.map_or(AttrValue::Static(name), |step| nth(step).into());
    let image = reply.image.as_ref().or(step.and_then(|step| step.image.as_ref()));
    let detail = step.and_then(|step| step.detail.as_ref());
    html! {
        <div {class} {part} role="group" aria-label={name} tabindex="-1" data-from="posdoc" data-kind={kind} data-topic={reply.topic.clone()}>
            if let Some(note) = &reply.note {
                <p class="note">{ lines(note) }</p>
            }
            if let (Some(topic), true) = (topic, first) {
                <p class="about">{ &topic.title }</p>
            }
            if let Some(step) = step {
                <p class="count"><b>{ nth(step) }</b><span>{ minutes(step) }</span></p>
            }
            if let Some(warning) = &reply.warning {
                { warned(warning, step.map_or(Risk::Money, |step| step.risk)) }
            }
            <p class="words">{ lines(&reply.text) }</p>
            if let Some(name) = image {
                { drawing(name, &session.drawings, on) }
            }
            if reply.because.is_some() || detail.is_some() {
                <div class="asides">
                    { aside("怎么做？", detail) }
                    { aside("为什么？", reply.because.as_ref()) }
                </div>
            }
            if !reply.ready.is_empty() {
                <ul class="ready">{ for reply.ready.iter().map(|what| html! { <li>{ what }</li> }) }</ul>
            }
            if matches!(reply.kind, Kind::HandOver | Kind::Fallback) {
                { hotline(around.hotline.as_ref(), around.hours.as_ref()) }
            }
            if let (Some(topic), true) = (topic.filter(|topic| !topic.body.is_empty()), reply.article) {
                <details><summary>{ "说详细点" }</summary>{ article(&topic.body) }</details>
            }
        </div>
    }
}

/// What only some want to read, folded away.
fn aside(title: &'static str, text: Option<&String>) -> Html {
    text.map(|text| html! { <details><summary>{ title }</summary><p>{ lines(text) }</p></details> })
        .unwrap_or_default()
}

/// A warning in the colour and the words of what can be lost.
fn warned(warning: &str, risk: Risk) -> Html {
    let (class, before) = match risk {
        Risk::Safety => ("warning danger", "小心受伤"),
        Risk::Money => ("warning", "先保住钱"),
        Risk::Data => ("warning", "先保住记录"),
        Risk::None => ("warning", "先注意"),
    };
    html! { <p {class} role="note"><b>{ before }</b>{ warning }</p> }
}

fn nth(step: &StepView) -> String {
    format!("第 {} 步", step.n)
}

/// A reply's kind for scripts, and its short name for those who hear it.
fn kind(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Greeting => ("greeting", "开始"),
        Kind::Clarify => ("clarify", "是哪一种"),
        Kind::Question => ("question", "问题"),
        Kind::Step => ("step", "步骤"),
        Kind::Answer => ("answer", "回答"),
        Kind::HandOver => ("handover", "找人工"),
        Kind::Fallback => ("fallback", "没看懂"),
        Kind::Closing => ("closing", "结束"),
    }
}

/// How long the step takes, and how many more there can be.
fn minutes(step: &StepView) -> String {
    let takes = if step.minutes < 1.0 {
        "不到 1 分钟".to_owned()
    } else {
        format!("约 {} 分钟", step.minutes.ceil() as u32)
    };
    match step.left {
        0 => takes + " · 最后一步",
        left => format!("{takes} · 后面最多 {left} 步"),
    }
}

/// Line breaks as breaks.
fn lines(text: &str) -> Html {
    let lines = text.split('\n').enumerate().map(|(nth, line)| {
        html! { <>if nth > 0 { <br /> }{ line }</> }
    });
    html! { { for lines } }
}
