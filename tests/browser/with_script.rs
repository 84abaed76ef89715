//! From the sign-up to a post that somebody else likes, as most people will do it.

use crate::chromium::journey;
use crate::support::factories::PASSWORD;
use crate::support::{Picture, pictures, words};
use fantoccini::key::Key;
use picstargram::urls;
use std::time::Duration;

/// Where the first page of a post's pictures is in the making.
const IN_THE_MAKING: &str = ".post-card .picture.processing";
const PHOTOS: &str = ".post-card .carousel-strip img[srcset]";

#[test]
fn from_the_sign_up_to_a_like() {
    journey(async |app, chromium| {
        let ada = chromium.window("ada").await;

        // Something wrong first: what was typed stays, each problem stands at its field.
        ada.expect_status(422);
        ada.visit(urls::HOME).await;
        ada.click(&format!(".feed a[href='{}']", urls::SIGN_UP)).await;
        ada.at(urls::SIGN_UP).await;
        ada.fill("#username", "ada").await;
        ada.fill("#email", "ada@example.org").await;
        ada.fill("#password", "short").await;
        ada.fill("#password_again", "different").await;
        ada.click("form.form button[type=submit]").await;
        ada.reads("#password-error", words("password-short", &[("least", 8)])).await;
        ada.reads("#password_again-error", words("password-different", &[])).await;
        assert_eq!(ada.value("#username").await, "ada");
        assert_eq!(ada.value("#email").await, "ada@example.org");
        assert_eq!((ada.value("#password").await, ada.value("#password_again").await), (String::new(), String::new()));
        ada.count(".field-error", 2).await;

        ada.fill("#password", PASSWORD).await;
        ada.fill("#password_again", PASSWORD).await;
        ada.click("form.form button[type=submit]").await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-welcome", &[])).await;

        // Her face.
        let profile = urls::profile("ada");
        ada.click(&format!(".site-nav a[href='{profile}']")).await;
        ada.at(&profile).await;
        let born = ada.born().await;
        let edit = format!(".profile-head a[href='{}']", urls::SETTINGS_PROFILE);
        ada.click(&edit).await;
        ada.see("#dialogs > dialog:modal").await;
        ada.until("the focus is in the dialog", "document.querySelector('dialog').contains(document.activeElement)").await;
        ada.press(Key::Escape).await;
        ada.gone("dialog").await;
        ada.focused(&edit).await;

        ada.click(&edit).await;
        ada.see("#dialogs > dialog:modal").await;
        ada.choose("#avatar", &[pictures::transparent_png(640, 480).named("me.png")]).await;
        ada.see("[data-crop-stage] canvas").await;
        ada.click("dialog button.primary").await;
        ada.reads("#notices", words("flash-profile-saved", &[])).await;
        ada.at(&profile).await;
        ada.drawn(".profile-head .avatar img").await;
        ada.drawn(".site-nav [aria-current=page] .avatar img").await;
        ada.gone("dialog").await;
        assert_eq!(ada.born().await, born, "nothing was loaded in full");

        // Three photos.
        ada.click(&format!(".site-nav a[href='{}']", urls::NEW_POST)).await;
        ada.at(urls::NEW_POST).await;
        let files: [Picture; 3] = [pictures::portrait(), pictures::transparent_png(900, 600), pictures::camera()];
        ada.slow_line(Duration::ZERO, 300_000).await;
        ada.choose(".drop-area input[type=file]", &files).await;
        ada.count(".photo-slip", 3).await;
        ada.reads(".photo-slip.sending [data-bytes]", " of ").await;
        ada.fast_line().await;
        ada.drawn(".photo-slip img").await;
        ada.click(".photo-slip:nth-child(2) [data-move='-1']").await;
        ada.until("the second is the first", "document.querySelector('.photo-file').textContent.startsWith('logo.png')").await;
        ada.focused(".photo-slip:first-child [data-move='1']").await;
        let names = ada.texts(".photo-file").await;
        assert!(["logo.png", "IMG_2041.JPG", "DSC_0001.jpg"].iter().zip(&names).all(|(file, name)| name.starts_with(file)), "{names:?}");
        for (number, alt) in [(1, "a drawing with holes"), (2, "a lighthouse"), (3, "the coast from above")] {
            ada.fill(&format!("#slip-alt-{number}"), alt).await;
        }
        ada.fill("#caption", "A week by the #sea 🌊").await;
        ada.reads("[data-count-of=caption]", "20 of 2,200").await;
        ada.count(".photo-slip[data-photo]", 3).await;
        ada.click("[data-share-button]").await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-post-shared", &[])).await;
        ada.reads(".post-card .caption", "A week by the #sea 🌊").await;

        // The pictures come by themselves.
        ada.count(IN_THE_MAKING, 3).await;
        ada.reads(IN_THE_MAKING, words("photo-processing", &[])).await;
        let born = ada.born().await;
        app.run_jobs().await;
        ada.count(IN_THE_MAKING, 0).await;
        assert_eq!(ada.attributes(PHOTOS, "alt").await, ["a drawing with holes", "a lighthouse", "the coast from above"]);
        ada.drawn(&format!("{PHOTOS}[alt^='a drawing']")).await;
        assert_eq!(ada.born().await, born, "nothing was loaded in full");

        // From photo to photo.
        let on = "[...document.querySelectorAll('.carousel-dots i')].findIndex((dot) => dot.classList.contains('on'))";
        let last_step = [("next", 2), ("next", 3), ("previous", 2)];
        ada.gone(".carousel-step.previous").await;
        for (step, photo) in last_step {
            ada.click(&format!(".carousel-step.{step}")).await;
            ada.reads("[data-carousel-now]", photo.to_string()).await;
            ada.until("the dots follow", &format!("{on} === {photo} - 1")).await;
            ada.drawn(&format!(".carousel-strip li:nth-child({photo}) img[srcset]")).await;
            let next_is_there = ada.is("document.querySelector('.carousel-step.next').checkVisibility()").await;
            assert_eq!(next_is_there, photo < 3);
        }
        let upright = "(([photo]) => photo.naturalHeight > photo.naturalWidth)(document.querySelectorAll('img[alt=\"a lighthouse\"]'))";
        assert!(ada.is(upright).await, "the portrait stands upright");

        // Nobody likes their own.
        ada.count(".post-card form[data-like]", 0).await;
        ada.see(".post-card a.like").await;

        // Mina, elsewhere.
        app.member("mina").await;
        app.follow("mina", "ada").await;
        let mina = chromium.window("mina").await;
        mina.visit(urls::HOME).await;
        mina.click(&format!(".site-nav a[href='{}']", urls::SIGN_IN)).await;
        mina.at(urls::SIGN_IN).await;
        mina.fill("#username", "mina@example.org").await;
        mina.fill("#password", PASSWORD).await;
        mina.click("form.form button[type=submit]").await;
        mina.at(urls::HOME).await;
        mina.reads(".post-card .caption", "A week by the #sea 🌊").await;
        mina.drawn(".post-card .byline .avatar img").await;
        // The answer takes its time, the button does not.
        mina.slow_line(Duration::from_secs(3), 10_000_000).await;
        mina.click(".post-card button.like").await;
        mina.until("the like shows", "document.querySelector('button.like').getAttribute('aria-pressed') === 'true'").await;
        assert_eq!(mina.text(".post-card button.like .count").await, "1");
        assert_eq!(mina.value("form[data-like] [name=liked]").await, "true", "the answer is still on its way");
        mina.fast_line().await;
        mina.until("the server has answered", "document.querySelector('form[data-like] [name=liked]').value === 'false'").await;
        mina.reload().await;
        mina.see("button.like[aria-pressed=true]").await;
        assert_eq!(mina.text(".post-card button.like .count").await, "1");
        assert_eq!(app.rows_in("likes").await, 1);

        ada.reload().await;
        ada.reads(".post-card a.like .count", "1").await;
    });
}

#[test]
fn a_like_that_cannot_be_is_put_right() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "Here for a moment").await;
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        app.follow("mina", "ada").await;
        let visitor = chromium.window("visitor").await;
        mina.visit(urls::HOME).await;
        visitor.visit(urls::HOME).await;

        // Members like; a visitor is asked who they are, and comes back here.
        visitor.click("button.like").await;
        visitor.at(urls::sign_in_then(urls::HOME)).await;
        visitor.reads("#notices", words("flash-sign-in-first", &[])).await;

        ada.post(urls::post_delete(post), &[]).await.assert_status(303);
        mina.expect_status(404);
        mina.click("button.like").await;
        mina.reads("#notices", words("error-not-found-title", &[])).await;
        mina.see("button.like[aria-pressed=false]").await;
        mina.reads("button.like .count", "0").await;
    });
}
