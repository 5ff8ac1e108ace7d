//! The number to call, or where to find it. Never invents one.

use posdoc::dialog::wording;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct HotlineProps {
    pub(in crate::widget) hotline: Option<AttrValue>,
    pub(in crate::widget) hours: Option<AttrValue>,
}

/// A button that dials, or a sentence.
#[function_component]
pub(in crate::widget) fn Hotline(props: &HotlineProps) -> Html {
    match &props.hotline {
        Some(number) => {
            let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            html! {
                <p class="hotline">
                    <a class="choice good" href={format!("tel:{dial}")}>{ format!("打客服 {number}") }</a>
                    if let Some(hours) = &props.hours {
                        <span class="quiet">{ hours }</span>
                    }
                </p>
            }
        }
        None => html! { <p class="quiet">{ wording::WHERE_THE_NUMBER_IS }</p> },
    }
}
