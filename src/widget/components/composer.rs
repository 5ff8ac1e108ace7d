//! Where the merchant types. Correct with input methods: nothing is sent, and nothing written
//! back, while a composition is under way.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::html::{onclick, oninput, onkeydown};
use yew::{Callback, Html, NodeRef};

use super::el::{el, held, tag, text, with};
use super::icon::{SEND, icon};
use crate::widget::effects::is_touch;
use crate::widget::page::{call, property};
use crate::widget::session::{Action, Typing};

/// Key code that browsers report for keys an input method has taken; Safari sends the confirming
/// Enter with it after the composition has already ended.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// The text box, which is `input`, the send button and suggestions.
pub(in crate::widget) fn composer(
    input: &NodeRef,
    typing: &Typing,
    composing: &Rc<Cell<bool>>,
    act: &Callback<Action>,
) -> Html {
    let send = |words: Option<String>| {
        let pressed = act.reform(move |_| Action::Send(words.clone()));
        Rc::new(onclick::Wrapper::new(pressed))
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
            option.add_listener(send(Some(offer.text.clone())));
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
        "aria-label" = "说说机器怎么了",
        "aria-autocomplete" = "list",
        "aria-controls" = open,
        "aria-activedescendant" = reached.copied().unwrap_or_default(),
        "placeholder" = "说说机器怎么了",
        "enterkeyhint" = "send",
        "autocomplete" = "off"
    ];
    let mut area = held(input, "textarea", attributes, vec![]);
    area.add_listener(Rc::new(oninput::Wrapper::new(act.reform(|_| Action::Typed))));
    let (act, shown, composing) = (act.clone(), typing.clone(), composing.clone());
    let heard = Callback::from(move |event: KeyboardEvent| {
        let composed = event.is_composing() || composing.get() || event.key_code() == TAKEN_BY_INPUT_METHOD;
        if composed || event.shift_key() {
            return;
        }
        let key = event.key();
        if let Some(action) = struck(&key, &shown) {
            event.prevent_default();
            if key == "Escape" {
                event.stop_propagation();
            }
            act.emit(action);
        }
    });
    area.add_listener(Rc::new(onkeydown::Wrapper::new(heard)));
    let off = if typing.any { "" } else { "disabled" };
    let attributes = with!["part" = "send", "class" = "send", "aria-label" = "发送", "disabled" = off];
    let mut go = tag("button", attributes, vec![icon(SEND)]);
    go.add_listener(send(None));
    parts.push(el("div", with!["class" = "box"], vec![area.into(), go.into()]));
    el("div", with!["class" = "composer"], parts)
}

/// What a key does that writes nothing.
fn struck(key: &str, typing: &Typing) -> Option<Action> {
    let reach = |chosen| Action::Suggest(Typing { chosen, ..typing.clone() });
    let last = typing.suggestions.len().checked_sub(1);
    match (key, last, typing.chosen) {
        ("Enter", _, chosen) => {
            let picked = chosen.and_then(|nth| typing.suggestions.get(nth));
            Some(Action::Send(picked.map(|suggestion| suggestion.text.clone())))
        }
        ("ArrowDown", Some(last), chosen) => Some(reach(Some(chosen.map_or(0, |nth| (nth + 1).min(last))))),
        ("ArrowUp", Some(_), Some(nth)) => Some(reach(nth.checked_sub(1))),
        ("Escape", Some(_), _) => Some(Action::Suggest(Typing { any: typing.any, ..Typing::default() })),
        _ => None,
    }
}

/// What is in the box, which becomes as tall as its text.
pub(in crate::widget) fn typed(input: &NodeRef) -> String {
    let Some(input) = input.cast::<HtmlTextAreaElement>() else { return String::new() };
    fit(&input);
    input.value()
}

/// Empties the box. Where fingers type, the keyboard goes: it would cover the answer.
pub(in crate::widget) fn clear(input: &NodeRef) {
    let Some(input) = input.cast::<HtmlTextAreaElement>() else { return };
    input.set_value("");
    fit(&input);
    if is_touch() {
        let _ = call(&input, "blur", &[]);
    }
}

/// As tall as the text, up to four lines (the style sheet's limit). Where the style sheet can say so by
/// itself, nothing is measured: that would have the page laid out for every key.
fn fit(input: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(input);
    if !property(&style, "fieldSizing").is_undefined() {
        return;
    }
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height() + 2));
}
