//! Typing Chinese as it is really typed: letters go to an input method, which composes in the box, and
//! Space, Enter and Escape are its keys until it has committed.

use serde_json::json;

use super::driver::Result;
use super::{Browser, at_a_keyboard};

/// Keeps what happens in the box, and what any script writes into it.
const WATCH: &str = "
    const box = root.querySelector('textarea');
    window.composing = false;
    window.commits = [];
    window.written = [];
    for (const kind of ['compositionstart', 'compositionend']) {
        box.addEventListener(kind, () => { window.composing = kind === 'compositionstart'; });
    }
    box.addEventListener('compositionend', (event) => window.commits.push(event.data));
    const note = (name) => window.written.push(window.composing ? name + ' while composing' : name);
    for (const name of ['value', 'selectionStart', 'selectionEnd', 'selectionDirection']) {
        const own = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, name);
        Object.defineProperty(box, name, { ...own, set(value) { note(name); own.set.call(this, value); } });
    }
    for (const name of ['setRangeText', 'setSelectionRange', 'select', 'blur', 'focus']) {
        const own = box[name];
        box[name] = function (...all) { note(name); return own.apply(this, all); };
    }
    box.focus();
    return null;";

/// Waits until the input method hears the keys: a window that has just got the focus writes the first ones
/// itself.
async fn wake(browser: &Browser) -> Result<()> {
    for _ in 0..20 {
        browser.turn_to_keyboard().await?;
        browser.settle().await?;
        browser.strike(&["a"]).await?;
        browser.until_in_shadow("return root.querySelector('textarea').value !== ''").await?;
        let awake = browser.run("return window.composing", vec![]).await? == json!(true);
        browser.strike(&[if awake { "Escape" } else { "BackSpace" }]).await?;
        holds(browser, "", 0).await?;
        if awake {
            browser.run("window.commits.length = 0; return null;", vec![]).await?;
            return Ok(());
        }
    }
    Err("the input method hears no key".into())
}

/// What the box holds while the input method composes `text`, and nothing else has happened.
async fn composes(browser: &Browser, whole: &str) -> Result<()> {
    let there =
        format!("return window.composing && root.querySelector('textarea').value === {}", json!(whole));
    browser.until_in_shadow(&there).await?;
    assert_eq!(browser.count("[role=listbox]").await?, 0, "nothing is offered for half a word");
    Ok(())
}

/// What the box holds, and where the caret is, once the input method is done.
async fn holds(browser: &Browser, whole: &str, caret: usize) -> Result<()> {
    let there = format!(
        "const box = root.querySelector('textarea'); return !window.composing && box.value === {} && box.selectionStart === {caret} && box.selectionEnd === {caret}",
        json!(whole)
    );
    browser.until_in_shadow(&there).await
}

async fn said(browser: &Browser) -> Result<u64> {
    browser.count("[data-from=merchant]").await
}

#[test]
fn an_input_method_composes_undisturbed_and_its_keys_are_its_own() {
    at_a_keyboard("/demo/", |browser, _| async move {
        browser.launch().await?;
        browser.until_loaded().await?;
        browser.run(WATCH, vec![]).await?;
        wake(&browser).await?;
        let letters = ["d", "a", "y", "i", "n", "j", "i"];

        // Space takes the first candidate.
        browser.strike(&letters).await?;
        composes(&browser, "打印机").await?;
        browser.strike(&["space"]).await?;
        holds(&browser, "打印机", 3).await?;
        browser.find("[role=listbox]").await?;

        // Enter takes the letters as they are. What arrives meanwhile draws the chat again.
        browser.strike(&letters).await?;
        composes(&browser, "打印机打印机").await?;
        let provider = "document.querySelector('posdoc-chat').provider = '某某支付'; return null;";
        browser.run(provider, vec![]).await?;
        browser
            .until_in_shadow("return root.querySelector('.header').textContent.includes('某某支付')")
            .await?;
        browser.strike(&["Down", "Up"]).await?;
        composes(&browser, "打印机打印机").await?;
        browser.strike(&["Return"]).await?;
        holds(&browser, "打印机dayinji", 10).await?;
        assert_eq!(said(&browser).await?, 0, "the Enter of an input method sends nothing");

        // Escape gives up the composition, not the chat.
        browser.strike(&letters).await?;
        composes(&browser, "打印机dayinji打印机").await?;
        browser.strike(&["Escape"]).await?;
        holds(&browser, "打印机dayinji", 10).await?;
        browser.until_in_shadow("return !root.querySelector('[part=panel]').hidden").await?;

        // In the middle of the text, the caret stays there.
        browser.strike(&["BackSpace"; 7]).await?;
        holds(&browser, "打印机", 3).await?;
        browser.strike(&["Home"]).await?;
        browser.strike(&["w", "o", "d", "e"]).await?;
        composes(&browser, "我的打印机").await?;
        browser.strike(&["space"]).await?;
        holds(&browser, "我的打印机", 2).await?;

        // Safari's confirming Enter comes after the composition has ended, with the input method's code.
        browser.key("Enter", 229).await?;
        assert_eq!(said(&browser).await?, 0, "a confirming Enter sends nothing");
        // So does its Escape.
        browser.key("Escape", 229).await?;
        browser.until_in_shadow("return !root.querySelector('[part=panel]').hidden").await?;

        browser.strike(&["Return"]).await?;
        let mine = browser.newest("[data-from=merchant]").await?;
        assert_eq!(browser.text(&mine).await?.trim(), "我的打印机");
        browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
        assert_eq!(said(&browser).await?, 1, "one Enter, one message");
        holds(&browser, "", 0).await?;
        let commits = browser.run("return window.commits", vec![]).await?;
        assert_eq!(commits, json!(["打印机", "dayinji", "", "我的"]));
        let written = browser.run("return window.written.join()", vec![]).await?.to_string();
        assert!(written.contains("value"), "the chat has emptied the box after sending: {written}");
        assert!(!written.contains("composing"), "no script has touched the box meanwhile: {written}");
        assert_eq!(browser.complaints().await?, Vec::<String>::new());
        Ok(())
    });
}
