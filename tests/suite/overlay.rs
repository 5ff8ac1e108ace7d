//! A provider's own content laid over ours, by people who have the command line and no Rust.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use posdoc::content::{ResponseCode, Topic};
use posdoc::index::{Pack, Section};
use posdoc::matching::Split;
use tempfile::TempDir;

use crate::{base, posdoc, root};

/// Packs of our content under that of `tests/suite/overlay/acme`, built once by the command line itself.
pub(crate) fn acme() -> &'static Path {
    static PACKS: OnceLock<PathBuf> = OnceLock::new();
    PACKS.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("acme-pack");
        let _ = fs::remove_dir_all(&out);
        let built = build(&root().join("content"), &overlay(), &out);
        let said = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "{said}");
        out
    })
}

fn overlay() -> PathBuf {
    root().join("tests/suite/overlay/acme")
}

fn build(content: &Path, overlay: &Path, out: &Path) -> Output {
    let mut command: Command = posdoc();
    command.args(["build", "--content"]).arg(content);
    command.arg("--overlay").arg(overlay).arg("--out").arg(out).output().expect("posdoc runs")
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
        fs::write(file, text).expect("writable");
    }
    folder
}

fn topic(pack: &Pack, id: &str) -> Topic {
    let topics: Vec<Topic> = pack.read(Section::Articles).expect("articles");
    topics.into_iter().find(|topic| topic.id == id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn their_texts_topics_and_codes_lie_over_ours() {
    let bytes = fs::read(acme().join("posdoc.pack")).expect("built");
    let pack = Pack::open(&bytes).expect("sound");
    let ours = topic(&crate::pack(), "paper-out");
    let theirs = topic(&pack, "paper-out");
    assert_eq!(theirs.pay_now.as_deref(), Some("先请顾客扫柜台上的某某支付台卡，票稍后补。"));
    // One step says it in their words, in its place and with everything else that we say of it.
    assert_eq!(theirs.steps.len(), ours.steps.len());
    let (step, under) = (&theirs.steps[0], &ours.steps[0]);
    assert!(step.action.contains("蓝色的纸仓盖") && !under.action.contains("蓝色"), "{}", step.action);
    assert_eq!((&step.id, &step.detail, step.minutes), (&under.id, &under.detail, under.minutes));
    assert_eq!((&theirs.title, &theirs.questions, &theirs.body), (&ours.title, &ours.questions, &ours.body));
    // A topic of their own.
    assert!(topic(&pack, "acme-app").answer.expect("an answer").contains("某某商户通"));
    let articles: Vec<Topic> = pack.read(Section::Articles).expect("articles");
    assert_eq!(articles.len(), base().topics.len() + 1);
    // A code of their own, and other words for one of ours, on the one screen that they name.
    let codes: Vec<ResponseCode> = pack.read(Section::Codes).expect("codes");
    assert_eq!(codes.len(), base().codes.len() + 1);
    assert!(codes.iter().any(|code| code.code == "Q7" && code.now.contains("某某支付")));
    let said: Vec<&ResponseCode> = codes.iter().filter(|code| code.now.contains("扫某某支付台卡")).collect();
    assert_eq!(said.len(), 1);
    let under: Vec<_> = base().codes.iter().filter(|code| code.code == "51").collect();
    assert!(
        under.iter().any(|code| code.meaning == said[0].meaning && code.now != said[0].now),
        "the rest stays"
    );

    // And it is understood.
    let asked = posdoc().args(["ask", "某某商户通打不开", "--pack"]).arg(acme().join("posdoc.pack")).output();
    let said = String::from_utf8(asked.expect("posdoc runs").stdout).expect("UTF-8");
    assert!(said.starts_with("能答") && said.contains("acme-app"), "{said}");
}

#[test]
fn ours_can_be_updated_underneath() {
    let content = crate::browser::copied(&root().join("content"));
    let article = content.path().join("print/paper-out.md");
    let text = fs::read_to_string(&article).expect("readable");
    let text = text
        .replacen("title = \"提示缺纸，装了纸也提示\"", "title = \"提示缺纸（新版）\"", 1)
        .replacen("两只手同时按住左右两角。", "两只手一起按住左右两角。", 1)
        .replacen("把纸仓盖重新按紧", "把纸仓盖再按一次", 1);
    fs::write(&article, text).expect("writable");
    let out = tempfile::tempdir().expect("a folder");
    let built = build(content.path(), &overlay(), out.path());
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let bytes = fs::read(out.path().join("posdoc.pack")).expect("built");
    let topic = topic(&Pack::open(&bytes).expect("sound"), "paper-out");
    assert_eq!(topic.title, "提示缺纸（新版）", "what they do not touch is ours, as it is now");
    assert_eq!(topic.steps[0].detail.as_deref(), Some("两只手一起按住左右两角。"));
    assert!(topic.steps[0].action.contains("蓝色的纸仓盖"), "what they say stays theirs");
}

#[test]
fn what_is_wrong_is_said_with_the_file_and_line_of_the_overlay() {
    let overlay = folder(&[
        (
            "print/paper-out.md",
            "+++\ntitel = \"缺纸\"\n\n[[step]]\nid = \"close-cover\"\nminuts = 1\n\n[[step]]\nid = \"ours\"\ndo = \"看一眼。\"\n+++\n",
        ),
        ("print/paper-outt.md", "+++\npay_now = \"x\"\n+++\n"),
        ("topics.tsv", "acme-app\tservice\t某某商户通\t某某商户通\n"),
        ("codes.toml", "[[code]]\ncode = \"Q7\"\nmeaning = \"没有开通\"\n"),
        ("notes.txt", "随手记的"),
    ]);
    let out = tempfile::tempdir().expect("a folder");
    let built = build(&root().join("content"), overlay.path(), out.path());
    assert_eq!(built.status.code(), Some(1), "findings");
    let said = String::from_utf8(built.stderr).expect("UTF-8");
    let at = |file: &str| overlay.path().join(file).display().to_string();
    for (place, what) in [
        (format!("{}:2: E005", at("print/paper-out.md")), "titel"),
        (format!("{}:6: E005", at("print/paper-out.md")), "minuts"),
        (format!("{}:8: E006", at("print/paper-out.md")), "minutes"),
        (format!("{}:1: E008", at("print/paper-outt.md")), "是新主题，就在 topics.tsv 里加一行"),
        (format!("{}:1: C111", at("topics.tsv")), "acme-app"),
        (format!("{}:1: E006", at("codes.toml")), "screen"),
        (at("notes.txt"), "没有用上"),
    ] {
        assert!(
            said.lines().any(|line| line.starts_with(&place) && line.contains(what)),
            "{place} … {what} is not said:\n{said}"
        );
    }
    assert!(out.path().join("posdoc.pack").is_file(), "what is sound is packed all the same");
}

#[test]
fn what_cannot_be_laid_over_ours_stops_the_build_and_says_why() {
    let out = tempfile::tempdir().expect("a folder");
    for (files, what) in [
        (&[("codes.toml", "[[code]]\ncode = \"00\"\nnow = \"好\"\n")][..], "补上 system"),
        (&[("print/paper-out.md", "title = \"没有两行加号\"\n")], "两行 +++"),
        (&[("print/paper-out.md", "+++\ntitle = \"少了引号\n+++\n")], "paper-out.md"),
        (&[], "没有文件"),
    ] {
        let overlay = folder(files);
        let built = build(&root().join("content"), overlay.path(), out.path());
        let said = String::from_utf8(built.stderr).expect("UTF-8");
        assert_eq!(built.status.code(), Some(2), "{said}");
        assert!(said.contains(what), "{what} is not said: {said}");
    }
    let overlay = folder(&[]);
    // As spreadsheets save it.
    fs::write(overlay.path().join("topics.tsv"), b"acme-app\tservice\t\xb0\xa1\xb0\xa1\t\n")
        .expect("writable");
    let built = build(&root().join("content"), overlay.path(), out.path());
    assert_eq!(built.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&built.stderr).contains("UTF-8"));
    assert!(!out.path().join("posdoc.pack").exists(), "nothing half done is left behind");
}

#[test]
fn what_does_not_apply_is_taken_away_and_nothing_refers_to_it() {
    // A provider without cloud speakers, whose terminals have no paper sensor.
    let overlay = folder(&[
        ("scan/speaker-silent.md", "+++\nremoved = true\n+++\n"),
        ("scan/speaker-offline.md", "+++\nremoved = true\n+++\n"),
        ("decline/decline-restricted.md", "+++\nremoved = true\n+++\n"),
        ("print/paper-out.md", "+++\n[[cause]]\nid = \"sensor\"\nremoved = true\n+++\n"),
        ("scan/static-qr-fail.md", "+++\n[[step]]\nid = \"in-person\"\nremoved = true\n+++\n"),
        ("transaction/txn-slow.md", "+++\n[[step]]\nid = \"wait\"\nremoved = true\n+++\n"),
        ("codes.toml", "[[code]]\ncode = \"51\"\nsystem = \"刷卡\"\nremoved = true\n"),
    ]);
    let out = tempfile::tempdir().expect("a folder");
    let built = build(&root().join("content"), overlay.path(), out.path());
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let file = out.path().join("posdoc.pack");
    let bytes = fs::read(&file).expect("built");
    let pack = Pack::open(&bytes).expect("sound");
    let removed = ["speaker-silent", "speaker-offline", "decline-restricted"];
    let articles: Vec<Topic> = pack.read(Section::Articles).expect("articles");
    assert_eq!(articles.len(), base().topics.len() - removed.len());
    for topic in &articles {
        let named = topic.related.iter().chain([&topic.id]).find(|id| removed.contains(&id.as_str()));
        assert_eq!(named, None, "{}", topic.id);
    }
    let splits: Vec<Split> = pack.read(Section::Splits).expect("splits");
    let answers = || splits.iter().flat_map(|split| &split.answers);
    let all = answers().flat_map(|answer| &answer.topics).all(|at| usize::from(*at) < articles.len());
    assert!(splits.len() > 3 && all && answers().all(|answer| !answer.topics.is_empty()));
    // What a code means is as true as before; it is explained by the nearest article there is.
    let codes: Vec<ResponseCode> = pack.read(Section::Codes).expect("codes");
    assert_eq!(codes.len(), base().codes.len() - 1, "only the one taken away is gone");
    let explained = |code: &ResponseCode| articles.iter().any(|topic| topic.id == code.topic);
    assert!(
        codes.iter().all(explained) && base().codes.iter().any(|code| code.topic == "decline-restricted")
    );
    // With a cause go the steps that fix nothing else, with a step the cause that only it fixes.
    let found = |id: &str| articles.iter().find(|topic| topic.id == id).expect("still there");
    let paper: Vec<&str> = found("paper-out").steps.iter().map(|step| &*step.id).collect();
    assert_eq!(paper, ["close-cover", "new-roll", "turn-roll"]);
    let stand = found("static-qr-fail");
    assert!(!stand.steps.iter().any(|step| step.id == "in-person"));
    assert!(!stand.causes.iter().any(|cause| cause.id == "from-photo") && stand.causes.len() > 2);
    assert_eq!(stand.keep_order, 1);
    // What stood first as written is gone.
    assert_eq!(found("txn-slow").keep_order, 0);

    // And what is said of them is refused instead of taken for something else.
    let asked = posdoc().args(["ask", "云喇叭收了钱不响", "--pack"]).arg(&file).output();
    let said = String::from_utf8(asked.expect("posdoc runs").stdout).expect("UTF-8");
    assert!(!said.starts_with("能答") && !said.contains("speaker-silent"), "{said}");
}

#[test]
fn what_cannot_be_taken_away_is_said() {
    let overlay = folder(&[
        ("print/paper-outt.md", "+++\nremoved = true\n+++\n"),
        ("print/paper-jam.md", "+++\nremoved = true\ntitle = \"卡纸\"\n+++\n再写几句。\n"),
        ("print/paper-out.md", "+++\n[[step]]\nid = \"close-the-cover\"\nremoved = true\n+++\n"),
        ("transaction/duplicate-charge.md", "+++\n[[step]]\nid = \"count\"\nremoved = true\n+++\n"),
        ("codes.toml", "[[code]]\ncode = \"Q9\"\nremoved = true\n"),
    ]);
    let out = tempfile::tempdir().expect("a folder");
    let built = build(&root().join("content"), overlay.path(), out.path());
    assert_eq!(built.status.code(), Some(1), "findings");
    let said = String::from_utf8(built.stderr).expect("UTF-8");
    let at = |file: &str| overlay.path().join(file).display().to_string();
    let expected = [
        (format!("{}:2:", at("print/paper-outt.md")), "没有「paper-outt」这个主题"),
        (format!("{}:2:", at("print/paper-jam.md")), "title、正文 没有用"),
        (format!("{}:3:", at("print/paper-out.md")), "id = \"close-the-cover\" 我们这里没有"),
        (format!("{}:3:", at("transaction/duplicate-charge.md")), "不重复扣款"),
        (format!("{}:2:", at("codes.toml")), "code = \"Q9\" 我们这里没有"),
    ];
    for (place, what) in &expected {
        let found = said.lines().any(|line| line.starts_with(place) && line.contains(what));
        assert!(found, "{place} … {what} is not said:\n{said}");
    }
    assert_eq!(said.lines().count(), expected.len(), "and nothing else: {said}");
    let bytes = fs::read(out.path().join("posdoc.pack")).expect("packed all the same");
    let kept = topic(&Pack::open(&bytes).expect("sound"), "duplicate-charge");
    assert!(kept.steps.iter().any(|step| step.always), "what keeps money from being taken twice stays");

    let overlay = folder(&[("print/paper-jam.md", "+++\nremoved = \"是\"\n+++\n")]);
    let built = build(&root().join("content"), overlay.path(), out.path());
    let said = String::from_utf8(built.stderr).expect("UTF-8");
    assert_eq!(built.status.code(), Some(2), "{said}");
    assert!(said.contains("paper-jam.md") && said.contains("removed 只能写 true"), "{said}");
}
