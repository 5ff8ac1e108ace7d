//! `posdoc build`: content in, packs out.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, bail};
use posdoc::content;
use posdoc::index::Pack;
use posdoc::matching::{self, Part, Recipe};

use super::bench::high_water;
use super::choice::Choice;
use super::{CorpusArgs, Outcome, out, overlay};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 盖在内容上面的文件夹：只写和我们不同的：文章按主题编号和键，还有 topics.tsv、codes.toml 等
    #[arg(long)]
    overlay: Option<PathBuf>,
    /// 写到哪个文件夹：posdoc.pack 是全部，其余几个是网页分着用的部分
    #[arg(long, default_value = "target/pack")]
    out: PathBuf,
    #[command(flatten)]
    choice: Choice,
    /// 快：不重新校准把握，回答、反问、拒答的界线用惯常的（给 make dev 用）
    #[arg(long)]
    quick: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let merged = match &args.overlay {
        Some(overlay) => Some(overlay::lay(&args.corpus.content, overlay)?),
        None => None,
    };
    let folder = merged.as_ref().map_or(args.corpus.content.as_path(), overlay::Merged::folder);
    let (mut base, mut findings) = content::load(folder)?;
    let removed = merged.as_ref().map(|merged| merged.removed().clone()).unwrap_or_default();
    args.choice.narrow(&mut base, &removed)?;
    findings.retain(|found| merged.as_ref().is_none_or(|merged| merged.concerns(found)));
    for found in &findings {
        let placed = merged.as_ref().map_or_else(|| found.clone(), |merged| merged.placed(found));
        out::complain(&placed.to_string());
    }
    let unused = merged.as_ref().map(overlay::Merged::unused).unwrap_or_default();
    unused.iter().for_each(|unused| out::complain(unused));
    let findings = findings.len() + unused.len();
    if base.topics.is_empty() {
        bail!("{} 里一篇文章也没读到，没有东西可打包。先跑 posdoc check", args.corpus.content.display());
    }
    let recipe = if args.quick { Recipe::quick() } else { Recipe::default() };
    let pack = matching::build_by(&recipe, &base, content::fingerprint(folder)?)?;
    fs::create_dir_all(&args.out).with_context(|| format!("建文件夹 {}", args.out.display()))?;
    let parts = [
        ("posdoc", Part::Whole),
        ("interface", Part::Interface),
        ("engine", Part::Engine),
        ("drawings", Part::Drawings),
        ("agent", Part::Agent),
    ];
    for (name, part) in parts {
        let bytes = pack.finish(|section| part.holds(section));
        let file = args.out.join(format!("{name}.pack"));
        // An unchanged pack keeps its time stamp, so that nothing is compiled again for it.
        if fs::read(&file).ok().as_deref() != Some(&bytes) {
            fs::write(&file, &bytes).with_context(|| format!("写 {}", file.display()))?;
        }
        if part == Part::Whole {
            for (section, length) in Pack::open(&bytes)?.sizes() {
                out::line(&format!("{:<12} {length:>8} 字节", format!("{section:?}")))?;
            }
        }
        out::line(&format!("{} {} 字节", file.display(), bytes.len()))?;
    }
    out::line(&format!(
        "{} 篇文章，{} 处要改，用时 {:.1} 秒",
        base.topics.len(),
        findings,
        start.elapsed().as_secs_f32()
    ))?;
    if let Some(most) = high_water() {
        out::line(&format!("内存最多 {most:.0} MB"))?;
    }
    Ok(if findings == 0 { Outcome::Fine } else { Outcome::Findings })
}
