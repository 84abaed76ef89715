//! Keeps other sites from posting with our visitors' cookies, without tokens in forms: a browser says where a request comes
//! from. `Sec-Fetch-Site` decides where it is sent (https and localhost); on plain http in a home network `Origin` must name this very host;
//! a request with neither that bears our cookie is refused, and one without a cookie can do nothing in anybody's name.

use crate::error::Error;
use crate::state::AppState;
use crate::web::cookies;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, web};

pub async fn refuse_cross_site(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if changes && !is_same_site(request.request()) {
        return Ok(request.error_response(Error::CrossSite));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Whether a page of this site asks. For a WebSocket, too: it is opened by GET, and browsers say where from.
pub(super) fn is_same_site(request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = header("origin") {
        let Some(origin) = authority(origin) else { return false };
        let host = header(header::HOST.as_str()).map(str::to_ascii_lowercase);
        let public = request.app_data::<web::Data<AppState>>().and_then(|state| authority(state.config.server.public_url.as_str()));
        return host.is_some_and(|host| same_authority(&origin, &host)) || public == Some(origin);
    }
    request.cookie(cookies::SESSION).is_none()
}

/// Host and port, with the scheme's own port written out.
fn authority(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

/// A Host header leaves out the port its scheme implies, and does not say the scheme.
fn same_authority(origin: &str, host: &str) -> bool {
    origin == host || [":80", ":443"].iter().any(|port| origin.strip_suffix(port) == Some(host))
}
