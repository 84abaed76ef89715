//! Posts as pages show them: cards with everything around a picture, and tiles of a grid. Two queries for a page of cards, one
//! for a page of tiles (and one more for a tag), whatever they hold.

use super::{Caption, Facts, PostId, Scope};
use crate::accounts::{Person, PersonColumns};
use crate::audience;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::media::{Photo, PhotoColumns};
use crate::platform::db::{Conn, UnionAll, among, ids, one_of};
use crate::schema::{follows, images, likes, post_photos, post_tags, posts, saves, users};
use crate::urls;
use crate::web::paging::{self, Page};
use crate::web::{UserId, Viewer, Visit};
use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::HashMap;

/// Posts that are quicker looked at all together than window by window.
const FEW_POSTS: i64 = 1_000;
/// So many pages of posts a window of the home feed should hold: some of them may be hidden, and days differ.
const PAGES_IN_WINDOW: f64 = 3.0;
/// When a later page finds too little in its window, it looks into one so many times as wide.
const WIDER: i32 = 8;

/// A post with all that its card, or its page, shows.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: PostId,
    pub author: Person,
    pub text: String,
    pub caption: Caption,
    pub like_count: i64,
    /// Comments and replies.
    pub comment_count: i64,
    pub view_count: i64,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub followers_only: bool,
    pub comments_off: bool,
    pub archived: bool,
    pub pinned: bool,
    pub liked: bool,
    pub saved: bool,
    pub photos: Vec<CardPhoto>,
    /// The viewer's own: it cannot be liked.
    pub mine: bool,
    /// The viewer may edit and delete it.
    pub may_change: bool,
    /// Stands first on the page: its picture is worth hurrying for.
    pub first: bool,
    /// Stands on its own page, with more room for the picture.
    pub wide: bool,
    /// Stands in a dialog over a page that may show it as well.
    pub in_dialog: bool,
}

#[derive(Clone, Debug)]
pub struct CardPhoto {
    pub photo: Photo,
    pub alt: String,
    /// How it was taken, as far as its author tells.
    pub facts: Facts,
}

impl Card {
    /// How many of its photos are still in the making.
    pub fn processing(&self) -> usize {
        self.photos.iter().filter(|photo| !photo.photo.is_ready() && !photo.photo.is_failed()).count()
    }

    pub fn is_processing(&self) -> bool {
        self.processing() > 0
    }

    pub fn has_failed(&self) -> bool {
        self.photos.iter().any(|photo| photo.photo.is_failed())
    }

    /// What its author tells of its photos, each different thing once.
    pub fn facts(&self) -> Vec<&Facts> {
        let mut told: Vec<&Facts> = Vec::new();
        for item in &self.photos {
            if !told.contains(&&item.facts) {
                told.push(&item.facts);
            }
        }
        told
    }

    pub fn changed_at(&self) -> Timestamp {
        self.edited_at.unwrap_or(self.created_at)
    }

    /// What its ids on a page end in: there may be a card of it behind a dialog.
    pub fn anchor(&self) -> String {
        if self.in_dialog { format!("{}-open", self.id) } else { self.id.to_string() }
    }

    /// Where on the open page a piece of it is to stand.
    pub fn stand(&mut self, visit: &Visit, in_dialog: bool) {
        self.in_dialog = in_dialog;
        self.wide = in_dialog || (visit.is_on(&urls::post(self.id)) && visit.page_behind().is_none());
    }

    /// The carousel takes its shape from the first photo.
    pub fn shape(&self) -> &'static str {
        self.photos.first().map_or("square", |photo| photo.photo.shape())
    }

    /// A title for a tab or a link preview: the beginning of the caption.
    pub fn title(&self) -> String {
        let line = self.text.lines().next().unwrap_or_default();
        match line.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line.to_owned(),
        }
    }
}

#[derive(Queryable)]
struct Row {
    id: PostId,
    caption: String,
    mentions: String,
    like_count: i64,
    comment_count: i64,
    view_count: i64,
    created_at: Timestamp,
    edited_at: Option<Timestamp>,
    followers_only: bool,
    comments_off: bool,
    archived_at: Option<Timestamp>,
    pinned_at: Option<Timestamp>,
    author: Person,
    liked: bool,
    saved: bool,
}

/// What a card shows of a post, as `me` sees it; for queries that join `users` and (left) `images` for the face.
#[diesel::dsl::auto_type(no_type_alias)]
fn columns(me: UserId) -> _ {
    let liked = exists(likes::table.filter(likes::post_id.eq(posts::id)).filter(likes::user_id.eq(me)));
    let saved = exists(saves::table.filter(saves::post_id.eq(posts::id)).filter(saves::user_id.eq(me)));
    let author: PersonColumns = Person::columns();
    (
        posts::id,
        posts::caption,
        posts::mentions,
        posts::like_count,
        posts::comment_count,
        posts::view_count,
        posts::created_at,
        posts::edited_at,
        posts::followers_only,
        posts::comments_off,
        posts::archived_at,
        posts::pinned_at,
        author,
        liked,
        saved,
    )
}

/// A page of cards for the home feed, newest first: of people the viewer follows and themselves, or of everyone for a visitor.
pub fn home(c: &mut Conn, viewer: Option<&Viewer>, before: Option<i64>, now: Timestamp) -> Result<Page<Card>> {
    let rows = match viewer {
        Some(viewer) => followed_rows(c, viewer.id, before, now)?,
        None => open_rows(c, before)?,
    };
    let page = Page::new(rows, paging::FEED, before, |row: &Row| row.id.get());
    let (next, continued) = (page.next, page.continued);
    let mut rows = with_photos(c, viewer, page.rows)?;
    if let (Some(card), false) = (rows.first_mut(), continued) {
        card.first = true;
    }
    Ok(Page { rows, next, continued })
}

/// Posts as cards, in this order; those that are not for this viewer's eyes are left out.
pub fn cards(c: &mut Conn, viewer: Option<&Viewer>, ids: &[PostId]) -> Result<Vec<Card>> {
    let me = audience::me(viewer);
    let mut rows: Vec<Row> = posts::table
        .inner_join(users::table.left_join(images::table))
        .filter(among(posts::id, ids))
        .filter(audience::visible_to(me))
        .select(columns(me))
        .load(c)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    with_photos(c, viewer, rows)
}

/// One post as a card.
///
/// # Errors
/// `NotFound` when it does not exist or is not for this viewer's eyes.
pub fn card(c: &mut Conn, viewer: Option<&Viewer>, id: PostId) -> Result<Card> {
    let me = audience::me(viewer);
    let row: Row = posts::table
        .inner_join(users::table.left_join(images::table))
        .filter(posts::id.eq(id))
        .filter(audience::visible_to(me))
        .select(columns(me))
        .first(c)?;
    let mut card = with_photos(c, viewer, vec![row])?.pop().ok_or(Error::NotFound)?;
    card.first = true;
    Ok(card)
}

/// Whose the posts are that have come to the home feed since `after`, newest first.
pub fn newer(c: &mut Conn, viewer: Option<&Viewer>, after: i64, most: i64) -> Result<Vec<Person>> {
    let me = audience::me(viewer);
    let newer = posts::table
        .inner_join(users::table.left_join(images::table))
        .filter(posts::id.gt(after))
        .filter(audience::visible_to(me))
        .filter(audience::unmuted(me))
        .filter(posts::author_id.ne(me))
        .order((posts::id + 0).desc())
        .limit(most)
        .select(Person::columns());
    match viewer {
        Some(_) => Ok(newer.filter(posts::author_id.eq_any(followed(me))).load(c)?),
        None => Ok(newer.filter(posts::is_open.eq(true)).load(c)?),
    }
}

/// Likes and comments of those of these posts that the viewer may see.
pub fn counts(c: &mut Conn, viewer: Option<&Viewer>, ids: &[PostId]) -> Result<Vec<(PostId, i64, i64)>> {
    Ok(posts::table
        .filter(among(posts::id, ids))
        .filter(audience::visible_to(audience::me(viewer)))
        .select((posts::id, posts::like_count, posts::comment_count))
        .load(c)?)
}

/// Tags of the newest open posts, the most used first.
pub fn recent_tags(c: &mut Conn, viewer: Option<&Viewer>) -> Result<Vec<String>> {
    let newest: Vec<PostId> = posts::table
        .filter(posts::is_open.eq(true))
        .filter(audience::visible_to(audience::me(viewer)))
        .order(posts::id.desc())
        .limit(60)
        .select(posts::id)
        .load(c)?;
    let tags: Vec<String> = post_tags::table.filter(among(post_tags::post_id, &newest)).select(post_tags::tag).load(c)?;
    let mut uses: HashMap<String, usize> = HashMap::new();
    for tag in tags {
        *uses.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(String, usize)> = uses.into_iter().collect();
    tags.sort_by(|(a, uses), (b, others)| others.cmp(uses).then_with(|| a.cmp(b)));
    Ok(tags.into_iter().map(|(tag, _)| tag).take(8).collect())
}

fn open_rows(c: &mut Conn, before: Option<i64>) -> Result<Vec<Row>> {
    let me = audience::me(None);
    Ok(posts::table
        .inner_join(users::table.left_join(images::table))
        .filter(posts::is_open.eq(true))
        .filter(audience::visible_to(me))
        .filter(posts::id.lt(before.unwrap_or(i64::MAX)))
        .order(posts::id.desc())
        .limit(paging::FEED as i64 + 1)
        .select(columns(me))
        .load(c)?)
}

/// Unless there are few posts, the home feed looks into a window of time first, as wide as those people's pace asks for and far
/// narrower than all that they ever shared; when it holds less than a page, further down.
fn followed_rows(c: &mut Conn, me: UserId, before: Option<i64>, now: Timestamp) -> Result<Vec<Row>> {
    let size = paging::FEED as i64 + 1;
    let newest: Vec<(i64, i64, Timestamp)> = users::table
        .filter(one_of(users::id, followed(me), me))
        .filter(users::last_post_id.gt(0))
        .order(users::last_post_id.desc())
        .limit(size)
        .select((users::last_post_id, users::post_count, users::created_at))
        .load(c)?;
    // The people one follows (and oneself) have each a newest post, and the first page reaches no further down than the last of as
    // many of those as it has places.
    let last_place = newest.last().filter(|_| newest.len() as i64 == size).map(|(id, ..)| *id);
    let is_few = last_place.is_none() && newest.iter().map(|(_, posts, _)| posts).sum::<i64>() <= FEW_POSTS;
    let a_day: f64 = newest.iter().map(|(_, posts, since)| *posts as f64 / (now - *since).num_days().max(1) as f64).sum();
    let window = TimeDelta::hours((PAGES_IN_WINDOW * size as f64 / a_day * 24.0).clamp(1.0, 365.0 * 24.0) as i64);
    let floors = match before {
        _ if is_few => Vec::new(),
        None => {
            let likely = PostId::at(now - window).get();
            [Some(likely).filter(|likely| last_place.is_none_or(|last| *likely > last)), last_place].into_iter().flatten().collect()
        }
        Some(before) => vec![before - ids::span(window), before - ids::span(window * WIDER)],
    };
    let before = before.unwrap_or(i64::MAX);
    for floor in floors.into_iter().filter(|floor| *floor > 0) {
        let rows = followed_rows_from(c, me, before, floor, size)?;
        if rows.len() as i64 == size {
            return Ok(rows);
        }
    }
    followed_rows_from(c, me, before, 0, size)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn followed(me: UserId) -> _ {
    follows::table.filter(follows::follower_id.eq(me)).select(follows::followee_id)
}

fn followed_rows_from(c: &mut Conn, me: UserId, before: i64, floor: i64, size: i64) -> Result<Vec<Row>> {
    let theirs = diesel::alias!(posts as theirs);
    let (id, author) = (theirs.field(posts::id), theirs.field(posts::author_id));
    let newest = theirs
        .filter(one_of(author, followed(me), me))
        .filter(id.lt(before))
        .filter(id.ge(floor))
        // Not the bare column: SQLite would walk over everybody's posts to have them in this order.
        .order((id + 0).desc())
        .limit(3 * size)
        .select(id);
    // Those come from the index alone, and nearly all of them are visible: the rule is asked about no more than a few.
    let shown = posts::table
        .inner_join(users::table.left_join(images::table))
        .filter(audience::visible_to(me))
        .filter(audience::unmuted(me))
        .limit(size)
        .select(columns(me));
    // By the bare column, which is the order those ids come in: the page is full before the last of them is looked at.
    let rows: Vec<Row> = shown.filter(posts::id.eq_any(newest)).order(posts::id.desc()).load(c)?;
    if rows.len() as i64 == size {
        return Ok(rows);
    }
    // Many of them are hidden, muted, on their way out, or there are no more.
    let all = one_of(posts::author_id, followed(me), me);
    Ok(shown.filter(all).filter(posts::id.lt(before)).filter(posts::id.ge(floor)).order((posts::id + 0).desc()).load(c)?)
}

fn with_photos(c: &mut Conn, viewer: Option<&Viewer>, rows: Vec<Row>) -> Result<Vec<Card>> {
    let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
    type Facet = (Option<String>, Option<Timestamp>, Option<String>);
    let photos: Vec<(PostId, String, Photo, Facet)> = post_photos::table
        .inner_join(images::table)
        .filter(among(post_photos::post_id, &ids))
        .order((post_photos::post_id, post_photos::position))
        .select((post_photos::post_id, post_photos::alt, Photo::COLUMNS, (post_photos::camera, post_photos::taken_at, post_photos::place)))
        .load(c)?;
    let mut by_post: std::collections::HashMap<PostId, Vec<CardPhoto>> = std::collections::HashMap::with_capacity(ids.len());
    for (post, alt, photo, (camera, taken_at, place)) in photos {
        by_post.entry(post).or_default().push(CardPhoto { photo, alt, facts: Facts { camera, taken_at, place } });
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let mine = viewer.is_some_and(|viewer| viewer.id == row.author.id);
            let known: Vec<&str> = row.mentions.split(' ').collect();
            Card {
                id: row.id,
                caption: Caption::parse(&row.caption, &known),
                text: row.caption,
                like_count: row.like_count,
                comment_count: row.comment_count,
                view_count: row.view_count,
                created_at: row.created_at,
                edited_at: row.edited_at,
                followers_only: row.followers_only,
                comments_off: row.comments_off,
                archived: row.archived_at.is_some(),
                pinned: row.pinned_at.is_some(),
                liked: row.liked,
                saved: row.saved,
                photos: by_post.remove(&row.id).unwrap_or_default(),
                mine,
                may_change: mine || viewer.is_some_and(Viewer::is_admin),
                first: false,
                wide: false,
                in_dialog: false,
                author: row.author,
            }
        })
        .collect())
}

/// A square in a grid.
#[derive(Clone, Debug, Queryable)]
pub struct Tile {
    pub id: PostId,
    pub like_count: i64,
    pub comment_count: i64,
    pub photo_count: i32,
    pub pinned_at: Option<Timestamp>,
    pub alt: String,
    pub author: String,
    pub photo: Photo,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn tile_columns() -> _ {
    let photo: PhotoColumns = Photo::COLUMNS;
    (posts::id, posts::like_count, posts::comment_count, posts::photo_count, posts::pinned_at, post_photos::alt, users::username, photo)
}

/// A page of tiles. `before` is the cursor of the page before.
pub fn tiles(c: &mut Conn, viewer: Option<&Viewer>, scope: &Scope, before: Option<&str>, now: Timestamp) -> Result<Page<Tile>> {
    let page = ids(c, viewer, scope, before, paging::GRID, now)?;
    let (next, continued) = (page.next.clone(), page.continued);
    let mut wanted = page.rows;
    if let (Scope::Author(author), false) = (scope, continued) {
        // Pinned posts stand first, and only there.
        let mut first = pinned(c, viewer, *author)?;
        first.append(&mut wanted);
        wanted = first;
    }
    Ok(Page { rows: tiles_of(c, viewer, &wanted)?, next, continued })
}

/// Posts as tiles, in this order; those that are not for this viewer's eyes are left out.
pub fn tiles_of(c: &mut Conn, viewer: Option<&Viewer>, wanted: &[PostId]) -> Result<Vec<Tile>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<Tile> = posts::table
        // `images` joins twice in other queries (faces); here it is the first photo.
        .inner_join(post_photos::table.inner_join(images::table))
        .inner_join(users::table)
        .filter(among(posts::id, wanted))
        .filter(post_photos::position.eq(0))
        .filter(audience::visible_to(audience::me(viewer)))
        .select(tile_columns())
        .load(c)?;
    rows.sort_by_key(|tile| wanted.iter().position(|id| *id == tile.id));
    Ok(rows)
}

/// A few more by the same person, the newest first.
pub fn more_by(c: &mut Conn, viewer: Option<&Viewer>, author: UserId, except: PostId) -> Result<Vec<Tile>> {
    Ok(posts::table
        .inner_join(post_photos::table.inner_join(images::table))
        .inner_join(users::table)
        .filter(posts::author_id.eq(author))
        .filter(posts::id.ne(except))
        .filter(posts::archived_at.is_null())
        .filter(post_photos::position.eq(0))
        .filter(audience::visible_to(audience::me(viewer)))
        .order(posts::id.desc())
        .limit(6)
        .select(tile_columns())
        .load(c)?)
}

/// Which posts a page shows, in their order; the cursor is an id, a save's id, or "likes.id".
pub fn ids(
    c: &mut Conn,
    viewer: Option<&Viewer>,
    scope: &Scope,
    before: Option<&str>,
    size: usize,
    now: Timestamp,
) -> Result<Page<PostId>> {
    let me = audience::me(viewer);
    let limit = size as i64 + 1;
    let last: i64 = before.and_then(|cursor| cursor.parse().ok()).unwrap_or(i64::MAX);
    let continued = before.is_some();
    let by_id = |rows| Page::keyed(rows, size, continued, PostId::to_string);
    let newest =
        || posts::table.filter(audience::visible_to(me)).filter(posts::id.lt(last)).order(posts::id.desc()).limit(limit).select(posts::id);
    Ok(match scope {
        Scope::Everyone => by_id(newest().filter(posts::is_open.eq(true)).filter(audience::unmuted(me)).load(c)?),
        Scope::Author(author) => {
            let shown = newest().filter(posts::author_id.eq(*author)).filter(posts::archived_at.is_null());
            by_id(shown.filter(posts::pinned_at.is_null()).load(c)?)
        }
        Scope::AuthorByTime(author) => by_id(newest().filter(posts::author_id.eq(*author)).filter(posts::archived_at.is_null()).load(c)?),
        Scope::Archived => by_id(newest().filter(posts::author_id.eq(me)).filter(posts::archived_at.is_not_null()).load(c)?),
        // From the index of tags: neither a tag on every post nor one on a single post makes the database walk over the others.
        Scope::Tag(tag) => by_id(
            post_tags::table
                .inner_join(posts::table)
                .filter(post_tags::tag.eq(tag))
                .filter(post_tags::post_id.lt(last))
                .filter(posts::archived_at.is_null())
                .filter(audience::visible_to(me))
                .filter(audience::unmuted(me))
                .order(post_tags::post_id.desc())
                .limit(limit)
                .select(posts::id)
                .load(c)?,
        ),
        Scope::Saved => {
            let rows: Vec<(i64, PostId)> = saves::table
                .inner_join(posts::table)
                .filter(saves::user_id.eq(me))
                .filter(saves::id.lt(last))
                .filter(audience::visible_to(me))
                .order(saves::id.desc())
                .limit(limit)
                .select((saves::id, posts::id))
                .load(c)?;
            Page::keyed(rows, size, continued, |(id, _)| id.to_string()).map(|(_, post)| post)
        }
        Scope::MostLiked => {
            let rows = most_liked(c, me, before, limit, now)?;
            Page::keyed(rows, size, continued, |(likes, id)| format!("{likes}.{id}")).map(|(_, post)| post)
        }
    })
}

fn pinned(c: &mut Conn, viewer: Option<&Viewer>, author: UserId) -> Result<Vec<PostId>> {
    Ok(posts::table
        .filter(posts::author_id.eq(author))
        .filter(posts::pinned_at.is_not_null())
        .filter(posts::archived_at.is_null())
        .filter(audience::visible_to(audience::me(viewer)))
        .order(posts::pinned_at.desc())
        .select(posts::id)
        .load(c)?)
}

/// Open posts of today and the six days before, by their likes. Day by day, because within one the index has them in this order:
/// the most that is looked at is a page of each day.
fn most_liked(c: &mut Conn, me: UserId, before: Option<&str>, limit: i64, now: Timestamp) -> Result<Vec<(i64, PostId)>> {
    let cursor = before.and_then(|cursor| cursor.split_once('.')).and_then(|(likes, id)| Some((likes.parse().ok()?, id.parse().ok()?)));
    let (likes, id): (i64, i64) = cursor.unwrap_or((i64::MAX, i64::MAX));
    let today = super::post::day_of(now);
    let of_day = |day: i32| {
        posts::table
            .filter(posts::is_open.eq(true))
            .filter(posts::day.eq(day))
            .filter(posts::like_count.le(likes))
            .filter(posts::like_count.lt(likes).or(posts::id.lt(id)))
            .filter(audience::visible_to(me))
            .filter(audience::unmuted(me))
            .order((posts::like_count.desc(), posts::id.desc()))
            .limit(limit)
            .select((posts::like_count, posts::id))
    };
    Ok(UnionAll::descending((today - 6..=today).map(of_day).collect(), limit).load(c)?)
}
