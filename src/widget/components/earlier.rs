//! A card for a conversation that an earlier visit left unfinished.

use posdoc::dialog::Knowledge;
use yew::prelude::*;

use crate::widget::session::{Action, Earlier};

/// What it was about, how long ago, and whether to go on.
pub(super) fn earlier(left: &Earlier, knowledge: &Knowledge, on: &Callback<Action>) -> Html {
    let day = match left.days {
        0 => "今天".to_owned(),
        1 => "昨天".to_owned(),
        days => format!("{days} 天前"),
    };
    let about = left.state.focus.as_ref().and_then(|focus| knowledge.label(&focus.topic)).unwrap_or("应答码");
    html! {
        <div class="earlier">
            <p><b>{ day }{ "没弄完：" }</b>{ about }</p>
            <div class="choices">
                <button type="button" class="choice good" onclick={on.reform(|_| Action::TakeUp(true))}>{ "接着弄" }</button>
                <button type="button" class="choice" onclick={on.reform(|_| Action::TakeUp(false))}>{ "不用了" }</button>
            </div>
        </div>
    }
}
