//! Every state the chat can show, in both themes, on a phone and on a desk: pictures to look at in
//! `target/screens/`, and axe-core's verdict on each.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::driver::{Browser, Engine, Result, Screen};
use super::site::Site;
use super::{browse, dist};
use crate::root;

/// axe-core as `make test` installs it.
pub(super) fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let file = root().join("target/tools/node_modules/axe-core/axe.min.js");
        fs::read_to_string(&file).expect("axe-core is missing: run `make test`, which installs it")
    })
}

/// Looks at the state that `browser` shows: keeps a picture, and collects what axe finds.
struct Viewer<'a> {
    browser: &'a Browser,
    theme: &'static str,
    screen: Screen,
    found: Vec<String>,
    seen: usize,
}

impl Viewer<'_> {
    async fn look(&mut self, state: &str) -> Result<()> {
        self.browser.settle().await?;
        let folder = screens();
        let engine = match self.browser.engine {
            Engine::Chromium => String::new(),
            other => format!("{other:?}-").to_lowercase(),
        };
        let name = format!("{engine}{}-{}-{state}.png", self.screen.name(), self.theme);
        fs::write(folder.join(name), self.browser.picture().await?)?;
        for violation in self.browser.violations(axe()).await? {
            self.found.push(format!("{state}, {}, {}: {violation}", self.screen.name(), self.theme));
        }
        self.seen += 1;
        Ok(())
    }
}

fn screens() -> PathBuf {
    let folder = root().join("target/screens");
    fs::create_dir_all(&folder).expect("target/ is writable");
    folder
}

/// Walks through every state once and asserts that axe has nothing against any.
async fn walk(browser: Browser, theme: &'static str, screen: Screen) -> Result<()> {
    let mut viewer = Viewer { browser: &browser, theme, screen, found: Vec::new(), seen: 0 };
    browser.show_on(screen).await?;
    viewer.look("launcher").await?;
    browser.launch().await?;
    browser.theme(theme).await?;
    browser.until_loaded().await?;
    viewer.look("first-screen").await?;
    for (state, button) in [("codes", ".tiles .entry:first-child"), ("topics", ".tiles .entry:last-child")] {
        browser.click(button).await?;
        browser.find(".sheet-head").await?;
        viewer.look(state).await?;
        browser.click(".sheet-head .icon").await?;
    }
    browser.click("[aria-label=更多]").await?;
    browser.find(".menu").await?;
    viewer.look("menu").await?;
    browser.click(".sheet-head .icon").await?;
    browser.click(".size").await?;
    browser.click(".size").await?;
    browser.find(".app.largest").await?;
    viewer.look("large-text").await?;
    browser.click(".size").await?;
    // As many suggestions as there can be.
    browser.type_in("交易").await?;
    browser.find(".suggestion:nth-child(5)").await?;
    viewer.look("typing").await?;
    browser.clear().await?;
    for (state, said, kind) in [
        ("refused", "今天晚上吃什么好", "fallback"),
        ("clarify", "机器坏了", "clarify"),
        ("step", "装了纸还说没纸", "step"),
        ("warning", "电池鼓包了", "step"),
        ("answer", "手续费怎么算的", "answer"),
    ] {
        browser.say(said).await?;
        browser.newest(&format!("[data-kind={kind}]")).await?;
        viewer.look(state).await?;
        if state == "step" {
            browser.click(".enlarge").await?;
            browser.find(".pan svg").await?;
            viewer.look("drawing").await?;
            browser.click(".sheet-head .icon").await?;
        }
    }
    browser.say("云喇叭收了钱不响").await?;
    browser.newest("[data-topic=speaker-silent]").await?;
    while browser.count("[data-kind=question]").await? == 0 {
        browser.press("unsolved").await?;
    }
    viewer.look("question").await?;
    browser.say("小票打出来是白纸").await?;
    browser.newest("[data-topic=print-blank]").await?;
    browser.press("human").await?;
    browser.newest("[data-kind=handover]").await?;
    viewer.look("reasons").await?;
    browser.press("reason:0").await?;
    browser.find(".ticket").await?;
    viewer.look("ticket").await?;
    browser.say("提示缺纸").await?;
    browser.newest("[data-topic=paper-out]").await?;
    while !browser.offers("solved").await? {
        browser.press("unknown").await?;
    }
    browser.press("solved").await?;
    browser.newest("[data-kind=closing]").await?;
    viewer.look("solved").await?;
    assert_eq!(viewer.found, Vec::<String>::new(), "axe finds nothing in {} states", viewer.seen);
    Ok(())
}

/// Whether the words, the drawing and the first button to answer with are in view, uncovered, after the
/// first move of each topic.
async fn in_view(browser: &Browser) -> Result<Vec<(String, [bool; 3])>> {
    let listed = fs::read_to_string(root().join("content/topics.tsv"))?;
    let is_topic = |id: &&str| id.chars().all(|c| c.is_ascii_lowercase() || c == '-') && *id != "id";
    let topics: Vec<&str> =
        listed.lines().filter_map(|line| line.split('\t').next()).filter(is_topic).collect();
    let walk = "
        const host = document.querySelector('posdoc-chat');
        const find = (one) => host.shadowRoot.querySelector(one);
        const box = (one) => one?.getBoundingClientRect();
        const whole = (at, floor) => !at || (at.top > box(find('.scroller')).top - 1 && at.bottom < floor + 1);
        const seen = [];
        for (const topic of TOPICS) {
            host.setAttribute('topic', topic);
            const card = () => find('.log > :last-child [data-topic=' + topic + ']');
            for (let tries = 0; !card() && tries < 100; tries++) await new Promise((later) => setTimeout(later, 20));
            await new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later)));
            const [view, button] = [box(find('.scroller')), box(find('.answers [part=option]'))];
            // Buttons may stand over the end of a card.
            const floor = Math.min(view.bottom, button?.top ?? view.bottom);
            const parts = [card()?.querySelector('.words'), card()?.querySelector('.drawing')];
            seen.push([topic, card() ? [...parts.map((part) => whole(box(part), floor)), whole(button, view.bottom)] : [false, false, false]]);
        }
        return seen;";
    let walk = walk.replace("TOPICS", &serde_json::to_string(&topics)?);
    Ok(serde_json::from_value(browser.script(&walk).await?)?)
}

#[test]
fn words_drawing_and_answers_are_in_view_without_scrolling() {
    browse(Engine::Chromium, Site::serve(&dist()), "/", |browser, _| async move {
        browser.show_on(Screen::SMALL).await?;
        browser.until_loaded().await?;
        let found = in_view(&browser).await?;
        assert!(found.len() > 100);
        for (nth, (what, least)) in
            [("words", 100), ("drawing", 90), ("first answer", 100)].into_iter().enumerate()
        {
            let cut: Vec<&String> =
                found.iter().filter(|(_, seen)| !seen[nth]).map(|(topic, _)| topic).collect();
            let most = found.len() * (100 - least) / 100;
            assert!(cut.len() <= most, "{what} in view at {least} % of the topics; not at {cut:?}");
        }
        Ok(())
    });
}

#[test]
fn every_state_is_accessible_on_a_phone_by_day() {
    browse(Engine::Chromium, Site::serve(&dist()), "/demo/", |browser, _| {
        walk(browser, "light", Screen::PHONE)
    });
}

#[test]
fn every_state_is_accessible_on_a_phone_in_the_dark() {
    browse(Engine::Chromium, Site::serve(&dist()), "/demo/", |browser, _| {
        walk(browser, "dark", Screen::PHONE)
    });
}

#[test]
fn every_state_is_accessible_on_a_desk() {
    for theme in ["light", "dark"] {
        browse(Engine::Chromium, Site::serve(&dist()), "/demo/", |browser, _| {
            walk(browser, theme, Screen::DESK)
        });
    }
}

#[test]
fn a_broken_download_is_explained_accessibly() {
    for theme in ["light", "dark"] {
        let site = Site::damaged(&dist(), "engine.");
        browse(Engine::Chromium, site, "/demo/", |browser, _| async move {
            browser.launch().await?;
            browser.theme(theme).await?;
            browser.find("[role=alert]").await?;
            let mut viewer =
                Viewer { browser: &browser, theme, screen: Screen::PHONE, found: Vec::new(), seen: 0 };
            viewer.look("error").await?;
            assert_eq!(viewer.found, Vec::<String>::new());
            Ok(())
        });
    }
}
#[test]
fn every_state_is_accessible_in_firefox_and_webkit() {
    for engine in [Engine::Firefox, Engine::WebKit] {
        for theme in ["light", "dark"] {
            browse(engine, Site::serve(&dist()), "/demo/", |browser, _| walk(browser, theme, Screen::PHONE));
        }
    }
}
