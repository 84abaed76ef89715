//! Ids that grow with time: 41 bits of milliseconds since 2024, 10 bits for the process that made them, 12 bits to tell apart
//! those of one millisecond. A feed pages by `id < ?`, and two nodes never make the same one.

use crate::clock::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2024-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH_MILLIS: i64 = 1_704_067_200_000;
const NODE_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;
pub(super) const NODE_NUMBERS: i64 = 1 << NODE_BITS;

/// Milliseconds and sequence of the last id, packed: one atomic serves all threads.
static LAST: AtomicI64 = AtomicI64::new(0);
/// The number this process has leased (see `node`).
static NODE: AtomicI64 = AtomicI64::new(0);

pub(super) fn set_node(number: i64) {
    NODE.store(number.rem_euclid(NODE_NUMBERS), Ordering::Relaxed);
}

/// The next id for something that happens now. More than 4,096 in one millisecond borrow from the next.
pub fn next() -> i64 {
    let now = (chrono::Utc::now().timestamp_millis() - EPOCH_MILLIS) << SEQUENCE_BITS;
    let packed = match LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some((last + 1).max(now))) {
        Ok(last) | Err(last) => (last + 1).max(now),
    };
    spread(packed)
}

/// An id for something that happened at `then` (an import, the demo), so that it sorts where it belongs: before 2024 it is negative.
/// Forty-one bits reach back to 1989 by the millisecond, and by four of them to 1850.
pub fn at(then: Timestamp) -> i64 {
    const EXACT: i64 = -(1 << 40);
    static SEQUENCE: AtomicI64 = AtomicI64::new(0);
    let sequence = SEQUENCE.fetch_add(1, Ordering::Relaxed) & ((1 << SEQUENCE_BITS) - 1);
    let millis = then.and_utc().timestamp_millis() - EPOCH_MILLIS;
    let millis = if millis < EXACT { (EXACT + (millis - EXACT) / 4).max(2 * EXACT) } else { millis };
    spread((millis << SEQUENCE_BITS) | sequence)
}

/// How far apart the ids of two moments are.
pub fn span(time: chrono::TimeDelta) -> i64 {
    time.num_milliseconds() << (NODE_BITS + SEQUENCE_BITS)
}

fn spread(packed: i64) -> i64 {
    let (millis, sequence) = (packed >> SEQUENCE_BITS, packed & ((1 << SEQUENCE_BITS) - 1));
    (millis << (NODE_BITS + SEQUENCE_BITS)) | (NODE.load(Ordering::Relaxed) << SEQUENCE_BITS) | sequence
}

/// Makes a newtype of a table's id: shown and parsed as a number, a string in JSON (script rounds integers above 2^53),
/// a BigInt in every database.
#[macro_export]
macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        pub struct $name(i64);

        impl $name {
            pub fn next() -> Self {
                Self($crate::platform::db::ids::next())
            }

            pub fn at(then: $crate::clock::Timestamp) -> Self {
                Self($crate::platform::db::ids::at(then))
            }

            pub fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map(Self).map_err(serde::de::Error::custom)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                <i64 as diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>>::from_sql(bytes).map(Self)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <i64 as diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>>::to_sql(&self.0, out)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_never_repeat_even_across_threads() {
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| (0..5_000).map(|_| next()).collect::<Vec<_>>())).collect();
        let mut all: Vec<i64> = Vec::new();
        for thread in threads {
            let ids = thread.join().unwrap();
            assert!(ids.is_sorted());
            all.extend(ids);
        }
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn an_id_of_the_past_sorts_before_one_of_now() {
        let now = crate::clock::Clock::default().now();
        assert!(at(now - chrono::TimeDelta::minutes(1)) < next());
        assert!(at(now - chrono::TimeDelta::days(2)) < at(now - chrono::TimeDelta::days(1)));
        let years = [1900, 1950, 1988, 1990, 2023, 2025].map(|year| at(chrono::NaiveDate::from_ymd_opt(year, 6, 1).unwrap().into()));
        assert!(years.is_sorted() && years[0] < years[1] && years[3] < 0 && years[4] < 0 && years[5] > 0, "{years:?}");
    }
}
