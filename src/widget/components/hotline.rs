//! The number to call, or where to find it. Never invents one.

use posdoc::dialog::wording;
use yew::prelude::*;

/// A button that dials, or a sentence.
pub(super) fn hotline(number: Option<&AttrValue>, hours: Option<&AttrValue>) -> Html {
    match number {
        Some(number) => {
            let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            html! {
                <p class="hotline">
                    <a class="choice good" href={format!("tel:{dial}")}>{ format!("打客服 {number}") }</a>
                    if let Some(hours) = hours {
                        <span class="quiet">{ hours }</span>
                    }
                </p>
            }
        }
        None => html! { <p class="quiet">{ wording::WHERE_THE_NUMBER_IS }</p> },
    }
}
