//! The browser somebody uses: what it says of itself, and whether they have signed in with it before.

use crate::clock::Timestamp;
use crate::each;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::seal;
use crate::schema::devices;
use crate::web::{UserId, Visit, cookies};
use actix_web::cookie::Cookie;
use actix_web::http::header;
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// Characters of what a browser calls itself.
const USER_AGENT_LIMIT: usize = 300;

/// Where a request comes from, as sessions and the security log keep it.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub user_agent: String,
    pub address: String,
    /// The random id in this browser's cookie, from an earlier sign-in or made for this one.
    pub id: String,
    /// The session this browser had before: it ends with a new one.
    pub earlier: Option<String>,
}

impl Device {
    pub fn of(visit: &Visit) -> Self {
        let id = cookies::read_signed(&visit.state, visit.request(), cookies::DEVICE);
        Device {
            user_agent: visit.header(header::USER_AGENT).unwrap_or_default().chars().take(USER_AGENT_LIMIT).collect(),
            address: visit.address().to_string(),
            id: id.unwrap_or_else(seal::token),
            earlier: visit.session_id().map(str::to_owned),
        }
    }

    /// The server itself: a command of the operator's, a job.
    pub fn server() -> Self {
        Device::default()
    }

    /// For the browser to keep: it is known by it the next time.
    pub fn cookie(&self, visit: &Visit) -> Cookie<'static> {
        cookies::signed(&visit.state, cookies::DEVICE, self.id.clone(), Some(cookies::year()))
    }

    fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.id.as_bytes()))
    }

    /// Whether this person has signed in with it before.
    pub fn is_known(&self, c: &mut Conn, user: UserId) -> Result<bool> {
        Ok(diesel::select(diesel::dsl::exists(devices::table.find((user, self.hash())))).get_result(c)?)
    }

    /// Remembers it. True when it is new, and not the very first.
    pub fn remember(&self, c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
        let seen = diesel::update(devices::table.find((user, self.hash()))).set(devices::seen_at.eq(now)).execute(c)?;
        if seen > 0 {
            return Ok(false);
        }
        let others: bool = diesel::select(diesel::dsl::exists(devices::table.filter(devices::user_id.eq(user)))).get_result(c)?;
        let row = (devices::user_id.eq(user), devices::device_hash.eq(self.hash()), devices::created_at.eq(now), devices::seen_at.eq(now));
        each!(c, |c| diesel::insert_into(devices::table).values(row).on_conflict_do_nothing().execute(c))?;
        Ok(others)
    }

    /// A cookie lives a year; so does the row behind it.
    pub fn forget_old(c: &mut Conn, now: Timestamp) -> Result<()> {
        diesel::delete(devices::table.filter(devices::seen_at.lt(now - TimeDelta::days(366)))).execute(c)?;
        Ok(())
    }

    /// After a change of the password by somebody who did not know the old one: all are strangers again.
    pub fn forget_all(c: &mut Conn, user: UserId) -> Result<()> {
        diesel::delete(devices::table.filter(devices::user_id.eq(user))).execute(c)?;
        Ok(())
    }
}

/// "Firefox on Windows": browser and system in a few words, as far as the header tells.
pub fn words(user_agent: &str) -> String {
    // Order matters: browsers name those they descend from.
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Whale", "Whale"),
        ("KAKAOTALK", "KakaoTalk"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name);
    match (find(&browser), find(&system)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) if user_agent.is_empty() => "–".to_owned(),
        (None, None) => user_agent.chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn browsers_are_told_apart_from_those_they_descend_from() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(words(chrome), "Chrome · Windows");
        assert_eq!(words(&format!("{chrome} Edg/142.0")), "Edge · Windows");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(words(iphone), "Safari · iPhone");
        assert_eq!(words("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"), "Firefox · Linux");
        assert_eq!(words(""), "–");
        assert_eq!(words("a test"), "a test");
    }
}
