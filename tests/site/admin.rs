//! What administrators look after, through the front door: the list of jobs, and what can be done to them.

use crate::support::{Browser, Page, TestApp, pictures, site, words};
use chrono::TimeDelta;
use picstargram::platform::jobs::{self, Counts, State};
use picstargram::urls;
use picstargram::web::i18n::{Lang, Message};

/// What a notice says that counts.
fn notice(key: &'static str, count: usize, rest: usize) -> String {
    let args = vec![("count", count.into()), ("rest", rest.into())];
    Message { key, args }.in_language(Lang::En).trim().to_owned()
}

/// So many photos of Ada's whose jobs are dead.
async fn dead_jobs(app: &TestApp, ada: &Browser, count: usize) {
    let photos = vec![pictures::small(); count];
    app.share(ada, &photos, "A rough sea").await;
    app.execute("UPDATE jobs SET state = 'dead', attempts = 8, last_error = 'the storm took it\nand <b>the boat</b>'").await;
    app.execute("UPDATE images SET state = 'failed', failure = 'photo-failed-storage'").await;
}

/// Jobs of a kind nobody knows, which stay where they are.
async fn unknown_jobs(app: &TestApp, state: &str, ids: std::ops::Range<i64>) {
    for id in ids {
        app.execute(format!(
            "INSERT INTO jobs (id, kind, payload, state, priority, run_at, attempts, created_at, since) \
             VALUES ({id}, 'test.<unknown>', '{{}}', '{state}', 0, '2999-01-01 00:00:00', 3, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
        ))
        .await;
    }
}

async fn counts(app: &TestApp) -> (i64, i64, i64) {
    let Counts { waiting, running, dead } = app.read(jobs::counts).await;
    (waiting, running, dead)
}

fn list(state: State) -> String {
    urls::admin_jobs(state.as_str(), None)
}

/// The ticks of a page.
fn ticks(page: &Page) -> Vec<String> {
    page.attrs("input[name=job][type=checkbox]", "value")
}

#[test]
fn an_administrator_finds_the_jobs_by_links() {
    site(async |app| {
        app.expect_dead_jobs(2);
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 2).await;
        let home = grace.visit(urls::HOME).await.assert_ok();
        assert!(grace.visit(urls::SETTINGS).await.has(&format!("main a[href='{}']", urls::ADMIN)), "on a phone it stands there");
        let there = grace.visit(home.attr(&format!(".site-nav a[href='{}']", urls::ADMIN), "href")).await;
        assert_eq!(there.status.as_u16(), 303);
        let page = grace.follow(&there.assert_redirect(urls::ADMIN_USERS)).await.assert_ok();
        let page = grace.visit(page.attr(&format!(".tabs a[href='{}']", urls::ADMIN_JOBS), "href")).await.assert_ok();
        // What needs somebody is shown first.
        assert_eq!(page.text(".pills [aria-current]"), format!("{} 2", words("jobs-dead", &[])));
        assert_eq!(page.count("tbody tr"), 2);
        assert_eq!(page.text(".job-kind"), words("job-make-variants", &[]));
        let post = app.newest_post().await.expect("a post");
        assert_eq!(page.attr("a.job-about", "href"), urls::post(post));
        assert!(page.text("tbody .number").contains("8 of 8"));
        assert_eq!(page.text("details.job-error summary"), "the storm took it");
        assert_eq!(page.text("details.job-error .log"), "the storm took it and <b>the boat</b>");
        assert_eq!(page.attrs(".pills:first-child a", "href"), State::ALL.map(list));
        for (state, empty) in [(State::Running, "jobs-none-running"), (State::Waiting, "jobs-none-waiting")] {
            assert!(grace.visit(list(state)).await.assert_ok().says(empty));
        }
    });
}

#[test]
fn one_job_runs_again() {
    site(async |app| {
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 1).await;
        let page = grace.visit(urls::ADMIN_JOBS).await;
        let id = page.attr("button[name=only]", "value");
        let form = format!("form#{}", page.attr("button[name=only]", "form"));
        let state = page.attr(&format!("{form} input[name=state]"), "value");
        let answer = grace.post(page.attr(&form, "action"), &[("state", &state), ("only", &id)]).await.assert_redirect(list(State::Dead));
        let page = grace.follow(&answer).await.assert_ok();
        assert_eq!(page.text("#notices p"), notice("flash-jobs-retried", 1, 0));
        assert!(page.says("jobs-none-dead"));
        assert_eq!(app.images_of(app.newest_post().await.expect("a post")).await[0].state, "processing", "its owner sees it at once");
        let waiting = grace.visit(list(State::Waiting)).await;
        assert_eq!((waiting.count("tbody tr"), waiting.texts("tbody time")[1].clone()), (1, words("time-now", &[])));
        app.run_jobs().await;
        assert_eq!(counts(app).await, (0, 0, 0));
        // Who presses once more is told.
        let answer = grace.post(urls::ADMIN_JOBS_RETRY, &[("only", &id)]).await.assert_status(303);
        assert_eq!(grace.follow(&answer).await.text("#notices .bad p"), notice("flash-jobs-retried", 0, 1));
    });
}

#[test]
fn several_run_again_or_go_for_good() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 5).await;
        let chosen = ticks(&grace.visit(urls::ADMIN_JOBS).await);
        assert_eq!(chosen.len(), 5);
        let fields = [("state", "dead"), ("job", &chosen[0]), ("job", &chosen[1]), ("job", &chosen[1])];
        let answer = grace.post(urls::ADMIN_JOBS_RETRY, &fields).await.assert_redirect(list(State::Dead));
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-jobs-retried", 2, 0));
        assert_eq!(counts(app).await, (2, 0, 3));

        // What destroys is asked about first; the question changes nothing.
        let ask = format!("{}?state=dead&job={}&job={}", urls::ADMIN_JOBS_CANCEL, chosen[2], chosen[3]);
        let page = grace.visit(ask).await.assert_ok();
        assert_eq!(page.text("#cancel-title"), words("jobs-remove-title", &[("count", 2)]));
        assert_eq!(page.attrs("dialog input[name=job]", "value").len(), 2);
        assert_eq!(counts(app).await, (2, 0, 3));
        let fields = [("state", "dead"), ("job", &chosen[2]), ("job", &chosen[3])];
        let answer = grace.post(page.attr("dialog form", "action"), &fields).await.assert_redirect(list(State::Dead));
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-jobs-removed", 2, 0));
        assert_eq!(counts(app).await, (2, 0, 1));
    });
}

#[test]
fn all_of_a_kind_at_once_and_nothing_of_another() {
    site(async |app| {
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 3).await;
        // More than one portion.
        unknown_jobs(app, "dead", 1..202).await;
        let page = grace.visit(urls::ADMIN_JOBS).await;
        let kinds = page.attrs(".quiet-pills a", "href");
        let photos = urls::admin_jobs("dead", Some("media.make_variants"));
        assert_eq!(kinds, [list(State::Dead), photos.clone(), urls::admin_jobs("dead", Some("test.<unknown>"))]);
        let page = grace.visit(&photos).await.assert_ok();
        assert_eq!((page.count("tbody tr"), page.text("button[name=all]")), (3, words("jobs-retry-all", &[("count", 3)])));
        let fields = [("state", "dead"), ("kind", "media.make_variants"), ("all", "1")];
        let answer = grace.post(urls::ADMIN_JOBS_RETRY, &fields).await.assert_redirect(&photos);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-jobs-retried", 3, 0));
        assert_eq!(counts(app).await, (3, 0, 201));

        let unknown = urls::admin_jobs("dead", Some("test.<unknown>"));
        let page = grace.visit(&unknown).await;
        assert_eq!(page.text(".job-kind"), "test.<unknown>");
        let ask = grace.visit(page.attr(".jobs-foot a.danger", "href")).await.assert_ok();
        assert_eq!(ask.text("#cancel-title"), words("jobs-remove-title", &[("count", 201)]));
        let fields = [("state", "dead"), ("kind", "test.<unknown>"), ("all", "1")];
        let answer = grace.post(urls::ADMIN_JOBS_CANCEL, &fields).await.assert_redirect(&unknown);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-jobs-removed", 201, 0));
    });
}

#[test]
fn what_waits_or_runs_is_cancelled_and_says_so() {
    site(async |app| {
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        let post = app.share(&ada, &[pictures::small(), pictures::small()], "").await;
        let gone = app.share_any(&ada, "").await;
        ada.post(urls::post_delete(gone), &[]).await.assert_status(303);
        app.purge().await;
        let page = grace.visit(list(State::Waiting)).await;
        assert_eq!((page.count("tbody tr"), page.count("tbody a.danger")), (4, 3), "what deletes is not cancelled");
        assert!(page.texts(".job-about").contains(&words("job-about-gone", &[])));
        let all = ticks(&page);
        let fields: Vec<(&str, &str)> = all.iter().map(|id| ("job", id.as_str())).chain([("state", "waiting")]).collect();
        let answer = grace.post(urls::ADMIN_JOBS_CANCEL, &fields).await.assert_redirect(list(State::Waiting));
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-jobs-cancelled", 3, 1));
        assert!(ada.visit(urls::post(post)).await.says("photo-failed-cancelled"));

        ada.post(urls::post_retry(post), &[]).await.assert_status(303);
        app.execute(
            "UPDATE jobs SET state = 'running', attempts = 1, leased_by = '00f00b0000000000-2', leased_until = '2999-01-01 00:00:00' \
             WHERE kind = 'media.make_variants'",
        )
        .await;
        let page = grace.visit(list(State::Running)).await;
        assert_eq!((page.count("tbody tr"), page.text("tbody code")), (2, "00f0-2".to_owned()));
        let answer = grace.post(urls::ADMIN_JOBS_CANCEL, &[("state", "running"), ("only", &ticks(&page)[0])]).await;
        let page = grace.follow(&answer.assert_redirect(list(State::Running))).await;
        assert_eq!((page.text("#notices p"), page.text("tbody .chip")), (notice("flash-jobs-stopping", 1, 0), words("jobs-stopping", &[])));
        app.execute("UPDATE jobs SET state = 'waiting', leased_by = NULL, cancelled_at = NULL WHERE state = 'running'").await;
    });
}

#[test]
fn rubbish_is_refused_and_nothing_chosen_is_said() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 1).await;
        for path in [urls::ADMIN_JOBS_RETRY, urls::ADMIN_JOBS_CANCEL] {
            for field in [("job", "none"), ("only", "1.5"), ("job", "99999999999999999999"), ("state", "asleep")] {
                grace.post(path, &[field]).await.assert_not_found();
            }
            let page = grace.post(path, &[("state", "dead")]).await.assert_refused();
            assert!(page.says("jobs-choose-some") && page.count("tbody tr") == 1);
            // All of one that is named by its own button is that one.
            assert_eq!(grace.post(path, &[("only", "7"), ("all", "1")]).await.status.as_u16(), 303);
        }
        grace.visit(format!("{}?state=dead", urls::ADMIN_JOBS_CANCEL)).await.assert_refused();
        for query in ["?state=asleep", "?state=dead&before=-x"] {
            grace.visit(format!("{}{query}", urls::ADMIN_JOBS)).await.assert_not_found();
        }
        grace.visit(urls::admin_jobs_cancel("dead", None, Some(7))).await.assert_not_found();
        assert_eq!(counts(app).await, (0, 0, 1));
    });
}

#[test]
fn a_long_list_comes_in_pages_and_a_page_costs_few_queries() {
    site(async |app| {
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 3).await;
        unknown_jobs(app, "dead", 1..121).await;
        let mut seen: Vec<String> = Vec::new();
        let mut path = list(State::Dead);
        loop {
            let before = app.state.db.query_count();
            let page = grace.visit(&path).await.assert_ok();
            let queries = app.state.db.query_count() - before;
            assert!(queries <= 8, "{queries} queries");
            seen.extend(ticks(&page));
            match page.attrs("a[rel=next]", "href").first() {
                Some(next) => path = next.clone(),
                None => break,
            }
        }
        let mut sorted: Vec<i64> = seen.iter().map(|id| id.parse().expect("a number")).collect();
        assert!(sorted.is_sorted_by(|one, next| one > next), "newest first, none twice");
        sorted.dedup();
        assert_eq!(sorted.len(), 123);
        assert!(grace.visit(&path).await.says("jobs-newest"));
        app.execute("DELETE FROM jobs").await;
    });
}

#[test]
fn the_open_page_asks_for_its_list_only() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let (ada, grace) = (app.signed_in("ada").await, app.admin("grace").await);
        dead_jobs(app, &ada, 1).await;
        let page = grace.visit(list(State::Dead)).await;
        let fragment = grace.htmx().visit(page.attr("#jobs", "hx-get")).await.assert_ok();
        assert!(fragment.has("#jobs tbody tr") && !fragment.has(".site-nav"), "a piece, not a page");
        let dialog = grace.htmx().visit(page.attr("tbody a.danger", "href")).await.assert_ok();
        assert!(dialog.has("dialog[data-modal]") && !dialog.has(".site-nav"));
        // In Korean, and with what happened a while ago.
        app.later(TimeDelta::minutes(5));
        let page = grace.with("Accept-Language", "ko").visit(list(State::Dead)).await;
        assert!(page.text("tbody time").contains("5분 전") && page.text("h1") == "작업");
    });
}
