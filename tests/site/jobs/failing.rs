//! Jobs that fail, panic, or are stopped in the middle.

use super::depot::counts;
use crate::support::program::until;
use crate::support::{TestApp, site};
use chrono::TimeDelta;
use diesel::prelude::*;
use picstargram::error::{Error, Result};
use picstargram::platform::jobs::{self, Attempt, Failure, Job, Perform, Runner};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
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
