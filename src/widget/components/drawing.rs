//! A drawing, inline, so that its lines take the page's colour and no request is made for it.

use posdoc::content::Drawing;
use yew::prelude::*;

use crate::widget::session::{Action, Sheet};

/// The drawing called `name`; its place is kept while it has not arrived.
pub(super) fn picture(name: &str, drawings: &[Drawing]) -> Html {
    let svg = drawings.iter().find(|picture| picture.name == name).map(|picture| {
        // Our own files, checked by `posdoc check`: no script, no style.
        Html::from_html_unchecked(AttrValue::from(picture.svg.clone()))
    });
    html! { <span class="drawing" part="image">{ svg }</span> }
}

/// The drawing as a button that shows it large.
pub(super) fn drawing(name: &str, drawings: &[Drawing], on: &Callback<Action>) -> Html {
    let large = name.to_owned();
    let onclick = on.reform(move |_: MouseEvent| Action::Show(Some(Sheet::Drawing(large.clone()))));
    html! { <button type="button" class="enlarge" aria-label="看大图" {onclick}>{ picture(name, drawings) }</button> }
}
