//! At twice the size: for those who enlarge the page, or its text alone, as people of sixty do, and on
//! screens as small as that makes them. Everything can be read and reached, and nothing is cut off.

use serde_json::json;

use super::driver::{Engine, Result, Screen};
use super::keyboard::{Enlarges, Keyboard};
use super::{Browser, browse, converse, shipped};

/// What sticks out, is cut off or too small for a thumb; what the frame leaves of the screen; and what of
/// the newest card cannot be brought into view.
const WRONG: &str = "
    const app = root.querySelector('.app'), found = [], shown = (one) => one.outerHTML.slice(0, 80);
    // A pixel of the screen is half a pixel of the page here.
    if (document.documentElement.scrollWidth > innerWidth + 1) found.push('the page scrolls sideways');
    for (const one of app.querySelectorAll('*')) {
        if (!one.checkVisibility() || one.closest('svg') || one.closest('pre') || one.closest('.pan')) continue;
        const box = one.getBoundingClientRect(), style = getComputedStyle(one);
        if (box.width && (box.left < -1 || box.right > innerWidth + 1)) found.push('out: ' + shown(one));
        // A name may end in dots; it is read out whole.
        if (style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1) found.push('cut: ' + shown(one));
        if (/^(BUTTON|SUMMARY|TEXTAREA)$/.test(one.tagName) && (box.width < 43.5 || box.height < 43.5)) found.push('small: ' + shown(one));
    }
    const within = (one, view) => {
        one.scrollIntoView({ block: 'nearest' });
        const box = one.getBoundingClientRect(), room = view.getBoundingClientRect();
        const top = Math.max(room.top, 0), bottom = Math.min(room.bottom, innerHeight);
        // What is taller than the view is scrolled through.
        return box.height > bottom - top || (box.bottom <= bottom + 2 && box.top >= top - 2);
    };
    const sheet = root.querySelector('dialog[open]');
    if (sheet) {
        for (const one of sheet.querySelectorAll('button')) {
            if (one.checkVisibility() && !within(one, sheet)) found.push('not reached: ' + shown(one));
        }
        return found;
    }
    for (const one of ['.header', '.composer', '[part=send]', 'textarea']) {
        const box = root.querySelector(one).getBoundingClientRect();
        if (box.top < -1 || box.bottom > innerHeight + 1) found.push('not in view: ' + one);
    }
    const name = root.querySelector('.who h2');
    if (name.offsetHeight > 2 * parseFloat(getComputedStyle(name).lineHeight)) found.push('the name takes two lines');
    const scroller = root.querySelector('.scroller');
    if (scroller.clientHeight < innerHeight * .4) found.push('no room to read');
    const newest = [...root.querySelectorAll('[part~=step] .words')].at(-1);
    for (const one of [newest, ...scroller.querySelectorAll(':scope > [role=group] button')]) {
        if (one && one.checkVisibility() && !within(one, scroller)) found.push('not reached: ' + shown(one));
    }
    return found;";

/// Presses what matches; where a tap lands is not what is asked here.
async fn tap(browser: &Browser, selector: &str) -> Result<()> {
    browser.find(selector).await?;
    let tap = "[...root.querySelectorAll(arguments[0])].at(-1).click(); return null;";
    browser.run(tap, vec![json!(selector)]).await?;
    Ok(())
}

/// Walks through the chat and collects what is wrong in each state.
async fn walk(browser: &Browser) -> Result<()> {
    let mut wrong = Vec::new();
    let mut look = async |state: &str| -> Result<()> {
        browser.settle().await?;
        let found: Vec<String> = serde_json::from_value(browser.run(WRONG, vec![]).await?)?;
        wrong.extend(found.into_iter().map(|found| format!("{state}: {found}")));
        Ok(())
    };
    look("first screen").await?;
    tap(browser, ".tiles .entry:first-child").await?;
    tap(browser, ".key:nth-child(5)").await?;
    tap(browser, ".key:nth-child(1)").await?;
    look("code pad").await?;
    tap(browser, ".sheet-head .icon").await?;
    tap(browser, "[aria-label=更多]").await?;
    browser.find(".menu").await?;
    look("menu").await?;
    tap(browser, ".sheet-head .icon").await?;
    tap(browser, "[data-option='topic:paper-out']").await?;
    browser.newest("[data-kind=step]").await?;
    browser.find(".enlarge svg").await?;
    look("step").await?;
    tap(browser, ".enlarge").await?;
    browser.find(".pan svg").await?;
    look("drawing").await?;
    // But for scroll bars.
    let fills = "
        const picture = root.querySelector('.pan svg').getBoundingClientRect();
        return picture.width >= innerWidth - 32 || picture.height >= innerHeight * .5";
    browser.until_in_shadow(fills).await?;
    browser.run("root.querySelector('.pan').focus(); return null;", vec![]).await?;
    let larger = "const pan = root.querySelector('.pan'); return pan.scrollWidth >= 1.9 * pan.clientWidth";
    browser.until_in_shadow(larger).await?;
    look("drawing, larger").await?;
    tap(browser, ".sheet-head .icon").await?;
    tap(browser, "[data-option=human]").await?;
    browser.newest("[data-kind=handover]").await?;
    look("reasons").await?;
    tap(browser, "[data-option='reason:0']").await?;
    browser.find(".ticket").await?;
    look("ticket").await?;
    assert_eq!(wrong, Vec::<String>::new());
    Ok(())
}

/// Presses Ctrl and + until `done` comes true.
async fn enlarge(browser: &Browser, done: &str) -> Result<()> {
    browser.turn_to_keyboard().await?;
    for _ in 0..20 {
        browser.settle().await?;
        if browser.run(done, vec![]).await? == json!(true) {
            return Ok(());
        }
        browser.strike(&["ctrl+plus"]).await?;
    }
    Err(format!("Ctrl and + do nothing: {done}").into())
}

#[test]
fn on_a_phone_at_200_percent_everything_is_whole_and_within_reach() {
    for engine in Engine::ALL {
        let keyboard = Keyboard::that(Enlarges::Pages);
        converse(engine, Some(keyboard), shipped(), "/demo/", |browser, _| async move {
            browser.launch().await?;
            browser.until_loaded().await?;
            enlarge(&browser, "return innerWidth <= 210").await?;
            walk(&browser).await
        });
    }
}

#[test]
fn text_alone_at_200_percent_is_neither_cut_off_nor_wider_than_the_phone() {
    // Chromium for the desk does not enlarge text alone.
    for engine in [Engine::Firefox, Engine::WebKit] {
        let keyboard = Keyboard::that(Enlarges::Text);
        converse(engine, Some(keyboard), shipped(), "/demo/", |browser, _| async move {
            browser.launch().await?;
            browser.until_loaded().await?;
            let twice = "
                const probe = document.createElement('span');
                probe.textContent = '字';
                probe.style.cssText = 'position:absolute;font:20px/1 sans-serif';
                document.body.append(probe);
                const size = probe.getBoundingClientRect().width;
                probe.remove();
                return size >= 39;";
            enlarge(&browser, twice).await?;
            walk(&browser).await
        });
    }
}

#[test]
fn the_largest_text_and_the_smallest_screens_lose_nothing() {
    // A phone at 200 % has half its width, upright and on its side.
    for (width, height) in [(320, 640), (195, 422), (180, 320), (844, 390), (640, 360), (422, 195)] {
        let screen = Screen::new(width, height);
        for larger in [0, 2] {
            // So little is left of a small phone on its side that the frame takes more than half of it.
            if larger > 0 && height < 320 {
                continue;
            }
            browse(Engine::Chromium, shipped(), "/demo/", |browser, _| async move {
                browser.show_on(screen).await?;
                browser.launch().await?;
                browser.until_loaded().await?;
                let root = "document.documentElement.style.fontSize = '200%'; return null;";
                browser.run(root, vec![]).await?;
                for _ in 0..larger {
                    tap(&browser, ".size").await?;
                }
                println!("{width} x {height}, larger {larger}");
                walk(&browser).await
            });
        }
    }
}
