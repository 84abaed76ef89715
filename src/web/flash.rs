//! A notice for the next page, carried in a signed cookie and shown once.

use crate::web::i18n::{self, Message};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub tone: Tone,
    pub key: &'static str,
    /// For messages that count: `$count`, and `$rest` of which it is not true.
    counts: Option<(i64, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
}

impl Flash {
    pub fn good(key: &'static str) -> Self {
        Flash { tone: Tone::Good, key, counts: None }
    }

    pub fn bad(key: &'static str) -> Self {
        Flash { tone: Tone::Bad, key, counts: None }
    }

    /// "3 of them are done, 1 is not": bad when nothing was done at all.
    pub fn counted(key: &'static str, count: usize, rest: usize) -> Self {
        let tone = if count > 0 { Tone::Good } else { Tone::Bad };
        Flash { tone, key, counts: Some((count as i64, rest as i64)) }
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
        match self.counts {
            None => format!("{tone}.{}", self.key),
            Some((count, rest)) => format!("{tone}.{}.{count}.{rest}", self.key),
        }
    }

    pub(super) fn from_cookie(value: &str) -> Option<Self> {
        let mut parts = value.split('.');
        let tone = if parts.next()? == "bad" { Tone::Bad } else { Tone::Good };
        let key = i18n::known(parts.next()?)?;
        let counts = match (parts.next(), parts.next()) {
            (Some(count), Some(rest)) => Some((count.parse().ok()?, rest.parse().ok()?)),
            _ => None,
        };
        Some(Flash { tone, key, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_survives_its_cookie() {
        for flash in [Flash::good("flash-welcome"), Flash::bad("flash-welcome"), Flash::counted("flash-jobs-retried", 3, 1)] {
            assert_eq!(Flash::from_cookie(&flash.to_cookie()), Some(flash));
        }
        for wrong in ["", "good", "good.no-such-message", "good.flash-jobs-retried.many.1"] {
            assert_eq!(Flash::from_cookie(wrong), None, "{wrong}");
        }
    }
}
