//! The list of jobs, and the question before some of them are cancelled.

use super::nav::Nav;
use super::{About, Row, job, only_admins};
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Entry, Kinds, State};
use crate::urls;
use crate::web::i18n::Message;
use crate::web::paging::Page;
use crate::web::{Layout, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// `/admin` leads to what there is.
pub async fn home(visit: Visit) -> Result<HttpResponse> {
    only_admins(visit.load_viewer().await?)?;
    Ok(visit.go(urls::ADMIN_USERS, None))
}

#[derive(Debug, Default, Deserialize)]
pub struct Filter {
    state: Option<String>,
    kind: Option<String>,
    before: Option<String>,
}

/// A state, and how many jobs are in it.
pub struct Tab {
    pub state: State,
    pub words: &'static str,
    pub count: i64,
}

/// A kind among those of the state that is shown.
pub struct KindTab {
    pub kind: String,
    pub words: Option<&'static str>,
    pub count: i64,
}

/// What the list holds, as read from the database.
pub struct List {
    pub state: State,
    pub kind: Option<String>,
    /// Where the page begins that is shown.
    pub before: Option<i64>,
    pub tabs: Vec<Tab>,
    pub kinds: Vec<KindTab>,
    /// In this state, of this kind if one is chosen.
    pub count: i64,
    /// All of them may be cancelled together.
    pub cancellable: bool,
    pub rows: Page<Row>,
    /// Why the last act was not done.
    pub problem: Option<Message>,
}

impl List {
    pub fn path(&self) -> String {
        urls::admin_jobs(self.state.as_str(), self.kind.as_deref())
    }

    /// This very page, for refreshing it.
    pub fn here(&self) -> String {
        self.before.map_or(self.path(), |before| self.from(before))
    }

    pub fn from(&self, before: impl std::fmt::Display) -> String {
        format!("{}&before={before}", self.path())
    }

    pub fn cancel_all(&self) -> String {
        urls::admin_jobs_cancel(self.state.as_str(), self.kind.as_deref(), None)
    }

    pub fn cancel_one(&self, row: &Row) -> String {
        urls::admin_jobs_cancel(self.state.as_str(), self.kind.as_deref(), Some(row.job.id))
    }

    pub fn is_running(&self) -> bool {
        self.state == State::Running
    }

    pub fn is_waiting(&self) -> bool {
        self.state == State::Waiting
    }

    pub fn is_dead(&self) -> bool {
        self.state == State::Dead
    }

    /// Without a state: what needs somebody, or else what goes on.
    pub fn read(c: &mut Conn, known: &Kinds, state: Option<State>, kind: Option<String>, before: Option<i64>) -> Result<Self> {
        let counts = jobs::count_by_kind(c)?;
        let count_of = |state: State| counts.iter().filter(|(other, ..)| *other == state).map(|(.., count)| count).sum::<i64>();
        let state = state.unwrap_or(if count_of(State::Dead) > 0 { State::Dead } else { State::Running });
        let tab = |state: State| Tab { state, words: state_words(state), count: count_of(state) };
        let kinds = counts.iter().filter(|(other, ..)| *other == state);
        let kinds: Vec<KindTab> =
            kinds.map(|(_, kind, count)| KindTab { kind: kind.clone(), words: job::kind_words(kind), count: *count }).collect();
        let count = match &kind {
            Some(kind) => kinds.iter().find(|tab| tab.kind == *kind).map_or(0, |tab| tab.count),
            None => count_of(state),
        };
        let of_page = Page::new(jobs::page(c, state, kind.as_deref(), before)?, jobs::PAGE, before, |job: &Entry| job.id);
        let rows = job::describe(c, known, of_page)?;
        let can = |kind: &str| known.get(kind).is_some_and(|kind| kind.cancellable);
        let cancellable = state == State::Dead || kind.as_deref().is_some_and(can);
        Ok(List { state, before, tabs: State::ALL.map(tab).into(), kinds, count, cancellable, rows, kind, problem: None })
    }
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Running => "jobs-running",
        State::Waiting => "jobs-waiting",
        State::Dead => "jobs-dead",
    }
}

#[derive(Template)]
#[template(path = "admin/jobs.html", blocks = ["list"])]
pub struct JobsPage {
    layout: Layout,
    nav: Nav,
    list: List,
}

pub async fn jobs(visit: Visit, kinds: web::Data<Kinds>, filter: web::Query<Filter>) -> Result<HttpResponse> {
    let Filter { state, kind, before } = filter.into_inner();
    let state = state.map(|name| State::from_name(&name).ok_or(Error::NotFound)).transpose()?;
    let before = before.map(|id| id.parse::<i64>().map_err(|_| Error::NotFound)).transpose()?;
    let app = visit.state.clone();
    let (list, nav) = visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            Ok((List::read(c, &kinds, state, kind, before)?, Nav::read(c, &app)?))
        })
        .await?;
    if visit.is_fragment() {
        return visit.fragment(&JobsPage { layout: visit.layout(), nav, list }.as_list());
    }
    visit.page(|layout| JobsPage { layout, nav, list }).await
}

/// The list again, with what was wrong with what somebody wanted.
pub async fn refuse(visit: &Visit, kinds: web::Data<Kinds>, chosen: Chosen, problem: Message) -> Result<HttpResponse> {
    let app = visit.state.clone();
    let (mut list, nav) =
        visit.read(move |c, _| Ok((List::read(c, &kinds, Some(chosen.state), chosen.kind, None)?, Nav::read(c, &app)?))).await?;
    list.problem = Some(problem);
    if visit.is_fragment() {
        return visit.fragment_with_status(StatusCode::UNPROCESSABLE_ENTITY, &JobsPage { layout: visit.layout(), nav, list }.as_list());
    }
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| JobsPage { layout, nav, list }).await
}

/// The jobs an act concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub state: State,
    pub kind: Option<String>,
    /// All in this state, of this kind if one is given; else these.
    pub all: bool,
    pub ids: Vec<i64>,
}

impl Chosen {
    /// Fields of a form or of an address: `state`, `kind`, and `only` (one job, by its own button), `all`, or `job`, repeated.
    ///
    /// # Errors
    /// `NotFound` for ids and states that are none.
    pub fn read(fields: &[(String, String)]) -> Result<Self> {
        let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let state = value("state").map_or(Ok(State::Dead), |name| State::from_name(name).ok_or(Error::NotFound))?;
        let kind = value("kind").filter(|kind| !kind.is_empty()).map(str::to_owned);
        let wanted = if value("only").is_some() { "only" } else { "job" };
        let ids = fields.iter().filter(|(field, _)| field == wanted).map(|(_, id)| id.parse::<i64>().map_err(|_| Error::NotFound));
        let mut ids = ids.collect::<Result<Vec<i64>>>()?;
        ids.sort_unstable();
        ids.dedup();
        Ok(Chosen { state, kind, all: wanted == "job" && value("all").is_some(), ids })
    }

    pub fn is_empty(&self) -> bool {
        !self.all && self.ids.is_empty()
    }

    /// Where the list is from which they were chosen.
    pub fn back(&self) -> String {
        urls::admin_jobs(self.state.as_str(), self.kind.as_deref())
    }
}

#[derive(Template)]
#[template(path = "admin/cancel_jobs.html", blocks = ["dialog"])]
pub struct CancelPage {
    layout: Layout,
    chosen: Chosen,
    count: i64,
    /// The only one, if it is one.
    single: Option<Row>,
}

impl CancelPage {
    fn removes(&self) -> bool {
        self.chosen.state == State::Dead
    }
}

pub async fn cancel(visit: Visit, kinds: web::Data<Kinds>, fields: web::Query<Vec<(String, String)>>) -> Result<HttpResponse> {
    let chosen = match only_admins(visit.load_viewer().await?) {
        Ok(()) => Chosen::read(&fields)?,
        Err(error) => return Err(error),
    };
    if chosen.is_empty() {
        return refuse(&visit, kinds, chosen, Message::new("jobs-choose-some")).await;
    }
    let asked = chosen.clone();
    let (count, single) = visit
        .read(move |c, _| {
            if asked.all {
                let counts = jobs::count_by_kind(c)?.into_iter();
                let counts = counts.filter(|(state, kind, _)| *state == asked.state && asked.kind.as_ref().is_none_or(|only| only == kind));
                return Ok((counts.map(|(.., count)| count).sum(), None));
            }
            let found = jobs::with_ids(c, &asked.ids)?;
            let count = found.len() as i64;
            let page = Page { rows: found, next: None, continued: false };
            let mut rows = job::describe(c, &kinds, page)?.rows;
            Ok((count, if count == 1 { rows.pop() } else { None }))
        })
        .await?;
    if count == 0 {
        // They have ended while somebody was thinking.
        return Err(Error::NotFound);
    }
    let page = CancelPage { layout: visit.layout(), chosen, count, single };
    if visit.is_fragment() {
        return visit.fragment(&page.as_dialog());
    }
    visit.page(|layout| CancelPage { layout, ..page }).await
}
