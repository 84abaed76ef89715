//! Photos that came ahead of their post: stored and whole, shown by nothing, seen by their owner alone. They stay in the state
//! they are stored in, so one that no post takes is swept up like any unfinished upload.

use super::{Group, Image, ImageId, State};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::imaging::Taken;
use crate::schema::images;
use crate::web::UserId;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable)]
pub struct Waiting {
    pub id: ImageId,
    pub uuid: String,
    pub file_name: String,
    pub width: i32,
    pub height: i32,
    pub original_bytes: i64,
    pub variant_bytes: i64,
    pub camera: Option<String>,
    pub taken_at: Option<Timestamp>,
    pub place: Option<String>,
}

impl Waiting {
    pub const GROUP: Group = Group::Post;
    /// So many of one person may wait: two full posts. Two uploads at the same moment may pass it together, once.
    pub const MOST: i64 = 20;

    /// Those of these photos that wait and are this person's, in the order of `ids`.
    pub fn find(c: &mut Conn, owner: UserId, ids: &[ImageId]) -> Result<Vec<Self>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<Self> = images::table
            .filter(images::id.eq_any(ids))
            .filter(images::user_id.eq(owner))
            .filter(images::group_name.eq(Self::GROUP.as_str()))
            .filter(images::state.eq(State::Storing.as_str()))
            .select((
                images::id,
                images::uuid,
                images::file_name,
                images::width,
                images::height,
                images::original_bytes,
                images::variant_bytes,
                images::camera,
                images::taken_at,
                images::place,
            ))
            .load(c)?;
        found.sort_by_key(|photo| ids.iter().position(|id| *id == photo.id));
        Ok(found)
    }

    /// How many there are, and the bytes they take.
    pub fn all_of(c: &mut Conn, owner: UserId) -> Result<(i64, i64)> {
        let bytes = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(COALESCE(SUM(original_bytes + variant_bytes), 0) AS BIGINT)");
        Ok(images::table
            .filter(images::user_id.eq(owner))
            .filter(images::group_name.eq(Self::GROUP.as_str()))
            .filter(images::state.eq(State::Storing.as_str()))
            .select((diesel::dsl::count_star(), bytes))
            .first(c)?)
    }

    /// Gives one up. False when there is no such one.
    pub fn give_up(c: &mut Conn, owner: UserId, id: ImageId, now: Timestamp) -> Result<bool> {
        let own: Vec<ImageId> = Self::find(c, owner, &[id])?.into_iter().map(|photo| photo.id).collect();
        let held = Image::hold_unadopted(c, &own)?;
        Image::delete(c, &held, now)?;
        Ok(!held.is_empty())
    }

    pub fn bytes(&self) -> i64 {
        self.original_bytes + self.variant_bytes
    }

    /// Side of the square thumbnail.
    pub fn thumbnail_side(&self) -> u32 {
        Self::GROUP.thumbnail_side().min(self.width as u32).min(self.height as u32)
    }

    pub fn taken(&self) -> Taken {
        Taken { camera: self.camera.clone(), at: self.taken_at, place: self.place.clone() }
    }
}
