//! Settings → Invites: links somebody makes for those they would like to have here, where members may (`INVITES`).

use super::audit::{Act, Audit, By};
use super::invite::{self, Invite, MOST_OPEN, MOST_USES, NOTE_LIMIT, Standing};
use crate::clock::Timestamp;
use crate::config::Registration;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::paging::{Cursor, Page};
use crate::web::{FieldErrors, Layout, UserId, Viewer, Visit, filters, form};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;
use std::collections::HashMap;

/// Guests whom a list names; of the others it says how many.
const NAMED: usize = 12;

/// Days a link may be good for; nothing: for ever.
const TERMS: [(&str, Option<i64>); 4] = [("1", Some(1)), ("7", Some(7)), ("30", Some(30)), ("never", None)];

#[derive(Clone, Debug, Deserialize)]
pub struct InviteForm {
    #[serde(default)]
    pub uses: String,
    #[serde(default)]
    pub expiry: String,
    #[serde(default)]
    pub note: String,
}

impl Default for InviteForm {
    /// A link for one person, for a week.
    fn default() -> Self {
        InviteForm { uses: "1".to_owned(), expiry: "7".to_owned(), note: String::new() }
    }
}

/// A form without a mistake.
#[derive(Clone, Debug)]
pub struct Wanted {
    uses: i32,
    days: Option<i64>,
    note: String,
}

impl InviteForm {
    pub fn read(&self) -> Result<Wanted, FieldErrors> {
        let mut errors = FieldErrors::default();
        let uses = self.uses.trim().parse::<i32>().ok().filter(|uses| (1..=MOST_USES).contains(uses));
        if uses.is_none() {
            errors.add("uses", Message::new("invite-uses-range").with("most", MOST_USES));
        }
        let days = TERMS.into_iter().find(|(value, _)| *value == self.expiry).map(|(_, days)| days);
        if days.is_none() {
            errors.add("expiry", Message::new("invite-expiry-unknown"));
        }
        let note = form::multiline(&self.note).replace('\n', " ");
        if note.chars().count() > NOTE_LIMIT {
            errors.add("note", Message::new("invite-note-long").with("limit", NOTE_LIMIT));
        }
        match (uses, days, errors.is_empty()) {
            (Some(uses), Some(days), true) => Ok(Wanted { uses, days, note }),
            _ => Err(errors),
        }
    }
}

/// Makes the link, or says why not.
///
/// # Errors
/// What the database says.
pub fn make(c: &mut Conn, viewer: &Viewer, wanted: &Wanted, now: Timestamp) -> Result<Option<Message>> {
    let expires_at = wanted.days.map(|days| now + TimeDelta::days(days));
    if Invite::make(c, viewer.id, wanted.uses, expires_at, &wanted.note, now)?.is_none() {
        return Ok(Some(Message::new("invite-too-many").with("most", MOST_OPEN)));
    }
    if viewer.is_admin() {
        let detail = format!("×{} {}", wanted.uses, wanted.note);
        Audit::note(c, &By::of(viewer), Act::InviteMade, None, detail.trim(), now)?;
    }
    Ok(None)
}

/// A link as its list shows it.
pub struct Row {
    pub invite: Invite,
    standing: Standing,
    /// The whole address, to be copied.
    pub link: String,
    /// Who came by it, the first to come first.
    guests: Vec<String>,
}

impl Row {
    pub fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    pub fn guests(&self) -> &[String] {
        &self.guests[..self.guests.len().min(NAMED)]
    }

    pub fn more_guests(&self) -> usize {
        self.guests.len().saturating_sub(NAMED)
    }

    pub fn words(&self) -> &'static str {
        match self.standing {
            Standing::Open => "invite-open",
            Standing::UsedUp => "invite-used-up",
            Standing::Expired => "invite-expired",
            Standing::Revoked => "invite-revoked",
        }
    }
}

/// What both pages of invites show: one's own, and everybody's.
pub struct Invites {
    pub rows: Page<Row>,
    pub form: InviteForm,
    pub errors: FieldErrors,
    /// Where the form leads.
    pub path: &'static str,
    pub revoke: &'static str,
    /// Links of several people: say whose.
    pub of_all: bool,
    /// People sign up by invite now.
    pub needed: bool,
}

impl Invites {
    pub fn read(c: &mut Conn, state: &AppState, of: Option<UserId>, before: Option<i64>, now: Timestamp) -> Result<Self> {
        let origin = state.config.server.public_url.as_str().trim_end_matches('/');
        let rows = Page::new(Invite::page(c, of, before)?, invite::PAGE, before, |invite| invite.id);
        let used: Vec<i64> = rows.rows.iter().filter(|invite| invite.uses > 0).map(|invite| invite.id).collect();
        let mut guests = if used.is_empty() { HashMap::new() } else { Invite::guests(c, &used)? };
        let of_all = of.is_none();
        Ok(Invites {
            rows: rows.map(|invite| Row {
                standing: invite.standing(now),
                link: format!("{origin}{}", urls::sign_up_invited(&invite.code)),
                guests: guests.remove(&invite.id).unwrap_or_default(),
                invite,
            }),
            form: InviteForm::default(),
            errors: FieldErrors::default(),
            path: if of_all { urls::ADMIN_INVITES } else { urls::SETTINGS_INVITES },
            revoke: if of_all { urls::ADMIN_INVITES_REVOKE } else { urls::SETTINGS_INVITES_REVOKE },
            of_all,
            needed: state.config.accounts.registration == Registration::Invite,
        })
    }
}

#[derive(Template)]
#[template(path = "accounts/invites.html")]
struct InvitesPage {
    layout: Layout,
    list: Invites,
}

/// Whether somebody makes links here: where they are needed, and where they are allowed to.
pub fn may_invite(state: &AppState, viewer: &Viewer) -> bool {
    let accounts = &state.config.accounts;
    accounts.registration == Registration::Invite && (accounts.members_invite || viewer.is_admin())
}

fn only_hosts(state: &AppState, viewer: &Viewer) -> Result<()> {
    if may_invite(state, viewer) { Ok(()) } else { Err(Error::NotFound) }
}

async fn load(visit: &Visit, before: Option<i64>) -> Result<Invites> {
    let (state, now) = (visit.state.clone(), visit.state.now());
    visit
        .read_signed_in(move |c, viewer| {
            only_hosts(&state, viewer)?;
            Invites::read(c, &state, Some(viewer.id), before, now)
        })
        .await
}

pub async fn show(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let list = load(&visit, cursor.before()).await?;
    visit.page(|layout| InvitesPage { layout, list }).await
}

pub async fn create(visit: Visit, form: web::Form<InviteForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let (state, now) = (visit.state.clone(), visit.state.now());
    let errors = match form.read() {
        Ok(wanted) => {
            let problem = visit
                .write(move |c, viewer| {
                    only_hosts(&state, viewer)?;
                    make(c, viewer, &wanted, now)
                })
                .await?;
            let Some(problem) = problem else { return Ok(visit.go(urls::SETTINGS_INVITES, Some(Flash::good("flash-invite-made")))) };
            let mut errors = FieldErrors::default();
            errors.add("form", problem);
            errors
        }
        Err(errors) => errors,
    };
    let list = Invites { form, errors, ..load(&visit, None).await? };
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| InvitesPage { layout, list }).await
}

#[derive(Deserialize)]
pub struct RevokeForm {
    pub id: i64,
}

pub async fn revoke(visit: Visit, form: web::Form<RevokeForm>) -> Result<HttpResponse> {
    let (id, now) = (form.id, visit.state.now());
    visit.write_own(move |c, viewer| Invite::revoke(c, id, Some(viewer.id), now)?.ok_or(Error::NotFound)).await?;
    Ok(visit.go(urls::SETTINGS_INVITES, Some(Flash::good("flash-invite-revoked"))))
}
