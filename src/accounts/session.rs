//! Sessions: a random id in a signed cookie, its hash in the database. Deleting the row ends the session at once.

use super::device;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::{Conn, ids};
use crate::schema::{images, sessions, users};
use crate::web::cookies::SESSION_DAYS;
use crate::web::i18n::Lang;
use crate::web::layout::Scheme;
use crate::web::{Avatar, Role, UserId, Viewer};
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

const LIFE: TimeDelta = TimeDelta::days(SESSION_DAYS);
/// However much it is used, after so long somebody proves again who they are.
const LONGEST_LIFE: TimeDelta = TimeDelta::days(365);

/// How long a session counts as confirmed (see `confirm`).
const CONFIRMED: TimeDelta = TimeDelta::minutes(15);
/// How exactly the last use is known.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// A browser that is signed in, as its owner's list shows it.
#[derive(Clone, Debug)]
pub struct OpenSession {
    pub id: i64,
    pub current: bool,
    pub device: String,
    pub address: String,
    pub created_at: Timestamp,
    /// Within five minutes.
    pub seen_at: Timestamp,
}

pub struct Session;

impl Session {
    /// A new session; the id goes into the cookie and is nowhere else.
    pub fn create(c: &mut Conn, user: UserId, user_agent: &str, address: &str, now: Timestamp) -> Result<String> {
        let id = hex::encode(rand::random::<[u8; 32]>());
        diesel::insert_into(sessions::table)
            .values((
                sessions::id_hash.eq(hash(&id)),
                sessions::user_id.eq(user),
                sessions::user_agent.eq(user_agent.chars().take(300).collect::<String>()),
                sessions::address.eq(address),
                sessions::created_at.eq(now),
                sessions::renewed_at.eq(now),
                sessions::expires_at.eq(now + LIFE),
                sessions::id.eq(ids::next()),
                sessions::seen_at.eq(now),
                // Whoever signs in has just proven who they are.
                sessions::confirmed_at.eq(now),
            ))
            .execute(c)?;
        Ok(id)
    }

    /// Everything that is open of somebody, the last used first.
    pub fn list(c: &mut Conn, user: UserId, current: &str, now: Timestamp) -> Result<Vec<OpenSession>> {
        type Row = (String, i64, String, String, Timestamp, Option<Timestamp>);
        let rows: Vec<Row> = sessions::table
            .filter(sessions::user_id.eq(user))
            .filter(sessions::expires_at.gt(now))
            .order(sessions::seen_at.desc())
            .select((sessions::id_hash, sessions::id, sessions::user_agent, sessions::address, sessions::created_at, sessions::seen_at))
            .load(c)?;
        let current = hash(current);
        let session = |(id_hash, id, user_agent, address, created_at, seen_at): Row| OpenSession {
            id,
            current: id_hash == current,
            device: device::words(&user_agent),
            address,
            created_at,
            seen_at: seen_at.unwrap_or(created_at),
        };
        Ok(rows.into_iter().map(session).collect())
    }

    /// Ends one of somebody's sessions by its number. False when they have no such session.
    pub fn end_one(c: &mut Conn, user: UserId, id: i64) -> Result<bool> {
        let one = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::id.eq(id));
        Ok(diesel::delete(one).execute(c)? > 0)
    }

    /// Ends all but this one, and returns how many there were.
    pub fn end_others(c: &mut Conn, user: UserId, current: &str) -> Result<usize> {
        let others = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::id_hash.ne(hash(current)));
        Ok(diesel::delete(others).execute(c)?)
    }

    pub fn end_all(c: &mut Conn, user: UserId) -> Result<usize> {
        Ok(diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(c)?)
    }

    /// Its owner has proven who they are once more: the session goes on under a new id, which goes into the cookie.
    ///
    /// # Errors
    /// `SignInNeeded` when it has ended, or goes on under another id since.
    pub fn confirm(c: &mut Conn, id: &str, now: Timestamp) -> Result<String> {
        let fresh = hex::encode(rand::random::<[u8; 32]>());
        let renamed = diesel::update(sessions::table.find(hash(id)))
            .set((sessions::id_hash.eq(hash(&fresh)), sessions::confirmed_at.eq(now)))
            .execute(c)?;
        if renamed == 1 { Ok(fresh) } else { Err(Error::SignInNeeded) }
    }

    pub fn end(c: &mut Conn, id: &str) -> Result<()> {
        diesel::delete(sessions::table.find(hash(id))).execute(c)?;
        Ok(())
    }

    /// Strikes out what has expired; sign-in does it in passing.
    pub fn delete_expired(c: &mut Conn, now: Timestamp) -> Result<()> {
        diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(c)?;
        Ok(())
    }
}

fn hash(id: &str) -> String {
    hex::encode(Sha256::digest(id.as_bytes()))
}

#[derive(Queryable)]
struct Row {
    expires_at: Timestamp,
    id: UserId,
    username: String,
    email: String,
    role: String,
    language: Option<String>,
    appearance: Option<String>,
    paging: bool,
    verified: Option<Timestamp>,
    avatar_uuid: Option<String>,
    seen_at: Option<Timestamp>,
    confirmed_at: Option<Timestamp>,
}

/// Who this session belongs to, with all that a page shows of them, in one query.
pub fn find_viewer(c: &mut Conn, id: &str, now: Timestamp) -> Result<Option<Viewer>> {
    let row: Option<Row> = sessions::table
        .inner_join(users::table.left_join(images::table))
        .filter(sessions::id_hash.eq(hash(id)))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::created_at.gt(now - LONGEST_LIFE))
        // A ban ends what is open at once, and gives it back when its time is over.
        .filter(users::banned_at.is_null().or(users::banned_until.le(now)))
        .select((
            sessions::expires_at,
            users::id,
            users::username,
            users::email,
            users::role,
            users::language,
            users::appearance,
            users::paging,
            users::email_verified_at,
            images::uuid.nullable(),
            sessions::seen_at,
            sessions::confirmed_at,
        ))
        .first(c)
        .optional()?;
    Ok(row.map(|row| Viewer {
        id: row.id,
        avatar: Avatar { user_id: row.id, username: row.username.clone(), uuid: row.avatar_uuid },
        username: row.username,
        email: row.email,
        role: Role::from_name(&row.role),
        language: row.language.as_deref().and_then(Lang::from_code),
        scheme: row.appearance.as_deref().and_then(Scheme::from_name),
        paging: row.paging,
        unread: 0,
        verified: row.verified.is_some(),
        confirmed: row.confirmed_at.is_some_and(|at| now - at < CONFIRMED),
        renewal_due: row.expires_at - now < LIFE / 2,
        sighting_due: row.seen_at.is_none_or(|at| now - at >= SEEN_EVERY),
    }))
}

pub fn renew(c: &mut Conn, id: &str, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(hash(id)))
        .set((sessions::renewed_at.eq(now), sessions::expires_at.eq(now + LIFE), sessions::seen_at.eq(now)))
        .execute(c)?;
    Ok(())
}

/// Notes when it was last used.
pub fn sight(c: &mut Conn, id: &str, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(hash(id))).set(sessions::seen_at.eq(now)).execute(c)?;
    Ok(())
}
