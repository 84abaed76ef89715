//! A job that meets an outage (the store away, a disk full) has not failed: it is tried again and again, uncounted, until the outage
//! is over. After days of it the attempts count again, so that it ends one day, with its error to be read.

use crate::clock::Timestamp;
use crate::error::Error;
use chrono::TimeDelta;

/// How long a job waits for an outage to end, from when it was queued.
const PATIENCE: TimeDelta = TimeDelta::days(3);
const FIRST_RETRY: TimeDelta = TimeDelta::seconds(5);
/// What an outage has held up goes on at most this much, and a quarter, after its end.
const LONGEST_RETRY: TimeDelta = TimeDelta::minutes(5);

/// Whether this failure is an outage that is waited for.
pub(super) fn is_waited_for(error: &Error, queued_at: Timestamp, now: Timestamp) -> bool {
    error.is_outage() && now - queued_at < PATIENCE
}

/// After half the time the job has waited already: often at first, seldom in a long outage. `random` (0 to 1) spreads what it
/// has held up.
pub(super) fn retry_at(queued_at: Timestamp, now: Timestamp, random: f64) -> Timestamp {
    let wait = ((now - queued_at) / 2).clamp(FIRST_RETRY, LONGEST_RETRY);
    let spread = wait.num_milliseconds() as f64 * random / 4.0;
    now + wait + TimeDelta::milliseconds(spread as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_waited_for_at_growing_intervals_and_not_for_ever() {
        let now = crate::clock::Clock::default().now();
        let wait = |age, random| (retry_at(now - age, now, random) - now).num_seconds();
        assert_eq!(wait(TimeDelta::zero(), 0.0), 5);
        assert_eq!(wait(TimeDelta::seconds(40), 0.0), 20);
        assert_eq!(wait(TimeDelta::hours(9), 0.0), 300);
        assert_eq!(wait(TimeDelta::hours(9), 1.0), 375);
        let away = Error::unavailable("away");
        assert!(is_waited_for(&away, now - TimeDelta::days(2), now));
        assert!(!is_waited_for(&away, now - TimeDelta::days(3), now));
        assert!(!is_waited_for(&Error::internal("a bug"), now, now));
    }
}
