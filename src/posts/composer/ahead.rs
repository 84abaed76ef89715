//! One photo, ahead of the post it is for: checked, stored, and kept for its owner until a post takes it, they give it up, or a
//! day has passed.

use super::{AltField, Draft, Slip, draw};
use crate::error::{Error, Result};
use crate::media::upload;
use crate::media::{ImageId, Waiting};
use crate::posts::Facts;
use crate::urls;
use crate::web::i18n::{Lang, Message};
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Visit, filters};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Serialize;

#[derive(Template)]
#[template(path = "posts/_slip.html")]
struct SlipFragment {
    slip: Slip,
}

/// What a script learns of its photo.
#[derive(Serialize)]
struct Taken {
    id: String,
    uuid: String,
    thumbnail: String,
    width: i32,
    height: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    camera: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    facts: FactWords,
}

/// The same as a reader would read it, once published.
#[derive(Serialize)]
struct FactWords {
    #[serde(skip_serializing_if = "Option::is_none")]
    camera: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

impl FactWords {
    fn of(facts: Facts, lang: Lang) -> Self {
        FactWords {
            date: facts.taken_at.map(|at| filters::day_words(lang, at)),
            place: facts.place_words().map(|words| words.in_language(lang)),
            camera: facts.camera,
        }
    }
}

pub async fn take(visit: Visit, body: web::Payload) -> Result<HttpResponse> {
    let (owner, (count, bytes)) = visit.read_member(|c, viewer| Ok((viewer.id, Waiting::all_of(c, viewer.id)?))).await?;
    let state = visit.state.clone();
    let mut form = upload::receive(&state, visit.request(), body, owner, "photos", 1).await?;
    let files = std::mem::take(&mut form.files);
    if files.is_empty() {
        return refuse(&visit, Message::new("photos-needed"), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if count >= Waiting::MOST {
        return refuse(&visit, Message::new("photos-waiting").with("limit", Waiting::MOST), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let looked = match upload::look_at(&state, files, Waiting::GROUP).await? {
        Ok(looked) => looked,
        Err(problems) => {
            let status = if problems.iter().all(|problem| problem.too_large) {
                StatusCode::PAYLOAD_TOO_LARGE
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let message = problems.into_iter().next().map_or_else(|| Message::new("photo-damaged"), |problem| problem.message);
            return refuse(&visit, message, status).await;
        }
    };
    if let Some(message) = upload::over_quota_with(&state, owner, &looked, bytes.max(0) as u64).await? {
        return refuse(&visit, message, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let ids = upload::store(&state, owner, looked).await?;
    let photo = visit.read(move |c, _| Ok(Waiting::find(c, owner, &ids)?.pop())).await?.ok_or(Error::NotFound)?;
    answer(&visit, photo)
}

fn answer(visit: &Visit, photo: Waiting) -> Result<HttpResponse> {
    match visit.wants {
        Wants::Page => Ok(visit.go(&urls::new_post_with([photo.id]), None)),
        Wants::Fragment => {
            let alt = AltField { number: 1, text: String::new(), error: None };
            visit.fragment_with_status(StatusCode::CREATED, &SlipFragment { slip: Slip::of(photo, alt, &[]) })
        }
        Wants::Json => {
            let taken = Taken {
                id: photo.id.to_string(),
                thumbnail: filters::media_address(&visit.reader(), &photo.uuid, Waiting::GROUP.as_str(), "thumbnail"),
                width: photo.width,
                height: photo.height,
                facts: FactWords::of(Facts::all_of(&photo.taken()), visit.lang()),
                taken_at: photo.taken_at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
                camera: photo.camera,
                place: photo.place,
                uuid: photo.uuid,
            };
            Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "private, no-store")).json(taken))
        }
    }
}

/// A script reads why; a page shows it in the form.
async fn refuse(visit: &Visit, message: Message, status: StatusCode) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("photos", message);
    if visit.wants != Wants::Page {
        return Ok(visit.invalid_json(status, &errors));
    }
    draw(visit, status, Draft::default(), errors, Vec::new()).await
}

pub async fn give_up(visit: Visit, id: web::Path<ImageId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visit.state.now());
    let given_up = visit.write(move |c, viewer| Waiting::give_up(c, viewer.id, id, now)).await?;
    match visit.wants {
        _ if !given_up => Err(Error::NotFound),
        Wants::Page => Ok(visit.go(urls::NEW_POST, None)),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}
