//! A report, to fill in. Every field is kept as soon as it is left; there is nothing to lose by
//! putting the phone away.

use posdoc::report::{Outcome, Report, Tried, Went};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::report_list::stamp;
use crate::agent::app::PageProps;
use crate::agent::route::Route;

/// The form.
#[function_component]
pub(in crate::agent) fn ReportForm(props: &PageProps) -> Html {
    let blank = use_state(|| stamp().1);
    let adding = use_node_ref();
    let Route::Edit(id) = &props.state.route else { return Html::default() };
    let report = props.state.report(id).cloned().unwrap_or_else(|| Report {
        id: id.clone(),
        time: (*blank).clone(),
        ..Report::default()
    });
    let alter = |change: fn(&mut Report, String)| {
        let (report, put) = (report.clone(), props.on_put.clone());
        Callback::from(move |value: String| {
            let mut report = report.clone();
            change(&mut report, value);
            put.emit(report);
        })
    };
    let field = |id: &'static str,
                 label: &str,
                 kind: &'static str,
                 value: &str,
                 mode: &'static str,
                 change: fn(&mut Report, String)| {
        let alter = alter(change);
        let onchange = Callback::from(move |event: Event| {
            alter.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        });
        html! {
            <p class="field">
                <label for={id}>{ label.to_owned() }</label>
                <input {id} type={kind} inputmode={mode} autocomplete="off" value={value.to_owned()} {onchange} />
            </p>
        }
    };
    let area = |id: &'static str, label: &str, value: &str, change: fn(&mut Report, String)| {
        let alter = alter(change);
        let onchange = Callback::from(move |event: Event| {
            alter.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        });
        html! {
            <p class="field">
                <label for={id}>{ label.to_owned() }</label>
                <textarea {id} rows="2" value={value.to_owned()} {onchange} />
            </p>
        }
    };
    let outcome = {
        let (report, put) = (report.clone(), props.on_put.clone());
        Callback::from(move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let outcome = usize::try_from(at).ok().and_then(|at| Outcome::ALL.get(at)).copied();
            put.emit(Report { outcome: outcome.unwrap_or_default(), ..report.clone() });
        })
    };
    let add = {
        let (report, put, adding) = (report.clone(), props.on_put.clone(), adding.clone());
        Callback::from(move |()| {
            let Some(input) = adding.cast::<HtmlInputElement>() else { return };
            let action = input.value().trim().to_owned();
            if !action.is_empty() {
                let mut report = report.clone();
                report.steps.push(Tried { action, went: Went::Failed });
                put.emit(report);
                input.set_value("");
            }
        })
    };
    let entered = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            // An input method's confirming Enter is not meant for us.
            if event.key() == "Enter" && !event.is_composing() && event.key_code() != 229 {
                event.prevent_default();
                add.emit(());
            }
        })
    };
    let done = Route::Report(id.clone()).query();
    html! {
        <>
            <header class="bar">
                <a class="back" href={Route::Reports.query()} aria-label="返回巡检单">{ "‹" }</a>
                <h2 tabindex="-1">{ "填巡检单" }</h2>
                <span class="faint small" role="status">{ if props.state.report(id).is_some() { "已存在本机" } else { "" } }</span>
            </header>
            <form class="form" onsubmit={|event: SubmitEvent| event.prevent_default()}>
                { field("time", "时间", "datetime-local", &report.time, "text", |report, value| report.time = value) }
                { field("shop", "商户名", "text", &report.shop, "text", |report, value| report.shop = value) }
                { field("merchant", "商户号", "text", &report.merchant_number, "numeric", |report, value| report.merchant_number = value) }
                { field("sn", "机身序列号（机背标签上的 SN）", "text", &report.terminal_sn, "text", |report, value| report.terminal_sn = value) }
                { area("symptom", "故障现象", &report.symptom, |report, value| report.symptom = value) }
                <fieldset class="tried">
                    <legend>{ "试过的步骤" }</legend>
                    <ol>{ for report.steps.iter().enumerate().map(|(nth, step)| tried(props, &report, nth, step)) }</ol>
                    <div class="row">
                        <label class="unseen" for="add">{ "再写一步" }</label>
                        <input id="add" type="text" placeholder="再写一步" autocomplete="off" ref={adding} onkeydown={entered} />
                        <button type="button" onclick={add.reform(|_: MouseEvent| ())}>{ "加上" }</button>
                    </div>
                </fieldset>
                <p class="field">
                    <label for="outcome">{ "结果" }</label>
                    <select id="outcome" onchange={outcome}>
                        { for Outcome::ALL.into_iter().map(|choice| html! {
                            <option selected={choice == report.outcome}>{ choice.label() }</option>
                        }) }
                    </select>
                </p>
                { area("notes", "备注", &report.notes, |report, value| report.notes = value) }
                <p class="faint">{ "卡号会自动打上星号。别写密码和验证码。" }</p>
                <p class="foot"><a class="button main" href={done}>{ "填好了" }</a></p>
            </form>
        </>
    }
}

fn tried(props: &PageProps, report: &Report, nth: usize, step: &Tried) -> Html {
    let change = |change: fn(&mut Report, usize, usize)| {
        let (report, put) = (report.clone(), props.on_put.clone());
        Callback::from(move |at: usize| {
            let mut report = report.clone();
            change(&mut report, nth, at);
            put.emit(report);
        })
    };
    let went = change(|report, nth, at| {
        report.steps[nth].went = Went::ALL.get(at).copied().unwrap_or_default();
    });
    let went = Callback::from(move |event: Event| {
        let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        went.emit(usize::try_from(at).unwrap_or_default());
    });
    let remove = change(|report, nth, _| drop(report.steps.remove(nth)));
    html! {
        <li>
            <span>{ &step.action }</span>
            <select aria-label={format!("第 {} 步的结果", nth + 1)} onchange={went}>
                { for Went::ALL.into_iter().map(|choice| html! {
                    <option selected={choice == step.went}>{ choice.label() }</option>
                }) }
            </select>
            <button type="button" aria-label={format!("去掉第 {} 步", nth + 1)} onclick={remove.reform(|_: MouseEvent| 0)}>{ "×" }</button>
        </li>
    }
}
