//! How often something may happen: a bucket that fills again evenly, and delays that grow with every failure. In this process, or
//! for all nodes in a Redis server; when that is away each node counts for itself. Memory is bounded: what was not asked about
//! for long is forgotten, and so are the least asked of too many.

use crate::clock::Timestamp;
use crate::platform::seal::Sealer;
use moka::ops::compute::Op;
use moka::sync::Cache;
use redis::aio::ConnectionManager;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

/// Some 100 bytes each.
const MOST_KEYS: u64 = 200_000;
/// A server that does not answer within this is away.
const PATIENCE: Duration = Duration::from_millis(500);

/// So many at once, and one more after every pause (GCRA, the leaky bucket as a meter).
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub name: &'static str,
    pub burst: u32,
    pub every: Duration,
}

/// So many failures are free; then each next try waits, first this long, then twice as long each time.
#[derive(Clone, Copy, Debug)]
pub struct Delays {
    pub name: &'static str,
    pub free: u32,
    pub first: Duration,
    pub longest: Duration,
    /// Without a try for so long everything is forgotten.
    pub forget: Duration,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Of a rule: the time at which the bucket is full again. Of delays: the time of the next try. Milliseconds since 1970.
    at: i64,
    failures: u32,
    /// When it may be forgotten.
    until: i64,
}

#[derive(Clone)]
pub struct Limits {
    local: Cache<String, Seen>,
    shared: Option<Arc<Shared>>,
    sealer: Sealer,
}

struct Shared {
    url: String,
    connection: OnceCell<ConnectionManager>,
}

impl Limits {
    pub fn new(redis: Option<&str>, sealer: Sealer) -> Self {
        Limits {
            local: Cache::builder().max_capacity(MOST_KEYS).time_to_idle(Duration::from_secs(24 * 3_600)).build(),
            shared: redis.map(|url| Arc::new(Shared { url: url.to_owned(), connection: OnceCell::new() })),
            sealer,
        }
    }

    /// Takes one, or says how long to wait for the next.
    pub async fn take(&self, rule: &Rule, key: &str, now: Timestamp) -> Result<(), Duration> {
        let (now, every) = (millis(now), rule.every.as_millis() as i64);
        let room = every * i64::from(rule.burst);
        let key = self.key(rule.name, key);
        if let Some(answer) = self.ask(TAKE, &key, &[now, every, room]).await {
            return waits(answer);
        }
        let mut answer = 0;
        self.local.entry(key).and_compute_with(|seen| {
            let full = seen.map_or(0, |seen| seen.into_value().at).max(now);
            if full + every > now + room {
                answer = full + every - now - room;
                return Op::Nop;
            }
            Op::Put(Seen { at: full + every, failures: 0, until: full + every })
        });
        waits(answer)
    }

    /// Puts back what was taken for something that does not count after all.
    pub async fn give_back(&self, rule: &Rule, key: &str) {
        let every = rule.every.as_millis() as i64;
        let key = self.key(rule.name, key);
        self.ask(GIVE_BACK, &key, &[every]).await;
        self.local.entry(key).and_compute_with(|seen| match seen.map(moka::Entry::into_value) {
            Some(seen) => Op::Put(Seen { at: seen.at - every, ..seen }),
            None => Op::Nop,
        });
    }

    /// Begins a try, counted as failed until [`Limits::succeeded`]: a hundred at once count as a hundred. Or says how long to wait.
    pub async fn attempt(&self, delays: &Delays, key: &str, now: Timestamp) -> Result<(), Duration> {
        let now = millis(now);
        let (first, longest, forget) =
            (delays.first.as_millis() as i64, delays.longest.as_millis() as i64, delays.forget.as_millis() as i64);
        let key = self.key(delays.name, key);
        if let Some(answer) = self.ask(ATTEMPT, &key, &[now, i64::from(delays.free), first, longest, forget]).await {
            return waits(answer);
        }
        let mut answer = 0;
        self.local.entry(key).and_compute_with(|seen| {
            let seen = seen.map(moka::Entry::into_value).filter(|seen| seen.until > now).unwrap_or_default();
            if seen.at > now {
                answer = seen.at - now;
                return Op::Nop;
            }
            let failures = seen.failures.saturating_add(1);
            let pause = failures.checked_sub(delays.free).map_or(0, |over| first.saturating_mul(1 << over.min(20)).min(longest));
            Op::Put(Seen { at: now + pause, failures, until: now + forget })
        });
        waits(answer)
    }

    /// The last try was right: those before it are forgiven.
    pub async fn succeeded(&self, delays: &Delays, key: &str) {
        let key = self.key(delays.name, key);
        self.ask(FORGET, &key, &[]).await;
        self.local.invalidate(&key);
    }

    /// Counts one more.
    pub async fn tally(&self, name: &str, key: &str) {
        let key = self.key(name, key);
        if self.ask(TALLY, &key, &[]).await.is_none() {
            self.local.entry(key).and_upsert_with(|seen| {
                let seen = seen.map(moka::Entry::into_value).unwrap_or_default();
                Seen { failures: seen.failures.saturating_add(1), ..seen }
            });
        }
    }

    /// How many were counted since the last time somebody asked.
    pub async fn tallied(&self, name: &str, key: &str) -> u32 {
        let key = self.key(name, key);
        let shared = self.ask(TALLIED, &key, &[]).await.unwrap_or_default();
        let local = self.local.remove(&key).map_or(0, |seen| seen.failures);
        u32::try_from(shared).unwrap_or(u32::MAX).saturating_add(local)
    }

    /// Keys are digests: neither memory nor a shared server holds addresses or names.
    fn key(&self, name: &str, key: &str) -> String {
        format!("picstargram:limit:{name}:{}", &self.sealer.digest("limits", key)[..32])
    }

    /// The shared count, if there is one and it answers.
    async fn ask(&self, script: &str, key: &str, args: &[i64]) -> Option<i64> {
        let shared = self.shared.as_ref()?;
        let asked = async {
            let connection =
                shared.connection.get_or_try_init(|| async { redis::Client::open(shared.url.as_str())?.get_connection_manager().await });
            let mut connection = connection.await?.clone();
            let script = redis::Script::new(script);
            let mut call = script.key(key);
            args.iter().for_each(|arg| {
                call.arg(*arg);
            });
            call.invoke_async::<i64>(&mut connection).await
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(error)) => {
                tracing::warn!(%error, "limits are counted by this node alone");
                None
            }
            Err(_) => {
                tracing::warn!("limits are counted by this node alone: the server does not answer");
                None
            }
        }
    }
}

const TAKE: &str = "local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1]))
local next = full + tonumber(ARGV[2])
local wait = next - tonumber(ARGV[1]) - tonumber(ARGV[3])
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%d', next), 'PX', math.max(1, next - tonumber(ARGV[1])))
return 0";

const GIVE_BACK: &str = "if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECRBY', KEYS[1], ARGV[1]) end
return 0";

const ATTEMPT: &str = "local seen = redis.call('HMGET', KEYS[1], 'at', 'failures')
local now, at, failures = tonumber(ARGV[1]), tonumber(seen[1] or '0'), tonumber(seen[2] or '0') + 1
if at > now then return at - now end
local pause = 0
if failures >= tonumber(ARGV[2]) then
  pause = math.min(tonumber(ARGV[3]) * 2 ^ math.min(failures - tonumber(ARGV[2]), 20), tonumber(ARGV[4]))
end
redis.call('HSET', KEYS[1], 'at', now + pause, 'failures', failures)
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[5]))
return 0";

const TALLY: &str = "redis.call('INCR', KEYS[1]) redis.call('EXPIRE', KEYS[1], 2592000) return 0";

const TALLIED: &str = "local n = redis.call('GET', KEYS[1]) or '0' redis.call('DEL', KEYS[1]) return tonumber(n)";

const FORGET: &str = "redis.call('DEL', KEYS[1]) return 0";

fn millis(now: Timestamp) -> i64 {
    now.and_utc().timestamp_millis()
}

fn waits(answer: i64) -> Result<(), Duration> {
    if answer > 0 { Err(Duration::from_millis(answer as u64)) } else { Ok(()) }
}

/// Whole seconds, at least one: what `Retry-After` and the message say.
pub fn seconds(wait: Duration) -> u32 {
    wait.as_millis().div_ceil(1_000).clamp(1, u128::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SecretKey;
    use chrono::{DateTime, TimeDelta};

    fn limits() -> Limits {
        Limits::new(None, Sealer::new(SecretKey::from_bytes([1; 32])))
    }

    fn at(seconds: i64) -> Timestamp {
        DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::seconds(1_000_000 + seconds)
    }

    #[tokio::test]
    async fn a_bucket_gives_its_burst_and_then_one_after_each_pause() {
        let (limits, rule) = (limits(), Rule { name: "test", burst: 3, every: Duration::from_secs(60) });
        for _ in 0..3 {
            assert_eq!(limits.take(&rule, "ada", at(0)).await, Ok(()));
        }
        assert_eq!(limits.take(&rule, "ada", at(0)).await, Err(Duration::from_secs(60)));
        assert_eq!(limits.take(&rule, "joon", at(0)).await, Ok(()), "another key");
        assert_eq!(limits.take(&rule, "ada", at(60)).await, Ok(()));
        assert_eq!(limits.take(&rule, "ada", at(61)).await, Err(Duration::from_secs(59)));
    }

    #[tokio::test]
    async fn delays_grow_with_failures_and_a_success_forgives() {
        let limits = limits();
        let delays = Delays {
            name: "test",
            free: 2,
            first: Duration::from_secs(2),
            longest: Duration::from_secs(10),
            forget: Duration::from_secs(600),
        };
        assert_eq!(limits.attempt(&delays, "ada", at(0)).await, Ok(()));
        assert_eq!(limits.attempt(&delays, "ada", at(0)).await, Ok(()), "the last free one");
        assert_eq!(limits.attempt(&delays, "ada", at(0)).await, Err(Duration::from_secs(2)));
        assert_eq!(limits.attempt(&delays, "ada", at(2)).await, Ok(()));
        assert_eq!(limits.attempt(&delays, "ada", at(2)).await, Err(Duration::from_secs(4)));
        assert_eq!(limits.attempt(&delays, "ada", at(6)).await, Ok(()));
        assert_eq!(limits.attempt(&delays, "ada", at(14)).await, Ok(()));
        assert_eq!(limits.attempt(&delays, "ada", at(14)).await, Err(Duration::from_secs(10)), "never longer");
        limits.succeeded(&delays, "ada").await;
        assert_eq!(limits.attempt(&delays, "ada", at(15)).await, Ok(()));
        assert_eq!(limits.attempt(&delays, "ada", at(700)).await, Ok(()), "forgotten");
    }
}
