//! Notifications: what is told to whom, together or apart, and a badge that counts what the list shows.

use crate::support::{Browser, Page, TestApp, site, words};
use futures_util::future::join_all;
use picstargram::urls;

fn badge(page: &Page) -> String {
    if page.has("[data-unread][hidden]") { "0".to_owned() } else { page.text("[data-unread] > [aria-hidden]") }
}

fn rows(page: &Page) -> Vec<String> {
    page.texts(".row-words > p:first-child")
}

async fn friends(app: &TestApp, count: usize) -> Vec<Browser> {
    let mut friends = Vec::new();
    for number in 0..count {
        friends.push(app.signed_in(&format!("friend{number}")).await);
    }
    friends
}

#[test]
fn likes_come_together_until_they_are_read_and_go_when_they_are_taken_back() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let (one, two) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        assert!(ada.visit(urls::NOTIFICATIONS).await.assert_ok().says("notifications-empty-title"));
        let friends = friends(app, 12).await;
        let like = urls::post_like(one);
        join_all(friends.iter().map(|friend| friend.post(&like, &[("liked", "true")]))).await;
        let page = ada.visit(urls::NOTIFICATIONS).await;
        let [row] = &rows(&page)[..] else { panic!("one row for all of them: {:?}", rows(&page)) };
        assert!(row.ends_with(&words("notification-like", &[("others", 10)])), "{row}");
        assert_eq!((badge(&page), page.count(".unread-dot")), ("1".to_owned(), 1));
        friends[3].post(urls::post_like(two), &[("liked", "true")]).await;
        assert_eq!(badge(&ada.visit(urls::HOME).await), "2");
        friends[3].post(urls::post_like(two), &[("liked", "false")]).await;
        assert_eq!((badge(&ada.visit(urls::HOME).await), rows(&ada.visit(urls::NOTIFICATIONS).await).len()), ("1".to_owned(), 1));

        // Read: what comes after that is news of its own.
        ada.post(urls::NOTIFICATIONS_READ, &[("until", &page.value("until"))]).await.assert_redirect(urls::NOTIFICATIONS);
        assert_eq!(badge(&ada.visit(urls::HOME).await), "0");
        friends[0].post(&like, &[("liked", "false")]).await;
        friends[0].post(&like, &[("liked", "true")]).await;
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((badge(&page), rows(&page).len()), ("1".to_owned(), 2));
        // Those of a post that nobody sees any more are in neither.
        ada.post(urls::post_archive(one), &[("archived", "true")]).await;
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((badge(&page), rows(&page).len()), ("1".to_owned(), 2), "her own post she still sees");
        ada.post(urls::post_delete(one), &[]).await;
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((badge(&page), rows(&page).len()), ("0".to_owned(), 0));
    });
}

#[test]
fn nothing_is_told_of_somebody_who_is_about_to_leave() {
    site(async |app| {
        let (ada, mina, joon) = (app.signed_in("ada").await, app.signed_in("mina").await, app.signed_in("joon").await);
        let post = app.share_any(&ada, "").await;
        mina.post(urls::post_comments(post), &[("body", "Only I say so"), ("parent_id", "")]).await.assert_status(303);
        for friend in [&mina, &joon] {
            friend.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
        }
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((badge(&page), rows(&page).len()), ("2".to_owned(), 2));
        app.execute("UPDATE users SET delete_at = created_at WHERE username = 'mina'").await;
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((badge(&page), rows(&page).len()), ("1".to_owned(), 1));
        assert!(rows(&page)[0].starts_with("joon") && !page.html().contains("mina") && !page.html().contains("Only I say so"));
        app.execute("UPDATE users SET delete_at = NULL").await;
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((badge(&page), rows(&page).len()), ("2".to_owned(), 2), "who stays is there again");
    });
}

#[test]
fn what_is_marked_as_read_reaches_up_to_what_was_shown() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let (one, two) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        mina.post(urls::post_like(one), &[("liked", "true")]).await;
        let until = ada.visit(urls::NOTIFICATIONS).await.value("until");
        mina.post(urls::post_like(two), &[("liked", "true")]).await;
        ada.htmx().post(urls::NOTIFICATIONS_READ, &[("until", &until)]).await.assert_status(204);
        assert_eq!(badge(&ada.visit(urls::HOME).await), "1", "the second came afterwards");
        ada.post(urls::NOTIFICATIONS_READ, &[]).await;
        assert_eq!(badge(&ada.visit(urls::HOME).await), "0");
        app.visitor().visit(urls::NOTIFICATIONS).await.assert_sign_in(urls::NOTIFICATIONS);
    });
}

#[test]
fn what_is_switched_off_is_not_told() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let page = ada.visit(urls::SETTINGS_NOTIFICATIONS).await.assert_ok();
        assert_eq!(page.count("input[name=on][checked]"), 7, "everything at first");
        ada.post(urls::SETTINGS_NOTIFICATIONS, &[("on", "comment"), ("on", "nonsense")])
            .await
            .assert_redirect(urls::SETTINGS_NOTIFICATIONS);
        assert_eq!(ada.visit(urls::SETTINGS_NOTIFICATIONS).await.attrs("input[name=on][checked]", "value"), ["comment"]);
        mina.post(urls::post_like(post), &[("liked", "true")]).await;
        assert_eq!(app.rows_in("notifications").await, 0);
    });
}

#[test]
fn a_long_list_goes_on() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        for _ in 0..33 {
            let post = app.share_any(&ada, "").await;
            mina.post(urls::post_like(post), &[("liked", "true")]).await;
        }
        let page = ada.visit(urls::NOTIFICATIONS).await;
        assert_eq!((rows(&page).len(), badge(&page).as_str()), (30, "33"));
        let next = page.attr("a[rel=next]", "href");
        assert_eq!(rows(&ada.visit(&next).await).len(), 3);
        let fragment = ada.htmx().visit(&next).await.assert_ok();
        assert_eq!((fragment.count("li.row"), fragment.html().contains("<html")), (3, false));
    });
}
