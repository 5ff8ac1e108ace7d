//! What the shipped bytes are spent on, line by line.
//!
//! A file is compressed as a whole, so no part of it has a size of its own. Each part is compressed
//! by itself, and the results are scaled so that the parts of a file add up to what is served.
//! A function belongs to the first crate in its name that is not the standard library: what
//! `Vec<Topic>` costs is ours, what `HashMap<Field, …>` costs is tantivy's.

use std::fs;
use std::path::Path;

use anyhow::Context;
use posdoc::index::Pack;

use super::wasm;
// It travels among the module's constants.
use crate::look::STYLE;

/// Crates of the standard library, and those that only it uses in our modules.
const STANDARD: &[&str] =
    &["core", "alloc", "std", "compiler_builtins", "dlmalloc", "__rustc", "rustc_demangle"];
/// Crates between Rust and the browser.
const BROWSER: &[&str] =
    &["wasm_bindgen", "wasm_bindgen_futures", "js_sys", "web_sys", "gloo_events", "gloo_utils", "gloo"];
/// Ours, with what we use to read packs and to calculate.
const OURS: &[&str] = &["posdoc", "engine", "siphasher", "libm"];

/// One line: what it is, its bytes as they are and as its share of what is served.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) raw: usize,
    pub(super) brotli: usize,
}

/// The parts of the files that have several: the two modules and the three packs.
///
/// `stage` holds the modules with their names, `served` says how many bytes of brotli a file has.
///
/// # Errors
/// If a file of the stage is missing or damaged.
pub(super) fn parts(
    stage: &Path,
    served: impl Fn(&str) -> usize,
    brotli: impl Fn(&[u8]) -> anyhow::Result<usize>,
) -> anyhow::Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut split = |file: &str, pieces: Vec<(String, Vec<u8>)>| -> anyhow::Result<()> {
        let alone: Vec<usize> = pieces.iter().map(|(_, bytes)| brotli(bytes)).collect::<Result<_, _>>()?;
        let sum: usize = alone.iter().sum();
        for ((name, bytes), size) in pieces.into_iter().zip(alone) {
            parts.push(Part { name, raw: bytes.len(), brotli: size * served(file) / sum.max(1) });
        }
        Ok(())
    };
    let read = |file: &str| {
        fs::read(stage.join(file))
            .with_context(|| format!("读 {}。先 make build", stage.join(file).display()))
    };
    for (file, whose, library) in [("widget_bg.wasm", "界面", "Yew"), ("engine_bg.wasm", "引擎", "tantivy")]
    {
        let module = read(file)?;
        let anatomy = wasm::dissect(&module).with_context(|| format!("{file} 不是完整的 wasm"))?;
        let mut code = [library, "我们的代码", "标准库", "浏览器接口"].map(|owner| (owner, Vec::new()));
        for (name, body) in anatomy.functions {
            let owner = owner(name, library);
            if let Some((_, bytes)) = code.iter_mut().find(|(known, _)| *known == owner) {
                bytes.extend_from_slice(body);
            }
        }
        let mut pieces: Vec<(String, Vec<u8>)> = code
            .into_iter()
            .filter(|(_, bytes)| !bytes.is_empty())
            .map(|(owner, bytes)| (format!("{whose}：{owner}"), bytes))
            .collect();
        let mut data = anatomy.data.to_vec();
        if let Some(at) = data.windows(STYLE.len()).position(|bytes| bytes == STYLE.as_bytes()) {
            pieces.push(("界面：样式表".into(), data.drain(at..at + STYLE.len()).collect()));
        }
        pieces.push((format!("{whose}：字句和常量"), data));
        split(file, pieces)?;
    }
    for file in ["interface.pack", "engine.pack", "drawings.pack"] {
        let bytes = read(file)?;
        let pack = Pack::open(&bytes)?;
        let sections = pack.sizes().into_iter().map(|(section, _)| section);
        let pieces =
            sections.map(|section| Ok((format!("内容：{}", section.name()), pack.bytes(section)?.to_vec())));
        split(file, pieces.collect::<anyhow::Result<_>>()?)?;
    }
    Ok(parts)
}

/// Whose a function is, by its name.
fn owner<'l>(function: &str, library: &'l str) -> &'l str {
    // `<posdoc[f52201acea8fd84f]::widget::…>`: crates are the words with a hash behind them.
    let mut crates = function.match_indices('[').map(|(end, _)| {
        let before = &function[..end];
        &before[before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1)..]
    });
    let named = crates.find(|name| !name.is_empty() && !STANDARD.contains(name));
    match named {
        Some(name) if OURS.contains(&name) => "我们的代码",
        Some(name) if BROWSER.contains(&name) => "浏览器接口",
        Some(_) => library,
        None => "标准库",
    }
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_function_is_paid_for_by_whoever_made_the_standard_library_grow() {
        let check = |function: &str, whose: &str| assert_eq!(owner(function, "Yew"), whose, "{function}");
        check("posdoc[1a]::dialog::turn::again", "我们的代码");
        check(
            "<alloc[2b]::vec::Vec<posdoc[1a]::content::topic::Topic> as core[3c]::ops::Drop>::drop",
            "我们的代码",
        );
        check("<core[3c]::cell::RefCell<yew[4d]::Scope>>::drop", "Yew");
        check("<[yew[4d]::virtual_dom::VNode]>::iter", "Yew");
        check("core[3c]::fmt::write", "标准库");
        check("<&[u8]>::len", "标准库");
        check("__rust_realloc", "标准库");
        check("js_sys[5e]::Array::new", "浏览器接口");
    }
}
