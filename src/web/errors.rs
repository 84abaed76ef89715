//! The one place that draws errors: as a page with a way onward, as a notice for a fragment request, as a problem document
//! (RFC 9457) for JSON. The status is always the true one. What went wrong inside is logged, never shown: the page says the
//! request's id.

use crate::error::Error;
use crate::urls;
use crate::web::filters;
use crate::web::flash::Flash;
use crate::web::i18n::{self, Lang};
use crate::web::layout::Layout;
use crate::web::request_log::request_id;
use crate::web::visit::{Visit, Wants};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

#[derive(Template)]
#[template(path = "errors/show.html")]
struct ErrorPage {
    layout: Layout,
    words: Words,
    request_id: Option<String>,
    sign_in: String,
}

#[derive(Template)]
#[template(path = "errors/notice.hx.html")]
struct ErrorNotice {
    words: Words,
    request_id: Option<String>,
}

/// Names of messages in `locales/`.
struct Words {
    status: u16,
    title: &'static str,
    body: &'static str,
    /// Whether the way onward is to sign in.
    offers_sign_in: bool,
}

impl Words {
    fn of(status: StatusCode, error: Option<&Error>) -> Words {
        let (title, body) = match (status.as_u16(), error) {
            (_, Some(Error::AddressNotProven)) => ("error-unproven-title", "error-unproven-body"),
            (_, Some(Error::ConfirmFirst)) => ("error-confirm-title", "error-confirm-body"),
            (_, Some(Error::CrossSite)) => ("error-cross-site-title", "error-cross-site-body"),
            (_, Some(Error::Unavailable(_))) => ("error-unavailable-title", "error-unavailable-body"),
            (400, _) => ("error-bad-request-title", "error-bad-request-body"),
            (401, _) => ("error-sign-in-title", "error-sign-in-body"),
            (403, _) => ("error-forbidden-title", "error-forbidden-body"),
            (404, _) => ("error-not-found-title", "error-not-found-body"),
            (405, _) => ("error-method-title", "error-method-body"),
            (408, _) => ("error-timeout-title", "error-timeout-body"),
            (409, _) => ("error-taken-title", "error-taken-body"),
            (413, _) => ("error-too-large-title", "error-too-large-body"),
            (429, _) => ("error-too-many-title", "error-too-many-body"),
            (503, _) => ("error-busy-title", "error-busy-body"),
            (code, _) if code < 500 => ("error-bad-request-title", "error-bad-request-body"),
            _ => ("error-internal-title", "error-internal-body"),
        };
        Words { status: status.as_u16(), title, body, offers_sign_in: status == StatusCode::UNAUTHORIZED }
    }
}

/// Replaces every error response that a handler did not draw itself.
pub async fn draw_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    // Handlers that draw their own 4xx (a form with errors) leave no error in the response; routes that do not exist leave none
    // either, but no content type.
    let error = response.response().error();
    let undrawn = error.is_some() || (response.status().is_client_error() && !response.headers().contains_key(header::CONTENT_TYPE));
    if !undrawn {
        return Ok(response);
    }
    let status = response.status();
    let ours = error.and_then(|error| error.as_error::<Error>());
    if let Some(Error::Internal(cause) | Error::Unavailable(cause)) = ours {
        tracing::error!(target: "picstargram::request", id = request_id(response.request()), cause, "failed");
    } else if status.is_server_error() {
        let cause = error.map(ToString::to_string).unwrap_or_default();
        tracing::error!(target: "picstargram::request", id = request_id(response.request()), cause, "failed");
    }
    let retry_after = ours.filter(|error| error.is_outage() || matches!(error, Error::TooMany { .. })).map(Error::retry_after);
    let mut drawn = match way_in(response.request(), ours) {
        Some(redirect) => redirect,
        None => draw(response.request(), status, ours).await,
    };
    for (name, value) in response.headers() {
        if name == header::ALLOW || name == header::SET_COOKIE {
            drawn.headers_mut().append(name.clone(), value.clone());
        }
    }
    if let Some(seconds) = retry_after {
        drawn.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
    Ok(response.into_response(drawn).map_into_boxed_body())
}

/// A page for members leads through the sign-in and back, one for those who proved themselves lately through that, one for those
/// with a proven address to the code; only JSON sees the status.
fn way_in(request: &HttpRequest, error: Option<&Error>) -> Option<HttpResponse> {
    let way: fn(&str) -> (String, &'static str) = match error {
        Some(Error::SignInNeeded) => |next| (urls::sign_in_then(next), "flash-sign-in-first"),
        Some(Error::ConfirmFirst) => |next| (urls::confirm_then(next), "flash-confirm-first"),
        Some(Error::AddressNotProven) => |_| (urls::VERIFY.to_owned(), "flash-verify-first"),
        _ => return None,
    };
    let visit = Visit::of(request).ok()?;
    let next = match *request.method() {
        Method::GET | Method::HEAD => visit.path_and_query(),
        _ => visit.came_from().unwrap_or_else(|| urls::HOME.to_owned()),
    };
    match visit.wants {
        Wants::Page => {
            let (to, words) = way(&next);
            Some(visit.go(&to, Some(Flash::good(words))))
        }
        Wants::Fragment => {
            let (to, words) = way(&visit.came_from().unwrap_or_else(|| urls::HOME.to_owned()));
            Some(visit.go(&to, Some(Flash::good(words))))
        }
        Wants::Json => None,
    }
}

async fn draw(request: &HttpRequest, status: StatusCode, error: Option<&Error>) -> HttpResponse {
    let words = Words::of(status, error);
    let Ok(visit) = Visit::of(request) else { return HttpResponse::new(status) };
    // The navigation shows who is signed in; when the database is what failed, it does without.
    let _ = visit.load_viewer().await;
    let id = Some(request_id(request)).filter(|_| status.is_server_error());
    let lang = visit.lang();
    let drawn = match visit.wants {
        Wants::Json => Ok(problem(lang, &words, id.as_deref())),
        Wants::Fragment => visit.fragment_with_status(status, &ErrorNotice { words, request_id: id }),
        Wants::Page => {
            let sign_in = urls::sign_in_then(visit.path_and_query());
            visit.page_with_status(status, |layout| ErrorPage { layout, words, request_id: id, sign_in }).await
        }
    };
    drawn.unwrap_or_else(|error| {
        tracing::error!(%error, "an error page could not be drawn");
        HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(i18n::text(lang, "error-internal-title"))
    })
}

fn problem(lang: Lang, words: &Words, request_id: Option<&str>) -> HttpResponse {
    let status = StatusCode::from_u16(words.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "private, no-store")).content_type("application/problem+json").json(
        serde_json::json!({
            "type": "about:blank",
            "title": i18n::text(lang, words.title),
            "detail": i18n::text(lang, words.body),
            "status": words.status,
            "request_id": request_id,
        }),
    )
}

/// For addresses no route knows; a known one that cannot do what is asked answers 405 by itself.
pub async fn no_route() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}
