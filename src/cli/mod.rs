//! The command line: one file per command, each of which loads, calls the library and reports.
//!
//! Exit codes: 0 fine, 1 findings, 2 could not run.

#![deny(clippy::unwrap_used, clippy::expect_used)]

mod ablate;
mod ask;
mod bench;
mod build;
mod chat;
mod check;
mod choice;
mod corpus;
mod dist;
mod eval;
mod faq;
mod grow;
mod out;
mod overlay;
mod parts;
mod release;
mod script;
mod serve;
mod simulate;
mod size;
mod timing;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::corpus::CorpusArgs;

/// POS 机医生的命令行：检查内容、生成内容包、试问试聊、量准确率。
#[derive(Debug, Parser)]
#[command(
    name = "posdoc",
    version,
    about,
    disable_help_subcommand = true,
    after_help = "退出码：0 没问题，1 有发现，2 没能运行。\n写完内容先跑 posdoc check，再用 posdoc ask 试几句。"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查内容：哪个文件、哪一行、错在哪、该怎么写
    Check(check::Args),
    /// 生成内容包（索引、文章、应答码、词表），同样的内容每次字节都一样
    Build(build::Args),
    /// 问一句，看它认成哪个主题；--json 从标准输入一行一句
    Ask(ask::Args),
    /// 在终端里聊一次；--json 供程序使用
    Chat(chat::Args),
    /// 用标注好的消息量准确率
    Eval(eval::Args),
    /// 量本机上一次回答要多久（浏览器里要多久：make bench）
    Bench(bench::Args),
    /// 请带着故障的商户来试，算平均几分钟修好，和固定顺序、乱序、精确最优比
    Simulate(simulate::Args),
    /// 由现有内容按规则生成十倍、百倍的内容，看什么长得太快
    Grow(grow::Args),
    /// 把网页文件、两个 wasm 模块和图拼成成品文件夹（给 make 用）
    Dist(dist::Args),
    /// 像网站一样提供一个文件夹（给 make run 用）
    Serve(serve::Args),
    /// 列出成品里每个文件的大小：原始、gzip、brotli
    Size(size::Args),
}

/// Parses the arguments, runs one command and turns its outcome into an exit code.
pub(crate) fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Chat(args) => chat::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Grow(args) => grow::run(&args),
        Command::Dist(args) => dist::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Size(args) => size::run(&args),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever reads our output has enough, as `head` does.
        Err(error) if out::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::complain(&format!("posdoc：{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// How a command ended that could run.
enum Outcome {
    Fine,
    Findings,
}
