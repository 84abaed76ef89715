//! Liking, editing, deleting.

use super::feed::card;
use super::pages::EditPage;
use super::{Card, Like, Post, PostId, Segment, caption};
use crate::accounts::Person;
use crate::error::{Error, Result};
use crate::media::{Image, ImageId};
use crate::platform::crash;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Visit, filters, form};
use actix_web::http::StatusCode;
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
    let (id, liked) = (id.into_inner(), form.liked);
    let (post, likers) = visit
        .write(move |c, viewer| {
            let post = Post::visible_to(c, Some(viewer), id)?;
            Like::set(c, viewer, &post, liked)?;
            Ok((card(c, Some(viewer), id)?, Like::latest(c, Some(viewer), id)?))
        })
        .await?;
    match visit.wants {
        Wants::Fragment => visit.fragment(&LikedFragment { post, likers }),
        Wants::Json => Ok(HttpResponse::Ok().json(serde_json::json!({ "liked": post.liked, "like_count": post.like_count }))),
        Wants::Page => Ok(visit.go(&urls::post(id), None)),
    }
}

/// What an edited post changes on the page that is open, be it a feed or its own.
#[derive(Template)]
#[template(path = "posts/edited.hx.html")]
struct EditedFragment {
    post: Card,
}

pub async fn edit(visit: Visit, id: web::Path<PostId>, body: web::Bytes) -> Result<HttpResponse> {
    let id = id.into_inner();
    let fields = read_fields(&body)?;
    let all = |name: &str| fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect::<Vec<String>>();
    let (text, alts) = (all("caption").pop(), all("alt"));
    let mut errors = FieldErrors::default();
    let read = text.as_deref().map(caption::read).transpose();
    if let Err(message) = &read {
        errors.add("caption", message.clone());
    }
    let read_alts: Vec<String> = alts
        .iter()
        .enumerate()
        .map(|(index, alt)| {
            caption::read_alt(alt).unwrap_or_else(|message| {
                errors.add(format!("alt.{index}"), message);
                String::new()
            })
        })
        .collect();

    let (Ok(new_caption), true) = (read, errors.is_empty()) else {
        let post = visit
            .read_signed_in(move |c, viewer| {
                Post::changeable_by(c, viewer, id)?;
                card(c, Some(viewer), id)
            })
            .await?;
        return refuse_edit(&visit, post, text, alts, errors).await;
    };
    let now = visit.state.now();
    let mut post = visit
        .write(move |c, viewer| {
            let post = Post::changeable_by(c, viewer, id)?;
            let caption = new_caption.unwrap_or_else(|| post.caption.clone());
            post.edit(c, &caption, &read_alts, now)?;
            card(c, Some(viewer), id)
        })
        .await?;
    match visit.wants {
        Wants::Fragment => {
            post.wide = visit.is_on(&urls::post(id));
            visit.fragment(&EditedFragment { post })
        }
        _ => Ok(visit.go(&urls::post(id), Some(Flash::good("flash-post-saved")))),
    }
}

async fn refuse_edit(visit: &Visit, post: Card, text: Option<String>, mut alts: Vec<String>, errors: FieldErrors) -> Result<HttpResponse> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    for photo in post.photos.iter().skip(alts.len()) {
        alts.push(photo.alt.clone());
    }
    let caption = text.unwrap_or_else(|| post.text.clone());
    let page = EditPage { layout: visit.layout(), post, caption, alts, errors };
    if visit.is_fragment() {
        return visit.fragment_with_status(status, &page.as_dialog());
    }
    visit.page_with_status(status, |layout| EditPage { layout, ..page }).await
}

/// `alt` is repeated, which serde's structs cannot hold: the pairs as they are.
fn read_fields(body: &[u8]) -> Result<Vec<(String, String)>> {
    if body.len() > form::LIMIT {
        return Err(Error::TooLarge { limit: form::LIMIT as u64 });
    }
    serde_urlencoded::from_bytes(body).map_err(|error| Error::BadRequest(error.to_string()))
}

#[derive(Template)]
#[template(path = "posts/deleted.hx.html")]
struct DeletedFragment {
    id: PostId,
}

pub async fn delete(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visit.state.now());
    let author = visit
        .write(move |c, viewer| {
            let post = Post::changeable_by(c, viewer, id)?;
            post.delete(c, now)?;
            Ok(crate::accounts::User::find(c, post.author_id)?.username)
        })
        .await?;
    crash::point("delete.committed");
    // From its own page there is nothing left to stay on.
    let on_own_page = [urls::post(id), urls::post_delete(id), urls::post_edit(id)].iter().any(|path| visit.is_on(path));
    if visit.is_fragment() && !on_own_page {
        return visit.fragment(&DeletedFragment { id });
    }
    Ok(visit.go(&urls::profile(&author), Some(Flash::good("flash-post-deleted"))))
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
        Wants::Fragment => visit.fragment(&super::pages::PhotosFragment { post }),
        _ => Ok(visit.go(&urls::post(id), None)),
    }
}
