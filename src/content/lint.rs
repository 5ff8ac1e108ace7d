//! What the files alone show to be bad content. What only the matcher can show is `eval`'s business.

use std::collections::{BTreeMap, BTreeSet};

use super::load::each;
use super::{Code, Diagnostic, Kind, KnowledgeBase, Risk, Topic, machine};

/// The longest sentence that can be followed with a machine in one hand, in characters.
pub(super) const LONGEST_SENTENCE: usize = 40;
/// Fewer ways of saying it than this, and merchants will not be understood.
const FEWEST_PHRASES: usize = 25;
const FEWEST_CAUSES: usize = 2;
const FEWEST_STEPS: usize = 3;

/// Acts that may lose or double a transaction whose result is not known yet.
const MONEY_ACTS: &[&str] =
    &["重启", "关机", "断电", "拔掉电源", "拔下电源", "拔电源", "再刷一次", "再收一次"];
/// Acts that may lose what the machine keeps.
const DATA_ACTS: &[&str] = &["清除数据", "卸载", "格式化"];
/// What must not be advised, with the reason. A sentence that says not to is fine.
const FORBIDDEN: &[(&str, &str)] = &[
    ("默认密码", "不写任何默认口令"),
    ("默认口令", "不写任何默认口令"),
    ("出厂密码", "不写任何默认口令"),
    ("初始密码是", "不写任何默认口令"),
    ("00000000", "不写任何默认口令"),
    ("88888888", "不写任何默认口令"),
    ("12345678", "不写任何默认口令"),
    ("拆开机器", "拆壳会触发安全锁"),
    ("拆开外壳", "拆壳会触发安全锁"),
    ("拧开螺丝", "拆壳会触发安全锁"),
    ("打开后盖", "拆壳会触发安全锁"),
    ("撬开", "拆壳会触发安全锁"),
    ("恢复出厂", "会丢流水和密钥"),
    ("清流水", "会丢交易记录"),
    ("清除流水", "会丢交易记录"),
    ("刷一分钱", "不教用别人的卡试机"),
    ("分多笔", "不教绕开限额和风控"),
    ("拆成几笔", "不教绕开限额和风控"),
    ("拆成多笔", "不教绕开限额和风控"),
    ("拆单", "不教绕开限额和风控"),
    ("规避风控", "不教绕开限额和风控"),
    ("换个商户名", "不教绕开限额和风控"),
    ("代解冻", "第三方代办是陷阱"),
    ("墨盒", "内置打印机是热敏的，没有墨"),
    ("碳带", "内置打印机是热敏的，没有墨"),
    ("90%是误报", "没有依据"),
    ("发给我们验证码", "不收验证码"),
];
/// Words that turn advice into a warning against it.
const NEGATIONS: &[&str] = &["不", "别", "勿", "禁止", "没有", "莫", "假", "骗", "无需", "陷阱"];

/// Adds every finding about `base`; `texts` are the raw files, for line numbers.
pub(super) fn lint(
    texts: Vec<(String, String)>,
    rows: Rows,
    base: &KnowledgeBase,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let promised = base.promises.iter().map(|promise| &*promise.id).collect();
    let texts = texts.into_iter().collect();
    let new = || Lint { texts: &texts, rows: &rows, base, promised: &promised, diagnostics: Vec::new() };
    let found = each(&base.topics, |topic| {
        let mut lint = new();
        lint.structure(topic);
        lint.references(topic);
        lint.wording(topic);
        lint.diagnostics
    });
    diagnostics.extend(found.into_iter().flatten());
    let mut lint = new();
    lint.machines();
    lint.phrases();
    lint.tables();
    for (line, code, message) in super::lint_splits::findings(base, &rows) {
        lint.add("splits.toml", line, code, message);
    }
    lint.drawings();
    diagnostics.append(&mut lint.diagnostics);
}

/// Topics not checked against their sources since `limit` (an ISO date), for the CLI to add.
pub(super) fn stale(base: &KnowledgeBase, limit: &str) -> Vec<Diagnostic> {
    base.topics
        .iter()
        .filter(|topic| !topic.reviewed.is_empty() && topic.reviewed.as_str() < limit)
        .map(|topic| Diagnostic {
            file: topic.file.clone(),
            line: 1,
            code: Code::Stale,
            message: format!(
                "上次核对是 {}，超过 12 个月了：对照资料再看一遍，改 reviewed。",
                topic.reviewed
            ),
        })
        .collect()
}

/// What the tables' rows do not say of themselves.
pub(super) struct Rows {
    /// Line of each code.
    pub(super) codes: Vec<u32>,
    /// Line of each vague message.
    pub(super) vague: Vec<u32>,
    /// Line of each split.
    pub(super) splits: Vec<u32>,
    /// Whether `topics.tsv` could be read.
    pub(super) topics_known: bool,
}

struct Lint<'a> {
    rows: &'a Rows,
    texts: &'a BTreeMap<String, String>,
    base: &'a KnowledgeBase,
    /// Ids of all topics that are promised.
    promised: &'a BTreeSet<&'a str>,
    diagnostics: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn structure(&mut self, topic: &Topic) {
        let file = topic.file.clone();
        if topic.phrases.len() < FEWEST_PHRASES && machine::halves(&topic.id).is_none() {
            let line = self.line(&file, "phrases");
            self.add(
                &file,
                line,
                Code::TooThin,
                format!("phrases 只有 {} 句，至少写 {FEWEST_PHRASES} 句不一样的说法。", topic.phrases.len()),
            );
        }
        if topic.kind == Kind::Answer {
            return;
        }
        let stops = topic.steps.iter().any(|step| step.risk == Risk::Safety);
        if topic.causes.len() < FEWEST_CAUSES {
            self.add(
                &file,
                1,
                Code::TooThin,
                format!("只有 {} 个原因，至少写 {FEWEST_CAUSES} 个（[[cause]]）。", topic.causes.len()),
            );
        }
        if topic.steps.len() < FEWEST_STEPS && !stops {
            self.add(
                &file,
                1,
                Code::TooThin,
                format!(
                    "只有 {} 步，至少写 {FEWEST_STEPS} 步（[[step]]），便宜又安全的放前面。",
                    topic.steps.len()
                ),
            );
        }
        for cause in &topic.causes {
            if !topic.steps.iter().any(|step| step.fixes.contains(&cause.id)) {
                let line = self.line(&file, &format!("id = \"{}\"", cause.id));
                self.add(
                    &file,
                    line,
                    Code::CauseWithoutStep,
                    format!(
                        "原因「{}」没有哪一步能解决：在某一步的 fixes 里写上 \"{}\"。",
                        cause.name, cause.id
                    ),
                );
            }
        }
        for step in topic.steps.iter().filter(|step| step.fixes.is_empty()) {
            self.add(
                &file,
                step.line,
                Code::StepWithoutCause,
                format!("步骤「{}」没写能解决哪个原因：补上 fixes，或删掉这一步。", step.id),
            );
        }
        for question in &topic.questions {
            let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
            let answers = question.answers.iter();
            let different: BTreeSet<_> =
                answers.map(|answer| (set(&answer.for_causes), set(&answer.against_causes))).collect();
            if different.len() < 2 {
                self.add(
                    &file,
                    question.line,
                    Code::IdleQuestion,
                    format!("问题「{}」答什么都一样：给回答写上 for 或 against，不然就别问。", question.ask),
                );
            }
        }
    }

    fn references(&mut self, topic: &Topic) {
        let file = topic.file.clone();
        let known = |id: &String| topic.causes.iter().any(|cause| cause.id == *id);
        let mut dangling = Vec::new();
        for step in &topic.steps {
            dangling.extend(step.fixes.iter().filter(|id| !known(id)).map(|id| (step.line, id)));
        }
        for question in &topic.questions {
            let ids = question
                .answers
                .iter()
                .flat_map(|answer| answer.for_causes.iter().chain(&answer.against_causes));
            dangling.extend(ids.filter(|id| !known(id)).map(|id| (question.line, id)));
        }
        for (line, id) in dangling {
            self.add(
                &file,
                line,
                Code::DanglingReference,
                format!("没有叫「{id}」的原因：改成某个 [[cause]] 的 id。"),
            );
        }
        let images = topic.steps.iter().map(|step| (step.line, &step.image));
        let images = images.chain(topic.questions.iter().map(|question| (question.line, &question.image)));
        for (line, image) in images {
            if let Some(image) = image
                && !self.base.drawings.iter().any(|drawing| drawing.name == *image)
            {
                self.add(
                    &file,
                    line,
                    Code::MissingImage,
                    format!("images/ 里没有 {image}：画一张，或删掉 image。"),
                );
            }
        }
        for related in &topic.related {
            if !self.promised.contains(&**related) || *related == topic.id {
                let line = self.line(&file, "related");
                self.add(
                    &file,
                    line,
                    Code::DeadRelated,
                    format!("related 里的「{related}」不是别的主题的 id。"),
                );
            }
        }
    }

    fn wording(&mut self, topic: &Topic) {
        let file = topic.file.clone();
        for step in &topic.steps {
            let act = |acts: &[&'static str]| {
                sentences(&step.action)
                    .find_map(|sentence| acts.iter().copied().find(|act| advised(sentence, act)))
            };
            if let Some(act) = act(MONEY_ACTS)
                && !matches!(step.risk, Risk::Money | Risk::Safety)
            {
                self.add(
                    &file,
                    step.line,
                    Code::HiddenRisk,
                    format!("「{act}」可能丢一笔没出结果的交易：写 risk = \"money\" 和 warning，先查结果。"),
                );
            }
            if let Some(act) = act(DATA_ACTS)
                && step.risk == Risk::None
            {
                self.add(
                    &file,
                    step.line,
                    Code::HiddenRisk,
                    format!("「{act}」可能丢机器里的记录：写 risk = \"data\" 和 warning。"),
                );
            }
            let said =
                [Some(&step.action), step.warning.as_ref(), step.because.as_ref(), step.detail.as_ref()];
            for text in said.into_iter().flatten() {
                self.sentence_length(&file, step.line, text);
            }
        }
        for question in &topic.questions {
            self.sentence_length(&file, question.line, &question.ask);
        }
        let text = self.texts.get(&file).map_or("", String::as_str);
        // Phrases are the merchants' words, not ours.
        let ours = without_phrases(text);
        // Nearly always none; looking through every sentence for each of them would take many times as long.
        let met: Vec<_> = FORBIDDEN.iter().filter(|(word, _)| ours.contains(word)).collect();
        for (nth, line) in ours.lines().enumerate().filter(|_| !met.is_empty()) {
            for sentence in sentences(line) {
                for (word, why) in &met {
                    if advised(sentence, word) {
                        self.add(
                            &file,
                            nth as u32 + 1,
                            Code::Forbidden,
                            format!("不能写「{word}」：{why}。"),
                        );
                    }
                }
            }
        }
        for jargon in &self.base.lexicon.jargon {
            let used = topic.steps.iter().any(|step| step.action.contains(&jargon.word))
                || topic.questions.iter().any(|question| question.ask.contains(&jargon.word));
            let glossed = ["（", "("].iter().any(|open| ours.contains(&format!("{}{open}", jargon.word)));
            let titled = topic.title.contains(&jargon.word);
            if used && !glossed && !titled {
                let place = ours.lines().position(|line| line.contains(&jargon.word));
                let line = 1 + place.unwrap_or(0) as u32;
                self.add(
                    &file,
                    line,
                    Code::Jargon,
                    format!("店主不一定懂「{0}」：第一次出现时写成 {0}（{1}）。", jargon.word, jargon.gloss),
                );
            }
        }
    }

    fn sentence_length(&mut self, file: &str, line: u32, text: &str) {
        if let Some(long) = sentences(text).find(|sentence| sentence.chars().count() > LONGEST_SENTENCE) {
            let start: String = long.chars().take(10).collect();
            self.add(
                file,
                line,
                Code::LongSentence,
                format!(
                    "「{start}…」这句有 {} 个字，拆成不超过 {LONGEST_SENTENCE} 个字的短句。",
                    long.chars().count()
                ),
            );
        }
    }

    /// Articles for one machine: an article that nobody would be led to is worse than none.
    fn machines(&mut self) {
        let mut names: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for topic in &self.base.topics {
            let Some((general, id)) = machine::halves(&topic.id) else { continue };
            let name = machine::name(topic);
            let (known, at) = *names.entry(id).or_insert((name, &topic.file));
            let (place, message) = if !self.promised.contains(general) {
                let message =
                    format!("没有「{general}」这个主题：机型专用的文章叫「主题--机型」，改文件名。");
                ("", message)
            } else if name.chars().count() < 2 {
                (
                    "title",
                    "title 要以机型的叫法（至少两个字）和「：」开头，例如「青禾随行：提示缺纸」。".into(),
                )
            } else if name != known {
                ("title", format!("机型 {id} 在 {at} 叫「{known}」，这里叫「{name}」，写成一样的。"))
            } else if !topic.phrases.is_empty() {
                let message = format!("机型专用的文章不靠说法来找：删掉 phrases，没有的写进 {general}。");
                ("phrases", message)
            } else {
                continue;
            };
            self.add(&topic.file, self.line(&topic.file, place), Code::Machine, message);
        }
    }

    fn phrases(&mut self) {
        let mut seen: BTreeMap<String, (String, u32, &str)> = BTreeMap::new();
        for topic in &self.base.topics {
            let file = topic.file.clone();
            for (phrase, &line) in topic.phrases.iter().zip(&topic.phrase_lines) {
                match seen.get(&bare(phrase)) {
                    Some((other, at, _)) => {
                        let message = format!("「{phrase}」在 {other}:{at} 已经有了，留一处。");
                        self.add(&file, line, Code::DuplicatePhrase, message);
                    }
                    None => drop(seen.insert(bare(phrase), (file.clone(), line, phrase))),
                }
            }
        }
        const NOT_OURS: &str = "not-ours.toml";
        for message in self.base.not_ours.iter().flat_map(|group| &group.messages) {
            match seen.get(&bare(message)).filter(|_| !bare(message).is_empty()) {
                Some((other, at, first)) => {
                    // This file's lines are looked for only where there is something to say of them.
                    let at = if *at == 0 { self.line(NOT_OURS, first) } else { *at };
                    let line = self.last_line(NOT_OURS, message);
                    let why = if other == NOT_OURS {
                        "已经有了"
                    } else {
                        "是主题的说法，不能又算「不归我们管」"
                    };
                    let message = format!("「{message}」在 {other}:{at} {why}，留一处。");
                    self.add(NOT_OURS, line, Code::DuplicatePhrase, message);
                }
                None => {
                    seen.insert(bare(message), (NOT_OURS.into(), 0, message));
                }
            }
        }
    }

    fn tables(&mut self) {
        let known = |id: &String| !self.rows.topics_known || self.promised.contains(&**id);
        let mut found = Vec::new();
        for (vague, &line) in self.base.vague.iter().zip(&self.rows.vague) {
            for topic in vague.topics.iter().filter(|topic| !known(topic)) {
                let message = format!("「{}」的 topics 里没有「{topic}」这个主题。", vague.say);
                found.push(("vague.toml", line, Code::DanglingReference, message));
            }
        }
        let mut seen = BTreeSet::new();
        for (code, &line) in self.base.codes.iter().zip(&self.rows.codes) {
            if !known(&code.topic) {
                let message = format!("应答码 {} 的 topic「{}」不在 topics.tsv 里。", code.code, code.topic);
                found.push(("codes.toml", line, Code::DanglingReference, message));
            }
            if !seen.insert((code.code.clone(), code.system as u8)) {
                let message = format!("应答码 {} 在同一种屏幕上写了两次。", code.code);
                found.push(("codes.toml", line, Code::DuplicateId, message));
            }
        }
        for (file, line, code, message) in found {
            self.add(file, line, code, message);
        }
    }

    fn drawings(&mut self) {
        for drawing in &self.base.drawings {
            let file = format!("images/{}", drawing.name);
            let text = &drawing.svg;
            let faults = [
                (!text.contains("<svg"), "不是 SVG 图"),
                (
                    text.contains("style=") || text.contains("<style"),
                    "有 style，严格的网页会丢掉它：改用 stroke、fill 属性",
                ),
                (text.contains("<script"), "有脚本，删掉"),
                (!text.contains("viewBox"), "缺 viewBox，缩放会变形"),
                (!text.contains("<title"), "缺 <title>，看不见图的人不知道画的是什么"),
            ];
            for (bad, why) in faults {
                if bad {
                    self.add(&file, 1, Code::BadDrawing, format!("{why}。"));
                }
            }
        }
    }

    fn add(&mut self, file: &str, line: u32, code: Code, message: String) {
        self.diagnostics.push(Diagnostic { file: file.to_owned(), line, code, message });
    }

    fn last_line(&self, file: &str, needle: &str) -> u32 {
        let text = self.texts.get(file).map_or("", String::as_str);
        text.lines()
            .enumerate()
            .filter(|(_, line)| line.contains(needle))
            .last()
            .map_or(1, |(nth, _)| nth as u32 + 1)
    }

    fn line(&self, file: &str, needle: &str) -> u32 {
        let text = self.texts.get(file).map_or("", String::as_str);
        1 + text.lines().position(|line| line.contains(needle)).unwrap_or(0) as u32
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '！', '？', '；', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Whether `sentence` says to do `act`: names it, and no word before it says not to.
/// 不行 and its like negate what was tried before, not what comes now.
fn advised(sentence: &str, act: &str) -> bool {
    sentence.match_indices(act).any(|(at, _)| {
        let before = &sentence[..at];
        let after = &sentence[at..];
        let tried = ["不行", "不了", "不好", "不通", "不动", "不出", "不亮", "没用", "没好"];
        let before = tried.iter().fold(before.to_owned(), |before, word| before.replace(word, ""));
        !NEGATIONS.iter().any(|word| before.contains(word))
            && !["是骗", "是假", "不要", "陷阱"].iter().any(|word| after.contains(word))
    })
}

/// The file with its list of phrases blanked, so that lines keep their numbers.
fn without_phrases(text: &str) -> String {
    let mut inside = false;
    text.lines()
        .map(|line| {
            inside |= line.trim_start().starts_with("phrases");
            let blank = inside;
            inside &= !line.trim_end().ends_with(']');
            if blank { "\n".to_owned() } else { format!("{line}\n") }
        })
        .collect()
}

/// A phrase without what does not change it: spaces, punctuation, case.
fn bare(phrase: &str) -> String {
    phrase.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
