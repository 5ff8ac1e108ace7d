//! What a merchant notices where the network is weak: what is here answers at once, what is not is kept
//! and answered when it comes, and nothing that was typed is lost.

use std::fs;

use serde_json::json;

use super::driver::{Engine, Result};
use super::site::{self, Site};
use super::{Browser, browse, everywhere};
use crate::dist;

/// The site, where the engine is under way until the page calls `release()`.
fn slow() -> Site {
    let gate = "const net=window.fetch.bind(window);let open;const gate=new Promise((done)=>open=done);window.release=open;\
        window.fetch=(what,...more)=>String(what.url??what).includes('engine_bg')?gate.then(()=>net(what,...more)):net(what,...more);\
        window.turns=0;addEventListener('posdoc:turn',()=>turns++);";
    Site::watched(&dist(), gate)
}

/// The site, where the file whose name begins so is not to be had.
fn without(start: &'static str, end: &'static str) -> Site {
    Site::altered(&dist(), |folder| {
        let file = site::file(folder, start, end);
        fs::rename(&file, file.with_extension("aside")).expect("can be taken away");
    })
}

async fn until(browser: &Browser, script: &str) -> Result<()> {
    browser.until_in_shadow(script).await
}

async fn release(browser: &Browser) -> Result<()> {
    browser.run("release(); return null;", vec![]).await?;
    Ok(())
}

async fn enter_51(browser: &Browser) -> Result<()> {
    browser.click("[aria-label=更多]").await?;
    browser.click(".menu .entry:first-child").await?;
    browser.find(".key").await?;
    for key in ["5", "1"] {
        let press = "[...root.querySelectorAll('.key')].find((key) => key.textContent === arguments[0]).click(); return null;";
        browser.run(press, vec![json!(key)]).await?;
    }
    browser.click(".key.go:not(:disabled)").await
}

const BUSY: &str = "[aria-busy=true]";

#[test]
fn while_typed_words_wait_for_the_engine_every_button_answers_at_once() {
    everywhere(slow, "/", |browser, _| async move {
        browser.find(".tiles [part=option]").await?;
        browser.say("机器怎么按都开不了机").await?;
        let waiting = browser.find(BUSY).await?;
        let said = browser.text(&waiting).await?;
        assert!(
            said.contains("网络") && said.contains("记着"),
            "what it waits for, and that nothing is lost: {said}"
        );
        browser.press("topic:paper-out").await?;
        browser.newest("[data-topic=paper-out][data-kind=step]").await?;
        browser.press("unsolved").await?;
        browser.newest("[data-topic=paper-out][data-kind=question]").await?;
        enter_51(&browser).await?;
        browser.newest("[data-kind=answer]").await?;
        assert_eq!(browser.count(BUSY).await?, 1, "what was typed still waits, in its place");
        release(&browser).await?;
        browser.newest("[data-topic=power-no-boot]").await?;
        assert_eq!(browser.count(BUSY).await?, 0);
        // What was typed stands where its answer stands, once, and the buttons are its answer's.
        let order = "const all = [...root.querySelectorAll('[data-from=merchant]')].map((one) => one.textContent); return all.length === 4 && all[3] === '机器怎么按都开不了机'";
        until(&browser, order).await?;
        browser.press("human").await?;
        browser.newest("[data-kind=handover][data-topic=power-no-boot]").await?;
        Ok(())
    });
}

#[test]
fn what_waits_survives_a_reload_though_something_else_was_answered_since() {
    everywhere(slow, "/", |browser, _| async move {
        browser.say("机器怎么按都开不了机").await?;
        browser.press("topic:paper-out").await?;
        browser.newest("[data-topic=paper-out]").await?;
        browser.reload().await?;
        browser.newest("[data-topic=paper-out]").await?;
        browser.find(BUSY).await?;
        release(&browser).await?;
        browser.newest("[data-topic=power-no-boot]").await?;
        assert_eq!(browser.count("[data-from=merchant]").await?, 2);
        Ok(())
    });
}

#[test]
fn without_the_network_what_was_typed_waits_kindly_and_is_answered_when_it_is_back() {
    everywhere(
        || without("engine_bg", ".wasm"),
        "/",
        |browser, site| async move {
            browser.say("机器怎么按都开不了机").await?;
            browser.find("[role=alert]").await?;
            until(&browser, "return root.querySelector('.pending').innerText.includes('一通就答')").await?;
            browser.press("topic:paper-out").await?;
            browser.newest("[data-topic=paper-out]").await?;
            enter_51(&browser).await?;
            browser.newest("[data-kind=answer]").await?;
            let engine = site.file("engine_bg", ".aside");
            fs::rename(&engine, engine.with_extension("wasm")).expect("the engine can be put back");
            browser.click(".notice button").await?;
            browser.newest("[data-topic=power-no-boot]").await?;
            assert_eq!(browser.count("[role=alert]").await?, 0);
            Ok(())
        },
    );
}

#[test]
fn what_arrives_later_is_added_to_the_step_without_disturbing_whoever_reads_it() {
    let how = "return [...root.querySelectorAll('[data-topic=paper-out] summary')].some((one) => one.textContent === '怎么做？')";
    let stand = "return JSON.stringify([root.querySelectorAll('[part~=message]').length, turns, root.activeElement?.dataset.topic, root.querySelector('.scroller').scrollTop])";
    everywhere(slow, "/", |browser, _| async move {
        browser.press("topic:paper-out").await?;
        browser.newest("[data-topic=paper-out]").await?;
        until(&browser, "return root.activeElement?.dataset.topic === 'paper-out'").await?;
        assert_eq!(browser.run(how, vec![]).await?, json!(false), "the engine brings it");
        let before = browser.run(stand, vec![]).await?;
        release(&browser).await?;
        until(&browser, how).await?;
        until(&browser, "return !!root.querySelector('.enlarge svg')").await?;
        assert_eq!(browser.run(stand, vec![]).await?, before, "bubbles, events, focus, place");
        browser.reload().await?;
        browser.newest("[data-topic=paper-out]").await?;
        release(&browser).await?;
        until(&browser, how).await?;
        browser.press("unsolved").await?;
        browser.newest("[data-kind=question]").await?;
        Ok(())
    });
}

#[test]
fn the_place_of_a_drawing_is_kept_until_it_is_here() {
    let size = "const box = root.querySelector(arguments[0]).getBoundingClientRect(); return [Math.round(box.width), Math.round(box.height)];";
    everywhere(slow, "/", |browser, _| async move {
        browser.press("topic:paper-out").await?;
        let note = browser.find("div.enlarge").await?;
        assert!(browser.text(&note).await?.contains("图还没到"));
        let before = browser.run(size, vec![json!(".enlarge")]).await?;
        release(&browser).await?;
        browser.find(".enlarge svg").await?;
        assert_eq!(browser.run(size, vec![json!(".enlarge")]).await?, before);
        assert_eq!(browser.count("div.enlarge").await?, 0);
        Ok(())
    });
}

#[test]
fn a_drawing_that_does_not_come_leaves_no_hole() {
    for (start, end) in [("drawings", ".pack"), ("engine_bg", ".wasm")] {
        browse(Engine::Chromium, without(start, end), "/", |browser, _| async move {
            browser.press("topic:paper-out").await?;
            browser.newest("[data-topic=paper-out]").await?;
            until(&browser, "return !root.querySelector('.enlarge')").await
        });
    }
}

#[test]
fn a_half_typed_message_outlives_a_reload_but_no_number_and_no_secret_does() {
    let typed = "return root.querySelector('textarea')?.value ?? null";
    everywhere(slow, "/", |browser, _| async move {
        browser.type_in("装了纸还说").await?;
        browser.reload().await?;
        until(&browser, &typed.replace(" ?? null", " === '装了纸还说'")).await?;
        browser.type_in("没纸").await?;
        browser.click("[part=send]:not(:disabled)").await?;
        let said = browser.newest("[data-from=merchant]").await?;
        assert_eq!(browser.text(&said).await?, "装了纸还说没纸");
        browser.reload().await?;
        browser.find("[data-from=merchant]").await?;
        assert_eq!(browser.run(typed, vec![]).await?, json!(""), "what was sent is no draft");
        // As far as one gets before the page is gone: neither all of it nor its beginning.
        for begun in ["卡号 6222 0212 34", "密码是 c4t5", "CVV 73"] {
            browser.type_in(begun).await?;
            let kept = browser.run("return JSON.stringify(Object.entries(sessionStorage))", vec![]).await?;
            for part in ["6222", "c4t", "CVV"] {
                assert!(!kept.to_string().contains(part), "{begun}: {kept}");
            }
            browser.reload().await?;
            browser.find("[data-from=merchant]").await?;
            let left = browser.run(typed, vec![]).await?;
            assert!(
                !left.as_str().is_some_and(|left| left.contains(|c: char| c.is_ascii_digit())),
                "{begun}: {left}"
            );
            browser.clear().await?;
        }
        Ok(())
    });
}
