//! Pictures: taken in, kept, made into variants, streamed, deleted.
//!
//! The order of things is what makes it heal by itself: a row in the ledger (`objects`) before an object is put, the object before
//! anything shows it, and deletion by a job over the ledger. Whatever crashes in between leaves rows that say what to clean up.
//!
//! Offers the floors above: [`upload`] (a form with files → checked pictures → stored images), [`Image`], [`Photo`] (what a
//! template draws). Downloads that need a permission live where the permission is known (`downloads`); this room
//! shows public variants only, and knows how to [send](serve) an object.

pub mod check;
pub mod copy;
pub mod files;
mod image;
pub mod jobs;
pub mod moving;
mod object;
mod pages;
mod photo;
pub mod serve;
pub mod upload;
mod waiting;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use image::{Group, Image, ImageId, State};
pub use object::{doomed_count, ledger_keys};
pub use photo::{Photo, PhotoColumns};
pub use waiting::Waiting;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(guarded(web::resource(urls::MEDIA).get(pages::stream)));
}
