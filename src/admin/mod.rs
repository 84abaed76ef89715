//! What administrators look after: so far the jobs.
//!
//! For everybody else these addresses do not exist: a member is answered 404, a visitor is asked to sign in first, as anywhere.
//! Everything that is done here is logged with who did it.

mod actions;
mod job;
mod pages;

use crate::error::{Error, Result};
use crate::urls;
use crate::web::Viewer;
use crate::web::request_log::guarded;
use actix_web::web;

pub use job::{About, Row};

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::ADMIN).get(pages::home)))
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
