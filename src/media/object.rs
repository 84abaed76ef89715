//! The ledger of stored objects. A row is `pending` before its object is put, `stored` once something shows it, `doomed` when it
//! is to go; it disappears after its object has.

use super::ImageId;
use super::jobs::DeleteObjects;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::jobs;
use crate::schema::{images, objects};
use crate::{each, error};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::HashSet;

const PENDING: &str = "pending";
const STORED: &str = "stored";
const DOOMED: &str = "doomed";
/// In the place of a picture's number: a file that another room keeps (see `files`), or an object nobody knows.
pub(super) const NO_PICTURE: i64 = 0;

/// Writes a key down; one that stands there already (a repeated job) is fine.
pub fn begin(c: &mut Conn, image: ImageId, key: &str, bytes: i64, now: Timestamp) -> Result<()> {
    insert(c, image, key, bytes, PENDING, now)
}

fn insert(c: &mut Conn, image: ImageId, key: &str, bytes: i64, state: &str, now: Timestamp) -> Result<()> {
    let row = (
        objects::key.eq(key),
        objects::image_id.eq(image),
        objects::state.eq(state),
        objects::bytes.eq(bytes),
        objects::created_at.eq(now),
    );
    each!(c, |c| diesel::insert_into(objects::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// What was pending of this picture is shown from now on.
pub fn confirm(c: &mut Conn, image: ImageId) -> Result<()> {
    let pending = objects::table.filter(objects::image_id.eq(image)).filter(objects::state.eq(PENDING));
    diesel::update(pending).set(objects::state.eq(STORED)).execute(c)?;
    Ok(())
}

/// The same for one key alone, with what it has turned out to weigh.
pub fn confirm_key(c: &mut Conn, key: &str, bytes: i64) -> Result<()> {
    let pending = objects::table.find(key).filter(objects::state.eq(PENDING));
    diesel::update(pending).set((objects::state.eq(STORED), objects::bytes.eq(bytes))).execute(c)?;
    Ok(())
}

pub fn set_bytes(c: &mut Conn, key: &str, bytes: i64) -> Result<()> {
    diesel::update(objects::table.find(key)).set(objects::bytes.eq(bytes)).execute(c)?;
    Ok(())
}

/// Everything of these pictures is to go, by a job.
pub fn doom(c: &mut Conn, images: &[ImageId], now: Timestamp) -> Result<()> {
    diesel::update(objects::table.filter(objects::image_id.eq_any(images))).set(objects::state.eq(DOOMED)).execute(c)?;
    jobs::enqueue(c, &DeleteObjects {}, now)
}

/// The same for keys that may exist without a row: a job had put them when its picture was deleted. Rows that are there are
/// written down anew: a deletion under way may have gone past them before they were put.
pub fn doom_keys(c: &mut Conn, image: ImageId, keys: &[String], now: Timestamp) -> error::Result<()> {
    diesel::delete(objects::table.filter(objects::key.eq_any(keys))).execute(c)?;
    for key in keys {
        insert(c, image, key, 0, DOOMED, now)?;
    }
    doom(c, &[image], now)
}

/// The same for files: written down anew whether or not they stand there.
pub fn doom_files(c: &mut Conn, keys: &[String], now: Timestamp) -> Result<()> {
    diesel::delete(objects::table.filter(objects::key.eq_any(keys))).execute(c)?;
    doom_unknown(c, keys, now)
}

/// A row that is to go, as it was read: one that was written down again since is another.
pub type Doomed = (String, Timestamp);

pub fn doomed(c: &mut Conn, limit: i64) -> Result<Vec<Doomed>> {
    let doomed = objects::table.filter(objects::state.eq(DOOMED)).order(objects::created_at);
    Ok(doomed.select((objects::key, objects::created_at)).limit(limit).load(c)?)
}

pub fn strike_out(c: &mut Conn, gone: &[Doomed]) -> Result<()> {
    for (key, since) in gone {
        let row = objects::table.find(key).filter(objects::state.eq(DOOMED)).filter(objects::created_at.eq(since));
        diesel::delete(row).execute(c)?;
    }
    Ok(())
}

/// A row of the ledger, with what its picture says.
#[derive(Clone, Debug, Queryable)]
pub struct Entry {
    pub key: String,
    pub image: ImageId,
    state: String,
    pub bytes: i64,
    /// The key of the picture's original; `None` when there is no such picture.
    pub original_key: Option<String>,
}

impl Entry {
    /// Kept by another room, and no picture's.
    pub fn is_file(&self) -> bool {
        self.image.get() == NO_PICTURE
    }

    /// Whether its object must be there.
    pub fn is_stored(&self) -> bool {
        self.state == STORED
    }
}

macro_rules! entries {
    () => {
        objects::table.left_join(images::table.on(images::id.eq(objects::image_id))).filter(objects::state.ne(DOOMED)).select((
            objects::key,
            objects::image_id,
            objects::state,
            objects::bytes,
            images::original_key.nullable(),
        ))
    };
}

/// Up to `limit` rows that are not doomed after the key `after`, by key.
pub fn entries_after(c: &mut Conn, after: &str, limit: i64) -> Result<Vec<Entry>> {
    Ok(entries!().filter(objects::key.gt(after)).order(objects::key).limit(limit).load(c)?)
}

pub fn entry(c: &mut Conn, key: &str) -> Result<Option<Entry>> {
    Ok(entries!().filter(objects::key.eq(key)).first(c).optional()?)
}

/// Those of `keys` that stand in the ledger, in whatever state.
pub fn known(c: &mut Conn, keys: &[String]) -> Result<HashSet<String>> {
    let known: Vec<String> = objects::table.filter(objects::key.eq_any(keys)).select(objects::key).load(c)?;
    Ok(known.into_iter().collect())
}

/// Keys of up to `limit` stored objects after the key `after`, by key.
pub fn stored_after(c: &mut Conn, after: &str, limit: i64) -> Result<Vec<(String, i64)>> {
    let stored = objects::table.filter(objects::state.eq(STORED)).filter(objects::key.gt(after));
    Ok(stored.order(objects::key).limit(limit).select((objects::key, objects::bytes)).load(c)?)
}

/// Keys of this picture that are stored or about to be, its original apart.
pub fn variants_of(c: &mut Conn, image: &super::Image) -> Result<Vec<(String, i64)>> {
    let keys = objects::table.filter(objects::image_id.eq(image.id)).filter(objects::state.ne(DOOMED));
    Ok(keys.filter(objects::key.ne(&image.original_key)).select((objects::key, objects::bytes)).load(c)?)
}

/// These keys are to go, by a job; others of the same picture stay.
pub fn doom_some(c: &mut Conn, keys: &[String], now: Timestamp) -> Result<()> {
    diesel::update(objects::table.filter(objects::key.eq_any(keys))).set(objects::state.eq(DOOMED)).execute(c)?;
    jobs::enqueue(c, &DeleteObjects {}, now)
}

/// How many rows are not doomed.
pub fn count(c: &mut Conn) -> Result<i64> {
    Ok(objects::table.filter(objects::state.ne(DOOMED)).count().get_result(c)?)
}

/// Objects that stand in no row are to go.
pub fn doom_unknown(c: &mut Conn, keys: &[String], now: Timestamp) -> Result<()> {
    for key in keys {
        insert(c, ImageId::from(NO_PICTURE), key, 0, DOOMED, now)?;
    }
    jobs::enqueue(c, &DeleteObjects {}, now)
}

/// What a picture's variants take in the store, in bytes.
pub fn variant_bytes(c: &mut Conn, image: ImageId, original_key: &str) -> Result<i64> {
    let bytes = diesel::dsl::sql::<BigInt>("CAST(COALESCE(SUM(bytes), 0) AS BIGINT)");
    let variants = objects::table.filter(objects::image_id.eq(image)).filter(objects::key.ne(original_key));
    Ok(variants.select(bytes).first(c)?)
}

/// How many objects wait to be deleted.
pub fn doomed_count(c: &mut Conn) -> Result<i64> {
    Ok(objects::table.filter(objects::state.eq(DOOMED)).count().get_result(c)?)
}

/// Every key that should exist: to compare with what the store really holds.
pub fn ledger_keys(c: &mut Conn) -> Result<Vec<String>> {
    Ok(objects::table.filter(objects::state.ne(DOOMED)).select(objects::key).load(c)?)
}
