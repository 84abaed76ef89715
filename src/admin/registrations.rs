//! Who would like to join, where administrators decide: one by one or several together.

use super::nav::Nav;
use super::{fields, only_admins};
use crate::accounts::application::{self, Application, State, TEXT_LIMIT};
use crate::accounts::oversight::Office;
use crate::config::Registration;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::paging::{Cursor, Page};
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/registrations.html")]
struct RegistrationsPage {
    layout: Layout,
    nav: Nav,
    list: List,
}

struct List {
    state: State,
    /// Of both states, whichever is shown.
    waiting: i64,
    refused: i64,
    rows: Page<Application>,
    /// People apply now; otherwise this is what is left of a time when they did.
    people_apply: bool,
    problem: Option<Message>,
}

impl List {
    fn is_waiting(&self) -> bool {
        self.state == State::Waiting
    }

    fn path(&self) -> String {
        urls::admin_registrations(self.state.as_str())
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    state: Option<String>,
}

async fn load(visit: &Visit, state: State, from: Option<i64>) -> Result<(List, Nav)> {
    let app = visit.state.clone();
    visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            let rows = if state == State::Waiting { Application::waiting(c, from)? } else { Application::refused(c, from)? };
            let rows = Page::new(rows, application::PAGE, from, |row| row.id);
            let (waiting, refused) = (Application::count(c, State::Waiting)?, Application::count(c, State::Refused)?);
            let people_apply = app.config.accounts.registration == Registration::Approval;
            Ok((List { state, waiting, refused, rows, people_apply, problem: None }, Nav { waiting }))
        })
        .await
}

pub async fn show(visit: Visit, asked: web::Query<Asked>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let state = asked.into_inner().state.map_or(Ok(State::Waiting), |name| State::from_name(&name).ok_or(Error::NotFound))?;
    let (list, nav) = load(&visit, state, cursor.before()).await?;
    visit.page(|layout| RegistrationsPage { layout, nav, list }).await
}

async fn refuse(visit: &Visit) -> Result<HttpResponse> {
    let (list, nav) = load(visit, State::Waiting, None).await?;
    let list = List { problem: Some(Message::new("applications-choose-some")), ..list };
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| RegistrationsPage { layout, nav, list }).await
}

/// The applications an act concerns: `only` (by its own button) or `application`, repeated; and what is answered.
#[derive(Clone, Debug)]
struct Chosen {
    ids: Vec<i64>,
    answer: String,
}

impl Chosen {
    fn read(fields: &[(String, String)]) -> Result<Self> {
        let wanted = if fields.iter().any(|(name, _)| name == "only") { "only" } else { "application" };
        let ids = fields.iter().filter(|(name, _)| name == wanted).map(|(_, id)| id.parse::<i64>().map_err(|_| Error::NotFound));
        let mut ids = ids.collect::<Result<Vec<i64>>>()?;
        ids.sort_unstable();
        ids.dedup();
        let answer = fields.iter().find(|(name, _)| name == "answer").map(|(_, text)| text.clone()).unwrap_or_default();
        Ok(Chosen { ids, answer })
    }
}

async fn chosen(visit: &Visit, body: &[u8]) -> Result<Chosen> {
    Chosen::read(&fields(visit, body).await?)
}

async fn decide(
    visit: &Visit,
    ids: Vec<i64>,
    one: impl Fn(&Office, &mut Conn, i64) -> Result<bool> + Send + 'static,
) -> Result<(usize, usize)> {
    let (sealer, now) = (visit.state.sealer.clone(), visit.state.now());
    visit
        .write(move |c, viewer| {
            only_admins(Some(viewer))?;
            let office = Office::of(viewer, &sealer, now);
            let mut done = 0;
            for id in &ids {
                done += usize::from(one(&office, c, *id)?);
            }
            Ok((done, ids.len() - done))
        })
        .await
}

pub async fn approve(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    if chosen.ids.is_empty() {
        return refuse(&visit).await;
    }
    let (done, not) = decide(&visit, chosen.ids, |office, c, id| office.approve(c, id)).await?;
    Ok(visit.go(urls::ADMIN_REGISTRATIONS, Some(Flash::counted("flash-approved", done, not))))
}

#[derive(Template)]
#[template(path = "admin/decline.html", blocks = ["dialog"])]
struct DeclinePage {
    layout: Layout,
    applications: Vec<Application>,
    answer: String,
    errors: FieldErrors,
}

impl DeclinePage {
    fn title(&self) -> Message {
        match self.applications.as_slice() {
            [one] => Message::new("decline-title-one").with("name", &one.username),
            several => Message::new("decline-title").with("count", several.len()),
        }
    }

    fn limit(&self) -> usize {
        TEXT_LIMIT
    }
}

pub async fn ask_decline(visit: Visit, fields: web::Query<Vec<(String, String)>>) -> Result<HttpResponse> {
    only_admins(visit.load_viewer().await?)?;
    draw_decline(&visit, StatusCode::OK, Chosen::read(&fields)?, FieldErrors::default()).await
}

async fn draw_decline(visit: &Visit, status: StatusCode, chosen: Chosen, errors: FieldErrors) -> Result<HttpResponse> {
    let Chosen { ids, answer } = chosen;
    if ids.is_empty() {
        return refuse(visit).await;
    }
    let applications = visit.read(move |c, _| Application::waiting_among(c, &ids)).await?;
    if applications.is_empty() {
        // Somebody else has decided while this one was thinking.
        return Err(Error::NotFound);
    }
    if visit.is_fragment() {
        return visit.fragment_with_status(status, &DeclinePage { layout: visit.layout(), applications, answer, errors }.as_dialog());
    }
    visit.page_with_status(status, |layout| DeclinePage { layout, applications, answer, errors }).await
}

pub async fn decline(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    let mut errors = FieldErrors::default();
    let answer = application::read_answer(&chosen.answer).map_err(|problem| errors.add("answer", problem));
    let (Ok(answer), false) = (answer, chosen.ids.is_empty()) else {
        return draw_decline(&visit, StatusCode::UNPROCESSABLE_ENTITY, chosen, errors).await;
    };
    let (done, not) = decide(&visit, chosen.ids, move |office, c, id| office.decline(c, id, &answer)).await?;
    Ok(visit.go(urls::ADMIN_REGISTRATIONS, Some(Flash::counted("flash-declined", done, not))))
}
