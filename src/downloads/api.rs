//! `/api/v1/images/{id}`: what is known of a picture, and the address of each size there is.

use super::pages::visible;
use crate::error::Result;
use crate::media::{ImageId, State};
use crate::platform::imaging::Size;
use crate::web::{Visit, i18n};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Answer {
    /// A string: ids exceed what JavaScript's numbers hold exactly.
    id: String,
    group: &'static str,
    /// `processing`, `ready` or `failed`.
    state: &'static str,
    /// Why it failed, in the reader's language.
    failure: Option<&'static str>,
    /// Pixels, as displayed.
    width: i32,
    height: i32,
    /// Of the file that was uploaded; its name and size are its owner's to know.
    format: String,
    file_name: Option<String>,
    original_bytes: Option<i64>,
    variant_bytes: i64,
    largest: &'static str,
    /// A tiny WebP as a data URL.
    placeholder: String,
    /// The average colour, as in `#8899aa`.
    colour: String,
    /// The sizes that can be loaded now.
    sizes: BTreeMap<&'static str, Address>,
}

#[derive(Serialize)]
struct Address {
    url: String,
    width: u32,
    height: u32,
}

pub async fn image(visit: Visit, id: web::Path<ImageId>) -> Result<HttpResponse> {
    let (image, is_owner) = visible(&visit, id.into_inner()).await?;
    let state = image.state();
    let mut base = visit.state.media_base.to_string();
    if base.starts_with('/') {
        base.insert_str(0, visit.state.config.server.public_url.as_str().trim_end_matches('/'));
    }
    let sizes = image.all_sizes().into_iter().filter(|(size, ..)| *size == Size::Thumbnail || state == State::Ready);
    let sizes = sizes.map(|(size, width, height)| {
        let url = format!("{base}/{}", image.key(Some(size)));
        (size.as_str(), Address { url, width, height })
    });
    let answer = Answer {
        id: image.id.to_string(),
        group: image.group().as_str(),
        state: state.as_str(),
        failure: image.failure.as_deref().map(|key| i18n::text(visit.lang(), key)),
        width: image.width,
        height: image.height,
        sizes: sizes.collect(),
        largest: image.largest().as_str(),
        file_name: Some(image.file_name).filter(|_| is_owner),
        original_bytes: Some(image.original_bytes).filter(|_| is_owner),
        format: image.format,
        variant_bytes: image.variant_bytes,
        placeholder: image.placeholder,
        colour: image.colour,
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "private, no-store")).json(answer))
}
