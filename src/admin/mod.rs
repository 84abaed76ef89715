//! What administrators look after: people, who would like to join, invites, mails, jobs, and the log of what they did themselves.
//!
//! For everybody else these addresses do not exist: a member is answered 404, a visitor is asked to sign in first, as anywhere.
//! Everything that is done here stands in the audit log with who did it.

mod actions;
mod acts;
mod csv;
mod invites;
mod job;
mod log;
mod mail;
mod nav;
mod pages;
mod person;
mod registrations;
mod user;
mod users;

use crate::error::{Error, Result};
use crate::urls;
use crate::web::request_log::guarded;
use crate::web::{Viewer, Visit, form};
use actix_web::web;

pub use job::{About, Row};
pub use person::Status;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::ADMIN).get(pages::home)))
        .service(guarded(web::resource(urls::ADMIN_USERS).get(users::show)))
        .service(guarded(web::resource(urls::ADMIN_USERS_EXPORT).post(users::export)))
        .service(guarded(web::resource(urls::ADMIN_USERS_BAN).get(acts::ask_ban).post(acts::ban)))
        .service(guarded(web::resource(urls::ADMIN_USERS_UNBAN).post(acts::unban)))
        .service(guarded(web::resource(urls::ADMIN_USERS_SESSIONS).post(acts::end_sessions)))
        .service(guarded(web::resource(urls::ADMIN_USERS_SECOND_FACTOR).get(acts::ask_second_factor).post(acts::remove_second_factor)))
        .service(guarded(web::resource(urls::ADMIN_USER).get(user::show)))
        .service(guarded(web::resource(urls::ADMIN_REGISTRATIONS).get(registrations::show)))
        .service(guarded(web::resource(urls::ADMIN_APPROVE).post(registrations::approve)))
        .service(guarded(web::resource(urls::ADMIN_DECLINE).get(registrations::ask_decline).post(registrations::decline)))
        .service(guarded(web::resource(urls::ADMIN_INVITES).get(invites::show).post(invites::create)))
        .service(guarded(web::resource(urls::ADMIN_INVITES_REVOKE).post(invites::revoke)))
        .service(guarded(web::resource(urls::ADMIN_MAIL).get(mail::show)))
        .service(guarded(web::resource(urls::ADMIN_AUDIT).get(log::show)))
        .service(guarded(web::resource(urls::ADMIN_JOBS).get(pages::jobs)))
        .service(guarded(web::resource(urls::ADMIN_JOBS_RETRY).post(actions::retry)))
        .service(guarded(web::resource(urls::ADMIN_JOBS_CANCEL).get(pages::cancel).post(actions::cancel)));
}

/// # Errors
/// `SignInNeeded` for a visitor, `NotFound` for a member.
fn only_admins(viewer: Option<&Viewer>) -> Result<()> {
    match viewer {
        None => Err(Error::SignInNeeded),
        Some(viewer) if viewer.is_admin() => Ok(()),
        Some(_) => Err(Error::NotFound),
    }
}

/// What an administrator ticked and typed: names may repeat, so these forms are read as a list.
///
/// # Errors
/// Those of [`only_admins`]; `TooLarge` beyond the limit of ordinary forms.
async fn fields(visit: &Visit, body: &[u8]) -> Result<Vec<(String, String)>> {
    only_admins(visit.load_viewer().await?)?;
    if body.len() > form::LIMIT {
        return Err(Error::TooLarge { limit: form::LIMIT as u64 });
    }
    serde_urlencoded::from_bytes(body).map_err(|error| Error::BadRequest(error.to_string()))
}
