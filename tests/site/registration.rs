//! Who may join, and how: by invite, by application, or not at all; and how programs are slowed down.

use crate::support::factories::PASSWORD;
use crate::support::{Browser, Page, Setup, TestApp, site, words};
use chrono::TimeDelta;
use picstargram::accounts::application::Application;
use picstargram::urls;
use picstargram::web::i18n::{Lang, Message};
use reqwest::StatusCode;

const LONG: &str = "a sentence nobody else uses";

/// Exactly the fields a person fills in.
async fn join(browser: &Browser, path: &str, name: &str, reason: &str) -> Page {
    let email = format!("{name}@example.org");
    let fields = [("username", name), ("email", &email), ("password", LONG), ("password_again", LONG), ("reason", reason)];
    browser.post(path, &fields).await
}

async fn sign_in(browser: &Browser, login: &str, password: &str) -> Page {
    browser.post(urls::SIGN_IN, &[("username", login), ("password", password)]).await
}

/// Makes a link and returns its address within the site.
async fn invite(browser: &Browser, at: &str, uses: &str, expiry: &str) -> String {
    let answer = browser.post(at, &[("uses", uses), ("expiry", expiry), ("note", "for the choir")]).await.assert_redirect(at);
    let page = browser.follow(&answer).await.assert_ok();
    assert!(page.says("flash-invite-made"));
    let link = page.text(".invite-link");
    assert_eq!(page.attr("[data-copy]", "data-copy"), link);
    link[link.find("/signup").expect("a link into the site")..].to_owned()
}

/// What a notice says that counts.
fn notice(key: &'static str, count: usize, rest: usize) -> String {
    let message = Message { key, args: vec![("count", count.into()), ("rest", rest.into())] };
    message.in_language(Lang::En).trim().to_owned()
}

#[test]
fn an_invite_lets_in_as_many_as_it_says() {
    Setup::default().set("REGISTRATION", "invite").site(async |app| {
        let grace = app.admin("grace").await;
        let stranger = app.visitor();
        let page = stranger.visit(urls::SIGN_UP).await.assert_ok();
        assert!(page.says("signup-invite-title") && page.has("input[name=invite]") && !page.has("input[name=username]"));
        let page = join(&stranger, urls::SIGN_UP, "ada", "").await.assert_refused();
        assert_eq!(page.errors().get("invite"), Some(&words("invite-needed", &[])));
        assert_eq!(page.value("username"), "ada", "what was typed is kept");

        let link = invite(&grace, urls::ADMIN_INVITES, "2", "7").await;
        let ada = app.visitor();
        let page = ada.visit(&link).await.assert_ok();
        assert!(page.text(".entry-lead").starts_with("grace invites you"));
        join(&ada, &link, "ada", "").await.assert_redirect(urls::HOME);
        assert!(ada.is_signed_in().await);
        let list = grace.visit(urls::ADMIN_INVITES).await;
        assert!(list.text(".invite .dot-list").contains("1 of 2 used"));
        assert_eq!(list.attrs(".invite-guests a", "href"), [urls::profile("ada")], "and by whom");
        let ada = grace.visit(urls::admin_user(app.id_of("ada").await)).await.assert_ok();
        assert_eq!(ada.attr(".fact-list a[href^='/@']", "href"), urls::profile("grace"));
        // A mistake uses nothing up.
        join(&app.visitor(), &link, "9 lives", "").await.assert_refused();
        // Two at the same moment on the last use: one is in.
        let (one, other) = (app.visitor(), app.visitor());
        let (one, other) = tokio::join!(join(&one, &link, "mina", ""), join(&other, &link, "joon", ""));
        let mut answers = [one.status, other.status];
        answers.sort_unstable();
        assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
        assert_eq!((app.rows_in("users").await, app.number("SELECT uses FROM invites").await), (3, 2));
        assert_eq!(app.visitor().visit(&link).await.assert_refused().errors().get("invite"), Some(&words("invite-not-good", &[])));

        // Pasted whole or as a code, in the form as well as in the address.
        let link = invite(&grace, urls::ADMIN_INVITES, "3", "1").await;
        let code = link.split_once('=').expect("a code").1.to_owned();
        for pasted in [format!(" {}{link} ", app.url), code.to_uppercase()] {
            let page = app.visitor().visit(format!("{}?invite={}", urls::SIGN_UP, pasted.trim())).await.assert_ok();
            assert_eq!(page.value("invite"), pasted.trim());
        }
        let fields = [("username", "noor"), ("email", "noor@x"), ("password", LONG), ("password_again", LONG), ("invite", &code)];
        app.visitor().post(urls::SIGN_UP, &fields).await.assert_redirect(urls::HOME);
        // An end is an end, whoever has the link.
        app.later(TimeDelta::days(1));
        join(&app.visitor(), &link, "late", "").await.assert_refused();
        let link = invite(&grace, urls::ADMIN_INVITES, "1", "never").await;
        let id = grace.visit(urls::ADMIN_INVITES).await.attr("button[name=id]", "value");
        let answer = grace.post(urls::ADMIN_INVITES_REVOKE, &[("id", &id)]).await.assert_redirect(urls::ADMIN_INVITES);
        assert!(grace.follow(&answer).await.says("flash-invite-revoked"));
        join(&app.visitor(), &link, "late", "").await.assert_refused();
        grace.post(urls::ADMIN_INVITES_REVOKE, &[("id", &id)]).await.assert_not_found();
        let made = app.texts("SELECT action FROM audit_log ORDER BY id").await;
        assert_eq!(made, ["invite.made", "invite.made", "invite.made", "invite.revoked"]);
    });
}

#[test]
fn members_invite_where_they_may() {
    Setup::default().set("REGISTRATION", "invite").site(async |app| {
        let ada = app.signed_in("ada").await;
        ada.visit(urls::SETTINGS_INVITES).await.assert_not_found();
        ada.post(urls::SETTINGS_INVITES, &[("uses", "1"), ("expiry", "1")]).await.assert_not_found();
        assert!(!ada.visit(urls::SETTINGS).await.has(&format!("a[href='{}']", urls::SETTINGS_INVITES)));
    });
    Setup::default().set("REGISTRATION", "invite").set("INVITES", "members").site(async |app| {
        let (ada, mina, grace) = (app.signed_in("ada").await, app.signed_in("mina").await, app.admin("grace").await);
        assert!(ada.visit(urls::SETTINGS).await.has(&format!("a[href='{}']", urls::SETTINGS_INVITES)));
        let page = ada.post(urls::SETTINGS_INVITES, &[("uses", "101"), ("expiry", "2"), ("note", &"x".repeat(101))]).await.assert_refused();
        let errors = page.errors();
        assert_eq!(errors.get("uses"), Some(&words("invite-uses-range", &[("most", 100)])));
        assert!(errors.contains_key("expiry") && errors.contains_key("note"), "{errors:?}");
        let link = invite(&ada, urls::SETTINGS_INVITES, "100", "30").await;
        assert!(!mina.visit(urls::SETTINGS_INVITES).await.assert_ok().has(".invite"), "everybody sees their own");
        assert!(grace.visit(urls::ADMIN_INVITES).await.text(".invite .dot-list").starts_with("ada"));
        let id = app.number("SELECT id FROM invites").await.to_string();
        mina.post(urls::SETTINGS_INVITES_REVOKE, &[("id", &id)]).await.assert_not_found();
        join(&app.visitor(), &link, "friend", "").await.assert_redirect(urls::HOME);
        // Whoever is kept out lets nobody in.
        app.execute("UPDATE users SET banned_at = created_at WHERE username = 'ada'").await;
        join(&app.visitor(), &link, "another", "").await.assert_refused();
        assert_eq!(app.rows_in("audit_log").await, 0, "what members do is not an administrator's act");
    });
}

#[test]
fn an_applicant_waits_is_approved_and_is_in() {
    Setup::default().set("REGISTRATION", "approval").with_mail().site(async |app| {
        let (grace, joon) = (app.admin("grace").await, app.signed_in("joon").await);
        let ada = app.visitor().with("Accept-Language", "ko");
        let page = join(&ada, urls::SIGN_UP, "ada", " ").await.assert_refused();
        assert!(page.errors().contains_key("reason"));
        let page = join(&app.visitor(), urls::SIGN_UP, "ada", &"x".repeat(1_001)).await.assert_refused();
        assert_eq!(page.errors().get("reason"), Some(&words("reason-long", &[("limit", 1_000)])));
        let answer = join(&ada, urls::SIGN_UP, "Ada", "사진을\r\n좋아해요").await.assert_redirect(urls::SIGN_UP_STATUS);
        let page = ada.follow(&answer).await.assert_ok();
        assert!(page.text("dl").contains("사진을 좋아해요") && page.text(".entry-lead").contains("Ada@example.org"));
        assert!(!ada.is_signed_in().await, "an application is not an account");
        assert_eq!(app.rows_in("users").await, 2);
        ada.visit(urls::SIGN_UP).await.assert_redirect(urls::SIGN_UP_STATUS);

        // The name is kept, and nobody sees whose it is.
        app.visitor().visit(urls::profile("Ada")).await.assert_not_found();
        let page = join(&app.visitor(), urls::SIGN_UP, "aDa", "me too").await.assert_refused();
        assert_eq!(page.errors().get("username"), Some(&words("username-taken", &[])));
        let upload = crate::support::Upload::default().text("username", "ada");
        joon.upload(urls::SETTINGS_PROFILE, upload).await.assert_refused();

        // Name and password lead there from any browser; a wrong password says what it says to anybody.
        let phone = app.visitor();
        let wrong = sign_in(&phone, "ada", "not this one").await.assert_refused();
        let nobody = sign_in(&app.visitor(), "eve", "not this one").await.assert_refused();
        assert_eq!(wrong.html().replace("ada", "eve"), nobody.html());
        let answer = sign_in(&phone, "ADA", LONG).await.assert_redirect(urls::SIGN_UP_STATUS);
        assert!(phone.follow(&answer).await.says("standing-waiting"));
        assert!(sign_in(&phone, "ada@example.org", LONG).await.assert_refused().says("signin-wrong-address"), "nobody has proven it");
        assert!(!phone.is_signed_in().await);

        let page = grace.visit(urls::ADMIN_REGISTRATIONS).await.assert_ok();
        assert_eq!((page.text("tbody .handle").as_str(), page.text(".tabs .badge > span").as_str()), ("Ada", "1"));
        assert!(page.text(".said-reason").contains("사진을 좋아해요"));
        let id = page.attr("button[name=only]", "value");
        let answer = grace.post(urls::ADMIN_APPROVE, &[("only", &id)]).await.assert_redirect(urls::ADMIN_REGISTRATIONS);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-approved", 1, 0));
        let mail = app.mail_to("Ada@example.org").await;
        assert!(mail.text.contains("Ada님"), "in the applicant's language: {}", mail.text);
        assert!(ada.visit(urls::SIGN_UP_STATUS).await.assert_ok().html().contains("이제 들어올 수 있어요"));
        sign_in(&phone, "ada", LONG).await.assert_redirect(urls::HOME);
        assert!(phone.is_signed_in().await);
        // Who comes second finds nothing to decide.
        let answer = grace.post(urls::ADMIN_APPROVE, &[("only", &id)]).await.assert_status(303);
        assert_eq!(grace.follow(&answer).await.text("#notices .bad p"), notice("flash-approved", 0, 1));
        assert_eq!((app.rows_in("applications").await, app.rows_in("users").await), (0, 3));
        assert_eq!(
            app.texts("SELECT action || ' ' || target || ' by ' || actor FROM audit_log").await,
            ["application.approved Ada by grace"]
        );
    });
}

#[test]
fn several_are_decided_together_and_told_why() {
    Setup::default().set("REGISTRATION", "approval").set("LOG", "error").with_mail().site(async |app| {
        let grace = app.admin("grace").await;
        let (ada, noor) = (app.visitor(), app.visitor());
        for (browser, name) in [(&ada, "ada"), (&noor, "noor"), (&app.visitor(), "mina"), (&app.visitor(), "joon")] {
            join(browser, urls::SIGN_UP, name, "Pictures of the sea").await.assert_redirect(urls::SIGN_UP_STATUS);
        }
        let page = grace.visit(urls::ADMIN_REGISTRATIONS).await;
        let ids = page.attrs("input[name=application]", "value");
        assert_eq!(page.texts("tbody .handle"), ["ada", "noor", "mina", "joon"], "who has waited longest first");
        grace.post(urls::ADMIN_APPROVE, &[]).await.assert_refused();
        let ask = format!("{}?application={}&application={}", urls::ADMIN_DECLINE, ids[0], ids[1]);
        let page = grace.visit(&ask).await.assert_ok();
        assert_eq!(page.text("#decline-title"), words("decline-title", &[("count", 2)]));
        let long = "x".repeat(1_001);
        let fields = [("application", &*ids[0]), ("application", &ids[1]), ("answer", &long)];
        let page = grace.post(urls::ADMIN_DECLINE, &fields).await.assert_refused();
        assert_eq!((page.value("answer").len(), page.count("input[name=application]")), (1_001, 2));
        let fields = [("application", &*ids[0]), ("application", &ids[1]), ("answer", "We are full <b>now</b>.")];
        let answer = grace.post(urls::ADMIN_DECLINE, &fields).await.assert_redirect(urls::ADMIN_REGISTRATIONS);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-declined", 2, 0));
        assert!(app.mail_to("noor@example.org").await.text.contains("We are full <b>now</b>."));
        let page = ada.visit(urls::SIGN_UP_STATUS).await.assert_ok();
        assert!(page.says("standing-refused") && page.text(".notice") == "We are full <b>now</b>.");
        let page = grace.visit(urls::admin_registrations("refused")).await.assert_ok();
        assert_eq!(page.count("tbody tr"), 2);

        // The others, and one of whom somebody else has decided.
        let fields = [("application", &*ids[1]), ("application", &ids[2]), ("application", &ids[3])];
        let answer = grace.post(urls::ADMIN_APPROVE, &fields).await.assert_status(303);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-approved", 2, 1));
        grace.visit(&ask).await.assert_not_found();
        // The name is free again, for them or for others; what was declined goes after a month.
        join(&ada, urls::SIGN_UP, "noor", "Once more").await.assert_redirect(urls::SIGN_UP_STATUS);
        ada.post(urls::SIGN_UP_WITHDRAW, &[]).await.assert_redirect(urls::HOME);
        ada.visit(urls::SIGN_UP_STATUS).await.assert_redirect(urls::SIGN_UP);
        assert_eq!(app.texts("SELECT state FROM applications").await, ["refused", "refused"]);
        app.later(TimeDelta::days(31));
        let now = app.state.now();
        app.write(move |c| Application::forget_old(c, now)).await;
        assert_eq!(app.rows_in("applications").await, 0);
    });
}

#[test]
fn a_name_that_has_gone_meanwhile_leaves_the_application_and_the_others() {
    Setup::default().set("REGISTRATION", "approval").site(async |app| {
        let grace = app.admin("grace").await;
        for name in ["ada", "mina"] {
            join(&app.visitor(), urls::SIGN_UP, name, "The sea").await.assert_redirect(urls::SIGN_UP_STATUS);
        }
        let owner = app.id_of("grace").await;
        app.execute(format!("INSERT INTO usernames (name, user_id) VALUES ('ada', {owner})")).await;
        let ids = grace.visit(urls::ADMIN_REGISTRATIONS).await.attrs("input[name=application]", "value");
        let answer = grace.post(urls::ADMIN_APPROVE, &[("application", &ids[0]), ("application", &ids[1])]).await.assert_status(303);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-approved", 1, 1));
        assert_eq!(app.texts("SELECT username FROM applications").await, ["ada"]);
        // Without a mail server an address is told to be taken, be it by somebody who waits.
        let page = join(&app.visitor(), urls::SIGN_UP, "mina", "again").await.assert_refused();
        assert!(page.errors().contains_key("username") && page.errors().contains_key("email"));
    });
}

#[test]
fn a_known_address_is_told_to_its_owner_alone() {
    Setup::default().set("REGISTRATION", "approval").with_mail().site(async |app| {
        app.member("ada").await;
        app.execute("UPDATE users SET email_verified_at = created_at").await;
        let fields =
            [("username", "eve"), ("email", "ADA@example.org"), ("password", LONG), ("password_again", LONG), ("reason", "Let me in")];
        app.visitor().post(urls::SIGN_UP, &fields).await.assert_redirect(urls::SIGN_UP_STATUS);
        let mails = app.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].to == "ada@example.org" && mails[0].text.contains("ada"));
        // Her own password still leads her home.
        sign_in(&app.visitor(), "ada@example.org", PASSWORD).await.assert_redirect(urls::HOME);
    });
}

#[test]
fn nobody_joins_a_closed_site() {
    Setup::default().set("REGISTRATION", "closed").site(async |app| {
        assert!(app.visitor().visit(urls::SIGN_UP).await.assert_ok().says("signup-closed-title"));
        let page = join(&app.visitor(), urls::SIGN_UP, "ada", "please").await.assert_status(403);
        assert!(page.says("signup-closed-title"));
        join(&app.visitor().json(), urls::SIGN_UP, "ada", "please").await.assert_status(403);
        assert_eq!(app.rows_in("users").await, 0);
    });
}

/// A form that only a program fills in like this.
async fn robot(browser: &Browser, mark: &str) -> Page {
    browser.post(urls::SIGN_UP, &[("username", "robot"), ("website", "https://spam.example"), ("opened", mark)]).await
}

async fn tries_until_stopped(app: &TestApp, mark: &str) -> (usize, Page) {
    for n in 0..60 {
        let page = robot(&app.visitor(), mark).await;
        if page.status == StatusCode::TOO_MANY_REQUESTS {
            return (n, page);
        }
        page.assert_refused();
    }
    panic!("nothing stops it");
}

#[test]
fn programs_are_slowed_down_and_people_are_not() {
    site(async |app| {
        // Mistakes are free, within reason.
        for _ in 0..25 {
            app.visitor().post(urls::SIGN_UP, &[("username", "9 lives")]).await.assert_refused();
        }
        let mark = app.visitor().visit(urls::SIGN_UP).await.value("opened");
        // Sooner than anybody types, or never opened: each counts double.
        let (n, page) = tries_until_stopped(app, &mark).await;
        assert_eq!(n, 20);
        assert_eq!(page.value("username"), "robot", "what was typed is kept");
        let seconds: i64 = page.header("retry-after").expect("when to come back").parse().expect("seconds");
        assert!((1..=180).contains(&seconds), "{seconds}");
        assert!(page.errors().contains_key("form"));
        app.later(TimeDelta::hours(1));
        let (n, _) = tries_until_stopped(app, "0.forged").await;
        assert_eq!(n, 20);
        // As a person fills it in.
        app.later(TimeDelta::hours(1));
        let mark = app.visitor().visit(urls::SIGN_UP).await.value("opened");
        app.later(TimeDelta::seconds(30));
        let (n, _) = tries_until_stopped(app, &mark).await;
        assert_eq!(n, 40);
        // Another network is not concerned; this one goes on later.
        join(&app.visitor(), urls::SIGN_UP, "ada", "").await.assert_status(429);
        app.later(TimeDelta::minutes(4));
        join(&app.visitor(), urls::SIGN_UP, "ada", "").await.assert_redirect(urls::HOME);
    });
}
