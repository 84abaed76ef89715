//! Somebody who would like to join where administrators decide. Not an account yet: it holds what one would be made of, and keeps its
//! name free meanwhile. Approved, the row becomes an account; declined, it stays for a month so that its owner can read why.

use super::user::email_key;
use super::{NewUser, User, Username};
use crate::clock::Timestamp;
use crate::error::{Error, Result, Unique};
use crate::platform::db::{Conn, ids};
use crate::schema::applications;
use crate::web::i18n::{Lang, Message};
use crate::web::{Role, form};
use chrono::TimeDelta;
use diesel::prelude::*;

/// Rows of a page.
pub const PAGE: usize = 50;
/// Characters of a reason, and of an answer.
pub const TEXT_LIMIT: usize = 1_000;
/// How long somebody who was declined can read why.
const KEPT: TimeDelta = TimeDelta::days(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Refused,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Refused => "refused",
        }
    }

    pub fn from_name(name: &str) -> Option<State> {
        [State::Waiting, State::Refused].into_iter().find(|state| state.as_str() == name)
    }
}

#[derive(Clone, Debug)]
pub struct NewApplication {
    pub username: Username,
    pub email: String,
    pub password_hash: String,
    pub description: String,
    pub reason: String,
    pub lang: Lang,
}

#[derive(Clone, Debug, Queryable)]
pub struct Application {
    pub id: i64,
    pub username: String,
    pub email: String,
    pub password_hash: String,
    pub description: String,
    pub reason: String,
    language: String,
    state: String,
    /// What they were told when they were declined.
    pub answer: String,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

type Columns = (
    applications::id,
    applications::username,
    applications::email,
    applications::password_hash,
    applications::description,
    applications::reason,
    applications::language,
    applications::state,
    applications::answer,
    applications::created_at,
    applications::decided_at,
);
const COLUMNS: Columns = (
    applications::id,
    applications::username,
    applications::email,
    applications::password_hash,
    applications::description,
    applications::reason,
    applications::language,
    applications::state,
    applications::answer,
    applications::created_at,
    applications::decided_at,
);

/// Why somebody would like to join, as it is kept, or what is wrong with it.
pub fn read_reason(text: &str) -> Result<String, Message> {
    let text = form::multiline(text);
    if text.is_empty() {
        return Err(Message::new("reason-required"));
    }
    read_text(text)
}

/// What they are told; it may be nothing.
pub fn read_answer(text: &str) -> Result<String, Message> {
    read_text(form::multiline(text))
}

fn read_text(text: String) -> Result<String, Message> {
    if text.chars().count() > TEXT_LIMIT { Err(Message::new("reason-long").with("limit", TEXT_LIMIT)) } else { Ok(text) }
}

impl Application {
    pub fn state(&self) -> State {
        State::from_name(&self.state).unwrap_or(State::Waiting)
    }

    pub fn is_waiting(&self) -> bool {
        self.state() == State::Waiting
    }

    pub fn lang(&self) -> Lang {
        Lang::from_code(&self.language).unwrap_or(Lang::En)
    }

    /// # Errors
    /// `Taken(Username)` when somebody else waits with this name.
    pub fn add(c: &mut Conn, new: &NewApplication, now: Timestamp) -> Result<i64> {
        let id = ids::next();
        diesel::insert_into(applications::table)
            .values((
                applications::id.eq(id),
                applications::username.eq(new.username.as_str()),
                applications::username_key.eq(new.username.key()),
                applications::email.eq(new.email.trim()),
                applications::email_key.eq(email_key(&new.email)),
                applications::password_hash.eq(&new.password_hash),
                applications::description.eq(&new.description),
                applications::reason.eq(&new.reason),
                applications::language.eq(new.lang.code()),
                applications::state.eq(State::Waiting.as_str()),
                applications::answer.eq(""),
                applications::created_at.eq(now),
            ))
            .execute(c)?;
        Ok(id)
    }

    pub fn find(c: &mut Conn, id: i64) -> Result<Option<Self>> {
        Ok(applications::table.find(id).select(COLUMNS).first(c).optional()?)
    }

    /// By the name they wait with, or the last one from an address.
    pub fn find_by_login(c: &mut Conn, login: &str) -> Result<Option<Self>> {
        let login = login.trim();
        let last = applications::table.order(applications::id.desc()).select(COLUMNS);
        if login.contains('@') {
            return Ok(last.filter(applications::email_key.eq(email_key(login))).first(c).optional()?);
        }
        Ok(last.filter(applications::username_key.eq(login.to_ascii_lowercase())).first(c).optional()?)
    }

    /// Which of these names (lower case) are kept for somebody who waits.
    pub fn names_among(c: &mut Conn, names: &[String]) -> Result<Vec<String>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let kept = applications::table.filter(applications::username_key.eq_any(names)).select(applications::username_key);
        Ok(kept.load::<Option<String>>(c)?.into_iter().flatten().collect())
    }

    /// Whether somebody waits with this address.
    pub fn waits_at(c: &mut Conn, email: &str) -> Result<bool> {
        let waiting = applications::table
            .filter(applications::email_key.eq(email_key(email)))
            .filter(applications::state.eq(State::Waiting.as_str()));
        Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(c)?)
    }

    pub fn count(c: &mut Conn, state: State) -> Result<i64> {
        Ok(applications::table.filter(applications::state.eq(state.as_str())).count().get_result(c)?)
    }

    /// Who has waited longest first, from above `after` on; one more than [`PAGE`] if there are more.
    pub fn waiting(c: &mut Conn, after: Option<i64>) -> Result<Vec<Self>> {
        Ok(applications::table
            .filter(applications::state.eq(State::Waiting.as_str()))
            .filter(applications::id.gt(after.unwrap_or(0)))
            .order(applications::id)
            .limit(PAGE as i64 + 1)
            .select(COLUMNS)
            .load(c)?)
    }

    /// The last that came first, from below `before` on; one more than [`PAGE`] if there are more.
    pub fn refused(c: &mut Conn, before: Option<i64>) -> Result<Vec<Self>> {
        Ok(applications::table
            .filter(applications::state.eq(State::Refused.as_str()))
            .filter(applications::id.lt(before.unwrap_or(i64::MAX)))
            .order(applications::id.desc())
            .limit(PAGE as i64 + 1)
            .select(COLUMNS)
            .load(c)?)
    }

    /// Those of these that still wait.
    pub fn waiting_among(c: &mut Conn, ids: &[i64]) -> Result<Vec<Self>> {
        Ok(applications::table
            .filter(applications::id.eq_any(ids.to_vec()))
            .filter(applications::state.eq(State::Waiting.as_str()))
            .order(applications::id)
            .select(COLUMNS)
            .load(c)?)
    }

    /// Makes the account of one that waits. `None` when it waits no more, or when its name has gone to somebody else: then it stays
    /// as it was, and whatever else the caller's transaction does goes on.
    pub fn become_account(c: &mut Conn, id: i64, now: Timestamp) -> Result<Option<(User, Lang)>> {
        let made = c.transaction(|c| {
            let Some(who) = Self::take(c, id)? else { return Ok(None) };
            let lang = who.lang();
            let new = NewUser {
                username: Username::parse(&who.username).map_err(|problem| Error::internal(problem.key))?,
                email: who.email,
                password_hash: who.password_hash,
                description: who.description,
                role: Role::Member,
                created_at: now,
            };
            let id = User::create_claiming(c, &new)?;
            Ok(Some((User::find(c, id)?, lang)))
        });
        match made {
            Err(Error::Taken(Unique::Username)) => Ok(None),
            made => made,
        }
    }

    /// Strikes out one that waits, for the account it becomes. `None` when it waits no more: of two who decide at once, one does.
    fn take(c: &mut Conn, id: i64) -> Result<Option<Self>> {
        let Some(found) = Self::find(c, id)?.filter(Self::is_waiting) else { return Ok(None) };
        let waiting = applications::table.find(id).filter(applications::state.eq(State::Waiting.as_str()));
        Ok((diesel::delete(waiting).execute(c)? == 1).then_some(found))
    }

    /// Declines one that waits; its name is free again.
    pub fn refuse(c: &mut Conn, id: i64, answer: &str, now: Timestamp) -> Result<Option<Self>> {
        let waiting = applications::table.find(id).filter(applications::state.eq(State::Waiting.as_str()));
        let refused = diesel::update(waiting)
            .set((
                applications::state.eq(State::Refused.as_str()),
                applications::username_key.eq(None::<String>),
                applications::answer.eq(answer),
                applications::decided_at.eq(now),
            ))
            .execute(c)?;
        if refused == 1 { Self::find(c, id) } else { Ok(None) }
    }

    /// Its owner takes it back.
    pub fn withdraw(c: &mut Conn, id: i64) -> Result<()> {
        diesel::delete(applications::table.find(id)).execute(c)?;
        Ok(())
    }

    pub fn forget_old(c: &mut Conn, now: Timestamp) -> Result<()> {
        let old =
            applications::table.filter(applications::state.eq(State::Refused.as_str())).filter(applications::decided_at.lt(now - KEPT));
        diesel::delete(old).execute(c)?;
        Ok(())
    }
}
