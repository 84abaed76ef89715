//! One person: what the site knows of their account, what happened to it, and what can be done.

use super::nav::Nav;
use super::only_admins;
use super::person::{self, Person, Status};
use crate::accounts::audit::{self, Audit, Whose};
use crate::accounts::invite::Invite;
use crate::accounts::second_factor::SecondFactor;
use crate::accounts::security_event::{self, SecurityEvent};
use crate::error::Result;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, UserId, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;

/// Entries of the audit log that stand here; the log has the rest.
const ENTRIES: usize = 10;

#[derive(Template)]
#[template(path = "admin/user.html")]
struct UserPage {
    layout: Layout,
    nav: Nav,
    person: Person,
    /// Whose invite brought them.
    host: Option<String>,
    status: Status,
    /// Who looks at themselves cannot keep themselves out.
    is_self: bool,
    sessions: i64,
    has_second_factor: bool,
    providers: Vec<(String, String)>,
    acts: Page<audit::Entry>,
    events: Page<SecurityEvent>,
}

pub async fn show(visit: Visit, id: web::Path<UserId>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (id, now, state, before) = (id.into_inner(), visit.state.now(), visit.state.clone(), cursor.before());
    let (person, host, nav, sessions, has_second_factor, providers, acts, events) = visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            let person = person::one(c, id, now)?;
            let acts = Page::new(Audit::page(c, &Whose::Account(id), None, ENTRIES)?, ENTRIES, None, |entry| entry.id);
            let events = Page::new(SecurityEvent::page(c, id, before)?, security_event::PAGE, before, |event| event.id);
            Ok((
                person,
                Invite::host_of(c, id)?,
                Nav::read(c, &state)?,
                person::open_sessions(c, id, now)?,
                SecondFactor::is_on(c, id)?,
                person::providers(c, id)?,
                acts,
                events,
            ))
        })
        .await?;
    let (status, is_self) = (person.status(now), visit.viewer().is_some_and(|viewer| viewer.id == id));
    let page = |layout| UserPage { layout, nav, person, host, status, is_self, sessions, has_second_factor, providers, acts, events };
    visit.page(page).await
}
