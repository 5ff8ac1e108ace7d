//! The ticket to copy or read out. Nothing is sent by us.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct TicketProps {
    pub(in crate::widget) report: AttrValue,
}

/// The ticket's text, selectable, with a button that copies it.
///
/// Where the clipboard is refused (WeChat), the button says so and the text can be held to select.
#[function_component]
pub(in crate::widget) fn Ticket(props: &TicketProps) -> Html {
    let said = use_state(|| "复制报修单");
    let copy = {
        let (said, report) = (said.clone(), props.report.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, report) = (said.clone(), report.clone());
            spawn_local(async move {
                let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
                // On a page without HTTPS there is no clipboard at all.
                let copied = match clipboard.filter(|clipboard| !clipboard.is_undefined()) {
                    Some(clipboard) => JsFuture::from(clipboard.write_text(&report)).await.is_ok(),
                    None => false,
                };
                said.set(if copied {
                    "已复制，发给客服就行"
                } else {
                    "请长按下面的文字复制"
                });
            });
        })
    };
    html! {
        <div class="ticket">
            <button type="button" class="choice" onclick={copy}>{ *said }</button>
            <pre tabindex="0" aria-label="报修单">{ &props.report }</pre>
        </div>
    }
}
