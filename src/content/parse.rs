//! From one Markdown file to a [`Topic`], or to everything that keeps it from being one.
//!
//! The front matter is read key by key over a spanned TOML tree rather than derived: a derived
//! reader stops at its first complaint, and an editor wants them all, with lines.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{
    ALL_STEPS, Answer, Block, Cause, Code, Device, Diagnostic, Kind, Often, Promise, Question, Risk, Step,
    Stop, Topic,
};

/// Reads one article.
///
/// `file` is the path below the content folder, for messages. Returns the topic if enough of it
/// could be read to be shown, beside one diagnostic per fault.
pub(super) fn topic(file: &str, text: &str, promise: &Promise) -> (Option<Topic>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut report = |line: u32, code: Code, message: String| {
        diagnostics.push(Diagnostic { file: file.to_owned(), line, code, message });
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        report(1, Code::Empty, "文件是空的。照着别的主题写：先是两行 +++ 之间的设置，再是正文。".into());
        return (None, diagnostics);
    }
    let Some((front, body, body_line)) = split(text) else {
        report(
            1,
            Code::NoFrontMatter,
            "没找到开头的设置。第一行写 +++，设置写完后再单独一行写 +++，然后才是正文。".into(),
        );
        return (None, diagnostics);
    };
    let table = match DeTable::parse(front) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(2, |span| 2 + newlines(front, span.start));
            report(
                at,
                Code::Toml,
                format!("设置读不懂：{}。检查引号、括号和逗号有没有写全。", error.message()),
            );
            return (None, diagnostics);
        }
    };
    let mut read = Reader { lines: super::Lines::new(front), file, diagnostics: &mut diagnostics };
    let table = Table { name: "设置".into(), span: 0..0, map: table.get_ref() };
    let mut topic = read.topic(&table, promise);
    let (blocks, refused) = Block::read(body);
    topic.body = blocks;
    for (line, what) in refused {
        diagnostics.push(Diagnostic {
            file: file.to_owned(),
            line: body_line + line - 1,
            code: Code::Markup,
            message: format!("正文里有{what}，聊天气泡显示不了。改成普通的段落、列表或表格。"),
        });
    }
    (Some(topic), diagnostics)
}

/// Front matter, body, and the line on which the body begins.
fn split(text: &str) -> Option<(&str, &str, u32)> {
    let rest = text.strip_prefix("+++")?.trim_start_matches('\r').strip_prefix('\n')?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            let body = &rest[at + line.len()..];
            return Some((&rest[..at], body, 3 + newlines(rest, at)));
        }
        at += line.len();
    }
    None
}

fn newlines(text: &str, end: usize) -> u32 {
    text.as_bytes()[..end.min(text.len())].iter().filter(|&&byte| byte == b'\n').count() as u32
}

/// A TOML table under its name in messages.
struct Table<'t> {
    name: String,
    span: Range<usize>,
    map: &'t DeTable<'t>,
}

/// Reads values and reports what does not fit; every method returns something usable.
struct Reader<'a> {
    lines: super::Lines,
    file: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn topic(&mut self, table: &Table<'_>, promise: &Promise) -> Topic {
        self.known(
            table,
            &[
                "title",
                "label",
                "kind",
                "first_screen",
                "devices",
                "phrases",
                "answer",
                "pay_now",
                "stops_payment",
                "cause",
                "question",
                "step",
                "stop",
                "keep_order",
                "related",
                "source",
                "reviewed",
            ],
        );
        let kind = self
            .choice(table, "kind", &[("故障", Kind::Fault), ("解答", Kind::Answer)], true)
            .unwrap_or(Kind::Answer);
        let title = self.need(table, "title");
        let label = self.need(table, "label");
        if label.chars().count() > 12 {
            self.report(table, "label", Code::BadValue, "label 是按钮上的字，最多 12 个字。".into());
        }
        let answer = match kind {
            Kind::Answer => Some(self.need(table, "answer")),
            Kind::Fault => self.text(table, "answer"),
        };
        let pay_now = self.text(table, "pay_now");
        let stops_payment = self.flag(table, "stops_payment").unwrap_or(true);
        if kind == Kind::Fault && stops_payment && pay_now.is_none() {
            self.report(
                table,
                "kind",
                Code::NoPayNow,
                "故障会耽误收款：写 pay_now 说明眼下怎么先收这位顾客的钱；不耽误收款就写 stops_payment = false。"
                    .into(),
            );
        }
        let devices = self
            .texts(table, "devices")
            .into_iter()
            .filter_map(|(name, line)| {
                let device = DEVICES.iter().find(|(known, _)| *known == name).map(|(_, device)| *device);
                if device.is_none() {
                    let known: Vec<_> = DEVICES.iter().map(|(known, _)| *known).collect();
                    self.at(
                        line,
                        Code::BadValue,
                        format!("devices 里没有「{name}」，能写的是：{}。", known.join("、")),
                    );
                }
                device
            })
            .collect();
        let (phrases, phrase_lines): (Vec<String>, Vec<u32>) =
            self.texts(table, "phrases").into_iter().unzip();
        // An article for one machine is found by its topic's.
        let wanted = super::machine::halves(&promise.id).is_none();
        if wanted && phrases.is_empty() && !table.map.contains_key("phrases") {
            self.report(table, "phrases", Code::MissingKey, "缺 phrases：写几句商户会怎么说这件事。".into());
        }
        let causes: Vec<Cause> = self.tables(table, "cause").iter().map(|cause| self.cause(cause)).collect();
        let questions: Vec<Question> =
            self.tables(table, "question").iter().map(|question| self.question(question)).collect();
        let steps: Vec<Step> = self.tables(table, "step").iter().map(|step| self.step(step)).collect();
        let stop = match self.table(table, "stop") {
            Some(stop) => self.stop(&stop),
            None if table.map.contains_key("stop") => Stop::default(),
            None => {
                self.report(
                    table,
                    "stop",
                    Code::MissingKey,
                    "缺 [stop]：写 when（什么时候别再试了）、call（找谁）、ready（要备好什么）。".into(),
                );
                Stop::default()
            }
        };
        let cause_lines: Vec<u32> =
            self.tables(table, "cause").iter().map(|cause| self.line(&cause.span)).collect();
        self.unique(causes.iter().map(|cause| &cause.id).zip(cause_lines));
        let asked = questions.iter().map(|question| (&question.id, question.line));
        self.unique(asked.chain(steps.iter().map(|step| (&step.id, step.line))));
        Topic {
            id: promise.id.clone(),
            group: promise.group.clone(),
            scope: promise.scope.clone(),
            title,
            label,
            kind,
            first_screen: self.place(table),
            devices,
            phrases,
            phrase_lines,
            file: self.file.to_owned(),
            answer,
            pay_now,
            causes,
            questions,
            steps,
            stop,
            keep_order: self.kept(table, "keep_order"),
            related: self.texts(table, "related").into_iter().map(|(id, _)| id).collect(),
            source: self.need(table, "source"),
            reviewed: self.date(table, "reviewed"),
            body: Vec::new(),
        }
    }

    fn cause(&mut self, table: &Table<'_>) -> Cause {
        self.known(table, &["id", "name", "often"]);
        Cause {
            id: self.id(table),
            name: self.need(table, "name"),
            often: self
                .choice(
                    table,
                    "often",
                    &[("常见", Often::Common), ("偶尔", Often::Sometimes), ("少见", Often::Rare)],
                    true,
                )
                .unwrap_or(Often::Sometimes),
        }
    }

    fn question(&mut self, table: &Table<'_>) -> Question {
        self.known(table, &["id", "ask", "answers", "minutes", "image"]);
        let answers: Vec<Answer> = self
            .tables(table, "answers")
            .iter()
            .map(|answer| {
                self.known(answer, &["label", "for", "against"]);
                Answer {
                    label: self.need(answer, "label"),
                    for_causes: self.texts(answer, "for").into_iter().map(|(id, _)| id).collect(),
                    against_causes: self.texts(answer, "against").into_iter().map(|(id, _)| id).collect(),
                }
            })
            .collect();
        if answers.len() < 2 {
            self.report(table, "answers", Code::MissingKey, "一个问题至少要有两个回答（answers）。".into());
        }
        Question {
            id: self.id(table),
            ask: self.need(table, "ask"),
            answers,
            minutes: self.minutes(table, false),
            image: self.text(table, "image"),
            line: self.line(&table.span),
        }
    }

    fn step(&mut self, table: &Table<'_>) -> Step {
        self.known(
            table,
            &[
                "id", "do", "how", "minutes", "fixes", "risk", "warning", "image", "because", "effort",
                "always",
            ],
        );
        let risk = self
            .choice(
                table,
                "risk",
                &[
                    ("none", Risk::None),
                    ("data", Risk::Data),
                    ("money", Risk::Money),
                    ("safety", Risk::Safety),
                ],
                false,
            )
            .unwrap_or(Risk::None);
        let warning = self.text(table, "warning");
        if risk != Risk::None && warning.is_none() {
            self.report(
                table,
                "risk",
                Code::NoWarning,
                "这一步有风险，缺 warning：写一句做之前要先确认什么。".into(),
            );
        }
        Step {
            id: self.id(table),
            action: self.need(table, "do"),
            detail: self.text(table, "how"),
            minutes: self.minutes(table, true),
            fixes: self.texts(table, "fixes").into_iter().map(|(id, _)| id).collect(),
            risk,
            warning,
            image: self.text(table, "image"),
            because: self.text(table, "because"),
            effort: self.text(table, "effort"),
            always: self.flag(table, "always").unwrap_or(false),
            line: self.line(&table.span),
        }
    }

    fn stop(&mut self, table: &Table<'_>) -> Stop {
        self.known(table, &["when", "call", "ready"]);
        Stop {
            when: self.need(table, "when"),
            call: self.need(table, "call"),
            ready: self.texts(table, "ready").into_iter().map(|(what, _)| what).collect(),
        }
    }

    fn id(&mut self, table: &Table<'_>) -> String {
        let id = self.need(table, "id");
        if !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            self.report(table, "id", Code::BadValue, format!("id「{id}」只能用小写字母、数字和短横线。"));
        }
        id
    }

    fn minutes(&mut self, table: &Table<'_>, required: bool) -> f32 {
        /// A glance at the machine.
        const GLANCE: f32 = 0.3;
        let value = match table.map.get("minutes") {
            None if required => {
                self.report(table, "minutes", Code::MissingKey, "缺 minutes：这一步大概要几分钟。".into());
                return 1.0;
            }
            None => return GLANCE,
            Some(value) => value,
        };
        let number = match value.get_ref() {
            DeValue::Integer(integer) => integer.as_str().parse::<f32>().ok(),
            DeValue::Float(float) => float.as_str().parse::<f32>().ok(),
            _ => None,
        };
        match number {
            Some(minutes) if minutes > 0.0 && minutes <= 240.0 => minutes,
            _ => {
                self.report(
                    table,
                    "minutes",
                    Code::BadValue,
                    "minutes 写大于 0、不超过 240 的数字，单位是分钟。".into(),
                );
                1.0
            }
        }
    }

    fn place(&mut self, table: &Table<'_>) -> Option<u8> {
        let value = table.map.get("first_screen")?;
        let place = match value.get_ref() {
            DeValue::Integer(integer) => {
                integer.as_str().parse().ok().filter(|place| (1..=8).contains(place))
            }
            _ => None,
        };
        if place.is_none() {
            self.report(
                table,
                "first_screen",
                Code::BadValue,
                "first_screen 写 1 到 8，是首屏按钮的次序。".into(),
            );
        }
        place
    }

    fn flag(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        match table.map.get(key)?.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                self.report(table, key, Code::BadValue, format!("{key} 只能写 true 或 false。"));
                None
            }
        }
    }

    /// `true` for all steps, a number for so many from the first.
    fn kept(&mut self, table: &Table<'_>, key: &str) -> u8 {
        let Some(value) = table.map.get(key) else { return 0 };
        let kept = match value.get_ref() {
            DeValue::Boolean(all) => Some(if *all { ALL_STEPS } else { 0 }),
            DeValue::Integer(steps) => steps.as_str().parse().ok(),
            _ => None,
        };
        if kept.is_none() {
            let message = format!("{key} 写 true（每一步都照顺序），或者数字：前几步照顺序。");
            self.report(table, key, Code::BadValue, message);
        }
        kept.unwrap_or(0)
    }

    fn date(&mut self, table: &Table<'_>, key: &str) -> String {
        match table.map.get(key).map(|value| value.get_ref()) {
            Some(DeValue::Datetime(date)) if date.time.is_none() => date.to_string(),
            Some(_) => {
                self.report(table, key, Code::BadValue, format!("{key} 写日期，不加引号，例如 2026-11-22。"));
                String::new()
            }
            None => {
                self.report(
                    table,
                    key,
                    Code::MissingKey,
                    format!("缺 {key}：写上次核对的日期，例如 2026-11-22。"),
                );
                String::new()
            }
        }
    }

    fn choice<T: Copy>(
        &mut self,
        table: &Table<'_>,
        key: &str,
        known: &[(&str, T)],
        required: bool,
    ) -> Option<T> {
        let Some(value) = table.map.get(key) else {
            if required {
                let all: Vec<_> = known.iter().map(|(name, _)| *name).collect();
                self.report(
                    table,
                    key,
                    Code::MissingKey,
                    format!("{}缺 {key}：写 {}。", table.name, all.join("、")),
                );
            }
            return None;
        };
        let found = value.get_ref().as_str().and_then(|text| known.iter().find(|(name, _)| *name == text));
        if found.is_none() {
            let all: Vec<_> = known.iter().map(|(name, _)| *name).collect();
            self.report(table, key, Code::BadValue, format!("{key} 只能写 {} 之一。", all.join("、")));
        }
        found.map(|(_, value)| *value)
    }

    /// Text that must be there; reports its absence and stands in with nothing.
    fn need(&mut self, table: &Table<'_>, key: &str) -> String {
        if !table.map.contains_key(key) {
            self.report(table, key, Code::MissingKey, format!("{}缺 {key}。", table.name));
        }
        self.text(table, key).unwrap_or_default()
    }

    fn text(&mut self, table: &Table<'_>, key: &str) -> Option<String> {
        let value = table.map.get(key)?;
        match value.get_ref().as_str().map(str::trim) {
            Some("") => {
                self.report(table, key, Code::BadValue, format!("{key} 是空的：写上内容，或删掉这一行。"));
                None
            }
            Some(text) => Some(text.to_owned()),
            None => {
                self.report(table, key, Code::BadValue, format!("{key} 要写成带引号的文字。"));
                None
            }
        }
    }

    fn texts(&mut self, table: &Table<'_>, key: &str) -> Vec<(String, u32)> {
        let Some(value) = table.map.get(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.report(table, key, Code::BadValue, format!("{key} 要写成列表：[\"…\", \"…\"]。"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in array.iter() {
            let line = self.line(&value.span());
            match value.get_ref().as_str().map(str::trim) {
                Some(text) if !text.is_empty() => texts.push((text.to_owned(), line)),
                _ => self.at(line, Code::BadValue, format!("{key} 里每一项都要是带引号的文字，不能为空。")),
            }
        }
        texts
    }

    fn table<'t>(&mut self, table: &'t Table<'_>, key: &str) -> Option<Table<'t>> {
        let value = table.map.get(key)?;
        match value.get_ref() {
            DeValue::Table(map) => Some(Table { name: format!("[{key}] "), span: value.span(), map }),
            _ => {
                self.report(table, key, Code::BadValue, format!("{key} 要写成 [{key}] 一节。"));
                None
            }
        }
    }

    fn tables<'t>(&mut self, table: &'t Table<'_>, key: &str) -> Vec<Table<'t>> {
        let Some(value) = table.map.get(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.report(table, key, Code::BadValue, format!("{key} 要写成 [[{key}]]，可以有多节。"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (nth, value) in array.iter().enumerate() {
            match value.get_ref() {
                DeValue::Table(map) => {
                    tables
                        .push(Table { name: format!("第 {} 个 {key} ", nth + 1), span: value.span(), map });
                }
                _ => {
                    let line = self.line(&value.span());
                    self.at(line, Code::BadValue, format!("{key} 里每一项要写成 {{ … }} 或 [[{key}]]。"));
                }
            }
        }
        tables
    }

    fn known(&mut self, table: &Table<'_>, known: &[&str]) {
        for (key, _) in table.map.iter() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let line = self.line(&key.span());
                self.at(
                    line,
                    Code::UnknownKey,
                    format!("{}里没有「{name}」这个键，能写的是：{}。", table.name.trim(), known.join("、")),
                );
            }
        }
    }

    fn unique<'i>(&mut self, ids: impl Iterator<Item = (&'i String, u32)>) {
        let mut seen = std::collections::BTreeSet::new();
        for (id, line) in ids {
            if !id.is_empty() && !seen.insert(id) {
                self.at(line, Code::DuplicateId, format!("id「{id}」用了两次，换一个。"));
            }
        }
    }

    /// Reports at `key` of `table`, or at the table itself where the key is missing.
    fn report(&mut self, table: &Table<'_>, key: &str, code: Code, message: String) {
        let span = table.map.get_key_value(key).map_or_else(|| table.span.clone(), |(key, _)| key.span());
        let line = self.line(&span);
        self.at(line, code, message);
    }

    fn at(&mut self, line: u32, code: Code, message: String) {
        self.diagnostics.push(Diagnostic { file: self.file.to_owned(), line, code, message });
    }

    /// The line in the file: the front matter begins on line 2.
    fn line(&self, span: &Range<usize>) -> u32 {
        1 + self.lines.line(span.start)
    }
}

const DEVICES: &[(&str, Device)] = &[
    ("desk", Device::Desk),
    ("mobile", Device::Mobile),
    ("smart", Device::Smart),
    ("scan-box", Device::ScanBox),
    ("speaker", Device::Speaker),
    ("dongle", Device::Dongle),
    ("qr-stand", Device::QrStand),
];
