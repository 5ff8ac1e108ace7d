//! A drawing, inline, so that its lines take the page's colour and no request is made for it.

use std::rc::Rc;

use posdoc::content::Drawing as Picture;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct DrawingProps {
    pub(in crate::widget) name: String,
    pub(in crate::widget) drawings: Rc<Vec<Picture>>,
}

/// The drawing called `name`, or nothing if it has not arrived.
#[function_component]
pub(in crate::widget) fn Drawing(props: &DrawingProps) -> Html {
    let Some(picture) = props.drawings.iter().find(|picture| picture.name == props.name) else {
        return Html::default();
    };
    // Our own files, checked by `posdoc check`: no script, no style.
    let svg = Html::from_html_unchecked(AttrValue::from(picture.svg.clone()));
    html! { <div class="drawing" part="image">{ svg }</div> }
}
