//! One browser window and the person at it. What one does waits until it can be done, what one looks for may take a moment to
//! come: every wait is for a condition, and has an end.

use super::console::Entry;
use super::{Setup, driver};
use crate::support::Picture;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use url::{ParseError, Url};

/// What has not come by then will not come. Long, because several journeys share few cores.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

/// Copies are the same window.
#[derive(Clone)]
pub struct Window(Arc<Inner>);

struct Inner {
    /// Whose it is: for messages of failing tests.
    name: &'static str,
    site: String,
    client: Client,
    /// Its profile, and the files somebody chooses.
    folder: tempfile::TempDir,
    /// Parts of what its console may say.
    expected: Mutex<Vec<String>>,
}

impl Window {
    pub(super) async fn open(name: &'static str, site: &str, driver: &str, setup: Setup) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut arguments: Vec<String> = [
            "--headless=new",
            // Chromium refuses its sandbox to root, and the suite may run as root in a container.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.push(format!("--user-data-dir={}", folder.path().join("profile").display()));
        arguments.push("--window-size=1280,900".to_owned());
        arguments.push(format!("--accept-lang={}", setup.languages));
        let mut preferences = json!({});
        if !setup.script {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let mut options = json!({ "binary": driver::chromium(), "args": arguments, "prefs": preferences });
        if setup.phone {
            let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true, "mobile": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": options,
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it was written as an object") };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client =
            builder.capabilities(capabilities).connect(driver).await.unwrap_or_else(|error| panic!("no Chromium for {name}: {error}"));
        Window(Arc::new(Inner { name, site: site.to_owned(), client, folder, expected: Mutex::default() }))
    }

    /// Answers with this status are part of the story: a form with something wrong in it, a page that is not there.
    pub fn expect_status(&self, status: u16) {
        self.expect(&format!("a status of {status}"));
    }

    fn expect(&self, message: &str) {
        self.0.expected.lock().expect("not poisoned").push(message.to_owned());
    }

    // ---- going somewhere

    /// Types an address of the site into the address bar.
    pub async fn visit(&self, path: impl AsRef<str>) {
        let path = path.as_ref();
        self.0.client.goto(&format!("{}{path}", self.0.site)).await.unwrap_or_else(|error| panic!("{}: {path}: {error}", self.0.name));
    }

    pub async fn reload(&self) {
        self.0.client.refresh().await.expect("the page is reloaded");
    }

    pub async fn back(&self) {
        self.0.client.back().await.expect("the browser goes back");
    }

    /// Waits until the window is at this address of the site and its page is there.
    pub async fn at(&self, path: impl AsRef<str>) {
        let path = path.as_ref();
        let script = "return document.readyState === 'complete' && location.pathname + location.search === arguments[0]";
        self.until_with(&format!("at {path}"), script, vec![json!(path)]).await;
    }

    pub async fn path(&self) -> String {
        self.text_of("location.pathname + location.search").await
    }

    /// Stays the same until a page is loaded in full: what htmx swaps does not change it.
    pub async fn born(&self) -> f64 {
        self.eval("return performance.timeOrigin").await.as_f64().expect("a time")
    }

    // ---- doing something

    /// A real click with the mouse, once the element is there, can be seen and is not disabled.
    pub async fn click(&self, css: &str) {
        self.wait(&format!("{css} can be clicked"), async || {
            let element = self.find_usable(css).await?;
            let clicked = element.click().await;
            if clicked.as_ref().is_err_and(is_under_something) {
                // Under a bar that stays in place: a person scrolls on.
                let middle = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
                self.0.client.execute(middle, vec![json!(element)]).await.map_err(why)?;
            }
            clicked.map_err(why)
        })
        .await;
    }

    /// Types into a field what it is to hold afterwards.
    pub async fn fill(&self, css: &str, text: &str) {
        self.wait(&format!("{css} can be typed into"), async || {
            let element = self.find_usable(css).await?;
            element.clear().await.map_err(why)?;
            element.send_keys(text).await.map_err(why)
        })
        .await;
    }

    /// The same from the clipboard: for long texts.
    pub async fn paste(&self, css: &str, text: &str) {
        self.fill(css, "").await;
        self.click(css).await;
        self.devtools("Input.insertText", json!({ "text": text })).await;
    }

    /// Chooses files in a file field, as the dialog of the system would.
    pub async fn choose(&self, css: &str, pictures: &[Picture]) {
        let mut paths = Vec::new();
        for picture in pictures {
            let path = self.0.folder.path().join(&picture.name);
            std::fs::write(&path, &picture.bytes).expect("a file to choose");
            paths.push(path.display().to_string());
        }
        let paths = paths.join("\n");
        // A file field may be invisible under a drop area.
        self.wait(&format!("files can be chosen in {css}"), async || {
            let element = self.0.client.find(fantoccini::Locator::Css(css)).await.map_err(why)?;
            element.send_keys(&paths).await.map_err(why)
        })
        .await;
    }

    /// Presses a key and lets it go, wherever the focus is.
    pub async fn press(&self, key: Key) {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.0.client.perform_actions(keys).await.expect("a key is pressed");
    }

    /// Scrolls until this stands at the top.
    pub async fn scroll_to(&self, css: &str) {
        self.see(css).await;
        self.eval_with("document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant' })", vec![json!(css)]).await;
    }

    // ---- looking

    /// Waits until at least one such element can be seen.
    pub async fn see(&self, css: &str) {
        self.wait(&format!("{css} is seen"), async || self.find_usable(css).await).await;
    }

    /// Waits until no such element can be seen.
    pub async fn gone(&self, css: &str) {
        let script = "return ![...document.querySelectorAll(arguments[0])].some((element) => element.checkVisibility())";
        self.until_with(&format!("{css} is gone"), script, vec![json!(css)]).await;
    }

    /// Waits until there are exactly so many, seen or not.
    pub async fn count(&self, css: &str, count: usize) {
        let script = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
        self.until_with(&format!("{count} of {css}"), script, vec![json!(css), json!(count)]).await;
    }

    /// Waits until such an element can be seen and says this, among other things.
    pub async fn reads(&self, css: &str, words: impl AsRef<str>) {
        let words = words.as_ref();
        let script = "return [...document.querySelectorAll(arguments[0])].some((element) => element.checkVisibility() && \
                      element.textContent.replace(/\\s+/g, ' ').includes(arguments[1]))";
        self.until_with(&format!("{css} says {words:?}"), script, vec![json!(css), json!(words)]).await;
    }

    /// Waits until every such picture has arrived, and there is at least one.
    pub async fn drawn(&self, css: &str) {
        let script = "const all = [...document.querySelectorAll(arguments[0])]; \
                      return all.length > 0 && all.every((picture) => picture.complete && picture.naturalWidth > 0)";
        self.until_with(&format!("{css} is drawn"), script, vec![json!(css)]).await;
    }

    /// Waits until the focus is on such an element.
    pub async fn focused(&self, css: &str) {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        self.until_with(&format!("the focus is on {css}"), script, vec![json!(css)]).await;
    }

    /// What the first such element says now, white space folded.
    pub async fn text(&self, css: &str) -> String {
        self.texts(css).await.into_iter().next().unwrap_or_else(|| panic!("{}: there is no {css}", self.0.name))
    }

    pub async fn texts(&self, css: &str) -> Vec<String> {
        self.each(css, "element.textContent.replace(/\\s+/g, ' ').trim()").await
    }

    pub async fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.each(css, &format!("element.getAttribute({})", json!(name))).await
    }

    pub async fn value(&self, css: &str) -> String {
        self.each(css, "element.value").await.into_iter().next().unwrap_or_else(|| panic!("{}: there is no {css}", self.0.name))
    }

    async fn each(&self, css: &str, expression: &str) -> Vec<String> {
        let script = format!("return [...document.querySelectorAll(arguments[0])].map((element) => {expression})");
        let found = self.eval_with(&script, vec![json!(css)]).await;
        serde_json::from_value(found).unwrap_or_else(|error| panic!("{}: {css}: {error}", self.0.name))
    }

    /// Whether this is so right now.
    pub async fn is(&self, expression: &str) -> bool {
        self.eval(&format!("return Boolean({expression})")).await == true
    }

    /// An expression whose value is a text.
    pub async fn text_of(&self, expression: &str) -> String {
        let value = self.eval(&format!("return {expression}")).await;
        value.as_str().unwrap_or_else(|| panic!("{}: {expression} is {value}", self.0.name)).to_owned()
    }

    /// Waits until this expression is true.
    pub async fn until(&self, what: &str, expression: &str) {
        self.until_with(what, &format!("return Boolean({expression})"), Vec::new()).await;
    }

    async fn until_with(&self, what: &str, script: &str, arguments: Vec<Value>) {
        self.wait(what, async || match self.0.client.execute(script, arguments.clone()).await {
            Ok(Value::Bool(true)) => Ok(()),
            Ok(_) => Err("not yet".to_owned()),
            Err(error) => Err(why(error)),
        })
        .await;
    }

    pub async fn eval(&self, script: &str) -> Value {
        self.eval_with(script, Vec::new()).await
    }

    async fn eval_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.0.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{}: {script}: {error}", self.0.name))
    }

    /// A script that answers later, through its last argument.
    pub async fn eval_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.0.client.execute_async(script, arguments).await.unwrap_or_else(|error| panic!("{}: {error}", self.0.name))
    }

    // ---- the browser itself

    pub async fn set_cookie(&self, name: &str, value: &str) {
        self.devtools("Network.setCookie", json!({ "url": self.0.site, "name": name, "value": value, "httpOnly": true })).await;
    }

    /// A line so slow: what an answer takes to begin, and how fast bytes leave.
    pub async fn slow_line(&self, latency: Duration, bytes_per_second: u32) {
        let speed = f64::from(bytes_per_second);
        let conditions =
            json!({ "offline": false, "latency": latency.as_millis() as u64, "download_throughput": speed, "upload_throughput": speed });
        self.issue("chromium/network_conditions", Method::POST, json!({ "network_conditions": conditions })).await;
    }

    /// No line at all, until [`Window::fast_line`].
    pub async fn no_line(&self) {
        self.expect("net::ERR_INTERNET_DISCONNECTED");
        self.expect("htmx:error: Failed to fetch");
        let conditions = json!({ "offline": true, "latency": 0, "download_throughput": 0, "upload_throughput": 0 });
        self.issue("chromium/network_conditions", Method::POST, json!({ "network_conditions": conditions })).await;
    }

    pub async fn fast_line(&self) {
        self.issue("chromium/network_conditions", Method::DELETE, Value::Null).await;
    }

    /// The system's light.
    pub async fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.issue("goog/cdp/execute", Method::POST, json!({ "cmd": method, "params": parameters })).await
    }

    async fn issue(&self, path: &'static str, method: Method, body: Value) -> Value {
        let what = format!("{path} {body}");
        let command = Command { path, method, body };
        self.0.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{}: {what}: {error}", self.0.name))
    }

    // ---- at the end

    /// What the console holds that it should not.
    pub(super) async fn complaints(&self) -> Vec<String> {
        let expected = self.0.expected.lock().expect("not poisoned").clone();
        let log = self.0.client.issue_cmd(Command { path: "se/log", method: Method::POST, body: json!({ "type": "browser" }) }).await;
        let log = match log {
            Ok(log) => log,
            Err(error) => return vec![format!("{}: the console cannot be read: {error}", self.0.name)],
        };
        let entries: Vec<Entry> = serde_json::from_value(log).expect("a log");
        let complaints = entries.into_iter().filter(|entry| entry.is_complaint(&expected));
        complaints.map(|entry| format!("{}: {entry}", self.0.name)).collect()
    }

    /// How the window looks, for whoever has to find out why a journey failed.
    pub(super) async fn keep_picture(&self) {
        let journey = std::thread::current().name().unwrap_or("journey").replace("::", "-");
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{journey}-{}.png", self.0.name));
        let address = self.0.client.current_url().await.map_or_else(|error| error.to_string(), |url| url.to_string());
        match self.0.client.screenshot().await {
            Ok(picture) if std::fs::write(&file, &picture).is_ok() => eprintln!("{} was at {address}: {}", self.0.name, file.display()),
            _ => eprintln!("{} was at {address}", self.0.name),
        }
    }

    pub(super) async fn close(&self) {
        // A browser that is gone already has been complained about.
        let _ = self.0.client.clone().close().await;
    }

    // ---- underneath

    /// The first that can be seen and used.
    async fn find_usable(&self, css: &str) -> Result<Element, String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].find((element) => element.checkVisibility() && !element.disabled)";
        let found = self.0.client.execute(script, vec![json!(css)]).await.map_err(why)?;
        let id = found.as_object().and_then(|element| element.values().next()?.as_str()).ok_or("there is none")?;
        Ok(Element::from_element_id(self.0.client.clone(), ElementRef::from(id.to_owned())))
    }

    async fn wait<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Result<T, String>) -> T {
        let began = Instant::now();
        loop {
            match look().await {
                Ok(found) => return found,
                Err(problem) if began.elapsed() > PATIENCE => panic!("{} waited in vain: {what}: {problem}", self.0.name),
                Err(_) => tokio::time::sleep(BETWEEN_LOOKS).await,
            }
        }
    }
}

fn is_under_something(error: &CmdError) -> bool {
    matches!(error, CmdError::Standard(error) if error.error == ErrorStatus::ElementClickIntercepted)
}

/// The first line: the rest is chromedriver's own stack.
fn why(error: CmdError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// What chromedriver understands beyond the standard.
#[derive(Debug)]
struct Command {
    path: &'static str,
    method: Method,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = if self.body.is_null() { None } else { Some(self.body.to_string()) };
        (self.method.clone(), body)
    }
}
