//! Content: every diagnostic can be provoked, and says file, line and remedy; nothing in a file can
//! make reading it fail; our own content is sound.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use posdoc::content::{self, Code, Diagnostic, KnowledgeBase, MAX_FILE_BYTES};
use serde_json::Value;
use tempfile::TempDir;

use crate::{HANGS, posdoc, root};

const TOPICS: &str = "topics.tsv";
const PAPER: &str = "print/paper-out.md";
const BLANK: &str = "print/print-blank.md";
const QUERY: &str = "transaction/txn-query.md";
const DRAWING: &str = "images/paper-cover.svg";

/// The day before which an article of these tests counts as long unreviewed.
const A_YEAR_AGO: &str = "2025-11-22";

/// A small sound corpus in a folder of its own, for a test to spoil. It vanishes with its owner.
pub(crate) struct Corpus {
    folder: TempDir,
}

impl Corpus {
    /// Three topics with all that belongs to them; nothing to complain about.
    pub(crate) fn sound() -> Self {
        let corpus = Self { folder: tempfile::tempdir().expect("a folder for the test") };
        corpus.write(TOPICS, "id\tgroup\ttitle\tscope\n");
        corpus.promise("paper-out", "print", "装了纸还说没纸");
        corpus.promise("print-blank", "print", "打出来是白纸");
        corpus.promise("txn-query", "transaction", "怎么查一笔交易");
        corpus.write(PAPER, fault("装了纸还说没纸"));
        corpus.write(BLANK, fault("打出来是白纸"));
        corpus.write(QUERY, answer("怎么查一笔交易"));
        corpus.write("codes.toml", CODES);
        corpus.write("lexicon.toml", LEXICON);
        corpus.write("not-ours.toml", NOT_OURS);
        corpus.write("vague.toml", VAGUE);
        corpus.write("splits.toml", SPLITS);
        corpus.write(DRAWING, SVG);
        corpus
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes `file`, with the folders above it.
    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("below the corpus")).expect("a writable folder");
        fs::write(path, bytes).expect("a writable folder");
    }

    pub(crate) fn read(&self, file: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path().join(file)).unwrap_or_default()).into_owned()
    }

    fn remove(&self, file: &str) {
        fs::remove_file(self.path().join(file)).expect("a file of the sound corpus");
    }

    /// Adds a line to `topics.tsv`.
    fn promise(&self, id: &str, group: &str, title: &str) {
        let topics = self.read(TOPICS) + &format!("{id}\t{group}\t{title}\t{title}时看这里\n");
        self.write(TOPICS, topics);
    }

    /// Adds a sound article and its line in `topics.tsv`.
    fn add(&self, id: &str, title: &str) {
        self.promise(id, "print", title);
        self.write(&format!("print/{id}.md"), fault(title));
    }

    /// Replaces the one place in `file` that reads `from`.
    #[track_caller]
    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(from).count(), 1, "{file}: {from:?} must stand there exactly once");
        self.write(file, text.replace(from, to));
    }

    fn load(&self) -> (KnowledgeBase, Vec<Diagnostic>) {
        content::load(self.path()).expect("the folder can be listed")
    }

    fn findings(&self) -> Vec<Diagnostic> {
        let (base, mut findings) = self.load();
        findings.extend(content::stale(&base, A_YEAR_AGO));
        findings
    }
}

/// Phrases enough, unlike each other and unlike those of another title.
fn phrases(title: &str) -> String {
    let mut phrases = String::from("phrases = [\n");
    for nth in 1..=25 {
        writeln!(phrases, "  \"{title}，第 {nth} 种说法\",").expect("a string takes all");
    }
    phrases + "]\n"
}

/// An article about a fault. Its review lies in the future, so that these tests do not age.
fn fault(title: &str) -> String {
    let phrases = phrases(title);
    format!(
        r#"+++
title = "{title}"
label = "提示缺纸"
kind = "故障"
devices = ["desk", "mobile"]
pay_now = "先用扫码或现金收下这位顾客。"
related = ["txn-query"]
source = "general"
reviewed = 2099-12-31
{phrases}
[[cause]]
id = "cover-open"
name = "纸仓盖没有扣紧"
often = "常见"

[[cause]]
id = "wrong-way"
name = "纸卷装反了"
often = "偶尔"

[[question]]
id = "roll-left"
ask = "打开纸仓盖看一眼，纸是新的吗？"
answers = [
  {{ label = "刚换的", for = ["wrong-way"] }},
  {{ label = "没换过", for = ["cover-open"], against = ["wrong-way"] }},
]

[[step]]
id = "close-cover"
do = "把纸仓盖按紧。"
minutes = 0.5
fixes = ["cover-open"]
image = "paper-cover.svg"

[[step]]
id = "turn-roll"
do = "把纸卷掉个头。"
minutes = 1
fixes = ["wrong-way"]

[[step]]
id = "new-roll"
do = "换一卷新的热敏纸。"
minutes = 2
fixes = ["cover-open", "wrong-way"]

[stop]
when = "纸换过了还提示，就别再试了。"
call = "收单机构客服"
ready = ["机身序列号"]
+++
交易成功但没打出票时，钱照样收到了。
"#
    )
}

fn answer(title: &str) -> String {
    let phrases = phrases(title);
    format!(
        r#"+++
title = "{title}"
label = "查交易"
kind = "解答"
answer = "在菜单里找交易明细。"
source = "general"
reviewed = 2099-12-31
{phrases}
[stop]
when = "查不到这一笔就打客服。"
call = "收单机构客服"
ready = ["商户号"]
+++
交易明细里有今天的每一笔。
"#
    )
}

const CODES: &str = r#"[[code]]
code = "00"
screen = ["交易成功"]
meaning = "这一笔成功了。"
who = "商户"
now = "把顾客联交给顾客。"
retry = "无需重试"
system = "刷卡"
topic = "txn-query"
source = "general"

[[code]]
code = "51"
screen = ["余额不足"]
meaning = "卡里的钱不够。"
who = "持卡人"
now = "请顾客换一张卡。"
retry = "换卡"
system = "刷卡"
topic = "print-blank"
source = "general"
"#;

const LEXICON: &str = r#"[censor]
"刷卡" = ["刷ka卡"]

[[concept]]
id = "printer"
kind = "part"
words = ["打印机"]

[[jargon]]
word = "签到"
gloss = "机器每天向银行报到"
"#;

const NOT_OURS: &str = r#"[[group]]
id = "other-devices"
near = true
messages = [
  "笔记本开机蓝屏了",
  "手机充不进电",
]
"#;

const VAGUE: &str = r#"[[vague]]
say = "机器坏了"
topics = ["paper-out", "print-blank"]

[[vague]]
say = "用不了"
topics = ["print-blank", "txn-query"]
"#;

/// An article for one machine, and the line that promises it before another.
const OWN: &str = "print/paper-out--m1.md";
const OWN_LINE: &str = "paper-out--m1\tprint\t没纸\t没纸\ntxn-query\t";

/// A sound article for one machine, which has no phrases.
fn for_machine(title: &str) -> Vec<u8> {
    fault(title).replace(&phrases(title), "").into()
}

const SPLITS: &str = r#"[[split]]
id = "thing"
ask = "是纸的事，还是账的事？"
answers = [
  { label = "纸、小票", topics = ["print/*"] },
  { label = "查账", topics = ["txn-query"] },
]
"#;

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" fill="none" stroke="currentColor"><title>按紧纸仓盖</title><path d="M20 34h44"/></svg>"#;

/// One thing done to the sound corpus.
enum Change {
    /// This file now reads so.
    Write(&'static str, Vec<u8>),
    /// In this file, the one place that reads so now reads otherwise.
    Replace(&'static str, &'static str, &'static str),
    /// This file is gone.
    Remove(&'static str),
    /// A folder stands where this file was.
    Folder(&'static str),
    /// This file is a link to itself: nobody may read it, whoever he is.
    #[cfg(unix)]
    Loop(&'static str),
}

use Change::{Folder, Remove, Replace, Write};

impl Change {
    #[track_caller]
    fn apply(&self, corpus: &Corpus) {
        match self {
            Write(file, bytes) => corpus.write(file, bytes),
            Replace(file, from, to) => corpus.replace(file, from, to),
            Remove(file) => corpus.remove(file),
            Folder(file) => {
                corpus.remove(file);
                fs::create_dir(corpus.path().join(file)).expect("a writable folder");
            }
            #[cfg(unix)]
            Change::Loop(file) => {
                corpus.remove(file);
                let file = corpus.path().join(file);
                std::os::unix::fs::symlink(&file, &file).expect("a link");
            }
        }
    }
}

/// A fault, and the one diagnostic it must be reported with.
struct Case {
    /// The diagnostic's code.
    code: Code,
    /// What is wrong, for the reader of a failure.
    name: &'static str,
    /// What is done to the sound corpus.
    changes: Vec<Change>,
    /// The file that must be named.
    file: &'static str,
    /// The line that must be named: where the spoiled file reads so for the last time, or its first
    /// line where this is empty. What is missing is missed in the first line of its table.
    at: &'static str,
    /// What the message must tell the editor.
    says: &'static str,
    /// Codes of what cannot but be reported with it.
    along: &'static [Code],
}

/// A fault made by replacing one place in one file, which is also the file to be named.
fn slip(
    code: Code,
    name: &'static str,
    file: &'static str,
    (from, to): (&'static str, &'static str),
    at: &'static str,
    says: &'static str,
) -> Case {
    case(code, name, vec![Replace(file, from, to)], file, at, says)
}

fn case(
    code: Code,
    name: &'static str,
    changes: Vec<Change>,
    file: &'static str,
    at: &'static str,
    says: &'static str,
) -> Case {
    Case { code, name, changes, file, at, says, along: &[] }
}

impl Case {
    fn along(self, along: &'static [Code]) -> Self {
        Self { along, ..self }
    }

    /// What is wrong with how the fault is reported, if anything.
    fn complaint(&self) -> Option<String> {
        let corpus = Corpus::sound();
        self.changes.iter().for_each(|change| change.apply(&corpus));
        let findings = corpus.findings();
        let text = corpus.read(self.file);
        let line = match text.rfind(self.at) {
            _ if self.at.is_empty() => 1,
            Some(at) => 1 + text[..at].matches('\n').count() as u32,
            None => return Some(format!("\n  {}: {} never says {:?}", self.name, self.file, self.at)),
        };
        let fits = |found: &Diagnostic| {
            found.code == self.code
                && found.file == self.file
                && found.line == line
                && found.message.contains(self.says)
        };
        let mut expected: Vec<Code> = self.along.iter().copied().chain([self.code]).collect();
        let mut reported: Vec<Code> = findings.iter().map(|found| found.code).collect();
        expected.sort();
        reported.sort();
        if findings.iter().any(fits) && expected == reported {
            return None;
        }
        let findings: Vec<String> = findings.iter().map(|found| format!("\n      {found}")).collect();
        Some(format!(
            "\n  {} must be reported as\n      {}:{line}: {} …{}…\n    but what was reported is:{}",
            self.name,
            self.file,
            self.code,
            self.says,
            findings.concat()
        ))
    }
}

/// Faults of files: what can be wrong before anything is understood.
#[rustfmt::skip]
fn unreadable() -> Vec<Case> {
    let huge = vec![b'x'; 10 << 20];
    vec![
        // Permissions keep nobody out who is root; a link to itself keeps out everyone.
        #[cfg(unix)]
        case(Code::Unreadable, "an article nobody may open", vec![Change::Loop(PAPER)], PAPER, "", "打不开"),
        #[cfg(unix)]
        case(Code::Unreadable, "a table nobody may open", vec![Change::Loop("vague.toml")], "vague.toml", "", "打不开"),
        case(Code::Unreadable, "a lost table", vec![Remove("codes.toml")], "codes.toml", "", "codes.toml"),
        case(Code::Unreadable, "a lost lexicon", vec![Remove("lexicon.toml")], "lexicon.toml", "", "lexicon.toml"),
        case(Code::Empty, "an empty article", vec![Write(PAPER, vec![])], PAPER, "", "+++"),
        case(Code::Empty, "an article of blanks", vec![Write(PAPER, b"\xef\xbb\xbf \r\n\n".to_vec())], PAPER, "", "+++"),
        case(Code::NoFrontMatter, "bare prose", vec![Write(PAPER, "# 没纸了\n".into())], PAPER, "", "第一行写 +++"),
        slip(Code::NoFrontMatter, "front matter without an end", PAPER, ("\n+++\n交易", "\n交易"), "", "再单独一行写 +++"),
        slip(Code::Toml, "a quotation mark left out", PAPER, ("\"收单机构客服\"", "\"收单机构客服"), "call =", "检查引号"),
        slip(Code::Toml, "a quotation mark left out of a table", "codes.toml", ("\"51\"", "\"51"), "code = \"51", "照旁边的写法改"),
        slip(Code::Toml, "a quotation mark left out of the lexicon", "lexicon.toml", ("\"part\"", "\"part"), "kind", "照旁边的写法改"),
        slip(Code::Toml, "a bracket left out", "not-ours.toml", ("\n]\n", "\n"), "手机充不进电", "照旁边的写法改"),
        case(Code::NotUtf8, "an article in GBK", vec![Write(PAPER, b"+++\ntitle = \"\xbb\xfa\xc6\xf7\"\n+++\n".to_vec())], PAPER, "title", "另存为 UTF-8"),
        case(Code::NotUtf8, "a photograph among the drawings", vec![Write("images/photo.png", b"\x89PNG\r\n".to_vec())], "images/photo.png", "", "UTF-8"),
        case(Code::TooLarge, "ten megabytes", vec![Write(PAPER, huge.clone())], PAPER, "", "上限是 1024 KB"),
        case(Code::TooLarge, "ten megabytes of drawing", vec![Write("images/film.svg", huge)], "images/film.svg", "", "放错了文件"),
        case(Code::NotAFile, "a folder named like a topic", vec![Folder(PAPER)], PAPER, "", "改名或移走"),
        case(Code::NotAFile, "a folder named like a table", vec![Folder("vague.toml")], "vague.toml", "", "改名或移走"),
        case(Code::UnknownTopic, "an article nobody promised", vec![Write("print/paper-eaten.md", fault("吞纸").into())], "print/paper-eaten.md", "", "改名或删掉"),
        case(Code::WrongGroup, "an article in another folder", vec![Remove(BLANK), Write("network/print-blank.md", fault("打出来是白纸").into())], "network/print-blank.md", "", "print/print-blank.md"),
        slip(Code::BadPromise, "spaces for a tabulator", TOPICS, ("txn-query\ttransaction", "fee-rate fee 手续费\ntxn-query\ttransaction"), "fee-rate", "应该是 4 列"),
        slip(Code::DuplicateId, "a topic promised twice", TOPICS, ("txn-query\t", "paper-out\tprint\t又\t一次\ntxn-query\t"), "一次", "删掉一行"),
        slip(Code::NoArticle, "a promise without an article", TOPICS, ("txn-query\t", "paper-jam\tprint\t卡纸\t卡纸\ntxn-query\t"), "paper-jam", "写 print/paper-jam.md"),
        slip(Code::NoArticle, "a promise behind an empty line", TOPICS, ("txn-query\t", "\n\npaper-jam\tprint\t卡纸\t卡纸\ntxn-query\t"), "paper-jam", "写 print/paper-jam.md"),
    ]
}

/// Faults of one article's front matter.
#[rustfmt::skip]
fn misread() -> Vec<Case> {
    use Code::{BadValue, DuplicateId, MissingKey, TooThin, UnknownKey};
    vec![
        slip(UnknownKey, "a misspelt key", PAPER, ("pay_now =", "paynow ="), "paynow", "能写的是").along(&[Code::NoPayNow]),
        slip(UnknownKey, "a misspelt key of a cause", PAPER, ("name = \"纸卷装反了\"", "name = \"纸卷装反了\"\noffen = 1"), "offen", "能写的是：id、name、often"),
        slip(UnknownKey, "a misspelt key of a step", PAPER, ("minutes = 2", "minutes = 2\nhint = \"慢点\""), "hint", "能写的是：id、do"),
        slip(UnknownKey, "a misspelt key of an answer", PAPER, ("\"刚换的\", for", "\"刚换的\", because = \"x\", for"), "刚换的", "能写的是：label、for、against"),
        slip(UnknownKey, "a misspelt key of the end", PAPER, ("ready =", "redy = 1\nready ="), "redy", "能写的是：when、call、ready"),
        slip(UnknownKey, "a misspelt table", "codes.toml", ("[[code]]\ncode = \"51\"", "[[kode]]\ncode = \"51\""), "[[kode]]", "只能写 [[code]]"),
        slip(UnknownKey, "a misspelt key of a code", "codes.toml", ("retry = \"换卡\"", "retry = \"换卡\"\nagain = 1"), "again", "again"),
        slip(UnknownKey, "a misspelt key of a concept", "lexicon.toml", ("words =", "word = \"x\"\nwords ="), "word = \"x\"", "`words`"),
        slip(MissingKey, "no title", PAPER, ("title =", "# title ="), "# title =", "缺 title"),
        slip(MissingKey, "no review", PAPER, ("reviewed = 2099-12-31\n", ""), "title =", "例如 2026-11-22"),
        slip(MissingKey, "no way to stop", QUERY, ("[stop]\nwhen = \"查不到这一笔就打客服。\"\ncall = \"收单机构客服\"\nready = [\"商户号\"]\n", ""), "title =", "缺 [stop]：写 when"),
        slip(MissingKey, "an answer without the answer", QUERY, ("answer =", "# answer ="), "title =", "缺 answer"),
        slip(MissingKey, "a step of unknown length", PAPER, ("minutes = 2\n", ""), "[[step]]", "大概要几分钟"),
        slip(MissingKey, "a cause of unknown frequency", PAPER, ("often = \"偶尔\"\n", ""), "[[cause]]", "写 常见、偶尔、少见"),
        slip(MissingKey, "a question with one answer", PAPER, ("  { label = \"刚换的\", for = [\"wrong-way\"] },\n", ""), "answers =", "至少要有两个回答").along(&[Code::IdleQuestion]),
        slip(MissingKey, "a code without advice", "codes.toml", ("retry = \"换卡\"\n", ""), "[[code]]", "retry"),
        slip(BadValue, "a kind nobody knows", QUERY, ("\"解答\"", "\"问答\""), "kind", "只能写 故障、解答 之一"),
        slip(BadValue, "a label too long for a button", PAPER, ("label = \"提示缺纸\"", "label = \"装了纸还是一直提示缺纸怎么办\""), "label = \"装", "最多 12 个字"),
        slip(BadValue, "a machine nobody knows", PAPER, ("\"desk\"", "\"printer\""), "printer", "能写的是：desk、mobile"),
        slip(BadValue, "a ninth place among eight", PAPER, ("devices =", "first_screen = 9\ndevices ="), "first_screen", "1 到 8"),
        slip(BadValue, "a flag in quotation marks", PAPER, ("devices =", "keep_order = \"是\"\ndevices ="), "keep_order", "前几步照顺序"),
        slip(BadValue, "more steps than can be counted", PAPER, ("devices =", "keep_order = 300\ndevices ="), "keep_order", "前几步照顺序"),
        slip(BadValue, "a date in quotation marks", PAPER, ("2099-12-31", "\"2099-12-31\""), "reviewed", "不加引号"),
        slip(BadValue, "a step that takes no time", PAPER, ("minutes = 2", "minutes = 0"), "minutes = 0\n", "大于 0"),
        slip(BadValue, "a number for a text", PAPER, ("title = \"装了纸还说没纸\"", "title = 404"), "title", "带引号的文字"),
        slip(BadValue, "an empty title", PAPER, ("title = \"装了纸还说没纸\"", "title = \"\""), "title", "写上内容"),
        slip(BadValue, "one text for a list", PAPER, ("[\"txn-query\"]", "\"txn-query\""), "related", "写成列表"),
        slip(BadValue, "an empty phrase", PAPER, ("  \"装了纸还说没纸，第 1 种说法\",", "  \"装了纸还说没纸，第 1 种说法\",\n  \" \","), "  \" \",", "不能为空"),
        slip(BadValue, "a number among phrases", PAPER, ("  \"装了纸还说没纸，第 1 种说法\",", "  \"装了纸还说没纸，第 1 种说法\",\n  96,"), "  96,", "带引号的文字"),
        slip(BadValue, "an id with capitals", PAPER, ("\"turn-roll\"", "\"Turn_Roll\""), "Turn_Roll", "小写字母、数字和短横线"),
        slip(BadValue, "a frequency nobody knows", PAPER, ("\"偶尔\"", "\"有时\""), "有时", "只能写 常见、偶尔、少见 之一"),
        slip(BadValue, "one end for many", PAPER, ("[stop]", "[[stop]]"), "[[stop]]", "[stop] 一节"),
        slip(BadValue, "an actor nobody knows", "codes.toml", ("\"持卡人\"", "\"顾客\""), "who = \"顾客\"", "持卡人"),
        slip(BadValue, "a single table where a list belongs", "not-ours.toml", ("[[group]]", "[group]"), "[group]", "[[group]]"),
        slip(BadValue, "a concept of no kind", "lexicon.toml", ("\"part\"", "\"thing\""), "thing", "part"),
        slip(DuplicateId, "two steps of one name", PAPER, ("id = \"new-roll\"", "id = \"turn-roll\""), "[[step]]", "换一个"),
        slip(DuplicateId, "a step named like a question", PAPER, ("id = \"new-roll\"", "id = \"roll-left\""), "[[step]]", "换一个"),
        slip(DuplicateId, "a code listed twice", "codes.toml", ("code = \"51\"", "code = \"00\""), "[[code]]", "写了两次"),
        slip(TooThin, "few phrases", PAPER, ("  \"装了纸还说没纸，第 9 种说法\",\n", ""), "phrases", "至少写 25 句"),
        slip(TooThin, "few steps", PAPER, ("[[step]]\nid = \"turn-roll\"\ndo = \"把纸卷掉个头。\"\nminutes = 1\nfixes = [\"wrong-way\"]\n", ""), "", "至少写 3 步"),
        slip(TooThin, "one cause", PAPER, ("[[cause]]\nid = \"wrong-way\"\nname = \"纸卷装反了\"\noften = \"偶尔\"\n", ""), "", "至少写 2 个").along(&[Code::DanglingReference; 3]),
    ]
}

/// Faults of sense: well-formed, and still no good to a merchant.
#[rustfmt::skip]
fn senseless() -> Vec<Case> {
    use Code::{
        BadDrawing, BadValue, CauseWithoutStep, DanglingReference, DeadRelated, DuplicateId, DuplicatePhrase, Forbidden, HiddenRisk,
        IdleQuestion, Jargon, LongSentence, Machine, Markup, MissingImage, NoPayNow, NoWarning, Stale, StepWithoutCause, Unsplit,
    };
    const FIRST: &str = "\"装了纸还说没纸，第 1 种说法\",";
    const ROLL: &str = "do = \"换一卷新的热敏纸。\"";
    vec![
        slip(DuplicatePhrase, "a phrase twice in a topic", PAPER, (FIRST, "\"装了纸还说没纸，第 1 种说法\",\n  \"装了纸还说没纸第1种说法！\","), "第1种说法！", "留一处"),
        slip(DuplicatePhrase, "a phrase twice, to the letter", PAPER, ("第 25 种说法", "第 1 种说法"), "第 1 种说法", "留一处"),
        slip(DuplicatePhrase, "another topic's phrase", BLANK, ("\"打出来是白纸，第 1 种说法\",", FIRST), "第 1 种说法", "print/paper-out.md:"),
        slip(DuplicatePhrase, "a phrase with a quotation", BLANK, ("\"打出来是白纸，第 8 种说法\",", "\"屏上写\\\"缺纸\\\"\",\n  \"屏上写 缺纸\","), "屏上写 缺纸", "留一处"),
        slip(DuplicatePhrase, "a phrase that is not ours", "not-ours.toml", ("手机充不进电", "装了纸还说没纸，第 2 种说法"), "第 2 种说法", "print/paper-out.md:"),
        slip(DanglingReference, "a step for a cause that is not there", PAPER, ("fixes = [\"cover-open\"]", "fixes = [\"cover-open\", \"cover-ajar\"]"), "[[step]]\nid = \"close-cover\"", "改成某个 [[cause]] 的 id"),
        slip(DanglingReference, "an answer for a cause that is not there", PAPER, ("against = [\"wrong-way\"]", "against = [\"wrong-weigh\"]"), "[[question]]", "wrong-weigh"),
        slip(DanglingReference, "a code for a topic that is not there", "codes.toml", ("\"print-blank\"", "\"print-blink\""), "[[code]]", "print-blink"),
        slip(DanglingReference, "a vague message about nothing", "vague.toml", ("[\"print-blank\"", "[\"print-blink\""), "[[vague]]", "print-blink"),
        slip(DanglingReference, "a split that leads to nothing", "splits.toml", ("\"txn-query\"]", "\"txn-query\", \"txn-quarry\"]"), "[[split]]", "txn-quarry"),
        slip(DanglingReference, "a split that leads to a group nobody has", "splits.toml", ("\"txn-query\"]", "\"txn-query\", \"paint/*\"]"), "[[split]]", "paint/*"),
        slip(DuplicateId, "a split twice", "splits.toml", ("[[split]]\n", "[[split]]\nid = \"thing\"\nask = \"是哪样？\"\nanswers = [{ label = \"纸\", topics = [\"print/*\"] }, { label = \"账\", topics = [\"txn-query\"] }]\n\n[[split]]\n"), "[[split]]\nid = \"thing\"\nask = \"是纸", "换一个 id"),
        slip(BadValue, "a split with one button", "splits.toml", ("  { label = \"纸、小票\", topics = [\"print/*\"] },\n", ""), "[[split]]", "写 2 到 6 个").along(&[Unsplit; 2]),
        slip(LongSentence, "a split with a button as long as a corridor", "splits.toml", ("\"查账\"", "\"想查一查昨天和今天每一笔收款的账\""), "[[split]]", "不超过 14 个字"),
        slip(IdleQuestion, "a split that leaves everything", "splits.toml", ("[\"txn-query\"]", "[\"txn-query\", \"print/*\"]"), "[[split]]", "什么也没分开"),
        slip(Unsplit, "a topic no split leads to", "splits.toml", ("[\"print/*\"]", "[\"print-blank\"]"), "[[split]]", "paper-out"),
        case(Machine, "an article for a machine about nothing", vec![Replace(TOPICS, "txn-query\t", "paper-eaten--m1\tprint\t吞纸\t吞纸\ntxn-query\t"), Write("print/paper-eaten--m1.md", for_machine("青禾：吞纸"))], "print/paper-eaten--m1.md", "", "没有「paper-eaten」这个主题"),
        case(Machine, "an article for a machine without a name", vec![Replace(TOPICS, "txn-query\t", OWN_LINE), Write(OWN, for_machine("装了纸还说没纸"))], OWN, "title", "机型的叫法"),
        case(Machine, "an article for a machine with phrases", vec![Replace(TOPICS, "txn-query\t", OWN_LINE), Write(OWN, fault("青禾：还说没纸").into())], OWN, "phrases", "写进 paper-out"),
        case(Machine, "a machine of two names", vec![Replace(TOPICS, "txn-query\t", "paper-out--m1\tprint\t纸\t纸\nprint-blank--m1\tprint\t白\t白\ntxn-query\t"), Write(OWN, for_machine("青禾：还说没纸")), Write("print/print-blank--m1.md", for_machine("白鹭：白纸"))], "print/print-blank--m1.md", "title", "叫「青禾」"),
        slip(Markup, "a link", PAPER, ("钱照样收到了", "[钱](https://example.com)照样收到了"), "交易成功", "普通的段落"),
        slip(Markup, "a script", PAPER, ("钱照样", "钱<script>alert(1)</script>照样"), "交易成功", "HTML"),
        slip(Markup, "a picture in the text", PAPER, ("交易成功", "第一段。\n\n![纸](paper.png)\n\n交易成功"), "paper.png", "图片"),
        slip(CauseWithoutStep, "a cause nothing removes", PAPER, ("[[question]]", "[[cause]]\nid = \"sensor\"\nname = \"探头脏了\"\noften = \"少见\"\n\n[[question]]"), "id = \"sensor\"", "fixes 里写上 \"sensor\""),
        slip(StepWithoutCause, "a step for nothing", PAPER, ("minutes = 2\nfixes = [\"cover-open\", \"wrong-way\"]\n", "minutes = 2\n"), "[[step]]", "补上 fixes"),
        slip(IdleQuestion, "a question that changes nothing", PAPER, ("for = [\"cover-open\"], against = [\"wrong-way\"]", "for = [\"wrong-way\"]"), "[[question]]", "不然就别问"),
        slip(NoWarning, "a risk without a warning", PAPER, ("minutes = 2", "risk = \"data\"\nminutes = 2"), "risk =", "缺 warning"),
        slip(HiddenRisk, "a restart that claims no risk", PAPER, (ROLL, "do = \"重启机器。\""), "[[step]]", "risk = \"money\""),
        slip(HiddenRisk, "a restart after a condition with a 不 in it", PAPER, (ROLL, "do = \"还是不行就重启机器。\""), "[[step]]", "risk = \"money\""),
        slip(HiddenRisk, "an erasure that claims no risk", PAPER, (ROLL, "do = \"在设置里清除数据。\""), "[[step]]", "risk = \"data\""),
        slip(LongSentence, "a sentence as long as a corridor", PAPER, (ROLL, "do = \"先打开纸仓盖再把旧的纸卷拿出来然后换上一卷新的热敏纸把纸头拉出来一小段压住两边再把盖子扣紧。\""), "[[step]]", "拆成不超过 40 个字"),
        slip(LongSentence, "a question as long as a corridor", PAPER, ("看一眼，纸是新的吗", "看一眼里面的纸是今天刚换的还是昨天换的还是已经好几天没有换过了而且快要用完了"), "[[question]]", "拆成不超过 40 个字"),
        slip(Jargon, "a trade word without its gloss", PAPER, (ROLL, "do = \"重新签到。\""), "重新签到", "机器每天向银行报到"),
        case(Jargon, "a trade word that merchants use too", vec![Replace(PAPER, "第 3 种说法", "签到了"), Replace(PAPER, ROLL, "do = \"重新签到。\"")], PAPER, "重新签到", "签到（"),
        slip(Forbidden, "a default password", PAPER, ("钱照样收到了", "默认密码是出厂时设的"), "默认密码", "默认口令"),
        slip(Forbidden, "opening the case", PAPER, (ROLL, "do = \"拧开螺丝看看。\""), "拧开螺丝", "拆壳会触发安全锁"),
        slip(Forbidden, "a factory reset after a condition with a 不 in it", PAPER, ("钱照样收到了", "还不行就恢复出厂设置"), "恢复出厂", "会丢流水和密钥"),
        slip(MissingImage, "a drawing nobody drew", PAPER, ("paper-cover.svg", "paper-cave.svg"), "[[step]]\nid = \"close-cover\"", "画一张，或删掉 image"),
        slip(MissingImage, "a drawing beside a question", PAPER, ("ask =", "image = \"roll.svg\"\nask ="), "[[question]]", "roll.svg"),
        slip(DeadRelated, "a relative that does not exist", PAPER, ("related = [\"txn-query\"]", "related = [\"txn-quarry\"]"), "related", "txn-quarry"),
        slip(DeadRelated, "a topic related to itself", PAPER, ("related = [\"txn-query\"]", "related = [\"paper-out\"]"), "related", "不是别的主题"),
        slip(Stale, "a review long ago", PAPER, ("2099-12-31", "2019-12-31"), "", "改 reviewed"),
        slip(NoPayNow, "no way to take the money meanwhile", PAPER, ("pay_now =", "# pay_now ="), "kind", "stops_payment = false"),
        slip(BadDrawing, "a style a strict policy drops", DRAWING, ("<path ", "<path style=\"fill:red\" "), "", "改用 stroke、fill 属性"),
        slip(BadDrawing, "a style element", DRAWING, ("<path ", "<style>path{}</style><path "), "", "改用 stroke、fill 属性"),
        slip(BadDrawing, "a script in a drawing", DRAWING, ("<path ", "<script>1</script><path "), "", "删掉"),
        slip(BadDrawing, "a drawing that cannot be scaled", DRAWING, ("viewBox=\"0 0 320 200\"", ""), "", "viewBox"),
        slip(BadDrawing, "a drawing the blind cannot see", DRAWING, ("<title>按紧纸仓盖</title>", ""), "", "<title>"),
        case(BadDrawing, "no drawing at all", vec![Write("images/note.svg", "记得画图".into())], "images/note.svg", "", "不是 SVG").along(&[BadDrawing; 2]),
    ]
}

/// Asserts that each fault is reported as it should be, and lists all that are not.
#[track_caller]
fn check(cases: &[Case]) {
    let complaints: Vec<String> = cases.iter().filter_map(Case::complaint).collect();
    assert!(complaints.is_empty(), "{} of {} faults:{}", complaints.len(), cases.len(), complaints.concat());
}

#[test]
fn a_sound_corpus_yields_nothing() {
    assert_eq!(Corpus::sound().findings(), []);
}

#[test]
fn what_windows_editors_save_is_as_sound() {
    let corpus = Corpus::sound();
    for file in [
        TOPICS,
        PAPER,
        BLANK,
        QUERY,
        "codes.toml",
        "lexicon.toml",
        "not-ours.toml",
        "splits.toml",
        "vague.toml",
    ] {
        let text = corpus.read(file).replace('\n', "\r\n");
        corpus.write(file, format!("\u{feff}{text}"));
    }
    assert_eq!(corpus.findings(), []);
    assert_eq!(corpus.load().0.topics.len(), 3);
}

#[test]
fn unreadable_files_are_reported_with_place_and_remedy() {
    check(&unreadable());
}

#[test]
fn misread_values_are_reported_with_place_and_remedy() {
    check(&misread());
}

#[test]
fn senseless_content_is_reported_with_place_and_remedy() {
    check(&senseless());
}

#[test]
fn every_code_has_a_case() {
    let provoked: BTreeSet<Code> =
        [unreadable(), misread(), senseless()].iter().flatten().map(|case| case.code).collect();
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !provoked.contains(code)).collect();
    assert!(missing.is_empty(), "no case provokes {missing:?}");
}

#[test]
fn a_lost_topic_list_is_one_fault_not_one_per_article() {
    let corpus = Corpus::sound();
    corpus.remove(TOPICS);
    let findings = corpus.findings();
    assert_eq!(findings.len(), 1, "nobody should be told to rename or delete his articles: {findings:#?}");
    assert_eq!((findings[0].file.as_str(), findings[0].code), (TOPICS, Code::Unreadable));
    assert!(findings[0].message.contains("每行四列"), "{}", findings[0]);
}

#[test]
fn a_topic_list_in_another_encoding_is_not_called_missing() {
    let corpus = Corpus::sound();
    corpus.write(TOPICS, b"id\tgroup\ttitle\tscope\npaper-out\tprint\t\xbb\xfa\xc6\xf7\t-\n");
    let findings = corpus.findings();
    let about: Vec<Code> =
        findings.iter().filter(|found| found.file == TOPICS).map(|found| found.code).collect();
    assert_eq!(about, [Code::NotUtf8], "{findings:#?}");
}

#[test]
fn faults_of_a_misplaced_article_name_the_file_where_it_stands() {
    let corpus = Corpus::sound();
    corpus.remove(BLANK);
    corpus.write("network/print-blank.md", fault("打出来是白纸").replace("把纸仓盖按紧。", "重启机器。"));
    let findings = corpus.findings();
    let codes: Vec<Code> = findings.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::WrongGroup, Code::HiddenRisk], "{findings:#?}");
    assert!(findings.iter().all(|found| found.file == "network/print-blank.md"), "{findings:#?}");
}

#[test]
fn a_repeated_line_that_is_not_ours_is_not_called_a_phrase_of_ours() {
    let corpus = Corpus::sound();
    corpus.replace("not-ours.toml", "手机充不进电", "笔记本开机蓝屏了");
    let findings = corpus.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(!findings[0].message.contains("不能又算"), "{}", findings[0]);
}

/// Eight files, each broken in its own way, and the code each must be reported with.
fn broken(corpus: &Corpus) -> [(&'static str, Code); 8] {
    for (nth, id) in ["empty", "bare", "odd-key", "twice", "encoded", "huge"].iter().enumerate() {
        corpus.add(id, &format!("第 {nth} 种毛病"));
    }
    corpus.write("print/empty.md", "");
    corpus.write("print/bare.md", "没纸了就装纸。\n");
    corpus.replace("print/odd-key.md", "devices =", "device = \"desk\"\ndevices =");
    corpus.write("print/nobody.md", fault("没人要的"));
    corpus.replace("print/twice.md", "第 3 种毛病，第 7 种说法", "装了纸还说没纸，第 7 种说法");
    corpus.write("print/encoded.md", b"+++\n\xff\xfe\n+++\n");
    corpus.write("print/huge.md", vec![b'\n'; 10 << 20]);
    Folder(PAPER).apply(corpus);
    // The phrase that stood in the folder's place stands in another article now.
    corpus.replace(BLANK, "打出来是白纸，第 7 种说法", "装了纸还说没纸，第 7 种说法");
    [
        ("print/empty.md", Code::Empty),
        ("print/bare.md", Code::NoFrontMatter),
        ("print/odd-key.md", Code::UnknownKey),
        ("print/nobody.md", Code::UnknownTopic),
        ("print/twice.md", Code::DuplicatePhrase),
        ("print/encoded.md", Code::NotUtf8),
        ("print/huge.md", Code::TooLarge),
        (PAPER, Code::NotAFile),
    ]
}

#[test]
fn all_faults_of_all_files_are_reported_in_one_run() {
    let corpus = Corpus::sound();
    let expected = broken(&corpus);
    let output = posdoc().arg("check").arg("--content").arg(corpus.path()).output().expect("posdoc runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    for (file, code) in expected {
        let lines: Vec<&str> = said.lines().filter(|line| line.starts_with(&format!("{file}:"))).collect();
        assert!(
            matches!(lines[..], [line] if line.contains(&format!(": {code} "))),
            "{file} {code}: {lines:?}"
        );
    }
    assert_eq!(said.lines().count(), expected.len() + 1, "one line each and a summary:\n{said}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn check_json_reports_counts_and_findings() {
    let report = |corpus: &Corpus, code: i32| -> Value {
        let output =
            posdoc().args(["check", "--json", "--content"]).arg(corpus.path()).output().expect("posdoc runs");
        assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("one JSON object and nothing else")
    };
    let corpus = Corpus::sound();
    let sound = report(&corpus, 0);
    assert_eq!(
        sound,
        serde_json::json!({"topics": 3, "phrases": 75, "codes": 2, "drawings": 1, "findings": []})
    );

    let expected = broken(&corpus);
    let spoiled = report(&corpus, 1);
    assert_eq!(spoiled["topics"], 4, "what could be read still counts");
    let findings = spoiled["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), expected.len());
    for found in findings {
        let keys: Vec<&String> = found.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["code", "file", "line", "message"]);
        assert!(found["line"].as_u64().is_some_and(|line| line >= 1), "{found}");
        let pair = (found["file"].as_str().expect("text"), found["code"].as_str().expect("text"));
        assert!(expected.iter().any(|(file, code)| (*file, code.as_str()) == pair), "{found}");
        assert!(found["message"].as_str().is_some_and(|message| !message.is_empty()), "{found}");
    }
}

#[test]
fn findings_come_in_order_of_file_and_line() {
    let corpus = Corpus::sound();
    let _ = broken(&corpus);
    let findings = corpus.load().1;
    assert!(findings.is_sorted_by_key(|found| (found.file.clone(), found.line)), "{findings:#?}");
}

/// SplitMix64: the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % below
    }
}

#[test]
fn an_article_cut_anywhere_is_read_without_panic_and_the_cut_is_noticed() {
    let corpus = Corpus::sound();
    let sound = corpus.read(PAPER);
    let front = sound.rfind("+++").expect("front matter ends") + 3;
    for length in 0..sound.len() {
        corpus.write(PAPER, &sound.as_bytes()[..length]);
        let (_, findings) = corpus.load();
        if length < front {
            assert!(findings.iter().any(|found| found.file == PAPER), "cut at byte {length}: {findings:?}");
        }
        assert!(findings.iter().all(|found| found.file == PAPER), "cut at byte {length}: {findings:?}");
    }
}

#[test]
fn a_table_cut_anywhere_is_read_without_panic() {
    for file in [TOPICS, "codes.toml", "lexicon.toml", "not-ours.toml", "splits.toml", "vague.toml", DRAWING]
    {
        let corpus = Corpus::sound();
        let sound = corpus.read(file);
        for length in 0..sound.len() {
            corpus.write(file, &sound.as_bytes()[..length]);
            let _ = corpus.load();
        }
    }
}

#[test]
fn flipped_bytes_are_read_without_panic() {
    let corpus = Corpus::sound();
    let mut dice = Dice(0x706f_7364_6f63);
    for file in [
        PAPER,
        QUERY,
        TOPICS,
        "codes.toml",
        "lexicon.toml",
        "not-ours.toml",
        "splits.toml",
        "vague.toml",
        DRAWING,
    ] {
        let sound = corpus.read(file);
        for _ in 0..400 {
            let mut bytes = sound.clone().into_bytes();
            for _ in 0..=dice.roll(8) {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
            corpus.write(file, bytes);
            let _ = corpus.load();
        }
        corpus.write(file, sound);
    }
}

#[test]
fn lines_of_an_article_in_any_order_are_read_without_panic() {
    let corpus = Corpus::sound();
    let mut dice = Dice(7);
    let sound = corpus.read(PAPER);
    for _ in 0..400 {
        let mut lines: Vec<&str> = sound.lines().collect();
        for _ in 0..=dice.roll(6) {
            let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
            lines.swap(one, other);
        }
        corpus.write(PAPER, lines.join("\n"));
        let _ = corpus.load();
    }
}

/// Files as long as they may be, each filled with something that costs time to read.
fn largest() -> Vec<(&'static str, &'static str, String)> {
    let sound = fault("装了纸还说没纸");
    let room = MAX_FILE_BYTES as usize - sound.len();
    let fill = |line: &str| line.repeat(room / line.len() - 4);
    let numbered = |line: fn(usize) -> String| (0..room / line(0).len() - 4).map(line).collect::<String>();
    let phrases = numbered(|nth| format!("\"{nth:07}\",\n"));
    let topics = numbered(|nth| format!("{nth:07}\ta\tb\tc\n"));
    vec![
        ("nothing but code marks", PAPER, sound.clone() + &fill("`a` ")),
        ("quotations in quotations", PAPER, sound.clone() + &fill(">")),
        ("lists in lists", PAPER, sound.clone() + &fill("- ")),
        ("nothing but tables", PAPER, sound.clone() + "|a|\n|-|\n" + &fill("|b|\n")),
        ("nothing but phrases", PAPER, sound.replace("phrases = [", &format!("phrases = [\n{phrases}"))),
        ("nothing but steps", PAPER, sound.replace("[stop]", &format!("{}[stop]", fill("[[step]]\n")))),
        ("brackets in brackets", PAPER, sound.replace("source = ", &format!("source = {}", fill("[")))),
        ("nothing but codes", "codes.toml", fill("[[code]]\n")),
        ("nothing but promises", TOPICS, format!("id\tgroup\ttitle\tscope\n{topics}")),
    ]
}

#[test]
fn the_largest_file_does_not_hang_the_check() {
    let took = |file: &str, text: String| {
        let corpus = Corpus::sound();
        assert!(text.len() as u64 <= MAX_FILE_BYTES, "{file}: {} bytes", text.len());
        corpus.write(file, text);
        let start = Instant::now();
        let _ = corpus.load();
        start.elapsed()
    };
    let slow: Vec<String> = std::thread::scope(|scope| {
        let files = largest().into_iter();
        let loads: Vec<_> =
            files.map(|(name, file, text)| (name, scope.spawn(move || took(file, text)))).collect();
        let times = loads.into_iter().map(|(name, load)| (name, load.join().expect("load never panics")));
        times.filter(|(_, time)| *time > HANGS).map(|(name, time)| format!("{name}: {time:.1?}")).collect()
    });
    assert!(slow.is_empty(), "{slow:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_named_like_an_article_does_not_hang_the_check() {
    let corpus = Corpus::sound();
    corpus.remove(PAPER);
    let made = std::process::Command::new("mkfifo").arg(corpus.path().join(PAPER)).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo runs");
    let check = posdoc()
        .arg("check")
        .arg("--content")
        .arg(corpus.path())
        .stdout(std::process::Stdio::piped())
        .spawn();
    let mut check = check.expect("posdoc runs");
    let deadline = Instant::now() + Duration::from_secs(20);
    while check.try_wait().expect("a child").is_none() {
        if Instant::now() > deadline {
            check.kill().expect("a child");
            check.wait().expect("a child");
            panic!("check waits for ever on a pipe among the articles");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = check.wait_with_output().expect("a child");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(said.contains(&format!("{PAPER}:1: {}", Code::NotAFile)), "{said}");
}

#[test]
fn a_file_beside_the_topics_is_nobodys_fault() {
    let corpus = Corpus::sound();
    corpus.write("README.md", "# 给编辑的话\n");
    corpus.write(".DS_Store", b"\x00\x01\xff");
    corpus.write("images/.DS_Store", b"\x00\x01\xff");
    assert_eq!(corpus.findings(), []);
}

#[test]
fn our_own_content_has_no_finding_and_holds_what_it_promises() {
    let (base, findings) = content::load(&root().join("content")).expect("content/ can be listed");
    let listed: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", listed.join("\n"));
    assert_eq!((base.promises.len(), base.topics.len()), (120, 120));
    let at_least =
        |what: &str, count: usize, least: usize| assert!(count >= least, "{what}: {count}, at least {least}");
    at_least("phrases", base.topics.iter().map(|topic| topic.phrases.len()).sum(), 4_000);
    at_least("codes", base.codes.len(), 84);
    at_least("drawings", base.drawings.len(), 16);
    at_least(
        "messages that are not ours",
        base.not_ours.iter().map(|group| group.messages.len()).sum(),
        1_000,
    );
}

#[test]
fn no_drawing_of_ours_carries_a_style_or_a_script() {
    for drawing in &crate::base().drawings {
        for never in ["style=", "<style", "<script", "onload", "href=\"http", "<foreignObject"] {
            assert!(!drawing.svg.contains(never), "{}: {never}", drawing.name);
        }
    }
}
