//! The chat in other people's pages (`tests/suite/hostile/`), served from another origin: pages that
//! restyle everything, patch natives, replace their body, forbid nearly everything, or lack what the
//! chat needs.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;

use super::dist;
use super::driver::{Browser, Engine, Result};
use super::site::{Site, copy};
use crate::root;

/// Pages on which the launcher must look and work as on any other.
const PAGES: &[&str] = &[
    "reset",
    "huge-root",
    "right-to-left",
    "zoomed",
    "quirks",
    "moved",
    "covered",
    "in-head",
    "async",
    "injected",
    "twice",
    "below",
    "base",
    "patched",
    "own-wasm",
    "strict-policy",
    "nonce-policy",
    "dynamic-policy",
    "clobbered",
    "shortcuts",
    "amd",
    "taken",
    "readd",
    "single-page",
    "framed",
    "sandboxed",
    "no-storage",
    "vertical",
    "grid-root",
    "frozen",
    "wrapped",
    "trusted-types",
    "gbk",
    "contained",
    "outranked",
    "written",
    "frames",
    "worker",
];

/// The launcher, as shown: whether it is within the view, and what a page could have done to it.
const LAUNCHER: &str = "
    const button = root.querySelector('[part=launcher]'), box = button.getBoundingClientRect(), style = getComputedStyle(button);
    const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
    return [inside && box.height > 40 && box.height < 90 && box.width < 260, style.fontSize, style.direction, style.visibility, style.textTransform, style.letterSpacing, style.color].join(' ');";
/// The last message, as shown, and whether the panel is within the view.
///
/// Where browsers can (all three, here), nothing of the page is in front of either.
const MESSAGE: &str = "
    const panel = root.querySelector('[part=panel]').getBoundingClientRect(), style = getComputedStyle([...root.querySelectorAll('[part~=message]')].at(-1));
    const inside = panel.left >= -1 && panel.top >= -1 && panel.right <= innerWidth + 1 && panel.bottom <= innerHeight + 1;
    const input = root.querySelector('[part=input]').getBoundingClientRect(), front = document.elementFromPoint(input.left + 9, input.top + 9);
    if (front !== root.host) return 'behind ' + front?.outerHTML;
    return [inside && panel.height > 200, style.fontSize, style.direction, style.visibility, style.textTransform, style.letterSpacing, style.fontStyle].join(' ');";
/// The page's own text, as shown.
const THEIRS: &str = "
    const theirs = document.getElementById('theirs'); if (!theirs) return '';
    const style = getComputedStyle(theirs), box = theirs.getBoundingClientRect();
    return [style.font, style.color, style.direction, box.top, box.width].join(' ');";
/// Names that the page has and had not before, but for the drivers' own.
const NAMES: &str = "return newNames().filter((name) => !/^(\\$?cdc_|ret_|se_|__webdriver|__fxdriver)/i.test(name)).join(' ');";

fn hosts() -> (Site, Site) {
    // The product also below a path.
    let product = Site::altered(&dist(), |folder| {
        let below = copy(folder);
        fs::create_dir_all(folder.join("deep")).expect("writable");
        fs::rename(below.path(), folder.join("deep/er")).expect("on the same disk");
    });
    let host = Site::foreign(&root().join("tests/suite/hostile"), &product.address(""));
    (product, host)
}

/// A failed expectation as an error, so that one page does not hide the others.
fn expect(holds: bool, otherwise: impl FnOnce() -> String) -> Result<()> {
    if holds { Ok(()) } else { Err(otherwise().into()) }
}

async fn words(browser: &Browser, script: &str) -> Result<String> {
    Ok(browser.run(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn names(browser: &Browser) -> Result<BTreeSet<String>> {
    Ok(words(browser, NAMES).await?.split_whitespace().map(str::to_owned).collect())
}

/// The launcher looks right, opens a chat that answers, and leaves the page alone.
async fn works(browser: &Browser, host: &Site, page: &str) -> Result<()> {
    browser.go(&host.address(&format!("/{page}.html"))).await?;
    if matches!(page, "framed" | "sandboxed") {
        browser.enter_frame().await?;
    }
    if page != "readd" {
        browser.find("[part=launcher]").await?;
    }
    let had = names(browser).await?;
    if page == "in-head" {
        expect(had.is_empty(), || format!("the loader left names: {had:?}"))?;
    }
    let theirs = words(browser, THEIRS).await?;
    let launcher = words(browser, LAUNCHER).await?;
    expect(launcher == "true 17px ltr visible none normal rgb(255, 255, 255)", || {
        format!("launcher: {launcher}")
    })?;
    let named = words(browser, "return root.querySelector('[part=launcher]').textContent;").await?;
    expect(named == "机器有问题？", || format!("launcher: {named}"))?;
    browser.launch().await?;
    browser.say("装了纸还说没纸").await?;
    browser.newest("[data-topic=paper-out]").await?;
    let message = words(browser, MESSAGE).await?;
    expect(message == "true 17px ltr visible none normal normal", || format!("message: {message}"))?;
    if let Some(step) = match page {
        "readd" => Some("move(); return null;"),
        "single-page" => Some("navigate(); return null;"),
        _ => None,
    } {
        browser.run(step, vec![]).await?;
        browser.newest("[data-topic=paper-out]").await?;
        browser.say("云喇叭收了钱不响").await?;
        browser.newest("[data-topic=speaker-silent]").await?;
    } else {
        let after = words(browser, THEIRS).await?;
        expect(theirs == after, || format!("the page has changed: {theirs} → {after}"))?;
    }
    let chats =
        browser.run("return document.querySelectorAll('posdoc-chat, posdoc-chat-1').length;", vec![]).await?;
    expect(chats == json!(1), || format!("{chats} chats"))?;
    let heard = browser.run("return heardKeys;", vec![]).await?;
    expect(heard == json!(0), || format!("the page heard {heard} keys"))?;
    let new: Vec<String> = names(browser).await?.difference(&had).cloned().collect();
    expect(new.is_empty(), || format!("names left in the page: {new:?}"))?;
    // Browsers ask for a page's icon by themselves.
    let complaints = "return complaints.filter((what) => !what.includes('favicon')).join('; ');";
    let complaints = words(browser, complaints).await?;
    expect(complaints.is_empty(), || complaints)
}

fn in_other_peoples_pages(engine: Engine) {
    let (_product, host) = hosts();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let failed = runtime.block_on(async {
        let browser = Browser::open(engine, &host.address("/")).await.expect("a browser");
        let mut failed = Vec::new();
        for page in PAGES {
            if let Err(error) = works(&browser, &host, page).await {
                failed.push(format!("{page}: {error}"));
            }
        }
        browser.close().await;
        failed
    });
    assert!(failed.is_empty(), "in {engine:?}:\n{}", failed.join("\n"));
}

#[test]
fn in_other_peoples_pages_in_chromium() {
    in_other_peoples_pages(Engine::Chromium);
}

#[test]
fn in_other_peoples_pages_in_firefox() {
    in_other_peoples_pages(Engine::Firefox);
}

#[test]
fn in_other_peoples_pages_in_webkit() {
    in_other_peoples_pages(Engine::WebKit);
}

/// Opens `page` in every engine with `test`, on a foreign site.
fn on_a_foreign_page<F>(page: &str, test: impl Fn(Browser, String) -> F)
where
    F: Future<Output = Result<()>>,
{
    for engine in Engine::ALL {
        let (_product, host) = hosts();
        println!("in {engine:?}");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome = runtime.block_on(async {
            let browser = Browser::open(engine, &host.address(page)).await?;
            let closing = browser.clone();
            let outcome = test(browser, host.address("")).await;
            closing.close().await;
            outcome
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

/// What the panel says when it could not open.
async fn excuse(browser: &Browser) -> Result<String> {
    browser.launch().await?;
    let panel = browser.find("[role=alert]").await?;
    let text = browser.text(&panel).await?;
    expect(text.contains("400-000-0000") && text.contains("再试一次"), || format!("no way on: {text}"))?;
    let link = browser.find("[role=alert] a[href*='faq.html']").await?;
    expect(!browser.text(&link).await?.is_empty(), || "no link to all topics".into())?;
    Ok(text)
}

#[test]
fn a_policy_without_wasm_is_named() {
    on_a_foreign_page("/no-wasm-policy.html", |browser, _| async move {
        let text = excuse(&browser).await?;
        expect(text.contains("script-src 'wasm-unsafe-eval'"), || text)
    });
}

#[test]
fn a_policy_without_connections_is_named() {
    on_a_foreign_page("/no-connect-policy.html", |browser, _| async move {
        let text = excuse(&browser).await?;
        expect(text.contains("connect-src http://localhost"), || text)
    });
}

#[test]
fn a_policy_that_lets_only_the_loader_in_is_named() {
    on_a_foreign_page("/no-script-policy.html", |browser, _| async move {
        let text = excuse(&browser).await?;
        expect(text.contains("script-src http://localhost"), || text)
    });
}

#[test]
fn a_page_of_trusted_types_gets_its_drawings_too() {
    on_a_foreign_page("/trusted-types.html", |browser, _| async move {
        browser.launch().await?;
        browser.say("装了纸还说没纸").await?;
        browser.newest("[data-topic=paper-out]").await?;
        browser.find("[part=image] svg path").await?;
        let complaints = browser.complaints().await?;
        expect(complaints.is_empty(), || format!("{complaints:?}"))
    });
}

#[test]
fn a_policy_of_trusted_types_without_ours_is_named_where_it_is_enforced() {
    on_a_foreign_page("/no-trusted-types.html", |browser, _| async move {
        let enforced = "return !!window.trustedTypes;";
        if browser.run(enforced, vec![]).await? == json!(true) {
            let text = excuse(&browser).await?;
            return expect(text.contains("要放行 trusted-types posdoc"), || text);
        }
        expect(browser.engine != Engine::Chromium, || "nothing is enforced".into())?;
        browser.launch().await?;
        browser.say("装了纸还说没纸").await?;
        browser.newest("[data-topic=paper-out]").await?;
        Ok(())
    });
}

#[test]
fn a_chat_that_is_taken_away_at_once_throws_nothing_and_works_when_it_is_back() {
    on_a_foreign_page("/in-head.html", |browser, _| async move {
        browser.find("[part=launcher]").await?;
        let away = "const chat = document.querySelector('posdoc-chat'); chat.remove(); chat.open(); chat.close(); \
                    const other = document.createElement('posdoc-chat'); document.body.append(other); other.remove(); \
                    other.open(); window.away = [chat, other]; return null;";
        browser.run(away, vec![]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let complaints = browser.complaints().await?;
        expect(complaints.is_empty(), || format!("{complaints:?}"))?;
        browser.run("document.body.append(away[0]); return null;", vec![]).await?;
        browser.launch().await?;
        browser.say("装了纸还说没纸").await?;
        browser.newest("[data-topic=paper-out]").await?;
        Ok(())
    });
}

#[test]
fn a_page_is_printed_without_the_launcher_and_without_the_panel() {
    let (_product, host) = hosts();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let outcome: Result<()> = runtime.block_on(async {
        let browser = Browser::open(Engine::Chromium, &host.address("/in-head.html")).await?;
        let seen = "return String(root.querySelector('[part=launcher]').checkVisibility() || root.querySelector('[part=panel]').checkVisibility());";
        browser.find("[part=launcher]").await?;
        assert_eq!(words(&browser, seen).await?, "true");
        browser.show_as_printed().await?;
        assert_eq!(words(&browser, seen).await?, "false");
        browser.run("document.querySelector('posdoc-chat').open(); return null;", vec![]).await?;
        browser.find("[part=input]").await?;
        assert_eq!(words(&browser, seen).await?, "false");
        // What a page has placed in its text belongs to it.
        browser.go(&host.address("/several.html")).await?;
        browser.find("[part=input]").await?;
        assert_eq!(words(&browser, seen).await?, "true");
        browser.close().await;
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_page_that_closes_every_shadow_root_gets_its_chat() {
    on_a_foreign_page("/closed-roots.html", |browser, _| async move {
        browser.until("return !!window.closedRoot?.querySelector('[part=launcher]');").await?;
        let ask = "document.querySelector('posdoc-chat').ask('装了纸还说没纸'); return null;";
        browser.run(ask, vec![]).await?;
        browser.until("return !!closedRoot.querySelector('[part~=message][data-topic=paper-out]');").await?;
        let complaints = browser.complaints().await?;
        expect(complaints.is_empty(), || format!("{complaints:?}"))
    });
}

#[test]
fn below_the_browser_floor_there_is_the_hotline_and_a_page_to_read() {
    on_a_foreign_page("/", |browser, host| async move {
        for lacks in [
            "customElements",
            "WebAssembly",
            "fetch",
            "Element.prototype.attachShadow",
            "Document.prototype.adoptedStyleSheets",
            "CSSStyleSheet.prototype.replaceSync",
        ] {
            // Another query makes it another page, which is loaded anew.
            browser.go(&format!("{host}/old.html?{lacks}#{lacks}")).await?;
            let text = browser.page_text().await?;
            expect(text.contains("浏览器太旧") && text.contains("打客服 400-000-0000"), || {
                format!("{lacks}: {text}")
            })?;
            let link = "return document.querySelector('a[href*=\"/faq.html\"]')?.textContent ?? '';";
            expect(!words(&browser, link).await?.is_empty(), || format!("{lacks}: no link to all topics"))?;
            let complaints = browser.complaints().await?;
            expect(complaints.is_empty(), || format!("{lacks}: {complaints:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn several_chats_share_a_page_and_nothing_else() {
    on_a_foreign_page("/several.html", |browser, _| async move {
        let waited = tokio::time::Instant::now();
        let script = "return ['first', 'second'].map((id) => \
                      document.getElementById(id).shadowRoot?.querySelector('[data-topic=chip-read-fail]') ? 'topic' : \
                      document.getElementById(id).shadowRoot?.querySelector('[part=input]') ? 'open' : 'none').join(' ');";
        while words(&browser, script).await? != "open topic" {
            expect(waited.elapsed().as_secs() < 30, || "not both chats opened".into())?;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        // The driver speaks to the first; the second stays as it is.
        browser.say("装了纸还说没纸").await?;
        browser.newest("[data-topic=paper-out]").await?;
        expect(words(&browser, script).await? == "open topic", || "the chats are mixed up".into())
    });
}

#[test]
fn a_lost_connection_is_said_and_another_try_succeeds() {
    for engine in Engine::ALL {
        let site = Site::altered(&dist(), |folder| {
            let pack = super::site::file(folder, "interface.", ".pack");
            fs::rename(&pack, pack.with_extension("aside")).expect("the pack can be taken away");
        });
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open(engine, &site.address("/demo/")).await?;
            browser.launch().await?;
            let panel = browser.find("[role=alert]").await?;
            let text = browser.text(&panel).await?;
            expect(text.contains("缺文件") && text.contains("interface"), || text)?;
            let pack = site.file("interface.", ".aside");
            fs::rename(&pack, pack.with_extension("pack"))?;
            browser.click("[role=alert] button:nth-last-child(2)").await?;
            browser.say("装了纸还说没纸").await?;
            browser.newest("[data-topic=paper-out]").await?;
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

#[test]
fn a_link_on_a_sticker_opens_the_chat_there_once() {
    on_a_foreign_page(
        "/in-head.html?posdoc=paper-out&posdoc-sn=SN123&posdoc-device=mobile",
        |browser, _| async move {
            browser.newest("[data-topic=paper-out]").await?;
            let given = "const chat = document.querySelector('posdoc-chat'); return [chat.opened, chat.topic, chat.terminalSn, chat.device].join(' ');";
            let given = words(&browser, given).await?;
            expect(given == "true paper-out SN123 mobile", || given)?;
            let again = "document.querySelector('posdoc-chat').close(); document.querySelector('posdoc-chat').remove(); \
                     document.body.append(document.createElement('posdoc-chat')); return String(document.querySelector('posdoc-chat').opened);";
            expect(words(&browser, again).await? == "false", || "the link is followed twice".into())
        },
    );
    on_a_foreign_page(
        "/in-head.html?posdoc-ask=%E4%BA%91%E5%96%87%E5%8F%AD%E4%B8%8D%E5%93%8D",
        |browser, _| async move {
            browser.newest("[data-topic=speaker-silent]").await?;
            Ok(())
        },
    );
}

#[test]
fn every_demonstration_page_works() {
    for engine in Engine::ALL {
        let site = Site::watched(&dist(), "");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open(engine, &site.address("/demo/")).await?;
            for page in ["", "inline.html", "themed.html", "strict-csp.html"] {
                browser.go(&site.address(&format!("/demo/{page}"))).await?;
                if page != "inline.html" {
                    browser.launch().await?;
                }
                browser.find("[part=input]").await?;
                let complaints = browser.complaints().await?;
                expect(complaints.is_empty(), || format!("{page}: {complaints:?}"))?;
                if page == "themed.html" {
                    let accent =
                        "return getComputedStyle(root.querySelector('[part=launcher]')).backgroundColor;";
                    let accent = words(&browser, accent).await?;
                    expect(accent == "rgb(122, 31, 92)", || accent)?;
                }
            }
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}
