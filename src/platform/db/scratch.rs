//! Keys and sizes on disk, for commands that compare more objects than memory should hold: a SQLite file that is gone when it is
//! dropped. It is filled first and asked afterwards, so its index is built once, sorted, and not a row at a time.

use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use tempfile::TempPath;

diesel::table! {
    scratch (key) {
        key -> Text,
        bytes -> BigInt,
    }
}

/// Keys asked for with one statement.
const BATCH: usize = 500;

pub struct Scratch {
    connection: SqliteConnection,
    rows: u64,
    _file: TempPath,
}

impl Scratch {
    /// An empty one in `folder`.
    pub fn create(folder: &Path) -> Result<Self> {
        let file = tempfile::Builder::new().prefix("scratch-").suffix(".sqlite").tempfile_in(folder).map_err(Error::unavailable)?;
        let file = file.into_temp_path();
        let mut connection = SqliteConnection::establish(&file.to_string_lossy()).map_err(Error::unavailable)?;
        // Nobody needs it after a crash.
        connection.batch_execute(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16384;
             PRAGMA temp_store = FILE; CREATE TABLE scratch (key TEXT NOT NULL, bytes BIGINT NOT NULL)",
        )?;
        Ok(Scratch { connection, rows: 0, _file: file })
    }

    pub fn add(&mut self, rows: &[(String, i64)]) -> Result<()> {
        let values: Vec<_> = rows.iter().map(|(key, bytes)| (scratch::key.eq(key), scratch::bytes.eq(bytes))).collect();
        self.connection.transaction::<_, diesel::result::Error, _>(|c| {
            for value in values {
                diesel::insert_into(scratch::table).values(value).execute(c)?;
            }
            Ok(())
        })?;
        self.rows += rows.len() as u64;
        Ok(())
    }

    /// How many rows were added.
    pub fn len(&self) -> u64 {
        self.rows
    }

    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Ends the filling: from here on asking is quick.
    pub fn index(&mut self) -> Result<()> {
        Ok(self.connection.batch_execute("CREATE INDEX scratch_key ON scratch (key, bytes)")?)
    }

    /// Those of `keys` that are here, with their sizes.
    pub fn find(&mut self, keys: &[&str]) -> Result<HashMap<String, i64>> {
        let mut found = HashMap::with_capacity(keys.len());
        for batch in keys.chunks(BATCH) {
            let rows: Vec<(String, i64)> = scratch::table.filter(scratch::key.eq_any(batch)).load(&mut self.connection)?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Up to `limit` keys after `after`, in order.
    pub fn keys_after(&mut self, after: &str, limit: i64) -> Result<Vec<String>> {
        let rest = scratch::table.filter(scratch::key.gt(after)).order(scratch::key).limit(limit);
        Ok(rest.select(scratch::key).load(&mut self.connection)?)
    }
}
