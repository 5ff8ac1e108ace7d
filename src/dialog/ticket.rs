//! The ticket (报修单): what a service desk needs to know, as text to copy or read out.

use super::state::{Event, Outcome, State};
use super::{Knowledge, wording};

/// What the host page or the agent knows about the terminal; all optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Terminal serial number.
    pub terminal_sn: Option<String>,
    /// Merchant number.
    pub merchant_number: Option<String>,
    /// Local time as the device shows it.
    pub time: Option<String>,
}

/// The ticket for a conversation. Card numbers are masked once more, whatever they came through.
pub fn ticket(knowledge: &Knowledge, state: &State, facts: &Facts) -> String {
    let mut lines = vec!["【报修单】".to_owned()];
    let mut add = |name: &str, value: &str| lines.push(format!("{name}：{value}"));
    if let Some(time) = &facts.time {
        add("时间", time);
    }
    add("商户号", facts.merchant_number.as_deref().unwrap_or("（待填，看小票或合同）"));
    add("机身序列号", facts.terminal_sn.as_deref().unwrap_or("（待填，看机背标签）"));
    if !state.said.is_empty() {
        add("商户描述", &state.said.join("；"));
    }
    if let Some(code) = &state.code {
        add("应答码", code);
    }
    for focus in state.before.iter().chain(&state.focus) {
        let Some(topic) = knowledge.topic(&focus.topic) else { continue };
        add("问题", &topic.title);
        for event in &focus.events {
            match event {
                Event::Answered { question, answer } => {
                    let Some(question) = topic.questions.iter().find(|known| known.id == *question) else {
                        continue;
                    };
                    let answer = answer.and_then(|answer| question.answers.get(answer));
                    add(
                        &format!("　问 {}", question.ask),
                        answer.map_or(wording::UNKNOWN, |answer| &answer.label),
                    );
                }
                Event::Tried { step, outcome } => {
                    let Some(step) = topic.steps.iter().find(|known| known.id == *step) else { continue };
                    let went = match outcome {
                        Outcome::Failed => wording::UNSOLVED,
                        Outcome::Skipped => "没做",
                        Outcome::Solved => wording::SOLVED,
                    };
                    add(&format!("　试过 {}", step.action), went);
                }
            }
        }
    }
    if let Some(reason) = state.reason.and_then(|nth| wording::REASONS.get(usize::from(nth))) {
        add("没解决的原因", reason);
    }
    crate::text::mask(&lines.join("\n"))
}
