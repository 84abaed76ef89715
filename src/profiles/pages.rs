//! `/@name`, and the form for one's own.

use super::Profile;
use crate::error::Result;
use crate::posts::{Scope, Tile, tiles};
use crate::urls;
use crate::web::paging::{Cursor, Page};
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "profiles/show.html", blocks = ["tiles"])]
pub struct ProfilePage {
    layout: Layout,
    profile: Profile,
    tiles: Page<Tile>,
    path: String,
    mine: bool,
}

pub async fn show(visit: Visit, name: web::Path<String>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (name, before, now) = (name.into_inner(), cursor.text(), visit.state.now());
    let asked = name.clone();
    let (profile, tiles, mine) = visit
        .read(move |c, viewer| {
            let profile = Profile::by_name(c, &name)?;
            let tiles = tiles(c, viewer, &Scope::Author(profile.id), before.as_deref(), now)?;
            let mine = viewer.is_some_and(|viewer| viewer.id == profile.id);
            Ok((profile, tiles, mine))
        })
        .await?;
    let path = urls::profile(&profile.username);
    if asked != profile.username {
        // An old name or another spelling: 302, because the name may come back to life for its owner.
        return Ok(HttpResponse::Found().insert_header((header::LOCATION, path)).finish());
    }
    if visit.is_fragment() {
        return visit.fragment(&ProfilePage { layout: visit.layout(), profile, tiles, path, mine }.as_tiles());
    }
    visit.page(|layout| ProfilePage { layout, profile, tiles, path, mine }).await
}

#[derive(Template)]
#[template(path = "profiles/edit.html", blocks = ["dialog"])]
pub struct EditProfilePage {
    pub layout: Layout,
    pub profile: Profile,
    pub username: String,
    pub description: String,
    pub description_limit: usize,
    pub errors: FieldErrors,
    pub limit_megabytes: u64,
}

impl EditProfilePage {
    pub fn new(visit: &Visit, profile: Profile, username: String, description: String, errors: FieldErrors) -> Self {
        EditProfilePage {
            layout: visit.layout(),
            profile,
            username,
            description,
            description_limit: crate::accounts::DESCRIPTION_LIMIT,
            errors,
            limit_megabytes: visit.state.config.uploads.max_bytes / 1_000_000,
        }
    }
}

pub async fn edit(visit: Visit) -> Result<HttpResponse> {
    let profile = visit.read_signed_in(|c, viewer| Profile::by_id(c, viewer.id)).await?;
    let (username, description) = (profile.username.clone(), profile.description.clone());
    let page = EditProfilePage::new(&visit, profile, username, description, FieldErrors::default());
    if visit.is_fragment() {
        return visit.fragment(&page.as_dialog());
    }
    visit.page(|layout| EditProfilePage { layout, ..page }).await
}
