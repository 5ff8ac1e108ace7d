//! A report, to read, hand over, print or delete.

use posdoc::report::{Report, csv, json, text};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::agent::app::PageProps;
use crate::agent::route::Route;

/// The sheet.
#[function_component]
pub(in crate::agent) fn ReportSheet(props: &PageProps) -> Html {
    let said = use_state(String::new);
    let asked = use_state(|| false);
    let Route::Report(id) = &props.state.route else { return Html::default() };
    let Some(report) = props.state.report(id) else {
        let waiting = props.state.reports.is_none();
        return html! {
            <>
                <header class="bar">{ back() }<h2 tabindex="-1">{ "巡检单" }</h2></header>
                <p class="empty" role="status">{ if waiting { "正在读…" } else { "这张还没填，或者已经删了。" } }</p>
            </>
        };
    };
    let share = {
        let (host, report, said) = (props.host.clone(), report.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (host, report, said) = (host.clone(), report.clone(), said.clone());
            spawn_local(async move {
                said.set(match host.hand_over(&text(&report)).await.as_deref() {
                    Some("shared") => "已交给您选的应用。".into(),
                    Some("copied") => "已复制，粘贴给同事就行。".into(),
                    _ => "没能分享。请存成文本再发。".into(),
                });
            });
        })
    };
    let save = |ending: &'static str, kind: &'static str, make: fn(&Report) -> String| {
        let (host, report) = (props.host.clone(), report.clone());
        Callback::from(move |_: MouseEvent| {
            let day = report.time.get(..10).unwrap_or("巡检");
            host.save(&format!("巡检单-{day}-{}.{ending}", report.id), kind, &make(&report));
        })
    };
    let print = {
        let host = props.host.clone();
        Callback::from(move |_: MouseEvent| host.print())
    };
    let ask = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(!*asked))
    };
    let remove = {
        let (host, remove, id) = (props.host.clone(), props.on_remove.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            remove.emit(id.clone());
            host.go(&Route::Reports.query());
        })
    };
    html! {
        <>
            <header class="bar">{ back() }<h2 tabindex="-1">{ "巡检单" }</h2>
                <a class="button" href={Route::Edit(id.clone()).query()}>{ "修改" }</a>
            </header>
            { sheet(report) }
            <p class="foot tools">
                <button type="button" class="main" onclick={share}>{ "分享或复制" }</button>
                <button type="button" onclick={print}>{ "打印" }</button>
                <button type="button" onclick={save("txt", "text/plain", text)}>{ "存成文本" }</button>
                <button type="button" onclick={save("csv", "text/csv", |report| csv(std::slice::from_ref(report)))}>{ "CSV" }</button>
                <button type="button" onclick={save("json", "application/json", |report| json(std::slice::from_ref(report)))}>{ "JSON" }</button>
                if *asked {
                    <button type="button" class="danger" onclick={remove}>{ "确定删掉" }</button>
                    <button type="button" onclick={ask}>{ "不删" }</button>
                } else {
                    <button type="button" class="danger" onclick={ask}>{ "删除" }</button>
                }
            </p>
            <p role="status" class="faint">{ &*said }</p>
        </>
    }
}

fn back() -> Html {
    html! { <a class="back" href={Route::Reports.query()} aria-label="返回巡检单">{ "‹" }</a> }
}

/// The report itself: what is printed.
fn sheet(report: &Report) -> Html {
    let row = |name: &str, value: &str| {
        if value.trim().is_empty() {
            return Html::default();
        }
        html! { <><dt>{ name.to_owned() }</dt><dd>{ value.to_owned() }</dd></> }
    };
    html! {
        <div class="slip">
            <dl>
                { row("时间", &report.when()) }
                { row("商户", &report.shop) }
                { row("商户号", &report.merchant_number) }
                { row("机身序列号", &report.terminal_sn) }
                { row("故障现象", &report.symptom) }
                if report.taken().next().is_some() {
                    <dt>{ "试过的步骤" }</dt>
                    <dd><ol>
                        { for report.taken().map(|step| html! { <li>{ &step.action }<b>{ " → " }{ step.went.label() }</b></li> }) }
                    </ol></dd>
                }
                { row("结果", report.outcome.label()) }
                { row("备注", &report.notes) }
            </dl>
        </div>
    }
}
