//! What an author does with a post after it was shared: on top, put away, for followers, without comments, gone and back.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey};
use crate::support::words;
use picstargram::posts::PostId;
use picstargram::urls;

const WITHOUT_SCRIPT: Setup = Setup { script: false, languages: "en-US", phone: false };

/// Opens the post's menu; `anchor` is its number, with `-open` when it stands in a dialog over another page.
async fn open_menu(window: &Window, anchor: &str) {
    window.click(&format!("[popovertarget=menu-{anchor}]")).await;
    window.see(&format!("#menu-{anchor}:popover-open")).await;
}

async fn choose_from_menu(window: &Window, anchor: &str, address: String) {
    open_menu(window, anchor).await;
    window.click(&format!("#menu-{anchor} :is(a[href='{address}'], form[action='{address}'] button)")).await;
}

async fn choose_audience(window: &Window, audience: &str) {
    window.see("#audience").await;
    window.eval(&format!("document.querySelector('#audience').value = '{audience}'")).await;
}

async fn tiles(window: &Window) -> Vec<String> {
    window.attributes(".picture-grid a.picture", "href").await
}

#[test]
fn on_top_put_away_for_followers_and_in_silence() {
    keeping(Setup::default());
}

#[test]
fn the_same_without_script() {
    keeping(WITHOUT_SCRIPT);
}

fn keeping(setup: Setup) {
    journey(async |app, chromium| {
        let (person, other) = (app.signed_in("ada").await, app.signed_in("joon").await);
        let (older, newer) = (app.share_any(&person, "Older").await, app.share_any(&person, "Newer").await);
        app.run_jobs().await;
        let (ada, joon) = (chromium.window_of_with("ada", &person, setup).await, chromium.window_of_with("joon", &other, setup).await);
        let (profile, mut found) = (urls::profile("ada"), Vec::new());

        // On top of the profile, by the menu of a card.
        ada.visit(urls::HOME).await;
        choose_from_menu(&ada, &older.to_string(), urls::post_pin(older)).await;
        ada.at(&profile).await;
        ada.reads("#notices", words("flash-post-pinned", &[])).await;
        assert_eq!(tiles(&ada).await, [urls::post(older), urls::post(newer)]);
        ada.reads(".picture-grid li:first-child .picture-mark", words("tile-pinned", &[])).await;
        if setup.script {
            examine(&ada, "profile with a pinned post", &mut found).await;
        }

        // Put away: nobody else finds it, and it is not lost.
        ada.visit(urls::HOME).await;
        choose_from_menu(&ada, &older.to_string(), urls::post_archive(older)).await;
        ada.at(urls::post(older)).await;
        ada.reads("#notices", words("flash-post-archived", &[])).await;
        app.run_jobs().await;
        joon.expect_status(404);
        joon.visit(urls::post(older)).await;
        joon.reads("h1", words("error-not-found-title", &[])).await;
        ada.visit(&profile).await;
        assert_eq!(tiles(&ada).await, [urls::post(newer)]);
        ada.click(&format!(".tabs a[href='{}']", urls::ARCHIVE)).await;
        ada.at(urls::ARCHIVE).await;
        ada.see("a.picture").await;
        assert_eq!(tiles(&ada).await, [urls::post(older)]);
        if setup.script {
            ada.drawn("a.picture img").await;
            examine(&ada, "archive", &mut found).await;
        }
        ada.visit(urls::post(older)).await;
        choose_from_menu(&ada, &older.to_string(), urls::post_archive(older)).await;
        ada.reads("#notices", words("flash-post-unarchived", &[])).await;
        joon.visit(urls::post(older)).await;
        joon.reads(".post-page .caption", "Older").await;

        // For followers, and in silence.
        ada.visit(urls::HOME).await;
        choose_from_menu(&ada, &older.to_string(), urls::post_edit(older)).await;
        choose_audience(&ada, "followers").await;
        ada.click("dialog button.primary").await;
        ada.reads("#notices", words("flash-post-saved", &[])).await;
        app.run_jobs().await;
        joon.visit(urls::post(older)).await;
        joon.reads("h1", words("error-not-found-title", &[])).await;
        app.follow("joon", "ada").await;
        joon.reload().await;
        joon.reads(".post-page .caption", "Older").await;
        joon.see("form#say").await;

        ada.visit(urls::post(older)).await;
        choose_from_menu(&ada, &older.to_string(), urls::post_edit(older)).await;
        ada.see("#audience").await;
        assert_eq!(ada.value("#audience").await, "followers");
        ada.click("dialog [name=comments][value=off]").await;
        ada.click("dialog button.primary").await;
        ada.reads("#notices", words("flash-post-saved", &[])).await;
        ada.reads("#say", words("comments-off", &[])).await;
        joon.reload().await;
        joon.reads("#say", words("comments-off", &[])).await;
        joon.gone("form#say").await;
        assert!(found.is_empty(), "{found:#?}");
    });
}

/// Deletes from the dialog that asks first.
async fn delete(window: &Window, post: PostId, anchor: &str) {
    choose_from_menu(window, anchor, urls::post_delete(post)).await;
    window.see("#dialogs > dialog:modal").await;
    window.click("#dialogs button.danger").await;
}

#[test]
fn gone_from_the_feed_and_back() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let (older, newer) = (app.share_any(&person, "Older").await, app.share_any(&person, "Newer").await);
        app.run_jobs().await;
        let ada = chromium.window_of_with("ada", &person, Setup { phone: true, ..Setup::default() }).await;
        let mut found = Vec::new();
        ada.visit(urls::HOME).await;
        let born = ada.born().await;
        let (card, gone) = (format!("article#post-{older}"), format!(".post-gone#post-{older}"));
        let in_feed = [format!("post-{newer}"), format!("post-{older}")];
        ada.scroll_to(&card).await;

        // By its card; then by the post that is open over the feed.
        for anchor in [older.to_string(), format!("{older}-open")] {
            if anchor.ends_with("-open") {
                ada.click(&format!("{card} .actions a[data-open-post]")).await;
                ada.see("#open-post dialog:modal").await;
            }
            delete(&ada, older, &anchor).await;
            ada.reads(&gone, words("flash-post-deleted", &[])).await;
            ada.gone("dialog").await;
            ada.at(urls::HOME).await;
            ada.focused(".post-gone").await;
            // Away from the top bar, under which a link would be too small for axe.
            ada.eval("scrollTo({ top: 0, behavior: 'instant' })").await;
            examine(&ada, "a deleted post in the feed", &mut found).await;
            ada.click(&format!("{gone} button")).await;
            ada.reads(&format!("{card} .caption"), "Older").await;
            ada.gone(".post-gone").await;
            assert_eq!(ada.attributes(".post-card", "id").await, in_feed);
        }
        assert_eq!(ada.born().await, born, "nothing was loaded in full");

        // The moment passes by itself, and then it is too late.
        delete(&ada, older, &older.to_string()).await;
        ada.see(&gone).await;
        ada.eval("document.activeElement.blur()").await;
        ada.count(&gone, 0).await;
        app.purge().await;
        assert_eq!(app.rows_in("posts").await, 1);
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn gone_from_a_grid_and_back() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let (older, newer) = (app.share_any(&person, "Older").await, app.share_any(&person, "Newer").await);
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &person).await;
        let profile = urls::profile("ada");
        ada.visit(&profile).await;
        ada.click(&format!("main a[href='{}']", urls::post(older))).await;
        ada.see("#open-post dialog:modal").await;

        // What is changed in the dialog shows in the dialog.
        let open = format!("{older}-open");
        choose_from_menu(&ada, &open, urls::post_edit(older)).await;
        ada.see("#dialogs > dialog:modal").await;
        ada.fill("#alt-1", "four colours").await;
        ada.click("#dialogs button.primary").await;
        ada.gone("#dialogs dialog").await;
        ada.reads("#open-post #notices", words("flash-post-saved", &[])).await;
        assert_eq!(ada.attributes("#open-post img[srcset]", "alt").await, ["four colours"]);
        ada.see(&format!("#open-post #photos-{open}")).await;

        // Deleted there, one is where one came from, with a way back.
        delete(&ada, older, &open).await;
        ada.gone("dialog").await;
        ada.at(&profile).await;
        ada.reads("#notices", words("flash-post-deleted", &[])).await;
        assert_eq!(tiles(&ada).await, [urls::post(newer)]);
        let undo = format!("#notices form[action='{}'] button", urls::post_restore(older));
        ada.click(&undo).await;
        ada.at(urls::post(older)).await;
        ada.reads("#notices", words("flash-post-restored", &[])).await;

        // From its own page one comes to the profile, with the same notice.
        delete(&ada, older, &older.to_string()).await;
        ada.at(&profile).await;
        ada.click(&undo).await;
        ada.at(urls::post(older)).await;
        ada.reads(".post-page .caption", "Older").await;

        // Without script it is pages all the way.
        let plain = chromium.window_of_with("ada without script", &person, WITHOUT_SCRIPT).await;
        plain.visit(urls::HOME).await;
        choose_from_menu(&plain, &older.to_string(), urls::post_delete(older)).await;
        plain.at(urls::post_delete(older)).await;
        plain.click("dialog button.danger").await;
        plain.at(&profile).await;
        plain.reads("#notices", words("flash-post-deleted", &[])).await;
        plain.click(&undo).await;
        plain.at(urls::post(older)).await;
        plain.reads("#notices", words("flash-post-restored", &[])).await;
        assert_eq!(app.rows_in("posts").await, 2);
    });
}
