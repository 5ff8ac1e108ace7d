//! Masking card numbers: first six and last four stay, as receipts print them.
//!
//! A primary account number (PAN) is any run of 16 to 19 digits, Luhn-valid or not, however it is
//! spaced; 15 digits only when they begin with 34 or 37 and are Luhn-valid (American Express), 14
//! only with 36 or 38 (Diners). A 15-digit merchant number therefore survives, and so does any
//! number whose introducing word says that it is a terminal's or a serial number.

use super::normalize::is_word;

/// Words right before a number that make it something other than a card number.
const NOT_CARDS: &[&str] = &[
    "商户号",
    "商户编号",
    "终端号",
    "序列号",
    "机身号",
    "机器号",
    "sn",
    "s/n",
    "参考号",
    "iccid",
    "订单号",
    "单号",
];

/// The most spaces and dashes between two digits of one number.
const WIDEST_GAP: usize = 3;

/// `text` with the middle digits of every card number replaced by `*`.
///
/// Digits may be full width and set apart by a few spaces, dashes or dots; what stands between them
/// is kept.
pub fn mask(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = characters.clone();
    let mut at = 0;
    while at < characters.len() {
        if digit(characters[at]).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        let mut places = Vec::new();
        while at < characters.len() {
            if digit(characters[at]).is_some() {
                places.push(at);
                at += 1;
            } else {
                let rest = &characters[at..];
                let gap = rest.iter().take(WIDEST_GAP).take_while(|c| is_gap(**c)).count();
                if gap == 0 || rest.get(gap).copied().and_then(digit).is_none() {
                    break;
                }
                at += gap;
            }
        }
        // Far enough back for the longest of NOT_CARDS, 是, and some punctuation.
        let near = start.saturating_sub(16);
        let before: String = characters[near..start].iter().map(char::to_ascii_lowercase).collect();
        let before = before.trim_end_matches(|c: char| !is_word(c));
        let named =
            NOT_CARDS.iter().any(|word| before.ends_with(word) || before.ends_with(&format!("{word}是")));
        let digits: Vec<u32> = places.iter().filter_map(|&place| digit(characters[place])).collect();
        if is_pan(&digits) && !named {
            for &place in &places[6..places.len() - 4] {
                out[place] = '*';
            }
        }
    }
    out.into_iter().collect()
}

/// `text` with every number of more than four digits replaced by `*`: telephone, merchant and serial
/// numbers too, for words that leave the merchant's phone. Response codes stay.
pub fn hide_numbers(text: &str) -> String {
    let mut signs: Vec<char> = text.chars().collect();
    for number in signs.split_mut(|sign| digit(*sign).is_none() && !is_gap(*sign) && *sign != '*') {
        if number.iter().filter(|sign| digit(**sign).is_some()).count() > 4 {
            number.iter_mut().filter(|sign| digit(**sign).is_some()).for_each(|sign| *sign = '*');
        }
    }
    signs.into_iter().collect()
}

/// Whether `text` is, on its own, a number that a card could carry: an issuer's first digit, a card's
/// length, and a check digit that is right. For fields that hold other long numbers by right.
pub fn is_card(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(digit).collect();
    let rest = text.chars().all(|c| digit(c).is_some() || is_gap(c) || c.is_whitespace());
    rest && matches!(digits.first(), Some(3..=6)) && is_pan(&digits) && luhn(&digits)
}

fn is_pan(digits: &[u32]) -> bool {
    let start = digits.iter().take(2).fold(0, |number, digit| number * 10 + digit);
    match digits.len() {
        16..=19 => true,
        15 => matches!(start, 34 | 37) && luhn(digits),
        14 => matches!(start, 36 | 38) && luhn(digits),
        // Two numbers run together, or a number pasted twice: nothing this long is anything else.
        20.. => true,
        _ => false,
    }
}

/// The check digit of ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(nth, &digit)| match nth % 2 {
            0 => digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

fn is_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '_'
            | '-'
            | '.'
            | '‐'
            | '–'
            | '−'
            | '\u{200B}'
            | '\u{3000}'
            | '－'
            | '—'
            | '·'
            | '\u{A0}'
    )
}

/// Words that announce a secret: a PIN, a one-time code, a card's security code.
const SECRETS: &[&str] =
    &["密码", "口令", "验证码", "校验码", "动态码", "安全码", "cvv2", "cvv", "cvn2", "cvn", "cvc", "pin"];

/// `text` without secrets that the merchant offers (验证码是 482913), and whether there was one.
///
/// A secret is three to eight digits, spaced or not and with or without letters among them, right
/// behind a word that announces it, or before it with 是 between (482913 是验证码); it is replaced by
/// `*`. Two digits are a response code (密码错 55) and stay.
pub fn drop_secrets(text: &str) -> (String, bool) {
    /// How far it may stand behind the word: 密码是: 123456.
    const REACH: usize = 4;
    let mut out: Vec<char> = text.chars().collect();
    // ASCII is enough for the words above; Unicode's tables would be 14 KB in the browser.
    let lower: Vec<char> = out.iter().map(char::to_ascii_lowercase).collect();
    let part = |at: usize| lower.get(at).is_some_and(|c| c.is_ascii_alphanumeric() || digit(*c).is_some());
    let mut found = false;
    let mut drop = |from: usize, to: usize| {
        let digits = (from..to).filter(|&at| digit(lower[at]).is_some()).count();
        if (3..=8).contains(&digits) {
            found = true;
            out[from..to].fill('*');
        }
    };
    for start in 0..lower.len() {
        let Some(word) = SECRETS
            .iter()
            .find(|word| word.chars().eq(lower[start..].iter().copied().take(word.chars().count())))
        else {
            continue;
        };
        let after = start + word.chars().count();
        if let Some(first) = (after..after + REACH).find(|&at| part(at)) {
            let mut end = first;
            while part(end) || lower.get(end) == Some(&' ') && part(end + 1) {
                end += 1;
            }
            drop(first, end);
        }
        let before = &lower[start.saturating_sub(REACH)..start];
        if before.contains(&'是')
            && let Some(last) = (start.saturating_sub(REACH)..start).rev().find(|&at| part(at))
        {
            let first = (0..=last).rev().take_while(|&at| part(at)).last().unwrap_or(last);
            drop(first, last + 1);
        }
    }
    (out.into_iter().collect(), found)
}

#[cfg(test)]
mod tests {
    use super::{drop_secrets, mask};

    #[track_caller]
    fn check(typed: &str, kept: &str) {
        assert_eq!(mask(typed), kept);
    }

    #[test]
    fn what_leaves_the_phone_carries_no_long_number() {
        let check = |text: &str, hidden: &str| assert_eq!(super::hide_numbers(text), hidden, "{text}");
        check("打我电话13800138000，报错 51", "打我电话***********，报错 51");
        check("138-0013-8000", "***-****-****");
        check("卡号 622202*********0123 刷不了", "卡号 ******************* 刷不了");
        check("１３８ ００１３ ８０００", "*** **** ****");
        check("报96，又报91", "报96，又报91");
        check("SN12345678", "SN********");
        check("", "");
    }

    #[test]
    fn card_numbers_keep_six_and_four_however_they_are_spaced() {
        check("卡号6222021234567890123", "卡号622202*********0123");
        check("6222 0212 3456 7890", "6222 02** **** 7890");
        check("６２２２０２１２３４５６７８９０", "６２２２０２******７８９０");
        check("6222  0212 - 3456\t7890", "6222  02** - ****\t7890");
        check("6222_0212_3456_7890", "6222_02**_****_7890");
        check("371449635398431", "371449*****8431");
    }

    #[test]
    fn secrets_are_dropped_and_codes_stay() {
        assert_eq!(drop_secrets("验证码是482913发你了"), ("验证码是******发你了".into(), true));
        assert_eq!(drop_secrets("密码错误 55"), ("密码错误 55".into(), false));
        assert_eq!(drop_secrets("CVV: 123"), ("CVV: ***".into(), true));
        assert_eq!(drop_secrets("密码 abc123"), ("密码 ******".into(), true));
        assert_eq!(drop_secrets("验证码4 8 2 9"), ("验证码*******".into(), true));
        assert_eq!(drop_secrets("482913是我的验证码"), ("******是我的验证码".into(), true));
        assert_eq!(drop_secrets("密码键盘没反应"), ("密码键盘没反应".into(), false));
    }

    #[test]
    fn numbers_that_are_no_cards_stay_whole() {
        check("商户号898440358120001", "商户号898440358120001");
        check("898440358120001", "898440358120001");
        check("序列号是 1234567890123456", "序列号是 1234567890123456");
        check("电话 13800138000", "电话 13800138000");
    }
}
