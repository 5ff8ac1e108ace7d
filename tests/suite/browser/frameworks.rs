//! The real React 19 and Vue 3 (`make demos`): they set every attribute, call every method, hear every
//! event, and take the element away and put another in its place.

use super::driver::{Browser, Result};
use super::site::Site;
use super::{dist, everywhere};

fn with_demos() -> Site {
    let missing = "demo/react.js is missing: run `make demos build`, or `make test` for everything";
    assert!(dist().join("demo/react.js").is_file() && dist().join("demo/vue.js").is_file(), "{missing}");
    Site::watched(&dist(), "")
}

const SET: &str = "const chat = document.querySelector('posdoc-chat'); \
    return [chat.mode, chat.theme, chat.hotline, chat.provider, chat.device, chat.terminalSn, chat.merchantNumber, chat.hotlineHours, \
            chat.humanUrl, chat.topic, chat.pack, chat.shareText === null || chat.shareText === 'false'].join(' ');";

async fn set(browser: &Browser) -> Result<String> {
    Ok(browser.run(SET, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

/// What the page says it heard, once that contains `kind`.
async fn heard(browser: &Browser, kind: &str) -> Result<String> {
    let there = format!("return document.getElementById('events').textContent.includes({kind:?});");
    browser.until(&there).await?;
    browser.page_has("#events").await
}

/// Presses the page's buttons, takes the chat away and puts it back.
async fn changes(browser: &Browser, mode: &str, device: &str, topic: &str) -> Result<()> {
    // On a phone an open panel covers the page.
    browser.run("document.querySelector('posdoc-chat').close(); return null;", vec![]).await?;
    browser.page_click("#theme").await?;
    browser.page_click("#hotline").await?;
    browser.until("return document.querySelector('posdoc-chat').hotline === '400-111-1111';").await?;
    let expected = format!(
        "{mode} dark 400-111-1111 某某支付 {device} SN123456 M100 每天 8:00–22:00 https://example.com/chat   true"
    );
    assert_eq!(set(browser).await?, expected);
    browser.run("window.first = document.querySelector('posdoc-chat'); return null;", vec![]).await?;
    browser.page_click("#toggle").await?;
    browser.until("return !document.querySelector('posdoc-chat');").await?;
    browser.page_click("#toggle").await?;
    browser.until("return !!document.querySelector('posdoc-chat')?.shadowRoot && document.querySelector('posdoc-chat') !== first;").await?;
    assert_eq!(set(browser).await?, expected, "another element, set the same");
    if mode == "launcher" {
        browser.launch().await?;
    }
    // The conversation goes on in it, and the page hears of it.
    browser.newest(&format!("[data-topic={topic}]")).await?;
    browser.say("昨天的钱没到账").await?;
    browser.newest("[data-topic=settlement-late]").await?;
    heard(browser, "settlement-late").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[test]
fn react_sets_every_attribute_calls_every_method_and_hears_every_event() {
    everywhere(with_demos, "/demo/react.html", |browser, _| async move {
        browser.newest("[data-topic=paper-out]").await?;
        let told = heard(&browser, "turn {").await?;
        assert!(told.contains("open {}") && told.contains("ready {}") && !told.contains("装了纸"), "{told}");
        changes(&browser, "inline", "mobile", "paper-out").await
    });
}

#[test]
fn vue_sets_every_attribute_calls_every_method_and_hears_every_event() {
    everywhere(with_demos, "/demo/vue.html", |browser, _| async move {
        browser.newest("[data-topic=speaker-silent]").await?;
        let told = heard(&browser, "turn {").await?;
        for kind in ["open {}", "close {}", "ready {}"] {
            assert!(told.contains(kind), "no {kind}: {told}");
        }
        assert!(!told.contains("云喇叭收了钱"), "{told}");
        changes(&browser, "launcher", "smart", "speaker-silent").await
    });
}
