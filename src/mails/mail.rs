//! A mail that is to be sent, is sent, or could not be: the rows.

use super::{Kind, SendMail};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::{Conn, ids};
use crate::platform::jobs;
use crate::platform::seal::Sealer;
use crate::schema::{mails, users};
use crate::web::UserId;
use crate::web::i18n::Lang;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// Rows of a page of the list.
pub const PAGE: usize = 50;
/// How long an administrator can look up whether a mail went out.
const KEPT: TimeDelta = TimeDelta::days(30);
const PURPOSE: &str = "mail";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Sent,
    /// It will not be sent any more; its job says why and can be tried again.
    Failed,
}

impl State {
    pub const ALL: [State; 3] = [State::Waiting, State::Sent, State::Failed];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sent => "sent",
            State::Failed => "failed",
        }
    }

    pub fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// Whom a mail is for.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Whose account it is about; with the account goes the mail.
    pub user: Option<UserId>,
    pub email: String,
    pub username: String,
    pub lang: Lang,
}

impl Recipient {
    /// The owner of an account at the address it has now.
    pub fn of(c: &mut Conn, user: UserId) -> Result<Self> {
        let (email, username, language): (String, String, Option<String>) =
            users::table.find(user).select((users::email, users::username, users::language)).first(c)?;
        let lang = language.as_deref().and_then(Lang::from_code).unwrap_or(Lang::En);
        Ok(Recipient { user: Some(user), email, username, lang })
    }

    pub fn at(self, email: impl Into<String>) -> Self {
        Recipient { email: email.into(), ..self }
    }

    /// Unless they have chosen a language themselves, the one of the page that causes the mail.
    pub fn or_in(self, c: &mut Conn, lang: Lang) -> Result<Self> {
        let Some(user) = self.user else { return Ok(Recipient { lang, ..self }) };
        let chosen: Option<String> = users::table.find(user).select(users::language).first(c)?;
        Ok(if chosen.is_some() { self } else { Recipient { lang, ..self } })
    }
}

/// What only the sending may know.
#[derive(Serialize, Deserialize)]
pub(super) struct Secret {
    pub username: String,
    pub kind: Kind,
}

/// A row of the administrators' list.
#[derive(Clone, Debug, Queryable)]
pub struct Entry {
    pub id: i64,
    pub recipient: String,
    pub kind: String,
    pub state: String,
    pub error: String,
    pub attempts: i32,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub waiting: i64,
    pub sent: i64,
    pub failed: i64,
}

/// What a job needs of the row.
#[derive(Queryable)]
pub(super) struct Due {
    pub user: Option<UserId>,
    pub recipient: String,
    pub language: String,
    pub state: String,
    pub sealed: String,
}

pub struct Mail;

impl Mail {
    /// To be sent once the transaction on `c` is done. Kinds that somebody has switched off are not written at all.
    pub fn queue(c: &mut Conn, sealer: &Sealer, to: &Recipient, kind: Kind, now: Timestamp) -> Result<()> {
        if let (Some(user), true) = (to.user, kind.is_switchable()) {
            let quiet: String = users::table.find(user).select(users::quiet_mails).first(c)?;
            if quiet.split(' ').any(|name| name == kind.name()) {
                return Ok(());
            }
        }
        // An account without an address: it came from a provider that told none.
        if to.email.is_empty() {
            return Ok(());
        }
        let id = ids::next();
        let name = kind.name();
        let secret = serde_json::to_string(&Secret { username: to.username.clone(), kind }).map_err(Error::internal)?;
        diesel::insert_into(mails::table)
            .values((
                mails::id.eq(id),
                mails::user_id.eq(to.user),
                mails::recipient.eq(&to.email),
                mails::kind.eq(name),
                mails::language.eq(to.lang.code()),
                mails::state.eq(State::Waiting.as_str()),
                mails::sealed.eq(sealer.seal(PURPOSE, &secret)?),
                mails::created_at.eq(now),
            ))
            .execute(c)?;
        jobs::enqueue(c, &SendMail { mail: id }, now)
    }

    pub(super) fn due(c: &mut Conn, id: i64) -> Result<Option<Due>> {
        let columns = (mails::user_id, mails::recipient, mails::language, mails::state, mails::sealed);
        Ok(mails::table.find(id).select(columns).first(c).optional()?)
    }

    pub(super) fn open(sealer: &Sealer, sealed: &str) -> Result<Secret> {
        serde_json::from_str(&sealer.open(PURPOSE, sealed)?).map_err(Error::internal)
    }

    pub(super) fn sent(c: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
        diesel::update(mails::table.find(id))
            .set((
                mails::state.eq(State::Sent.as_str()),
                mails::sealed.eq(""),
                mails::error.eq(""),
                mails::attempts.eq(mails::attempts + 1),
                mails::sent_at.eq(now),
            ))
            .execute(c)?;
        Ok(())
    }

    pub(super) fn refused(c: &mut Conn, id: i64, error: &str) -> Result<()> {
        let error: String = error.chars().take(500).collect();
        diesel::update(mails::table.find(id)).set((mails::error.eq(error), mails::attempts.eq(mails::attempts + 1))).execute(c)?;
        Ok(())
    }

    /// Its job has ended undone: `wipe` when nobody can try again.
    pub(super) fn given_up(c: &mut Conn, id: i64, wipe: bool) -> Result<()> {
        diesel::update(mails::table.find(id)).set(mails::state.eq(State::Failed.as_str())).execute(c)?;
        if wipe {
            diesel::update(mails::table.find(id)).set(mails::sealed.eq("")).execute(c)?;
        }
        Ok(())
    }

    pub(super) fn revived(c: &mut Conn, id: i64) -> Result<()> {
        diesel::update(mails::table.find(id)).set(mails::state.eq(State::Waiting.as_str())).execute(c)?;
        Ok(())
    }

    /// Old rows go; what could not be sent within a week is not kept sealed either.
    pub(super) fn forget_old(c: &mut Conn, now: Timestamp) -> Result<usize> {
        let failed = mails::table.filter(mails::state.eq(State::Failed.as_str())).filter(mails::created_at.lt(now - TimeDelta::days(7)));
        diesel::update(failed).set(mails::sealed.eq("")).execute(c)?;
        let old = mails::table.filter(mails::state.ne(State::Waiting.as_str())).filter(mails::created_at.lt(now - KEPT));
        Ok(diesel::delete(old).execute(c)?)
    }

    /// A page of the list, the newest first, one more than [`PAGE`] if there are more.
    pub fn page(c: &mut Conn, state: Option<State>, before: Option<i64>) -> Result<Vec<Entry>> {
        let query = mails::table.filter(mails::id.lt(before.unwrap_or(i64::MAX))).order(mails::id.desc()).limit(PAGE as i64 + 1).select((
            mails::id,
            mails::recipient,
            mails::kind,
            mails::state,
            mails::error,
            mails::attempts,
            mails::created_at,
            mails::sent_at,
        ));
        Ok(match state {
            Some(state) => query.filter(mails::state.eq(state.as_str())).load(c)?,
            None => query.load(c)?,
        })
    }

    pub fn counts(c: &mut Conn) -> Result<Counts> {
        let rows: Vec<(String, i64)> = mails::table.group_by(mails::state).select((mails::state, diesel::dsl::count_star())).load(c)?;
        let of = |state: State| rows.iter().find(|(name, _)| name == state.as_str()).map_or(0, |(_, count)| *count);
        Ok(Counts { waiting: of(State::Waiting), sent: of(State::Sent), failed: of(State::Failed) })
    }
}
