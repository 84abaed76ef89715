//! The bench the tests work on. A test is a story about people: [`site`] starts a site of its own for it, gives it a [`TestApp`],
//! and afterwards checks what must hold after every story (see [`app`]).

pub mod app;
pub mod browser;
pub mod factories;
pub mod faulty_s3;
pub mod oidc;
pub mod pictures;
pub mod postgres;
pub mod program;
pub mod s3;
pub mod smtp;
pub mod source;

pub use app::{Setup, TestApp, run, site};
pub use browser::{Browser, Page, Upload};
pub use pictures::Picture;

/// What a message says in English, with `{ $name }` filled in.
pub fn words(key: &'static str, values: &[(&'static str, i64)]) -> String {
    use picstargram::web::i18n::{Lang, Message};
    values.iter().fold(Message::new(key), |message, (name, value)| message.with(name, *value)).in_language(Lang::En)
}
