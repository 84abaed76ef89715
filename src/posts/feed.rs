//! Posts as pages show them: cards with everything around a picture, and tiles of a grid. Two queries for a page of cards, one
//! for a page of tiles (and one more for a tag), whatever they hold.

use super::{Caption, PostId, Scope};
use crate::accounts::Person;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::media::Photo;
use crate::platform::db::Conn;
use crate::schema::{images, likes, post_photos, post_tags, posts, users};
use crate::web::Viewer;
use crate::web::paging::{self, Page};
use diesel::dsl::exists;
use diesel::prelude::*;

/// A post with all that its card, or its page, shows.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: PostId,
    pub author: Person,
    pub text: String,
    pub caption: Caption,
    pub like_count: i64,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub liked: bool,
    pub photos: Vec<CardPhoto>,
    /// The viewer's own: it cannot be liked.
    pub mine: bool,
    /// The viewer may edit and delete it.
    pub may_change: bool,
    /// Stands first on the page: its picture is worth hurrying for.
    pub first: bool,
    /// Stands on its own page, with more room for the picture.
    pub wide: bool,
}

#[derive(Clone, Debug)]
pub struct CardPhoto {
    pub photo: Photo,
    pub alt: String,
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
    created_at: Timestamp,
    edited_at: Option<Timestamp>,
    author: Person,
    liked: bool,
}

/// A page of cards, newest first.
pub fn cards(c: &mut Conn, viewer: Option<&Viewer>, scope: &Scope, before: Option<i64>) -> Result<Page<Card>> {
    let rows = rows(c, viewer, scope, before, paging::FEED)?;
    let page = Page::new(rows, paging::FEED, before, |row: &Row| row.id.get());
    let (next, continued) = (page.next, page.continued);
    let mut rows = with_photos(c, viewer, page.rows)?;
    if let (Some(card), false) = (rows.first_mut(), continued) {
        card.first = true;
    }
    Ok(Page { rows, next, continued })
}

/// One post as a card.
///
/// # Errors
/// `NotFound` when it does not exist or is not for this viewer's eyes.
pub fn card(c: &mut Conn, viewer: Option<&Viewer>, id: PostId) -> Result<Card> {
    let row: Row = posts::table
        .inner_join(users::table.left_join(images::table))
        .filter(posts::id.eq(id))
        .select((
            posts::id,
            posts::caption,
            posts::mentions,
            posts::like_count,
            posts::created_at,
            posts::edited_at,
            Person::columns(),
            exists(likes::table.filter(likes::post_id.eq(posts::id)).filter(likes::user_id.eq(viewer.map_or(0, |me| me.id.get())))),
        ))
        .first(c)?;
    let mut card = with_photos(c, viewer, vec![row])?.pop().ok_or(Error::NotFound)?;
    card.first = true;
    Ok(card)
}

fn rows(c: &mut Conn, viewer: Option<&Viewer>, scope: &Scope, before: Option<i64>, size: usize) -> Result<Vec<Row>> {
    let me = viewer.map_or(0, |me| me.id.get());
    let mut query = posts::table
        .inner_join(users::table.left_join(images::table))
        .order(posts::id.desc())
        .limit(size as i64 + 1)
        .select((
            posts::id,
            posts::caption,
            posts::mentions,
            posts::like_count,
            posts::created_at,
            posts::edited_at,
            Person::columns(),
            exists(likes::table.filter(likes::post_id.eq(posts::id)).filter(likes::user_id.eq(me))),
        ))
        .into_boxed();
    match scope {
        Scope::Everyone => {}
        Scope::Author(author) => query = query.filter(posts::author_id.eq(*author)),
        Scope::Tag(tag) => query = query.filter(posts::id.eq_any(tagged(c, tag, before, size)?)),
    }
    if let Some(before) = before {
        query = query.filter(posts::id.lt(PostId::from(before)));
    }
    Ok(query.load(c)?)
}

/// The posts of a tag, newest first, straight from its index: neither a tag on every post nor one on a single post makes the
/// database walk over the others.
fn tagged(c: &mut Conn, tag: &str, before: Option<i64>, size: usize) -> Result<Vec<PostId>> {
    Ok(post_tags::table
        .filter(post_tags::tag.eq(tag))
        .filter(post_tags::post_id.lt(before.unwrap_or(i64::MAX)))
        .order(post_tags::post_id.desc())
        .limit(size as i64 + 1)
        .select(post_tags::post_id)
        .load(c)?)
}

fn with_photos(c: &mut Conn, viewer: Option<&Viewer>, rows: Vec<Row>) -> Result<Vec<Card>> {
    let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
    let photos: Vec<(PostId, String, Photo)> = post_photos::table
        .inner_join(images::table)
        .filter(post_photos::post_id.eq_any(&ids))
        .order((post_photos::post_id, post_photos::position))
        .select((post_photos::post_id, post_photos::alt, Photo::COLUMNS))
        .load(c)?;
    let mut by_post: std::collections::HashMap<PostId, Vec<CardPhoto>> = std::collections::HashMap::with_capacity(ids.len());
    for (post, alt, photo) in photos {
        by_post.entry(post).or_default().push(CardPhoto { photo, alt });
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
                created_at: row.created_at,
                edited_at: row.edited_at,
                liked: row.liked,
                photos: by_post.remove(&row.id).unwrap_or_default(),
                mine,
                may_change: mine || viewer.is_some_and(Viewer::is_admin),
                first: false,
                wide: false,
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
    pub photo_count: i32,
    pub alt: String,
    pub author: String,
    pub photo: Photo,
}

/// A page of tiles, newest first.
pub fn tiles(c: &mut Conn, _viewer: Option<&Viewer>, scope: &Scope, before: Option<i64>) -> Result<Page<Tile>> {
    // `images` joins twice in other queries (faces); here it is the first photo.
    let mut query = posts::table
        .inner_join(post_photos::table.inner_join(images::table))
        .inner_join(users::table)
        .filter(post_photos::position.eq(0))
        .order(posts::id.desc())
        .limit(paging::GRID as i64 + 1)
        .select((posts::id, posts::like_count, posts::photo_count, post_photos::alt, users::username, Photo::COLUMNS))
        .into_boxed();
    match scope {
        Scope::Everyone => {}
        Scope::Author(author) => query = query.filter(posts::author_id.eq(*author)),
        Scope::Tag(tag) => query = query.filter(posts::id.eq_any(tagged(c, tag, before, paging::GRID)?)),
    }
    if let Some(before) = before {
        query = query.filter(posts::id.lt(PostId::from(before)));
    }
    Ok(Page::new(query.load(c)?, paging::GRID, before, |tile| tile.id.get()))
}
