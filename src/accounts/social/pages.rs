//! Leaving for a provider by a link, and coming back.

use super::arrival::{self, Arrival, Moment};
use super::failure::Failure;
use super::flow::{self, Journey, Purpose, Wish};
use super::identity::Identity;
use super::password;
use super::profile::Profile;
use crate::accounts::entry::{self, How};
use crate::accounts::session::Session;
use crate::accounts::{User, email_problem};
use crate::config::Provider;
use crate::error::{Error, Result};
use crate::platform::oidc::Proof;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::{Layout, Visit, cookies, filters, respond};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

/// How long ago a provider may have asked for a password, by its own word, when that is to count here.
const LATELY: TimeDelta = TimeDelta::minutes(10);

#[derive(Template)]
#[template(path = "accounts/social_start.html")]
struct StartPage {
    layout: Layout,
    name: String,
    label: String,
    link: bool,
    confirm: bool,
    next: Option<String>,
    invite: Option<String>,
}

pub async fn start(visit: Visit, name: web::Path<String>, wish: web::Query<Wish>) -> Result<HttpResponse> {
    let provider = flow::provider(&visit.state, &name)?;
    if flow::asked_here(&visit) {
        return flow::set_off(&visit, provider, &wish).await;
    }
    visit.load_viewer().await?;
    let (purpose, next, invite) = (wish.purpose(), wish.next().map(str::to_owned), wish.invite());
    let (name, label) = (provider.name.clone(), provider.label.clone());
    let (link, confirm) = (purpose == Purpose::Link, purpose == Purpose::Confirm);
    visit.page(|layout| StartPage { layout, name, label, link, confirm, next, invite }).await
}

/// What a provider sends people back with.
#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    /// Who answers (RFC 9207), where they say so.
    iss: Option<String>,
}

pub async fn callback(visit: Visit, name: web::Path<String>, answer: web::Query<Answer>) -> Result<HttpResponse> {
    let provider = flow::provider(&visit.state, &name)?;
    let answer = answer.into_inner();
    let Some(journey) = flow::take_up(&visit, provider, &answer.state).await? else {
        return Failure::Stale.page(&visit, provider, urls::auth_then(&provider.name, None)).await;
    };
    if answer.iss.is_some_and(|issuer| issuer != provider.issuer) {
        tracing::warn!(provider = provider.name, "an answer came from another issuer");
        return Failure::Refused.page(&visit, provider, journey.again()).await;
    }
    let code = match (answer.code, answer.error) {
        (_, Some(error)) => {
            let failure = Failure::said(&error);
            if failure != Failure::Denied {
                tracing::warn!(provider = provider.name, error, "the provider refuses to sign people in");
            }
            return failure.page(&visit, provider, journey.again()).await;
        }
        (Some(code), None) => code,
        (None, None) => return Failure::Stale.page(&visit, provider, journey.again()).await,
    };
    let (again, purpose) = (journey.again(), journey.purpose);
    if purpose != Purpose::SignIn && !flow::is_same_viewer(&visit, &journey).await? {
        return Failure::Stale.page(&visit, provider, again).await;
    }
    let Journey { ticket, next, invite, .. } = journey;
    let back = flow::back(&visit.state, provider)?;
    let proof = match visit.state.oidc.arrive(provider, &back, code, ticket, visit.state.now()).await {
        Ok(proof) => proof,
        Err(trouble) => return flow::fail(&visit, provider, &trouble, again).await,
    };
    match purpose {
        Purpose::SignIn => sign_in(&visit, provider, &proof, Onward { next, invite, again }).await,
        Purpose::Link => link(&visit, provider, &proof, again).await,
        Purpose::Confirm => confirm(&visit, provider, &proof, next, again).await,
    }
}

/// What a journey said of its end.
struct Onward {
    next: Option<String>,
    invite: Option<String>,
    again: String,
}

async fn sign_in(visit: &Visit, provider: &Provider, proof: &Proof, onward: Onward) -> Result<HttpResponse> {
    let Onward { next, invite, again } = onward;
    // Whoever is known is let in by the token alone, even while the provider's other servers are down.
    let (name, subject, now) = (provider.name.clone(), proof.claims.subject().to_string(), visit.state.now());
    let known = visit.state.db.read(move |c| Identity::find(c, &name, &subject)).await?;
    let arrival = match known {
        Some(identity) => {
            let email = proof.claims.email().map(|email| email.to_string()).filter(|email| email_problem(email).is_none());
            let user = identity.user;
            visit.state.db.write(move |c| identity.used(c, email.as_deref(), now)).await?;
            Arrival::Known(user)
        }
        None => {
            let profile = match Profile::read(&visit.state, provider, proof).await {
                Ok(profile) => profile,
                Err(trouble) => return flow::fail(visit, provider, &trouble, again).await,
            };
            let (moment, told) = (Moment::of(visit, invite.clone(), provider.is_local()), profile.clone());
            let arrival = arrival::settle(&visit.state.db, move |c| arrival::arrive(c, &moment, &told)).await?;
            if let Arrival::AskPassword(user) = arrival {
                return password::ask(visit, user, profile, next, invite).await;
            }
            arrival
        }
    };
    let how = How::Provider(provider.label.clone());
    match arrival {
        Arrival::Known(user) => entry::enter(visit, user, how, next.as_deref(), None).await,
        Arrival::Linked(user) => entry::enter(visit, user, how, next.as_deref(), Some(Flash::good("flash-linked"))).await,
        Arrival::Made(user) => entry::enter(visit, user, How::SignUp, next.as_deref(), Some(Flash::good("flash-welcome"))).await,
        Arrival::Failed(failure) => failure.page(visit, provider, again).await,
        Arrival::AskPassword(_) => Err(Error::internal("somebody is to be asked for a password")),
    }
}

async fn link(visit: &Visit, provider: &Provider, proof: &Proof, again: String) -> Result<HttpResponse> {
    let profile = match Profile::read(&visit.state, provider, proof).await {
        Ok(profile) => profile,
        Err(trouble) => return flow::fail(visit, provider, &trouble, again).await,
    };
    let me = visit.load_viewer().await?.ok_or(Error::SignInNeeded)?.id;
    let moment = Moment::of(visit, None, provider.is_local());
    let mine = arrival::settle(&visit.state.db, move |c| match Identity::find(c, &profile.provider, &profile.subject)? {
        Some(identity) => Ok(identity.user == me),
        None => arrival::link(c, &moment, me, &profile).map(|()| true),
    })
    .await?;
    if !mine {
        return Failure::Taken.page(visit, provider, again).await;
    }
    finish(visit, urls::SETTINGS_CONNECTIONS, Some(Flash::good("flash-linked")))
}

async fn confirm(visit: &Visit, provider: &Provider, proof: &Proof, next: Option<String>, again: String) -> Result<HttpResponse> {
    let (name, subject, now) = (provider.name.clone(), proof.claims.subject().to_string(), visit.state.now());
    // Where a provider says when it asked, that was just now: it did not merely know the browser.
    if proof.claims.auth_time().is_some_and(|at| proof.claims.issue_time() - at > LATELY) {
        return Failure::Stale.page(visit, provider, again).await;
    }
    let session = visit.session_id().unwrap_or_default().to_owned();
    let fresh = visit
        .write_own(move |c, viewer| {
            let own = Identity::find(c, &name, &subject)?.is_some_and(|identity| identity.user == viewer.id);
            if own && !User::find(c, viewer.id)?.has_password() { Session::confirm(c, &session, now).map(Some) } else { Ok(None) }
        })
        .await?;
    let Some(fresh) = fresh else { return Failure::Another.page(visit, provider, again).await };
    let mut response = finish(visit, next.as_deref().unwrap_or(urls::SETTINGS_SECURITY), None)?;
    response.add_cookie(&respond::session_cookie(visit, fresh)).map_err(Error::internal)?;
    Ok(response)
}

fn finish(visit: &Visit, to: &str, flash: Option<Flash>) -> Result<HttpResponse> {
    let mut response = visit.go(to, flash);
    response.add_cookie(&cookies::removal(&visit.state, cookies::CHALLENGE)).map_err(Error::internal)?;
    Ok(response)
}
