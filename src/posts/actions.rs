//! Liking, deleting, trying a failed photo again.

use super::feed::card;
use super::lifecycle::{Pinned, UNDO};
use super::{Card, Like, Post, PostId, Save, Segment};
use crate::accounts::Person;
use crate::error::{Error, Result};
use crate::media::{Image, ImageId};
use crate::platform::crash;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::visit::Wants;
use crate::web::{UserId, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct LikeForm {
    liked: bool,
}

/// Every like button of this post that is on the page, and the line that says who liked it.
#[derive(Template)]
#[template(path = "posts/liked.hx.html")]
struct LikedFragment {
    post: Card,
    likers: Vec<Person>,
}

pub async fn like(visit: Visit, id: web::Path<PostId>, form: web::Form<LikeForm>) -> Result<HttpResponse> {
    let (id, liked, now) = (id.into_inner(), form.liked, visit.state.now());
    let (post, likers) = visit
        .write(move |c, viewer| {
            let post = Post::visible_to(c, Some(viewer), id)?;
            Like::set(c, viewer, &post, liked, now)?;
            Ok((card(c, Some(viewer), id)?, Like::latest(c, Some(viewer), id)?))
        })
        .await?;
    match visit.wants {
        Wants::Fragment => visit.fragment(&LikedFragment { post, likers }),
        Wants::Json => Ok(HttpResponse::Ok().json(serde_json::json!({ "liked": post.liked, "like_count": post.like_count }))),
        Wants::Page => Ok(visit.go(&urls::post(id), None)),
    }
}

#[derive(Deserialize)]
pub struct SaveForm {
    saved: bool,
}

/// Every save button of this post that is on the page.
#[derive(Template)]
#[template(path = "posts/saved.hx.html")]
struct SavedFragment {
    post: Card,
}

pub async fn save(visit: Visit, id: web::Path<PostId>, form: web::Form<SaveForm>) -> Result<HttpResponse> {
    let (id, saved) = (id.into_inner(), form.saved);
    let post = visit
        .write(move |c, viewer| {
            let post = Post::visible_to(c, Some(viewer), id)?;
            Save::set(c, viewer, post.id, saved)?;
            card(c, Some(viewer), id)
        })
        .await?;
    match visit.wants {
        Wants::Fragment => visit.fragment(&SavedFragment { post }),
        Wants::Json => Ok(HttpResponse::Ok().json(serde_json::json!({ "saved": post.saved }))),
        Wants::Page => Ok(visit.go(&urls::post(id), None)),
    }
}

#[derive(Deserialize)]
pub struct PinForm {
    pinned: bool,
}

/// On top of the author's profile. Only the author's own choice.
pub async fn pin(visit: Visit, id: web::Path<PostId>, form: web::Form<PinForm>) -> Result<HttpResponse> {
    let (id, wanted, now) = (id.into_inner(), form.pinned, visit.state.now());
    let (pinned, author) = visit
        .write(move |c, viewer| {
            let post = Post::own(c, viewer, id)?;
            Ok((post.set_pinned(c, wanted, now)?, viewer.username.clone()))
        })
        .await?;
    let flash = match (pinned, wanted) {
        (Pinned::TooMany, _) => Flash::bad("flash-pins-full"),
        (Pinned::Done, true) => Flash::good("flash-post-pinned"),
        (Pinned::Done, false) => Flash::good("flash-post-unpinned"),
    };
    Ok(visit.go(&urls::profile(&author), Some(flash)))
}

#[derive(Deserialize)]
pub struct ArchiveForm {
    archived: bool,
}

/// Out of everybody's sight but the author's, or back.
pub async fn archive(visit: Visit, id: web::Path<PostId>, form: web::Form<ArchiveForm>) -> Result<HttpResponse> {
    let (id, archived, now) = (id.into_inner(), form.archived, visit.state.now());
    visit.write(move |c, viewer| Post::own(c, viewer, id)?.set_archived(c, archived, now)).await?;
    let flash = if archived { "flash-post-archived" } else { "flash-post-unarchived" };
    Ok(visit.go(&urls::post(id), Some(Flash::good(flash))))
}

/// Where the post stood in a feed there is, for ten seconds, a way back; elsewhere a notice has it.
#[derive(Template)]
#[template(path = "posts/deleted.hx.html")]
struct DeletedFragment {
    id: PostId,
    seconds: i64,
    in_feed: bool,
    author: UserId,
    /// How many the author has now.
    left: i64,
    flash: Flash,
}

pub async fn delete(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visit.state.now());
    let author = visit
        .write(move |c, viewer| {
            let post = Post::changeable_by(c, viewer, id)?;
            post.delete(c, now)?;
            crate::accounts::User::find(c, post.author_id)
        })
        .await?;
    crash::point("post.deleted");
    let flash = Flash::good("flash-post-deleted").with_undo(id.get());
    // From its own page there is nothing left to stay on, unless it was open over another one.
    let on_own_page = [urls::post(id), urls::post_delete(id), urls::post_edit(id)].iter().any(|path| visit.is_on(path));
    let behind = visit.page_behind();
    if visit.is_fragment() && (behind.is_some() || !on_own_page) {
        let in_feed = behind.map_or_else(|| visit.is_on(urls::HOME), |path| path.split('?').next() == Some(urls::HOME));
        return visit.fragment(&DeletedFragment {
            id,
            seconds: UNDO.num_seconds(),
            in_feed,
            author: author.id,
            left: author.post_count,
            flash,
        });
    }
    Ok(visit.go(&urls::profile(&author.username), Some(flash)))
}

/// What stood there before.
#[derive(Template)]
#[template(path = "posts/restored.hx.html")]
struct RestoredFragment {
    post: Card,
}

pub async fn restore(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visit.state.now());
    let post = visit
        .write(move |c, viewer| {
            Post::restore(c, viewer, id, now)?;
            card(c, Some(viewer), id)
        })
        .await?;
    if visit.is_fragment() && visit.is_on(urls::HOME) {
        return visit.fragment(&RestoredFragment { post });
    }
    Ok(visit.go(&urls::post(id), Some(Flash::good("flash-post-restored"))))
}

/// One failed photo goes, the others stay. Of a post with a single one the whole is in question.
pub async fn delete_photo(visit: Visit, path: web::Path<(PostId, ImageId)>) -> Result<HttpResponse> {
    let ((id, image), now) = (path.into_inner(), visit.state.now());
    let lost = visit.write(move |c, viewer| Post::changeable_by(c, viewer, id)?.lose(c, image, now)).await?;
    if !lost {
        return Err(Error::NotFound);
    }
    Ok(visit.go(&urls::post(id), Some(Flash::good("flash-photo-deleted"))))
}

/// The sizes of failed photos, once more.
pub async fn retry(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visit.state.now());
    let post = visit
        .write(move |c, viewer| {
            let post = Post::changeable_by(c, viewer, id)?;
            for image in post.images(c)? {
                Image::retry(c, image, now)?;
            }
            card(c, Some(viewer), id)
        })
        .await?;
    match visit.wants {
        Wants::Fragment => visit.fragment(&super::pages::PhotosFragment::at_its_place(&visit, post)),
        _ => Ok(visit.go(&urls::post(id), None)),
    }
}
