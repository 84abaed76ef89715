//! Search: people by their names, tags, and the words of captions, as one types. Every word is looked for by its beginning, which
//! suits Korean, where particles hang on to nouns, as well as hasty typing.
//!
//! Captions: of however many posts that have the words, the newest thousand are ranked (`captions.rs`), so that a common word
//! costs no more than a rare one.

mod captions;
mod names;
mod pages;

use crate::urls;
use crate::web::request_log::guarded;
use actix_web::web;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(guarded(web::resource(urls::SEARCH).get(pages::show)));
}

/// Words of a query that count.
const WORDS: usize = 8;

/// The words of a query, in lower case.
fn words(query: &str) -> Vec<String> {
    let mut words = words_of(query);
    words.truncate(WORDS);
    words
}

/// What both databases take for words.
fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The end of the range of texts that begin with `prefix`, where texts are compared byte by byte.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}
