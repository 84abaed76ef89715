//! Two-step sign-in: turning it on and off in the settings, and the step itself, between the password and the session.

use super::challenge::Challenge;
use super::confirm;
use super::device::Device;
use super::entry::{self, SECOND_FACTOR, Waiting};
use super::second_factor::{SecondFactor, Setup, Verdict};
use super::security_event::{SecurityEvent, What};
use super::sign_in::{set_retry_after, wait_message};
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::limits::Delays;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, Layout, Viewer, Visit, cookies, filters};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::time::Duration;

/// Wrong codes of one account, whoever types them: they know its password already.
const CODES: Delays = Delays {
    name: "second factor",
    free: 5,
    first: Duration::from_secs(5),
    longest: Duration::from_secs(15 * 60),
    forget: Duration::from_secs(3_600),
};
/// Wrong codes of one sign-in; then it begins anew with the password.
const TRIES: i32 = 10;

#[derive(Template)]
#[template(path = "accounts/two_step.html")]
struct TwoStepPage {
    layout: Layout,
    state: State,
    errors: FieldErrors,
}

enum State {
    Off,
    /// A seed waits to be proven.
    Begun(Setup),
    On {
        codes_left: i64,
    },
    /// Just made, and never shown again.
    Codes(Vec<String>),
}

async fn load(visit: &Visit) -> Result<State> {
    let sealer = visit.state.sealer.clone();
    let site = visit.state.config.server.public_url.host_str().unwrap_or_default().replace([':', '[', ']'], "");
    visit
        .read_signed_in(move |c, viewer| {
            confirm::recently(viewer)?;
            if SecondFactor::is_on(c, viewer.id)? {
                return Ok(State::On { codes_left: SecondFactor::codes_left(c, viewer.id)? });
            }
            let issuer = format!("Picstargram {site}");
            let waiting = SecondFactor::waiting(c, &sealer, viewer.id, &viewer.username, issuer.trim())?;
            Ok(waiting.map_or(State::Off, State::Begun))
        })
        .await
}

pub async fn begin(visit: Visit) -> Result<HttpResponse> {
    let (now, sealer) = (visit.state.now(), visit.state.sealer.clone());
    visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            if SecondFactor::is_on(c, viewer.id)? { Ok(()) } else { SecondFactor::begin(c, &sealer, viewer.id, now) }
        })
        .await?;
    Ok(visit.go(urls::SETTINGS_TWO_STEP, None))
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let state = load(&visit).await?;
    visit.page(|layout| TwoStepPage { layout, state, errors: FieldErrors::default() }).await
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// Proves that the app has the seed.
pub async fn turn_on(visit: Visit, form: web::Form<CodeForm>) -> Result<HttpResponse> {
    let (now, lang, sealer, device, code) =
        (visit.state.now(), visit.lang(), visit.state.sealer.clone(), Device::of(&visit), form.into_inner().code);
    let codes = visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            let Some(codes) = SecondFactor::turn_on(c, &sealer, viewer.id, &code, now)? else { return Ok(None) };
            SecurityEvent::note(c, viewer.id, What::SecondFactorOn, "", &device, now)?;
            let to = Recipient::of(c, viewer.id)?.or_in(c, lang)?;
            Mail::queue(c, &sealer, &to, Kind::SecondFactorOn, now)?;
            Ok(Some(codes))
        })
        .await?;
    match codes {
        Some(codes) => show_codes(&visit, codes).await,
        None => {
            let mut errors = FieldErrors::default();
            errors.add("code", Message::new("two-step-wrong"));
            let state = load(&visit).await?;
            visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| TwoStepPage { layout, state, errors }).await
        }
    }
}

async fn show_codes(visit: &Visit, codes: Vec<String>) -> Result<HttpResponse> {
    visit.page(|layout| TwoStepPage { layout, state: State::Codes(codes), errors: FieldErrors::default() }).await
}

/// Reloading what only a form leads to shows the page it stands on.
pub async fn to_two_step(visit: Visit) -> Result<HttpResponse> {
    visit.load_viewer().await?;
    Ok(visit.go(urls::SETTINGS_TWO_STEP, None))
}

pub async fn new_codes(visit: Visit) -> Result<HttpResponse> {
    let (now, sealer, device) = (visit.state.now(), visit.state.sealer.clone(), Device::of(&visit));
    let codes = visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            if !SecondFactor::is_on(c, viewer.id)? {
                return Err(Error::NotFound);
            }
            SecurityEvent::note(c, viewer.id, What::RecoveryCodesMade, "", &device, now)?;
            SecondFactor::new_recovery_codes(c, &sealer, viewer.id)
        })
        .await?;
    show_codes(&visit, codes).await
}

#[derive(Deserialize)]
pub struct DownloadForm {
    #[serde(default)]
    codes: String,
}

/// The codes that the page shows, as a file: they come from the page, for the server does not know them any more.
pub async fn download_codes(visit: Visit, form: web::Form<DownloadForm>) -> Result<HttpResponse> {
    let site = visit.state.config.server.public_url.host_str().unwrap_or_default().to_owned();
    if visit.load_viewer().await?.is_none() {
        return Err(Error::SignInNeeded);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let codes: Vec<&str> = form.codes.split_whitespace().filter(|code| code.len() <= 20 && code.chars().all(plain)).take(10).collect();
    let text = format!("Picstargram {site}\n\n{}\n", codes.join("\n"));
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"picstargram-recovery-codes.txt\""))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(text))
}

pub async fn turn_off(visit: Visit) -> Result<HttpResponse> {
    let (now, lang, sealer, device) = (visit.state.now(), visit.lang(), visit.state.sealer.clone(), Device::of(&visit));
    visit
        .write_own(move |c, viewer: &Viewer| {
            confirm::recently(viewer)?;
            if SecondFactor::remove(c, viewer.id)? {
                SecurityEvent::note(c, viewer.id, What::SecondFactorOff, "", &device, now)?;
                let to = Recipient::of(c, viewer.id)?.or_in(c, lang)?;
                Mail::queue(c, &sealer, &to, Kind::SecondFactorOff, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(visit.go(urls::SETTINGS_SECURITY, Some(Flash::good("flash-two-step-off"))))
}

/// The step between the password and the session.
#[derive(Template)]
#[template(path = "accounts/sign_in_code.html")]
struct SignInCodePage {
    layout: Layout,
    errors: FieldErrors,
}

fn challenge_of(visit: &Visit) -> Option<String> {
    cookies::read_signed(&visit.state, visit.request(), cookies::CHALLENGE)
}

/// Back to the password: the step took too long, or there was none.
fn begin_again(visit: &Visit) -> HttpResponse {
    visit.go(urls::SIGN_IN, Some(Flash::good("flash-begin-again")))
}

pub async fn ask(visit: Visit) -> Result<HttpResponse> {
    let (now, id) = (visit.state.now(), challenge_of(&visit));
    let waits = match id {
        Some(id) => visit.read(move |c, _| Challenge::find(c, &id, SECOND_FACTOR, now)).await?.is_some(),
        None => false,
    };
    if !waits {
        return Ok(begin_again(&visit));
    }
    visit.page(|layout| SignInCodePage { layout, errors: FieldErrors::default() }).await
}

pub async fn answer(visit: Visit, form: web::Form<CodeForm>) -> Result<HttpResponse> {
    let (now, code) = (visit.state.now(), form.into_inner().code);
    let Some(id) = challenge_of(&visit) else { return Ok(begin_again(&visit)) };
    let asked = id.clone();
    let found = visit.read(move |c, _| Challenge::find(c, &asked, SECOND_FACTOR, now)).await?;
    let Some((challenge, user)) = found.and_then(|found| found.user.map(|user| (found, user))) else { return Ok(begin_again(&visit)) };
    if challenge.tries >= TRIES {
        return Ok(begin_again(&visit));
    }
    if let Err(wait) = visit.state.limits.attempt(&CODES, &user.to_string(), now).await {
        let mut response = refuse(&visit, StatusCode::TOO_MANY_REQUESTS, wait_message(wait)).await?;
        set_retry_after(&mut response, wait);
        return Ok(response);
    }
    let (sealer, device) = (visit.state.sealer.clone(), Device::of(&visit));
    let verdict = visit
        .state
        .db
        .write(move |c| {
            let verdict = SecondFactor::check(c, &sealer, user, &code, now)?;
            match verdict {
                Verdict::Wrong => Challenge::missed(c, &id)?,
                Verdict::Right => Challenge::end(c, &id)?,
                Verdict::Recovery { .. } => {
                    Challenge::end(c, &id)?;
                    SecurityEvent::note(c, user, What::RecoveryCodeUsed, "", &device, now)?;
                }
            }
            Ok(verdict)
        })
        .await?;
    let flash = match verdict {
        Verdict::Wrong => return refuse(&visit, StatusCode::UNPROCESSABLE_ENTITY, Message::new("two-step-wrong")).await,
        Verdict::Right => None,
        Verdict::Recovery { left } => Some(Flash::good(if left > 2 { "flash-recovery-used" } else { "flash-recovery-few" })),
    };
    visit.state.limits.succeeded(&CODES, &user.to_string()).await;
    let waiting: Waiting = serde_json::from_str(&challenge.data).map_err(Error::internal)?;
    entry::enter_with_code(&visit, user, waiting, flash).await
}

async fn refuse(visit: &Visit, status: StatusCode, problem: Message) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("code", problem);
    visit.page_with_status(status, |layout| SignInCodePage { layout, errors }).await
}
