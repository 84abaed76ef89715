//! Who has a job, and how it ends. Every change of a leased job repeats whose it is: of two that think it theirs, one finds it
//! changed.
//!
//! The next job is looked for kind by kind (the index begins with the kind), so that kinds which may not run now cost nothing,
//! however many of them wait.

use super::{DEAD, End, Kind, Kinds, RUNNING, WAITING};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, Signal, after_commit};
use crate::schema::jobs;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamp as SqlTimestamp};
use std::collections::HashSet;

/// How long a worker may be silent before its job is given to another.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long it may be when its process is no longer seen on the database: two heartbeats there, and some.
const LEASE_OF_THE_UNSEEN: TimeDelta = TimeDelta::seconds(12);
/// Characters of an error that are kept.
const ERROR_LENGTH: usize = 2_000;

/// Whose lease it is: the process, by its sign of life, and which of its workers.
pub(super) fn worker_name(sign: i64, number: usize) -> String {
    format!("{:016x}-{number}", sign as u64)
}

fn sign_of(worker: &str) -> Option<i64> {
    let (sign, _) = worker.split_once('-').filter(|(sign, _)| sign.len() == 16)?;
    u64::from_str_radix(sign, 16).ok().map(|sign| sign as i64)
}

/// The job of a kind that is due first.
#[derive(Debug, QueryableByName)]
pub(super) struct Head {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Integer)]
    pub priority: i32,
    #[diesel(sql_type = SqlTimestamp)]
    pub run_at: Timestamp,
}

#[derive(Debug, QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// One seek in the index for each kind. Names of kinds are constants of the program.
fn heads_sql(kinds: &Kinds) -> String {
    let head = |kind: &Kind| {
        format!(
            "SELECT id, kind, priority, run_at FROM (SELECT id, kind, priority, run_at FROM jobs \
             WHERE state = '{WAITING}' AND kind = '{}' ORDER BY run_at, id LIMIT 1) AS head",
            kind.name
        )
    };
    kinds.all().map(head).collect::<Vec<_>>().join(" UNION ALL ")
}

/// `due` is an expression of the database: a parameter, or a time.
fn first_of_kind_sql(kind: &str, due: &str) -> String {
    format!("SELECT id FROM jobs WHERE state = '{WAITING}' AND kind = '{kind}' AND run_at <= {due} ORDER BY run_at, id LIMIT 1")
}

/// The first of each kind, due or not; the most urgent stands first.
pub(super) fn heads(c: &mut Conn, kinds: &Kinds) -> Result<Vec<Head>> {
    if kinds.all().next().is_none() {
        return Ok(Vec::new());
    }
    let mut heads: Vec<Head> = diesel::sql_query(heads_sql(kinds)).load(c)?;
    heads.sort_by_key(|head| (head.priority, head.run_at, head.id));
    Ok(heads)
}

/// How the database finds the next job, in its own words: for whoever wonders why a queue is slow, and for the test that it is not.
pub fn plans(c: &mut Conn, kinds: &Kinds) -> Result<Vec<String>> {
    let explain = match c {
        Conn::Pg(_) => "EXPLAIN",
        Conn::Sqlite(_) => "EXPLAIN QUERY PLAN",
    };
    let mut statements = vec![heads_sql(kinds)];
    statements.extend(kinds.all().map(|kind| first_of_kind_sql(kind.name, "CURRENT_TIMESTAMP")));
    let mut plans = Vec::new();
    for statement in statements {
        let sql = format!("{explain} {statement}");
        plans.push(match c {
            Conn::Pg(c) => {
                #[derive(QueryableByName)]
                struct Line {
                    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
                    line: String,
                }
                let lines: Vec<Line> = diesel::sql_query(sql).load(c)?;
                lines.into_iter().map(|line| line.line).collect::<Vec<_>>().join("\n")
            }
            Conn::Sqlite(c) => {
                #[derive(QueryableByName)]
                struct Line {
                    #[diesel(sql_type = Text)]
                    detail: String,
                }
                let lines: Vec<Line> = diesel::sql_query(sql).load(c)?;
                lines.into_iter().map(|line| line.detail).collect::<Vec<_>>().join("\n")
            }
        });
    }
    Ok(plans)
}

#[derive(Debug, Queryable)]
pub(super) struct Leased {
    pub id: i64,
    pub kind: String,
    pub payload: String,
    pub attempts: i32,
    pub created_at: Timestamp,
}

/// Takes the job of this kind that has been due longest. PostgreSQL passes over rows that another worker is just taking.
pub(super) fn lease(c: &mut Conn, kind: &str, worker: &str, now: Timestamp) -> Result<Option<Leased>> {
    let first: Option<Id> = match c {
        Conn::Pg(c) => {
            let sql = format!("{} FOR UPDATE SKIP LOCKED", first_of_kind_sql(kind, "$1"));
            diesel::sql_query(sql).bind::<SqlTimestamp, _>(now).get_result(c).optional()?
        }
        Conn::Sqlite(c) => diesel::sql_query(first_of_kind_sql(kind, "?")).bind::<SqlTimestamp, _>(now).get_result(c).optional()?,
    };
    let Some(Id { id }) = first else { return Ok(None) };
    Ok(diesel::update(jobs::table.find(id).filter(jobs::state.eq(WAITING)))
        .set((
            jobs::state.eq(RUNNING),
            jobs::since.eq(now),
            jobs::leased_by.eq(worker),
            jobs::leased_until.eq(now + LEASE),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .returning((jobs::id, jobs::kind, jobs::payload, jobs::attempts, jobs::created_at))
        .get_result(c)
        .optional()?)
}

/// How a worker stands to the job it works at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Ours,
    /// It is to stop.
    Cancelled,
    /// Somebody else has it.
    Lost,
}

impl Standing {
    fn of(row: Option<Option<Timestamp>>) -> Self {
        match row {
            Some(None) => Standing::Ours,
            Some(Some(_)) => Standing::Cancelled,
            None => Standing::Lost,
        }
    }
}

/// Extends a lease.
pub(super) fn renew(c: &mut Conn, id: i64, worker: &str, now: Timestamp) -> Result<Standing> {
    let mine = jobs::table.find(id).filter(jobs::leased_by.eq(worker));
    let renewed = diesel::update(mine).set(jobs::leased_until.eq(now + LEASE)).returning(jobs::cancelled_at).get_result(c);
    Ok(Standing::of(renewed.optional()?))
}

pub(super) fn standing(c: &mut Conn, id: i64, worker: &str) -> Result<Standing> {
    let mine = jobs::table.find(id).filter(jobs::leased_by.eq(worker));
    Ok(Standing::of(mine.select(jobs::cancelled_at).first(c).optional()?))
}

/// What came of a leased job.
#[derive(Debug)]
pub(super) enum Outcome {
    Done,
    /// Again at this time.
    Failed {
        error: String,
        retry_at: Timestamp,
        /// As if this attempt had not been.
        uncounted: bool,
    },
    Dead {
        error: String,
    },
    Cancelled,
    /// The program stops: at once again, and the attempt does not count.
    GivenBack,
    /// Its worker is gone: at once again.
    TakenBack,
}

#[derive(Debug, Queryable)]
struct Held {
    id: i64,
    kind: String,
    payload: String,
    subject: Option<i64>,
    attempts: i32,
    cancelled_at: Option<Timestamp>,
}

type HeldColumns = (jobs::id, jobs::kind, jobs::payload, jobs::subject, jobs::attempts, jobs::cancelled_at);
const HELD: HeldColumns = (jobs::id, jobs::kind, jobs::payload, jobs::subject, jobs::attempts, jobs::cancelled_at);

/// Writes down what came of a job, unless somebody else has it by now. One that was told to stop and is not done is cancelled,
/// however it ended.
pub(super) fn settle(c: &mut Conn, kinds: &Kinds, id: i64, worker: &str, outcome: Outcome, now: Timestamp) -> Result<()> {
    let mine = jobs::table.find(id).filter(jobs::leased_by.eq(worker)).select(HELD);
    let held: Option<Held> = match c {
        Conn::Pg(c) => mine.for_update().first(c).optional()?,
        Conn::Sqlite(c) => mine.first(c).optional()?,
    };
    match held {
        Some(held) => conclude(c, kinds, held, outcome, now),
        None => Ok(()),
    }
}

fn conclude(c: &mut Conn, kinds: &Kinds, held: Held, outcome: Outcome, now: Timestamp) -> Result<()> {
    let kind = kinds.get(&held.kind);
    let end = |c: &mut Conn, end: End| kind.map_or(Ok(()), |kind| (kind.ended)(&held.payload, held.subject, end, c, now));
    let outcome = match outcome {
        Outcome::Done => Outcome::Done,
        _ if held.cancelled_at.is_some() => Outcome::Cancelled,
        outcome => outcome,
    };
    let row = jobs::table.find(held.id);
    let nobody = (jobs::leased_by.eq(None::<String>), jobs::leased_until.eq(None::<Timestamp>), jobs::since.eq(now));
    match outcome {
        Outcome::Done => {
            diesel::delete(row).execute(c)?;
        }
        Outcome::Cancelled => {
            diesel::delete(row).execute(c)?;
            end(c, End::Cancelled)?;
        }
        Outcome::Failed { error, retry_at, uncounted } => {
            let attempts = held.attempts - i32::from(uncounted);
            let error = shortened(&error);
            diesel::update(row)
                .set((nobody, jobs::state.eq(WAITING), jobs::last_error.eq(error), jobs::run_at.eq(retry_at), jobs::attempts.eq(attempts)))
                .execute(c)?;
        }
        Outcome::Dead { error } => {
            diesel::update(row).set((nobody, jobs::state.eq(DEAD), jobs::last_error.eq(shortened(&error)))).execute(c)?;
            end(c, End::Dead)?;
        }
        Outcome::GivenBack | Outcome::TakenBack => {
            let attempts = if matches!(outcome, Outcome::GivenBack) { held.attempts - 1 } else { held.attempts };
            diesel::update(row).set((nobody, jobs::state.eq(WAITING), jobs::attempts.eq(attempts))).execute(c)?;
            after_commit(Signal::JobQueued);
        }
    }
    Ok(())
}

fn shortened(error: &str) -> String {
    // PostgreSQL takes no NUL in a text.
    error.chars().filter(|c| *c != '\0').take(ERROR_LENGTH).collect()
}

/// The signs of all processes that are connected. `None` where the database cannot tell.
fn seen(c: &mut Conn) -> Result<Option<HashSet<i64>>> {
    let Conn::Pg(c) = c else { return Ok(None) };
    // A lock's number comes in two halves; objsubid tells single numbers from pairs.
    let held = "SELECT (classid::bigint << 32) | objid::bigint AS id FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 \
                AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let signs: Vec<Id> = diesel::sql_query(held).load(c)?;
    Ok(Some(signs.into_iter().map(|sign| sign.id).collect()))
}

/// A running job whose worker seems to be gone, as it was seen.
#[derive(Debug, Queryable)]
pub(super) struct Abandoned {
    id: i64,
    worker: Option<String>,
    until: Option<Timestamp>,
}

/// The running jobs whose workers have gone silent for as long as a lease, or, where the database sees which processes are
/// connected, for two heartbeats without being seen. Both signs together, because either may fail a process that is well: its
/// connection breaks, or a renewal is late. With `everybody_is_gone` all that run.
pub(super) fn abandoned(c: &mut Conn, everybody_is_gone: bool, now: Timestamp) -> Result<Vec<Abandoned>> {
    let running = jobs::table.filter(jobs::state.eq(RUNNING));
    let mut running: Vec<Abandoned> = running.select((jobs::id, jobs::leased_by, jobs::leased_until)).load(c)?;
    if everybody_is_gone || running.is_empty() {
        return Ok(running);
    }
    let seen = seen(c)?;
    running.retain(|job| {
        let Some(until) = job.until else { return true };
        let sign = job.worker.as_deref().and_then(sign_of);
        let unseen = seen.as_ref().is_some_and(|seen| sign.is_some_and(|sign| !seen.contains(&sign)));
        until < now || (unseen && until - LEASE + LEASE_OF_THE_UNSEEN < now)
    });
    Ok(running)
}

/// Takes an abandoned job back, unless its worker has given a sign of life since. The attempt stays counted: a job that kills its
/// worker dies in the end. What another version of the program was told to stop is left to that version.
pub(super) fn take_back(c: &mut Conn, kinds: &Kinds, seen: &Abandoned, now: Timestamp) -> Result<bool> {
    let found = jobs::table.find(seen.id).filter(jobs::state.eq(RUNNING)).select((HELD, jobs::leased_by, jobs::leased_until));
    let found: Option<(Held, Option<String>, Option<Timestamp>)> = match c {
        Conn::Pg(c) => found.for_update().first(c).optional()?,
        Conn::Sqlite(c) => found.first(c).optional()?,
    };
    let Some((held, worker, until)) = found else { return Ok(false) };
    let kind = kinds.get(&held.kind);
    if worker != seen.worker || until != seen.until || (kind.is_none() && held.cancelled_at.is_some()) {
        return Ok(false);
    }
    let outcome = match kind {
        Some(kind) if held.attempts >= kind.max_attempts => {
            Outcome::Dead { error: format!("its worker died with it, {} times in all", held.attempts) }
        }
        _ => Outcome::TakenBack,
    };
    conclude(c, kinds, held, outcome, now)?;
    Ok(true)
}
