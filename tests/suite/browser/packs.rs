//! A provider's own pack (`pack`), which takes the place of ours where it can be had and fits.

use std::fs;
use std::hash::Hasher;
use std::path::Path;
use std::rc::Rc;

use siphasher::sip::SipHasher13;
use tempfile::TempDir;

use super::dist;
use super::driver::{Browser, Engine, Result};
use super::server::{Server, Setup};
use super::site::copy;
use crate::overlay::acme;
use crate::root;

/// A provider's site: one page with `body`, and packs below `/acme/`.
fn host(packs: &Path, body: &str) -> (TempDir, Setup) {
    let site = tempfile::tempdir().expect("a folder");
    let start = root().join("tests/suite/hostile/start.js");
    fs::copy(start, site.path().join("start.js")).expect("copied");
    let page = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>某某支付</title><script src=\"/start.js\"></script></head><body>{body}</body></html>"
    );
    fs::write(site.path().join("index.html"), page).expect("writable");
    let setup = Setup::of(site.path()).and("/acme/", packs);
    (site, setup)
}

/// Runs `test` in every engine on a page that embeds the chat with a `data-pack`, and hands it the
/// server of our files and theirs.
fn everywhere<F>(
    packs: &Path,
    bend: impl Fn(Setup) -> Setup,
    test: impl Fn(Browser, Rc<Server>, Rc<Server>) -> F,
) where
    F: Future<Output = Result<()>>,
{
    for engine in Engine::ALL {
        println!("in {engine:?}");
        let ours = Rc::new(Server::start(Setup::of(&dist())));
        let script =
            format!("<script src=\"{}\" data-pack=\"/acme/\" defer></script>", ours.address("/posdoc.js"));
        let (_site, setup) = host(packs, &script);
        let theirs = Rc::new(Server::start(bend(setup)));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            let closing = browser.clone();
            let outcome = test(browser, ours.clone(), theirs.clone()).await;
            closing.close().await;
            outcome
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

/// What the console was told.
async fn warned(browser: &Browser) -> Result<String> {
    Ok(browser.run("return warned.join('\\n');", vec![]).await?.as_str().unwrap_or_default().to_owned())
}

/// Files with this ending among what was asked for.
fn packs_among(asked: &[String]) -> Vec<&str> {
    let mut packs: Vec<&str> = asked
        .iter()
        .filter(|line| line.contains(".pack"))
        .map(|line| &line[line.rfind('/').map_or(0, |at| at + 1)..])
        .collect();
    packs.sort_unstable();
    packs
}

/// Opens the chat and says what is in their words, and in ours.
async fn step_of_paper_out(browser: &Browser) -> Result<String> {
    browser.launch().await?;
    browser.say("装了纸还说没纸").await?;
    let card = browser.newest("[data-topic=paper-out]").await?;
    browser.text(&card).await
}

#[test]
fn a_pack_that_fits_is_used_and_ours_is_never_fetched() {
    everywhere(
        acme(),
        |setup| setup,
        |browser, ours, theirs| async move {
            let step = step_of_paper_out(&browser).await?;
            assert!(step.contains("蓝色的纸仓盖"), "their words: {step}");
            browser.say("某某商户通打不开").await?;
            let card = browser.newest("[data-topic=acme-app]").await?;
            assert!(browser.text(&card).await?.contains("开户时的手机号"), "a topic of theirs");
            browser.say("Q7").await?;
            let card = browser.newest("[data-topic=acme-app]").await?;
            assert!(browser.text(&card).await?.contains("还没有在某某支付开通"), "a code of theirs");
            browser.until_loaded().await?;
            assert_eq!(packs_among(&ours.asked()), Vec::<&str>::new());
            assert_eq!(packs_among(&theirs.asked()), ["drawings.pack", "engine.pack", "interface.pack"]);
            assert_eq!(warned(&browser).await?, "");
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            Ok(())
        },
    );
}

/// A pack made for another version of the analyzer, sound otherwise.
fn for_another_analyzer(pack: &[u8]) -> Vec<u8> {
    let mut bytes = pack.to_vec();
    let length = u32::from_le_bytes(bytes[12..16].try_into().expect("four bytes")) as usize;
    // The first number of the header record, behind how many bytes of numbers there are.
    let first = if bytes[24] < 128 { 25 } else { 26 };
    bytes[first] += 1;
    let mut hasher = SipHasher13::new();
    hasher.write(&bytes[24..24 + length]);
    bytes[16..24].copy_from_slice(&hasher.finish().to_le_bytes());
    bytes
}

/// Spoils packs, and what the console must say then.
type Fault = (&'static str, fn(Vec<u8>) -> Vec<u8>, &'static str);

const FAULTS: &[Fault] = &[
    ("missing", |_| Vec::new(), "HTTP 404。查一下 pack 写的文件夹"),
    ("a page", |_| b"<!doctype html><title>404</title>".to_vec(), "请指向 posdoc build 生成的文件"),
    ("nothing", |_| Vec::new(), "请指向 posdoc build 生成的文件"),
    ("cut off", |pack| pack[..pack.len() / 2].to_vec(), "请重新下载或重新生成"),
    (
        "damaged",
        |mut pack| {
            let middle = pack.len() / 2;
            pack[middle] ^= 0x40;
            pack
        },
        "请重新下载或重新生成",
    ),
    (
        "another format",
        |mut pack| {
            pack[8] = 99;
            pack
        },
        "格式是第 99 版",
    ),
    ("another analyzer", |pack| for_another_analyzer(&pack), "版分词建立"),
];

/// A copy of their packs with the files of these names spoiled.
fn spoiled(fault: &Fault, names: &[&str]) -> TempDir {
    let packs = copy(acme());
    for name in names {
        let file = packs.path().join(name);
        match fault.0 {
            "missing" => fs::remove_file(file).expect("there"),
            _ => fs::write(&file, fault.1(fs::read(&file).expect("there"))).expect("writable"),
        }
    }
    packs
}

#[test]
fn a_pack_that_does_not_fit_is_named_and_ours_serves() {
    for fault in FAULTS {
        println!("{}", fault.0);
        let packs = spoiled(fault, &["interface.pack", "engine.pack", "drawings.pack"]);
        everywhere(
            packs.path(),
            |setup| setup,
            |browser, ours, theirs| async move {
                let step = step_of_paper_out(&browser).await?;
                assert!(step.contains("把纸仓盖重新按紧"), "{}: our words: {step}", fault.0);
                let said = warned(&browser).await?;
                assert!(
                    said.contains("/acme/ 的 interface.pack 不能用，改用自带的内容")
                        && said.contains(fault.2),
                    "{}: {said}",
                    fault.0
                );
                // Whoever's interface serves, its engine and drawings serve too.
                browser.until_loaded().await?;
                assert_eq!(packs_among(&theirs.asked()), ["interface.pack"], "{}", fault.0);
                assert_eq!(packs_among(&ours.asked()).len(), 3, "{}", fault.0);
                assert_eq!(browser.complaints().await?, Vec::<String>::new(), "{}", fault.0);
                Ok(())
            },
        );
    }
}

#[test]
fn where_only_their_engine_is_unfit_no_button_leads_nowhere() {
    for fault in FAULTS.iter().filter(|fault| matches!(fault.0, "missing" | "damaged")) {
        let packs = spoiled(fault, &["engine.pack"]);
        everywhere(
            packs.path(),
            |setup| setup,
            |browser, _, _| async move {
                let step = step_of_paper_out(&browser).await?;
                assert!(step.contains("重新按紧"), "{step}");
                let said = warned(&browser).await?;
                assert!(said.contains("/acme/ 的 engine.pack 不能用") && said.contains(fault.2), "{said}");
                browser.click("[aria-label=更多]").await?;
                browser.find("dialog .menu").await?;
                let open = "[...root.querySelectorAll('button')].find((button) => button.textContent.includes('全部问题')).click(); return null;";
                browser.run(open, vec![]).await?;
                browser.find("dialog [data-option='topic:power-no-boot']").await?;
                assert_eq!(
                    browser.count("[data-option='topic:acme-app']").await?,
                    0,
                    "a topic without its article"
                );
                browser.run("root.querySelector('dialog').close(); return null;", vec![]).await?;
                browser.say("Q7").await?;
                let card = browser.newest("[data-from=posdoc]:not([aria-busy])").await?;
                let said = browser.text(&card).await?;
                assert!(!said.is_empty() && !said.contains("某某支付"), "a code of theirs: {said}");
                assert_eq!(browser.complaints().await?, Vec::<String>::new());
                Ok(())
            },
        );
    }
}

#[test]
fn where_only_their_engine_is_unfit_what_was_said_in_their_words_is_said_in_ours() {
    let packs = spoiled(&FAULTS[0], &["engine.pack"]);
    everywhere(
        packs.path(),
        |setup| setup,
        |browser, ours, theirs| async move {
            // Shown before the engine arrives, from the part of their pack that fits.
            browser.go(&theirs.address("/?posdoc=paper-out")).await?;
            browser.until_loaded().await?;
            let card = browser.newest("[data-topic=paper-out]").await?;
            let step = browser.text(&card).await?;
            assert!(step.contains("把纸仓盖重新按紧") && !step.contains("蓝色"), "{step}");
            let pay = browser.run("return root.textContent;", vec![]).await?.to_string();
            assert!(!pay.contains("某某支付台卡"), "{pay}");
            // The first page, which nobody opened a chat on, asked for no pack.
            assert_eq!(packs_among(&theirs.asked()), ["engine.pack", "interface.pack"]);
            assert_eq!(packs_among(&ours.asked()).len(), 3, "ours in full");
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            Ok(())
        },
    );
}

/// Runs `test` in every engine on a page with two chats placed by hand, of which the one with this
/// `id` has a `pack`.
fn two_chats(with: &str, test: impl AsyncFn(&Browser, &Server, &Server) -> Result<()>) {
    for engine in Engine::ALL {
        println!("in {engine:?}");
        let ours = Server::start(Setup::of(&dist()));
        let chat = |id: &str| {
            let pack = if id == with { "pack=\"/acme/\"" } else { "" };
            format!("<posdoc-chat mode=\"inline\" id=\"{id}\" topic=\"paper-out\" {pack}></posdoc-chat>")
        };
        let script = format!("<script src=\"{}\" defer></script>", ours.address("/posdoc.js"));
        let (_site, setup) = host(acme(), &[chat("first"), chat("second"), script].concat());
        let theirs = Server::start(setup);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome = runtime.block_on(async {
            let browser = Browser::open(engine, &theirs.address("/")).await?;
            let both = "return ['first', 'second'].every((id) => !!document.getElementById(id).shadowRoot?.querySelector('[data-topic=paper-out]'));";
            browser.until(both).await?;
            browser.until_loaded().await?;
            // The drawings come last, and whoever asks for anything twice does so by then.
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            let outcome = test(&browser, &ours, &theirs).await;
            browser.close().await;
            outcome
        });
        outcome.unwrap_or_else(|error| panic!("in {engine:?}: {error}"));
    }
}

/// What both chats of a page say.
async fn both_say(browser: &Browser) -> Result<Vec<String>> {
    let script = "return ['first', 'second'].map((id) => document.getElementById(id).shadowRoot.querySelector('[data-topic=paper-out]').textContent);";
    Ok(serde_json::from_value(browser.run(script, vec![]).await?)?)
}

/// How often each file was asked for, where that is not once.
fn not_once(asked: &[String]) -> Vec<String> {
    let times = |line: &&String| asked.iter().filter(|other| other == line).count();
    asked.iter().filter(|line| times(line) != 1).cloned().collect()
}

#[test]
fn several_chats_fetch_everything_once() {
    two_chats("none", async |browser, ours, theirs| {
        let asked = ours.asked();
        assert_eq!(not_once(&asked), Vec::<String>::new());
        assert_eq!(asked.len(), 8, "loader, two modules with a script each, three packs: {asked:?}");
        assert_eq!(packs_among(&theirs.asked()), Vec::<&str>::new());
        assert_eq!(browser.complaints().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn several_chats_share_the_content_of_the_one_opened_first() {
    two_chats("first", async |browser, ours, theirs| {
        let asked = theirs.asked();
        assert_eq!(not_once(&asked), Vec::<String>::new());
        assert_eq!(packs_among(&asked), ["drawings.pack", "engine.pack", "interface.pack"]);
        assert_eq!(packs_among(&ours.asked()), Vec::<&str>::new(), "ours as well");
        for said in both_say(browser).await? {
            assert!(said.contains("蓝色的纸仓盖"), "{said}");
        }
        Ok(())
    });
    two_chats("second", async |browser, ours, theirs| {
        assert_eq!(packs_among(&theirs.asked()), Vec::<&str>::new(), "theirs as well");
        let asked = ours.asked();
        assert_eq!(not_once(&asked), Vec::<String>::new());
        assert_eq!(packs_among(&asked).len(), 3);
        for said in both_say(browser).await? {
            assert!(!said.contains("蓝色"), "{said}");
        }
        Ok(())
    });
}

#[test]
fn packs_that_cannot_be_reached_are_named_and_ours_serves() {
    // No server there at all, and one that does not let others read.
    everywhere(
        acme(),
        |setup| setup,
        |browser, _, _| async move {
            let elsewhere =
                "document.querySelector('posdoc-chat').pack = 'http://localhost:1/acme'; return null;";
            browser.find("[part=launcher]").await?;
            browser.run(elsewhere, vec![]).await?;
            let step = step_of_paper_out(&browser).await?;
            assert!(step.contains("把纸仓盖重新按紧"), "our words: {step}");
            let said = warned(&browser).await?;
            assert!(
                said.contains("http://localhost:1/acme 的 interface.pack 不能用") && said.contains("CORS"),
                "{said}"
            );
            Ok(())
        },
    );
}
