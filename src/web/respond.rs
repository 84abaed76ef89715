//! Answers: a page, a fragment, a redirect, a form with its errors. Headers that follow from these (caching, `Vary`, the flash,
//! a renewed session) are set here and nowhere else.

use crate::error::{Error, Result};
use crate::web::flash::Flash;
use crate::web::form::FieldErrors;
use crate::web::visit::{Visit, Wants};
use crate::web::{Layout, assets, compression, cookies};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;

impl Visit {
    /// A whole page with status 200. The page's struct gets the layout.
    pub async fn page<T: Template>(&self, page: impl FnOnce(Layout) -> T) -> Result<HttpResponse> {
        self.page_with_status(StatusCode::OK, page).await
    }

    pub async fn page_with_status<T: Template>(&self, status: StatusCode, page: impl FnOnce(Layout) -> T) -> Result<HttpResponse> {
        // Boosted from a page with older assets: only a full load brings the new ones.
        if status == StatusCode::OK && self.header("assets-version").is_some_and(|version| version != assets::version()) {
            return Ok(HttpResponse::NoContent().insert_header(("HX-Redirect", header_text(&self.path_and_query()))).finish());
        }
        let body = self.render(&page(self.layout()))?;
        let mut response = self.start(status);
        if self.flash().is_some() {
            response.cookie(cookies::removal(&self.state, cookies::FLASH));
        }
        if self.renew_session().await
            && let Some(id) = self.session_id()
        {
            response.cookie(session_cookie(self, id.to_owned()));
        }
        Ok(self.finish(response, body))
    }

    /// A piece of the page that is open.
    pub fn fragment(&self, fragment: &impl Template) -> Result<HttpResponse> {
        self.fragment_with_status(StatusCode::OK, fragment)
    }

    pub fn fragment_with_status(&self, status: StatusCode, fragment: &impl Template) -> Result<HttpResponse> {
        let body = self.render(fragment)?;
        Ok(self.finish(self.start(status), body))
    }

    /// 422 in JSON: the same words at the same fields.
    pub fn invalid_json(&self, status: StatusCode, errors: &FieldErrors) -> HttpResponse {
        let lang = self.lang();
        HttpResponse::build(status)
            .insert_header((header::CACHE_CONTROL, "private, no-store"))
            .content_type("application/problem+json")
            .json(serde_json::json!({
                "type": "about:blank",
                "title": crate::web::i18n::text(lang, "error-invalid-title"),
                "status": status.as_u16(),
                "errors": errors.in_language(lang),
            }))
    }

    /// On to another page after a change, with a notice to show there. A fragment request cannot follow a redirect without
    /// swapping what it finds there, so it gets `HX-Location` instead.
    pub fn go(&self, to: &str, flash: Option<Flash>) -> HttpResponse {
        let mut response = match self.wants {
            Wants::Fragment => {
                let mut response = HttpResponse::NoContent();
                response.insert_header(("HX-Location", header_text(to)));
                response
            }
            Wants::Page => {
                let mut response = HttpResponse::SeeOther();
                response.insert_header((header::LOCATION, header_text(to)));
                response
            }
            Wants::Json => {
                let mut response = HttpResponse::Ok();
                if let Some(flash) = flash {
                    response.cookie(cookies::signed(&self.state, cookies::FLASH, flash.to_cookie(), None));
                }
                no_store(&mut response);
                return response.json(serde_json::json!({ "location": to }));
            }
        };
        if let Some(flash) = flash {
            response.cookie(cookies::signed(&self.state, cookies::FLASH, flash.to_cookie(), None));
        }
        no_store(&mut response);
        response.finish()
    }

    /// A template that is no page: a feed.
    pub fn text(&self, template: &impl Template) -> Result<String> {
        self.render(template)
    }

    pub(super) fn render(&self, template: &impl Template) -> Result<String> {
        let mut body = String::with_capacity(16 * 1024);
        let reader = self.reader();
        template.render_into_with_values(&mut body, &("reader", &reader as &dyn std::any::Any)).map_err(Error::internal)?;
        Ok(body)
    }

    fn finish(&self, mut response: HttpResponseBuilder, body: String) -> HttpResponse {
        let (body, coding) = compression::compress(self.header(header::ACCEPT_ENCODING).unwrap_or_default(), body);
        if let Some(coding) = coding {
            response.insert_header((header::CONTENT_ENCODING, coding));
        }
        response.body(body)
    }

    fn start(&self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response
            .content_type("text/html; charset=utf-8")
            .insert_header((header::VARY, "HX-Request-Type, Accept-Encoding, Accept-Language, Cookie"));
        no_store(&mut response);
        response
    }
}

pub fn session_cookie(visit: &Visit, id: String) -> actix_web::cookie::Cookie<'static> {
    let lifetime = actix_web::cookie::time::Duration::days(cookies::SESSION_DAYS);
    cookies::signed(&visit.state, cookies::SESSION, id, Some(lifetime))
}

fn no_store(response: &mut HttpResponseBuilder) {
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
}

/// Addresses are made by `urls`, which percent-encodes; should a byte slip through, the way home is safe.
fn header_text(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("/"))
}
