//! Reading a corpus from disk: the only place in the library that does I/O.

use std::collections::BTreeMap;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use siphasher::sip128::{Hasher128, SipHasher13};

use super::{Code, Diagnostic, Drawing, KnowledgeBase, Promise, lint, parse};

/// Nothing an editor writes by hand is this large; a file that is was put here by mistake.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// The list of topics may be longer: two hundred bytes a topic are 50,000 topics.
const MAX_LIST_BYTES: u64 = 10 << 20;

/// Why a corpus could not be read at all. Faults inside files are [`Diagnostic`]s instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The content folder is missing or closed: name the right one with `--content`.
    #[error("内容文件夹 {path} 打不开：{source}。用 --content 指出它在哪里")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Reads the corpus in `folder` with every fault found on the way, sorted by file and line.
///
/// # Errors
/// Only if the folder itself cannot be listed.
pub fn load(folder: &Path) -> Result<(KnowledgeBase, Vec<Diagnostic>), Error> {
    let mut files = Vec::new();
    let mut diagnostics = Vec::new();
    list(folder, folder, &mut files).map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
    files.sort();

    let mut base = KnowledgeBase::default();
    let mut promised = Vec::new();
    let listed = read(folder, "topics.tsv", &mut diagnostics);
    if let Some(text) = &listed {
        (base.promises, promised) = promises(text, &mut diagnostics).into_iter().unzip();
    }
    let by_id: BTreeMap<&str, &Promise> =
        base.promises.iter().map(|promise| (promise.id.as_str(), promise)).collect();
    let (drawn, written): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|file| file.starts_with("images/"));
    for file in drawn {
        if let Some(svg) = read(folder, file, &mut diagnostics) {
            base.drawings.push(Drawing { name: file["images/".len()..].to_owned(), svg });
        }
    }
    // Without the list nothing can be said of an article, least of all that it is one too many.
    let written: Vec<&String> = written
        .into_iter()
        .filter(|file| listed.is_some() && file.ends_with(".md") && file.contains('/'))
        .collect();
    let mut topics = BTreeMap::new();
    let mut broken = std::collections::BTreeSet::new();
    for (file, (topic, faults)) in written.iter().zip(each(&written, |file| article(folder, file, &by_id))) {
        if let Some(topic) = topic {
            topics.insert(topic.id.clone(), topic);
        } else if !faults.is_empty() {
            broken.insert(stem(file).to_owned());
        }
        diagnostics.extend(faults);
    }
    // Faults of writing come with the article; a promise without one is a fault of its own.
    for (promise, line) in base.promises.iter().zip(promised) {
        match topics.remove(&promise.id) {
            Some(topic) => base.topics.push(topic),
            None if broken.contains(&promise.id) => {}
            None => diagnostics.push(Diagnostic {
                file: "topics.tsv".into(),
                line,
                code: Code::NoArticle,
                message: format!("主题 {0} 还没有文章：写 {1}/{0}.md。", promise.id, promise.group),
            }),
        }
    }
    let code_lines;
    let vague_lines;
    (base.codes, code_lines) = rows(folder, "codes.toml", "code", &mut diagnostics).into_iter().unzip();
    (base.not_ours, _) =
        rows(folder, "not-ours.toml", "group", &mut diagnostics).into_iter().unzip::<_, _, _, Vec<u32>>();
    (base.vague, vague_lines) = rows(folder, "vague.toml", "vague", &mut diagnostics).into_iter().unzip();
    let split_lines;
    (base.splits, split_lines) = rows(folder, "splits.toml", "split", &mut diagnostics).into_iter().unzip();
    base.lexicon = whole(folder, "lexicon.toml", &mut diagnostics).unwrap_or_default();
    let rows = lint::Rows {
        codes: code_lines,
        vague: vague_lines,
        splits: split_lines,
        topics_known: listed.is_some(),
    };
    lint::lint(folder_texts(folder, &base), rows, &base, &mut diagnostics);
    diagnostics.sort();
    diagnostics.dedup();
    Ok((base, diagnostics))
}

/// One diagnostic per topic that was last reviewed before `limit`, an ISO date.
pub fn stale(base: &KnowledgeBase, limit: &str) -> Vec<Diagnostic> {
    lint::stale(base, limit)
}

/// A hash over the names and bytes of every file in the corpus: equal for equal content.
///
/// # Errors
/// If the folder cannot be listed.
pub fn fingerprint(folder: &Path) -> Result<u128, Error> {
    let mut files = Vec::new();
    list(folder, folder, &mut files).map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
    files.sort();
    let mut hasher = SipHasher13::new();
    for file in files {
        hasher.write(file.as_bytes());
        hasher.write_u8(0);
        let path = folder.join(&file);
        // A pipe or a device would never end.
        if path.is_file() {
            hasher.write(&fs::read(path).unwrap_or_default());
        }
    }
    Ok(hasher.finish128().as_u128())
}

/// Every path below `folder`, with forward slashes; folders named like articles are listed too, so
/// that they can be complained about.
fn list(root: &Path, folder: &Path, files: &mut Vec<String>) -> std::io::Result<()> {
    for found in fs::read_dir(folder)? {
        let path = found?.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if name.rsplit('/').next().is_some_and(|last| last.starts_with('.')) {
            continue;
        }
        if path.is_dir() && !name.ends_with(".md") {
            // A closed sub-folder is not worth stopping for: its articles will be reported missing.
            let _ = list(root, &path, files);
        } else {
            files.push(name);
        }
    }
    Ok(())
}

/// What `work` makes of each, in their order, on as many threads as there are processors.
pub(super) fn each<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts = all.chunks(share).map(|part| scope.spawn(|| part.iter().map(&work).collect::<Vec<_>>()));
        // Collected first: all are to run before the first is waited for.
        let running: Vec<_> = parts.collect();
        let done = running.into_iter();
        done.flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".md").unwrap_or(name)
}

fn article(
    folder: &Path,
    file: &str,
    promises: &BTreeMap<&str, &Promise>,
) -> (Option<super::Topic>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Some(&promise) = promises.get(stem(file)) else {
        diagnostics.push(Diagnostic {
            file: file.to_owned(),
            line: 1,
            code: Code::UnknownTopic,
            message: format!("topics.tsv 里没有「{}」。文件名要用主题的 id：改名或删掉；是新主题，就在 topics.tsv 里加一行。", stem(file)),
        });
        return (None, diagnostics);
    };
    if !file.starts_with(&format!("{}/", promise.group)) {
        diagnostics.push(Diagnostic {
            file: file.to_owned(),
            line: 1,
            code: Code::WrongGroup,
            message: format!("放错了文件夹，应该是 {}/{}.md。", promise.group, promise.id),
        });
    }
    let Some(text) = read(folder, file, &mut diagnostics) else { return (None, diagnostics) };
    let (topic, faults) = parse::topic(file, &text, promise);
    diagnostics.extend(faults);
    (topic, diagnostics)
}

/// A file's text, or nothing and a diagnostic that says why.
fn read(folder: &Path, file: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let path = folder.join(file);
    let mut report = |code, message: String| {
        diagnostics.push(Diagnostic { file: file.to_owned(), line: 1, code, message });
        None
    };
    let about = match fs::metadata(&path) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let how = if file == "topics.tsv" {
                "每行四列，id、组、标题、范围，用制表符隔开"
            } else {
                "从旧版本里找回来"
            };
            return report(Code::Unreadable, format!("缺 {file}：{how}。"));
        }
        Err(error) => return report(Code::Unreadable, format!("文件打不开：{error}。检查权限。")),
    };
    if about.is_dir() {
        return report(Code::NotAFile, "这是一个文件夹，应该是文件。改名或移走。".into());
    }
    if !about.is_file() {
        return report(Code::NotAFile, "这不是普通文件（管道或设备）。移走。".into());
    }
    let most = if file == "topics.tsv" { MAX_LIST_BYTES } else { MAX_FILE_BYTES };
    if about.len() > most {
        return report(
            Code::TooLarge,
            format!("文件有 {} KB，上限是 {} KB。是不是放错了文件？", about.len() >> 10, most >> 10),
        );
    }
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return report(Code::Unreadable, format!("文件打不开：{error}。检查权限。")),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() as u32;
            diagnostics.push(Diagnostic {
                file: file.to_owned(),
                line,
                code: Code::NotUtf8,
                message: "不是 UTF-8 编码。用编辑器「另存为 UTF-8」再保存一次。".into(),
            });
            None
        }
    }
}

/// The promises, each with its line.
fn promises(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Promise, u32)> {
    let mut promises = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (nth, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let mut report = |code, message: String| {
            diagnostics.push(Diagnostic { file: "topics.tsv".into(), line: nth as u32 + 1, code, message });
        };
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [id, group, title, scope] = columns[..] else {
            report(
                Code::BadPromise,
                format!("这一行有 {} 列，应该是 4 列：id、组、标题、范围。", columns.len()),
            );
            continue;
        };
        if !seen.insert(id) {
            report(Code::DuplicateId, format!("主题「{id}」列了两次，删掉一行。"));
            continue;
        }
        let promise =
            Promise { id: id.into(), group: group.into(), title: title.into(), scope: scope.into() };
        promises.push((promise, nth as u32 + 1));
    }
    promises
}

/// The rows of `[[key]]` in `file`; a row that does not fit is reported and left out.
fn rows<T: DeserializeOwned>(
    folder: &Path,
    file: &str,
    key: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(T, u32)> {
    let Some(text) = read(folder, file, diagnostics) else { return Vec::new() };
    let Some(table) = table(file, &text, diagnostics) else { return Vec::new() };
    let lines = super::Lines::new(&text);
    let mut rows = Vec::new();
    for (name, value) in table {
        let line = lines.line(name.span().start);
        if name.get_ref() != key {
            diagnostics.push(Diagnostic {
                file: file.to_owned(),
                line,
                code: Code::UnknownKey,
                message: format!("没有「{}」这个键，只能写 [[{key}]]。", name.get_ref()),
            });
            continue;
        }
        let toml::de::DeValue::Array(array) = value.into_inner() else {
            diagnostics.push(Diagnostic {
                file: file.to_owned(),
                line,
                code: Code::BadValue,
                message: format!("要写成 [[{key}]]，两层方括号，可以有多节。"),
            });
            continue;
        };
        for value in array {
            let at = value.span().start;
            match T::deserialize(toml::de::ValueDeserializer::from(value)) {
                Ok(row) => rows.push((row, lines.line(at))),
                Err(error) => diagnostics.push(misfit(file, &lines, at, &error)),
            }
        }
    }
    rows
}

fn whole<T: DeserializeOwned>(folder: &Path, file: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    let text = read(folder, file, diagnostics)?;
    match toml::from_str(&text) {
        Ok(value) => Some(value),
        Err(error) => {
            diagnostics.push(misfit(file, &super::Lines::new(&text), 0, &error));
            None
        }
    }
}

fn table<'t>(file: &str, text: &'t str, diagnostics: &mut Vec<Diagnostic>) -> Option<toml::de::DeTable<'t>> {
    match toml::de::DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(error) => {
            diagnostics.push(misfit(file, &super::Lines::new(text), 0, &error));
            None
        }
    }
}

/// serde's complaint, placed as closely as it allows.
fn misfit(file: &str, lines: &super::Lines, row: usize, error: &toml::de::Error) -> Diagnostic {
    let message = error.message();
    let code = if message.contains("unknown field") {
        Code::UnknownKey
    } else if message.contains("missing field") {
        Code::MissingKey
    } else if message.contains("unknown variant") || message.contains("invalid type") {
        Code::BadValue
    } else if message.contains("duplicate key") {
        Code::DuplicateId
    } else {
        Code::Toml
    };
    Diagnostic {
        file: file.to_owned(),
        line: lines.line(error.span().map_or(row, |span| span.start.max(row))),
        code,
        message: format!("读不懂：{message}。照旁边的写法改。"),
    }
}

/// The raw text of every article that was read, for checks that need lines.
// Read a second time on purpose: keeping every file's text in the knowledge base would ship it.
fn folder_texts(folder: &Path, base: &KnowledgeBase) -> Vec<(String, String)> {
    base.topics
        .iter()
        .map(|topic| topic.file.clone())
        .chain(["not-ours.toml".to_owned()])
        .filter_map(|file| Some((file.clone(), fs::read_to_string(folder.join(&file)).ok()?)))
        .collect()
}
