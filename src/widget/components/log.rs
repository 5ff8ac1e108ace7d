//! The transcript. New replies are announced; the buttons below them are not part of the log.

use yew::prelude::*;

use super::earlier::earlier;
use super::options::buttons;
use super::reply_card::{Around, reply_card};
use super::ticket::ticket;
use crate::widget::session::{Action, Bubble, Session};

/// The transcript and the buttons of its last reply. `report` is the ticket to hand over, when a
/// person takes over.
pub(in crate::widget) fn log(
    scroller: &NodeRef,
    session: &Session,
    around: &Around,
    report: Option<AttrValue>,
    on: &Callback<Action>,
) -> Html {
    let said = session.bubbles.iter().rposition(|bubble| matches!(bubble, Bubble::Merchant(_)));
    let newest = said.unwrap_or(session.bubbles.len().saturating_sub(1));
    let bubbles = session.bubbles.iter().enumerate().map(|(nth, bubble)| {
        let class = classes!((nth == newest).then_some("newest"));
        match bubble {
            Bubble::Merchant(text) => html! {
                <div key={nth} class={classes!("bubble", "merchant", class)} part="message" data-from="merchant">{ text }</div>
            },
            Bubble::Pending => html! {
                <div key={nth} class={classes!("bubble", "pending", class)} part="message" data-from="posdoc" aria-busy="true">
                    <span class="dots" aria-hidden="true"><i /><i /><i /></span>
                    <span class="quiet">{ "正在看…" }</span>
                </div>
            },
            Bubble::Reply(reply) => html! {
                <div key={nth} {class}>{ reply_card(reply, session, around, on) }</div>
            },
        }
    });
    let open = match session.bubbles.last() {
        Some(Bubble::Reply(reply)) => &reply.options[..],
        _ => &[],
    };
    html! {
        <div class="scroller" ref={scroller} tabindex="-1">
            <div part="log" class="log" role="log" aria-live="polite" aria-label="对话">{ for bubbles }</div>
            { session.earlier.as_ref().map(|left| earlier(left, &session.knowledge.0, on)) }
            { report.map(|report| ticket(&report, session.copied, on)) }
            { buttons(open, session.bubbles.len() == 1 && session.state.turn == 0, on) }
        </div>
    }
}
