//! All topics, by category; the browser's own folding does the opening.

use posdoc::dialog::{Knowledge, wording};
use yew::prelude::*;

use super::options::option;
use crate::widget::session::Action;

/// Categories to unfold, in the order of `topics.tsv`.
pub(super) fn topics(knowledge: &Knowledge, on: &Callback<Action>) -> Html {
    let titles = knowledge.titles();
    let groups = titles.chunk_by(|before, after| before.group == after.group);
    let group = groups.map(|group| {
        let choices =
            group.iter().map(|title| option(&["topic:", &title.id].concat(), &title.label, "choice", on));
        let name = group.first().map_or("", |title| wording::category(&title.group));
        html! { <details><summary>{ name }</summary><div class="choices">{ for choices }</div></details> }
    });
    html! { <div class="topics">{ for group }</div> }
}
