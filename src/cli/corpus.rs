//! Where commands get their pack: a file, or the content folder built once and kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use posdoc::content::{self, Diagnostic, KnowledgeBase, ResponseCode, Topic};
use posdoc::index::{Pack, Section};
use posdoc::matching::{self, Matcher, Part, Title};

/// Options of every command that needs content.
#[derive(Debug, clap::Args)]
pub(super) struct CorpusArgs {
    /// 内容文件夹
    #[arg(long, default_value = "content")]
    pub(super) content: PathBuf,
    /// 现成的内容包；不给就从内容文件夹生成一份，存在 target/ 里下次再用
    #[arg(long)]
    pub(super) pack: Option<PathBuf>,
}

/// What a conversation needs.
pub(super) struct Corpus {
    pub(super) matcher: Matcher,
    pub(super) titles: Vec<Title>,
    pub(super) topics: Vec<Topic>,
    pub(super) codes: Vec<ResponseCode>,
}

impl CorpusArgs {
    /// The folder's content and every finding.
    pub(super) fn load(&self) -> anyhow::Result<(KnowledgeBase, Vec<Diagnostic>)> {
        Ok(content::load(&self.content)?)
    }

    /// Opens the pack file, or the pack built from the folder.
    pub(super) fn open(&self) -> anyhow::Result<Corpus> {
        let bytes = match &self.pack {
            Some(file) => fs::read(file).with_context(|| {
                format!("读内容包 {}。先用 posdoc build 生成，或去掉 --pack", file.display())
            })?,
            None => self.built()?,
        };
        // The index borrows the pack for as long as the process runs.
        let bytes: &'static [u8] = Vec::leak(bytes);
        let pack = Pack::open(bytes).context("打开内容包")?;
        let titles: Vec<Title> = pack.read(Section::Catalogue)?;
        let topics: Vec<Topic> = pack.read(Section::Articles)?;
        let by_id: BTreeMap<String, String> =
            topics.iter().map(|topic| (topic.id.clone(), topic.title.clone())).collect();
        Ok(Corpus {
            matcher: Matcher::open(&pack, by_id)?,
            titles,
            topics,
            codes: pack.read(Section::CodeMeanings)?,
        })
    }

    /// The whole pack for the folder as it is now, from `target/` if it was built before.
    fn built(&self) -> anyhow::Result<Vec<u8>> {
        let kept = Path::new("target/posdoc").join(format!("{:032x}.pack", self.kept_as()?));
        if let Ok(bytes) = fs::read(&kept)
            && Pack::open(&bytes).is_ok()
        {
            return Ok(bytes);
        }
        let (base, _) = self.load()?;
        if base.topics.is_empty() {
            bail!("{} 里一篇文章也没读到。先跑 posdoc check 看看缺什么", self.content.display());
        }
        let bytes = matching::build(&base, content::fingerprint(&self.content)?)?
            .finish(|part| Part::Whole.holds(part));
        // Keeping it only saves time: a folder that cannot be written is no reason to stop.
        if let Some(folder) = kept.parent() {
            let _ = fs::create_dir_all(folder).and_then(|()| fs::write(&kept, &bytes));
        }
        Ok(bytes)
    }

    /// Content and program together decide what the pack holds.
    fn kept_as(&self) -> anyhow::Result<u128> {
        let program = std::env::current_exe().and_then(fs::metadata).ok();
        let program = program.and_then(|about| Some((about.len(), about.modified().ok()?)));
        let age = program.and_then(|(length, time)| {
            Some(u128::from(length) ^ time.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos())
        });
        Ok(content::fingerprint(&self.content)? ^ age.unwrap_or_default())
    }
}
