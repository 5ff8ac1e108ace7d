//! The invariants of `src/lib.rs` that a reader of the sources can check.

use std::fs;
use std::path::Path;

use crate::root;

/// Every Rust source below `folder`, with its text.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).expect("a source folder") {
        let path = file.expect("a readable folder").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root()).expect("below the repository").display().to_string();
            found.push((name, fs::read_to_string(&path).expect("a readable source")));
        }
    }
    found
}

/// Asserts that no code line in `module` contains any of `words`. Comments may.
#[track_caller]
fn never_names(module: &str, words: &[&str]) {
    for (file, text) in sources(&root().join("src").join(module)) {
        for (nth, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in words {
                assert!(!code.contains(word), "{file}:{}: {module} must not name {word}", nth + 1);
            }
        }
    }
}

const LIBRARY: &[&str] = &["content", "text", "index", "matching", "dialog", "report", "eval"];

#[test]
fn imports_go_downward_only() {
    let order = ["content", "text", "index", "matching", "dialog", "report", "eval"];
    for (nth, module) in order.iter().enumerate() {
        let above: Vec<String> = order[nth + 1..].iter().map(|above| format!("crate::{above}")).collect();
        never_names(module, &above.iter().map(String::as_str).collect::<Vec<_>>());
    }
    never_names("content", &["crate::text"]);
}

#[test]
fn the_library_names_no_shell_and_never_prints() {
    for module in LIBRARY {
        never_names(
            module,
            &["yew::", "web_sys::", "wasm_bindgen", "clap::", "println!", "eprintln!", "print!("],
        );
    }
}

#[test]
fn only_loading_touches_the_disk_and_nothing_reads_the_clock() {
    for module in LIBRARY {
        never_names(module, &["SystemTime", "Instant::now", "std::env", "std::net"]);
        if *module != "content" {
            never_names(module, &["std::fs", "fs::"]);
        }
    }
}

#[test]
fn tantivy_stays_in_the_index() {
    for module in LIBRARY.iter().filter(|module| **module != "index") {
        never_names(module, &["tantivy"]);
    }
    // `posdoc size` says its name, as a crate that costs bytes.
    for module in ["cli", "widget", "agent"] {
        never_names(module, &["tantivy::", "use tantivy"]);
    }
}

#[test]
fn the_dialog_never_calls_the_matcher() {
    never_names("dialog", &["Matcher", "Searcher", ".ask("]);
}

#[test]
fn nothing_sets_a_style_attribute() {
    let views = ["src/widget", "src/agent"];
    for (file, text) in views.into_iter().flat_map(|folder| sources(&root().join(folder))) {
        assert!(!text.contains("style="), "{file}: a strict policy drops style attributes");
    }
}
