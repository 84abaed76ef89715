//! Posts for other programs: Atom feeds (RFC 4287) of everyone and of a tag (a person's is in `profiles`), and oEmbed, by which
//! other sites show a post they link to. All of them show what a stranger may see.

use super::feed::{self, cards};
use super::{Card, Post, PostId, Scope};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::urls;
use crate::web::{Visit, filters};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};

/// Entries of a feed.
const ENTRIES: usize = 20;

/// An Atom document.
#[derive(Template)]
#[template(path = "posts/feed.xml")]
pub struct Feed {
    /// The site's address, without a slash at its end.
    pub origin: String,
    /// Path of the page this is the feed of, and of the feed itself.
    pub page: String,
    pub path: String,
    pub title: String,
    pub posts: Vec<Card>,
    pub now: Timestamp,
}

impl Feed {
    fn updated(&self) -> Timestamp {
        self.posts.iter().map(Card::changed_at).max().unwrap_or(self.now)
    }
}

/// The newest posts of a scope as a stranger sees them.
pub fn newest(c: &mut Conn, scope: &Scope, now: Timestamp) -> Result<Vec<Card>> {
    let ids = feed::ids(c, None, scope, None, ENTRIES, now)?.rows;
    cards(c, None, &ids)
}

/// Answers with a feed; proxies and readers may keep it for five minutes.
pub fn answer(visit: &Visit, page: String, path: String, title: String, posts: Vec<Card>) -> Result<HttpResponse> {
    let origin = visit.layout().origin;
    let feed = Feed { origin, page, path, title, posts, now: visit.state.now() };
    Ok(HttpResponse::Ok()
        .content_type("application/atom+xml; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(visit.text(&feed)?))
}

pub async fn explore(visit: Visit) -> Result<HttpResponse> {
    let now = visit.state.now();
    let posts = visit.state.db.read(move |c| newest(c, &Scope::Everyone, now)).await?;
    answer(&visit, urls::EXPLORE.to_owned(), urls::EXPLORE_ATOM.to_owned(), "Picstargram".to_owned(), posts)
}

pub async fn tag(visit: Visit, path: web::Path<String>) -> Result<HttpResponse> {
    let (tag, now) = (super::caption::tag_key(&path.into_inner()), visit.state.now());
    let scope = Scope::Tag(tag.clone());
    let posts = visit.state.db.read(move |c| newest(c, &scope, now)).await?;
    answer(&visit, urls::tag(&tag), urls::tag_atom(&tag), format!("#{tag} · Picstargram"), posts)
}

#[derive(Deserialize)]
pub struct EmbedQuery {
    url: String,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
    format: Option<String>,
}

/// oEmbed 1.0, type `photo`.
#[derive(Serialize)]
struct Embed {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    author_name: String,
    author_url: String,
    provider_name: &'static str,
    provider_url: String,
    /// The picture, in the largest size that fits.
    url: String,
    width: u32,
    height: u32,
    cache_age: u32,
}

pub async fn oembed(visit: Visit, query: web::Query<EmbedQuery>) -> Result<HttpResponse> {
    if query.format.as_deref().is_some_and(|format| format != "json") {
        return Ok(HttpResponse::NotImplemented().content_type("text/plain; charset=utf-8").body("json only"));
    }
    let origin = visit.layout().origin;
    let id = post_at(&query.url, &origin).ok_or(Error::NotFound)?;
    let card = visit
        .state
        .db
        .read(move |c| {
            Post::visible_to(c, None, id)?;
            cards(c, None, &[id])?.pop().ok_or(Error::NotFound)
        })
        .await?;
    let photo = card.photos.iter().map(|item| &item.photo).find(|photo| photo.is_ready()).ok_or(Error::NotFound)?;
    let (most_wide, most_high) = (query.maxwidth.unwrap_or(1_024), query.maxheight.unwrap_or(u32::MAX));
    let sizes = photo.sizes();
    let fits = |width: u32, height: u32| width <= most_wide && height <= most_high;
    let fitting = sizes.iter().rev().find(|(_, width, height)| fits(*width, *height)).or(sizes.first());
    let (size, width, height) = *fitting.ok_or(Error::NotFound)?;
    let embed = Embed {
        version: "1.0",
        kind: "photo",
        title: card.title(),
        author_url: format!("{origin}{}", urls::profile(&card.author.username)),
        author_name: card.author.username.clone(),
        provider_name: "Picstargram",
        provider_url: origin,
        url: visit.absolute_media(&photo.group_name, &photo.uuid, size.as_str()),
        width,
        height,
        cache_age: 3_600,
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=300")).json(embed))
}

/// The post an address of ours leads to.
fn post_at(address: &str, origin: &str) -> Option<PostId> {
    let url = url::Url::parse(address).ok()?;
    let ours = url::Url::parse(origin).ok()?;
    let same = url.host_str() == ours.host_str() && url.port_or_known_default() == ours.port_or_known_default();
    let id = url.path().strip_prefix("/posts/")?.trim_end_matches('/');
    if same { id.parse().ok() } else { None }
}
