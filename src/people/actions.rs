//! Following, answering requests, removing followers, blocking, muting. Every form says which state it wants.

use super::{Contact, Tie, suggestions, ties};
use crate::audience;
use crate::error::{Error, Result};
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FollowForm {
    following: bool,
}

/// Every follow button of this person that is on the page, and how many follow them.
#[derive(Template)]
#[template(path = "people/followed.hx.html")]
struct FollowedFragment {
    contact: Contact,
    follower_count: i64,
    /// Said when it could not be.
    full: bool,
}

pub async fn follow(visit: Visit, name: web::Path<String>, form: web::Form<FollowForm>) -> Result<HttpResponse> {
    let (name, wanted, now) = (name.into_inner(), form.following, visit.state.now());
    let (before, contact, follower_count, full) = visit
        .write(move |c, viewer| {
            let before = Contact::by_name(c, Some(viewer), &name)?;
            let full = ties::follow(c, viewer, &name, wanted, now)? == ties::Followed::Full;
            let contact = Contact::find(c, Some(viewer), before.person.id)?;
            let follower_count = audience::Follow::count_of(c, before.person.id)?;
            Ok((before, contact, follower_count, full))
        })
        .await?;
    let profile = urls::profile(contact.username());
    let status = if full { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match visit.wants {
        Wants::Json => {
            let Tie { following, requested, .. } = contact.tie;
            if full {
                let mut errors = FieldErrors::default();
                errors.add("following", Message::new("flash-follow-limit"));
                return Ok(visit.invalid_json(status, &errors));
            }
            let answer = serde_json::json!({ "following": following, "requested": requested, "follower_count": follower_count });
            Ok(HttpResponse::Ok().json(answer))
        }
        // What they share has come or gone with it: the whole page is another.
        Wants::Fragment if before.is_closed() != contact.is_closed() && visit.is_on(&profile) => Ok(visit.go(&profile, None)),
        Wants::Fragment => visit.fragment_with_status(status, &FollowedFragment { contact, follower_count, full }),
        Wants::Page => Ok(visit.go(&visit.came_from().unwrap_or(profile), full.then(|| Flash::bad("flash-follow-limit")))),
    }
}

#[derive(Deserialize)]
pub struct RemoveForm {
    removed: bool,
}

/// The row of somebody who no longer follows.
#[derive(Template)]
#[template(path = "people/removed.hx.html")]
struct RemovedFragment {
    contact: Contact,
}

pub async fn remove_follower(visit: Visit, name: web::Path<String>, form: web::Form<RemoveForm>) -> Result<HttpResponse> {
    if !form.removed {
        return Err(Error::BadRequest("a follower is removed, not added".into()));
    }
    let name = name.into_inner();
    let (contact, my_followers) = visit
        .write(move |c, viewer| {
            ties::remove_follower(c, viewer, &name)?;
            Ok((Contact::by_name(c, Some(viewer), &name)?, urls::followers(&viewer.username)))
        })
        .await?;
    if visit.is_fragment() && visit.is_on(&my_followers) {
        return visit.fragment(&RemovedFragment { contact });
    }
    Ok(visit.go(&urls::profile(contact.username()), Some(Flash::good("flash-follower-removed"))))
}

#[derive(Deserialize)]
pub struct AnswerForm {
    accepted: bool,
}

/// The row of a request that has been answered.
#[derive(Template)]
#[template(path = "people/answered.hx.html")]
struct AnsweredFragment {
    contact: Contact,
}

pub async fn answer(visit: Visit, name: web::Path<String>, form: web::Form<AnswerForm>) -> Result<HttpResponse> {
    let (name, accepted, now) = (name.into_inner(), form.accepted, visit.state.now());
    let (contact, left) = visit
        .write(move |c, viewer| {
            ties::answer(c, viewer, &name, accepted, now)?;
            Ok((Contact::by_name(c, Some(viewer), &name)?, audience::Request::count(c, viewer.id)?))
        })
        .await?;
    // The last one that goes leaves an empty page behind.
    if visit.is_fragment() && (contact.tie.follows_me || left > 0) {
        return visit.fragment(&AnsweredFragment { contact });
    }
    let done = if accepted { "flash-request-accepted" } else { "flash-request-declined" };
    Ok(visit.go(urls::REQUESTS, Some(Flash::good(done))))
}

#[derive(Deserialize)]
pub struct AcceptAllForm {
    accepted: bool,
    /// The newest request that was on the page: nobody is let in unseen.
    newest: Option<i64>,
}

pub async fn accept_all(visit: Visit, form: web::Form<AcceptAllForm>) -> Result<HttpResponse> {
    if !form.accepted {
        return Err(Error::BadRequest("requests are declined one by one".into()));
    }
    let (newest, now) = (form.newest.unwrap_or(i64::MAX), visit.state.now());
    visit.write(move |c, viewer| ties::accept_all(c, viewer, newest, now)).await?;
    Ok(visit.go(urls::REQUESTS, Some(Flash::good("flash-requests-accepted"))))
}

#[derive(Deserialize)]
pub struct BlockForm {
    blocked: bool,
}

pub async fn block(visit: Visit, name: web::Path<String>, form: web::Form<BlockForm>) -> Result<HttpResponse> {
    let (name, wanted) = (name.into_inner(), form.blocked);
    let asked = name.clone();
    // Not by its own page: who is unblocked may be blocking in turn, and then there is none.
    visit.write(move |c, viewer| ties::block(c, viewer, &name, wanted)).await?;
    let on_list = visit.came_from().filter(|path| path == urls::SETTINGS_BLOCKED);
    let done = if wanted { "flash-blocked" } else { "flash-unblocked" };
    Ok(visit.go(&on_list.unwrap_or_else(|| urls::profile(&asked)), Some(Flash::good(done))))
}

#[derive(Deserialize)]
pub struct MuteForm {
    muted: bool,
}

pub async fn mute(visit: Visit, name: web::Path<String>, form: web::Form<MuteForm>) -> Result<HttpResponse> {
    let (name, wanted) = (name.into_inner(), form.muted);
    let asked = name.clone();
    visit.write(move |c, viewer| ties::mute(c, viewer, &name, wanted)).await?;
    let on_list = visit.came_from().filter(|path| path == urls::SETTINGS_MUTED);
    let done = if wanted { "flash-muted" } else { "flash-unmuted" };
    Ok(visit.go(&on_list.unwrap_or_else(|| urls::profile(&asked)), Some(Flash::good(done))))
}

#[derive(Deserialize)]
pub struct DismissForm {
    dismissed: bool,
}

/// The rows of somebody who is not suggested any more.
#[derive(Template)]
#[template(path = "people/dismissed.hx.html")]
struct DismissedFragment {
    contact: Contact,
}

pub async fn dismiss(visit: Visit, name: web::Path<String>, form: web::Form<DismissForm>) -> Result<HttpResponse> {
    let (name, wanted) = (name.into_inner(), form.dismissed);
    let contact = visit
        .write(move |c, viewer| {
            let contact = Contact::by_name(c, Some(viewer), &name)?;
            if contact.mine {
                return Err(Error::Forbidden);
            }
            suggestions::dismiss(c, viewer.id, contact.person.id, wanted)?;
            Ok(contact)
        })
        .await?;
    if visit.is_fragment() {
        return visit.fragment(&DismissedFragment { contact });
    }
    Ok(visit.go(&visit.came_from().unwrap_or_else(|| urls::HOME.to_owned()), None))
}
