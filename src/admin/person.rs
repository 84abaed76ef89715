//! A person as administrators see them, one or a page of them: one statement either way, with what stands in other tables.

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::schema::{identities, images, sessions, users};
use crate::web::{Avatar, Role, UserId};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

/// Of whom something is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Everybody,
    /// Neither kept out nor about to leave.
    Active,
    /// Their address is not proven.
    Unproven,
    Banned,
    Admins,
    /// Their account is to be deleted.
    Leaving,
}

impl Filter {
    pub const ALL: [Filter; 6] = [Filter::Everybody, Filter::Active, Filter::Unproven, Filter::Banned, Filter::Admins, Filter::Leaving];

    /// In an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Filter::Everybody => "",
            Filter::Active => "active",
            Filter::Unproven => "unproven",
            Filter::Banned => "banned",
            Filter::Admins => "admins",
            Filter::Leaving => "leaving",
        }
    }

    pub fn from_name(name: &str) -> Option<Filter> {
        Filter::ALL.into_iter().find(|filter| filter.as_str() == name)
    }

    pub fn words(self) -> &'static str {
        match self {
            Filter::Everybody => "people-everybody",
            Filter::Active => "people-active",
            Filter::Unproven => "people-unproven",
            Filter::Banned => "people-banned",
            Filter::Admins => "people-admins",
            Filter::Leaving => "people-leaving",
        }
    }
}

/// Which people, and from where on.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub filter: Filter,
    /// The beginning of a name they have or had, or of their address; empty for all.
    pub search: String,
    pub before: Option<i64>,
}

#[derive(Clone, Debug, Queryable)]
pub struct Person {
    pub id: UserId,
    pub username: String,
    pub email: String,
    role: String,
    pub verified_at: Option<Timestamp>,
    banned_at: Option<Timestamp>,
    pub banned_until: Option<Timestamp>,
    pub ban_reason: String,
    pub delete_at: Option<Timestamp>,
    pub post_count: i64,
    pub created_at: Timestamp,
    avatar_uuid: Option<String>,
    /// The last use of any session that is still open.
    pub seen_at: Option<Timestamp>,
    /// What their pictures take.
    pub bytes: i64,
}

/// How somebody stands with the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Active,
    Unproven,
    /// Until then, or for good.
    Banned(Option<Timestamp>),
    Leaving(Timestamp),
}

impl Person {
    pub fn avatar(&self) -> Avatar {
        Avatar { user_id: self.id, username: self.username.clone(), uuid: self.avatar_uuid.clone() }
    }

    pub fn is_admin(&self) -> bool {
        Role::from_name(&self.role) == Role::Admin
    }

    pub fn status(&self, now: Timestamp) -> Status {
        let banned = self.banned_at.is_some() && self.banned_until.is_none_or(|until| until > now);
        match (banned, self.delete_at, self.verified_at) {
            (true, ..) => Status::Banned(self.banned_until),
            (false, Some(at), _) => Status::Leaving(at),
            (false, None, None) => Status::Unproven,
            (false, None, Some(_)) => Status::Active,
        }
    }
}

/// The last to join first, at most `limit`.
pub fn some(c: &mut Conn, wanted: &Wanted, limit: i64, now: Timestamp) -> Result<Vec<Person>> {
    load(c, Some(wanted), None, limit, now)
}

/// # Errors
/// `NotFound`.
pub fn one(c: &mut Conn, id: UserId, now: Timestamp) -> Result<Person> {
    load(c, None, Some(&[id]), 1, now)?.pop().ok_or(Error::NotFound)
}

/// Those of them who are there.
pub fn among(c: &mut Conn, ids: &[UserId], now: Timestamp) -> Result<Vec<Person>> {
    load(c, None, Some(ids), ids.len() as i64, now)
}

fn load(c: &mut Conn, wanted: Option<&Wanted>, ids: Option<&[UserId]>, limit: i64, now: Timestamp) -> Result<Vec<Person>> {
    let seen = sql::<Nullable<diesel::sql_types::Timestamp>>("(SELECT MAX(seen_at) FROM sessions WHERE sessions.user_id = users.id)");
    // PostgreSQL adds BIGINTs up to a NUMERIC.
    let bytes = sql::<BigInt>(
        "(SELECT CAST(COALESCE(SUM(original_bytes + variant_bytes), 0) AS BIGINT) FROM images AS own WHERE own.user_id = users.id AND own.state <> 'storing')",
    );
    let mut query = users::table
        .left_join(images::table)
        .filter(users::id.ne(UserId::NOBODY))
        .select((
            users::id,
            users::username,
            users::email,
            users::role,
            users::email_verified_at,
            users::banned_at,
            users::banned_until,
            users::ban_reason,
            users::delete_at,
            users::post_count,
            users::created_at,
            images::uuid.nullable(),
            seen,
            bytes,
        ))
        .order(users::id.desc())
        .limit(limit)
        .into_boxed();
    if let Some(ids) = ids {
        query = query.filter(users::id.eq_any(ids.to_vec()));
    }
    if let Some(Wanted { filter, search, before }) = wanted {
        if let Some(before) = before {
            query = query.filter(users::id.lt(UserId::from(*before)));
        }
        let free = users::banned_at.is_null().or(users::banned_until.le(now));
        query = match filter {
            Filter::Everybody => query,
            Filter::Active => query.filter(free).filter(users::delete_at.is_null()),
            Filter::Unproven => query.filter(users::email_verified_at.is_null()),
            Filter::Banned => {
                query.filter(users::banned_at.is_not_null()).filter(users::banned_until.is_null().or(users::banned_until.gt(now)))
            }
            Filter::Admins => query.filter(users::role.eq(Role::Admin.as_str())),
            Filter::Leaving => query.filter(users::delete_at.is_not_null()),
        };
        let search = search.trim().trim_start_matches('@').to_lowercase();
        if !search.is_empty() {
            let end = format!("{search}\u{10FFFF}");
            // Each half by its own index; whoever had several names that fit is found once.
            query = query.filter(
                sql::<Bool>("users.id IN (SELECT user_id FROM usernames WHERE name >= ")
                    .bind::<Text, _>(search.clone())
                    .sql(" AND name < ")
                    .bind::<Text, _>(end.clone())
                    .sql(" UNION SELECT mailed.id FROM users AS mailed WHERE mailed.email_key >= ")
                    .bind::<Text, _>(search)
                    .sql(" AND mailed.email_key < ")
                    .bind::<Text, _>(end)
                    .sql(")"),
            );
        }
    }
    Ok(query.load(c)?)
}

/// Sessions of somebody that are open.
pub fn open_sessions(c: &mut Conn, id: UserId, now: Timestamp) -> Result<i64> {
    Ok(sessions::table.filter(sessions::user_id.eq(id)).filter(sessions::expires_at.gt(now)).count().get_result(c)?)
}

/// Providers somebody signs in with, and the address each tells.
pub fn providers(c: &mut Conn, id: UserId) -> Result<Vec<(String, String)>> {
    Ok(identities::table
        .filter(identities::user_id.eq(id))
        .order(identities::provider)
        .select((identities::provider, identities::email))
        .load(c)?)
}
