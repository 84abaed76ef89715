//! Accounts: who somebody is and how they prove it. Sign-up, sign-in, sign-out, sessions, passwords, the reader's own settings.
//!
//! What is public of an account (its page) is `profiles`' business. Administrators are made on the server only (see
//! `create_admin`), never by a request.
//!
//! Offers the floors above: [`User`], [`Person`] (what a card shows of somebody), [`sessions`] for the viewer, [`Username`].

mod actions;
pub mod common_passwords;
pub mod create_admin;
mod pages;
pub mod password;
mod session;
mod settings;
mod user;

use crate::error::Result;
use crate::platform::db::Conn;
use crate::urls;
use crate::web::UserId;
use crate::web::request_log::guarded;
use crate::web::viewer::Sessions;
use actix_web::web;

pub use session::Session;
pub use user::{DESCRIPTION_LIMIT, NewUser, Person, PersonColumns, Rename, User, Username, email_problem, read_description};

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::SIGN_UP).get(pages::sign_up).post(actions::sign_up)))
        .service(guarded(web::resource(urls::SIGN_IN).get(pages::sign_in).post(actions::sign_in)))
        .service(guarded(web::resource(urls::SIGN_OUT).post(actions::sign_out)))
        .service(guarded(web::resource(urls::SETTINGS).get(settings::show)))
        .service(guarded(web::resource(urls::LANGUAGE).post(settings::set_language)))
        .service(guarded(web::resource(urls::SETTINGS_READING).post(settings::set_reading)))
        .service(guarded(web::resource(urls::APPEARANCE).post(settings::set_appearance)));
}

/// How `web` recognises a viewer. How many notifications they have, a higher floor must say.
pub fn sessions(unread: fn(&mut Conn, UserId) -> Result<i64>) -> Sessions {
    Sessions { find: session::find_viewer, renew: session::renew, unread }
}
