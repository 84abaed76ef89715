//! Stylesheet, scripts, icons: compressed when the program is built, inside the binary, at addresses that hold the hash of their
//! content. A changed file has a new address, so browsers may keep each one for ever.

use crate::error::{Error, Result};
use crate::urls;
use crate::web::compression;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/assets"]
struct Embedded;

struct Asset {
    address: String,
    hash: String,
}

/// By file name. `build.rs` lays every file down as it is, as `.br` and as `.gz`, and its hash as `.hash`.
static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    Embedded::iter()
        .filter_map(|name| {
            let file = name.strip_suffix(".hash")?.to_owned();
            let hash = String::from_utf8(Embedded::get(&name)?.data.into_owned()).ok()?;
            Some((file.clone(), Asset { address: urls::asset(&hash, &file), hash }))
        })
        .collect()
});

/// The address of an asset for templates; a name that is not there shows in the page (and in its test) as a broken address.
pub fn address(file: &str) -> &'static str {
    ASSETS.get(file).map_or("/static/missing", |asset| asset.address.as_str())
}

/// Changes when the stylesheet or the script does: a boosted page keeps the old ones, so it is told to load anew.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| format!("{} {}", address("app.css"), address("app.js")));
    &VERSION
}

pub async fn serve(request: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (hash, file) = path.into_inner();
    let asset = ASSETS.get(&file).filter(|asset| asset.hash == hash).ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, format!("\"{}\"", asset.hash)))
        .insert_header((header::VARY, "Accept-Encoding"))
        .content_type(media_type(&file));
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if compression::accepts(accepted, coding)
            && let Some(packed) = Embedded::get(&format!("{file}{ending}"))
        {
            return Ok(response.insert_header((header::CONTENT_ENCODING, coding)).body(packed.data.into_owned()));
        }
    }
    let plain = Embedded::get(&file).ok_or(Error::NotFound)?;
    Ok(response.body(plain.data.into_owned()))
}

/// Browsers ask for it at the root whatever the page says.
pub async fn favicon() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, address("favicon.svg"))).finish()
}

/// Everybody may read what visitors may read; forms and settings are of no use to a search engine.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("User-agent: *\nDisallow: /settings\nDisallow: /posts/new\n")
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
