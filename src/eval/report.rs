//! A report on how well a test set was understood.

use std::collections::BTreeMap;
use std::fmt;

use super::Labelled;
use crate::matching::{Decision, Verdict};

/// Counts over some messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages.
    pub all: usize,
    /// Right topic first (in scope), or recognised as not ours (out of scope), or asked back with
    /// a right topic among the first five (ambiguous).
    pub right: usize,
    /// Right topic among the first three; only counted in scope.
    pub in_three: usize,
    /// Refused.
    pub refused: usize,
    /// Asked back.
    pub clarified: usize,
}

impl Tally {
    /// `part` of all, in percent; 0 of nothing is 100.
    pub fn percent(&self, part: usize) -> f32 {
        if self.all == 0 { 100.0 } else { 100.0 * part as f32 / self.all as f32 }
    }

    fn add(&mut self, row: &Labelled, verdict: &Verdict) {
        let is_right = |topic: &String| row.right.contains(topic);
        let among = |most: usize| verdict.matches.iter().take(most).any(|found| is_right(&found.topic));
        self.all += 1;
        self.refused += usize::from(verdict.decision == Decision::None);
        self.clarified += usize::from(verdict.decision == Decision::Clarify);
        self.in_three += usize::from(among(3));
        self.right += usize::from(if row.right.is_empty() {
            verdict.decision == Decision::None
        } else if row.is_ambiguous() {
            verdict.decision == Decision::Clarify && among(5)
        } else {
            among(1)
        });
    }
}

/// A test set and what was made of it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Clear messages about our topics.
    pub in_scope: Tally,
    /// Messages that are not ours.
    pub out_of_scope: Tally,
    /// Messages too vague for one topic.
    pub ambiguous: Tally,
    /// By kind, as labelled.
    pub by_kind: BTreeMap<String, Tally>,
    /// By right topic.
    pub by_topic: BTreeMap<String, Tally>,
    /// `(right, given)` to how often, for clear messages that went wrong.
    pub confusions: BTreeMap<(String, String), usize>,
    /// Ten bins of the first score: messages, sum of scores, how many were right.
    pub calibration: [(usize, f32, usize); 10],
    /// Messages that went wrong, with what came of them.
    pub wrong: Vec<(Labelled, Verdict)>,
}

impl Report {
    /// Counts what `ask` makes of `rows`.
    pub fn new(rows: &[Labelled], ask: impl Fn(&str) -> Verdict) -> Self {
        let mut report = Self::default();
        for row in rows {
            let verdict = ask(&row.message);
            report.add(row, verdict);
        }
        report
    }

    fn add(&mut self, row: &Labelled, verdict: Verdict) {
        let whole = if row.right.is_empty() {
            &mut self.out_of_scope
        } else if row.is_ambiguous() {
            &mut self.ambiguous
        } else {
            &mut self.in_scope
        };
        let before = whole.right;
        whole.add(row, &verdict);
        let right = whole.right > before;
        self.by_kind.entry(row.kind.clone()).or_default().add(row, &verdict);
        if row.is_clear() {
            self.by_topic.entry(row.right[0].clone()).or_default().add(row, &verdict);
            if let Some(first) = verdict.matches.first() {
                let bin = &mut self.calibration[((first.score * 10.0) as usize).min(9)];
                bin.0 += 1;
                bin.1 += first.score;
                bin.2 += usize::from(right);
                if !right {
                    *self.confusions.entry((row.right[0].clone(), first.topic.clone())).or_default() += 1;
                }
            }
        }
        if !right {
            self.wrong.push((row.clone(), verdict));
        }
    }

    /// Expected calibration error of the first score over clear messages: the mean distance
    /// between score and share right, weighted by bin (Naeini, Cooper and Hauskrecht, AAAI 2015).
    pub fn calibration_error(&self) -> f32 {
        let all: usize = self.calibration.iter().map(|bin| bin.0).sum();
        let gaps = self.calibration.iter().map(|(_, scores, right)| (scores - *right as f32).abs());
        gaps.sum::<f32>() / all.max(1) as f32
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<12} {:>5} {:>7} {:>7} {:>7} {:>7}", "类别", "条数", "对", "前三", "拒答", "反问")?;
        let mut line = |name: &str, tally: &Tally| {
            writeln!(
                f,
                "{name:<14} {:>5} {:>8.1} {:>8.1} {:>8.1} {:>8.1}",
                tally.all,
                tally.percent(tally.right),
                tally.percent(tally.in_three),
                tally.percent(tally.refused),
                tally.percent(tally.clarified)
            )
        };
        for (kind, tally) in &self.by_kind {
            line(kind, tally)?;
        }
        line("= 归我们管", &self.in_scope)?;
        line("= 不归我们管", &self.out_of_scope)?;
        line("= 太含糊", &self.ambiguous)?;
        let mut worst: Vec<_> = self.by_topic.iter().filter(|(_, tally)| tally.right < tally.all).collect();
        worst.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.all - tally.right));
        writeln!(f, "\n错得最多的主题")?;
        for (topic, tally) in worst.iter().take(12) {
            writeln!(f, "  {topic:<24} {}/{}", tally.right, tally.all)?;
        }
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        writeln!(f, "\n最常认混（应该是 → 认成了）")?;
        for ((right, given), count) in confusions.iter().take(12) {
            writeln!(f, "  {right} → {given}  {count}")?;
        }
        writeln!(f, "\n首选得分    条数  平均得分  实际正确")?;
        for (nth, (count, scores, right)) in self.calibration.iter().enumerate().filter(|(_, bin)| bin.0 > 0)
        {
            let mean = scores / *count as f32;
            let share = *right as f32 / *count as f32;
            writeln!(
                f,
                "{:.1}–{:.1}    {count:>5}  {mean:>8.2}  {share:>8.2}",
                nth as f32 / 10.0,
                (nth + 1) as f32 / 10.0
            )?;
        }
        write!(f, "校准误差 {:.3}", self.calibration_error())
    }
}
