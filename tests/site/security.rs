//! Accounts people can trust: proving an address, getting back in, keeping others out, and seeing what happened.

use crate::mails::{LONG, sign_up};
use crate::support::factories::PASSWORD;
use crate::support::{Browser, Page, Setup, TestApp, Upload, pictures, site, words};
use chrono::TimeDelta;
use picstargram::platform::seal::Sealer;
use picstargram::urls;
use picstargram::web::cookies;

async fn sign_in(browser: &Browser, login: &str, password: &str) -> Page {
    browser.post(urls::SIGN_IN, &[("username", login), ("password", password)]).await
}

/// The code the app would show now.
async fn app_code(app: &TestApp, user: &str) -> String {
    let sealed =
        app.texts(format!("SELECT secret FROM second_factors JOIN users ON users.id = user_id WHERE username = '{user}'")).await.remove(0);
    let secret = Sealer::new(app.state.config.secret_key.clone()).open("second factor", &sealed).expect("the seed opens");
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a seed");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("an app");
    totp.generate(app.state.now().and_utc().timestamp() as u64).to_string()
}

/// Turns two-step sign-in on and returns the recovery codes.
async fn two_steps(app: &TestApp, browser: &Browser, user: &str) -> Vec<String> {
    browser.post(urls::SETTINGS_TWO_STEP_BEGIN, &[]).await.assert_redirect(urls::SETTINGS_TWO_STEP);
    let code = app_code(app, user).await;
    let page = browser.post(urls::SETTINGS_TWO_STEP, &[("code", &code)]).await.assert_ok();
    page.texts(".codes code")
}

#[test]
fn an_address_is_proven_by_a_code_that_works_once_and_not_for_long() {
    Setup::default().with_mail().site(async |app| {
        let ada = app.visitor();
        sign_up(&ada, "ada", "ada@example.org").await;
        let first = app.mail_to("ada@example.org").await.code();
        let wrong = if first == "000000" { "111111" } else { "000000" };
        for left in (1..=4).rev() {
            let page = ada.post(urls::VERIFY, &[("code", wrong)]).await.assert_refused();
            assert_eq!(page.errors().get("code"), Some(&words("code-wrong", &[("left", left)])));
        }
        for code in [wrong, &first] {
            let page = ada.post(urls::VERIFY, &[("code", code)]).await.assert_refused();
            assert_eq!(page.errors().get("code"), Some(&words("code-gone", &[])), "five tries, whatever the sixth is");
        }
        let page = ada.post(urls::VERIFY_AGAIN, &[]).await.assert_status(429);
        let wait: i64 = page.header("retry-after").expect("how long").parse().expect("seconds");
        assert!((30..=60).contains(&wait), "{wait}");
        assert!(page.has("button[data-wait-until]"), "a visible countdown");
        app.later(TimeDelta::seconds(61));
        ada.post(urls::VERIFY_AGAIN, &[]).await.assert_redirect(urls::VERIFY);
        let second = app.mail_to("ada@example.org").await.code();
        app.later(TimeDelta::minutes(11));
        ada.post(urls::VERIFY, &[("code", &second)]).await.assert_refused();
        ada.post(urls::VERIFY_AGAIN, &[]).await.assert_redirect(urls::VERIFY);
        let third = app.mail_to("ada@example.org").await.code();
        ada.post(urls::VERIFY, &[("code", &format!(" {} {} ", &third[..3], &third[3..]))]).await.assert_redirect(urls::HOME);
        ada.visit(urls::VERIFY).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        assert!(ada.visit(urls::SETTINGS_ACCOUNT).await.assert_ok().says("account-proven"));
        assert!(app.mail_to("ada@example.org").await.subject.contains("Welcome"));
        assert_eq!(app.rows_in("email_codes").await, 0);
    });
}

#[test]
fn an_address_nobody_proved_reserves_nothing_and_a_proven_one_is_never_told() {
    Setup::default().with_mail().site(async |app| {
        let (squatter, owner, stranger) = (app.visitor(), app.visitor(), app.visitor());
        sign_up(&squatter, "squatter", "ada@example.org").await.assert_redirect(urls::HOME);
        sign_up(&owner, "ada", "Ada@Example.org").await.assert_redirect(urls::HOME);
        let code = app.mail_to("Ada@Example.org").await.code();
        owner.post(urls::VERIFY, &[("code", &code)]).await.assert_redirect(urls::HOME);
        // The address is hers now: it signs her in, and the code that went to the other one proves nothing.
        sign_in(&app.visitor(), "ada@example.org", LONG).await.assert_redirect(urls::HOME);
        let theirs = app.mails().await.into_iter().find(|mail| mail.to == "ada@example.org").expect("the first code").code();
        squatter.post(urls::VERIFY, &[("code", &theirs)]).await.assert_refused();
        assert_eq!(app.texts("SELECT username FROM users WHERE email_verified_at IS NOT NULL").await, ["ada"]);
        // A third sees exactly what the first saw; the owner hears of it.
        let page = sign_up(&stranger, "stranger", "ADA@example.org").await.assert_redirect(urls::HOME);
        assert!(stranger.follow(&page).await.says("flash-welcome"));
        assert!(stranger.visit(urls::VERIFY).await.assert_ok().has("input[name=code]"));
        let told = app.mails().await.pop().expect("a mail");
        assert!(told.to == "Ada@Example.org" && told.subject.contains("already") && told.text.contains("Hello ada"), "{}", told.text);
    });
}

#[test]
fn until_the_address_is_proven_a_site_that_asks_for_it_lets_people_look_only() {
    Setup::default().with_mail().set("REQUIRE_VERIFIED_EMAIL", "on").site(async |app| {
        let (joon, ada) = (app.signed_in("joon").await, app.visitor());
        app.execute("UPDATE users SET email_verified_at = created_at").await;
        let post = app.share_any(&joon, "For all").await;
        sign_up(&ada, "ada", "ada@example.org").await;
        ada.visit(urls::post(post)).await.assert_ok();
        ada.post(urls::post_like(post), &[("liked", "true")]).await.assert_redirect(urls::VERIFY);
        ada.json().post(urls::post_like(post), &[("liked", "true")]).await.assert_status(403);
        let photo = Upload::default().file("photos", &pictures::jpeg(32, 32));
        ada.upload(urls::NEW_POST, photo.clone()).await.assert_redirect(urls::VERIFY);
        ada.upload(urls::PHOTOS, photo).await.assert_redirect(urls::VERIFY);
        assert_eq!(app.rows_in("posts").await, 1);
        ada.post(urls::LANGUAGE, &[("language", "en")]).await.assert_redirect(urls::SETTINGS);
        assert_eq!(app.rows_in("likes").await, 0);
        let code = app.mail_to("ada@example.org").await.code();
        ada.post(urls::VERIFY, &[("code", &code)]).await.assert_redirect(urls::HOME);
        ada.post(urls::post_like(post), &[("liked", "true")]).await;
        assert_eq!(app.rows_in("likes").await, 1);
    });
}

#[test]
fn another_address_counts_when_it_is_proven_and_the_old_one_hears_of_it() {
    Setup::default().with_mail().site(async |app| {
        let ada = app.signed_in("ada").await;
        app.later(TimeDelta::minutes(20));
        ada.post(urls::SETTINGS_EMAIL, &[("email", "new@example.org")]).await.assert_redirect(urls::confirm_then(urls::HOME));
        ada.post(urls::CONFIRM, &[("password", "wrong"), ("next", urls::SETTINGS_ACCOUNT)]).await.assert_refused();
        ada.post(urls::CONFIRM, &[("password", PASSWORD), ("next", urls::SETTINGS_ACCOUNT)]).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        ada.post(urls::SETTINGS_EMAIL, &[("email", "nonsense")]).await.assert_refused();
        ada.post(urls::SETTINGS_EMAIL, &[("email", "new@example.org")]).await.assert_redirect(urls::VERIFY);
        assert!(ada.visit(urls::SETTINGS_ACCOUNT).await.html().contains("new@example.org"));
        assert_eq!(app.texts("SELECT email FROM users").await, ["ada@example.org"], "nothing has changed yet");
        let code = app.mail_to("new@example.org").await.code();
        ada.post(urls::VERIFY, &[("code", &code)]).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        assert_eq!(app.texts("SELECT email FROM users").await, ["new@example.org"]);
        assert!(app.mail_to("ada@example.org").await.text.contains("new@example.org"));
        // Taken back before it was proven.
        ada.post(urls::SETTINGS_EMAIL, &[("email", "third@example.org")]).await.assert_redirect(urls::VERIFY);
        ada.post(urls::SETTINGS_EMAIL_CANCEL, &[]).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        ada.visit(urls::VERIFY).await.assert_redirect(urls::SETTINGS_ACCOUNT);
    });
}

/// Asks for a link to a new password and reads it from the mail.
async fn reset_link(app: &TestApp, email: &str) -> String {
    app.visitor().post(urls::PASSWORD_FORGOT, &[("email", email)]).await.assert_ok();
    loop {
        if let Some(mail) = app.mails().await.iter().rev().find(|mail| mail.to == email && mail.text.contains("/password/reset/")) {
            return mail.link("/password/reset/");
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_link_in_the_old_mailbox_is_worth_nothing_once_another_address_counts() {
    Setup::default().with_mail().site(async |app| {
        let ada = app.signed_in("ada").await;
        let link = reset_link(app, "ada@example.org").await;
        ada.post(urls::SETTINGS_EMAIL, &[("email", "new@example.org")]).await.assert_redirect(urls::VERIFY);
        let code = app.mail_to("new@example.org").await.code();
        ada.post(urls::VERIFY, &[("code", &code)]).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        app.visitor().visit(&link).await.assert_not_found();
        app.visitor().post(&link, &[("password", LONG), ("password_again", LONG)]).await.assert_not_found();
        assert_eq!(app.texts("SELECT email FROM users").await, ["new@example.org"]);
    });
}

#[test]
fn whoever_proves_an_address_shares_the_account_with_nobody_who_signed_up_with_it() {
    Setup::default().with_mail().site(async |app| {
        let squatter = app.visitor();
        sign_up(&squatter, "squatter", "ada@example.org").await;
        let id = app.id_of("squatter").await;
        app.execute(format!(
            "INSERT INTO identities (id, user_id, provider, subject, email, created_at, used_at) \
             SELECT 1, id, 'google', 'a stranger', '', created_at, created_at FROM users WHERE id = {id}"
        ))
        .await;
        let (link, owner) = (reset_link(app, "ada@example.org").await, app.visitor());
        owner
            .post(&link, &[("password", "another fine sentence"), ("password_again", "another fine sentence")])
            .await
            .assert_redirect(urls::HOME);
        assert!(!squatter.is_signed_in().await);
        assert_eq!(app.rows_in("identities").await, 0);
    });
}

#[test]
fn an_address_that_is_not_proven_signs_nobody_in_so_that_nobody_learns_whose_it_is() {
    Setup::default().with_mail().site(async |app| {
        app.member("ada").await;
        app.execute("UPDATE users SET email_verified_at = created_at").await;
        for (name, email) in [("one", "ada@example.org"), ("two", "free@example.org")] {
            sign_up(&app.visitor(), name, email).await.assert_redirect(urls::HOME);
            let refused = sign_in(&app.visitor(), email, LONG).await.assert_refused();
            assert!(refused.says("signin-wrong-address"), "{email}");
            sign_in(&app.visitor(), name, LONG).await.assert_redirect(urls::HOME);
        }
        sign_in(&app.visitor(), "ada@example.org", PASSWORD).await.assert_redirect(urls::HOME);
    });
}

#[test]
fn many_accounts_do_not_fill_one_mailbox_nor_guess_its_codes() {
    Setup::default().with_mail().site(async |app| {
        for number in 0..9 {
            let browser = app.visitor();
            sign_up(&browser, &format!("ada{number}"), "ada@example.org").await.assert_redirect(urls::HOME);
            let page = browser.post(urls::VERIFY, &[("code", "123456")]).await.assert_refused();
            assert!(page.html().contains(&words("code-wrong", &[("left", 4)])), "the page is the same for all of them");
        }
        assert_eq!(app.mails().await.len(), 6);
        assert_eq!(app.number("SELECT count(*) FROM email_codes WHERE code_hash = ''").await, 3);
    });
}

#[test]
fn a_lost_password_comes_back_by_a_link_that_works_once_and_ends_every_session() {
    Setup::default().with_mail().site(async |app| {
        let ada = app.signed_in("ada").await;
        let asks = async |email: &str| app.visitor().post(urls::PASSWORD_FORGOT, &[("email", email)]).await.assert_ok();
        let (known, unknown) = (asks("ada@example.org").await, asks("eda@example.org").await);
        assert_eq!(known.html().replace("ada@", "eda@"), unknown.html(), "the page is the same");
        let mut mails = app.mails().await;
        while mails.is_empty() {
            tokio::task::yield_now().await;
            mails = app.mails().await;
        }
        let link = mails.remove(0).link("/password/reset/");
        assert!(!app.texts("SELECT token_hash FROM reset_links").await.remove(0).contains(link.rsplit('/').next().expect("a token")));
        let browser = app.visitor();
        let page = browser.visit(&link).await.assert_ok();
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        let new = [("password", LONG), ("password_again", LONG)];
        browser.post(&link, &[("password", "password1"), ("password_again", "password1")]).await.assert_refused();
        browser.post(&link, &new).await.assert_redirect(urls::HOME);
        assert!(browser.is_signed_in().await && !ada.is_signed_in().await);
        app.visitor().visit(&link).await.assert_not_found();
        app.visitor().post(&link, &new).await.assert_not_found();
        sign_in(&app.visitor(), "ada", PASSWORD).await.assert_refused();
        sign_in(&app.visitor(), "ada", LONG).await.assert_redirect(urls::HOME);
        assert!(app.mails().await.iter().any(|mail| mail.subject.contains("password was changed")));
        assert_eq!(app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL").await, 1, "they read that mailbox");
        // The operator makes one where no mail arrives; it lives an hour.
        let link = picstargram::accounts::reset::link_for(&app.state, "ada").await.expect("a link");
        app.later(TimeDelta::minutes(61));
        app.visitor().visit(link.strip_prefix(&app.url).expect("a link into the site")).await.assert_not_found();
    });
}

#[test]
fn a_new_password_asks_for_the_present_one_and_ends_the_other_sessions() {
    Setup::default().with_mail().site(async |app| {
        let (laptop, phone) = (app.signed_in("ada").await, app.visitor());
        sign_in(&phone, "ada", PASSWORD).await;
        let change = async |current: &str| {
            let fields = [("current_password", current), ("password", LONG), ("password_again", LONG)];
            laptop.post(urls::SETTINGS_PASSWORD, &fields).await
        };
        assert_eq!(change("wrong").await.assert_refused().errors().get("current_password"), Some(&words("password-wrong", &[])));
        change(PASSWORD).await.assert_redirect(urls::SETTINGS_SECURITY);
        assert!(laptop.is_signed_in().await && !phone.is_signed_in().await);
        assert!(app.mail_to("ada@example.org").await.subject.contains("password was changed"));
        let log = laptop.visit(urls::SETTINGS_SECURITY).await.assert_ok();
        assert!(log.says("security-password-changed") && log.says("security-signed-in"));
        // Wrong ones are not free for long.
        for _ in 0..5 {
            change("wrong").await;
        }
        let page = change("wrong").await.assert_status(429);
        assert!(page.header("retry-after").is_some());
        app.later(TimeDelta::days(91));
        app.write({
            let now = app.state.now();
            move |c| picstargram::accounts::security_event::SecurityEvent::forget_old(c, now)
        })
        .await;
        assert_eq!(app.rows_in("security_events").await, 0, "kept ninety days");
    });
}

#[test]
fn every_session_is_listed_with_its_device_and_can_be_ended() {
    site(async |app| {
        let laptop = app.signed_in("ada").await;
        let phone = app.visitor().with("User-Agent", "Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36");
        let tablet = app.visitor();
        for browser in [&phone, &tablet] {
            sign_in(browser, "ada", PASSWORD).await;
        }
        let page = laptop.visit(urls::SETTINGS_SESSIONS).await.assert_ok();
        assert_eq!(page.count(".row-list .row"), 3);
        assert!(page.texts(".row-list h2").contains(&"Chrome · Android".to_owned()) && page.says("sessions-current"));
        let numbers = page.attrs(".row-list button[name=session]", "value");
        assert_eq!(numbers.len(), 2, "not the one in use");
        let joon = app.signed_in("joon").await;
        joon.post(urls::SETTINGS_SESSIONS, &[("session", &numbers[0])]).await.assert_redirect(urls::SETTINGS_SESSIONS);
        assert_eq!(app.rows_in("sessions").await, 4, "somebody else's number ends nothing");
        laptop.post(urls::SETTINGS_SESSIONS, &[("session", &numbers[0])]).await.assert_redirect(urls::SETTINGS_SESSIONS);
        assert_eq!([phone.is_signed_in().await, tablet.is_signed_in().await].iter().filter(|in_| **in_).count(), 1);
        laptop.post(urls::SETTINGS_SESSIONS, &[]).await.assert_redirect(urls::SETTINGS_SESSIONS);
        assert!(laptop.is_signed_in().await && !phone.is_signed_in().await && !tablet.is_signed_in().await && joon.is_signed_in().await);
        // The last use is written down at most every five minutes.
        let seen = "SELECT CAST(seen_at AS TEXT) FROM sessions JOIN users ON users.id = user_id WHERE username = 'ada'";
        let before = app.texts(seen).await;
        app.later(TimeDelta::minutes(4));
        laptop.visit(urls::HOME).await.assert_ok();
        assert_eq!(app.texts(seen).await, before);
        app.later(TimeDelta::minutes(2));
        laptop.visit(urls::HOME).await.assert_ok();
        assert_ne!(app.texts(seen).await, before);
    });
}

#[test]
fn a_session_gets_a_new_id_with_every_proof() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let thief = app.visitor();
        thief.set_cookie(cookies::SESSION, &ada.cookie(cookies::SESSION).expect("a session"));
        app.later(TimeDelta::minutes(16));
        ada.post(urls::SETTINGS_SESSIONS, &[]).await.assert_redirect(urls::confirm_then(urls::HOME));
        ada.post(urls::CONFIRM, &[("password", PASSWORD), ("next", urls::SETTINGS_SESSIONS)])
            .await
            .assert_redirect(urls::SETTINGS_SESSIONS);
        assert!(ada.is_signed_in().await && !thief.is_signed_in().await);
        ada.post(urls::SETTINGS_SESSIONS, &[]).await.assert_redirect(urls::SETTINGS_SESSIONS);
        ada.post(urls::CONFIRM, &[("password", PASSWORD), ("next", "//evil.example")]).await.assert_redirect(urls::SETTINGS_SECURITY);
        // However much it is used, a year is all.
        for _ in 0..13 {
            app.later(TimeDelta::days(29));
            ada.visit(urls::HOME).await.assert_ok();
        }
        assert!(!ada.is_signed_in().await);
    });
}

#[test]
fn a_second_step_is_on_once_proven_and_takes_no_code_twice() {
    Setup::default().with_mail().site(async |app| {
        let ada = app.signed_in("ada").await;
        ada.visit(urls::SETTINGS_TWO_STEP).await.assert_ok();
        assert_eq!(app.rows_in("second_factors").await, 0, "looking changes nothing");
        ada.post(urls::SETTINGS_TWO_STEP_BEGIN, &[]).await;
        let page = ada.visit(urls::SETTINGS_TWO_STEP).await.assert_ok();
        assert!(page.has("svg.qr path") && page.attr("a[href^='otpauth:']", "href").contains("ada"));
        ada.post(urls::SETTINGS_TWO_STEP, &[("code", "000000")]).await.assert_refused();
        sign_in(&app.visitor(), "ada", PASSWORD).await.assert_redirect(urls::HOME);
        let codes = two_steps(app, &ada, "ada").await;
        assert_eq!(codes.len(), 10);
        assert!(!ada.visit(urls::SETTINGS_TWO_STEP).await.html().contains(&codes[0]), "shown once");
        let file = ada.post(urls::SETTINGS_TWO_STEP_FILE, &[("codes", &codes.join(" "))]).await.assert_ok();
        assert!(file.header("content-disposition").is_some_and(|value| value.starts_with("attachment")) && file.html().contains(&codes[9]));

        // The code that turned it on is spent.
        let phone = app.visitor();
        let spent = app_code(app, "ada").await;
        sign_in(&phone, "ada", PASSWORD).await.assert_redirect(urls::SIGN_IN_CODE);
        assert!(!phone.is_signed_in().await);
        phone.post(urls::SIGN_IN_CODE, &[("code", &spent)]).await.assert_refused();
        app.later(TimeDelta::seconds(30));
        let fresh = app_code(app, "ada").await;
        phone.post(urls::SIGN_IN_CODE, &[("code", &fresh)]).await.assert_redirect(urls::HOME);
        assert!(phone.is_signed_in().await);
        phone.post(urls::SIGN_IN_CODE, &[("code", &fresh)]).await.assert_redirect(urls::SIGN_IN);
        // A recovery code, once, with or without its hyphens.
        for (code, lets_in) in [(codes[0].replace('-', "").to_uppercase(), true), (codes[0].clone(), false)] {
            let browser = app.visitor();
            sign_in(&browser, "ada", PASSWORD).await.assert_redirect(urls::SIGN_IN_CODE);
            browser.post(urls::SIGN_IN_CODE, &[("code", &code)]).await;
            assert_eq!(browser.is_signed_in().await, lets_in, "{code}");
        }
        // A stranger without the password has no page to try codes on; one with it is slowed down.
        app.visitor().post(urls::SIGN_IN_CODE, &[("code", "000000")]).await.assert_redirect(urls::SIGN_IN);
        let thief = app.visitor();
        sign_in(&thief, "ada", PASSWORD).await;
        let mut statuses = Vec::new();
        for _ in 0..6 {
            statuses.push(thief.post(urls::SIGN_IN_CODE, &[("code", "000000")]).await.status.as_u16());
        }
        assert!(statuses.starts_with(&[422]) && statuses.ends_with(&[429]), "{statuses:?}");

        // Also after a new password by mail.
        let link = picstargram::accounts::reset::link_for(&app.state, "ada").await.expect("a link");
        let browser = app.visitor();
        let path = link.strip_prefix(&app.url).expect("a link into the site");
        browser.post(path, &[("password", LONG), ("password_again", LONG)]).await.assert_redirect(urls::SIGN_IN_CODE);
        assert!(!browser.is_signed_in().await);
        assert_eq!(app.texts("SELECT kind FROM mails WHERE kind = 'second_factor_on'").await.len(), 1);
    });
}

#[test]
fn who_asks_on_beyond_the_limit_waits_while_others_do_not() {
    site(async |app| {
        let (browser, stranger) = (app.visitor(), app.visitor());
        for n in 0..20 {
            sign_in(&browser, &format!("guess{n}"), "wrong").await.assert_refused();
        }
        let held = std::pin::pin!(sign_in(&browser, "ada", "wrong"));
        let other = std::pin::pin!(stranger.visit(urls::SIGN_IN));
        let futures_util::future::Either::Right((page, held)) = futures_util::future::select(held, other).await else {
            panic!("the refusal came first");
        };
        page.assert_ok();
        let refused = held.await.assert_status(429);
        assert!(refused.header("retry-after").is_some());
        assert_eq!(refused.value("username"), "ada", "and gets the whole page in the end");
    });
}

#[test]
fn wrong_sign_ins_are_slowed_down_and_strangers_lock_nobody_out() {
    Setup::default().set("TRUSTED_PROXIES", "127.0.0.1").site(async |app| {
        let ada = app.signed_in("ada").await;
        let at = |n: usize| app.visitor().with("X-Forwarded-For", &format!("203.0.113.{n}"));
        let known = at(1);
        sign_in(&known, "ada", PASSWORD).await.assert_redirect(urls::HOME);
        known.post(urls::SIGN_OUT, &[]).await;
        // One network: the sixth wrong one waits, the same for an account that is none.
        for login in ["ada", "nobody"] {
            let browser = at(2);
            // Each further one waits twice as long as the one before.
            let last = loop {
                let page = sign_in(&browser, login, "wrong").await;
                let wait: i64 = page.header("retry-after").map_or(0, |text| text.parse().expect("seconds"));
                if wait >= 30 {
                    break page.assert_status(429);
                }
                app.later(TimeDelta::seconds(wait));
            };
            assert_eq!(last.value("username"), login);
        }
        sign_in(&at(2), "ada", PASSWORD).await.assert_status(429);
        // Its owner comes in all the same: from a browser they used before, wherever it is now, and from any other network.
        sign_in(&known.with("X-Forwarded-For", "203.0.113.2"), "ada", PASSWORD).await.assert_redirect(urls::HOME);
        sign_in(&at(3), "ada", PASSWORD).await.assert_redirect(urls::HOME);
        // Whoever tries many accounts from one network is slowed down as well.
        let mut statuses = Vec::new();
        for n in 0..22 {
            statuses.push(sign_in(&at(4), &format!("guess{n}"), "wrong").await.status.as_u16());
        }
        assert_eq!((statuses[0], statuses[21]), (422, 429), "{statuses:?}");
        // Under fire from everywhere a new network still has its try.
        for n in 5..45 {
            for _ in 0..3 {
                sign_in(&at(n), "ada", "wrong").await;
            }
        }
        sign_in(&at(45), "ada", PASSWORD).await.assert_redirect(urls::HOME);
        app.later(TimeDelta::minutes(20));
        sign_in(&at(2), "ada", PASSWORD).await.assert_redirect(urls::HOME);
        let log = ada.visit(urls::SETTINGS_SECURITY).await.assert_ok();
        assert!(log.says("security-refused"), "the owner sees that somebody tried");
        // Nobody's word about where they come from counts without a proxy that is trusted.
        assert!(app.number("SELECT count(*) FROM sessions WHERE address LIKE '203.0.113.%'").await > 0);
    });
}

#[test]
fn details_are_kept_for_their_owner_and_checked_at_their_field() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let page = ada.post(urls::SETTINGS_ACCOUNT, &[("phone", "call me"), ("birthday", "1066-10-14"), ("gender", "dragon")]).await;
        let page = page.assert_refused();
        assert_eq!(page.errors().len(), 3);
        assert_eq!(page.value("phone"), "call me");
        let fields = [("phone", "+82 10-1234-5678"), ("birthday", "1990-02-28"), ("gender", "female")];
        ada.post(urls::SETTINGS_ACCOUNT, &fields).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        let page = ada.visit(urls::SETTINGS_ACCOUNT).await.assert_ok();
        assert_eq!((page.value("phone").as_str(), page.value("birthday").as_str()), ("+82 10-1234-5678", "1990-02-28"));
        let shown = app.visitor().visit(urls::profile("ada")).await.html();
        assert!(!shown.contains("1234-5678") && !shown.contains("1990"), "nobody else's business");
        ada.post(urls::SETTINGS_ACCOUNT, &[]).await.assert_redirect(urls::SETTINGS_ACCOUNT);
        assert_eq!(ada.visit(urls::SETTINGS_ACCOUNT).await.value("phone"), "");
        assert!(ada.cookie(cookies::SESSION).is_some());
    });
}
