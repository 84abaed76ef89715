//! A comment or a reply: found through whoever looks, and as a page shows it.

use super::reaction::Tally;
use super::{Emoji, Reaction};
use crate::accounts::{Person, PersonColumns, User};
use crate::audience;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::posts::{Caption, PostId};
use crate::schema::{comments, posts, users};
use crate::web::form;
use crate::web::i18n::Message;
use crate::web::{UserId, Viewer};
use diesel::prelude::*;

crate::id_type!(
    /// A row of `comments`.
    CommentId
);

/// Characters of a comment.
pub const LIMIT: usize = 1_000;

/// What a change needs to know of one.
#[derive(Clone, Debug, Queryable)]
pub struct Comment {
    pub id: CommentId,
    pub post: PostId,
    pub author: UserId,
    /// The comment that this one answers.
    pub parent: Option<CommentId>,
    pub post_author: UserId,
}

impl Comment {
    /// # Errors
    /// `NotFound` when it does not exist, was deleted, or is not for this viewer's eyes.
    pub fn visible_to(c: &mut Conn, viewer: Option<&Viewer>, id: CommentId) -> Result<Self> {
        let me = audience::me(viewer);
        Ok(comments::table
            .inner_join(posts::table)
            .inner_join(users::table)
            .filter(comments::id.eq(id))
            .filter(comments::deleted_at.is_null())
            .filter(audience::visible_to(me))
            .filter(audience::unblocked(me))
            .select((comments::id, comments::post_id, comments::author_id, comments::parent_id, posts::author_id))
            .first(c)?)
    }

    /// The same for taking it away: its author, the post's, or an administrator.
    ///
    /// # Errors
    /// `Forbidden` for everybody else who may see it.
    pub fn deletable_by(c: &mut Conn, viewer: &Viewer, id: CommentId) -> Result<Self> {
        let comment = Self::visible_to(c, Some(viewer), id)?;
        let may = comment.author == viewer.id || comment.post_author == viewer.id || viewer.is_admin();
        if may { Ok(comment) } else { Err(Error::Forbidden) }
    }

    /// The comment its thread begins with.
    pub fn thread(&self) -> CommentId {
        self.parent.unwrap_or(self.id)
    }
}

/// Words as they are stored, or what is wrong with them.
pub fn read(text: &str) -> Result<String, Message> {
    let text = form::multiline(text);
    match text.chars().count() {
        0 => Err(Message::new("comment-empty")),
        count if count > LIMIT => Err(Message::new("comment-long").with("limit", LIMIT).with("count", count)),
        _ => Ok(text),
    }
}

/// A comment with all that a page shows of it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: CommentId,
    pub post: PostId,
    pub parent: Option<CommentId>,
    pub author: Person,
    pub text: String,
    pub body: Caption,
    pub like_count: i64,
    pub reply_count: i64,
    pub created_at: Timestamp,
    /// Its words are gone; its replies are not.
    pub deleted: bool,
    /// Of an account that is no more.
    pub by_nobody: bool,
    /// By whoever shared the post.
    pub by_author: bool,
    /// The viewer's own.
    pub mine: bool,
    pub may_delete: bool,
    /// Said by the viewer just now.
    pub new: bool,
    /// One of each kind it can take, in their order.
    pub tallies: Vec<Tally>,
    /// The first few, oldest first.
    pub replies: Vec<Shown>,
    /// A reply that others stand behind which are not shown yet: how many.
    pub hidden_behind: i64,
}

impl Shown {
    /// The comment its thread begins with.
    pub fn thread(&self) -> CommentId {
        self.parent.unwrap_or(self.id)
    }
}

#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub id: CommentId,
    post: PostId,
    pub parent: Option<CommentId>,
    body: String,
    mentions: String,
    pub like_count: i64,
    pub reply_count: i64,
    created_at: Timestamp,
    deleted_at: Option<Timestamp>,
    author: Person,
    post_author: UserId,
}

/// For queries that join `posts`, `users` and (left) `images` for the face.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn columns() -> _ {
    let author: PersonColumns = Person::columns();
    (
        comments::id,
        comments::post_id,
        comments::parent_id,
        comments::body,
        comments::mentions,
        comments::like_count,
        comments::reply_count,
        comments::created_at,
        comments::deleted_at,
        author,
        posts::author_id,
    )
}

/// Rows as a viewer sees them, with their reactions: one query for all.
pub(super) fn shown(c: &mut Conn, viewer: Option<&Viewer>, rows: Vec<Row>) -> Result<Vec<Shown>> {
    let ids: Vec<CommentId> = rows.iter().map(|row| row.id).collect();
    let mut tallies = Reaction::tallies(c, audience::me(viewer), &ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let known: Vec<&str> = row.mentions.split(' ').collect();
            let is = |id: UserId| viewer.is_some_and(|viewer| viewer.id == id);
            let mine = is(row.author.id);
            let counted = tallies.remove(&row.id).unwrap_or_default();
            let kinds: &[Emoji] = if row.parent.is_some() { &Emoji::FOR_REPLIES } else { &Emoji::FOR_COMMENTS };
            Shown {
                id: row.id,
                post: row.post,
                parent: row.parent,
                body: Caption::parse(&row.body, &known),
                text: row.body,
                like_count: row.like_count,
                reply_count: row.reply_count,
                created_at: row.created_at,
                deleted: row.deleted_at.is_some(),
                by_nobody: row.author.id == User::NOBODY,
                by_author: row.author.id == row.post_author,
                mine,
                may_delete: mine || is(row.post_author) || viewer.is_some_and(Viewer::is_admin),
                new: false,
                tallies: kinds.iter().map(|emoji| Tally::of(*emoji, &counted)).collect(),
                replies: Vec::new(),
                hidden_behind: 0,
                author: row.author,
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_has_words_and_not_too_many() {
        assert_eq!(read("  lovely\r\nlight ").unwrap(), "lovely\nlight");
        assert_eq!(read(&"가".repeat(LIMIT)).unwrap().chars().count(), LIMIT);
        for bad in ["", " \r\n ", "\u{7}", &"a".repeat(LIMIT + 1)] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
