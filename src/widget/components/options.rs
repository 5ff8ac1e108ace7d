//! The buttons of a reply: taking the money first, then answers, then ways out.

use posdoc::dialog::{Choice, wording};
use yew::{Callback, Html};

use super::button::button;
use super::el::{el, text, with, words};
use super::icon::{icon, symptom};
use super::sheet::ways_to_ask;
use crate::widget::session::Press;

/// A group of buttons; `first` sets them in two columns with pictures, for the first screen.
pub(super) fn buttons(options: &[Choice], first: bool, on: &Callback<Press>) -> Html {
    // The customer at the counter comes before the machine.
    let (mut pay, mut answers, mut ways_out) = (Vec::new(), Vec::new(), Vec::new());
    let mut reasons = false;
    for choice in options {
        let (row, class) = match choice.id.as_str() {
            "pay-now" => (&mut pay, "choice pay"),
            "human" | "undo" | "restart" | "none-of-these" => (&mut ways_out, "choice"),
            "solved" | "helped" => (&mut answers, "choice good"),
            _ => (&mut answers, "choice"),
        };
        reasons |= choice.id == "reason:0";
        row.push(option(&choice.id, &choice.label, class, on));
    }
    let row = |choices: Vec<Html>, class: &str| {
        if choices.is_empty() { Html::default() } else { el("div", with!["class" = class], choices) }
    };
    let mut rows = vec![row(pay, "choices ways-out")];
    if reasons {
        rows.push(words("p", "ask", wording::WHY_UNSOLVED));
    }
    rows.push(row(answers, if first { "choices tiles" } else { "choices" }));
    if first {
        rows.push(row(ways_to_ask(on), "choices tiles"));
    }
    rows.push(row(ways_out, "choices ways-out"));
    el("div", with!["role" = "group", "aria-label" = "可以选的"], rows)
}

/// One button. Topics carry a picture, which only the first screen shows.
pub(super) fn option(id: &str, label: &str, class: &str, on: &Callback<Press>) -> Html {
    let mut inside = Vec::new();
    inside.extend(id.strip_prefix("topic:").map(|topic| icon(symptom(topic))));
    inside.push(text(label));
    let attributes = with!["part" = "option", "class" = class, "data-option" = id];
    let mut button = button(attributes, on, Press::Choose(id.to_owned()), inside);
    button.key = Some(id.to_owned().into());
    button.into()
}
