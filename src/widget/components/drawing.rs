//! A drawing, inline, so that its lines take the page's colour and no request is made for it.

use posdoc::content::Drawing;
use yew::prelude::*;

/// The drawing called `name`, or nothing if it has not arrived.
pub(super) fn drawing(name: &str, drawings: &[Drawing]) -> Html {
    let Some(picture) = drawings.iter().find(|picture| picture.name == name) else {
        return Html::default();
    };
    // Our own files, checked by `posdoc check`: no script, no style.
    let svg = Html::from_html_unchecked(AttrValue::from(picture.svg.clone()));
    html! { <div class="drawing" part="image">{ svg }</div> }
}
