//! Every sentence the dialog can say that no article says. Chinese, spoken aloud in mind.

use crate::matching::Courtesy;

/// The first words.
pub const GREETING: &str = "机器怎么了？点一个，或者说一句，我一步步带您弄好。";
/// Asked when several topics fit.
pub const CLARIFY: &str = "是下面哪一种？";
/// The way out of a list that does not hold the right one.
pub const NONE_OF_THESE: &str = "都不是";
/// Before a warning, wherever it cannot be set apart by looks.
pub const WARNING: &str = "先注意：";
/// A step worked.
pub const SOLVED: &str = "解决了";
/// A step did not.
pub const UNSOLVED: &str = "还是不行";
/// A step is done, where steps follow each other as written.
pub const NEXT: &str = "做了，下一步";
/// A step cannot be done.
pub const CANNOT: &str = "不会做";
/// A question cannot be answered.
pub const UNKNOWN: &str = "不知道";
/// An answer was clear.
pub const CLEAR: &str = "明白了";
/// An answer was not.
pub const UNCLEAR: &str = "还是不清楚";
/// Another way to take this payment.
pub const PAY_NOW: &str = "先把这笔钱收了";
/// What was interrupted, once more.
pub const AGAIN: &str = "再看一遍刚才的";
/// The same, where a payment hangs.
pub const PAY_AGAIN: &str = "这笔钱还能再收吗？";
/// Back by one.
pub const UNDO: &str = "上一步";
/// From the beginning.
pub const RESTART: &str = "重新开始";
/// A person, please.
pub const HUMAN: &str = "找人工";
/// After 解决了.
pub const DONE: &str = "太好了。以后再遇到，随时来问。";
/// After 明白了.
pub const UNDERSTOOD: &str = "好的。还有别的问题，直接打字问我。";
/// When the steps are used up.
pub const STEPS_USED_UP: &str = "能自己做的都试过了，找人来看吧。";
/// When it still does not work, though a person was due.
pub const CALL_NOW: &str = "那就别再试了，现在就打电话。";
/// When what is left takes longer than a call.
pub const QUICKER: &str = "剩下的办法费时间，也多半不管用，打个电话更快。";
/// Before whom to call.
pub const WHOM: &str = "找谁：";
/// Before what to have ready.
pub const HAVE_READY: &str = "\n打电话前备好：";
/// When the merchant asks for a person.
pub const AS_YOU_WISH: &str = "好，打电话找人。";
/// When nothing was understood, the first time.
pub const NOT_UNDERSTOOD: &str = "这句我没看懂。换个说法，写屏幕上的字、灯的颜色，或者哪一步卡住了。";
/// When nothing was understood again.
pub const STILL_NOT_UNDERSTOOD: &str = "还是没看懂，别耽误您收钱。可以打客服，或者从下面挑一个。";
/// About something else.
pub const NOT_OURS: &str = "这个不归收款机管，我帮不上。机器、收款码、云喇叭、到账和手续费的事都可以问我。";
/// Under a topic that may be the wrong one.
pub const NOT_THIS: &str = "不是这个问题";
/// After 不是这个问题.
pub const WRONG_TOPIC: &str = "好，那是我听错了。";
/// When no topic of a narrowing question was right.
pub const NONE_FITS: &str =
    "都不是的话，换个说法：写屏幕上的字、灯的颜色，或者哪一步卡住了。急着收钱就找人工。";
/// When the merchant asks to wait.
pub const TAKE_YOUR_TIME: &str = "不急，弄好了告诉我。";
/// When the merchant swears at the machine, or at us.
pub const I_KNOW: &str = "确实急人。先看完这一步，不行我们马上换下一个办法。";
/// …anywhere else.
pub const ONE_BY_ONE: &str = "确实急人。我们一步步来。";
/// When a list of what it may be is not understood.
pub const PICK_LIKEST: &str = "挑一个最像的。都不像，就点「都不是」。";
/// When a question is not understood.
pub const PICK_OR_PASS: &str = "看一眼，挑一个最像的。说不准就点「不知道」。";
/// When asked how, and nothing more can be said.
pub const NO_DETAIL: &str = "照上面做就行。做不来就点「不会做」，我们换一步。";
/// When asked why, and nothing more can be said.
pub const BY_EXPERIENCE: &str = "这样排查最省时间。";
/// A stored conversation that cannot be read.
pub const LOST: &str = "上次聊到哪儿，读不出来了，麻烦再说一遍。";
/// A stored conversation whose topic, question or step is gone.
pub const CHANGED: &str = "上次那一步的内容已经更新，从这里接着来。";
/// When asked how to get around a limit or risk control.
pub const NO_EVASION: &str = "绕开限额和风控的办法我不教：查出来会冻结资金、停用机器。能走的正路是这样：";
/// A button that is not open any more.
pub const GONE: &str = "刚才那个按钮已经过去了，看这里：";
/// A topic whose article has not arrived.
pub const ON_ITS_WAY: &str = "这一篇还没下载好。网好一点再试，或者先打客服。";
/// A code nobody has documented.
pub const UNKNOWN_CODE: &str = "这个代码我没有资料。把代码和屏幕上的字原样记下来，打收单机构客服问。";
/// Where the number is, when the host page gave none.
pub const WHERE_THE_NUMBER_IS: &str = "客服电话也印在机身标签、合同或小票上。";
/// What any service desk asks for.
pub const READY: &[&str] =
    &["机身序列号（机背标签上的 SN）", "商户名或商户号", "屏幕提示的原文", "什么时候开始的"];
/// When a message is longer than anyone would say aloud.
pub const TOO_LONG: &str = "这段太长，我只看了前面 4000 个字。要紧的在后面，就再发一次。";
/// When secrets were typed.
pub const SECRET: &str = "密码和验证码不要发给任何人，包括客服。我没有留下它。";
/// Before the detail of how to do a step that the merchant could not do.
pub const NO_MATTER: &str = "没关系，先跳过这一步。";
/// After the last answer was taken back.
pub const TAKEN_BACK: &str = "好，退回上一步。";
/// A code whose result is unknown.
pub const CHECK_FIRST: &str = "这笔钱收没收到，现在还不知道。先查清楚，别急着再收一次。";
/// From what a code means to what can be done about it.
pub const WALK_ME: &str = "一步步带我做";
/// Asked before the ticket is written.
pub const WHY_UNSOLVED: &str = "没解决是因为什么？选一个，报修单就写好。";
/// The answers to it, in the order of [`super::State::reason`].
pub const REASONS: &[&str] = &["没修好", "步骤看不懂", "不敢动", "没时间", "说的不是我这个事"];
/// The reason has been taken in.
pub const REASON_TAKEN: &str = "记下了。下面的报修单，复制给客服，或者打电话照着念。";
/// It helped.
pub const HELPED: &str = "有帮助";
/// It did not.
pub const NO_HELP: &str = "没帮上";
/// After the former.
pub const FEEDBACK_TAKEN: &str = "收到，谢谢您。";
/// After the latter.
pub const NO_HELP_TAKEN: &str = "没帮上您，对不住。找人工，报修单我给您写好。";
/// The record has been cleared.
pub const FORGOTTEN: &str = "记录清掉了，这部手机上什么也没留。";
/// Nothing to take back.
pub const NOTHING_TO_TAKE_BACK: &str = "前面没有了。";

/// What a kind of terminal is called, by the name that the page gives it.
pub fn device(name: &str) -> &str {
    match name {
        "desk" => "有线台式机",
        "mobile" => "移动手持机",
        "smart" => "智能机",
        "scan-box" => "扫码盒",
        "speaker" => "云喇叭",
        "dongle" => "手机刷卡器",
        "qr-stand" => "收款码台卡",
        other => other,
    }
}

/// What a category of topics (a folder of `content/`) is called.
pub fn category(group: &str) -> &str {
    match group {
        "power" => "电源和电池",
        "device" => "屏幕、按键、卡死",
        "card" => "刷卡、插卡、贴卡",
        "scan" => "扫码、收款码、云喇叭",
        "print" => "打印和小票",
        "network" => "网络和信号",
        "software" => "程序、签到、升级",
        "security" => "锁机和密钥",
        "decline" => "交易被拒、应答码",
        "transaction" => "交易、退款、查账",
        "settlement" => "到账和结算",
        "fee" => "手续费",
        "safety" => "防骗和安全",
        "guide" => "选购和开通",
        "care" => "保养和管理",
        "service" => "维修和客服",
        other => other,
    }
}

/// What to say to a courtesy.
pub const fn courtesy(courtesy: Courtesy) -> &'static str {
    match courtesy {
        Courtesy::Greeting => "您好。机器出了什么问题？说一句，或者点下面的。",
        Courtesy::Thanks => "不客气。还有问题随时说。",
        Courtesy::Abuse => "机器坏了确实急人。告诉我它现在什么样，我们一步步来。",
        Courtesy::Nonsense => NOT_UNDERSTOOD,
    }
}
