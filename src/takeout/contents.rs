//! What belongs to somebody, read a page at a time: for the archive, which must not hold everything at once.

use crate::accounts::User;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::media::ImageId;
use crate::platform::db::Conn;
use crate::posts::PostId;
use crate::posts::comments::CommentId;
use crate::schema::{blocks, comments, follows, mutes, post_photos, posts, saves, users};
use crate::web::UserId;
use diesel::prelude::*;

/// Posts of one page.
pub const POSTS: i64 = 30;
/// Rows of one page of everything else.
pub const ROWS: i64 = 500;

/// Who it is, as far as `accounts` does not say.
#[derive(Debug)]
pub struct Owner {
    pub user: User,
    pub private: bool,
    pub language: Option<String>,
}

pub fn owner(c: &mut Conn, id: UserId) -> Result<Owner> {
    let (private, language) = users::table.find(id).select((users::private, users::language)).first(c)?;
    Ok(Owner { user: User::find(c, id)?, private, language })
}

#[derive(Debug, Queryable)]
pub struct PostRow {
    pub id: PostId,
    pub caption: String,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub followers_only: bool,
    pub comments_off: bool,
    pub archived_at: Option<Timestamp>,
    pub pinned_at: Option<Timestamp>,
    pub like_count: i64,
}

#[derive(Debug, Queryable)]
pub struct PhotoRow {
    pub post: PostId,
    pub image: ImageId,
    pub alt: String,
    pub camera: Option<String>,
    pub taken_at: Option<Timestamp>,
    pub place: Option<String>,
}

#[derive(Debug, Queryable)]
pub struct CommentRow {
    pub id: CommentId,
    pub post: PostId,
    pub created_at: Timestamp,
    pub body: String,
    pub parent: Option<CommentId>,
}

/// A page of posts, newest first, each with its photos and what its author said under it.
pub struct Page {
    pub posts: Vec<PostRow>,
    pub photos: Vec<PhotoRow>,
    pub comments: Vec<CommentRow>,
}

/// How many posts and how many photos there are.
pub fn counts(c: &mut Conn, author: UserId) -> Result<(i64, i64)> {
    let theirs = posts::table.filter(posts::author_id.eq(author)).filter(posts::deleted_at.is_null());
    let photos = post_photos::table.inner_join(posts::table).filter(posts::author_id.eq(author)).filter(posts::deleted_at.is_null());
    Ok((theirs.count().get_result(c)?, photos.count().get_result(c)?))
}

pub fn posts_before(c: &mut Conn, author: UserId, before: i64) -> Result<Page> {
    let posts: Vec<PostRow> = posts::table
        .filter(posts::author_id.eq(author))
        .filter(posts::deleted_at.is_null())
        .filter(posts::id.lt(PostId::from(before)))
        .order(posts::id.desc())
        .limit(POSTS)
        .select((
            posts::id,
            posts::caption,
            posts::created_at,
            posts::edited_at,
            posts::followers_only,
            posts::comments_off,
            posts::archived_at,
            posts::pinned_at,
            posts::like_count,
        ))
        .load(c)?;
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let photos = post_photos::table
        .filter(post_photos::post_id.eq_any(&ids))
        .order((post_photos::post_id, post_photos::position))
        .select((
            post_photos::post_id,
            post_photos::image_id,
            post_photos::alt,
            post_photos::camera,
            post_photos::taken_at,
            post_photos::place,
        ))
        .load(c)?;
    let comments = comments::table
        .filter(comments::post_id.eq_any(&ids))
        .filter(comments::author_id.eq(author))
        .filter(comments::deleted_at.is_null())
        .order(comments::id)
        .select((comments::id, comments::post_id, comments::created_at, comments::body, comments::parent_id))
        .load(c)?;
    Ok(Page { posts, photos, comments })
}

/// What they said under others' posts, newest first.
pub fn comments_elsewhere(c: &mut Conn, author: UserId, before: i64) -> Result<Vec<CommentRow>> {
    Ok(comments::table
        .inner_join(posts::table)
        .filter(comments::author_id.eq(author))
        .filter(comments::deleted_at.is_null())
        .filter(posts::author_id.ne(author))
        .filter(comments::id.lt(CommentId::from(before)))
        .order(comments::id.desc())
        .limit(ROWS)
        .select((comments::id, comments::post_id, comments::created_at, comments::body, comments::parent_id))
        .load(c)?)
}

/// How one list of the archive is read: a row's own number, and what it says.
pub type List = fn(&mut Conn, UserId, i64) -> Result<Vec<(i64, String)>>;

/// By their names in the document.
pub const LISTS: [(&str, List); 5] =
    [("following", following), ("followers", followers), ("blocked", blocked), ("muted", muted), ("saved", saved)];

fn following(c: &mut Conn, who: UserId, before: i64) -> Result<Vec<(i64, String)>> {
    let rows = follows::table.inner_join(users::table.on(users::id.eq(follows::followee_id)));
    let rows = rows.filter(follows::follower_id.eq(who)).filter(follows::id.lt(before));
    Ok(rows.order(follows::id.desc()).limit(ROWS).select((follows::id, users::username)).load(c)?)
}

fn followers(c: &mut Conn, who: UserId, before: i64) -> Result<Vec<(i64, String)>> {
    let rows = follows::table.inner_join(users::table.on(users::id.eq(follows::follower_id)));
    let rows = rows.filter(follows::followee_id.eq(who)).filter(follows::id.lt(before));
    Ok(rows.order(follows::id.desc()).limit(ROWS).select((follows::id, users::username)).load(c)?)
}

fn blocked(c: &mut Conn, who: UserId, before: i64) -> Result<Vec<(i64, String)>> {
    let rows = blocks::table.inner_join(users::table.on(users::id.eq(blocks::blocked_id)));
    let rows = rows.filter(blocks::blocker_id.eq(who)).filter(blocks::id.lt(before));
    Ok(rows.order(blocks::id.desc()).limit(ROWS).select((blocks::id, users::username)).load(c)?)
}

fn muted(c: &mut Conn, who: UserId, before: i64) -> Result<Vec<(i64, String)>> {
    let rows = mutes::table.inner_join(users::table.on(users::id.eq(mutes::muted_id)));
    let rows = rows.filter(mutes::muter_id.eq(who)).filter(mutes::id.lt(before));
    Ok(rows.order(mutes::id.desc()).limit(ROWS).select((mutes::id, users::username)).load(c)?)
}

/// Paths of posts: the site's address goes before them.
fn saved(c: &mut Conn, who: UserId, before: i64) -> Result<Vec<(i64, String)>> {
    let rows = saves::table.filter(saves::user_id.eq(who)).filter(saves::id.lt(before)).order(saves::id.desc()).limit(ROWS);
    let rows: Vec<(i64, PostId)> = rows.select((saves::id, saves::post_id)).load(c)?;
    Ok(rows.into_iter().map(|(id, post)| (id, crate::urls::post(post))).collect())
}
