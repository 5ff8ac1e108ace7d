//! `posdoc bench`: how long understanding takes natively, on one core, with nothing else going on
//! in this process. What a page takes is measured by `make bench`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use posdoc::eval::read;

use super::{CorpusArgs, Outcome, out};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 问哪些消息：标注文件
    #[arg(long, default_value = "tests/eval/tune.tsv")]
    messages: PathBuf,
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 问几遍
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// 给 make bench 用：不量，只把主题、说法、正文写成 JSON，好让别的搜索库读同样的内容
    #[arg(long, value_name = "文件")]
    export: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if let Some(file) = &args.export {
        return export(args, file);
    }
    let text = fs::read_to_string(&args.messages)
        .with_context(|| format!("读标注文件 {}", args.messages.display()))?;
    let rows = read(&text).with_context(|| args.messages.display().to_string())?;
    if rows.is_empty() || args.rounds == 0 {
        bail!("{} 里没有消息可问，或者遍数是 0", args.messages.display());
    }
    let start = Instant::now();
    let corpus = args.corpus.open()?;
    out::line(&format!("打开 {} 个主题：{:.1} 毫秒", corpus.topics.len(), millis(start.elapsed())))?;

    let messages = || rows.iter().map(|row| row.message.as_str());
    // The first round is for caches and branch predictors.
    let answers =
        times(args.rounds, messages, |message| drop(std::hint::black_box(corpus.matcher.ask(message))));
    report("回答", answers)?;
    let typed: Vec<String> = messages().flat_map(typed).collect();
    let keys = times(
        1,
        || typed.iter().map(String::as_str),
        |typed| drop(std::hint::black_box(corpus.matcher.suggest(typed))),
    );
    report("联想", keys)?;
    if let Some(most) = high_water() {
        out::line(&format!("内存最多 {most:.0} MB"))?;
    }
    Ok(Outcome::Fine)
}

/// What stands in the box after each key of the first ten.
fn typed(message: &str) -> impl Iterator<Item = String> {
    (1..=message.chars().count().min(10)).map(|many| message.chars().take(many).collect())
}

/// How long `work` takes for each message, in `rounds` rounds after one that does not count.
fn times<'m, I: Iterator<Item = &'m str>>(
    rounds: usize,
    messages: impl Fn() -> I,
    work: impl Fn(&str),
) -> Vec<Duration> {
    messages().for_each(&work);
    let timed = |message| {
        let start = Instant::now();
        work(message);
        start.elapsed()
    };
    (0..rounds).flat_map(|_| messages().map(timed)).collect()
}

fn report(what: &str, mut times: Vec<Duration>) -> anyhow::Result<()> {
    times.sort_unstable();
    let at = |share: f64| millis(times[((times.len() - 1) as f64 * share) as usize]) * 1000.0;
    let sum: Duration = times.iter().sum();
    out::line(&format!(
        "{what}：一半在 {:.0} 微秒内，99 % 在 {:.0} 微秒内，每秒 {:.0} 次（{} 次）",
        at(0.5),
        at(0.99),
        times.len() as f64 / sum.as_secs_f64(),
        times.len()
    ))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The most memory this process has had, in MB, where the system says so.
pub(super) fn high_water() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kilo| kilo / 1000.0)
}

fn export(args: &Args, file: &Path) -> anyhow::Result<Outcome> {
    let (base, _) = args.corpus.load()?;
    let topic = |topic: &posdoc::content::Topic| {
        let causes = topic.causes.iter().map(|cause| cause.name.as_str());
        let steps = topic.steps.iter().flat_map(|step| [Some(step.action.as_str()), step.detail.as_deref()]);
        let body: Vec<&str> = [topic.label.as_str(), topic.scope.as_str()]
            .into_iter()
            .chain(causes)
            .chain(steps.flatten())
            .chain(topic.answer.as_deref())
            .collect();
        serde_json::json!({
            "id": topic.id, "title": topic.title, "phrases": topic.phrases, "body": body.join("\n"),
        })
    };
    let topics: Vec<_> = base.topics.iter().map(topic).collect();
    fs::write(file, serde_json::to_vec(&topics)?).with_context(|| format!("写 {}", file.display()))?;
    Ok(Outcome::Fine)
}
