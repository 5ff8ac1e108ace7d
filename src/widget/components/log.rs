//! The transcript. New replies are announced; the buttons below them are not part of the log.

use posdoc::dialog::Kind;
use yew::{Callback, Html};

use super::earlier::earlier;
use super::el::{el, keyed, text, with, words};
use super::options::buttons;
use super::reply_card::{Around, reply_card};
use super::ticket::ticket;
use crate::widget::session::{Bubble, Press, Session};

/// The transcript and the buttons of its last reply. `report` is the ticket to hand over, when a
/// person takes over.
pub(in crate::widget) fn log(
    session: &Session,
    around: &Around,
    report: Option<&str>,
    on: &Callback<Press>,
) -> Html {
    let said = session.bubbles.iter().rposition(|bubble| matches!(bubble, Bubble::Merchant(_)));
    let newest = said.unwrap_or(session.bubbles.len().saturating_sub(1));
    let mut bubbles = Vec::new();
    for (nth, bubble) in session.bubbles.iter().enumerate() {
        let newest = if nth == newest { "newest" } else { "" };
        let shown = match bubble {
            Bubble::Merchant(said) => message("bubble merchant", "merchant", "", vec![text(said)]),
            Bubble::Pending => {
                let dots = (0..3).map(|_| el("i", with![], vec![])).collect();
                let dots = el("span", with!["class" = "dots", "aria-hidden" = "true"], dots);
                message("bubble pending", "posdoc", "true", vec![dots, words("span", "quiet", "正在看…")])
            }
            Bubble::Reply(reply) => reply_card(reply, session, around, on),
        };
        bubbles.push(keyed("div", nth, with!["class" = newest], vec![shown]));
    }
    let attributes =
        with!["part" = "log", "class" = "log", "role" = "log", "aria-live" = "polite", "aria-label" = "对话"];
    let mut parts = vec![el("div", attributes, bubbles)];
    parts.extend(session.earlier.as_ref().map(|left| earlier(left, &session.knowledge, on)));
    parts.extend(report.map(|report| ticket(report, session.copied, on)));
    if let Some(Bubble::Reply(reply)) = session.bubbles.last() {
        let first = reply.kind == Kind::Greeting;
        parts.push(buttons(&reply.options, first, on));
    }
    el("div", with!["class" = "scroller", "tabindex" = "-1"], parts)
}

fn message(class: &str, from: &str, busy: &str, inside: Vec<Html>) -> Html {
    el("div", with!["class" = class, "part" = "message", "data-from" = from, "aria-busy" = busy], inside)
}
