//! A report as kept text: JSON with the version of its form, and the way from every older form to
//! this one.

use serde_json::{Value, json};

use super::Report;

/// The form that [`write`] writes.
pub const VERSION: u64 = 2;

/// Why a kept text is no report to this program. The text itself is to be kept: it can still be
/// handed over as it stands, or read by another version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or not of the form that its version has.
    #[error("内容坏了（{why}）")]
    Damaged {
        /// What the reader stumbled over.
        why: String,
    },
    /// Written by a later version of this program: an update that was taken back.
    #[error("是新版写的（格式 {got}，这一版只认到 {expected}）")]
    Newer {
        /// The newest form known here.
        expected: u64,
        /// The form found.
        got: u64,
    },
}

/// The report as text to keep, card numbers masked.
pub fn write(report: &Report) -> String {
    let mut value = serde_json::to_value(report.clone().masked()).unwrap_or_default();
    value["version"] = json!(VERSION);
    value.to_string()
}

/// Reads what [`write`] wrote, in this version or any before.
///
/// # Errors
/// See [`Unreadable`].
pub fn read(text: &str) -> Result<Report, Unreadable> {
    let damaged = |why: String| Unreadable::Damaged { why };
    let mut value: Value = serde_json::from_str(text)
        .map_err(|error| damaged(format!("第 {} 个字节读不下去", error.column())))?;
    let got = value["version"].as_u64().ok_or_else(|| damaged("没有版本号".into()))?;
    if got > VERSION {
        return Err(Unreadable::Newer { expected: VERSION, got });
    }
    if got < 2 {
        from_1(&mut value);
    }
    let report: Report = serde_json::from_value(value).map_err(|_| damaged("有一栏不是该有的样子".into()))?;
    if report.id.is_empty() { Err(damaged("没有编号".into())) } else { Ok(report) }
}

/// Form 1 kept the steps as lines, each with how it went after a tab, and knew only solved or not.
fn from_1(value: &mut Value) {
    if let Some(steps) = value["steps"].as_array_mut() {
        for step in steps {
            let line = step.as_str().unwrap_or_default();
            let (action, went) = line.split_once('\t').unwrap_or((line, "failed"));
            *step = json!({ "action": action, "went": went });
        }
    }
    let solved = value["solved"].as_bool();
    value["outcome"] = json!(match solved {
        Some(true) => "solved",
        Some(false) => "again",
        None => "open",
    });
}
