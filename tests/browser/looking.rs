//! Looking around: what is new, what others like, what one keeps, what one searches for, and back to where one was.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey};
use crate::support::words;
use fantoccini::key::Key;
use picstargram::posts::PostId;
use picstargram::urls;

const PHONE: Setup = Setup { script: true, languages: "en-US", phone: true };

async fn tiles(window: &Window) -> Vec<String> {
    window.attributes(".picture-grid a.picture", "href").await
}

fn addresses<const N: usize>(posts: [PostId; N]) -> Vec<String> {
    posts.iter().map(urls::post).collect()
}

#[test]
fn new_posts_are_told_above_the_feed() {
    journey(async |app, chromium| {
        let (ada, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.follow("mina", "ada").await;
        for number in 1..=4 {
            app.share_any(&ada, &format!("Number {number}")).await;
        }
        app.run_jobs().await;
        let mina = chromium.window_of_with("mina", &person, PHONE).await;
        let mut found = Vec::new();
        mina.visit(urls::HOME).await;
        mina.count(".post-card", 4).await;
        mina.eval("scrollTo({ top: 600, behavior: 'instant' })").await;

        let newest = app.share_any(&ada, "Just now").await;
        app.run_jobs().await;
        // Whatever is told to this page makes it look; else it looks from time to time.
        mina.eval("document.body.dispatchEvent(new CustomEvent('news'))").await;
        mina.reads(".new-posts a", words("new-posts", &[("count", 1)])).await;
        examine(&mina, "home with new posts", &mut found).await;
        mina.count(".post-card", 4).await;
        mina.click(".new-posts a").await;
        mina.see(&format!("#post-{newest}")).await;
        mina.until("it is the top", "scrollY === 0").await;
        mina.gone(".new-posts a").await;
        mina.at(urls::HOME).await;
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn newest_and_most_liked_and_what_one_saves() {
    journey(async |app, chromium| {
        let (ada, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let (older, newer) = (app.share_any(&ada, "Liked").await, app.share_any(&ada, "New").await);
        app.run_jobs().await;
        app.signed_in("joon").await.post(urls::post_like(older), &[("liked", "true")]).await.assert_status(303);
        let mina = chromium.window_of_with("mina", &person, PHONE).await;
        let mut found = Vec::new();
        mina.visit(urls::EXPLORE).await;
        let born = mina.born().await;
        assert_eq!(tiles(&mina).await, addresses([newer, older]));
        mina.click(&format!(".tag-list a[href='{}']", urls::EXPLORE_LIKED)).await;
        mina.at(urls::EXPLORE_LIKED).await;
        mina.see(&format!(".tag-list a[href='{}'][aria-current=page]", urls::EXPLORE_LIKED)).await;
        assert_eq!(tiles(&mina).await[0], urls::post(older));
        examine(&mina, "most liked", &mut found).await;

        // Kept from where it is looked at, found again among one's own.
        mina.click(&format!("main a[href='{}']", urls::post(older))).await;
        mina.see("#open-post dialog:modal").await;
        let save = format!("#open-post .save-{older} button");
        mina.click(&save).await;
        mina.see(&format!("{save}[aria-pressed=true]")).await;
        mina.until(
            "the server has answered",
            &format!("document.querySelector('#open-post .save-{older} [name=saved]').value === 'false'"),
        )
        .await;
        mina.press(Key::Escape).await;
        mina.gone("#open-post dialog").await;
        mina.at(urls::EXPLORE_LIKED).await;
        mina.click(&format!(".site-nav a[href='{}']", urls::profile("mina"))).await;
        mina.at(urls::profile("mina")).await;
        mina.click(&format!(".tabs a[href='{}']", urls::SAVED)).await;
        mina.at(urls::SAVED).await;
        mina.see("a.picture").await;
        assert_eq!(tiles(&mina).await, addresses([older]));
        examine(&mina, "saved", &mut found).await;
        assert_eq!(mina.born().await, born, "nothing was loaded in full");

        // Without script, too.
        let joon = chromium.window_of_with("joon", &person, Setup { script: false, ..Setup::default() }).await;
        joon.visit(urls::post(newer)).await;
        joon.click(&format!(".save-{newer} button")).await;
        joon.see(&format!(".save-{newer} button[aria-pressed=true]")).await;
        joon.visit(urls::SAVED).await;
        assert_eq!(tiles(&joon).await, addresses([newer, older]));
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn results_come_as_one_types_and_by_the_arrow_keys() {
    journey(async |app, chromium| {
        let ada = app.signed_in("seabird").await;
        let post = app.share_any(&ada, "A day at the #seaside").await;
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        let mut found = Vec::new();
        mina.visit(urls::HOME).await;
        mina.click(&format!(".site-nav a[href='{}']", urls::SEARCH)).await;
        mina.at(urls::SEARCH).await;
        mina.focused("#q").await;
        let born = mina.born().await;

        mina.fill("#q", "nothing like it").await;
        mina.reads("#results .empty h2", words("search-nothing-title", &[])).await;
        examine(&mina, "nothing found", &mut found).await;
        mina.fill("#q", "sea").await;
        mina.see("#results .person-row a.handle").await;
        mina.at(urls::search("sea")).await;
        mina.focused("#q").await;
        examine(&mina, "search", &mut found).await;

        mina.press(Key::Down).await;
        mina.focused(&format!("a.handle[href='{}']", urls::profile("seabird"))).await;
        mina.press(Key::Down).await;
        mina.focused(&format!("#results a[href='{}']", urls::tag("seaside"))).await;
        mina.press(Key::Down).await;
        mina.focused(&format!("a.picture[href='{}']", urls::post(post))).await;
        for _ in 0..3 {
            mina.press(Key::Up).await;
        }
        mina.focused("#q").await;
        mina.press(Key::Down).await;
        mina.press(Key::Enter).await;
        mina.at(urls::profile("seabird")).await;
        mina.see("a.picture").await;
        assert_eq!(mina.born().await, born, "nothing was loaded in full");
        // Back to what was found.
        mina.back().await;
        mina.at(urls::search("sea")).await;
        mina.see("#results .person-row a.handle").await;
        assert_eq!(mina.value("#q").await, "sea");

        // Without script the form is sent.
        let joon = chromium.window_with("joon", Setup { script: false, ..Setup::default() }).await;
        joon.visit(urls::EXPLORE).await;
        joon.fill("#q", "sea").await;
        joon.press(Key::Enter).await;
        joon.at(urls::search("sea")).await;
        joon.see("#results a.picture").await;
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn whoever_wants_feeds_to_wait_asks_for_more() {
    journey(async |app, chromium| {
        let (ada, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.follow("mina", "ada").await;
        for number in 1..=11 {
            app.share_any(&ada, &format!("Number {number}")).await;
        }
        app.run_jobs().await;
        app.execute(format!("UPDATE users SET paging = true WHERE id = {}", app.id_of("mina").await)).await;
        let mina = chromium.window_of("mina", &person).await;
        mina.visit(urls::HOME).await;
        mina.count(".post-card", 10).await;
        mina.scroll_to("a[rel=next]").await;
        assert_eq!(mina.attributes("a[rel=next]", "hx-trigger").await, ["click"]);
        mina.count(".post-card", 10).await;
        mina.click("a[rel=next]").await;
        mina.count(".post-card", 11).await;
        mina.gone("a[rel=next]").await;
        mina.at(urls::HOME).await;
    });
}

#[test]
fn back_from_a_profile_to_where_one_was() {
    journey(async |app, chromium| {
        let (ada, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.follow("mina", "ada").await;
        let mut posts = Vec::new();
        for number in 1..=6 {
            posts.insert(0, app.share_any(&ada, &format!("Number {number}")).await);
        }
        app.run_jobs().await;
        let mina = chromium.window_of_with("mina", &person, PHONE).await;
        mina.visit(urls::HOME).await;
        let card = format!("#post-{}", posts[3]);
        mina.scroll_to(&card).await;
        assert!(mina.eval("return scrollY").await.as_f64() > Some(500.0));
        let stands_at = format!("document.querySelector('{card}').getBoundingClientRect().top");
        let place = mina.eval(&format!("return {stands_at}")).await;
        mina.click(&format!("{card} .handle")).await;
        mina.at(urls::profile("ada")).await;
        mina.see(".profile-head").await;
        mina.until("a new page begins at its top", "scrollY === 0").await;
        mina.back().await;
        mina.at(urls::HOME).await;
        mina.see(&card).await;
        mina.until("it is where it was", &format!("Math.abs({stands_at} - {place}) < 8")).await;
    });
}
