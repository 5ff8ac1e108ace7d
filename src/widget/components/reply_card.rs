//! One reply: a note, a warning, the words, a drawing, what to have ready.

use posdoc::content::Risk;
use posdoc::dialog::{Kind, Reply, StepView};
use yew::{Callback, Html};

use super::article::article;
use super::el::{el, text, with, words};
use super::enlarge::enlarge;
use super::hotline::hotline;
use crate::widget::session::{Around, Press};

/// A reply as a bubble, or as a card where it is a step. It can take the focus, and is then read
/// out by its short name; the words are announced apart, see [`brief`].
pub(super) fn reply_card(reply: &Reply, around: &Around, on: &Callback<Press>) -> Html {
    let topic = reply.topic.as_deref().and_then(|id| around.knowledge.topic(id));
    let step = reply.step.as_ref();
    let (class, part) = match step {
        Some(_) => ("bubble posdoc slip", "message step"),
        None => ("bubble posdoc", "message"),
    };
    let (kind, name) = kind(reply.kind);
    let nth = step.map(|step| format!("第 {} 步", step.n));
    let mut parts = Vec::new();
    if let Some(note) = &reply.note {
        parts.push(words("p", "note", note));
    }
    let first = step.is_some_and(|step| step.n == 1) || reply.kind == Kind::Answer;
    if let (Some(topic), true) = (topic, first) {
        parts.push(words("p", "about", &topic.title));
    }
    if let (Some(step), Some(nth)) = (step, &nth) {
        parts.push(el(
            "p",
            with!["class" = "count"],
            vec![words("b", "", nth), words("span", "", &minutes(step))],
        ));
    }
    if let Some(warning) = &reply.warning {
        let (class, before) = risk(reply);
        parts.push(el("p", with!["class" = class], vec![words("b", "", before), text(warning)]));
    }
    parts.push(words("p", "words", &reply.text));
    if let Some(name) = reply.image.as_ref().or(step.and_then(|step| step.image.as_ref())) {
        parts.push(enlarge(name, around.drawings(), on));
    }
    let asides =
        [("怎么做？", step.and_then(|step| step.detail.as_ref())), ("为什么？", reply.because.as_ref())];
    let asides = asides.iter().filter_map(|(title, told)| Some(folded(title, words("p", "", (*told)?))));
    parts.push(el("div", with!["class" = "asides"], asides.collect()));
    if !reply.ready.is_empty() {
        let ready = reply.ready.iter().map(|what| words("li", "", what)).collect();
        parts.push(el("ul", with!["class" = "ready"], ready));
    }
    let number = around.attributes.get("hotline");
    // Where the number is printed, the words may have said already.
    let unsaid = number.is_some() || !reply.text.contains("电话");
    if unsaid && matches!(reply.kind, Kind::HandOver | Kind::Fallback) {
        parts.push(hotline(number, around.attributes.get("hotline-hours")));
    }
    if let (Some(topic), true) = (topic.filter(|topic| !topic.body.is_empty()), reply.article) {
        parts.push(folded("说详细点", article(&topic.body)));
    }
    let attributes = with![
        "class" = class,
        "part" = part,
        "role" = "group",
        "aria-label" = nth.as_deref().unwrap_or(name),
        "tabindex" = "-1",
        "data-from" = "posdoc",
        "data-kind" = kind,
        "data-topic" = reply.topic.as_deref().unwrap_or_default()
    ];
    el("div", attributes, parts)
}

/// What only some want to read.
fn folded(title: &str, inside: Html) -> Html {
    el("details", with![], vec![words("summary", "", title), inside])
}

/// What is read out of a reply as it comes: what must be known first, and the words.
pub(super) fn brief(reply: &Reply) -> String {
    let mut said = reply.note.clone().unwrap_or_default();
    if let Some(warning) = &reply.warning {
        said += risk(reply).1;
        said += warning;
    }
    said += &reply.text;
    if reply.turn % 2 == 1 {
        // The same words again are something new.
        said += " ";
    }
    said
}

/// The colour and the words of what a warning is about: what can be lost.
fn risk(reply: &Reply) -> (&'static str, &'static str) {
    match reply.step.as_ref().map_or(Risk::Money, |step| step.risk) {
        Risk::Safety => ("warning danger", "注意安全："),
        Risk::Money => ("warning", "先保住钱："),
        Risk::Data => ("warning", "先保住记录："),
        Risk::None => ("warning", "先注意："),
    }
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
