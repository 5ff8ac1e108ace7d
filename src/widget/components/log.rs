//! The transcript, and what is read out of it.
//!
//! The log itself keeps quiet: a card has a drawing, buttons and details, and a screen reader would read
//! them all, last things first. What is new is said once and briefly by a line that nobody sees.

use yew::{Callback, Html};

use super::earlier::earlier;
use super::el::{el, text, with};
use super::options::buttons;
use super::reply_card::brief;
use super::ticket::ticket;
use super::turn::turn;
use crate::widget::session::{Press, Session};

/// The log, an unfinished earlier conversation, the ticket, and what can be pressed now.
pub(in crate::widget) fn log(session: &Session, report: Option<&str>, on: &Callback<Press>) -> Html {
    let bubbles = session.bubbles.iter().enumerate();
    let bubbles = bubbles.map(|(nth, bubble)| turn(nth, bubble, &session.around, on)).collect();
    let attributes =
        with!["part" = "log", "class" = "log", "role" = "log", "aria-live" = "off", "aria-label" = "对话"];
    // Nothing where there is none: Yew tells elements without keys by their place from the end, and
    // one less behind the log would make it another log, drawn from the beginning.
    let heard = session.last_reply().map(|reply| brief(reply)).unwrap_or_default();
    let parts = vec![
        el("p", with!["class" = "heard", "role" = "status"], vec![text(&heard)]),
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
