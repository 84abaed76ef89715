//! Holding people's rows still while the tie between them changes: a block must not pass by a follow that is just being made.

use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::users;
use crate::web::UserId;
use diesel::prelude::*;

/// Until the end of the transaction nobody else changes how these people stand to each other. In the order of ids, so that two
/// transactions about the same people wait for one another rather than for ever. SQLite has one writer anyway.
pub fn hold(c: &mut Conn, people: &[UserId]) -> Result<()> {
    if let Conn::Pg(c) = c {
        let rows = users::table.filter(users::id.eq_any(people)).order(users::id).select(users::id);
        rows.for_no_key_update().load::<UserId>(c)?;
    }
    Ok(())
}
