//! Administrators look after people, through the front door: who is here, keeping somebody out, and what is written down about it.

use crate::support::factories::PASSWORD;
use crate::support::{Browser, Page, Setup, TestApp, program, site, words};
use chrono::TimeDelta;
use picstargram::urls;
use picstargram::web::i18n::{Lang, Message};

fn notice(key: &'static str, count: usize, rest: usize) -> String {
    let message = Message { key, args: vec![("count", count.into()), ("rest", rest.into())] };
    message.in_language(Lang::En).trim().to_owned()
}

async fn sign_in(app: &TestApp, login: &str) -> (Browser, Page) {
    let browser = app.visitor();
    let page = browser.post(urls::SIGN_IN, &[("username", login), ("password", PASSWORD)]).await;
    (browser, page)
}

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .handle")
}

/// What the audit log holds: who, what, whom, the oldest first.
async fn log(app: &TestApp) -> Vec<String> {
    app.texts("SELECT actor || ' ' || action || ' ' || target FROM audit_log ORDER BY id").await
}

#[test]
fn people_are_found_by_name_by_address_and_by_how_they_stand() {
    site(async |app| {
        let grace = app.admin("grace").await;
        for name in ["ada", "adam", "mina", "noor"] {
            app.member(name).await;
        }
        app.execute("UPDATE users SET email_verified_at = created_at WHERE username <> 'adam'").await;
        app.execute("UPDATE users SET banned_at = created_at, ban_reason = 'spam' WHERE username = 'mina'").await;
        app.execute("UPDATE users SET banned_at = created_at, banned_until = created_at WHERE username = 'ada'").await;
        app.execute("UPDATE users SET delete_at = '2999-01-01 00:00:00' WHERE username = 'noor'").await;
        app.execute("UPDATE users SET email = 'x@y.example', email_key = 'x@y.example' WHERE username = 'noor'").await;
        let owner = app.id_of("mina").await;
        app.execute(format!("INSERT INTO usernames (name, user_id) VALUES ('adelaide', {owner})")).await;

        let page = grace.visit(urls::ADMIN_USERS).await.assert_ok();
        assert_eq!(names(&page), ["noor", "mina", "adam", "ada", "grace"], "the last to join first");
        assert!(page.text("tbody tr:nth-child(4) .status-cell").contains("Active"), "a suspension that has ended is none");
        for (search, found) in [
            ("ad", vec!["mina", "adam", "ada"]),
            ("@ADA", vec!["adam", "ada"]),
            ("ada@", vec!["ada"]),
            ("X@Y", vec!["noor"]),
            ("example", vec![]),
            ("%", vec![]),
        ] {
            let page = grace.visit(urls::admin_users("", search)).await.assert_ok();
            assert_eq!(names(&page), found, "{search}");
            assert_eq!(page.value("q"), search);
        }
        for (status, found) in [
            ("active", vec!["adam", "ada", "grace"]),
            ("unproven", vec!["adam"]),
            ("banned", vec!["mina"]),
            ("admins", vec!["grace"]),
            ("leaving", vec!["noor"]),
        ] {
            assert_eq!(names(&grace.visit(urls::admin_users(status, "")).await.assert_ok()), found, "{status}");
        }
        assert_eq!(names(&grace.visit(urls::admin_users("active", "ad")).await), ["adam", "ada"]);
        grace.visit(urls::admin_users("no-such", "")).await.assert_not_found();

        let page = grace.visit(urls::admin_user(owner)).await.assert_ok();
        assert!(page.text(".notice.bad").contains("spam") && page.text(".fact-list").contains("mina@example.org"));
        grace.visit(urls::admin_user(7)).await.assert_not_found();
        grace.visit("/admin/users/none").await.assert_not_found();
    });
}

#[test]
fn a_long_list_comes_in_pages_of_one_query() {
    site(async |app| {
        let grace = app.admin("grace").await;
        for n in 0..104 {
            app.member(&format!("p{n:03}")).await;
        }
        let (mut seen, mut path, mut costs) = (Vec::new(), urls::admin_users("", "p"), Vec::new());
        loop {
            let before = app.state.db.query_count();
            let page = grace.visit(&path).await.assert_ok();
            costs.push(app.state.db.query_count() - before);
            seen.extend(names(&page));
            match page.attrs("a[rel=next]", "href").first() {
                Some(next) => path = next.clone(),
                None => break,
            }
        }
        let wanted: Vec<String> = (0..104).rev().map(|n| format!("p{n:03}")).collect();
        assert_eq!(seen, wanted);
        // Who looks, how much is unread, and the people, however many.
        assert!(costs.iter().all(|cost| *cost <= 4), "{costs:?}");
    });
}

#[test]
fn whoever_is_suspended_is_out_at_once_and_told_why() {
    Setup::default().with_mail().site(async |app| {
        let (grace, ada) = (app.admin("grace").await, app.signed_in("ada").await);
        let id = app.id_of("ada").await.to_string();
        let page = grace.visit(urls::admin_users_ban(&id)).await.assert_ok();
        assert!(page.text("#ban-title").contains("ada"));
        let page = grace.post(urls::ADMIN_USERS_BAN, &[("user", &id), ("term", "30"), ("reason", " ")]).await.assert_refused();
        assert_eq!(page.errors().get("reason"), Some(&words("ban-reason-required", &[])));
        assert_eq!(page.attr("input[name=term][checked]", "value"), "30");
        grace.post(urls::ADMIN_USERS_BAN, &[("user", &id), ("term", "2"), ("reason", "Spam")]).await.assert_refused();
        assert!(ada.is_signed_in().await);
        let fields = [("user", &*id), ("term", "7"), ("reason", "Spam in <b>comments</b>")];
        let answer = grace.post(urls::ADMIN_USERS_BAN, &fields).await.assert_redirect(urls::admin_user(&id));
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-people-banned", 1, 0));
        assert!(!ada.is_signed_in().await);
        let (_, page) = sign_in(app, "ada").await;
        let page = page.assert_status(403);
        assert_eq!(page.text(".multiline"), "Spam in <b>comments</b>");
        let mail = app.mail_to("ada@example.org").await;
        assert!(mail.text.contains("Spam in <b>comments</b>"), "{}", mail.text);
        assert!(app.visitor().visit(urls::profile("ada")).await.assert_ok().text("h1").contains("ada"), "what they shared stays");
        // It ends by itself.
        app.later(TimeDelta::days(7));
        let (ada, page) = sign_in(app, "ada").await;
        page.assert_redirect(urls::HOME);
        assert!(ada.is_signed_in().await);
        // Or by an administrator, who has to show again that it is her.
        let fields = [("user", &*id), ("term", "good"), ("reason", "Again")];
        grace.visit(urls::admin_user(&id)).await.assert_ok();
        let away = grace.post(urls::ADMIN_USERS_BAN, &fields).await.assert_redirect(urls::confirm_then(urls::admin_user(&id)));
        assert!(ada.is_signed_in().await, "nothing was done");
        grace.visit(urls::admin_users_ban(&id)).await.assert_redirect(urls::confirm_then(urls::admin_users_ban(&id)));
        grace.follow(&away).await.assert_ok();
        grace.post(urls::CONFIRM, &[("password", PASSWORD), ("next", &urls::admin_user(&id))]).await.assert_redirect(urls::admin_user(&id));
        grace.post(urls::ADMIN_USERS_BAN, &fields).await.assert_redirect(urls::admin_user(&id));
        assert!(!ada.is_signed_in().await);
        app.later(TimeDelta::minutes(1));
        grace.post(urls::ADMIN_USERS_UNBAN, &[("user", &id)]).await.assert_redirect(urls::admin_user(&id));
        sign_in(app, "ada").await.1.assert_redirect(urls::HOME);
        let answer = grace.post(urls::ADMIN_USERS_UNBAN, &[("user", &id)]).await;
        assert_eq!(grace.follow(&answer).await.text("#notices .bad p"), notice("flash-people-unbanned", 0, 1));
        assert_eq!(log(app).await, ["grace user.banned ada", "grace user.banned ada", "grace user.unbanned ada"]);
        let page = grace.visit(urls::admin_user(&id)).await;
        assert_eq!(page.count("[aria-labelledby=audit-title] li"), 3);
        assert!(page.text("[aria-labelledby=log-title]").contains(&words("security-unbanned", &[])));
    });
}

#[test]
fn one_administrator_is_always_left() {
    site(async |app| {
        let (grace, linus) = (app.admin("grace").await, app.admin("linus").await);
        let (grace_id, linus_id) = (app.id_of("grace").await.to_string(), app.id_of("linus").await.to_string());
        let own = [("user", &*grace_id), ("term", "good"), ("reason", "Tired")];
        let answer = grace.post(urls::ADMIN_USERS_BAN, &own).await.assert_status(303);
        assert_eq!(grace.follow(&answer).await.text("#notices .bad p"), notice("flash-people-banned", 0, 1));
        assert!(!grace.visit(urls::admin_user(&grace_id)).await.has(&format!("a[href='{}']", urls::admin_users_ban(&grace_id))));
        // Both at the same moment.
        let other = [("user", &*linus_id), ("term", "good"), ("reason", "You")];
        tokio::join!(grace.post(urls::ADMIN_USERS_BAN, &other), linus.post(urls::ADMIN_USERS_BAN, &own));
        assert_eq!(app.number("SELECT count(*) FROM users WHERE banned_at IS NULL").await, 1);
        assert_eq!(log(app).await.len(), 1);
    });
}

#[test]
fn several_are_signed_out_or_suspended_together() {
    site(async |app| {
        let grace = app.admin("grace").await;
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let noor = app.member("noor").await;
        let ids: Vec<String> = grace.visit(urls::ADMIN_USERS).await.attrs("input[name=user]", "value");
        assert_eq!(ids.len(), 4);
        assert_eq!(ids[0], noor.to_string());
        grace.post(urls::ADMIN_USERS_SESSIONS, &[]).await.assert_refused();
        let back = urls::admin_users("active", "");
        let fields = [("user", &*ids[0]), ("user", &ids[1]), ("user", &ids[2]), ("back", &back)];
        let answer = grace.post(urls::ADMIN_USERS_SESSIONS, &fields).await.assert_redirect(&back);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-people-signed-out", 2, 1));
        assert!(!ada.is_signed_in().await && !mina.is_signed_in().await && grace.is_signed_in().await);
        let page = grace.visit(format!("{}?user={}&user={}", urls::ADMIN_USERS_BAN, ids[1], ids[2])).await.assert_ok();
        assert_eq!(page.text("#ban-title"), words("ban-title", &[("count", 2)]));
        // As htmx asks for the question, over the list.
        let page = grace.htmx().visit(format!("{}?user={}&user=7", urls::ADMIN_USERS_BAN, ids[1])).await.assert_ok();
        assert!(page.has("dialog[data-modal]") && !page.has(".site-nav"));
        let fields = [("user", &*ids[1]), ("user", &ids[2]), ("user", "7"), ("term", "1"), ("reason", "Spam"), ("back", "//evil.example")];
        let answer = grace.post(urls::ADMIN_USERS_BAN, &fields).await.assert_redirect(urls::ADMIN_USERS);
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-people-banned", 2, 1));
        assert_eq!(app.number("SELECT count(*) FROM users WHERE ban_reason = 'Spam'").await, 2);
    });
}

#[test]
fn a_lost_second_factor_is_taken_away() {
    Setup::default().with_mail().site(async |app| {
        let grace = app.admin("grace").await;
        let id = app.member("ada").await;
        app.execute(format!(
            "INSERT INTO second_factors (user_id, secret, on_at, last_step, created_at) SELECT id, '', created_at, 0, created_at FROM users WHERE id = {id}"
        ))
        .await;
        app.execute(format!("INSERT INTO recovery_codes (user_id, code_hash) VALUES ({id}, 'x')")).await;
        assert!(sign_in(app, "ada").await.1.leads_to().starts_with(urls::SIGN_IN_CODE));
        let page = grace.visit(urls::admin_user(id)).await.assert_ok();
        let ask = page.attr(&format!("a[href='{}']", urls::admin_users_second_factor(id)), "href");
        assert!(grace.visit(ask).await.assert_ok().text("#factor-title").contains("ada"));
        let answer = grace.post(urls::ADMIN_USERS_SECOND_FACTOR, &[("user", &id.to_string())]).await.assert_redirect(urls::admin_user(id));
        assert_eq!(grace.follow(&answer).await.text("#notices p"), notice("flash-second-factors-removed", 1, 0));
        sign_in(app, "ada").await.1.assert_redirect(urls::HOME);
        assert_eq!((app.rows_in("second_factors").await, app.rows_in("recovery_codes").await), (0, 0));
        assert!(app.mails().await.iter().any(|mail| mail.to == "ada@example.org" && mail.text.contains("administrator")));
        assert_eq!(log(app).await, ["grace user.second_factor_removed ada"]);
    });
}

#[test]
fn the_list_is_a_file_that_no_spreadsheet_carries_out() {
    site(async |app| {
        let (grace, ada) = (app.admin("grace").await, app.signed_in("ada").await);
        app.share_any(&ada, "The sea").await;
        app.execute("UPDATE users SET email = '=cmd()@x,y', email_key = '=cmd()@x,y' WHERE username = 'ada'").await;
        let file = grace.post(urls::ADMIN_USERS_EXPORT, &[]).await.assert_ok();
        assert!(file.header("content-disposition").expect("a file").starts_with("attachment; filename=\"picstargram-people-"));
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        let text = file.html();
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[0].starts_with("id,username,email,role,status,"));
        assert!(lines[1].contains(",ada,\"'=cmd()@x,y\",member,unproven,,,1,"), "{}", lines[1]);
        assert!(lines[2].contains(",grace,grace@example.org,admin,"));
        let file = grace.post(urls::ADMIN_USERS_EXPORT, &[("status", "admins"), ("q", "gr")]).await.assert_ok();
        assert_eq!(file.html().lines().count(), 2);
        assert_eq!(log(app).await, ["grace users.exported ", "grace users.exported "]);
        app.later(TimeDelta::minutes(16));
        assert!(grace.post(urls::ADMIN_USERS_EXPORT, &[]).await.leads_to().starts_with(urls::CONFIRM));
        ada.post(urls::ADMIN_USERS_EXPORT, &[]).await.assert_not_found();
    });
}

#[test]
fn every_act_stands_in_the_log_by_whom_and_to_whom() {
    site(async |app| {
        let (grace, linus) = (app.admin("grace").await, app.admin("linus").await);
        let ids = [app.member("ada").await, app.member("mina").await].map(|id| id.to_string());
        for (who, id) in [(&grace, &ids[0]), (&linus, &ids[1])] {
            who.post(urls::ADMIN_USERS_BAN, &[("user", id), ("term", "1"), ("reason", "Enough <i>now</i>")]).await.assert_status(303);
        }
        for n in 0..60 {
            app.execute(format!(
                "INSERT INTO audit_log (id, actor_id, actor, action, target_id, target, detail, created_at) \
                 SELECT {n} + 1, NULL, '', 'admin.made', NULL, 'gone', '', created_at FROM users WHERE username = 'ada'"
            ))
            .await;
        }
        let page = grace.visit(urls::ADMIN_AUDIT).await.assert_ok();
        assert_eq!(page.count("tbody tr"), 50);
        assert!(page.text("tbody tr:first-child").contains("mina") && page.text("tbody tr:first-child").contains("Enough <i>now</i>"));
        let page = grace.visit(page.attr("a[rel=next]", "href")).await.assert_ok();
        assert_eq!(page.count("tbody tr"), 12);
        assert!(page.says("audit-operator"));
        for (person, count) in [("ada", 1), ("LINUS", 1), ("gone", 50), ("nobody", 0)] {
            let page = grace.visit(urls::admin_audit(person)).await.assert_ok();
            assert_eq!(page.count("tbody tr"), count, "{person}");
        }
        // Jobs, too.
        app.execute("DELETE FROM audit_log").await;
        app.execute(
            "INSERT INTO jobs (id, kind, payload, state, priority, run_at, attempts, created_at, since) \
             VALUES (7, 'test', '{}', 'dead', 0, '2999-01-01 00:00:00', 3, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        )
        .await;
        grace.post(urls::ADMIN_JOBS_CANCEL, &[("state", "dead"), ("all", "1")]).await.assert_status(303);
        assert_eq!(log(app).await, ["grace jobs.cancelled "]);
    });
}

#[test]
fn mails_are_seen_from_outside_only() {
    Setup::default().with_mail().site(async |app| {
        app.expect_dead_jobs(1);
        let grace = app.admin("grace").await;
        app.member("ada").await;
        app.execute("UPDATE users SET email_verified_at = created_at").await;
        app.visitor().post(urls::PASSWORD_FORGOT, &[("email", "ada@example.org")]).await.assert_ok();
        let link = loop {
            if let Some(mail) = app.mails().await.into_iter().find(|mail| mail.to == "ada@example.org") {
                break mail.link("/password/reset/");
            }
            tokio::task::yield_now().await;
        };
        let page = grace.visit(urls::ADMIN_MAIL).await.assert_ok();
        let row = page.text("tbody tr");
        assert!(
            row.contains("ada@example.org") && row.contains(&words("mail-kind-reset", &[])) && row.contains(&words("mail-sent", &[])),
            "{row}"
        );
        let token = link.rsplit('/').next().expect("a token");
        assert!(!page.html().contains(token) && !page.html().contains("password/reset"));
        app.smtp().is(crate::support::smtp::Mood::Refuses);
        let id = app.id_of("ada").await.to_string();
        grace.post(urls::ADMIN_USERS_BAN, &[("user", &id), ("term", "1"), ("reason", "A secret reason")]).await.assert_status(303);
        app.run_jobs().await;
        let page = grace.visit(urls::admin_mail("failed")).await.assert_ok();
        assert_eq!(page.count("tbody tr"), 1);
        assert!(page.has("details.job-error") && !page.html().contains("A secret reason"));
        let jobs = page.attr(&format!("a[href='{}']", urls::admin_jobs("dead", Some("mails.send"))), "href");
        assert_eq!(grace.visit(jobs).await.assert_ok().text(".job-kind"), words("job-send-mail", &[]));
        assert!(!grace.visit(urls::admin_mail("sent")).await.assert_ok().has("details.job-error"));
        grace.visit(urls::admin_mail("none")).await.assert_not_found();
    });
}

#[test]
fn the_operator_helps_whom_no_mail_reaches() {
    site(async |app| {
        let id = app.member("ada").await;
        app.execute(format!(
            "INSERT INTO second_factors (user_id, secret, on_at, last_step, created_at) SELECT id, '', created_at, 0, created_at FROM users WHERE id = {id}"
        ))
        .await;
        let run = async |arguments: &[&str]| program::output(program::command(&app.data_dir, &app.environment, arguments), "").await;
        let out = run(&["admin", "reset-link", "ADA@example.org"]).await;
        assert!(out.status.success(), "{out:?}");
        let link = String::from_utf8(out.stdout).expect("a link");
        let path = link.trim().strip_prefix(&app.url).expect("into this site").to_owned();
        app.visitor().visit(&path).await.assert_ok();
        let out = run(&["admin", "remove-2fa", "ada"]).await;
        assert!(out.status.success() && app.rows_in("second_factors").await == 0, "{out:?}");
        for command in ["reset-link", "remove-2fa"] {
            let out = run(&["admin", command, "nobody"]).await;
            assert!(!out.status.success() && String::from_utf8_lossy(&out.stderr).contains("nobody"), "{out:?}");
        }
        assert_eq!(log(app).await, [" user.reset_link_made ada", " user.second_factor_removed ada"]);
    });
}

#[test]
fn for_everybody_else_none_of_it_exists() {
    site(async |app| {
        let (ada, visitor) = (app.signed_in("ada").await, app.visitor());
        let id = app.id_of("ada").await;
        let pages = [urls::ADMIN, urls::ADMIN_USERS, urls::ADMIN_REGISTRATIONS, urls::ADMIN_INVITES, urls::ADMIN_MAIL, urls::ADMIN_AUDIT];
        let more = [urls::admin_user(id), urls::admin_users_ban(id), urls::admin_users_second_factor(id), urls::admin_decline(1)];
        for path in pages.map(str::to_owned).into_iter().chain(more) {
            ada.visit(&path).await.assert_not_found();
            visitor.visit(&path).await.assert_sign_in(&path);
        }
    });
}
