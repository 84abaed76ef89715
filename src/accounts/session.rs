//! Sessions: a random id in a signed cookie, its hash in the database. Deleting the row ends the session at once.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{images, sessions, users};
use crate::web::cookies::SESSION_DAYS;
use crate::web::i18n::Lang;
use crate::web::layout::Scheme;
use crate::web::{Avatar, Role, UserId, Viewer};
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

const LIFE: TimeDelta = TimeDelta::days(SESSION_DAYS);

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
            ))
            .execute(c)?;
        Ok(id)
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
    avatar_uuid: Option<String>,
}

/// Who this session belongs to, with all that a page shows of them, in one query.
pub fn find_viewer(c: &mut Conn, id: &str, now: Timestamp) -> Result<Option<Viewer>> {
    let row: Option<Row> = sessions::table
        .inner_join(users::table.left_join(images::table))
        .filter(sessions::id_hash.eq(hash(id)))
        .filter(sessions::expires_at.gt(now))
        .select((
            sessions::expires_at,
            users::id,
            users::username,
            users::email,
            users::role,
            users::language,
            users::appearance,
            users::paging,
            images::uuid.nullable(),
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
        renewal_due: row.expires_at - now < LIFE / 2,
    }))
}

pub fn renew(c: &mut Conn, id: &str, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(hash(id))).set((sessions::renewed_at.eq(now), sessions::expires_at.eq(now + LIFE))).execute(c)?;
    Ok(())
}
