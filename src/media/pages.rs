//! `/media/…`: the public variants, streamed from wherever they are stored. Their addresses are capabilities (a random UUID), so
//! no query is needed; originals have other keys and are not served here.

use super::Group;
use super::image::variant_key;
use super::serve::{self, Sent};
use crate::error::{Error, Result};
use crate::platform::imaging::Size;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

pub async fn stream(request: HttpRequest, state: web::Data<AppState>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (group, file) = path.into_inner();
    let (group, uuid, size) = parse(&group, &file).ok_or(Error::NotFound)?;
    let sent = Sent {
        key: variant_key(group, uuid, size),
        tag: format!("\"{uuid}_{}\"", size.as_str()),
        media_type: "image/webp",
        cache: "public, max-age=31536000, immutable",
        file_name: None,
    };
    serve::send(&request, &state.storage, sent).await
}

/// `{uuid}_{size}.webp`, exactly: lower case, hyphenated, a known size.
fn parse<'a>(group: &str, file: &'a str) -> Option<(Group, &'a str, Size)> {
    let group = Group::from_name(group)?;
    let (uuid, size) = file.strip_suffix(".webp")?.split_once('_')?;
    let canonical = uuid.len() == 36 && uuid.parse::<uuid::Uuid>().ok()?.to_string() == uuid;
    canonical.then_some((group, uuid, size.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_exact_names_of_variants_are_understood() {
        let uuid = "0b0e7a52-7a2c-4d39-9a3f-0a5a3f1b2c3d";
        assert!(parse("post", &format!("{uuid}_1024.webp")).is_some());
        for file in [
            format!("{}_1024.webp", uuid.to_uppercase()),
            format!("{uuid}_1025.webp"),
            format!("{uuid}.webp"),
            format!("../{uuid}_512.webp"),
            uuid.replace('-', "") + "_512.webp",
            String::new(),
        ] {
            assert!(parse("post", &file).is_none(), "{file}");
        }
        assert!(parse("original", &format!("{uuid}_512.webp")).is_none());
    }
}
