//! Workers that are gone, jobs nobody knows, and a queue that is long.

use super::depot::*;
use crate::support::app::on_postgres;
use crate::support::program::until;
use crate::support::{TestApp, site};
use chrono::TimeDelta;
use diesel::prelude::*;
use picstargram::platform::jobs::{self, Cancelled, End, Runner};
use std::time::Duration;

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
        // It knows no letters: those are for the others.
        let runner = Runner::new(another_process(app), depot.clone()).with::<Parcel>();
        let workers = Workers::start(runner, 1, Duration::ZERO);
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
        until("they have worked", SOON, async || other.letters() == 1 && app.rows_in("jobs").await == 1).await;
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
