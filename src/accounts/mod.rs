//! Accounts: who somebody is and how they prove it. Sign-up, sign-in, sign-out, sessions, passwords, the reader's own settings.
//!
//! What is public of an account (its page) is `profiles`' business. Administrators are made on the server only (see
//! `create_admin`), never by a request.
//!
//! Offers the floors above: [`User`], [`Person`] (what a card shows of somebody), [`sessions`] for the viewer, [`Username`].

mod actions;
pub mod application;
pub mod audit;
pub mod ban;
pub mod challenge;
pub mod common_passwords;
pub mod confirm;
pub mod create_admin;
pub mod details;
pub mod device;
mod email_code;
pub mod entry;
pub mod invite;
pub mod inviting;
mod jobs;
pub mod oversight;
mod pages;
pub mod password;
pub mod reset;
mod reset_link;
pub mod second_factor;
mod security;
pub mod security_event;
mod session;
mod settings;
mod sign_in;
mod sign_up;
pub mod social;
mod standing;
mod two_step;
mod user;
mod verify;

use crate::config::{Config, Registration};
use crate::error::Result;
use crate::platform::db::Conn;
use crate::urls;
use crate::web::UserId;
use crate::web::request_log::guarded;
use crate::web::viewer::Sessions;
use actix_web::web;

pub use jobs::Upkeep;
pub use session::{OpenSession, Session};
pub use user::{DESCRIPTION_LIMIT, MOST_NAMES, NewUser, Person, PersonColumns, Rename, User, Username, email_problem, read_description};

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .configure(social::routes)
        .service(guarded(web::resource(urls::SIGN_UP).get(sign_up::show).post(sign_up::sign_up)))
        .service(guarded(web::resource(urls::SIGN_UP_STATUS).get(standing::show)))
        .service(guarded(web::resource(urls::SIGN_UP_WITHDRAW).post(standing::withdraw)))
        .service(guarded(web::resource(urls::SIGN_IN).get(pages::sign_in).post(sign_in::sign_in)))
        .service(guarded(web::resource(urls::SIGN_OUT).post(actions::sign_out)))
        .service(guarded(web::resource(urls::VERIFY).get(verify::show).post(verify::check)))
        .service(guarded(web::resource(urls::VERIFY_AGAIN).post(verify::again)))
        .service(guarded(web::resource(urls::PASSWORD_FORGOT).get(reset::forgot).post(reset::ask)))
        .service(guarded(web::resource(urls::PASSWORD_RESET).get(reset::show).post(reset::reset)))
        .service(guarded(web::resource(urls::CONFIRM).get(confirm::show).post(confirm::confirm)))
        .service(guarded(web::resource(urls::SETTINGS_ACCOUNT).get(details::show).post(details::save)))
        .service(guarded(web::resource(urls::SETTINGS_EMAIL).get(details::to_account).post(details::change_email)))
        .service(guarded(web::resource(urls::SETTINGS_EMAIL_CANCEL).post(verify::cancel)))
        .service(guarded(web::resource(urls::SETTINGS_SESSIONS).get(security::sessions).post(security::end_sessions)))
        .service(guarded(web::resource(urls::SETTINGS_SECURITY).get(security::show)))
        .service(guarded(web::resource(urls::SETTINGS_PASSWORD).get(security::to_security).post(security::change_password)))
        .service(guarded(web::resource(urls::SETTINGS_INVITES).get(inviting::show).post(inviting::create)))
        .service(guarded(web::resource(urls::SETTINGS_INVITES_REVOKE).post(inviting::revoke)))
        .service(guarded(web::resource(urls::SETTINGS_TWO_STEP).get(two_step::show).post(two_step::turn_on)))
        .service(guarded(web::resource(urls::SETTINGS_TWO_STEP_BEGIN).get(two_step::to_two_step).post(two_step::begin)))
        .service(guarded(web::resource(urls::SETTINGS_TWO_STEP_OFF).get(two_step::to_two_step).post(two_step::turn_off)))
        .service(guarded(web::resource(urls::SETTINGS_TWO_STEP_CODES).get(two_step::to_two_step).post(two_step::new_codes)))
        .service(guarded(web::resource(urls::SETTINGS_TWO_STEP_FILE).get(two_step::to_two_step).post(two_step::download_codes)))
        .service(guarded(web::resource(urls::SIGN_IN_CODE).get(two_step::ask).post(two_step::answer)))
        .service(guarded(web::resource(urls::SETTINGS_MAILS).post(settings::set_mails)))
        .service(guarded(web::resource(urls::SETTINGS).get(settings::show)))
        .service(guarded(web::resource(urls::LANGUAGE).post(settings::set_language)))
        .service(guarded(web::resource(urls::SETTINGS_READING).post(settings::set_reading)))
        .service(guarded(web::resource(urls::APPEARANCE).post(settings::set_appearance)));
}

/// Whether anybody may make an account by themselves.
pub fn registration_open(config: &Config) -> bool {
    config.accounts.registration == Registration::Open
}

/// How `web` recognises a viewer. How many notifications they have, a higher floor must say.
pub fn sessions(unread: fn(&mut Conn, UserId) -> Result<i64>) -> Sessions {
    Sessions { find: session::find_viewer, renew: session::renew, sight: session::sight, unread }
}
