//! The app at `/`: offline, updates, the agent's view and its reports, with the server really gone.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::{Browser, Engine, Result};
use super::looks::axe;
use super::site::Site;
use super::{browse, everywhere, shipped};
use crate::{dist, posdoc, root};

/// Waits until this version is complete, in charge of the page, and known to start.
const KEPT: &str = "
    const notes = await (await caches.open('posdoc-notes')).match('/.posdoc/notes');
    return !!navigator.serviceWorker.controller && !!notes && (await notes.json()).good;
";

/// Waits until every file of this version is here, whatever happened to it.
const WHOLE: &str = "
    const { version } = document.documentElement.dataset;
    const cache = await caches.open('posdoc-' + version);
    const list = await cache.match('/.posdoc/release');
    if (!list) return false;
    const { files } = await list.json();
    for (const path of Object.keys(files)) if (!(await cache.match('/' + path))) return false;
    return true;
";

/// What a browser does that clears a site away: all of its storage and its worker.
const FORGET_ALL: &str = "
    for (const name of await caches.keys()) await caches.delete(name);
    for (const { name } of (await indexedDB.databases?.()) ?? [{ name: 'posdoc' }]) indexedDB.deleteDatabase(name);
    localStorage.clear();
    sessionStorage.clear();
    await (await navigator.serviceWorker.getRegistration())?.unregister();
    return true;
";

/// The version that the page says it is.
async fn version(browser: &Browser) -> Result<String> {
    let version = browser.script("return document.documentElement.dataset.version;").await?;
    Ok(version.as_str().unwrap_or_default().to_owned())
}

/// Asks the chat and waits for the right topic.
async fn answers(browser: &Browser) -> Result<()> {
    browser.say("装了纸还说没纸").await?;
    browser.newest("[data-topic=paper-out]").await?;
    Ok(())
}

#[test]
fn after_the_first_visit_everything_works_without_a_server() {
    everywhere(shipped, "/", |browser, site| async move {
        browser.until(KEPT).await?;
        site.stop();
        // Whatever the link says, it opens.
        for link in ["/", "/?utm_source=sticker&x=%E4%B8%AD", "/index.html", "/no/such/page"] {
            browser.go(&site.address(link)).await?;
            answers(&browser).await?;
        }
        browser.go(&site.address("/?topic=print-blank")).await?;
        browser.newest("[data-topic=print-blank]").await?;
        // The agent's half was never opened while there was a network.
        browser.go(&site.address("/?view=topic&id=paper-out")).await?;
        browser.page_has(".steps li").await?;
        browser.page_has(".steps .drawing").await?;
        browser.go(&site.address("/?view=codes&code=51")).await?;
        let text = browser.page_has(".codes tbody").await?;
        assert!(text.contains("51") && text.contains("换一张卡"), "{text}");
        Ok(())
    });
}

/// (WebKit's driver gives every browser a profile that ends with it: there, the page that is opened
/// after the server has gone is as cold as it gets, see above.)
#[test]
fn a_new_browser_starts_from_the_same_profile_without_a_server() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let profile = tempfile::tempdir().expect("a folder");
        let site = shipped();
        let address = site.address("/");
        let later = site.address("/?from=sticker");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let outcome: Result<()> = runtime.block_on(async {
            let browser = Browser::open_with(engine, &address, Some(profile.path()), None).await?;
            browser.until(KEPT).await?;
            browser.close().await;
            site.stop();
            let browser = Browser::open_with(engine, &later, Some(profile.path()), None).await?;
            answers(&browser).await?;
            browser.close().await;
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("a cold start offline in {engine:?}: {error}"));
    }
}

/// A site of another version, in a folder `dist` that goes with what is returned: the same modules,
/// with the content or what is put together changed in the folders `content` and `stage`.
fn released(change: impl FnOnce(&Path)) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for (from, to) in [("content", "content"), ("target/stage", "stage")] {
        let done = Command::new("cp").arg("-r").arg(root().join(from)).arg(at(to)).status();
        assert!(done.is_ok_and(|status| status.success()), "copied");
    }
    change(folder.path());
    let path = |name: &str| at(name).display().to_string();
    let arguments =
        ["dist", "--stage", &path("stage"), "--out", &path("dist"), "--content", &path("content")];
    let output = posdoc().args(arguments).output().expect("posdoc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// The version after this one, with other content; made once, for learning takes its time.
fn next() -> &'static Path {
    static NEXT: OnceLock<TempDir> = OnceLock::new();
    let folder = NEXT.get_or_init(|| {
        released(|folder| {
            more(&folder.join("content"));
            let path = |name: &str| folder.join(name).display().to_string();
            let output = posdoc()
                .args(["build", "--content", &path("content"), "--out", &path("pack")])
                .output()
                .expect("posdoc runs");
            assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
            for pack in ["interface.pack", "engine.pack", "drawings.pack", "agent.pack"] {
                fs::copy(folder.join("pack").join(pack), folder.join("stage").join(pack)).expect("copied");
            }
        })
    });
    folder.path()
}

/// One more topic, and one that reads otherwise.
fn more(content: &Path) {
    let list = content.join("topics.tsv");
    let mut topics = fs::read_to_string(&list).expect("readable");
    topics.push_str("paper-torn\tprint\t小票撕不齐\t撕纸口钝了\n");
    fs::write(list, topics).expect("writable");
    let old = fs::read_to_string(content.join("print/paper-out.md")).expect("readable");
    fs::write(content.join("print/paper-torn.md"), old.replace("提示缺纸，装了纸也提示", "小票撕不齐"))
        .expect("writable");
    let changed = old.replace("把纸仓盖重新按紧", "把纸仓盖再用力按紧");
    assert_ne!(old, changed, "the article has the sentence that is changed here");
    fs::write(content.join("print/paper-out.md"), changed).expect("writable");
}

/// Serves `folder` in the place of what `site` serves.
fn replace(site: &Site, folder: &Path) {
    let served = site.folder();
    for file in fs::read_dir(served).expect("a folder") {
        let path = file.expect("readable").path();
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
    let done = Command::new("cp").arg("-r").arg(folder.join(".")).arg(served).status();
    assert!(done.is_ok_and(|status| status.success()), "copied");
}

/// Makes the page look for a new version now.
const LOOK: &str = "(await navigator.serviceWorker.ready).update().catch(() => {}); return true;";
const WAITING: &str = "return !!(await navigator.serviceWorker.getRegistration())?.waiting;";

/// A copy of the site as shipped, to be replaced by another version.
fn replaceable() -> Site {
    Site::altered(&dist(), |_| {})
}

#[test]
fn an_update_is_announced_fetches_only_what_changed_and_waits_for_the_word() {
    let new = next().join("dist");
    everywhere(replaceable, "/", |browser, site| {
        let new = new.clone();
        async move {
            browser.until(KEPT).await?;
            let first = version(&browser).await?;
            answers(&browser).await?;
            replace(&site, &new);
            browser.script(LOOK).await?;
            let text = browser.page_has("[data-notice=update]").await?;
            assert!(text.contains("新增 1 个主题") && text.contains("改了 1 个主题"), "{text}");
            // Nothing has happened to the conversation, nor does a reload apply anything.
            browser.newest("[data-topic=paper-out]").await?;
            browser.go(&site.address("/")).await?;
            assert_eq!(version(&browser).await?, first);
            browser.page_click("[data-notice=update] button").await?;
            browser.until(&format!("return document.documentElement.dataset.version !== '{first}';")).await?;
            browser.until(KEPT).await?;
            // The step that was open is still open, in its new words.
            let card = browser.newest("[data-topic=paper-out]").await?;
            assert!(!browser.text(&card).await?.is_empty());
            site.stop();
            browser.go(&site.address("/?view=topic&id=paper-torn")).await?;
            browser.page_has(".steps li").await?;
            Ok(())
        }
    });
    // What the update had to fetch: files of the new version that the old did not have.
    let (before, after) = (listed(&dist()), listed(&new));
    let mut bytes = packed(&fs::read(new.join("sw.js")).expect("readable"));
    for (path, sum) in &after {
        if before.get(path) == Some(sum) {
            continue;
        }
        assert!(!path.ends_with(".wasm"), "{path}: content alone changes no module");
        assert!(!path.contains("drawings"), "{path}: no drawing was changed");
        let file = new.join(if path.is_empty() { "index.html" } else { path });
        let packed = packed(&fs::read(file).expect("readable"));
        println!("{packed:>8} {path}");
        bytes += packed;
    }
    println!("{bytes:>8} in all");
    assert!((1..=350_000).contains(&bytes), "an update of content transfers {bytes} bytes");
}

/// (Chromium's alone: drivers have no way to close the last window and go on, and Firefox keeps a page
/// that is left ready to come back to, and with it the version it uses.)
#[test]
fn without_a_word_a_new_version_is_in_use_once_everything_was_closed() {
    let new = next().join("dist");
    browse(Engine::Chromium, replaceable(), "/", |browser, site| {
        let new = new.clone();
        async move {
            browser.until(KEPT).await?;
            let first = version(&browser).await?;
            replace(&site, &new);
            browser.script(LOOK).await?;
            browser.page_has("[data-notice=update]").await?;
            site.stop();
            // Left, not applied.
            browser.go("about:blank").await?;
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            browser.go(&site.address("/?view=about")).await?;
            browser.page_has(".slip dd").await?;
            assert_ne!(version(&browser).await?, first);
            browser.go(&site.address("/?view=topic&id=paper-torn")).await?;
            browser.page_has(".steps li").await?;
            Ok(())
        }
    });
}

/// Bytes as a server would send them.
fn packed(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &best).expect("compressed");
    packed.len()
}

/// The files of a version, from its service worker.
fn listed(dist: &Path) -> serde_json::Map<String, Value> {
    let worker = fs::read_to_string(dist.join("sw.js")).expect("readable");
    let line = worker.lines().find_map(|line| line.strip_prefix("const RELEASE = ")).expect("filled in");
    let release: Value = serde_json::from_str(line.trim_end_matches(';')).expect("JSON");
    release["files"].as_object().expect("files").clone()
}

#[test]
fn an_interrupted_update_leaves_the_old_version_whole_and_goes_on_later() {
    let new = next().join("dist");
    everywhere(replaceable, "/", |browser, site| {
        let new = new.clone();
        async move {
            browser.until(KEPT).await?;
            let first = version(&browser).await?;
            replace(&site, &new);
            // The new version's list is there, one of its files is not, and then there is no server at all.
            let pack = site.file("interface.", ".pack");
            let aside = pack.with_extension("aside");
            fs::rename(&pack, &aside).expect("moved");
            // It has begun before anyone asks whether it is over: an update that finds no server any more
            // would wait for it longer than this test.
            browser
                .script("await (await navigator.serviceWorker.ready).update().catch(() => {}); return true;")
                .await?;
            browser.until("const r = await navigator.serviceWorker.getRegistration(); return !r.installing && !r.waiting;").await?;
            site.stop();
            browser.go(&site.address("/")).await?;
            assert_eq!(version(&browser).await?, first);
            answers(&browser).await?;
            // It comes back, and so does the rest.
            fs::rename(&aside, &pack).expect("moved back");
            site.start_again();
            // WebKit forgets a look that falls into the end of the one before.
            for _ in 0..5 {
                browser.script(LOOK).await?;
                tokio::time::sleep(Duration::from_secs(2)).await;
                if browser.script(WAITING).await? == json!(true) {
                    break;
                }
            }
            browser.until(WAITING).await?;
            browser.page_has("[data-notice=update]").await?;
            Ok(())
        }
    });
}

#[test]
fn a_new_version_that_does_not_start_gives_way_to_the_old_one() {
    let folder = released(|folder| {
        let script = folder.join("stage/widget.js");
        let text = fs::read_to_string(&script).expect("readable");
        fs::write(&script, format!("throw new Error('does not start');\n{text}")).expect("writable");
    });
    let new = folder.path().join("dist");
    everywhere(replaceable, "/", |browser, site| {
        let new = new.clone();
        async move {
            browser.until(KEPT).await?;
            let first = version(&browser).await?;
            replace(&site, &new);
            browser.script(LOOK).await?;
            browser.page_has("[data-notice=update]").await?;
            browser.page_click("[data-notice=update] button").await?;
            let text = browser.page_has("[data-notice=fallen]").await?;
            assert!(text.contains("上一版"), "{text}");
            assert_eq!(version(&browser).await?, first);
            answers(&browser).await?;
            site.stop();
            browser.go(&site.address("/")).await?;
            assert_eq!(version(&browser).await?, first);
            answers(&browser).await?;
            Ok(())
        }
    });
}

/// Flips a byte of every kept file whose name matches.
fn spoil(files: &str) -> String {
    format!(
        "const name = (await caches.keys()).find((name) => name.startsWith('posdoc-') && name !== 'posdoc-notes');
         const cache = await caches.open(name);
         let spoiled = 0;
         for (const key of await cache.keys()) {{
             if (!/{files}/.test(key.url)) continue;
             const kept = await cache.match(key);
             const bytes = new Uint8Array(await kept.arrayBuffer());
             bytes[bytes.length >> 1] ^= 64;
             await cache.put(key, new Response(bytes, {{ headers: kept.headers }}));
             spoiled++;
         }}
         return spoiled > 0;"
    )
}

#[test]
fn a_corrupted_file_in_the_cache_is_noticed_and_fetched_again() {
    everywhere(shipped, "/", |browser, site| async move {
        browser.until(KEPT).await?;
        // First what nothing works without, then what only the agent's view reads.
        for files in ["engine\\..*pack|widget_bg", "agent_bg|agent\\..*pack"] {
            let spoiled = browser.script(&spoil(files)).await?;
            assert_eq!(spoiled, true, "{files}");
            browser.go(&site.address("/")).await?;
            // The worker mends what could not start; the page opens again by itself.
            answers(&browser).await?;
            browser.go(&site.address("/?view=codes&code=51")).await?;
            browser.page_has(".codes tbody").await?;
        }
        site.stop();
        browser.go(&site.address("/")).await?;
        answers(&browser).await?;
        Ok(())
    });
}

#[test]
fn what_the_browser_cleared_away_is_said_and_kept_again_with_the_network() {
    everywhere(shipped, "/?view=edit&id=7", |browser, site| async move {
        browser.page_fill("shop", "街角面馆").await?;
        browser.until(KEPT).await?;
        // The files go, the worker and the reports stay.
        let clear = "for (const name of await caches.keys()) await caches.delete(name); return true;";
        browser.script(clear).await?;
        site.stop();
        browser.go(&site.address("/")).await?;
        let text = browser.page_has("main").await?;
        assert!(text.contains("清掉") && text.contains("联网"), "says what happened and what to do: {text}");
        site.start_again();
        browser.go(&site.address("/")).await?;
        answers(&browser).await?;
        // All of it is here again, not only what was looked at.
        browser.until(WHOLE).await?;
        site.stop();
        browser.go(&site.address("/?view=topic&id=paper-out")).await?;
        browser.page_has(".steps .drawing").await?;
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has(".reports").await?;
        assert!(text.contains("街角面馆"), "{text}");
        Ok(())
    });
}

#[test]
fn after_everything_was_cleared_the_app_is_as_on_a_first_visit() {
    everywhere(shipped, "/", |browser, site| async move {
        browser.until(KEPT).await?;
        browser.script(FORGET_ALL).await?;
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has("#agent .empty").await?;
        assert!(!text.is_empty());
        browser.go(&site.address("/")).await?;
        answers(&browser).await?;
        browser.until(KEPT).await?;
        site.stop();
        browser.go(&site.address("/")).await?;
        answers(&browser).await?;
        Ok(())
    });
}

#[test]
fn two_pages_agree_on_the_version() {
    let new = next().join("dist");
    everywhere(replaceable, "/", |browser, site| {
        let new = new.clone();
        async move {
            browser.until(KEPT).await?;
            let first = version(&browser).await?;
            let other = browser.another_window(&site.address("/")).await?;
            replace(&site, &new);
            browser.script(LOOK).await?;
            browser.page_has("[data-notice=update]").await?;
            browser.page_click("[data-notice=update] button").await?;
            browser.until(&format!("return document.documentElement.dataset.version !== '{first}';")).await?;
            let second = version(&browser).await?;
            // The page that was not asked goes on as it is, all of it, until it is told to follow.
            browser.switch_window(&other).await?;
            assert_eq!(version(&browser).await?, first);
            answers(&browser).await?;
            browser.page_click("[data-notice=elsewhere] button").await?;
            browser
                .until(&format!("return document.documentElement.dataset.version === '{second}';"))
                .await?;
            browser.newest("[data-topic=paper-out]").await?;
            Ok(())
        }
    });
}

#[test]
fn a_full_phone_is_told_and_the_app_works_with_the_network() {
    // Really full in Chromium, whose driver can set a quota.
    browse(Engine::Chromium, shipped(), "/nothing-here", |browser, site| async move {
        browser.limit_storage(&site.address(""), 300_000).await?;
        browser.go(&site.address("/")).await?;
        let text = browser.page_has("[data-notice=full]").await?;
        assert!(text.contains("空间不够"), "{text}");
        answers(&browser).await?;
        Ok(())
    });
}

#[test]
fn a_worker_that_may_keep_no_file_says_so_in_every_browser() {
    // The other drivers cannot set a quota: there, the cache says of every large file what it would
    // say of one too many.
    let full = || {
        Site::altered(&dist(), |folder| {
            let file = folder.join("sw.js");
            let text = fs::read_to_string(&file).expect("readable");
            let full = "const put = Cache.prototype.put; Cache.prototype.put = async function (key, response) { \
                        if ((await response.clone().arrayBuffer()).byteLength > 100000) throw new DOMException('no room', 'QuotaExceededError'); \
                        return put.call(this, key, response); };";
            fs::write(&file, format!("{full}\n{text}")).expect("writable");
        })
    };
    everywhere(full, "/", |browser, site| async move {
        let text = browser.page_has("[data-notice=full]").await?;
        assert!(text.contains("空间不够") && text.contains("清理"), "{text}");
        answers(&browser).await?;
        browser.go(&site.address("/?view=about")).await?;
        let text = browser.page_has(".slip").await?;
        assert!(text.contains("还没存好"), "{text}");
        // What does not fit is not left lying about either.
        browser.until("return (await caches.keys()).every((name) => name === 'posdoc-notes');").await?;
        Ok(())
    });
}

#[test]
fn a_report_is_filled_kept_masked_read_again_and_deleted() {
    everywhere(shipped, "/?view=topic&id=paper-out", |browser, site| async move {
        // The drawings come last and move what is below them.
        browser.until("return !!document.querySelector('.steps svg');").await?;
        browser.page_click(".steps + .foot button, .row button").await?;
        browser.page_click(".steps li:nth-child(1) .went label:nth-of-type(2)").await?;
        browser.page_click(".steps li:nth-child(2) .went label:nth-of-type(1)").await?;
        browser.page_click(".foot .main").await?;
        browser.page_has("#shop").await?;
        for (field, value) in
            [("shop", "街角面馆"), ("sn", "NX0045123"), ("notes", "卡号 6222021234567890128")]
        {
            browser.page_fill(field, value).await?;
        }
        browser
            .until("return document.querySelector('#notes').value.includes('622202*********0128');")
            .await?;
        browser.page_click(".form .main").await?;
        let text = browser.page_has(".slip").await?;
        for expected in ["街角面馆", "NX0045123", "没用", "好了", "修好了", "622202*********0128"]
        {
            assert!(text.contains(expected), "{expected} is missing: {text}");
        }
        // Once the store has it, a reload without a server has it too.
        browser.until(KEPT).await?;
        site.stop();
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has(".reports li").await?;
        assert!(text.contains("街角面馆") && text.contains("修好了"), "{text}");
        browser.page_click(".reports li a").await?;
        browser.page_has(".slip").await?;
        browser.page_click(".tools .danger").await?;
        browser.page_click(".tools .danger").await?;
        // For a moment the deleted report's own page may say that it is gone.
        browser.until("return document.querySelector('#agent').innerText.includes('还没有巡检单');").await?;
        // (Firefox's driver reloads past every cache, as no visitor does.)
        browser.go(&site.address("/?view=reports")).await?;
        browser.until("return document.querySelector('#agent').innerText.includes('还没有巡检单');").await?;
        Ok(())
    });
}

/// Puts texts where reports are kept, as another version or an accident might have left them.
const PLANT: &str = "
    const open = () => new Promise((ok, no) => {
        const request = indexedDB.open('posdoc', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('reports');
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
    });
    const database = await open();
    await new Promise((ok) => {
        const transaction = database.transaction('reports', 'readwrite');
        const store = transaction.objectStore('reports');
        store.put('{\"version\":1,\"id\":\"1\",\"time\":\"2026-11-20T09:30\",\"symptom\":\"老单子\",\"steps\":[\"翻过纸卷\\\\thelped\"],\"solved\":true}', '1');
        store.put('{\"version\":2,\"id\":', '2');
        store.put('{\"version\":99,\"id\":\"3\"}', '3');
        store.put({ odd: true }, '4');
        transaction.oncomplete = ok;
    });
    database.close();
    return true;
";

#[test]
fn old_reports_are_read_and_damaged_ones_spoil_no_other() {
    everywhere(shipped, "/", |browser, site| async move {
        browser.script(PLANT).await?;
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has(".reports").await?;
        assert!(text.contains("老单子") && text.contains("修好了"), "the oldest form is read: {text}");
        assert_eq!(text.matches("读不出来").count(), 3, "each that is not says so: {text}");
        assert!(text.contains("新版写的"), "{text}");
        assert_eq!(text.matches("存下原文").count(), 3, "and can be saved: {text}");
        Ok(())
    });
}

#[test]
fn where_nothing_may_be_stored_reports_live_as_long_as_the_page() {
    let denied = "Object.defineProperty(window, 'indexedDB', { value: undefined }); \
                  Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });";
    everywhere(
        || Site::watched(&dist(), denied),
        "/?view=reports",
        |browser, _| async move {
            let text = browser.page_has("[role=alert]").await?;
            assert!(text.contains("不让保存"), "{text}");
            browser.page_click(".foot .main").await?;
            browser.page_has("#shop").await?;
            browser.page_fill("shop", "街角面馆").await?;
            browser.page_click("nav [data-tab=reports]").await?;
            let text = browser.page_has(".reports").await?;
            assert!(text.contains("街角面馆"), "{text}");
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            Ok(())
        },
    );
}

#[test]
fn a_full_store_says_so_and_loses_nothing_on_the_screen() {
    let full = "const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...a) { \
                if (window.room) return put.apply(this, a); throw new DOMException('no room', 'QuotaExceededError'); };";
    everywhere(
        || Site::watched(&dist(), full),
        "/?view=reports",
        |browser, _| async move {
            browser.page_click(".foot .main").await?;
            browser.page_has("#shop").await?;
            browser.page_fill("shop", "街角面馆").await?;
            let text = browser.page_has("[role=alert]").await?;
            assert!(text.contains("空间满了") && text.contains("导出现有的"), "{text}");
            // Room is made; the next change is kept, with all that was not.
            browser.script("window.room = true; return true;").await?;
            browser.page_fill("sn", "NX1").await?;
            browser.until("return !document.querySelector('#agent [role=alert]');").await?;
            browser.page_click("nav [data-tab=reports]").await?;
            let text = browser.page_has(".reports").await?;
            assert!(text.contains("街角面馆"), "{text}");
            Ok(())
        },
    );
}

/// Leaves a database of another make where ours would be.
const FOREIGN: &str = "
    await new Promise((ok, no) => {
        const request = indexedDB.open('posdoc', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('something-else');
        request.onsuccess = () => { request.result.close(); ok(); };
        request.onerror = () => no(request.error);
    });
    return true;
";

#[test]
fn a_broken_store_is_said_what_is_on_the_screen_is_kept_and_it_can_be_built_anew() {
    everywhere(shipped, "/faq.html", |browser, site| async move {
        browser.script(FOREIGN).await?;
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has("[role=alert]").await?;
        assert!(text.contains("坏了") && text.contains("重建"), "{text}");
        browser.page_click(".foot .main").await?;
        browser.page_fill("shop", "街角面馆").await?;
        let text = browser.page_has("[role=alert]").await?;
        assert!(text.contains("导出现有的"), "{text}");
        browser.page_click("[role=alert] button:last-of-type").await?;
        browser.until("return !document.querySelector('#agent [role=alert]');").await?;
        // What was only on the screen is in the new store.
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has(".reports").await?;
        assert!(text.contains("街角面馆"), "{text}");
        Ok(())
    });
}

#[test]
fn a_store_that_never_opens_is_said_and_spoils_nothing_else() {
    // No driver can damage a disk: the browser says what it says when the files behind are gone.
    let broken = "IDBFactory.prototype.open = function () { throw new DOMException('Internal error opening backing store', 'UnknownError'); };";
    everywhere(
        || Site::watched(&dist(), broken),
        "/?view=reports",
        |browser, site| async move {
            let text = browser.page_has("[role=alert]").await?;
            assert!(text.contains("坏了") && text.contains("导出"), "{text}");
            browser.page_click(".foot .main").await?;
            browser.page_fill("shop", "街角面馆").await?;
            browser.page_click("nav [data-tab=reports]").await?;
            let text = browser.page_has(".reports").await?;
            assert!(text.contains("街角面馆"), "{text}");
            browser.go(&site.address("/")).await?;
            answers(&browser).await?;
            assert_eq!(browser.complaints().await?, Vec::<String>::new());
            Ok(())
        },
    );
}

#[test]
fn reports_of_a_database_from_a_later_version_are_still_read() {
    everywhere(shipped, "/faq.html", |browser, site| async move {
        browser.script(&PLANT.replace("'posdoc', 1", "'posdoc', 7")).await?;
        browser.go(&site.address("/?view=reports")).await?;
        let text = browser.page_has(".reports").await?;
        assert!(text.contains("老单子"), "an update that was taken back loses nothing: {text}");
        Ok(())
    });
}

#[test]
fn the_library_finds_topics_by_title_by_phrase_by_code_and_by_meaning() {
    everywhere(shipped, "/?view=library", |browser, _| async move {
        browser.page_has(".groups details").await?;
        browser.page_fill("find", "缺纸").await?;
        browser.until("return [...document.querySelectorAll('#agent mark')].some((mark) => mark.textContent === '缺纸');").await?;
        browser.page_fill("find", "51").await?;
        browser.until("return document.querySelector('.links .code mark')?.textContent === '51';").await?;
        // Nobody wrote this sentence anywhere; the engine knows what it means.
        browser.page_fill("find", "卷纸刚放好它还讲里头是空荡荡的").await?;
        browser.until("return [...document.querySelectorAll('#agent .links a')].some((link) => link.search.includes('paper-out'));").await?;
        Ok(())
    });
}

/// A conversation, as it was kept.
const TALKED: &str = "
    const open = () => new Promise((ok, no) => {
        const request = indexedDB.open('posdoc-conversations', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('conversations');
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
    });
    const database = await open();
    await new Promise((ok) => {
        const transaction = database.transaction('conversations', 'readwrite');
        const store = transaction.objectStore('conversations');
        const lines = [['merchant', '', '', '装了纸还说没纸'], ['posdoc', 'step', 'paper-out', '把纸仓盖重新按紧。'], ['merchant', '', '', '还是不行']];
        store.put(JSON.stringify({ version: 1, id: '5', began: '2026-11-21T16:05', last: '2026-11-21T16:09', lines: lines.map(([from, kind, topic, text]) => ({ from, kind, topic, text })),
            steps: [{ action: '把纸仓盖重新按紧。', went: 'failed' }], title: '提示缺纸，装了纸也提示', topic: 'paper-out' }), '5');
        store.put('{\"version\":1,', '6');
        transaction.oncomplete = ok;
    });
    database.close();
    return true;
";

#[test]
fn every_page_of_the_app_is_accessible_by_day_and_in_the_dark() {
    for (engine, scheme) in [
        (Engine::Chromium, "light"),
        (Engine::Chromium, "dark"),
        (Engine::Firefox, "light"),
        (Engine::WebKit, "light"),
    ] {
        browse(engine, shipped(), "/faq.html", |browser, site| async move {
            if engine == Engine::Chromium {
                browser.prefer(scheme).await?;
            }
            browser.script(PLANT).await?;
            browser.script(TALKED).await?;
            let mut found = Vec::new();
            for (page, part) in [
                ("?view=library", ".groups details"),
                ("?view=topic&id=battery-swollen", ".steps .warning"),
                ("?view=codes&code=A", ".codes td"),
                ("?view=reports", ".reports .unreadable"),
                ("?view=report&id=1", ".slip dd"),
                ("?view=edit&id=1", "#notes"),
                ("?view=conversations", ".conversations .unreadable"),
                ("?view=conversation&id=5", ".said li"),
                ("?view=about", ".slip dd"),
                ("?view=topic&id=no-such", "#agent h2"),
            ] {
                browser.go(&site.address(&format!("/{page}"))).await?;
                browser.page_has(part).await?;
                browser.settle().await?;
                let seen = browser.violations(axe()).await?;
                found.extend(seen.into_iter().map(|violation| format!("{page}: {violation}")));
                // What a tap on the page brings up.
                let more = match page {
                    "?view=library" => {
                        browser.page_fill("find", "打印").await?;
                        Some("#agent mark")
                    }
                    "?view=topic&id=battery-swollen" => {
                        browser.page_click(".row button").await?;
                        Some(".went")
                    }
                    "?view=conversations" => {
                        browser.page_click(".tools .danger").await?;
                        Some(".tools .danger + button")
                    }
                    _ => None,
                };
                if let Some(more) = more {
                    browser.page_has(more).await?;
                    browser.settle().await?;
                    let seen = browser.violations(axe()).await?;
                    found.extend(seen.into_iter().map(|violation| format!("{page}, {more}: {violation}")));
                }
            }
            assert_eq!(found, Vec::<String>::new(), "in {engine:?}, {scheme}");
            Ok(())
        });
    }
}

/// Every kept conversation, as it lies in the store.
const KEPT_CONVERSATIONS: &str = "
    const done = (request) => new Promise((ok, no) => { request.onsuccess = () => ok(request.result); request.onerror = () => no(request.error); });
    const request = indexedDB.open('posdoc-conversations');
    // Looking is not to make it.
    request.onupgradeneeded = () => request.transaction.abort();
    const database = await done(request).catch(() => null);
    const texts = database ? await done(database.transaction('conversations').objectStore('conversations').getAll()) : [];
    database?.close();
    return texts;
";

async fn kept_conversations(browser: &Browser) -> Result<Vec<String>> {
    Ok(serde_json::from_value(browser.script(KEPT_CONVERSATIONS).await?)?)
}

/// Waits until so many conversations are kept.
async fn until_kept(browser: &Browser, many: usize) -> Result<Vec<String>> {
    for _ in 0..200 {
        let kept = kept_conversations(browser).await?;
        if kept.len() == many {
            return Ok(kept);
        }
        browser.glance().await;
    }
    Err(format!("not {many} conversations: {:?}", kept_conversations(browser).await?).into())
}

#[test]
fn yesterdays_conversation_is_read_gone_on_with_and_becomes_a_report_without_a_server() {
    everywhere(shipped, "/", |browser, site| async move {
        browser.say("装了纸还说没纸，顾客卡号6222021234567890128").await?;
        browser.newest("[data-topic=paper-out]").await?;
        while !browser.offers("unsolved").await? {
            browser.press("unknown").await?;
        }
        let card = browser.newest("[data-kind=step]").await?;
        let first = browser.text(&card).await?;
        browser.press("unsolved").await?;
        browser.until(KEPT).await?;
        let kept = until_kept(&browser, 1).await?.concat();
        assert!(kept.contains("622202*********0128") && !kept.contains("6222021234567890128"), "{kept}");
        site.stop();

        browser.go(&site.address("/?view=reports")).await?;
        browser
            .until("return document.querySelector('.foot a.button')?.innerText === '问诊记录（1）';")
            .await?;
        browser.page_click(".foot a.button").await?;
        let text = browser.page_has(".conversations").await?;
        assert!(
            text.contains("没聊完") && text.contains("缺纸") && text.contains("622202*********0128"),
            "{text}"
        );
        browser.page_click(".conversations a").await?;
        let text = browser.page_has("#agent").await?;
        assert!(
            text.contains("装了纸还说没纸") && text.contains("还是不行") && text.contains("做了，没好"),
            "{text}"
        );
        assert!(!text.contains("6222021234567890128"), "{text}");

        // Into a report, with nothing to type again.
        browser.page_click(".tools .main").await?;
        browser.page_has("#symptom").await?;
        let symptom = browser.script("return document.querySelector('#symptom').value;").await?;
        let symptom = symptom.as_str().unwrap_or_default();
        assert!(symptom.contains("装了纸还说没纸") && symptom.contains("622202*********0128"), "{symptom}");
        let tried = browser.page_has(".tried ol").await?;
        let step = tried.lines().next().unwrap_or_default();
        assert!(
            !step.is_empty() && first.contains(step.trim_end_matches('。')),
            "the step of {first} in {tried}"
        );
        let went = browser.script("return document.querySelector('.tried select').value;").await?;
        assert_eq!(went, "没用");

        // And on with it, where it was left.
        browser.go(&site.address("/?view=conversations")).await?;
        browser.page_click(".conversations a").await?;
        browser.page_click(".tools button:nth-of-type(2)").await?;
        browser.until("return !location.search;").await?;
        browser.newest("[data-topic=paper-out]").await?;
        while !browser.offers("solved").await? {
            browser.press("unknown").await?;
        }
        browser.press("solved").await?;
        browser.newest("[data-kind=closing]").await?;
        browser
            .until(
                &KEPT_CONVERSATIONS
                    .replace("return texts;", "return texts.length === 1 && texts[0].includes('closing');"),
            )
            .await?;
        browser.go(&site.address("/?view=conversations")).await?;
        let text = browser.page_has(".conversations").await?;
        assert!(text.contains("解决了") && !text.contains("没聊完"), "it is the same conversation: {text}");
        assert_eq!(text.matches("缺纸").count(), 1, "{text}");

        // One is deleted on its page, all of them in the list.
        browser.page_click(".conversations a").await?;
        browser.page_click(".tools .danger").await?;
        browser.page_click(".tools .danger").await?;
        browser.until("return document.querySelector('#agent').innerText.includes('还没有');").await?;
        Ok(())
    });
}

#[test]
fn another_problem_is_another_conversation_and_clearing_the_record_clears_them_all() {
    everywhere(shipped, "/", |browser, site| async move {
        browser.say("云喇叭收了钱不响").await?;
        browser.newest("[data-topic=speaker-silent]").await?;
        until_kept(&browser, 1).await?;
        browser.go(&site.address("/?view=new")).await?;
        browser.until("return !location.search;").await?;
        browser.say("小票打出来是白纸").await?;
        browser.newest("[data-topic=print-blank]").await?;
        until_kept(&browser, 2).await?;
        // A reload is no new one.
        browser.go(&site.address("/")).await?;
        browser.newest("[data-topic=print-blank]").await?;
        browser.press("human").await?;
        browser.newest("[data-kind=handover]").await?;
        let kept = until_kept(&browser, 2).await?;
        assert!(!kept.iter().any(|text| text.contains("云喇叭") && text.contains("白纸")), "{kept:?}");
        browser.click("[aria-label=更多]").await?;
        browser.click(".menu button:last-of-type").await?;
        // It asks once.
        browser.click(".menu button:last-of-type").await?;
        until_kept(&browser, 0).await?;
        browser.go(&site.address("/?view=conversations")).await?;
        browser.until("return document.querySelector('#agent').innerText.includes('还没有');").await?;
        Ok(())
    });
}
