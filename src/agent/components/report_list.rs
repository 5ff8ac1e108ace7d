//! 巡检单: all visit reports, and handing them over together.

use posdoc::report::{Report, csv, json};
use yew::prelude::*;

use super::unreadable::unreadable;
use crate::agent::app::PageProps;
use crate::agent::route::Route;
use crate::agent::state::Kept;

/// An id for a new report and the time on the wall's clock.
pub(super) fn stamp() -> (String, String) {
    let now = js_sys::Date::new_0();
    let two = |number: u32| format!("{number:02}");
    let time = format!(
        "{}-{}-{}T{}:{}",
        now.get_full_year(),
        two(now.get_month() + 1),
        two(now.get_date()),
        two(now.get_hours()),
        two(now.get_minutes())
    );
    (format!("{}", js_sys::Date::now() as u64), time)
}

/// Where a new report is written.
fn fresh() -> String {
    Route::Edit(stamp().0).query()
}

/// The list of reports.
#[function_component]
pub(in crate::agent) fn ReportList(props: &PageProps) -> Html {
    let Some(reports) = &props.state.reports else {
        return html! {
            <><header class="bar"><h2 tabindex="-1">{ "巡检单" }</h2></header><p class="empty" role="status">{ "正在读…" }</p></>
        };
    };
    let begin = {
        let host = props.host.clone();
        Callback::from(move |_: MouseEvent| host.go(&fresh()))
    };
    let told = match props.state.conversations().len() {
        0 => "问诊记录".to_owned(),
        many => format!("问诊记录（{many}）"),
    };
    let export = |ending: &'static str, kind: &'static str| {
        let (host, readable) = (props.host.clone(), props.state.readable());
        Callback::from(move |_: MouseEvent| {
            let text = if ending == "csv" { csv(&readable) } else { json(&readable) };
            let (_, time) = stamp();
            host.save(&format!("巡检单-{}.{ending}", &time[..10]), kind, &text);
        })
    };
    html! {
        <>
            <header class="bar">
                <h2 tabindex="-1">{ "巡检单" }</h2>
                <a class="small" href={Route::About.query()}>{ "关于和存储" }</a>
            </header>
            <p class="foot">
                <button type="button" class="main" onclick={begin}>{ "新开一张" }</button>
                <a class="button" href={Route::Conversations.query()}>{ told }</a>
            </p>
            if reports.is_empty() {
                <p class="empty">{ "还没有巡检单。到一家店，开一张；在主题页「逐项打勾」之后，或者从「问诊记录」里，也能直接写进来。只存在这台设备上，晚上导出交上去。" }</p>
            } else {
                <ul class="links reports">{ for reports.iter().map(|kept| line(props, kept)) }</ul>
                <p class="foot">
                    <span class="faint">{ format!("共 {} 张", reports.len()) }</span>
                    <button type="button" onclick={export("csv", "text/csv")}>{ "全部导出 CSV" }</button>
                    <button type="button" onclick={export("json", "application/json")}>{ "全部导出 JSON" }</button>
                </p>
            }
        </>
    }
}

fn line(props: &PageProps, kept: &Kept<Report>) -> Html {
    match &kept.read {
        Ok(report) => {
            let shop = [&report.shop, &report.merchant_number, &report.terminal_sn];
            let shop =
                shop.into_iter().find(|name| !name.is_empty()).map_or("没写商户", |name| name.as_str());
            html! {
                <li key={report.id.clone()}>
                    <a href={Route::Report(report.id.clone()).query()}>
                        <span><b>{ shop }</b><small>{ report.when() }{ "　" }{ &report.symptom }</small></span>
                        <span class="tag">{ report.outcome.label() }</span>
                    </a>
                </li>
            }
        }
        Err(why) => unreadable("有一张", "巡检单", kept, why, props, &props.on_remove),
    }
}
