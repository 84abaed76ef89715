//! Capabilities that know nothing of the product: a database, a store for objects, pictures, a queue. Each could serve another
//! program unchanged; the rooms above give them meaning.

pub mod crash;
mod crowd;
pub mod db;
pub mod fetch;
pub mod hub;
pub mod imaging;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod oidc;
pub mod seal;
pub mod storage;
pub mod tarpit;
pub mod turns;
