//! Signed cookies. The signature only keeps strangers from trying ids; what counts is the row behind the id.

use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, CookieJar, Key, SameSite};
use sha2::{Digest, Sha512};

pub const SESSION: &str = "session";
pub const FLASH: &str = "flash";
/// A random id by which a browser is known that somebody signed in with before.
pub const DEVICE: &str = "device";
/// What is under way in this browser between two requests (see `accounts::challenge`).
pub const CHALLENGE: &str = "challenge";
/// Which application somebody made in this browser (see `accounts::standing`).
pub const APPLICATION: &str = "application";
pub const LANGUAGE: &str = "language";
pub const APPEARANCE: &str = "appearance";
/// Set by app.js: the browser's time zone, an IANA name.
pub const TIME_ZONE: &str = "tz";

/// As long as a session lives without being used.
pub const SESSION_DAYS: i64 = 30;

fn key(state: &AppState) -> Key {
    let digest = Sha512::new_with_prefix(b"picstargram cookies\0").chain_update(state.config.secret_key.as_bytes()).finalize();
    Key::from(&digest)
}

pub fn signed(state: &AppState, name: &'static str, value: String, lifetime: Option<Duration>) -> Cookie<'static> {
    let mut cookie = plain(state, name, value, lifetime);
    cookie.set_http_only(true);
    let mut jar = CookieJar::new();
    jar.signed_mut(&key(state)).add(cookie.clone());
    if let Some(signed) = jar.get(name) {
        cookie.set_value(signed.value().to_owned());
    }
    cookie
}

/// A cookie that holds nothing worth signing: a choice of language or of appearance.
pub fn plain(state: &AppState, name: &'static str, value: String, lifetime: Option<Duration>) -> Cookie<'static> {
    let mut cookie = Cookie::build(name, value).path("/").same_site(SameSite::Lax).secure(state.config.server.is_https()).finish();
    if let Some(lifetime) = lifetime {
        cookie.set_max_age(lifetime);
    }
    cookie
}

/// The value of a signed cookie, if its signature is ours (compared in constant time by the cookie crate).
pub fn read_signed(state: &AppState, request: &HttpRequest, name: &str) -> Option<String> {
    let cookie = request.cookie(name)?;
    let mut jar = CookieJar::new();
    jar.add_original(cookie);
    jar.signed(&key(state)).get(name).map(|cookie| cookie.value().to_owned())
}

pub fn removal(state: &AppState, name: &'static str) -> Cookie<'static> {
    let mut cookie = plain(state, name, String::new(), Some(Duration::ZERO));
    cookie.set_http_only(true);
    cookie
}

pub fn year() -> Duration {
    Duration::days(365)
}
