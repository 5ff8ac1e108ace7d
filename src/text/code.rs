//! Finding response codes in what was typed: `51`, `Ａ０`, `报96`, `rc=91`, `错误码：55`.
//!
//! Two digits alone prove nothing (充一晚还是 10 %): a mention is *marked* when the message says it
//! is a code, and *bare* when it merely could be one.

use super::normalize::is_han;

/// A code as mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeMention {
    /// The code in capitals: `A0`.
    pub code: String,
    /// Whether the words around it say that it is a code, or nothing else stands beside it.
    pub marked: bool,
}

/// Words that introduce a code, in folded form.
const BEFORE: &[&str] = &[
    "报错",
    "报",
    "码",
    "代码",
    "显示",
    "提示",
    "返回",
    "返",
    "出",
    "出来",
    "跳",
    "跳出",
    "跳出来",
    "弹",
    "弹出",
    "应答",
    "错误",
    "错",
    "是",
    "说",
    "出现",
    "写着",
    "写",
    "rc",
    "code",
    "err",
    "error",
    "resp",
    "response",
    "只有",
    "一行",
    "来个",
    "个",
    "都",
    "总是",
    "老是",
    "一直",
    "又",
    "回",
    "响应",
    "吐",
    "给",
    "签到",
];
/// Words that follow a number and make it an amount, a time or a count instead.
const UNITS: &[char] = &[
    '块', '元', '点', '分', '秒', '天', '个', '次', '年', '月', '号', '日', '万', '千', '百', '岁', '笔',
    '台', '张', '卷', '层', '家', '人', '格', '米', '毫', '厘', '折', '度', '%', '％', '遍', '回', '斤',
    '条', '多', '来', '几', 'g',
];

/// Every code of `known` that `text` mentions, in order, each once.
///
/// `text` is folded (half width, lower case) but otherwise as typed; `known` holds codes in
/// capitals and says which exist.
pub fn find_codes(text: &str, known: impl Fn(&str) -> bool) -> Vec<CodeMention> {
    let characters: Vec<char> = text.chars().collect();
    let mut mentions: Vec<CodeMention> = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !characters[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        while at < characters.len() && (characters[at].is_ascii_alphanumeric() || characters[at] == '_') {
            at += 1;
        }
        let word: String = characters[start..at].iter().collect::<String>().to_uppercase();
        let before: String = characters[..start].iter().collect();
        let after = characters[at..].iter().copied().find(|c| *c != ' ');
        // rc65, err96: a code glued to the word that introduces it.
        let (word, glued) =
            match ["RC", "CODE", "ERR", "ERROR"].iter().find_map(|mark| word.strip_prefix(mark)) {
                Some(rest) if known(rest) => (rest.to_owned(), true),
                _ => (word, false),
            };
        if !known(&word) || is_quantity(&characters, start, at, after) {
            continue;
        }
        let introduced = {
            let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
            BEFORE.iter().any(|mark| before.ends_with(mark))
        };
        let alone = characters.iter().filter(|c| is_han(**c)).count() <= 3 && word.len() <= characters.len();
        let lettered =
            word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| c.is_ascii_digit());
        let wordy = word.len() > 4;
        let marked = glued || introduced || alone || lettered || wordy || before.trim().is_empty();
        if !mentions.iter().any(|mention| mention.code == word) {
            mentions.push(CodeMention { code: word, marked });
        }
    }
    mentions
}

/// Whether the number at `start..end` counts something: 15 块, 3.51, 10%.
fn is_quantity(characters: &[char], start: usize, end: usize, after: Option<char>) -> bool {
    let decimal = |c: Option<&char>| c.is_some_and(|c| matches!(c, '.' | ',' | '/' | '%' | '％'));
    let follows = characters.get(end);
    let number = characters[start..end].iter().all(char::is_ascii_digit);
    let between_digits = |at: Option<&char>, beyond: Option<&char>| {
        decimal(at)
            && (beyond.is_some_and(char::is_ascii_digit) || at.is_some_and(|c| matches!(c, '%' | '％')))
    };
    number
        && (after.is_some_and(|c| UNITS.contains(&c))
            || between_digits(follows, characters.get(end + 1))
            || (start > 0
                && between_digits(
                    characters.get(start - 1),
                    start.checked_sub(2).and_then(|at| characters.get(at)),
                )))
}
