//! The transcript. New replies are announced; the buttons below them are not part of the log.

use yew::{Callback, Html};

use super::earlier::earlier;
use super::el::{el, with};
use super::options::buttons;
use super::ticket::ticket;
use super::turn::turn;
use crate::widget::session::{Press, Session};

/// The log, an unfinished earlier conversation, the ticket, and what can be pressed now.
pub(in crate::widget) fn log(session: &Session, report: Option<&str>, on: &Callback<Press>) -> Html {
    let bubbles = session.bubbles.iter().enumerate();
    let bubbles = bubbles.map(|(nth, bubble)| turn(nth, bubble, &session.around, on)).collect();
    let attributes =
        with!["part" = "log", "class" = "log", "role" = "log", "aria-live" = "polite", "aria-label" = "对话"];
    // Nothing where there is none: Yew tells elements without keys by their place from the end, and
    // one less behind the log would make it another log, drawn from the beginning.
    let parts = vec![
        el("div", attributes, bubbles),
        session.earlier.as_ref().map(|left| earlier(left, &session.around.knowledge, on)).unwrap_or_default(),
        report.map(|report| ticket(report, session.copied, on)).unwrap_or_default(),
        // While something waits, what could be pressed before it can be pressed still.
        match session.last_reply() {
            Some(reply) => buttons(&reply.options, reply.kind, on),
            None => Html::default(),
        },
    ];
    el("div", with!["class" = "scroller", "tabindex" = "-1"], parts)
}
