//! What people say about a post: comments and one level of replies, reactions to them, and the conversation a page shows.
//!
//! Whoever adds or deletes locks the post's row first. `posts.comment_count`, `comments.reply_count` and `comments.like_count`
//! then change with the rows they count, one after the other, and a thread cannot vanish under an answer to it. A deleted comment
//! that was answered stays as a stub without words; it goes with its last reply.
//!
//! Who may read or answer is the post's matter ([`crate::audience`]); people who block one another do not see each other's words.

mod actions;
mod change;
mod comment;
mod pages;
mod reaction;
mod talk;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use change::{NewComment, Said};
pub use comment::{Comment, CommentId, read};
pub use pages::{Asked, Say};
pub use reaction::{Emoji, Reaction};
pub use talk::{Order, Talk};

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::POST_COMMENTS).get(pages::list).post(actions::say)))
        .service(guarded(web::resource(urls::COMMENT_DELETE).get(pages::delete).post(actions::delete)))
        .service(guarded(web::resource(urls::COMMENT_REACTIONS).post(actions::react)))
        .service(guarded(web::resource(urls::COMMENT_REPLIES).get(pages::replies)));
}
