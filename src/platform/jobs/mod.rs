//! The durable queue. A job is a struct with ids and a name; it is inserted in the transaction that makes it true, so that it
//! exists exactly when its cause does. A worker leases it, renews the lease while it works, and strikes it out when it is done;
//! a worker that dies gives it back by saying nothing. `perform` must therefore be safe to repeat.
//!
//! Waking is by signal (see `Db::job_queued`); polling is only the safety net.

mod outage;
mod worker;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::{Conn, ids, wake_workers_after_commit};
use crate::schema::jobs;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

pub use worker::{Attempt, Failure, Perform, Runner};

const WAITING: &str = "waiting";
const RUNNING: &str = "running";
const DEAD: &str = "dead";

/// How long a worker may be silent before its job is given to another.
const LEASE: TimeDelta = TimeDelta::seconds(60);

pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The name in the table: never changed once used.
    const KIND: &'static str;
    /// Smaller runs first: 0 a person waits, 10 ordinary, 20 cleaning up.
    const PRIORITY: i32 = 10;
    /// After so many failures the job is dead: it stays with its error and runs no more by itself.
    const MAX_ATTEMPTS: i32 = 8;
}

/// Queues a job within the transaction on `c`.
pub fn enqueue<J: Job>(c: &mut Conn, job: &J, now: Timestamp) -> Result<()> {
    enqueue_at(c, job, now, now)
}

/// The same, not to be run before `run_at`.
pub fn enqueue_at<J: Job>(c: &mut Conn, job: &J, run_at: Timestamp, now: Timestamp) -> Result<()> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(ids::next()),
            jobs::kind.eq(J::KIND),
            jobs::payload.eq(serde_json::to_string(job).map_err(Error::internal)?),
            jobs::state.eq(WAITING),
            jobs::priority.eq(J::PRIORITY),
            jobs::run_at.eq(run_at),
            jobs::attempts.eq(0),
            jobs::created_at.eq(now),
        ))
        .execute(c)?;
    wake_workers_after_commit();
    Ok(())
}

/// Queues a job that needs to exist only once at a time, unless one of its kind waits already.
pub fn enqueue_once<J: Job>(c: &mut Conn, job: &J, run_at: Timestamp, now: Timestamp) -> Result<()> {
    let waits = jobs::table.filter(jobs::kind.eq(J::KIND)).filter(jobs::state.eq(WAITING));
    if diesel::select(diesel::dsl::exists(waits)).get_result::<bool>(c)? {
        return Ok(());
    }
    enqueue_at(c, job, run_at, now)
}

#[derive(Debug, Queryable)]
struct Leased {
    id: i64,
    kind: String,
    payload: String,
    attempts: i32,
    created_at: Timestamp,
}

/// When the next job of these kinds is due; `None` when nothing waits.
fn next_due(c: &mut Conn, kinds: &[&str]) -> Result<Option<Timestamp>> {
    Ok(jobs::table
        .filter(jobs::state.eq(WAITING))
        .filter(jobs::kind.eq_any(kinds))
        .order(jobs::run_at)
        .select(jobs::run_at)
        .first(c)
        .optional()?)
}

/// Takes the most urgent due job. The condition is repeated in the UPDATE: of two workers, one finds it changed.
fn lease(c: &mut Conn, kinds: &[&str], worker: &str, now: Timestamp) -> Result<Option<Leased>> {
    let due = jobs::table
        .filter(jobs::state.eq(WAITING))
        .filter(jobs::run_at.le(now))
        .filter(jobs::kind.eq_any(kinds))
        .order((jobs::priority, jobs::run_at, jobs::id))
        .select(jobs::id)
        .limit(1);
    let id: Option<i64> = match c {
        Conn::Pg(c) => due.for_update().skip_locked().first(c).optional()?,
        Conn::Sqlite(c) => due.first(c).optional()?,
    };
    let Some(id) = id else { return Ok(None) };
    Ok(diesel::update(jobs::table.find(id).filter(jobs::state.eq(WAITING)))
        .set((
            jobs::state.eq(RUNNING),
            jobs::leased_by.eq(worker),
            jobs::leased_until.eq(now + LEASE),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .returning((jobs::id, jobs::kind, jobs::payload, jobs::attempts, jobs::created_at))
        .get_result(c)
        .optional()?)
}

/// Extends a lease; false when it is no longer ours.
fn renew(c: &mut Conn, id: i64, worker: &str, now: Timestamp) -> Result<bool> {
    let mine = jobs::table.find(id).filter(jobs::leased_by.eq(worker));
    Ok(diesel::update(mine).set(jobs::leased_until.eq(now + LEASE)).execute(c)? == 1)
}

fn finish(c: &mut Conn, id: i64, worker: &str) -> Result<()> {
    diesel::delete(jobs::table.find(id).filter(jobs::leased_by.eq(worker))).execute(c)?;
    Ok(())
}

/// Puts a failed job back for `retry_at`, or lets it rest with its error. `uncounted`: as if this attempt had not been.
fn fail(c: &mut Conn, id: i64, worker: &str, error: &str, retry_at: Option<Timestamp>, uncounted: bool) -> Result<()> {
    let mine = jobs::table.find(id).filter(jobs::leased_by.eq(worker));
    let error: String = error.chars().take(2_000).collect();
    let (state, run_at) = match retry_at {
        Some(at) => (WAITING, Some(at)),
        None => (DEAD, None),
    };
    diesel::update(mine)
        .set((
            jobs::state.eq(state),
            jobs::last_error.eq(error),
            jobs::attempts.eq(jobs::attempts - i32::from(uncounted)),
            jobs::leased_by.eq(None::<String>),
            jobs::leased_until.eq(None::<Timestamp>),
            run_at.map(|at| jobs::run_at.eq(at)),
        ))
        .execute(c)?;
    Ok(())
}

/// Gives an unfinished job back at once, uncounted: the program stops.
fn give_back(c: &mut Conn, id: i64, worker: &str) -> Result<()> {
    diesel::update(jobs::table.find(id).filter(jobs::leased_by.eq(worker)))
        .set((
            jobs::state.eq(WAITING),
            jobs::attempts.eq(jobs::attempts - 1),
            jobs::leased_by.eq(None::<String>),
            jobs::leased_until.eq(None::<Timestamp>),
        ))
        .execute(c)?;
    Ok(())
}

/// Gives back the jobs of workers that have gone silent. The attempt stays counted: a job that kills its worker dies in the end.
fn reclaim(c: &mut Conn, silent_since: Timestamp) -> Result<usize> {
    let silent = jobs::table.filter(jobs::state.eq(RUNNING)).filter(jobs::leased_until.lt(silent_since));
    Ok(diesel::update(silent)
        .set((jobs::state.eq(WAITING), jobs::leased_by.eq(None::<String>), jobs::leased_until.eq(None::<Timestamp>)))
        .execute(c)?)
}

/// Gives back everything that is leased: at the start of the only process a SQLite site has, nobody else can hold a lease.
pub fn reclaim_all(c: &mut Conn, now: Timestamp) -> Result<usize> {
    reclaim(c, now + LEASE + LEASE)
}

/// What the queue holds, for tests and health pages.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub waiting: i64,
    pub running: i64,
    pub dead: i64,
}

pub fn counts(c: &mut Conn) -> Result<Counts> {
    let rows: Vec<(String, i64)> = jobs::table.group_by(jobs::state).select((jobs::state, diesel::dsl::count_star())).load(c)?;
    let of = |state: &str| rows.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
    Ok(Counts { waiting: of(WAITING), running: of(RUNNING), dead: of(DEAD) })
}

/// The errors of dead jobs, newest first.
pub fn dead(c: &mut Conn) -> Result<Vec<(String, Option<String>)>> {
    Ok(jobs::table.filter(jobs::state.eq(DEAD)).order(jobs::id.desc()).limit(100).select((jobs::kind, jobs::last_error)).load(c)?)
}
