//! `posdoc eval --ablate`: what each ingredient of understanding is worth, by leaving it out; and what
//! is chance, by learning the same once more with other luck.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Context;
use posdoc::content::KnowledgeBase;
use posdoc::eval::{Labelled, Report};
use posdoc::index::{Pack, Section};
use posdoc::matching::{Ingredient, Matcher, Part, Recipe, build_by};

use super::out;

/// What is learned and what hears: the sections that an ingredient can weigh in.
const WEIGHED: [Section; 3] = [Section::Index, Section::Tables, Section::Model];

/// How often the same is learned with other luck.
const LUCKS: u64 = 5;

/// Learns once with everything, a few times with other luck, and once without each ingredient, and
/// prints a line for each.
pub(super) fn run(base: &KnowledgeBase, rows: &[Labelled]) -> anyhow::Result<()> {
    out::line(
        "| 拿掉什么 | 第一个对 | 前三 | 拒答 | 多余的反问 | 认出不归我们管 | 含糊的反问 | 校准误差 | brotli 字节 |",
    )?;
    out::line("|---|---:|---:|---:|---:|---:|---:|---:|---:|")?;
    out::line(&line("（都在）", &Recipe::default(), base, rows)?)?;
    for nth in 1..=LUCKS {
        let name = format!("（都在，第 {nth} 副别的运气）");
        out::line(&line(&name, &Recipe::with_luck(nth), base, rows)?)?;
    }
    for ingredient in Ingredient::ALL {
        out::line(&line(name(ingredient), &Recipe::without(ingredient), base, rows)?)?;
    }
    Ok(())
}

fn line(name: &str, recipe: &Recipe, base: &KnowledgeBase, rows: &[Labelled]) -> anyhow::Result<String> {
    let built = build_by(recipe, base, 0)?;
    let weight = brotli(&built.finish(|section| WEIGHED.contains(&section)))?;
    // The index borrows the pack for as long as the process runs, which is not for long.
    let bytes: &'static [u8] = Vec::leak(built.finish(|section| Part::Whole.holds(section)));
    let matcher = Matcher::open(&Pack::open(bytes)?, BTreeMap::new())?;
    let report = Report::new(rows, |message| matcher.ask(message));
    let (clear, others, vague) = (&report.in_scope, &report.out_of_scope, &report.ambiguous);
    Ok(format!(
        "| {name} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.3} | {weight} |",
        clear.percent(clear.right),
        clear.percent(clear.in_three),
        clear.percent(clear.refused),
        clear.percent(clear.clarified),
        others.percent(others.right),
        vague.percent(vague.right),
        report.calibration_error(),
    ))
}

fn name(ingredient: Ingredient) -> &'static str {
    match ingredient {
        Ingredient::Folds => "繁简、全角归一",
        Ingredient::Spellings => "词表里的写法",
        Ingredient::Codes => "应答码",
        Ingredient::Attention => "排除掉的听轻些",
        Ingredient::Sounds => "单个的音",
        Ingredient::Pairs => "成对的音",
        Ingredient::Beginnings => "外语词的词头",
        Ingredient::Synonyms => "同义词改写",
        Ingredient::Articles => "文章里的句子",
        Ingredient::Vague => "含糊的例句",
        Ingredient::NotOurs => "不归我们管的例句",
        Ingredient::Noise => "学的时候丢词",
    }
}

/// As a server would send it.
fn brotli(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    packed.write_all(bytes).context("压缩")?;
    packed.flush().context("压缩")?;
    Ok(packed.into_inner().len())
}
