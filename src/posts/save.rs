//! Saved posts: a private list, the latest first.

use super::PostId;
use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::saves;
use crate::web::Viewer;
use diesel::prelude::*;

pub struct Save;

impl Save {
    /// Makes it so: repeating changes nothing.
    pub fn set(c: &mut Conn, viewer: &Viewer, post: PostId, saved: bool) -> Result<()> {
        if saved {
            let row = (saves::user_id.eq(viewer.id), saves::post_id.eq(post), saves::id.eq(ids::next()));
            each!(c, |c| diesel::insert_into(saves::table).values(row).on_conflict_do_nothing().execute(c))?;
        } else {
            diesel::delete(saves::table.find((viewer.id, post))).execute(c)?;
        }
        Ok(())
    }
}
