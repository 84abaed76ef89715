//! Changing a post: the dialog (or page) and what it does. A field that is absent leaves things as they are, so a script may
//! send a caption and nothing else. Photos move by buttons that send the form and get it back in the new order; only saving
//! changes the post.

use super::super::caption::{self, ALT_LIMIT, LIMIT};
use super::super::revision::Revision;
use super::{AltField, for_followers_only, image_id};
use crate::error::{Error, Result};
use crate::media::ImageId;
use crate::posts::comments::Say;
use crate::posts::{Card, CardPhoto, Keep, Post, PostId, Segment, card};
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Layout, Visit, filters, form};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "posts/edit.html", blocks = ["dialog"])]
struct EditPage {
    layout: Layout,
    post: Card,
    caption: String,
    caption_limit: usize,
    alt_limit: usize,
    photos: Vec<(CardPhoto, AltField)>,
    /// Facts that any of its photos shows, and those of them that stay.
    published: Keep,
    keep: Keep,
    followers_only: bool,
    comments_off: bool,
    errors: FieldErrors,
}

impl EditPage {
    /// With everything as it is typed, or else as it is.
    fn new(visit: &Visit, post: Card, typed: Typed, errors: FieldErrors) -> Self {
        let place = |photo: &CardPhoto| typed.order.iter().flatten().position(|id| *id == photo.photo.image_id).unwrap_or(usize::MAX);
        let mut in_order = post.photos.clone();
        in_order.sort_by_key(place);
        let field = |(index, photo): (usize, CardPhoto)| {
            let text = typed.alts.get(index).cloned().unwrap_or_else(|| photo.alt.clone());
            (photo, AltField { number: index + 1, text, error: errors.get(&format!("alt.{index}")).cloned() })
        };
        let published = post.photos.iter().fold(Keep::default(), |all, photo| all.or(photo.facts.kinds()));
        EditPage {
            layout: visit.layout(),
            published,
            keep: typed.keep.unwrap_or(published),
            caption: typed.caption.unwrap_or_else(|| post.text.clone()),
            caption_limit: LIMIT,
            alt_limit: ALT_LIMIT,
            photos: in_order.into_iter().enumerate().map(field).collect(),
            followers_only: typed.followers_only.unwrap_or(post.followers_only),
            comments_off: typed.comments_off.unwrap_or(post.comments_off),
            post,
            errors,
        }
    }

    async fn answer(self, visit: &Visit, status: StatusCode) -> Result<HttpResponse> {
        if visit.is_fragment() {
            return visit.fragment_with_status(status, &self.as_dialog());
        }
        visit.page_with_status(status, |layout| EditPage { layout, ..self }).await
    }
}

pub async fn edit(visit: Visit, id: web::Path<PostId>) -> Result<HttpResponse> {
    let post = changeable(&visit, id.into_inner()).await?;
    EditPage::new(&visit, post, Typed::default(), FieldErrors::default()).answer(&visit, StatusCode::OK).await
}

async fn changeable(visit: &Visit, id: PostId) -> Result<Card> {
    visit
        .read_signed_in(move |c, viewer| {
            Post::changeable_by(c, viewer, id)?;
            card(c, Some(viewer), id)
        })
        .await
}

/// What the form holds; `alt` and `photo_id` are repeated, which serde's structs cannot hold.
#[derive(Clone, Default)]
struct Typed {
    caption: Option<String>,
    alts: Vec<String>,
    order: Option<Vec<ImageId>>,
    followers_only: Option<bool>,
    comments_off: Option<bool>,
    /// Of the facts that are published; a fact that is not named is taken back.
    keep: Option<Keep>,
    /// A photo, and whether it goes one place towards the end: the button that was pressed instead of the one that saves.
    step: Option<(ImageId, bool)>,
}

impl Typed {
    fn read(body: &[u8]) -> Result<Self> {
        if body.len() > form::LIMIT {
            return Err(Error::TooLarge { limit: form::LIMIT as u64 });
        }
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|error| Error::BadRequest(error.to_string()))?;
        let mut typed = Typed::default();
        let kept: Vec<&str> = fields.iter().filter(|(name, _)| name == "keep").map(|(_, value)| value.as_str()).collect();
        if !kept.is_empty() {
            typed.keep = Some(Keep::from_names(kept.into_iter()));
        }
        for (name, value) in &fields {
            match name.as_str() {
                "caption" => typed.caption = Some(value.clone()),
                "alt" => typed.alts.push(value.clone()),
                "photo_id" => typed.order.get_or_insert_default().push(image_id(value)?),
                "audience" => typed.followers_only = Some(for_followers_only(value)?),
                // Sent as "on" by the form and as "off" by the box in it, in this order.
                "comments" => typed.comments_off = Some(value == "off"),
                "earlier" => typed.step = Some((image_id(value)?, false)),
                "later" => typed.step = Some((image_id(value)?, true)),
                _ => {}
            }
        }
        Ok(typed)
    }

    /// Moves a photo by one place, and its words with it.
    fn move_by_one(&mut self, photo: ImageId, later: bool) {
        let Some(order) = &mut self.order else { return };
        let Some(from) = order.iter().position(|id| *id == photo) else { return };
        let to = if later { (from + 1).min(order.len() - 1) } else { from.saturating_sub(1) };
        order.swap(from, to);
        if self.alts.len() > from.max(to) {
            self.alts.swap(from, to);
        }
    }
}

/// What an edited post changes on the page that is open, be it a feed or its own.
#[derive(Template)]
#[template(path = "posts/edited.hx.html")]
struct EditedFragment {
    post: Card,
    /// The same as it stands in a dialog over that page.
    open: Option<Card>,
    layout: Layout,
    say: Say,
}

pub async fn save(visit: Visit, id: web::Path<PostId>, body: web::Bytes) -> Result<HttpResponse> {
    let id = id.into_inner();
    let mut typed = Typed::read(&body)?;
    if let Some((photo, later)) = typed.step {
        typed.move_by_one(photo, later);
        let post = changeable(&visit, id).await?;
        return EditPage::new(&visit, post, typed, FieldErrors::default()).answer(&visit, StatusCode::OK).await;
    }
    let (revision, mut errors) = revision(&typed);
    if errors.is_empty() {
        let now = visit.state.now();
        let saved = visit
            .write(move |c, viewer| {
                let post = Post::changeable_by(c, viewer, id)?;
                Ok(if post.revise(c, &revision, now)? { Some(card(c, Some(viewer), id)?) } else { None })
            })
            .await?;
        match saved {
            Some(post) => return done(&visit, post),
            None => errors.add("photos", Message::new("photos-changed")),
        }
        // Their order and words are no longer those of its photos.
        (typed.order, typed.alts) = (None, Vec::new());
    }
    let post = changeable(&visit, id).await?;
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    EditPage::new(&visit, post, typed, errors).answer(&visit, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn revision(typed: &Typed) -> (Revision, FieldErrors) {
    let mut errors = FieldErrors::default();
    let caption = typed.caption.as_deref().map(caption::read).transpose().unwrap_or_else(|message| {
        errors.add("caption", message);
        None
    });
    let mut alts = Vec::with_capacity(typed.alts.len());
    for (index, alt) in typed.alts.iter().enumerate() {
        alts.push(caption::read_alt(alt).unwrap_or_else(|message| {
            errors.add(format!("alt.{index}"), message);
            String::new()
        }));
    }
    let (followers_only, comments_off) = (typed.followers_only, typed.comments_off);
    (Revision { caption, order: typed.order.clone(), alts, keep: typed.keep, followers_only, comments_off }, errors)
}

fn done(visit: &Visit, mut post: Card) -> Result<HttpResponse> {
    // On a page of its own there is nothing behind the form that could change.
    if visit.wants != Wants::Fragment || visit.is_on(&urls::post_edit(post.id)) {
        return Ok(visit.go(&urls::post(post.id), Some(Flash::good("flash-post-saved"))));
    }
    let open = visit.page_behind().map(|_| {
        let mut open = post.clone();
        open.stand(visit, true);
        open
    });
    post.stand(visit, false);
    visit.fragment(&EditedFragment { say: Say::empty(post.id, post.comments_off), post, open, layout: visit.layout() })
}
