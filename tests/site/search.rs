//! Search: by the beginnings of words, in any script, ranked, and never more than the viewer may see.

use crate::support::{Page, site};
use picstargram::urls;

fn posts(page: &Page) -> Vec<String> {
    page.attrs("#results .picture-grid a.picture", "href")
}

#[test]
fn people_tags_and_captions_are_found_by_their_beginnings() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("Mina_99").await);
        let sea = app.share_any(&ada, "새벽 바다에서 본 것 #바다 #Sea").await;
        let gull = app.share_any(&ada, "A seagull; nothing else, O'Brien said \"no\"").await;
        let cafe = app.share_any(&mina, "Café at dawn").await;
        let found = async |q: &str| app.visitor().visit(urls::search(q)).await.assert_ok();
        for (q, expected) in [
            ("바다", vec![sea]),
            ("바", vec![sea]),
            ("sea", vec![sea, gull]),
            ("SEAG", vec![gull]),
            ("dawn caf", vec![cafe]),
            ("o'brien", vec![gull]),
            ("\"no\" AND *", vec![]),
            ("nothing seag", vec![gull]),
            ("nothing here", vec![]),
        ] {
            let expected: Vec<String> = expected.into_iter().map(urls::post).collect();
            assert_eq!(posts(&found(q).await), expected, "{q}");
        }
        let page = found("min").await;
        assert_eq!(page.texts("#results .people .handle"), ["Mina_99"]);
        assert_eq!(found("@MINA").await.texts("#results .people .handle"), ["Mina_99"]);
        assert_eq!(found("#se").await.texts("#results .tag-list a"), ["#sea"]);
        assert!(found("").await.says("search-empty-title"));
        for hostile in ["%", "_", "'; DROP TABLE posts; --", "* ^ -", "\u{0}", "NEAR(a b)", &"x".repeat(5_000)] {
            let page = found(hostile).await;
            assert!(page.has("#results"), "{hostile}");
        }
        let fragment = app.visitor().htmx().visit(urls::search("바다")).await.assert_ok();
        assert!(!fragment.has("header.site-header") && fragment.html().contains(&urls::post(sea)), "as one types, the results alone");
        // What is edited is found by its new words only; what is deleted by none.
        ada.post(urls::post_edit(sea), &[("caption", "a mountain")]).await.assert_status(303);
        assert_eq!(posts(&found("바다").await), [] as [String; 0]);
        assert_eq!(posts(&found("mount").await), [urls::post(sea)]);
        ada.post(urls::post_delete(sea), &[]).await;
        assert_eq!(posts(&found("mount").await), [] as [String; 0]);
    });
}

#[test]
fn whole_words_and_likes_come_first_and_pages_go_on() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let liked = app.share_any(&ada, "lamp").await;
        mina.post(urls::post_like(liked), &[("liked", "true")]).await;
        let mut others = Vec::new();
        for _ in 0..25 {
            others.insert(0, app.share_any(&ada, "lamp").await);
        }
        let beginning = app.share_any(&ada, "lamplight").await;
        let page = app.visitor().visit(urls::search("lamp")).await;
        let shown = posts(&page);
        assert_eq!((shown.len(), shown[0].clone()), (24, urls::post(liked)));
        assert_eq!(shown[1..], others[..23].iter().map(urls::post).collect::<Vec<_>>());
        let rest = app.visitor().visit(page.attr("a[rel=next]", "href")).await.assert_ok();
        assert_eq!(posts(&rest).last(), Some(&urls::post(beginning)), "only the beginning of a word");
    });
}
