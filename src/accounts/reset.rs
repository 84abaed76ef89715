//! A new password for somebody who has lost theirs: a link by mail, or one that the operator makes. No answer tells whether there
//! is such an account, and none takes longer for it.

use super::audit::{Act, Audit, By, Target};
use super::challenge::Challenge;
use super::device::Device;
use super::entry::{self, How};
use super::reset_link::ResetLink;
use super::security_event::{SecurityEvent, What};
use super::sign_in::{set_retry_after, wait_message};
use super::social::Identity;
use super::{Session, User, email_problem, password};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::platform::limits::Rule;
use crate::platform::seal::Sealer;
use crate::platform::turns::Lane;
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Lang;
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// Links asked for from one network.
const NETWORK: Rule = Rule { name: "reset network", burst: 10, every: Duration::from_secs(180) };
/// Links to one address: a mailbox is not to be filled by strangers.
const ADDRESS: Rule = Rule { name: "reset address", burst: 3, every: Duration::from_secs(1_200) };

#[derive(Template)]
#[template(path = "accounts/forgot.html")]
struct ForgotPage {
    layout: Layout,
    email: String,
    /// The form was sent: whoever has that address, has a mail.
    sent: bool,
    /// Where mails lie, for the operator at this machine.
    folder: Option<PathBuf>,
    errors: FieldErrors,
}

pub async fn forgot(visit: Visit) -> Result<HttpResponse> {
    visit.load_viewer().await?;
    draw_forgot(&visit, StatusCode::OK, String::new(), false, FieldErrors::default()).await
}

async fn draw_forgot(visit: &Visit, status: StatusCode, email: String, sent: bool, errors: FieldErrors) -> Result<HttpResponse> {
    let folder = visit.state.mailer.folder().filter(|_| visit.is_operator());
    visit.page_with_status(status, |layout| ForgotPage { layout, email, sent, folder, errors }).await
}

#[derive(Deserialize)]
pub struct ForgotForm {
    #[serde(default)]
    email: String,
}

pub async fn ask(visit: Visit, form: web::Form<ForgotForm>) -> Result<HttpResponse> {
    let email = form.into_inner().email;
    visit.load_viewer().await?;
    let now = visit.state.now();
    let mut errors = FieldErrors::default();
    if let Some(problem) = email_problem(&email) {
        errors.add("email", problem);
        return draw_forgot(&visit, StatusCode::UNPROCESSABLE_ENTITY, email, false, errors).await;
    }
    let limits = &visit.state.limits;
    if let Err(wait) = limits.take(&NETWORK, &visit.network(), now).await {
        errors.add("email", wait_message(wait));
        let mut response = draw_forgot(&visit, StatusCode::TOO_MANY_REQUESTS, email, false, errors).await?;
        set_retry_after(&mut response, wait);
        return Ok(response);
    }
    // Beyond its own limit an address gets nothing more, and the page says the same: it is not the asker's to know.
    if limits.take(&ADDRESS, &super::user::email_key(&email), now).await.is_ok() {
        let (state, lang, asked) = (visit.state.clone(), visit.lang(), email.clone());
        // Beside the answer: looking up, writing and not writing take different times.
        actix_web::rt::spawn(async move {
            if let Err(error) = send_link(&state, asked, lang).await {
                tracing::error!(%error, "a link to a new password could not be sent");
            }
        });
    }
    draw_forgot(&visit, StatusCode::OK, email, true, errors).await
}

async fn send_link(state: &AppState, email: String, lang: Lang) -> Result<()> {
    let (now, sealer) = (state.now(), state.sealer.clone());
    state
        .db
        .write(move |c| {
            let Some(user) = User::find_by_login(c, &email)? else { return Ok(()) };
            let token = ResetLink::make(c, user.id, &user.email, now)?;
            let to = Recipient::of(c, user.id)?.or_in(c, lang)?;
            Mail::queue(c, &sealer, &to, Kind::Reset { token }, now)
        })
        .await
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage {
    layout: Layout,
    /// Nothing when the link is none, or none any more.
    username: Option<String>,
    errors: FieldErrors,
}

pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let now = visit.state.now();
    let username = visit.read(move |c, _| Ok(follow(c, &token, now)?.map(|(_, user)| user.username))).await?;
    let status = if username.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    visit.page_with_status(status, |layout| ResetPage { layout, username, errors: FieldErrors::default() }).await
}

/// Whom a link leads to. One that was mailed is good only as long as the account has that address.
fn follow(c: &mut Conn, token: &str, now: Timestamp) -> Result<Option<(ResetLink, User)>> {
    let Some(link) = ResetLink::find(c, token, now)? else { return Ok(None) };
    let user = User::find(c, link.user)?;
    let same = link.email.is_empty() || super::user::email_key(&link.email) == super::user::email_key(&user.email);
    Ok(same.then_some((link, user)))
}

#[derive(Deserialize)]
pub struct ResetForm {
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
}

pub async fn reset(visit: Visit, token: web::Path<String>, form: web::Form<ResetForm>) -> Result<HttpResponse> {
    let (now, token, form) = (visit.state.now(), token.into_inner(), form.into_inner());
    let asked = token.clone();
    let found = visit.read(move |c, _| follow(c, &asked, now)).await?;
    let Some((_, user)) = found else {
        return visit
            .page_with_status(StatusCode::NOT_FOUND, |layout| ResetPage { layout, username: None, errors: FieldErrors::default() })
            .await;
    };
    let mut errors = FieldErrors::default();
    password::check_new(&form.password, &form.password_again, &user.username, &user.email, &mut errors);
    if !errors.is_empty() {
        let username = Some(user.username);
        return visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| ResetPage { layout, username, errors }).await;
    }
    let hash = password::hash(&visit.state, Lane::Stranger(visit.network()), form.password).await?;
    let (lang, sealer, device) = (visit.lang(), visit.state.sealer.clone(), Device::of(&visit));
    let user = visit
        .state
        .db
        .write(move |c| {
            // Again, in the transaction that uses it up: two at once are one.
            let (link, user) = follow(c, &token, now)?.ok_or(Error::NotFound)?;
            if !link.email.is_empty() {
                let was_proven = User::proven_owner(c, &link.email)? == Some(user.id);
                // It came by mail, so whoever follows it reads that mailbox.
                User::prove_email(c, link.user, &link.email, now)?;
                if !was_proven {
                    // Whoever signed up with an address that is not theirs has no other way in from now on.
                    Identity::unlink_all(c, user.id)?;
                }
            }
            User::set_password_hash(c, link.user, &hash)?;
            changed(c, &sealer, link.user, What::PasswordReset, lang, &device, now)?;
            Session::end_all(c, link.user)?;
            Device::forget_all(c, link.user)?;
            Ok(link.user)
        })
        .await?;
    entry::enter(&visit, user, How::Reset, None, Some(Flash::good("flash-password-changed"))).await
}

/// What goes with another password, which is set already: every link and every sign-in under way is used up, and its owner is told.
pub fn changed(
    c: &mut Conn,
    sealer: &Sealer,
    user: crate::web::UserId,
    what: What,
    lang: Lang,
    device: &Device,
    now: Timestamp,
) -> Result<()> {
    ResetLink::forget_all(c, user)?;
    Challenge::forget_all(c, user)?;
    SecurityEvent::note(c, user, what, "", device, now)?;
    let to = Recipient::of(c, user)?.or_in(c, lang)?;
    Mail::queue(c, sealer, &to, Kind::PasswordChanged, now)
}

/// `picstargram admin reset-link`: for somebody whom no mail reaches.
///
/// # Errors
/// `NotFound` when there is no such account.
pub async fn link_for(state: &AppState, login: &str) -> Result<String> {
    let (login, now) = (login.to_owned(), state.now());
    let token = state
        .db
        .write(move |c| {
            let user = User::find_by_login(c, &login)?.ok_or(Error::NotFound)?;
            let target = Target { id: Some(user.id), name: user.username.clone() };
            Audit::note(c, &By::Operator, Act::ResetLinkMade, Some(&target), "", now)?;
            ResetLink::make(c, user.id, "", now)
        })
        .await?;
    Ok(format!("{}{}", state.config.server.public_url.as_str().trim_end_matches('/'), urls::password_reset(token)))
}
