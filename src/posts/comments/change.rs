//! Saying something and taking it back, each with the counts, the notifications and the event that belong to it.

use super::{Comment, CommentId};
use crate::accounts::User;
use crate::audience;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::notifications::{Kind, News, Notification};
use crate::platform::db::Conn;
use crate::platform::hub::{self, Topic};
use crate::posts::mention;
use crate::posts::{PostId, caption};
use crate::schema::{comments, posts, reactions, users};
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;

/// What one person says within a minute at most.
const PER_MINUTE: i64 = 30;

#[derive(Clone, Debug)]
pub struct NewComment {
    pub post: PostId,
    pub author: UserId,
    pub parent: Option<CommentId>,
    pub body: String,
    /// Makes a retried request harmless: one author's key leads to one comment.
    pub key: Option<String>,
    /// When it was said; `None` is now. The id is made from it, so that it sorts where it belongs.
    pub created_at: Option<Timestamp>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Now(CommentId),
    /// An earlier request with this key has said it.
    Before(CommentId),
    /// The post takes no comments.
    Off,
    /// The comment it answers is not there, or not one to answer.
    ParentGone,
}

/// What a deletion left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// The comment itself, without its words.
    Stub,
    /// Nothing of the reply, nor of the stub it was the last answer to.
    NothingOfThread,
}

impl Comment {
    /// The caller has made sure that the post is for its author's eyes.
    ///
    /// # Errors
    /// `TooMany` when this person has said enough for a while.
    pub fn create(c: &mut Conn, new: &NewComment, now: Timestamp) -> Result<Said> {
        Self::say(c, new, now, false)
    }

    /// The same for words that were said long ago somewhere else: nobody is told of them.
    pub fn restore(c: &mut Conn, new: &NewComment, now: Timestamp) -> Result<Said> {
        Self::say(c, new, now, true)
    }

    fn say(c: &mut Conn, new: &NewComment, now: Timestamp, quietly: bool) -> Result<Said> {
        let (post_author, off) = lock(c, new.post)?;
        if let Some(key) = &new.key {
            let same = comments::table.filter(comments::author_id.eq(new.author)).filter(comments::comment_key.eq(key));
            if let Some(id) = same.select(comments::id).first(c).optional()? {
                return Ok(Said::Before(id));
            }
        }
        if off {
            return Ok(Said::Off);
        }
        let parent_author = match new.parent {
            Some(parent) => match answerable(c, new, parent)? {
                Some(author) => Some(author),
                None => return Ok(Said::ParentGone),
            },
            None => None,
        };
        if new.created_at.is_none() {
            check_rate(c, new.author, now)?;
        }
        let id = new.created_at.map_or_else(CommentId::next, CommentId::at);
        let mentions = User::existing_names(c, &caption::mentioned(&new.body))?;
        diesel::insert_into(comments::table)
            .values((
                comments::id.eq(id),
                comments::post_id.eq(new.post),
                comments::author_id.eq(new.author),
                comments::parent_id.eq(new.parent),
                comments::body.eq(&new.body),
                comments::mentions.eq(mentions.join(" ")),
                comments::comment_key.eq(&new.key),
                comments::created_at.eq(new.created_at.unwrap_or(now)),
            ))
            .execute(c)?;
        if let Some(parent) = new.parent {
            diesel::update(comments::table.find(parent)).set(comments::reply_count.eq(comments::reply_count + 1)).execute(c)?;
        }
        count_by(c, new.post, 1)?;
        if !quietly {
            tell(c, new, id, post_author, parent_author, &mentions, now)?;
        }
        Ok(Said::Now(id))
    }

    /// Takes it away, with what others were told of it.
    ///
    /// # Errors
    /// `NotFound` when another request has just done so.
    pub fn delete(&self, c: &mut Conn, now: Timestamp) -> Result<Left> {
        lock(c, self.post)?;
        let there = comments::table.find(self.id).filter(comments::deleted_at.is_null());
        let replies: i64 = there.select(comments::reply_count).first(c)?;
        let left = if replies > 0 {
            diesel::delete(reactions::table.filter(reactions::comment_id.eq(self.id))).execute(c)?;
            diesel::update(comments::table.find(self.id))
                .set((comments::body.eq(""), comments::mentions.eq(""), comments::like_count.eq(0), comments::deleted_at.eq(now)))
                .execute(c)?;
            Left::Stub
        } else {
            diesel::delete(comments::table.find(self.id)).execute(c)?;
            match self.parent {
                Some(parent) if leave_thread(c, parent)? => Left::NothingOfThread,
                _ => Left::Nothing,
            }
        };
        Notification::withdraw_comment(c, self.id.get())?;
        count_by(c, self.post, -1)?;
        Ok(left)
    }
}

/// Holds the post's row until the transaction ends.
fn lock(c: &mut Conn, post: PostId) -> Result<(UserId, bool)> {
    Ok(diesel::update(posts::table.find(post))
        .set(posts::comment_count.eq(posts::comment_count))
        .returning((posts::author_id, posts::comments_off))
        .get_result(c)?)
}

fn count_by(c: &mut Conn, post: PostId, change: i64) -> Result<()> {
    let count: i64 = diesel::update(posts::table.find(post))
        .set(posts::comment_count.eq(posts::comment_count + change))
        .returning(posts::comment_count)
        .get_result(c)?;
    hub::announce(Topic::Post(post.get()), format!("{{\"post\":\"{post}\",\"comments\":{count}}}"));
    Ok(())
}

/// The author of a comment that can be answered: one of this post, no reply itself, and not by somebody blocked.
fn answerable(c: &mut Conn, new: &NewComment, parent: CommentId) -> Result<Option<UserId>> {
    Ok(comments::table
        .inner_join(users::table)
        .filter(comments::id.eq(parent))
        .filter(comments::post_id.eq(new.post))
        .filter(comments::parent_id.is_null())
        .filter(comments::deleted_at.is_null())
        .filter(audience::unblocked(new.author))
        .select(comments::author_id)
        .first(c)
        .optional()?)
}

/// One reply less; a stub that has none left goes. True when it went.
fn leave_thread(c: &mut Conn, parent: CommentId) -> Result<bool> {
    diesel::update(comments::table.find(parent)).set(comments::reply_count.eq(comments::reply_count - 1)).execute(c)?;
    let empty = comments::table.find(parent).filter(comments::deleted_at.is_not_null()).filter(comments::reply_count.eq(0));
    Ok(diesel::delete(empty).execute(c)? == 1)
}

fn check_rate(c: &mut Conn, author: UserId, now: Timestamp) -> Result<()> {
    let since = now - TimeDelta::minutes(1);
    // From the newest backwards: the index has them in this order, and a page of them is all that is looked at.
    let latest: Vec<Timestamp> = comments::table
        .filter(comments::author_id.eq(author))
        .order(comments::id.desc())
        .limit(PER_MINUTE)
        .select(comments::created_at)
        .load(c)?;
    match latest.last() {
        Some(first) if latest.len() as i64 == PER_MINUTE && *first > since => {
            Err(Error::TooMany { retry_after: ((*first - since).num_seconds() + 1).clamp(1, 60) as u32 })
        }
        _ => Ok(()),
    }
}

/// Each person once: who is answered, whose post it is, who is named and may see it.
fn tell(
    c: &mut Conn,
    new: &NewComment,
    id: CommentId,
    post_author: UserId,
    parent_author: Option<UserId>,
    mentions: &[String],
    now: Timestamp,
) -> Result<()> {
    let mut told = vec![new.author];
    let mut deliver = |c: &mut Conn, to: UserId, kind: Kind| {
        if told.contains(&to) {
            return Ok(());
        }
        told.push(to);
        let news = News { to, kind, actor: new.author, post: Some(new.post.get()), comment: Some(id.get()) };
        Notification::deliver(c, &news, now)
    };
    if let Some(answered) = parent_author {
        deliver(c, answered, Kind::Reply)?;
    }
    deliver(c, post_author, Kind::Comment)?;
    for person in mention::who_may_see(c, new.post, mentions)? {
        deliver(c, person, Kind::Mention)?;
    }
    Ok(())
}
