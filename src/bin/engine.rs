//! The search engine as a wasm module of its own: the heavy half, fetched while the merchant
//! already reads. What crosses to the widget is bytes, written and read by the same types.

#![deny(clippy::unwrap_used, clippy::expect_used)]

#[cfg(target_arch = "wasm32")]
mod browser {
    // wasm-bindgen exports are public to JavaScript, though no Rust code outside can reach them.
    #![allow(unreachable_pub)]

    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use posdoc::content::record::encode;
    use posdoc::index::{Pack, Section};
    use posdoc::matching::Matcher;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static MATCHER: RefCell<Option<Matcher>> = const { RefCell::new(None) };
    }

    /// Opens the engine's part of a pack; everything else wants this first.
    ///
    /// Returns the length of the narrowing questions, in four bytes, these, and the articles.
    ///
    /// # Errors
    /// A message for the merchant if the pack is damaged or was made for another version.
    #[wasm_bindgen]
    pub fn open(pack: Vec<u8>) -> Result<Vec<u8>, JsError> {
        // The index reads where the bytes lie, as long as the page lives. One that turns out damaged
        // is lost with them, once per try.
        let pack = Pack::open(pack.leak()).map_err(to_js)?;
        let matcher = Matcher::open(&pack, BTreeMap::new()).map_err(to_js)?;
        MATCHER.with(|slot| slot.replace(Some(matcher)));
        let part = |section| pack.bytes(section).map_err(to_js);
        let splits = part(Section::Splits)?;
        Ok([&(splits.len() as u32).to_le_bytes(), splits, part(Section::Articles)?].concat())
    }

    /// A [`posdoc::matching::Verdict`]; empty before [`open`].
    #[wasm_bindgen]
    pub fn ask(text: &str) -> Vec<u8> {
        answer(|matcher| encode(&matcher.ask(text)))
    }

    /// A list of [`posdoc::matching::Suggestion`]s; empty before [`open`].
    #[wasm_bindgen]
    pub fn suggest(typed: &str) -> Vec<u8> {
        answer(|matcher| encode(&matcher.suggest(typed)))
    }

    fn answer(with: impl Fn(&Matcher) -> Vec<u8>) -> Vec<u8> {
        MATCHER.with(|slot| slot.borrow().as_ref().map(with).unwrap_or_default())
    }

    fn to_js(error: posdoc::index::Error) -> JsError {
        JsError::new(&error.to_string())
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    eprintln!("engine 是给浏览器用的模块，用 make run 构建。命令行请用 posdoc");
    std::process::ExitCode::from(2)
}
