//! One visit.

use serde::{Deserialize, Serialize};

use crate::text::{is_card, mask};

/// How the visit ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing decided yet.
    #[default]
    Open,
    /// The terminal works.
    Solved,
    /// Sent in for repair.
    Repair,
    /// Replaced by another terminal.
    Replaced,
    /// Somebody has to come or call again.
    Again,
}

impl Outcome {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Open, Self::Solved, Self::Repair, Self::Replaced, Self::Again];

    /// As the agent reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "还没结论",
            Self::Solved => "修好了",
            Self::Repair => "已报修",
            Self::Replaced => "换了机器",
            Self::Again => "要再来一次",
        }
    }
}

/// How a step went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Went {
    /// Not done.
    #[default]
    Skipped,
    /// Done, and it helped.
    Helped,
    /// Done, to no avail.
    Failed,
}

impl Went {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Helped, Self::Failed, Self::Skipped];

    /// As the agent reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Skipped => "没做",
            Self::Helped => "好了",
            Self::Failed => "没用",
        }
    }
}

/// A step that was taken, or left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tried {
    /// What was to be done.
    pub action: String,
    /// How it went.
    pub went: Went,
}

/// A visit report. Every field but `id` and `time` may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Unique on this device.
    pub id: String,
    /// When, by the clock on the wall: `2026-11-22T16:05`.
    pub time: String,
    /// The shop's name.
    pub shop: String,
    /// Terminal serial number.
    pub terminal_sn: String,
    /// Merchant number.
    pub merchant_number: String,
    /// What was wrong, in the merchant's or the agent's words.
    pub symptom: String,
    /// The topic that was worked through, by id.
    pub topic: Option<String>,
    /// The steps, in order.
    pub steps: Vec<Tried>,
    /// How it ended.
    pub outcome: Outcome,
    /// Anything else.
    pub notes: String,
}

impl Report {
    /// The same with every card number masked.
    ///
    /// Serial and merchant numbers are as long as card numbers; they are masked only if they could
    /// be one: issuer's digits in front and a check digit that is right.
    #[must_use]
    pub fn masked(mut self) -> Self {
        for number in [&mut self.terminal_sn, &mut self.merchant_number] {
            if is_card(number) {
                *number = mask(number);
            }
        }
        for words in [&mut self.shop, &mut self.symptom, &mut self.notes] {
            *words = mask(words);
        }
        for step in &mut self.steps {
            step.action = mask(&step.action);
        }
        self
    }

    /// The steps that were taken, without those left out.
    pub fn taken(&self) -> impl Iterator<Item = &Tried> {
        self.steps.iter().filter(|step| step.went != Went::Skipped)
    }

    /// When, for reading: `2026-11-22 16:05`.
    pub fn when(&self) -> String {
        self.time.replacen('T', " ", 1)
    }
}
