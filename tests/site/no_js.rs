//! The whole way without a line of script: plain forms, plain links, one page after the other.

use crate::support::pictures::{self, PORTRAIT_CORNERS, decode_published, near};
use crate::support::{Page, Upload, site};
use picstargram::urls;

/// The forms of a page say themselves where they lead and how.
fn form_action(page: &Page, field: &str) -> String {
    let forms = page.attrs("form", "action");
    let action = forms.into_iter().find(|action| page.has(&format!("form[action='{action}'][method=post] [name={field}]")));
    action.unwrap_or_else(|| panic!("no form asks for {field}"))
}

#[test]
fn from_the_sign_up_to_a_post_that_somebody_else_likes() {
    site(async |app| {
        // Ada finds the site, wants to share, and is led to the sign-up with her way kept.
        let ada = app.visitor();
        let welcome = ada.visit(urls::HOME).await.assert_ok();
        assert!(welcome.has(&format!("a[href='{}']", urls::SIGN_UP)));
        let sign_in = ada.visit(urls::NEW_POST).await.assert_redirect(urls::sign_in_then(urls::NEW_POST));
        let sign_in = ada.follow(&sign_in).await.assert_ok();
        let sign_up = ada.visit(sign_in.attr("a[href^='/signup']", "href")).await.assert_ok();
        let next = sign_up.value("next");
        let password = "no script, no worries";
        let fields = [
            ("username", "ada"),
            ("email", "ada@example.org"),
            ("password", password),
            ("password_again", password),
            ("description", "Of numbers and of engines"),
            ("next", &next),
        ];
        let landed = ada.post(form_action(&sign_up, "password_again"), &fields).await.assert_redirect(urls::NEW_POST);
        assert!(ada.follow(&landed).await.assert_ok().says("flash-welcome"));

        // A face.
        let settings = ada.visit(urls::SETTINGS_PROFILE).await.assert_ok();
        assert_eq!(settings.attr("form:has([name=avatar])", "enctype"), "multipart/form-data");
        let upload = Upload::default()
            .file("avatar", &pictures::jpeg(640, 480))
            .text("username", &settings.value("username"))
            .text("description", &settings.value("description"));
        let saved = ada.upload(form_action(&settings, "avatar"), upload).await.assert_redirect(urls::profile("ada"));
        let face = app.avatar_of(app.id_of("ada").await).await.expect("a face");
        assert_eq!(ada.follow(&saved).await.attr(".profile-head .avatar img", "src"), face.address("thumbnail"));

        // Three photos: a phone's portrait, a drawing with holes, and what a large camera writes.
        let composer = ada.visit(urls::NEW_POST).await.assert_ok();
        assert!(composer.has("form[enctype='multipart/form-data'] input[type=file][name=photos][multiple]"));
        let upload = Upload::default()
            .text("post_key", &composer.value("post_key"))
            .file("photos", &pictures::portrait())
            .file("photos", &pictures::transparent_png(900, 600))
            .file("photos", &pictures::camera())
            .text("alt", "a lighthouse")
            .text("alt", "")
            .text("alt", "the coast from above")
            .text("caption", "A week by the #sea");
        let shared = ada.upload(form_action(&composer, "photos"), upload).await.assert_redirect(urls::HOME);
        let feed = ada.follow(&shared).await.assert_ok();
        assert!(feed.says("flash-post-shared"));
        assert_eq!(feed.count(".picture.processing"), 3, "all three are on their way");
        app.run_jobs().await;

        // Mina sees them, in their order, by addresses that answer.
        let mina = app.signed_in("mina").await;
        app.follow("mina", "ada").await;
        let feed = mina.visit(urls::HOME).await.assert_ok();
        assert_eq!(feed.attrs(".post-photos img[srcset]", "alt"), ["a lighthouse", "Photo by ada", "the coast from above"]);
        assert_eq!(feed.attr(".byline .avatar img", "src"), face.address("thumbnail"));
        let post = app.newest_post().await.expect("a post");
        let promised: [&[(&str, (u32, u32))]; 3] = [
            &[("thumbnail", (500, 500)), ("512", (512, 768))],
            &[("thumbnail", (500, 500)), ("512", (512, 341))],
            &[("thumbnail", (500, 500)), ("512", (512, 341)), ("1024", (1024, 682)), ("1920", (1920, 1280))],
        ];
        let images = app.images_of(post).await;
        let shown = feed.attrs(".post-photos img[srcset]", "srcset");
        for ((image, sizes), srcset) in images.iter().zip(promised).zip(shown) {
            let srcset: Vec<&str> = srcset.split(", ").collect();
            assert_eq!(srcset.len(), sizes.len() - 1);
            let stored = app.ledger_of(image.id).await.len();
            assert_eq!(stored, sizes.len() + 1, "the promised sizes and the original, and nothing else");
            for (name, size) in sizes {
                let file = mina.visit(image.address(name)).await.assert_ok();
                assert_eq!(file.header("content-type"), Some("image/webp"));
                // Looks for metadata, too.
                assert_eq!(decode_published(&file.body).size(), *size, "{} {name}", image.file_name);
                let offered = format!("{} {}w", image.address(name), size.0);
                assert_eq!(srcset.contains(&offered.as_str()), *name != "thumbnail", "{offered}");
            }
        }
        let upright = decode_published(&mina.visit(images[0].address("512")).await.body).corners();
        assert!(upright.into_iter().zip(PORTRAIT_CORNERS).all(|(seen, wanted)| near(seen, wanted)), "{upright:?}");

        // She opens the post, likes it, and finds it under its tag.
        let page = mina.visit(feed.attr(".post-photos a", "href")).await.assert_ok();
        let liked = mina.post(form_action(&page, "liked"), &[("liked", &page.value("liked"))]).await.assert_redirect(urls::post(post));
        let page = mina.follow(&liked).await.assert_ok();
        assert_eq!(page.attr(&format!(".like-{post} button"), "aria-pressed"), "true");
        let tag = mina.visit(page.attr(".caption a[href^='/tags/']", "href")).await.assert_ok();
        assert_eq!(tag.attrs("li > a.picture", "href"), [urls::post(post)]);

        // Ada changes her words, then thinks better of the whole.
        let edit = ada.visit(urls::post_edit(post)).await.assert_ok();
        let fields = [("caption", "Two weeks"), ("alt", "a lighthouse"), ("alt", "holes"), ("alt", "the coast")];
        let edited = ada.post(form_action(&edit, "caption"), &fields).await.assert_redirect(urls::post(post));
        assert!(ada.follow(&edited).await.text(".caption").contains("Two weeks"));
        let sure = ada.visit(urls::post_delete(post)).await.assert_ok();
        let action = sure.attr("form[action$='/delete'][method=post]", "action");
        ada.post(action, &[]).await.assert_redirect(urls::profile("ada"));
        app.purge().await;
        app.run_jobs().await;
        assert_eq!(app.stored_keys().await.len(), 3, "her face is all that is left: original, thumbnail, 512");
        let out = ada.visit(urls::SETTINGS).await;
        assert!(out.has(&format!("form[action='{}'][method=post] button", urls::SIGN_OUT)));
        ada.post(urls::SIGN_OUT, &[]).await.assert_redirect(urls::HOME);
        assert!(!ada.is_signed_in().await);
    });
}
