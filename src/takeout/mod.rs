//! Taking everything along, bringing it back, and leaving.
//!
//! - A **copy** ([`export`]) is a ZIP with originals, a document for programs ([`mod@format`], docs/takeout.md) and pages that open
//!   from the file ([`site`]); a job gathers it ([`gather`]) into the spool and puts it under a private key.
//! - A **file from elsewhere** ([`import`]) is stored, looked through, shown with a line for each thing in it ([`receipt`]), and
//!   made into posts when its owner says so ([`importing`]).
//! - A **deletion** ([`deletion`]) is planned, can be stopped for two weeks by signing in, and then takes everything.
//!
//! All three are jobs that can die anywhere and begin again: rows come first, objects after them, and what was made stands in
//! the transaction that makes it.

mod actions;
pub mod archive;
mod contents;
pub mod deletion;
pub mod export;
pub mod format;
pub mod gather;
pub mod import;
pub mod importing;
pub mod jobs;
mod making;
mod pages;
pub mod receipt;
mod site;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::SETTINGS_EXPORT).get(pages::export).post(actions::begin_export)))
        .service(guarded(web::resource(urls::SETTINGS_EXPORT_CANCEL).post(actions::cancel_export)))
        .service(guarded(web::resource(urls::SETTINGS_EXPORT_FILE).get(pages::export_file)))
        .service(guarded(web::resource(urls::SETTINGS_IMPORT).get(pages::import).post(actions::upload_import)))
        .service(guarded(web::resource(urls::SETTINGS_IMPORT_START).post(actions::start_import)))
        .service(guarded(web::resource(urls::SETTINGS_IMPORT_CANCEL).post(actions::cancel_import)))
        .service(guarded(web::resource(urls::SETTINGS_DELETE).get(pages::delete).post(actions::delete)));
}
