//! Several workers and several processes: each job once, the urgent first, room for the small; and what is cancelled.

use super::depot::*;
use crate::support::app::on_postgres;
use crate::support::program::until;
use crate::support::site;
use chrono::TimeDelta;
use picstargram::platform::jobs::{self, Asked, Attempt, Cancelled, End, Failure, Perform, Runner};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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
fn small_jobs_do_not_wait_behind_many_heavy_ones() {
    site(async |app| {
        let depot = Depot::default();
        put(app, (0..30).map(|_| Parcel::new(true)).collect()).await;
        let workers = Workers::start(depot.runner(&app.state.db), 2, Duration::ZERO);
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
        let workers = Workers::start(depot.runner(&app.state.db), 1, Duration::ZERO);
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
        // There is room for one of them only.
        put(app, vec![Parcel::new(true), Parcel::new(true)]).await;
        let workers = Workers::start(depot.runner(&app.state.db), 1, SOON);
        until("it is carried", SOON, async || depot.in_work() == 1).await;
        workers.0.send_replace(true);
        depot.open.send_replace(true);
        workers.1.await.expect("the workers end");
        let begun = depot.carried.lock().expect("not poisoned").len();
        assert_eq!((counts(app).await, begun), ((1, 0, 0), 1), "what was begun is done, and nothing new begun");
        app.execute("DELETE FROM jobs").await;
    });
}
