//! A drawing as a button that shows it large.

use posdoc::content::Drawing;
use yew::{Callback, Html};

use super::button::button;
use super::drawing::drawing;
use super::el::with;
use crate::widget::session::{Press, Sheet};

/// The drawing called `name`. Its own words are the button's name.
pub(super) fn enlarge(name: &str, drawings: &[Drawing], on: &Callback<Press>) -> Html {
    let large = Press::Show(Some(Sheet::Drawing(name.to_owned())));
    let picture = drawing(name, drawings);
    button(with!["class" = "enlarge", "title" = "点开看大图"], on, large, vec![picture]).into()
}
