//! Objects that are no picture's: a file that another room keeps under a prefix of its own. The same order of things as for
//! pictures: a row in the ledger, then the object, then whatever shows it; the end of it is a job's.

use super::object;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::storage::Kind;

/// The first parts of their keys: private, as originals are.
pub const FOLDERS: [&str; 2] = ["export", "import"];
pub const ZIP: Kind = Kind { media_type: "application/zip", public: false };

/// Before the object is put. A key that stands there already (a repeated job) is fine.
pub fn begin(c: &mut Conn, key: &str, now: Timestamp) -> Result<()> {
    object::begin(c, object::NO_PICTURE.into(), key, 0, now)
}

/// The object is there, and something shows it from this transaction on.
pub fn keep(c: &mut Conn, key: &str, bytes: i64) -> Result<()> {
    object::confirm_key(c, key, bytes)
}

/// They are to go, by a job; also those that may have been put without anybody writing it down.
pub fn doom(c: &mut Conn, keys: &[String], now: Timestamp) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    object::doom_files(c, keys, now)
}
