//! What becomes of a post after it was shared: archived, pinned, for others' eyes or for followers', deleted with ten seconds to
//! change one's mind. `is_open` is kept true here to its definition (see `audience`), and whatever narrows who may see a post
//! moves its pictures to new addresses.

use super::jobs::Purge;
use super::{Post, PostId};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::media::Image;
use crate::platform::db::Conn;
use crate::platform::jobs;
use crate::schema::{posts, users};
use crate::web::Viewer;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// How long a deletion can be undone.
pub const UNDO: TimeDelta = TimeDelta::seconds(10);
/// A press on "Undo" in the last second still has to arrive.
const GRACE: TimeDelta = TimeDelta::seconds(5);
/// Posts on top of a profile.
pub const PINS: i64 = 3;

/// What a pin did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    Done,
    /// As many as there may be are pinned already.
    TooMany,
}

impl Post {
    /// For followers only, or for everyone. Narrowing moves the pictures.
    pub fn set_audience(&self, c: &mut Conn, followers_only: bool, now: Timestamp) -> Result<()> {
        let other = posts::table.find(self.id).filter(posts::followers_only.ne(followers_only));
        if diesel::update(other).set(posts::followers_only.eq(followers_only)).execute(c)? == 1 {
            self.reopen(c, now)?;
        }
        Ok(())
    }

    /// Whatever changes how many posts somebody has, or which are on top, locks them first and the post after that: two at once wait
    /// for each other in one order, and none counts what the other has just changed.
    fn hold_author(&self, c: &mut Conn) -> Result<()> {
        self.count(c, 0)
    }

    /// Out of sight for everybody but its author, or back. What is archived is no longer pinned.
    pub fn set_archived(&self, c: &mut Conn, archived: bool, now: Timestamp) -> Result<()> {
        self.hold_author(c)?;
        let row = posts::table.find(self.id).filter(posts::deleted_at.is_null());
        let changed = if archived {
            let at = (posts::archived_at.eq(Some(now)), posts::pinned_at.eq(None::<Timestamp>));
            diesel::update(row.filter(posts::archived_at.is_null())).set(at).execute(c)?
        } else {
            diesel::update(row.filter(posts::archived_at.is_not_null())).set(posts::archived_at.eq(None::<Timestamp>)).execute(c)?
        };
        if changed == 1 {
            self.count(c, if archived { -1 } else { 1 })?;
            self.reopen(c, now)?;
        }
        Ok(())
    }

    /// On top of its author's profile, or not.
    pub fn set_pinned(&self, c: &mut Conn, pinned: bool, now: Timestamp) -> Result<Pinned> {
        self.hold_author(c)?;
        if !pinned {
            diesel::update(posts::table.find(self.id)).set(posts::pinned_at.eq(None::<Timestamp>)).execute(c)?;
            return Ok(Pinned::Done);
        }
        let others = posts::table.filter(posts::author_id.eq(self.author_id)).filter(posts::pinned_at.is_not_null());
        let others: i64 = others.filter(posts::id.ne(self.id)).count().get_result(c)?;
        if others >= PINS {
            return Ok(Pinned::TooMany);
        }
        let row = posts::table.find(self.id).filter(posts::pinned_at.is_null()).filter(posts::archived_at.is_null());
        diesel::update(row).set(posts::pinned_at.eq(Some(now))).execute(c)?;
        Ok(Pinned::Done)
    }

    /// Nobody sees it from now on. In a quarter of a minute it is really gone, with its likes, comments, tags and pictures, unless
    /// [`Post::restore`] comes first.
    pub fn delete(&self, c: &mut Conn, now: Timestamp) -> Result<()> {
        self.hold_author(c)?;
        let row = posts::table.find(self.id).filter(posts::deleted_at.is_null());
        let gone = (posts::deleted_at.eq(Some(now)), posts::is_open.eq(false), posts::pinned_at.eq(None::<Timestamp>));
        // Two requests at once: only the one that changes the row counts down.
        if diesel::update(row).set(gone).execute(c)? == 1 {
            if !self.is_archived(c)? {
                self.count(c, -1)?;
            }
            jobs::enqueue_at(c, &Purge { post: self.id }, now + UNDO + GRACE, now)?;
        }
        Ok(())
    }

    /// Takes a deletion back.
    ///
    /// # Errors
    /// `NotFound` when it is too late, or when it was never deleted; `Forbidden` for somebody it does not belong to.
    pub fn restore(c: &mut Conn, viewer: &Viewer, id: PostId, now: Timestamp) -> Result<Self> {
        let deleted = posts::table.find(id).filter(posts::deleted_at.gt(now - UNDO - GRACE));
        let post: Self = deleted.select((posts::id, posts::author_id, posts::caption, posts::like_count)).first(c)?;
        if !post.may_change(viewer) {
            return Err(Error::NotFound);
        }
        post.hold_author(c)?;
        let row = posts::table.find(id).filter(posts::deleted_at.is_not_null());
        if diesel::update(row).set(posts::deleted_at.eq(None::<Timestamp>)).execute(c)? == 1 {
            if !post.is_archived(c)? {
                post.count(c, 1)?;
            }
            post.reopen(c, now)?;
        }
        Ok(post)
    }

    /// The end of a deletion. False when it was taken back, or done already.
    pub(super) fn purge(c: &mut Conn, id: PostId, now: Timestamp) -> Result<bool> {
        let deleted = posts::table.find(id).filter(posts::deleted_at.le(now - UNDO - GRACE));
        let post = deleted.select((posts::id, posts::author_id, posts::caption, posts::like_count)).first::<Self>(c).optional()?;
        let Some(post) = post else { return Ok(false) };
        let images = post.images(c)?;
        if diesel::delete(posts::table.find(id).filter(posts::deleted_at.is_not_null())).execute(c)? == 0 {
            return Ok(false);
        }
        Image::delete(c, &images, now)?;
        Ok(true)
    }

    /// At once and for good, in whatever state it is: its author's account goes.
    pub fn erase(c: &mut Conn, id: PostId, now: Timestamp) -> Result<()> {
        let found = posts::table.find(id).select((posts::id, posts::author_id, posts::caption, posts::like_count));
        let Some(post) = found.first::<Self>(c).optional()? else { return Ok(()) };
        let counted: bool = posts::table.find(id).select(posts::archived_at.is_null().and(posts::deleted_at.is_null())).first(c)?;
        let images = post.images(c)?;
        if diesel::delete(posts::table.find(id)).execute(c)? == 1 {
            if counted {
                post.count(c, -1)?;
            }
            Image::delete(c, &images, now)?;
        }
        Ok(())
    }

    fn is_archived(&self, c: &mut Conn) -> Result<bool> {
        Ok(posts::table.find(self.id).select(posts::archived_at.is_not_null()).first(c)?)
    }

    /// An author's count is of what others may find: neither archived nor deleted.
    pub(super) fn count(&self, c: &mut Conn, change: i64) -> Result<()> {
        diesel::update(users::table.find(self.author_id)).set(users::post_count.eq(users::post_count + change)).execute(c)?;
        Ok(())
    }

    fn reopen(&self, c: &mut Conn, now: Timestamp) -> Result<()> {
        let before: bool = posts::table.find(self.id).select(posts::is_open).first(c)?;
        let private: bool = users::table.find(self.author_id).select(users::private).first(c)?;
        let open = posts::followers_only.eq(false).and(posts::archived_at.is_null()).and(posts::deleted_at.is_null());
        diesel::update(posts::table.find(self.id)).set(posts::is_open.eq(open.and((!private).into_sql::<Bool>()))).execute(c)?;
        let after: bool = posts::table.find(self.id).select(posts::is_open).first(c)?;
        if before && !after {
            let images = self.images(c)?;
            Image::move_variants(c, &images, now)?;
        }
        Ok(())
    }
}
