//! 关于: which version this is, whether it works offline, what it keeps, and how to install it.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::agent::app::PageProps;
use crate::agent::bridge::{Device, Host};
use crate::agent::route::Route;

/// The page.
#[function_component]
pub(in crate::agent) fn About(props: &PageProps) -> Html {
    let device = use_state(|| None::<Device>);
    let look = {
        let (host, device) = (props.host.clone(), device.clone());
        Callback::from(move |()| {
            let (host, device) = (host.clone(), device.clone());
            spawn_local(async move { device.set(Some(host.about().await)) });
        })
    };
    {
        let look = look.clone();
        use_effect_with((), move |()| look.emit(()));
    }
    let then_look = |act: fn(Host) -> std::pin::Pin<Box<dyn Future<Output = ()>>>| {
        let (host, look) = (props.host.clone(), look.clone());
        Callback::from(move |_: MouseEvent| {
            let (host, look) = (host.clone(), look.clone());
            spawn_local(async move {
                act(host).await;
                look.emit(());
            });
        })
    };
    let keep = then_look(|host| Box::pin(async move { host.keep().await }));
    let install = then_look(|host| Box::pin(async move { host.offer_install().await }));
    let Some(device) = &*device else {
        return html! { <><header class="bar"><h2 tabindex="-1">{ "关于和存储" }</h2></header><p class="empty" role="status">{ "正在看…" }</p></> };
    };
    let reports = props.state.reports.as_ref().map_or(0, Vec::len);
    let conversations = props.state.conversations().len();
    html! {
        <>
            <header class="bar">
                <a class="back" href={Route::Library.query()} aria-label="返回查资料">{ "‹" }</a>
                <h2 tabindex="-1">{ "关于和存储" }</h2>
            </header>
            <div class="slip">
                <dl>
                    <dt>{ "版本" }</dt><dd>{ format!("{}（{}）", or(&device.program, "开发版"), or(&device.version, "未编号")) }</dd>
                    <dt>{ "内容截至" }</dt><dd>{ or(&device.date, "未知") }</dd>
                    <dt>{ "主题、应答码" }</dt><dd>{ format!("{} 篇，{} 条", props.library.topics.len(), props.library.codes.len()) }</dd>
                    <dt>{ "离线" }</dt><dd>{ if device.offline { "全部存好了，没有网络也能用" } else { "还没存好。联网打开，等几秒" } }</dd>
                    <dt>{ "占用" }</dt><dd>{ format!("{}，浏览器最多给 {}；巡检单 {reports} 张，问诊记录 {conversations} 次", size(device.usage), size(device.quota)) }</dd>
                    <dt>{ "会不会被清掉" }</dt>
                    <dd>{ if device.persisted { "不会，浏览器答应长期保留" } else { "空间紧张时，浏览器可能清掉。装到主屏幕、每晚导出最稳" } }</dd>
                </dl>
            </div>
            if !device.persisted {
                <p class="foot"><button type="button" onclick={keep}>{ "请浏览器长期保留" }</button></p>
            }
            <section>
                <h3>{ "装到主屏幕" }</h3>
                if device.installed {
                    <p>{ "已经装好，从主屏幕打开就是。" }</p>
                } else if device.installable {
                    <p class="foot"><button type="button" class="main" onclick={install}>{ "安装" }</button></p>
                } else if device.ios {
                    <p>{ "在 Safari 里点下方的「分享」，选「添加到主屏幕」。注意：装好的应用和 Safari 各存各的，巡检单不会带过去，先导出。" }</p>
                } else {
                    <p>{ "在浏览器菜单里选「安装应用」或「添加到主屏幕」。微信里打不开这个菜单，先用系统浏览器打开。" }</p>
                }
            </section>
            <section>
                <h3>{ "隐私" }</h3>
                <p>{ "说的话、问诊记录、巡检单都只在这台设备上，不会传给任何人。要交出去，得您自己导出或分享。问诊记录留 30 天、最多 100 次；「问诊」里点「更多」「清除记录」，一次全清。" }</p>
            </section>
        </>
    }
}

fn or(text: &str, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
}

/// Bytes as people say them.
fn size(bytes: f64) -> String {
    match bytes {
        bytes if bytes >= 1e9 => format!("{:.1} GB", bytes / 1e9),
        bytes if bytes >= 1e6 => format!("{:.1} MB", bytes / 1e6),
        bytes => format!("{:.0} KB", bytes / 1e3),
    }
}
