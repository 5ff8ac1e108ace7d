//! What the chat asks servers for, counted there; and servers that are set up badly.

use std::fs;
use std::time::Duration;

use tempfile::TempDir;

use super::dist;
use super::driver::{Browser, Engine, Result};
use super::server::{Server, Setup};
use super::site::{Site, copy, file};
use crate::root;

/// Somebody's page, with `body` below a paragraph of their own.
fn page(body: &str) -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let start = root().join("tests/suite/hostile/start.js");
    fs::copy(start, site.path().join("start.js")).expect("copied");
    let page = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>某某支付</title><script src=\"/start.js\"></script></head>\
         <body><h1>帮助</h1><p id=\"theirs\">这是别人的网页。</p>{body}</body></html>"
    );
    fs::write(site.path().join("index.html"), page).expect("writable");
    site
}

/// Runs `test` in every engine on somebody's page that embeds the chat from `setup`.
fn everywhere(setup: &Setup, test: impl AsyncFn(&Browser, &Server, &Server) -> Result<()>) {
    for engine in Engine::ALL {
        println!("in {engine:?}");
        let ours = Server::start(setup.clone());
        let site = page(&format!(
            "<script src=\"{}\" data-hotline=\"400-000-0000\" defer></script>",
            ours.address("/posdoc.js")
        ));
        let theirs = Server::start(Setup::of(site.path()));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            let outcome = test(&browser, &ours, &theirs).await;
            browser.close().await;
            outcome
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

/// Names of the files asked for, without hashes, in their order.
fn roles(asked: &[String]) -> Vec<String> {
    let role = |line: &String| {
        let name = line.rsplit('/').next().unwrap_or_default();
        let parts: Vec<&str> = name.split('.').collect();
        match parts[..] {
            [stem, hash, ending] if hash.len() == 10 => format!("{stem}.{ending}"),
            _ => name.to_owned(),
        }
    };
    asked.iter().map(role).collect()
}

/// Waits until `ours` has been asked for the drawings, the last there is; all that it was asked for.
async fn everything(ours: &Server) -> Result<Vec<String>> {
    let mut asked = Vec::new();
    for _ in 0..600 {
        asked.extend(ours.asked());
        if asked.iter().any(|line: &String| line.contains("drawings")) {
            return Ok(asked);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(format!("the drawings were never asked for, only {asked:?}").into())
}

#[test]
fn before_intent_there_is_one_request_and_nothing_on_the_page_moves() {
    let site = page("");
    for engine in Engine::ALL {
        println!("in {engine:?}");
        let ours = Server::start(Setup::of(&dist()));
        let theirs = Server::start(Setup::of(site.path()));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            let moved = "window.shifts = []; if (window.PerformanceObserver && PerformanceObserver.supportedEntryTypes.includes('layout-shift')) \
                         new PerformanceObserver((list) => shifts.push(...list.getEntries().map((one) => one.value))).observe({ type: 'layout-shift', buffered: true }); return null;";
            browser.run(moved, vec![]).await?;
            let boxes = "return JSON.stringify([...document.body.children].filter((one) => one.tagName !== 'SCRIPT').map((one) => one.getBoundingClientRect()).concat(document.documentElement.scrollHeight));";
            let before = browser.run(boxes, vec![]).await?;
            let add = format!("const script = document.createElement('script'); script.src = '{}'; document.head.append(script); return null;", ours.address("/posdoc.js"));
            browser.run(&add, vec![]).await?;
            browser.find("[part=launcher]").await?;
            tokio::time::sleep(Duration::from_millis(700)).await;
            assert_eq!(browser.run(boxes, vec![]).await?, before, "the page has moved");
            assert_eq!(browser.run("return shifts.join(' ');", vec![]).await?, "", "layout shifts");
            assert_eq!(ours.asked(), ["GET /posdoc.js"]);
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

#[test]
fn everything_is_fetched_once_and_a_conversation_asks_for_nothing() {
    everywhere(&Setup::of(&dist()), async |browser, ours, theirs| {
        browser.launch().await?;
        let asked = roles(&everything(ours).await?);
        let mut sorted = asked.clone();
        sorted.sort_unstable();
        assert_eq!(
            sorted,
            [
                "drawings.pack",
                "engine.js",
                "engine.pack",
                "engine_bg.wasm",
                "interface.pack",
                "posdoc.js",
                "widget.js",
                "widget_bg.wasm"
            ]
        );
        assert_eq!(
            asked.last().map(String::as_str),
            Some("drawings.pack"),
            "all drawings, in one file, at the end"
        );
        theirs.asked();
        // Something typed, something pressed, a code, a drawing, a person, starting over.
        browser.say("装了纸还说没纸").await?;
        browser.newest("[data-topic=paper-out]").await?;
        browser.press("unsolved").await?;
        browser.find("[part=image]").await?;
        browser.say("51").await?;
        browser.newest("[data-topic=decline-funds]").await?;
        browser.say("我想吃火锅").await?;
        browser.say("昨天的钱没到账").await?;
        browser.newest("[data-topic=settlement-late]").await?;
        browser.press("human").await?;
        browser.newest("[data-kind=handover]").await?;
        browser.run("document.querySelector('posdoc-chat').reset(); document.querySelector('posdoc-chat').close(); document.querySelector('posdoc-chat').open(); return null;", vec![]).await?;
        browser.say("云喇叭收了钱不响").await?;
        browser.newest("[data-topic=speaker-silent]").await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(ours.asked(), Vec::<String>::new());
        assert_eq!(theirs.asked(), Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn wrong_types_for_wasm_and_packs_do_no_harm() {
    for mime in ["text/plain", "text/html", "application/octet-stream"] {
        println!("{mime}");
        let setup = Setup::of(&dist()).typed("wasm", mime).typed("pack", mime);
        everywhere(&setup, async |browser, _, _| {
            browser.launch().await?;
            browser.say("装了纸还说没纸").await?;
            browser.newest("[data-topic=paper-out]").await?;
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            Ok(())
        });
    }
}

#[test]
fn scripts_of_the_wrong_type_are_said_to_be_so() {
    for mime in ["text/plain", "text/html", "application/octet-stream"] {
        println!("{mime}");
        everywhere(&Setup::of(&dist()).typed("js", mime), async |browser, _, _| {
            // Browsers run a classic script of any of these types, but no module.
            browser.launch().await?;
            let panel = browser.find("[role=alert]").await?;
            let text = browser.text(&panel).await?;
            assert!(text.contains("MIME") && text.contains("400-000-0000"), "{mime}: {text}");
            Ok(())
        });
    }
}

#[test]
fn a_page_instead_of_a_missing_file_is_said_to_be_a_missing_file() {
    for (start, ending) in [("interface.", ".pack"), ("widget_bg.", ".wasm"), ("engine.", ".pack")] {
        println!("{start}{ending}");
        let site = copy(&dist());
        fs::remove_file(file(site.path(), start, ending)).expect("there");
        everywhere(&Setup::of(site.path()).with_a_page_for_all(), async |browser, _, _| {
            browser.launch().await?;
            let panel = browser.find("[role=alert]").await?;
            let text = browser.text(&panel).await?;
            assert!(text.contains("缺文件") && text.contains(start), "{text}");
            Ok(())
        });
    }
}

#[test]
fn a_page_that_isolates_itself_from_other_origins_gets_its_chat() {
    for engine in Engine::ALL {
        println!("in {engine:?}");
        // As our own command serves it, and as docs/embedding.md says.
        let ours = Site::serve(&dist());
        let site = page(&format!("<script src=\"{}\" defer></script>", ours.address("/posdoc.js")));
        let theirs = Setup::of(site.path()).with_header("cross-origin-embedder-policy", "require-corp");
        let theirs = Server::start(theirs);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            browser.launch().await?;
            browser.say("装了纸还说没纸").await?;
            browser.newest("[data-topic=paper-out]").await?;
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

#[test]
fn a_loader_that_a_page_has_pinned_runs_as_it_is_and_no_other() {
    let list = fs::read(dist().join("files.json")).expect("readable");
    let list: serde_json::Value = serde_json::from_slice(&list).expect("JSON");
    let pinned = list["files"].as_array().into_iter().flatten().find(|file| {
        let name = file["name"].as_str().unwrap_or_default();
        file["role"] == "posdoc.js" && name != "posdoc.js"
    });
    let pinned = pinned.expect("a loader with its hash in its name");
    assert_eq!(pinned["immutable"], true);
    let (name, integrity) = (pinned["name"].as_str().expect("a name"), pinned["integrity"].as_str());
    let other = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for engine in Engine::ALL {
        println!("in {engine:?}");
        let ours = Server::start(Setup::of(&dist()));
        let address = ours.address("/");
        let with = |integrity: &str| {
            page(&format!(
                "<script src=\"{address}{name}\" integrity=\"{integrity}\" crossorigin defer></script>"
            ))
        };
        let (right, wrong) = (with(integrity.expect("a hash")), with(other));
        let theirs = Server::start(Setup::of(right.path()).and("/wrong/", wrong.path()));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            browser.launch().await?;
            browser.find("[part=input]").await?;
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            browser.go(&theirs.address("/wrong/")).await?;
            let loaded = "return document.readyState === 'complete';";
            browser.until(loaded).await?;
            let there = "return String(!!customElements.get('posdoc-chat'));";
            assert_eq!(browser.run(there, vec![]).await?, "false", "a loader that was changed has run");
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}
