//! OpenID Connect, the relying side: authorization code with PKCE, and an id token that is believed only when everything about it
//! is right. Metadata and keys are kept for an hour; a token signed by an unknown key makes the keys be fetched again, at most once
//! a minute, because providers rotate them without a word.
//!
//! One provider at a time is asked for its metadata; while it is down everybody else is told so at once instead of waiting in turn.

use super::fetch::{Fetch, FetchError, is_safe};
use crate::clock::Timestamp;
use crate::config::{Provider, Providers};
use crate::error::Result;
use chrono::{TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdTokenClaims, CoreIdTokenVerifier,
    CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, TokenResponse,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use url::Url;

const KEPT: TimeDelta = TimeDelta::hours(1);
/// While a provider is down, what was known of it goes on being good for so long.
const STALE: TimeDelta = TimeDelta::days(1);
const KEYS_AT_MOST_EVERY: TimeDelta = TimeDelta::minutes(1);
/// So long nobody asks again after a failure.
const REST: TimeDelta = TimeDelta::seconds(5);
/// How much the clocks of two servers may differ.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// All of them; cloning is cheap.
#[derive(Clone)]
pub struct Oidc {
    pub fetch: Fetch,
    slots: Arc<HashMap<String, Mutex<Slot>>>,
}

#[derive(Default)]
struct Slot {
    known: Option<Known>,
    failed: Option<(Timestamp, String)>,
}

#[derive(Clone)]
struct Known {
    metadata: Arc<CoreProviderMetadata>,
    keys: Arc<CoreJsonWebKeySet>,
    at: Timestamp,
    keys_at: Timestamp,
}

/// What went wrong between us and a provider.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Down or too slow.
    #[error("away: {0}")]
    Away(String),
    /// The code was used before, or came too late.
    #[error("the code is spent: {0}")]
    CodeSpent(String),
    /// It does not know us, or we do not understand it: a setting is wrong.
    #[error("not set up: {0}")]
    Setup(String),
    /// The token is not one to believe.
    #[error("the token is refused: {0}")]
    Refused(String),
}

impl From<FetchError> for Trouble {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Away(why) => Trouble::Away(why),
            FetchError::Refused(why) => Trouble::Setup(why),
        }
    }
}

/// What must be remembered between leaving for a provider and coming back. Secret.
#[derive(Serialize, Deserialize)]
pub struct Ticket {
    pub state: String,
    nonce: String,
    verifier: String,
}

/// Somebody, as a provider vouches for them.
#[derive(Debug)]
pub struct Proof {
    pub claims: CoreIdTokenClaims,
    pub access_token: String,
    /// What was granted, which may be less than what was asked for; `None` when it is the same.
    pub scopes: Option<Vec<String>>,
    pub userinfo: Option<Url>,
}

impl Oidc {
    pub fn open(providers: &Providers) -> Result<Self> {
        let slots = providers.all.iter().map(|provider| (provider.name.clone(), Mutex::default())).collect();
        Ok(Oidc { fetch: Fetch::open(providers.timeout)?, slots: Arc::new(slots) })
    }

    /// Where the browser goes, and what to remember until it is back. `prompt` asks the provider to ask again, and to say when it did.
    pub async fn leave(&self, provider: &Provider, back: &Url, prompt: Option<&str>, now: Timestamp) -> Result<(Url, Ticket), Trouble> {
        let known = self.known(provider, now).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = client(provider, &known, back);
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge);
        for scope in provider.scopes.iter().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if let Some(prompt) = prompt {
            request = request.add_extra_param("prompt", prompt).set_max_age(Duration::ZERO);
        }
        let (url, state, nonce) = request.url();
        Ok((url, Ticket { state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() }))
    }

    /// Trades the code for a token and looks at it from every side.
    pub async fn arrive(&self, provider: &Provider, back: &Url, code: String, ticket: Ticket, now: Timestamp) -> Result<Proof, Trouble> {
        let known = self.known(provider, now).await?;
        let client = client(provider, &known, back);
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| Trouble::Setup(error.to_string()))?;
        let http = |request| self.http(request);
        let token = request.set_pkce_verifier(PkceCodeVerifier::new(ticket.verifier)).request_async(&http).await.map_err(token_trouble)?;
        let nonce = Nonce::new(ticket.nonce);
        let claims = match verify(provider, &known, &token, &nonce, now) {
            Err(Unbelieved::Key(why)) => match self.newer_keys(provider, &known, now).await? {
                Some(known) => verify(provider, &known, &token, &nonce, now),
                None => Err(Unbelieved::Key(why)),
            },
            other => other,
        };
        let claims = claims.map_err(|unbelieved| match unbelieved {
            Unbelieved::Key(why) | Unbelieved::Claims(why) => Trouble::Refused(why),
        })?;
        Ok(Proof {
            claims,
            access_token: token.access_token().secret().clone(),
            scopes: token.scopes().map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect()),
            userinfo: known.metadata.userinfo_endpoint().map(|url| url.url().clone()),
        })
    }

    /// Metadata and keys, from an hour's memory or asked for.
    async fn known(&self, provider: &Provider, now: Timestamp) -> Result<Known, Trouble> {
        let slot = self.slots.get(&provider.name).ok_or_else(|| Trouble::Setup("no such provider".into()))?;
        let mut slot = slot.lock().await;
        if let Some(known) = slot.known.as_ref().filter(|known| now - known.at < KEPT) {
            return Ok(known.clone());
        }
        let stale = slot.known.clone().filter(|known| now - known.at < STALE);
        if let Some((at, why)) = slot.failed.as_ref().filter(|(at, _)| now - *at < REST) {
            tracing::debug!(provider = provider.name, %at, why, "the provider is not asked again yet");
            return stale.ok_or_else(|| Trouble::Away(why.clone()));
        }
        match self.discover(provider, now).await {
            Ok(known) => {
                *slot = Slot { known: Some(known.clone()), failed: None };
                Ok(known)
            }
            Err(trouble) => {
                slot.failed = Some((now, trouble.to_string()));
                match stale {
                    Some(known) => {
                        tracing::warn!(provider = provider.name, %trouble, "the provider does not answer; what it said before is used");
                        Ok(known)
                    }
                    None => Err(trouble),
                }
            }
        }
    }

    async fn discover(&self, provider: &Provider, now: Timestamp) -> Result<Known, Trouble> {
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| Trouble::Setup(error.to_string()))?;
        let http = |request| self.http(request);
        let metadata = CoreProviderMetadata::discover_async(issuer, &http).await.map_err(discovery_trouble)?;
        if !is_safe(metadata.authorization_endpoint().url()) {
            return Err(Trouble::Setup("its pages are on plain http".into()));
        }
        // Discovery has brought the keys along.
        let keys = Arc::new(metadata.jwks().clone());
        Ok(Known { metadata: Arc::new(metadata), keys, at: now, keys_at: now })
    }

    /// The keys anew; `None` when they were fetched within the last minute.
    async fn newer_keys(&self, provider: &Provider, seen: &Known, now: Timestamp) -> Result<Option<Known>, Trouble> {
        let Some(slot) = self.slots.get(&provider.name) else { return Ok(None) };
        let mut slot = slot.lock().await;
        let Some(known) = slot.known.as_mut() else { return Ok(None) };
        // Somebody else has fetched them meanwhile.
        if known.keys_at > seen.keys_at {
            return Ok(Some(known.clone()));
        }
        if now - known.keys_at < KEYS_AT_MOST_EVERY {
            return Ok(None);
        }
        let http = |request| self.http(request);
        // Also when this fails: a provider that is down is not asked with every token.
        known.keys_at = now;
        known.keys = Arc::new(CoreJsonWebKeySet::fetch_async(known.metadata.jwks_uri(), &http).await.map_err(discovery_trouble)?);
        tracing::info!(provider = provider.name, "the provider's keys have changed");
        Ok(Some(known.clone()))
    }

    async fn http(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let refused = |error: &dyn std::fmt::Display| FetchError::Refused(error.to_string());
        let request = reqwest::Request::try_from(request).map_err(|error| refused(&error))?;
        let answer = self.fetch.ask(request).await?;
        let mut response = openidconnect::http::Response::builder().status(answer.status);
        if let Some(headers) = response.headers_mut() {
            *headers = answer.headers;
        }
        response.body(answer.body.into()).map_err(|error| refused(&error))
    }
}

type Client = CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

fn client(provider: &Provider, known: &Known, back: &Url) -> Client {
    let secret = provider.client_secret.clone().map(ClientSecret::new);
    let methods = known.metadata.token_endpoint_auth_methods_supported();
    let has = |method: &CoreClientAuthMethod| methods.is_some_and(|methods| methods.contains(method));
    // Basic is what the standard presumes where nothing is said.
    let in_body = secret.is_none() || (has(&CoreClientAuthMethod::ClientSecretPost) && !has(&CoreClientAuthMethod::ClientSecretBasic));
    CoreClient::from_provider_metadata((*known.metadata).clone(), ClientId::new(provider.client_id.clone()), secret)
        .set_redirect_uri(RedirectUrl::from_url(back.clone()))
        .set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth })
}

enum Unbelieved {
    /// No key of ours fits: they may have been rotated.
    Key(String),
    Claims(String),
}

fn verify(
    provider: &Provider,
    known: &Known,
    token: &CoreTokenResponse,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<CoreIdTokenClaims, Unbelieved> {
    let refuse = |why: &str| Unbelieved::Claims(why.to_owned());
    let id_token = token.id_token().ok_or_else(|| refuse("there is no id token"))?;
    let now = now.and_utc();
    // Signed by a key of the provider's: never with the secret we share, never unsigned.
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(provider.client_id.clone()),
        known.metadata.issuer().clone(),
        (*known.keys).clone(),
    )
    .set_allowed_algs(known.metadata.id_token_signing_alg_values_supported().iter().filter(|alg| is_asymmetric(alg)).cloned())
    .set_time_fn(move || now - SKEW)
    .set_issue_time_verifier_fn(
        move |issued: chrono::DateTime<Utc>| if issued > now + SKEW { Err("issued in the future".into()) } else { Ok(()) },
    );
    let claims = id_token.claims(&verifier, nonce).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
        ) => Unbelieved::Key(error.to_string()),
        other => Unbelieved::Claims(other.to_string()),
    })?;
    if claims.authorized_party().is_some_and(|party| **party != provider.client_id) {
        return Err(refuse("it was made for another client"));
    }
    if claims.subject().is_empty() || claims.subject().len() > 255 {
        return Err(refuse("it names nobody"));
    }
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = id_token.signing_alg().map_err(|error| refuse(&error.to_string()))?;
        let key = id_token.signing_key(&verifier).map_err(|error| refuse(&error.to_string()))?;
        let actual = AccessTokenHash::from_token(token.access_token(), algorithm, key).map_err(|error| refuse(&error.to_string()))?;
        if actual != *expected {
            return Err(refuse("it belongs to another access token"));
        }
    }
    Ok(claims.clone())
}

fn is_asymmetric(algorithm: &CoreJwsSigningAlgorithm) -> bool {
    use CoreJwsSigningAlgorithm as Alg;
    !matches!(algorithm, Alg::None | Alg::HmacSha256 | Alg::HmacSha384 | Alg::HmacSha512)
}

fn token_trouble(error: RequestTokenError<FetchError, openidconnect::StandardErrorResponse<CoreErrorResponseType>>) -> Trouble {
    match error {
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            CoreErrorResponseType::InvalidGrant => Trouble::CodeSpent(answer.to_string()),
            _ => Trouble::Setup(answer.to_string()),
        },
        RequestTokenError::Request(error) => error.into(),
        // The body may hold tokens: only what was wrong with it is said.
        RequestTokenError::Parse(error, _) => Trouble::Refused(format!("unreadable: {error}")),
        RequestTokenError::Other(why) => Trouble::Refused(why),
    }
}

fn discovery_trouble(error: DiscoveryError<FetchError>) -> Trouble {
    match error {
        DiscoveryError::Request(error) => error.into(),
        DiscoveryError::Parse(error) => Trouble::Setup(format!("metadata that cannot be read: {error}")),
        other => Trouble::Setup(other.to_string()),
    }
}
