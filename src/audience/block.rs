//! Who wants nothing of whom. A block works both ways (see [`super::unblocked`]) and ends every tie between the two; likes and
//! comments stay where they are, and are seen by others only.

use super::{Follow, Request};
use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::blocks;
use crate::web::UserId;
use diesel::prelude::*;

pub struct Block;

impl Block {
    /// Makes it so; repeating changes nothing. True when it was not so before. The caller holds both (see [`super::hold()`]).
    pub fn add(c: &mut Conn, blocker: UserId, blocked: UserId) -> Result<bool> {
        let row = (blocks::blocker_id.eq(blocker), blocks::blocked_id.eq(blocked), blocks::id.eq(ids::next()));
        let added = each!(c, |c| diesel::insert_into(blocks::table).values(row).on_conflict_do_nothing().execute(c))?;
        for (one, other) in [(blocker, blocked), (blocked, blocker)] {
            Follow::remove(c, one, other)?;
            Request::remove(c, one, other)?;
        }
        Ok(added == 1)
    }

    /// The same for the end of it; nothing that it ended comes back.
    pub fn remove(c: &mut Conn, blocker: UserId, blocked: UserId) -> Result<bool> {
        Ok(diesel::delete(blocks::table.find((blocker, blocked))).execute(c)? == 1)
    }
}
