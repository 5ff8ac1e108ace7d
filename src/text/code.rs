//! Finding response codes in what was typed: `51`, `Ａ０`, `报96`, `rc=91`, `错误码：55`.
//!
//! Two digits alone prove nothing (充一晚还是 10 %): a mention is *marked* when the message says it
//! is a code, and *bare* when it merely could be one.

use super::normalize::is_word;

/// A code as mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeMention {
    /// The code in capitals: `A0`.
    pub code: String,
    /// Whether the words around it say that it is a code, or nothing else stands beside it.
    pub marked: bool,
    /// Whether nothing else was said.
    pub whole: bool,
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
/// Beginnings of English words right before a code: it says 51, the screen is showing 51, we got 51.
const SAYING: &[&str] = &[
    "say", "said", "show", "display", "message", "msg", "get", "got", "giv", "gave", "reads", "prompt",
    "screen", "pos", "terminal", "machine",
];
/// English words that may stand between: it gives me a 51, the message is 51, what does 51 mean.
const BETWEEN: &[&str] = &["a", "an", "the", "me", "us", "is", "was", "of", "does"];
/// What asks about the number before it: 51怎么办, 这个51是什么意思, 51 means what.
const ASKING: &[&str] = &[
    "怎么",
    "咋",
    "是什么",
    "什么意思",
    "是啥",
    "啥意思",
    "什么原因",
    "zenme",
    "shenme",
    "mean",
    "what",
    "why",
];
/// As many bytes may stand between a number and what asks about it: 51要怎么处理, 51 so what.
const SOON: usize = 6;
/// Beginnings of English words for what a number before them counts.
const COUNTED: &[&str] = &["yuan", "rmb", "dollar", "percent", "customer", "people", "minute", "hour", "day"];
/// What may stand between an introducing word and its code: 跳了51, 报出来的96.
const PARTICLES: &[char] = &['了', '个', '的', '出', '来', '着', '过', '就', '又'];
/// What stands before an amount: 收了51.
const AMOUNTS: &[char] =
    &['收', '付', '共', '差', '少', '多', '退', '扣', '给', '到', '加', '减', '剩', '刷', '充', '元', '钱'];
/// The longest message, in characters, that can be taken to end in a code unannounced.
const SHORT: usize = 14;
/// Words that can only announce a code, even one that nobody knows.
const ANNOUNCING: &[&str] = &[
    "错误码",
    "返回码",
    "应答码",
    "报错码",
    "代码",
    "错误代码",
    "报错",
    "code",
    "err",
    "error",
    "rc",
    "故障码",
];
/// Words after which a screen's own text follows: what looks like a code there is one, even one
/// that nobody knows.
const SCREEN: &[&str] =
    &["显示", "提示", "报", "跳", "跳出", "弹", "弹出", "出现", "写着", "返回", "码", "代码", "应答"];
/// What looks like a code and is a word: networks, ways to settle, paper, plugs.
const WORDS: &[&str] = &[
    "2G", "3G", "4G", "5G", "H5", "T0", "T1", "D0", "D1", "S0", "S1", "A4", "B2", "B2C", "O2O", "MP3", "MP4",
    "WIFI5", "WIFI6", "USB2", "USB3", "M1", "IOS15", "IOS16", "IOS17", "IOS18",
];
/// Words that follow a number and make it an amount, a time or a count instead.
const UNITS: &[char] = &[
    '块', '元', '点', '分', '秒', '天', '个', '次', '年', '月', '号', '日', '万', '千', '百', '岁', '笔',
    '台', '张', '卷', '层', '家', '人', '格', '米', '毫', '厘', '折', '度', '%', '％', '遍', '回', '斤',
    '条', '多', '来', '几', 'g',
];

/// Every code that `text` mentions, in order, each once: those `known`, and others where the message
/// says in so many words that they are codes.
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
        let end = at;
        let word: String = characters[start..end].iter().map(char::to_ascii_uppercase).collect();
        let before: String = characters[..start].iter().collect();
        let after = characters[at..].iter().copied().find(|c| *c != ' ');
        // rc65, err96: a code glued to the word that introduces it.
        let (word, glued) =
            match ["RC", "CODE", "ERR", "ERROR"].iter().find_map(|mark| word.strip_prefix(mark)) {
                Some(rest) if known(rest) || looks_like_code(rest) => (rest.to_owned(), true),
                _ => (word, false),
            };
        let announced = glued || ANNOUNCING.iter().any(|mark| bare(&before).ends_with(mark));
        let beside = characters.iter().filter(|c| is_word(**c)).count() - (end - start);
        let whole = beside == 0;
        let shown = lettered(&word) && SCREEN.iter().any(|mark| bare(&before).ends_with(mark));
        let unknown = announced && looks_like_code(&word)
            || (shown || whole && (lettered(&word) || word.len() == 2)) && looks_like_short_code(&word);
        let exists = known(&word) || unknown;
        let rest: String = characters[at..].iter().collect();
        let rest = rest.trim_start_matches(|c: char| !is_word(c) || PARTICLES.contains(&c));
        let counts = COUNTED.iter().any(|word| rest.starts_with(word));
        if !exists || counts || is_quantity(&characters, start, at, after) {
            continue;
        }
        let spoken = before.trim_end_matches(|c: char| !is_word(c) || PARTICLES.contains(&c));
        let introduced = BEFORE.iter().any(|mark| spoken.ends_with(mark)) || says(spoken);
        let amount = spoken.chars().next_back().is_some_and(|c| AMOUNTS.contains(&c));
        let asked = !amount && ASKING.iter().any(|word| rest.find(word).is_some_and(|at| at <= SOON));
        // 今天就97: a short message that ends in a number, and not in one that was paid.
        let closing = after.is_none() && characters.len() <= SHORT && !amount;
        let alone = beside <= 3;
        let wordy = word.len() > 4;
        let marked = glued
            || introduced
            || asked
            || closing
            || alone
            || lettered(&word)
            || wordy
            || before.trim().is_empty();
        if !mentions.iter().any(|mention| mention.code == word) {
            mentions.push(CodeMention { code: word, marked, whole });
        }
    }
    mentions
}

/// Whether the last words of `before` introduce a code in English.
fn says(before: &str) -> bool {
    let mut words = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .find(|word| !BETWEEN.contains(word))
        .is_some_and(|word| SAYING.iter().any(|saying| word.starts_with(saying)))
}

/// What was said before, up to the last letter, digit or character.
fn bare(before: &str) -> &str {
    before.trim_end_matches(|c: char| !is_word(c) || PARTICLES.contains(&c) || c == '是')
}

/// Letters and digits.
fn lettered(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphabetic()) && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a word can be a code although nothing calls it one.
fn looks_like_short_code(word: &str) -> bool {
    (2..=4).contains(&word.len()) && looks_like_code(word) && !WORDS.contains(&word)
}

/// Whether an announced word can be a code at all: two to six letters and digits, a digit among them.
fn looks_like_code(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.bytes().any(|byte| byte.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::find_codes;

    /// Codes found in `text` where 51, 97 and A0 exist; marked ones with a `!`.
    #[track_caller]
    fn check(text: &str, found: &str) {
        let mentions = find_codes(text, |code| matches!(code, "51" | "97" | "A0"));
        let told: Vec<_> =
            mentions.iter().map(|m| format!("{}{}", m.code, if m.marked { "!" } else { "" })).collect();
        assert_eq!(told.join(" "), found, "{text}");
    }

    #[test]
    fn codes_are_found_in_any_dress() {
        check("51", "51!");
        check("rc=97", "97!");
        check("rc97", "97!");
        check("报a0", "A0!");
        check("今天就97", "97!");
        check("刷完跳了51客人说有钱", "51!");
    }

    #[test]
    fn english_introduces_codes_too() {
        check("it says 51 what should i do", "51!");
        check("my terminal keeps showing 97, help", "97!");
        check("we are getting a 51 here", "51!");
        check("what does 51 mean please", "51!");
        check("shows 51 yuan on the screen", "");
        check("we get 51 customers in a day", "");
        check("table 51 would like to pay", "51");
    }

    #[test]
    fn what_is_asked_about_is_a_code() {
        check("师傅麻烦问一下51是什么意思啊我不懂", "51!");
        check("刷卡的时候97了咋办客人还在等着呢", "97!");
        check("昨天收了51怎么到现在还没有到账呢", "51");
    }

    #[test]
    fn amounts_and_counts_are_no_codes() {
        check("收了51块", "");
        check("3.51", "");
        check("充了97%", "");
        check("今天卖了一些东西一共收了51", "51");
    }

    #[test]
    fn an_unknown_code_counts_where_it_is_called_one() {
        check("错误码e77是什么", "E77!");
        check("机器显示e77", "E77!");
        check("e9", "E9!");
        check("88", "88!");
        check("提示zx9是什么", "ZX9!");
    }

    #[test]
    fn words_with_digits_are_no_codes() {
        check("4g", "");
        check("显示4g没信号", "");
        check("t1什么时候到", "");
        check("我的n910充不进电", "");
        check("666", "");
    }
}
