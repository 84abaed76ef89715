//! People among people: following and being asked, followers and whom somebody follows, blocking, muting, and whom one might want
//! to follow. Who may see what of it is decided in `audience`; this room has the pages, and tells the news.
//!
//! Offers the floors above: [`Contact`] (somebody as the viewer meets them, with what `people/_follow.html` needs for the follow
//! button) and [`suggestions()`] (for `people/_suggestions.html`).

mod actions;
mod contact;
mod lists;
mod pages;
mod settings;
mod suggestions;
mod ties;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use contact::{Contact, Tie, tie_columns};
pub use suggestions::{Reason, Suggestion, questions, suggestions};

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::PROFILE_FOLLOW).post(actions::follow)))
        .service(guarded(web::resource(urls::PROFILE_FOLLOWER).get(pages::remove_follower).post(actions::remove_follower)))
        .service(guarded(web::resource(urls::PROFILE_BLOCK).get(pages::block).post(actions::block)))
        .service(guarded(web::resource(urls::PROFILE_MUTE).post(actions::mute)))
        .service(guarded(web::resource(urls::PROFILE_SUGGESTION).post(actions::dismiss)))
        .service(guarded(web::resource(urls::FOLLOWERS).get(pages::followers)))
        .service(guarded(web::resource(urls::FOLLOWING).get(pages::following)))
        .service(guarded(web::resource(urls::PEOPLE).get(pages::suggested)))
        .service(guarded(web::resource(urls::REQUESTS).get(pages::requests).post(actions::accept_all)))
        .service(guarded(web::resource(urls::REQUEST).post(actions::answer)))
        .service(guarded(web::resource(urls::SETTINGS_PRIVACY).post(settings::set_privacy)))
        .service(guarded(web::resource(urls::SETTINGS_BLOCKED).get(settings::blocked)))
        .service(guarded(web::resource(urls::SETTINGS_MUTED).get(settings::muted)));
}
