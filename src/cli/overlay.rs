//! A provider's own content laid over ours: by topic id and key, so that ours can be updated underneath.
//!
//! An overlay is a folder like `content/` with only what differs:
//!
//! * `<group>/<id>.md`: of an article that we have, only the keys to replace (`pay_now = "…"`); steps,
//!   causes and questions by their `id`; the text below only if there is any. Of a new topic, all of it.
//! * `topics.tsv`: lines for new topics.
//! * `codes.toml`: codes, by `code`, and by `system` where a code has several. `splits.toml`: by `id`.
//! * `lexicon.toml`: word by word. `not-ours.toml`, `vague.toml`: more of the same.
//! * `images/`: drawings, by name.
//!
//! `removed = true` takes away: in an article the whole topic, in a section (`[[step]]`, `[[code]]`) that one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use posdoc::content::Diagnostic;
use toml::{Table, Value};

/// Files that an overlay may have beside articles and drawings.
const TABLES: &[&str] =
    &["topics.tsv", "codes.toml", "lexicon.toml", "splits.toml", "not-ours.toml", "vague.toml"];
/// Keys that tell which section is meant.
const IDENTITY: &[&str] = &["id", "code", "system", "say", "word"];
/// The key that takes away.
const REMOVED: &str = "removed";

/// Content as merged; the folder vanishes with this.
pub(super) struct Merged {
    folder: PathBuf,
    content: PathBuf,
    overlay: PathBuf,
    /// By the file's name in the merged folder.
    laid: BTreeMap<String, Laid>,
    unused: Vec<String>,
    /// Topics taken away. Their articles stay in the folder: whoever refers to them is not at fault.
    removed: BTreeSet<String>,
    /// What was to be taken away and could not be, each with its place.
    mistaken: Vec<String>,
}

/// A file of the overlay, and what became of it.
struct Laid {
    /// What it is called in the overlay.
    name: String,
    under: Option<String>,
    over: String,
    both: String,
}

impl Merged {
    /// Where it lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Topics that do not apply to this provider.
    pub(super) fn removed(&self) -> &BTreeSet<String> {
        &self.removed
    }

    /// Whether `found` is anybody's business: of an article that was taken away it is not.
    pub(super) fn concerns(&self, found: &Diagnostic) -> bool {
        !id(&found.file).is_some_and(|id| self.removed.contains(id))
    }

    /// What the overlay says that means nothing to us, each with what to do about it.
    pub(super) fn unused(&self) -> Vec<String> {
        let said = |name: &String| {
            let file = self.overlay.join(name);
            format!(
                "{}: 没有用上。能放的是 <组>/<主题>.md、images/ 里的图、{}",
                file.display(),
                TABLES.join("、")
            )
        };
        self.unused.iter().map(said).chain(self.mistaken.iter().cloned()).collect()
    }

    /// `found` in the merged content, with the place where people wrote it: theirs, or else ours.
    pub(super) fn placed(&self, found: &Diagnostic) -> Diagnostic {
        let at = |folder: &Path, name: &str, line| Diagnostic {
            file: folder.join(name).display().to_string(),
            line,
            ..found.clone()
        };
        let Some(laid) = self.laid.get(&found.file) else {
            return at(&self.content, &found.file, found.line);
        };
        let Some(under) = &laid.under else { return at(&self.overlay, &laid.name, found.line) };
        let spot = Spot::at(&laid.both, found.line as usize);
        match spot.line_in(&laid.over) {
            Some(line) => at(&self.overlay, &laid.name, line),
            None => at(&self.content, &found.file, spot.line_in(under).unwrap_or(1)),
        }
    }
}

impl Drop for Merged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Lays `overlay` over `content`, neither of which is changed.
pub(super) fn lay(content: &Path, overlay: &Path) -> anyhow::Result<Merged> {
    let mut merged = Merged {
        folder: std::env::temp_dir().join(format!("posdoc-overlay-{}", std::process::id())),
        content: content.to_owned(),
        overlay: overlay.to_owned(),
        laid: BTreeMap::new(),
        unused: Vec::new(),
        removed: BTreeSet::new(),
        mistaken: Vec::new(),
    };
    // What an earlier process of this number may have left.
    let _ = fs::remove_dir_all(&merged.folder);
    let mut files = BTreeMap::new();
    list(content, "", &mut files)?;
    let mut theirs = BTreeMap::new();
    list(overlay, "", &mut theirs)?;
    if theirs.is_empty() {
        bail!("{} 里没有文件。放进要改的文章、topics.tsv 或 codes.toml", overlay.display());
    }
    let mut by_id: BTreeMap<String, String> =
        files.keys().filter_map(|name| Some((id(name)?.to_owned(), name.clone()))).collect();
    let said: String = theirs.values().map(String::as_str).collect();
    for (name, text) in theirs {
        let ours = match id(&name) {
            Some(id) => by_id.get(id).cloned(),
            None => Some(name.clone()).filter(|name| files.contains_key(name)),
        };
        let known = name.starts_with("images/")
            || name.ends_with(".md") && name.contains('/')
            || TABLES.contains(&name.as_str());
        if ours.is_none() && !known {
            merged.unused.push(name);
            continue;
        }
        let under = ours.as_ref().and_then(|ours| files.get(ours)).cloned();
        let place = overlay.join(&name);
        if let Some(id) = id(&name)
            && let Some(others) = takes_away(&text).with_context(|| place.display().to_string())?
        {
            let line = line_of(&text, REMOVED);
            match (ours, under) {
                (Some(ours), Some(under)) => {
                    merged.removed.insert(id.to_owned());
                    files.insert(ours, said_by_nobody_else(&under, &said)?);
                    if !others.is_empty() {
                        let others = others.join("、");
                        let found = format!(
                            "{}:{line}: 整篇去掉了，{others} 没有用：删掉它们，或者删掉 removed",
                            place.display()
                        );
                        merged.mistaken.push(found);
                    }
                }
                _ => merged.mistaken.push(format!(
                    "{}:{line}: 我们没有「{id}」这个主题，不用去掉：改成 topics.tsv 里的编号",
                    place.display()
                )),
            }
            continue;
        }
        let mut lost = Vec::new();
        let both = match (&under, name.as_str()) {
            (None, _) => Ok(text.clone()),
            (Some(under), "topics.tsv") => lines(under, &text),
            (Some(under), "not-ours.toml" | "vague.toml") => Ok(format!("{under}\n{text}")),
            (Some(under), name) if name.ends_with(".toml") => tables(under, &text, &mut lost),
            (Some(under), name) if name.ends_with(".md") => article(under, &text, &mut lost),
            (Some(_), _) => Ok(text.clone()),
        };
        for (what, why) in lost {
            merged.mistaken.push(format!("{}:{}: {what} {why}", place.display(), line_of(&text, &what)));
        }
        let ours = ours.unwrap_or_else(|| name.clone());
        by_id.extend(id(&ours).map(|id| (id.to_owned(), ours.clone())));
        let both = both.with_context(|| format!("把 {} 盖到 {ours} 上", overlay.join(&name).display()))?;
        files.insert(ours.clone(), both.clone());
        merged.laid.insert(ours, Laid { name, under, over: text, both });
    }
    for (name, text) in files {
        let file = merged.folder.join(&name);
        let folder = file.parent().unwrap_or(&merged.folder);
        fs::create_dir_all(folder).with_context(|| format!("建文件夹 {}", folder.display()))?;
        fs::write(&file, text).with_context(|| format!("写 {}", file.display()))?;
    }
    Ok(merged)
}

/// An article's id, by which it is known in whichever folder it stands.
fn id(name: &str) -> Option<&str> {
    name.rsplit('/').next()?.strip_suffix(".md")
}

/// The line of `text` that says `what`, counted from 1.
fn line_of(text: &str, what: &str) -> usize {
    1 + text.lines().position(|line| line.contains(what)).unwrap_or(0)
}

/// What an article says beside taking its topic away; nothing if it does not.
fn takes_away(article: &str) -> anyhow::Result<Option<Vec<String>>> {
    // What is wrong with an article otherwise is said where it is laid over ours.
    let Ok((settings, text)) = front(article) else { return Ok(None) };
    let Ok(settings) = settings.parse::<Table>() else { return Ok(None) };
    match settings.get(REMOVED) {
        None => return Ok(None),
        Some(Value::Boolean(true)) => {}
        Some(other) => bail!("removed 只能写 true，这里是 {other}。要留着这一篇就删掉这一行"),
    }
    let others = settings.keys().filter(|key| *key != REMOVED).cloned();
    let text = (!text.trim().is_empty()).then(|| "正文".to_owned());
    Ok(Some(others.chain(text).collect()))
}

/// An article without the phrases that stand in `others` too: a topic of theirs may take its place.
fn said_by_nobody_else(article: &str, others: &str) -> anyhow::Result<String> {
    let (settings, text) = front(article)?;
    let mut settings: Table = settings.parse()?;
    if let Some(Value::Array(phrases)) = settings.get_mut("phrases") {
        phrases.retain(|phrase| !others.contains(&phrase.to_string()));
    }
    Ok(format!("+++\n{}+++\n{text}", toml::to_string(&settings)?))
}

/// Every text below `folder`, by its path.
fn list(folder: &Path, above: &str, files: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    for file in fs::read_dir(folder).with_context(|| format!("打开 {}", folder.display()))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{above}{name}");
        if file.file_type()?.is_dir() {
            list(&file.path(), &format!("{below}/"), files)?;
        } else {
            let text = fs::read(file.path()).with_context(|| format!("读 {}", file.path().display()))?;
            let Ok(text) = String::from_utf8(text) else {
                bail!("{} 不是 UTF-8 编码。用编辑器另存为 UTF-8", file.path().display())
            };
            files.insert(below, text);
        }
    }
    Ok(())
}

/// Lines of `topics.tsv`, by their first field.
fn lines(under: &str, over: &str) -> anyhow::Result<String> {
    fn id(line: &str) -> &str {
        line.split('\t').next().unwrap_or_default()
    }
    let mut both: Vec<&str> = under.lines().collect();
    let mut places: BTreeMap<&str, usize> =
        both.iter().enumerate().map(|(at, line)| (id(line), at)).collect();
    for line in over.lines().filter(|line| !line.trim().is_empty()) {
        let place = *places.entry(id(line)).or_insert(both.len());
        match both.get_mut(place) {
            Some(ours) => *ours = line,
            None => {
                // Among its group, where the list of all topics shows it.
                let group = |line: &str| line.split('\t').nth(1).map(str::to_owned);
                let last = both.iter().rposition(|ours| group(ours) == group(line));
                both.insert(last.map_or(both.len(), |last| last + 1), line);
            }
        }
    }
    Ok(both.join("\n") + "\n")
}

/// What could not be taken away, as it is written there, and why.
type Lost = Vec<(String, &'static str)>;

fn tables(under: &str, over: &str, lost: &mut Lost) -> anyhow::Result<String> {
    let mut both: Table = under.parse()?;
    let before = both.clone();
    merge(&mut both, over.parse()?, lost)?;
    tidy(&mut both, &before);
    Ok(toml::to_string(&both)?)
}

fn article(under: &str, over: &str, lost: &mut Lost) -> anyhow::Result<String> {
    let (ours, our_text) = front(under)?;
    let (theirs, their_text) = front(over)?;
    let settings = tables(ours, theirs, lost)?;
    let text = if their_text.trim().is_empty() { our_text } else { their_text };
    Ok(format!("+++\n{settings}+++\n{text}"))
}

/// What stands between the two `+++` lines, and what follows them.
fn front(article: &str) -> anyhow::Result<(&str, &str)> {
    let article = article.trim_start_matches('\u{feff}');
    let settings = article.strip_prefix("+++").and_then(|rest| rest.split_once("\n+++"));
    let Some((settings, text)) = settings else { bail!("文章开头要有两行 +++，中间写设置") };
    Ok((settings, text.split_once('\n').map_or("", |(_, text)| text)))
}

/// Puts every key of `over` into `under`; sections (`[[step]]`) one by one, known by their identity.
fn merge(under: &mut Table, over: Table, lost: &mut Lost) -> anyhow::Result<()> {
    for (name, value) in over {
        match (under.get_mut(&name), value) {
            (Some(Value::Array(ours)), Value::Array(theirs)) if theirs.iter().all(Value::is_table) => {
                for section in theirs {
                    lay_section(&name, ours, section, lost)?;
                }
            }
            (Some(Value::Table(ours)), Value::Table(theirs)) => merge(ours, theirs, lost)?,
            (_, value) => {
                under.insert(name, value);
            }
        }
    }
    Ok(())
}

/// Forgets what refers to causes and steps that were taken away since `before`: a step that has nothing
/// left to fix goes too, and so does a cause that no step fixes, and a question that tells nothing apart.
fn tidy(article: &mut Table, before: &Table) {
    loop {
        let gone = |of: &str, now: &Table| -> BTreeSet<String> {
            let now = ids(now, of);
            ids(before, of).into_iter().filter(|id| !now.contains(id)).collect()
        };
        let (causes, steps) = (gone("cause", article), gone("step", article));
        if causes.is_empty() && steps.is_empty() {
            return;
        }
        let is_gone = |id: &Value| id.as_str().is_some_and(|id| causes.contains(id));
        for step in sections_mut(article, "step") {
            without(step, "fixes", is_gone);
        }
        let idle = |step: &Value| step.get("fixes").and_then(Value::as_array).is_some_and(Vec::is_empty);
        without(article, "step", idle);
        let fixed = |article: &Table| -> Vec<Value> {
            let steps = article.get("step").and_then(Value::as_array).into_iter().flatten();
            let lists = steps.filter_map(|step| step.get("fixes")?.as_array().cloned());
            lists.flatten().collect()
        };
        let (helped, before_helped) = (fixed(article), fixed(before));
        let hopeless = |cause: &Value| {
            cause.get("id").is_some_and(|id| before_helped.contains(id) && !helped.contains(id))
        };
        without(article, "cause", hopeless);
        for question in sections_mut(article, "question") {
            for answer in sections_mut(question, "answers") {
                without(answer, "for", is_gone);
                without(answer, "against", is_gone);
            }
        }
        if gone("cause", article) == causes && gone("step", article) == steps {
            break;
        }
    }
    let says = |answer: &Value| {
        let list = |key: &str| answer.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        (list("for"), list("against"))
    };
    without(article, "question", |question| {
        let answers = question.get("answers").and_then(Value::as_array);
        answers.is_some_and(|answers| answers.windows(2).all(|two| says(&two[0]) == says(&two[1])))
    });
    // So many steps, from the first, stand as written.
    let now = ids(article, "step");
    if let Some(Value::Integer(kept)) = article.get_mut("keep_order") {
        let first = ids(before, "step").into_iter().take(usize::try_from(*kept).unwrap_or_default());
        *kept -= first.filter(|id| !now.contains(id)).count() as i64;
    }
}

/// The ids of all sections of this name.
fn ids(table: &Table, name: &str) -> Vec<String> {
    let sections = table.get(name).and_then(Value::as_array).into_iter().flatten();
    sections.filter_map(|section| Some(section.get("id")?.as_str()?.to_owned())).collect()
}

/// Takes out of a list what is `gone`.
fn without(table: &mut Table, list: &str, gone: impl Fn(&Value) -> bool) {
    if let Some(Value::Array(list)) = table.get_mut(list) {
        list.retain(|value| !gone(value));
    }
}

fn sections_mut<'t>(table: &'t mut Table, name: &str) -> impl Iterator<Item = &'t mut Table> {
    let list = table.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_table_mut)
}

fn lay_section(name: &str, ours: &mut Vec<Value>, section: Value, lost: &mut Lost) -> anyhow::Result<()> {
    let given: Vec<&str> = IDENTITY.iter().copied().filter(|key| section.get(key).is_some()).collect();
    let same = |ours: &Value| given.iter().all(|key| ours.get(key) == section.get(key));
    let found: Vec<usize> =
        (0..ours.len()).filter(|nth| !given.is_empty() && ours.get(*nth).is_some_and(same)).collect();
    let removed = section.get(REMOVED) == Some(&Value::Boolean(true));
    let called = |section: &Value| {
        let key = given.first().map_or(REMOVED, |key| key);
        section.get(key).map(|value| format!("{key} = {value}")).unwrap_or_default()
    };
    match (found.first(), section) {
        (Some(_), section) if found.len() > 1 => {
            let which = given.first().and_then(|key| section.get(key)).map(Value::to_string);
            let which = which.unwrap_or_default();
            bail!("[[{name}]] {which} 在我们这里有 {} 个，补上 system 说明是哪一个", found.len())
        }
        // Looking up how a transaction ended is what keeps money from being taken twice.
        (Some(nth), section) if removed && ours[*nth].get("always") == Some(&Value::Boolean(true)) => {
            lost.push((called(&section), "这一步写着 always，是为了不重复扣款，不能去掉；可以换成您的说法"));
        }
        (Some(nth), _) if removed => drop(ours.remove(*nth)),
        (None, section) if removed => {
            lost.push((called(&section), "我们这里没有，不用去掉：看看编号写对了没有"))
        }
        (Some(nth), Value::Table(section)) => {
            if let Some(Value::Table(ours)) = ours.get_mut(*nth) {
                merge(ours, section, lost)?;
            }
        }
        (_, section) => ours.push(section),
    }
    Ok(())
}

/// A place in a merged file, as far as it can be found again in what it was merged from: merging
/// writes settings anew.
struct Spot {
    section: Section,
    line: String,
}

/// A stretch of a file: the settings at the top, a `[[step]]`, or the text below.
#[derive(Default)]
struct Section {
    name: String,
    /// The lines that tell which one it is, such as `id = "paper"`.
    identity: Vec<String>,
    /// Its first line, counted from 1, and all of them.
    first: usize,
    lines: Vec<String>,
}

impl Spot {
    fn at(text: &str, line: usize) -> Self {
        let section = sections(text).into_iter().rfind(|section| section.first <= line).unwrap_or_default();
        let line = section.lines.get(line.saturating_sub(section.first)).cloned().unwrap_or_default();
        Self { section, line }
    }

    fn line_in(&self, text: &str) -> Option<u32> {
        let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
        let same = |section: &Section| {
            section.name == self.section.name
                && section.identity.is_empty() == self.section.identity.is_empty()
                && section.identity.iter().all(|line| self.section.identity.contains(line))
        };
        let section = sections(text).into_iter().find(same)?;
        let find = |wanted: &dyn Fn(&str) -> bool| section.lines.iter().position(|line| wanted(line));
        let nth = find(&|line| line.trim() == self.line.trim())
            .or_else(|| find(&|line| key(line).is_some() && key(line) == key(&self.line)));
        // Settings at the top and the text are everywhere; what is not in theirs is in ours.
        let anonymous = section.identity.is_empty();
        Some((section.first + if anonymous { nth? } else { nth.unwrap_or(0) }) as u32)
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section { first: 1, ..Section::default() }];
    let mut bars = 0;
    for (nth, line) in text.lines().enumerate() {
        bars += usize::from(line.trim_end() == "+++");
        let header = line.trim().strip_prefix('[').map(|rest| rest.trim_matches(['[', ']']));
        // `[[question.answers]]` belongs to the question before it.
        let name = match header {
            Some(name) => name.split('.').next().unwrap_or(name).to_owned(),
            None if bars == 2 && line.trim_end() == "+++" => "+++".to_owned(),
            None => String::new(),
        };
        let begins = !name.is_empty()
            && (header.is_none_or(|header| !header.contains('.'))
                || sections.last().is_none_or(|section| section.name != name));
        if begins {
            sections.push(Section { name, first: nth + 1, ..Section::default() });
        }
        if let Some(section) = sections.last_mut() {
            let key = line.split_once('=').map_or("", |(key, _)| key.trim());
            if IDENTITY.contains(&key) && !section.name.is_empty() {
                section.identity.push(line.trim().to_owned());
            }
            section.lines.push(line.to_owned());
        }
    }
    sections
}
