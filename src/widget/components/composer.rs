//! Where the merchant types. Correct with input methods: nothing is sent, and nothing written
//! back, while a composition is under way.

use gloo_events::EventListener;
use posdoc::matching::Suggestion;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Key code that browsers report for keys an input method has taken; Safari sends the confirming
/// Enter with it after the composition has already ended.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

#[derive(PartialEq, Properties)]
pub(in crate::widget) struct ComposerProps {
    pub(in crate::widget) on_say: Callback<String>,
    pub(in crate::widget) suggest: Callback<String, Vec<Suggestion>>,
    /// Whether the engine is here; what is sent before is kept and answered later.
    pub(in crate::widget) ready: bool,
    /// Raised to move the focus here.
    pub(in crate::widget) focus: u32,
}

/// The text box, the send button and suggestions.
#[function_component]
pub(in crate::widget) fn Composer(props: &ComposerProps) -> Html {
    let input = use_node_ref();
    let composing = use_mut_ref(|| false);
    let typed = use_state(String::new);
    let suggestions = use_state(Vec::<Suggestion>::new);

    {
        let input = input.clone();
        use_effect_with(props.focus, move |focus| {
            if *focus > 0
                && let Some(input) = input.cast::<HtmlTextAreaElement>()
            {
                let _ = input.focus();
            }
        });
    }
    let take_in = {
        let (input, typed, suggestions, composing) =
            (input.clone(), typed.clone(), suggestions.clone(), composing.clone());
        let suggest = props.suggest.clone();
        Callback::from(move |()| {
            let Some(input) = input.cast::<HtmlTextAreaElement>() else { return };
            let text = input.value();
            fit(&input);
            suggestions.set(if *composing.borrow() { Vec::new() } else { suggest.emit(text.clone()) });
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
            say.emit(text);
        })
    };
    let on_key = {
        let (send, composing) = (send.clone(), composing.clone());
        Callback::from(move |event: KeyboardEvent| {
            let composed =
                event.is_composing() || *composing.borrow() || event.key_code() == TAKEN_BY_INPUT_METHOD;
            if event.key() == "Enter" && !event.shift_key() && !composed {
                event.prevent_default();
                send.emit(None);
            }
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
    // Not a form: in a sandboxed frame a form may not be submitted, and tells nobody.
    let on_send = send.reform(|_: MouseEvent| None);
    let offered = suggestions.iter().map(|suggestion| {
        let (send, text) = (send.clone(), suggestion.text.clone());
        html! {
            <button type="button" class="choice suggestion" onclick={Callback::from(move |_| send.emit(Some(text.clone())))}>
                { &suggestion.text }
            </button>
        }
    });
    html! {
        <div class="composer">
            if !suggestions.is_empty() {
                <div class="suggestions" role="group" aria-label="您是不是想问">{ for offered }</div>
            }
            <div class="box">
                <textarea
                    part="input"
                    ref={input}
                    rows="1"
                    maxlength="4000"
                    aria-label="说说机器怎么了"
                    placeholder="说说机器怎么了"
                    enterkeyhint="send"
                    autocomplete="off"
                    oninput={take_in.reform(|_: InputEvent| ())}
                    onkeydown={on_key}
                />
                <button type="button" part="send" class="send" aria-label="发送" onclick={on_send} disabled={typed.trim().is_empty()}>
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5M5.5 11.5L12 5l6.5 6.5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" /></svg>
                </button>
            </div>
        </div>
    }
}

/// As tall as the text, up to four lines (the style sheet's limit).
fn fit(input: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(input);
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height() + 2));
}
