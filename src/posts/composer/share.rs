//! The form for a new post, sent. Every picture is checked before any is stored, and the post appears in the transaction that
//! knows all of them. Problems come back at their places: as the form, with everything that was typed, or as JSON for a
//! script that keeps its form itself.

use super::super::caption;
use super::{Draft, PhotoProblem, draw};
use crate::error::{Error, Result, Unique};
use crate::media::upload::{self, Looked};
use crate::media::{Group, ImageId, Waiting};
use crate::platform::crash;
use crate::posts::{NewPost, Post, PostId};
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::request_log::request_id;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, UserId, Visit};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use std::collections::HashSet;

pub async fn share(visit: Visit, body: web::Payload) -> Result<HttpResponse> {
    // Before a byte of the body is read: strangers' uploads are not worth a spool file.
    let author = visit.read_member(|_, viewer| Ok(viewer.id)).await?;
    let state = visit.state.clone();
    let most = state.config.uploads.max_photos;
    let mut form = upload::receive(&state, visit.request(), body, author, "photos", most).await?;
    let files = std::mem::take(&mut form.files);
    let draft = Draft::of(&form, most)?;
    let mut problems =
        Problems { names: files.iter().map(|file| file.name.clone()).collect(), ahead: draft.ids.len(), ..Problems::default() };

    // A request sent twice (a double click, a retry after a lost answer) leads to the post the first one made.
    if let Some(id) = made_before(&state, author, &draft).await? {
        return Ok(visit.go(&urls::post(id), Some(Flash::good("flash-post-shared"))));
    }
    let caption = caption::read(&draft.caption).unwrap_or_else(|message| {
        problems.fields.add("caption", message);
        String::new()
    });
    let alts = read_alts(&draft, &mut problems.fields);
    match draft.ids.len() + files.len() {
        0 => problems.fields.add("photos", Message::new("photos-needed")),
        count if count > most => {
            problems.fields.add("photos", Message::new("photos-too-many").with("limit", most).with("count", count));
        }
        _ => {}
    }
    let waiting = waiting_bytes(&state, author, &draft.ids, &mut problems).await?;
    let looked = match upload::look_at(&state, files, Group::Post).await {
        Ok(Ok(looked)) => looked,
        Ok(Err(found)) => {
            problems.add_files(found);
            Vec::new()
        }
        Err(error) => return not_now(&visit, draft, error).await,
    };
    if problems.photos.is_empty()
        && let Some(message) = upload::over_quota_with(&state, author, &looked, waiting).await?
    {
        problems.fields.add("photos", message);
    }
    if !problems.are_none() {
        return refuse(&visit, author, draft, problems).await;
    }
    publish(&visit, author, draft, caption, alts, looked).await
}

/// What is wrong with a form.
#[derive(Default)]
struct Problems {
    fields: FieldErrors,
    photos: Vec<PhotoProblem>,
    /// Names of the files.
    names: Vec<String>,
    /// How many photos came ahead of them.
    ahead: usize,
    /// Something is wrong that is no matter of size.
    other: bool,
}

impl Problems {
    fn are_none(&self) -> bool {
        self.fields.is_empty() && self.photos.is_empty()
    }

    fn add_photo(&mut self, index: usize, message: Message) {
        self.other = true;
        self.photos.push(PhotoProblem { number: index + 1, name: String::new(), message });
    }

    fn add_files(&mut self, found: Vec<upload::Problem>) {
        for problem in found {
            self.other |= !problem.too_large;
            let name = self.names.get(problem.index).cloned().unwrap_or_default();
            self.photos.push(PhotoProblem { number: self.ahead + problem.index + 1, name, message: problem.message });
        }
    }
}

async fn made_before(state: &AppState, author: UserId, draft: &Draft) -> Result<Option<PostId>> {
    let Some(key) = draft.post_key.clone() else { return Ok(None) };
    state.db.read(move |c| Post::find_by_key(c, author, &key)).await
}

fn read_alts(draft: &Draft, errors: &mut FieldErrors) -> Vec<String> {
    let read = |(index, alt): (usize, &String)| {
        caption::read_alt(alt).unwrap_or_else(|message| {
            errors.add(format!("alt.{index}"), message);
            String::new()
        })
    };
    draft.alts.iter().enumerate().map(read).collect()
}

/// Looks for the photos that came ahead, tells those that are missing, and returns the bytes of the others.
async fn waiting_bytes(state: &AppState, author: UserId, ids: &[ImageId], problems: &mut Problems) -> Result<u64> {
    let wanted = ids.to_vec();
    let waiting = if ids.is_empty() { Vec::new() } else { state.db.read(move |c| Waiting::find(c, author, &wanted)).await? };
    let mut seen = HashSet::new();
    for (index, id) in ids.iter().enumerate() {
        if !waiting.iter().any(|photo| photo.id == *id) {
            problems.add_photo(index, Message::new("photo-gone"));
        } else if !seen.insert(*id) {
            problems.add_photo(index, Message::new("photo-twice"));
        }
    }
    Ok(waiting.iter().map(|photo| photo.bytes().max(0) as u64).sum())
}

async fn publish(
    visit: &Visit,
    author: UserId,
    draft: Draft,
    caption: String,
    alts: Vec<String>,
    looked: Vec<Looked>,
) -> Result<HttpResponse> {
    let (state, now) = (&visit.state, visit.state.now());
    let images = match upload::store(state, author, looked).await {
        Ok(images) => images,
        Err(error) => return not_now(visit, draft, error).await,
    };
    let all = draft.ids.iter().chain(&images).copied();
    let photos = all.zip(alts.into_iter().chain(std::iter::repeat(String::new()))).collect();
    let new = NewPost {
        created_at: None,
        author,
        caption,
        photos,
        keep: draft.keep,
        post_key: draft.post_key.clone(),
        followers_only: draft.followers_only,
        comments_off: draft.comments_off,
    };
    let error = match visit.write(move |c, _| Post::create(c, &new, now)).await {
        Ok(_) => {
            crash::point("post.committed");
            return Ok(visit.go(urls::HOME, Some(Flash::good("flash-post-shared"))));
        }
        Err(error) => error,
    };
    upload::discard(state, images).await;
    match error {
        Error::Taken(Unique::PostKey) => {
            let first = made_before(state, author, &draft).await?.ok_or(Error::NotFound)?;
            Ok(visit.go(&urls::post(first), Some(Flash::good("flash-post-shared"))))
        }
        // Somebody took a photo away after it was looked for: another tab, or the broom.
        Error::NotFound => {
            let mut problems = Problems { ahead: draft.ids.len(), ..Problems::default() };
            waiting_bytes(state, author, &draft.ids, &mut problems).await?;
            if problems.are_none() {
                return Err(error);
            }
            refuse(visit, author, draft, problems).await
        }
        error => not_now(visit, draft, error).await,
    }
}

/// The form again when the site cannot do it right now: what was typed, why, and the key it came with, because its post may have been
/// made all the same. A script keeps its form itself.
async fn not_now(visit: &Visit, draft: Draft, error: Error) -> Result<HttpResponse> {
    let (Some(reason), Wants::Page) = (error.outage_words(), visit.wants) else { return Err(error) };
    tracing::error!(target: "picstargram::request", id = request_id(visit.request()), cause = %error, "an upload could not be kept");
    let mut errors = FieldErrors::default();
    errors.add("photos", Message::new(reason));
    let mut page = draw(visit, error.status(), draft, errors, Vec::new()).await?;
    page.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(error.retry_after()));
    Ok(page)
}

/// The form again, with everything that was typed, and each problem at its photo. 413 when size is all that is wrong.
async fn refuse(visit: &Visit, author: UserId, draft: Draft, problems: Problems) -> Result<HttpResponse> {
    // Photos are gone from the form when a twin of this very request has made its post meanwhile.
    if let Some(id) = made_before(&visit.state, author, &draft).await? {
        return Ok(visit.go(&urls::post(id), Some(Flash::good("flash-post-shared"))));
    }
    let only_size = problems.fields.is_empty() && !problems.other;
    let status = if only_size { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut errors = problems.fields;
    for problem in &problems.photos {
        errors.add(format!("photos.{}", problem.number - 1), problem.message.clone());
    }
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    draw(visit, status, draft, errors, problems.photos).await
}
