//! The queue as people look after it: what is in it, and what they ask of it. Nothing here needs a worker.

use super::{DEAD, End, Kinds, RUNNING, State, WAITING};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, Signal, after_commit};
use crate::schema::jobs;
use diesel::prelude::*;

/// Rows of one page of the list.
pub const PAGE: usize = 50;

/// A job as a list shows it. The payload stays out of it: it may hold what is nobody's business.
#[derive(Clone, Debug, Queryable)]
pub struct Entry {
    pub id: i64,
    pub kind: String,
    pub subject: Option<i64>,
    state: String,
    /// When it runs next, while it waits.
    pub run_at: Timestamp,
    /// Since when it is in its state.
    pub since: Timestamp,
    /// The present attempt included, while it runs.
    pub attempts: i32,
    pub last_error: Option<String>,
    pub worker: Option<String>,
    /// It runs and was told to stop.
    pub cancelled_at: Option<Timestamp>,
}

type EntryColumns = (
    jobs::id,
    jobs::kind,
    jobs::subject,
    jobs::state,
    jobs::run_at,
    jobs::since,
    jobs::attempts,
    jobs::last_error,
    jobs::leased_by,
    jobs::cancelled_at,
);
const ENTRY: EntryColumns = (
    jobs::id,
    jobs::kind,
    jobs::subject,
    jobs::state,
    jobs::run_at,
    jobs::since,
    jobs::attempts,
    jobs::last_error,
    jobs::leased_by,
    jobs::cancelled_at,
);

impl Entry {
    pub fn state(&self) -> State {
        State::from_name(&self.state).unwrap_or(State::Waiting)
    }
}

/// Jobs in this state, newest first, from below `before` on: one more than a page, which tells whether there is another.
pub fn page(c: &mut Conn, state: State, kind: Option<&str>, before: Option<i64>) -> Result<Vec<Entry>> {
    let mut query =
        jobs::table.filter(jobs::state.eq(state.as_str())).order(jobs::id.desc()).limit(PAGE as i64 + 1).select(ENTRY).into_boxed();
    if let Some(kind) = kind {
        query = query.filter(jobs::kind.eq(kind));
    }
    if let Some(before) = before {
        query = query.filter(jobs::id.lt(before));
    }
    Ok(query.load(c)?)
}

/// Those of these jobs that are still there.
pub fn with_ids(c: &mut Conn, ids: &[i64]) -> Result<Vec<Entry>> {
    Ok(jobs::table.filter(jobs::id.eq_any(ids.to_vec())).order(jobs::id.desc()).select(ENTRY).load(c)?)
}

/// What the queue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub waiting: i64,
    pub running: i64,
    pub dead: i64,
}

impl Counts {
    pub fn of(&self, state: State) -> i64 {
        match state {
            State::Waiting => self.waiting,
            State::Running => self.running,
            State::Dead => self.dead,
        }
    }
}

pub fn counts(c: &mut Conn) -> Result<Counts> {
    let mut counts = Counts::default();
    for (state, _, count) in count_by_kind(c)? {
        match state {
            State::Waiting => counts.waiting += count,
            State::Running => counts.running += count,
            State::Dead => counts.dead += count,
        }
    }
    Ok(counts)
}

/// The same kind by kind; straight from the index.
pub fn count_by_kind(c: &mut Conn) -> Result<Vec<(State, String, i64)>> {
    let rows: Vec<(String, String, i64)> = jobs::table
        .group_by((jobs::state, jobs::kind))
        .select((jobs::state, jobs::kind, diesel::dsl::count_star()))
        .order((jobs::state, jobs::kind))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(state, kind, count)| Some((State::from_name(&state)?, kind, count))).collect())
}

/// The errors of dead jobs, newest first.
pub fn dead(c: &mut Conn) -> Result<Vec<(String, Option<String>)>> {
    Ok(jobs::table.filter(jobs::state.eq(DEAD)).order(jobs::id.desc()).limit(100).select((jobs::kind, jobs::last_error)).load(c)?)
}

/// The first `limit` jobs in this state, from above `after` on: acts on all of them go in portions.
pub fn some_of(c: &mut Conn, state: State, kind: Option<&str>, after: i64, limit: i64) -> Result<Vec<i64>> {
    let some = jobs::table.filter(jobs::state.eq(state.as_str())).filter(jobs::id.gt(after)).order(jobs::id).limit(limit);
    Ok(match kind {
        Some(kind) => some.filter(jobs::kind.eq(kind)).select(jobs::id).load(c)?,
        None => some.select(jobs::id).load(c)?,
    })
}

#[derive(Debug, Queryable)]
struct Found {
    id: i64,
    kind: String,
    state: String,
    payload: String,
    subject: Option<i64>,
}

/// The rows of these jobs, in one order, so that two such acts at once do not wait for each other in a circle.
fn find(c: &mut Conn, ids: &[i64]) -> Result<Vec<Found>> {
    let rows = jobs::table.filter(jobs::id.eq_any(ids.to_vec())).order(jobs::id).select((
        jobs::id,
        jobs::kind,
        jobs::state,
        jobs::payload,
        jobs::subject,
    ));
    Ok(match c {
        Conn::Pg(c) => rows.for_update().load(c)?,
        Conn::Sqlite(c) => rows.load(c)?,
    })
}

/// What came of an act on several jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub done: usize,
    /// They had ended already, or it cannot be done to them.
    pub not: usize,
}

/// Dead jobs run again, with all their attempts; waiting ones run now.
pub fn retry(c: &mut Conn, kinds: &Kinds, ids: &[i64], now: Timestamp) -> Result<Asked> {
    let mut asked = Asked::default();
    for job in find(c, ids)? {
        let row = jobs::table.find(job.id);
        match job.state.as_str() {
            DEAD => {
                let anew = (jobs::state.eq(WAITING), jobs::since.eq(now), jobs::run_at.eq(now), jobs::attempts.eq(0));
                diesel::update(row).set(anew).execute(c)?;
                if let Some(kind) = kinds.get(&job.kind) {
                    (kind.revived)(job.subject, c)?;
                }
            }
            WAITING => {
                diesel::update(row).set(jobs::run_at.eq(now)).execute(c)?;
            }
            _ => continue,
        }
        asked.done += 1;
    }
    if asked.done > 0 {
        after_commit(Signal::JobQueued);
    }
    asked.not = ids.len() - asked.done;
    Ok(asked)
}

/// What came of cancelling several jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cancelled {
    /// They waited, and are gone.
    pub gone: usize,
    /// They run; their workers stop them.
    pub stopping: usize,
    /// They were dead, and no longer lie there.
    pub removed: usize,
    /// They had ended already, or are of a kind that is not cancelled.
    pub not: usize,
}

/// Cancels what waits or runs, and removes what is dead. A job of a kind this program does not know is left to one that does,
/// unless it is dead.
pub fn cancel(c: &mut Conn, kinds: &Kinds, ids: &[i64], now: Timestamp) -> Result<Cancelled> {
    let mut cancelled = Cancelled::default();
    for job in find(c, ids)? {
        let row = jobs::table.find(job.id);
        match (job.state.as_str(), kinds.get(&job.kind).filter(|kind| kind.cancellable)) {
            (DEAD, _) => {
                diesel::delete(row).execute(c)?;
                cancelled.removed += 1;
            }
            (WAITING, Some(kind)) => {
                diesel::delete(row).execute(c)?;
                (kind.ended)(&job.payload, job.subject, End::Cancelled, c, now)?;
                cancelled.gone += 1;
            }
            (RUNNING, Some(_)) => {
                diesel::update(row.filter(jobs::cancelled_at.is_null())).set(jobs::cancelled_at.eq(now)).execute(c)?;
                cancelled.stopping += 1;
            }
            _ => {}
        }
    }
    if cancelled.stopping > 0 {
        after_commit(Signal::JobCancelled);
    }
    cancelled.not = ids.len() - cancelled.gone - cancelled.stopping - cancelled.removed;
    Ok(cancelled)
}
