//! Our scripts as they are shipped: every byte of the loader is one that each visitor of a page pays.

use std::collections::{HashMap, HashSet};

/// A script without comment lines and indentation.
pub(super) fn without_comments(script: &str) -> String {
    let mut inside = false;
    let mut kept = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        inside |= line.starts_with("/*");
        if !inside && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    kept
}

/// A script of ours without signs that mean nothing: spaces, line breaks beside brackets and after a `;`,
/// the `;` before a `}`, brackets around an arrow's only argument. 180 bytes of the loader's three thousand.
///
/// Not a parser: it wants strings without escaped quotes, regular expressions without spaces or
/// quotes, a `;` after every statement that is no block, and no empty ones, which our scripts and
/// wasm-bindgen's keep to and the browser tests would notice. Other line breaks stay.
pub(super) fn squeezed(script: &str) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut kept = String::with_capacity(script.len());
    let mut quote = None;
    let mut signs = script.chars().peekable();
    while let Some(sign) = signs.next() {
        match quote {
            Some(open) if sign == open => quote = None,
            // The loader's style sheet; no other text of ours has lines.
            Some('`') if sign == '\n' => continue,
            Some(_) => {}
            None if matches!(sign, '"' | '\'' | '`') => quote = Some(sign),
            None if sign == ' ' => {
                let between_words =
                    kept.chars().next_back().is_some_and(word) && signs.peek().copied().is_some_and(word);
                if !between_words {
                    continue;
                }
            }
            None if sign == '\n' && kept.ends_with(['{', '(', '[', ',', ';', '}']) => continue,
            // Only spaces can stand before it.
            None if matches!(sign, ')' | ']') && kept.ends_with('\n') => drop(kept.pop()),
            None if sign == '}' && kept.ends_with([';', '\n']) => {
                kept.pop();
            }
            None if sign == '>' && kept.ends_with(")=") => {
                let open = kept.rfind('(').unwrap_or_default();
                let only = &kept[open + 1..kept.len() - 2];
                if !only.is_empty() && only.chars().all(word) {
                    let between = if kept[..open].ends_with(word) { " " } else { "" };
                    kept = [&kept[..open], between, only, "="].concat();
                }
            }
            None => {}
        }
        kept.push(sign);
    }
    kept
}

/// wasm-bindgen's squeezed glue without the name it gives to each result, its functions as methods, and
/// their arguments (`arg0`) with shorter names: 110 bytes of brotli.
pub(super) fn direct(glue: &str) -> String {
    const NAMED: &str = "const ret=";
    const RETURNED: &str = ";return ret";
    let mut kept = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some((before, named)) = rest.split_once(NAMED) {
        kept.push_str(before);
        rest = named;
        let plain = named.find([';', '{']).filter(|&end| named[end..].starts_with(RETURNED));
        match plain.map(|end| (&named[..end], &named[end + RETURNED.len()..])) {
            Some((result, after)) if !after.starts_with(|c: char| c.is_alphanumeric() || c == '_') => {
                kept.push_str("return ");
                kept.push_str(result);
                rest = after;
            }
            _ => kept.push_str(NAMED),
        }
    }
    kept.push_str(rest);
    let methods = kept.replace(":function(", "(").replace("const ", "let ");
    (0..10).fold(methods, |glue, nth| glue.replace(&format!("arg{nth}"), &format!("${nth}")))
}

/// A squeezed script with a letter for each name that it gives itself (`const`, `let`, an arrow's
/// arguments): 170 bytes of the loader's three thousand.
///
/// Not a parser either. A name means one thing in all of a script, and stays as it is where it is also
/// a key, the short form of one, or a method, which others may know it by.
pub(super) fn renamed(script: &str) -> String {
    let tokens = tokens(script);
    let declared = declared(&tokens);
    let used: HashSet<&str> = tokens.iter().map(|token| token.text).collect();
    let known: HashSet<&str> =
        (0..tokens.len()).filter(|at| public(&tokens, *at)).map(|at| tokens[at].text).collect();
    let letters: Vec<String> = ('a'..='z').chain('A'..='Z').map(String::from).collect();
    let mut fresh = letters.iter().filter(|letter| !used.contains(letter.as_str()));
    let mut short: HashMap<&str, &str> = HashMap::new();
    for name in declared {
        if name.len() > 1
            && !known.contains(name)
            && !short.contains_key(name)
            && let Some(letter) = fresh.next()
        {
            short.insert(name, letter);
        }
    }
    let name = |at: usize| match tokens[at].text {
        _ if property(&tokens, at) => None,
        // Means the same where nothing is assigned twice.
        "const" if tokens[at].word => Some("let"),
        name => short.get(name).copied(),
    };
    (0..tokens.len()).map(|at| name(at).unwrap_or(tokens[at].text)).collect()
}

/// A word, a text, a regular expression, or a sign.
#[derive(Clone, Copy)]
struct Token<'s> {
    text: &'s str,
    word: bool,
    /// The sign of the bracket that it stands in.
    within: char,
}

fn tokens(script: &str) -> Vec<Token<'_>> {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut tokens: Vec<Token> = Vec::new();
    // A '`' is code within a text.
    let mut open: Vec<char> = Vec::new();
    let mut rest = script;
    while let Some(sign) = rest.chars().next() {
        let last = tokens.last().map_or(";", |token| token.text);
        let mut word = false;
        let length = match sign {
            '"' | '\'' => rest[1..].find(sign).map_or(rest.len(), |end| end + 2),
            '`' => until_code(rest),
            '}' if open.last() == Some(&'`') => {
                open.pop();
                until_code(rest)
            }
            '/' if "(,=:[!&|?{};".contains(last) => until_slash(rest),
            _ if part(sign) => {
                word = true;
                rest.find(|c| !part(c)).unwrap_or(rest.len())
            }
            _ => sign.len_utf8(),
        };
        let (text, after) = rest.split_at(length);
        if matches!(text, ")" | "]" | "}") {
            open.pop();
        }
        tokens.push(Token { text, word, within: open.last().copied().unwrap_or(' ') });
        if text.ends_with("${") {
            open.push('`');
        } else if matches!(text, "(" | "[" | "{") {
            open.push(sign);
        }
        rest = after;
    }
    tokens
}

/// How long a text is that begins here, with its end or with the `${` in it.
fn until_code(text: &str) -> usize {
    let end = text[1..].find('`').map_or(text.len(), |at| at + 2);
    text[..end].find("${").map_or(end, |at| at + 2)
}

/// How long the regular expression is that begins here; what follows its end is a word of its own.
fn until_slash(text: &str) -> usize {
    let mut class = false;
    let mut skip = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if skip => skip = false,
            '\\' => skip = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The names that a script gives itself, in their order.
fn declared<'s>(tokens: &[Token<'s>]) -> Vec<&'s str> {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.text == text);
    let arrow = |at: usize| is(at, "=") && is(at + 1, ">");
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        // `const a`, `const [a, b]`, `a =>`, `(a, ...b) =>`.
        let behind = &tokens[..at];
        let before = |text: &str| {
            behind.iter().rfind(|token| token.text != " ").is_some_and(|token| token.text == text)
        };
        let declares = before("const") || before("let");
        let list = match token.text {
            "[" => declares,
            "(" => closing(tokens, at).is_some_and(|end| arrow(end + 1)),
            _ => false,
        };
        if list {
            let end = closing(tokens, at).unwrap_or(at);
            let simple = |nth: &usize| {
                let begins = tokens[at..*nth].iter().rfind(|token| token.text != ".");
                tokens[*nth].word && begins.is_some_and(|token| matches!(token.text, "(" | "[" | ","))
            };
            let inside =
                (at + 1..end).filter(simple).filter(|nth| tokens[*nth].within == tokens[at + 1].within);
            names.extend(inside.map(|nth| tokens[nth].text));
        } else if token.word && (declares || arrow(at + 1)) {
            names.push(token.text);
        }
    }
    names
}

/// Where the bracket at `at` is closed.
fn closing(tokens: &[Token], at: usize) -> Option<usize> {
    let mut depth = 0;
    for (nth, token) in tokens.iter().enumerate().skip(at) {
        depth += i32::from(matches!(token.text, "(" | "[" | "{"));
        depth -= i32::from(matches!(token.text, ")" | "]" | "}"));
        if depth == 0 {
            return Some(nth);
        }
    }
    None
}

/// Whether the word at `at` is a property of something, which is not ours to rename.
fn property(tokens: &[Token], at: usize) -> bool {
    let dot = |back: usize| {
        at.checked_sub(back).and_then(|at| tokens.get(at)).is_some_and(|token| token.text == ".")
    };
    dot(1) && !dot(2)
}

/// Whether others may know something by the word at `at`: a key, its short form, or a method.
fn public(tokens: &[Token], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text);
    let next = text(Some(at + 1));
    let before = text(at.checked_sub(1));
    tokens[at].word
        && tokens[at].within == '{'
        && match next {
            ":" => true,
            "," | "}" => matches!(before, "{" | ","),
            "(" => closing(tokens, at + 1).is_some_and(|end| text(Some(end + 1)) == "{"),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::direct;

    #[test]
    fn results_are_returned_without_a_name() {
        let glue =
            "{w1:function(a){const ret=a.b;return ret},w2:function(a){const ret=a();c(ret);return ret}}";
        assert_eq!(direct(glue), "{w1(a){return a.b},w2(a){let ret=a();c(ret);return ret}}");
        assert_eq!(direct("const ret=a;return retry"), "let ret=a;return retry");
        assert_eq!(direct("w3:function(arg0,arg1){f(arguments)}"), "w3($0,$1){f(arguments)}");
    }
}
