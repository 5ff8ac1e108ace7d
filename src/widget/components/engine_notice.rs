//! Says that typed messages cannot be understood right now, what still works, and what to do.

use yew::prelude::*;

use super::hotline::hotline;
use crate::widget::session::Action;

/// A panel above the composer; `why` is what the engine said.
pub(in crate::widget) fn engine_notice(why: &str, number: Option<&AttrValue>, on: &Callback<Action>) -> Html {
    html! {
        <div class="notice" role="alert">
            <p><b>{ "打字提问暂时用不了。" }</b>{ "上面的按钮还能用。点「再试一次」，或者刷新页面；打过的字不会丢。" }</p>
            if !why.is_empty() {
                <p class="quiet">{ why }</p>
            }
            <div class="choices">
                <button type="button" class="choice good" onclick={on.reform(|_| Action::Retry)}>{ "再试一次" }</button>
            </div>
            { hotline(number, None) }
        </div>
    }
}
