//! `posdoc ask`: what the matcher makes of a message.

use std::io::BufRead;

use anyhow::{Context, bail};
use posdoc::matching::{Decision, Verdict};

use super::{CorpusArgs, Outcome, out};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 要问的话
    text: Vec<String>,
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 从标准输入一行读一句，每句打印一个 JSON 对象
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if !args.json && args.text.is_empty() {
        bail!("要问什么？例如：posdoc ask 装了纸还说没纸");
    }
    let corpus = args.corpus.open()?;
    if args.json && args.text.is_empty() {
        for line in std::io::stdin().lock().split(b'\n') {
            let line = line.context("读标准输入")?;
            let text = String::from_utf8_lossy(&line);
            out::line(&json(&corpus.matcher.ask(text.trim_end_matches('\r')))?)?;
        }
        return Ok(Outcome::Fine);
    }
    let verdict = corpus.matcher.ask(&args.text.join(" "));
    if args.json {
        out::line(&json(&verdict)?)?;
        return Ok(Outcome::Fine);
    }
    out::line(match verdict.decision {
        Decision::Answer => "能答：",
        Decision::Clarify => "要先反问一句，可能是：",
        Decision::None => "不归我们管。最接近的是：",
    })?;
    for found in verdict.matches.iter().take(5) {
        out::line(&format!("  {:>5.1} %  {:<24} {}", found.score * 100.0, found.topic, found.title))?;
    }
    if let Some(code) = verdict.code {
        for known in corpus.codes.iter().filter(|known| known.code == code) {
            out::line(&format!("  应答码 {code}：{}", known.meaning))?;
        }
    }
    Ok(Outcome::Fine)
}

/// The contract of `ask --json`.
fn json(verdict: &Verdict) -> anyhow::Result<String> {
    let matches: Vec<_> = verdict
        .matches
        .iter()
        .map(|found| {
            // Four digits say all that a probability can.
            let score = f64::from((found.score * 1e4).round()) / 1e4;
            serde_json::json!({ "topic": found.topic, "title": found.title, "score": score })
        })
        .collect();
    Ok(serde_json::to_string(&serde_json::json!({
        "query": verdict.query, "verdict": verdict.decision, "matches": matches,
    }))?)
}
