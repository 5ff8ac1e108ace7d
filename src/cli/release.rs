//! The last step of `posdoc dist`: one version of the app, as the service worker keeps it.
//!
//! The app's page refers to its script, style and loader by hashed names, so that a page always gets
//! the files of its own version, whichever the worker holds besides. Everything listed carries its
//! SHA-256; the version is a digest of the list, so that equal content is the same version.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use posdoc::content::{KnowledgeBase, Topic};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::dist::{hashed, integrity, unhashed};

/// What the app's page loads under a hashed name. The last keeps its own name too, for other pages.
const PAGE_FILES: &[&str] = &["app.css", "app.js", "posdoc.js"];
/// What the app's page fetches before the loader asks for it: its chat is open from the start. Scripts
/// alone: Firefox and WebKit fetch a preloaded wasm or pack again, since the loader names its integrity.
const EARLY: &[&str] = &["widget.js"];
/// Not part of the app: what is for other pages, and the worker, which the browser keeps by itself.
const APART: &[&str] = &["demo", "posdoc.js", "sw.js"];

/// Makes what stands in `out` a version: fills in the page and the service worker.
pub(super) fn seal(out: &Path, base: &KnowledgeBase) -> anyhow::Result<()> {
    let read = |file: &str| fs::read_to_string(out.join(file)).with_context(|| format!("读 {file}"));
    let mut page = read("index.html")?;
    for file in PAGE_FILES {
        let bytes = fs::read(out.join(file)).with_context(|| format!("读 {file}"))?;
        let name = hashed(file, &bytes);
        page = filled(&page, &format!("\"{file}\""), &format!("\"{name}\""), "index.html")?;
        fs::write(out.join(&name), bytes)?;
        if *file != "posdoc.js" {
            fs::remove_file(out.join(file))?;
        }
    }
    let mut files = BTreeMap::new();
    list(out, "", &mut files)?;
    for role in EARLY {
        let Some(name) = files.keys().find(|name| unhashed(name) == *role) else { bail!("没有 {role}") };
        let integrity = integrity(&fs::read(out.join(name)).with_context(|| format!("读 {name}"))?);
        let named = format!("\"{name}\" integrity=\"{integrity}\"");
        page = filled(&page, &format!("\"{role}\""), &named, "index.html")?;
    }
    files.remove("index.html");
    let topics: BTreeMap<&str, (&str, String)> =
        base.topics.iter().map(|topic| (&*topic.id, (&*topic.title, digest(topic)))).collect();
    let worker = read("sw.js")?;
    let version = sum(serde_json::to_string(&(&page, &worker, &files, &topics))?.as_bytes());
    let version = &version[..super::dist::HASH_DIGITS];

    let page = filled(&page, "{{version}}", version, "index.html")?;
    fs::write(out.join("index.html"), &page)?;
    // The page under the name that it is asked for: the folder itself.
    files.insert(String::new(), sum(page.as_bytes()));
    let release = json!({
        "version": version,
        "program": env!("CARGO_PKG_VERSION"),
        "date": base.topics.iter().map(|topic| &topic.reviewed).max(),
        "files": files,
        "topics": topics,
    });
    fs::write(out.join("sw.js"), filled(&worker, "\"{{release}}\"", &release.to_string(), "sw.js")?)?;
    Ok(())
}

fn filled(text: &str, place: &str, with: &str, file: &str) -> anyhow::Result<String> {
    if !text.contains(place) {
        bail!("{file} 里没有 {place} 这个位置");
    }
    Ok(text.replace(place, with))
}

/// Every file below `folder`, by its path as in an address, with its SHA-256.
fn list(folder: &Path, above: &str, files: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    for file in fs::read_dir(folder).with_context(|| format!("打开 {}", folder.display()))? {
        let path = file?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        // A packed copy is another way to send the file beside it.
        if above.is_empty() && APART.contains(&name) || name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let name = format!("{above}{name}");
        if path.is_dir() {
            list(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, sum(&fs::read(&path)?));
        }
    }
    Ok(())
}

/// Tells whether a topic reads the same as before, whatever line it stands on and however merchants
/// are expected to say it.
fn digest(topic: &Topic) -> String {
    let mut topic = Topic { phrases: Vec::new(), scope: String::new(), ..topic.clone() };
    topic.steps.iter_mut().for_each(|step| step.line = 0);
    topic.questions.iter_mut().for_each(|question| question.line = 0);
    let mut digits = sum(&posdoc::content::record::encode(&topic));
    digits.truncate(8);
    digits
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
