//! Where JavaScript and the app meet: the loader mounts an app and sends it commands.

// wasm-bindgen exports are public to JavaScript, though no Rust code outside can reach them.
#![allow(unreachable_pub)]

use std::cell::RefCell;
use std::rc::Rc;

use posdoc::content::{ResponseCode, Topic};
use posdoc::dialog::Knowledge;
use posdoc::index::{Pack, Section};
use posdoc::matching::Title;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AttrValue, Callback};

use super::app::{App, AppProps};
use super::engine::Loader;
use super::session::{Action, Press};
use crate::look::STYLE;

/// The element's attributes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Attributes(Vec<(String, AttrValue)>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&AttrValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether the chat stands in the page instead of in a panel over it.
    pub(super) fn is_inline(&self) -> bool {
        self.get("mode").is_some_and(|mode| mode == "inline")
    }

    /// With `name` set to `value`, or removed.
    pub(super) fn with(&self, name: &str, value: Option<String>) -> Self {
        let mut changed = self.clone();
        changed.0.retain(|(known, _)| known != name);
        changed.0.extend(value.map(|value| (name.to_owned(), value.into())));
        changed
    }
}

type Inbox = Rc<RefCell<Letters>>;

/// Whoever reads an app's commands, and those that came before there was anyone: an app listens a
/// moment after it was mounted, later in WebKit than elsewhere.
#[derive(Default)]
struct Letters {
    reader: Option<Callback<Action>>,
    waiting: Vec<Action>,
}

thread_local! {
    /// Apps by number; more than one can live on a page.
    static APPS: RefCell<Vec<Inbox>> = const { RefCell::new(Vec::new()) };
}

/// Nothing starts by itself: the loader calls [`mount`].
pub(crate) fn main() {}

/// The stylesheet for the shadow root, for the loader to adopt: no style element, no style attribute.
#[wasm_bindgen]
pub fn style() -> String {
    STYLE.to_owned()
}

/// Mounts an app into `element`, which lies in an open shadow root.
///
/// `host` offers `engine()` (a promise of `articles`, `ask(text)`, `suggest(typed)`, and, where it has
/// other content than `pack`, the interface's part of that as `instead`), `drawings()` (a promise of
/// bytes), `emit(name, detail)` and `close()`.
/// `attributes` are the element's, as `[name, value]` pairs; `pack` is the interface's part of a
/// pack, which is needed during this call only. Returns the app's number for [`send`].
///
/// # Errors
/// A message for the merchant if the pack is damaged or was made for another version.
#[wasm_bindgen]
pub fn mount(element: Element, host: JsValue, attributes: JsValue, pack: &[u8]) -> Result<u32, JsError> {
    let knowledge = first_knowledge(pack).map_err(|error| JsError::new(&error.to_string()))?;
    let inbox = Inbox::default();
    let number = APPS.with(|apps| {
        apps.borrow_mut().push(inbox.clone());
        apps.borrow().len() as u32 - 1
    });
    let props = AppProps {
        knowledge: Rc::new(knowledge),
        attributes: pairs(&attributes),
        loader: Loader::new(host),
        inbox: Port(inbox),
    };
    yew::Renderer::<App>::with_root_and_props(element, props).render();
    Ok(number)
}

/// Sends a mounted app a command: `set` (name, value), `ask` (text), `reset`, `retry`, `opened`.
#[wasm_bindgen]
pub fn send(number: u32, command: &str, first: Option<String>, second: Option<String>) {
    let action = match (command, first) {
        ("set", Some(name)) => Action::Set(name, second),
        ("ask", Some(text)) => Action::Say(text),
        ("reset", _) => Action::Press(Press::Reset),
        ("retry", _) => Action::Press(Press::Retry),
        ("opened", _) => Action::Opened,
        _ => return,
    };
    let Some(inbox) = APPS.with(|apps| apps.borrow().get(number as usize).cloned()) else { return };
    let reader = inbox.borrow().reader.clone();
    match reader {
        Some(reader) => reader.emit(action),
        None => inbox.borrow_mut().waiting.push(action),
    }
}

/// An app's letter box; equal if it is the same one.
#[derive(Clone)]
pub(super) struct Port(Inbox);

impl PartialEq for Port {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Port {
    /// From now on commands go to `callback`.
    pub(super) fn listen(&self, callback: Callback<Action>) {
        let waiting = {
            let mut letters = self.0.borrow_mut();
            letters.reader = Some(callback.clone());
            std::mem::take(&mut letters.waiting)
        };
        waiting.into_iter().for_each(|action| callback.emit(action));
    }
}

/// What the interface's part of a pack has to say.
pub(super) fn first_knowledge(pack: &[u8]) -> Result<Knowledge, posdoc::index::Error> {
    let pack = Pack::open(pack)?;
    let titles: Vec<Title> = pack.read(Section::Catalogue)?;
    let everyday: Vec<Topic> = pack.read(Section::Everyday)?;
    let codes: Vec<ResponseCode> = pack.read(Section::CodeMeanings)?;
    Ok(Knowledge::new(titles, everyday).with_codes(codes))
}

fn pairs(attributes: &JsValue) -> Attributes {
    let list: &js_sys::Array = attributes.unchecked_ref();
    let pairs = list.iter().filter_map(|pair| {
        let pair = js_sys::Array::from(&pair);
        Some((pair.get(0).as_string()?, AttrValue::from(pair.get(1).as_string()?)))
    });
    Attributes(pairs.collect())
}
