//! The same address, but the provider has not made sure of it: whoever has that account says its password once, and from then on
//! the provider lets them in. Wrong ones count for the account from this network and for the network.

use super::arrival::{self, Moment};
use super::flow;
use super::identity::Identity;
use super::profile::Profile;
use crate::accounts::User;
use crate::accounts::challenge::Challenge;
use crate::accounts::entry::{self, How};
use crate::accounts::invite::Invite;
use crate::accounts::password::{self, Verdict};
use crate::accounts::sign_in::{PAIR, set_retry_after, wait_message};
use crate::config::{Provider, Registration};
use crate::error::{Error, Result};
use crate::platform::limits::Rule;
use crate::platform::turns::Lane;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, Layout, UserId, Visit, cookies, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const KIND: &str = "social password";
const PURPOSE: &str = "social password";
const LIFE: TimeDelta = TimeDelta::minutes(10);
const NETWORK: Rule = Rule { name: "social passwords", burst: 20, every: Duration::from_secs(30) };

#[derive(Template)]
#[template(path = "accounts/social_password.html")]
struct PasswordPage {
    layout: Layout,
    provider: String,
    email: String,
    /// Nobody has proven this address, so it may as well be somebody else's account.
    may_be_new: bool,
    errors: FieldErrors,
}

#[derive(Serialize, Deserialize)]
struct Waiting {
    profile: Profile,
    next: Option<String>,
    #[serde(default)]
    invite: Option<String>,
}

/// Keeps what the provider told and asks.
pub async fn ask(visit: &Visit, user: UserId, profile: Profile, next: Option<String>, invite: Option<String>) -> Result<HttpResponse> {
    let now = visit.state.now();
    let data = visit.state.sealer.seal(PURPOSE, &serde_json::to_string(&Waiting { profile, next, invite }).map_err(Error::internal)?)?;
    let id = visit.state.db.write(move |c| Challenge::begin(c, KIND, Some(user), &data, LIFE, now)).await?;
    let mut response = visit.go(urls::SIGN_IN_LINK, None);
    response.add_cookie(&flow::challenge_cookie(visit, id)).map_err(Error::internal)?;
    Ok(response)
}

/// What waits in this browser.
struct Asked {
    id: String,
    user: UserId,
    waiting: Waiting,
    may_be_new: bool,
}

async fn asked(visit: &Visit) -> Result<Option<Asked>> {
    let Some(id) = cookies::read_signed(&visit.state, visit.request(), cookies::CHALLENGE) else { return Ok(None) };
    let (now, wanted) = (visit.state.now(), id.clone());
    let found = visit.state.db.read(move |c| Challenge::find(c, &wanted, KIND, now)).await?;
    let Some((user, data)) = found.and_then(|challenge| Some((challenge.user?, challenge.data))) else { return Ok(None) };
    let opened = visit.state.sealer.open(PURPOSE, &data).ok().and_then(|text| serde_json::from_str::<Waiting>(&text).ok());
    let Some(waiting) = opened else { return Ok(None) };
    let email = waiting.profile.email.clone().unwrap_or_default();
    let (accounts, invite) = (&visit.state.config.accounts, waiting.invite.clone());
    let (registration, members_invite) = (accounts.registration, accounts.members_invite);
    let may_be_new = visit
        .state
        .db
        .read(move |c| {
            Ok(User::proven_owner(c, &email)?.is_none()
                && match (registration, invite) {
                    (Registration::Open, _) => true,
                    (Registration::Invite, Some(code)) => Invite::host(c, &code, members_invite, now)?.is_some(),
                    _ => false,
                })
        })
        .await?;
    Ok(Some(Asked { id, user, waiting, may_be_new }))
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    match asked(&visit).await? {
        Some(asked) => draw(&visit, StatusCode::OK, &asked, FieldErrors::default()).await,
        None => Ok(gone(&visit)),
    }
}

async fn draw(visit: &Visit, status: StatusCode, asked: &Asked, errors: FieldErrors) -> Result<HttpResponse> {
    let Profile { label, email, .. } = &asked.waiting.profile;
    let (provider, email, may_be_new) = (label.clone(), email.clone().unwrap_or_default(), asked.may_be_new);
    visit.page_with_status(status, |layout| PasswordPage { layout, provider, email, may_be_new, errors }).await
}

fn gone(visit: &Visit) -> HttpResponse {
    visit.go(urls::SIGN_IN, Some(Flash::bad("flash-social-gone")))
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    password: String,
    /// It is somebody else's account: make one of their own.
    #[serde(default)]
    new: bool,
}

pub async fn check(visit: Visit, form: web::Form<PasswordForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let Some(asked) = asked(&visit).await? else { return Ok(gone(&visit)) };
    if form.new && asked.may_be_new {
        return make(&visit, asked).await;
    }
    let (now, network, limits) = (visit.state.now(), visit.network(), &visit.state.limits);
    let pair = format!("{} links {network}", asked.user);
    let allowed = match limits.take(&NETWORK, &network, now).await {
        Ok(()) => limits.attempt(&PAIR, &pair, now).await,
        refused => refused,
    };
    let mut errors = FieldErrors::default();
    if let Err(wait) = allowed {
        errors.add("password", wait_message(wait));
        let mut response = draw(&visit, StatusCode::TOO_MANY_REQUESTS, &asked, errors).await?;
        set_retry_after(&mut response, wait);
        return Ok(response);
    }
    let user = asked.user;
    let stored = visit.state.db.read(move |c| Ok(User::find(c, user)?.password_hash)).await?;
    let typed: String = form.password.chars().take(password::MOST + 1).collect();
    let verdict = password::verify(&visit.state, Lane::Stranger(network.clone()), Some(stored), typed).await?;
    if !matches!(verdict, Verdict::Right | Verdict::RightButOld) {
        errors.add("password", Message::new(if verdict == Verdict::Unreadable { "signin-unreadable" } else { "social-password-wrong" }));
        return draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, &asked, errors).await;
    }
    limits.succeeded(&PAIR, &pair).await;
    limits.give_back(&NETWORK, &network).await;
    let Asked { id, waiting: Waiting { profile, next, .. }, .. } = asked;
    let (moment, label) = (Moment::of(&visit, None, is_local(&visit, &profile)), profile.label.clone());
    // Somebody may have signed in with it in another window meanwhile; then whose it is has been decided.
    let linked = arrival::settle(&visit.state.db, move |c| {
        if Challenge::take(c, &id, KIND, moment.now)?.is_none() {
            return Ok(false);
        }
        match Identity::find(c, &profile.provider, &profile.subject)? {
            Some(identity) => Ok(identity.user == user),
            None => arrival::link(c, &moment, user, &profile).map(|()| true),
        }
    })
    .await?;
    if !linked {
        return Ok(gone(&visit));
    }
    entry::enter(&visit, user, How::Provider(label), next.as_deref(), Some(Flash::good("flash-linked"))).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<HttpResponse> {
    let Asked { id, waiting: Waiting { profile, next, invite }, .. } = asked;
    let moment = Moment::of(visit, invite, is_local(visit, &profile));
    let made = arrival::settle(&visit.state.db, move |c| {
        let Some(email) = &profile.email else { return Ok(None) };
        if Challenge::take(c, &id, KIND, moment.now)?.is_none() || Identity::find(c, &profile.provider, &profile.subject)?.is_some() {
            return Ok(None);
        }
        arrival::make(c, &moment, &profile, email)
    })
    .await?;
    match made {
        Some(user) => entry::enter(visit, user, How::SignUp, next.as_deref(), Some(Flash::good("flash-welcome"))).await,
        None => Ok(gone(visit)),
    }
}

fn is_local(visit: &Visit, profile: &Profile) -> bool {
    flow::provider(&visit.state, &profile.provider).is_ok_and(Provider::is_local)
}
