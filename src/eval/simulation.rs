//! A report on simulated merchants, for people.

use std::fmt;

use super::simulate::{Figures, Outcomes};
use crate::dialog::HAND_OVER;

/// Topics whose questions save less than this many percent are named: better ones may be found.
const WORTH_WRITING: f32 = 5.0;

/// What came of each fault, in the order simulated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Simulation {
    /// One per fault.
    pub topics: Vec<Outcomes>,
}

/// Expected minutes summed over the faults that can be compared.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Compared {
    /// Faults.
    pub topics: usize,
    /// The policy where the content is right, and the exact optimum.
    pub policy: f32,
    /// See `policy`.
    pub optimum: f32,
    /// The best fixed order without questions.
    pub best_order: f32,
    /// If the cause were known from the start: what no question can get below.
    pub cause_known: f32,
    /// All steps as written.
    pub authored: f32,
    /// All steps in random order.
    pub random: f32,
    /// The policy in worlds that disagree, and an optimum that knows them.
    pub disagreeing: f32,
    /// See `disagreeing`.
    pub knowing: f32,
    /// The topic furthest from its optimum, in percent.
    pub furthest: f32,
}

impl Simulation {
    /// Sums over the faults whose steps are ours to order, that have questions, and whose optimum
    /// is known.
    pub fn compared(&self) -> Compared {
        let mut sums = Compared::default();
        for topic in &self.topics {
            let known = (topic.optimum, topic.best_order, topic.knowing);
            let (Some(optimum), Some(best_order), Some(knowing)) = known else { continue };
            if topic.questions == 0 {
                continue;
            }
            sums.topics += 1;
            sums.policy += topic.policy.minutes;
            sums.optimum += optimum;
            sums.best_order += best_order;
            sums.cause_known += topic.cause_known.unwrap_or_default();
            sums.authored += topic.authored;
            sums.random += topic.random;
            sums.disagreeing += mean(&topic.disagreeing).minutes;
            sums.knowing += knowing;
            sums.furthest = sums.furthest.max(above(topic.policy.minutes, optimum));
        }
        sums
    }
}

/// How far `minutes` lie above `least`, in percent.
fn above(minutes: f32, least: f32) -> f32 {
    100.0 * (minutes / least - 1.0)
}

/// Percent of the best fixed order's minutes that asking saves, and would save at most.
fn saved(topic: &Outcomes) -> Option<(f32, f32)> {
    let order = topic.best_order?;
    let less = |minutes: f32| 100.0 * (1.0 - minutes / order);
    Some((less(topic.policy.minutes), less(topic.cause_known?)))
}

fn mean(figures: &Figures) -> Figures {
    let all = figures.all.max(1.0);
    Figures {
        all: 1.0,
        minutes: figures.minutes / all,
        turns: figures.turns / all,
        alone: figures.alone / all,
        handed: figures.handed / all,
        rightly: figures.rightly / all,
    }
}

impl fmt::Display for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (written, free): (Vec<_>, Vec<_>) = self.topics.iter().partition(|topic| topic.as_written);
        writeln!(f, "平均几分钟修好（找人工算 {} 分钟）", HAND_OVER)?;
        if !free.is_empty() {
            head(f, "由系统排步骤的故障")?;
            free.iter().try_for_each(|topic| line(f, topic))?;
            let sums = self.compared();
            if sums.topics > 0 {
                let each = |sum: f32| sum / sums.topics as f32;
                writeln!(f, "\n合计：{} 个有提问、算得出最优的主题，平均分钟", sums.topics)?;
                writeln!(f, "  我们的做法      {:>6.2}", each(sums.policy))?;
                let compared = free.iter().filter(|topic| topic.questions > 0 && topic.optimum.is_some());
                let mut all = Figures::default();
                compared.for_each(|topic| all.add(topic.policy));
                writeln!(
                    f,
                    "  {:.1} 轮，不打电话修好 {:.0}%，转人工 {:.0}%，其中该转的 {:.0}%",
                    all.turns / all.all,
                    Figures::percent(all.alone, all.all),
                    Figures::percent(all.handed, all.all),
                    Figures::percent(all.rightly, all.handed)
                )?;
                let others = [
                    ("精确最优", sums.optimum),
                    ("最好的固定顺序", sums.best_order),
                    ("照文章顺序做完", sums.authored),
                    ("乱序做完", sums.random),
                ];
                for (name, sum) in others {
                    let less = 100.0 * (1.0 - sums.policy / sum);
                    writeln!(f, "  {name:<8}  {:>6.2}  我们少用 {less:>5.1}%", each(sum))?;
                }
                let (saved, most) = (sums.best_order - sums.policy, sums.best_order - sums.cause_known);
                writeln!(
                    f,
                    "  一开始就知道原因 {:.2}：提问最多能省 {:.2}，我们省了其中 {:.0}%",
                    each(sums.cause_known),
                    each(most),
                    Figures::percent(saved, most)
                )?;
                writeln!(f, "  离最优最远的主题多用 {:.1}%", sums.furthest)?;
                writeln!(
                    f,
                    "  与内容不符的世界：我们 {:.2}，知道真相的最优 {:.2}，多用 {:.1}%",
                    each(sums.disagreeing),
                    each(sums.knowing),
                    above(sums.disagreeing, sums.knowing)
                )?;
            }
        }
        if !written.is_empty() {
            head(f, "照文章顺序走的故障（不比）")?;
            written.iter().try_for_each(|topic| line(f, topic))?;
        }
        let idle: usize = written.iter().map(|topic| topic.unasked.len()).sum();
        if idle > 0 {
            writeln!(f, "\n照文章顺序走的主题里，有 {idle} 个问题从来不问：步骤的顺序不由它们定")?;
        }
        let slower: Vec<_> = written
            .iter()
            .filter(|topic| topic.policy.minutes > HAND_OVER)
            .map(|topic| &*topic.topic)
            .collect();
        if !slower.is_empty() {
            writeln!(f, "\n照文章走，比马上找人工还慢：{}", slower.join("、"))?;
        }
        let mut little: Vec<_> = free.iter().filter_map(|topic| Some((saved(topic)?, topic))).collect();
        little.retain(|((saved, _), topic)| topic.questions > 0 && *saved < WORTH_WRITING);
        little.sort_by(|a, b| a.0.0.total_cmp(&b.0.0));
        if !little.is_empty() {
            writeln!(f, "\n提问省不到 {WORTH_WRITING:.0}% 的主题（省了多少；一开始就知道原因能省多少）")?;
            for ((saved, most), topic) in little {
                writeln!(f, "  {:<24} {saved:>5.1}%  {most:>5.1}%", topic.topic)?;
            }
        }
        let mut unasked = free.iter().flat_map(|topic| &topic.unasked).peekable();
        if unasked.peek().is_some() {
            writeln!(f, "\n从来不问的问题（先问它，平均多花几分钟）")?;
            for one in unasked {
                let costs = one.costs.map_or("？".to_owned(), |costs| format!("{costs:+.2}"));
                writeln!(f, "  {:<24} {:<20} {costs}", one.topic, one.question)?;
            }
        }
        Ok(())
    }
}

fn head(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    writeln!(f, "\n{name}")?;
    writeln!(
        f,
        "{:<22} {:>4} {:>4} {:>4} {:>4} {:>4} {:>3} {:>4} {:>4} │ {:>4} {:>4} {:>4} {:>4}",
        "主题",
        "我们",
        "最优",
        "定序",
        "文章",
        "乱序",
        "轮数",
        "自修%",
        "转对%",
        "不符",
        "知情",
        "试玩",
        "轮数"
    )
}

fn line(f: &mut fmt::Formatter<'_>, topic: &Outcomes) -> fmt::Result {
    let minutes =
        |minutes: Option<f32>| minutes.map_or("  –".to_owned(), |minutes| format!("{minutes:.2}"));
    let ours = &topic.policy;
    let disagreeing = mean(&topic.disagreeing);
    let played = mean(&topic.played);
    writeln!(
        f,
        "{:<24} {:>6.2} {:>6} {:>6} {:>6.2} {:>6.2} {:>5.1} {:>6.0} {:>6.0} │ {:>6.2} {:>6} {:>6.2} {:>5.1}",
        topic.topic,
        ours.minutes,
        minutes(topic.optimum),
        minutes(topic.best_order),
        topic.authored,
        topic.random,
        ours.turns,
        Figures::percent(ours.alone, ours.all),
        Figures::percent(ours.rightly, ours.handed),
        disagreeing.minutes,
        minutes(topic.knowing),
        played.minutes,
        played.turns,
    )
}
