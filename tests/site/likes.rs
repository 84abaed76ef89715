//! Likes: counted once, whatever people click.

use crate::support::{site, words};
use futures_util::future::join_all;
use picstargram::urls;

fn label(count: i64) -> String {
    words("like-label", &[("count", count)])
}

#[test]
fn a_like_is_a_state_that_can_be_asked_for_again_and_again() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let (like, button) = (urls::post_like(post), format!(".like-{post} button"));
        let page = mina.visit(urls::post(post)).await;
        assert_eq!(page.attr(&format!("form.like-{post} [name=liked]"), "value"), "true");
        for (liked, count) in [("true", 1), ("true", 1), ("false", 0), ("false", 0), ("true", 1)] {
            let fragment = mina.htmx().post(&like, &[("liked", liked)]).await.assert_ok();
            assert_eq!(fragment.attr(&button, "aria-pressed"), liked);
            assert_eq!(fragment.attr(&button, "aria-label"), label(count));
            assert_eq!(fragment.has(&format!(".likers-{post} a")), count > 0, "the line that says who liked it follows");
            // Without script the page itself shows it.
            mina.post(&like, &[("liked", liked)]).await.assert_redirect(urls::post(post));
            let page = mina.visit(urls::post(post)).await;
            assert_eq!((page.attr(&button, "aria-pressed").as_str(), page.text(&format!("{button} .count"))), (liked, count.to_string()));
            let answer = mina.json().post(&like, &[("liked", liked)]).await.assert_ok().json();
            assert_eq!(answer, serde_json::json!({ "liked": liked == "true", "like_count": count }));
        }
        assert_eq!(app.visitor().visit(urls::HOME).await.attr(&button, "aria-pressed"), "false", "to others it is not theirs");
        mina.post(&like, &[("liked", "maybe")]).await.assert_status(400);
        mina.post(&like, &[]).await.assert_status(400);
    });
}

#[test]
fn two_tabs_of_one_person_count_once() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let like = urls::post_like(post);
        let clicks = (0..8).map(|_| mina.post(&like, &[("liked", "true")]));
        for answer in join_all(clicks).await {
            answer.assert_status(303);
        }
        assert_eq!(app.numbers("SELECT like_count FROM posts").await, [1]);
        let clicks = (0..8).map(|_| mina.post(&like, &[("liked", "false")]));
        for answer in join_all(clicks).await {
            answer.assert_status(303);
        }
        assert_eq!(app.numbers("SELECT like_count FROM posts").await, [0]);
    });
}

#[test]
fn fifty_people_at_once_are_fifty_likes() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        let mut people = Vec::new();
        for number in 0..50 {
            people.push(app.signed_in(&format!("friend{number}")).await);
        }
        let like = urls::post_like(post);
        for answer in join_all(people.iter().map(|friend| friend.post(&like, &[("liked", "true")]))).await {
            answer.assert_status(303);
        }
        assert_eq!(app.numbers("SELECT like_count FROM posts").await, [50]);
        assert_eq!(app.rows_in("likes").await, 50);
        // Some change their minds while others insist.
        let like = &like;
        join_all(people.iter().enumerate().map(|(number, friend)| async move {
            let liked = if number % 2 == 0 { "false" } else { "true" };
            friend.post(like, &[("liked", liked)]).await.assert_status(303);
        }))
        .await;
        assert_eq!(app.numbers("SELECT like_count FROM posts").await, [25]);
        assert_eq!(app.rows_in("likes").await, 25);
    });
}

#[test]
fn nobody_likes_their_own_post() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        let page = ada.visit(urls::post(post)).await;
        assert!(!page.has(&format!("form[action='{}']", urls::post_like(post))), "it is not offered");
        assert!(page.has(&format!("a.like-{post}[href='{}']", urls::post_likes(post))), "but who liked it is");
        ada.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(403);
        ada.htmx().post(urls::post_like(post), &[("liked", "true")]).await.assert_status(403);
        assert_eq!((app.rows_in("likes").await, app.numbers("SELECT like_count FROM posts").await), (0, vec![0]));
    });
}

#[test]
fn who_liked_stands_on_a_page_latest_first() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        assert!(app.visitor().visit(urls::post_likes(post)).await.assert_ok().says("likes-none"));
        let mut names = Vec::new();
        for number in 0..52 {
            let name = format!("friend{number}");
            app.signed_in(&name).await.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
            names.insert(0, name);
        }
        let page = app.visitor().visit(urls::post_likes(post)).await.assert_ok();
        assert_eq!(page.texts(".people .handle"), names[..50]);
        let rest = app.visitor().visit(page.attr("a[rel=next]", "href")).await.assert_ok();
        assert_eq!(rest.texts(".people .handle"), names[50..]);
        assert!(!rest.has("a[rel=next]"));
        let fragment = app.visitor().htmx().visit(page.attr("a[rel=next]", "href")).await.assert_ok();
        assert_eq!(fragment.texts(".person-row .handle"), names[50..]);
        assert!(!fragment.html().contains("<html"));
        assert!(app.visitor().visit(urls::post(post)).await.html().contains(&words("liked-by", &[("count", 52)])));
    });
}

#[test]
fn a_visitor_who_likes_signs_in_and_comes_back() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        app.member("mina").await;
        let post = app.share_any(&ada, "").await;
        let visitor = app.visitor();
        visitor.visit(urls::post(post)).await;
        let answer = visitor.htmx().post(urls::post_like(post), &[("liked", "true")]).await.assert_status(204);
        let page = visitor.visit(answer.leads_to()).await.assert_ok();
        let next = page.value("next");
        let fields = [("username", "mina"), ("password", crate::support::factories::PASSWORD), ("next", &next)];
        visitor.post(urls::SIGN_IN, &fields).await.assert_redirect(urls::post(post));
        visitor.post(urls::post_like(post), &[("liked", "true")]).await.assert_redirect(urls::post(post));
        assert_eq!(app.rows_in("likes").await, 1);
    });
}
