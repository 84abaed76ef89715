//! The queue: jobs that fail, die, are cancelled and revived, workers that share them and lose them; and what becomes of a photo
//! whose job ends undone.

use crate::support::app::on_postgres;
use crate::support::program::until;
use crate::support::{TestApp, pictures, site};
use chrono::TimeDelta;
use diesel::prelude::*;
use picstargram::clock::Timestamp;
use picstargram::error::{Error, Result};
use picstargram::platform::db::{Conn, Db};
use picstargram::platform::jobs::{self, Asked, Attempt, Cancelled, Concurrency, Counts, End, Failure, Job, Kinds, Perform, Runner, State};
use picstargram::urls;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

/// What the jobs of these tests do, and what they have seen.
#[derive(Clone, Default)]
struct Bench {
    tries: Arc<Mutex<Vec<(i32, bool)>>>,
    done: Arc<AtomicUsize>,
    began: Arc<Notify>,
}

#[derive(Serialize, Deserialize)]
enum Errand {
    Succeed,
    Fail,
    GiveUp,
    Panic,
    Never,
}

impl Job for Errand {
    const KIND: &'static str = "test.errand";
    const MAX_ATTEMPTS: i32 = 3;
}

impl Perform<Bench> for Errand {
    async fn perform(self, bench: Bench, attempt: Attempt) -> Result<(), Failure> {
        bench.tries.lock().expect("not poisoned").push((attempt.number, attempt.last));
        match self {
            Errand::Succeed => {
                bench.done.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
            Errand::Fail => Err(Error::internal("the storm took the bridge").into()),
            Errand::GiveUp => Err(Failure::Dead(Error::internal("there never was a bridge"))),
            Errand::Panic => panic!("the bridge fell"),
            Errand::Never => {
                bench.began.notify_one();
                std::future::pending().await
            }
        }
    }
}

async fn queue(app: &TestApp, errand: Errand) {
    let now = app.state.now();
    app.write(move |c| jobs::enqueue(c, &errand, now)).await;
}

fn runner(app: &TestApp, bench: &Bench) -> Runner<Bench> {
    Runner::new(app.state.db.clone(), bench.clone()).with::<Errand>()
}

async fn counts(app: &TestApp) -> (i64, i64, i64) {
    let Counts { waiting, running, dead } = app.read(jobs::counts).await;
    (waiting, running, dead)
}

#[test]
fn a_failing_job_comes_back_later_each_time_and_rests_with_its_error_in_the_end() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let bench = Bench::default();
        let runner = runner(app, &bench);
        queue(app, Errand::Fail).await;
        let mut waits = Vec::new();
        for attempt in 1..=3 {
            assert_eq!(runner.run_due().await.expect("the queue works"), 1, "attempt {attempt}");
            assert_eq!(runner.run_due().await.expect("the queue works"), 0, "not again at once");
            if attempt < 3 {
                assert_eq!(counts(app).await, (1, 0, 0));
                let now = app.state.now();
                let due: Vec<chrono::NaiveDateTime> = app
                    .read(|c| {
                        use picstargram::schema::jobs;
                        Ok(jobs::table.select(jobs::run_at).load(c)?)
                    })
                    .await;
                waits.push((due[0] - now).num_milliseconds());
                app.later(due[0] - now + TimeDelta::milliseconds(1));
            }
        }
        // Twice as long each time, and up to a quarter more.
        assert!((4_900..=6_250).contains(&waits[0]) && (9_900..=12_500).contains(&waits[1]), "{waits:?}");
        assert_eq!(*bench.tries.lock().expect("not poisoned"), [(1, false), (2, false), (3, true)]);
        assert_eq!(counts(app).await, (0, 0, 1));
        app.later(TimeDelta::days(30));
        assert_eq!(runner.run_due().await.expect("the queue works"), 0, "the dead stay dead");
        let dead = app.read(jobs::dead).await;
        assert_eq!(dead, [("test.errand".to_owned(), Some("the storm took the bridge".to_owned()))]);
    });
}

#[test]
fn a_job_that_can_never_work_dies_at_once_and_a_panic_is_a_failure() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let bench = Bench::default();
        let runner = runner(app, &bench);
        queue(app, Errand::GiveUp).await;
        queue(app, Errand::Panic).await;
        queue(app, Errand::Succeed).await;
        assert_eq!(runner.run_due().await.expect("the queue works"), 3);
        assert_eq!((counts(app).await, bench.done.load(Ordering::Relaxed)), ((1, 0, 1), 1));
        assert_eq!(app.texts("SELECT last_error FROM jobs WHERE state = 'waiting'").await, ["the job panicked"]);
        app.execute("DELETE FROM jobs WHERE state = 'waiting'").await;
    });
}

#[test]
fn a_job_exists_exactly_when_its_transaction_does() {
    site(async |app| {
        let now = app.state.now();
        let failed: Result<()> = app
            .state
            .db
            .write(move |c| {
                jobs::enqueue(c, &Errand::Succeed, now)?;
                Err(Error::internal("the rest of it went wrong"))
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(counts(app).await, (0, 0, 0));
    });
}

#[test]
fn a_stop_gives_unfinished_work_back_uncounted() {
    site(async |app| {
        let bench = Bench::default();
        let (stop, stopping) = watch::channel(false);
        let workers = tokio::spawn(runner(app, &bench).run(2, stopping, Duration::ZERO));
        // Queued while the workers sleep: the signal wakes them long before they would look by themselves.
        queue(app, Errand::Never).await;
        tokio::time::timeout(Duration::from_secs(4), bench.began.notified()).await.expect("a worker was woken");
        assert_eq!(counts(app).await, (0, 1, 0));
        stop.send_replace(true);
        workers.await.expect("the workers end");
        assert_eq!(counts(app).await, (1, 0, 0));
        assert_eq!(app.numbers("SELECT attempts FROM jobs").await, [0]);
        app.execute("DELETE FROM jobs").await;
    });
}

#[test]
fn the_job_of_a_worker_that_died_is_given_to_another() {
    site(async |app| {
        let bench = Bench::default();
        queue(app, Errand::Succeed).await;
        let lease = app.state.now() + TimeDelta::seconds(60);
        app.write(move |c| {
            use picstargram::schema::jobs;
            let lost = (jobs::state.eq("running"), jobs::leased_by.eq("nobody"), jobs::leased_until.eq(lease), jobs::attempts.eq(1));
            diesel::update(jobs::table).set(lost).execute(c)?;
            Ok(())
        })
        .await;
        assert_eq!(runner(app, &bench).run_due().await.expect("the queue works"), 0, "somebody has it");
        app.later(TimeDelta::seconds(61));
        let (stop, stopping) = watch::channel(false);
        let workers = tokio::spawn(runner(app, &bench).run(1, stopping, Duration::ZERO));
        until("the job is done", Duration::from_secs(20), async || bench.done.load(Ordering::Relaxed) == 1).await;
        stop.send_replace(true);
        workers.await.expect("the workers end");
        assert_eq!(*bench.tries.lock().expect("not poisoned"), [(2, false)], "the attempt that killed its worker counts");
    });
}

// ---- several at once, and what is cancelled ----

/// Jobs that are about something. One worker stays free of them.
#[derive(Clone, Serialize, Deserialize)]
struct Parcel {
    number: i64,
    heavy: bool,
}

/// How parcels of all tests ended, by their numbers: a job's end knows no test.
static ENDED: Mutex<BTreeMap<i64, (End, bool)>> = Mutex::new(BTreeMap::new());

impl Parcel {
    /// A number no other test has.
    fn new(heavy: bool) -> Self {
        static LAST: AtomicI64 = AtomicI64::new(0);
        Parcel { number: LAST.fetch_add(1, Ordering::Relaxed) + 1, heavy }
    }

    /// How it ended undone, and whether its end could read what had been queued.
    fn ended(&self) -> Option<(End, bool)> {
        ENDED.lock().expect("not poisoned").get(&self.number).copied()
    }
}

impl Job for Parcel {
    const KIND: &'static str = "test.parcel";
    const PRIORITY: i32 = 0;
    const MAX_ATTEMPTS: i32 = 2;
    const CONCURRENCY: Concurrency = Concurrency::AllButOne;

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
struct Letter {}

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
struct Depot {
    carried: Arc<Mutex<BTreeMap<i64, usize>>>,
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    letters: Arc<AtomicUsize>,
    open: Arc<watch::Sender<bool>>,
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
    fn runner(&self, db: &Db) -> Runner<Depot> {
        Runner::new(db.clone(), self.clone()).with::<Parcel>().with::<Letter>()
    }

    fn kinds(&self, app: &TestApp) -> Kinds {
        self.runner(&app.state.db).kinds().clone()
    }

    fn in_work(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }

    fn letters(&self) -> usize {
        self.letters.load(Ordering::Relaxed)
    }
}

/// Workers that can be stopped.
struct Workers(watch::Sender<bool>, tokio::task::JoinHandle<()>);

impl Workers {
    fn start<S: Clone + Send + Sync + 'static>(runner: Runner<S>, count: usize, drain: Duration) -> Self {
        let (stop, stopping) = watch::channel(false);
        Workers(stop, tokio::spawn(runner.run(count, stopping, drain)))
    }

    async fn stop(self) {
        self.0.send_replace(true);
        self.1.await.expect("the workers end");
    }
}

async fn put<J: Job + Sync>(app: &TestApp, jobs: Vec<J>) {
    let now = app.state.now();
    app.write(move |c| jobs.iter().try_for_each(|job| jobs::enqueue(c, job, now))).await;
}

async fn ids(app: &TestApp) -> Vec<i64> {
    app.numbers("SELECT id FROM jobs ORDER BY id").await
}

async fn cancel(app: &TestApp, db: &Db, depot: &Depot, ids: Vec<i64>) -> Cancelled {
    let (kinds, now) = (depot.kinds(app), app.state.now());
    db.write(move |c| jobs::cancel(c, &kinds, &ids, now)).await.expect("the database writes")
}

async fn retry(app: &TestApp, depot: &Depot, ids: Vec<i64>) -> Asked {
    let (kinds, now) = (depot.kinds(app), app.state.now());
    app.write(move |c| jobs::retry(c, &kinds, &ids, now)).await
}

/// As another process would: with a connection, and ears, of its own.
fn another_process(app: &TestApp) -> Db {
    Db::open(&app.state.config.database, app.clock.clone()).expect("it opens")
}

const SOON: Duration = Duration::from_secs(30);

#[test]
fn many_workers_of_several_processes_do_every_job_exactly_once() {
    site(async |app| {
        let depot = Depot::default();
        let parcels: Vec<Parcel> = (0..400).map(|_| Parcel::new(false)).collect();
        put(app, parcels.clone()).await;
        let workers: Vec<Workers> = (0..4).map(|_| Workers::start(depot.runner(&another_process(app)), 4, Duration::ZERO)).collect();
        until("all are carried", SOON * 2, async || app.rows_in("jobs").await == 0).await;
        for workers in workers {
            workers.stop().await;
        }
        let carried = depot.carried.lock().expect("not poisoned").clone();
        assert_eq!(carried.len(), 400);
        assert!(carried.values().all(|times| *times == 1), "{carried:?}");
    });
}

#[test]
fn one_worker_stays_free_for_small_jobs_behind_many_heavy_ones() {
    site(async |app| {
        let depot = Depot::default();
        put(app, (0..30).map(|_| Parcel::new(true)).collect()).await;
        let workers = Workers::start(depot.runner(&app.state.db), 3, Duration::ZERO);
        until("two are carried", SOON, async || depot.in_work() == 2).await;
        // Less urgent than all that waits, and yet done while they wait.
        put(app, vec![Letter {}, Letter {}]).await;
        until("the letters are through", SOON, async || depot.letters() == 2).await;
        assert_eq!((depot.in_work(), depot.most.load(Ordering::SeqCst)), (2, 2));
        depot.open.send_replace(true);
        until("all are carried", SOON, async || app.rows_in("jobs").await == 0).await;
        assert_eq!(depot.most.load(Ordering::SeqCst), 2);
        workers.stop().await;
    });
}

#[test]
fn what_is_urgent_goes_first_then_what_is_due_longest() {
    site(async |app| {
        let (late, early) = (Parcel::new(false), Parcel::new(false));
        let (now, one, other) = (app.state.now(), late.clone(), early.clone());
        app.write(move |c| {
            jobs::enqueue_at(c, &Letter {}, now - TimeDelta::minutes(9), now)?;
            jobs::enqueue_at(c, &one, now - TimeDelta::minutes(1), now)?;
            jobs::enqueue_at(c, &other, now - TimeDelta::minutes(2), now)
        })
        .await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let runner = Runner::new(app.state.db.clone(), order.clone()).with::<Parcel>().with::<Letter>();
        assert_eq!(runner.run_due().await.expect("the queue works"), 3);
        assert_eq!(*order.lock().expect("not poisoned"), [early.number, late.number, 0]);
    });
}

type Order = Arc<Mutex<Vec<i64>>>;

impl Perform<Order> for Parcel {
    async fn perform(self, order: Order, _: Attempt) -> Result<(), Failure> {
        order.lock().expect("not poisoned").push(self.number);
        Ok(())
    }
}

impl Perform<Order> for Letter {
    async fn perform(self, order: Order, _: Attempt) -> Result<(), Failure> {
        order.lock().expect("not poisoned").push(0);
        Ok(())
    }
}

#[test]
fn a_job_of_another_process_is_heard_of_at_once_or_found_in_time() {
    site(async |app| {
        let depot = Depot::default();
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
        if on_postgres() {
            until("it listens", SOON, async || listeners(app).await == 1).await;
        }
        let (other, now) = (another_process(app), app.state.now());
        let began = Instant::now();
        // Several, so that none is found by a lucky look.
        for wanted in 1..=4 {
            other.write(move |c| jobs::enqueue(c, &Letter {}, now)).await.expect("the database writes");
            until("the letter is through", SOON, async || depot.letters() == wanted).await;
        }
        if on_postgres() {
            assert!(began.elapsed() < Duration::from_secs(4), "polling alone takes up to five seconds each: {:?}", began.elapsed());
        }
        workers.stop().await;
    });
}

/// Processes of this site that listen. Their sign of life is the lock of a single number.
async fn listeners(app: &TestApp) -> i64 {
    let held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 \
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    app.number(held).await
}

/// A restart of the server, a firewall: SQLite has no such connection.
#[test]
fn a_listener_that_was_cut_off_listens_again() {
    if !on_postgres() {
        return;
    }
    site(async |app| {
        let depot = Depot::default();
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
        until("it listens", SOON, async || listeners(app).await == 1).await;
        let cut = "SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' \
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS cut";
        assert_eq!(app.number(cut).await, 1);
        until("it is cut off", SOON, async || listeners(app).await == 0).await;
        until("it listens again", SOON, async || listeners(app).await == 1).await;
        workers.stop().await;
        until("it is gone with its workers", SOON, async || listeners(app).await == 0).await;
    });
}

#[test]
fn cancelling_takes_what_waits_and_stops_what_runs() {
    site(async |app| {
        let depot = Depot::default();
        let (heavy, waiting) = (Parcel::new(true), Parcel::new(false));
        put(app, vec![heavy.clone()]).await;
        let workers = Workers::start(depot.runner(&app.state.db), 2, Duration::ZERO);
        until("it is carried", SOON, async || depot.in_work() == 1).await;
        put(app, vec![waiting.clone()]).await;
        let all = ids(app).await;
        assert_eq!(counts(app).await, (1, 1, 0), "one place only");

        let began = Instant::now();
        let cancelled = cancel(app, &app.state.db, &depot, all.clone()).await;
        assert_eq!(cancelled, Cancelled { gone: 1, stopping: 1, ..Cancelled::default() });
        until("it is put down", SOON, async || depot.in_work() == 0 && app.rows_in("jobs").await == 0).await;
        assert!(began.elapsed() < Duration::from_secs(4), "by the signal, not by the heartbeat: {:?}", began.elapsed());
        assert_eq!((heavy.ended(), waiting.ended()), (Some((End::Cancelled, true)), Some((End::Cancelled, true))));
        assert_eq!(depot.carried.lock().expect("not poisoned").get(&waiting.number), None);
        workers.stop().await;
        // Who comes too late is told so.
        assert_eq!(cancel(app, &app.state.db, &depot, all).await, Cancelled { not: 2, ..Cancelled::default() });
    });
}

#[test]
fn a_worker_of_another_process_stops_too() {
    site(async |app| {
        let depot = Depot::default();
        let heavy = Parcel::new(true);
        put(app, vec![heavy.clone()]).await;
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
        until("it is carried", SOON, async || depot.in_work() == 1).await;
        if on_postgres() {
            until("it listens", SOON, async || listeners(app).await == 1).await;
        }
        let began = Instant::now();
        let cancelled = cancel(app, &another_process(app), &depot, ids(app).await).await;
        assert_eq!(cancelled.stopping, 1);
        until("it is put down", SOON, async || app.rows_in("jobs").await == 0).await;
        assert_eq!((depot.in_work(), heavy.ended()), (0, Some((End::Cancelled, true))));
        if on_postgres() {
            assert!(began.elapsed() < Duration::from_secs(4), "by the signal, not by the heartbeat: {:?}", began.elapsed());
        }
        workers.stop().await;
    });
}

#[test]
fn what_cannot_be_cancelled_goes_on_and_what_is_dead_can_be_removed_or_revived() {
    site(async |app| {
        let depot = Depot::default();
        put(app, vec![Letter {}]).await;
        assert_eq!(cancel(app, &app.state.db, &depot, ids(app).await).await, Cancelled { not: 1, ..Cancelled::default() });
        app.execute("UPDATE jobs SET state = 'dead', attempts = 8, last_error = 'the storm took it'").await;
        assert_eq!(cancel(app, &app.state.db, &depot, ids(app).await).await, Cancelled { removed: 1, ..Cancelled::default() });
        assert_eq!(app.rows_in("jobs").await, 0);

        let parcel = Parcel::new(false);
        put(app, vec![parcel.clone()]).await;
        app.execute("UPDATE jobs SET state = 'dead', attempts = 2, last_error = 'the storm took it'").await;
        ENDED.lock().expect("not poisoned").insert(parcel.number, (End::Dead, true));
        let all = ids(app).await;
        assert_eq!(retry(app, &depot, [all.clone(), vec![1]].concat()).await, Asked { done: 1, not: 1 });
        assert_eq!((counts(app).await, parcel.ended()), ((1, 0, 0), None));
        assert_eq!(app.numbers("SELECT attempts FROM jobs").await, [0], "with all its attempts");
        // One that waits for its next attempt is hurried.
        app.execute("UPDATE jobs SET run_at = '2999-01-01 00:00:00'").await;
        assert_eq!(retry(app, &depot, all).await, Asked { done: 1, not: 0 });
        assert_eq!(depot.runner(&app.state.db).run_due().await.expect("the queue works"), 1);
    });
}

#[test]
fn a_stop_lets_work_end_that_ends_in_time() {
    site(async |app| {
        let depot = Depot::default();
        put(app, vec![Parcel::new(true)]).await;
        let workers = Workers::start(depot.runner(&app.state.db), 1, SOON);
        until("it is carried", SOON, async || depot.in_work() == 1).await;
        workers.0.send_replace(true);
        put(app, vec![Letter {}]).await;
        depot.open.send_replace(true);
        workers.1.await.expect("the workers end");
        assert_eq!((counts(app).await, depot.letters()), ((1, 0, 0), 0), "what was begun is done, and nothing new begun");
        app.execute("DELETE FROM jobs").await;
    });
}

// ---- workers that are gone, jobs nobody knows ----

/// Makes everything that waits look as if this worker had it, and had been heard of so many seconds ago.
async fn lose(app: &TestApp, worker: &str, silent_for: i64, attempts: i32) {
    let (worker, until) = (worker.to_owned(), app.state.now() + TimeDelta::seconds(60 - silent_for));
    app.write(move |c| {
        use picstargram::schema::jobs;
        let lost = (jobs::state.eq("running"), jobs::leased_by.eq(worker), jobs::leased_until.eq(until), jobs::attempts.eq(attempts));
        diesel::update(jobs::table).set(lost).execute(c)?;
        Ok(())
    })
    .await;
}

#[test]
fn a_process_that_is_neither_seen_nor_heard_loses_its_jobs_soon() {
    site(async |app| {
        let depot = Depot::default();
        put(app, vec![Letter {}]).await;
        lose(app, "00000000000000ab-1", 14, 1).await;
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
        if !on_postgres() {
            // Nobody can be seen on SQLite: silence alone decides, and a minute is not over.
            app.later(TimeDelta::seconds(40));
            assert_eq!(counts(app).await, (0, 1, 0));
            app.later(TimeDelta::seconds(10));
        }
        until("the letter is through", SOON, async || depot.letters() == 1).await;
        workers.stop().await;
    });
}

#[test]
fn a_process_that_is_seen_or_heard_keeps_its_jobs() {
    site(async |app| {
        let (depot, other) = (Depot::default(), Depot::default());
        put(app, vec![Parcel::new(true)]).await;
        let workers = Workers::start(depot.runner(&another_process(app)), 1, Duration::ZERO);
        until("it is carried", SOON, async || depot.in_work() == 1).await;
        if on_postgres() {
            until("it is seen", SOON, async || listeners(app).await == 1).await;
            // Seen, though late with its renewal.
            let late = app.state.now() + TimeDelta::seconds(60 - 14);
            app.write(move |c| {
                use picstargram::schema::jobs;
                Ok(diesel::update(jobs::table).set(jobs::leased_until.eq(late)).execute(c)?)
            })
            .await;
        }
        // Others look around at once.
        put(app, vec![Letter {}]).await;
        let others = Workers::start(other.runner(&app.state.db), 1, Duration::ZERO);
        until("they work", SOON, async || other.letters() == 1).await;
        assert_eq!((depot.in_work(), counts(app).await), (1, (0, 1, 0)));
        depot.open.send_replace(true);
        until("it is carried to its end", SOON, async || app.rows_in("jobs").await == 0).await;
        assert_eq!(other.carried.lock().expect("not poisoned").len(), 0);
        others.stop().await;
        workers.stop().await;
    });
}

#[test]
fn a_job_that_kills_its_workers_dies_in_the_end() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let (depot, parcel) = (Depot::default(), Parcel::new(false));
        put(app, vec![parcel.clone()]).await;
        lose(app, "nobody", 61, 2).await;
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
        until("it is dead", SOON, async || counts(app).await == (0, 0, 1)).await;
        workers.stop().await;
        assert_eq!(app.texts("SELECT last_error FROM jobs").await, ["its worker died with it, 2 times in all"]);
        assert_eq!((parcel.ended(), depot.carried.lock().expect("not poisoned").len()), (Some((End::Dead, true)), 0));
    });
}

#[test]
fn what_was_to_stop_is_not_begun_again_when_its_worker_is_gone() {
    site(async |app| {
        let (depot, parcel) = (Depot::default(), Parcel::new(false));
        put(app, vec![parcel.clone()]).await;
        lose(app, "nobody", 50, 1).await;
        assert_eq!(cancel(app, &app.state.db, &depot, ids(app).await).await.stopping, 1);
        app.later(TimeDelta::seconds(11));
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
        until("it is gone", SOON, async || app.rows_in("jobs").await == 0).await;
        workers.stop().await;
        assert_eq!((parcel.ended(), depot.carried.lock().expect("not poisoned").len()), (Some((End::Cancelled, true)), 0));
    });
}

#[test]
fn a_job_of_another_version_is_left_alone() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let (depot, parcel) = (Depot::default(), Parcel::new(false));
        put(app, vec![parcel.clone()]).await;
        app.execute("UPDATE jobs SET payload = '{\"weight\": 3}'").await;
        // Another kind, more urgent and due longer.
        put(app, vec![Letter {}]).await;
        app.execute("UPDATE jobs SET kind = 'test.of_tomorrow', priority = -1, run_at = '2020-01-01 00:00:00' WHERE kind = 'test.letter'")
            .await;
        let runner = depot.runner(&app.state.db);
        assert_eq!(runner.run_due().await.expect("the queue works"), 1);
        assert_eq!(counts(app).await, (1, 0, 1));
        // One that is known but cannot be read is dead, and its end knows at least what it was about.
        let errors = app.texts("SELECT last_error FROM jobs WHERE state = 'dead'").await;
        assert!(errors[0].starts_with("what was queued cannot be read by this version of the program: missing field"), "{errors:?}");
        assert_eq!(parcel.ended(), Some((End::Dead, false)));
        let unknown = app.numbers("SELECT id FROM jobs WHERE kind = 'test.of_tomorrow'").await;
        assert_eq!(cancel(app, &app.state.db, &depot, unknown).await, Cancelled { not: 1, ..Cancelled::default() });
        app.execute("DELETE FROM jobs WHERE kind = 'test.of_tomorrow'").await;
    });
}

#[test]
fn the_next_job_is_found_by_an_index_among_a_hundred_thousand() {
    site(async |app| {
        let depot = Depot::default();
        let numbers = if on_postgres() {
            "SELECT n FROM generate_series(1, 100000) AS s(n)"
        } else {
            "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 100000) SELECT n FROM s"
        };
        app.execute(format!(
            "INSERT INTO jobs (id, kind, payload, state, priority, run_at, attempts, created_at, since) \
             SELECT n, CASE WHEN n % 3 = 0 THEN 'test.parcel' ELSE 'test.letter' END, '{{}}', 'waiting', 0, '2999-01-01 00:00:00', 0, \
             '2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM ({numbers}) AS numbers"
        ))
        .await;
        app.execute("ANALYZE jobs").await;
        let kinds = depot.kinds(app);
        let plans = app.read(move |c| jobs::plans(c, &kinds)).await;
        assert_eq!(plans.len(), 3);
        for plan in &plans {
            // PostgreSQL may read the index in any of its ways; what counts is that nothing is sorted or read through.
            assert!(
                plan.contains("jobs_due") && !plan.contains("Seq Scan") && !plan.contains("Sort") && !plan.contains("B-TREE"),
                "{plan}"
            );
        }
        put(app, vec![Letter {}]).await;
        assert_eq!(depot.runner(&app.state.db).run_due().await.expect("the queue works"), 1);
        app.execute("DELETE FROM jobs").await;
    });
}

// ---- photos whose job ends undone ----

async fn cancel_all(app: &TestApp) -> Cancelled {
    let (kinds, now, all) = (picstargram::app::runner(&app.state).kinds().clone(), app.state.now(), ids(app).await);
    app.write(move |c| jobs::cancel(c, &kinds, &all, now)).await
}

#[test]
fn a_photo_whose_job_was_cancelled_says_so_and_can_be_tried_again() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(600, 400)], "").await;
        assert_eq!(cancel_all(app).await.gone, 1);
        let page = ada.visit(urls::post(post)).await;
        assert!(page.says("photo-failed") && page.says("photo-failed-cancelled"));
        ada.post(urls::post_retry(post), &[]).await.assert_redirect(urls::post(post));
        assert!(ada.visit(urls::post(post)).await.says("photo-processing"));
        app.run_jobs().await;
        assert!(ada.visit(urls::post(post)).await.has(".post-photos img[srcset]"));
    });
}

#[test]
fn a_dead_job_goes_with_its_second_try_or_with_its_photo() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let (kept, gone) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        app.execute("UPDATE jobs SET state = 'dead', attempts = 8, last_error = 'the storm took it'").await;
        app.execute("UPDATE images SET state = 'failed', failure = 'photo-failed-storage'").await;
        assert_eq!(app.read(jobs::counts).await.dead, 2);
        ada.post(urls::post_retry(kept), &[]).await.assert_redirect(urls::post(kept));
        // Pressed twice.
        ada.post(urls::post_retry(kept), &[]).await.assert_redirect(urls::post(kept));
        assert_eq!(counts(app).await, (1, 0, 1));
        ada.post(urls::post_delete(gone), &[]).await.assert_redirect(urls::profile("ada"));
        app.run_jobs().await;
        assert_eq!(app.rows_in("jobs").await, 0);
        assert!(ada.visit(urls::post(kept)).await.has(".post-photos img[srcset]"));
    });
}

#[test]
fn a_failed_photo_can_be_taken_out_of_its_post() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let photos = [pictures::small(), pictures::jpeg(600, 400), pictures::webp(80, 60)];
        let post = app.share(&ada, &photos, "").await;
        let only = app.share_any(&ada, "").await;
        let before = app.images_of(post).await;
        let lost = &before[0];
        let fail = async |id: i64| {
            app.execute(format!("DELETE FROM jobs WHERE subject = {id}")).await;
            app.execute(format!("UPDATE images SET state = 'failed', failure = 'photo-failed-lost' WHERE id = {id}")).await;
        };
        fail(lost.id).await;
        fail(app.images_of(only).await[0].id).await;
        app.run_jobs().await;

        // The only one goes with its post.
        let page = ada.visit(urls::post(only)).await;
        assert!(page.says("photo-failed-lost") && page.has(&format!(".picture.failed a[href='{}']", urls::post_delete(only))));
        let ask = urls::post_photo_delete(only, app.images_of(only).await[0].id);
        ada.visit(&ask).await.assert_not_found();
        ada.post(&ask, &[]).await.assert_not_found();

        // Of several it goes alone, after a question.
        let ask = ada.visit(urls::post(post)).await.attr(".picture.failed a", "href");
        assert_eq!(ask, urls::post_photo_delete(post, lost.id));
        assert!(!mina.visit(urls::post(post)).await.has(".picture.failed a"));
        mina.post(&ask, &[]).await.assert_status(403);
        let form = ada.visit(&ask).await.assert_ok().attr("dialog form", "action");
        // One that is well stays.
        ada.post(urls::post_photo_delete(post, before[1].id), &[]).await.assert_not_found();
        ada.post(&form, &[]).await.assert_redirect(urls::post(post));
        let left: Vec<i64> = app.images_of(post).await.iter().map(|image| image.id).collect();
        assert_eq!(left, [before[1].id, before[2].id]);
        assert_eq!(app.numbers(format!("SELECT position FROM post_photos WHERE post_id = {post} ORDER BY position")).await, [0, 1]);
        assert_eq!(app.number(format!("SELECT photo_count FROM posts WHERE id = {post}")).await, 2);
        let grid = mina.visit(urls::EXPLORE).await;
        assert!(grid.has(&format!("a.picture[href='{}'] img", urls::post(post))), "it has a face again");
        ada.post(&form, &[]).await.assert_not_found();
        app.run_jobs().await;
        assert!(!app.stored_keys().await.contains(&lost.original_key));
        ada.post(urls::post_delete(only), &[]).await.assert_status(303);
    });
}

#[test]
fn a_photo_whose_job_died_of_itself_says_so() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        // As an older version wrote it, in a way nobody reads any more.
        app.execute("UPDATE jobs SET payload = '{}'").await;
        app.run_jobs().await;
        assert_eq!(app.images_of(post).await[0].failure.as_deref(), Some("photo-failed-internal"));
        let dead = app.read(|c| jobs::page(c, State::Dead, None, None)).await;
        assert_eq!(dead[0].subject, Some(app.images_of(post).await[0].id));
    });
}

#[test]
fn a_cancelled_job_about_a_photo_that_is_gone_leaves_nothing_behind() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(600, 400)], "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        ada.post(urls::post_delete(post), &[]).await.assert_redirect(urls::profile("ada"));
        // What an attempt had put that was stopped in the middle.
        let public = picstargram::platform::storage::Kind { media_type: "image/webp", public: true };
        app.state.storage.put(&image.key("512"), "late".into(), public).await.expect("it is put");
        let cancelled = cancel_all(app).await;
        assert_eq!((cancelled.gone, cancelled.not), (1, 1), "what deletes is not cancelled");
        app.run_jobs().await;
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
    });
}
