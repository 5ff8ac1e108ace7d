//! Free text where a button would do: 好了, 还是不行, 转人工, 第二个.
//!
//! Only short messages that say nothing else are taken so; everything longer goes by its verdict.

use super::state::Open;

/// Longest message, in characters, that can stand for a button.
const SHORT: usize = 8;

const SOLVED: &[&str] = &[
    "好了",
    "可以了",
    "行了",
    "解决了",
    "搞定了",
    "搞定",
    "好使了",
    "能用了",
    "弄好了",
    "成了",
    "修好了",
    "正常了",
    "明白了",
    "懂了",
    "知道了",
    "清楚了",
    "ok",
    "ok了",
];
const UNSOLVED: &[&str] = &[
    "还是不行",
    "不行",
    "没用",
    "没好",
    "还是没有",
    "还是一样",
    "还不行",
    "还是没反应",
    "试了没用",
    "没有用",
    "一样",
    "依旧",
    "还是没用",
    "还是老样子",
    "不管用",
    "没效果",
    "还是不清楚",
    "没懂",
    "试过了",
    "试过了没用",
    "还是坏的",
    "还没好",
    "都试了",
];
const CANNOT: &[&str] = &["不会做", "不会", "不会弄", "做不了", "弄不来", "不敢", "不懂怎么弄", "找不到"];
const UNKNOWN: &[&str] = &["不知道", "不清楚", "不晓得", "看不出来", "没注意", "说不准", "不确定"];
const HUMAN: &[&str] = &[
    "转人工",
    "人工",
    "找人工",
    "人工客服",
    "客服",
    "打电话",
    "算了转人工",
    "找客服",
    "我要人工",
    "叫人来",
    "找人",
    "要人工",
    "接人工",
];
const UNDO: &[&str] = &["上一步", "返回", "退回", "点错了", "按错了", "选错了", "回去", "后退"];
const RESTART: &[&str] = &["重新开始", "重来", "从头来", "重新来", "换个问题", "另一个问题"];
const NONE_OF_THESE: &[&str] = &["都不是", "没有我的", "都不对", "不是这些", "没有", "以上都不是"];
const YES: &[&str] = &["是", "是的", "对", "对的", "有", "嗯", "没错", "yes"];
const NO: &[&str] = &["不是", "不", "没", "不对", "没有", "no"];

/// The option id that `text` stands for, given what is open and the labels of its buttons.
pub(super) fn as_choice(text: &str, open: &Open, options: &[(String, String)]) -> Option<String> {
    let plain = crate::text::key(text);
    let plain = plain.trim_end_matches(['了', '啊', '呀', '吧', '呢', '哦']).to_owned()
        + if plain.ends_with('了') { "了" } else { "" };
    if plain.is_empty() || plain.chars().count() > SHORT {
        return None;
    }
    // The button's own words, then its place: 第二个, 2.
    if let Some((id, _)) = options.iter().find(|(_, label)| crate::text::key(label) == plain) {
        return Some(id.clone());
    }
    let listed = matches!(open, Open::Clarify(_) | Open::Question(_));
    if listed && let Some(nth) = ordinal(&plain) {
        return options.get(nth).map(|(id, _)| id.clone());
    }
    let offered = |id: &str| options.iter().any(|(known, _)| known == id);
    let among = |words: &[&str]| words.contains(&plain.as_str());
    let said = [
        (SOLVED, "solved"),
        (UNSOLVED, "unsolved"),
        (CANNOT, "cannot"),
        (UNKNOWN, "unknown"),
        (NONE_OF_THESE, "none-of-these"),
        (UNDO, "undo"),
    ];
    if let Some((_, id)) = said.iter().find(|(words, id)| among(words) && offered(id)) {
        return Some((*id).to_owned());
    }
    // 还是不行 to a question is no answer to it, but no new trouble either.
    if matches!(open, Open::Question(_)) && among(UNSOLVED) {
        return Some("unknown".into());
    }
    if among(HUMAN) {
        return Some("human".into());
    }
    if among(RESTART) {
        return Some("restart".into());
    }
    // A question with two answers can be answered 是 or 不是 when its buttons begin so.
    let starts = |start: &[&str]| {
        options
            .iter()
            .find(|(id, label)| id.starts_with("answer:") && start.iter().any(|word| label.starts_with(word)))
    };
    if matches!(open, Open::Question(_)) {
        if among(NO) {
            return starts(&["不", "没", "否"]).map(|(id, _)| id.clone());
        }
        if among(YES) {
            return starts(&["是", "有", "对", "能", "会", "亮"]).map(|(id, _)| id.clone());
        }
    }
    None
}

/// 第二个, 2, 二 → 1.
fn ordinal(text: &str) -> Option<usize> {
    let bare =
        text.trim_start_matches("第").trim_start_matches("选").trim_end_matches(['个', '种', '条', '项']);
    let digits = ["1", "2", "3", "4", "5", "6", "7"];
    let words = ["一", "二", "三", "四", "五", "六", "七"];
    digits.iter().position(|digit| *digit == bare).or_else(|| words.iter().position(|word| *word == bare))
}
