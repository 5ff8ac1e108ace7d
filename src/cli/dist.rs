//! `posdoc dist`: puts the site together, under hashed names that can be cached for ever.

use std::collections::BTreeMap;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use posdoc::content;
use siphasher::sip::SipHasher13;

use super::{Outcome, out, release, wasm};

/// Digits of a file's hash in its name.
pub(super) const HASH_DIGITS: usize = 10;
/// What the loader fetches later, under the names it knows them by.
const FETCHED: &[&str] = &[
    "widget.js",
    "widget_bg.wasm",
    "interface.pack",
    "engine.js",
    "engine_bg.wasm",
    "engine.pack",
    "drawings.pack",
];
/// Scripts that wasm-bindgen wrote, and the modules they belong to.
const MODULES: &[(&str, &str)] = &[("widget.js", "widget_bg.wasm"), ("engine.js", "engine_bg.wasm")];

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 编译好的两个模块（widget、engine 各一个 .js 和一个 _bg.wasm）和三个内容包
    #[arg(long, default_value = "target/stage")]
    stage: PathBuf,
    /// 原样照搬的网页文件
    #[arg(long, default_value = "static")]
    site: PathBuf,
    /// 写到哪里；原有的内容会先清掉
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// 内容文件夹，用来说明这一版新增、改动了哪些主题
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let loader = fs::read_to_string(args.site.join("posdoc.js")).context("读 posdoc.js")?;
    let mut staged = BTreeMap::new();
    for file in FETCHED {
        let bytes = fs::read(args.stage.join(file)).with_context(|| {
            format!("读 {}。先编译两个模块（make build）", args.stage.join(file).display())
        })?;
        staged.insert(*file, bytes);
    }
    for (glue, module) in MODULES {
        let script = without_comments(std::str::from_utf8(&staged[glue]).context(*glue)?);
        let (script, module_bytes) =
            wasm::shorten(&script, &staged[module]).with_context(|| format!("{module} 不是完整的 wasm"))?;
        staged.insert(glue, script.into_bytes());
        staged.insert(module, module_bytes);
    }
    let names: Vec<_> = staged.into_iter().map(|(file, bytes)| (file, hashed(file, &bytes), bytes)).collect();
    // Only a folder that we made is ever cleared.
    if args.out.exists() && !args.out.join("posdoc.js").exists() && fs::read_dir(&args.out)?.next().is_some()
    {
        bail!("{} 里有别的东西，不敢清。换一个空文件夹", args.out.display());
    }
    let _ = fs::remove_dir_all(&args.out);
    copy(&args.site, &args.out)?;
    let mut loader = without_comments(&loader);
    for (file, name, bytes) in &names {
        let marker = format!("{{{{{file}}}}}");
        if !loader.contains(&marker) {
            bail!("posdoc.js 里没有 {marker} 这个位置");
        }
        loader = loader.replace(&marker, name);
        fs::write(args.out.join(name), bytes).with_context(|| format!("写 {name}"))?;
    }
    fs::write(args.out.join("posdoc.js"), loader)?;
    let (base, _) = content::load(&args.content)?;
    release::seal(&args.out, &base)?;
    out::line(&format!("成品在 {}", args.out.display()))?;
    Ok(Outcome::Fine)
}

/// The file's name with a hash of its bytes before the ending.
pub(super) fn hashed(file: &str, bytes: &[u8]) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    let hash = format!("{:016x}", hasher.finish());
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    format!("{stem}.{}.{ending}", &hash[..HASH_DIGITS])
}

/// A script without comment lines and indentation; what minifiers do beyond that, brotli does.
fn without_comments(script: &str) -> String {
    let mut inside = false;
    let mut kept = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        inside |= line.starts_with("/*");
        if !inside && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    kept
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("建文件夹 {}", to.display()))?;
    for file in fs::read_dir(from).with_context(|| format!("打开 {}", from.display()))? {
        let path = file?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if name != "dev.html" {
            fs::copy(&path, to.join(name)).with_context(|| format!("复制 {}", path.display()))?;
        }
    }
    Ok(())
}
