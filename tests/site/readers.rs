//! Other programs that read: feed readers (Atom), sites that show what they link to (oEmbed, Open Graph). They see what a stranger
//! sees.

use crate::support::{pictures, site};
use picstargram::urls;

#[test]
fn feeds_tell_strangers_of_open_posts() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        // What no XML may hold would end every feed it stands in.
        let post = app.share(&ada, &[pictures::jpeg(1100, 700)], "<b>Light</b> & \"shade\" by the #sea\u{ffff}\u{fffe}").await;
        ada.post(urls::post_pin(post), &[("pinned", "true")]).await.assert_status(303);
        app.run_jobs().await;
        let hidden = app.share_any(&ada, "hidden #sea").await;
        ada.post(urls::post_archive(hidden), &[("archived", "true")]).await;
        for path in [urls::EXPLORE_ATOM.to_owned(), urls::tag_atom("sea"), urls::profile_atom("ada")] {
            let feed = ada.visit(&path).await.assert_ok();
            assert_eq!(feed.header("content-type"), Some("application/atom+xml; charset=utf-8"), "{path}");
            let text = feed.html();
            assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{path}");
            assert!(!text.contains(['\u{ffff}', '\u{fffe}']), "{path}");
            assert_eq!(text.matches("<entry>").count(), 1, "{path}: also to the author only what everyone sees");
            assert!(text.contains(&format!("<id>{}{}</id>", app.url, urls::post(post))), "{path}");
            assert!(text.contains("&#60;b&#62;Light") && !text.contains("<b>"), "{path}");
            assert!(text.contains(&format!("src=\"{}/media/post/", app.url)), "{path}: addresses are whole");
        }
        app.visitor().visit(urls::profile_atom("nobody")).await.assert_not_found();
        assert!(app.visitor().visit(urls::EXPLORE).await.has(&format!("link[rel=alternate][href='{}']", urls::EXPLORE_ATOM)));
    });
}

#[test]
fn a_link_to_a_post_can_be_shown_elsewhere() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(1100, 700)], "The coast").await;
        app.run_jobs().await;
        let page = app.visitor().visit(urls::post(post)).await;
        assert_eq!(page.attr("meta[property='og:image:width']", "content"), "1024");
        let image = page.attr("meta[property='og:image']", "content");
        assert!(image.starts_with(&app.url), "{image}");
        app.visitor().visit(image.trim_start_matches(&app.url)).await.assert_ok();

        let address = page.attr("link[type='application/json+oembed']", "href");
        let embed = app.visitor().visit(address.trim_start_matches(&app.url)).await.assert_ok().json();
        assert_eq!(
            (embed["type"].as_str(), embed["width"].as_i64(), embed["author_name"].as_str()),
            (Some("photo"), Some(1024), Some("ada"))
        );
        let small = app.visitor().visit(format!("{}&maxwidth=600", address.trim_start_matches(&app.url))).await.json();
        assert_eq!(small["width"], 512);
        for wrong in
            ["https://elsewhere.example/posts/1".to_owned(), format!("{}/posts/1", app.url), format!("{}/", app.url), "x".to_owned()]
        {
            app.visitor().visit(format!("{}?url={wrong}", urls::OEMBED)).await.assert_not_found();
        }
        ada.post(urls::post_archive(post), &[("archived", "true")]).await;
        app.visitor().visit(address.trim_start_matches(&app.url)).await.assert_not_found();
    });
}
