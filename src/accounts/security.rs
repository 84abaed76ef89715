//! Settings → Security: another password, the second factor, the log. Settings → Sessions: where somebody is signed in.

use super::confirm::{self, Checked};
use super::device::Device;
use super::second_factor::SecondFactor;
use super::security_event::{PAGE, SecurityEvent, What};
use super::session::{OpenSession, Session};
use super::sign_in::set_retry_after;
use super::{User, password, reset};
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::turns::Lane;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::paging::Page;
use crate::web::{FieldErrors, Layout, Viewer, Visit, filters, respond};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/security.html")]
struct SecurityPage {
    layout: Layout,
    overview: Overview,
    errors: FieldErrors,
}

struct Overview {
    username: String,
    has_password: bool,
    second_factor: bool,
    events: Page<SecurityEvent>,
}

fn overview(c: &mut Conn, viewer: &Viewer, before: Option<i64>) -> Result<Overview> {
    let user = User::find(c, viewer.id)?;
    let events = Page::new(SecurityEvent::page(c, viewer.id, before)?, PAGE, before, |event| event.id);
    Ok(Overview { has_password: user.has_password(), username: user.username, second_factor: SecondFactor::is_on(c, viewer.id)?, events })
}

#[derive(Deserialize)]
pub struct Before {
    before: Option<i64>,
}

pub async fn show(visit: Visit, query: web::Query<Before>) -> Result<HttpResponse> {
    let before = query.before;
    let overview = visit.read_signed_in(move |c, viewer| overview(c, viewer, before)).await?;
    visit.page(|layout| SecurityPage { layout, overview, errors: FieldErrors::default() }).await
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
}

/// The password form has no address of its own to look at: reloading it leads to the page it stands on.
pub async fn to_security(visit: Visit) -> Result<HttpResponse> {
    visit.load_viewer().await?;
    Ok(visit.go(urls::SETTINGS_SECURITY, None))
}

/// Another password ends every other session. One who has none yet (they came by a provider) sets their first.
pub async fn change_password(visit: Visit, form: web::Form<PasswordForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let user = visit.read_signed_in(|c, viewer| User::find(c, viewer.id)).await?;
    if user.has_password() {
        if let Checked::Refused { errors, status, wait } = confirm::check(&visit, &user, form.current_password, "current_password").await? {
            let mut response = refuse(&visit, status, errors).await?;
            if let Some(wait) = wait {
                set_retry_after(&mut response, wait);
            }
            return Ok(response);
        }
    } else {
        visit.viewer().ok_or(Error::SignInNeeded).and_then(confirm::recently)?;
    }
    let mut errors = FieldErrors::default();
    password::check_new(&form.password, &form.password_again, &user.username, &user.email, &mut errors);
    if !errors.is_empty() {
        return refuse(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    }
    let (before, hash) = (user.password_hash, password::hash(&visit.state, Lane::Known, form.password).await?);
    let (now, lang, sealer, device) = (visit.state.now(), visit.lang(), visit.state.sealer.clone(), Device::of(&visit));
    let current = visit.session_id().unwrap_or_default().to_owned();
    let fresh = visit
        .write_own(move |c, viewer| {
            // Somebody else was faster, with a link from a mail perhaps: theirs is the password now.
            if !User::replace_password_hash(c, viewer.id, &before, &hash)? {
                return Ok(None);
            }
            reset::changed(c, &sealer, viewer.id, What::PasswordChanged, lang, &device, now)?;
            Session::end_others(c, viewer.id, &current)?;
            Session::confirm(c, &current, now).map(Some)
        })
        .await?;
    let Some(fresh) = fresh else {
        errors.add("current_password", Message::new("password-wrong"));
        return refuse(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    };
    let mut response = visit.go(urls::SETTINGS_SECURITY, Some(Flash::good("flash-password-changed")));
    response.add_cookie(&respond::session_cookie(&visit, fresh)).map_err(Error::internal)?;
    Ok(response)
}

async fn refuse(visit: &Visit, status: StatusCode, errors: FieldErrors) -> Result<HttpResponse> {
    let overview = visit.read_signed_in(|c, viewer| overview(c, viewer, None)).await?;
    visit.page_with_status(status, |layout| SecurityPage { layout, overview, errors }).await
}

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    layout: Layout,
    sessions: Vec<OpenSession>,
}

pub async fn sessions(visit: Visit) -> Result<HttpResponse> {
    let (now, current) = (visit.state.now(), visit.session_id().unwrap_or_default().to_owned());
    let sessions = visit.read_signed_in(move |c, viewer| Session::list(c, viewer.id, &current, now)).await?;
    visit.page(|layout| SessionsPage { layout, sessions }).await
}

#[derive(Deserialize)]
pub struct EndForm {
    /// One of them; all but the current one without it.
    session: Option<i64>,
}

pub async fn end_sessions(visit: Visit, form: web::Form<EndForm>) -> Result<HttpResponse> {
    let (now, device, one) = (visit.state.now(), Device::of(&visit), form.session);
    let current = visit.session_id().unwrap_or_default().to_owned();
    let ended = visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            let ended = match one {
                Some(id) => usize::from(Session::end_one(c, viewer.id, id)?),
                None => Session::end_others(c, viewer.id, &current)?,
            };
            if ended > 0 {
                SecurityEvent::note(c, viewer.id, What::SessionsEnded, &ended.to_string(), &device, now)?;
            }
            Ok(ended)
        })
        .await?;
    let flash = (ended > 0).then(|| Flash::good("flash-sessions-ended"));
    Ok(visit.go(urls::SETTINGS_SESSIONS, flash))
}
