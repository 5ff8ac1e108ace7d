//! The buttons of a reply: taking the money first, then answers, then ways out.

use posdoc::dialog::{Choice, wording};
use yew::prelude::*;

use super::icon::{LIST, PAD, icon, symptom};
use super::sheet::entry;
use crate::widget::session::{Action, Sheet};

/// A group of buttons; `first` sets them in two columns with pictures, for the first screen.
pub(super) fn buttons(options: &[Choice], first: bool, on: &Callback<Action>) -> Html {
    if options.is_empty() {
        return Html::default();
    }
    let button = |choice: &Choice| {
        let class = match choice.id.as_str() {
            "solved" | "helped" => "choice good",
            "pay-now" => "choice pay",
            _ => "choice",
        };
        option(&choice.id, &choice.label, class, on)
    };
    // The customer at the counter comes before the machine.
    let (pay, rest): (Vec<_>, Vec<_>) = options.iter().partition(|choice| choice.id == "pay-now");
    let (ways_out, answers): (Vec<_>, Vec<_>) = rest.into_iter().partition(|choice| is_way_out(&choice.id));
    let row = |choices: Vec<&Choice>, class: &'static str| {
        if choices.is_empty() {
            return Html::default();
        }
        html! { <div class={classes!("choices", class)}>{ for choices.into_iter().map(button) }</div> }
    };
    let reasons = answers.first().is_some_and(|choice| choice.id.starts_with("reason:"));
    html! {
        <div role="group" aria-label="可以选的">
            { row(pay, "ways-out") }
            if reasons {
                <p class="ask">{ wording::WHY_UNSOLVED }</p>
            }
            { row(answers, if first { "tiles" } else { "" }) }
            if first {
                <div class="choices tiles">
                    { entry(PAD, "输入屏幕上的代码", Action::Show(Some(Sheet::Codes(String::new()))), on) }
                    { entry(LIST, "全部问题", Action::Show(Some(Sheet::Topics)), on) }
                </div>
            }
            { row(ways_out, "ways-out") }
        </div>
    }
}

/// One button; the first screen's style shows the picture, the others hide it.
pub(super) fn option(id: &str, label: &str, class: &'static str, on: &Callback<Action>) -> Html {
    let press = id.to_owned();
    let onclick = on.reform(move |_: MouseEvent| Action::Choose(press.clone()));
    let picture = id.strip_prefix("topic:").map(|topic| icon(symptom(topic)));
    html! {
        <button key={id} type="button" part="option" {class} data-option={id.to_owned()} {onclick}>{ picture }{ label }</button>
    }
}

fn is_way_out(id: &str) -> bool {
    matches!(id, "human" | "undo" | "restart" | "none-of-these")
}
