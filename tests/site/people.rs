//! Between people: following, being asked, blocking, muting; what each may see of the other, and counts that equal the rows.

use crate::support::app::on_postgres;
use crate::support::{Browser, TestApp, pictures, site, words};
use diesel::prelude::*;
use futures_util::future::join_all;
use picstargram::audience::{Follow, MOST_FOLLOWED};
use picstargram::people::{Reason, questions, suggestions};
use picstargram::posts::PostId;
use picstargram::urls;
use picstargram::web::{Avatar, Role, UserId, Viewer};

async fn follow(browser: &Browser, name: &str, wanted: bool) {
    browser.post(urls::follow(name), &[("following", if wanted { "true" } else { "false" })]).await.assert_status(303);
}

async fn set_private(browser: &Browser, private: &str) {
    browser.post(urls::SETTINGS_PRIVACY, &[("private", private)]).await.assert_redirect(urls::SETTINGS);
}

async fn block(browser: &Browser, name: &str, wanted: &str) {
    browser.post(urls::block(name), &[("blocked", wanted)]).await.assert_redirect(urls::profile(name));
}

/// (followers, following) as the person's row counts them.
async fn counts(app: &TestApp, name: &str) -> (i64, i64) {
    let of = async |column: &str| app.number(format!("SELECT {column} FROM users WHERE username = '{name}'")).await;
    (of("follower_count").await, of("following_count").await)
}

/// Kinds of what somebody has been told, oldest first.
async fn told(app: &TestApp, name: &str) -> Vec<String> {
    let rows = format!("SELECT kind FROM notifications WHERE user_id = (SELECT id FROM users WHERE username = '{name}') ORDER BY latest");
    app.texts(rows).await
}

fn button(id: UserId) -> String {
    format!(".follow-{id} button")
}

#[test]
fn a_follow_is_a_state_that_can_be_asked_for_again_and_again() {
    site(async |app| {
        let (_, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let ada = app.id_of("ada").await;
        let page = mina.visit(urls::profile("ada")).await;
        assert_eq!(page.attr(&format!("form.follow-{ada} [name=following]"), "value"), "true");
        assert!(page.text(&button(ada)).starts_with(&words("follow", &[])));
        for (wanted, count) in [("true", 1), ("true", 1), ("false", 0), ("false", 0), ("true", 1)] {
            let fragment = mina.htmx().post(urls::follow("ada"), &[("following", wanted)]).await.assert_ok();
            assert_eq!(fragment.has(&format!("form.follow-{ada}[data-on]")), wanted == "true");
            assert!(fragment.html().contains(&format!(".followers-of-{ada}")), "the count on the page follows");
            // Without script one comes back to the page one was on.
            mina.post(urls::follow("ada"), &[("following", wanted)]).await.assert_redirect(urls::profile("ada"));
            let page = mina.visit(urls::profile("ada")).await;
            assert_eq!(page.text(&format!(".followers-of-{ada}")), count.to_string());
            assert_eq!(page.has(&format!("form.follow-{ada}[data-on]")), wanted == "true");
            let answer = mina.json().post(urls::follow("ada"), &[("following", wanted)]).await.assert_ok().json();
            assert_eq!(answer, serde_json::json!({ "following": wanted == "true", "requested": false, "follower_count": count }));
            assert_eq!((counts(app, "ada").await, counts(app, "mina").await), ((count, 0), (0, count)));
            assert_eq!(told(app, "ada").await, vec!["follow"; count as usize], "news that is not so any more is taken back");
        }
        mina.post(urls::follow("ada"), &[("following", "maybe")]).await.assert_status(400);
        mina.post(urls::follow("ada"), &[]).await.assert_status(400);
        mina.post(urls::follow("nobody"), &[("following", "true")]).await.assert_not_found();
        for (path, fields) in [
            (urls::follow("mina"), [("following", "true")]),
            (urls::block("mina"), [("blocked", "true")]),
            (urls::mute("mina"), [("muted", "true")]),
            (urls::follower("mina"), [("removed", "true")]),
        ] {
            mina.post(path, &fields).await.assert_status(403);
        }
        assert!(!mina.visit(urls::profile("mina")).await.has(".follow"), "what one may not do is not offered");
    });
}

#[test]
fn somebody_who_follows_me_is_followed_back() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        follow(&mina, "ada", true).await;
        let page = ada.visit(urls::profile("mina")).await;
        assert!(page.says("follows-you") && page.text(".follow .when-off") == words("follow-back", &[]));
        assert!(!mina.visit(urls::profile("ada")).await.says("follows-you"));
    });
}

#[test]
fn fifty_people_at_once_are_fifty_followers() {
    site(async |app| {
        app.member("ada").await;
        let mut people = Vec::new();
        for number in 0..50 {
            people.push(app.signed_in(&format!("friend{number}")).await);
        }
        join_all(people.iter().map(|friend| follow(friend, "ada", true))).await;
        assert_eq!((counts(app, "ada").await, app.rows_in("follows").await), ((50, 0), 50));
        assert_eq!(app.numbers("SELECT actor_count FROM notifications").await, [50], "one line that counts them");
        // Some change their minds while others insist, in two tabs at once.
        join_all(people.iter().chain(&people).enumerate().map(|(number, friend)| follow(friend, "ada", number % 2 == 1))).await;
        assert_eq!((counts(app, "ada").await, app.rows_in("follows").await), ((25, 0), 25));
        assert_eq!(app.numbers("SELECT actor_count FROM notifications").await, [25]);
    });
}

#[test]
fn people_who_turn_to_each_other_at_the_same_moment_wait_for_nobody() {
    site(async |app| {
        let names = ["ada", "mina", "joon", "grace"];
        let mut people = Vec::new();
        for name in names {
            people.push(app.signed_in(name).await);
        }
        // Everybody follows everybody, some block meanwhile, some make up their minds anew.
        let mut everything = Vec::new();
        for (one, browser) in people.iter().enumerate() {
            for (other, name) in names.iter().enumerate().filter(|(other, _)| *other != one) {
                everything.push(async move {
                    for round in 0..4 {
                        let wanted = if (one + other + round) % 3 == 0 { "false" } else { "true" };
                        // Across a block there is nobody to follow.
                        let answer = browser.post(urls::follow(name), &[("following", wanted)]).await;
                        assert!([303, 404].contains(&answer.status.as_u16()), "{}", answer.status);
                        if round == other {
                            let answer = browser.post(urls::block(name), &[("blocked", if one % 2 == 0 { "true" } else { "false" })]).await;
                            assert!([303, 404].contains(&answer.status.as_u16()), "{}", answer.status);
                        }
                    }
                });
            }
        }
        join_all(everything).await;
        // That counts equal rows and no follow crosses a block is looked at after every story.
        assert!(app.rows_in("blocks").await > 0);
    });
}

#[test]
fn so_many_can_be_followed_and_no_more() {
    site(async |app| {
        let (ada, mina) = (app.member("ada").await, app.signed_in("mina").await);
        app.execute(format!("UPDATE users SET following_count = {MOST_FOLLOWED} WHERE username = 'mina'")).await;
        mina.visit(urls::profile("ada")).await;
        let back = mina.post(urls::follow("ada"), &[("following", "true")]).await;
        assert!(mina.follow(&back).await.says("flash-follow-limit"));
        let fragment = mina.htmx().post(urls::follow("ada"), &[("following", "true")]).await.assert_refused();
        assert!(fragment.html().contains(&words("flash-follow-limit", &[])));
        assert!(!fragment.has(&format!("form.follow-{ada}[data-on]")), "the button is put right");
        let answer = mina.json().post(urls::follow("ada"), &[("following", "true")]).await.assert_refused();
        assert_eq!(answer.json()["errors"]["following"], words("flash-follow-limit", &[]));
        app.execute("UPDATE users SET following_count = 0 WHERE username = 'mina'").await;
    });
}

#[test]
fn a_private_account_is_asked_and_decides() {
    site(async |app| {
        let (ada, mina, joon) = (app.signed_in("ada").await, app.signed_in("mina").await, app.signed_in("joon").await);
        let post = app.share_any(&ada, "For #few").await;
        follow(&joon, "ada", true).await;
        set_private(&ada, "true").await;
        assert_eq!(ada.visit(urls::SETTINGS).await.attr("[name=private][value=true]", "aria-pressed"), "true");

        // Who followed before goes on seeing it, nobody else does.
        joon.visit(urls::post(post)).await.assert_ok();
        for stranger in [&mina, &app.visitor()] {
            stranger.visit(urls::post(post)).await.assert_not_found();
            assert!(!stranger.visit(urls::EXPLORE).await.has(&format!("a[href='{}']", urls::post(post))));
            assert!(!stranger.visit(urls::tag("few")).await.has(&format!("a[href='{}']", urls::post(post))));
            let page = stranger.visit(urls::profile("ada")).await.assert_ok();
            assert!(page.says("closed-title") && !page.has("a.picture"));
            assert!(!page.has(&format!("a[href='{}']", urls::followers("ada"))));
            for list in [urls::followers("ada"), urls::following("ada")] {
                let page = stranger.visit(&list).await.assert_status(403);
                assert!(page.says("closed-title") && !page.has(".person-row"));
                stranger.htmx().visit(&list).await.assert_status(403);
            }
        }

        // Asked, taken back, asked again.
        let id = app.id_of("ada").await;
        assert_eq!(mina.visit(urls::profile("ada")).await.text(".follow .when-off"), words("follow-ask", &[]));
        follow(&mina, "ada", true).await;
        follow(&mina, "ada", true).await;
        assert_eq!((app.rows_in("follow_requests").await, counts(app, "ada").await), (1, (1, 0)));
        let page = mina.visit(urls::profile("ada")).await;
        assert_eq!((page.has(&format!(".follow-{id}[data-on]")), page.text(".follow .when-on")), (true, words("follow-requested", &[])));
        assert!(told(app, "ada").await.contains(&"request".to_owned()));
        let answer = mina.json().post(urls::follow("ada"), &[("following", "false")]).await.assert_ok().json();
        assert_eq!((&answer["following"], &answer["requested"]), (&false.into(), &false.into()));
        assert_eq!((app.rows_in("follow_requests").await, told(app, "ada").await), (0, vec!["follow".to_owned()]));
        follow(&mina, "ada", true).await;

        // Declined, which mina is not told; asked again and accepted.
        let page = ada.visit(urls::REQUESTS).await.assert_ok();
        assert_eq!(page.texts(".people .handle"), ["mina"]);
        ada.post(urls::request("mina"), &[("accepted", "false")]).await.assert_redirect(urls::REQUESTS);
        assert!(ada.visit(urls::REQUESTS).await.says("requests-none"));
        assert_eq!((app.rows_in("follow_requests").await, told(app, "mina").await.len()), (0, 0));
        follow(&mina, "ada", true).await;
        ada.visit(urls::REQUESTS).await;
        for _ in 0..2 {
            let fragment = ada.htmx().post(urls::request("mina"), &[("accepted", "true")]).await.assert_ok();
            assert!(fragment.says("follows-you-now") && fragment.has(".follow"), "and can be followed back at once");
        }
        assert_eq!((counts(app, "ada").await, counts(app, "mina").await), ((2, 0), (0, 1)));
        assert_eq!(told(app, "ada").await, ["follow"], "the request has become a follow");
        mina.visit(urls::post(post)).await.assert_ok();
        assert_eq!(mina.visit(urls::followers("ada")).await.texts(".people .handle"), ["mina", "joon"]);

        // On her profile the photos go with the follow: the page is asked for anew.
        mina.visit(urls::profile("ada")).await;
        let answer = mina.htmx().post(urls::follow("ada"), &[("following", "false")]).await.assert_status(204);
        assert_eq!(answer.leads_to(), urls::profile("ada"));
        mina.visit(urls::post(post)).await.assert_not_found();
    });
}

#[test]
fn a_follower_is_removed_and_not_told() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        ada.visit(urls::follower("mina")).await.assert_not_found();
        follow(&mina, "ada", true).await;
        let list = ada.visit(urls::followers("ada")).await;
        let question = ada.visit(list.attr(&format!("a[href='{}']", urls::follower("mina")), "href")).await.assert_ok();
        assert!(question.has(&format!("form[action='{}']", urls::follower("mina"))));
        assert!(!mina.visit(urls::followers("ada")).await.has(&format!("a[href='{}']", urls::follower("mina"))), "only one's own");
        ada.visit(urls::followers("ada")).await;
        let fragment = ada.htmx().post(urls::follower("mina"), &[("removed", "true")]).await.assert_ok();
        assert!(fragment.html().contains(&format!("#person-{}", app.id_of("mina").await)));
        ada.post(urls::follower("mina"), &[("removed", "true")]).await.assert_redirect(urls::profile("mina"));
        assert_eq!((counts(app, "ada").await, counts(app, "mina").await), ((0, 0), (0, 0)));
        assert_eq!((told(app, "ada").await, told(app, "mina").await), (vec![], vec![]));
        ada.post(urls::follower("mina"), &[("removed", "false")]).await.assert_status(400);
    });
}

#[test]
fn all_who_wait_are_let_in_at_once_but_nobody_unseen() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        set_private(&ada, "true").await;
        for number in 0..4 {
            follow(&app.signed_in(&format!("friend{number}")).await, "ada", true).await;
        }
        let page = ada.visit(urls::REQUESTS).await;
        let newest = page.value("newest");
        follow(&app.signed_in("late").await, "ada", true).await;
        ada.post(urls::REQUESTS, &[("accepted", "true"), ("newest", &newest)]).await.assert_redirect(urls::REQUESTS);
        assert_eq!((counts(app, "ada").await, app.rows_in("follow_requests").await), ((4, 0), 1));
        ada.post(urls::REQUESTS, &[("accepted", "false")]).await.assert_status(400);

        // An account that opens has nobody waiting.
        set_private(&ada, "false").await;
        assert_eq!((counts(app, "ada").await, app.rows_in("follow_requests").await), ((5, 0), 0));
        assert_eq!(told(app, "ada").await, ["follow"]);
        assert_eq!(app.numbers("SELECT actor_count FROM notifications").await, [5]);
        assert!(ada.visit(urls::REQUESTS).await.says("requests-none-public"));
    });
}

#[test]
fn what_is_open_follows_from_the_account_and_the_post() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let open = app.share_any(&ada, "open").await;
        for (what, change) in [
            ("for followers", urls::post_edit as fn(PostId) -> String),
            ("archived", urls::post_archive as fn(PostId) -> String),
            ("deleted", urls::post_delete as fn(PostId) -> String),
        ] {
            let post = app.share_any(&ada, what).await;
            ada.post(change(post), &[("audience", "followers"), ("archived", "true")]).await.assert_status(303);
        }
        let is_open = async || app.texts("SELECT caption FROM posts WHERE is_open ORDER BY id").await;
        for _ in 0..2 {
            set_private(&ada, "true").await;
            assert_eq!(is_open().await, [] as [String; 0]);
        }
        app.share_any(&ada, "while private").await;
        assert_eq!(is_open().await, [] as [String; 0]);
        set_private(&ada, "false").await;
        assert_eq!(is_open().await, ["open", "while private"]);
        app.visitor().visit(urls::post(open)).await.assert_ok();
        ada.post(urls::SETTINGS_PRIVACY, &[("private", "perhaps")]).await.assert_status(400);
    });
}

#[test]
fn a_blocked_pair_is_not_there_for_each_other() {
    site(async |app| {
        let (ada, mina, joon) = (app.signed_in("ada").await, app.signed_in("mina").await, app.signed_in("joon").await);
        let (by_ada, by_mina) = (app.share_any(&ada, "#sea by ada").await, app.share_any(&mina, "#sea by mina").await);
        let by_joon = app.share(&joon, &[pictures::small()], "by joon").await;
        for who in [&ada, &mina] {
            who.post(urls::post_like(by_joon), &[("liked", "true")]).await.assert_status(303);
            follow(who, "joon", true).await;
        }
        follow(&mina, "ada", true).await;
        follow(&ada, "mina", true).await;
        mina.post(urls::post_like(by_ada), &[("liked", "true")]).await.assert_status(303);
        let ids = (app.id_of("ada").await, app.id_of("mina").await);

        assert!(ada.visit(urls::block("mina")).await.assert_ok().has(&format!("form[action='{}']", urls::block("mina"))));
        assert_eq!(app.rows_in("blocks").await, 0, "a question changes nothing");
        for _ in 0..2 {
            block(&ada, "mina", "true").await;
        }
        assert_eq!((counts(app, "ada").await, counts(app, "mina").await), ((0, 1), (0, 1)), "only joon is left");
        assert_eq!((told(app, "ada").await, told(app, "mina").await), (vec![], vec![]), "and no news of each other");

        // Mina finds no ada.
        for path in [
            urls::profile("ada"),
            urls::profile("ADA"),
            urls::followers("ada"),
            urls::following("ada"),
            urls::post(by_ada),
            urls::post_likes(by_ada),
        ] {
            mina.visit(&path).await.assert_not_found();
        }
        for (path, fields) in [
            (urls::follow("ada"), [("following", "true")]),
            (urls::block("ada"), [("blocked", "true")]),
            (urls::block("ada"), [("blocked", "false")]),
            (urls::mute("ada"), [("muted", "true")]),
            (urls::post_like(by_ada), [("liked", "false")]),
        ] {
            mina.post(path, &fields).await.assert_not_found();
        }
        // Ada finds a name and the way back.
        let page = ada.visit(urls::profile("mina")).await.assert_ok();
        assert!(page.says("blocked-profile-title") && !page.has("a.picture") && !page.has(".profile-counts"));
        for path in [urls::followers("mina"), urls::following("mina"), urls::post(by_mina), urls::post_likes(by_mina)] {
            ada.visit(&path).await.assert_not_found();
        }
        ada.post(urls::follow("mina"), &[("following", "true")]).await.assert_not_found();

        // Nor does either stand anywhere else.
        for (who, other, post, id) in [(&mina, "ada", by_ada, ids.0), (&ada, "mina", by_mina, ids.1)] {
            let traces =
                [format!("a[href='{}']", urls::profile(other)), format!("a[href='{}']", urls::post(post)), format!(".follow-{id}")];
            for path in [
                urls::HOME.to_owned(),
                urls::EXPLORE.to_owned(),
                urls::tag("sea"),
                urls::post(by_joon),
                urls::post_likes(by_joon),
                urls::followers("joon"),
                urls::following("joon"),
                urls::profile("joon"),
            ] {
                let page = who.visit(&path).await.assert_ok();
                assert!(traces.iter().all(|trace| !page.has(trace)), "{other} stands at {path}");
            }
        }
        // Others see both, likes are counted as before.
        assert_eq!(joon.visit(urls::post_likes(by_joon)).await.texts(".people .handle"), ["mina", "ada"]);
        assert_eq!(joon.visit(urls::followers("joon")).await.texts(".people .handle"), ["mina", "ada"]);
        assert_eq!(app.numbers(format!("SELECT like_count FROM posts WHERE id = {by_joon}")).await, [2]);

        // Unblocked from the list; what was ended does not come back.
        let list = ada.visit(urls::SETTINGS_BLOCKED).await.assert_ok();
        assert_eq!(list.texts(".people .handle"), ["mina"]);
        ada.post(urls::block("mina"), &[("blocked", "false")]).await.assert_redirect(urls::SETTINGS_BLOCKED);
        assert!(ada.visit(urls::SETTINGS_BLOCKED).await.says("blocked-none"));
        mina.visit(urls::profile("ada")).await.assert_ok();
        assert_eq!(counts(app, "ada").await, (0, 1));
    });
}

#[test]
fn a_block_ends_requests_in_both_directions() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        for who in [&ada, &mina] {
            set_private(who, "true").await;
        }
        follow(&mina, "ada", true).await;
        follow(&ada, "mina", true).await;
        block(&ada, "mina", "true").await;
        assert_eq!(app.rows_in("follow_requests").await, 0);
        assert_eq!((told(app, "ada").await, told(app, "mina").await), (vec![], vec![]));
        // Two who block each other: each ends their own.
        app.execute(format!("INSERT INTO blocks VALUES ({}, {}, 1)", app.id_of("mina").await, app.id_of("ada").await)).await;
        ada.visit(urls::profile("mina")).await.assert_not_found();
        ada.visit(urls::SETTINGS_BLOCKED).await;
        ada.post(urls::block("mina"), &[("blocked", "false")]).await.assert_redirect(urls::SETTINGS_BLOCKED);
        assert_eq!(app.rows_in("blocks").await, 1);
    });
}

#[test]
fn somebody_muted_stays_away_from_feeds_and_knows_nothing() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        follow(&mina, "ada", true).await;
        let post = app.share_any(&ada, "").await;
        let card = format!("#post-{post}");
        assert!(mina.visit(urls::HOME).await.has(&card));
        for _ in 0..2 {
            mina.post(urls::mute("ada"), &[("muted", "true")]).await.assert_redirect(urls::profile("ada"));
        }
        assert!(!mina.visit(urls::HOME).await.has(&card));
        let page = mina.visit(urls::profile("ada")).await;
        assert!(page.says("muted-chip") && page.has("a.picture"), "what she shares can still be visited");
        assert!(!ada.visit(urls::profile("mina")).await.says("muted-chip"));
        follow(&ada, "mina", true).await;
        assert_eq!(told(app, "mina").await, [] as [String; 0]);
        assert_eq!(mina.visit(urls::SETTINGS_MUTED).await.texts(".people .handle"), ["ada"]);
        mina.post(urls::mute("ada"), &[("muted", "false")]).await.assert_redirect(urls::SETTINGS_MUTED);
        assert!(mina.visit(urls::HOME).await.has(&card));
        assert!(mina.visit(urls::SETTINGS_MUTED).await.says("muted-none"));
    });
}

#[test]
fn lists_go_page_by_page_and_their_buttons_know_the_viewer() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let id = app.id_of("ada").await;
        let mut names = Vec::new();
        for number in 0..53 {
            let name = format!("friend{number}");
            let friend = app.member(&name).await;
            app.write(move |c| Follow::add(c, friend, id)).await;
            names.insert(0, name);
        }
        follow(&mina, "friend52", true).await;
        let page = mina.visit(urls::followers("ada")).await.assert_ok();
        assert_eq!(page.texts(".people .handle"), names[..50]);
        assert_eq!(page.count(".follow[data-on]"), 1);
        let rest = mina.htmx().visit(page.attr("a[rel=next]", "href")).await.assert_ok();
        assert_eq!(rest.texts(".person-row .handle"), names[50..]);
        assert!(!rest.has("a[rel=next]") && !rest.html().contains("<html"));
        assert_eq!(ada.visit(urls::profile("ada")).await.text(&format!(".followers-of-{id}")), "53");
        // Nothing here yet, an old name, another spelling.
        assert!(mina.visit(urls::following("ada")).await.says("following-none"));
        assert!(mina.visit(urls::followers("mina")).await.says("followers-none-mine"));
        mina.visit(urls::followers("ADA")).await.assert_redirect(urls::followers("ada"));
        mina.visit(urls::followers("nobody")).await.assert_not_found();
    });
}

#[test]
fn people_are_suggested_for_a_reason() {
    site(async |app| {
        let mut ids = std::collections::HashMap::new();
        for name in ["ada", "mina", "joon", "grace", "hedy", "alan", "muted", "blocked", "asked", "hidden", "quiet"] {
            ids.insert(name, app.member(name).await);
        }
        let follows = [
            ("ada", "mina"),
            ("ada", "joon"),
            ("mina", "grace"),
            ("joon", "grace"),
            ("joon", "hedy"),
            ("joon", "ada"),
            ("mina", "joon"),
            ("mina", "muted"),
            ("joon", "muted"),
            ("mina", "blocked"),
            ("joon", "asked"),
            ("hedy", "alan"),
            ("grace", "hidden"),
        ];
        for (follower, followee) in follows.map(|(one, other)| (ids[one], ids[other])) {
            app.write(move |c| Follow::add(c, follower, followee)).await;
        }
        let ada = app.browser_of(ids["ada"]).await;
        ada.post(urls::mute("muted"), &[("muted", "true")]).await.assert_status(303);
        app.browser_of(ids["blocked"]).await.post(urls::block("ada"), &[("blocked", "true")]).await.assert_status(303);
        for name in ["asked", "hidden"] {
            set_private(&app.browser_of(ids[name]).await, "true").await;
        }
        follow(&ada, "asked", true).await;
        for name in ["alan", "muted", "hidden", "blocked"] {
            app.share_any(&app.browser_of(ids[name]).await, "").await;
        }
        let page = ada.visit(urls::following("ada")).await.assert_ok();
        assert_eq!(page.texts(".suggestions .handle"), ["grace", "hedy", "alan"], "two of hers, one of hers, somebody who shares");
        let reasons = page.texts(".suggestions p");
        assert!(reasons[0].starts_with("Followed by ") && reasons[0].ends_with(" and 1 other"), "{reasons:?}");
        assert_eq!((reasons[1].as_str(), reasons[2].clone()), ("Followed by joon", words("suggestion-new", &[])));
        assert_eq!(page.count(".suggestions .follow"), 3);
        follow(&ada, "grace", true).await;
        assert_eq!(ada.visit(urls::following("ada")).await.texts(".suggestions .handle"), ["hidden", "hedy", "alan"], "hers are asked now");
        ada.visit(urls::following("ada")).await;
        let fragment = ada.htmx().post(urls::suggestion("hedy"), &[("dismissed", "true")]).await.assert_ok();
        assert!(fragment.html().contains(&format!(".suggestion-{}", ids["hedy"])));
        ada.post(urls::suggestion("alan"), &[("dismissed", "true")]).await.assert_redirect(urls::following("ada"));
        assert_eq!(ada.visit(urls::following("ada")).await.texts(".suggestions .handle"), ["hidden"], "not again");
        ada.post(urls::suggestion("hedy"), &[("dismissed", "false")]).await.assert_redirect(urls::following("ada"));
        assert_eq!(ada.visit(urls::following("ada")).await.texts(".suggestions .handle"), ["hidden", "hedy"]);
        ada.post(urls::suggestion("ada"), &[("dismissed", "true")]).await.assert_status(403);
        assert!(!app.browser_of(ids["mina"]).await.visit(urls::following("ada")).await.has(".suggestions"), "they are one's own");

        // After a while nobody is new, and who has been silent is not worth a look.
        app.later(chrono::TimeDelta::days(60));
        let (viewer, now) = (ids["quiet"], app.state.now());
        let found = app.read(move |c| suggestions(c, &viewer_of(viewer, "quiet"), 1, now)).await;
        assert_eq!(found[0].reason, Reason::Followers(2), "muted by ada, but not by everybody");
        app.later(chrono::TimeDelta::days(60));
        let now = app.state.now();
        assert!(app.read(move |c| suggestions(c, &viewer_of(viewer, "quiet"), 1, now)).await.is_empty());
    });
}

/// Suggestions stand on the home page: they must not read whole tables.
#[test]
fn suggestions_are_found_by_index() {
    if on_postgres() {
        // So few rows are read whole anyway; that the statements run is seen above.
        return;
    }
    site(async |app| {
        #[derive(QueryableByName)]
        struct Step {
            #[diesel(sql_type = diesel::sql_types::Text)]
            detail: String,
        }
        let me = app.member("ada").await;
        for question in questions(me, app.state.now()) {
            let steps = app.read(move |c| Ok(diesel::sql_query(format!("EXPLAIN QUERY PLAN {question}")).load::<Step>(c)?)).await;
            let whole = |step: &&Step| {
                step.detail.starts_with("SCAN") && ["follows", "theirs", "mine"].iter().any(|table| step.detail.ends_with(table))
            };
            let wrong: Vec<&str> = steps.iter().filter(whole).map(|step| step.detail.as_str()).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            let users: Vec<&str> = steps.iter().map(|step| step.detail.as_str()).filter(|step| step.starts_with("SCAN users")).collect();
            assert!(users.iter().all(|step| step.contains("users_popular")), "{users:?}");
        }
    });
}

fn viewer_of(id: UserId, username: &str) -> Viewer {
    Viewer {
        id,
        username: username.to_owned(),
        email: format!("{username}@example.org"),
        role: Role::Member,
        avatar: Avatar { user_id: id, username: username.to_owned(), uuid: None },
        language: None,
        scheme: None,
        paging: false,
        unread: 0,
        verified: true,
        confirmed: false,
        sighting_due: false,
        renewal_due: false,
    }
}
