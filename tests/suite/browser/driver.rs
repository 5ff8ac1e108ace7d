//! A Chromium on a phone-sized screen, driven over WebDriver, and what one does with a chat in it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

pub(super) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long anything may take to appear, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(50);

/// A browser window and the driver process behind it.
#[derive(Clone)]
pub(super) struct Browser {
    client: Client,
    driver: Arc<Mutex<Child>>,
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

impl Browser {
    pub(super) async fn open(address: &str) -> Result<Self> {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().map_err(|error| {
                format!("chromedriver does not start ({error}): run `make test`, which installs it")
            })?;
        let port = port(&mut driver)?;
        let driver = Arc::new(Mutex::new(driver));
        let mut capabilities = serde_json::map::Map::new();
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=zh-CN",
        ];
        capabilities.insert("goog:chromeOptions".into(), json!({ "args": arguments }));
        capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://localhost:{port}"))
            .await?;
        let browser = Self { client, driver };
        let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
        browser.client.issue_cmd(DevTools("Emulation.setDeviceMetricsOverride", phone)).await?;
        // Whatever the policy forbids is kept for `complaints`.
        let keep = json!({ "source": "window.complaints=[];addEventListener('securitypolicyviolation',(e)=>complaints.push(e.violatedDirective+' '+e.blockedURI));addEventListener('error',(e)=>complaints.push(e.message));addEventListener('unhandledrejection',(e)=>complaints.push(String(e.reason)));" });
        browser.client.issue_cmd(DevTools("Page.addScriptToEvaluateOnNewDocument", keep)).await?;
        browser.client.goto(address).await?;
        Ok(browser)
    }

    pub(super) async fn close(self) {
        let _ = self.client.close().await;
        if let Ok(mut driver) = self.driver.lock() {
            let _ = driver.kill();
            let _ = driver.wait();
        }
    }

    /// Runs `script` before anything of the next page.
    pub(super) async fn before_page(&self, script: &str) -> Result<()> {
        let script = json!({ "source": script });
        self.client.issue_cmd(DevTools("Page.addScriptToEvaluateOnNewDocument", script)).await?;
        Ok(())
    }

    pub(super) async fn go(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
    }

    pub(super) async fn address(&self) -> Result<String> {
        Ok(self.client.current_url().await?.to_string())
    }

    /// What the page shows outside the widget's shadow.
    pub(super) async fn page_text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText;", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    pub(super) async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Runs `script` with the shadow root as `root`.
    async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let script = format!("const root = document.querySelector('posdoc-chat')?.shadowRoot; {script}");
        Ok(self.client.execute(&script, arguments).await?)
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
        element.click().await?;
        Ok(())
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

    pub(super) async fn typed(&self) -> Result<String> {
        let value = self.run("return root.querySelector('textarea').value;", vec![]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    pub(super) async fn focus_input(&self) -> Result<()> {
        self.click("[part=input]").await
    }

    /// Composes `text` with an input method that was typed `letters`, and commits it.
    pub(super) async fn compose(&self, letters: &str, text: &str) -> Result<()> {
        for end in 1..=letters.len() {
            let part = json!({ "text": &letters[..end], "selectionStart": end, "selectionEnd": end });
            self.client.issue_cmd(DevTools("Input.imeSetComposition", part)).await?;
        }
        self.key("Enter", 229).await?;
        self.client.issue_cmd(DevTools("Input.insertText", json!({ "text": text }))).await?;
        Ok(())
    }

    /// Presses a key with the code that the browser would report for it.
    pub(super) async fn key(&self, key: &str, code: u32) -> Result<()> {
        if code == 13 {
            self.find("[part=input]").await?.send_keys(&char::from(Key::Enter).to_string()).await?;
            return Ok(());
        }
        let press = json!({ "type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code });
        self.client.issue_cmd(DevTools("Input.dispatchKeyEvent", press)).await?;
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
        let script =
            "window.heard = {}; addEventListener(arguments[0], (e) => heard[arguments[0]] = e.detail);";
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

/// The port that the driver chose.
fn port(driver: &mut Child) -> Result<u16> {
    let said = driver.stdout.take().ok_or("the driver has no output")?;
    for line in BufReader::new(said).lines() {
        let line = line?;
        if let Some(rest) = line.split("started successfully on port ").nth(1) {
            return Ok(rest.trim_end_matches('.').parse()?);
        }
    }
    Err("chromedriver did not say its port".into())
}
