//! A provider that signs whatever it is told: tokens for others, tokens of yesterday, tokens with no signature at all.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// How the next token is sealed.
#[derive(Clone, Debug, Default)]
pub enum Seal {
    /// By the key that is published.
    #[default]
    Right,
    /// By a key nobody has published, under the published one's name.
    Stranger,
    /// With the secret we share, which anybody who knows it could do.
    Secret,
    None,
}

#[derive(Default)]
struct Story {
    claims: Value,
    seal: Seal,
    /// How many keys there have been.
    generation: u32,
    asked: HashMap<String, u32>,
}

pub struct Liar {
    pub url: String,
    story: Arc<Mutex<Story>>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Liar {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Liar {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let story = Arc::<Mutex<Story>>::default();
        let (issuer, told) = (url.clone(), story.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (issuer, told) = (issuer.clone(), told.clone());
                // A client that goes away in the middle is no problem of ours.
                tokio::spawn(async move { answer(stream, &issuer, &told).await.ok() });
            }
        });
        Liar { url, story, serving }
    }

    /// What is true of somebody with this subject and address who left for `to` a moment ago.
    pub fn truth(&self, to: &str, subject: &str, email: &str) -> Value {
        let now = chrono::Utc::now().timestamp();
        let nonce = parameter(to, "nonce");
        json!({
            "iss": self.url, "aud": super::CLIENT_ID, "sub": subject, "iat": now, "exp": now + 300, "nonce": nonce,
            "email": email, "email_verified": true,
        })
    }

    /// The next token says this.
    pub fn says(&self, claims: Value, seal: Seal) {
        let mut story = self.story.lock().expect("not poisoned");
        (story.claims, story.seal) = (claims, seal);
    }

    /// Signs with another key from now on, and publishes that one only.
    pub fn rotates(&self) {
        self.story.lock().expect("not poisoned").generation += 1;
    }

    pub fn asked(&self, path: &str) -> u32 {
        self.story.lock().expect("not poisoned").asked.get(path).copied().unwrap_or_default()
    }

    /// Where this provider would send somebody back to.
    pub fn back(&self, to: &str) -> String {
        format!("{}?code=any&state={}", parameter(to, "redirect_uri"), parameter(to, "state"))
    }
}

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> String {
    let url = Url::parse(address).expect("an address");
    url.query_pairs().find(|(key, _)| key == name).unwrap_or_else(|| panic!("no {name} in {address}")).1.into_owned()
}

/// The key of a generation: a seed in the clothes of PKCS #8 (RFC 8410).
fn key(generation: u32, stranger: bool) -> CoreEdDsaPrivateSigningKey {
    let mut der = hex::decode("302e020100300506032b657004220420").expect("hex");
    der.extend([generation as u8 + if stranger { 100 } else { 1 }; 32]);
    let label = "PRIVATE KEY";
    let pem = format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(format!("key {generation}")))).expect("a key")
}

fn token(story: &Story) -> String {
    let kid = format!("key {}", story.generation);
    let header = match story.seal {
        Seal::Right | Seal::Stranger => json!({ "alg": "EdDSA", "kid": kid }),
        Seal::Secret => json!({ "alg": "HS256" }),
        Seal::None => json!({ "alg": "none" }),
    };
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(&header), encode(&story.claims));
    let sign = |stranger| key(story.generation, stranger).sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).expect("a signature");
    let signature = match story.seal {
        Seal::Right => sign(false),
        Seal::Stranger => sign(true),
        Seal::Secret => {
            let mut mac = Hmac::<Sha256>::new_from_slice(super::CLIENT_SECRET.as_bytes()).expect("any key");
            mac.update(message.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Seal::None => Vec::new(),
    };
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

async fn answer(stream: TcpStream, issuer: &str, story: &Mutex<Story>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let path = line.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").to_owned();
    let mut length = 0;
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    stream.read_exact(&mut vec![0; length]).await?;
    let body = {
        let mut story = story.lock().expect("not poisoned");
        *story.asked.entry(path.clone()).or_default() += 1;
        match path.as_str() {
            "/.well-known/openid-configuration" => json!({
                "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"), "token_endpoint": format!("{issuer}/token"),
                "jwks_uri": format!("{issuer}/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
                // It would like to be believed whatever it signs with.
                "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
            }),
            "/keys" => json!({ "keys": [key(story.generation, false).as_verification_key()] }),
            "/token" => json!({ "access_token": "any", "token_type": "Bearer", "expires_in": 300, "id_token": token(&story) }),
            _ => json!({}),
        }
    };
    let body = body.to_string();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).await
}
