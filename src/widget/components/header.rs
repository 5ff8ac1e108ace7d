//! The top bar: who speaks, start over, close.

use yew::prelude::*;

/// The top bar. `provider` is whose help site this is; `on_close` is absent where there is nothing
/// to close.
pub(in crate::widget) fn header(
    provider: Option<&AttrValue>,
    on_close: Option<Callback<()>>,
    on_reset: &Callback<()>,
) -> Html {
    let reset = on_reset.reform(|_: MouseEvent| ());
    html! {
        <div part="header" class="header">
            <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                <rect x="6" y="3" width="20" height="26" rx="4" fill="none" stroke="currentColor" stroke-width="2.5" />
                <path d="M11 9h10M16 14v8M12 18h8" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" />
            </svg>
            <div class="who">
                <h2>{ "POS 机医生" }</h2>
                if let Some(provider) = provider {
                    <p>{ provider }</p>
                }
            </div>
            <button type="button" class="icon" aria-label="重新开始" title="重新开始" onclick={reset}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 5v5h5M5.6 14a7 7 0 1 0 .9-6.6L5 10" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" /></svg>
            </button>
            if let Some(close) = on_close {
                <button type="button" class="icon" aria-label="关闭" title="关闭" onclick={close.reform(|_: MouseEvent| ())}>
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" /></svg>
                </button>
            }
        </div>
    }
}
