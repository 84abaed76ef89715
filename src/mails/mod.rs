//! What the site writes to people: every mail is a row and a job, made in the transaction that causes it. What it says (codes,
//! links) is sealed in the row until it is sent, and wiped then; administrators see whom it is for, its kind, its state and its
//! last error.
//!
//! Offers the floors above: [`Mail::queue`], [`Kind`], [`Recipient`].

mod jobs;
mod letter;
mod mail;
mod unsubscribe;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use jobs::{Forget, SendMail};
pub use letter::Kind;
pub use mail::{Counts, Entry, Mail, PAGE, Recipient, State};

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(guarded(web::resource(urls::UNSUBSCRIBE).get(unsubscribe::show).post(unsubscribe::stop)));
}
