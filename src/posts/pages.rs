//! Looking: the home feed, explore, a tag, a post, who liked it; and the questions asked before a change.

use super::feed::{self, card};
use super::{Card, Like, Post, PostId, Scope, Segment, Tile};
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

pub async fn home(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (before, now) = (cursor.before(), visit.state.now());
    let posts = visit.read(move |c, viewer| feed::home(c, viewer, before, now)).await?;
    let wants_fragment = visit.is_fragment();
    if wants_fragment {
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
}

pub async fn explore(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (before, now) = (cursor.text(), visit.state.now());
    let tiles = visit.read(move |c, viewer| feed::tiles(c, viewer, &Scope::Everyone, before.as_deref(), now)).await?;
    if visit.is_fragment() {
        let page = ExplorePage { layout: visit.layout(), tiles, path: urls::EXPLORE };
        return visit.fragment(&page.as_tiles());
    }
    visit.page(|layout| ExplorePage { layout, tiles, path: urls::EXPLORE }).await
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
}

/// The pictures alone: what a page with a picture in the making asks for until it is ready.
#[derive(Template)]
#[template(path = "posts/_photos.html")]
pub struct PhotosFragment {
    pub post: Card,
}

#[derive(Deserialize)]
pub struct Waiting {
    /// How many photos the open page shows as being in the making.
    waiting: Option<usize>,
}

pub async fn show(visit: Visit, id: web::Path<PostId>, query: web::Query<Waiting>) -> Result<HttpResponse> {
    let id = id.into_inner();
    if visit.is_fragment() {
        let mut post = visit.read(move |c, viewer| card(c, viewer, id)).await?;
        if query.waiting == Some(post.processing()) {
            // Swapping in the same again would take a carousel back to its first photo.
            return Ok(HttpResponse::NoContent().finish());
        }
        post.wide = visit.is_on(&urls::post(id));
        return visit.fragment(&PhotosFragment { post });
    }
    let now = visit.state.now();
    let (post, likers, more) = visit
        .read(move |c, viewer| {
            let mut post = card(c, viewer, id)?;
            post.wide = true;
            let likers = if post.like_count > 0 { Like::latest(c, id)? } else { Vec::new() };
            let more = feed::tiles(c, viewer, &Scope::Author(post.author.id), None, now)?.rows;
            Ok((post, likers, more))
        })
        .await?;
    let more = more.into_iter().filter(|tile| tile.id != id).take(6).collect();
    visit.page(|layout| PostPage { layout, post, likers, more }).await
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
            Ok((post, Like::people(c, id, before)?))
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
