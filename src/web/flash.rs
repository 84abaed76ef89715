//! A notice for the next page, carried in a signed cookie and shown once.

use crate::web::i18n;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub tone: Tone,
    pub key: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
}

impl Flash {
    pub fn good(key: &'static str) -> Self {
        Flash { tone: Tone::Good, key }
    }

    pub fn bad(key: &'static str) -> Self {
        Flash { tone: Tone::Bad, key }
    }

    pub fn is_bad(&self) -> bool {
        self.tone == Tone::Bad
    }

    pub(super) fn to_cookie(&self) -> String {
        let tone = if self.is_bad() { "bad" } else { "good" };
        format!("{tone}.{}", self.key)
    }

    pub(super) fn from_cookie(value: &str) -> Option<Self> {
        let (tone, key) = value.split_once('.')?;
        let tone = if tone == "bad" { Tone::Bad } else { Tone::Good };
        Some(Flash { tone, key: i18n::known(key)? })
    }
}
