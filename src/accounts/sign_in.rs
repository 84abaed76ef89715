//! Signing in with a password, and how often somebody may be wrong.
//!
//! Only failures count. A stranger's failures count for their network, for the account from that network (with delays that grow),
//! and for the account as a whole; when the last is used up, a network that was not wrong yet still has one try, so that nobody
//! can lock somebody else out. A browser that somebody signed in with before has a lane of its own, in which strangers count for
//! nothing. A network beyond its limit is held in a tarpit.

use super::application::Application;
use super::device::Device;
use super::entry::{self, Checked, How};
use super::pages::SignInPage;
use super::password::{self, Verdict};
use super::{User, social, standing};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::limits::{self, Delays, Rule};
use crate::platform::turns::Lane;
use crate::urls;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Visit, cookies};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use std::time::Duration;

/// Wrong sign-ins of one network, whoever they were for.
const NETWORK: Rule = Rule { name: "sign-in network", burst: 20, every: Duration::from_secs(30) };
/// Wrong sign-ins for one account, wherever they came from.
const ACCOUNT: Rule = Rule { name: "sign-in account", burst: 100, every: Duration::from_secs(36) };
/// For one account from one network, or from one browser that it knows.
pub const PAIR: Delays = Delays {
    name: "sign-in pair",
    free: 5,
    first: Duration::from_secs(2),
    longest: Duration::from_secs(15 * 60),
    forget: Duration::from_secs(3_600),
};
/// The same while the account is under fire.
const PAIR_UNDER_FIRE: Delays = Delays { name: "sign-in fire", free: 1, first: Duration::from_secs(60), ..PAIR };

/// Wrong passwords since the last right one, for the owner's log. Written there by the right one: a refusal writes nothing, so
/// that its time does not tell whether there is such an account.
const REFUSALS: &str = "sign-in refusals";

#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// Whose failures a try counts among.
struct Try {
    network: Option<String>,
    account: String,
    pair: String,
}

pub async fn sign_in(visit: Visit, form: web::Form<SignInForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let (now, device) = (visit.state.now(), Device::of(&visit));
    let has_device = cookies::read_signed(&visit.state, visit.request(), cookies::DEVICE).is_some();
    let network = visit.network();
    // Whoever has no cookie of ours at all is counted before anything is looked up.
    if !has_device && let Err(wait) = visit.state.limits.take(&NETWORK, &network, now).await {
        return turn_away(&visit, form, &network, wait).await;
    }
    let (login, asked, proven_only) = (form.username.clone(), device.clone(), visit.state.mailer.is_real());
    let (user, known, applicant) = visit
        .state
        .db
        .read(move |c| {
            let user = User::find_to_sign_in(c, &login, proven_only)?;
            let known = match &user {
                Some(user) => asked.is_known(c, user.id)?,
                None => false,
            };
            // Who has applied and waits is answered like anybody else, and led to where they stand.
            let by_name = !(proven_only && login.contains('@'));
            let applicant = if user.is_none() && by_name { Application::find_by_login(c, &login)? } else { None };
            Ok((user, known, applicant))
        })
        .await?;
    if has_device
        && !known
        && let Err(wait) = visit.state.limits.take(&NETWORK, &network, now).await
    {
        return turn_away(&visit, form, &network, wait).await;
    }
    let account = user.as_ref().map_or_else(|| form.username.trim().to_lowercase(), |user| user.id.to_string());
    let pair = if known { format!("{account} device {}", device.id) } else { format!("{account} {network}") };
    let this = Try { network: (!known).then_some(network.clone()), account, pair };
    if let Err(wait) = allow(&visit, &this, now).await {
        return refuse_for_now(&visit, form, wait).await;
    }

    // A longer password than any account can have is not worth hashing, but the answer is the same.
    let password: String = form.password.chars().take(password::MOST + 1).collect();
    let lane = if known { Lane::Known } else { Lane::Stranger(network) };
    let stored = user.as_ref().map(|user| &user.password_hash).or(applicant.as_ref().map(|applicant| &applicant.password_hash)).cloned();
    let verdict = password::verify(&visit.state, lane, stored, password.clone()).await?;
    if let (None, Some(applicant), Verdict::Right | Verdict::RightButOld) = (&user, &applicant, &verdict) {
        forgive(&visit, &this).await;
        return standing::lead(&visit, applicant.id, &applicant.username, None);
    }
    let (user, rehash) = match (user, verdict) {
        (Some(user), Verdict::Right) => (user, None),
        (Some(user), Verdict::RightButOld) => (user, Some(password::hash(&visit.state, Lane::Known, password).await?)),
        (Some(user), Verdict::Unreadable) => {
            tracing::warn!(user = user.id.get(), "the stored password of an account is not readable");
            return refuse(&visit, form, "signin-unreadable").await;
        }
        _ => {
            visit.state.limits.tally(REFUSALS, &this.account).await;
            let by_address = proven_only && form.username.contains('@');
            return refuse(&visit, form, if by_address { "signin-wrong-address" } else { "signin-wrong" }).await;
        }
    };
    forgive(&visit, &this).await;
    let refused = visit.state.limits.tallied(REFUSALS, &this.account).await;
    let how = How::Password { refused, checked: Some(Checked { hash: user.password_hash, renewed: rehash }) };
    entry::enter(&visit, user.id, how, form.next.as_deref(), None).await
}

async fn allow(visit: &Visit, this: &Try, now: Timestamp) -> Result<(), Duration> {
    let limits = &visit.state.limits;
    // The account's own count is for strangers.
    let under_fire = this.network.is_some() && limits.take(&ACCOUNT, &this.account, now).await.is_err();
    if under_fire {
        limits.attempt(&PAIR_UNDER_FIRE, &this.pair, now).await?;
    }
    limits.attempt(&PAIR, &this.pair, now).await
}

/// A right try is none of those that count.
async fn forgive(visit: &Visit, this: &Try) {
    let limits = &visit.state.limits;
    limits.succeeded(&PAIR, &this.pair).await;
    limits.succeeded(&PAIR_UNDER_FIRE, &this.pair).await;
    if let Some(network) = &this.network {
        limits.give_back(&NETWORK, network).await;
        limits.give_back(&ACCOUNT, &this.account).await;
    }
}

async fn refuse(visit: &Visit, form: SignInForm, message: &'static str) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("form", Message::new(message));
    draw(visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors).await
}

/// A network that asks on beyond its limit is answered slowly; what it sends besides, with a line of text.
async fn turn_away(visit: &Visit, form: SignInForm, network: &str, wait: Duration) -> Result<HttpResponse> {
    if visit.state.tarpit.hold(network).await {
        return refuse_for_now(visit, form, wait).await;
    }
    let mut response =
        HttpResponse::TooManyRequests().content_type("text/plain; charset=utf-8").body(wait_message(wait).in_language(visit.lang()));
    set_retry_after(&mut response, wait);
    Ok(response)
}

async fn refuse_for_now(visit: &Visit, form: SignInForm, wait: Duration) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("form", wait_message(wait));
    let mut response = draw(visit, StatusCode::TOO_MANY_REQUESTS, form, errors).await?;
    set_retry_after(&mut response, wait);
    Ok(response)
}

pub fn set_retry_after(response: &mut HttpResponse, wait: Duration) {
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(limits::seconds(wait)));
}

/// How long to wait, in words.
pub fn wait_message(wait: Duration) -> Message {
    let seconds = limits::seconds(wait);
    if seconds < 90 {
        Message::new("wait-seconds").with("n", seconds)
    } else {
        Message::new("wait-minutes").with("n", seconds.div_ceil(60))
    }
}

async fn draw(visit: &Visit, status: StatusCode, form: SignInForm, errors: FieldErrors) -> Result<HttpResponse> {
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    let next = form.next.filter(|path| urls::is_local_path(path));
    visit
        .page_with_status(status, |layout| SignInPage { layout, username: form.username, next, errors, ways: social::ways(&visit.state) })
        .await
}

/// What has no form to say it in: the same words and the same header on a page of their own.
pub fn too_many(wait: Duration) -> Error {
    Error::TooMany { retry_after: limits::seconds(wait) }
}
