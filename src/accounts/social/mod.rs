//! Signing in with an account elsewhere: Google, Kakao, any OpenID Connect issuer the operator names.
//!
//! The buttons are links, because a browser checks `form-action` along every redirect that follows a form, and where a provider
//! leads people for their password is not ours to know. A link can be followed from anywhere, so a journey begins at once only
//! when one of our own pages asks; otherwise a page with a button does (see `flow::asked_here`).
//!
//! The protocol is `platform::oidc`'s, what a provider tells is read by `profile`, who somebody is here is decided by `arrival`.

mod actions;
mod arrival;
mod connections;
mod failure;
mod flow;
mod identity;
mod pages;
mod password;
mod photo;
mod profile;
mod username;

use crate::accounts::registration_open;
use crate::config::{Provider, ProviderKind};
use crate::error::Result;
use crate::platform::db::Conn;
use crate::state::AppState;
use crate::urls;
use crate::web::UserId;
use crate::web::request_log::guarded;
use actix_web::web;

pub use identity::Identity;
pub use photo::ImportPhoto;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::AUTH_CALLBACK).get(pages::callback)))
        .service(guarded(web::resource(urls::AUTH).get(pages::start).post(actions::start)))
        .service(guarded(web::resource(urls::SIGN_IN_LINK).get(password::show).post(password::check)))
        .service(guarded(web::resource(urls::SETTINGS_CONNECTIONS).get(connections::show).post(connections::unlink)));
}

/// A button that leads to a provider.
#[derive(Clone, Debug)]
pub struct Way {
    pub name: String,
    pub label: String,
    /// In the sprite.
    pub icon: &'static str,
}

impl Way {
    fn to(provider: &Provider) -> Self {
        let icon = match provider.kind {
            ProviderKind::Google => "google",
            ProviderKind::Kakao => "kakao",
            ProviderKind::Oidc => "key",
        };
        Way { name: provider.name.clone(), label: provider.label.clone(), icon }
    }
}

/// All that the operator has set up.
pub fn ways(state: &AppState) -> Vec<Way> {
    state.config.providers.all.iter().map(Way::to).collect()
}

/// The same where they make accounts: nowhere when the site takes nobody in this way.
pub fn ways_to_join(state: &AppState) -> Vec<Way> {
    if registration_open(&state.config) { ways(state) } else { Vec::new() }
}

/// Those by which this person can sign in.
pub fn ways_of(c: &mut Conn, state: &AppState, user: UserId) -> Result<Vec<Way>> {
    let linked = Identity::of(c, user)?;
    Ok(ways(state).into_iter().filter(|way| linked.iter().any(|identity| identity.provider == way.name)).collect())
}
