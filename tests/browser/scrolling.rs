//! A feed that goes on as one scrolls, and ends.

use crate::chromium::journey;
use crate::support::words;
use fantoccini::key::Key;
use picstargram::posts::PostId;
use picstargram::urls;

#[test]
fn the_feed_goes_on_by_itself_until_its_end() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let mut posts: Vec<PostId> = Vec::new();
        for number in 1..=45 {
            posts.insert(0, app.share_any(&ada, &format!("Number {number}")).await);
        }
        app.run_jobs().await;
        let cards: Vec<String> = posts.iter().map(|post| format!("post-{post}")).collect();
        let tiles: Vec<String> = posts.iter().map(urls::post).collect();

        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        app.follow("mina", "ada").await;
        mina.visit(urls::HOME).await;
        mina.count(".post-card", 10).await;
        for shown in [20, 30, 40, 45] {
            mina.gone("#caught-up").await;
            mina.press(Key::End).await;
            mina.count(".post-card", shown).await;
        }
        assert_eq!(mina.attributes(".post-card", "id").await, cards, "every post once, newest first");
        mina.press(Key::End).await;
        mina.reads(".caught-up", words("caught-up-title", &[])).await;
        mina.gone("a[rel=next]").await;
        mina.drawn(".post-card:last-of-type img[srcset]").await;

        // There and back.
        mina.click(&format!("#post-{} .dot-list a", posts[44])).await;
        mina.at(urls::post(posts[44])).await;
        mina.reads(".post-page .caption", "Number 1").await;
        mina.back().await;
        mina.at(urls::HOME).await;
        mina.see(&format!("#post-{}", posts[0])).await;

        // The same for squares.
        mina.visit(urls::EXPLORE).await;
        mina.count(".picture-grid a.picture", 24).await;
        mina.press(Key::End).await;
        mina.count(".picture-grid a.picture", 45).await;
        assert_eq!(mina.attributes(".picture-grid a.picture", "href").await, tiles);
        mina.gone("a[rel=next]").await;
    });
}
