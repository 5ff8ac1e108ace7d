//! Attention: what a message is about, and what the merchant has ruled out (不是没电, 网是好的,
//! 已经重启过).
//!
//! A heuristic over clauses, not a parser: what it takes to be ruled out is heard more quietly,
//! not left out, because 换过电池 still says what this is about.

use super::normalize::{is_han, is_word};

/// Where a clause that begins with 不是 turns to what it is instead: 不是没电**就是**开不了机.
const TURNS: &[&str] = &["而是", "就是", "单单", "我是", "只是", "但是", "可是", "偏偏", "是"];
/// What a clause ends in whose subject is in order, or has been tried already.
const IN_ORDER: &[&str] = &[
    "好",
    "正常",
    "没问题",
    "没毛病",
    "没事",
    "没坏",
    "试过",
    "试",
    "换过",
    "重启过",
    "查过",
    "看过",
    "好着",
    "有电",
    "够",
    "都行",
    "能用",
];
/// What may stand before 不是 without making it a question or a phrase of its own.
const LEADS: &str = "也又并都但可我这肯定绝对应该";
/// What may stand after the end.
const TAILS: &str = "了的啊呀呢吧着";
/// A space separates clauses if at least this many characters stand on either side of it; fewer
/// are one word typed apart.
const SHORTEST: usize = 3;

/// A stretch of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause<'t> {
    pub(super) text: &'t str,
    /// The merchant says that it is not this.
    pub(super) ruled_out: bool,
}

/// The clauses of a folded text, in order. At least one of them is not ruled out, if there are any.
pub(super) fn clauses(text: &str) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    for clause in text.split(is_stop).flat_map(split_at_spaces) {
        judge(clause, &mut clauses);
    }
    if clauses.iter().all(|clause| clause.ruled_out) {
        clauses.iter_mut().for_each(|clause| clause.ruled_out = false);
    }
    clauses
}

/// Adds one clause, or the two that it turns out to be.
fn judge<'t>(clause: &'t str, clauses: &mut Vec<Clause<'t>>) {
    let bare = clause.trim_end_matches(|c: char| !is_word(c) || TAILS.contains(c));
    let asks = clause.trim_end().ends_with(['吗', '么', '?']);
    let open = clause.trim_start_matches(|c: char| !is_word(c) || LEADS.contains(c));
    if let Some(denied) = open.strip_prefix("不是").filter(|_| !asks) {
        let turn =
            TURNS.iter().filter_map(|turn| denied.find(turn)).filter(|at| is_turn(&denied[..*at])).min();
        let (denied, meant) = denied.split_at(turn.unwrap_or(denied.len()));
        clauses.push(Clause { text: denied, ruled_out: true });
        if !meant.is_empty() {
            clauses.push(Clause { text: meant, ruled_out: false });
        }
    } else if !bare.is_empty() {
        let ruled_out = !asks && !clause.contains('不') && IN_ORDER.iter().any(|end| bare.ends_with(end));
        clauses.push(Clause { text: clause, ruled_out });
    }
}

/// Whether something was denied before the turn, and the turn is not itself denied (不是).
fn is_turn(denied: &str) -> bool {
    denied.chars().nth(1).is_some() && !denied.ends_with('不')
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | '，' | '。' | ';' | '；' | '!' | '！' | '?' | '？' | '、' | '\n')
}

/// Splits where a space does a comma's work.
fn split_at_spaces(clause: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(clause);
    std::iter::from_fn(move || {
        let whole = rest?;
        let long = |text: &str| text.chars().filter(|c| is_han(*c)).count() >= SHORTEST;
        let cut = whole.match_indices(' ').map(|(at, _)| at).find(|&at| {
            let after = whole[at..].trim_start();
            long(&whole[..at]) && long(after.split(' ').next().unwrap_or_default())
        });
        let (clause, after) = whole.split_at(cut.unwrap_or(whole.len()));
        rest = (!after.is_empty()).then(|| after.trim_start());
        Some(clause)
    })
}

#[cfg(test)]
mod tests {
    use super::clauses;

    /// What is ruled out in `text` stands in brackets.
    #[track_caller]
    fn check(text: &str, marked: &str) {
        let told: Vec<String> = clauses(text)
            .iter()
            .map(
                |clause| if clause.ruled_out { format!("[{}]", clause.text) } else { clause.text.to_owned() },
            )
            .collect();
        assert_eq!(told.join("|"), marked, "{text}");
    }

    #[test]
    fn what_the_merchant_rules_out_is_told_from_the_complaint() {
        check("不是没电,就是不亮", "[没电]|就是不亮");
        check("不是缺纸报警我是要换纸不会弄", "[缺纸报警]|我是要换纸不会弄");
        check("网是好的,刷卡没反应", "[网是好的]|刷卡没反应");
        check("已经重启过了 还是连不上", "[已经重启过了]|还是连不上");
        check("也不是欠费 就是没信号", "[欠费]|就是没信号");
    }

    #[test]
    fn questions_and_plain_complaints_are_not_denials() {
        check("是不是没电了", "是不是没电了");
        check("不是说不要手续费吗", "不是说不要手续费吗");
        check("打不出票", "打不出票");
        check("外卡能用", "外卡能用");
    }

    #[test]
    fn words_typed_apart_stay_together() {
        check("备 份 怎么做", "备 份 怎么做");
        check("paper out again", "paper out again");
    }
}
