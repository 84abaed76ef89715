//! The rows: delivered, joined, taken back, read.

use crate::audience;
use crate::clock::Timestamp;
use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::platform::hub::{self, Topic};
use crate::schema::{blocks, mutes, notification_actors, notifications, posts, users};
use crate::web::UserId;
use diesel::dsl::{exists, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// Beyond this the badge says "99+".
pub const MOST_COUNTED: i64 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a post.
    Like,
    /// On a post of mine.
    Comment,
    /// To a comment of mine.
    Reply,
    /// A reaction to a comment or a like of a reply of mine.
    Reaction,
    /// In a caption or a comment.
    Mention,
    Follow,
    /// Somebody would like to follow me.
    Request,
}

impl Kind {
    pub const ALL: [Kind; 7] = [Kind::Like, Kind::Comment, Kind::Reply, Kind::Reaction, Kind::Mention, Kind::Follow, Kind::Request];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Like => "like",
            Kind::Comment => "comment",
            Kind::Reply => "reply",
            Kind::Reaction => "reaction",
            Kind::Mention => "mention",
            Kind::Follow => "follow",
            Kind::Request => "request",
        }
    }

    /// What they did, after their names; a message's name.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Like => "notification-like",
            Kind::Comment => "notification-comment",
            Kind::Reply => "notification-reply",
            Kind::Reaction => "notification-reaction",
            Kind::Mention => "notification-mention",
            Kind::Follow => "notification-follow",
            Kind::Request => "notification-request",
        }
    }

    /// What its switch is called.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Like => "notify-like",
            Kind::Comment => "notify-comment",
            Kind::Reply => "notify-reply",
            Kind::Reaction => "notify-reaction",
            Kind::Mention => "notify-mention",
            Kind::Follow => "notify-follow",
            Kind::Request => "notify-request",
        }
    }

    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One thing that somebody did.
#[derive(Clone, Copy, Debug)]
pub struct News {
    pub to: UserId,
    pub kind: Kind,
    pub actor: UserId,
    /// The post it happened on: ids of higher floors, as numbers.
    pub post: Option<i64>,
    /// The comment or reply: the new one, or the one reacted to.
    pub comment: Option<i64>,
}

impl News {
    fn group_key(&self) -> String {
        format!("{}/{}/{}", self.kind.as_str(), self.post.unwrap_or_default(), self.comment.unwrap_or_default())
    }
}

/// What is announced to a person when nothing came or went, and only the number that is unread is another.
pub const COUNT_ONLY: &str = "{}";

pub struct Notification;

impl Notification {
    /// Writes it down for its reader, unless they do not want it.
    pub fn deliver(c: &mut Conn, news: &News, now: Timestamp) -> Result<()> {
        if news.to == news.actor || !wanted(c, news)? {
            return Ok(());
        }
        let id = match unread_row(c, news)? {
            Some(id) => id,
            None => {
                let row = (
                    notifications::id.eq(ids::next()),
                    notifications::user_id.eq(news.to),
                    notifications::kind.eq(news.kind.as_str()),
                    notifications::group_key.eq(news.group_key()),
                    notifications::post_id.eq(news.post),
                    notifications::comment_id.eq(news.comment),
                    notifications::actor_count.eq(0),
                    notifications::latest.eq(ids::next()),
                    notifications::updated_at.eq(now),
                );
                // Two at once: one of them makes the row, both join it.
                each!(c, |c| diesel::insert_into(notifications::table).values(row).on_conflict_do_nothing().execute(c))?;
                match unread_row(c, news)? {
                    Some(id) => id,
                    None => return Ok(()),
                }
            }
        };
        let actor = (
            notification_actors::notification_id.eq(id),
            notification_actors::actor_id.eq(news.actor),
            notification_actors::id.eq(ids::next()),
        );
        let joined = each!(c, |c| diesel::insert_into(notification_actors::table).values(actor).on_conflict_do_nothing().execute(c))?;
        if joined == 1 {
            diesel::update(notifications::table.find(id))
                .set((
                    notifications::actor_count.eq(notifications::actor_count + 1),
                    notifications::latest.eq(ids::next()),
                    notifications::updated_at.eq(now),
                ))
                .execute(c)?;
            tell(news.to);
        }
        Ok(())
    }

    /// Takes it back, read or not: an unlike, an unfollow, a request withdrawn.
    pub fn withdraw(c: &mut Conn, news: &News) -> Result<()> {
        let same = notifications::table.filter(notifications::user_id.eq(news.to)).filter(notifications::group_key.eq(news.group_key()));
        let rows: Vec<i64> = same.select(notifications::id).load(c)?;
        Self::leave(c, &rows, news.actor)?;
        if !rows.is_empty() {
            tell(news.to);
        }
        Ok(())
    }

    /// Everything the one did that the other was told of: after a block.
    pub fn withdraw_between(c: &mut Conn, to: UserId, actor: UserId) -> Result<()> {
        let rows: Vec<i64> = notifications::table
            .inner_join(notification_actors::table)
            .filter(notifications::user_id.eq(to))
            .filter(notification_actors::actor_id.eq(actor))
            .select(notifications::id)
            .load(c)?;
        Self::leave(c, &rows, actor)?;
        tell(to);
        Ok(())
    }

    /// All about a comment that is gone, whoever was told.
    pub fn withdraw_comment(c: &mut Conn, comment: i64) -> Result<()> {
        let rows = notifications::table.filter(notifications::comment_id.eq(comment));
        let readers: Vec<UserId> = rows.select(notifications::user_id).distinct().load(c)?;
        diesel::delete(rows).execute(c)?;
        readers.into_iter().for_each(tell);
        Ok(())
    }

    /// Some of what anybody was told of this person, who is leaving; how many rows named them.
    pub fn forget_actor(c: &mut Conn, actor: UserId, limit: i64) -> Result<usize> {
        let some = notification_actors::table.filter(notification_actors::actor_id.eq(actor)).limit(limit);
        let rows: Vec<i64> = some.select(notification_actors::notification_id).load(c)?;
        Self::leave(c, &rows, actor)?;
        Ok(rows.len())
    }

    fn leave(c: &mut Conn, rows: &[i64], actor: UserId) -> Result<()> {
        for row in rows {
            let left = diesel::delete(notification_actors::table.find((row, actor))).execute(c)? as i64;
            diesel::update(notifications::table.find(row))
                .set(notifications::actor_count.eq(notifications::actor_count - left))
                .execute(c)?;
        }
        diesel::delete(notifications::table.filter(notifications::id.eq_any(rows)).filter(notifications::actor_count.le(0))).execute(c)?;
        Ok(())
    }

    /// How many unread rows the list would show, up to [`MOST_COUNTED`].
    pub fn unread(c: &mut Conn, me: UserId) -> Result<i64> {
        let unread = notifications::table
            .left_join(posts::table)
            .filter(notifications::user_id.eq(me))
            .filter(notifications::read_at.is_null())
            .filter(notifications::post_id.is_null().or(audience::visible_to(me)))
            .filter(somebody_stays())
            .limit(MOST_COUNTED)
            .select(notifications::id);
        let rows: Vec<i64> = unread.load(c)?;
        Ok(rows.len() as i64)
    }
}

/// Not all whom it names are about to leave: those are few, and found by an index of their own.
pub(super) fn somebody_stays() -> SqlLiteral<Bool> {
    sql::<Bool>(
        "(SELECT count(*) FROM users gone JOIN notification_actors named ON named.actor_id = gone.id \
         AND named.notification_id = notifications.id WHERE gone.delete_at IS NOT NULL) < notifications.actor_count",
    )
}

fn unread_row(c: &mut Conn, news: &News) -> Result<Option<i64>> {
    Ok(notifications::table
        .filter(notifications::user_id.eq(news.to))
        .filter(notifications::read_at.is_null())
        .filter(notifications::group_key.eq(news.group_key()))
        .select(notifications::id)
        .first(c)
        .optional()?)
}

fn wanted(c: &mut Conn, news: &News) -> Result<bool> {
    let blocking = blocks::table.filter(blocks::blocker_id.eq(news.to)).filter(blocks::blocked_id.eq(news.actor));
    let blocked = blocks::table.filter(blocks::blocker_id.eq(news.actor)).filter(blocks::blocked_id.eq(news.to));
    let muted = mutes::table.filter(mutes::muter_id.eq(news.to)).filter(mutes::muted_id.eq(news.actor));
    let reader: Option<(String, bool, bool, bool)> =
        users::table.find(news.to).select((users::quiet_kinds, exists(blocking), exists(blocked), exists(muted))).first(c).optional()?;
    let Some((quiet, blocking, blocked, muted)) = reader else { return Ok(false) };
    Ok(!blocking && !blocked && !muted && !quiet.split(' ').any(|kind| kind == news.kind.as_str()))
}

/// Their open pages look again.
pub(super) fn tell(reader: UserId) {
    hub::announce(Topic::Person(reader.get()), "{\"news\":true}");
}

/// Their open pages count again, and keep showing as new what was read there just now.
pub(super) fn tell_count(reader: UserId) {
    hub::announce(Topic::Person(reader.get()), COUNT_ONLY);
}
