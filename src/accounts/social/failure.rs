//! Every way in which signing in elsewhere can end badly, each with a page of its own: what happened, and what to do now.

use crate::config::{Provider, Registration};
use crate::error::{Error, Result};
use crate::platform::oidc::Trouble;
use crate::web::i18n::Message;
use crate::web::{Layout, Visit, cookies, filters};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

/// After so many seconds a provider that is away is worth another try.
const RETRY_AFTER: u32 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Somebody said no over there.
    Denied,
    /// Not begun in this browser, begun too long ago, or answered already.
    Stale,
    /// The code came too late, or twice.
    CodeSpent,
    /// The provider is down or too slow.
    Away,
    /// Its answer is not to be believed.
    Refused,
    /// It does not know this site: the operator has something to put right.
    Setup,
    /// No address, and no account without one.
    NoEmail,
    /// The account with this address has no password to ask for: it signs in another way.
    OtherWay,
    /// What was to be linked belongs to somebody else.
    Taken,
    /// Not the account that was to be confirmed.
    Another,
    /// Nobody becomes a member this way.
    Closed(Registration),
}

impl From<&Trouble> for Failure {
    fn from(trouble: &Trouble) -> Self {
        match trouble {
            Trouble::Away(_) => Failure::Away,
            Trouble::CodeSpent(_) => Failure::CodeSpent,
            Trouble::Setup(_) => Failure::Setup,
            Trouble::Refused(_) => Failure::Refused,
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/social_failed.html")]
struct FailedPage {
    layout: Layout,
    title: Message,
    body: Message,
    /// Where another try begins, when one makes sense.
    again: Option<String>,
}

impl Failure {
    /// What a provider says instead of a code (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
    pub fn said(error: &str) -> Self {
        match error {
            "access_denied" | "login_required" | "consent_required" | "interaction_required" | "account_selection_required" => {
                Failure::Denied
            }
            "temporarily_unavailable" | "server_error" => Failure::Away,
            _ => Failure::Setup,
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Failure::Denied | Failure::OtherWay | Failure::Another | Failure::Closed(_) => StatusCode::FORBIDDEN,
            Failure::Stale | Failure::CodeSpent => StatusCode::BAD_REQUEST,
            Failure::Away => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Refused | Failure::Setup => StatusCode::BAD_GATEWAY,
            Failure::NoEmail => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::Taken => StatusCode::CONFLICT,
        }
    }

    fn words(self, label: &str) -> (Message, Message) {
        match self {
            Failure::Denied => (Message::new("social-denied-title"), Message::new("social-denied-body").with("provider", label)),
            Failure::Stale => (Message::new("social-stale-title"), Message::new("social-stale-body")),
            Failure::CodeSpent => (Message::new("social-spent-title"), Message::new("social-spent-body").with("provider", label)),
            Failure::Away => (Message::new("social-away-title").with("provider", label), Message::new("social-away-body")),
            Failure::Refused => (Message::new("social-refused-title"), Message::new("social-refused-body").with("provider", label)),
            Failure::Setup => (Message::new("social-setup-title").with("provider", label), Message::new("social-setup-body")),
            Failure::NoEmail => (Message::new("social-no-email-title"), Message::new("social-no-email-body").with("provider", label)),
            Failure::OtherWay => (Message::new("social-other-way-title"), Message::new("social-other-way-body").with("provider", label)),
            Failure::Taken => (Message::new("social-taken-title").with("provider", label), Message::new("social-taken-body")),
            Failure::Another => (Message::new("social-another-title"), Message::new("social-another-body").with("provider", label)),
            Failure::Closed(Registration::Invite) => (Message::new("social-closed-title"), Message::new("social-closed-invite")),
            Failure::Closed(Registration::Approval) => (Message::new("social-closed-title"), Message::new("social-closed-approval")),
            Failure::Closed(_) => (Message::new("social-closed-title"), Message::new("social-closed-body")),
        }
    }

    /// Whether the same once more may end better.
    fn passes(self) -> bool {
        !matches!(self, Failure::Setup | Failure::OtherWay | Failure::Closed(_))
    }

    /// The page. `again` is where the same would begin once more.
    pub async fn page(self, visit: &Visit, provider: &Provider, again: String) -> Result<HttpResponse> {
        // The navigation shows who is signed in.
        visit.load_viewer().await?;
        let (title, body) = self.words(&provider.label);
        let again = Some(again).filter(|_| self.passes());
        let mut response = visit.page_with_status(self.status(), |layout| FailedPage { layout, title, body, again }).await?;
        if self == Failure::Away {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(RETRY_AFTER));
        }
        // One that is not this browser's own leaves alone what is under way in it.
        if self != Failure::Stale {
            response.add_cookie(&cookies::removal(&visit.state, cookies::CHALLENGE)).map_err(Error::internal)?;
        }
        Ok(response)
    }
}
