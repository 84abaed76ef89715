//! What a profile shows of somebody, in one query.

use crate::accounts::{Person, Username};
use crate::audience;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::people::{Contact, Tie, tie_columns};
use crate::platform::db::Conn;
use crate::schema::{images, usernames, users};
use crate::web::{Avatar, UserId, Viewer};
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

type ProfileColumns = (
    users::id,
    users::username,
    users::description,
    users::post_count,
    users::follower_count,
    users::following_count,
    users::created_at,
    diesel::dsl::Nullable<images::uuid>,
);

impl Profile {
    fn columns() -> ProfileColumns {
        (
            users::id,
            users::username,
            users::description,
            users::post_count,
            users::follower_count,
            users::following_count,
            users::created_at,
            images::uuid.nullable(),
        )
    }

    /// By a name somebody has or had, with how they and the viewer stand to each other.
    ///
    /// # Errors
    /// `NotFound` when nobody ever had it, or they block the viewer.
    pub fn by_name(c: &mut Conn, viewer: Option<&Viewer>, name: &str) -> Result<(Contact, Self)> {
        Username::parse(name).map_err(|_| Error::NotFound)?;
        let (profile, person, tie): (Profile, Person, Tie) = usernames::table
            .inner_join(users::table.left_join(images::table))
            .filter(usernames::name.eq(name.to_ascii_lowercase()))
            .select((Self::columns(), Person::columns(), tie_columns(audience::me(viewer))))
            .first(c)?;
        Ok((Contact::met(viewer, person, tie)?, profile))
    }

    pub fn by_id(c: &mut Conn, id: UserId) -> Result<Self> {
        Ok(users::table.left_join(images::table).filter(users::id.eq(id)).select(Self::columns()).first(c)?)
    }

    pub fn avatar(&self) -> Avatar {
        Avatar { user_id: self.id, username: self.username.clone(), uuid: self.avatar_uuid.clone() }
    }
}
