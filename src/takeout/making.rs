//! A post comes to be again: with its comments, its line of the receipt, and the note of where it came from, in one transaction.

use super::format::{Comment as Said, Post as Kept};
use super::import::{Import, Imported};
use super::importing::{Looked, TOGETHER};
use super::receipt::{Line, Outcome, Receipt, What};
use crate::clock::Timestamp;
use crate::error::{Error, Result, Unique};
use crate::platform::db::Conn;
use crate::posts::comments::{self, Comment, CommentId, NewComment};
use crate::posts::{Marks, NewPost, Post, PostId};
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::Connection;
use std::collections::HashMap;

/// The post that is this one already.
pub(super) fn here(c: &mut Conn, user: UserId, source: &str, own: Option<i64>) -> Result<Option<PostId>> {
    if let Some(own) = own
        && let Some(found) = Imported::own_post(c, user, PostId::from(own))?
    {
        return Ok(Some(found));
    }
    Imported::post(c, user, source)
}

/// `None` when its owner has stopped it.
pub(super) fn create(c: &mut Conn, import: i64, new: &NewPost, post: Kept, looked: Looked, now: Timestamp) -> Result<Option<Vec<Line>>> {
    let Looked { line, comments, .. } = looked;
    if !Import::report(c, import, line.position + 1 + comments.len() as i64)? {
        return Ok(None);
    }
    let user = new.author;
    let at = new.created_at.unwrap_or(now);
    let id = with_free_number(c, at, |c, at| Post::create(c, &NewPost { created_at: Some(at), ..new.clone() }, now))?;
    let mut said: HashMap<&str, CommentId> = HashMap::new();
    let mut lines = Vec::with_capacity(1 + comments.len());
    Imported::note(c, user, What::Post.as_str(), &line.source, id.get())?;
    lines.push(line.made(id.get()));
    for (comment, line) in post.comments.items.iter().zip(&comments) {
        if line.outcome == Outcome::Cannot {
            continue;
        }
        let parent = comment.answers.as_deref().and_then(|id| said.get(id)).copied();
        let made = say(c, id, user, comment, parent, now)?;
        if parent.is_none() {
            said.insert(&comment.id, made);
        }
        Imported::note(c, user, What::Comment.as_str(), &line.source, made.get())?;
        lines.push(line.clone().made(made.get()));
    }
    lines.extend(comments.into_iter().filter(|line| line.outcome == Outcome::Cannot));
    let marks = Marks {
        edited_at: post.edited_at.map(|at| at.naive_utc()),
        comments_off: post.comments_off,
        archived: post.archived,
        pinned: post.pinned,
    };
    Post { id, author_id: user, caption: new.caption.clone(), like_count: 0 }.mark(c, marks, now)?;
    for some in lines.chunks(TOGETHER * 4) {
        Receipt::write(c, import, some)?;
    }
    Ok(Some(lines))
}

fn say(c: &mut Conn, post: PostId, author: UserId, comment: &Said, parent: Option<CommentId>, now: Timestamp) -> Result<CommentId> {
    let body = comments::read(&comment.body).unwrap_or_default();
    let new = |at| NewComment { post, author, parent, body: body.clone(), key: None, created_at: Some(at) };
    match with_free_number(c, comment.created_at.naive_utc(), |c, at| Comment::restore(c, &new(at), now))? {
        comments::Said::Now(id) | comments::Said::Before(id) => Ok(id),
        // Both were made in this very transaction, and the post takes comments.
        comments::Said::Off | comments::Said::ParentGone => Err(Error::internal("a comment of an import found no place")),
    }
}

/// Numbers of the past are made of their time: two things of one millisecond may want the same one, and the next is free. Where a
/// millisecond is full, the next one has room.
fn with_free_number<T>(c: &mut Conn, at: Timestamp, make: impl Fn(&mut Conn, Timestamp) -> Result<T>) -> Result<T> {
    let mut tries = 0;
    loop {
        match c.transaction(|c| make(c, at + TimeDelta::milliseconds(tries / 4))) {
            Err(Error::Taken(Unique::Other)) if tries < 400 => tries += 1,
            made => return made,
        }
    }
}
