//! Sends a stored object: streamed, in ranges when asked, and so that no browser ever runs what is in it.

use crate::error::{Error, Result};
use crate::platform::storage::Storage;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, Header};
use actix_web::{HttpRequest, HttpResponse};
use std::ops::Range;

/// What is sent, and what is said about it.
pub struct Sent {
    pub key: String,
    /// The ETag, quoted. A key never changes its content, so it needs no look at the bytes.
    pub tag: String,
    pub media_type: &'static str,
    pub cache: &'static str,
    /// Saved under this name; without one it is shown.
    pub file_name: Option<String>,
}

/// 200, 206 for one range (RFC 9110: several may be answered with the whole), 304, or 416.
///
/// # Errors
/// `NotFound` when the object is not there (yet).
pub async fn send(request: &HttpRequest, storage: &Storage, sent: Sent) -> Result<HttpResponse> {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, sent.cache))
        .insert_header((header::ETAG, sent.tag.as_str()))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // A picture opened on its own runs nothing and loads nothing.
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::HeaderName::from_static("cross-origin-resource-policy"), "same-site"))
        .content_type(sent.media_type);
    if let Some(name) = &sent.file_name {
        response.insert_header(disposition(name));
    }
    if text(request, header::IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|tag| same(tag, &sent.tag))) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let Some(range) = wanted_range(request, &sent.tag) else {
        let object = storage.get(&sent.key).await?;
        return Ok(response.no_chunking(object.size).streaming(object.body));
    };
    let size = storage.size_of(&sent.key).await?.ok_or(Error::NotFound)?;
    let Some(range) = satisfied(&range, size) else {
        response.status(StatusCode::RANGE_NOT_SATISFIABLE).insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
        return Ok(response.finish());
    };
    let object = storage.get_range(&sent.key, Some(range.clone())).await?;
    let Range { start, end } = object.range;
    response.status(StatusCode::PARTIAL_CONTENT).insert_header((header::CONTENT_RANGE, format!("bytes {start}-{}/{size}", end - 1)));
    Ok(response.no_chunking(end - start).streaming(object.body))
}

/// One range of bytes, where it is asked for and holds for this version of the object.
fn wanted_range(request: &HttpRequest, tag: &str) -> Option<header::ByteRangeSpec> {
    if text(request, header::IF_RANGE).is_some_and(|known| known != tag) {
        return None;
    }
    match header::Range::parse(request).ok()? {
        header::Range::Bytes(ranges) if ranges.len() == 1 => ranges.into_iter().next(),
        _ => None,
    }
}

fn satisfied(range: &header::ByteRangeSpec, size: u64) -> Option<Range<u64>> {
    let (first, last) = range.to_satisfiable_range(size)?;
    Some(first..last + 1)
}

/// Weak and strong tags are the same to a cache.
fn same(given: &str, tag: &str) -> bool {
    let given = given.trim();
    given == "*" || given.trim_start_matches("W/") == tag
}

fn text(request: &HttpRequest, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// `attachment` with the name twice: in ASCII for old clients, and whole (RFC 8187).
fn disposition(name: &str) -> ContentDisposition {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' }).collect();
    let whole = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: name.as_bytes().to_vec() };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(ascii), DispositionParam::FilenameExt(whole)],
    }
}
