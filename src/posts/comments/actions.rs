//! Saying something, taking it back, reacting to it.

use super::change::{Left, Said};
use super::comment::{self, Shown};
use super::pages::{ListPage, Say};
use super::talk::{self, Order};
use super::{Comment, CommentId, Emoji, NewComment, Reaction, Talk};
use crate::error::{Error, Result};
use crate::posts::{Post, PostId, Segment};
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Characters of a key; ours have 36.
const KEY_LIMIT: usize = 64;

#[derive(Clone, Debug, Deserialize)]
pub struct SayForm {
    #[serde(default)]
    body: String,
    /// Empty counts as absent.
    parent_id: Option<String>,
    comment_key: Option<String>,
}

impl SayForm {
    fn parent(&self) -> Option<&str> {
        self.parent_id.as_deref().map(str::trim).filter(|id| !id.is_empty())
    }

    fn key(&self) -> Option<String> {
        self.comment_key.clone().filter(|key| (1..=KEY_LIMIT).contains(&key.chars().count()))
    }
}

/// The new comment at its place, an empty form, and the counts.
#[derive(Template)]
#[template(path = "posts/comments/said.hx.html")]
struct SaidFragment {
    layout: Layout,
    talk: Talk,
    comment: Shown,
    say: Say,
}

/// The form again, with what is wrong.
#[derive(Template)]
#[template(path = "posts/comments/_say.html")]
struct SayFragment {
    layout: Layout,
    say: Say,
}

pub async fn say(visit: Visit, id: web::Path<PostId>, form: web::Form<SayForm>) -> Result<HttpResponse> {
    let (id, form, now) = (id.into_inner(), form.into_inner(), visit.state.now());
    let body = match comment::read(&form.body) {
        Ok(body) => body,
        Err(message) => return refuse(&visit, id, form, StatusCode::UNPROCESSABLE_ENTITY, message).await,
    };
    let gone = || Message::new("comment-parent-gone");
    let parent = match form.parent().map(str::parse::<CommentId>).transpose() {
        Ok(parent) => parent,
        Err(_) => return refuse(&visit, id, form, StatusCode::UNPROCESSABLE_ENTITY, gone()).await,
    };
    let key = form.key();
    let said = visit
        .write(move |c, viewer| {
            Post::visible_to(c, Some(viewer), id)?;
            let new = NewComment { post: id, author: viewer.id, parent, body, key, created_at: None };
            let said = Comment::create(c, &new, now)?;
            match said {
                Said::Now(comment) | Said::Before(comment) => {
                    Ok(Ok((comment, Talk::counted(c, viewer, id)?, talk::one_shown(c, Some(viewer), comment)?)))
                }
                Said::Off => Ok(Err(Message::new("comments-off"))),
                Said::ParentGone => Ok(Err(Message::new("comment-parent-gone"))),
            }
        })
        .await;
    let (comment, talk, shown) = match said {
        Ok(Ok(said)) => said,
        Ok(Err(message)) => return refuse(&visit, id, form, StatusCode::UNPROCESSABLE_ENTITY, message).await,
        Err(Error::TooMany { retry_after }) => {
            let message = Message::new("comment-too-many").with("seconds", retry_after);
            let mut response = refuse(&visit, id, form, StatusCode::TOO_MANY_REQUESTS, message).await?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            return Ok(response);
        }
        Err(other) => return Err(other),
    };
    match (visit.wants, shown) {
        (Wants::Fragment, Some(comment)) => {
            let (comment, say) = (Shown { new: true, ..comment }, Say::about(&talk));
            visit.fragment(&SaidFragment { layout: visit.layout(), talk, comment, say })
        }
        (Wants::Json, _) => Ok(HttpResponse::Ok().json(serde_json::json!({ "id": comment, "comment_count": talk.count }))),
        _ => Ok(visit.go(&urls::comment(id, comment), None)),
    }
}

/// The form again: its words are kept, and whom they were for, unless that is what is wrong.
async fn refuse(visit: &Visit, post: PostId, form: SayForm, status: StatusCode, message: Message) -> Result<HttpResponse> {
    let parent = form.parent().and_then(|parent| parent.parse().ok());
    let talk = visit
        .read_signed_in(move |c, viewer| {
            let mut talk = Talk::of(c, Some(viewer), post, Order::default(), None)?;
            if let Some(parent) = parent {
                talk.answer(c, Some(viewer), parent)?;
            }
            Ok(talk)
        })
        .await?;
    let mut errors = FieldErrors::default();
    errors.add("body", message);
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    let say = Say { body: form.body, errors, ..Say::about(&talk) };
    if visit.is_fragment() {
        return visit.fragment_with_status(status, &SayFragment { layout: visit.layout(), say });
    }
    visit.page_with_status(status, |layout| ListPage { layout, talk, say }).await
}

/// What is left of a comment, and the counts.
#[derive(Template)]
#[template(path = "posts/comments/deleted.hx.html")]
struct DeletedFragment {
    talk: Talk,
    id: CommentId,
    thread: CommentId,
    left: Left,
}

pub async fn delete(visit: Visit, id: web::Path<CommentId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visit.state.now());
    let (comment, left, talk) = visit
        .write(move |c, viewer| {
            let comment = Comment::deletable_by(c, viewer, id)?;
            let left = comment.delete(c, now)?;
            let talk = Talk::counted(c, viewer, comment.post)?;
            Ok((comment, left, talk))
        })
        .await?;
    match visit.wants {
        Wants::Fragment => {
            let thread = comment.thread();
            visit.fragment(&DeletedFragment { talk, id, thread, left })
        }
        _ => Ok(visit.go(&urls::post_conversation(comment.post), Some(Flash::good("flash-comment-deleted")))),
    }
}

#[derive(Deserialize)]
pub struct ReactionForm {
    emoji: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "posts/comments/reacted.hx.html")]
struct ReactedFragment {
    comment: Shown,
}

pub async fn react(visit: Visit, id: web::Path<CommentId>, form: web::Form<ReactionForm>) -> Result<HttpResponse> {
    let (id, on, now) = (id.into_inner(), form.on, visit.state.now());
    let emoji = Emoji::from_text(&form.emoji).ok_or_else(|| Error::BadRequest("not one of our emoji".to_owned()));
    let (comment, count, shown) = visit
        .write(move |c, viewer| {
            let comment = Comment::visible_to(c, Some(viewer), id)?;
            let count = Reaction::set(c, viewer.id, &comment, emoji?, on, now)?;
            Ok((comment, count, talk::one_shown(c, Some(viewer), id)?))
        })
        .await?;
    match (visit.wants, shown) {
        (Wants::Fragment, Some(comment)) => visit.fragment(&ReactedFragment { comment }),
        (Wants::Json, _) => Ok(HttpResponse::Ok().json(serde_json::json!({ "on": on, "like_count": count }))),
        _ => Ok(visit.go(&urls::comment(comment.post, id), None)),
    }
}
