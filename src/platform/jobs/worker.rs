//! Workers: lease a job, keep the lease alive, perform it, record how it went.

use super::{Job, Leased, outage};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::crash;
use crate::platform::db::Db;
use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const HEARTBEAT: Duration = Duration::from_secs(20);
/// The safety net under the signal: a retry that became due, a job of another node.
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
    now: Timestamp,
}

impl Attempt {
    /// Whether this failure is the end: say so to whoever waits.
    pub fn ends_with(&self, error: &Error) -> bool {
        self.last && !outage::is_waited_for(error, self.queued_at, self.now)
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
    fn perform(self, state: S, attempt: Attempt) -> impl Future<Output = Result<(), Failure>> + Send;
}

type Handler<S> = Arc<dyn Fn(S, String, Attempt) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// The kinds of job this process knows, and the workers that do them.
#[derive(Clone)]
pub struct Runner<S> {
    db: Db,
    state: S,
    handlers: HashMap<&'static str, (Handler<S>, i32)>,
}

impl<S: Clone + Send + Sync + 'static> Runner<S> {
    pub fn new(db: Db, state: S) -> Self {
        Runner { db, state, handlers: HashMap::new() }
    }

    pub fn with<J: Perform<S>>(mut self) -> Self {
        let handler: Handler<S> = Arc::new(|state, payload, attempt| {
            async move {
                let job: J = serde_json::from_str(&payload).map_err(|error| Failure::Dead(Error::internal(error)))?;
                job.perform(state, attempt).await
            }
            .boxed()
        });
        self.handlers.insert(J::KIND, (handler, J::MAX_ATTEMPTS));
        self
    }

    /// Runs `workers` of them until `stop` turns true; then waits `drain` for what is under way and gives the rest back.
    pub async fn run(self, workers: usize, mut stop: watch::Receiver<bool>, drain: Duration) {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..workers {
            let (runner, stop) = (self.clone(), stop.clone());
            tasks.spawn(async move { runner.work(stop, drain).await });
        }
        if workers > 0 {
            let (runner, stop) = (self, stop.clone());
            tasks.spawn(async move { runner.reclaim_silent(stop).await });
        }
        let _ = stop.wait_for(|stop| *stop).await;
        while tasks.join_next().await.is_some() {}
    }

    /// Does everything that is due now, one after another, and returns how many jobs ran: for tests and one-off commands.
    pub async fn run_due(&self) -> Result<usize> {
        let worker = uuid::Uuid::new_v4().to_string();
        let mut done = 0;
        while let Some(job) = self.lease(&worker).await? {
            self.perform(job, &worker, std::future::pending()).await?;
            done += 1;
        }
        Ok(done)
    }

    async fn work(&self, mut stop: watch::Receiver<bool>, drain: Duration) {
        let worker = uuid::Uuid::new_v4().to_string();
        let mut queued = self.db.job_queued();
        loop {
            if *stop.borrow() {
                return;
            }
            queued.mark_unchanged();
            let leased = match self.due_now().await {
                Ok(true) => self.lease(&worker).await,
                Ok(false) => Ok(None),
                Err(error) => Err(error),
            };
            match leased {
                Ok(Some(job)) => {
                    let mut stop = stop.clone();
                    let patience = async move {
                        let _ = stop.wait_for(|stop| *stop).await;
                        tokio::time::sleep(drain).await;
                    };
                    if let Err(error) = self.perform(job, &worker, patience).await {
                        tracing::error!(%error, "how a job went could not be written down; its lease will run out");
                    }
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "the queue could not be asked"),
            }
            tokio::select! {
                _ = queued.changed() => {}
                _ = tokio::time::sleep(POLL) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn reclaim_silent(&self, mut stop: watch::Receiver<bool>) {
        loop {
            let now = self.db.clock().now();
            match self.db.write(move |c| super::reclaim(c, now)).await {
                Ok(0) => {}
                Ok(count) => tracing::warn!(count, "jobs of a silent worker were given back"),
                Err(error) => tracing::warn!(%error, "silent workers could not be looked for"),
            }
            tokio::select! {
                _ = tokio::time::sleep(HEARTBEAT) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.handlers.keys().copied().collect()
    }

    /// A read first: an idle worker must not take SQLite's write lock every few seconds.
    async fn due_now(&self) -> Result<bool> {
        let (kinds, now) = (self.kinds(), self.db.clock().now());
        let due = self.db.read(move |c| super::next_due(c, &kinds)).await?;
        Ok(due.is_some_and(|at| at <= now))
    }

    async fn lease(&self, worker: &str) -> Result<Option<Leased>> {
        let (kinds, worker, now) = (self.kinds(), worker.to_owned(), self.db.clock().now());
        self.db.write(move |c| super::lease(c, &kinds, &worker, now)).await
    }

    /// Performs one leased job. When `patience` ends first, the job is dropped where it stands and given back.
    async fn perform(&self, job: Leased, worker: &str, patience: impl Future<Output = ()>) -> Result<()> {
        let Some((handler, max_attempts)) = self.handlers.get(job.kind.as_str()) else {
            return Err(Error::Internal(format!("no handler for {}", job.kind)));
        };
        crash::point("job.leased");
        let started = std::time::Instant::now();
        let (number, queued_at, now) = (job.attempts, job.created_at, self.db.clock().now());
        let attempt = Attempt { number, last: number >= *max_attempts, queued_at, now };
        let work = AssertUnwindSafe(handler(self.state.clone(), job.payload, attempt)).catch_unwind();
        let id = job.id;
        let outcome = tokio::select! {
            outcome = work => outcome.unwrap_or_else(|_| Err(Failure::Retry(Error::internal("the job panicked")))),
            () = self.heartbeat(id, worker) => {
                tracing::warn!(kind = job.kind, "the lease was lost; somebody else has the job");
                return Ok(());
            }
            () = patience => {
                let worker = worker.to_owned();
                tracing::info!(kind = job.kind, "job given back: the program stops");
                return self.db.write(move |c| super::give_back(c, id, &worker)).await;
            }
        };
        let worker = worker.to_owned();
        let millis = started.elapsed().as_millis() as u64;
        match outcome {
            Ok(()) => {
                tracing::info!(kind = job.kind, attempt = job.attempts, millis, "job done");
                self.db.write(move |c| super::finish(c, id, &worker)).await?;
                crash::point("job.struck_out");
                Ok(())
            }
            Err(failure) => {
                let (now, random) = (self.db.clock().now(), rand::random::<f64>());
                let (error, retry_at, uncounted) = match failure {
                    Failure::Retry(error) if outage::is_waited_for(&error, queued_at, attempt.now) => {
                        (error, Some(outage::retry_at(queued_at, now, random)), true)
                    }
                    Failure::Retry(error) if !attempt.last => (error, Some(retry_at(number, now, random)), false),
                    Failure::Retry(error) | Failure::Dead(error) => (error, None, false),
                };
                tracing::warn!(kind = job.kind, attempt = job.attempts, millis, %error, dead = retry_at.is_none(), "job failed");
                self.db.write(move |c| super::fail(c, id, &worker, &error.to_string(), retry_at, uncounted)).await
            }
        }
    }

    /// Ends only when the lease is lost.
    async fn heartbeat(&self, id: i64, worker: &str) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            let (name, now) = (worker.to_owned(), self.db.clock().now());
            match self.db.write(move |c| super::renew(c, id, &name, now)).await {
                Ok(true) => {}
                Ok(false) => return,
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
