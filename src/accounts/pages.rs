//! Sign-up and sign-in, as pages.

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
#[template(path = "accounts/sign_up.html")]
pub struct SignUpPage {
    pub layout: Layout,
    pub form: SignUpValues,
    pub errors: FieldErrors,
    /// A username that is free, when the wanted one is not.
    pub suggestion: Option<String>,
    /// Other ways to come in.
    pub ways: Vec<Way>,
}

/// What the form shows again; passwords are never among it.
#[derive(Clone, Debug, Default)]
pub struct SignUpValues {
    pub username: String,
    pub email: String,
    pub description: String,
    pub next: Option<String>,
}

pub async fn sign_up(visit: Visit, query: web::Query<Next>) -> Result<HttpResponse> {
    if visit.load_viewer().await?.is_some() {
        return Ok(visit.go(urls::HOME, None));
    }
    let form = SignUpValues { next: query.into_inner().path(), ..SignUpValues::default() };
    visit
        .page(|layout| SignUpPage {
            layout,
            form,
            errors: FieldErrors::default(),
            suggestion: None,
            ways: social::ways_to_join(&visit.state),
        })
        .await
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
