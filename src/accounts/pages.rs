//! The sign-in, as a page.

use super::social::{self, Way};
use crate::error::Result;
use crate::urls;
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub struct Next {
    next: Option<String>,
}

impl Next {
    /// Only ever a path of this site.
    fn path(self) -> Option<String> {
        self.next.filter(|path| urls::is_local_path(path))
    }
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
pub struct SignInPage {
    pub layout: Layout,
    pub username: String,
    pub next: Option<String>,
    pub errors: FieldErrors,
    pub ways: Vec<Way>,
}

pub async fn sign_in(visit: Visit, query: web::Query<Next>) -> Result<HttpResponse> {
    let next = query.into_inner().path();
    if visit.load_viewer().await?.is_some() {
        return Ok(visit.go(next.as_deref().unwrap_or(urls::HOME), None));
    }
    visit
        .page(|layout| SignInPage {
            layout,
            username: String::new(),
            next,
            errors: FieldErrors::default(),
            ways: social::ways(&visit.state),
        })
        .await
}
