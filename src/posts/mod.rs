//! Posts: one to ten photos with a caption. Sharing, looking at them in feeds and grids, liking, changing, deleting.
//!
//! Counts (`like_count`, a person's `post_count`) are columns that change in the transaction that changes the rows they count:
//! a feed reads them, nothing has to count. Every page loads posts through the viewer ([`Post::visible_to`], [`feed`]).

mod actions;
mod caption;
pub mod comments;
mod composer;
mod facts;
mod feed;
pub mod feeds;
pub mod jobs;
mod lifecycle;
mod like;
mod mention;
mod pages;
mod post;
mod restore;
mod revision;
mod save;
mod suggestion;
mod view;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use caption::{Caption, Segment, read as read_caption, read_alt};
pub use facts::{Facts, Keep};
pub use feed::{Card, CardPhoto, Tile, card, cards, counts, ids, tiles, tiles_of};
pub use like::Like;
pub use post::{NewPost, Post, PostId};
pub use restore::Marks;
pub use save::Save;
pub use view::Views;

/// Which posts a feed or a grid shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Open posts, newest first.
    Everyone,
    /// Open posts of the last seven days, by their likes.
    MostLiked,
    Tag(String),
    /// Somebody's, the pinned ones first.
    Author(crate::web::UserId),
    /// The same by time alone, as feeds have it.
    AuthorByTime(crate::web::UserId),
    /// What the viewer has saved, the latest first.
    Saved,
    /// What the viewer has archived.
    Archived,
}

pub fn routes(config: &mut web::ServiceConfig) {
    comments::routes(config);
    config
        .service(guarded(web::resource(urls::HOME).get(pages::home)))
        .service(guarded(web::resource(urls::EXPLORE).get(pages::explore)))
        .service(guarded(web::resource(urls::EXPLORE_LIKED).get(pages::explore_liked)))
        .service(guarded(web::resource(urls::EXPLORE_ATOM).get(feeds::explore)))
        .service(guarded(web::resource(urls::TAG_ATOM).get(feeds::tag)))
        .service(guarded(web::resource(urls::OEMBED).get(feeds::oembed)))
        .service(guarded(web::resource(urls::TAG).get(pages::tag)))
        .service(guarded(web::resource(urls::NEW_POST).get(composer::show).post(composer::share)))
        .service(guarded(web::resource(urls::PHOTOS).post(composer::take)))
        .service(guarded(web::resource(urls::PHOTO_DELETE).post(composer::give_up)))
        .service(guarded(web::resource(urls::SUGGEST).get(composer::suggest)))
        .service(guarded(web::resource(urls::POST).get(pages::show)))
        .service(guarded(web::resource(urls::POST_EDIT).get(composer::edit).post(composer::save)))
        .service(guarded(web::resource(urls::POST_DELETE).get(pages::delete).post(actions::delete)))
        .service(guarded(web::resource(urls::POST_LIKE).post(actions::like)))
        .service(guarded(web::resource(urls::POST_SAVE).post(actions::save)))
        .service(guarded(web::resource(urls::POST_PIN).post(actions::pin)))
        .service(guarded(web::resource(urls::POST_ARCHIVE).post(actions::archive)))
        .service(guarded(web::resource(urls::POST_RESTORE).post(actions::restore)))
        .service(guarded(web::resource(urls::SAVED).get(pages::saved)))
        .service(guarded(web::resource(urls::ARCHIVE).get(pages::archive)))
        .service(guarded(web::resource(urls::POST_LIKES).get(pages::likes)))
        .service(guarded(web::resource(urls::POST_DOWNLOADS).get(pages::downloads)))
        .service(guarded(web::resource(urls::POST_RETRY).post(actions::retry)))
        .service(guarded(web::resource(urls::POST_PHOTO).get(pages::photo)))
        .service(guarded(web::resource(urls::POST_PHOTO_DELETE).get(pages::delete_photo).post(actions::delete_photo)));
}
