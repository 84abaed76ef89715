//! The way in. Whoever has proven who they are (a password, a provider, a link from a mail) comes through here: a banned account
//! stays out, a second factor is asked for, then a session begins, is written into the security log, and its owner hears of a
//! browser they never used before.

use super::challenge::Challenge;
use super::device::{self, Device};
use super::second_factor::SecondFactor;
use super::security_event::{SecurityEvent, What};
use super::{Session, User};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::platform::seal::Sealer;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Lang;
use crate::web::{Layout, UserId, Visit, cookies, filters, respond};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// The kind of challenge that waits for a code.
pub const SECOND_FACTOR: &str = "second factor";
const SECOND_FACTOR_LIFE: TimeDelta = TimeDelta::minutes(10);

/// By what somebody has proven who they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    Password {
        /// Wrong ones before it.
        refused: u32,
        /// What it was compared with; never written down.
        #[serde(skip)]
        checked: Option<Checked>,
    },
    /// A link from a mail, or one the operator made.
    Reset,
    /// A provider, by the name people know it by.
    Provider(String),
    SignUp,
}

/// The stored password that somebody's was found to be, and the same hashed anew where it was time for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub hash: String,
    pub renewed: Option<String>,
}

/// What waits for the second factor.
#[derive(Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub how: How,
    pub next: Option<String>,
}

/// What the first factor led to.
enum Outcome {
    In {
        session: String,
        kept: bool,
    },
    CodeNeeded {
        challenge: String,
    },
    Banned {
        reason: String,
        until: Option<Timestamp>,
    },
    /// The password is another one since it was compared.
    PasswordChanged,
}

#[derive(Template)]
#[template(path = "accounts/banned.html")]
struct BannedPage {
    layout: Layout,
    reason: String,
    until: Option<Timestamp>,
}

/// Lets somebody in whose first factor is proven, or asks for the second one.
pub async fn enter(visit: &Visit, user: UserId, how: How, next: Option<&str>, flash: Option<Flash>) -> Result<HttpResponse> {
    let waiting = Waiting { how: how.clone(), next: next.map(str::to_owned) };
    through(visit, user, how, next, flash, Some(waiting)).await
}

/// The same once the second factor is proven as well.
pub async fn enter_with_code(visit: &Visit, user: UserId, waiting: Waiting, flash: Option<Flash>) -> Result<HttpResponse> {
    through(visit, user, waiting.how, waiting.next.as_deref(), flash, None).await
}

async fn through(
    visit: &Visit,
    user: UserId,
    how: How,
    next: Option<&str>,
    flash: Option<Flash>,
    ask_code: Option<Waiting>,
) -> Result<HttpResponse> {
    let (now, lang, device, sealer) = (visit.state.now(), visit.lang(), Device::of(visit), visit.state.sealer.clone());
    let known = device.cookie(visit);
    let outcome = visit
        .state
        .db
        .write(move |c| {
            if let How::Password { checked: Some(Checked { hash, renewed }), .. } = &how
                && !User::replace_password_hash(c, user, hash, renewed.as_ref().unwrap_or(hash))?
            {
                return Ok(Outcome::PasswordChanged);
            }
            if let Some((reason, until)) = User::ban(c, user, now)? {
                return Ok(Outcome::Banned { reason, until });
            }
            if let (Some(waiting), true) = (ask_code, SecondFactor::is_on(c, user)?) {
                let data = serde_json::to_string(&waiting).map_err(Error::internal)?;
                let challenge = Challenge::begin(c, SECOND_FACTOR, Some(user), &data, SECOND_FACTOR_LIFE, now)?;
                return Ok(Outcome::CodeNeeded { challenge });
            }
            let kept = stop_deletion(c, user, &device, now)?;
            let session = begin(c, &sealer, user, &how, &device, lang, now)?;
            Ok(Outcome::In { session, kept })
        })
        .await?;
    let next = next.filter(|path| urls::is_local_path(path));
    match outcome {
        Outcome::In { session, kept } => {
            let flash = if kept { Some(Flash::good("flash-account-kept")) } else { flash };
            let mut response = visit.go(next.unwrap_or(urls::HOME), flash);
            for cookie in [respond::session_cookie(visit, session), known, cookies::removal(&visit.state, cookies::CHALLENGE)] {
                response.add_cookie(&cookie).map_err(Error::internal)?;
            }
            Ok(response)
        }
        Outcome::CodeNeeded { challenge } => {
            let mut response = visit.go(urls::SIGN_IN_CODE, None);
            let life = actix_web::cookie::time::Duration::seconds(SECOND_FACTOR_LIFE.num_seconds());
            let cookie = cookies::signed(&visit.state, cookies::CHALLENGE, challenge, Some(life));
            response.add_cookie(&cookie).map_err(Error::internal)?;
            Ok(response)
        }
        Outcome::PasswordChanged => Ok(visit.go(urls::SIGN_IN, Some(Flash::bad("signin-wrong")))),
        Outcome::Banned { reason, until } => {
            visit.page_with_status(StatusCode::FORBIDDEN, |layout| BannedPage { layout, reason, until }).await
        }
    }
}

/// A session, its line in the log, and a mail when the browser is a stranger.
fn begin(c: &mut Conn, sealer: &Sealer, user: UserId, how: &How, device: &Device, lang: Lang, now: Timestamp) -> Result<String> {
    if let Some(earlier) = &device.earlier {
        Session::end(c, earlier)?;
    }
    Session::delete_expired(c, now)?;
    let session = Session::create(c, user, &device.user_agent, &device.address, now)?;
    let (what, detail) = match how {
        How::SignUp => (What::SignedUp, ""),
        How::Provider(name) => (What::SignedIn, name.as_str()),
        How::Password { .. } | How::Reset => (What::SignedIn, ""),
    };
    if let How::Password { refused: refused @ 1.., .. } = how {
        SecurityEvent::note(c, user, What::Refused, &refused.to_string(), &Device::server(), now)?;
    }
    SecurityEvent::note(c, user, what, detail, device, now)?;
    if device.remember(c, user, now)? && *how != How::Reset {
        let to = Recipient::of(c, user)?.or_in(c, lang)?;
        let kind = Kind::Device { device: device::words(&device.user_agent), address: device.address.clone(), at: now };
        Mail::queue(c, sealer, &to, kind, now)?;
    }
    Ok(session)
}

/// Who comes back in time keeps everything.
fn stop_deletion(c: &mut Conn, user: UserId, device: &Device, now: Timestamp) -> Result<bool> {
    let stopped = User::stop_deletion(c, user)?;
    if stopped {
        SecurityEvent::note(c, user, What::DeletionStopped, "", device, now)?;
    }
    Ok(stopped)
}
