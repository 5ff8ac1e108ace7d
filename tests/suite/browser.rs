//! The built site in real browsers of three engines, under the policy it is shipped with.

mod api;
mod app;
mod chat;
mod composing;
mod driver;
mod frameworks;
mod hostile;
mod keyboard;
mod looks;
mod nginx;
mod packs;
mod parts;
mod server;
mod servers;
mod site;
mod zoom;

use std::fs;
use std::rc::Rc;
use std::time::Duration;

use self::driver::{Browser, Engine, Result};
use self::keyboard::{Enlarges, Keyboard};
use self::site::Site;
pub(crate) use self::site::copy as copied;
use crate::dist;

/// Runs one conversation in every engine, each on a site of its own.
fn everywhere<F>(prepare: impl Fn() -> Site, path: &str, test: impl Fn(Browser, Rc<Site>) -> F)
where
    F: Future<Output = Result<()>>,
{
    for engine in Engine::ALL {
        browse(engine, prepare(), path, &test);
    }
}

/// Runs one conversation in `engine`; the browser and the server end with it.
fn browse<F>(engine: Engine, site: Site, path: &str, test: impl Fn(Browser, Rc<Site>) -> F)
where
    F: Future<Output = Result<()>>,
{
    converse(engine, None, site, path, test);
}

/// Runs one conversation in every engine, at a keyboard with an input method; see [`keyboard`].
fn at_a_keyboard<F>(path: &str, test: impl Fn(Browser, Rc<Site>) -> F)
where
    F: Future<Output = Result<()>>,
{
    for engine in Engine::ALL {
        converse(engine, Some(Keyboard::that(Enlarges::Pages)), watched(), path, &test);
    }
}

/// The same, at a `keyboard` or not.
fn converse<F>(
    engine: Engine,
    keyboard: Option<Keyboard>,
    site: Site,
    path: &str,
    test: impl Fn(Browser, Rc<Site>) -> F,
) where
    F: Future<Output = Result<()>>,
{
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let site = Rc::new(site);
    println!("in {engine:?}");
    let outcome = runtime.block_on(async {
        let browser = Browser::open_with(engine, &site.address(path), None, keyboard).await?;
        let closing = browser.clone();
        let outcome = test(browser, site.clone()).await;
        closing.close().await;
        outcome
    });
    outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
}

/// The site as shipped.
fn shipped() -> Site {
    Site::serve(&dist())
}

/// The site as shipped, its pages keeping what goes wrong in them.
fn watched() -> Site {
    Site::watched(&dist(), "")
}

#[test]
fn typed_chinese_gets_the_right_steps_with_and_without_network() {
    everywhere(watched, "/", |browser, site| async move {
        browser.say("装了纸还说没纸").await?;
        let card = browser.newest("[data-kind=step]").await?;
        assert_eq!(browser.attribute(&card, "data-topic").await?, "paper-out");
        assert!(browser.text(&card).await?.contains("纸仓盖"), "the step is about the paper cover");
        browser.press("unsolved").await?;
        // The engine, the articles and the drawings are here: nothing may need the network now.
        browser.until_loaded().await?;
        site.stop();
        browser.say("云喇叭收了钱不响").await?;
        let card = browser.newest("[data-topic=speaker-silent]").await?;
        assert!(!browser.text(&card).await?.is_empty());
        browser.say("昨天的钱还没到我卡上").await?;
        browser.newest("[data-topic=settlement-late]").await?;
        browser.say("我想吃火锅").await?;
        let card = browser.newest("[data-topic=settlement-late]").await?;
        assert!(browser.text(&card).await?.contains("帮不上"), "refused, and the step in hand is kept");
        assert_eq!(browser.complaints().await?, Vec::<String>::new(), "nothing violates the policy");
        Ok(())
    });
}

#[test]
fn a_walk_to_the_end_offers_a_person_and_what_to_have_ready() {
    everywhere(shipped, "/demo/", |browser, _| async move {
        browser.launch().await?;
        browser.say("刷卡机按了没反应 开不了机").await?;
        browser.newest("[data-topic=power-no-boot]").await?;
        browser.press("human").await?;
        let card = browser.newest("[data-kind=handover]").await?;
        let text = browser.text(&card).await?;
        assert!(text.contains("400-000-0000"), "the page's hotline is offered: {text}");
        assert!(text.contains("序列号"), "what to have ready is said: {text}");
        browser.press("reason:2").await?;
        let ticket = browser.find(".ticket").await?;
        let ticket = browser.text(&ticket).await?;
        assert!(
            ticket.contains("开不了机") && ticket.contains("不敢动") && ticket.contains("复制"),
            "the ticket says what was said: {ticket}"
        );
        Ok(())
    });
}

#[test]
fn solved_ends_with_thanks_and_the_page_is_told() {
    everywhere(shipped, "/", |browser, _| async move {
        browser.listen("posdoc:solved").await?;
        browser.say("提示缺纸").await?;
        browser.newest("[data-topic=paper-out]").await?;
        while !browser.offers("solved").await? {
            browser.press("unknown").await?;
        }
        browser.press("solved").await?;
        browser.newest("[data-kind=closing]").await?;
        let detail = browser.heard("posdoc:solved").await?;
        assert_eq!(detail["topic"], "paper-out");
        assert!(!detail.to_string().contains("提示缺纸"), "no event carries what was typed");
        Ok(())
    });
}

#[test]
fn a_damaged_engine_says_what_to_do_and_keeps_the_buttons_working() {
    everywhere(
        || Site::damaged(&dist(), "engine."),
        "/",
        |browser, _| async move {
            let notice = browser.find("[role=alert]").await?;
            let text = browser.text(&notice).await?;
            assert!(
                text.contains("再试一次") && text.contains("内容包"),
                "the notice says what is wrong and what to do: {text}"
            );
            browser.press("topic:paper-out").await?;
            browser.newest("[data-topic=paper-out]").await?;
            browser.say("卡纸了").await?;
            let kept = browser.find("[data-from=merchant]:last-of-type, [aria-busy=true]").await?;
            assert!(!browser.text(&kept).await?.is_empty(), "what was typed is kept");
            Ok(())
        },
    );
}

#[test]
fn a_damaged_interface_pack_shows_a_panel_instead_of_nothing() {
    everywhere(
        || Site::damaged(&dist(), "interface."),
        "/demo/",
        |browser, _| async move {
            browser.launch().await?;
            let panel = browser.find("[role=alert]").await?;
            let text = browser.text(&panel).await?;
            assert!(text.contains("损坏") && text.contains("再试一次"), "{text}");
            assert!(text.contains("400-000-0000"), "the hotline is there when nothing else is: {text}");
            Ok(())
        },
    );
}

#[test]
fn markup_is_shown_as_typed_and_card_numbers_masked() {
    everywhere(shipped, "/", |browser, _| async move {
        browser.say("<img src=x onerror=alert(1)> 6222021234567890123").await?;
        let mine = browser.newest("[data-from=merchant]").await?;
        let text = browser.text(&mine).await?;
        assert!(text.contains("<img src=x"), "{text}");
        assert!(text.contains("622202*********0123") && !text.contains("1234567890"), "{text}");
        browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
        assert_eq!(browser.count("img").await?, 0, "nothing typed becomes an element");
        Ok(())
    });
}

#[test]
fn before_anyone_taps_a_help_page_fetches_the_loader_only() {
    everywhere(shipped, "/demo/", |browser, _| async move {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let fetched = browser.fetched().await?;
        let ours: Vec<_> = fetched
            .iter()
            .filter(|name| name.contains("posdoc") || name.contains("widget") || name.contains("engine"))
            .collect();
        assert_eq!(ours.len(), 1, "{fetched:?}");
        Ok(())
    });
}

#[test]
fn what_is_typed_before_the_engine_arrives_is_answered_when_it_does() {
    let without_engine = || {
        Site::altered(&dist(), |folder| {
            let engine = site::file(folder, "engine_bg", ".wasm");
            fs::rename(&engine, engine.with_extension("aside")).expect("the engine can be taken away");
        })
    };
    everywhere(without_engine, "/", |browser, site| async move {
        browser.say("扫不出顾客的付款码").await?;
        browser.find("[role=alert]").await?;
        let engine = site.file("engine_bg", ".aside");
        fs::rename(&engine, engine.with_extension("wasm")).expect("the engine can be put back");
        browser.click(".notice button").await?;
        browser.newest("[data-topic=scan-fail]").await?;
        assert_eq!(browser.count("[role=alert]").await?, 0);
        Ok(())
    });
}

#[test]
fn a_reload_returns_to_the_same_step() {
    everywhere(shipped, "/", |browser, _| async move {
        browser.say("小票打出来是白纸").await?;
        let card = browser.newest("[data-topic=print-blank]").await?;
        let before = browser.text(&card).await?;
        browser.reload().await?;
        let card = browser.newest("[data-topic=print-blank]").await?;
        assert_eq!(browser.text(&card).await?, before);
        Ok(())
    });
}

#[test]
fn a_browser_without_what_it_takes_gets_the_hotline_instead() {
    let old = || Site::watched(&dist(), "delete Document.prototype.adoptedStyleSheets;");
    everywhere(old, "/demo/", |browser, _| async move {
        let text = browser.page_text().await?;
        assert!(text.contains("浏览器太旧") && text.contains("400-000-0000"), "{text}");
        Ok(())
    });
}
