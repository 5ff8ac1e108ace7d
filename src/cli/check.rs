//! `posdoc check`: what is wrong with the content, and what to write instead.

use anyhow::Context;
use posdoc::content::{self, Code};

use super::{CorpusArgs, Outcome, out};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// 打印一个 JSON 对象
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (base, mut findings) = args.corpus.load()?;
    findings.extend(content::stale(&base, &a_year_ago()?));
    findings.sort();
    let phrases: usize = base.topics.iter().map(|topic| topic.phrases.len()).sum();
    if args.json {
        let listed: Vec<_> = findings
            .iter()
            .map(|found| {
                serde_json::json!({
                    "file": found.file, "line": found.line, "code": found.code.as_str(), "message": found.message,
                })
            })
            .collect();
        out::line(&serde_json::to_string(&serde_json::json!({
            "topics": base.topics.len(), "phrases": phrases, "codes": base.codes.len(),
            "drawings": base.drawings.len(), "findings": listed,
        }))?)?;
    } else {
        for found in &findings {
            out::line(&found.to_string())?;
        }
        let missing = findings.iter().filter(|found| found.code == Code::NoArticle).count();
        out::line(&format!(
            "{} 篇文章（还差 {missing} 篇），{phrases} 句说法，{} 个应答码，{} 张图；{} 处要改",
            base.topics.len(),
            base.codes.len(),
            base.drawings.len(),
            findings.len()
        ))?;
    }
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// The ISO date twelve months before today (UTC).
fn a_year_ago() -> anyhow::Result<String> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).context("系统时间不对")?;
    let (year, month, day) = civil((now.as_secs() / 86_400) as i64);
    Ok(format!("{:04}-{month:02}-{day:02}", year - 1))
}

/// Year, month and day of a count of days since 1970-01-01 (Howard Hinnant, *chrono-compatible
/// low-level date algorithms*, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
