//! Joining where administrators decide, from the form to the first sign-in; and keeping somebody out.

use crate::axe::examine;
use crate::chromium::{Setup, journey, journey_on};
use crate::support::factories::PASSWORD;
use crate::support::{self, run, words};
use fantoccini::key::Key;
use picstargram::urls;

const LONG: &str = "a sentence nobody else uses";

#[test]
fn an_applicant_is_read_decided_about_and_in() {
    run(journey_on(support::Setup::default().set("REGISTRATION", "approval"), async |app, chromium| {
        let mut found = Vec::new();
        let ada = chromium.window("ada").await;
        ada.visit(urls::SIGN_UP).await;
        examine(&ada, "the form", &mut found).await;
        let fill = async |name: &str, reason: &str| {
            ada.visit(urls::SIGN_UP).await;
            ada.fill("#username", name).await;
            ada.fill("#email", &format!("{name}@example.org")).await;
            ada.fill("#password", LONG).await;
            ada.fill("#password_again", LONG).await;
            ada.fill("#reason", reason).await;
            ada.click("button.primary").await;
        };
        fill("ada", "I draw lighthouses").await;
        ada.at(urls::SIGN_UP_STATUS).await;
        ada.reads("h1", words("standing-waiting", &[])).await;
        examine(&ada, "where she stands", &mut found).await;
        for name in ["mina", "joon"] {
            let browser = app.visitor();
            let email = format!("{name}@example.org");
            let fields = [("username", name), ("email", &email), ("password", LONG), ("password_again", LONG), ("reason", "Me too")];
            browser.post(urls::SIGN_UP, &fields).await.assert_redirect(urls::SIGN_UP_STATUS);
        }

        let grace = chromium.window_of("grace", &app.admin("grace").await).await;
        grace.visit(urls::ADMIN_REGISTRATIONS).await;
        grace.count("tbody tr", 3).await;
        examine(&grace, "registrations", &mut found).await;
        grace.click("tbody tr:first-child button[name=only]").await;
        grace.reads("#notices", "Approved").await;
        grace.count("tbody tr", 2).await;

        // Both others by one answer; Escape leaves all as it was.
        grace.click("[data-tick-all]").await;
        grace.reads("[data-chosen]", "2 chosen").await;
        grace.click(".bulk-bar .danger").await;
        grace.reads("dialog:modal #decline-title", words("decline-title", &[("count", 2)])).await;
        examine(&grace, "declining", &mut found).await;
        grace.press(Key::Escape).await;
        grace.gone("dialog").await;
        grace.count("tbody tr", 2).await;
        grace.click(".bulk-bar .danger").await;
        grace.fill("dialog:modal #answer", "We are full").await;
        grace.click("dialog:modal button.primary").await;
        grace.reads("#notices", "2 are declined").await;
        grace.reads("h2", words("applications-none", &[])).await;

        ada.reload().await;
        ada.reads("h1", words("standing-in", &[])).await;
        ada.click("a.primary").await;
        ada.fill("#username", "ada").await;
        ada.fill("#password", LONG).await;
        ada.click("button.primary").await;
        ada.at(urls::HOME).await;
        assert!(found.is_empty(), "{found:#?}");
    }));
}

#[test]
fn somebody_is_kept_out_from_the_list_of_people() {
    journey(async |app, chromium| {
        let mut found = Vec::new();
        let browser = app.admin("grace").await;
        for name in ["ada", "mina"] {
            app.member(name).await;
        }
        let ada = chromium.window_of("ada", &app.browser_of(app.id_of("ada").await).await).await;
        let grace = chromium.window_of_with("grace", &browser, Setup { phone: true, ..Setup::default() }).await;
        grace.visit(urls::ADMIN_USERS).await;
        examine(&grace, "people", &mut found).await;
        grace.fill("#q", "ad").await;
        grace.press(Key::Enter).await;
        grace.at(urls::admin_users("", "ad")).await;
        grace.count("tbody tr", 1).await;
        grace.click("tbody input[name=user]").await;
        grace.click(".bulk-bar .danger").await;
        grace.see("dialog:modal #reason").await;
        examine(&grace, "keeping out", &mut found).await;
        // What is missing stands at its field, in the same dialog.
        grace.expect_status(422);
        grace.click("dialog:modal button.primary").await;
        grace.reads("dialog:modal #reason-error", words("ban-reason-required", &[])).await;
        grace.fill("dialog:modal #reason", "Spam").await;
        grace.click("dialog:modal button.primary").await;
        grace.reads("#notices", "Suspended").await;
        grace.reads("tbody .chip.bad", words("status-banned-until", &[])).await;
        grace.click("tbody a.person").await;
        grace.reads(".notice.bad", "Spam").await;
        examine(&grace, "one person", &mut found).await;
        ada.visit(urls::SETTINGS).await;
        ada.gone(".site-nav a[href='/notifications']").await;
        ada.visit(urls::SIGN_IN).await;
        ada.fill("#username", "ada").await;
        ada.fill("#password", PASSWORD).await;
        ada.expect_status(403);
        ada.click("button.primary").await;
        ada.reads("h1", words("banned-title", &[])).await;
        for (path, name) in [(urls::ADMIN_AUDIT, "the log"), (urls::ADMIN_MAIL, "mail"), (urls::ADMIN_INVITES, "invites")] {
            grace.visit(path).await;
            examine(&grace, name, &mut found).await;
        }
        assert!(found.is_empty(), "{found:#?}");
    });
}
