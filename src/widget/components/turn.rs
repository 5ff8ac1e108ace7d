//! What one side said. It is the one component beside the app: a turn that is over is not drawn again,
//! however long the conversation becomes, as long as what it was drawn with is the same.

use std::rc::Rc;

use yew::virtual_dom::VComp;
use yew::{Callback, Component, Context, Html, Properties};

use super::el::{el, text, with, words};
use super::reply_card::reply_card;
use crate::widget::session::{Around, Bubble, Press};

/// The turn numbered `nth`.
pub(super) fn turn(nth: usize, bubble: &Bubble, around: &Rc<Around>, on: &Callback<Press>) -> Html {
    let props = TurnProps { bubble: bubble.clone(), around: around.clone(), on: on.clone() };
    VComp::new::<Turn>(Rc::new(props), Some(nth.into())).into()
}

#[derive(Properties)]
struct TurnProps {
    bubble: Bubble,
    around: Rc<Around>,
    /// The same for as long as the app lives.
    on: Callback<Press>,
}

impl PartialEq for TurnProps {
    fn eq(&self, other: &Self) -> bool {
        self.bubble == other.bubble && Rc::ptr_eq(&self.around, &other.around)
    }
}

struct Turn;

impl Component for Turn {
    type Message = ();
    type Properties = TurnProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TurnProps { bubble, around, on } = ctx.props();
        let shown = match bubble {
            Bubble::Merchant(said) => message("bubble merchant", "merchant", "", vec![text(said)]),
            Bubble::Pending => {
                let dots = (0..3).map(|_| el("i", with![], vec![])).collect();
                let dots = el("span", with!["class" = "dots", "aria-hidden" = "true"], dots);
                // To be seen for longer than a blink only where the engine is still under way.
                let said = words("span", "quiet", "在等网络。您的话我记着，一通就答。");
                message("bubble pending", "posdoc", "true", vec![dots, said])
            }
            Bubble::Reply(reply, _) => reply_card(reply, around, on),
        };
        el("div", with![], vec![shown])
    }
}

fn message(class: &str, from: &str, busy: &str, inside: Vec<Html>) -> Html {
    let attributes = with!["class" = class, "part" = "message", "data-from" = from, "aria-busy" = busy];
    el("div", attributes, inside)
}
