//! Just enough of the WebAssembly binary format to shorten a module's names and to say what its
//! code consists of. Malformed modules are `None`: they come from our own build.

use std::collections::{HashMap, HashSet};

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const EXPORT: u8 = 7;
const CODE: u8 = 10;
const DATA: u8 = 11;
/// The shortest name of the glue's own that is made shorter.
const LONG: usize = 10;
/// Magic number and version.
const PREAMBLE: usize = 8;
/// The kind of an import that is a function; wasm-bindgen makes no others.
const FUNCTION: u8 = 0;

/// `glue` and `wasm` with short names for what they know each other by, and without the module's
/// own notes (the names of its functions).
///
/// wasm-bindgen's names carry a hash of eight random bytes; there are a hundred, in two files each,
/// and no compression can do anything about them.
pub(super) fn shorten(glue: &str, wasm: &[u8]) -> Option<(String, Vec<u8>)> {
    let used: HashSet<&str> = words(glue).collect();
    let mut fresh = (0..).map(|n| format!("w{n}")).filter(|name| !used.contains(name.as_str()));
    let mut short: HashMap<String, String> = HashMap::new();
    for own in glue.lines().filter_map(declared) {
        if !short.contains_key(own) {
            short.insert(own.to_owned(), fresh.next()?);
        }
    }
    let mut name = |long: &str| -> Option<String> {
        if !long.starts_with("__w") && !long.starts_with("wasm_bindgen") {
            return Some(long.to_owned());
        }
        if !short.contains_key(long) {
            short.insert(long.to_owned(), fresh.next()?);
        }
        short.get(long).cloned()
    };
    let mut out = wasm.get(..PREAMBLE)?.to_vec();
    for (id, body) in sections(wasm)? {
        let mut old = Reader(body);
        let mut new = Vec::new();
        match id {
            CUSTOM => continue,
            IMPORT => {
                let count = old.number()?;
                number(&mut new, count);
                for _ in 0..count {
                    text(&mut new, old.text()?);
                    text(&mut new, &name(old.text()?)?);
                    new.push(old.byte().filter(|kind| *kind == FUNCTION)?);
                    number(&mut new, old.number()?);
                }
            }
            EXPORT => {
                let count = old.number()?;
                number(&mut new, count);
                for _ in 0..count {
                    text(&mut new, &name(old.text()?)?);
                    new.push(old.byte()?);
                    number(&mut new, old.number()?);
                }
            }
            _ => new.extend_from_slice(body),
        }
        out.push(id);
        number(&mut out, new.len());
        out.extend_from_slice(&new);
    }
    let glue = words(glue).map(|word| short.get(word).map_or(word, String::as_str)).collect();
    Some((glue, out))
}

/// What a line of glue declares for itself alone, if its name is long enough to be nobody's property:
/// `function passStringToWasm0(…`. Exports begin with another word, and ours call it by `__wbg_init`.
fn declared(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = ["function ", "let ", "const "].iter().find_map(|word| line.strip_prefix(word))?;
    words(rest).next().filter(|name| name.len() >= LONG && !name.starts_with("__w"))
}

/// What a module consists of.
pub(super) struct Anatomy<'w> {
    /// Every function's name, if the module still carries names, and code.
    pub(super) functions: Vec<(&'w str, &'w [u8])>,
    /// Constants: texts, tables, pointers to functions.
    pub(super) data: &'w [u8],
}

/// Takes a module apart.
pub(super) fn dissect(wasm: &[u8]) -> Option<Anatomy<'_>> {
    let mut names: HashMap<usize, &str> = HashMap::new();
    let mut bodies = Vec::new();
    let mut imports = 0;
    let mut data: &[u8] = &[];
    for (id, body) in sections(wasm)? {
        let mut reader = Reader(body);
        match id {
            IMPORT => imports = reader.number()?,
            CODE => {
                for _ in 0..reader.number()? {
                    let length = reader.number()?;
                    bodies.push(reader.take(length)?);
                }
            }
            DATA => data = body,
            CUSTOM if reader.text()? == "name" => {
                while !reader.0.is_empty() {
                    let part = reader.byte()?;
                    let length = reader.number()?;
                    let mut part_reader = Reader(reader.take(length)?);
                    // 1: functions; the others name modules, locals and so on.
                    for _ in 0..if part == 1 { part_reader.number()? } else { 0 } {
                        names.insert(part_reader.number()?, part_reader.text()?);
                    }
                }
            }
            _ => {}
        }
    }
    let name = |nth: usize| names.get(&(imports + nth)).copied().unwrap_or_default();
    Some(Anatomy {
        functions: bodies.into_iter().enumerate().map(|(nth, body)| (name(nth), body)).collect(),
        data,
    })
}

fn sections(wasm: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut reader = Reader(wasm.get(PREAMBLE..)?);
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let length = reader.number()?;
        sections.push((id, reader.take(length)?));
    }
    Some(sections)
}

/// A script cut before and after each identifier.
fn words(script: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = script;
    std::iter::from_fn(move || {
        let first = part(rest.chars().next()?);
        let (word, after) = rest.split_at(rest.find(|c| part(c) != first).unwrap_or(rest.len()));
        rest = after;
        Some(word)
    })
}

/// Reads from the front of what is left.
struct Reader<'w>(&'w [u8]);

impl<'w> Reader<'w> {
    fn byte(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn take(&mut self, length: usize) -> Option<&'w [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// LEB128, unsigned.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'w str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }
}

fn number(out: &mut Vec<u8>, mut number: usize) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::{dissect, shorten};

    /// A module that imports one function by a long name, exports it again, and carries a note.
    fn module() -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(b"\x01\x04\x01\x60\0\0");
        wasm.extend(b"\x02\x14\x01\x01m\x0e__wbg_get_1234\0\0");
        wasm.extend(b"\x07\x08\x01\x04open\0\0");
        wasm.extend(b"\0\x07\x04notehi");
        wasm
    }

    #[test]
    fn names_are_shortened_alike_on_both_sides_and_notes_go() {
        let glue = "const w0 = 1;\nfunction takeFromTable0() {}\n\
            imports = { __wbg_get_1234: function() { takeFromTable0() }, __wbg_get_12345: 2 };";
        let (glue, wasm) = shorten(glue, &module()).expect("a sound module");
        let shorter = "const w0 = 1;\nfunction w1() {}\n\
            imports = { w2: function() { w1() }, __wbg_get_12345: 2 };";
        assert_eq!(glue, shorter);
        assert!(wasm.windows(6).any(|bytes| bytes == b"\x01m\x02w2\0"));
        assert!(wasm.windows(6).any(|bytes| bytes == b"\x04open\0"));
        assert!(!wasm.windows(4).any(|bytes| bytes == b"note"));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(shorten("", b"<html>").is_none());
        let wasm = module();
        assert!(shorten("", &wasm[..wasm.len() - 1]).is_none());
        assert!(dissect(&wasm[..20]).is_none());
    }
}
