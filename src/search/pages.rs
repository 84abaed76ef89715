//! `/search`: the page, and its results alone as one types.

use super::{captions, names};
use crate::accounts::Person;
use crate::error::Result;
use crate::posts::{self, Tile};
use crate::urls;
use crate::web::paging::{self, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Characters of a query; what is longer is cut.
const LIMIT: usize = 100;
const PEOPLE: i64 = 8;
const TAGS: usize = 10;

#[derive(Deserialize)]
pub struct Query {
    #[serde(default)]
    q: String,
    /// How many of the posts came before.
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "search/show.html", blocks = ["results"])]
pub struct SearchPage {
    layout: Layout,
    q: String,
    people: Vec<(Person, String)>,
    tags: Vec<String>,
    tiles: Page<Tile>,
    path: String,
}

/// The posts of a further page.
#[derive(Template)]
#[template(path = "posts/tiles.hx.html")]
struct MoreTiles {
    tiles: Page<Tile>,
    path: String,
}

impl SearchPage {
    fn found_nothing(&self) -> bool {
        self.people.is_empty() && self.tags.is_empty() && self.tiles.is_empty()
    }
}

pub async fn show(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let q: String = query.q.trim().chars().filter(|c| !c.is_control()).take(LIMIT).collect();
    let from: usize = query.before.as_deref().and_then(|text| text.parse().ok()).unwrap_or(0);
    let (wanted, now) = (q.clone(), visit.state.now());
    let (people, tags, tiles) = visit
        .read(move |c, viewer| {
            let bare = wanted.trim_start_matches(['@', '#']);
            let (of_people, of_tags) = (!wanted.starts_with('#') && from == 0, !wanted.starts_with('@') && from == 0);
            let people = if of_people { names::people(c, viewer, bare, PEOPLE)? } else { Vec::new() };
            let tags = if of_tags { names::tags(c, bare, TAGS)? } else { Vec::new() };
            let ranked = if wanted.starts_with('@') { Vec::new() } else { captions::ranked(c, viewer, bare, now)? };
            let shown = ranked.iter().skip(from).take(paging::GRID).copied().collect::<Vec<_>>();
            let next = (ranked.len() > from + paging::GRID).then(|| (from + paging::GRID).to_string());
            let tiles = Page { rows: posts::tiles_of(c, viewer, &shown)?, next, continued: from > 0 };
            Ok((people, tags, tiles))
        })
        .await?;
    let path = urls::search(&q);
    if visit.is_fragment() {
        if tiles.continued {
            return visit.fragment(&MoreTiles { tiles, path });
        }
        return visit.fragment(&SearchPage { layout: visit.layout(), q, people, tags, tiles, path }.as_results());
    }
    visit.page(|layout| SearchPage { layout, q, people, tags, tiles, path }).await
}
