//! Everybody: found by name or address, by how they stand, page by page, and as a file.

use super::nav::Nav;
use super::person::{self, Filter, Person, Status, Wanted};
use super::{csv, only_admins};
use crate::accounts::audit::{Act, Audit, By};
use crate::accounts::confirm;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::urls;
use crate::web::i18n::Message;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::stream;
use serde::Deserialize;

/// Rows of a page.
const PAGE: usize = 50;
/// Characters of what is searched for.
const SEARCH_LIMIT: usize = 256;
/// Rows a file is read in.
const PORTION: i64 = 1_000;
/// Rows of a file at most: more than that wants a tool of its own.
const MOST_ROWS: i64 = 100_000;

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    q: String,
}

impl Asked {
    fn wanted(self, before: Option<i64>) -> Result<Wanted> {
        let filter = Filter::from_name(&self.status).ok_or(Error::NotFound)?;
        Ok(Wanted { filter, search: self.q.trim().chars().take(SEARCH_LIMIT).collect(), before })
    }
}

#[derive(Template)]
#[template(path = "admin/users.html")]
struct UsersPage {
    layout: Layout,
    nav: Nav,
    list: List,
}

pub struct List {
    pub wanted: Wanted,
    pub people: Page<Person>,
    pub now: Timestamp,
    /// Why the last act was not done.
    pub problem: Option<Message>,
}

impl List {
    pub fn path(&self) -> String {
        urls::admin_users(self.wanted.filter.as_str(), &self.wanted.search)
    }

    pub fn filters(&self) -> Vec<(Filter, String)> {
        Filter::ALL.into_iter().map(|filter| (filter, urls::admin_users(filter.as_str(), &self.wanted.search))).collect()
    }

    /// It is everybody there is.
    pub fn is_all(&self) -> bool {
        self.wanted.filter == Filter::Everybody && self.wanted.search.is_empty()
    }
}

async fn load(visit: &Visit, wanted: Wanted) -> Result<(List, Nav)> {
    let (now, state) = (visit.state.now(), visit.state.clone());
    visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            let rows = person::some(c, &wanted, PAGE as i64 + 1, now)?;
            let people = Page::new(rows, PAGE, wanted.before, |person| person.id.get());
            Ok((List { wanted, people, now, problem: None }, Nav::read(c, &state)?))
        })
        .await
}

pub async fn show(visit: Visit, asked: web::Query<Asked>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (list, nav) = load(&visit, asked.into_inner().wanted(cursor.before())?).await?;
    visit.page(|layout| UsersPage { layout, nav, list }).await
}

/// The list again, with what was wrong with what somebody wanted.
pub async fn refuse(visit: &Visit, problem: Message) -> Result<HttpResponse> {
    let (list, nav) = load(visit, Asked::default().wanted(None)?).await?;
    let list = List { problem: Some(problem), ..list };
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| UsersPage { layout, nav, list }).await
}

/// The same people as a table for other programs. It leaves the site with everybody's address, so it is asked for twice and noted.
pub async fn export(visit: Visit, asked: web::Form<Asked>) -> Result<HttpResponse> {
    let now = visit.state.now();
    only_admins(visit.load_viewer().await?)?;
    let wanted = asked.into_inner().wanted(None)?;
    let detail = [wanted.filter.as_str(), wanted.search.as_str()].join(" ").trim().to_owned();
    visit
        .write(move |c, viewer| {
            only_admins(Some(viewer))?;
            confirm::recently(viewer)?;
            Audit::note(c, &By::of(viewer), Act::PeopleExported, None, &detail, now)
        })
        .await?;
    let name = format!("attachment; filename=\"picstargram-people-{}.csv\"", now.format("%Y-%m-%d"));
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .streaming(rows(visit.state.clone(), wanted, now)))
}

/// Portion by portion: a large site does not stand in memory, and a browser that stops reading stops the reading.
fn rows(state: AppState, wanted: Wanted, now: Timestamp) -> impl stream::Stream<Item = Result<web::Bytes>> {
    let head =
        csv::line(&["id", "username", "email", "role", "status", "until", "email_confirmed", "posts", "bytes", "last_seen", "joined"]);
    stream::try_unfold((Some(wanted), head, MOST_ROWS), move |(wanted, head, left)| {
        let state = state.clone();
        async move {
            let Some(wanted) = wanted.filter(|_| left > 0) else { return Ok(None) };
            let limit = PORTION.min(left);
            let asked = wanted.clone();
            let people = state.db.read(move |c| person::some(c, &asked, limit, now)).await?;
            let text = people.iter().fold(head, |text, person| text + &record(person, now));
            let next = people.last().filter(|_| people.len() as i64 == limit).map(|last| Wanted { before: Some(last.id.get()), ..wanted });
            Ok(Some((web::Bytes::from(text), (next, String::new(), left - limit))))
        }
    })
}

fn record(person: &Person, now: Timestamp) -> String {
    let time = |at: Option<Timestamp>| at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default();
    let (status, until) = match person.status(now) {
        Status::Active => ("active", None),
        Status::Unproven => ("unproven", None),
        Status::Banned(until) => ("banned", until),
        Status::Leaving(at) => ("leaving", Some(at)),
    };
    csv::line(&[
        &person.id.to_string(),
        &person.username,
        &person.email,
        if person.is_admin() { "admin" } else { "member" },
        status,
        &time(until),
        &time(person.verified_at),
        &person.post_count.to_string(),
        &person.bytes.to_string(),
        &time(person.seen_at),
        &time(Some(person.created_at)),
    ])
}
