//! A notice for the next page, carried in a signed cookie and shown once.

use crate::web::i18n::{self, Message};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub tone: Tone,
    pub key: &'static str,
    /// For messages that count: `$count`, and `$rest` of which it is not true.
    counts: Option<(i64, i64)>,
    /// A deleted post that can be had back for a moment.
    undo: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
}

impl Flash {
    pub fn good(key: &'static str) -> Self {
        Flash { tone: Tone::Good, key, counts: None, undo: None }
    }

    pub fn bad(key: &'static str) -> Self {
        Flash { tone: Tone::Bad, key, counts: None, undo: None }
    }

    /// "3 of them are done, 1 is not": bad when nothing was done at all.
    pub fn counted(key: &'static str, count: usize, rest: usize) -> Self {
        let tone = if count > 0 { Tone::Good } else { Tone::Bad };
        Flash { tone, key, counts: Some((count as i64, rest as i64)), undo: None }
    }

    /// With a button that takes the deletion of this post back.
    pub fn with_undo(mut self, post: i64) -> Self {
        self.undo = Some(post);
        self
    }

    pub fn undo(&self) -> Option<i64> {
        self.undo
    }

    pub fn is_bad(&self) -> bool {
        self.tone == Tone::Bad
    }

    pub fn message(&self) -> Message {
        match self.counts {
            None => Message { key: self.key, args: Vec::new() },
            Some((count, rest)) => Message { key: self.key, args: vec![("count", count.into()), ("rest", rest.into())] },
        }
    }

    pub(super) fn to_cookie(&self) -> String {
        let tone = if self.is_bad() { "bad" } else { "good" };
        match (self.counts, self.undo) {
            (Some((count, rest)), _) => format!("{tone}.{}.{count}.{rest}", self.key),
            (None, Some(post)) => format!("{tone}.{}.undo.{post}", self.key),
            (None, None) => format!("{tone}.{}", self.key),
        }
    }

    pub(super) fn from_cookie(value: &str) -> Option<Self> {
        let mut parts = value.split('.');
        let tone = if parts.next()? == "bad" { Tone::Bad } else { Tone::Good };
        let key = i18n::known(parts.next()?)?;
        let (counts, undo) = match (parts.next(), parts.next()) {
            (Some("undo"), Some(post)) => (None, Some(post.parse().ok()?)),
            (Some(count), Some(rest)) => (Some((count.parse().ok()?, rest.parse().ok()?)), None),
            _ => (None, None),
        };
        Some(Flash { tone, key, counts, undo })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_survives_its_cookie() {
        for flash in [
            Flash::good("flash-welcome"),
            Flash::bad("flash-welcome"),
            Flash::counted("flash-jobs-retried", 3, 1),
            Flash::good("flash-welcome").with_undo(7),
        ] {
            assert_eq!(Flash::from_cookie(&flash.to_cookie()), Some(flash));
        }
        for wrong in ["", "good", "good.no-such-message", "good.flash-jobs-retried.many.1"] {
            assert_eq!(Flash::from_cookie(wrong), None, "{wrong}");
        }
    }
}
