//! `posdoc eval --time`: how long an answer takes, and a suggestion per keystroke, on one core.

use std::hint::black_box;
use std::time::{Duration, Instant};

use posdoc::eval::Labelled;
use posdoc::matching::Matcher;

use super::out;

/// Answers to time at least; fewer make the slowest hundredth a matter of luck.
const ANSWERS: usize = 10_000;
/// Keystrokes of a message that are timed.
const KEYSTROKES: usize = 12;

/// Times all messages, over and over, and prints percentiles.
pub(super) fn run(matcher: &Matcher, rows: &[Labelled]) -> anyhow::Result<()> {
    let rounds = ANSWERS.div_ceil(rows.len().max(1));
    let mut answers = Vec::with_capacity(rounds * rows.len());
    for row in std::iter::repeat_n(rows, rounds).flatten() {
        answers.push(took(|| matcher.ask(&row.message)));
    }
    out::line(&summary("回答", answers))?;
    let mut keystrokes = Vec::new();
    for row in rows {
        let ends = row.message.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.take(KEYSTROKES) {
            keystrokes.push(took(|| matcher.suggest(&row.message[..end])));
        }
    }
    out::line(&summary("联想", keystrokes))
}

fn took<T>(what: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    black_box(what());
    start.elapsed()
}

fn summary(name: &str, mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    let whole: Duration = times.iter().sum();
    format!(
        "{name}：{} 次，p50 {:.2} ms，p99 {:.2} ms，单核每秒 {:.0} 次",
        times.len(),
        at(0.5).as_secs_f64() * 1e3,
        at(0.99).as_secs_f64() * 1e3,
        times.len() as f64 / whole.as_secs_f64().max(f64::MIN_POSITIVE)
    )
}
