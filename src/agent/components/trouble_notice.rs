//! What to do when nothing can be kept. The reports on the screen are still there.

use posdoc::report::json;
use yew::prelude::*;

use crate::agent::app::PageProps;
use crate::agent::route::Route;
use crate::agent::store::Trouble;

/// The notice. `rebuild` throws a broken database away.
pub(in crate::agent) fn trouble_notice(
    trouble: &Trouble,
    props: &PageProps,
    rebuild: Callback<MouseEvent>,
) -> Html {
    let reports = props.state.readable();
    let any = !reports.is_empty();
    let save = {
        let host = props.host.clone();
        Callback::from(move |_: MouseEvent| host.save("巡检单.json", "application/json", &json(&reports)))
    };
    let words = match trouble {
        Trouble::Full => "空间满了，刚才的改动没存上，但还在屏幕上。先导出，再删几张旧的，或者清理手机空间。",
        Trouble::Denied => "这个浏览器不让保存（可能开着无痕模式）。巡检单关掉页面就没了，写完马上导出。",
        Trouble::Broken(_) => {
            "存巡检单的地方坏了，打不开。刚写的还在屏幕上，先导出。重建之后接着用，屏幕上的会存进去，以前存的会没有。"
        }
    };
    html! {
        <div class="notice" role="alert">
            <p>{ words }</p>
            <p class="foot">
                if any { <button type="button" onclick={save}>{ "导出现有的" }</button> }
                if matches!(trouble, Trouble::Full) { <a class="button" href={Route::Reports.query()}>{ "去删旧的" }</a> }
                if matches!(trouble, Trouble::Broken(_)) { <button type="button" onclick={rebuild}>{ "重建" }</button> }
            </p>
            if let Trouble::Broken(why) = trouble { <p class="faint">{ why }</p> }
        </div>
    }
}
