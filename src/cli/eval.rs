//! `posdoc eval`: accuracy on labelled messages.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use posdoc::eval::{Report, read};

use super::{CorpusArgs, Outcome, out};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 标注文件：消息、主题、类别，用制表符隔开
    files: Vec<PathBuf>,
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 逐条列出认错的消息
    #[arg(long)]
    wrong: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let corpus = args.corpus.open()?;
    for file in &args.files {
        let text = fs::read_to_string(file).with_context(|| format!("读标注文件 {}", file.display()))?;
        let rows = read(&text).with_context(|| file.display().to_string())?;
        let report = Report::new(&rows, |message| corpus.matcher.ask(message));
        out::line(&format!("{}：{} 条\n{report}\n", file.display(), rows.len()))?;
        if args.wrong {
            for (row, verdict) in &report.wrong {
                let given: Vec<_> =
                    verdict.matches.iter().take(3).map(|m| format!("{} {:.2}", m.topic, m.score)).collect();
                out::line(&format!(
                    "{}\t{}\t[{}]\t{:?}\t{}",
                    row.message,
                    row.right.join("|"),
                    row.kind,
                    verdict.decision,
                    given.join(", ")
                ))?;
            }
        }
    }
    Ok(Outcome::Fine)
}
