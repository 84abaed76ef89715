//! Becoming somebody, proving it, and leaving again.

use crate::support::factories::PASSWORD;
use crate::support::program;
use crate::support::{Browser, Page, Setup, TestApp, site, words};
use chrono::TimeDelta;
use picstargram::accounts::create_admin;
use picstargram::urls;
use picstargram::web::cookies;

const LONG: &str = "a sentence nobody else uses";

async fn sign_up(browser: &Browser, username: &str, email: &str, password: &str) -> Page {
    let fields = [("username", username), ("email", email), ("password", password), ("password_again", password)];
    browser.post(urls::SIGN_UP, &fields).await
}

async fn sign_in(browser: &Browser, login: &str, password: &str) -> Page {
    browser.post(urls::SIGN_IN, &[("username", login), ("password", password)]).await
}

async fn hash_of(app: &TestApp, username: &str) -> String {
    app.texts(format!("SELECT password_hash FROM users WHERE username = '{username}'")).await.remove(0)
}

#[test]
fn signing_up_signs_in_and_lands_at_home() {
    site(async |app| {
        let ada = app.visitor();
        ada.visit(urls::SIGN_UP).await.assert_ok();
        let fields = [
            ("username", "Ada_Lovelace"),
            ("email", " Ada@Example.org "),
            ("password", LONG),
            ("password_again", LONG),
            ("description", "First of\r\nher kind"),
        ];
        let landed = ada.post(urls::SIGN_UP, &fields).await.assert_redirect(urls::HOME);
        assert!(ada.follow(&landed).await.assert_ok().says("flash-welcome"));
        assert!(!ada.visit(urls::HOME).await.says("flash-welcome"), "a notice is shown once");
        assert!(ada.is_signed_in().await);
        ada.visit(urls::SIGN_UP).await.assert_redirect(urls::HOME);
        let page = app.visitor().visit(urls::profile("Ada_Lovelace")).await.assert_ok();
        assert!(page.html().contains("First of\nher kind"));
        assert_eq!(app.texts("SELECT email FROM users").await, ["Ada@Example.org"]);
        assert!(hash_of(app, "Ada_Lovelace").await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    });
}

#[test]
fn every_problem_of_a_sign_up_stands_at_its_field() {
    site(async |app| {
        let fields = [
            ("username", "9 lives"),
            ("email", "nowhere"),
            ("password", "short"),
            ("password_again", "shirt"),
            ("description", &"x".repeat(301)),
        ];
        let page = app.visitor().post(urls::SIGN_UP, &fields).await.assert_refused();
        let errors = page.errors();
        let wanted = [
            ("username", words("username-shape", &[])),
            ("email", words("email-shape", &[])),
            ("password", words("password-short", &[("least", 8)])),
            ("password_again", words("password-different", &[])),
            ("description", words("description-long", &[("limit", 300)])),
        ];
        for (field, message) in wanted {
            assert_eq!(errors.get(field), Some(&message), "{field}");
        }
        assert_eq!((page.value("username").as_str(), page.value("email").as_str()), ("9 lives", "nowhere"));
        assert_eq!(page.value("description").len(), 301);
        assert!(!page.has("input[type=password][value]"), "passwords are never sent back");

        let nothing = app.visitor().post(urls::SIGN_UP, &[]).await.assert_refused().errors();
        for (field, key) in [("username", "username-required"), ("email", "email-required"), ("password", "password-required")] {
            assert_eq!(nothing.get(field), Some(&words(key, &[])), "{field}");
        }
        assert_eq!(app.rows_in("users").await, 0);
    });
}

#[test]
fn passwords_that_anybody_would_guess_are_refused() {
    site(async |app| {
        for (password, key) in [
            ("password1", "password-common"),
            ("QwertyUIOP", "password-common"),
            ("ada_lovelace", "password-same"),
            ("ADA@example.org", "password-same"),
        ] {
            let page = sign_up(&app.visitor(), "Ada_Lovelace", "ada@example.org", password).await.assert_refused();
            assert_eq!(page.errors().get("password"), Some(&words(key, &[])), "{password}");
        }
        assert_eq!(app.rows_in("users").await, 0);
    });
}

#[test]
fn names_and_addresses_belong_to_one_person_whatever_their_case() {
    site(async |app| {
        app.member("Ada").await;
        let page = sign_up(&app.visitor(), "aDA", "ADA@EXAMPLE.ORG", LONG).await.assert_refused();
        assert_eq!(page.errors().get("username"), Some(&words("username-taken", &[])));
        assert_eq!(page.errors().get("email"), Some(&words("email-taken", &[])));
        assert!(page.html().contains("aDA_2"), "a free name is offered");
        for reserved in ["Support", "ADMIN", "api"] {
            let page = sign_up(&app.visitor(), reserved, "free@example.org", LONG).await.assert_refused();
            assert_eq!(page.errors().get("username"), Some(&words("username-reserved", &[])), "{reserved}");
        }
        assert_eq!(app.rows_in("users").await, 1);
        // Two at the same moment: one gets it, the other is told, and nobody sees an error of the server.
        let (one, other) = (app.visitor(), app.visitor());
        let (one, other) =
            tokio::join!(sign_up(&one, "Mina", "mina@example.org", LONG), sign_up(&other, "mina", "other@example.org", LONG));
        let mut answers = [one.status.as_u16(), other.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 422]);
        assert_eq!(app.rows_in("users").await, 2);
    });
}

#[test]
fn what_only_a_program_fills_refuses_it() {
    site(async |app| {
        let fields = [
            ("username", "robot"),
            ("email", "robot@example.org"),
            ("password", LONG),
            ("password_again", LONG),
            ("website", "https://spam.example"),
        ];
        let page = app.visitor().post(urls::SIGN_UP, &fields).await.assert_refused();
        assert!(page.says("signup-robot"));
        assert_eq!(app.rows_in("users").await, 0);
    });
}

#[test]
fn next_leads_on_within_the_site_only() {
    site(async |app| {
        app.member("ada").await;
        for (number, (next, leads_to)) in [
            ("/explore?before=3", "/explore?before=3"),
            ("//evil.example/", urls::HOME),
            ("https://evil.example/", urls::HOME),
            ("/\\evil.example", urls::HOME),
        ]
        .into_iter()
        .enumerate()
        {
            let fields = [("username", "ada"), ("password", PASSWORD), ("next", next)];
            app.visitor().post(urls::SIGN_IN, &fields).await.assert_redirect(leads_to);
            let (name, email) = (format!("mina{number}"), format!("mina{number}@example.org"));
            let fields = [("username", &*name), ("email", &email), ("password", LONG), ("password_again", LONG), ("next", next)];
            app.visitor().post(urls::SIGN_UP, &fields).await.assert_redirect(leads_to);
        }
        // It survives a mistake, and the way to the other form.
        let visitor = app.visitor();
        let page = visitor.visit(urls::sign_in_then("/posts/new")).await;
        assert_eq!(page.value("next"), "/posts/new");
        let fields = [("username", "ada"), ("password", "wrong"), ("next", "/posts/new")];
        let page = visitor.post(urls::SIGN_IN, &fields).await.assert_refused();
        assert_eq!(page.value("next"), "/posts/new");
        assert!(!visitor.visit(urls::sign_in_then("//evil.example")).await.has("input[name=next][value^='//']"));
    });
}

#[test]
fn signing_in_takes_the_name_or_the_address_and_tells_strangers_nothing() {
    site(async |app| {
        app.member("Ada").await;
        for login in ["Ada", "aDa", " ada ", "ada@example.org", "ADA@Example.org"] {
            let browser = app.visitor();
            sign_in(&browser, login, PASSWORD).await.assert_redirect(urls::HOME);
            assert!(browser.is_signed_in().await, "{login}");
        }
        let wrong = sign_in(&app.visitor(), "Ada", "not her password").await.assert_refused();
        let nobody = sign_in(&app.visitor(), "Eve", "not her password").await.assert_refused();
        assert_eq!(wrong.errors().get("form"), Some(&words("signin-wrong", &[])));
        assert_eq!(wrong.value("username"), "Ada");
        assert_eq!(wrong.html().replace("Ada", "Eve"), nobody.html(), "nobody learns which of the two it was");
        assert!(wrong.cookie_line(cookies::SESSION).is_none());
        sign_in(&app.visitor(), "Ada", &PASSWORD.to_uppercase()).await.assert_refused();
        sign_in(&app.visitor(), "", "").await.assert_refused();
    });
}

#[test]
fn the_session_cookie_is_kept_from_scripts_and_other_sites() {
    site(async |app| {
        app.member("ada").await;
        let browser = app.visitor();
        let page = sign_in(&browser, "ada", PASSWORD).await;
        let line = page.cookie_line(cookies::SESSION).expect("a session").to_owned();
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(line.contains(attribute), "{line}");
        }
        assert!(!line.contains("Secure"), "over plain http it would never come back");
        // What the cookie holds is not what the database holds, and a changed signature is nobody.
        let value = browser.cookie(cookies::SESSION).expect("a session");
        let row = app.texts("SELECT id_hash FROM sessions").await.remove(0);
        assert!(!value.contains(&row));
        let end = if value.ends_with('A') { 'B' } else { 'A' };
        let mut forged = value.clone();
        forged.replace_range(4..5, &end.to_string());
        browser.set_cookie(cookies::SESSION, &forged);
        assert!(!browser.is_signed_in().await);
    });
    Setup::default().set("PUBLIC_URL", "https://photos.example").site(async |app| {
        app.member("ada").await;
        let page = sign_in(&app.visitor(), "ada", PASSWORD).await;
        assert!(page.cookie_line(cookies::SESSION).expect("a session").contains("Secure"));
    });
}

#[test]
fn signing_out_ends_the_session_for_every_copy_of_its_cookie() {
    site(async |app| {
        app.member("ada").await;
        let (laptop, phone, thief) = (app.visitor(), app.visitor(), app.visitor());
        sign_in(&laptop, "ada", PASSWORD).await;
        sign_in(&phone, "ada", PASSWORD).await;
        thief.set_cookie(cookies::SESSION, &laptop.cookie(cookies::SESSION).expect("a session"));
        assert!(thief.is_signed_in().await);
        assert_eq!(app.rows_in("sessions").await, 2);
        laptop.post(urls::SIGN_OUT, &[]).await.assert_redirect(urls::HOME);
        assert_eq!(app.rows_in("sessions").await, 1);
        assert!(laptop.cookie(cookies::SESSION).is_none());
        assert!(!laptop.is_signed_in().await && !thief.is_signed_in().await);
        assert!(phone.is_signed_in().await, "other devices stay");
        // Signing in anew ends what this browser had before.
        sign_in(&phone, "ada", PASSWORD).await;
        assert_eq!(app.rows_in("sessions").await, 1);
    });
}

#[test]
fn a_session_lives_while_it_is_used_and_ends_when_it_is_not() {
    site(async |app| {
        app.member("ada").await;
        let (used, forgotten) = (app.visitor(), app.visitor());
        sign_in(&used, "ada", PASSWORD).await;
        sign_in(&forgotten, "ada", PASSWORD).await;
        app.later(TimeDelta::days(14));
        let early = used.visit(urls::HOME).await;
        assert!(early.cookie_line(cookies::SESSION).is_none(), "not past half its life");
        app.later(TimeDelta::days(2));
        let renewed = used.visit(urls::HOME).await;
        assert!(renewed.cookie_line(cookies::SESSION).expect("renewed").contains("Max-Age=2592000"));
        app.later(TimeDelta::days(15));
        assert!(used.is_signed_in().await, "31 days after the sign-in");
        assert!(!forgotten.is_signed_in().await);
        // The next sign-in sweeps out what has expired.
        sign_in(&app.visitor(), "ada", PASSWORD).await;
        assert_eq!(app.rows_in("sessions").await, 2);
        app.later(TimeDelta::days(31));
        assert!(!used.is_signed_in().await);
    });
}

#[test]
fn an_imported_password_is_verified_once_and_hashed_anew() {
    site(async |app| {
        app.member("ada").await;
        let imported = bcrypt::hash("from the old site", 4).expect("bcrypt");
        app.execute(format!("UPDATE users SET password_hash = '{imported}'")).await;
        sign_in(&app.visitor(), "ada", "not this one").await.assert_refused();
        assert_eq!(hash_of(app, "ada").await, imported);
        sign_in(&app.visitor(), "ada", "from the old site").await.assert_redirect(urls::HOME);
        assert!(hash_of(app, "ada").await.starts_with("$argon2id$"));
        sign_in(&app.visitor(), "ada", "from the old site").await.assert_redirect(urls::HOME);
    });
}

#[test]
fn a_password_hash_that_cannot_be_read_sends_to_the_administrator() {
    site(async |app| {
        app.member("ada").await;
        for rubbish in ["", "plain text", "$2b$10$cut", "$argon2id$v=19$m=19456"] {
            app.execute(format!("UPDATE users SET password_hash = '{rubbish}'")).await;
            let page = sign_in(&app.visitor(), "ada", PASSWORD).await.assert_refused();
            assert_eq!(page.errors().get("form"), Some(&words("signin-unreadable", &[])), "{rubbish}");
        }
    });
}

#[test]
fn administrators_are_made_by_the_rules_of_the_sign_up() {
    site(async |app| {
        let create = async |username: &str, email: &str, one: &str, two: &str| {
            create_admin::create(&app.state.db, username, email, (one.into(), two.into()), app.state.now()).await
        };
        let problems = create("1", "x", "password", "other").await.expect_err("all of it is wrong");
        for field in ["username: ", "email: ", "password: ", "password_again: "] {
            assert!(problems.iter().any(|problem| problem.starts_with(field)), "{field} in {problems:?}");
        }
        // An administrator may bear a name of the site's own.
        create("admin", "grace@example.org", LONG, LONG).await.expect("all of it is right");
        assert!(create("ADMIN", "second@example.org", LONG, LONG).await.is_err());
        assert!(create("second", "GRACE@example.org", LONG, LONG).await.is_err());
        sign_in(&app.visitor(), "admin", LONG).await.assert_redirect(urls::HOME);
        assert_eq!(app.texts("SELECT role FROM users").await, ["admin"]);

        // And by nothing else: a role in a request is ignored.
        let fields = [("username", "eve"), ("email", "eve@example.org"), ("password", LONG), ("password_again", LONG), ("role", "admin")];
        app.visitor().post(urls::SIGN_UP, &fields).await.assert_redirect(urls::HOME);
        assert_eq!(app.texts("SELECT role FROM users WHERE username = 'eve'").await, ["member"]);
    });
}

#[test]
fn the_program_makes_an_administrator_beside_the_running_site() {
    site(async |app| {
        let arguments = ["admin", "create", "--username", "grace", "--email", "grace@example.org"];
        let run = async |lines: &str| program::output(program::command(&app.data_dir, &app.environment, &arguments), lines).await;
        let refused = run("tooshort\ndifferent\n").await;
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("password_again: "));
        assert!(!run("").await.status.success(), "no password, no account");
        assert_eq!(app.rows_in("users").await, 0);

        let made = run(&format!("{LONG}\n{LONG}\n")).await;
        assert!(made.status.success(), "{made:?}");
        let grace = app.visitor();
        sign_in(&grace, "grace", LONG).await.assert_redirect(urls::HOME);
        assert_eq!(app.texts("SELECT role FROM users").await, ["admin"]);
        assert!(!run(&format!("{LONG}\n{LONG}\n")).await.status.success(), "the name is taken");
        assert_eq!(app.rows_in("nodes").await, 1, "only the site itself holds a number");
    });
}
