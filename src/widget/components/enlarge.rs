//! A drawing as a button that shows it large.

use posdoc::content::Drawing;
use yew::{Callback, Html};

use super::button::button;
use super::drawing::drawing;
use super::el::{with, words};
use crate::widget::session::{Press, Sheet};

/// The drawing called `name`. Its own words are the button's name. Its place is kept as long as it may
/// still come, and no longer.
pub(super) fn enlarge(name: &str, drawings: Option<&[Drawing]>, on: &Callback<Press>) -> Html {
    let Some(drawings) = drawings else { return words("div", "enlarge drawing", "图还没到") };
    if !drawings.iter().any(|drawing| drawing.name == name) {
        return Html::default();
    }
    let large = Press::Show(Some(Sheet::Drawing(name.to_owned())));
    let picture = drawing(name, drawings);
    button(with!["class" = "enlarge", "title" = "点开看大图"], on, large, vec![picture]).into()
}
