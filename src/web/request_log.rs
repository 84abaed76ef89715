//! One line per request, and the last line of defence: a panic in a handler becomes a 500 with the request's id, and the
//! worker lives on.

use crate::error::Error;
use crate::web::viewer::{UserId, Viewer};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{HttpServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpMessage, HttpRequest};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

/// 16 hex digits that tie a page a person sees to the lines in the log.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

struct SeenViewer {
    id: UserId,
    masked_email: String,
}

/// Lets the log line name who asked.
pub(super) fn note_viewer(request: &HttpRequest, viewer: &Viewer) {
    request.extensions_mut().insert(SeenViewer { id: viewer.id, masked_email: viewer.masked_email() });
}

pub fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// Outermost but for the headers: everything inside has an id, and everything is logged.
pub async fn log_requests(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let id = hex::encode(rand::random::<[u8; 8]>());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();

    let response = next.call(request).await?;

    let seen = response.request().extensions_mut().remove::<SeenViewer>();
    let (user, email) = (seen.as_ref().map(|seen| seen.id.get()), seen.as_ref().map(|seen| seen.masked_email.as_str()));
    // The route pattern rather than the path: lines of one kind can be counted, and addresses with secrets stay out.
    let route = response.request().match_pattern().unwrap_or_else(|| "-".to_owned());
    let status = response.status().as_u16();
    let millis = started.elapsed().as_secs_f64() * 1e3;
    if route.starts_with("/static") || route == "/livez" {
        tracing::debug!(target: "picstargram::request", id, %method, route, status, millis, user, email);
    } else {
        tracing::info!(target: "picstargram::request", id, %method, route, status, millis, user, email);
    }
    if status >= 500 {
        tracing::error!(target: "picstargram::request", id, %method, route, status, "answered with an error of the server");
    }
    Ok(response)
}

/// Answers HEAD wherever GET is answered; the server leaves the body away by itself.
pub async fn head_as_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}

/// A resource whose handlers may panic without taking their connection along. It wraps each resource rather than the whole
/// application: only after routing may a request be kept aside, and without it there would be nothing to answer to.
pub fn guarded(resource: actix_web::Resource) -> impl HttpServiceFactory {
    resource.wrap(from_fn(catch_panics))
}

async fn catch_panics(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let kept = request.request().clone();
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(result) => Ok(result?.map_into_boxed_body()),
        Err(panic) => {
            let words = panic
                .downcast_ref::<&str>()
                .map(|words| (*words).to_owned())
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            Ok(ServiceResponse::from_err(Error::Internal(format!("a handler panicked: {words}")), kept))
        }
    }
}
