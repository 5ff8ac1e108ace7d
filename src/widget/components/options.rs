//! The buttons of a reply: answers first, ways out below them.

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
    let (ways_out, answers): (Vec<_>, Vec<_>) = options.iter().partition(|choice| is_way_out(&choice.id));
    html! {
        <div role="group" aria-label="可以选的">
            <div class={classes!("choices", tiles.then_some("tiles"))}>{ for answers.into_iter().map(button) }</div>
            if !ways_out.is_empty() {
                <div class="choices ways-out">{ for ways_out.into_iter().map(button) }</div>
            }
        </div>
    }
}

fn is_way_out(id: &str) -> bool {
    matches!(id, "human" | "undo" | "restart" | "none-of-these" | "pay-now")
}
