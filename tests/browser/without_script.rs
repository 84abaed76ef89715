//! Everything by links and forms, in a browser that runs no script at all.

use crate::chromium::{Chromium, Setup, Window, journey};
use crate::support::factories::PASSWORD;
use crate::support::{TestApp, pictures, words};
use picstargram::urls;

async fn window(chromium: &Chromium, name: &'static str) -> Window {
    chromium.window_with(name, Setup { script: false, ..Setup::default() }).await
}

/// More than one page of posts.
async fn fill_feed(app: &TestApp) {
    let grace = app.signed_in("grace").await;
    for number in 1..=10 {
        app.share_any(&grace, &format!("Number {number}")).await;
    }
    app.run_jobs().await;
}

#[test]
fn the_whole_way_by_links_and_forms() {
    journey(async |app, chromium| {
        fill_feed(app).await;
        let ada = window(chromium, "ada").await;
        ada.visit(urls::HOME).await;
        assert!(ada.is("matchMedia('(scripting: none)').matches && typeof htmx === 'undefined'").await, "no script runs");

        // Sign up; something wrong first.
        ada.expect_status(422);
        ada.click(&format!(".feed-aside a[href='{}']", urls::SIGN_UP)).await;
        ada.at(urls::SIGN_UP).await;
        ada.fill("#username", "ada").await;
        ada.fill("#email", "not an address").await;
        ada.fill("#password", PASSWORD).await;
        ada.fill("#password_again", PASSWORD).await;
        ada.click("form.form button[type=submit]").await;
        ada.reads("#email-error", words("email-shape", &[])).await;
        assert_eq!(ada.value("#username").await, "ada");
        ada.fill("#email", "ada@example.org").await;
        ada.fill("#password", PASSWORD).await;
        ada.fill("#password_again", PASSWORD).await;
        ada.click("form.form button[type=submit]").await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-welcome", &[])).await;

        // A face and a few words.
        let profile = urls::profile("ada");
        ada.click(&format!(".site-nav a[href='{profile}']")).await;
        ada.at(&profile).await;
        ada.click(&format!(".profile-head a[href='{}']", urls::SETTINGS_PROFILE)).await;
        ada.at(urls::SETTINGS_PROFILE).await;
        ada.gone("[data-crop-stage]").await;
        ada.choose("#avatar", &[pictures::jpeg(640, 480).named("me.jpg")]).await;
        ada.fill("#description", "Of numbers and of engines").await;
        ada.click("dialog button.primary").await;
        ada.at(&profile).await;
        ada.reads("#notices", words("flash-profile-saved", &[])).await;
        ada.reads(".profile-head .description", "Of numbers and of engines").await;
        ada.drawn(".profile-head .avatar img").await;
        ada.drawn(".site-nav .avatar img").await;

        // Two photos with their descriptions.
        ada.click(&format!(".site-nav a[href='{}']", urls::NEW_POST)).await;
        ada.at(urls::NEW_POST).await;
        ada.choose("input[name=photos]", &[pictures::portrait(), pictures::transparent_png(900, 600)]).await;
        ada.click("details.alt-texts summary").await;
        ada.fill("#alt-1", "a lighthouse").await;
        ada.fill("#alt-2", "a drawing with holes").await;
        ada.fill("#caption", "A week by the #sea 🌊").await;
        ada.click("[data-share-button]").await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-post-shared", &[])).await;
        let post = app.newest_post().await.expect("a post");
        let card = format!("#post-{post}");
        ada.reads(&format!("{card} .picture.processing"), words("photo-processing", &[])).await;
        app.run_jobs().await;
        ada.reload().await;
        ada.gone(".picture.processing").await;
        assert_eq!(ada.attributes(&format!("{card} img[srcset]"), "alt").await, ["a lighthouse", "a drawing with holes"]);
        ada.drawn(&format!("{card} img[alt='a lighthouse']")).await;
        // What needs script is not offered.
        ada.gone(".needs-script").await;

        // Mina likes it, on its own page.
        app.member("mina").await;
        app.follow("mina", "ada").await;
        app.follow("mina", "grace").await;
        let mina = window(chromium, "mina").await;
        mina.visit(urls::HOME).await;
        mina.click(&format!(".site-nav a[href='{}']", urls::SIGN_IN)).await;
        mina.at(urls::SIGN_IN).await;
        mina.fill("#username", "Mina").await;
        mina.fill("#password", PASSWORD).await;
        mina.click("form.form button[type=submit]").await;
        mina.at(urls::HOME).await;
        mina.click(&format!("{card} .dot-list a")).await;
        mina.at(urls::post(post)).await;
        mina.click("button.like").await;
        mina.see("button.like[aria-pressed=true]").await;
        mina.reads("button.like .count", "1").await;
        mina.at(urls::post(post)).await;
        mina.click("button.like").await;
        mina.see("button.like[aria-pressed=false]").await;
        mina.click("button.like").await;
        mina.see("button.like[aria-pressed=true]").await;

        // Older posts are a link away.
        mina.click(&format!(".site-nav a[href='{}']", urls::HOME)).await;
        mina.at(urls::HOME).await;
        mina.count(".post-card", 10).await;
        mina.click("a[rel=next]").await;
        mina.reads(".post-card .caption", "Number 1").await;
        mina.count(".post-card", 1).await;
        mina.reads(".caught-up", words("caught-up-title", &[])).await;

        // Ada changes her words, then thinks better of the whole. The menu is HTML's own.
        ada.reload().await;
        ada.reads(&format!("{card} a.like .count"), "1").await;
        ada.click(&format!("[popovertarget=menu-{post}]")).await;
        ada.click(&format!("#menu-{post} a[href='{}']", urls::post_edit(post))).await;
        ada.at(urls::post_edit(post)).await;
        ada.fill("#caption", "").await;
        ada.fill("#caption", "Two weeks").await;
        ada.fill("#alt-2", "holes").await;
        ada.click("dialog button.primary").await;
        ada.at(urls::post(post)).await;
        ada.reads("#notices", words("flash-post-saved", &[])).await;
        ada.reads(".caption", "Two weeks").await;
        ada.reads(&format!(".edited-of-{post}"), words("edited", &[])).await;

        let delete = format!("#menu-{post} a[href='{}']", urls::post_delete(post));
        ada.click(&format!("[popovertarget=menu-{post}]")).await;
        ada.click(&delete).await;
        ada.at(urls::post_delete(post)).await;
        ada.reads("dialog", words("delete-title", &[])).await;
        ada.click("dialog a.button").await;
        ada.at(urls::post(post)).await;
        ada.click(&format!("[popovertarget=menu-{post}]")).await;
        ada.click(&delete).await;
        ada.at(urls::post_delete(post)).await;
        ada.click("dialog button.primary").await;
        ada.at(&profile).await;
        ada.reads("#notices", words("flash-post-deleted", &[])).await;
        app.purge().await;
        assert_eq!(app.rows_in("posts").await, 10);

        // And out.
        ada.click(&format!(".profile-head a[href='{}']", urls::SETTINGS)).await;
        ada.at(urls::SETTINGS).await;
        ada.click(&format!("form[action='{}'] button", urls::SIGN_OUT)).await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-signed-out", &[])).await;
        ada.see(&format!(".site-nav a[href='{}']", urls::SIGN_IN)).await;
    });
}
