//! Proving who one is once more before something dangerous: by the password, or, for an account that has none, by signing in again
//! at its provider. Counts for a quarter of an hour, for this session.

use super::User;
use super::password::{self, Verdict};
use super::session::Session;
use super::sign_in::{PAIR, set_retry_after, wait_message};
use super::social::{self, Way};
use crate::error::{Error, Result};
use crate::platform::turns::Lane;
use crate::urls;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, Layout, Viewer, Visit, filters, respond};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    layout: Layout,
    next: String,
    /// Without a password of one's own there is another way: a new one by mail.
    has_password: bool,
    /// By which somebody without one proves it.
    ways: Vec<Way>,
    errors: FieldErrors,
}

#[derive(Deserialize)]
pub struct Next {
    next: Option<String>,
}

/// # Errors
/// `ConfirmFirst` when the viewer has not proven who they are for a while.
pub fn recently(viewer: &Viewer) -> Result<()> {
    if viewer.confirmed { Ok(()) } else { Err(Error::ConfirmFirst) }
}

fn local(next: Option<String>) -> String {
    next.filter(|path| urls::is_local_path(path)).unwrap_or_else(|| urls::SETTINGS_SECURITY.to_owned())
}

pub async fn show(visit: Visit, query: web::Query<Next>) -> Result<HttpResponse> {
    let state = visit.state.clone();
    let (user, ways) =
        visit.read_signed_in(move |c, viewer| Ok((User::find(c, viewer.id)?, social::ways_of(c, &state, viewer.id)?))).await?;
    let next = local(query.into_inner().next);
    let has_password = user.has_password();
    visit.page(|layout| ConfirmPage { layout, next, has_password, ways, errors: FieldErrors::default() }).await
}

#[derive(Deserialize)]
pub struct ConfirmForm {
    #[serde(default)]
    password: String,
    next: Option<String>,
}

pub async fn confirm(visit: Visit, form: web::Form<ConfirmForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let next = local(form.next);
    let user = visit.read_signed_in(|c, viewer| User::find(c, viewer.id)).await?;
    match check(&visit, &user, form.password, "password").await? {
        Checked::Right => {
            let (id, now) = (visit.session_id().unwrap_or_default().to_owned(), visit.state.now());
            let fresh = visit.write_own(move |c, _| Session::confirm(c, &id, now)).await?;
            let mut response = visit.go(&next, None);
            response.add_cookie(&respond::session_cookie(&visit, fresh)).map_err(Error::internal)?;
            Ok(response)
        }
        Checked::Refused { errors, status, wait } => {
            let has_password = user.has_password();
            let mut response =
                visit.page_with_status(status, |layout| ConfirmPage { layout, next, has_password, ways: Vec::new(), errors }).await?;
            if let Some(wait) = wait {
                set_retry_after(&mut response, wait);
            }
            Ok(response)
        }
    }
}

/// What came of a password that somebody who is signed in was asked for.
pub enum Checked {
    Right,
    Refused { errors: FieldErrors, status: StatusCode, wait: Option<std::time::Duration> },
}

/// Compares it, as often as anybody may be wrong. The problem stands at `field`.
pub async fn check(visit: &Visit, user: &User, password: String, field: &'static str) -> Result<Checked> {
    let mut errors = FieldErrors::default();
    let key = format!("{} confirms", user.id);
    if let Err(wait) = visit.state.limits.attempt(&PAIR, &key, visit.state.now()).await {
        errors.add(field, wait_message(wait));
        return Ok(Checked::Refused { errors, status: StatusCode::TOO_MANY_REQUESTS, wait: Some(wait) });
    }
    let password: String = password.chars().take(password::MOST + 1).collect();
    let verdict = password::verify(&visit.state, Lane::Known, Some(user.password_hash.clone()), password).await?;
    match verdict {
        Verdict::Right | Verdict::RightButOld => {
            visit.state.limits.succeeded(&PAIR, &key).await;
            Ok(Checked::Right)
        }
        Verdict::Wrong | Verdict::Unreadable => {
            errors.add(field, Message::new(if verdict == Verdict::Wrong { "password-wrong" } else { "signin-unreadable" }));
            Ok(Checked::Refused { errors, status: StatusCode::UNPROCESSABLE_ENTITY, wait: None })
        }
    }
}
