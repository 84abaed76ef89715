//! Downloads: every size of a picture by its id, with the name it came with, and the original for the one who shared it; and
//! what the JSON API tells of a picture.
//!
//! A room of its own because it must know whether a picture may be seen, and only the rooms below know that: of a photo its post,
//! of a face the person who wears it. The public addresses under `/media` ask no such question: who has one may look.

mod api;
mod pages;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::IMAGE_DOWNLOAD).get(pages::download)))
        .service(guarded(web::resource(urls::API_IMAGE).get(api::image)));
}
