//! `posdoc simulate`: merchants with hidden causes, played against the dialog.

use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use posdoc::content::Topic;
use posdoc::dialog::{Knowledge, State, Turn, greet, respond};
use posdoc::eval::{Simulation, heard_by, is_simulated, openings, says_nothing, simulate};
use posdoc::matching::{splits, titles};

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
    // It needs no index, except for openings, which need two of their own.
    let (base, _) = args.corpus.load()?;
    let all = base.topics.clone();
    let mut knowledge = Knowledge::new(titles(&base), Vec::new()).with_codes(base.codes.clone());
    knowledge.learn(splits(&base), all.clone());
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
    if args.topic.is_none() {
        out::line("含糊的开场：之后每一问都答对，几轮之内到达真正的主题")?;
        let corpus = args.corpus.open()?;
        out::line(&format!("  照成品：{}", heard_by(&corpus.matcher, &knowledge, &base.vague)))?;
        let unlearnt = openings(&base, &knowledge).context("为含糊的开场建索引")?;
        out::line(&format!("  把这些话留出来不学：{unlearnt}"))?;
        out::line(&format!("  什么线索都没有，哪个主题都可能：{}", says_nothing(&knowledge)))?;
    }
    let slowest = slowest(&knowledge, &all);
    out::line(&format!("\n一轮最慢 {:.2} 毫秒（{}）", 1000.0 * slowest.0.as_secs_f32(), slowest.1))?;
    Ok(Outcome::Fine)
}

/// The slowest turn: each topic's first one, and the broadest narrowing question. The best of five,
/// for what else the machine does is not the dialog's fault.
fn slowest(knowledge: &Knowledge, topics: &[Topic]) -> (Duration, String) {
    let (greeted, _) = greet(knowledge);
    let mut turns: Vec<(String, State, Turn)> = topics
        .iter()
        .map(|topic| (topic.id.clone(), greeted.clone(), Turn::Chose(format!("topic:{}", topic.id))))
        .collect();
    if let Some(topic) = topics.first() {
        let (state, _) = respond(knowledge, &greeted, &Turn::Chose(format!("topic:{}", topic.id)));
        turns.push(("最宽的反问".into(), state, Turn::Chose("not-this".into())));
    }
    let time = |state: &State, turn: &Turn| {
        let once = || {
            let begun = Instant::now();
            let _ = respond(knowledge, state, turn);
            begun.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap_or_default()
    };
    let timed = turns.into_iter().map(|(name, state, turn)| (time(&state, &turn), name));
    timed.max().unwrap_or_default()
}
