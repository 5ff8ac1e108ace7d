//! A browser on a phone-sized screen, driven over WebDriver, and what one does with a chat in it.
//!
//! Plain WebDriver serves three engines. What it has no word for (a phone's screen, the colours a system
//! prefers) is Chromium's alone, through DevTools; real keys and a real input method are a [`Keyboard`].

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

use super::keyboard::{Enlarges, Keyboard};

pub(super) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long anything may take to appear, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(50);
/// The time between two presses of one thumb that are meant.
const THUMB: Duration = Duration::from_millis(450);

/// A browser window and the driver process behind it.
#[derive(Clone)]
pub(super) struct Browser {
    client: Client,
    pub(super) engine: Engine,
    /// Ends with the last clone of this.
    #[expect(dead_code, reason = "held for its end")]
    driver: Arc<Driver>,
    keyboard: Option<Arc<Keyboard>>,
    /// When this browser last pressed something.
    pressed: Arc<Mutex<Instant>>,
    #[expect(dead_code, reason = "held for its end")]
    seat: Arc<tokio::sync::SemaphorePermit<'static>>,
}

/// A driver process and all that it started.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// A DevTools command, for what WebDriver has no word for.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> std::result::Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub(super) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The driver's command, listening on `port`. A group of its own, so that what it starts ends with it.
    fn driver(self, port: u16, keyboard: Option<&Keyboard>) -> Command {
        let driver = match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        };
        let mut command = match (keyboard, self) {
            (Some(keyboard), _) => keyboard.before(driver),
            // WebKit's browser wants a display; this one is in memory.
            (None, Self::WebKit) => {
                let mut command = Command::new("xvfb-run");
                command.args(["-a", "-s", "-screen 0 1280x1024x24", driver]);
                command
            }
            (None, _) => Command::new(driver),
        };
        match self {
            Self::Chromium | Self::WebKit => command.arg(format!("--port={port}")),
            Self::Firefox => command.args(["--port", &port.to_string(), "--log", "fatal"]),
        };
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// What to ask the driver for. A `profile` is where the browser keeps what it keeps (Chromium and
    /// Firefox). Without a `keyboard` it needs no screen, and is the lighter for it.
    fn capabilities(
        self,
        profile: Option<&Path>,
        keyboard: Option<&Keyboard>,
    ) -> serde_json::Map<String, Value> {
        let seen = keyboard.is_some();
        let text = keyboard.is_some_and(|keyboard| keyboard.enlarges == Enlarges::Text);
        let mut capabilities = match self {
            Self::Chromium => json!({
                "goog:chromeOptions": { "args": [
                    if seen { "--ozone-platform=x11" } else { "--headless=new" }, "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
                ] },
            }),
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "binary": "/usr/bin/firefox-esr",
                    "args": if seen { json!([]) } else { json!(["-headless", "-width", "390", "-height", "844"]) },
                    // In test mode its windows only pretend to have the focus, and no input method is asked.
                    "prefs": { "intl.accept_languages": "zh-CN", "focusmanager.testmode": !seen, "browser.zoom.full": !text },
                },
            }),
            Self::WebKit => json!({
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation", format!("--zoom-text-only={text}")] },
            }),
        };
        if let Some(profile) = profile {
            let profile = profile.display().to_string();
            if let Some(arguments) = capabilities["goog:chromeOptions"]["args"].as_array_mut() {
                arguments.push(json!(format!("--user-data-dir={profile}")));
            } else if let Some(arguments) = capabilities["moz:firefoxOptions"]["args"].as_array_mut() {
                arguments.extend([json!("-profile"), json!(profile)]);
            }
        }
        capabilities.as_object().cloned().unwrap_or_default()
    }
}

/// WebKit's test browser; Debian keeps it in a folder named after the machine's architecture.
fn mini_browser() -> String {
    let folder = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    ["4.1", "4.0"]
        .iter()
        .map(|version| format!("{folder}/webkit2gtk-{version}/MiniBrowser"))
        .find(|path| std::path::Path::new(path).is_file())
        .unwrap_or_else(|| "MiniBrowser".to_owned())
}

/// One node of the accessibility tree.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) id: String,
    /// The node that holds it.
    pub(super) within: String,
    /// Empty where screen readers pass over it.
    pub(super) role: String,
    pub(super) name: String,
    /// Whether changes in it are read out by themselves, and how urgently.
    pub(super) live: String,
}

/// A window's size, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Screen {
    width: u32,
    height: u32,
    name: &'static str,
}

impl Screen {
    pub(super) const PHONE: Self = Self { width: 390, height: 844, name: "phone" };
    pub(super) const SMALL: Self = Self { width: 360, height: 640, name: "small" };
    pub(super) const DESK: Self = Self { width: 1280, height: 800, name: "desk" };

    pub(super) const fn new(width: u32, height: u32) -> Self {
        Self { width, height, name: "" }
    }

    pub(super) fn name(self) -> &'static str {
        self.name
    }
}

/// No more windows at once than this: each is a handful of processes.
static SEATS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);

impl Browser {
    /// Opens `engine` at `address`, on a screen as wide as a phone's.
    pub(super) async fn open(engine: Engine, address: &str) -> Result<Self> {
        Self::open_with(engine, address, None, None).await
    }

    /// The same, with what an earlier browser left in `profile` (Chromium and Firefox), or at a
    /// `keyboard`, see [`Self::strike`].
    pub(super) async fn open_with(
        engine: Engine,
        address: &str,
        profile: Option<&Path>,
        keyboard: Option<Keyboard>,
    ) -> Result<Self> {
        let seat = Arc::new(SEATS.acquire().await?);
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let driver = engine.driver(port, keyboard.as_ref()).spawn().map_err(|error| {
            format!("the driver of {engine:?} does not start ({error}): run `make test`, which installs it")
        })?;
        let driver = Driver(driver);
        let waited = tokio::time::Instant::now();
        let client = loop {
            let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
                .capabilities(engine.capabilities(profile, keyboard.as_ref()))
                .connect(&format!("http://127.0.0.1:{port}"))
                .await;
            match client {
                Ok(client) => break client,
                Err(error) if waited.elapsed() > PATIENCE => return Err(error.into()),
                Err(_) => tokio::time::sleep(GLANCE * 4).await,
            }
        };
        let (driver, keyboard) = (Arc::new(driver), keyboard.map(Arc::new));
        let pressed = Arc::new(Mutex::new(Instant::now()));
        let browser = Self { client, engine, driver, keyboard, pressed, seat };
        browser.show_on(Screen::PHONE).await?;
        browser.client.goto(address).await?;
        Ok(browser)
    }

    /// The accessibility tree, as screen readers get it: each node's role, name and properties that are
    /// set, below it what it holds (Chromium).
    pub(super) async fn heard_by_screen_readers(&self) -> Result<Vec<Heard>> {
        let tree = self.client.issue_cmd(DevTools("Accessibility.getFullAXTree", json!({}))).await?;
        let word = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        let all = tree["nodes"].as_array().ok_or("no tree")?;
        let node = |node: &Value| Heard {
            id: node["nodeId"].as_str().unwrap_or_default().to_owned(),
            within: node["parentId"].as_str().unwrap_or_default().to_owned(),
            role: if node["ignored"] == json!(true) { String::new() } else { word(&node["role"]) },
            name: word(&node["name"]),
            live: node["properties"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|property| property["name"] == "live")
                .map(|property| word(&property["value"]))
                .unwrap_or_default(),
        };
        Ok(all.iter().map(node).collect())
    }

    /// Makes the window as large as `screen`.
    pub(super) async fn show_on(&self, screen: Screen) -> Result<()> {
        let Screen { width, height, .. } = screen;
        if self.engine == Engine::Chromium && self.keyboard.is_none() {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 600 });
            self.client.issue_cmd(DevTools("Emulation.setDeviceMetricsOverride", metrics)).await?;
        } else {
            self.client.set_window_size(width, height).await?;
        }
        Ok(())
    }

    /// A PNG of what is shown.
    pub(super) async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// What axe-core, whose source is `axe`, finds wrong with what is shown.
    pub(super) async fn violations(&self, axe: &str) -> Result<Vec<String>> {
        let known = self.client.execute("return typeof axe === 'object';", vec![]).await?;
        if known != json!(true) {
            self.client.execute(&format!("{axe}; return null;"), vec![]).await?;
        }
        let run = "const done = arguments[0]; axe.run(document).then((found) => done(!found.passes.length ? ['nothing was checked'] : found.violations.map((violation) => \
                   violation.id + ' at ' + violation.nodes.map((node) => node.target.flat().join(' ') + ' ' + node.failureSummary).join('; '))), \
                   (error) => done(['axe failed: ' + error]));";
        Ok(serde_json::from_value(self.client.execute_async(run, vec![]).await?)?)
    }

    /// Lets the system prefer `scheme`, light or dark (Chromium).
    pub(super) async fn prefer(&self, scheme: &str) -> Result<()> {
        let wish = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.client.issue_cmd(DevTools("Emulation.setEmulatedMedia", wish)).await?;
        Ok(())
    }

    /// Shows the page as it would be printed (Chromium).
    pub(super) async fn show_as_printed(&self) -> Result<()> {
        self.client.issue_cmd(DevTools("Emulation.setEmulatedMedia", json!({ "media": "print" }))).await?;
        Ok(())
    }

    /// Sets the theme, as the host page may.
    pub(super) async fn theme(&self, theme: &str) -> Result<()> {
        let script = "document.querySelector('posdoc-chat').theme = arguments[0]; return null;";
        self.client.execute(script, vec![json!(theme)]).await?;
        Ok(())
    }

    /// A moment, before looking again.
    pub(super) async fn glance(&self) {
        tokio::time::sleep(GLANCE).await;
    }

    /// Waits until nothing is scrolled or animated any more.
    pub(super) async fn settle(&self) -> Result<()> {
        tokio::time::sleep(GLANCE * 8).await;
        Ok(())
    }

    pub(super) async fn type_in(&self, text: &str) -> Result<()> {
        Ok(self.find("[part=input]").await?.send_keys(text).await?)
    }

    /// Empties the box, as selecting all and deleting does.
    pub(super) async fn clear(&self) -> Result<()> {
        Ok(self.find("[part=input]").await?.clear().await?)
    }

    pub(super) async fn close(self) {
        let _ = self.client.close().await;
    }

    /// What `script` returns, which may await.
    pub(super) async fn script(&self, script: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {script} }})().then(done, (error) => done('threw ' + error));"
        );
        Ok(self.client.execute_async(&script, vec![]).await?)
    }

    /// Waits until `script`, which may await, returns true.
    #[track_caller]
    pub(super) fn until(&self, script: &str) -> impl Future<Output = Result<()>> {
        let asked = std::panic::Location::caller();
        let (browser, script) = (self.clone(), script.to_owned());
        async move {
            let waited = tokio::time::Instant::now();
            loop {
                // A page that is just being left answers nothing.
                let said = browser.script(&script).await;
                if matches!(said, Ok(Value::Bool(true))) {
                    return Ok(());
                }
                if waited.elapsed() > PATIENCE {
                    return Err(format!("line {}: never came true, last {said:?}", asked.line()).into());
                }
                tokio::time::sleep(GLANCE).await;
            }
        }
    }

    /// The text of the first element of the page, outside the chat, that matches, as soon as there is one.
    pub(super) async fn page_has(&self, selector: &str) -> Result<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null;";
        let waited = tokio::time::Instant::now();
        loop {
            let found = self.client.execute(script, vec![json!(selector)]).await;
            if let Ok(Value::String(text)) = found {
                return Ok(text);
            }
            if waited.elapsed() > PATIENCE {
                let seen = self.page_text().await.unwrap_or_default();
                return Err(format!("nothing on the page matches {selector}; seen: {seen}").into());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Clicks the first element of the page that matches.
    pub(super) async fn page_click(&self, selector: &str) -> Result<()> {
        self.page_has(selector).await?;
        let script = "const found = document.querySelector(arguments[0]); found.scrollIntoView({ block: 'center' }); return found;";
        let found = self.client.execute(script, vec![json!(selector)]).await?;
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        let id = id.ok_or_else(|| format!("{selector} is gone"))?;
        Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())).click().await?;
        Ok(())
    }

    /// Puts `text` into the field with this id, as typing it and leaving the field does.
    pub(super) async fn page_fill(&self, id: &str, text: &str) -> Result<()> {
        self.page_has(&format!("#{id}")).await?;
        let script = "const field = document.getElementById(arguments[0]); field.focus(); field.value = arguments[1]; \
                      field.dispatchEvent(new InputEvent('input', { bubbles: true })); \
                      field.dispatchEvent(new Event('change', { bubbles: true })); field.blur(); return null;";
        self.client.execute(script, vec![json!(id), json!(text)]).await?;
        Ok(())
    }

    /// Opens another window at `address`, waits for its greeting and comes back to this one.
    pub(super) async fn another_window(&self, address: &str) -> Result<WindowHandle> {
        let here = self.client.window().await?;
        let other = self.client.new_window(true).await?.handle;
        self.client.switch_to_window(other.clone()).await?;
        self.client.goto(address).await?;
        self.newest("[data-from=posdoc]").await?;
        self.client.switch_to_window(here).await?;
        Ok(other)
    }

    pub(super) async fn switch_window(&self, window: &WindowHandle) -> Result<()> {
        Ok(self.client.switch_to_window(window.clone()).await?)
    }

    /// Leaves `origin` this many bytes to keep things in (Chromium).
    pub(super) async fn limit_storage(&self, origin: &str, bytes: u64) -> Result<()> {
        let limit = json!({ "origin": origin, "quotaSize": bytes });
        self.client.issue_cmd(DevTools("Storage.overrideQuotaForOrigin", limit)).await?;
        Ok(())
    }

    /// What the page shows outside the widget's shadow.
    pub(super) async fn page_text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText;", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    pub(super) async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    pub(super) async fn go(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
    }

    /// From now on everything happens in the page's first frame.
    pub(super) async fn enter_frame(&self) -> Result<()> {
        Ok(self.client.enter_frame(0).await?)
    }

    /// Runs `script` with the shadow root as `root`.
    pub(super) async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        // Under the other name where a page had taken ours.
        let root =
            "(document.querySelector('posdoc-chat-1') ?? document.querySelector('posdoc-chat'))?.shadowRoot";
        let script = format!("const root = {root}; {script}");
        Ok(self.client.execute(&script, arguments).await?)
    }

    /// Waits until `script`, which sees the shadow root as `root`, says true.
    pub(super) async fn until_in_shadow(&self, script: &str) -> Result<()> {
        let waited = tokio::time::Instant::now();
        while self.run(script, vec![]).await? != json!(true) {
            if waited.elapsed() > PATIENCE {
                let seen = self.run("return root?.querySelector('textarea')?.value ?? null;", vec![]).await?;
                return Err(format!("never true: {script}; in the box: {seen}").into());
            }
            self.glance().await;
        }
        Ok(())
    }

    /// The last element that matches, as soon as there is one.
    pub(super) async fn find(&self, selector: &str) -> Result<Element> {
        let script = "return root ? [...root.querySelectorAll(arguments[0])].at(-1) ?? null : null;";
        let waited = tokio::time::Instant::now();
        loop {
            let found = self.run(script, vec![json!(selector)]).await?;
            let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
            if let Some(id) = id {
                return Ok(Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())));
            }
            if waited.elapsed() > PATIENCE {
                let seen = self.run("return root?.textContent ?? 'no widget';", vec![]).await?;
                return Err(format!("nothing matches {selector}; seen: {seen}").into());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// The newest message, as soon as it matches.
    pub(super) async fn newest(&self, selector: &str) -> Result<Element> {
        let marked = "const all = [...(root?.querySelectorAll('[part~=message]') ?? [])].filter(m => \
                      m.matches('[data-from=merchant]') === arguments[0].includes('merchant')); \
                      all.forEach(m => m.removeAttribute('data-newest')); \
                      all.at(-1)?.setAttribute('data-newest', ''); return null;";
        let waited = tokio::time::Instant::now();
        loop {
            self.run(marked, vec![json!(selector)]).await?;
            if self.count(&format!("[data-newest]{selector}")).await? > 0 {
                return self.find(&format!("[data-newest]{selector}")).await;
            }
            if waited.elapsed() > PATIENCE {
                let seen =
                    self.run("return root?.querySelector('[data-newest]')?.outerHTML ?? '';", vec![]).await?;
                return Err(format!("the newest message is not {selector} but {seen}").into());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Types and sends, as a merchant does.
    pub(super) async fn say(&self, text: &str) -> Result<()> {
        let before = self.count("[data-from=merchant]").await?;
        self.find("[part=input]").await?.send_keys(text).await?;
        self.click("[part=send]:not(:disabled)").await?;
        let waited = tokio::time::Instant::now();
        while self.count("[data-from=merchant]").await? == before && waited.elapsed() < PATIENCE {
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// Presses the open button with this option id.
    pub(super) async fn press(&self, option: &str) -> Result<()> {
        self.click(&format!("[part=option][data-option='{option}']")).await
    }

    pub(super) async fn offers(&self, option: &str) -> Result<bool> {
        Ok(self.count(&format!("[part=option][data-option='{option}']")).await? > 0)
    }

    pub(super) async fn click(&self, selector: &str) -> Result<()> {
        let element = self.find(selector).await?;
        // Scrolling may still be under way; a real tap would follow it.
        self.client
            .execute("arguments[0].scrollIntoView({block: 'center'})", vec![serde_json::to_value(&element)?])
            .await?;
        // Nobody who reads presses again sooner; the chat takes what is faster for a double tap.
        let before = *self.pressed.lock().map_err(|error| error.to_string())?;
        tokio::time::sleep_until((before + THUMB).into()).await;
        element.click().await?;
        *self.pressed.lock().map_err(|error| error.to_string())? = Instant::now();
        Ok(())
    }

    /// Presses twice on the same place, as a double tap does, whatever is there the second time; returns
    /// whether that is a button, or nothing if this machine was too busy for a double tap.
    pub(super) async fn tap_twice(&self, selector: &str) -> Result<Option<bool>> {
        let element = self.find(selector).await?;
        let place = "arguments[0].scrollIntoView({ block: 'center' }); const box = arguments[0].getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2];";
        let place = self.client.execute(place, vec![serde_json::to_value(&element)?]).await?;
        let (x, y): (f64, f64) = serde_json::from_value(place)?;
        tokio::time::sleep(THUMB).await;
        let pause = |duration| PointerAction::Pause { duration: Duration::from_millis(duration) };
        let press = || {
            [
                PointerAction::Down { button: MOUSE_BUTTON_LEFT },
                PointerAction::Up { button: MOUSE_BUTTON_LEFT },
            ]
        };
        let mut taps =
            MouseActions::new("finger".into()).then(PointerAction::MoveTo { duration: None, x, y });
        for action in press().into_iter().chain([pause(150)]).chain(press()) {
            taps = taps.then(action);
        }
        let note = "if (!window.taps) root.addEventListener('click', () => taps.push(Date.now()), true); window.taps = []; return null;";
        self.run(note, vec![]).await?;
        self.client.perform_actions(taps).await?;
        let under = self
            .run(
                "return !!root.elementFromPoint(arguments[0], arguments[1])?.closest('button');",
                vec![json!(x), json!(y)],
            )
            .await?;
        tokio::time::sleep(THUMB).await;
        let took = self.run("return taps.length === 2 ? taps[1] - taps[0] : 0;", vec![]).await?;
        Ok((took.as_u64().unwrap_or_default() < 350).then_some(under == json!(true)))
    }

    /// Opens the launcher.
    pub(super) async fn launch(&self) -> Result<()> {
        self.click("[part=launcher]").await
    }

    pub(super) async fn text(&self, element: &Element) -> Result<String> {
        Ok(element.text().await?)
    }

    pub(super) async fn attribute(&self, element: &Element, name: &str) -> Result<String> {
        Ok(element.attr(name).await?.unwrap_or_default())
    }

    pub(super) async fn count(&self, selector: &str) -> Result<u64> {
        let count = self
            .run("return root ? root.querySelectorAll(arguments[0]).length : 0;", vec![json!(selector)])
            .await?;
        Ok(count.as_u64().unwrap_or_default())
    }

    /// Lets this browser hear its keyboard.
    pub(super) async fn turn_to_keyboard(&self) -> Result<()> {
        self.keyboard.as_ref().ok_or("no keyboard")?.turn_to(&self.client.title().await?)
    }

    /// Presses keys as a hand does, by X's names for them; needs a browser at a keyboard.
    pub(super) async fn strike(&self, keys: &[&str]) -> Result<()> {
        self.keyboard.as_ref().ok_or("no keyboard")?.press(keys)
    }

    /// Presses a key with the code that the browser would report for it.
    pub(super) async fn key(&self, key: &str, code: u32) -> Result<()> {
        if code == 13 {
            self.find("[part=input]").await?.send_keys(&char::from(Key::Enter).to_string()).await?;
        } else if self.engine == Engine::Chromium {
            let press = json!({ "type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code });
            self.client.issue_cmd(DevTools("Input.dispatchKeyEvent", press)).await?;
        } else {
            let press = "root.querySelector('textarea').dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], keyCode: arguments[1], which: arguments[1], bubbles: true, composed: true, cancelable: true })); return null;";
            self.run(press, vec![json!(key), json!(code)]).await?;
        }
        Ok(())
    }

    /// Waits until everything that is ever fetched has been.
    pub(super) async fn until_loaded(&self) -> Result<()> {
        let waited = tokio::time::Instant::now();
        while !self.fetched().await?.iter().any(|name| name.contains("drawings")) {
            if waited.elapsed() > PATIENCE {
                return Err("the drawings never came".into());
            }
            tokio::time::sleep(GLANCE).await;
        }
        tokio::time::sleep(GLANCE * 4).await;
        Ok(())
    }

    /// Names of what the page has fetched.
    pub(super) async fn fetched(&self) -> Result<Vec<String>> {
        let script =
            "return performance.getEntriesByType('resource').map((entry) => entry.name.split('/').pop());";
        Ok(serde_json::from_value(self.client.execute(script, vec![]).await?)?)
    }

    /// What violated the policy or was thrown into the page.
    pub(super) async fn complaints(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.client.execute("return window.complaints;", vec![]).await?)?)
    }

    /// Keeps the detail of events of this name, for [`Self::heard`].
    pub(super) async fn listen(&self, event: &str) -> Result<()> {
        let script = "window.heard = {}; addEventListener(arguments[0], (e) => heard[arguments[0]] = e.detail); return null;";
        let script = script.replace("heard[arguments[0]]", &format!("heard['{event}']"));
        self.client.execute(&script, vec![json!(event)]).await?;
        Ok(())
    }

    pub(super) async fn heard(&self, event: &str) -> Result<Value> {
        let waited = tokio::time::Instant::now();
        loop {
            let detail =
                self.client.execute("return window.heard[arguments[0]] ?? null;", vec![json!(event)]).await?;
            if !detail.is_null() {
                return Ok(detail);
            }
            if waited.elapsed() > PATIENCE {
                return Err(format!("the page never heard {event}").into());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }
}
