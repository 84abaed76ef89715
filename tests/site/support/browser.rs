//! Somebody at a browser: an HTTP client with a cookie jar that says what browsers say (`Sec-Fetch-Site`, `Referer`), follows no
//! redirect by itself, and can speak as htmx does.

use super::pictures::Picture;
use super::words;
use picstargram::urls;
use reqwest::header::{self, HeaderMap};
use reqwest::{Method, StatusCode, multipart};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

static CLIENT: LazyLock<reqwest::Client> =
    LazyLock::new(|| reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("an HTTP client"));

/// Copies of one browser (see [`Browser::htmx`]) share their cookies, as tabs do.
#[derive(Clone)]
pub struct Browser {
    site: String,
    jar: Arc<Mutex<Jar>>,
    /// The page that is open: what a form or a fragment request comes from.
    open: Arc<Mutex<Option<String>>>,
    headers: Vec<(String, Option<String>)>,
    failures: Arc<Mutex<Vec<String>>>,
}

#[derive(Default)]
struct Jar(BTreeMap<String, String>);

impl Jar {
    /// `Max-Age=0` deletes; other attributes are for tests to look at, not for this jar.
    fn keep(&mut self, set_cookie: &str) {
        let (pair, attributes) = set_cookie.split_once(';').unwrap_or((set_cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name and a value");
        if attributes.split(';').any(|attribute| attribute.trim() == "Max-Age=0") {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), value.to_owned());
        }
    }

    fn header(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
}

impl Browser {
    pub fn new(site: &str, failures: Arc<Mutex<Vec<String>>>) -> Self {
        Browser { site: site.to_owned(), jar: Arc::default(), open: Arc::default(), headers: Vec::new(), failures }
            .with("Sec-Fetch-Site", "same-origin")
            .with("Accept", "text/html,application/xhtml+xml")
            .with("User-Agent", "a test")
    }

    /// The same browser, sending this header from now on.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.without(name);
        other.headers.push((name.to_owned(), Some(value.to_owned())));
        other
    }

    /// The same browser, sending this header no more.
    pub fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        other
    }

    /// As htmx asks for a piece of the page that is open.
    pub fn htmx(&self) -> Self {
        let open = self.open.lock().expect("not poisoned").clone().unwrap_or_else(|| self.site.clone());
        self.with("HX-Request", "true").with("HX-Request-Type", "partial").with("HX-Current-URL", &open)
    }

    /// As a script asks.
    pub fn json(&self) -> Self {
        self.with("Accept", "application/json")
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().expect("not poisoned").0.get(name).cloned()
    }

    /// What it would send with a request, if anything.
    pub fn cookie_header(&self) -> Option<String> {
        Some(self.jar.lock().expect("not poisoned").header()).filter(|cookies| !cookies.is_empty())
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar.lock().expect("not poisoned").0.insert(name.to_owned(), value.to_owned());
    }

    /// Opens an address of the site.
    pub async fn visit(&self, path: impl AsRef<str>) -> Page {
        self.send(Method::GET, path.as_ref(), |request| request).await
    }

    /// Sends a form as a browser without script does.
    pub async fn post(&self, path: impl AsRef<str>, fields: &[(&str, &str)]) -> Page {
        self.send(Method::POST, path.as_ref(), |request| request.form(fields)).await
    }

    /// Sends a form with files.
    pub async fn upload(&self, path: impl AsRef<str>, upload: Upload) -> Page {
        self.send(Method::POST, path.as_ref(), |request| request.multipart(upload.into_form())).await
    }

    /// The same to a site that may die meanwhile: `None` when no whole answer came back.
    pub async fn try_upload(&self, path: impl AsRef<str>, upload: Upload) -> Option<Page> {
        self.try_send(Method::POST, path.as_ref(), |request| request.multipart(upload.into_form())).await.ok()
    }

    pub async fn try_post(&self, path: impl AsRef<str>, fields: &[(&str, &str)]) -> Option<Page> {
        self.try_send(Method::POST, path.as_ref(), |request| request.form(fields)).await.ok()
    }

    pub async fn send(&self, method: Method, path: &str, fill: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder) -> Page {
        let what = format!("{method} {path}");
        self.try_send(method, path, fill).await.unwrap_or_else(|error| panic!("{what}: {error:?}"))
    }

    async fn try_send(
        &self,
        method: Method,
        path: &str,
        fill: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> reqwest::Result<Page> {
        let url = if path.starts_with("http://") { path.to_owned() } else { format!("{}{path}", self.site) };
        let mut request = fill(CLIENT.request(method.clone(), &url));
        for (name, value) in &self.headers {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let cookies = self.jar.lock().expect("not poisoned").header();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(open) = &*self.open.lock().expect("not poisoned") {
            request = request.header(header::REFERER, open);
        }
        let what = format!("{method} {path}");
        let answer = request.send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            self.jar.lock().expect("not poisoned").keep(cookie.to_str().expect("cookies are text"));
        }
        let body = answer.bytes().await?;
        if status.is_server_error() {
            self.failures.lock().expect("not poisoned").push(format!("{what}: {status}"));
        }
        let is_page = self.headers.iter().all(|(name, _)| name != "HX-Request");
        if method == Method::GET && status.is_success() && is_page {
            *self.open.lock().expect("not poisoned") = Some(url);
        }
        Ok(Page { what, status, headers, body: body.to_vec() })
    }

    /// Goes where an answer leads.
    pub async fn follow(&self, page: &Page) -> Page {
        self.visit(page.leads_to()).await
    }

    /// Whether the site knows who this is.
    pub async fn is_signed_in(&self) -> bool {
        match self.visit(urls::SETTINGS_PROFILE).await.status {
            StatusCode::OK => true,
            StatusCode::SEE_OTHER => false,
            other => panic!("the settings answer {other}"),
        }
    }
}

/// A form with files, in the order they are added.
#[derive(Clone, Default)]
pub struct Upload(Vec<Part>);

#[derive(Clone)]
enum Part {
    Text(String, String),
    File(String, Picture),
}

impl Upload {
    pub fn text(mut self, name: &str, value: &str) -> Self {
        self.0.push(Part::Text(name.to_owned(), value.to_owned()));
        self
    }

    pub fn file(mut self, name: &str, picture: &Picture) -> Self {
        self.0.push(Part::File(name.to_owned(), picture.clone()));
        self
    }

    /// What a browser sends for a file field where nothing was chosen.
    pub fn nothing(self, name: &str) -> Self {
        self.file(name, &Picture::new("", "application/octet-stream", Vec::new()))
    }

    fn into_form(self) -> multipart::Form {
        self.0.into_iter().fold(multipart::Form::new(), |form, part| match part {
            Part::Text(name, value) => form.text(name, value),
            Part::File(name, picture) => {
                let part = multipart::Part::bytes(picture.bytes).file_name(picture.name).mime_str(picture.media_type);
                form.part(name, part.expect("a media type"))
            }
        })
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    /// The request, for messages of failing tests.
    what: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Page {
    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.what, self.excerpt());
        self
    }

    #[track_caller]
    pub fn assert_ok(self) -> Self {
        self.assert_status(200)
    }

    #[track_caller]
    pub fn assert_not_found(self) -> Self {
        self.assert_status(404)
    }

    /// The form again, with something wrong in it.
    #[track_caller]
    pub fn assert_refused(self) -> Self {
        self.assert_status(422)
    }

    #[track_caller]
    pub fn assert_redirect(self, to: impl AsRef<str>) -> Self {
        assert!(self.status.is_redirection(), "{} answered {}\n{}", self.what, self.status, self.excerpt());
        assert_eq!(self.leads_to(), to.as_ref(), "{}", self.what);
        self
    }

    /// Led to the sign-in, and from there to `next`.
    #[track_caller]
    pub fn assert_sign_in(self, next: &str) -> Self {
        self.assert_redirect(urls::sign_in_then(next))
    }

    #[track_caller]
    pub fn leads_to(&self) -> String {
        let to = self.header("location").or_else(|| self.header("hx-location"));
        to.unwrap_or_else(|| panic!("{} leads nowhere: {}\n{}", self.what, self.status, self.excerpt())).to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("headers are text"))
    }

    /// The `Set-Cookie` line of this name.
    pub fn cookie_line(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.into_iter().find(|line| line.starts_with(&format!("{name}=")))
    }

    pub fn html(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap_or_else(|_| panic!("{} is not text", self.what))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{} is not JSON: {error}\n{}", self.what, self.excerpt()))
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.html())
    }

    pub fn count(&self, selector: &str) -> usize {
        self.document().select(&parse(selector)).count()
    }

    pub fn has(&self, selector: &str) -> bool {
        self.count(selector) > 0
    }

    /// The words of the first element that matches, white space folded.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        match self.texts(selector).into_iter().next() {
            Some(text) => text,
            None => panic!("{} has no {selector}\n{}", self.what, self.excerpt()),
        }
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.document().select(&parse(selector)).map(|element| folded(element)).collect()
    }

    #[track_caller]
    pub fn attr(&self, selector: &str, name: &str) -> String {
        match self.attrs(selector, name).into_iter().next() {
            Some(value) => value,
            None => panic!("{} has no {selector} with {name}\n{}", self.what, self.excerpt()),
        }
    }

    pub fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        let document = self.document();
        document.select(&parse(selector)).filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
    }

    /// What a field of the form holds.
    #[track_caller]
    pub fn value(&self, field: &str) -> String {
        if self.has(&format!("textarea[name={field}]")) {
            return self.text(&format!("textarea[name={field}]"));
        }
        self.attr(&format!("input[name={field}]"), "value")
    }

    /// The problems at their fields: what stands in `#{field}-error`, without the ending.
    pub fn errors(&self) -> BTreeMap<String, String> {
        let (document, selector) = (self.document(), parse(".field-error[id$=-error]"));
        let field = |element: ElementRef<'_>| element.value().id().unwrap_or_default().trim_end_matches("-error").to_owned();
        document.select(&selector).map(|element| (field(element), folded(element))).collect()
    }

    /// The problems at the photos, in their order.
    pub fn photo_errors(&self) -> Vec<String> {
        self.texts("#photos-error .field-error")
    }

    /// Whether this message, without values, stands anywhere on the page.
    pub fn says(&self, key: &'static str) -> bool {
        let words = words(key, &[]);
        let document = self.document();
        let text: String = document.root_element().text().collect();
        text.contains(&words)
    }

    fn excerpt(&self) -> String {
        String::from_utf8_lossy(&self.body).chars().take(3_000).collect()
    }
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn folded(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
