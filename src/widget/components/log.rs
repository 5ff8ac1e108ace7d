//! The transcript. New replies are announced; the buttons below them are not part of the log.

use std::rc::Rc;

use posdoc::content::Drawing;
use yew::prelude::*;

use super::options::buttons;
use super::reply_card::ReplyCard;
use super::ticket::Ticket;
use crate::widget::session::{Bubble, Knowledges};

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct LogProps {
    pub(in crate::widget) bubbles: Vec<Bubble>,
    pub(in crate::widget) knowledge: Knowledges,
    pub(in crate::widget) drawings: Rc<Vec<Drawing>>,
    pub(in crate::widget) hotline: Option<AttrValue>,
    pub(in crate::widget) hours: Option<AttrValue>,
    pub(in crate::widget) on_choose: Callback<String>,
    /// The ticket to hand over, when a person takes over.
    pub(in crate::widget) report: Option<AttrValue>,
}

/// The transcript and the buttons of its last reply.
#[function_component]
pub(in crate::widget) fn Log(props: &LogProps) -> Html {
    let scroller = use_node_ref();
    {
        let scroller = scroller.clone();
        use_effect_with(props.bubbles.clone(), move |bubbles| {
            let last = if bubbles.len() > 1 { scroller.cast::<web_sys::Element>() } else { None };
            // The newest bubble begins at the top of the view where it is taller than the view.
            let newest = last.and_then(|scroller| scroller.query_selector(".newest").ok().flatten());
            if let Some(newest) = newest {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Start);
                newest.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let said = props.bubbles.iter().rposition(|bubble| matches!(bubble, Bubble::Merchant(_)));
    let newest = said.unwrap_or(props.bubbles.len().saturating_sub(1));
    let bubbles = props.bubbles.iter().enumerate().map(|(nth, bubble)| {
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
                <div key={nth} {class}>
                    <ReplyCard
                        reply={reply.clone()}
                        knowledge={props.knowledge.clone()}
                        drawings={props.drawings.clone()}
                        hotline={props.hotline.clone()}
                        hours={props.hours.clone()}
                    />
                </div>
            },
        }
    });
    let open = match props.bubbles.last() {
        Some(Bubble::Reply(reply)) => &reply.options[..],
        _ => &[],
    };
    let greeting = props.bubbles.len() == 1;
    html! {
        <div class="scroller" ref={scroller} tabindex="-1">
            <div part="log" class="log" role="log" aria-live="polite" aria-label="对话">{ for bubbles }</div>
            if let Some(report) = &props.report {
                <Ticket report={report.clone()} />
            }
            { buttons(open, greeting, &props.on_choose) }
        </div>
    }
}
