//! An administrator looks after the jobs: a dead one runs again and is gone when it is done, with script and without.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey};
use crate::support::{Browser, TestApp, pictures, words};
use fantoccini::key::Key;
use picstargram::platform::jobs::State;
use picstargram::posts::PostId;
use picstargram::urls;

/// A post whose photos could not be prepared.
async fn failed_post(app: &TestApp, ada: &Browser, photos: usize) -> PostId {
    let post = app.share(ada, &vec![pictures::jpeg(640, 480); photos], "A rough sea").await;
    let error =
        "unavailable: the storage did not answer within 30 s: connection reset by peer (os error 104)\nlast tried: PUT post/one_1024.webp";
    app.execute(format!("UPDATE jobs SET state = 'dead', attempts = 8, last_error = '{error}'")).await;
    app.execute("UPDATE images SET state = 'failed', failure = 'photo-failed-storage'").await;
    post
}

fn list(state: State) -> String {
    urls::admin_jobs(state.as_str(), None)
}

/// The number beside a state.
async fn counted(window: &Window, state: State, count: usize) {
    window.reads(&format!(".pills a[href='{}'] .count", list(state)), count.to_string()).await;
}

#[test]
fn a_dead_job_runs_again_and_is_gone_when_it_is_done() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        failed_post(app, &ada, 3).await;
        let grace = chromium.window_of("grace", &app.admin("grace").await).await;
        grace.visit(urls::HOME).await;
        grace.click(&format!(".site-nav a[href='{}']", urls::ADMIN)).await;
        grace.at(urls::ADMIN_USERS).await;
        grace.click(&format!("a[href='{}']", urls::ADMIN_JOBS)).await;
        grace.at(urls::ADMIN_JOBS).await;
        grace.count("tbody tr", 3).await;

        // One, by its own button.
        grace.click("tbody tr:first-child button[name=only]").await;
        grace.reads("#notices", "1 job will run again.").await;
        grace.at(list(State::Dead)).await;
        grace.count("tbody tr", 2).await;
        counted(&grace, State::Waiting, 1).await;

        // The page that is open notices by itself that it is done, and nothing is loaded in full.
        grace.click(&format!(".pills a[href='{}']", list(State::Waiting))).await;
        grace.at(list(State::Waiting)).await;
        grace.count("tbody tr", 1).await;
        let born = grace.born().await;
        app.run_jobs().await;
        grace.reads("#jobs h2", words("jobs-none-waiting", &[])).await;
        assert_eq!(grace.born().await, born);

        // Both others, ticked: while they are, the list stands still, and afterwards it goes on.
        grace.click(&format!(".pills a[href='{}']", list(State::Dead))).await;
        grace.at(list(State::Dead)).await;
        grace.gone(".bulk-bar").await;
        grace.click("[data-tick-all]").await;
        grace.reads("[data-chosen]", "2 chosen").await;
        grace.see(".while-paused").await;
        grace.eval("window.jobsAsked = 0; document.addEventListener('htmx:before:request', () => (window.jobsAsked += 1))").await;
        grace.until("it would have asked", "window.jobsAsked > 0").await;
        grace.reads("[data-chosen]", "2 chosen").await;
        grace.count("tbody :checked", 2).await;
        grace.click("tbody tr:first-child input").await;
        grace.reads("[data-chosen]", "1 chosen").await;
        assert!(grace.is("document.querySelector('[data-tick-all]').indeterminate").await);

        // What destroys is asked about; Escape leaves all as it was, and the focus where it came from.
        grace.click(".bulk-bar .danger").await;
        grace.reads("dialog:modal #cancel-title", words("jobs-remove-title", &[("count", 1)])).await;
        grace.press(Key::Escape).await;
        grace.gone("dialog").await;
        grace.focused(".bulk-bar .danger").await;
        grace.click(".bulk-bar .danger").await;
        grace.click("dialog:modal button.primary").await;
        grace.reads("#notices", "1 failed job was removed.").await;
        grace.count("tbody tr", 1).await;
        grace.click(".jobs-foot button[name=all], tbody button[name=only]").await;
        grace.reads("#jobs h2", words("jobs-none-dead", &[])).await;
        app.run_jobs().await;
        assert_eq!(app.rows_in("jobs").await, 0);
    });
}

#[test]
fn the_focus_stays_where_it_is_while_the_list_changes() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        failed_post(app, &ada, 2).await;
        let grace = chromium.window_of("grace", &app.admin("grace").await).await;
        grace.visit(list(State::Dead)).await;
        grace.count("tbody tr", 2).await;
        // On what stays: the link of the state that is shown.
        grace.eval("document.querySelector('.pills [aria-current]').focus()").await;
        app.execute("DELETE FROM jobs WHERE id = (SELECT min(id) FROM jobs)").await;
        grace.count("tbody tr", 1).await;
        grace.focused(".pills [aria-current]").await;
        // What is unfolded is being read.
        grace.click("tbody summary").await;
        grace.reads(".log", "last tried").await;
        grace.see(".while-paused").await;
        app.execute("DELETE FROM jobs").await;
        grace.reads(".log", "last tried").await;
        grace.click("tbody summary").await;
        grace.press(Key::Tab).await;
        grace.eval("document.activeElement.blur()").await;
        grace.reads("#jobs h2", words("jobs-none-dead", &[])).await;
    });
}

#[test]
fn the_same_without_script() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        failed_post(app, &ada, 3).await;
        let setup = Setup { script: false, ..Setup::default() };
        let grace = chromium.window_of_with("grace", &app.admin("grace").await, setup).await;
        grace.visit(urls::ADMIN_JOBS).await;
        grace.gone(".needs-script, .bulk-bar").await;
        grace.click("tbody tr:nth-child(1) input").await;
        grace.click("tbody tr:nth-child(2) input").await;
        grace.click(".bulk-bar button:not(.danger)").await;
        grace.at(list(State::Dead)).await;
        grace.reads("#notices", "2 jobs will run again.").await;
        grace.count("tbody tr", 1).await;
        grace.click("tbody a.danger").await;
        grace.reads("#cancel-title", words("jobs-remove-title", &[("count", 1)])).await;
        grace.click("dialog [data-close]").await;
        grace.at(list(State::Dead)).await;
        grace.click("tbody input").await;
        grace.click(".bulk-bar .danger").await;
        grace.click("dialog button.primary").await;
        grace.reads("#notices", "1 failed job was removed.").await;
        app.run_jobs().await;
        grace.visit(list(State::Waiting)).await;
        grace.reads("#jobs h2", words("jobs-none-waiting", &[])).await;
    });
}

#[test]
fn axe_finds_nothing_at_a_desk() {
    examined(Setup::default());
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    examined(Setup { phone: true, ..Setup::default() });
}

fn examined(setup: Setup) {
    journey(async |app, chromium| {
        app.expect_dead_jobs(2);
        let ada = app.signed_in("ada").await;
        let person = app.admin("grace").await;
        let grace = chromium.window_of_with("grace", &person, setup).await;
        let mut found = Vec::new();
        for state in State::ALL {
            grace.visit(list(state)).await;
            examine(&grace, &format!("no jobs, {}", state.as_str()), &mut found).await;
        }
        let post = failed_post(app, &ada, 2).await;
        grace.visit(urls::post(post)).await;
        grace.see(".picture.failed").await;
        examine(&grace, "a post with failed photos", &mut found).await;
        grace.visit(list(State::Dead)).await;
        grace.count("tbody tr", 2).await;
        examine(&grace, "dead jobs", &mut found).await;
        grace.click("tbody tr:first-child summary").await;
        grace.click("tbody tr:first-child input").await;
        grace.see(".bulk-bar").await;
        examine(&grace, "dead jobs, one chosen", &mut found).await;
        grace.click(".bulk-bar .danger").await;
        grace.see("dialog:modal").await;
        examine(&grace, "the question", &mut found).await;

        app.share_any(&ada, "").await;
        grace.visit(list(State::Waiting)).await;
        grace.count("tbody tr", 1).await;
        examine(&grace, "waiting jobs", &mut found).await;
        app.execute(
            "UPDATE jobs SET state = 'running', leased_by = '00f00b0000000000-2', leased_until = '2999-01-01 00:00:00', attempts = 1 \
             WHERE state = 'waiting'",
        )
        .await;
        grace.visit(list(State::Running)).await;
        grace.count("tbody tr", 1).await;
        examine(&grace, "running jobs", &mut found).await;
        grace.visit(urls::SETTINGS).await;
        examine(&grace, "an administrator's settings", &mut found).await;
        app.execute("UPDATE jobs SET state = 'waiting', leased_by = NULL WHERE state = 'running'").await;
        assert!(found.is_empty(), "{found:#?}");
    });
}
