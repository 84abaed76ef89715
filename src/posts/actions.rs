//! Liking, deleting, trying a failed photo again.

use super::feed::card;
use super::{Card, Like, Post, PostId};
use crate::accounts::Person;
use crate::error::{Error, Result};
use crate::media::{Image, ImageId};
use crate::platform::crash;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::visit::Wants;
use crate::web::{Visit, filters};
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
            Ok((card(c, Some(viewer), id)?, Like::latest(c, id)?))
        })
        .await?;
    match visit.wants {
        Wants::Fragment => visit.fragment(&LikedFragment { post, likers }),
        Wants::Json => Ok(HttpResponse::Ok().json(serde_json::json!({ "liked": post.liked, "like_count": post.like_count }))),
        Wants::Page => Ok(visit.go(&urls::post(id), None)),
    }
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
