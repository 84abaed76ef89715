//! Sharing, and changing what was shared: the forms and what they do.
//!
//! A post is all or nothing. Without script the browser sends every file with the form ([`share()`]); with it each photo comes
//! [ahead] by itself, is looked at and stored, and the form names it by `photo_id`. Both kinds may be mixed: what was
//! stored ahead stands first. What somebody began is a [`Draft`]; a refused form shows it again, and so does an address
//! with the photos' ids in it.

mod ahead;
mod edit;
mod share;
mod suggest;

use super::caption::{ALT_LIMIT, LIMIT};
use super::{Facts, Keep};
use crate::error::{Error, Result};
use crate::media::upload::Submitted;
use crate::media::{Image, ImageId, Waiting};
use crate::urls;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

pub use ahead::{give_up, take};
pub use edit::{edit, save};
pub use share::share;
pub use suggest::suggest;

/// Characters of a `post_key`.
const KEY_LIMIT: usize = 64;

/// What somebody has put together so far.
#[derive(Clone, Debug, Default)]
struct Draft {
    caption: String,
    /// Photos that came ahead.
    ids: Vec<ImageId>,
    /// Of these photos, then of the files.
    alts: Vec<String>,
    keep: Keep,
    followers_only: bool,
    comments_off: bool,
    post_key: Option<String>,
}

impl Draft {
    /// # Errors
    /// `BadRequest` for an audience or an id that no form of ours sends.
    fn of(form: &Submitted, most: usize) -> Result<Self> {
        let post_key = form.text("post_key").map(str::to_owned).filter(|key| !key.is_empty() && key.chars().count() <= KEY_LIMIT);
        Ok(Draft {
            caption: form.text("caption").unwrap_or_default().to_owned(),
            ids: form.texts("photo_id").map(image_id).collect::<Result<_>>()?,
            alts: form.texts("alt").take(most).map(str::to_owned).collect(),
            keep: Keep::from_names(form.texts("keep")),
            followers_only: form.text("audience").map_or(Ok(false), for_followers_only)?,
            comments_off: form.texts("comments").last() == Some("off"),
            post_key,
        })
    }

    /// The photos that an address names.
    fn asked_for(query: &str, most: usize) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let ids = pairs.iter().filter(|(name, _)| name == "photo_id").filter_map(|(_, id)| image_id(id).ok());
        Draft { ids: ids.take(most).collect(), ..Draft::default() }
    }
}

fn image_id(text: &str) -> Result<ImageId> {
    text.parse::<i64>().map(ImageId::from).map_err(|_| Error::BadRequest("a photo_id is no number".into()))
}

/// Nothing but the two words: a misspelt one must not show a post to everyone.
fn for_followers_only(audience: &str) -> Result<bool> {
    match audience {
        "everyone" => Ok(false),
        "followers" => Ok(true),
        _ => Err(Error::BadRequest("audience is everyone or followers".into())),
    }
}

#[derive(Template)]
#[template(path = "posts/new.html", blocks = ["slips"])]
struct ComposerPage {
    layout: Layout,
    draft: Draft,
    slips: Vec<Slip>,
    /// The form of one, for the script to fill.
    blank: Slip,
    /// One for every photo that may be chosen beside those.
    alts: Vec<AltField>,
    errors: FieldErrors,
    photo_problems: Vec<PhotoProblem>,
    post_key: String,
    limit_megabytes: u64,
    caption_limit: usize,
    most: usize,
    /// Bytes that are used and that may be, where there is a quota.
    room: Option<(i64, i64)>,
}

impl ComposerPage {
    /// Words for files were typed, or something is wrong with them: without script they stand folded otherwise.
    fn file_alts_typed(&self) -> bool {
        self.alts.iter().any(|alt| !alt.text.is_empty() || alt.error.is_some())
    }
}

/// The words for those who do not see a photo.
struct AltField {
    number: usize,
    text: String,
    error: Option<Message>,
}

/// A photo in the form: stored ahead, or (without `photo`) the empty form of one.
struct Slip {
    photo: Option<Waiting>,
    /// As they would be published.
    facts: Facts,
    alt: AltField,
    alt_limit: usize,
    /// The same address without this one.
    without: String,
}

impl Slip {
    fn blank() -> Self {
        let alt = AltField { number: 0, text: String::new(), error: None };
        Slip { photo: None, facts: Facts::default(), alt, alt_limit: ALT_LIMIT, without: String::new() }
    }

    fn of(photo: Waiting, alt: AltField, all: &[Waiting]) -> Self {
        let without = urls::new_post_with(all.iter().map(|one| one.id).filter(|id| *id != photo.id));
        Slip { facts: Facts::all_of(&photo.taken()), photo: Some(photo), alt, alt_limit: ALT_LIMIT, without }
    }
}

/// One file that cannot be shared, by its place and name.
struct PhotoProblem {
    number: usize,
    name: String,
    message: Message,
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    visit.read_signed_in(|_, _| Ok(())).await?;
    let draft = Draft::asked_for(visit.request().query_string(), visit.state.config.uploads.max_photos);
    draw(&visit, StatusCode::OK, draft, FieldErrors::default(), Vec::new()).await
}

/// The form with a draft in it. Photos that wait no longer are left out, and their words with them.
async fn draw(
    visit: &Visit,
    status: StatusCode,
    draft: Draft,
    errors: FieldErrors,
    photo_problems: Vec<PhotoProblem>,
) -> Result<HttpResponse> {
    let uploads = &visit.state.config.uploads;
    let (most, limit_megabytes, quota) = (uploads.max_photos, uploads.max_bytes / 1_000_000, uploads.user_quota);
    let ids = draft.ids.clone();
    let (waiting, used) = visit
        .read_signed_in(move |c, viewer| {
            let used = if quota.is_some() { Image::bytes_of(c, viewer.id)? } else { 0 };
            Ok((Waiting::find(c, viewer.id, &ids)?, used))
        })
        .await?;
    let alt_of = |index: usize, number: usize| AltField {
        number,
        text: draft.alts.get(index).cloned().unwrap_or_default(),
        error: errors.get(&format!("alt.{index}")).cloned(),
    };
    let slips: Vec<Slip> = waiting
        .iter()
        .enumerate()
        .map(|(place, photo)| {
            let index = draft.ids.iter().position(|id| *id == photo.id).unwrap_or(place);
            Slip::of(photo.clone(), alt_of(index, place + 1), &waiting)
        })
        .collect();
    let files = most.saturating_sub(slips.len());
    let alts = (0..files).map(|file| alt_of(draft.ids.len() + file, slips.len() + file + 1)).collect();
    let page = ComposerPage {
        layout: visit.layout(),
        slips,
        blank: Slip::blank(),
        alts,
        errors,
        photo_problems,
        post_key: draft.post_key.clone().unwrap_or_else(|| uuid::Uuid::new_v4().to_string()),
        draft,
        limit_megabytes,
        caption_limit: LIMIT,
        most,
        room: quota.map(|quota| (used, quota as i64)),
    };
    if visit.is_fragment() {
        return visit.fragment_with_status(status, &page.as_slips());
    }
    visit.page_with_status(status, |layout| ComposerPage { layout, ..page }).await
}
