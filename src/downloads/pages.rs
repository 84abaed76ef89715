//! `/images/{id}/download?size=`: without a size the original for its owner, the largest one for others.

use crate::accounts::User;
use crate::error::{Error, Result};
use crate::media::serve::{self, Sent};
use crate::media::{Group, Image, ImageId};
use crate::platform::imaging::Size;
use crate::posts::Post;
use crate::web::{Viewer, Visit};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Wanted {
    /// `original`, or the name of a size; empty counts as absent.
    size: Option<String>,
}

pub async fn download(visit: Visit, id: web::Path<ImageId>, query: web::Query<Wanted>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let (image, is_owner) = visible(&visit, id).await?;
    let wanted = query.into_inner().size.filter(|size| !size.is_empty());
    let size = match wanted.as_deref() {
        Some("original") => None,
        Some(name) => Some(name.parse::<Size>().map_err(|_| Error::NotFound)?),
        None if is_owner => None,
        None => Some(image.largest()),
    };
    // The original keeps what the camera wrote into it, the place included.
    if size.is_none() && !is_owner {
        return Err(Error::NotFound);
    }
    let sent = Sent {
        key: image.key(size),
        tag: format!("\"{id}-{}\"", size.map_or("original", Size::as_str)),
        media_type: image.media_type(size),
        // The answer may be kept, but every use asks again whether it still may.
        cache: "private, no-cache",
        file_name: Some(image.download_name(size)),
    };
    serve::send(visit.request(), &visit.state.storage, sent).await
}

/// A picture this viewer may see, and whether it is theirs.
///
/// # Errors
/// `NotFound` when it does not exist or is not for this viewer's eyes.
pub async fn visible(visit: &Visit, id: ImageId) -> Result<(Image, bool)> {
    visit
        .read(move |c, viewer| {
            let image = Image::find(c, id)?;
            let is_owner = viewer.is_some_and(|viewer: &Viewer| viewer.id == image.user_id);
            let may_see = is_owner
                || match image.group() {
                    Group::Post => Post::shows_image(c, viewer, id)?,
                    Group::UserProfile => User::wears(c, id.get())?,
                };
            if may_see { Ok((image, is_owner)) } else { Err(Error::NotFound) }
        })
        .await
}
