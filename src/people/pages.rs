//! Lists of followers and of followed people, requests, and the questions asked before somebody is removed or blocked.

use super::lists::{self, List};
use super::{Contact, Suggestion};
use crate::accounts::User;
use crate::error::{Error, Result};
use crate::urls;
use crate::web::paging::{Cursor, Page};
use crate::web::visit::Wants;
use crate::web::{Layout, Visit, filters};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;

/// People to follow below the list of those one does.
const SUGGESTED: usize = 10;

/// Who follows somebody, or whom they follow.
#[derive(Template)]
#[template(path = "people/follows.html", blocks = ["people"])]
pub struct FollowsPage {
    layout: Layout,
    owner: Contact,
    /// Who follows them; otherwise whom they follow.
    followers: bool,
    people: Page<Contact>,
    /// Below the list of those the viewer follows.
    suggestions: Vec<Suggestion>,
    path: String,
}

pub async fn followers(visit: Visit, name: web::Path<String>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    follows(visit, name.into_inner(), cursor.before(), true).await
}

pub async fn following(visit: Visit, name: web::Path<String>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    follows(visit, name.into_inner(), cursor.before(), false).await
}

async fn follows(visit: Visit, name: String, before: Option<i64>, followers: bool) -> Result<HttpResponse> {
    let (asked, now) = (name.clone(), visit.state.now());
    let (owner, people, suggestions) = visit
        .read(move |c, viewer| {
            let owner = Contact::by_name(c, viewer, &name)?;
            if owner.tie.blocking {
                return Err(Error::NotFound);
            }
            let list = if followers { List::FollowersOf(owner.person.id) } else { List::FollowedBy(owner.person.id) };
            let people = if owner.is_closed() {
                Page { rows: Vec::new(), next: None, continued: false }
            } else {
                lists::page(c, viewer, list, before)?
            };
            let suggestions = match viewer {
                Some(viewer) if owner.mine && !followers && before.is_none() => super::suggestions(c, viewer, SUGGESTED, now)?,
                _ => Vec::new(),
            };
            Ok((owner, people, suggestions))
        })
        .await?;
    let path = if followers { urls::followers(owner.username()) } else { urls::following(owner.username()) };
    if asked != owner.username() {
        // An old name or another spelling, as on their profile.
        return Ok(HttpResponse::Found().insert_header((header::LOCATION, path)).finish());
    }
    if owner.is_closed() && visit.wants != Wants::Page {
        return Err(Error::Forbidden);
    }
    if visit.is_fragment() {
        return visit.fragment(&FollowsPage { layout: visit.layout(), owner, followers, people, suggestions, path }.as_people());
    }
    let status = if owner.is_closed() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    visit.page_with_status(status, |layout| FollowsPage { layout, owner, followers, people, suggestions, path }).await
}

/// Who would like to follow the viewer.
#[derive(Template)]
#[template(path = "people/requests.html", blocks = ["people"])]
pub struct RequestsPage {
    layout: Layout,
    people: Page<Contact>,
    newest: Option<i64>,
    path: &'static str,
    private: bool,
}

pub async fn requests(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let before = cursor.before();
    let (people, newest, private) = visit
        .read_signed_in(move |c, viewer| {
            let (people, newest) = lists::page_and_newest(c, Some(viewer), List::Requests, before)?;
            Ok((people, newest, User::is_private(c, viewer.id)?))
        })
        .await?;
    let path = urls::REQUESTS;
    if visit.is_fragment() {
        return visit.fragment(&RequestsPage { layout: visit.layout(), people, newest, path, private }.as_people());
    }
    visit.page(|layout| RequestsPage { layout, people, newest, path, private }).await
}

/// Whom one might want to follow.
#[derive(Template)]
#[template(path = "people/suggested.html")]
pub struct SuggestedPage {
    layout: Layout,
    suggestions: Vec<Suggestion>,
}

/// The few that stand beside the home feed, which does not wait for them.
#[derive(Template)]
#[template(path = "people/few.hx.html")]
struct FewSuggestions {
    suggestions: Vec<Suggestion>,
}

const MANY: usize = 30;
const FEW: usize = 5;

pub async fn suggested(visit: Visit) -> Result<HttpResponse> {
    let (now, most) = (visit.state.now(), if visit.is_fragment() { FEW } else { MANY });
    let suggestions = visit.read_signed_in(move |c, viewer| super::suggestions(c, viewer, most, now)).await?;
    if visit.is_fragment() {
        return visit.fragment(&FewSuggestions { suggestions });
    }
    visit.page(|layout| SuggestedPage { layout, suggestions }).await
}

/// Asks before somebody is blocked; of somebody who is, whether that is to end.
#[derive(Template)]
#[template(path = "people/block.html", blocks = ["dialog"])]
pub struct BlockPage {
    layout: Layout,
    contact: Contact,
}

pub async fn block(visit: Visit, name: web::Path<String>) -> Result<HttpResponse> {
    let contact = somebody_else(&visit, name.into_inner()).await?;
    if visit.is_fragment() {
        return visit.fragment(&BlockPage { layout: visit.layout(), contact }.as_dialog());
    }
    visit.page(|layout| BlockPage { layout, contact }).await
}

/// Asks before somebody is made to follow no more.
#[derive(Template)]
#[template(path = "people/remove_follower.html", blocks = ["dialog"])]
pub struct RemoveFollowerPage {
    layout: Layout,
    contact: Contact,
}

pub async fn remove_follower(visit: Visit, name: web::Path<String>) -> Result<HttpResponse> {
    let contact = somebody_else(&visit, name.into_inner()).await?;
    if !contact.tie.follows_me {
        return Err(Error::NotFound);
    }
    if visit.is_fragment() {
        return visit.fragment(&RemoveFollowerPage { layout: visit.layout(), contact }.as_dialog());
    }
    visit.page(|layout| RemoveFollowerPage { layout, contact }).await
}

async fn somebody_else(visit: &Visit, name: String) -> Result<Contact> {
    let contact = visit.read_signed_in(move |c, viewer| Contact::by_name(c, Some(viewer), &name)).await?;
    if contact.mine { Err(Error::Forbidden) } else { Ok(contact) }
}
