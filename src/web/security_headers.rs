//! Headers that make a browser distrust what we did not mean to send. A handler that sets its own policy (stored media) keeps it.

use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;

/// The policies of one site, made once.
#[derive(Clone)]
pub struct Policies {
    csp: HeaderValue,
    https: bool,
}

impl Policies {
    pub fn of(state: &AppState) -> Self {
        let media =
            state.config.storage.media_url.as_ref().map(|url| format!(" {}", url.origin().ascii_serialization())).unwrap_or_default();
        // Where a form that signs in with a provider leads.
        let providers: String =
            state.config.providers.all.iter().flat_map(|provider| provider.origins()).map(|origin| format!(" {origin}")).collect();
        let csp = format!(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{media}; object-src 'none'; \
             base-uri 'none'; frame-ancestors 'none'; form-action 'self'{providers}"
        );
        Policies {
            csp: HeaderValue::from_str(&csp).unwrap_or_else(|_| HeaderValue::from_static("default-src 'self'")),
            https: state.config.server.is_https(),
        }
    }
}

pub async fn set_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let policies = request.app_data::<web::Data<Policies>>().cloned();
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: HeaderValue| {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    };
    if let Some(policies) = policies {
        set(header::CONTENT_SECURITY_POLICY, policies.csp.clone());
        if policies.https {
            set(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        }
    }
    set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // never no-referrer: browsers would send `Origin: null` with our own forms
    set(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    set(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    set(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    );
    Ok(response)
}
