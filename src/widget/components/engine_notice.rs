//! Says that typed messages cannot be understood right now, what still works, and what to do.

use yew::prelude::*;

use super::hotline::Hotline;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct EngineNoticeProps {
    pub(in crate::widget) why: String,
    pub(in crate::widget) hotline: Option<AttrValue>,
    pub(in crate::widget) on_retry: Callback<()>,
}

/// A panel above the composer.
#[function_component]
pub(in crate::widget) fn EngineNotice(props: &EngineNoticeProps) -> Html {
    html! {
        <div class="notice" role="alert">
            <p><b>{ "打字提问暂时用不了。" }</b>{ "上面的按钮还能用。点「再试一次」，或者刷新页面；打过的字不会丢。" }</p>
            if !props.why.is_empty() {
                <p class="quiet">{ &props.why }</p>
            }
            <div class="choices">
                <button type="button" class="choice good" onclick={props.on_retry.reform(|_: MouseEvent| ())}>{ "再试一次" }</button>
            </div>
            <Hotline hotline={props.hotline.clone()} hours={None::<AttrValue>} />
        </div>
    }
}
