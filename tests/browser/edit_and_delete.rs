//! Changing one's mind about a post, from the feed and from its own page.

use crate::chromium::{Window, journey};
use crate::support::{pictures, words};
use picstargram::urls;
use std::fmt::Display;

const SAVE: &str = "dialog:modal button.primary";

/// Opens a post's menu and chooses what leads to `address`.
async fn choose_from_menu(window: &Window, post: impl Display, address: String) {
    window.click(&format!("[popovertarget=menu-{post}]")).await;
    window.see(&format!("#menu-{post}:popover-open")).await;
    window.click(&format!("#menu-{post} a[href='{address}']")).await;
    window.see("#dialogs > dialog:modal").await;
    window.gone(&format!("#menu-{post}:popover-open")).await;
}

#[test]
fn a_post_is_changed_and_deleted_without_leaving_the_feed() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let older = app.share_any(&person, "An older one").await;
        let post = app.share(&person, &[pictures::small(), pictures::webp(80, 60)], "Before").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &person).await;
        ada.visit(urls::HOME).await;
        let born = ada.born().await;
        let card = format!("#post-{post}");

        // Words and descriptions change where they stand.
        choose_from_menu(&ada, post, urls::post_edit(post)).await;
        assert_eq!(ada.value("dialog #caption").await, "Before");
        ada.fill("dialog #caption", "After the #rain").await;
        ada.fill("dialog #alt-1", "four colours").await;
        ada.click(SAVE).await;
        ada.gone("dialog").await;
        ada.reads(&format!("{card} .caption"), "After the #rain").await;
        ada.reads(&format!("{card} .edited-of-{post}"), words("edited", &[])).await;
        ada.reads("#notices", words("flash-post-saved", &[])).await;
        assert_eq!(ada.attributes(&format!("{card} img[srcset]"), "alt").await, ["four colours", "Photo by ada"]);
        ada.reads(&format!("{card} [data-carousel-now]"), "1").await;
        ada.click(&format!("{card} .carousel-step.next")).await;
        ada.reads(&format!("{card} [data-carousel-now]"), "2").await;

        // Too long a caption: told in the dialog, with all of it still there.
        ada.expect_status(422);
        let long = "ㅎ".repeat(2_201);
        choose_from_menu(&ada, post, urls::post_edit(post)).await;
        ada.paste("dialog #caption", &long).await;
        ada.reads("dialog .count.over", "2,201 of 2,200").await;
        ada.click(SAVE).await;
        ada.reads("dialog:modal #caption-error", words("caption-long", &[("limit", 2_200), ("count", 2_201)])).await;
        assert_eq!(ada.value("dialog #caption").await, long);
        ada.until("the focus is in the dialog", "document.querySelector('dialog').contains(document.activeElement)").await;
        ada.click("dialog [data-close].button").await;
        ada.gone("dialog").await;
        ada.reads(&format!("{card} .caption"), "After the #rain").await;

        // Sure?
        choose_from_menu(&ada, post, urls::post_delete(post)).await;
        ada.reads("dialog:modal", words("delete-title", &[])).await;
        ada.click("dialog [data-close]").await;
        ada.gone("dialog").await;
        ada.focused(&format!("[popovertarget=menu-{post}]")).await;
        ada.see(&card).await;
        choose_from_menu(&ada, post, urls::post_delete(post)).await;
        ada.click(SAVE).await;
        ada.count(&format!("article{card}"), 0).await;
        ada.gone("dialog").await;
        ada.reads(".post-gone", words("flash-post-deleted", &[])).await;
        ada.see(&format!("#post-{older}")).await;
        assert_eq!((ada.path().await.as_str(), ada.born().await), (urls::HOME, born), "she never left the feed");
        app.purge().await;
        assert_eq!(app.rows_in("posts").await, 1);
    });
}

#[test]
fn on_its_own_page_there_is_nothing_to_stay_on() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let post = app.share_any(&person, "Here for a moment").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &person).await;
        ada.visit(urls::post(post)).await;
        choose_from_menu(&ada, post, urls::post_edit(post)).await;
        ada.fill("dialog #caption", "Here for two").await;
        ada.click(SAVE).await;
        ada.gone("dialog").await;
        ada.reads(".post-page .caption", "Here for two").await;
        ada.drawn(".post-page img[srcset]").await;

        choose_from_menu(&ada, post, urls::post_delete(post)).await;
        ada.click(SAVE).await;
        ada.at(urls::profile("ada")).await;
        ada.reads("#notices", words("flash-post-deleted", &[])).await;
        ada.reads(".empty", words("profile-empty-mine", &[])).await;
    });
}

#[test]
fn over_a_profile_the_count_follows_and_the_last_one_leaves_it_empty() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let posts = [app.share_any(&person, "One").await, app.share_any(&person, "Two").await];
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &person).await;
        ada.visit(urls::profile("ada")).await;
        ada.gone(".empty").await;
        for (post, left) in posts.into_iter().zip([1, 0]) {
            ada.click(&format!(".picture-grid a[href='{}']", urls::post(post))).await;
            ada.see("#open-post dialog:modal").await;
            choose_from_menu(&ada, format!("{post}-open"), urls::post_delete(post)).await;
            ada.click(SAVE).await;
            ada.gone("dialog").await;
            ada.count(".picture-grid > li", left).await;
            ada.reads(".profile-counts dd", left.to_string()).await;
        }
        ada.reads(".empty", words("profile-empty-mine", &[])).await;
        // The last one can still come back.
        ada.click("#notices [data-toast]:last-child form button").await;
        ada.at(urls::post(posts[1])).await;
        ada.see(".post-page").await;
    });
}
