//! What a profile shows of somebody, in one query.

use crate::accounts::Username;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::schema::{images, usernames, users};
use crate::web::{Avatar, UserId};
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable)]
pub struct Profile {
    pub id: UserId,
    pub username: String,
    pub description: String,
    pub post_count: i64,
    pub created_at: Timestamp,
    pub avatar_uuid: Option<String>,
}

impl Profile {
    /// By a name somebody has or had.
    ///
    /// # Errors
    /// `NotFound` when nobody ever had it.
    pub fn by_name(c: &mut Conn, name: &str) -> Result<Self> {
        Username::parse(name).map_err(|_| Error::NotFound)?;
        usernames::table
            .inner_join(users::table.left_join(images::table))
            .filter(usernames::name.eq(name.to_ascii_lowercase()))
            .select((users::id, users::username, users::description, users::post_count, users::created_at, images::uuid.nullable()))
            .first(c)
            .optional()?
            .ok_or(Error::NotFound)
    }

    pub fn by_id(c: &mut Conn, id: UserId) -> Result<Self> {
        Ok(users::table
            .left_join(images::table)
            .filter(users::id.eq(id))
            .select((users::id, users::username, users::description, users::post_count, users::created_at, images::uuid.nullable()))
            .first(c)?)
    }

    pub fn avatar(&self) -> Avatar {
        Avatar { user_id: self.id, username: self.username.clone(), uuid: self.avatar_uuid.clone() }
    }
}
