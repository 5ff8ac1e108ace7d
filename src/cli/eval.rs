//! `posdoc eval`: accuracy on labelled messages.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use posdoc::content::Vague;
use posdoc::dialog::Knowledge;
use posdoc::eval::{Frames, Labelled, Report, heard_by, misheard, read};
use posdoc::matching::{splits, titles};

use super::{CorpusArgs, Outcome, ablate, out, timing};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 标注文件：消息、主题、类别，用制表符隔开
    files: Vec<PathBuf>,
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 每条消息前后各加些客套话再量（一条变三条）；文件里每行 before 或 after，制表符，说的话
    #[arg(long, value_name = "FILE")]
    framing: Option<PathBuf>,
    /// 逐条列出认错的消息
    #[arg(long)]
    wrong: bool,
    /// 查内容自己的说法：哪些被认成了别的主题
    #[arg(long)]
    phrases: bool,
    /// 逐个拿掉一种本事重新学一遍，看它值多少，再换几副运气学，看多少是碰巧；所有文件合在一起算，约几分钟
    #[arg(long)]
    ablate: bool,
    /// 每条消息之后要答对几问，才到它说的主题
    #[arg(long)]
    turns: bool,
    /// 量一句要多久：p50、p99、单核每秒几句
    #[arg(long)]
    time: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.files.is_empty() && !args.phrases {
        bail!("量什么？例如：posdoc eval tests/eval/tune.tsv，或者 posdoc eval --phrases");
    }
    let corpus = args.corpus.open()?;
    if args.phrases {
        let (base, _) = args.corpus.load()?;
        let found = misheard(&base, |phrase| corpus.matcher.ask(phrase));
        for one in &found {
            out::line(&one.to_string())?;
        }
        let all: usize = base.topics.iter().map(|topic| topic.phrases.len()).sum();
        out::line(&format!("{all} 句说法，{} 句被认成了别的", found.len()))?;
    }
    let text =
        |file: &PathBuf| fs::read_to_string(file).with_context(|| format!("读标注文件 {}", file.display()));
    let frames = match &args.framing {
        Some(file) => Some(Frames::read(&text(file)?).with_context(|| file.display().to_string())?),
        None => None,
    };
    let mut sets = Vec::new();
    for file in &args.files {
        let rows = read(&text(file)?).with_context(|| file.display().to_string())?;
        sets.push((file, frames.as_ref().map_or(rows.clone(), |frames| frames.around(&rows))));
    }
    if args.ablate || args.time {
        let rows: Vec<Labelled> = sets.into_iter().flat_map(|(_, rows)| rows).collect();
        if args.time {
            timing::run(&corpus.matcher, &rows)?;
        }
        if args.ablate {
            ablate::run(&args.corpus.load()?.0, &rows)?;
        }
        return Ok(Outcome::Fine);
    }
    if args.turns {
        let (base, _) = args.corpus.load()?;
        let mut knowledge = Knowledge::new(titles(&base), Vec::new()).with_codes(base.codes.clone());
        knowledge.learn(splits(&base), base.topics.clone());
        for (file, rows) in &sets {
            let said = |wanted: fn(&Labelled) -> bool| -> Vec<Vague> {
                let rows = rows.iter().filter(|row| wanted(row));
                rows.map(|row| Vague { say: row.message.clone(), topics: row.right.clone() }).collect()
            };
            let clear = heard_by(&corpus.matcher, &knowledge, &said(Labelled::is_clear));
            let vague = heard_by(&corpus.matcher, &knowledge, &said(Labelled::is_ambiguous));
            out::line(&format!("{}\n  清楚的 {clear}  太含糊的 {vague}", file.display()))?;
        }
        return Ok(Outcome::Fine);
    }
    for (file, rows) in &sets {
        let report = Report::new(rows, |message| corpus.matcher.ask(message));
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
