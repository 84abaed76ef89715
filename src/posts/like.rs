//! Likes. A person likes a post once, and never their own; the post's count changes with the row, in one transaction, so that two
//! tabs, a double click or fifty people at once leave a count that equals the rows.

use super::{Post, PostId};
use crate::accounts::Person;
use crate::audience;
use crate::clock::Timestamp;
use crate::each;
use crate::error::{Error, Result};
use crate::notifications::{Kind, News, Notification};
use crate::platform::db::{Conn, ids};
use crate::platform::hub::{self, Topic};
use crate::schema::{images, likes, posts, users};
use crate::web::Viewer;
use crate::web::paging::{self, Page};
use diesel::prelude::*;

pub struct Like;

impl Like {
    /// Makes it so: repeating changes nothing. Returns the count after it.
    ///
    /// # Errors
    /// `Forbidden` for one's own post.
    pub fn set(c: &mut Conn, viewer: &Viewer, post: &Post, liked: bool, now: Timestamp) -> Result<i64> {
        if post.author_id == viewer.id {
            return Err(Error::Forbidden);
        }
        let row = (likes::post_id.eq(post.id), likes::user_id.eq(viewer.id), likes::id.eq(ids::next()));
        let changed = if liked {
            each!(c, |c| diesel::insert_into(likes::table).values(row).on_conflict_do_nothing().execute(c))? as i64
        } else {
            -(diesel::delete(likes::table.find((post.id, viewer.id))).execute(c)? as i64)
        };
        let count = Self::count_by(c, post.id, changed)?;
        if changed != 0 {
            let news = News { to: post.author_id, kind: Kind::Like, actor: viewer.id, post: Some(post.id.get()), comment: None };
            if liked {
                Notification::deliver(c, &news, now)?
            } else {
                Notification::withdraw(c, &news)?
            }
            hub::announce(Topic::Post(post.id.get()), format!("{{\"post\":\"{}\",\"likes\":{count}}}", post.id));
        }
        Ok(count)
    }

    fn count_by(c: &mut Conn, post: PostId, change: i64) -> Result<i64> {
        Ok(diesel::update(posts::table.find(post))
            .set(posts::like_count.eq(posts::like_count + change))
            .returning(posts::like_count)
            .get_result(c)?)
    }

    /// The faces beside "liked by": the latest three that this viewer may meet.
    pub fn latest(c: &mut Conn, viewer: Option<&Viewer>, post: PostId) -> Result<Vec<Person>> {
        Ok(likes::table
            .inner_join(users::table.left_join(images::table))
            .filter(likes::post_id.eq(post))
            .filter(audience::unblocked(audience::me(viewer)))
            .order(likes::id.desc())
            .limit(3)
            .select(Person::columns())
            .load(c)?)
    }

    /// Who liked it, latest first; those that this viewer may meet.
    pub fn people(c: &mut Conn, viewer: Option<&Viewer>, post: PostId, before: Option<i64>) -> Result<Page<(i64, Person)>> {
        let mut query = likes::table
            .inner_join(users::table.left_join(images::table))
            .filter(likes::post_id.eq(post))
            .filter(audience::unblocked(audience::me(viewer)))
            .order(likes::id.desc())
            .limit(paging::PEOPLE as i64 + 1)
            .select((likes::id, Person::columns()))
            .into_boxed();
        if let Some(before) = before {
            query = query.filter(likes::id.lt(before));
        }
        Ok(Page::new(query.load(c)?, paging::PEOPLE, before, |(id, _)| *id))
    }
}
