//! Jobs to carry: parcels, which are heavy, and letters, which are small and cannot be called back.

use crate::support::TestApp;
use picstargram::clock::Timestamp;
use picstargram::error::Result;
use picstargram::platform::db::{Conn, Db};
use picstargram::platform::jobs::{self, Asked, Attempt, Cancelled, Concurrency, Counts, End, Failure, Job, Kinds, Perform, Runner};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

/// Jobs that are about something, and heavy.
#[derive(Clone, Serialize, Deserialize)]
pub struct Parcel {
    pub number: i64,
    pub heavy: bool,
}

/// How parcels of all tests ended, by their numbers: a job's end knows no test.
pub static ENDED: Mutex<BTreeMap<i64, (End, bool)>> = Mutex::new(BTreeMap::new());

impl Parcel {
    /// A number no other test has.
    pub fn new(heavy: bool) -> Self {
        static LAST: AtomicI64 = AtomicI64::new(0);
        Parcel { number: LAST.fetch_add(1, Ordering::Relaxed) + 1, heavy }
    }

    /// How it ended undone, and whether its end could read what had been queued.
    pub fn ended(&self) -> Option<(End, bool)> {
        ENDED.lock().expect("not poisoned").get(&self.number).copied()
    }
}

impl Job for Parcel {
    const KIND: &'static str = "test.parcel";
    const PRIORITY: i32 = 0;
    const MAX_ATTEMPTS: i32 = 2;
    const CONCURRENCY: Concurrency = Concurrency::Heavy;

    fn subject(&self) -> Option<i64> {
        Some(self.number)
    }

    fn ended(job: Option<Self>, subject: Option<i64>, end: End, _: &mut Conn, _: Timestamp) -> Result<()> {
        ENDED.lock().expect("not poisoned").insert(subject.expect("a parcel has a number"), (end, job.is_some()));
        Ok(())
    }

    fn revived(subject: Option<i64>, _: &mut Conn) -> Result<()> {
        ENDED.lock().expect("not poisoned").remove(&subject.expect("a parcel has a number"));
        Ok(())
    }
}

impl Perform<Depot> for Parcel {
    async fn perform(self, depot: Depot, _: Attempt) -> Result<(), Failure> {
        *depot.carried.lock().expect("not poisoned").entry(self.number).or_default() += 1;
        let _carrying = Carrying::begin(&depot);
        if self.heavy {
            let mut open = depot.open.subscribe();
            let _ = open.wait_for(|open| *open).await;
        } else {
            tokio::task::yield_now().await;
        }
        Ok(())
    }
}

/// Small, and not as urgent.
#[derive(Serialize, Deserialize)]
pub struct Letter {}

impl Job for Letter {
    const KIND: &'static str = "test.letter";
    const CANCELLABLE: bool = false;
}

impl Perform<Depot> for Letter {
    async fn perform(self, depot: Depot, _: Attempt) -> Result<(), Failure> {
        depot.letters.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// Where parcels are carried: how often each was, how many at once, and whether the heavy ones may go.
#[derive(Clone)]
pub struct Depot {
    pub carried: Arc<Mutex<BTreeMap<i64, usize>>>,
    pub now: Arc<AtomicUsize>,
    pub most: Arc<AtomicUsize>,
    pub letters: Arc<AtomicUsize>,
    pub open: Arc<watch::Sender<bool>>,
}

impl Default for Depot {
    fn default() -> Self {
        let open = Arc::new(watch::channel(false).0);
        Depot { carried: Arc::default(), now: Arc::default(), most: Arc::default(), letters: Arc::default(), open }
    }
}

/// Ends with the job, also when it is dropped.
struct Carrying(Depot);

impl Carrying {
    fn begin(depot: &Depot) -> Self {
        let now = depot.now.fetch_add(1, Ordering::SeqCst) + 1;
        depot.most.fetch_max(now, Ordering::SeqCst);
        Carrying(depot.clone())
    }
}

impl Drop for Carrying {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Depot {
    pub fn runner(&self, db: &Db) -> Runner<Depot> {
        Runner::new(db.clone(), self.clone()).with::<Parcel>().with::<Letter>()
    }

    pub fn kinds(&self, app: &TestApp) -> Kinds {
        self.runner(&app.state.db).kinds().clone()
    }

    pub fn in_work(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }

    pub fn letters(&self) -> usize {
        self.letters.load(Ordering::Relaxed)
    }
}

/// Workers that can be stopped.
pub struct Workers(pub watch::Sender<bool>, pub tokio::task::JoinHandle<()>);

impl Workers {
    pub fn start<S: Clone + Send + Sync + 'static>(runner: Runner<S>, count: usize, drain: Duration) -> Self {
        let (stop, stopping) = watch::channel(false);
        Workers(stop, tokio::spawn(runner.run(count, stopping, drain)))
    }

    pub async fn stop(self) {
        self.0.send_replace(true);
        self.1.await.expect("the workers end");
    }
}

pub async fn put<J: Job + Sync>(app: &TestApp, jobs: Vec<J>) {
    let now = app.state.now();
    app.write(move |c| jobs.iter().try_for_each(|job| jobs::enqueue(c, job, now))).await;
}

pub async fn ids(app: &TestApp) -> Vec<i64> {
    app.numbers("SELECT id FROM jobs ORDER BY id").await
}

pub async fn cancel(app: &TestApp, db: &Db, depot: &Depot, ids: Vec<i64>) -> Cancelled {
    let (kinds, now) = (depot.kinds(app), app.state.now());
    db.write(move |c| jobs::cancel(c, &kinds, &ids, now)).await.expect("the database writes")
}

pub async fn retry(app: &TestApp, depot: &Depot, ids: Vec<i64>) -> Asked {
    let (kinds, now) = (depot.kinds(app), app.state.now());
    app.write(move |c| jobs::retry(c, &kinds, &ids, now)).await
}

/// As another process would: with a connection, and ears, of its own.
pub fn another_process(app: &TestApp) -> Db {
    Db::open(&app.state.config.database, app.clock.clone()).expect("it opens")
}

pub const SOON: Duration = Duration::from_secs(30);

pub async fn counts(app: &TestApp) -> (i64, i64, i64) {
    let Counts { waiting, running, dead } = app.read(jobs::counts).await;
    (waiting, running, dead)
}

/// Processes of this site that listen. Their sign of life is the lock of a single number.
pub async fn listeners(app: &TestApp) -> i64 {
    let held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 \
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    app.number(held).await
}
