//! A drawing, inline, so that its lines take the page's colour and no request is made for it.

use posdoc::content::Drawing;
use yew::{AttrValue, Html};

use super::el::{el, with};

/// The drawing called `name`.
pub(super) fn drawing(name: &str, drawings: &[Drawing]) -> Html {
    let svg = drawings.iter().find(|picture| picture.name == name).map(|picture| {
        // Our own files, checked by `posdoc check`: no script, no style.
        Html::from_html_unchecked(AttrValue::from(picture.svg.clone()))
    });
    el("span", with!["class" = "drawing", "part" = "image"], svg.into_iter().collect())
}
