//! The pack's format number stands for one layout of its records. They carry no names: a program that
//! reads a pack of another layout under the same number reads nonsense.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use posdoc::content::{Drawing, ResponseCode, Topic};
use posdoc::index::{FORMAT, Pack, Section};
use posdoc::matching::{Model, Split, Suggestion, Title};
use posdoc::text::Tables;

use crate::{pack, root};

/// What each section is read as; `Index` is not a record of this kind, and is given in words.
macro_rules! sections {
    ($($section:ident: $record:ty,)+) => {
        const SECTIONS: &[(&str, &str)] = &[
            $((stringify!($section), stringify!($record)),)+
            ("Index", "length, (u32, Vec<(String, usize)>), files"),
            ("the header", "Header"),
        ];

        fn read_all(pack: &Pack) {
            $(pack.read::<$record>(Section::$section).expect(stringify!($section));)+
        }
    };
}
sections! {
    Catalogue: Vec<Title>,
    Everyday: Vec<Topic>,
    Articles: Vec<Topic>,
    Codes: Vec<ResponseCode>,
    Tables: Tables,
    Model: Model,
    Suggestions: Vec<Suggestion>,
    Drawings: Vec<Drawing>,
    Phrases: Vec<Suggestion>,
    CodeTopics: Vec<(String, String)>,
    CodeMeanings: Vec<ResponseCode>,
    Splits: Vec<Split>,
}

fn kept() -> PathBuf {
    root().join("tests/suite/pack.layout")
}

/// Every struct and enum of the library that a pack could hold, by name: its fields in order.
fn declarations() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for module in ["content", "text", "matching", "index"] {
        let folder: &Path = &root().join("src").join(module);
        for file in fs::read_dir(folder).expect("a module").map(|file| file.expect("readable").path()) {
            let text = fs::read_to_string(&file).expect("readable");
            let lines: Vec<&str> = text.lines().collect();
            for (nth, line) in lines.iter().enumerate() {
                let rest = line.strip_prefix("pub(crate) ").or(line.strip_prefix("pub ")).unwrap_or(line);
                let Some(declared) = rest.strip_prefix("struct ").or(rest.strip_prefix("enum ")) else {
                    continue;
                };
                let name: String = declared.chars().take_while(|c| c.is_alphanumeric()).collect();
                let ends = |line: &&&str| !matches!(**line, "}" | ")") && !line.ends_with(';');
                let body = &lines[nth..];
                let length = body.iter().take_while(ends).count();
                let fields = body[..(length + 1).min(body.len())].iter().map(|line| line.trim());
                // Notes and what only TOML minds are no part of the layout.
                let counts = |line: &&str| !line.starts_with("//") && !line.starts_with("#[");
                let fields: Vec<&str> =
                    fields.filter(counts).map(|line| line.trim_start_matches("pub ")).collect();
                found.insert(name, fields.join(" "));
            }
        }
    }
    found
}

/// The layout of everything in a pack, as text: sections, then each record that one of them reaches.
fn layout() -> String {
    let declared = declarations();
    let mut out: Vec<String> =
        SECTIONS.iter().map(|(section, record)| format!("{section}: {record}")).collect();
    let mut seen: Vec<&String> = Vec::new();
    let mut at = 0;
    while let Some(line) = out.get(at).cloned() {
        // A variant may be called as a type is: only what stands where a type may stand counts.
        let typed = |word: &str| {
            let at = word.as_ptr().addr() - line.as_ptr().addr();
            !line.starts_with("enum ") || line[..at].ends_with([':', '<', '(']) || line[..at].ends_with(": ")
        };
        for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| typed(word)) {
            if let Some((name, fields)) = declared.get_key_value(word)
                && !seen.contains(&name)
            {
                seen.push(name);
                out.push(fields.clone());
            }
        }
        at += 1;
    }
    out.join("\n") + "\n"
}

#[test]
fn another_layout_of_records_is_another_format() {
    read_all(&pack());
    let now = layout();
    assert!(now.contains("Step {") && now.contains("SectionHead {"), "records are not found: {now}");
    let file = kept();
    let text = fs::read_to_string(&file).unwrap_or_default();
    let (number, before) = text.split_once('\n').unwrap_or_default();
    let same_number = number == format!("format {FORMAT}");
    if before == now && same_number {
        return;
    }
    let changed: Vec<&str> = now.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert!(
        !same_number,
        "The records of a pack have changed, but FORMAT in src/index/pack.rs is still {FORMAT}: a pack of a \
         provider, or one in a browser's cache, would be read as what it is not. Raise FORMAT by one, then run \
         `BLESS=1 cargo test --release layout::` and commit {}.\nNew: {}",
        file.display(),
        changed.join("\n     ")
    );
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, format!("format {FORMAT}\n{now}")).expect("writable");
        return;
    }
    panic!(
        "FORMAT is {FORMAT} now: run `BLESS=1 cargo test --release layout::` and commit {}",
        file.display()
    );
}
