//! The ticket (报修单): what a service desk needs to know, as text to copy or read out.

use super::policy::ordered;
use super::show::{meaning, standard_ready};
use super::state::{Event, Outcome, State};
use super::{Knowledge, wording};

/// What the host page or the agent knows about the terminal; all optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Terminal serial number.
    pub terminal_sn: Option<String>,
    /// Merchant number.
    pub merchant_number: Option<String>,
    /// What kind of terminal it is, as the page names it: `desk`, `mobile`, …
    pub device: Option<String>,
    /// Local time as the device shows it.
    pub time: Option<String>,
}

/// The number that the merchant told behind one of `names`; too short a one is something else.
fn told<'s>(state: &'s State, names: &[&str]) -> Option<&'s str> {
    const SHORTEST: usize = 8;
    let mut each = state.said.iter().rev().flat_map(|said| names.iter().map(move |name| (said, name)));
    each.find_map(|(said, name)| {
        let (_, behind) = said.split_once(name)?;
        let behind = behind.trim_start_matches(['是', '号', '码', ':', '：', ' ', '为']);
        let end = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        Some(&behind[..end]).filter(|number| number.len() >= SHORTEST)
    })
}

/// What was asked or done, without the stop that its answer would stand behind.
fn bare(kind: &str, sentence: &str) -> String {
    [kind, sentence.trim_end_matches(['。', '？', '！'])].concat()
}

/// The ticket for a conversation. Card numbers are masked once more, whatever they came through.
pub fn ticket(knowledge: &Knowledge, state: &State, facts: &Facts) -> String {
    let mut lines = vec!["【报修单】".to_owned()];
    let mut add = |name: &str, value: &str| lines.push([name, "：", value].concat());
    if let Some(time) = &facts.time {
        add("时间", time);
    }
    let merchant = facts.merchant_number.as_deref().or_else(|| told(state, &["商户号"]));
    add("商户号", merchant.unwrap_or("（待填，看小票或合同）"));
    let serial = facts.terminal_sn.as_deref().or_else(|| told(state, &["SN", "sn", "序列号"]));
    add("机身序列号", serial.unwrap_or("（待填，看机背标签）"));
    if let Some(device) = &facts.device {
        add("机具", wording::device(device));
    }
    if !state.said.is_empty() {
        add("商户描述", &state.said.join("；"));
    }
    let topic = state.focus.as_ref().and_then(|focus| knowledge.topic(&focus.topic));
    let ready = topic.map(|topic| topic.stop.ready.clone()).filter(|ready| !ready.is_empty());
    let ready = ready.unwrap_or_else(standard_ready);
    // What stands on the screen, word for word, says more than anyone's description of it.
    if let Some(code) = &state.code {
        add("屏幕提示", &meaning(code, &knowledge.code(code)));
    } else if ready.iter().any(|what| what.contains("屏幕")) {
        add("屏幕提示", "（待填，照屏幕原样抄）");
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
                        &bare("　问 ", &question.ask),
                        answer.map_or(wording::UNKNOWN, |answer| &answer.label),
                    );
                }
                Event::Tried { step, outcome } => {
                    let Some(step) = topic.steps.iter().find(|known| known.id == *step) else { continue };
                    let kept = topic.steps.iter().take(ordered(topic)).any(|known| known.id == step.id);
                    let went = match outcome {
                        Outcome::Failed if kept => "做了",
                        Outcome::Failed => wording::UNSOLVED,
                        Outcome::Skipped => "没做",
                        Outcome::Solved => wording::SOLVED,
                    };
                    add(&bare("　试过 ", &step.action), went);
                }
            }
        }
    }
    if let Some(reason) = state.reason.and_then(|nth| wording::REASONS.get(usize::from(nth))) {
        add("没解决的原因", reason);
    }
    // What this kind of trouble is asked about, and stands nowhere above.
    let above = |what: &str| ["序列号", "商户", "屏幕", "试过"].iter().any(|known| what.contains(known));
    let missing: Vec<String> = ready.into_iter().filter(|what| !above(what)).collect();
    if !missing.is_empty() {
        lines.push(["还要说清：", &missing.join("；")].concat());
    }
    crate::text::mask(&lines.join("\n"))
}
