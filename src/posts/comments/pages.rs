//! The conversation alone, further replies, and the question before a comment goes.

use super::comment::Shown;
use super::talk::{self, Order};
use super::{Comment, CommentId, Talk};
use crate::error::Result;
use crate::posts::{PostId, Segment};
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// What an address says about a conversation. All of it is optional, and what leads nowhere is as if absent.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    order: Option<String>,
    before: Option<String>,
    /// A comment that is looked for.
    comment: Option<String>,
    /// One that is about to be answered.
    reply: Option<String>,
}

impl Asked {
    pub fn order(&self) -> Order {
        self.order.as_deref().map_or(Order::default(), Order::from_name)
    }

    pub fn comment(&self) -> Option<CommentId> {
        self.comment.as_deref()?.parse().ok()
    }

    pub fn reply(&self) -> Option<CommentId> {
        self.reply.as_deref()?.parse().ok()
    }
}

/// The form one writes in.
pub struct Say {
    pub post: PostId,
    pub off: bool,
    pub answering: Option<talk::Answering>,
    /// Makes a retry harmless: each form is sent once.
    pub key: String,
    pub body: String,
    pub errors: FieldErrors,
}

impl Say {
    /// To nobody in particular.
    pub fn empty(post: PostId, off: bool) -> Self {
        Say { post, off, answering: None, key: uuid::Uuid::new_v4().to_string(), body: String::new(), errors: FieldErrors::default() }
    }

    pub fn about(talk: &Talk) -> Self {
        let body = match &talk.answering {
            Some(answering) if answering.named => format!("@{} ", answering.username),
            _ => String::new(),
        };
        Say { answering: talk.answering.clone(), body, ..Say::empty(talk.post, talk.off) }
    }
}

#[derive(Template)]
#[template(path = "posts/comments/list.html", blocks = ["comments"])]
pub struct ListPage {
    pub layout: Layout,
    pub talk: Talk,
    pub say: Say,
}

/// The list in another order.
#[derive(Template)]
#[template(path = "posts/comments/ordered.hx.html")]
struct OrderedFragment {
    layout: Layout,
    talk: Talk,
}

pub async fn list(visit: Visit, id: web::Path<PostId>, asked: web::Query<Asked>) -> Result<HttpResponse> {
    let (id, order, before, reply) = (id.into_inner(), asked.order(), asked.before.clone(), asked.reply());
    let continued = before.is_some();
    let talk = visit
        .read(move |c, viewer| {
            let mut talk = Talk::of(c, viewer, id, order, before.as_deref())?;
            if let Some(reply) = reply {
                talk.answer(c, viewer, reply)?;
            }
            Ok(talk)
        })
        .await?;
    let say = Say::about(&talk);
    match (visit.is_fragment(), continued) {
        (true, true) => visit.fragment(&ListPage { layout: visit.layout(), talk, say }.as_comments()),
        (true, false) => visit.fragment(&OrderedFragment { layout: visit.layout(), talk }),
        (false, _) => visit.page(|layout| ListPage { layout, talk, say }).await,
    }
}

#[derive(Deserialize)]
pub struct After {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "posts/comments/thread.html", blocks = ["replies"])]
struct ThreadPage {
    layout: Layout,
    thread: Shown,
    replies: Vec<Shown>,
}

pub async fn replies(visit: Visit, id: web::Path<CommentId>, query: web::Query<After>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let after = query.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or(CommentId::from(0));
    let (thread, replies) = visit
        .read(move |c, viewer| {
            let thread = talk::thread(c, viewer, id)?;
            Ok((thread, talk::replies_after(c, viewer, id, after)?))
        })
        .await?;
    if visit.is_fragment() {
        return visit.fragment(&ThreadPage { layout: visit.layout(), thread, replies }.as_replies());
    }
    visit.page(|layout| ThreadPage { layout, thread, replies }).await
}

#[derive(Template)]
#[template(path = "posts/comments/delete.html", blocks = ["dialog"])]
struct DeletePage {
    layout: Layout,
    comment: Comment,
}

pub async fn delete(visit: Visit, id: web::Path<CommentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let comment = visit.read_signed_in(move |c, viewer| Comment::deletable_by(c, viewer, id)).await?;
    if visit.is_fragment() {
        return visit.fragment(&DeletePage { layout: visit.layout(), comment }.as_dialog());
    }
    visit.page(|layout| DeletePage { layout, comment }).await
}
