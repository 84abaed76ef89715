//! Providers on loopback: a real one (npm `oidc-provider` in [`Provider`]'s shapes), and one that says whatever a test makes it say
//! ([`Liar`]), which no conforming provider would.

mod liar;

use super::browser::Browser;
use super::pictures::Picture;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, LazyLock};

pub use liar::{Liar, Seal};

/// What every one of them knows this site by.
pub const CLIENT_ID: &str = "picstargram";
pub const CLIENT_SECRET: &str = "a secret only the tests know";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Google,
    Kakao,
    Plain,
}

/// The folder with the provider in it, installed when it is not there. Without it nothing here can be shown to work, so that is a
/// failure.
static MODULES: LazyLock<String> = LazyLock::new(|| {
    let root = env!("CARGO_MANIFEST_DIR");
    let installed = Command::new(format!("{root}/bin/lib/oidc-provider")).status();
    assert!(installed.is_ok_and(|status| status.success()), "bin/lib/oidc-provider needs node and npm");
    format!("{root}/target/npm/node_modules")
});

/// A real provider in a process of its own; it ends with the test.
pub struct Provider {
    pub url: String,
    child: Child,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    pub async fn start(shape: Shape) -> Self {
        let shape = format!("{shape:?}").to_lowercase();
        let start = move || {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/site/support/oidc/provider.mjs");
            let mut command = Command::new("node");
            command.args([script, &*shape, &**MODULES]).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn().expect("node starts");
            let mut port = String::new();
            let output = child.stdout.take().expect("piped");
            BufReader::new(output).read_line(&mut port).expect("the provider says its port");
            assert!(!port.is_empty(), "the provider did not start");
            Provider { url: format!("http://127.0.0.1:{}", port.trim()), child }
        };
        tokio::task::spawn_blocking(start).await.expect("the provider is waited for")
    }

    async fn control(&self, order: Value) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let answer = client.post(format!("{}/control", self.url)).json(&order).send().await.expect("the provider is there");
        answer.json().await.expect("the provider answers")
    }

    /// Somebody who has an account over there: what tokens say of them, and what the API does.
    pub async fn knows(&self, id: &str, claims: Value, api: Value) {
        self.control(json!({ "accounts": { id: { "claims": claims, "api": api } } })).await;
    }

    /// What lies at `/photo.jpg`.
    pub async fn shows(&self, picture: &Picture) -> String {
        self.control(json!({ "photo": STANDARD.encode(&picture.bytes) })).await;
        format!("{}/photo.jpg", self.url)
    }

    pub async fn is_down(&self, down: bool) {
        self.control(json!({ "trouble": { "down": down } })).await;
    }

    /// Milliseconds before each answer.
    pub async fn is_slow(&self, millis: u32) {
        self.control(json!({ "trouble": { "slow": millis } })).await;
    }

    /// Signs with another key from now on.
    pub async fn rotates(&self) {
        self.control(json!({ "rotate": true })).await;
    }

    /// How often somebody asked for this path.
    pub async fn asked(&self, path: &str) -> i64 {
        self.control(json!({})).await[path].as_i64().unwrap_or_default()
    }

    /// Goes where the site has sent somebody, agrees as this account, and returns where the provider sends them back to.
    pub async fn agree(&self, to: &str, account: &str) -> String {
        self.answer(to, &[("answer", "yes"), ("account", account)]).await
    }

    /// The same without some of what the site asks for.
    pub async fn agree_without(&self, to: &str, account: &str, scopes: &[&str]) -> String {
        let mut fields = vec![("answer", "yes"), ("account", account)];
        fields.extend(scopes.iter().map(|scope| ("deny", *scope)));
        self.answer(to, &fields).await
    }

    pub async fn refuse(&self, to: &str) -> String {
        self.answer(to, &[("answer", "no")]).await
    }

    async fn answer(&self, to: &str, fields: &[(&str, &str)]) -> String {
        // A browser window of its own: nobody is signed in over there yet.
        let window = Browser::new(&self.url, Arc::default());
        let asks = window.visit(to).await.leads_to();
        window.visit(&asks).await.assert_ok();
        let mut leads_to = window.post(&asks, fields).await.leads_to();
        for _ in 0..5 {
            if leads_to.starts_with("http") && !leads_to.starts_with(&self.url) {
                return leads_to;
            }
            leads_to = window.visit(&leads_to).await.leads_to();
        }
        panic!("the provider leads nowhere: {leads_to}");
    }
}
