//! What becomes of posts: saved, pinned, archived, for followers only, deleted and taken back; views; and where their pictures lie
//! when fewer people may see them.

use crate::support::{Page, TestApp, pictures, site};
use chrono::TimeDelta;
use futures_util::future::join_all;
use picstargram::posts::PostId;
use picstargram::urls;

fn tiles(page: &Page) -> Vec<String> {
    page.attrs(".picture-grid a.picture", "href")
}

#[test]
fn what_is_saved_is_ones_own_list_latest_first() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        assert!(mina.visit(urls::SAVED).await.assert_ok().says("saved-empty-title"));
        let (first, second) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        for post in [second, first, first] {
            mina.post(urls::post_save(post), &[("saved", "true")]).await.assert_redirect(urls::post(post));
        }
        assert_eq!(tiles(&mina.visit(urls::SAVED).await), [urls::post(first), urls::post(second)]);
        assert!(tiles(&ada.visit(urls::SAVED).await).is_empty(), "others have their own");
        let fragment = mina.htmx().post(urls::post_save(first), &[("saved", "false")]).await.assert_ok();
        assert_eq!(fragment.attr(&format!(".save-{first} button"), "aria-pressed"), "false");
        assert_eq!(tiles(&mina.visit(urls::SAVED).await), [urls::post(second)]);
        app.visitor().visit(urls::SAVED).await.assert_sign_in(urls::SAVED);
    });
}

#[test]
fn three_posts_can_be_pinned_and_stand_first() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let mut posts = Vec::new();
        for _ in 0..5 {
            posts.push(app.share_any(&ada, "").await);
        }
        let pin = async |post: PostId, pinned: &str| ada.post(urls::post_pin(post), &[("pinned", pinned)]).await;
        for post in [posts[0], posts[2]] {
            let answer = pin(post, "true").await.assert_redirect(urls::profile("ada"));
            assert!(ada.follow(&answer).await.says("flash-post-pinned"));
        }
        let shown = |order: [usize; 5]| order.map(|n| urls::post(posts[n]));
        assert_eq!(tiles(&app.visitor().visit(urls::profile("ada")).await), shown([2, 0, 4, 3, 1]));
        // Two at once, when there is room for one.
        join_all([1, 3].map(|n| pin(posts[n], "true"))).await;
        assert_eq!(app.number("SELECT count(*) FROM posts WHERE pinned_at IS NOT NULL").await, 3);
        let refused = pin(posts[4], "true").await;
        assert!(ada.follow(&refused).await.says("flash-pins-full"));
        pin(posts[2], "false").await;
        assert_eq!(app.number("SELECT count(*) FROM posts WHERE pinned_at IS NOT NULL").await, 2);
        mina.post(urls::post_pin(posts[0]), &[("pinned", "true")]).await.assert_status(403);
    });
}

#[test]
fn an_archived_post_is_its_authors_alone_and_its_pictures_have_moved() {
    site(async |app| {
        let (ada, mina, grace) = (app.signed_in("ada").await, app.signed_in("mina").await, app.admin("grace").await);
        app.follow("mina", "ada").await;
        let post = app.share(&ada, &[pictures::jpeg(1100, 700), pictures::small()], "by the #sea").await;
        app.run_jobs().await;
        let before = app.images_of(post).await;
        app.visitor().visit(before[0].address("512")).await.assert_ok();

        ada.post(urls::post_archive(post), &[("archived", "true")]).await.assert_redirect(urls::post(post));
        app.run_jobs().await;
        for who in [&mina, &grace, &app.visitor()] {
            who.visit(urls::post(post)).await.assert_not_found();
        }
        for path in [urls::HOME.to_owned(), urls::EXPLORE.to_owned(), urls::tag("sea"), urls::profile("ada")] {
            assert!(!mina.visit(&path).await.assert_ok().html().contains(&urls::post(post)), "{path}");
        }
        assert!(!ada.visit(urls::profile("ada")).await.html().contains(&urls::post(post)), "not among the others");
        assert_eq!(tiles(&ada.visit(urls::ARCHIVE).await), [urls::post(post)]);
        ada.visit(urls::post(post)).await.assert_ok();
        // Whoever kept an address is left with nothing; the author's page has the new ones.
        let after = app.images_of(post).await;
        for (old, new) in before.iter().zip(&after) {
            assert_ne!(old.uuid, new.uuid);
            app.visitor().visit(old.address("thumbnail")).await.assert_not_found();
            app.visitor().visit(old.address("512")).await.assert_not_found();
            app.visitor().visit(new.address("thumbnail")).await.assert_ok();
            assert_eq!(old.original_key, new.original_key, "the original was never public");
        }
        assert_eq!(app.numbers("SELECT post_count FROM users ORDER BY id LIMIT 1").await, [0]);

        ada.post(urls::post_archive(post), &[("archived", "false")]).await.assert_redirect(urls::post(post));
        assert_eq!(tiles(&mina.visit(urls::profile("ada")).await), [urls::post(post)]);
        app.run_jobs().await;
        assert_eq!(app.images_of(post).await[0].uuid, after[0].uuid, "more people may see it: nothing has to move");
    });
}

#[test]
fn a_deletion_can_be_taken_back_for_ten_seconds_and_is_thorough_then() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "once more").await;
        app.run_jobs().await;
        mina.post(urls::post_like(post), &[("liked", "true")]).await;
        let delete = urls::post_delete(post);
        let restore = urls::post_restore(post);

        let page = ada.post(&delete, &[]).await.assert_redirect(urls::profile("ada"));
        let page = ada.follow(&page).await;
        assert!(page.has(&format!("form[action='{restore}'][method=post] button")), "the notice offers it");
        mina.visit(urls::post(post)).await.assert_not_found();
        mina.post(&restore, &[]).await.assert_not_found();
        app.later(TimeDelta::seconds(9));
        assert_eq!(app.run_jobs().await, 0, "nothing is gone yet");
        ada.post(&restore, &[]).await.assert_redirect(urls::post(post));
        assert_eq!(app.numbers("SELECT like_count FROM posts").await, [1], "with all it had");
        app.later(TimeDelta::seconds(20));
        app.run_jobs().await;
        mina.visit(urls::post(post)).await.assert_ok();

        // In a feed the card's place offers the way back, and gives the card back.
        ada.visit(urls::HOME).await;
        let gone = ada.htmx().post(&delete, &[]).await.assert_ok();
        assert!(gone.has(&format!("#post-{post}.post-gone form[action='{restore}']")));
        let back = ada.htmx().post(&restore, &[]).await.assert_ok();
        assert!(back.has(&format!("article#post-{post}.post-card")));

        ada.post(&delete, &[]).await;
        app.purge().await;
        ada.post(&restore, &[]).await.assert_not_found();
        app.run_jobs().await;
        assert_eq!((app.rows_in("posts").await, app.rows_in("likes").await, app.rows_in("objects").await), (0, 0, 0));
        assert!(app.stored_keys().await.is_empty());
    });
}

#[test]
fn views_count_each_viewer_once_an_hour() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let views = async || {
            app.views.write(&app.state).await.expect("written");
            app.number(format!("SELECT view_count FROM posts WHERE id = {post}")).await
        };
        for who in [&ada, &mina, &mina, &app.visitor(), &app.visitor()] {
            who.visit(urls::post(post)).await.assert_ok();
        }
        assert_eq!(views().await, 2, "Mina and one stranger; never the author");
        mina.visit(urls::post(post)).await;
        assert_eq!(views().await, 2, "also when it was written in between");
        app.later(TimeDelta::hours(1));
        mina.visit(urls::post(post)).await;
        assert_eq!(views().await, 3);
        app.later(TimeDelta::hours(3));
        mina.visit(urls::post(post)).await;
        assert_eq!((views().await, app.rows_in("post_views").await), (4, 1), "old hours are thrown away");
        mina.post(urls::post_delete(post), &[]).await.assert_status(403);
    });
}

/// Explore by likes: of seven days, and no more.
#[test]
fn the_most_liked_of_the_week_stand_in_their_order() {
    site(async |app: &TestApp| {
        let ada = app.signed_in("ada").await;
        let old = app.share_any(&ada, "").await;
        let mut friends = Vec::new();
        for name in ["mina", "joon", "noor"] {
            friends.push(app.signed_in(name).await);
        }
        let like = async |post: PostId, count: usize| {
            for friend in &friends[..count] {
                friend.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
            }
        };
        like(old, 3).await;
        app.later(TimeDelta::days(8));
        let mut posts = Vec::new();
        for count in [1, 3, 0, 2] {
            let post = app.share_any(&ada, "").await;
            like(post, count).await;
            posts.push(post);
            app.later(TimeDelta::days(1));
        }
        let shown = tiles(&app.visitor().visit(urls::EXPLORE_LIKED).await.assert_ok());
        assert_eq!(shown, [1, 3, 0, 2].map(|n| urls::post(posts[n])));
    });
}
