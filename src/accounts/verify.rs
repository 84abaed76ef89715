//! Proving an address with the code that was mailed to it: the one an account has, or the one it is to have.

use super::device::Device;
use super::email_code::{EmailCode, Purpose, Verdict};
use super::reset_link::ResetLink;
use super::security_event::{SecurityEvent, What};
use super::sign_in::wait_message;
use super::user::email_key;
use super::{User, email_problem, sign_in};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::platform::limits::Rule;
use crate::platform::seal::Sealer;
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::{Lang, Message};
use crate::web::{FieldErrors, Layout, UserId, Viewer, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// Codes one person may ask for, beside the minute between two of them: a mailbox is not to be filled by others.
pub const CODES: Rule = Rule { name: "codes", burst: 5, every: Duration::from_secs(600) };

/// Mails of this room to one address, whoever asks: neither its mailbox nor the guesses at its codes grow with the accounts that name it.
const MAILBOX: Rule = Rule { name: "mailbox", burst: 6, every: Duration::from_secs(1_200) };

/// Whether one more mail may go to an address that somebody named. It is not theirs to know: whatever they see is the same.
pub async fn may_write_to(state: &AppState, email: &str) -> bool {
    state.limits.take(&MAILBOX, &email_key(email), state.now()).await.is_ok()
}

/// The page that waits for a mail.
#[derive(Template)]
#[template(path = "accounts/verify.html")]
struct VerifyPage {
    layout: Layout,
    waiting: Waiting,
    errors: FieldErrors,
}

struct Waiting {
    email: String,
    /// To be the address of the account, once it is proven.
    is_new: bool,
    /// When another code may be sent; nothing when none was sent yet.
    again_at: Option<Timestamp>,
    /// Where mails lie, for the operator at this machine.
    folder: Option<PathBuf>,
}

/// What one person waits for; `None` when their address is proven and no other is to be.
fn waiting(c: &mut Conn, viewer: &Viewer) -> Result<Option<Waiting>> {
    if let Some(pending) = EmailCode::pending(c, viewer.id, Purpose::Change)? {
        return Ok(Some(Waiting { email: pending.email, is_new: true, again_at: Some(pending.again_at), folder: None }));
    }
    if viewer.verified || viewer.email.is_empty() {
        return Ok(None);
    }
    let pending = EmailCode::pending(c, viewer.id, Purpose::Verify)?;
    Ok(Some(Waiting { email: viewer.email.clone(), is_new: false, again_at: pending.map(|pending| pending.again_at), folder: None }))
}

/// Sends the first code of a new account, where its mailbox may be written to (see [`may_write_to`]).
#[allow(clippy::too_many_arguments)] // all of one moment
pub fn begin(c: &mut Conn, sealer: &Sealer, user: UserId, email: &str, may_write: bool, lang: Lang, now: Timestamp) -> Result<()> {
    let Some(code) = EmailCode::issue(c, sealer, user, Purpose::Verify, email, now)? else { return Ok(()) };
    if !may_write {
        return EmailCode::spoil(c, user, Purpose::Verify);
    }
    match User::proven_owner(c, email)?.filter(|owner| *owner != user) {
        // Somebody proved this address already: they hear of it, and only they.
        Some(owner) => {
            let owner = Recipient::of(c, owner)?;
            Mail::queue(c, sealer, &owner, Kind::Exists, now)
        }
        None => {
            let to = Recipient::of(c, user)?.or_in(c, lang)?;
            Mail::queue(c, sealer, &to, Kind::Verify { code }, now)
        }
    }
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let waiting = visit.read_signed_in(waiting).await?;
    draw(&visit, StatusCode::OK, waiting, FieldErrors::default()).await
}

async fn draw(visit: &Visit, status: StatusCode, waiting: Option<Waiting>, errors: FieldErrors) -> Result<HttpResponse> {
    let Some(mut waiting) = waiting else { return Ok(visit.go(urls::SETTINGS_ACCOUNT, None)) };
    waiting.folder = visit.state.mailer.folder().filter(|_| visit.is_operator());
    visit.page_with_status(status, |layout| VerifyPage { layout, waiting, errors }).await
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

pub async fn check(visit: Visit, form: web::Form<CodeForm>) -> Result<HttpResponse> {
    let (now, lang, sealer, device) = (visit.state.now(), visit.lang(), visit.state.sealer.clone(), Device::of(&visit));
    let code = form.into_inner().code;
    let (verdict, changed) = visit
        .write_own(move |c, viewer| {
            let changing = EmailCode::pending(c, viewer.id, Purpose::Change)?.is_some();
            let purpose = if changing { Purpose::Change } else { Purpose::Verify };
            let verdict = EmailCode::check(c, &sealer, viewer.id, purpose, &code, now)?;
            let mut taken = false;
            if let Verdict::Right(email) = &verdict {
                taken = !proven(c, &sealer, viewer, email, changing, lang, &device, now)?;
            }
            Ok((if taken { Verdict::Gone } else { verdict }, changing))
        })
        .await?;
    let problem = match verdict {
        Verdict::Right(_) => {
            let words = if changed { "flash-address-changed" } else { "flash-address-proven" };
            let to = if changed { urls::SETTINGS_ACCOUNT } else { urls::HOME };
            return Ok(visit.go(to, Some(Flash::good(words))));
        }
        Verdict::Wrong { left } => Message::new("code-wrong").with("left", left),
        Verdict::Gone => Message::new("code-gone"),
    };
    let mut errors = FieldErrors::default();
    errors.add("code", problem);
    let waiting = visit.read_signed_in(waiting).await?;
    draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, waiting, errors).await
}

/// The code was right. False when the address belongs to somebody who proved it before.
#[allow(clippy::too_many_arguments)] // all of one moment, and used once
fn proven(
    c: &mut Conn,
    sealer: &Sealer,
    viewer: &Viewer,
    email: &str,
    changing: bool,
    lang: Lang,
    device: &Device,
    now: Timestamp,
) -> Result<bool> {
    let before = Recipient::of(c, viewer.id)?.or_in(c, lang)?;
    if !User::prove_email(c, viewer.id, email, now)? {
        return Ok(false);
    }
    let what = if changing { What::AddressChanged } else { What::AddressProven };
    SecurityEvent::note(c, viewer.id, what, email, device, now)?;
    if changing {
        // Links that lie in the old mailbox.
        ResetLink::forget_all(c, viewer.id)?;
        Mail::queue(c, sealer, &before, Kind::Changed { to: email.to_owned() }, now)?;
    } else {
        Mail::queue(c, sealer, &before, Kind::Welcome, now)?;
    }
    Ok(true)
}

pub async fn again(visit: Visit) -> Result<HttpResponse> {
    let now = visit.state.now();
    let Some(viewer) = visit.load_viewer().await? else { return Err(Error::SignInNeeded) };
    if let Err(wait) = visit.state.limits.take(&CODES, &viewer.id.to_string(), now).await {
        return refuse_for_now(&visit, wait).await;
    }
    let (lang, sealer) = (visit.lang(), visit.state.sealer.clone());
    let email = visit.read_signed_in(waiting).await?.map(|waiting| waiting.email).unwrap_or_default();
    let may_write = may_write_to(&visit.state, &email).await;
    let wait = visit
        .write_own(move |c, viewer| {
            let Some(waiting) = waiting(c, viewer)? else { return Ok(None) };
            if let Some(again_at) = waiting.again_at.filter(|at| *at > now) {
                return Ok(Some(again_at - now));
            }
            if waiting.is_new {
                send_change(c, &sealer, viewer, &waiting.email, may_write, lang, now)?;
            } else {
                begin(c, &sealer, viewer.id, &waiting.email, may_write, lang, now)?;
            }
            Ok(None)
        })
        .await?;
    match wait {
        Some(wait) => refuse_for_now(&visit, wait.to_std().unwrap_or_default()).await,
        None => Ok(visit.go(urls::VERIFY, Some(Flash::good("flash-code-sent")))),
    }
}

async fn refuse_for_now(visit: &Visit, wait: Duration) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("again", wait_message(wait));
    let waiting = visit.read_signed_in(waiting).await?;
    let mut response = draw(visit, StatusCode::TOO_MANY_REQUESTS, waiting, errors).await?;
    sign_in::set_retry_after(&mut response, wait);
    Ok(response)
}

/// A code to the new address; where somebody has proven it already, only they hear of it.
#[allow(clippy::too_many_arguments)] // all of one moment
fn send_change(c: &mut Conn, sealer: &Sealer, viewer: &Viewer, email: &str, may_write: bool, lang: Lang, now: Timestamp) -> Result<()> {
    let Some(code) = EmailCode::issue(c, sealer, viewer.id, Purpose::Change, email, now)? else { return Ok(()) };
    if !may_write {
        return EmailCode::spoil(c, viewer.id, Purpose::Change);
    }
    match User::proven_owner(c, email)?.filter(|owner| *owner != viewer.id) {
        Some(owner) => {
            let owner = Recipient::of(c, owner)?;
            Mail::queue(c, sealer, &owner, Kind::Exists, now)
        }
        None => {
            let to = Recipient::of(c, viewer.id)?.or_in(c, lang)?.at(email);
            Mail::queue(c, sealer, &to, Kind::Change { code }, now)
        }
    }
}

/// What came of asking for another address.
pub enum Change {
    /// A code is on its way to it.
    Sent,
    /// It is the one the account has.
    Same,
    Problem(Message),
}

/// Asks for another address: nothing changes before it is proven. Within the transaction on `c`.
#[allow(clippy::too_many_arguments)] // all of one moment
pub fn ask_for_change(
    c: &mut Conn,
    sealer: &Sealer,
    viewer: &Viewer,
    email: &str,
    may_write: bool,
    lang: Lang,
    now: Timestamp,
) -> Result<Change> {
    let email = email.trim();
    if let Some(problem) = email_problem(email) {
        return Ok(Change::Problem(problem));
    }
    if email == viewer.email {
        return Ok(Change::Same);
    }
    EmailCode::forget(c, viewer.id, Purpose::Change)?;
    send_change(c, sealer, viewer, email, may_write, lang, now)?;
    Ok(Change::Sent)
}

/// The wish for another address is taken back.
pub async fn cancel(visit: Visit) -> Result<HttpResponse> {
    visit.write_own(|c, viewer| EmailCode::forget(c, viewer.id, Purpose::Change)).await?;
    Ok(visit.go(urls::SETTINGS_ACCOUNT, None))
}
