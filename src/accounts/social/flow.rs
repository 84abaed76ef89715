//! The journey to a provider and back: what is remembered between, in a challenge that only this browser can answer, once.

use super::failure::Failure;
use crate::accounts::challenge::Challenge;
use crate::accounts::invite::Invite;
use crate::accounts::{User, confirm, sign_in};
use crate::config::{Provider, ProviderKind};
use crate::error::{Error, Result};
use crate::platform::limits::Rule;
use crate::platform::oidc::{Ticket, Trouble};
use crate::platform::seal;
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::visit::Wants;
use crate::web::{UserId, Visit, cookies};
use actix_web::HttpResponse;
use actix_web::http::header;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

pub const KIND: &str = "social";
/// Time to find a password and a second factor over there.
const LIFE: TimeDelta = TimeDelta::minutes(10);
const PURPOSE: &str = "social";
/// Each journey writes a row.
const STARTS: Rule = Rule { name: "social starts", burst: 30, every: Duration::from_secs(10) };

/// What a journey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    SignIn,
    /// One more way in for somebody who is signed in.
    Link,
    /// Somebody who is signed in shows that they are still who they were.
    Confirm,
}

/// What the address of a start says beside the provider.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    next: Option<String>,
    #[serde(default)]
    pub link: bool,
    #[serde(default)]
    confirm: bool,
    /// The code of an invite, for those who join.
    invite: Option<String>,
}

impl Wish {
    pub fn purpose(&self) -> Purpose {
        match (self.link, self.confirm) {
            (true, _) => Purpose::Link,
            (_, true) => Purpose::Confirm,
            _ => Purpose::SignIn,
        }
    }

    /// Only ever a path of this site.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref().filter(|path| urls::is_local_path(path))
    }

    pub fn invite(&self) -> Option<String> {
        self.invite.as_deref().and_then(Invite::code_in)
    }
}

/// One under way.
#[derive(Serialize, Deserialize)]
pub struct Journey {
    pub provider: String,
    pub ticket: Ticket,
    pub purpose: Purpose,
    pub next: Option<String>,
    #[serde(default)]
    pub invite: Option<String>,
    /// For whom, and in which session, when they were signed in.
    pub viewer: Option<(UserId, String)>,
}

impl Journey {
    /// Where the same begins once more.
    pub fn again(&self) -> String {
        again(&self.provider, self.purpose, self.next.as_deref(), self.invite.as_deref())
    }
}

pub fn again(provider: &str, purpose: Purpose, next: Option<&str>, invite: Option<&str>) -> String {
    match purpose {
        Purpose::SignIn => urls::auth_join(provider, next, invite),
        Purpose::Link => urls::auth_link(provider),
        Purpose::Confirm => urls::auth_confirm(provider, next.unwrap_or(urls::SETTINGS_SECURITY)),
    }
}

/// # Errors
/// `NotFound` when nobody has set it up.
pub fn provider<'a>(state: &'a AppState, name: &str) -> Result<&'a Provider> {
    state.config.providers.all.iter().find(|provider| provider.name == name).ok_or(Error::NotFound)
}

/// Where a provider sends people back: written down over there.
pub fn back(state: &AppState, provider: &Provider) -> Result<Url> {
    state.config.server.public_url.join(&urls::auth_callback(&provider.name)).map_err(Error::internal)
}

/// Whether a page of ours leads here, as far as the browser says: from a bookmark, a mail or another site nobody is sent on unasked.
/// Over plain http browsers say less, but then still where a link was. What says nothing and is nobody is no browser.
pub fn asked_here(visit: &Visit) -> bool {
    if let Some(site) = visit.header("sec-fetch-site") {
        return site == "same-origin";
    }
    match visit.header(header::REFERER).and_then(|from| Url::parse(from).ok()) {
        Some(from) => {
            let host = visit.header(header::HOST).unwrap_or_default().to_ascii_lowercase();
            from.origin() == visit.state.config.server.public_url.origin() || from.authority() == host
        }
        None => visit.session_id().is_none(),
    }
}

/// Off to the provider.
pub async fn set_off(visit: &Visit, provider: &Provider, wish: &Wish) -> Result<HttpResponse> {
    let (state, purpose, now) = (&visit.state, wish.purpose(), visit.state.now());
    let viewer = visit.load_viewer().await?;
    match (purpose, viewer) {
        (Purpose::SignIn, Some(_)) => return Ok(visit.go(wish.next().unwrap_or(urls::HOME), None)),
        (Purpose::Link | Purpose::Confirm, None) => return Err(Error::SignInNeeded),
        // They come back to the page with the button: what follows a form is not free to leave the site.
        (Purpose::Link, Some(viewer)) if confirm::recently(viewer).is_err() => {
            return Ok(visit.go(&urls::confirm_then(urls::SETTINGS_CONNECTIONS), Some(Flash::good("flash-confirm-first"))));
        }
        _ => {}
    }
    let bound = viewer.map(|viewer| (viewer.id, session_mark(visit)));
    // Who has a password is asked for that.
    if purpose == Purpose::Confirm && visit.read_signed_in(|c, viewer| Ok(User::find(c, viewer.id)?.has_password())).await? {
        return Ok(visit.go(&urls::confirm_then(wish.next().unwrap_or(urls::SETTINGS_SECURITY)), None));
    }
    state.limits.take(&STARTS, &visit.network(), now).await.map_err(sign_in::too_many)?;
    let prompt = match (purpose, provider.kind) {
        (Purpose::Confirm, ProviderKind::Google) => Some("select_account"),
        (Purpose::Confirm, _) => Some("login"),
        _ => None,
    };
    let (to, ticket) = match state.oidc.leave(provider, &back(state, provider)?, prompt, now).await {
        Ok(left) => left,
        Err(trouble) => {
            return fail(visit, provider, &trouble, again(&provider.name, purpose, wish.next(), wish.invite().as_deref())).await;
        }
    };
    let journey = Journey {
        provider: provider.name.clone(),
        ticket,
        purpose,
        next: wish.next().map(str::to_owned),
        invite: wish.invite(),
        viewer: bound,
    };
    let data = state.sealer.seal(PURPOSE, &serde_json::to_string(&journey).map_err(Error::internal)?)?;
    let id = state.db.write(move |c| Challenge::begin(c, KIND, None, &data, LIFE, now)).await?;
    let mut response = leave(visit, &to);
    response.add_cookie(&challenge_cookie(visit, id)).map_err(Error::internal)?;
    Ok(response)
}

/// To another site: htmx follows a redirect within ours only.
fn leave(visit: &Visit, to: &Url) -> HttpResponse {
    let no_store = (header::CACHE_CONTROL, "private, no-store");
    match visit.wants {
        Wants::Page => HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_str())).insert_header(no_store).finish(),
        Wants::Fragment => HttpResponse::NoContent().insert_header(("HX-Redirect", to.as_str())).insert_header(no_store).finish(),
        Wants::Json => HttpResponse::Ok().insert_header(no_store).json(serde_json::json!({ "location": to.as_str() })),
    }
}

pub fn challenge_cookie(visit: &Visit, id: String) -> actix_web::cookie::Cookie<'static> {
    let life = actix_web::cookie::time::Duration::seconds(LIFE.num_seconds());
    cookies::signed(&visit.state, cookies::CHALLENGE, id, Some(life))
}

/// By which the session is known again without keeping its id anywhere.
fn session_mark(visit: &Visit) -> String {
    visit.state.sealer.digest("social session", visit.session_id().unwrap_or_default())
}

/// Takes up the journey that came back with this state: `None` when it is not this browser's, is over, or was answered already. One
/// that came back wrong leaves what is under way alone.
pub async fn take_up(visit: &Visit, provider: &Provider, state: &str) -> Result<Option<Journey>> {
    let Some(id) = cookies::read_signed(&visit.state, visit.request(), cookies::CHALLENGE) else { return Ok(None) };
    let (now, wanted) = (visit.state.now(), id.clone());
    let Some(found) = visit.state.db.read(move |c| Challenge::find(c, &wanted, KIND, now)).await? else { return Ok(None) };
    let opened = visit.state.sealer.open(PURPOSE, &found.data).ok().and_then(|text| serde_json::from_str::<Journey>(&text).ok());
    let fits = |journey: &Journey| journey.provider == provider.name && seal::same(&journey.ticket.state, state);
    let Some(journey) = opened.filter(fits) else { return Ok(None) };
    let taken = visit.state.db.write(move |c| Challenge::take(c, &id, KIND, now)).await?;
    Ok(taken.map(|_| journey))
}

/// Whether the one who came back is the one who left, in the same session.
pub async fn is_same_viewer(visit: &Visit, journey: &Journey) -> Result<bool> {
    let viewer = visit.load_viewer().await?.map(|viewer| viewer.id);
    Ok(match (&journey.viewer, viewer) {
        (Some((left, session)), Some(back)) => *left == back && *session == session_mark(visit),
        _ => false,
    })
}

/// The page for what went wrong between us and the provider; the log says what it was.
pub async fn fail(visit: &Visit, provider: &Provider, trouble: &Trouble, again: String) -> Result<HttpResponse> {
    match trouble {
        Trouble::CodeSpent(_) => tracing::info!(provider = provider.name, %trouble, "a sign-in elsewhere failed"),
        _ => tracing::warn!(provider = provider.name, %trouble, "a sign-in elsewhere failed"),
    }
    Failure::from(trouble).page(visit, provider, again).await
}
