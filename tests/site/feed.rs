//! Looking at what people share: the home feed, explore, tags, a post and its words; and what a page costs the database.

use crate::support::{Browser, Page, TestApp, pictures, site};
use chrono::TimeDelta;
use picstargram::posts::PostId;
use picstargram::urls;
use std::collections::BTreeSet;

/// Ids of the cards of a page, in order.
fn cards(page: &Page) -> Vec<String> {
    page.attrs("article.post-card", "id").into_iter().map(|id| id.trim_start_matches("post-").to_owned()).collect()
}

/// Ids of the squares of a grid, in order.
fn tiles(page: &Page) -> Vec<String> {
    let links = page.attrs("li > a.picture", "href");
    links.into_iter().map(|href| href.rsplit('/').next().expect("a path").to_owned()).collect()
}

fn next(page: &Page) -> Option<String> {
    page.attrs("a[rel=next]", "href").into_iter().next()
}

async fn share_many(app: &TestApp, browser: &Browser, count: usize, caption: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(app.share_any(browser, caption).await.to_string());
    }
    ids.reverse();
    ids
}

/// Goes on to the last page while `between` happens, and returns what each page showed.
async fn page_through(browser: &Browser, path: &str, shown: fn(&Page) -> Vec<String>, between: impl AsyncFn()) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut path = Some(path.to_owned());
    while let Some(here) = path {
        let page = browser.visit(&here).await.assert_ok();
        pages.push(shown(&page));
        path = next(&page);
        between().await;
        assert!(pages.len() < 10, "it does not end");
    }
    pages
}

#[test]
fn paging_neither_repeats_nor_skips_while_others_share_and_delete() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let shared = share_many(app, &ada, 45, "").await;
        // Somebody shares, and the newest of all is deleted, while this visitor reads on.
        let busy = async || {
            app.share_any(&mina, "").await;
            let newest = app.share_any(&mina, "").await;
            mina.post(urls::post_delete(newest), &[]).await;
        };
        let pages = page_through(&app.visitor(), urls::HOME, cards, busy).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [10, 10, 10, 10, 5]);
        assert_eq!(pages.concat(), shared);

        let pages = page_through(&app.visitor(), urls::EXPLORE, tiles, async || {}).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [24, 24, 2], "45 and Mina's five");
        let once: BTreeSet<String> = pages.concat().into_iter().collect();
        assert_eq!(once.len(), 50);
        assert_eq!(pages.concat()[5..], shared);
    });
}

#[test]
fn a_page_is_a_page_and_a_fragment_only_the_rows() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let shared = share_many(app, &ada, 22, "#sea").await;
        for (path, shown, first) in [
            (urls::HOME.to_owned(), cards as fn(&Page) -> Vec<String>, 10),
            (urls::EXPLORE.to_owned(), tiles, 22),
            (urls::tag("sea"), tiles, 22),
            (urls::profile("ada"), tiles, 22),
        ] {
            let page = app.visitor().visit(&path).await.assert_ok();
            assert!(page.html().trim_start().starts_with("<!doctype html>"), "{path}");
            assert!(page.header("vary").expect("what it depends on").contains("HX-Request-Type"), "{path}");
            let fragment = app.visitor().htmx().visit(&path).await.assert_ok();
            assert!(!fragment.html().contains("<html") && !fragment.html().contains("<header class=\"site-header"), "{path}");
            assert_eq!(shown(&fragment), shared[..first], "{path}");
            // Boosted links say HX-Request too, and want the page.
            let boosted = app.visitor().with("HX-Request", "true").with("HX-Request-Type", "full").visit(&path).await;
            assert!(boosted.html().contains("<html"), "{path}");
        }
        let second = app.visitor().htmx().visit(next(&app.visitor().visit(urls::HOME).await).expect("a second page")).await;
        assert_eq!(cards(&second), shared[10..20]);
        let third = app.visitor().htmx().visit(next(&second).expect("a third page")).await;
        assert_eq!(cards(&third), shared[20..]);
        assert!(third.says("caught-up-title") && next(&third).is_none());
        // A cursor nobody made is the first page, not an error.
        assert_eq!(cards(&app.visitor().visit("/?before=yesterday").await.assert_ok()).len(), 10);
        assert!(cards(&app.visitor().visit("/?before=1").await.assert_ok()).is_empty());
    });
}

#[test]
fn a_tag_collects_its_posts_whatever_the_script_and_the_case() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let sea = app.share_any(&ada, "Low tide #Sea #바다, not#this #2026").await.to_string();
        let other = app.share_any(&ada, "#SEA again #sea").await.to_string();
        app.share_any(&ada, "nothing").await;
        let visitor = app.visitor();
        for tag in ["sea", "SEA", "Sea"] {
            assert_eq!(tiles(&visitor.visit(urls::tag(tag)).await.assert_ok()), [other.clone(), sea.clone()], "{tag}");
        }
        assert_eq!(tiles(&visitor.visit(urls::tag("바다")).await.assert_ok()), std::slice::from_ref(&sea));
        for none in ["this", "2026", "unknown"] {
            assert!(visitor.visit(urls::tag(none)).await.assert_ok().says("tag-empty-title"), "{none}");
        }
        let page = visitor.visit(urls::post(&sea)).await;
        assert_eq!(page.attrs(".caption a", "href"), [urls::tag("sea"), urls::tag("바다")]);
        // Editing moves it.
        ada.post(urls::post_edit(&sea), &[("caption", "#forest")]).await.assert_redirect(urls::post(&sea));
        assert_eq!(tiles(&visitor.visit(urls::tag("sea")).await), [other]);
        assert_eq!(tiles(&visitor.visit(urls::tag("forest")).await), [sea]);
    });
}

#[test]
fn words_are_words_names_are_links_and_markup_is_nothing() {
    site(async |app| {
        let (ada, _mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let words = "<script>alert(1)</script> & <b>bold</b>\r\nwith @Mina and @nobody, see https://example.org/a?b=1&c=2.";
        let post = app.share_any(&ada, words).await;
        for path in [urls::HOME.to_owned(), urls::post(post)] {
            let page = app.visitor().visit(&path).await.assert_ok();
            assert_eq!(page.count(".caption b") + page.count(".caption script"), 0, "{path}");
            assert!(page.text(".caption").contains("<script>alert(1)</script> & <b>bold</b>"), "{path}");
            let links: Vec<String> = page.attrs(".caption a", "href").into_iter().filter(|href| *href != urls::profile("ada")).collect();
            assert_eq!(links, ["/@Mina", "https://example.org/a?b=1&c=2"], "{path}");
            assert!(page.attr(".caption a[href^='https:']", "rel").contains("nofollow"), "{path}");
        }
    });
}

#[test]
fn a_post_is_edited_in_place_and_says_so() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::small(), pictures::small()], "first words").await;
        let form = ada.visit(urls::post_edit(post)).await.assert_ok();
        assert_eq!(form.value("caption"), "first words");
        assert!(ada.htmx().visit(urls::post_edit(post)).await.has("dialog form"));
        ada.visit(urls::HOME).await;
        let fields = [("caption", "second words"), ("alt", "a boat"), ("alt", "a shore")];
        let fragment = ada.htmx().post(urls::post_edit(post), &fields).await.assert_ok();
        assert!(fragment.html().contains("second words") && fragment.says("edited"));
        app.run_jobs().await;
        let page = app.visitor().visit(urls::post(post)).await;
        assert!(page.text(".caption").contains("second words") && page.says("edited"));
        assert_eq!(page.attrs(".post-photos img[srcset]", "alt"), ["a boat", "a shore"]);
        // Too long: the form again, with what was typed.
        let long = "x".repeat(2_201);
        let refused = ada.post(urls::post_edit(post), &[("caption", &long), ("alt", "a boat")]).await.assert_refused();
        assert!(refused.errors().contains_key("caption"));
        assert_eq!((refused.value("caption").len(), refused.texts("textarea[name=alt]")), (2_201, vec!["a boat".into(), "a shore".into()]));
        // A field that is not sent is kept.
        ada.post(urls::post_edit(post), &[("alt", "a ship")]).await.assert_redirect(urls::post(post));
        let page = app.visitor().visit(urls::post(post)).await;
        assert!(page.text(".caption").contains("second words"));
        assert_eq!(page.attrs(".post-photos img[srcset]", "alt"), ["a ship", "a shore"]);
    });
}

#[test]
fn deleting_from_a_feed_removes_the_card_and_from_its_own_page_leads_away() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let (one, other) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        ada.visit(urls::HOME).await;
        let fragment = ada.htmx().post(urls::post_delete(one), &[]).await.assert_ok();
        assert!(fragment.html().contains(&format!("#post-{one}")) && fragment.says("flash-post-deleted"));
        ada.visit(urls::post(other)).await;
        let answer = ada.htmx().post(urls::post_delete(other), &[]).await.assert_status(204);
        assert_eq!(answer.leads_to(), urls::profile("ada"));
        ada.post(urls::post_delete(other), &[]).await.assert_not_found();
        assert_eq!(app.numbers("SELECT post_count FROM users").await, [0]);
    });
}

#[test]
fn visitors_see_what_there_is_and_how_to_join() {
    site(async |app| {
        let visitor = app.visitor();
        for path in [urls::HOME, urls::EXPLORE] {
            assert!(visitor.visit(path).await.assert_ok().says("home-empty-title"), "{path}");
        }
        assert!(visitor.visit(urls::HOME).await.has(&format!("a[href='{}']", urls::SIGN_UP)));
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "for all to see").await;
        for path in [urls::HOME.to_owned(), urls::EXPLORE.to_owned(), urls::profile("ada"), urls::post(post), urls::post_likes(post)] {
            let page = visitor.visit(&path).await.assert_ok();
            assert_eq!(page.header("cache-control"), Some("private, no-store"), "{path}");
        }
    });
}

#[test]
fn a_card_says_how_long_ago_it_was() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        app.share_any(&ada, "").await;
        let when = async || ada.visit(urls::HOME).await.text("article time");
        assert_eq!(when().await, "just now");
        app.later(TimeDelta::minutes(5));
        assert_eq!(when().await, "5 min");
        app.later(TimeDelta::hours(3));
        assert_eq!(when().await, "3 h");
        app.later(TimeDelta::days(2));
        assert_eq!(when().await, "2 d");
        let korean = app.visitor().with("Accept-Language", "ko").visit(urls::HOME).await;
        assert_eq!(korean.text("article time"), "2일 전");
    });
}

/// Statements that one visit of a page takes. The least of three: the heartbeat of the process may fall into one of them.
async fn queries(app: &TestApp, browser: &Browser, path: &str) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..3 {
        let before = app.state.db.query_count();
        browser.visit(path).await.assert_ok();
        least = least.min(app.state.db.query_count() - before);
    }
    least
}

#[test]
fn a_page_takes_no_more_queries_for_twenty_posts_than_for_one() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let first = app.share(&ada, &[pictures::small(), pictures::small()], "#sea with @mina").await;
        let like = async |post: PostId| {
            mina.post(urls::post_like(post), &[("liked", "true")]).await.assert_redirect(urls::post(post));
        };
        like(first).await;
        let pages = [
            urls::HOME.to_owned(),
            urls::EXPLORE.to_owned(),
            urls::tag("sea"),
            urls::profile("ada"),
            urls::post(first),
            urls::post_likes(first),
            urls::NEW_POST.to_owned(),
            urls::SETTINGS.to_owned(),
            urls::SETTINGS_PROFILE.to_owned(),
            urls::post_edit(first),
        ];
        let mut of_one = Vec::new();
        for path in &pages {
            of_one.push(queries(app, &ada, path).await);
        }
        for _ in 0..19 {
            like(app.share(&ada, &[pictures::small(), pictures::small()], "#sea with @mina").await).await;
        }
        for (path, one) in pages.iter().zip(of_one) {
            let twenty = queries(app, &ada, path).await;
            assert!(twenty <= one, "{path}: {twenty} after {one}");
            assert!((1..=8).contains(&twenty), "{path} takes {twenty} queries");
        }
        assert_eq!(queries(app, &app.visitor(), urls::SIGN_IN).await, 0, "a page for strangers asks nothing");
    });
}
