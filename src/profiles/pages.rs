//! `/@name`, and the form for one's own.

use super::Profile;
use crate::error::Result;
use crate::people::Contact;
use crate::posts::{Scope, Tile, feeds, tiles};
use crate::urls;
use crate::web::paging::{Cursor, Page};
use crate::web::{Avatar, FieldErrors, Layout, Visit, filters};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "profiles/show.html", blocks = ["tiles"])]
pub struct ProfilePage {
    layout: Layout,
    profile: Profile,
    contact: Contact,
    tiles: Page<Tile>,
    path: String,
}

/// Somebody the viewer blocks: a name, and the way back.
#[derive(Template)]
#[template(path = "profiles/blocked.html")]
pub struct BlockedProfilePage {
    layout: Layout,
    contact: Contact,
    /// The letter: their face is not shown.
    letter: Avatar,
}

pub async fn show(visit: Visit, name: web::Path<String>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (name, before, now) = (name.into_inner(), cursor.text(), visit.state.now());
    let asked = name.clone();
    let (contact, profile, tiles) = visit
        .read(move |c, viewer| {
            let (contact, profile) = Profile::by_name(c, viewer, &name)?;
            let hidden = contact.is_closed() || contact.tie.blocking;
            let tiles = if hidden {
                Page { rows: Vec::new(), next: None, continued: false }
            } else {
                tiles(c, viewer, &Scope::Author(profile.id), before.as_deref(), now)?
            };
            Ok((contact, profile, tiles))
        })
        .await?;
    let path = urls::profile(&profile.username);
    if asked != profile.username {
        // An old name or another spelling: 302, because the name may come back to life for its owner.
        return Ok(HttpResponse::Found().insert_header((header::LOCATION, path)).finish());
    }
    if visit.is_fragment() {
        return visit.fragment(&ProfilePage { layout: visit.layout(), profile, contact, tiles, path }.as_tiles());
    }
    if contact.tie.blocking {
        let letter = Avatar { uuid: None, ..contact.person.avatar() };
        return visit.page(|layout| BlockedProfilePage { layout, contact, letter }).await;
    }
    visit.page(|layout| ProfilePage { layout, profile, contact, tiles, path }).await
}

/// Somebody's newest posts for feed readers: what a stranger may see, which of a private account is nothing.
pub async fn feed(visit: Visit, name: web::Path<String>) -> Result<HttpResponse> {
    let (name, now) = (name.into_inner(), visit.state.now());
    let (profile, posts) = visit
        .state
        .db
        .read(move |c| {
            let (_, profile) = Profile::by_name(c, None, &name)?;
            let posts = feeds::newest(c, &Scope::AuthorByTime(profile.id), now)?;
            Ok((profile, posts))
        })
        .await?;
    let (page, path) = (urls::profile(&profile.username), urls::profile_atom(&profile.username));
    feeds::answer(&visit, page, path, format!("{} · Picstargram", profile.username), posts)
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
