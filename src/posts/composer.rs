//! Sharing: the form and what it does. All or nothing: every picture is checked before any is stored, and the post appears in the
//! transaction that knows all of them. Without script the browser sends its files at once and this page answers; with it, the
//! same request is sent with progress, and problems come back as JSON so that nobody has to choose their files again.

use super::caption::{self, ALT_LIMIT, LIMIT};
use super::{NewPost, Post};
use crate::error::{Error, Result, Unique};
use crate::media::upload::{self, Problem, Submitted};
use crate::media::{Group, Image, ImageId};
use crate::platform::crash;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::request_log::request_id;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Layout, UserId, Visit, filters};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;

/// Characters of a `post_key`.
const KEY_LIMIT: usize = 64;

#[derive(Template)]
#[template(path = "posts/new.html")]
struct NewPostPage {
    layout: Layout,
    caption: String,
    /// One for every photo that may be chosen.
    alts: Vec<String>,
    alts_typed: bool,
    errors: FieldErrors,
    photo_problems: Vec<PhotoProblem>,
    post_key: String,
    limit_megabytes: u64,
    caption_limit: usize,
    alt_limit: usize,
    most: usize,
    /// Bytes that are used and that may be, where there is a quota.
    room: Option<(i64, i64)>,
}

/// One file that cannot be shared, by its place and name.
struct PhotoProblem {
    number: usize,
    name: String,
    message: Message,
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    visit.read_signed_in(|_, _| Ok(())).await?;
    draw(&visit, StatusCode::OK, String::new(), Vec::new(), FieldErrors::default(), Vec::new(), new_key()).await
}

fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    caption: String,
    mut alts: Vec<String>,
    errors: FieldErrors,
    photo_problems: Vec<PhotoProblem>,
    post_key: String,
) -> Result<HttpResponse> {
    let alts_typed = alts.iter().any(|alt| !alt.is_empty());
    let uploads = &visit.state.config.uploads;
    let (most, limit_megabytes) = (uploads.max_photos, uploads.max_bytes / 1_000_000);
    alts.resize(most, String::new());
    let room = match (uploads.user_quota, visit.viewer().map(|viewer| viewer.id)) {
        (Some(quota), Some(me)) => Some((visit.state.db.read(move |c| Image::bytes_of(c, me)).await?, quota as i64)),
        _ => None,
    };
    visit
        .page_with_status(status, |layout| NewPostPage {
            layout,
            caption,
            alts,
            alts_typed,
            errors,
            photo_problems,
            post_key,
            limit_megabytes,
            caption_limit: LIMIT,
            alt_limit: ALT_LIMIT,
            most,
            room,
        })
        .await
}

pub async fn share(visit: Visit, body: web::Payload) -> Result<HttpResponse> {
    // Before a byte of the body is read: strangers' uploads are not worth a spool file.
    let author = visit.read_signed_in(|_, viewer| Ok(viewer.id)).await?;
    let state = visit.state.clone();
    let most = state.config.uploads.max_photos;
    let mut form = upload::receive(&state, visit.request(), body, author, "photos", most).await?;
    let files = std::mem::take(&mut form.files);
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();

    let mut errors = FieldErrors::default();
    let caption = caption::read(form.text("caption").unwrap_or_default());
    if let Err(message) = &caption {
        errors.add("caption", message.clone());
    }
    let alts = read_alts(&form, most, &mut errors);
    let post_key = form.text("post_key").map(str::to_owned).filter(|key| !key.is_empty() && key.chars().count() <= KEY_LIMIT);

    // A request sent twice (a double click, a retry after a lost answer) leads to the post the first one made.
    if let Some(key) = post_key.clone()
        && let Some(id) = state.db.read(move |c| Post::find_by_key(c, author, &key)).await?
    {
        return Ok(visit.go(&urls::post(id), Some(Flash::good("flash-post-shared"))));
    }

    if files.is_empty() {
        errors.add("photos", Message::new("photos-needed"));
    } else if files.len() > most {
        errors.add("photos", Message::new("photos-too-many").with("limit", most).with("count", files.len()));
    }
    let looked = match upload::look_at(&state, files, Group::Post).await {
        Ok(Ok(looked)) => {
            if let Some(message) = upload::over_quota(&state, author, &looked).await? {
                errors.add("photos", message);
            }
            looked
        }
        Ok(Err(problems)) => return refuse(&visit, form, errors, problems, &names).await,
        Err(error) => return not_now(&visit, form, post_key, error).await,
    };
    if !errors.is_empty() {
        return refuse(&visit, form, errors, Vec::new(), &names).await;
    }
    let Ok(caption) = caption else { return refuse(&visit, form, errors, Vec::new(), &names).await };

    let images = match upload::store(&state, author, looked).await {
        Ok(images) => images,
        Err(error) => return not_now(&visit, form, post_key, error).await,
    };
    let photos = images.iter().zip(alts.into_iter().chain(std::iter::repeat(String::new()))).map(|(id, alt)| (*id, alt)).collect();
    let new = NewPost { created_at: None, author, caption, photos, post_key: post_key.clone(), followers_only: false, comments_off: false };
    match publish(&visit, author, new, images).await {
        Err(error) => not_now(&visit, form, post_key, error).await,
        shared => shared,
    }
}

async fn publish(visit: &Visit, author: UserId, new: NewPost, images: Vec<ImageId>) -> Result<HttpResponse> {
    let (state, now) = (&visit.state, visit.state.now());
    let key = new.post_key.clone();
    match state.db.write(move |c| Post::create(c, &new, now)).await {
        Ok(_) => {
            crash::point("post.committed");
            Ok(visit.go(urls::HOME, Some(Flash::good("flash-post-shared"))))
        }
        Err(error) => {
            upload::discard(state, images).await;
            let twice = matches!(error, Error::Taken(Unique::PostKey));
            let (true, Some(key)) = (twice, key) else { return Err(error) };
            let first = state.db.read(move |c| Post::find_by_key(c, author, &key)).await?.ok_or(Error::NotFound)?;
            Ok(visit.go(&urls::post(first), Some(Flash::good("flash-post-shared"))))
        }
    }
}

fn read_alts(form: &Submitted, most: usize, errors: &mut FieldErrors) -> Vec<String> {
    form.texts("alt")
        .take(most)
        .enumerate()
        .map(|(index, alt)| {
            caption::read_alt(alt).unwrap_or_else(|message| {
                errors.add(format!("alt.{index}"), message);
                String::new()
            })
        })
        .collect()
}

/// The form again when the site cannot do it right now: what was typed, why, and the key it came with, because its post may have been
/// made all the same. A script keeps its form itself.
async fn not_now(visit: &Visit, form: Submitted, post_key: Option<String>, error: Error) -> Result<HttpResponse> {
    let (Some(reason), Wants::Page) = (error.outage_words(), visit.wants) else { return Err(error) };
    tracing::error!(target: "picstargram::request", id = request_id(visit.request()), cause = %error, "an upload could not be kept");
    let mut errors = FieldErrors::default();
    errors.add("photos", Message::new(reason));
    let caption = form.text("caption").unwrap_or_default().to_owned();
    let alts = form.texts("alt").take(visit.state.config.uploads.max_photos).map(str::to_owned).collect();
    let key = post_key.unwrap_or_else(new_key);
    let mut page = draw(visit, error.status(), caption, alts, errors, Vec::new(), key).await?;
    page.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(error.retry_after()));
    Ok(page)
}

/// The form again, with everything that was typed, and each problem at its photo. 413 when size is all that is wrong.
async fn refuse(visit: &Visit, form: Submitted, mut errors: FieldErrors, problems: Vec<Problem>, names: &[String]) -> Result<HttpResponse> {
    let only_size = errors.is_empty() && problems.iter().all(|problem| problem.too_large);
    let status = if only_size { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    for problem in &problems {
        errors.add(format!("photos.{}", problem.index), problem.message.clone());
    }
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    let photo_problems = problems
        .into_iter()
        .map(|problem| PhotoProblem {
            number: problem.index + 1,
            name: names.get(problem.index).cloned().unwrap_or_default(),
            message: problem.message,
        })
        .collect();
    let caption = form.text("caption").unwrap_or_default().to_owned();
    let alts = form.texts("alt").take(visit.state.config.uploads.max_photos).map(str::to_owned).collect();
    draw(visit, status, caption, alts, errors, photo_problems, new_key()).await
}
