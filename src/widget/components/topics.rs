//! All topics, by category; the browser's own folding does the opening.

use posdoc::dialog::{Knowledge, wording};
use yew::{Callback, Html};

use super::el::{el, with, words};
use super::options::option;
use crate::widget::session::Press;

/// Categories to unfold, in the order of `topics.tsv`.
pub(super) fn topics(knowledge: &Knowledge, on: &Callback<Press>) -> Html {
    let mut groups: Vec<Html> = Vec::new();
    for group in knowledge.titles().chunk_by(|before, after| before.group == after.group) {
        let mut choices = Vec::new();
        let mut name = "";
        for title in group {
            name = wording::category(&title.group);
            choices.push(option(&["topic:", &title.id].concat(), &title.label, "choice", on));
        }
        let choices = el("div", with!["class" = "choices"], choices);
        groups.push(el("details", with![], vec![words("summary", "", name), choices]));
    }
    el("div", with!["class" = "topics"], groups)
}
