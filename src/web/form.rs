//! Forms: values are kept, and every problem stands at its own field. Actions build a [`FieldErrors`], templates draw it with
//! one macro, a JSON client gets the same as `errors` in a problem document.

use crate::error::Error;
use crate::web::i18n::{Lang, Message};
use std::collections::BTreeMap;

/// Ordinary forms are short; only pictures are large, and they come another way.
pub const LIMIT: usize = 64 * 1024;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldErrors(BTreeMap<String, Message>);

impl FieldErrors {
    /// The first problem of a field stays: one at a time is enough to read.
    pub fn add(&mut self, field: impl Into<String>, message: Message) {
        self.0.entry(field.into()).or_insert(message);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn has(&self, field: impl AsRef<str>) -> bool {
        self.0.contains_key(field.as_ref())
    }

    pub fn get(&self, field: &str) -> Option<&Message> {
        self.0.get(field)
    }

    /// Field names with their messages in words: for JSON.
    pub fn in_language(&self, lang: Lang) -> BTreeMap<&str, String> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.in_language(lang))).collect()
    }
}

/// How actix reads ordinary forms and paths here: its own errors become ours.
pub fn config() -> actix_web::web::FormConfig {
    use actix_web::error::UrlencodedError;
    actix_web::web::FormConfig::default().limit(LIMIT).error_handler(|error, _| {
        match error {
            UrlencodedError::Overflow { .. } => Error::TooLarge { limit: LIMIT as u64 },
            other => Error::BadRequest(other.to_string()),
        }
        .into()
    })
}

/// An id in an address that is not a number leads nowhere.
pub fn path_config() -> actix_web::web::PathConfig {
    actix_web::web::PathConfig::default().error_handler(|_, _| Error::NotFound.into())
}

pub fn query_config() -> actix_web::web::QueryConfig {
    actix_web::web::QueryConfig::default().error_handler(|error, _| Error::BadRequest(error.to_string()).into())
}

/// Text a person typed in several lines: browsers send CRLF; other control characters, and what no XML may hold (a feed would end
/// there), have no business in it.
pub fn multiline(text: &str) -> String {
    let belongs = |c: &char| *c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.replace("\r\n", "\n").chars().filter(belongs).collect::<String>().trim().to_owned()
}
