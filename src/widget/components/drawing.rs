//! A drawing, inline, so that its lines take the page's colour and no request is made for it.

use posdoc::content::Drawing;
use yew::{AttrValue, Callback, Html};

use super::el::{button, el};
use crate::widget::session::{Press, Sheet};

/// The drawing called `name`; its place is kept while it has not arrived.
pub(super) fn picture(name: &str, drawings: &[Drawing]) -> Html {
    let svg = drawings.iter().find(|picture| picture.name == name).map(|picture| {
        // Our own files, checked by `posdoc check`: no script, no style.
        Html::from_html_unchecked(AttrValue::from(picture.svg.clone()))
    });
    el("span", &[("class", "drawing"), ("part", "image")], svg.into_iter().collect())
}

/// The drawing as a button that shows it large.
pub(super) fn drawing(name: &str, drawings: &[Drawing], on: &Callback<Press>) -> Html {
    let large = Press::Show(Some(Sheet::Drawing(name.to_owned())));
    let picture = picture(name, drawings);
    button(&[("class", "enlarge"), ("title", "点开看大图")], on, large, vec![picture]).into()
}
