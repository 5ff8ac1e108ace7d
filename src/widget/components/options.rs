//! The buttons of a reply: answers, then ways out.

use posdoc::dialog::{Choice, Kind, wording};
use yew::{Callback, Html};

use super::button::button;
use super::el::{el, text, with, words};
use super::icon::{icon, symptom};
use super::sheet::ways_to_ask;
use crate::widget::session::Press;

/// The buttons below a reply of this kind. The everyday symptoms get their pictures, and other ways to
/// ask beside them.
///
/// At most one of them is solid, the first, where it says how things went or leads on: answers to a
/// question are all alike.
pub(super) fn buttons(options: &[Choice], kind: Kind, on: &Callback<Press>) -> Html {
    let (mut answers, mut ways_out) = (Vec::new(), Vec::new());
    let leads = matches!(kind, Kind::Step | Kind::Answer | Kind::Closing);
    for choice in options {
        let (row, class) = match choice.id.as_str() {
            "pay-now" => (&mut ways_out, "choice pay"),
            "human" | "undo" | "restart" | "none-of-these" | "not-this" => (&mut ways_out, "choice"),
            _ if leads && answers.is_empty() => (&mut answers, "choice good"),
            _ => (&mut answers, "choice"),
        };
        row.push(option(&choice.id, &choice.label, class, on));
    }
    let row = |choices: Vec<Html>, class: &str| {
        if choices.is_empty() { Html::default() } else { el("div", with!["class" = class], choices) }
    };
    let mut rows = Vec::new();
    if kind == Kind::HandOver && !answers.is_empty() {
        rows.push(words("p", "ask", wording::WHY_UNSOLVED));
    }
    let everyday = matches!(kind, Kind::Greeting | Kind::Fallback);
    let class = match kind {
        _ if everyday => "choices tiles",
        Kind::Step => "choices answers step",
        _ => "choices answers",
    };
    rows.push(row(answers, class));
    if everyday {
        rows.push(row(ways_to_ask(on), "choices tiles"));
    }
    rows.push(row(ways_out, "choices ways-out"));
    el("div", with!["class" = "offers", "role" = "group", "aria-label" = "可以选的"], rows)
}

/// One button. Topics carry a picture, which only the everyday ones show.
pub(super) fn option(id: &str, label: &str, class: &str, on: &Callback<Press>) -> Html {
    let mut inside = Vec::new();
    inside.extend(id.strip_prefix("topic:").map(|topic| icon(symptom(topic))));
    inside.push(text(label));
    let attributes = with!["part" = "option", "class" = class, "data-option" = id];
    let mut button = button(attributes, on, Press::Choose(id.to_owned()), inside);
    button.key = Some(id.to_owned().into());
    button.into()
}
