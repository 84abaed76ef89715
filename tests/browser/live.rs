//! What happens elsewhere shows in pages that are open, while it happens and after every break.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey};
use crate::support::words;
use fantoccini::key::Key;
use picstargram::urls;
use serde_json::json;
use std::time::{Duration, Instant};

/// Slower is not live, however busy the machine is.
const MOMENTS: Duration = Duration::from_secs(5);

/// Lets the window tell how its page's sockets are doing.
async fn watch_sockets(window: &Window) {
    let source = "window.sockets = []; window.WebSocket = class extends WebSocket { \
                  constructor(...of) { super(...of); window.sockets.push(this); } }";
    window.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}

async fn is_connected(window: &Window) {
    window.until("it is connected", "window.sockets.at(-1)?.readyState === WebSocket.OPEN").await;
}

#[test]
fn a_like_and_a_comment_show_in_the_others_window() {
    journey(async |app, chromium| {
        let (author, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.follow("mina", "ada").await;
        let post = app.share_any(&author, "By the sea").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &author).await;
        let mina = chromium.window_of_with("mina", &person, Setup { phone: true, ..Setup::default() }).await;
        watch_sockets(&ada).await;
        ada.visit(urls::HOME).await;
        mina.visit(urls::HOME).await;
        is_connected(&ada).await;
        let born = ada.born().await;
        let (likes, comments, badge) = (format!("a.like-{post} .count"), format!(".comments-of-{post}"), "[data-unread]");
        ada.gone(badge).await;

        mina.click("button.like").await;
        let began = Instant::now();
        ada.reads(&likes, "1").await;
        let like = began.elapsed();
        ada.reads(badge, "1").await;
        let told = began.elapsed();
        ada.until("it is said in words", &format!("document.querySelector('a.like-{post}').ariaLabel.includes('1')")).await;

        mina.click(&format!("#post-{post} .actions a[data-open-post]")).await;
        mina.see("#open-post dialog:modal").await;
        mina.fill("#body", "Which sea is it?").await;
        mina.click("#say button[type=submit]").await;
        let began = Instant::now();
        ada.reads(&comments, "1").await;
        let comment = began.elapsed();
        ada.reads(badge, "2").await;
        println!("a like shows after {like:?}, its badge after {told:?}, a comment after {comment:?}");
        assert!(like < MOMENTS && told < MOMENTS && comment < MOMENTS, "{like:?} {told:?} {comment:?}");
        assert_eq!(ada.born().await, born, "nothing was loaded in full");

        // What is taken back is gone there as well, and a visitor's page stays as it is.
        mina.press(Key::Escape).await;
        mina.gone("#open-post dialog").await;
        mina.click("button.like[aria-pressed=true]").await;
        ada.reads(&likes, "0").await;
        ada.reads(badge, "1").await;
    });
}

#[test]
fn an_open_conversation_tells_when_others_go_on() {
    journey(async |app, chromium| {
        let (author, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&author, "By the sea").await;
        app.run_jobs().await;
        let ada = chromium.window_of_with("ada", &author, Setup { phone: true, ..Setup::default() }).await;
        watch_sockets(&ada).await;
        ada.visit(urls::post(post)).await;
        is_connected(&ada).await;
        let born = ada.born().await;
        let (more, said) = ("[data-more-talk]", "#comment-list .comment");

        // One's own comment is there already: nothing is new.
        ada.fill("#body", "It was cold").await;
        ada.click("#say button[type=submit]").await;
        ada.count(said, 1).await;
        ada.until(
            "the count has come back",
            &format!("document.querySelector('.talk-head').dataset.told === '1' && document.querySelector('{more}').hidden"),
        )
        .await;

        person
            .post(urls::post_comments(post), &[("body", "Which sea?"), ("comment_key", "5e0d3f5e-7d0a-4a53-9a0e-0f5d7c1b2a3c")])
            .await
            .assert_status(303);
        ada.see(more).await;
        ada.count(said, 1).await;
        let mut found = Vec::new();
        examine(&ada, "a conversation that went on", &mut found).await;
        ada.click(more).await;
        ada.count(said, 2).await;
        ada.gone(&format!("{more}:not([hidden])")).await;
        ada.until("the focus is at what was said", "document.activeElement.id === 'comment-list'").await;
        assert_eq!(ada.born().await, born, "nothing was loaded in full");
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn the_notifications_that_are_open_go_on_by_themselves() {
    journey(async |app, chromium| {
        let (author, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&author, "By the sea").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &author).await;
        watch_sockets(&ada).await;
        let mut found = Vec::new();
        ada.visit(urls::NOTIFICATIONS).await;
        ada.reads(".empty h2", words("notifications-empty-title", &[])).await;
        is_connected(&ada).await;

        person.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
        ada.reads("#notification-list .row-words", "mina").await;
        ada.gone(".empty").await;
        ada.reads("[data-unread]", "1").await;
        examine(&ada, "notifications", &mut found).await;
        // Having been looked at they are read.
        ada.gone("[data-unread]").await;
        ada.see("#new-ones").await;

        // Whoever is at a row stays there while another one comes above it.
        ada.eval("document.querySelector('#notification-list .row-link').focus()").await;
        ada.eval("document.activeElement.old = true").await;
        person.post(urls::post_comments(post), &[("body", "Which sea is it?")]).await.assert_status(303);
        ada.count("#notification-list .row", 2).await;
        ada.focused(&format!(".row-link[href='{}']", urls::post(post))).await;
        assert!(ada.is("!document.activeElement.old").await, "the list was drawn anew");
        ada.reads("#earlier-ones + .row-list", "mina").await;

        ada.press(Key::Enter).await;
        ada.at(urls::post(post)).await;
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn nothing_is_missed_while_the_connection_is_away() {
    journey(async |app, chromium| {
        let (author, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&author, "By the sea").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &author).await;
        let list = chromium.window_of("ada's list", &author).await;
        for window in [&ada, &list] {
            watch_sockets(window).await;
        }
        ada.visit(urls::HOME).await;
        list.visit(urls::NOTIFICATIONS).await;
        for window in [&ada, &list] {
            is_connected(window).await;
        }

        app.cut_sockets(true);
        for window in [&ada, &list] {
            window.until("it is cut off", "window.sockets[0].readyState === WebSocket.CLOSED").await;
        }
        person.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
        person.post(urls::post_comments(post), &[("body", "Which sea is it?")]).await.assert_status(303);
        app.cut_sockets(false);

        ada.reads(&format!("a.like-{post} .count"), "1").await;
        ada.reads(&format!(".comments-of-{post}"), "1").await;
        ada.reads("[data-unread]", "2").await;
        list.count("#notification-list .row", 2).await;
        for window in [&ada, &list] {
            is_connected(window).await;
            assert!(
                window.is("window.sockets.filter((one) => one.readyState < WebSocket.CLOSING).length === 1").await,
                "one socket a page"
            );
        }

        // And it is live again.
        person.post(urls::post_like(post), &[("liked", "false")]).await.assert_status(303);
        ada.reads(&format!("a.like-{post} .count"), "0").await;
        list.count("#notification-list .row", 1).await;
    });
}

#[test]
fn what_cannot_be_sent_says_so_and_is_put_right() {
    journey(async |app, chromium| {
        let author = app.signed_in("ada").await;
        let post = app.share_any(&author, "By the sea").await;
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        app.follow("mina", "ada").await;
        mina.visit(urls::HOME).await;
        let born = mina.born().await;

        mina.no_line().await;
        mina.click("button.like").await;
        mina.reads("#notices", words("connection-lost", &[])).await;
        mina.see("button.like[aria-pressed=false]").await;
        mina.reads("button.like .count", "0").await;
        // Nor does anything else lead anywhere, and it is said once.
        mina.click(&format!(".site-nav a[href='{}']", urls::EXPLORE)).await;
        mina.click(&format!("#post-{post} .actions a[data-open-post]")).await;
        mina.see("#notices .toast").await;
        mina.count("#notices .toast", 1).await;
        mina.at(urls::HOME).await;

        mina.fast_line().await;
        mina.click("button.like").await;
        mina.until("the server has answered", "document.querySelector('form[data-like] [name=liked]').value === 'false'").await;
        mina.click(&format!("#post-{post} .actions a[data-open-post]")).await;
        mina.see("#open-post dialog:modal").await;
        assert_eq!((mina.born().await, app.rows_in("likes").await), (born, 1));
    });
}
