//! `posdoc size`: what each shipped file weighs, raw and as a server would send it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::dist::unhashed;
use super::{Outcome, out, parts};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 成品文件夹
    #[arg(default_value = "dist")]
    dist: PathBuf,
    /// 编译好、还带着函数名的模块，用来分摊
    #[arg(long, default_value = "target/stage")]
    stage: PathBuf,
    /// 打印一个 JSON 对象：文件、阶段和部分到 brotli 字节数
    #[arg(long)]
    json: bool,
}

/// What a visitor fetches, in order, and what he can do after each; sums run on from stage to stage.
const STAGES: &[(&str, &[&str])] = &[
    ("点开之前", &["posdoc.js"]),
    ("首屏可用", &["widget.js", "widget_bg.wasm", "interface.pack"]),
    ("第一个打字的回答", &["engine.js", "engine_bg.wasm", "engine.pack"]),
    ("全部，连图", &["drawings.pack"]),
];

#[derive(Debug, Clone, Default)]
struct Weight {
    /// Name without its hash.
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut weights = Vec::new();
    let folder =
        fs::read_dir(&args.dist).with_context(|| format!("打开 {}。先 make build", args.dist.display()))?;
    for file in folder {
        let path = file?.path();
        if path.is_file() {
            weights.push(weigh(&path)?);
        }
    }
    weights.sort_by(|a, b| a.name.cmp(&b.name));
    let mut stages = Vec::new();
    let mut sum = Weight::default();
    for (stage, files) in STAGES {
        sum.name = (*stage).to_owned();
        for file in *files {
            let Some(weight) = weights.iter().find(|weight| weight.name == *file) else {
                bail!("{} 里没有 {file}。先 make build", args.dist.display());
            };
            sum.raw += weight.raw;
            sum.gzip += weight.gzip;
            sum.brotli += weight.brotli;
        }
        stages.push(sum.clone());
    }
    let served =
        |file: &str| weights.iter().find(|weight| weight.name == file).map_or(0, |found| found.brotli);
    let parts = parts::parts(&args.stage, served, brotli)?;
    if args.json {
        let whole = weights.iter().chain(&stages).map(|weight| (weight.name.clone(), weight.brotli));
        let record: serde_json::Map<_, _> = whole
            .chain(parts.into_iter().map(|part| (part.name, part.brotli)))
            .map(|(name, bytes)| (name, serde_json::json!(bytes)))
            .collect();
        out::line(&serde_json::to_string(&record)?)?;
        return Ok(Outcome::Fine);
    }
    out::line("| 文件 | 原始 | gzip | brotli |\n|---|---:|---:|---:|")?;
    for weight in weights.iter().chain(&stages) {
        let bold = if stages.iter().any(|stage| stage.name == weight.name) { "**" } else { "" };
        out::line(&format!(
            "| {bold}{}{bold} | {:.1} KB | {:.1} KB | {:.1} KB |",
            weight.name,
            kilo(weight.raw),
            kilo(weight.gzip),
            kilo(weight.brotli)
        ))?;
    }
    out::line("\n| 部分 | 原始 | 在 brotli 里分摊到 |\n|---|---:|---:|")?;
    for part in parts {
        out::line(&format!("| {} | {:.1} KB | {:.1} KB |", part.name, kilo(part.raw), kilo(part.brotli)))?;
    }
    Ok(Outcome::Fine)
}

/// Thousands of bytes, as budgets are given.
fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

fn weigh(path: &Path) -> anyhow::Result<Weight> {
    let bytes = fs::read(path).with_context(|| format!("读 {}", path.display()))?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes)?;
    let brotli = brotli(&bytes)?;
    let name = path.file_name().map(|name| unhashed(&name.to_string_lossy())).unwrap_or_default();
    Ok(Weight { name, raw: bytes.len(), gzip: gzip.finish()?.len(), brotli })
}

/// Bytes after the best compression that servers use.
fn brotli(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut out = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &best)?;
    Ok(out.len())
}
