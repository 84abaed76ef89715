//! What is done to people, one or several: kept out and let in again, signed out everywhere, freed of a second factor they have lost.
//! Each needs somebody who has just proven who they are.

use super::person::{self, Person};
use super::{fields, only_admins, users};
use crate::accounts::ban::{self, Term};
use crate::accounts::confirm;
use crate::accounts::oversight::Office;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, Layout, UserId, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

/// People at a time: each is a few rows and a mail, in one transaction.
const MOST: usize = 200;

/// Whom an act concerns, and where its answer leads.
#[derive(Clone, Debug, Default)]
struct Chosen {
    people: Vec<UserId>,
    back: Option<String>,
    reason: String,
    term: String,
}

impl Chosen {
    /// Fields of a form or of an address: `user`, repeated, and for some `reason`, `term` and `back`.
    fn read(fields: &[(String, String)]) -> Result<Self> {
        let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let ids = fields.iter().filter(|(field, _)| field == "user").map(|(_, id)| id.parse::<UserId>().map_err(|_| Error::NotFound));
        let mut people = ids.collect::<Result<Vec<UserId>>>()?;
        // In one order, whatever was ticked first: two administrators at once wait for one another rather than for ever.
        people.sort_unstable();
        people.dedup();
        if people.len() > MOST {
            return Err(Error::BadRequest(format!("at most {MOST} people at a time")));
        }
        let back = value("back").filter(|path| urls::is_local_path(path) && path.starts_with(urls::ADMIN_USERS));
        Ok(Chosen { people, back, reason: value("reason").unwrap_or_default(), term: value("term").unwrap_or_default() })
    }

    fn back(&self) -> String {
        match (&self.back, self.people.as_slice()) {
            (Some(back), _) => back.clone(),
            (None, [one]) => urls::admin_user(one),
            (None, _) => urls::ADMIN_USERS.to_owned(),
        }
    }
}

async fn chosen(visit: &Visit, body: &[u8]) -> Result<Chosen> {
    Chosen::read(&fields(visit, body).await?)
}

/// Does it to each, and says to how many it was done and to how many not.
async fn act(
    visit: &Visit,
    people: Vec<UserId>,
    one: impl Fn(&Office, &mut Conn, UserId) -> Result<bool> + Send + 'static,
) -> Result<(usize, usize)> {
    let (sealer, now) = (visit.state.sealer.clone(), visit.state.now());
    visit
        .write(move |c, viewer| {
            only_admins(Some(viewer))?;
            confirm::recently(viewer)?;
            // One administrator after the other: their rows first, then those of the chosen in the order of ids.
            ban::hold_admins(c)?;
            let office = Office::of(viewer, &sealer, now);
            let mut done = 0;
            for id in &people {
                done += usize::from(one(&office, c, *id)?);
            }
            Ok((done, people.len() - done))
        })
        .await
}

#[derive(Template)]
#[template(path = "admin/ban_users.html", blocks = ["dialog"])]
struct BanPage {
    layout: Layout,
    people: Vec<Person>,
    chosen: Chosen,
    errors: FieldErrors,
}

impl BanPage {
    fn title(&self) -> Message {
        match self.people.as_slice() {
            [one] => Message::new("ban-title-one").with("name", &one.username),
            several => Message::new("ban-title").with("count", several.len()),
        }
    }

    fn terms(&self) -> [(Term, &'static str); 4] {
        let words = |term| match term {
            Term::Days(1) => "ban-one-day",
            Term::Days(7) => "ban-one-week",
            Term::Days(_) => "ban-one-month",
            Term::ForGood => "ban-for-good",
        };
        Term::ALL.map(|term| (term, words(term)))
    }

    /// A week is what is meant most often.
    fn is_chosen(&self, term: &Term) -> bool {
        Term::from_value(&self.chosen.term).unwrap_or(Term::Days(7)) == *term
    }
}

pub async fn ask_ban(visit: Visit, fields: web::Query<Vec<(String, String)>>) -> Result<HttpResponse> {
    let viewer = visit.load_viewer().await?;
    only_admins(viewer)?;
    // Before anything is typed, so that nothing typed is lost.
    viewer.map_or(Ok(()), confirm::recently)?;
    draw_ban(&visit, StatusCode::OK, Chosen::read(&fields)?, FieldErrors::default()).await
}

async fn draw_ban(visit: &Visit, status: StatusCode, chosen: Chosen, errors: FieldErrors) -> Result<HttpResponse> {
    if chosen.people.is_empty() {
        return users::refuse(visit, Message::new("people-choose-some")).await;
    }
    let (ids, now) = (chosen.people.clone(), visit.state.now());
    let people = visit.read(move |c, _| person::among(c, &ids, now)).await?;
    if people.is_empty() {
        return Err(Error::NotFound);
    }
    if visit.is_fragment() {
        return visit.fragment_with_status(status, &BanPage { layout: visit.layout(), people, chosen, errors }.as_dialog());
    }
    visit.page_with_status(status, |layout| BanPage { layout, people, chosen, errors }).await
}

pub async fn ban(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    let mut errors = FieldErrors::default();
    let reason = ban::read_reason(&chosen.reason).map_err(|problem| errors.add("reason", problem));
    let term = Term::from_value(&chosen.term).ok_or_else(|| errors.add("term", Message::new("ban-term-unknown")));
    let (Ok(reason), Ok(term), false) = (reason, term, chosen.people.is_empty()) else {
        return draw_ban(&visit, StatusCode::UNPROCESSABLE_ENTITY, chosen, errors).await;
    };
    let until = term.until(visit.state.now());
    let (done, not) = act(&visit, chosen.people.clone(), move |office, c, id| office.ban(c, id, &reason, until)).await?;
    Ok(visit.go(&chosen.back(), Some(Flash::counted("flash-people-banned", done, not))))
}

pub async fn unban(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    let (done, not) = act(&visit, chosen.people.clone(), |office, c, id| office.lift(c, id)).await?;
    Ok(visit.go(&chosen.back(), Some(Flash::counted("flash-people-unbanned", done, not))))
}

pub async fn end_sessions(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    if chosen.people.is_empty() {
        return users::refuse(&visit, Message::new("people-choose-some")).await;
    }
    let (done, not) = act(&visit, chosen.people.clone(), |office, c, id| office.end_sessions(c, id)).await?;
    Ok(visit.go(&chosen.back(), Some(Flash::counted("flash-people-signed-out", done, not))))
}

#[derive(Template)]
#[template(path = "admin/remove_second_factor.html", blocks = ["dialog"])]
struct SecondFactorPage {
    layout: Layout,
    person: Person,
}

pub async fn ask_second_factor(visit: Visit, fields: web::Query<Vec<(String, String)>>) -> Result<HttpResponse> {
    let viewer = visit.load_viewer().await?;
    only_admins(viewer)?;
    viewer.map_or(Ok(()), confirm::recently)?;
    let (chosen, now) = (Chosen::read(&fields)?, visit.state.now());
    let id = chosen.people.first().copied().ok_or(Error::NotFound)?;
    let person = visit.read(move |c, _| person::one(c, id, now)).await?;
    if visit.is_fragment() {
        return visit.fragment(&SecondFactorPage { layout: visit.layout(), person }.as_dialog());
    }
    visit.page(|layout| SecondFactorPage { layout, person }).await
}

pub async fn remove_second_factor(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let chosen = chosen(&visit, &body).await?;
    let (done, not) = act(&visit, chosen.people.clone(), |office, c, id| office.remove_second_factor(c, id)).await?;
    Ok(visit.go(&chosen.back(), Some(Flash::counted("flash-second-factors-removed", done, not))))
}
