//! The asynchronous boundary: the engine lives in another wasm module, which may not have arrived,
//! may never arrive, or may arrive damaged.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect, Uint8Array};
use posdoc::content::record::{self, Record};
use posdoc::content::{Drawing, Topic};
use posdoc::dialog::Knowledge;
use posdoc::index::{Pack, Section};
use posdoc::matching::{Split, Suggestion, Verdict};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::bridge::first_knowledge;
use super::page::{call, property};

/// What comes with the engine.
pub(super) type Arrival = (Option<Knowledge>, Vec<Split>, Vec<Topic>);

/// The loader's side: fetches what is not here yet and passes events on to the page.
#[derive(Clone)]
pub(super) struct Loader {
    host: JsValue,
    engine: Rc<RefCell<Option<JsValue>>>,
}

impl PartialEq for Loader {
    fn eq(&self, other: &Self) -> bool {
        self.host == other.host
    }
}

impl Loader {
    pub(super) fn new(host: JsValue) -> Self {
        Self { host, engine: Rc::default() }
    }

    /// Fetches the engine, opened over its pack; returns the narrowing questions and the articles that
    /// came with the pack, and what to know instead of what the chat began with, if the engine's pack is
    /// of other content.
    ///
    /// Fails with a sentence for the merchant, or with what the pack says is wrong with it.
    pub(super) async fn open(&self) -> Result<Arrival, String> {
        let engine = self.fetch("engine").await?;
        let part = |name: &str| Uint8Array::new(&property(&engine, name)).to_vec();
        let (both, instead) = (part("articles"), part("instead"));
        self.engine.replace(Some(engine));
        let (splits, topics) = apart(&both).ok_or("内容包读不懂，请刷新页面重新下载")?;
        Ok((first_knowledge(&instead).ok(), splits, topics))
    }

    /// Fetches the drawings. They only help, so that failing is no more than having none.
    pub(super) async fn drawings(&self) -> Vec<Drawing> {
        let Ok(bytes) = self.fetch("drawings").await else { return Vec::new() };
        let bytes = Uint8Array::new(&bytes).to_vec();
        Pack::open(&bytes).and_then(|pack| pack.read(Section::Drawings)).unwrap_or_default()
    }

    /// What `text` is about; nothing before the engine is open.
    pub(super) fn ask(&self, text: &str) -> Option<Verdict> {
        self.forward("ask", text)
    }

    /// What the merchant may be about to say.
    pub(super) fn suggest(&self, typed: &str) -> Vec<Suggestion> {
        self.forward("suggest", typed).unwrap_or_default()
    }

    /// Tells the page that something happened, as a `posdoc:` event.
    pub(super) fn emit(&self, name: &str, detail: &[(&str, JsValue)]) {
        let record = js_sys::Object::new();
        for (key, value) in detail {
            let _ = Reflect::set(&record, &(*key).into(), value);
        }
        let _ = call(&self.host, "emit", &[name.into(), record.into()]);
    }

    /// Closes the panel.
    pub(super) fn close(&self) {
        let _ = call(&self.host, "close", &[]);
    }

    async fn fetch(&self, what: &str) -> Result<JsValue, String> {
        let promise = call(&self.host, what, &[]).map_err(|error| message(&error))?;
        let promise: Promise = promise.unchecked_into();
        JsFuture::from(promise).await.map_err(|error| message(&error))
    }

    fn forward<T: Record>(&self, what: &str, text: &str) -> Option<T> {
        let engine = self.engine.borrow().clone()?;
        decode(&call(&engine, what, &[text.into()]).ok()?)
    }
}

fn decode<T: Record>(bytes: &JsValue) -> Option<T> {
    record::decode(&Uint8Array::new(bytes).to_vec())
}

/// The narrowing questions, whose length stands before them, and the articles.
fn apart(both: &[u8]) -> Option<(Vec<Split>, Vec<Topic>)> {
    let (length, both) = both.split_first_chunk()?;
    let (splits, articles) = both.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((record::decode(splits)?, record::decode(articles)?))
}

/// What an exception says.
fn message(error: &JsValue) -> String {
    Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
