//! `posdoc dist`: puts the site together. What is fetched after the loader goes under hashed names
//! that can be cached for ever; whoever fetches it knows its hash.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use posdoc::content;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::script::{direct, renamed, squeezed, without_comments};
use super::{Outcome, faq, out, release, wasm};

/// Digits of a file's hash in its name.
pub(super) const HASH_DIGITS: usize = 10;
/// Files of the site that are put together here instead of copied, or are for `make dev` only.
const NOT_COPIED: &[&str] = &[
    "posdoc.js",
    "open.js",
    "app.js",
    "record.js",
    "posdoc.mjs",
    "posdoc.d.ts",
    "react.d.ts",
    "vue.d.ts",
    "package.json",
];
/// The list of everything served, for whoever deploys or checks a copy.
const LIST: &str = "files.json";
/// Scripts that wasm-bindgen wrote, and the modules they belong to; each may refer to those before it.
const MODULES: &[(&str, &str)] =
    &[("engine.js", "engine_bg.wasm"), ("widget.js", "widget_bg.wasm"), ("agent.js", "agent_bg.wasm")];

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 编译好的三个模块（widget、engine、agent 各一个 .js 和一个 _bg.wasm）和四个内容包
    #[arg(long, default_value = "target/stage")]
    stage: PathBuf,
    /// 网页文件：加载器和原样照搬的
    #[arg(long, default_value = "static")]
    site: PathBuf,
    /// 写到哪里；原有的内容会先清掉
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// make demos 做好的脚本，放进 demo/；没有就不放
    #[arg(long, default_value = "target/demos")]
    demos: PathBuf,
    /// 内容文件夹：静态问答页 faq.html 由它生成，也用来说明这一版新增、改动了哪些主题
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// 每个文件旁边再放压好的 .br 和 .gz，供静态服务器直接用
    #[arg(long)]
    compress: bool,
}

/// Where wasm-bindgen's own way of starting a module begins: half of it is for what we never pass.
const THEIR_START: &str = "let wasmModule, wasmInstance, wasm;";
/// Starts a module from the answer to a request. A server that does not say that it is wasm gets it
/// compiled all the same, only later.
const OUR_START: &str = r#"let wasm;
async function __wbg_init({ module_or_path }) {
if (wasm) return;
const answer = await module_or_path;
const imports = __wbg_get_imports();
const streams = WebAssembly.instantiateStreaming && answer.headers.get("Content-Type") === "application/wasm";
const { instance } = await (streams ? WebAssembly.instantiateStreaming(answer, imports) : WebAssembly.instantiate(await answer.arrayBuffer(), imports));
wasm = instance.exports;
wasm.__wbindgen_start();
}
export { __wbg_init as default };
"#;

/// A file to serve.
struct Asset {
    /// What it is called in the sources and in markers.
    role: String,
    /// What it is served as, below the site's folder.
    name: String,
    bytes: Vec<u8>,
}

impl Asset {
    /// Under its own name, which a host must not cache for long.
    fn plain(role: &str, bytes: Vec<u8>) -> Self {
        Self { role: role.to_owned(), name: role.to_owned(), bytes }
    }

    /// Under a name that changes with its bytes.
    fn hashed(role: &str, bytes: Vec<u8>) -> Self {
        Self { role: role.to_owned(), name: hashed(role, &bytes), bytes }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (base, _) = content::load(&args.content)?;
    let mut assets = assemble(args)?;
    assets.push(Asset::plain("faq.html", faq::page(&base).into_bytes()));
    // Only a folder that we made is ever cleared.
    if args.out.exists() && !args.out.join("posdoc.js").exists() && fs::read_dir(&args.out)?.next().is_some()
    {
        bail!("{} 里有别的东西，不敢清。换一个空文件夹", args.out.display());
    }
    let _ = fs::remove_dir_all(&args.out);
    for asset in &assets {
        let file = args.out.join(&asset.name);
        let folder = file.parent().unwrap_or(&args.out);
        fs::create_dir_all(folder).with_context(|| format!("建文件夹 {}", folder.display()))?;
        fs::write(&file, &asset.bytes).with_context(|| format!("写 {}", file.display()))?;
    }
    release::seal(&args.out, &base)?;
    let mut list = Vec::new();
    listed(&args.out, "", &mut list)?;
    list.sort_by_key(|file| file["name"].to_string());
    let list = json!({ "version": env!("CARGO_PKG_VERSION"), "files": list });
    let files = list["files"].as_array().into_iter().flatten();
    let names: Vec<PathBuf> = files.filter_map(|file| Some(args.out.join(file["name"].as_str()?))).collect();
    fs::write(args.out.join(LIST), serde_json::to_vec_pretty(&list)?)?;
    if args.compress {
        names.iter().try_for_each(|file| compressed(file))?;
    }
    out::line(&format!("成品在 {}", args.out.display()))?;
    Ok(Outcome::Fine)
}

/// Writes `file` packed beside itself, where packing is worth it.
fn compressed(file: &Path) -> anyhow::Result<()> {
    if file.extension().is_some_and(|ending| ending == "png") {
        return Ok(());
    }
    let bytes = fs::read(file).with_context(|| format!("读 {}", file.display()))?;
    let beside = |ending: &str| PathBuf::from(format!("{}.{ending}", file.display()));
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &best)?;
    fs::write(beside("br"), packed)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes)?;
    fs::write(beside("gz"), gzip.finish()?)?;
    Ok(())
}

/// The file's name with a hash of its bytes before the ending.
pub(super) fn hashed(file: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    format!("{stem}.{}.{ending}", &hash[..HASH_DIGITS])
}

/// `widget_bg.1f2e3d4c5b.wasm` → `widget_bg.wasm`; other names as they are.
pub(super) fn unhashed(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    match parts[..] {
        [stem, hash, ending] if hash.len() == HASH_DIGITS => format!("{stem}.{ending}"),
        _ => name.to_owned(),
    }
}

/// As `fetch` and script elements take it.
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(bytes)))
}

/// What is served from `out`: names, sizes, hashes, and what may be cached for ever.
fn listed(out: &Path, folder: &str, list: &mut Vec<serde_json::Value>) -> anyhow::Result<()> {
    let path = out.join(folder);
    for file in fs::read_dir(&path).with_context(|| format!("打开 {}", path.display()))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if file.file_type()?.is_dir() {
            listed(out, &name, list)?;
            continue;
        }
        let bytes = fs::read(file.path()).with_context(|| format!("读 {}", file.path().display()))?;
        let role = unhashed(&name);
        list.push(json!({
            "name": name,
            "role": role,
            "bytes": bytes.len(),
            "integrity": integrity(&bytes),
            "immutable": role != name,
        }));
    }
    Ok(())
}

/// Every file of the site, in memory.
fn assemble(args: &Args) -> anyhow::Result<Vec<Asset>> {
    let staged = |file: &str| {
        let path = args.stage.join(file);
        fs::read(&path).with_context(|| format!("读 {}。先编译三个模块（make build）", path.display()))
    };
    let script = |text: Vec<u8>| String::from_utf8(text).context("脚本不是 UTF-8");
    let source = |file: &str| {
        fs::read_to_string(args.site.join(file))
            .with_context(|| format!("读 {}", args.site.join(file).display()))
    };
    let mut assets: Vec<Asset> = Vec::new();
    for role in ["interface.pack", "engine.pack", "drawings.pack", "agent.pack"] {
        assets.push(Asset::hashed(role, staged(role)?));
    }
    for (glue, module) in MODULES {
        let mut glue_text = without_comments(&script(staged(glue)?)?);
        // The agent's module is started from an address.
        if *glue != "agent.js" {
            glue_text = started_by_us(&glue_text).with_context(|| format!("{glue} 变样了"))?;
        }
        if *glue == "widget.js" {
            glue_text = marked_up_by_policy(&glue_text).with_context(|| format!("{glue} 变样了"))?;
        }
        let (mut glue_text, module_bytes) = wasm::shorten(&glue_text, &staged(module)?)
            .with_context(|| format!("{module} 不是完整的 wasm"))?;
        if *glue != "agent.js" {
            glue_text = direct(&squeezed(&glue_text));
        }
        assets.push(Asset::hashed(module, module_bytes));
        // The loader's second half travels with the widget's own script: one request less.
        let before = match *glue {
            "widget.js" => filled(&renamed(&squeezed(&without_comments(&source("open.js")?))), &assets)?,
            _ => String::new(),
        };
        assets.push(Asset::hashed(glue, (before + &glue_text).into_bytes()));
    }
    let loader = filled(&renamed(&squeezed(&without_comments(&source("posdoc.js")?))), &assets)?;
    // A classic script is read in the page's encoding, which may be GBK; not behind this mark.
    assets.push(Asset::plain("posdoc.js", ("\u{FEFF}".to_owned() + &loader).into_bytes()));
    assets.push(Asset::hashed("record.js", without_comments(&source("record.js")?).into_bytes()));
    let app = filled(&without_comments(&source("app.js")?), &assets)?;
    assets.push(Asset::plain("app.js", app.into_bytes()));
    copied(&args.site, "", &mut assets)?;
    for file in fs::read_dir(&args.demos).into_iter().flatten() {
        let file = file?;
        let bytes = fs::read(file.path()).with_context(|| format!("读 {}", file.path().display()))?;
        assets.push(Asset::plain(&format!("demo/{}", file.file_name().to_string_lossy()), bytes));
    }
    Ok(assets)
}

/// `script` with the served name and integrity of an asset for every marker `{{role}}`.
fn filled(script: &str, assets: &[Asset]) -> anyhow::Result<String> {
    let mut script = script.to_owned();
    while let Some((before, rest)) = script.split_once("{{") {
        let Some((role, after)) = rest.split_once("}}") else { bail!("少了 }}}}：{{{{{rest}") };
        let Some(asset) = assets.iter().find(|asset| asset.role == role) else {
            bail!("没有 {role} 这个文件，却有一处要用它");
        };
        script = format!("{before}{} {}{after}", asset.name, integrity(&asset.bytes));
    }
    Ok(script)
}

/// wasm-bindgen's script with our way of starting its module; nothing if it is not what it was.
fn started_by_us(glue: &str) -> Option<String> {
    let (before, after) = glue.split_once(THEIR_START)?;
    after.contains("wasm.__wbindgen_start();").then(|| before.to_owned() + OUR_START)
}

/// wasm-bindgen's script, where the drawings, the only markup there is, are what the page's Trusted
/// Types want: made by a policy, that of `open.js`.
fn marked_up_by_policy(glue: &str) -> Option<String> {
    let (before, after) = glue.split_once("innerHTML = getStringFromWasm0(arg1, arg2);")?;
    Some([before, "innerHTML = rules.createHTML(getStringFromWasm0(arg1, arg2));", after].concat())
}

/// The files below `folder` of the site that are served as they stand.
fn copied(site: &Path, folder: &str, assets: &mut Vec<Asset>) -> anyhow::Result<()> {
    let path = site.join(folder);
    for file in fs::read_dir(&path).with_context(|| format!("打开 {}", path.display()))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let below = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if file.file_type()?.is_dir() {
            copied(site, &below, assets)?;
        } else if !NOT_COPIED.contains(&below.as_str()) {
            let bytes = fs::read(file.path()).with_context(|| format!("读 {}", file.path().display()))?;
            assets.push(Asset::plain(&below, bytes));
        }
    }
    Ok(())
}
