//! Workers: lease a job, keep the lease alive, perform it, record how it went.

use super::lease::{self, Leased, Outcome, Standing, worker_name};
use super::{Concurrency, Job, Kind, Kinds, outage};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::crash;
use crate::platform::db::{Db, Signal};
use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Of one job. The unseen are given up after two of them (see `lease`).
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Between two looks for jobs whose workers are gone.
const LOOK_AROUND: Duration = Duration::from_secs(5);
/// The safety net under the signal.
const POLL: Duration = Duration::from_secs(5);
/// First retry after about five seconds, then twice as long each time, at most an hour.
const FIRST_RETRY: f64 = 5.0;
const LONGEST_RETRY: f64 = 3_600.0;

/// Which try this is.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    pub number: i32,
    /// A failure now is the end, unless it is an outage that is waited for.
    pub last: bool,
    queued_at: Timestamp,
    began: Timestamp,
}

impl Attempt {
    /// Whether this failure is the end: say so to whoever waits.
    pub fn ends_with(&self, error: &Error) -> bool {
        self.last && !self.waits_for(error)
    }

    fn waits_for(&self, error: &Error) -> bool {
        outage::is_waited_for(error, self.queued_at, self.began)
    }
}

/// Why a job did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// Something outside failed; it may work later.
    Retry(Error),
    /// It can never work.
    Dead(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Retry(error)
    }
}

/// How a job is done, given what the application offers it.
pub trait Perform<S>: Job {
    /// May be dropped wherever it awaits: when the job is cancelled, when the program stops, when the lease is lost.
    fn perform(self, state: S, attempt: Attempt) -> impl Future<Output = Result<(), Failure>> + Send;
}

type Handler<S> = Arc<dyn Fn(S, String, Attempt) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// The kinds of job this process knows, and the workers that do them.
#[derive(Clone)]
pub struct Runner<S> {
    db: Db,
    state: S,
    kinds: Kinds,
    handlers: HashMap<&'static str, Handler<S>>,
}

/// What the workers of one process share while they work.
struct Shift {
    /// The number this process shows that it lives by (see `Db::listen`).
    sign: i64,
    slots: HashMap<&'static str, Arc<Semaphore>>,
    /// A place for a kind that had none left has become free.
    freed: watch::Sender<()>,
}

impl Shift {
    fn of(kinds: &Kinds, workers: usize) -> Arc<Self> {
        let places = |kind: &Kind| match kind.concurrency {
            Concurrency::Unlimited => None,
            Concurrency::One => Some(1),
            Concurrency::Heavy => Some(workers),
        };
        let slots = kinds.all().filter_map(|kind| Some((kind.name, Arc::new(Semaphore::new(places(kind)?))))).collect();
        Arc::new(Shift { sign: rand::random(), slots, freed: watch::channel(()).0 })
    }

    /// A place for one more of this kind: `None` when all are taken, `Some(None)` when it needs none.
    fn place(&self, kind: &str) -> Option<Option<OwnedSemaphorePermit>> {
        match self.slots.get(kind) {
            Some(slots) => slots.clone().try_acquire_owned().ok().map(Some),
            None => Some(None),
        }
    }
}

/// What a look into the queue found.
enum Found {
    Job(Leased, Option<OwnedSemaphorePermit>),
    /// Nothing that may run now; the next one is due at this time.
    Nothing {
        next: Option<Timestamp>,
    },
}

impl<S: Clone + Send + Sync + 'static> Runner<S> {
    pub fn new(db: Db, state: S) -> Self {
        Runner { db, state, kinds: Kinds::default(), handlers: HashMap::new() }
    }

    pub fn with<J: Perform<S>>(mut self) -> Self {
        let handler: Handler<S> = Arc::new(|state, payload, attempt| {
            async move {
                let job: J = serde_json::from_str(&payload).map_err(|error| {
                    Failure::Dead(Error::Internal(format!("what was queued cannot be read by this version of the program: {error}")))
                })?;
                job.perform(state, attempt).await
            }
            .boxed()
        });
        self.handlers.insert(J::KIND, handler);
        self.kinds.add(Kind::of::<J>());
        self
    }

    /// The kinds it knows: for whoever looks after the queue.
    pub fn kinds(&self) -> &Kinds {
        &self.kinds
    }

    /// Runs `workers` of them, and one more that does nothing heavy, until `stop` turns true; then waits `drain` for what is under
    /// way and gives the rest back. None at all when `workers` is 0.
    pub async fn run(self, workers: usize, mut stop: watch::Receiver<bool>, drain: Duration) {
        let shift = Shift::of(&self.kinds, workers);
        let mut tasks = tokio::task::JoinSet::new();
        let light = usize::from(workers > 0);
        for number in 1..=workers + light {
            let (runner, shift, stop) = (self.clone(), shift.clone(), stop.clone());
            tasks.spawn(async move { runner.work(&shift, number, stop, drain).await });
        }
        let mut ears = tokio::task::JoinSet::new();
        if workers > 0 {
            let (db, sign) = (self.db.clone(), shift.sign);
            ears.spawn(async move { db.listen(sign).await });
            let (runner, stop) = (self, stop.clone());
            tasks.spawn(async move { runner.look_around(stop).await });
        }
        let _ = stop.wait_for(|stop| *stop).await;
        // Heard until the last job is done: that shows the other processes that its worker lives.
        while tasks.join_next().await.is_some() {}
        ears.shutdown().await;
    }

    /// Does everything that is due now, one after another, and returns how many jobs ran: for tests and one-off commands.
    pub async fn run_due(&self) -> Result<usize> {
        let shift = Shift::of(&self.kinds, 1);
        let worker = worker_name(shift.sign, 1);
        let mut done = 0;
        while let Found::Job(job, _place) = self.next(&shift, &worker, || false).await? {
            self.perform(job, &worker, std::future::pending()).await?;
            done += 1;
        }
        Ok(done)
    }

    /// Takes everything back that is leased: at the start of the only process a SQLite site has, nobody else can hold a lease.
    pub async fn reclaim_all(&self) -> Result<usize> {
        self.take_back_abandoned(true).await
    }

    async fn work(&self, shift: &Shift, number: usize, mut stop: watch::Receiver<bool>, drain: Duration) {
        let worker = worker_name(shift.sign, number);
        let (mut queued, mut freed) = (self.db.heard(Signal::JobQueued), shift.freed.subscribe());
        loop {
            if *stop.borrow() {
                return;
            }
            queued.mark_unchanged();
            freed.mark_unchanged();
            let pause = match self.next(shift, &worker, || *stop.borrow()).await {
                Ok(Found::Job(job, place)) => {
                    let mut stop = stop.clone();
                    let patience = async move {
                        let _ = stop.wait_for(|stop| *stop).await;
                        tokio::time::sleep(drain).await;
                    };
                    if let Err(error) = self.perform(job, &worker, patience).await {
                        tracing::error!(%error, "how a job went could not be written down; its lease will run out");
                    }
                    if place.is_some() {
                        drop(place);
                        shift.freed.send_replace(());
                    }
                    continue;
                }
                Ok(Found::Nothing { next }) => {
                    let due = next.and_then(|at| (at - self.db.clock().now()).to_std().ok());
                    due.map_or(POLL, |due| due.min(POLL))
                }
                Err(error) => {
                    tracing::warn!(%error, "the queue could not be asked");
                    POLL
                }
            };
            tokio::select! {
                _ = queued.changed() => {}
                _ = freed.changed() => {}
                _ = tokio::time::sleep(pause) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn look_around(&self, mut stop: watch::Receiver<bool>) {
        loop {
            if let Err(error) = self.take_back_abandoned(false).await {
                tracing::warn!(%error, "silent workers could not be looked for");
            }
            tokio::select! {
                _ = tokio::time::sleep(LOOK_AROUND) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// A read first, and a transaction for each job: what one of them does at its end must not undo another.
    async fn take_back_abandoned(&self, everybody_is_gone: bool) -> Result<usize> {
        let now = self.db.clock().now();
        let abandoned = self.db.read(move |c| lease::abandoned(c, everybody_is_gone, now)).await?;
        let mut taken = 0;
        for job in abandoned {
            let kinds = self.kinds.clone();
            taken += usize::from(self.db.write(move |c| lease::take_back(c, &kinds, &job, now)).await?);
        }
        if taken > 0 {
            tracing::warn!(count = taken, "jobs of workers that are gone were taken back");
        }
        Ok(taken)
    }

    /// Leases the most urgent job that may run: smaller priority first, then what has been due longest. It begins with a read: an
    /// idle worker must not take SQLite's write lock every few seconds.
    async fn next(&self, shift: &Shift, worker: &str, stopping: impl Fn() -> bool) -> Result<Found> {
        let kinds = self.kinds.clone();
        let heads = self.db.read(move |c| lease::heads(c, &kinds)).await?;
        let now = self.db.clock().now();
        let next = heads.iter().map(|head| head.run_at).filter(|at| *at > now).min();
        for head in heads.into_iter().filter(|head| head.run_at <= now) {
            let Some(place) = shift.place(&head.kind) else { continue };
            if stopping() {
                break;
            }
            let worker = worker.to_owned();
            if let Some(job) = self.db.write(move |c| lease::lease(c, &head.kind, &worker, now)).await? {
                return Ok(Found::Job(job, place));
            }
        }
        Ok(Found::Nothing { next })
    }

    /// Performs one leased job. When `patience` ends first, the job is dropped where it stands and given back.
    async fn perform(&self, job: Leased, worker: &str, patience: impl Future<Output = ()>) -> Result<()> {
        let (Some(handler), Some(kind)) = (self.handlers.get(job.kind.as_str()), self.kinds.get(&job.kind)) else {
            return Err(Error::Internal(format!("no handler for {}", job.kind)));
        };
        crash::point("job.leased");
        let started = std::time::Instant::now();
        let (id, attempt, last) = (job.id, job.attempts, job.attempts >= kind.max_attempts);
        let (kind, queued_at) = (kind.name, job.created_at);
        let this = Attempt { number: attempt, last, queued_at, began: self.db.clock().now() };
        let work = AssertUnwindSafe(handler(self.state.clone(), job.payload, this)).catch_unwind();
        let result = tokio::select! {
            result = work => result.unwrap_or_else(|_| Err(Failure::Retry(Error::internal("the job panicked")))),
            standing = self.keep(id, worker) => {
                if standing == Standing::Cancelled {
                    tracing::info!(id, kind, attempt, "job stopped: it was cancelled");
                    return self.settle(id, worker, Outcome::Cancelled).await;
                }
                tracing::warn!(id, kind, "the lease was lost; somebody else has the job");
                return Ok(());
            }
            () = patience => {
                tracing::info!(id, kind, "job given back: the program stops");
                return self.settle(id, worker, Outcome::GivenBack).await;
            }
        };
        let millis = started.elapsed().as_millis() as u64;
        let outcome = match result {
            Ok(()) => {
                tracing::info!(id, kind, attempt, millis, "job done");
                Outcome::Done
            }
            Err(Failure::Retry(error)) if !this.ends_with(&error) => {
                let (now, random, uncounted) = (self.db.clock().now(), rand::random::<f64>(), this.waits_for(&error));
                let retry_at = if uncounted { outage::retry_at(queued_at, now, random) } else { retry_at(attempt, now, random) };
                tracing::warn!(id, kind, attempt, millis, %error, %retry_at, "job failed");
                Outcome::Failed { error: error.to_string(), retry_at, uncounted }
            }
            Err(Failure::Retry(error) | Failure::Dead(error)) => {
                tracing::warn!(id, kind, attempt, millis, %error, "job is dead");
                Outcome::Dead { error: error.to_string() }
            }
        };
        self.settle(id, worker, outcome).await?;
        crash::point("job.settled");
        Ok(())
    }

    async fn settle(&self, id: i64, worker: &str, outcome: Outcome) -> Result<()> {
        let (kinds, worker, now) = (self.kinds.clone(), worker.to_owned(), self.db.clock().now());
        self.db.write(move |c| lease::settle(c, &kinds, id, &worker, outcome, now)).await
    }

    /// Keeps the lease; ends only when the job is to stop or no longer ours. A cancelled job is noticed by the signal, or else by
    /// the next heartbeat.
    async fn keep(&self, id: i64, worker: &str) -> Standing {
        let mut cancelled = self.db.heard(Signal::JobCancelled);
        // Cancelled between the lease and here: the signal has been missed.
        cancelled.mark_changed();
        loop {
            let name = worker.to_owned();
            let standing = tokio::select! {
                _ = cancelled.changed() => self.db.read(move |c| lease::standing(c, id, &name)).await,
                () = tokio::time::sleep(HEARTBEAT) => {
                    let now = self.db.clock().now();
                    self.db.write(move |c| lease::renew(c, id, &name, now)).await
                }
            };
            match standing {
                Ok(Standing::Ours) => {}
                Ok(other) => return other,
                Err(error) => tracing::warn!(%error, "a lease could not be renewed"),
            }
        }
    }
}

/// Exponential backoff with up to a quarter of jitter, so that what failed together does not come back together.
fn retry_at(attempt: i32, now: Timestamp, random: f64) -> Timestamp {
    let seconds = (FIRST_RETRY * 2f64.powi(attempt - 1)).min(LONGEST_RETRY) * (1.0 + random / 4.0);
    now + TimeDelta::milliseconds((seconds * 1e3) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_come_later_each_time_but_never_later_than_an_hour_and_a_quarter() {
        let now = crate::clock::Clock::default().now();
        let after = |attempt, random| (retry_at(attempt, now, random) - now).num_seconds();
        assert_eq!(after(1, 0.0), 5);
        assert_eq!(after(4, 0.0), 40);
        assert_eq!(after(30, 0.0), 3_600);
        assert_eq!(after(30, 1.0), 4_500);
    }
}
