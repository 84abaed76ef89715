//! Notifications: what others did that concerns somebody. One row stands for one line of the list ("Mina and 11 others liked
//! your photo"): while it is unread, more of the same joins it; once it is read, the next begins a new one. The badge counts the
//! very rows the list shows ([`Notification::unread`]).
//!
//! Rooms above tell their news with [`Notification::deliver`] in the transaction that makes it true, and take it back with
//! [`Notification::withdraw`]. Nothing is delivered to oneself, across a block, from somebody muted, or of a kind switched off.

mod actions;
mod list;
mod notification;
mod pages;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use notification::{COUNT_ONLY, Kind, News, Notification};

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::NOTIFICATIONS).get(pages::show)))
        .service(guarded(web::resource(urls::NOTIFICATIONS_READ).post(actions::mark_read)))
        .service(guarded(web::resource(urls::SETTINGS_NOTIFICATIONS).get(pages::settings).post(actions::save_settings)));
}
