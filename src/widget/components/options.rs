//! The buttons of a reply: taking the money first, then answers, then ways out.

use posdoc::dialog::Choice;
use yew::prelude::*;

/// A group of buttons; `tiles` sets them in two columns, for the first screen.
pub(super) fn buttons(options: &[Choice], tiles: bool, on_choose: &Callback<String>) -> Html {
    if options.is_empty() {
        return Html::default();
    }
    let button = |choice: &Choice| {
        let id = choice.id.clone();
        let press = on_choose.reform(move |_: MouseEvent| id.clone());
        let class = match choice.id.as_str() {
            "solved" => "choice good",
            "pay-now" => "choice pay",
            id if is_way_out(id) => "choice way-out",
            _ => "choice",
        };
        html! {
            <button key={choice.id.clone()} type="button" part="option" {class} data-option={choice.id.clone()} onclick={press}>
                { &choice.label }
            </button>
        }
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
    html! {
        <div role="group" aria-label="可以选的">
            { row(pay, "ways-out") }
            { row(answers, if tiles { "tiles" } else { "" }) }
            { row(ways_out, "ways-out") }
        </div>
    }
}

fn is_way_out(id: &str) -> bool {
    matches!(id, "human" | "undo" | "restart" | "none-of-these")
}
