//! The ticket to copy, share or read out. Nothing is sent by us.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::widget::engine::call;
use crate::widget::session::{Action, Copied};

/// The ticket's text, selectable, with buttons that copy it and share it.
///
/// WeChat has no share sheet and may refuse the clipboard: then the text is selected, and the
/// button says how to go on.
pub(super) fn ticket(report: &AttrValue, copied: Copied, on: &Callback<Action>) -> Html {
    let said = match copied {
        Copied::No => "复制报修单",
        Copied::Yes => "已复制，发给客服就行",
        Copied::Refused => "已选中，长按下面的字复制",
    };
    let onclick = {
        let (on, report) = (on.clone(), report.clone());
        Callback::from(move |event: MouseEvent| {
            let (on, report) = (on.clone(), report.clone());
            spawn_local(async move {
                let done = copy(&report).await || select(&event);
                on.emit(Action::Copied(done));
            });
        })
    };
    let share = can_share().then(|| {
        let report = report.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let told = js_sys::Object::new();
            let _ = Reflect::set(&told, &"text".into(), &report.as_str().into());
            // Dismissing the share sheet is no fault.
            if let Ok(shared) = call(&navigator(), "share", &[told.into()]) {
                let shared: Promise = shared.unchecked_into();
                spawn_local(async move { drop(JsFuture::from(shared).await) });
            }
        });
        html! { <button type="button" class="choice" {onclick}>{ "转发" }</button> }
    });
    html! {
        <div class="ticket">
            <div class="choices"><button type="button" class="choice good" {onclick}>{ said }</button>{ share }</div>
            <pre tabindex="0" aria-label="报修单">{ report }</pre>
        </div>
    }
}

fn navigator() -> JsValue {
    web_sys::window().map(|window| window.navigator().into()).unwrap_or_default()
}

fn can_share() -> bool {
    let navigator = navigator();
    let agent = Reflect::get(&navigator, &"userAgent".into()).ok().and_then(|agent| agent.as_string());
    // WeChat's browser may have the function without the sheet.
    Reflect::has(&navigator, &"share".into()).unwrap_or_default()
        && agent.is_none_or(|agent| !agent.contains("MicroMessenger"))
}

/// Whether the clipboard took `text`. On a page without HTTPS there is no clipboard at all.
async fn copy(text: &str) -> bool {
    let clipboard = Reflect::get(&navigator(), &"clipboard".into()).unwrap_or_default();
    match call(&clipboard, "writeText", &[text.into()]) {
        Ok(written) => JsFuture::from(written.unchecked_into::<Promise>()).await.is_ok(),
        Err(_) => false,
    }
}

/// Selects the ticket below the pressed button, and tries the way of copying that older browsers know.
fn select(event: &MouseEvent) -> bool {
    let pressed: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
    let ticket = pressed.and_then(|button| button.closest(".ticket").ok()?);
    let (Some(text), Some(window)) =
        (ticket.and_then(|ticket| ticket.last_element_child()), web_sys::window())
    else {
        return false;
    };
    let selected = call(&window, "getSelection", &[])
        .and_then(|selection| call(&selection, "selectAllChildren", &[text.into()]));
    let document = Reflect::get(&window, &"document".into()).unwrap_or_default();
    selected.is_ok() && call(&document, "execCommand", &["copy".into()]).is_ok_and(|done| done.is_truthy())
}
