//! The audit log as a page: who did what to whom, the newest first, of all or of one person.

use super::nav::Nav;
use super::only_admins;
use crate::accounts::User;
use crate::accounts::audit::{self, Audit, Entry, Whose};
use crate::error::Result;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    layout: Layout,
    nav: Nav,
    person: String,
    rows: Page<Entry>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    person: String,
}

pub async fn show(visit: Visit, asked: web::Query<Asked>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let person: String = asked.person.trim().trim_start_matches('@').chars().take(256).collect();
    let (before, state, wanted) = (cursor.before(), visit.state.clone(), person.clone());
    let (rows, nav) = visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            let whose = match wanted.as_str() {
                "" => Whose::Everybody,
                name => User::find_by_login(c, name)?.map_or_else(|| Whose::Name(name.to_owned()), |user| Whose::Account(user.id)),
            };
            let rows = Audit::page(c, &whose, before, audit::PAGE)?;
            Ok((Page::new(rows, audit::PAGE, before, |entry| entry.id), Nav::read(c, &state)?))
        })
        .await?;
    visit.page(|layout| AuditPage { layout, nav, person, rows }).await
}
