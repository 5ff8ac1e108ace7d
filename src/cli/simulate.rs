//! `posdoc simulate`: merchants with hidden causes, played against the dialog.

use std::num::NonZero;
use std::thread;

use anyhow::bail;
use posdoc::content::Topic;
use posdoc::dialog::Knowledge;
use posdoc::eval::{Simulation, is_simulated, simulate};

use super::{CorpusArgs, Outcome, out};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 只算这一个主题
    #[arg(long)]
    topic: Option<String>,
    /// 随机数种子，同样的种子结果一样
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 每个主题请几位商户试玩
    #[arg(long, default_value_t = 200)]
    merchants: usize,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    // Articles are all it needs; a folder's are read without building an index for them.
    let all = match args.corpus.pack {
        Some(_) => args.corpus.open()?.topics,
        None => args.corpus.load()?.0.topics,
    };
    let mut knowledge = Knowledge::default();
    knowledge.learn(all.clone());
    let wanted = |topic: &&Topic| args.topic.as_ref().is_none_or(|id| *id == topic.id);
    let topics: Vec<Topic> = all.iter().filter(wanted).filter(|topic| is_simulated(topic)).cloned().collect();
    if topics.is_empty() {
        bail!("没有可算的主题：要写成「故障」，并且写了原因");
    }
    let outcomes = |topic: &Topic| simulate(&knowledge, topic, args.seed, args.merchants);
    let most = thread::available_parallelism().map_or(1, NonZero::get);
    let share = topics.len().div_ceil(most);
    let simulated = thread::scope(|scope| {
        let parts: Vec<_> = topics
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(outcomes).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().map(thread::ScopedJoinHandle::join).collect::<Result<Vec<_>, _>>()
    });
    let Ok(simulated) = simulated else { bail!("模拟中途出错") };
    out::line(&Simulation { topics: simulated.concat() }.to_string())?;
    Ok(Outcome::Fine)
}
