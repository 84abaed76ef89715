//! Keeping somebody out: for a while, or for good. What they shared stays; who sees it is not this room's business.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::users;
use crate::web::form;
use crate::web::i18n::Message;
use crate::web::{Role, UserId};
use chrono::TimeDelta;
use diesel::prelude::*;

/// Characters of a reason.
pub const REASON_LIMIT: usize = 500;

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    Days(i64),
    ForGood,
}

impl Term {
    pub const ALL: [Term; 4] = [Term::Days(1), Term::Days(7), Term::Days(30), Term::ForGood];

    /// In a form.
    pub fn value(&self) -> String {
        match self {
            Term::Days(days) => days.to_string(),
            Term::ForGood => "good".to_owned(),
        }
    }

    pub fn from_value(value: &str) -> Option<Term> {
        Term::ALL.into_iter().find(|term| term.value() == value)
    }

    pub fn until(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Term::Days(days) => Some(now + TimeDelta::days(days)),
            Term::ForGood => None,
        }
    }
}

/// A reason as it is kept and told, or what is wrong with it.
pub fn read_reason(text: &str) -> Result<String, Message> {
    let text = form::multiline(text);
    match text.chars().count() {
        0 => Err(Message::new("ban-reason-required")),
        1..=REASON_LIMIT => Ok(text),
        _ => Err(Message::new("reason-long").with("limit", REASON_LIMIT)),
    }
}

/// The columns of it.
pub fn set(c: &mut Conn, user: UserId, reason: &str, until: Option<Timestamp>, now: Timestamp) -> Result<()> {
    diesel::update(users::table.find(user))
        .set((users::banned_at.eq(now), users::banned_until.eq(until), users::ban_reason.eq(reason)))
        .execute(c)?;
    Ok(())
}

/// False when there was none.
pub fn lift(c: &mut Conn, user: UserId) -> Result<bool> {
    let banned = users::table.find(user).filter(users::banned_at.is_not_null());
    let lifted = diesel::update(banned)
        .set((users::banned_at.eq(None::<Timestamp>), users::banned_until.eq(None::<Timestamp>), users::ban_reason.eq("")))
        .execute(c)?;
    Ok(lifted > 0)
}

/// Holds the rows of all administrators until the end of the transaction: two of them who ban each other do so one after the other,
/// and the second finds that they may no longer.
pub fn hold_admins(c: &mut Conn) -> Result<()> {
    if let Conn::Pg(c) = c {
        let rows = users::table.filter(users::role.eq(Role::Admin.as_str())).order(users::id).select(users::id);
        rows.for_no_key_update().load::<UserId>(c)?;
    }
    Ok(())
}
