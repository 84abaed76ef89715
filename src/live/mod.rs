//! What is live: one WebSocket for each open page, over which the site speaks and the page only says what it shows.
//!
//! A page connects, names the posts it has (`{"posts":["…"]}`), and is told what they count now and how many notifications
//! wait; from then on it hears of every change. After a connection that broke it does the same again, so nothing is missed:
//! the socket carries the present, never a history. What is written goes by forms, as always.
//!
//! Messages are JSON for `app.js`: `{"unread":3}`, `{"post":"…","likes":5}`, `{"post":"…","comments":2}`, `{"unread":3,"news":true}`.

mod socket;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub use socket::Sockets;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(guarded(web::resource(urls::LIVE).get(socket::connect)));
}
