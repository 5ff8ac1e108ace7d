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
];

/// The launcher, as shown: whether it is within the view, and what a page could have done to it.
const LAUNCHER: &str = "
    const button = root.querySelector('[part=launcher]'), box = button.getBoundingClientRect(), style = getComputedStyle(button);
    const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
    return [inside && box.height > 40 && box.height < 90 && box.width < 260, style.fontSize, style.direction, style.visibility, style.textTransform, style.letterSpacing, style.color].join(' ');";
/// The last message, as shown, and whether the panel is within the view.
const MESSAGE: &str = "
    const panel = root.querySelector('[part=panel]').getBoundingClientRect(), style = getComputedStyle([...root.querySelectorAll('[part~=message]')].at(-1));
    const inside = panel.left >= -1 && panel.top >= -1 && panel.right <= innerWidth + 1 && panel.bottom <= innerHeight + 1;
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
