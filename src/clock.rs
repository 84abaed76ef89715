//! What time it is. One clock stands in the application's state, so that a test can move it without touching the machine's.

use chrono::{NaiveDateTime, SubsecRound, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment in UTC, to the microsecond: what both databases keep exactly.
pub type Timestamp = NaiveDateTime;

/// Copies of one clock show the same time.
#[derive(Clone, Default)]
pub struct Clock {
    ahead_micros: Arc<AtomicI64>,
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        let ahead = TimeDelta::microseconds(self.ahead_micros.load(Ordering::Relaxed));
        (Utc::now().naive_utc() + ahead).trunc_subsecs(6)
    }

    /// Moves this clock (and its copies) forward: for tests of what happens later.
    pub fn advance(&self, by: TimeDelta) {
        let micros = by.num_microseconds().unwrap_or(i64::MAX);
        self.ahead_micros.fetch_add(micros, Ordering::Relaxed);
    }
}

/// How long ago something was, in the largest unit that is not zero. The words for it are in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ago {
    JustNow,
    Minutes(i64),
    Hours(i64),
    Days(i64),
    /// A week or more: show the date instead.
    Date,
}

/// A moment in the future (a clock that was set back) counts as now.
pub fn ago(then: Timestamp, now: Timestamp) -> Ago {
    match (now - then).num_seconds() {
        ..60 => Ago::JustNow,
        seconds @ 60..3_600 => Ago::Minutes(seconds / 60),
        seconds @ 3_600..86_400 => Ago::Hours(seconds / 3_600),
        seconds @ 86_400..604_800 => Ago::Days(seconds / 86_400),
        _ => Ago::Date,
    }
}

/// How long until something will be, in the largest unit that is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    Now,
    Seconds(i64),
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

/// What is past counts as now.
pub fn ahead(then: Timestamp, now: Timestamp) -> Ahead {
    match (then - now).num_seconds() {
        ..1 => Ahead::Now,
        seconds @ 1..60 => Ahead::Seconds(seconds),
        seconds @ 60..3_600 => Ahead::Minutes(seconds / 60),
        seconds @ 3_600..86_400 => Ahead::Hours(seconds / 3_600),
        seconds => Ahead::Days(seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ago_changes_its_unit_exactly_at_the_border() {
        let now = Clock::default().now();
        let at = |seconds| ago(now - TimeDelta::seconds(seconds), now);
        assert_eq!(at(-5), Ago::JustNow);
        assert_eq!(at(59), Ago::JustNow);
        assert_eq!(at(60), Ago::Minutes(1));
        assert_eq!(at(3_599), Ago::Minutes(59));
        assert_eq!(at(3_600), Ago::Hours(1));
        assert_eq!(at(86_400), Ago::Days(1));
        assert_eq!(at(604_799), Ago::Days(6));
        assert_eq!(at(604_800), Ago::Date);
    }

    #[test]
    fn ahead_changes_its_unit_exactly_at_the_border() {
        let now = Clock::default().now();
        let at = |seconds| ahead(now + TimeDelta::seconds(seconds), now);
        assert_eq!((at(-9), at(0), at(1), at(59)), (Ahead::Now, Ahead::Now, Ahead::Seconds(1), Ahead::Seconds(59)));
        assert_eq!((at(60), at(3_599), at(3_600)), (Ahead::Minutes(1), Ahead::Minutes(59), Ahead::Hours(1)));
        assert_eq!((at(86_399), at(86_400)), (Ahead::Hours(23), Ahead::Days(1)));
    }
}
