//! Reports to hand over: text to paste into a chat, CSV for a spreadsheet, JSON for a program.

use std::fmt::Write;

use serde_json::json;

use super::{Report, VERSION};

const COLUMNS: [&str; 9] =
    ["时间", "商户", "商户号", "机身序列号", "故障现象", "试过的步骤", "结果", "备注", "编号"];

/// One report as lines to paste or read out. What is empty is left out.
pub fn text(report: &Report) -> String {
    let report = report.clone().masked();
    let mut out = String::from("【巡检单】\n");
    let mut line = |name: &str, value: &str| {
        if !value.trim().is_empty() {
            let _ = writeln!(out, "{name}：{}", value.trim());
        }
    };
    line("时间", &report.when());
    line("商户", &report.shop);
    line("商户号", &report.merchant_number);
    line("机身序列号", &report.terminal_sn);
    line("故障现象", &report.symptom);
    for (nth, step) in report.taken().enumerate() {
        line(&format!("第 {} 步", nth + 1), &format!("{} → {}", step.action, step.went.label()));
    }
    line("结果", report.outcome.label());
    line("备注", &report.notes);
    out
}

/// Reports as CSV (RFC 4180, with the mark that makes spreadsheets read UTF-8), one a row.
///
/// No cell can become a formula: what begins like one gets an apostrophe in front. Long numbers get
/// a tab, or a spreadsheet would round a serial number.
pub fn csv(reports: &[Report]) -> String {
    let mut out = String::from("\u{feff}");
    row(&mut out, &COLUMNS.map(str::to_owned));
    for report in reports {
        let report = report.clone().masked();
        let steps: Vec<String> =
            report.taken().map(|step| format!("{} → {}", step.action, step.went.label())).collect();
        row(
            &mut out,
            &[
                report.when(),
                report.shop,
                report.merchant_number,
                report.terminal_sn,
                report.symptom,
                steps.join("\n"),
                report.outcome.label().to_owned(),
                report.notes,
                report.id,
            ],
        );
    }
    out
}

/// Reports as one JSON document: `{"version":2,"reports":[…]}`.
pub fn json(reports: &[Report]) -> String {
    let reports: Vec<Report> = reports.iter().map(|report| report.clone().masked()).collect();
    format!("{:#}\n", json!({ "version": VERSION, "reports": reports }))
}

fn row(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// One cell, quoted, and harmless to a spreadsheet.
fn quoted(cell: &str) -> String {
    let first = cell.trim_start().chars().next();
    let formula =
        first.is_some_and(|first| "=+-@＝＋－＠".contains(first)) || cell.starts_with(['\t', '\r', '\n']);
    let number = cell.len() >= 12 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let guard = if formula {
        "'"
    } else if number {
        "\t"
    } else {
        ""
    };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}
