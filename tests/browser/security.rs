//! Proving an address and turning on the second step, as a person does it: with the keyboard, the mail program and the phone
//! beside them.

use crate::axe::examine;
use crate::chromium::journey_on;
use crate::support::factories::PASSWORD;
use crate::support::{Setup, run, words};
use picstargram::urls;

#[test]
fn an_address_is_proven_and_a_lost_password_comes_back() {
    run(journey_on(Setup::default().with_mail(), async |app, chromium| {
        let (ada, mut found) = (chromium.window("ada").await, Vec::new());
        ada.visit(urls::SIGN_UP).await;
        for (field, value) in [("username", "ada"), ("email", "ada@example.org"), ("password", PASSWORD), ("password_again", PASSWORD)] {
            ada.fill(&format!("[name={field}]"), value).await;
        }
        ada.click(".entry-card form button.primary").await;
        ada.reads(".notice .link", words("verify-banner-link", &[])).await;
        ada.click(".notice .link").await;
        ada.reads("h1", words("verify-title", &[])).await;
        examine(&ada, "verify", &mut found).await;
        ada.fill("[name=code]", &app.mail_to("ada@example.org").await.code()).await;
        ada.click("form button.primary").await;
        ada.reads(".toast", words("flash-address-proven", &[])).await;
        for (path, name) in [
            (urls::SETTINGS_ACCOUNT, "account"),
            (urls::SETTINGS_SECURITY, "security"),
            (urls::SETTINGS_SESSIONS, "sessions"),
            (urls::SETTINGS_TWO_STEP, "two steps"),
        ] {
            ada.visit(path).await;
            examine(&ada, name, &mut found).await;
        }
        ada.click("form button.primary").await;
        ada.reads("#scan-title", words("two-step-scan", &[])).await;
        examine(&ada, "scan", &mut found).await;
        let lost = chromium.window("lost").await;
        lost.visit(urls::PASSWORD_FORGOT).await;
        examine(&lost, "forgot", &mut found).await;
        lost.fill("[name=email]", "ada@example.org").await;
        lost.click(".entry-card form button.primary").await;
        lost.reads("h1", words("forgot-sent-title", &[])).await;
        let mut link = None;
        while link.is_none() {
            link = app
                .mails()
                .await
                .into_iter()
                .rfind(|mail| mail.text.contains("/password/reset/"))
                .map(|mail| mail.link("/password/reset/"));
        }
        lost.visit(link.expect("a link")).await;
        examine(&lost, "reset", &mut found).await;
        for field in ["password", "password_again"] {
            lost.fill(&format!("[name={field}]"), "a sentence nobody else uses").await;
        }
        lost.click(".entry-card form button.primary").await;
        lost.reads(".toast", words("flash-password-changed", &[])).await;
        assert_eq!(found, [] as [String; 0]);
    }));
}
