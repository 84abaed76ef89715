//! Who does not want to hear of whom. Only the one who mutes knows of it; what the other shares can still be visited.

use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::mutes;
use crate::web::UserId;
use diesel::prelude::*;

pub struct Mute;

impl Mute {
    /// Makes it so; repeating changes nothing. True when it was otherwise before.
    pub fn set(c: &mut Conn, muter: UserId, muted: UserId, wanted: bool) -> Result<bool> {
        let row = (mutes::muter_id.eq(muter), mutes::muted_id.eq(muted), mutes::id.eq(ids::next()));
        let changed = if wanted {
            each!(c, |c| diesel::insert_into(mutes::table).values(row).on_conflict_do_nothing().execute(c))?
        } else {
            diesel::delete(mutes::table.find((muter, muted))).execute(c)?
        };
        Ok(changed == 1)
    }
}
