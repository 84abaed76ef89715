//! From a form with files to stored pictures, in three steps: [`receive`] streams the body to spool files, [`look_at`] checks and
//! previews every picture, [`store`] writes down and puts what is needed before the answer. Until the last step nothing is kept.

use super::image::NewImage;
use super::{Group, Image, ImageId};
use crate::error::{Error, Result};
use crate::platform::crash;
use crate::platform::imaging::{Place, Refusal, Reject};
use crate::platform::storage::Kind;
use crate::state::AppState;
use crate::web::UserId;
use crate::web::filters::size_words;
use crate::web::i18n::Message;
use actix_multipart::{Field, Multipart};
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use std::time::Duration;
use tempfile::TempPath;
use tokio::io::{AsyncWriteExt, BufWriter};
use tokio::time::Instant;

/// Within `UPLOAD_STALL` a client sends at least so many bytes, or is cut off: a stalled upload would keep its place in the queue.
const SLOWEST: u64 = 32 * 1024;
/// Bytes of one text field: a caption of 2,200 characters with room to tell how much it is over.
const TEXT_LIMIT: usize = 64 * 1024;
const FIELD_LIMIT: usize = 64;

/// Seconds after which an upload that found no place may try again.
const RETRY_AFTER: u32 = 15;

const PUBLIC_WEBP: Kind = Kind { media_type: "image/webp", public: true };

/// What a form held.
#[derive(Debug, Default)]
pub struct Submitted {
    /// Kept until the form has been dealt with.
    _place: Option<Place>,
    texts: Vec<(String, String)>,
    /// Files in the order they came; a part without name and bytes means "nothing chosen" and is left out.
    pub files: Vec<File>,
}

impl Submitted {
    pub fn text(&self, field: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
    }

    pub fn texts(&self, field: &str) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(name, _)| name == field).map(|(_, text)| text.as_str())
    }
}

#[derive(Debug)]
pub struct File {
    pub name: String,
    pub content: Content,
}

#[derive(Debug)]
pub enum Content {
    /// On disk until this is dropped.
    Spooled { path: TempPath, bytes: u64 },
    /// Over the limit: its bytes were thrown away as they came.
    TooLarge,
    /// More files than wanted: likewise.
    TooMany,
    /// The disk is full: likewise, so that the rest of the form is read and can be shown again.
    NoRoom(String),
}

/// Streams a multipart body: texts into memory, files of `field` to the spool. At most `most` of them are kept.
///
/// # Errors
/// Before the body is read: `Busy` when too many upload already, `TooLarge` when its said length is beyond anything the form
/// could mean. While it is read: `TooLarge`, and `TooSlow` for a client that sends next to nothing.
pub async fn receive(
    state: &AppState,
    request: &HttpRequest,
    body: web::Payload,
    user: UserId,
    field: &str,
    most: usize,
) -> Result<Submitted> {
    receive_up_to(state, request, body, user, field, most, state.config.uploads.max_bytes).await
}

/// The same where each file may have `limit` bytes.
pub async fn receive_up_to(
    state: &AppState,
    request: &HttpRequest,
    body: web::Payload,
    user: UserId,
    field: &str,
    most: usize,
    limit: u64,
) -> Result<Submitted> {
    // One file too many is answered at its place; a body far beyond is not read to its end.
    let whole = limit.saturating_mul(most as u64 + 1) + 1_000_000;
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|length| length > whole) {
        return Err(Error::TooLarge { limit: whole });
    }
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media_type.starts_with("application/x-www-form-urlencoded") {
        return receive_texts(state.config.uploads.stall, body).await;
    }
    let place = state.imaging.admit(user.get()).map_err(|_| Error::Busy { retry_after: RETRY_AFTER })?;
    let mut body = Multipart::new(request.headers(), body);
    let mut submitted = Submitted { _place: Some(place), ..Submitted::default() };
    let mut pace = Pace::new(whole, state.config.uploads.stall);
    let mut fields = 0;
    while let Some(part) = pace.next_part(&mut body).await? {
        fields += 1;
        if fields > FIELD_LIMIT {
            return Err(Error::BadRequest("too many fields".into()));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.content_disposition().and_then(|disposition| disposition.get_filename()).map(clean_file_name);
        if name == field && file_name.is_some() {
            let file_name = file_name.unwrap_or_default();
            let keep = submitted.files.len() < most;
            let content = spool(state, part, keep, limit, &mut pace).await?;
            let nothing_chosen = file_name.is_empty() && matches!(content, Content::Spooled { bytes: 0, .. });
            if !nothing_chosen {
                submitted.files.push(File { name: file_name, content });
            }
        } else {
            let text = read_text(part, &mut pace).await?;
            submitted.texts.push((name, text));
        }
    }
    crash::point("upload.received");
    Ok(submitted)
}

/// The same form without files, as a script may send it.
async fn receive_texts(stall: Duration, body: web::Payload) -> Result<Submitted> {
    let read = tokio::time::timeout(stall, body.to_bytes_limited(TEXT_LIMIT)).await.map_err(|_| Error::TooSlow)?;
    let bytes = read.map_err(|_| Error::TooLarge { limit: TEXT_LIMIT as u64 })?;
    let bytes = bytes.map_err(|error| Error::BadRequest(error.to_string()))?;
    let texts = serde_urlencoded::from_bytes(&bytes).map_err(|error| Error::BadRequest(error.to_string()))?;
    Ok(Submitted { texts, ..Submitted::default() })
}

/// How a body comes in: not too much of it, and not too slowly.
struct Pace {
    stall: Duration,
    most: u64,
    read: u64,
    window_ends: Instant,
    read_before_window: u64,
}

impl Pace {
    fn new(most: u64, stall: Duration) -> Self {
        Pace { stall, most, read: 0, window_ends: Instant::now() + stall, read_before_window: 0 }
    }

    async fn next_part(&mut self, body: &mut Multipart) -> Result<Option<Field>> {
        let next = tokio::time::timeout_at(self.window_ends, body.try_next()).await.map_err(|_| Error::TooSlow)?;
        next.map_err(|error| Error::BadRequest(error.to_string()))
    }

    async fn next_chunk(&mut self, part: &mut Field) -> Result<Option<Bytes>> {
        let next = tokio::time::timeout_at(self.window_ends, part.try_next()).await.map_err(|_| Error::TooSlow)?;
        let chunk = next.map_err(|error| Error::BadRequest(error.to_string()))?;
        self.read += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        if self.read > self.most {
            return Err(Error::TooLarge { limit: self.most });
        }
        // Enough came: the next window begins now.
        if self.read - self.read_before_window >= SLOWEST {
            self.window_ends = Instant::now() + self.stall;
            self.read_before_window = self.read;
        }
        Ok(chunk)
    }
}

async fn spool(state: &AppState, mut part: Field, keep: bool, limit: u64, pace: &mut Pace) -> Result<Content> {
    if !keep {
        while pace.next_chunk(&mut part).await?.is_some() {}
        return Ok(Content::TooMany);
    }
    let mut file = spool_file(state);
    let mut bytes = 0u64;
    while let Some(chunk) = pace.next_chunk(&mut part).await? {
        bytes += chunk.len() as u64;
        if bytes <= limit
            && let Ok((open, _)) = &mut file
            && let Err(error) = open.write_all(&chunk).await
        {
            file = Err(error);
        }
    }
    if bytes > limit {
        return Ok(Content::TooLarge);
    }
    let written = match file {
        Ok((mut open, path)) => open.flush().await.map(|()| path),
        Err(error) => Err(error),
    };
    Ok(written.map_or_else(|error| Content::NoRoom(error.to_string()), |path| Content::Spooled { path, bytes }))
}

fn spool_file(state: &AppState) -> std::io::Result<(BufWriter<tokio::fs::File>, TempPath)> {
    let (file, path) = tempfile::NamedTempFile::new_in(state.spool())?.into_parts();
    Ok((BufWriter::with_capacity(256 * 1024, tokio::fs::File::from_std(file)), path))
}

async fn read_text(mut part: Field, pace: &mut Pace) -> Result<String> {
    let mut text = Vec::new();
    while let Some(chunk) = pace.next_chunk(&mut part).await? {
        if text.len() + chunk.len() > TEXT_LIMIT {
            return Err(Error::TooLarge { limit: TEXT_LIMIT as u64 });
        }
        text.extend_from_slice(&chunk);
    }
    String::from_utf8(text).map_err(|_| Error::BadRequest("a field is not UTF-8".into()))
}

/// The last part of a path, without control characters, at most 255 characters: kept for downloads, never trusted.
pub fn clean_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(255).collect()
}

/// A picture that is one, with what will be put before the answer.
#[derive(Debug)]
pub struct Looked {
    new: NewImage,
    path: TempPath,
}

/// What is wrong with one file of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Position among the files, from 0.
    pub index: usize,
    pub message: Message,
    /// Its size is the problem: the answer is 413.
    pub too_large: bool,
}

/// Looks at every file and reports all problems together.
///
/// # Errors
/// `Busy` when too many pictures wait already; `Unavailable` when there was no room to keep them in.
pub async fn look_at(state: &AppState, files: Vec<File>, group: Group) -> Result<Result<Vec<Looked>, Vec<Problem>>> {
    let mut looked = Vec::new();
    let mut problems = Vec::new();
    for (index, file) in files.into_iter().enumerate() {
        let mut problem = |message: Message, too_large: bool| problems.push(Problem { index, message, too_large });
        let (path, bytes) = match file.content {
            Content::Spooled { path, bytes } => (path, bytes),
            Content::TooLarge => {
                problem(too_large_message(state), true);
                continue;
            }
            Content::TooMany => {
                problem(Message::new("photo-one-too-many"), false);
                continue;
            }
            Content::NoRoom(error) => return Err(Error::Unavailable(format!("the spool cannot be written: {error}"))),
        };
        let source = path.to_path_buf();
        match state.imaging.preview(move || std::fs::read(source), group.thumbnail_side()).await {
            Ok((header, preview, taken)) => {
                looked.push(Looked { new: NewImage::new(group, file.name, header, bytes, preview, taken), path });
            }
            Err(Refusal::Rejected(reject)) => problem(reject_message(&reject), false),
            Err(Refusal::Busy) => return Err(Error::Busy { retry_after: RETRY_AFTER }),
            Err(Refusal::Failed(error)) => return Err(Error::Internal(error)),
        }
    }
    crash::point("upload.looked");
    Ok(if problems.is_empty() { Ok(looked) } else { Err(problems) })
}

/// Whether these pictures would not fit into what one person may use, in words. Two uploads at the same moment may pass it
/// together, once.
pub async fn over_quota(state: &AppState, user: UserId, looked: &[Looked]) -> Result<Option<Message>> {
    over_quota_with(state, user, looked, 0).await
}

/// The same beside `waiting` bytes that were stored ahead and are not theirs yet.
pub async fn over_quota_with(state: &AppState, user: UserId, looked: &[Looked], waiting: u64) -> Result<Option<Message>> {
    let more = waiting + looked.iter().map(|looked| looked.new.bytes).sum::<u64>();
    let Some(quota) = state.config.uploads.user_quota.filter(|_| more > 0) else { return Ok(None) };
    let used = state.db.read(move |c| Image::bytes_of(c, user)).await? as u64;
    if used + more <= quota {
        return Ok(None);
    }
    Ok(Some(
        Message::new("photos-over-quota").with("used", size_words(used)).with("limit", size_words(quota)).with("more", size_words(more)),
    ))
}

fn too_large_message(state: &AppState) -> Message {
    Message::new("photo-too-large").with("limit", (state.config.uploads.max_bytes / 1_000_000) as i64)
}

/// The words differ by what this build takes in.
const UNSUPPORTED: &str = if cfg!(feature = "heic") { "photo-unsupported-heic" } else { "photo-unsupported" };

/// Why a picture is refused, in words for the one who sent it.
pub(super) fn reject_message(reject: &Reject) -> Message {
    match reject {
        Reject::Empty => Message::new("photo-empty"),
        Reject::NotAPicture => Message::new("photo-not-a-picture"),
        Reject::Svg => Message::new("photo-svg"),
        Reject::Unsupported { what } => Message::new(UNSUPPORTED).with("what", *what),
        Reject::TooManyPixels { width, height, max } => {
            Message::new("photo-too-many-pixels").with("width", *width).with("height", *height).with("limit", (*max / 1_000_000) as i64)
        }
        Reject::SideTooLong { max, .. } => Message::new("photo-side-too-long").with("limit", *max),
        Reject::TooManyFrames { max } => Message::new("photo-too-many-frames").with("limit", *max),
        Reject::TooSlow => Message::new("photo-too-slow"),
        Reject::Damaged | Reject::Encoder => Message::new("photo-damaged"),
    }
}

/// Writes the pictures down, then puts their originals and thumbnails. The caller's transaction adopts them ([`Image::adopt`])
/// or, when that fails, [`discard`]s them; after a crash in between, the sweeping job does.
///
/// # Errors
/// `Unavailable` when one of them could not be put. In a folder nothing is kept then. A service may finish what nobody waits for
/// any more, so whether and when a put that failed arrives all the same is not known: there they are left to the sweeping job.
pub async fn store(state: &AppState, user: UserId, looked: Vec<Looked>) -> Result<Vec<ImageId>> {
    if looked.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ImageId> = looked.iter().map(|looked| looked.new.id).collect();
    let news: Vec<NewImage> = looked.iter().map(|looked| looked.new.clone()).collect();
    let now = state.now();
    state.db.write(move |c| news.iter().try_for_each(|new| Image::begin(c, user, new, now))).await?;
    crash::point("upload.written_down");
    // All of them come to their end, also when one fails: what is still on its way must not outlive this.
    let put: Vec<Result<()>> = futures_util::stream::iter(looked).map(|looked| put(state, looked)).buffer_unordered(4).collect().await;
    if let Err(error) = put.into_iter().collect::<Result<()>>() {
        if state.storage.is_folder() {
            discard(state, ids).await;
        }
        return Err(error);
    }
    crash::point("upload.stored");
    Ok(ids)
}

async fn put(state: &AppState, Looked { new, path }: Looked) -> Result<()> {
    let original = Kind { media_type: new.header.format.media_type(), public: false };
    state.storage.put_file(&new.original_key, &path, original).await?;
    crash::point("upload.original_put");
    let key = new.thumbnail_key();
    state.storage.put(&key, Bytes::from(new.preview.thumbnail.bytes), PUBLIC_WEBP).await?;
    crash::point("upload.thumbnail_put");
    Ok(())
}

/// Gives up pictures that were stored and are not shown.
pub async fn discard(state: &AppState, ids: Vec<ImageId>) {
    let now = state.now();
    if let Err(error) = state.db.write(move |c| Image::delete_unadopted(c, &ids, now)).await {
        tracing::warn!(%error, "unfinished uploads could not be struck out; the sweeper will");
    }
}
