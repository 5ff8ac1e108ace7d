//! `posdoc chat`: the conversation in a terminal, or line by line for programs.

use std::io::{BufRead, IsTerminal};

use anyhow::Context;
use posdoc::dialog::{Choice, Knowledge, Reply, State, Turn, greet, options, respond};
use posdoc::matching::Matcher;
use serde::Deserialize;

use super::{CorpusArgs, Outcome, out};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 从标准输入一行读一个 JSON 对象，每行打印一个回答
    #[arg(long)]
    json: bool,
}

/// What a program sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
enum Input {
    Say(String),
    Choose(String),
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let corpus = args.corpus.open()?;
    let mut everyday: Vec<_> =
        corpus.topics.iter().filter(|topic| topic.first_screen.is_some()).cloned().collect();
    everyday.sort_by_key(|topic| topic.first_screen);
    let mut knowledge = Knowledge::new(corpus.titles, everyday).with_codes(corpus.codes);
    knowledge.learn(corpus.splits, corpus.topics);
    let (mut state, mut reply) = greet(&knowledge);
    let show = |reply: &Reply| if args.json { out::line(&json(reply)?) } else { render(reply) };
    show(&reply)?;
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line.context("读标准输入")?;
        let line = String::from_utf8_lossy(&line);
        let turn = match read(
            args.json,
            line.trim_end_matches('\r'),
            &offered(&knowledge, &state, &reply),
            &corpus.matcher,
        ) {
            Ok(Some(turn)) => turn,
            Ok(None) => continue,
            Err(error) => {
                out::line(&serde_json::to_string(&serde_json::json!({ "error": error }))?)?;
                continue;
            }
        };
        (state, reply) = respond(&knowledge, &state, &turn);
        show(&reply)?;
    }
    Ok(Outcome::Fine)
}

/// What can be chosen now: the buttons as shown, then those that are open though not shown again.
fn offered(knowledge: &Knowledge, state: &State, reply: &Reply) -> Vec<Choice> {
    let mut offered = reply.options.clone();
    for choice in options(knowledge, state) {
        if !offered.contains(&choice) {
            offered.push(choice);
        }
    }
    offered
}

/// A line of input as a turn; `None` for an empty line at a terminal.
fn read(json: bool, line: &str, offered: &[Choice], matcher: &Matcher) -> Result<Option<Turn>, String> {
    let heard = |text: &str| Turn::Heard { text: text.to_owned(), verdict: matcher.ask(text) };
    if json {
        let input = serde_json::from_str(line).map_err(|error| {
            format!("读不懂这一行：{error}。写 {{\"say\":\"…\"}} 或 {{\"choose\":\"选项的 id\"}}")
        })?;
        return match input {
            Input::Say(text) => Ok(Some(heard(&text))),
            Input::Choose(id) if offered.iter().any(|choice| choice.id == id) => Ok(Some(Turn::Chose(id))),
            Input::Choose(id) => Err(format!("没有「{id}」这个选项，能选的见上一条的 options")),
        };
    }
    let typed = line.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let pressed = number.and_then(|nth| offered.get(nth).cloned());
    Ok(Some(pressed.map_or_else(|| heard(typed), |choice: Choice| Turn::Chose(choice.id))))
}

/// For people: text, then numbered buttons.
fn render(reply: &Reply) -> anyhow::Result<()> {
    out::line(&format!("\n{}", reply.spoken()))?;
    if let Some(because) = &reply.because {
        out::line(&format!("（{because}）"))?;
    }
    for (nth, choice) in reply.options.iter().enumerate() {
        out::line(&format!("  {}. {}", nth + 1, choice.label))?;
    }
    if std::io::stdin().is_terminal() {
        eprint!("> ");
    }
    Ok(())
}

/// The contract of `chat --json`.
fn json(reply: &Reply) -> anyhow::Result<String> {
    let step = reply
        .step
        .as_ref()
        .map(|step| serde_json::json!({ "n": step.n, "risk": risk(step.risk), "image": step.image }));
    let options: Vec<_> = reply
        .options
        .iter()
        .map(|choice| serde_json::json!({ "id": choice.id, "label": choice.label }))
        .collect();
    Ok(serde_json::to_string(&serde_json::json!({
        "turn": reply.turn, "kind": reply.kind, "text": reply.spoken(), "topic": reply.topic,
        "step": step, "options": options, "because": reply.because,
    }))?)
}

fn risk(risk: posdoc::content::Risk) -> &'static str {
    use posdoc::content::Risk;
    match risk {
        Risk::None => "none",
        Risk::Data => "data",
        Risk::Money => "money",
        Risk::Safety => "safety",
    }
}
