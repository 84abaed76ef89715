//! The conversation of a post as a page shows it: a page of comments, newest or most liked first, each with its first replies.
//! Three queries, however much was said: the comments, the first replies to them, the reactions to all of these.

use super::comment::{self, Row, Shown};
use super::{Comment, CommentId};
use crate::audience;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::posts::{Post, PostId};
use crate::schema::{comments, images, posts, users};
use crate::web::Viewer;
use crate::web::paging::Page;
use diesel::prelude::*;

/// Comments of a page, and replies that are loaded at once.
const PAGE: usize = 20;
/// Replies that a thread shows before one asks for more (see [`last_of_first_replies`]).
const FIRST_REPLIES: i64 = 3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    MostLiked,
}

impl Order {
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Newest => "newest",
            Order::MostLiked => "liked",
        }
    }

    /// Anything else is the usual order.
    pub fn from_name(name: &str) -> Order {
        if name == "liked" { Order::MostLiked } else { Order::Newest }
    }

    pub fn other(self) -> Order {
        match self {
            Order::Newest => Order::MostLiked,
            Order::MostLiked => Order::Newest,
        }
    }
}

/// Whom one is about to answer.
#[derive(Clone, Debug)]
pub struct Answering {
    pub thread: CommentId,
    pub username: String,
    /// A reply: its author is named in the words, because the answer stands under the thread's.
    pub named: bool,
}

#[derive(Clone, Debug)]
pub struct Talk {
    pub post: PostId,
    /// Comments and replies.
    pub count: i64,
    pub off: bool,
    pub order: Order,
    pub comments: Page<Shown>,
    /// The thread an address points at, above the others.
    pub pointed_at: Option<Shown>,
    pub answering: Option<Answering>,
}

impl Talk {
    /// # Errors
    /// `NotFound` when the post is not for this viewer's eyes.
    pub fn of(c: &mut Conn, viewer: Option<&Viewer>, post: PostId, order: Order, before: Option<&str>) -> Result<Talk> {
        Post::visible_to(c, viewer, post)?;
        let (count, off) = posts::table.find(post).select((posts::comment_count, posts::comments_off)).first(c)?;
        Self::about(c, viewer, (post, count, off), order, before)
    }

    /// The same of a post that has been loaded for this viewer: its id, how much was said, and whether no more may be.
    pub fn about(
        c: &mut Conn,
        viewer: Option<&Viewer>,
        (post, count, off): (PostId, i64, bool),
        order: Order,
        before: Option<&str>,
    ) -> Result<Talk> {
        let comments = threads(c, viewer, post, order, before)?;
        Ok(Talk { post, count, off, order, comments, pointed_at: None, answering: None })
    }

    /// Without its comments: what stands around them, after a change.
    pub fn counted(c: &mut Conn, viewer: &Viewer, post: PostId) -> Result<Talk> {
        Post::visible_to(c, Some(viewer), post)?;
        let (count, off) = posts::table.find(post).select((posts::comment_count, posts::comments_off)).first(c)?;
        Ok(Talk {
            post,
            count,
            off,
            order: Order::default(),
            comments: Page { rows: Vec::new(), next: None, continued: false },
            pointed_at: None,
            answering: None,
        })
    }

    /// Puts the thread of this comment above the others, the comment among its replies. One that is gone is nobody's mistake.
    pub fn point_at(&mut self, c: &mut Conn, viewer: Option<&Viewer>, id: CommentId) -> Result<()> {
        let Some(found) = Comment::visible_to(c, viewer, id).ok_if_found()?.filter(|found| found.post == self.post) else {
            return Ok(());
        };
        let mut thread = match self.comments.rows.iter().position(|row| row.id == found.thread()) {
            Some(at) => self.comments.rows.remove(at),
            None => match one(c, viewer, found.thread())? {
                Some(row) => with_replies(c, viewer, vec![row])?.remove(0),
                None => return Ok(()),
            },
        };
        let is_shown = thread.replies.iter().any(|reply| reply.id == id);
        if found.parent.is_some()
            && !is_shown
            && let Some(reply) = one_shown(c, viewer, id)?
        {
            thread.replies.push(reply);
        }
        self.pointed_at = Some(thread);
        Ok(())
    }

    /// Notes whom the next words are an answer to.
    pub fn answer(&mut self, c: &mut Conn, viewer: Option<&Viewer>, id: CommentId) -> Result<()> {
        let Some(found) = Comment::visible_to(c, viewer, id).ok_if_found()?.filter(|found| found.post == self.post) else {
            return Ok(());
        };
        let username = users::table.find(found.author).select(users::username).first(c)?;
        self.answering = Some(Answering { thread: found.thread(), username, named: found.parent.is_some() });
        Ok(())
    }
}

/// Gone is an answer, not a failure.
trait IfFound<T> {
    fn ok_if_found(self) -> Result<Option<T>>;
}

impl<T> IfFound<T> for Result<T> {
    fn ok_if_found(self) -> Result<Option<T>> {
        match self {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// One comment or reply, as this viewer sees it.
pub fn one_shown(c: &mut Conn, viewer: Option<&Viewer>, id: CommentId) -> Result<Option<Shown>> {
    let rows = one(c, viewer, id)?.into_iter().map(|(row, _)| row).collect();
    Ok(comment::shown(c, viewer, rows)?.pop())
}

fn one(c: &mut Conn, viewer: Option<&Viewer>, id: CommentId) -> Result<Option<Thread>> {
    Ok(comments::table
        .inner_join(posts::table)
        .inner_join(users::table.left_join(images::table))
        .filter(comments::id.eq(id))
        .filter(audience::unblocked(audience::me(viewer)))
        .select((comment::columns(), last_of_first_replies()))
        .first(c)
        .optional()?)
}

/// A page of comments; the cursor is an id, or "likes.id".
fn threads(c: &mut Conn, viewer: Option<&Viewer>, post: PostId, order: Order, before: Option<&str>) -> Result<Page<Shown>> {
    let asked = comments::table
        .inner_join(posts::table)
        .inner_join(users::table.left_join(images::table))
        .filter(comments::post_id.eq(post))
        .filter(comments::parent_id.is_null())
        .filter(audience::unblocked(audience::me(viewer)))
        .limit(PAGE as i64 + 1)
        .select((comment::columns(), last_of_first_replies()));
    let continued = before.is_some();
    let page = match order {
        Order::Newest => {
            let last: i64 = before.and_then(|cursor| cursor.parse().ok()).unwrap_or(i64::MAX);
            // Sorted by the parent as well: PostgreSQL would not see otherwise that the index has them in this order.
            let rows: Vec<Thread> =
                asked.filter(comments::id.lt(CommentId::from(last))).order((comments::parent_id.desc(), comments::id.desc())).load(c)?;
            Page::keyed(rows, PAGE, continued, |(row, _)| row.id.to_string())
        }
        Order::MostLiked => {
            let cursor =
                before.and_then(|cursor| cursor.split_once('.')).and_then(|(likes, id)| Some((likes.parse().ok()?, id.parse().ok()?)));
            let (likes, id): (i64, CommentId) = cursor.unwrap_or((i64::MAX, CommentId::from(i64::MAX)));
            let rows: Vec<Thread> = asked
                .filter(comments::like_count.le(likes))
                .filter(comments::like_count.lt(likes).or(comments::id.lt(id)))
                .order((comments::parent_id.desc(), comments::like_count.desc(), comments::id.desc()))
                .load(c)?;
            Page::keyed(rows, PAGE, continued, |(row, _)| format!("{}.{}", row.like_count, row.id))
        }
    };
    Ok(Page { rows: with_replies(c, viewer, page.rows)?, next: page.next, continued: page.continued })
}

diesel::alias!(comments as answers: Answers);

/// A comment, and how far its first replies reach when it has so many.
type Thread = (Row, Option<CommentId>);

/// One step in the index: a thread is read from its beginning to here, however long it is.
#[diesel::dsl::auto_type(no_type_alias)]
fn last_of_first_replies() -> _ {
    // Two stand before the third; the macro that names this type takes no constant.
    answers
        .filter(answers.field(comments::parent_id).eq(comments::id.nullable()))
        .order(answers.field(comments::id))
        .select(answers.field(comments::id))
        .offset(2_i64)
        .limit(1_i64)
        .single_value()
}

/// Comments with the first replies to each.
fn with_replies(c: &mut Conn, viewer: Option<&Viewer>, threads: Vec<Thread>) -> Result<Vec<Shown>> {
    let bounds: Vec<(CommentId, Option<CommentId>)> =
        threads.iter().filter(|(row, _)| row.reply_count > 0).map(|(row, bound)| (row.id, *bound)).collect();
    let mut rows: Vec<Row> = threads.into_iter().map(|(row, _)| row).collect();
    let count = rows.len();
    rows.append(&mut first_replies(c, viewer, &bounds)?);
    let mut shown = comment::shown(c, viewer, rows)?;
    for reply in shown.split_off(count) {
        if let Some(thread) = shown.iter_mut().find(|thread| Some(thread.id) == reply.parent) {
            thread.replies.push(reply);
        }
    }
    for thread in &mut shown {
        let behind = (thread.reply_count - FIRST_REPLIES).max(0);
        match thread.replies.last_mut() {
            Some(last) => last.hidden_behind = behind,
            None => thread.hidden_behind = behind,
        }
    }
    Ok(shown)
}

fn first_replies(c: &mut Conn, viewer: Option<&Viewer>, bounds: &[(CommentId, Option<CommentId>)]) -> Result<Vec<Row>> {
    if bounds.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = comments::table
        .inner_join(posts::table)
        .inner_join(users::table.left_join(images::table))
        .order(comments::id)
        .select(comment::columns())
        .into_boxed();
    for (thread, bound) in bounds {
        let in_thread = comments::parent_id.eq(*thread);
        query = query.or_filter(in_thread.and(comments::id.le(bound.unwrap_or(CommentId::from(i64::MAX)))));
    }
    Ok(query.filter(audience::unblocked(audience::me(viewer))).load(c)?)
}

/// Replies to a comment behind one of them, oldest first.
pub fn replies_after(c: &mut Conn, viewer: Option<&Viewer>, thread: CommentId, after: CommentId) -> Result<Vec<Shown>> {
    let unblocked = audience::unblocked(audience::me(viewer));
    let rows: Vec<Row> = comments::table
        .inner_join(posts::table)
        .inner_join(users::table.left_join(images::table))
        .filter(comments::parent_id.eq(thread))
        .filter(comments::id.gt(after))
        .filter(unblocked)
        .order(comments::id)
        .limit(PAGE as i64)
        .select(comment::columns())
        .load(c)?;
    let mut replies = comment::shown(c, viewer, rows)?;
    let is_full = replies.len() == PAGE;
    let Some(last) = replies.last_mut().filter(|_| is_full) else { return Ok(replies) };
    let behind = comments::table
        .inner_join(users::table)
        .filter(comments::parent_id.eq(thread))
        .filter(comments::id.gt(last.id))
        .filter(audience::unblocked(audience::me(viewer)));
    last.hidden_behind = behind.count().get_result(c)?;
    Ok(replies)
}

/// The comment that a thread begins with, deleted or not.
///
/// # Errors
/// `NotFound` when they may not, or when it is a reply.
pub fn thread(c: &mut Conn, viewer: Option<&Viewer>, id: CommentId) -> Result<Shown> {
    let me = audience::me(viewer);
    let row: Row = comments::table
        .inner_join(posts::table)
        .inner_join(users::table.left_join(images::table))
        .filter(comments::id.eq(id))
        .filter(comments::parent_id.is_null())
        .filter(audience::visible_to(me))
        .filter(audience::unblocked(me))
        .select(comment::columns())
        .first(c)?;
    comment::shown(c, viewer, vec![row])?.pop().ok_or(Error::NotFound)
}
