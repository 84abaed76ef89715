//! The part of the settings that is about other people: who sees what I share, whom I block, whom I have muted.

use super::lists::{self, List};
use super::{Contact, ties};
use crate::error::Result;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct PrivacyForm {
    private: bool,
}

pub async fn set_privacy(visit: Visit, form: web::Form<PrivacyForm>) -> Result<HttpResponse> {
    let (private, now) = (form.private, visit.state.now());
    visit.write_own(move |c, viewer| ties::set_private(c, viewer, private, now)).await?;
    let done = if private { "flash-private" } else { "flash-public" };
    Ok(visit.go(urls::SETTINGS, Some(Flash::good(done))))
}

/// Whom one keeps away, or keeps quiet.
#[derive(Template)]
#[template(path = "people/kept_away.html", blocks = ["people"])]
pub struct KeptAwayPage {
    layout: Layout,
    /// Blocked; otherwise muted.
    blocked: bool,
    people: Page<Contact>,
    path: &'static str,
}

pub async fn blocked(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    kept_away(visit, cursor, List::Blocked, urls::SETTINGS_BLOCKED).await
}

pub async fn muted(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    kept_away(visit, cursor, List::Muted, urls::SETTINGS_MUTED).await
}

async fn kept_away(visit: Visit, cursor: web::Query<Cursor>, list: List, path: &'static str) -> Result<HttpResponse> {
    let before = cursor.before();
    let people = visit.read_signed_in(move |c, viewer| lists::page(c, Some(viewer), list, before)).await?;
    let blocked = list == List::Blocked;
    if visit.is_fragment() {
        return visit.fragment(&KeptAwayPage { layout: visit.layout(), blocked, people, path }.as_people());
    }
    visit.page(|layout| KeptAwayPage { layout, blocked, people, path }).await
}
