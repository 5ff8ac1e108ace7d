//! Visit reports: kept, read back whatever their age, and handed over without harm.

use posdoc::report::{
    Conversation, Ending, Outcome, Report, Tried, Unreadable, Went, csv, json, read, text, write,
};

use crate::base;

fn filled() -> Report {
    let tried = |action: &str, went| Tried { action: action.into(), went };
    Report {
        id: "1795341900000".into(),
        time: "2026-11-22T16:05".into(),
        shop: "街角面馆".into(),
        terminal_sn: "0004512300098811".into(),
        merchant_number: "898440154110042".into(),
        symptom: "装了纸还说缺纸".into(),
        topic: Some("paper-out".into()),
        steps: vec![
            tried("把纸仓盖重新按紧。", Went::Failed),
            tried("换一卷新的热敏纸。", Went::Helped),
            tried("打客服报修。", Went::Skipped),
        ],
        outcome: Outcome::Solved,
        notes: "老板说下月还要一卷纸".into(),
    }
}

#[test]
fn what_is_kept_reads_back_the_same() {
    assert_eq!(read(&write(&filled())), Ok(filled()));
    for outcome in Outcome::ALL {
        let report = Report { outcome, ..filled() };
        assert_eq!(read(&write(&report)), Ok(report));
    }
}

/// These lines are what older versions wrote. They are never edited: somebody's phone holds them.
#[test]
fn the_oldest_form_still_reads() {
    let oldest = r#"{"version":1,"id":"17","time":"2026-11-20T09:30","terminal_sn":"T1","merchant_number":"898440154110042","symptom":"白纸","steps":["翻过纸卷\thelped","关机再开"],"solved":true,"notes":"急"}"#;
    let report = read(oldest).expect("form 1 is read");
    assert_eq!(report.symptom, "白纸");
    assert_eq!(report.outcome, Outcome::Solved);
    assert_eq!(report.steps.len(), 2);
    assert_eq!(report.steps[0].went, Went::Helped);
    assert_eq!((report.steps[1].action.as_str(), report.steps[1].went), ("关机再开", Went::Failed));
    assert_eq!(report.notes, "急");
    assert_eq!(read(&write(&report)), Ok(report), "once read, it is kept in today's form");
    let undecided = r#"{"version":1,"id":"18","time":"2026-11-20T09:31","steps":[]}"#;
    assert_eq!(read(undecided).map(|report| report.outcome), Ok(Outcome::Open));
}

#[test]
fn what_cannot_be_read_says_why_and_never_panics() {
    assert!(matches!(read(r#"{"version":99,"id":"1"}"#), Err(Unreadable::Newer { got: 99, .. })));
    let whole = write(&filled());
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert!(matches!(read(&whole[..end]), Err(Unreadable::Damaged { .. })), "cut at {end}");
    }
    for odd in [
        "null",
        "[]",
        "7",
        r#""""#,
        r#"{"version":2}"#,
        r#"{"version":2,"id":7}"#,
        r#"{"version":1,"id":"1","steps":[1,null,{}]}"#,
    ] {
        let _ = read(odd);
    }
    assert!(read(r#"{"version":2,"id":"1","steps":"none"}"#).is_err());
}

#[test]
fn card_numbers_are_masked_wherever_they_were_typed_and_serial_numbers_are_not() {
    let card = "6222021234567890128";
    let spaced = "6222 0212 3456 7890 128";
    let report = Report {
        symptom: format!("顾客 {card} 刷不过"),
        notes: format!("卡号{spaced}"),
        shop: card.into(),
        steps: vec![Tried { action: format!("换卡 {card}"), went: Went::Failed }],
        ..filled()
    };
    for handed in [write(&report), text(&report), csv(std::slice::from_ref(&report)), json(&[report])] {
        assert!(!handed.contains("1234567890") && !handed.contains("3456 7890"), "{handed}");
        assert!(handed.contains("622202"), "the digits that receipts show stay: {handed}");
        assert!(handed.contains("0004512300098811"), "a serial number is no card number: {handed}");
        assert!(handed.contains("898440154110042"), "nor is a merchant number: {handed}");
    }
    let slipped = Report { terminal_sn: "4539578763621486".into(), ..filled() };
    assert!(!text(&slipped).contains("578763"), "a card number in the wrong field is masked too");
}

#[test]
fn text_says_what_was_done_and_leaves_out_what_was_not() {
    let text = text(&filled());
    for expected in ["2026-11-22 16:05", "街角面馆", "按紧。 → 没用", "热敏纸。 → 好了", "修好了"]
    {
        assert!(text.contains(expected), "{expected} is missing: {text}");
    }
    assert!(!text.contains("报修"), "a step not taken is not reported: {text}");
    let bare = posdoc::report::text(&Report { time: "2026-11-22T16:05".into(), ..Report::default() });
    assert!(!bare.contains("商户") && !bare.contains("备注"), "empty fields are left out: {bare}");
}

/// Reads RFC 4180 as a spreadsheet does.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut inside = false;
    let mut characters = csv.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = characters.next() {
        let row = rows.last_mut().expect("a row");
        let cell = row.last_mut().expect("a cell");
        match c {
            '"' if inside && characters.peek() == Some(&'"') => cell.extend(characters.next()),
            '"' => inside = !inside,
            ',' if !inside => row.push(String::new()),
            '\r' if !inside => {}
            '\n' if !inside => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows.pop();
    rows
}

#[test]
fn csv_keeps_every_cell_in_its_place_and_none_is_a_formula() {
    let nasty = [
        "=1+1",
        "+86 138",
        "-2",
        "@SUM(A1)",
        "\t=cmd|' /C calc'!A0",
        "\r=1",
        " =1",
        "＝1+1",
        "a,\"b\"\nc\r\nd",
        "\"=1\"",
    ];
    for nasty in nasty {
        let report = Report { shop: nasty.into(), notes: nasty.into(), ..filled() };
        let rows = cells(&csv(&[report, filled()]));
        assert_eq!(rows.len(), 3, "{nasty:?} breaks no row");
        assert!(rows.iter().all(|row| row.len() == 9), "{nasty:?} breaks no column: {rows:?}");
        let first = rows[1][1].chars().next().unwrap_or(' ');
        assert!(!"=+-@\t\r\n".contains(first), "{nasty:?} stays text: {:?}", rows[1][1]);
        assert!(!rows[1][1].trim_start().starts_with(['=', '＝']), "{nasty:?}: {:?}", rows[1][1]);
    }
    let rows = cells(&csv(&[filled()]));
    assert_eq!(rows[1][3].trim_start(), "0004512300098811");
    assert!(rows[1][3].starts_with('\t'), "a spreadsheet would round a long number");
    assert_eq!(rows[1][5].lines().count(), 2, "one line for each step taken");
}

#[test]
fn json_holds_what_a_program_needs() {
    let document: serde_json::Value = serde_json::from_str(&json(&[filled(), filled()])).expect("JSON");
    assert_eq!(document["version"], 2);
    assert_eq!(document["reports"][1]["steps"][0]["went"], "failed");
    assert_eq!(document["reports"][0]["outcome"], "solved");
}

/// What `static/record.js` wrote first. Never edited: somebody's phone holds it. What the chat left of
/// itself cannot be read any more; what was said can.
const OLDEST_CONVERSATION: &str = r#"{"version":1,"id":"1795341900000","began":"2026-11-21T16:05","last":"2026-11-21T16:11","lines":[{"from":"merchant","kind":"","topic":"","text":"装了纸还说没纸 6222021234567890128"},{"from":"posdoc","kind":"step","topic":"paper-out","text":"打开纸仓盖再合上。"},{"from":"merchant","kind":"","topic":"","text":"还是不行"},{"from":"posdoc","kind":"handover","topic":"paper-out","text":"该找人了。"}],"left":{"key":"posdoc-state-2","text":"0201ff"}}"#;

#[test]
fn the_oldest_conversation_still_reads_and_masks_card_numbers() {
    let read = Conversation::read(OLDEST_CONVERSATION, |id| base().topic(id)).expect("form 1 is read");
    assert_eq!(read.lines.len(), 4);
    assert_eq!((read.ending, read.topic.as_deref()), (Ending::Person, Some("paper-out")));
    assert!(read.open_end().is_none(), "what cannot be read is not offered to go on with");
    let report = read.report("7".into(), read.began.clone());
    assert_eq!(report.time, "2026-11-21T16:05");
    for text in [read.text(), read.write(), report.symptom.clone(), write(&report)] {
        assert!(!text.contains("6222021234567890128"), "{text}");
    }
    assert!(read.text().contains("622202*********0128") && report.symptom.contains("缺纸"), "{report:?}");
    let again = Conversation::read(&read.write(), |_| None).expect("what is written is read");
    assert_eq!(again, read, "what was made out is kept, also when the topic is gone");
}

#[test]
fn a_conversation_that_cannot_be_read_says_why() {
    assert!(matches!(
        Conversation::read(r#"{"version":9,"id":"1"}"#, |_| None),
        Err(Unreadable::Newer { got: 9, .. })
    ));
    for end in (0..OLDEST_CONVERSATION.len()).filter(|end| OLDEST_CONVERSATION.is_char_boundary(*end)) {
        let cut = Conversation::read(&OLDEST_CONVERSATION[..end], |_| None);
        assert!(matches!(cut, Err(Unreadable::Damaged { .. })), "cut at {end}");
    }
    for odd in ["null", "[]", r#"{"version":1}"#, r#"{"version":1,"id":"1","lines":[7]}"#] {
        assert!(Conversation::read(odd, |_| None).is_err(), "{odd}");
    }
}
