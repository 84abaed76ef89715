//! The end of an account. It is planned for two weeks ahead, and whoever signs in before stops it. Then everything goes, some rows
//! in each transaction, with the counts of others: posts, words, likes, ties, pictures, objects; last of all the account itself,
//! with a mail to the address it had. What others answered to stays as a stub, by nobody.
//!
//! Every step finds what is left by itself, so a job that died begins again and does the rest.

use super::export::Export;
use super::import::Import;
use super::jobs::DeleteAccount;
use crate::accounts::{Session, User};
use crate::audience::{Follow, hold};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::mails::{Kind, Mail, Recipient};
use crate::media::{Image, ImageId};
use crate::notifications::Notification;
use crate::platform::db::Conn;
use crate::platform::jobs;
use crate::platform::seal::Sealer;
use crate::posts::comments::{Comment, CommentId};
use crate::posts::{Post, PostId};
use crate::schema::{audit_log, comments, follows, images, likes, posts, reactions, users};
use crate::web::{Role, UserId};
use chrono::TimeDelta;
use diesel::prelude::*;

/// From the wish to its end.
pub const GRACE: TimeDelta = TimeDelta::days(14);
/// Rows of one transaction.
const SOME: i64 = 100;
/// Posts of one transaction: each takes its photos, likes and comments along.
const SOME_POSTS: i64 = 10;

/// What became of a wish to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    For(Timestamp),
    /// Nobody would be left to look after the site.
    LastAdministrator,
}

pub struct Deletion;

/// A piece of the work, small enough for one transaction; true when there may be more of it.
type Step = fn(&mut Conn, UserId, Timestamp) -> Result<bool>;

impl Deletion {
    /// Ends every session, tells its owner, and plans the rest.
    pub fn plan(c: &mut Conn, sealer: &Sealer, to: &Recipient, user: UserId, now: Timestamp) -> Result<Asked> {
        if Self::is_last_administrator(c, user)? {
            return Ok(Asked::LastAdministrator);
        }
        let at = now + GRACE;
        diesel::update(users::table.find(user)).set(users::delete_at.eq(at)).execute(c)?;
        Session::end_all(c, user)?;
        Mail::queue(c, sealer, to, Kind::Deletion { on: at.date() }, now)?;
        jobs::enqueue_at(c, &DeleteAccount { user }, at, now)?;
        Ok(Asked::For(at))
    }

    /// Whether everybody else who looks after the site is leaving too. Two who leave at once wait for each other.
    pub fn is_last_administrator(c: &mut Conn, user: UserId) -> Result<bool> {
        let admins: Vec<UserId> = users::table.filter(users::role.eq(Role::Admin.as_str())).select(users::id).load(c)?;
        if !admins.contains(&user) {
            return Ok(false);
        }
        hold(c, &admins)?;
        let others = users::table.filter(users::role.eq(Role::Admin.as_str())).filter(users::id.ne(user));
        let others: i64 = others.filter(users::delete_at.is_null()).filter(users::banned_at.is_null()).count().get_result(c)?;
        Ok(others == 0)
    }

    /// From here on there is no way back: nobody gets in any more. False when it was stopped, or is not due.
    pub fn begin(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
        let due = users::table.find(user).filter(users::delete_at.le(now));
        let shut = (users::banned_at.eq(now), users::banned_until.eq(None::<Timestamp>), users::ban_reason.eq(""));
        if diesel::update(due).set(shut).execute(c)? == 0 {
            return Ok(false);
        }
        Session::end_all(c, user)?;
        Ok(true)
    }

    /// Accounts whose time came long ago: their job died, or was lost.
    pub fn overdue(c: &mut Conn, before: Timestamp) -> Result<Vec<UserId>> {
        Ok(users::table.filter(users::delete_at.le(before)).order(users::delete_at).limit(SOME).select(users::id).load(c)?)
    }

    /// Does some of what is left, and says whether anything was.
    pub fn step(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
        let steps: [Step; 9] =
            [some_posts, some_comments, some_likes, some_reactions, some_ties, some_news, some_files, some_pictures, some_rows];
        for step in steps {
            if step(c, user, now)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The account itself, when nothing else is left. False when something has come up meanwhile: a follow, a like.
    pub fn finish(c: &mut Conn, sealer: &Sealer, user: UserId, now: Timestamp) -> Result<bool> {
        if let Conn::Pg(c) = c {
            // Who follows them at this moment is waited for, and counted.
            users::table.find(user).select(users::id).for_update().first::<UserId>(c)?;
        }
        if Self::step(c, user, now)? {
            return Ok(false);
        }
        diesel::update(audit_log::table.filter(audit_log::actor_id.eq(user.get()))).set(audit_log::actor_id.eq(None::<i64>)).execute(c)?;
        diesel::update(audit_log::table.filter(audit_log::target_id.eq(user.get())))
            .set(audit_log::target_id.eq(None::<i64>))
            .execute(c)?;
        let farewell = Recipient { user: None, ..Recipient::of(c, user)? };
        diesel::delete(users::table.find(user)).execute(c)?;
        Mail::queue(c, sealer, &farewell, Kind::Deleted, now)?;
        Ok(true)
    }
}

fn some_posts(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
    let some: Vec<PostId> = posts::table.filter(posts::author_id.eq(user)).limit(SOME_POSTS).select(posts::id).load(c)?;
    for id in &some {
        Post::erase(c, *id, now)?;
    }
    Ok(!some.is_empty())
}

/// Replies first: a comment that only its own author answered leaves nothing behind.
fn some_comments(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
    let columns = (comments::id, comments::post_id, comments::author_id, comments::parent_id, posts::author_id, comments::deleted_at);
    let theirs = comments::table.inner_join(posts::table).filter(comments::author_id.eq(user)).select(columns);
    type Row = (CommentId, PostId, UserId, Option<CommentId>, UserId, Option<Timestamp>);
    let mut some: Vec<Row> = theirs.filter(comments::parent_id.is_not_null()).limit(SOME).load(c)?;
    if some.is_empty() {
        some = theirs.limit(SOME).load(c)?;
    }
    // As everybody else takes them who takes several.
    some.sort_by_key(|(id, post, ..)| (*post, *id));
    for (id, post, author, parent, post_author, deleted) in &some {
        if deleted.is_none() {
            Comment { id: *id, post: *post, author: *author, parent: *parent, post_author: *post_author }.delete(c, now)?;
        }
        nobodys(c, *id, now)?;
    }
    Ok(!some.is_empty())
}

/// A stub that is still there belongs to nobody from now on.
fn nobodys(c: &mut Conn, id: CommentId, now: Timestamp) -> Result<()> {
    let there: bool = diesel::select(diesel::dsl::exists(comments::table.find(id))).get_result(c)?;
    if !there {
        return Ok(());
    }
    User::make_nobody(c, now)?;
    diesel::update(comments::table.find(id))
        .set((comments::author_id.eq(User::NOBODY), comments::comment_key.eq(None::<String>)))
        .execute(c)?;
    Ok(())
}

fn some_likes(c: &mut Conn, user: UserId, _: Timestamp) -> Result<bool> {
    let theirs = likes::table.filter(likes::user_id.eq(user)).order(likes::post_id).limit(SOME).select(likes::post_id);
    let some: Vec<PostId> = theirs.load(c)?;
    for post in &some {
        let gone = diesel::delete(likes::table.find((post, user))).execute(c)? as i64;
        diesel::update(posts::table.find(post)).set(posts::like_count.eq(posts::like_count - gone)).execute(c)?;
    }
    Ok(!some.is_empty())
}

fn some_reactions(c: &mut Conn, user: UserId, _: Timestamp) -> Result<bool> {
    let theirs = reactions::table.filter(reactions::user_id.eq(user)).order(reactions::comment_id).limit(SOME);
    let mut some: Vec<CommentId> = theirs.select(reactions::comment_id).load(c)?;
    some.dedup();
    for comment in &some {
        let of_this = reactions::table.filter(reactions::comment_id.eq(comment)).filter(reactions::user_id.eq(user));
        let gone = diesel::delete(of_this).execute(c)? as i64;
        diesel::update(comments::table.find(comment)).set(comments::like_count.eq(comments::like_count - gone)).execute(c)?;
    }
    Ok(!some.is_empty())
}

fn some_ties(c: &mut Conn, user: UserId, _: Timestamp) -> Result<bool> {
    let either = follows::follower_id.eq(user).or(follows::followee_id.eq(user));
    let some: Vec<(UserId, UserId)> =
        follows::table.filter(either).limit(SOME).select((follows::follower_id, follows::followee_id)).load(c)?;
    let everybody: Vec<UserId> = some.iter().flat_map(|(one, other)| [*one, *other]).collect();
    hold(c, &everybody)?;
    for (follower, followee) in &some {
        Follow::remove(c, *follower, *followee)?;
    }
    Ok(!some.is_empty())
}

/// What others were told of them.
fn some_news(c: &mut Conn, user: UserId, _: Timestamp) -> Result<bool> {
    Ok(Notification::forget_actor(c, user, SOME)? > 0)
}

fn some_files(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
    Export::delete_all(c, user, now)?;
    Ok(!Import::delete_some(c, user, now)?)
}

/// The face, and what waited for a post.
fn some_pictures(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
    let some: Vec<ImageId> = images::table.filter(images::user_id.eq(user)).limit(SOME).select(images::id).load(c)?;
    Image::delete(c, &some, now)?;
    Ok(!some.is_empty())
}

/// Everything else that may be much: table, the column that names them, and what tells its rows apart. The account's own few rows
/// go with it.
const ROWS: [(&str, &str, &str); 15] = [
    ("notifications", "user_id", "id"),
    ("saves", "user_id", "id"),
    ("follow_requests", "follower_id", "id"),
    ("follow_requests", "followee_id", "id"),
    ("blocks", "blocker_id", "id"),
    ("blocks", "blocked_id", "id"),
    ("mutes", "muter_id", "id"),
    ("mutes", "muted_id", "id"),
    ("dismissals", "user_id", "dismissed_id"),
    ("dismissals", "dismissed_id", "user_id"),
    ("imported", "user_id", "kind, source"),
    ("security_events", "user_id", "id"),
    ("mails", "user_id", "id"),
    ("devices", "user_id", "device_hash"),
    ("invites", "maker_id", "id"),
];

fn some_rows(c: &mut Conn, user: UserId, _: Timestamp) -> Result<bool> {
    for (table, column, key) in ROWS {
        let sql = format!(
            "DELETE FROM {table} WHERE {column} = {user} AND ({key}) IN (SELECT {key} FROM {table} WHERE {column} = {user} LIMIT {SOME})"
        );
        if diesel::sql_query(sql).execute(c)? > 0 {
            return Ok(true);
        }
    }
    // Who saw which post within the last hours: the number stands there as a text.
    let seen = format!("DELETE FROM post_views WHERE viewer = '{user}'");
    diesel::sql_query(seen).execute(c)?;
    Ok(false)
}
