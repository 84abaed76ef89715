//! What the site writes to people: sent once, in their language, through whatever a mail server does; and what administrators and
//! thieves of the database may see of it.

use crate::support::program::{Place, until};
use crate::support::smtp::{Identity, Mood, SmtpServer};
use crate::support::{Browser, Page, Setup, run, site};
use chrono::TimeDelta;
use picstargram::urls;
use std::time::Duration;

pub const LONG: &str = "a sentence nobody else uses";

pub async fn sign_up(browser: &Browser, username: &str, email: &str) -> Page {
    let fields = [("username", username), ("email", email), ("password", LONG), ("password_again", LONG)];
    browser.post(urls::SIGN_UP, &fields).await
}

#[test]
fn a_mail_is_text_and_html_in_the_language_of_its_reader_and_leaves_no_secret_behind() {
    Setup::default().with_mail().site(async |app| {
        let jiu = app.visitor().with("Accept-Language", "ko");
        sign_up(&jiu, "jiu", "jiu@example.org").await.assert_redirect(urls::HOME);
        let sealed = app.texts("SELECT sealed FROM mails").await.remove(0);
        let payload = app.texts("SELECT payload FROM jobs WHERE kind = 'mails.send'").await.remove(0);
        let mail = app.mail_to("jiu@example.org").await;
        let code = mail.code();
        assert!(mail.subject.contains(&code) && mail.text.contains("jiu님") && mail.html.contains("lang=\"ko\""), "{}", mail.raw);
        assert!(mail.html.contains(&code) && !mail.html.contains("<script"), "{}", mail.html);
        assert_eq!(mail.header("From").as_deref(), Some("Picstargram <picstargram@localhost>"));
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
        assert!(mail.header("Message-ID").is_some() && mail.header("Date").is_some());
        assert!(mail.header("List-Unsubscribe").is_none(), "a code cannot be done without");
        assert!(!sealed.is_empty() && !sealed.contains(&code) && !payload.contains(&code), "{payload}");
        assert_eq!(app.texts("SELECT state || sealed || error FROM mails").await, ["sent"], "wiped once it is sent");
        assert!(!app.texts("SELECT code_hash FROM email_codes").await.remove(0).contains(&code));
        assert_eq!(app.rows_in("jobs").await, 0);
    });
}

#[test]
fn a_server_that_is_busy_hangs_up_or_stalls_is_tried_again_and_one_that_refuses_is_not() {
    Setup::default().with_mail().site(async |app| {
        for (n, mood) in [Mood::Busy, Mood::HangsUp, Mood::Stalls].into_iter().enumerate() {
            app.smtp().is(mood);
            sign_up(&app.visitor(), &format!("ada{n}"), &format!("ada{n}@example.org")).await.assert_redirect(urls::HOME);
            assert_eq!(app.mails().await.len(), n);
            assert_eq!(app.number("SELECT count(*) FROM mails WHERE state = 'waiting' AND error <> ''").await, 1, "{mood:?}");
            app.smtp().is(Mood::Fine);
            app.later(TimeDelta::hours(2));
            assert_eq!(app.mails().await.len(), n + 1, "{mood:?}");
        }
        app.smtp().is(Mood::Refuses);
        sign_up(&app.visitor(), "noor", "nobody@example.org").await.assert_redirect(urls::HOME);
        app.run_jobs().await;
        assert_eq!(app.texts("SELECT state FROM mails WHERE recipient = 'nobody@example.org'").await, ["failed"]);
        let error = app.texts("SELECT error FROM mails WHERE recipient = 'nobody@example.org'").await.remove(0);
        assert!(error.contains("550"), "{error}");
        app.expect_dead_jobs(1);
        app.smtp().is(Mood::Fine);
        app.later(TimeDelta::days(40));
        app.run_jobs().await;
    });
}

#[test]
fn mails_leave_encrypted_to_a_server_that_proves_who_it_is_and_not_at_all_to_another() {
    // 0.0.0.0 is this machine, too, but no address of loopback: nothing is said in the clear there.
    const ELSEWHERE: &str = "0.0.0.0";
    run(async {
        let place = Place::prepare().await;
        let (known, stranger) = (Identity::of(ELSEWHERE), Identity::of(ELSEWHERE));
        let trusted = place.folder.path().join("trusted.pem");
        std::fs::write(&trusted, &known.pem).expect("a certificate is written");
        let patience = Duration::from_secs(30);
        let servers = [
            (SmtpServer::start_encrypted(ELSEWHERE, &known).await, true),
            (SmtpServer::start_with_starttls(ELSEWHERE, &known).await, true),
            (SmtpServer::start_encrypted(ELSEWHERE, &stranger).await, false),
            (SmtpServer::start_with_starttls(ELSEWHERE, &stranger).await, false),
            (SmtpServer::start_at(ELSEWHERE).await, false),
        ];
        for (number, (server, takes_mail)) in servers.iter().enumerate() {
            let environment = [("SMTP_URL", server.url.clone()), ("SSL_CERT_FILE", trusted.display().to_string())];
            let serving = place.serve_with(&environment).await;
            let email = format!("ada{number}@example.org");
            let refused = place.log().matches("job failed").count();
            sign_up(&place.browser(), &format!("ada{number}"), &email).await.assert_redirect(urls::HOME);
            if *takes_mail {
                until("the mail is there", patience, async || server.received().iter().any(|mail| mail.to == email)).await;
            } else {
                until("the mail did not leave", patience, async || place.log().matches("job failed").count() > refused).await;
                assert_eq!(server.received().len(), 0);
            }
            assert!(serving.stop().await, "{}", place.log());
        }
        place.clean_up().await;
    });
}

#[test]
fn without_a_server_mails_are_files_and_only_the_operator_is_told_where() {
    site(async |app| {
        let ada = app.visitor();
        sign_up(&ada, "ada", "ada@example.org").await.assert_redirect(urls::HOME);
        let folder = app.data_dir.join("mail").display().to_string();
        assert!(ada.visit(urls::VERIFY).await.assert_ok().html().contains(&folder));
        let behind_a_proxy = ada.with("X-Forwarded-For", "203.0.113.9");
        assert!(!behind_a_proxy.visit(urls::VERIFY).await.assert_ok().html().contains(&folder));
        let code = app.mail_to("ada@example.org").await.code();
        ada.post(urls::VERIFY, &[("code", &code)]).await.assert_redirect(urls::HOME);
        let asks = app.visitor().post(urls::PASSWORD_FORGOT, &[("email", "ada@example.org")]).await.assert_ok();
        assert!(asks.html().contains(&folder));
        // It is written beside the answer.
        while !app.mails().await.iter().any(|mail| mail.text.contains("/password/reset/")) {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn one_click_ends_mails_of_a_kind_and_looking_at_the_link_does_not() {
    Setup::default().with_mail().site(async |app| {
        app.member("ada").await;
        let sign_in = async |browser: &Browser| {
            let fields = [("username", "ada"), ("password", crate::support::factories::PASSWORD)];
            browser.post(urls::SIGN_IN, &fields).await.assert_redirect(urls::HOME);
        };
        sign_in(&app.visitor()).await;
        assert!(app.mails().await.is_empty(), "the first device is no news");
        let phone = app.visitor().with("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1");
        sign_in(&phone).await;
        let mail = app.mail_to("ada@example.org").await;
        assert!(mail.text.contains("Safari · iPhone"), "{}", mail.text);
        assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
        let link = mail.header("List-Unsubscribe").expect("a link").trim_matches(['<', '>']).to_owned();
        let path = link.strip_prefix(&app.url).expect("a link into the site").to_owned();
        // A scanner of the mail provider looks; then the provider's server posts, without any cookie or header of a browser.
        app.visitor().visit(&path).await.assert_ok();
        assert_eq!(app.texts("SELECT quiet_mails FROM users").await, [""]);
        let provider = app.visitor().without("Sec-Fetch-Site");
        provider.post(&path, &[("List-Unsubscribe", "One-Click")]).await.assert_ok();
        assert_eq!(app.texts("SELECT quiet_mails FROM users").await, ["device"]);
        provider.post(path.replace("device", "reset"), &[]).await.assert_not_found();
        sign_in(&app.visitor()).await;
        assert_eq!(app.mails().await.len(), 1, "no more of them");
        // The settings bring them back.
        phone.post(urls::SETTINGS_MAILS, &[("mail", "device"), ("mail", "welcome")]).await.assert_redirect(urls::SETTINGS_NOTIFICATIONS);
        assert!(phone.visit(urls::SETTINGS_NOTIFICATIONS).await.has("input[name=mail][value=device][checked]"));
        sign_in(&app.visitor()).await;
        assert_eq!(app.mails().await.len(), 2);
    });
}
