//! Free text where a button would do: 好了, 还是不行, 转人工, 第二个, 红灯.
//!
//! Only short messages are taken so, in the light of what is open; everything longer goes by its
//! verdict, and so does what clearly names another topic.

use super::reply::Choice;
use super::state::{Open, State};
use crate::matching::{Decision, Verdict};
use crate::text::key;

/// Longest message, in characters, that can stand for a button by its words alone.
const SHORT: usize = 8;
/// Longest message that can stand for a button by how it ends or what it resembles.
const MEDIUM: usize = 16;
/// A verdict this sure of another topic goes before any resemblance.
const ELSEWHERE: f32 = 0.8;

/// What a message said, other than by its topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// As if this button had been pressed.
    Choice(String),
    /// 等一下.
    Wait,
    /// 怎么弄.
    How,
    /// 为什么.
    Why,
    /// 还是不行, to someone who should be calling.
    Still,
    /// 什么破玩意儿: no news of the machine, only of the merchant.
    Upset,
    /// 没听懂, to a question: ask it again, and say how to answer.
    Unclear,
}

const SOLVED: &str = "好了 可以了 行了 解决了 搞定了 搞定 好使了 能用了 弄好了 成了 修好了 正常了 好啦 可以用了 有反应了 \
    明白了 懂了 知道了 清楚了 ok ok了 好了谢谢 可以了谢谢 解决了谢谢 出来了 行了谢谢 恢复了";
const UNSOLVED: &str = "还是不行 不行 没用 没好 还是没有 还是一样 还不行 还是没反应 试了没用 没有用 一样 依旧 还是没用 \
    还是老样子 不管用 没效果 还是不清楚 没懂 试过了 试过了没用 还是坏的 还没好 都试了 都试过了 全试过了 试了 没变化 \
    还是那样 不好使 没解决 下一步 做了 做完了 然后呢 不得行 冇用";
const CANNOT: &str =
    "不会做 不会 不会弄 做不了 弄不来 不敢 不懂怎么弄 找不到 弄不了 没有这个 看不懂 跳过 搞不来 没办法";
const UNKNOWN: &str =
    "不知道 不清楚 不晓得 看不出来 没注意 说不准 不确定 不会看 忘了 记不清 不懂 都有可能 看不懂";
const HUMAN: &str = "转人工 人工 找人工 人工客服 客服 打电话 算了转人工 找客服 我要人工 叫人来 找人 要人工 接人工 算了 \
    不弄了 找真人 真人 别废话转人工 派人来 叫师傅来 电话多少";
const UNDO: &str = "上一步 返回 退回 点错了 按错了 选错了 回去 后退 回上一步 退一步 撤回";
const RESTART: &str = "重新开始 重来 从头来 重新来 换个问题 另一个问题 再来一遍 从头开始 回到开头";
const NONE_OF_THESE: &str = "都不是 没有我的 都不对 不是这些 没有 以上都不是 一个都不是 不在里面 都没有";
const NOT_THIS: &str =
    "不是这个 不是这个问题 搞错了 答非所问 不是这个意思 你搞错了 问的不是这个 不是问这个 不对 听错了";
const PAY_NOW: &str = "先收款 先收钱 先把钱收了 先把这笔钱收了 怎么先收款 顾客等着 先收这笔";
const WAIT: &str = "等一下 等下 稍等 等等 我试试 在试 正在弄 马上 等会 我看看 我去看看 等我一下 别急 好的 好 嗯 哦 收到 试一下";
const NODS: &str = "好的 好 嗯 哦 收到";
const HOW: &str = "怎么弄 怎么做 怎么办 具体怎么做 在哪 在哪里 怎么操作 详细点 说清楚点 什么意思 哪里找 \
    没听懂 听不懂 没看懂 没看明白 没明白 不明白 再说一遍 再讲一遍 重新说一遍";
const WHY: &str = "为什么 为啥 凭什么 什么原因 为什么要这样 干嘛";
/// What a message holds that says how angry the merchant is.
const UPSET: &str = "破 垃圾 玩意 气死 烦死 急死 服了 搞什么 坑人 坑爹 他妈 妈的 狗屁 什么鬼 要疯";
const YES: &str = "是 是的 对 对的 有 嗯 没错 yes 是啊 有的";
const NO: &str = "不是 不 没 不对 没有 no 没得";

/// How a longer message ends or begins that says a step did not help.
const STILL: &str =
    "还是不行 不行 没用 不管用 没反应 还是没有 没好 没变化 还是一样 也不行 不好使 没效果 还是不亮 没解决";
/// …and that it did.
const WORKS: &str = "好了 可以了 能用了 解决了 搞定了 正常了 好使了";

/// What `text` says, given what is open and its buttons. `text` is masked already.
pub(super) fn as_said(text: &str, state: &State, verdict: &Verdict, options: &[Choice]) -> Option<Said> {
    let whole = key(text);
    let plain = whole.trim_end_matches(['啊', '呀', '吧', '呢', '哦', '嘛', '呗']);
    let bare = plain.trim_end_matches('了');
    let length = plain.chars().count();
    let choice = |id: &str| Some(Said::Choice(id.to_owned()));
    let open = &state.open;
    if length == 0 || length > MEDIUM {
        return None;
    }
    // The button's own words, then its place: 第二个, 2.
    if let Some(exact) = options.iter().find(|choice| key(&choice.label) == plain) {
        return choice(&exact.id);
    }
    let answers = || options.iter().filter(|choice| choice.id.contains(':'));
    if let Some(nth) = ordinal(plain) {
        let found = if matches!(open, Open::Step(_)) { options.get(nth) } else { answers().nth(nth) };
        return found.and_then(|found| choice(&found.id));
    }
    let offered = |id: &str| options.iter().any(|choice| choice.id == id);
    let among =
        |words: &str| length <= SHORT && words.split(' ').any(|word| [&whole, plain, bare].contains(&word));
    let asks = matches!(open, Open::Question(_));
    // A question with two answers can be answered 是 or 不是 when its buttons begin so.
    let begins = |starts: &[char]| answers().find(|choice| choice.label.starts_with(starts));
    if asks && let Some(found) = among(NO).then(|| begins(&['不', '没', '否'])).flatten() {
        return choice(&found.id);
    }
    if asks && let Some(found) = among(YES).then(|| begins(&['是', '有', '对', '能', '会', '亮'])).flatten()
    {
        return choice(&found.id);
    }
    // Solved while something else was open: by itself, or by someone else.
    let narrowing = matches!(open, Open::Clarify(_) | Open::Split(_));
    let settled = SOLVED.split(' ').any(|word| word == plain);
    if settled && (narrowing || matches!(open, Open::Question(_) | Open::HandOver)) {
        return choice("solved");
    }
    if matches!(open, Open::HandOver) && among(UNSOLVED) {
        return Some(Said::Still);
    }
    if among(UNDO) {
        return choice("undo");
    }
    let said = [
        (SOLVED, "solved"),
        (UNSOLVED, "unsolved"),
        (CANNOT, "cannot"),
        (UNKNOWN, "unknown"),
        (UNKNOWN, "cannot"),
        (NONE_OF_THESE, "none-of-these"),
        (PAY_NOW, "pay-now"),
    ];
    if let Some((_, id)) = said.iter().find(|(words, id)| among(words) && offered(id)) {
        return choice(id);
    }
    // 不知道 to a list is as good as 都不是; 还是不行 to a question is no answer, but nothing new either.
    if offered("none-of-these") && (among(UNKNOWN) || among(NOT_THIS)) {
        return choice("none-of-these");
    }
    if narrowing && (among(CANNOT) || among(HOW) || among(WHY) || among(UNSOLVED)) || asks && among(HOW) {
        return Some(Said::Unclear);
    }
    if asks && among(UNSOLVED) {
        return choice("unknown");
    }
    if among(HUMAN) {
        return choice("human");
    }
    if among(RESTART) {
        return choice("restart");
    }
    let busy = matches!(open, Open::Step(_) | Open::Question(_) | Open::Answer);
    if busy && state.focus.is_some() && among(NOT_THIS) {
        return choice("not-this");
    }
    // Whoever nods at an article, or asks further, answers the question below it.
    if *open == Open::Answer && among(NODS) {
        return choice("solved");
    }
    if *open == Open::Answer && (among(WHY) || among(HOW)) {
        return choice("unsolved");
    }
    if busy && among(WHY) {
        return Some(Said::Why);
    }
    if matches!(open, Open::Step(_)) && among(HOW) {
        return Some(Said::How);
    }
    if busy && among(WAIT) {
        return Some(Said::Wait);
    }
    let focus = state.focus.as_ref().map(|focus| &focus.topic);
    let first = verdict.matches.first();
    let elsewhere = verdict.decision == Decision::Answer
        && first.is_some_and(|first| Some(&first.topic) != focus && first.score >= ELSEWHERE);
    if elsewhere || verdict.code.is_some() {
        return None;
    }
    if matches!(open, Open::Step(_)) {
        let ends = |words: &str| words.split(' ').any(|word| plain.ends_with(word));
        let still = ["还是", "仍然", "还在", "依然", "依旧"].iter().any(|word| plain.starts_with(word));
        if still || ends(STILL) {
            return choice("unsolved");
        }
        if ends(WORKS) && !plain.contains(['没', '不', '吗']) {
            return choice("solved");
        }
    }
    if let Some(id) = (asks || narrowing).then(|| resembled(plain, answers())).flatten() {
        return choice(&id);
    }
    let upset = (busy || narrowing) && is_upset(text);
    (upset && verdict.decision != Decision::Answer).then_some(Said::Upset)
}

/// Whether the message says how angry the merchant is, whatever else it says.
pub(super) fn is_upset(text: &str) -> bool {
    let text = key(text);
    UPSET.split(' ').any(|word| text.contains(word))
}

/// Whether the message asks how to get around a limit or risk control. The topic's own advice is
/// the straight way; it comes with a word that there is no other.
pub(super) fn evades(text: &str) -> bool {
    let text = key(text);
    let round =
        ["绕过", "绕开", "躲过", "避开", "规避", "突破", "骗过"].iter().any(|word| text.contains(word));
    let split = ["拆成几笔", "拆单", "分几笔刷", "分几次刷", "拆开刷", "化整为零"]
        .iter()
        .any(|word| text.contains(word));
    split || round && ["风控", "限额", "限制", "监管", "审核"].iter().any(|word| text.contains(word))
}

/// The one answer whose words the message shares.
fn resembled<'a>(plain: &str, answers: impl Iterator<Item = &'a Choice>) -> Option<String> {
    const EMPTY: &str = "的了是在有我你这那个就也都很吗啊它和或";
    let negates = |text: &str| text.contains(['不', '没', '无', '未']);
    let telling: Vec<char> = plain.chars().filter(|c| !EMPTY.contains(*c)).collect();
    if telling.len() < 2 {
        return None;
    }
    let likeness = |choice: &Choice| -> usize {
        let label = key(&choice.label);
        if negates(&label) != negates(plain) {
            return 0;
        }
        let shared = telling.iter().filter(|c| label.contains(**c)).count();
        100 * shared / telling.len()
    };
    let mut ranked: Vec<(usize, &Choice)> = answers.map(|choice| (likeness(choice), choice)).collect();
    // Equals are too close to choose between, so that their order does not matter.
    ranked.sort_unstable_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let second = ranked.get(1).map_or(0, |second| second.0);
    let (likest, found) = ranked.first()?;
    (*likest >= 60 && *likest >= second + 25).then(|| found.id.clone())
}

/// 第二个, 2, 二 → 1.
fn ordinal(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['第', '选', '点']).trim_end_matches(['个', '种', '条', '项']);
    let mut characters = bare.chars();
    let (digit, None) = (characters.next()?, characters.next()) else { return None };
    ["1234567", "一二三四五六七"].iter().find_map(|digits| digits.chars().position(|known| known == digit))
}
