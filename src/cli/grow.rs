//! `posdoc grow`: content as large as wanted, made from the real content by rule, to see what
//! becomes slower or larger than it must.
//!
//! The rule: an article for a machine. Every topic stays as it is and gets `factor − 1` companions,
//! each for one of up to ninety-nine made-up machines (a brand and a line: 青禾随行). A companion
//! has the topic's causes, questions, steps and prose; its id is the topic's, two dashes and the
//! machine's number; its title and scope begin with the machine's name; and it has no phrases, as
//! an article for one machine is found by its topic's. Codes, lexicon, vague messages and what is
//! not ours stay as they are. The same content and factor give the same files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use posdoc::content;

use super::{Outcome, out};

const BRANDS: [&str; 10] = ["青禾", "白鹭", "松果", "云雀", "海棠", "石桥", "银杏", "麦浪", "晴川", "竹溪"];
const LINES: [&str; 10] = ["随行", "掌柜", "小方", "长明", "飞燕", "稳稳", "如意", "启程", "百业", "满堂"];

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 内容文件夹
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// 变成多少倍：每个主题配上这么多减一种机型各一篇
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    factor: u16,
    /// 写到哪里；要么不存在，要么是空的
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.out.exists() && fs::read_dir(&args.out)?.next().is_some() {
        bail!("{} 里有东西，不敢覆盖。换一个空文件夹", args.out.display());
    }
    let (base, _) = content::load(&args.content)?;
    copy(&args.content, &args.out)?;
    let list = args.content.join("topics.tsv");
    let mut list = fs::read_to_string(&list).with_context(|| format!("读 {}", list.display()))?;
    for topic in &base.topics {
        let file = format!("{}/{}.md", topic.group, topic.id);
        let article = fs::read_to_string(args.content.join(&file)).with_context(|| format!("读 {file}"))?;
        for machine in 1..args.factor {
            let name = name(machine);
            let id = content::machine::joined(&topic.id, &format!("m{machine:02}"));
            list.push_str(&format!(
                "{id}\t{}\t{name}：{}\t{name}：{}\n",
                topic.group, topic.title, topic.scope
            ));
            let file = args.out.join(format!("{}/{id}.md", topic.group));
            fs::write(&file, companion(&article, &name)).with_context(|| format!("写 {}", file.display()))?;
        }
    }
    fs::write(args.out.join("topics.tsv"), list)?;
    out::line(&format!(
        "{} 个主题，在 {}",
        base.topics.len() * usize::from(args.factor),
        args.out.display()
    ))?;
    Ok(Outcome::Fine)
}

/// The machine's name; neighbours in number differ in both halves.
fn name(machine: u16) -> String {
    let machine = usize::from(machine);
    format!("{}{}", BRANDS[machine % 10], LINES[(machine / 10 + machine) % 10])
}

/// The article as it is for the machine called `name`.
fn companion(article: &str, name: &str) -> String {
    let mut text = String::with_capacity(article.len());
    let mut among_phrases = false;
    let mut fences = 0;
    for line in article.lines() {
        fences += usize::from(line == "+++");
        if fences != 1 {
            text.push_str(line);
        } else if among_phrases {
            among_phrases = line != "]";
            continue;
        } else if let Some(title) = line.strip_prefix("title = \"") {
            text.push_str(&format!("title = \"{name}：{title}"));
        } else if line.starts_with("phrases = [") {
            among_phrases = !line.ends_with(']');
            continue;
        } else if line.starts_with("first_screen") {
            continue;
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("建文件夹 {}", to.display()))?;
    for found in fs::read_dir(from).with_context(|| format!("打开 {}", from.display()))? {
        let path = found?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(|| format!("写 {}", target.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::name;

    #[test]
    fn ninety_nine_machines_have_ninety_nine_names() {
        let names: BTreeSet<String> = (1..100).map(name).collect();
        assert_eq!(names.len(), 99);
    }
}
