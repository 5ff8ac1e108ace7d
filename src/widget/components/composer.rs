//! Where the merchant types. Correct with input methods: nothing is sent, and nothing written
//! back, while a composition is under way.

use std::rc::Rc;

use gloo_events::EventListener;
use posdoc::matching::Suggestion;
use web_sys::HtmlTextAreaElement;
use yew::html::{onclick, oninput, onkeydown};
use yew::prelude::*;

use super::el::{el, held, tag, text, with};
use super::icon::{SEND, icon};
use crate::widget::hooks::is_touch;
use crate::widget::page::call;

/// Key code that browsers report for keys an input method has taken; Safari sends the confirming
/// Enter with it after the composition has already ended.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct ComposerProps {
    pub(in crate::widget) on_say: Callback<String>,
    pub(in crate::widget) suggest: Callback<String, Vec<Suggestion>>,
}

/// What the box shows beside its text, which is the browser's.
#[derive(Default)]
struct Typing {
    /// Whether there is anything to send.
    any: bool,
    suggestions: Vec<Suggestion>,
    /// Which suggestion the arrow keys have reached.
    chosen: Option<usize>,
}

/// The text box, the send button and suggestions.
#[function_component]
pub(in crate::widget) fn Composer(props: &ComposerProps) -> Html {
    let input = use_node_ref();
    let composing = use_mut_ref(|| false);
    let typing = use_state(Typing::default);

    let take_in = {
        let (input, typing, composing) = (input.clone(), typing.setter(), composing.clone());
        let suggest = props.suggest.clone();
        Callback::from(move |()| {
            let Some(input) = input.cast::<HtmlTextAreaElement>() else { return };
            let text = input.value();
            fit(&input);
            let any = !text.trim().is_empty();
            let suggestions = if *composing.borrow() { Vec::new() } else { suggest.emit(text) };
            typing.set(Typing { any, suggestions, chosen: None });
        })
    };
    let send = {
        let (input, typing) = (input.clone(), typing.setter());
        let say = props.on_say.clone();
        Callback::from(move |text: Option<String>| {
            let Some(input) = input.cast::<HtmlTextAreaElement>() else { return };
            let text = text.unwrap_or_else(|| input.value());
            if text.trim().is_empty() {
                return;
            }
            input.set_value("");
            fit(&input);
            typing.set(Typing::default());
            // The keyboard would cover the answer.
            if is_touch() {
                let _ = call(&input, "blur", &[]);
            }
            say.emit(text);
        })
    };
    let on_key = {
        let (send, composing, typing) = (send.clone(), composing.clone(), typing.clone());
        Callback::from(move |event: KeyboardEvent| {
            let composed =
                event.is_composing() || *composing.borrow() || event.key_code() == TAKEN_BY_INPUT_METHOD;
            if composed || event.shift_key() {
                return;
            }
            let Typing { any, suggestions, chosen } = &*typing;
            let reach = |chosen| Typing { any: *any, suggestions: suggestions.clone(), chosen };
            match (event.key().as_str(), suggestions.len().checked_sub(1)) {
                ("Enter", _) => {
                    let picked = chosen.and_then(|nth| suggestions.get(nth));
                    send.emit(picked.map(|suggestion| suggestion.text.clone()));
                }
                ("ArrowDown", Some(last)) => {
                    typing.set(reach(Some(chosen.map_or(0, |nth| (nth + 1).min(last)))));
                }
                ("ArrowUp", Some(_)) if chosen.is_some() => {
                    typing.set(reach(chosen.and_then(|nth| nth.checked_sub(1))));
                }
                ("Escape", Some(_)) => {
                    typing.set(Typing { any: *any, ..Typing::default() });
                    event.stop_propagation();
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    {
        // Yew knows no composition events. Chrome sends no input event after a composition ends.
        let (input, composing, take_in) = (input.clone(), composing.clone(), take_in.clone());
        use_effect_with((), move |()| {
            let listeners = input.cast::<HtmlTextAreaElement>().map(|input| {
                let began = composing.clone();
                let start =
                    EventListener::new(&input, "compositionstart", move |_| *began.borrow_mut() = true);
                let end = EventListener::new(&input, "compositionend", move |_| {
                    *composing.borrow_mut() = false;
                    take_in.emit(());
                });
                (start, end)
            });
            move || drop(listeners)
        });
    }
    let say = |words: Option<String>| {
        let send = send.clone();
        Rc::new(onclick::Wrapper::new(Callback::from(move |_| send.emit(words.clone()))))
    };
    const NUMBERS: [&str; 6] = ["s0", "s1", "s2", "s3", "s4", "s5"];
    let mut parts = Vec::new();
    let open = if typing.suggestions.is_empty() { "" } else { "suggestions" };
    if !open.is_empty() {
        let offered = typing.suggestions.iter().zip(NUMBERS).enumerate().map(|(nth, (offer, id))| {
            let selected = if typing.chosen == Some(nth) { "true" } else { "false" };
            let attributes =
                with!["role" = "option", "id" = id, "aria-selected" = selected, "class" = "suggestion"];
            let mut option = tag("div", attributes, vec![text(&offer.text)]);
            option.add_listener(say(Some(offer.text.clone())));
            option.into()
        });
        let attributes =
            with!["class" = open, "id" = open, "role" = "listbox", "aria-label" = "您是不是想问"];
        parts.push(el("div", attributes, offered.collect()));
    }
    let reached = typing.chosen.and_then(|nth| NUMBERS.get(nth));
    let attributes = with![
        "part" = "input",
        "rows" = "1",
        "maxlength" = "4000",
        "aria-label" = "说说机器怎么了",
        "aria-autocomplete" = "list",
        "aria-controls" = open,
        "aria-activedescendant" = reached.copied().unwrap_or_default(),
        "placeholder" = "说说机器怎么了",
        "enterkeyhint" = "send",
        "autocomplete" = "off"
    ];
    let mut area = held(&input, "textarea", attributes, vec![]);
    area.add_listener(Rc::new(oninput::Wrapper::new(take_in.reform(|_| ()))));
    area.add_listener(Rc::new(onkeydown::Wrapper::new(on_key)));
    let off = if typing.any { "" } else { "disabled" };
    let attributes =
        with!["type" = "button", "part" = "send", "class" = "send", "aria-label" = "发送", "disabled" = off];
    let mut go = tag("button", attributes, vec![icon(SEND)]);
    go.add_listener(say(None));
    parts.push(el("div", with!["class" = "box"], vec![area.into(), go.into()]));
    el("div", with!["class" = "composer"], parts)
}

/// As tall as the text, up to four lines (the style sheet's limit).
fn fit(input: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(input);
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height() + 2));
}
