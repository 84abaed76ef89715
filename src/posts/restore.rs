//! What a post had beside its words and photos, when it comes back from a file. It is set in the transaction that makes the post,
//! so nobody has seen it otherwise.

use super::Post;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::posts;
use diesel::prelude::*;

#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    pub edited_at: Option<Timestamp>,
    pub comments_off: bool,
    pub archived: bool,
    /// As long as there is room among those on top.
    pub pinned: bool,
}

impl Post {
    pub fn mark(&self, c: &mut Conn, marks: Marks, now: Timestamp) -> Result<()> {
        diesel::update(posts::table.find(self.id))
            .set((posts::edited_at.eq(marks.edited_at), posts::comments_off.eq(marks.comments_off)))
            .execute(c)?;
        if marks.archived {
            diesel::update(posts::table.find(self.id)).set((posts::archived_at.eq(now), posts::is_open.eq(false))).execute(c)?;
            self.count(c, -1)?;
        } else if marks.pinned {
            self.set_pinned(c, true, now)?;
        }
        Ok(())
    }
}
