//! A person's page: face, description, counts, the grid of their posts, and the form that changes these.
//!
//! Names change and links stay: an old @name redirects to its owner's present one. After a change the whole page is asked for
//! anew (`HX-Location`), because a face and a name stand in many places of it.

mod actions;
mod import;
mod pages;
mod profile;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use profile::Profile;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::SETTINGS_PROFILE).get(pages::edit).post(actions::save)))
        .service(guarded(web::resource(urls::PROFILE_ATOM).get(pages::feed)))
        .service(guarded(web::resource(urls::PROFILE).get(pages::show)));
}
