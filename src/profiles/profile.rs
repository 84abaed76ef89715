//! What a profile shows of somebody, in one query.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{images, users};
use crate::web::{Avatar, UserId};
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable)]
pub struct Profile {
    pub id: UserId,
    pub username: String,
    pub description: String,
    pub post_count: i64,
    pub follower_count: i64,
    pub following_count: i64,
    pub created_at: Timestamp,
    pub avatar_uuid: Option<String>,
}

impl Profile {
    /// Of somebody who is known to exist and to be for the viewer's eyes (see [`crate::people::Contact`]).
    pub fn by_id(c: &mut Conn, id: UserId) -> Result<Self> {
        Ok(users::table
            .left_join(images::table)
            .filter(users::id.eq(id))
            .select((
                users::id,
                users::username,
                users::description,
                users::post_count,
                users::follower_count,
                users::following_count,
                users::created_at,
                images::uuid.nullable(),
            ))
            .first(c)?)
    }

    pub fn avatar(&self) -> Avatar {
        Avatar { user_id: self.id, username: self.username.clone(), uuid: self.avatar_uuid.clone() }
    }
}
