//! Looking: the home feed, explore, a tag, a post, who liked it; and the questions asked before a change.

use super::comments::{Asked, Order, Say, Talk};
use super::feed::{self, card};
use super::{Card, CardPhoto, Like, Post, PostId, Scope, Segment, Tile, Views};
use crate::accounts::Person;
use crate::error::{Error, Result};
use crate::media::ImageId;
use crate::urls;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "posts/home.html", blocks = ["cards"])]
pub struct HomePage {
    layout: Layout,
    posts: Page<Card>,
    path: &'static str,
}

impl HomePage {
    /// The newest post it shows: what is newer is told by a pill above it.
    fn newest(&self) -> Option<PostId> {
        self.posts.rows.first().map(|post| post.id).filter(|_| !self.posts.continued)
    }
}

/// "3 new posts": whose, and the way to them.
#[derive(Template)]
#[template(path = "posts/_new_posts.html")]
struct NewPostsFragment {
    count: usize,
    people: Vec<Person>,
}

#[derive(Deserialize)]
pub struct HomeQuery {
    before: Option<String>,
    /// The newest post the open page shows.
    after: Option<String>,
}

/// The most that the pill counts.
const MOST_NEW: i64 = 20;

pub async fn home(visit: Visit, query: web::Query<HomeQuery>) -> Result<HttpResponse> {
    let now = visit.state.now();
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok());
    if let (true, Some(after)) = (visit.is_fragment(), number(&query.after)) {
        let people = visit.read(move |c, viewer| feed::newer(c, viewer, after, MOST_NEW)).await?;
        let count = people.len();
        if count == 0 {
            return Ok(HttpResponse::NoContent().finish());
        }
        let mut faces: Vec<Person> = Vec::new();
        for person in people {
            if faces.len() < 3 && !faces.contains(&person) {
                faces.push(person);
            }
        }
        return visit.fragment(&NewPostsFragment { count, people: faces });
    }
    let before = number(&query.before);
    let posts = visit.read(move |c, viewer| feed::home(c, viewer, before, now)).await?;
    if visit.is_fragment() {
        let page = HomePage { layout: visit.layout(), posts, path: urls::HOME };
        return visit.fragment(&page.as_cards());
    }
    visit.page(|layout| HomePage { layout, posts, path: urls::HOME }).await
}

#[derive(Template)]
#[template(path = "posts/explore.html", blocks = ["tiles"])]
pub struct ExplorePage {
    layout: Layout,
    tiles: Page<Tile>,
    path: &'static str,
    most_liked: bool,
    tags: Vec<String>,
}

pub async fn explore(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    explore_in(visit, cursor, Scope::Everyone).await
}

pub async fn explore_liked(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    explore_in(visit, cursor, Scope::MostLiked).await
}

async fn explore_in(visit: Visit, cursor: web::Query<Cursor>, scope: Scope) -> Result<HttpResponse> {
    let (before, now, most_liked) = (cursor.text(), visit.state.now(), scope == Scope::MostLiked);
    let path = if most_liked { urls::EXPLORE_LIKED } else { urls::EXPLORE };
    let (tiles, tags) = visit
        .read(move |c, viewer| {
            let tiles = feed::tiles(c, viewer, &scope, before.as_deref(), now)?;
            let tags = if before.is_none() { feed::recent_tags(c, viewer)? } else { Vec::new() };
            Ok((tiles, tags))
        })
        .await?;
    if visit.is_fragment() {
        return visit.fragment(&ExplorePage { layout: visit.layout(), tiles, path, most_liked, tags }.as_tiles());
    }
    visit.page(|layout| ExplorePage { layout, tiles, path, most_liked, tags }).await
}

/// Posts that only the viewer has a list of: saved, or archived.
#[derive(Template)]
#[template(path = "posts/mine.html", blocks = ["tiles"])]
pub struct MinePage {
    layout: Layout,
    tiles: Page<Tile>,
    path: &'static str,
    archive: bool,
}

pub async fn saved(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    mine(visit, cursor, Scope::Saved, urls::SAVED).await
}

pub async fn archive(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    mine(visit, cursor, Scope::Archived, urls::ARCHIVE).await
}

async fn mine(visit: Visit, cursor: web::Query<Cursor>, scope: Scope, path: &'static str) -> Result<HttpResponse> {
    let (before, now, archive) = (cursor.text(), visit.state.now(), scope == Scope::Archived);
    let tiles = visit.read_signed_in(move |c, viewer| feed::tiles(c, Some(viewer), &scope, before.as_deref(), now)).await?;
    if visit.is_fragment() {
        return visit.fragment(&MinePage { layout: visit.layout(), tiles, path, archive }.as_tiles());
    }
    visit.page(|layout| MinePage { layout, tiles, path, archive }).await
}

#[derive(Template)]
#[template(path = "posts/tag.html", blocks = ["tiles"])]
pub struct TagPage {
    layout: Layout,
    tag: String,
    tiles: Page<Tile>,
    path: String,
}

pub async fn tag(visit: Visit, path: web::Path<String>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let tag = super::caption::tag_key(&path.into_inner());
    let (scope, before, now) = (Scope::Tag(tag.clone()), cursor.text(), visit.state.now());
    let tiles = visit.read(move |c, viewer| feed::tiles(c, viewer, &scope, before.as_deref(), now)).await?;
    let path = urls::tag(&tag);
    if visit.is_fragment() {
        return visit.fragment(&TagPage { layout: visit.layout(), tag, tiles, path }.as_tiles());
    }
    visit.page(|layout| TagPage { layout, tag, tiles, path }).await
}

#[derive(Template)]
#[template(path = "posts/show.html")]
pub struct PostPage {
    layout: Layout,
    post: Card,
    likers: Vec<Person>,
    more: Vec<Tile>,
    talk: Talk,
    say: Say,
}

/// The same over the page that is open.
#[derive(Template)]
#[template(path = "posts/open.html")]
struct PostDialog {
    layout: Layout,
    post: Card,
    likers: Vec<Person>,
    talk: Talk,
    say: Say,
}

/// The pictures alone: what a page with a picture in the making asks for until it is ready.
#[derive(Template)]
#[template(path = "posts/_photos.html")]
pub struct PhotosFragment {
    post: Card,
}

impl PhotosFragment {
    /// For the element htmx replaces, which may stand in a dialog over a card of the same post.
    pub fn at_its_place(visit: &Visit, mut post: Card) -> Self {
        let in_dialog = visit.header("hx-target").is_some_and(|target| target.ends_with("-open"));
        post.stand(visit, in_dialog);
        PhotosFragment { post }
    }
}

#[derive(Deserialize)]
pub struct Looking {
    /// How many photos the open page shows as being in the making.
    waiting: Option<usize>,
    /// `dialog`: the post over another page.
    view: Option<String>,
}

pub async fn show(
    visit: Visit,
    id: web::Path<PostId>,
    looking: web::Query<Looking>,
    asked: web::Query<Asked>,
    views: web::Data<Views>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let in_dialog = visit.is_fragment() && looking.view.as_deref() == Some("dialog");
    if visit.is_fragment() && !in_dialog {
        let post = visit.read(move |c, viewer| card(c, viewer, id)).await?;
        if looking.waiting == Some(post.processing()) {
            // Swapping in the same again would take a carousel back to its first photo.
            return Ok(HttpResponse::NoContent().finish());
        }
        return visit.fragment(&PhotosFragment::at_its_place(&visit, post));
    }
    let (order, comment, reply) = (asked.order(), asked.comment(), asked.reply());
    let (post, likers, talk, more) = visit
        .read(move |c, viewer| {
            let mut post = card(c, viewer, id)?;
            (post.wide, post.in_dialog) = (true, in_dialog);
            let likers = if post.like_count > 0 { Like::latest(c, viewer, id)? } else { Vec::new() };
            let mut talk = Talk::about(c, viewer, (id, post.comment_count, post.comments_off), order, None)?;
            if let Some(comment) = comment {
                talk.point_at(c, viewer, comment)?;
            }
            if let Some(reply) = reply {
                talk.answer(c, viewer, reply)?;
            }
            let more = if in_dialog { Vec::new() } else { feed::more_by(c, viewer, post.author.id, id)? };
            Ok((post, likers, talk, more))
        })
        .await?;
    views.note(&visit, post.id, post.author.id);
    let say = Say::about(&talk);
    if in_dialog {
        return visit.fragment(&PostDialog { layout: visit.layout(), post, likers, talk, say });
    }
    visit.page(|layout| PostPage { layout, post, likers, more, talk, say }).await
}

/// One photo, as large as the window lets it be.
#[derive(Template)]
#[template(path = "posts/viewer.html", blocks = ["dialog"])]
pub struct ViewerPage {
    layout: Layout,
    post: Card,
    /// From 1.
    number: usize,
    item: CardPhoto,
}

pub async fn photo(visit: Visit, path: web::Path<(PostId, usize)>) -> Result<HttpResponse> {
    let (id, number) = path.into_inner();
    let post = visit.read(move |c, viewer| card(c, viewer, id)).await?;
    let item = number.checked_sub(1).and_then(|index| post.photos.get(index)).cloned().ok_or(Error::NotFound)?;
    if visit.is_fragment() {
        return visit.fragment(&ViewerPage { layout: visit.layout(), post, number, item }.as_dialog());
    }
    visit.page(|layout| ViewerPage { layout, post, number, item }).await
}

#[derive(Template)]
#[template(path = "posts/likes.html", blocks = ["people"])]
pub struct LikesPage {
    layout: Layout,
    post: Post,
    people: Page<Person>,
    path: String,
}

pub async fn likes(visit: Visit, id: web::Path<PostId>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (id, before) = (id.into_inner(), cursor.before());
    let (post, people) = visit
        .read(move |c, viewer| {
            let post = Post::visible_to(c, viewer, id)?;
            Ok((post, Like::people(c, viewer, id, before)?))
        })
        .await?;
    let path = urls::post_likes(id);
    let people = people.map(|(_, person)| person);
    if visit.is_fragment() {
        return visit.fragment(&LikesPage { layout: visit.layout(), post, people, path }.as_people());
    }
    visit.page(|layout| LikesPage { layout, post, people, path }).await
}

#[derive(Template)]
#[template(path = "posts/delete.html", blocks = ["dialog"])]
pub struct DeletePage {
    layout: Layout,
    post: Card,
}

pub async fn delete(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let post = visit
        .read_signed_in(move |c, viewer| {
            Post::changeable_by(c, viewer, id)?;
            card(c, Some(viewer), id)
        })
        .await?;
    if visit.is_fragment() {
        return visit.fragment(&DeletePage { layout: visit.layout(), post }.as_dialog());
    }
    visit.page(|layout| DeletePage { layout, post }).await
}

/// Each photo of a post in each of its sizes, as files.
#[derive(Template)]
#[template(path = "posts/downloads.html", blocks = ["dialog"])]
pub struct DownloadsPage {
    layout: Layout,
    post: Card,
}

pub async fn downloads(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let post = visit.read(move |c, viewer| card(c, viewer, id)).await?;
    if visit.is_fragment() {
        return visit.fragment(&DownloadsPage { layout: visit.layout(), post }.as_dialog());
    }
    visit.page(|layout| DownloadsPage { layout, post }).await
}

#[derive(Template)]
#[template(path = "posts/delete_photo.html", blocks = ["dialog"])]
pub struct DeletePhotoPage {
    layout: Layout,
    post: PostId,
    image: ImageId,
}

pub async fn delete_photo(visit: Visit, path: web::Path<(PostId, ImageId)>) -> Result<HttpResponse> {
    let (post, image) = path.into_inner();
    let possible = visit.read_signed_in(move |c, viewer| Post::changeable_by(c, viewer, post)?.can_lose(c, image)).await?;
    if !possible {
        return Err(Error::NotFound);
    }
    if visit.is_fragment() {
        return visit.fragment(&DeletePhotoPage { layout: visit.layout(), post, image }.as_dialog());
    }
    visit.page(|layout| DeletePhotoPage { layout, post, image }).await
}
