//! A provider's own content laid over ours: by topic id and key, so that ours can be updated underneath.
//!
//! An overlay is a folder like `content/` with only what differs:
//!
//! * `<group>/<id>.md`: of an article that we have, only the keys to replace (`pay_now = "…"`); steps,
//!   causes and questions by their `id`; the text below only if there is any. Of a new topic, all of it.
//! * `topics.tsv`: lines for new topics.
//! * `codes.toml`: codes, by `code` and `system`.
//! * `not-ours.toml`, `vague.toml`: more of the same. `images/`: drawings, by name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use toml::{Table, Value};

/// Content as merged; the folder vanishes with this.
pub(super) struct Merged(PathBuf);

impl Merged {
    /// Where it lies.
    pub(super) fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Merged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Lays `overlay` over `content`, neither of which is changed.
pub(super) fn lay(content: &Path, overlay: &Path) -> anyhow::Result<Merged> {
    let merged = Merged(std::env::temp_dir().join(format!("posdoc-overlay-{}", std::process::id())));
    let mut files = BTreeMap::new();
    list(content, "", &mut files)?;
    let mut theirs = BTreeMap::new();
    list(overlay, "", &mut theirs)?;
    if theirs.is_empty() {
        bail!("{} 里没有文件。放进要改的文章、topics.tsv 或 codes.toml", overlay.display());
    }
    // An article is known by its id, in whichever folder it stands.
    let id = |name: &str| name.rsplit('/').next().filter(|id| id.ends_with(".md")).map(str::to_owned);
    let mut by_id: BTreeMap<String, String> =
        files.keys().filter_map(|name| Some((id(name)?, name.clone()))).collect();
    for (name, text) in theirs {
        let ours = match id(&name) {
            Some(id) => by_id.get(&id).cloned(),
            None => Some(name.clone()).filter(|name| files.contains_key(name)),
        };
        let Some(ours) = ours else {
            by_id.extend(id(&name).map(|id| (id, name.clone())));
            files.insert(name, text);
            continue;
        };
        let under = files.get(&ours).map_or("", String::as_str);
        let both = match name.as_str() {
            "topics.tsv" => lines(under, &text),
            "codes.toml" => tables(under, &text, &["code", "system"]),
            "not-ours.toml" | "vague.toml" => Ok(format!("{under}\n{text}")),
            name if name.ends_with(".md") => article(under, &text),
            _ => Ok(text),
        };
        let both = both.with_context(|| format!("把 {} 盖到 {ours} 上", overlay.join(&name).display()))?;
        files.insert(ours, both);
    }
    for (name, text) in files {
        let file = merged.0.join(&name);
        let folder = file.parent().unwrap_or(&merged.0);
        fs::create_dir_all(folder).with_context(|| format!("建文件夹 {}", folder.display()))?;
        fs::write(&file, text).with_context(|| format!("写 {}", file.display()))?;
    }
    Ok(merged)
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
            files.insert(below, String::from_utf8_lossy(&text).into_owned());
        }
    }
    Ok(())
}

/// Lines of `topics.tsv`, by their first field.
fn lines(under: &str, over: &str) -> anyhow::Result<String> {
    let id = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    let mut both: Vec<&str> = under.lines().collect();
    for line in over.lines().filter(|line| !line.trim().is_empty()) {
        match both.iter_mut().find(|ours| id(ours) == id(line)) {
            Some(ours) => *ours = line,
            None => both.push(line),
        }
    }
    Ok(both.join("\n") + "\n")
}

fn tables(under: &str, over: &str, keys: &[&str]) -> anyhow::Result<String> {
    let mut both: Table = under.parse()?;
    merge(&mut both, over.parse()?, keys);
    Ok(toml::to_string(&both)?)
}

fn article(under: &str, over: &str) -> anyhow::Result<String> {
    let (ours, our_text) = front(under)?;
    let (theirs, their_text) = front(over)?;
    let settings = tables(ours, theirs, &["id"])?;
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

/// Puts every key of `over` into `under`; sections (`[[step]]`) one by one, known by `keys`.
fn merge(under: &mut Table, over: Table, keys: &[&str]) {
    for (name, value) in over {
        match (under.get_mut(&name), value) {
            (Some(Value::Array(ours)), Value::Array(theirs)) if theirs.iter().all(Value::is_table) => {
                for section in theirs {
                    let same = |ours: &&mut Value| keys.iter().all(|key| ours.get(key) == section.get(key));
                    match (ours.iter_mut().find(same), section) {
                        (Some(Value::Table(ours)), Value::Table(section)) => merge(ours, section, keys),
                        (_, section) => ours.push(section),
                    }
                }
            }
            (_, value) => {
                under.insert(name, value);
            }
        }
    }
}
