//! Text with what was searched for set apart.

use yew::prelude::*;

/// The runs, the searched ones marked.
pub(super) fn marked(runs: &[(String, bool)]) -> Html {
    html! {
        for (run, mark) in runs {
            if *mark { <mark>{ run }</mark> } else { { run } }
        }
    }
}
