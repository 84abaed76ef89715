//! The durable queue. A job is a struct with ids and a name; it is inserted in the transaction that makes it true, so that it
//! exists exactly when its cause does. A worker leases it, renews the lease while it works, and strikes it out when it is done;
//! a worker that dies gives it back by saying nothing. `perform` must therefore be safe to repeat.
//!
//! Whatever ends a job undone (it died, it was cancelled) runs its kind's [`Job::ended`] in the same transaction, so that the
//! thing it was about never waits for work that will not come.
//!
//! Waking is by signal (see `Db::heard`); polling is only the safety net.

mod kinds;
mod lease;
mod manage;
mod outage;
mod worker;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::{Conn, Signal, after_commit, ids};
use crate::schema::jobs;
use diesel::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

pub use kinds::{Kind, Kinds};
pub use lease::plans;
pub use manage::{Asked, Cancelled, Counts, Entry, PAGE, cancel, count_by_kind, counts, dead, page, retry, some_of, with_ids};
pub use worker::{Attempt, Failure, Perform, Runner};

const WAITING: &str = "waiting";
const RUNNING: &str = "running";
const DEAD: &str = "dead";

/// How far a job is. One that is done has no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    /// It failed too often, or can never work: it stays with its error until somebody decides.
    Dead,
}

impl State {
    pub const ALL: [State; 3] = [State::Running, State::Waiting, State::Dead];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => WAITING,
            State::Running => RUNNING,
            State::Dead => DEAD,
        }
    }

    pub fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// How many jobs of a kind run at once in one process, so that a flood of them leaves room for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    Unlimited,
    One,
    /// As many as there are workers: beyond them there is always one that does nothing heavy.
    Heavy,
}

/// How a job ended that was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Cancelled,
    Dead,
}

pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The name in the table: never changed once used.
    const KIND: &'static str;
    /// Smaller runs first: 0 a person waits, 10 ordinary, 20 cleaning up.
    const PRIORITY: i32 = 10;
    /// After so many failures the job is dead: it stays with its error and runs no more by itself.
    const MAX_ATTEMPTS: i32 = 8;
    const CONCURRENCY: Concurrency = Concurrency::Unlimited;
    /// Whether stopping it makes sense. What only tidies up is better let through; a dead job can be removed in any case.
    const CANCELLABLE: bool = true;

    /// The row the job is about, in whatever table its kind is about: an administrator reads it, and [`run_again`] finds it.
    fn subject(&self) -> Option<i64> {
        None
    }

    /// What becomes of the thing it was about when the job ends undone, in the transaction that ends it. `job` is `None` when
    /// this version of the program cannot read what was written down.
    fn ended(_job: Option<Self>, _subject: Option<i64>, _end: End, _c: &mut Conn, _now: Timestamp) -> Result<()> {
        Ok(())
    }

    /// The same when a dead job is to run again.
    fn revived(_subject: Option<i64>, _c: &mut Conn) -> Result<()> {
        Ok(())
    }
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
            jobs::payload.eq(payload(job)?),
            jobs::subject.eq(job.subject()),
            jobs::state.eq(WAITING),
            jobs::since.eq(now),
            jobs::priority.eq(J::PRIORITY),
            jobs::run_at.eq(run_at),
            jobs::attempts.eq(0),
            jobs::created_at.eq(now),
        ))
        .execute(c)?;
    after_commit(Signal::JobQueued);
    Ok(())
}

fn payload<J: Job>(job: &J) -> Result<String> {
    serde_json::to_string(job).map_err(Error::internal)
}

/// Queues a job that needs to exist only once at a time, unless one of its kind waits already.
pub fn enqueue_once<J: Job>(c: &mut Conn, job: &J, run_at: Timestamp, now: Timestamp) -> Result<()> {
    let waits = jobs::table.filter(jobs::kind.eq(J::KIND)).filter(jobs::state.eq(WAITING));
    if diesel::select(diesel::dsl::exists(waits)).get_result::<bool>(c)? {
        return Ok(());
    }
    enqueue_at(c, job, run_at, now)
}

/// Once more for the subject of this job: one that waits is hurried, one that runs is left alone, a dead one takes the place of
/// a new one, so that none is left lying about something that goes well.
pub fn run_again<J: Job>(c: &mut Conn, job: &J, now: Timestamp) -> Result<()> {
    let Some(subject) = job.subject() else { return enqueue(c, job, now) };
    let same = jobs::table.filter(jobs::subject.eq(subject)).filter(jobs::kind.eq(J::KIND));
    let states: Vec<String> = same.select(jobs::state).load(c)?;
    if states.iter().any(|state| state == RUNNING) {
        return Ok(());
    }
    forget_dead::<J>(c, &[subject])?;
    if states.iter().any(|state| state == WAITING) {
        diesel::update(same.filter(jobs::state.eq(WAITING))).set(jobs::run_at.eq(now)).execute(c)?;
        after_commit(Signal::JobQueued);
        return Ok(());
    }
    enqueue(c, job, now)
}

/// Strikes out the dead jobs of things that are gone, or that begin anew.
pub fn forget_dead<J: Job>(c: &mut Conn, subjects: &[i64]) -> Result<()> {
    let dead = jobs::table.filter(jobs::subject.eq_any(subjects)).filter(jobs::kind.eq(J::KIND)).filter(jobs::state.eq(DEAD));
    diesel::delete(dead).execute(c)?;
    Ok(())
}
