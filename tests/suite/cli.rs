//! The command line: exit codes, what goes where, and the contracts that programs rely on.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use serde_json::{Value, json};

use crate::content::Corpus;
use crate::{HANGS, posdoc};

/// Runs `command` with `input` on its standard input.
fn fed(command: &mut Command, input: &[u8]) -> Output {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.expect("posdoc runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // A command that does not read its input closes it; that is no fault of the writer's.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("a child")
    })
}

fn run(args: &[&str]) -> Output {
    fed(posdoc().args(args), b"")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A folder for this binary's files, below `target/`.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// Builds the packs of our content and returns what is said about them.
fn build(folder: &Path) -> String {
    let output = run(&["build", "--out", text(folder)]);
    // Findings are the business of the tests of content.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    stdout(&output)
}

/// The packs of our content, built once by the command line itself.
fn packs() -> &'static Path {
    static PACKS: OnceLock<PathBuf> = OnceLock::new();
    PACKS.get_or_init(|| {
        let folder = scratch("packs");
        build(&folder);
        folder
    })
}

fn pack() -> String {
    text(&packs().join("posdoc.pack")).to_owned()
}

// Exit codes.

#[test]
fn sound_content_exits_with_0() {
    let corpus = Corpus::sound();
    let output = run(&["check", "--content", text(corpus.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(stdout(&output).contains("3 篇文章"), "{}", stdout(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn spoiled_content_exits_with_1_and_lists_file_line_and_code() {
    let corpus = Corpus::sound();
    corpus.write(
        "print/paper-out.md",
        corpus.read("print/paper-out.md").replace("minutes = 2", "minutes = -2"),
    );
    let output = run(&["check", "--content", text(corpus.path())]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    let first = said.lines().next().expect("a finding");
    assert!(first.starts_with("print/paper-out.md:") && first.contains(": E007 minutes"), "{first}");
    assert!(said.contains("1 处要改"), "{said}");
}

#[test]
fn spoiled_content_is_packed_as_far_as_it_can_be_read() {
    let corpus = Corpus::sound();
    corpus.write("print/print-blank.md", "");
    let folder = scratch("spoiled");
    let output = run(&["build", "--content", text(corpus.path()), "--out", text(&folder)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("print/print-blank.md:1: E002"), "{}", stderr(&output));
    let asked = run(&["ask", "--json", "装了纸还说没纸", "--pack", text(&folder.join("posdoc.pack"))]);
    assert_eq!(asked.status.code(), Some(0), "{}", stderr(&asked));
}

#[test]
fn what_cannot_run_exits_with_2_and_says_on_stderr_what_to_do() {
    let empty = tempfile::tempdir().expect("a folder");
    let folder = scratch("unfit");
    fs::create_dir_all(&folder).expect("a writable folder");
    let garbage = folder.join("garbage.pack");
    fs::write(&garbage, "PK\u{3}\u{4} not a pack").expect("a writable folder");
    let whole = fs::read(packs().join("posdoc.pack")).expect("a pack");
    let cut = folder.join("cut.pack");
    fs::write(&cut, &whole[..whole.len() / 2]).expect("a writable folder");
    let mut damaged = whole;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let flipped = folder.join("flipped.pack");
    fs::write(&flipped, damaged).expect("a writable folder");
    let part = packs().join("drawings.pack");
    let (empty, garbage, cut, flipped, part) =
        (text(empty.path()), text(&garbage), text(&cut), text(&flipped), text(&part));
    let below_a_file = format!("{garbage}/pack");

    let unfit: &[(&[&str], &str)] = &[
        (&["check", "--content", "/no/such"], "--content"),
        (&["check", "--json", "--content", "/no/such"], "--content"),
        (&["check", "--content", garbage], "--content"),
        (&["build", "--content", "/no/such"], "--content"),
        (&["build", "--content", empty, "--out", "/no/such"], "posdoc check"),
        (&["build", "--out", &below_a_file], "garbage.pack"),
        (&["ask", "没纸", "--content", "/no/such"], "--content"),
        (&["ask", "没纸", "--content", empty], "posdoc check"),
        (&["ask", "没纸", "--pack", "/no/such.pack"], "posdoc build"),
        (&["ask", "没纸", "--pack", empty], "posdoc build"),
        (&["ask", "没纸", "--pack", garbage], "posdoc build"),
        (&["ask", "没纸", "--pack", cut], "重新生成"),
        (&["ask", "没纸", "--pack", flipped], "重新生成"),
        (&["ask", "没纸", "--pack", part], "完整的包"),
        (&["ask"], "posdoc ask"),
        (&["chat", "--content", "/no/such"], "--content"),
        (&["chat", "--json", "--pack", "/no/such.pack"], "posdoc build"),
        (&["chat", "--json", "--pack", garbage], "posdoc build"),
        (&["size", "/no/such"], "make build"),
        (&["serve", "/no/such"], "make build"),
        (&["aks", "没纸"], "--help"),
        (&["ask", "--loud", "没纸"], "--help"),
        (&[], "check"),
    ];
    let mut complaints = Vec::new();
    for (args, remedy) in unfit {
        let output = run(args);
        let (said, told) = (stdout(&output), stderr(&output));
        if output.status.code() != Some(2)
            || !said.is_empty()
            || !told.contains(remedy)
            || told.contains("panicked")
        {
            complaints.push(format!(
                "{args:?}, where {remedy:?} would help:\n{:?} {said}{told}",
                output.status.code()
            ));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_text_is_refused_without_panic() {
    use std::os::unix::ffi::OsStrExt;
    let output = fed(posdoc().arg("ask").arg(std::ffi::OsStr::from_bytes(b"\xff\xfe")), b"");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

// Help.

#[test]
fn help_is_chinese_and_names_the_commands() {
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let said = stdout(&output);
    for word in ["check", "ask", "build", "chat", "检查内容", "退出码"] {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    for command in ["check", "build", "ask", "chat", "eval", "dist", "serve", "size"] {
        let output = run(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        let chinese = stdout(&output).chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        assert!(chinese > 5, "{command} --help: {}", stdout(&output));
    }
}

// Closed pipes.

/// Runs posdoc into a pipe that nobody reads any more, and its errors too if `deaf`.
#[track_caller]
fn unheard(args: &[&str], input: &[u8], deaf: bool) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = posdoc();
    command.args(args).stdin(Stdio::piped()).stdout(writer.try_clone().expect("a pipe"));
    command.stderr(if deaf { Stdio::from(writer) } else { Stdio::piped() });
    let mut child = command.spawn().expect("posdoc runs");
    drop(command);
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("a child");
    let told = stderr(&output);
    assert!(matches!(output.status.code(), Some(0..=2)), "{args:?} ended with {}: {told}", output.status);
    assert!(!told.contains("panicked"), "{args:?}: {told}");
    // Whoever stops reading has seen enough: that is no error to report.
    assert_eq!(told, "", "{args:?}");
}

#[test]
fn a_reader_that_leaves_early_makes_nothing_panic() {
    let corpus = Corpus::sound();
    corpus.write("print/paper-out.md", "");
    let (content, pack) = (text(corpus.path()), pack());
    unheard(&["--help"], b"", false);
    unheard(&["ask", "--help"], b"", false);
    unheard(&["--version"], b"", false);
    unheard(&["check", "--content", content], b"", false);
    unheard(&["check", "--json", "--content", content], b"", false);
    unheard(&["ask", "没纸", "--pack", &pack], b"", false);
    unheard(&["ask", "--json", "--pack", &pack], "没纸\n".repeat(1000).as_bytes(), false);
    unheard(&["chat", "--pack", &pack], "没纸\n".as_bytes(), false);
    unheard(&["chat", "--json", "--pack", &pack], b"{}\n", false);
}

#[test]
fn a_reader_that_leaves_both_streams_makes_nothing_panic() {
    let corpus = Corpus::sound();
    corpus.write("print/paper-out.md", "");
    let folder = scratch("unheard");
    unheard(&["check", "--content", "/no/such"], b"", true);
    unheard(&["ask"], b"", true);
    unheard(&["aks"], b"", true);
    unheard(&["build", "--content", text(corpus.path()), "--out", text(&folder)], b"", true);
}

// Packs.

#[test]
fn build_writes_five_packs_the_same_bytes_every_time() {
    let again = scratch("packs-again");
    let said = build(&again);
    for name in ["posdoc.pack", "interface.pack", "engine.pack", "drawings.pack", "agent.pack"] {
        let bytes = |folder: &Path| fs::read(folder.join(name)).expect("a pack");
        assert!(bytes(packs()) == bytes(&again), "{name} differs between two builds");
        assert!(bytes(&again).len() > 1_000, "{name}");
        assert!(said.contains(name), "{said}");
    }
    assert_eq!(fs::read_dir(&again).expect("a folder").count(), 5, "nothing else is left behind");
}

#[test]
fn building_unchanged_content_again_touches_no_file() {
    let corpus = Corpus::sound();
    let folder = scratch("untouched");
    let args = ["build", "--content", text(corpus.path()), "--out", text(&folder)];
    let time =
        || fs::metadata(folder.join("posdoc.pack")).and_then(|about| about.modified()).expect("a pack");
    assert_eq!(run(&args).status.code(), Some(0));
    let first = time();
    assert_eq!(run(&args).status.code(), Some(0));
    assert_eq!(first, time());
}

#[test]
fn a_pack_is_enough_to_answer() {
    let output = run(&["ask", "--json", "装了纸还说没纸", "--pack", &pack(), "--content", "/no/such"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(answer["matches"][0]["topic"], "paper-out");
}

#[test]
fn a_kept_pack_that_was_damaged_or_cannot_be_kept_is_built_again() {
    let corpus = Corpus::sound();
    let place = tempfile::tempdir().expect("a folder");
    let ask = || {
        let mut command = posdoc();
        command.current_dir(place.path()).args(["ask", "--json", "装了纸还说没纸，第 3 种说法", "--content"]);
        let output = fed(command.arg(corpus.path()), b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let first = ask();
    assert!(first.contains("paper-out"), "{first}");
    let kept: Vec<PathBuf> = fs::read_dir(place.path().join("target/posdoc"))
        .expect("packs are kept below target/")
        .map(|file| file.expect("a file").path())
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(ask(), first, "from the kept pack");
    fs::write(&kept[0], "half a pack").expect("a writable folder");
    assert_eq!(ask(), first, "instead of a damaged pack");
    fs::remove_dir_all(place.path().join("target")).expect("a writable folder");
    fs::write(place.path().join("target"), "no folder").expect("a writable folder");
    assert_eq!(ask(), first, "where nothing can be kept");
}

#[test]
fn changed_content_is_answered_from_at_once() {
    let corpus = Corpus::sound();
    let place = tempfile::tempdir().expect("a folder");
    let title = || {
        let mut command = posdoc();
        command.current_dir(place.path()).args(["ask", "--json", "装了纸还说没纸，第 3 种说法", "--content"]);
        let output = fed(command.arg(corpus.path()), b"");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        answer["matches"][0]["title"].as_str().expect("a title").to_owned()
    };
    assert_eq!(title(), "装了纸还说没纸");
    let article =
        corpus.read("print/paper-out.md").replace("title = \"装了纸还说没纸\"", "title = \"换了标题\"");
    corpus.write("print/paper-out.md", article);
    assert_eq!(title(), "换了标题");
}

// ask --json.

/// What `ask --json` prints for these bytes, one object a line.
#[track_caller]
fn ask(input: &[u8]) -> Vec<Value> {
    let output = fed(posdoc().args(["ask", "--json", "--pack", &pack()]), input);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let said = stdout(&output);
    assert!(said.is_empty() || said.ends_with('\n'));
    said.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Asserts that `answer` is what the contract of `ask --json` says.
#[track_caller]
fn check_answer(answer: &Value) {
    assert_eq!(keys(answer), ["matches", "query", "verdict"], "{answer}");
    let verdict = answer["verdict"].as_str().expect("text");
    assert!(["answer", "clarify", "none"].contains(&verdict), "{verdict}");
    let matches = answer["matches"].as_array().expect("a list");
    assert!(matches.len() <= 10, "{} matches", matches.len());
    assert!(verdict == "none" || !matches.is_empty(), "{verdict} without a match");
    let mut least = 1.0;
    let mut seen = std::collections::BTreeSet::new();
    for found in matches {
        assert_eq!(keys(found), ["score", "title", "topic"], "{found}");
        let id = found["topic"].as_str().expect("text");
        let topic = crate::base().topic(id).unwrap_or_else(|| panic!("{id} is no topic"));
        assert_eq!(found["title"], topic.title);
        assert!(seen.insert(id), "{id} twice");
        let score = found["score"].as_f64().expect("a number");
        assert!((0.0..=least).contains(&score), "{score} after {least}");
        least = score;
    }
}

#[test]
fn every_line_is_answered_by_one_object_in_order() {
    let long = "装了纸还说没纸".repeat(4_800);
    let letters = "a".repeat(100_000);
    let lines: &[&str] = &[
        "装了纸还说没纸",
        "",
        " ",
        "机器没信号",
        &long,
        &letters,
        "😀😀😀",
        "🧻",
        "\u{0}\u{1}\u{7}\u{1b}[2J\u{7f}",
        "\u{202e}纸没说还纸了装\u{202d}\u{200f}\u{200e}",
        "\u{200b}\u{200d}\u{feff}",
        "<img src=x onerror=alert(1)>没纸</script>",
        "\"}{\\\n".trim_end(),
        "\u{2028}\u{2029}\u{85}没纸",
        "𠮷野家的机器没纸了",
        "e\u{301}\u{301}\u{301}\u{301}",
        "\t没\t纸\t",
        "报96",
        "，。！？",
        "A0",
        "null",
    ];
    let answers = ask(format!("{}\n", lines.join("\n")).as_bytes());
    assert_eq!(answers.len(), lines.len());
    for (line, answer) in lines.iter().zip(&answers) {
        check_answer(answer);
        assert!(answer["query"] == *line, "{line:.40?} came back as {:.40?}", answer["query"]);
    }
    let verdict = |line: &str| {
        let at = lines.iter().position(|known| *known == line).expect("asked");
        answers[at]["verdict"].as_str().expect("text")
    };
    for nonsense in ["", " ", "😀😀😀", "，。！？", "\u{200b}\u{200d}\u{feff}"] {
        assert_eq!(verdict(nonsense), "none", "{nonsense:?}");
    }
    for clear in ["装了纸还说没纸", &long] {
        assert_eq!(verdict(clear), "answer", "{clear:.30}");
    }
}

#[test]
fn a_line_that_is_not_utf_8_is_answered_all_the_same() {
    let answers = ask(b"\xff\xfe\n\xe8\xa3\n\xe6\xb2\xa1\xe7\xba\xb8\xff\n\xed\xa0\x80\nok\n");
    assert_eq!(answers.len(), 5);
    answers.iter().for_each(check_answer);
    assert_eq!(answers[2]["query"], "没纸\u{fffd}");
}

#[test]
fn the_last_line_needs_no_end_and_windows_ends_are_no_text() {
    let queries = |input: &str| -> Vec<Value> {
        ask(input.as_bytes()).iter().map(|one| one["query"].clone()).collect()
    };
    assert_eq!(queries("没纸"), ["没纸"]);
    assert_eq!(queries("没纸\r\n没信号\r\n"), ["没纸", "没信号"]);
    assert_eq!(queries("\n\n"), ["", ""]);
    assert_eq!(queries(""), [] as [&str; 0]);
}

#[test]
fn the_same_message_gets_the_same_answer_wherever_it_stands() {
    let answers = ask("没纸\n机器没信号\n没纸\n\n没纸\n".as_bytes());
    assert!(answers[0] == answers[2] && answers[0] == answers[4]);
}

#[test]
fn card_numbers_come_back_masked() {
    let cases = [
        ("卡号6222021234567890123刷不了", "卡号622202*********0123刷不了"),
        ("6222 0212 3456 7890 123", "6222 02** **** ***0 123"),
        ("6222-0212-3456-7890", "6222-02**-****-7890"),
        ("６２２２０２１２３４５６７８９０", "６２２２０２******７８９０"),
        ("4111111111111111", "411111******1111"),
        ("378282246310005", "378282*****0005"),
        ("商户号 123456789012345", "商户号 123456789012345"),
        ("报96，金额 100.00", "报96，金额 100.00"),
    ];
    let typed: Vec<&str> = cases.iter().map(|(typed, _)| *typed).collect();
    let answers = ask(typed.join("\n").as_bytes());
    for ((typed, masked), answer) in cases.iter().zip(&answers) {
        check_answer(answer);
        assert_eq!(answer["query"], *masked, "{typed}");
    }
}

#[test]
fn long_lines_of_any_kind_are_answered_soon() {
    let lines = ["1a", "1 ", "6222021234567890 ", "密码", "装了纸还说没纸", "96 ", "😀", "\u{202e}", "没"];
    for line in lines {
        let start = Instant::now();
        let answers = ask(line.repeat(100_000 / line.len()).as_bytes());
        assert_eq!(answers.len(), 1);
        check_answer(&answers[0]);
        assert!(start.elapsed() < HANGS, "100 KB of {line:?}: {:?}", start.elapsed());
    }
}

#[test]
fn a_message_on_the_command_line_is_answered_for_people_and_for_programs() {
    let output = run(&["ask", "装了纸", "还说没纸", "--pack", &pack()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("能答"), "{}", stdout(&output));
    assert!(stdout(&output).contains("paper-out"), "{}", stdout(&output));
    let output = run(&["ask", "--json", "装了纸", "还说没纸", "--pack", &pack()]);
    let answer: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    check_answer(&answer);
    assert_eq!(answer["query"], "装了纸 还说没纸");
}

// chat --json.

fn say(text: &str) -> String {
    json!({ "say": text }).to_string()
}

fn choose(id: &str) -> String {
    json!({ "choose": id }).to_string()
}

/// Everything `chat --json` prints, the greeting first.
#[track_caller]
fn chat(lines: &[impl AsRef<[u8]>]) -> Vec<Value> {
    let mut input = Vec::new();
    for line in lines {
        input.extend_from_slice(line.as_ref());
        input.push(b'\n');
    }
    let output = fed(posdoc().args(["chat", "--json", "--pack", &pack()]), &input);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let said = stdout(&output);
    let replies: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert_eq!(replies.len(), lines.len() + 1, "a greeting and one line for each");
    replies
}

/// The last reply to these lines.
#[track_caller]
fn last(lines: &[String]) -> Value {
    chat(lines).pop().expect("a greeting at least")
}

fn options(reply: &Value) -> Vec<&str> {
    let options = reply["options"].as_array().expect("a list");
    options.iter().map(|choice| choice["id"].as_str().expect("text")).collect()
}

/// Asserts that `reply` is what the contract of `chat --json` says.
#[track_caller]
fn check_reply(reply: &Value, turn: usize) {
    assert_eq!(keys(reply), ["because", "kind", "options", "step", "text", "topic", "turn"], "{reply}");
    assert_eq!(reply["turn"], turn, "{reply}");
    let kind = reply["kind"].as_str().expect("text");
    let kinds = ["greeting", "clarify", "question", "step", "answer", "handover", "fallback", "closing"];
    assert!(kinds.contains(&kind), "{kind}");
    assert!(reply["text"].as_str().is_some_and(|text| !text.trim().is_empty()), "{reply}");
    assert!(reply["because"].is_null() || reply["because"].is_string(), "{reply}");
    match reply["topic"].as_str() {
        Some(topic) => assert!(crate::base().topic(topic).is_some(), "{topic} is no topic"),
        None => assert!(reply["topic"].is_null(), "{reply}"),
    }
    assert_eq!(kind == "step", reply["step"].is_object(), "{reply}");
    if kind == "step" {
        let step = &reply["step"];
        assert_eq!(keys(step), ["image", "n", "risk"], "{step}");
        assert!(step["n"].as_u64().is_some_and(|n| n >= 1), "{step}");
        let risk = step["risk"].as_str().expect("text");
        assert!(["none", "data", "money", "safety"].contains(&risk), "{risk}");
        assert!(
            risk == "none" || reply["text"].as_str().is_some_and(|text| text.contains("先注意")),
            "{reply}"
        );
        assert!(step["image"].is_null() || step["image"].is_string(), "{step}");
    } else {
        assert!(reply["step"].is_null(), "{reply}");
    }
    assert!(!options(reply).is_empty(), "there is always a way on: {reply}");
    let mut seen = std::collections::BTreeSet::new();
    for choice in reply["options"].as_array().expect("a list") {
        assert_eq!(keys(choice), ["id", "label"], "{choice}");
        assert!(choice["label"].as_str().is_some_and(|label| !label.is_empty()), "{choice}");
        assert!(seen.insert(choice["id"].as_str()), "{choice} twice");
    }
}

#[test]
fn chat_greets_first_and_offers_everyday_topics() {
    let replies = chat(&[] as &[&str]);
    check_reply(&replies[0], 0);
    assert_eq!(replies[0]["kind"], "greeting");
    let offered = options(&replies[0]);
    assert!((6..=8).contains(&offered.len()), "{offered:?}");
    assert!(offered.iter().all(|id| id.starts_with("topic:")), "{offered:?}");
}

#[test]
fn a_conversation_goes_from_the_complaint_to_solved() {
    let mut lines = vec![say("装了纸还说没纸")];
    let mut failed = 0;
    loop {
        let reply = last(&lines);
        check_reply(&reply, lines.len());
        let kind = reply["kind"].as_str().expect("text");
        if kind == "closing" {
            break;
        }
        assert_eq!(reply["topic"], "paper-out");
        let press = match kind {
            "question" => "unknown",
            "step" if failed == 0 => {
                assert_eq!(reply["step"]["n"], 1);
                failed += 1;
                "unsolved"
            }
            "step" => {
                assert_eq!(reply["step"]["n"], 2);
                "solved"
            }
            other => panic!("{other} between complaint and repair: {reply}"),
        };
        assert!(options(&reply).contains(&press), "{press} is not offered: {reply}");
        lines.push(choose(press));
        assert!(lines.len() < 10, "nothing is ever solved");
    }
}

#[test]
fn a_conversation_without_luck_ends_with_a_person_and_something_to_have_ready() {
    let mut lines = vec![say("装了纸还说没纸")];
    let mut steps = 0;
    loop {
        let reply = last(&lines);
        check_reply(&reply, lines.len());
        match reply["kind"].as_str().expect("text") {
            "handover" => break check_hand_over(&reply),
            "step" => {
                steps += 1;
                lines.push(choose("unsolved"));
            }
            "question" => lines.push(choose("unknown")),
            other => panic!("{other}: {reply}"),
        }
        assert!(lines.len() < 30, "nobody is ever called");
    }
    assert!(steps >= 3, "handed over after {steps} steps");
}

/// Asserts that the merchant is told whom to call, and what to have ready.
#[track_caller]
fn check_hand_over(reply: &Value) {
    assert_eq!(reply["kind"], "handover", "{reply}");
    let text = reply["text"].as_str().expect("text");
    assert!(
        text.lines().filter(|line| line.starts_with('·')).count() >= 2,
        "something to have ready: {text}"
    );
    assert!(text.contains("机身标签") && text.contains("合同"), "where the number is printed: {text}");
    let digits = text.split(|c: char| !c.is_ascii_digit() && c != '-').map(str::len).max();
    assert!(digits < Some(5), "no number may be invented: {text}");
}

#[test]
fn asking_for_a_person_hands_over_at_any_time() {
    let pressed = last(&[say("装了纸还说没纸"), choose("human")]);
    check_reply(&pressed, 2);
    check_hand_over(&pressed);
    assert_eq!(pressed["topic"], "paper-out");
    let typed = last(&[say("装了纸还说没纸"), say("转人工")]);
    assert_eq!(typed["text"], pressed["text"]);
    let at_once = last(&[say("转人工")]);
    check_reply(&at_once, 1);
    check_hand_over(&at_once);
}

#[test]
fn several_meanings_are_clarified_and_the_choice_is_taken() {
    let clarify = last(&[say("机器坏了")]);
    check_reply(&clarify, 1);
    assert_eq!(clarify["kind"], "clarify", "{clarify}");
    let mut lines = vec![say("机器坏了")];
    let mut reply = clarify;
    while reply["kind"] == "clarify" {
        assert!(lines.len() <= 3, "asked more than three times: {lines:?}");
        let named = options(&reply)[0].strip_prefix("topic:").map(str::to_owned);
        lines.push(choose(options(&reply)[0]));
        let next = last(&lines);
        check_reply(&next, lines.len());
        assert!(named.is_none() || next["topic"].as_str() == named.as_deref(), "{named:?}: {next}");
        reply = next;
    }
    assert!(reply["topic"].is_string(), "narrowing ends at a topic: {reply}");
}

#[test]
fn what_is_not_ours_is_said_to_be_so_and_the_next_message_is_heard() {
    let lines = [say("笔记本开机蓝屏了"), say("装了纸还说没纸")];
    let replies = chat(&lines);
    assert_eq!(replies[1]["kind"], "fallback", "{}", replies[1]);
    assert_eq!(replies[2]["topic"], "paper-out");
    replies.iter().enumerate().for_each(|(turn, reply)| check_reply(reply, turn));
}

#[test]
fn a_bad_line_gets_an_error_and_changes_nothing() {
    let nested = "[".repeat(100_000);
    let bad: Vec<Vec<u8>> = [
        "",
        " ",
        "装了纸还说没纸",
        "{}",
        "[]",
        "null",
        "\"say\"",
        "{\"say\":1}",
        "{\"say\":null}",
        "{\"say\":\"没纸\",\"choose\":\"solved\"}",
        "{\"shout\":\"没纸\"}",
        "{\"say\":\"没纸\"} {\"say\":\"没纸\"}",
        "{\"say\":\"没纸",
        "{\"say\":\"\\ud800\"}",
        "{\"choose\":\"no-such\"}",
        "{\"choose\":\"\"}",
        "{\"choose\":\"topic:no-such\"}",
        "{\"choose\":\"answer:99\"}",
        "{\"choose\":{\"id\":\"solved\"}}",
        &nested,
    ]
    .iter()
    .map(|line| line.as_bytes().to_vec())
    .chain([b"\xff\xfe".to_vec()])
    .collect();
    let good =
        [say("装了纸还说没纸"), choose("human"), choose("restart"), say("机器没信号"), say("还是不行")];
    let quiet = chat(&good);
    let mut noisy: Vec<Vec<u8>> = bad.clone();
    for line in &good {
        noisy.push(line.clone().into_bytes());
        noisy.extend(bad.clone());
    }
    let (errors, replies): (Vec<Value>, Vec<Value>) =
        chat(&noisy).into_iter().partition(|reply| !reply["error"].is_null());
    assert_eq!(replies, quiet, "the same conversation as without the bad lines");
    assert_eq!(errors.len(), bad.len() * (good.len() + 1));
    for error in &errors {
        assert_eq!(keys(error), ["error"], "{error}");
        let told = error["error"].as_str().expect("text");
        assert!(told.contains("\"say\"") || told.contains("options"), "what to write instead: {told}");
    }
}

#[test]
fn a_choice_can_be_repeated_after_an_error() {
    let start = [say("装了纸还说没纸"), choose("no-such"), choose("human")];
    let replies = chat(&start);
    assert!(replies[2]["error"].as_str().is_some_and(|told| told.contains("no-such")), "{}", replies[2]);
    assert_eq!(replies[3]["kind"], "handover");
    assert_eq!(replies[3]["turn"], 2, "an error is no turn");
}

#[test]
fn every_option_a_reply_offers_can_be_chosen() {
    let scripts: &[&[String]] = &[
        &[say("装了纸还说没纸"), say("谢谢"), say("你好")],
        &[say("装了纸还说没纸"), say("笔记本开机蓝屏了"), say("手机充不进电"), say("😀")],
        &[say("装了纸还说没纸"), choose("pay-now"), choose("pay-now")],
        &[say("装了纸还说没纸"), say("还是不行"), say("机器没信号"), say("上一步")],
        &[say("笔记本开机蓝屏了"), say("转人工"), say("重新开始")],
        &[say("机器坏了"), say("都不是"), say("报96")],
        &[say("手续费怎么算"), say("还是不清楚")],
    ];
    let mut refused = Vec::new();
    for script in scripts {
        for length in 0..=script.len() {
            let script = &script[..length];
            let reply = last(script);
            if let Some(error) = reply["error"].as_str() {
                refused.push(format!("{script:?}: {error}"));
                continue;
            }
            check_reply(&reply, length);
            for option in options(&reply) {
                let next = last(&[script, &[choose(option)]].concat());
                if let Some(error) = next["error"].as_str() {
                    refused.push(format!("{script:?} then {option}: {error}"));
                }
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn odd_messages_get_a_reply_each_and_end_nothing() {
    let odd =
        ["", " ", "😀😀😀", "\u{0}\u{7}", "\u{202e}纸没", "<script>alert(1)</script>", "\u{200b}", "，。"];
    let mut lines: Vec<String> = odd.iter().map(|text| say(text)).collect();
    lines.push(say("装了纸还说没纸"));
    lines.extend(odd.iter().map(|text| say(text)));
    let replies = chat(&lines);
    replies.iter().enumerate().for_each(|(turn, reply)| check_reply(reply, turn));
    assert_eq!(replies[odd.len() + 1]["topic"], "paper-out");
}

#[test]
fn a_message_of_100_kilobytes_is_replied_to_soon() {
    for text in ["装了纸还说没纸", "1a", "密码123456 "] {
        let start = Instant::now();
        let reply = last(&[say(&text.repeat(100_000 / text.len()))]);
        check_reply(&reply, 1);
        assert!(start.elapsed() < HANGS, "100 KB of {text:?}: {:?}", start.elapsed());
    }
}

#[test]
fn a_long_conversation_goes_on() {
    let lines: Vec<String> = (0..400)
        .map(|nth| match nth % 4 {
            0 => say("装了纸还说没纸"),
            1 => choose("unsolved"),
            2 => say("机器没信号"),
            _ => say("上一步"),
        })
        .collect();
    let replies = chat(&lines);
    assert_eq!(replies.len(), 401);
}

#[test]
fn people_chat_by_words_and_numbers() {
    let output = fed(posdoc().args(["chat", "--pack", &pack()]), "2\n\n转人工\n99\n".as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("机器怎么了") && said.contains("  1. "), "{said}");
    assert!(said.contains("· "), "something to have ready: {said}");
}

/// The number in front of the last button shown with this label.
#[track_caller]
fn number(said: &str, label: &str) -> String {
    let shown = said.lines().rfind(|line| line.ends_with(&format!(". {label}")));
    let (number, _) =
        shown.unwrap_or_else(|| panic!("{label} is not shown:\n{said}")).split_once('.').expect("numbered");
    number.trim().to_owned()
}

#[test]
fn people_press_the_number_they_see() {
    let chat = |typed: &str| stdout(&fed(posdoc().args(["chat", "--pack", &pack()]), typed.as_bytes()));
    let paper_out = crate::base().topic("paper-out").expect("a topic");
    // Taking the money first leaves one button fewer.
    let mut typed = "装了纸还说没纸\n".to_owned();
    for (press, then) in
        [("先把这笔钱收了", paper_out.pay_now.as_deref().expect("a fault")), ("找人工", "· ")]
    {
        let before = chat(&typed);
        typed = format!("{typed}{}\n", number(&before, press));
        let said = chat(&typed);
        let new = said.strip_prefix(&before).expect("the same conversation, longer");
        assert!(new.contains(then), "{press} was pressed:\n{new}");
    }
    // Thanks in the middle of a step leave the step where it was.
    let typed = "装了纸还说没纸\n谢谢\n";
    let before = chat(typed);
    let said = chat(&format!("{typed}{}\n", number(&before, "解决了")));
    let new = said.strip_prefix(&before).expect("the same conversation, longer");
    assert!(new.contains("太好了"), "解决了 was pressed:\n{new}");
}

#[test]
fn dist_makes_a_page_of_all_topics_in_which_no_content_is_markup() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("content");
    fs::create_dir_all(content.join("print")).expect("writable");
    fs::write(
        content.join("topics.tsv"),
        "id\tgroup\ttitle\tscope\npaper-out\tprint\t缺纸\t缺纸\nmade-up\todd <group>\t别的\t别的\n",
    )
    .expect("writable");
    let article = "+++\ntitle = \"<script>alert(1)</script> & \\\"引号\\\"\"\nlabel = \"缺纸\"\nkind = \"解答\"\nanswer = \"a < b\"\nphrases = []\n+++\n正文 1 < 2 & 3。\n";
    fs::write(content.join("print/paper-out.md"), article).expect("writable");
    let stage = folder.path().join("stage");
    let out = folder.path().join("out");
    fs::create_dir_all(&stage).expect("writable");
    let dist = crate::root().join("target/stage");
    for file in fs::read_dir(&dist).expect("target/stage is missing: run `make build` first") {
        let file = file.expect("readable").path();
        fs::copy(&file, stage.join(file.file_name().expect("a name"))).expect("copied");
    }
    let output = posdoc()
        .args(["dist", "--stage"])
        .arg(&stage)
        .arg("--out")
        .arg(&out)
        .arg("--content")
        .arg(&content)
        .output()
        .expect("posdoc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(out.join("faq.html")).expect("written");
    assert!(
        page.contains("id=\"paper-out\"")
            && page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;引号&quot;")
    );
    assert!(!page.contains("<script") && page.contains("正文 1 &lt; 2 &amp; 3。"), "{page}");
    assert!(!page.contains("style="), "a strict policy drops style attributes");
}

#[test]
fn the_page_of_all_topics_has_every_topic_and_every_code() {
    let page = fs::read_to_string(crate::dist().join("faq.html")).expect("`make build` writes it");
    for topic in &crate::base().topics {
        assert_eq!(page.matches(&format!(" id=\"{}\"", topic.id)).count(), 1, "{}", topic.id);
    }
    for code in &crate::base().codes {
        assert!(page.contains(&format!("<th scope=\"row\">{}</th>", code.code)), "{}", code.code);
    }
    // Every link within the page leads somewhere.
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().expect("a quoted link");
        assert!(page.contains(&format!(" id=\"{id}\"")), "#{id} leads nowhere");
    }
}
