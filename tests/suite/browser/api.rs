//! What the page hears of the chat and may ask of it: properties, methods, events.

use super::driver::{Browser, Result};
use super::{everywhere, shipped};

/// Keeps every event of ours from now on, as `name {detail}`.
const LISTEN: &str = "window.told = []; for (const kind of ['ready', 'open', 'close', 'turn', 'solved', 'unsolved', 'unmatched', 'handover', 'error']) \
                      document.addEventListener('posdoc:' + kind, (event) => told.push(kind + ' ' + JSON.stringify(event.detail))); return null;";

async fn told(browser: &Browser) -> Result<String> {
    Ok(browser
        .run("return told.splice(0).join('\\n');", vec![])
        .await?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

#[test]
fn events_carry_what_was_said_only_if_the_page_asks_and_then_masked() {
    everywhere(shipped, "/demo/", |browser, _| async move {
        browser.run(LISTEN, vec![]).await?;
        browser.launch().await?;
        let said = "装了纸还说没纸，电话１３８-0013 8000，卡6222021234567890123，报错 51";
        let nothing_of_it =
            |told: &str| !told.contains("装了纸") && !told.contains("138") && !told.contains("text");
        browser.say(said).await?;
        browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
        let before = told(&browser).await?;
        assert!(before.contains("turn {") && nothing_of_it(&before), "{before}");

        // As React and Vue set it, and as HTML does.
        browser.run("document.querySelector('posdoc-chat').shareText = true; return null;", vec![]).await?;
        browser.say(said).await?;
        browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
        let shared = told(&browser).await?;
        let masked = "装了纸还说没纸，电话***-**** ****，卡*******************，报错 51";
        assert!(shared.contains(masked), "{shared}");
        assert!(!shared.contains("8000") && !shared.contains("6222"), "{shared}");
        browser.say("我想吃火锅").await?;
        browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
        let shared = told(&browser).await?;
        assert!(
            shared.contains("\"text\":\"我想吃火锅\""),
            "what is not understood is worth knowing: {shared}"
        );

        for off in ["removeAttribute('share-text')", "setAttribute('share-text', 'false')"] {
            let script = format!("document.querySelector('posdoc-chat').{off}; return null;");
            browser.run(&script, vec![]).await?;
            browser.say(said).await?;
            browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
            let after = told(&browser).await?;
            assert!(after.contains("{\"turn\"") && nothing_of_it(&after), "{off}: {after}");
        }
        Ok(())
    });
}
