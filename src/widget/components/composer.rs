//! Where the merchant types. Correct with input methods: nothing is sent, and nothing written
//! back, while a composition is under way.

use gloo_events::EventListener;
use posdoc::matching::Suggestion;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::icon::{SEND, icon};
use crate::widget::hooks::is_touch;

/// Key code that browsers report for keys an input method has taken; Safari sends the confirming
/// Enter with it after the composition has already ended.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct ComposerProps {
    pub(in crate::widget) on_say: Callback<String>,
    pub(in crate::widget) suggest: Callback<String, Vec<Suggestion>>,
}

/// The text box, the send button and suggestions.
#[function_component]
pub(in crate::widget) fn Composer(props: &ComposerProps) -> Html {
    let input = use_node_ref();
    let composing = use_mut_ref(|| false);
    let typed = use_state(String::new);
    let suggestions = use_state(Vec::<Suggestion>::new);

    // Which suggestion the arrow keys have reached.
    let chosen = use_state(|| None::<usize>);

    let take_in = {
        let (input, typed, suggestions, composing, chosen) =
            (input.clone(), typed.clone(), suggestions.clone(), composing.clone(), chosen.clone());
        let suggest = props.suggest.clone();
        Callback::from(move |()| {
            let Some(input) = input.cast::<HtmlTextAreaElement>() else { return };
            let text = input.value();
            fit(&input);
            suggestions.set(if *composing.borrow() { Vec::new() } else { suggest.emit(text.clone()) });
            chosen.set(None);
            typed.set(text);
        })
    };
    let send = {
        let (input, typed, suggestions) = (input.clone(), typed.clone(), suggestions.clone());
        let say = props.on_say.clone();
        Callback::from(move |text: Option<String>| {
            let Some(input) = input.cast::<HtmlTextAreaElement>() else { return };
            let text = text.unwrap_or_else(|| input.value());
            if text.trim().is_empty() {
                return;
            }
            input.set_value("");
            fit(&input);
            typed.set(String::new());
            suggestions.set(Vec::new());
            // The keyboard would cover the answer.
            if is_touch() {
                let _ = input.blur();
            }
            say.emit(text);
        })
    };
    let on_key = {
        let (send, composing, suggestions, chosen) =
            (send.clone(), composing.clone(), suggestions.clone(), chosen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let composed =
                event.is_composing() || *composing.borrow() || event.key_code() == TAKEN_BY_INPUT_METHOD;
            if composed || event.shift_key() {
                return;
            }
            let last = suggestions.len().checked_sub(1);
            match (event.key().as_str(), last) {
                ("Enter", _) => {
                    let picked = chosen.and_then(|nth| suggestions.get(nth));
                    send.emit(picked.map(|suggestion| suggestion.text.clone()));
                }
                ("ArrowDown", Some(last)) => chosen.set(Some(chosen.map_or(0, |nth| (nth + 1).min(last)))),
                ("ArrowUp", Some(_)) if chosen.is_some() => {
                    chosen.set(chosen.and_then(|nth| nth.checked_sub(1)))
                }
                ("Escape", Some(_)) => {
                    suggestions.set(Vec::new());
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
    let on_submit = {
        let send = send.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send.emit(None);
        })
    };
    let offered = suggestions.iter().enumerate().map(|(nth, suggestion)| {
        let (send, text) = (send.clone(), suggestion.text.clone());
        let selected = *chosen == Some(nth);
        html! {
            <div role="option" id={format!("s{nth}")} aria-selected={selected.to_string()} class="suggestion" onclick={Callback::from(move |_| send.emit(Some(text.clone())))}>
                { &suggestion.text }
            </div>
        }
    });
    let open = !suggestions.is_empty();
    html! {
        <form class="composer" onsubmit={on_submit}>
            if open {
                <div class="suggestions" id="suggestions" role="listbox" aria-label="您是不是想问">{ for offered }</div>
            }
            <div class="box">
                <textarea
                    part="input"
                    ref={input}
                    rows="1"
                    maxlength="4000"
                    aria-label="说说机器怎么了"
                    aria-autocomplete="list"
                    aria-controls={open.then_some("suggestions")}
                    aria-activedescendant={chosen.map(|nth| format!("s{nth}"))}
                    placeholder="说说机器怎么了"
                    enterkeyhint="send"
                    autocomplete="off"
                    oninput={take_in.reform(|_: InputEvent| ())}
                    onkeydown={on_key}
                />
                <button type="submit" part="send" class="send" aria-label="发送" disabled={typed.trim().is_empty()}>{ icon(SEND) }</button>
            </div>
        </form>
    }
}

/// As tall as the text, up to four lines (the style sheet's limit).
fn fit(input: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(input);
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height() + 2));
}
