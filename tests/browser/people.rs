//! Following, asking, accepting, blocking: with script, where buttons answer at once, and without any.

use crate::axe::examine;
use crate::chromium::{Chromium, Setup, Window, journey};
use crate::support::{Browser, words};
use picstargram::urls;
use picstargram::web::cookies;
use std::time::Duration;

#[test]
fn a_follow_shows_at_once_and_is_put_right_when_it_cannot_be() {
    journey(async |app, chromium| {
        let (ada, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "By the sea").await;
        app.run_jobs().await;
        let id = app.id_of("ada").await;
        let mina = chromium.window_of("mina", &person).await;
        let profile = urls::profile("ada");
        let (button, on) = (format!(".follow-{id} button"), format!(".follow-{id}[data-on] button"));
        mina.visit(&profile).await;
        let born = mina.born().await;
        mina.reads(&button, words("follow", &[])).await;

        // The answer takes its time, the button does not; a second press meanwhile changes nothing.
        mina.slow_line(Duration::from_secs(3), 10_000_000).await;
        mina.click(&button).await;
        mina.see(&on).await;
        assert_eq!(mina.value(&format!(".follow-{id} [name=following]")).await, "true", "the answer is still on its way");
        mina.click(&button).await;
        mina.see(&on).await;
        mina.fast_line().await;
        mina.reads(&format!(".followers-of-{id}"), "1").await;
        mina.until("the server has answered", &format!("document.querySelector('.follow-{id} [name=following]').value === 'false'")).await;
        mina.see(&on).await;
        assert_eq!(mina.born().await, born, "nothing was loaded in full");
        assert_eq!(app.rows_in("follows").await, 1);
        mina.focused(&button).await;

        // And back, and once more from a list, where there are two buttons for the same person.
        mina.click(&button).await;
        mina.reads(&format!(".followers-of-{id}"), "0").await;
        mina.gone(&on).await;
        mina.click(&button).await;
        mina.reads(&format!(".followers-of-{id}"), "1").await;
        mina.visit(urls::following("mina")).await;
        mina.see(&on).await;

        // Likes are switched in the same way.
        mina.visit(urls::post(post)).await;
        mina.slow_line(Duration::from_secs(3), 10_000_000).await;
        mina.click("button.like").await;
        mina.see("button.like[aria-pressed=true]").await;
        assert_eq!(mina.text("button.like .count").await, "1");
        assert_eq!(mina.value("form[data-like] [name=liked]").await, "true", "the answer is still on its way");
        mina.fast_line().await;
        mina.until("the server has answered", "document.querySelector('form[data-like] [name=liked]').value === 'false'").await;
        mina.visit(urls::following("mina")).await;

        // Meanwhile ada wants nothing of her any more.
        ada.post(urls::block("mina"), &[("blocked", "true")]).await.assert_status(303);
        mina.expect_status(404);
        mina.click(&button).await;
        mina.reads("#notices", words("error-not-found-title", &[])).await;
        mina.see(&on).await;

        // A visitor is asked who they are.
        let visitor = chromium.window("visitor").await;
        visitor.visit(&profile).await;
        visitor.click(&button).await;
        visitor.at(urls::sign_in_then(&profile)).await;
    });
}

#[test]
fn asked_accepted_and_blocked() {
    journey(async |app, chromium| {
        let (person, other) = (app.signed_in("ada").await, app.signed_in("joon").await);
        app.share_any(&person, "For few").await;
        app.run_jobs().await;
        app.signed_in("grace").await.post(urls::follow("ada"), &[("following", "true")]).await.assert_status(303);
        let ada = chromium.window_of("ada", &person).await;
        let joon = chromium.window_of_with("joon", &other, Setup { phone: true, ..Setup::default() }).await;
        let mut found = Vec::new();

        ada.visit(urls::SETTINGS).await;
        ada.click("[name=private][value=true]").await;
        ada.reads("#notices", words("flash-private", &[])).await;
        ada.see("[name=private][value=true][aria-pressed=true]").await;
        examine(&ada, "settings", &mut found).await;

        joon.visit(urls::profile("ada")).await;
        joon.reads(".empty h2", words("closed-title", &[])).await;
        joon.gone("a.picture").await;
        joon.click(".profile-head .follow button").await;
        joon.see(".profile-head .follow[data-on] button").await;
        joon.until("the server has answered", "document.querySelector('.follow [name=following]').value === 'false'").await;
        joon.reads(".follow .when-on", words("follow-requested", &[])).await;
        examine(&joon, "private profile", &mut found).await;

        ada.visit(urls::REQUESTS).await;
        examine(&ada, "requests", &mut found).await;
        ada.click(".answer [value=true]").await;
        ada.reads(".people .person-words", words("follows-you-now", &[])).await;
        ada.see(".people .follow button").await;
        ada.reload().await;
        ada.reads(".empty h2", words("requests-none", &[])).await;
        examine(&ada, "no requests", &mut found).await;

        joon.reload().await;
        joon.see("a.picture").await;
        joon.click(&format!("a[href='{}']", urls::followers("ada"))).await;
        joon.at(urls::followers("ada")).await;
        joon.count(".people .person-row", 2).await;
        examine(&joon, "followers", &mut found).await;

        // Grace is removed, where the list stands.
        ada.visit(urls::followers("ada")).await;
        let born = ada.born().await;
        ada.click(&format!("a[href='{}']", urls::follower("grace"))).await;
        ada.see("#dialogs > dialog:modal").await;
        examine(&ada, "dialog: remove a follower", &mut found).await;
        ada.click("dialog button.primary").await;
        ada.count(".people .person-row", 1).await;
        ada.gone("dialog").await;
        assert_eq!(ada.born().await, born, "nothing was loaded in full");

        // Joon is blocked from the menu of his profile.
        ada.visit(urls::profile("joon")).await;
        ada.click("[popovertarget=menu-person]").await;
        ada.see("#menu-person:popover-open").await;
        examine(&ada, "menu of a person", &mut found).await;
        ada.click(&format!("#menu-person a[href='{}']", urls::block("joon"))).await;
        ada.see("#dialogs > dialog:modal").await;
        examine(&ada, "dialog: block", &mut found).await;
        ada.click("dialog button.primary").await;
        ada.reads("#notices", words("flash-blocked", &[])).await;
        ada.reads(".empty h2", words("blocked-profile-title", &[])).await;
        ada.gone("dialog").await;
        examine(&ada, "profile of somebody blocked", &mut found).await;
        joon.expect_status(404);
        joon.visit(urls::profile("ada")).await;
        joon.reads("h1", words("error-not-found-title", &[])).await;

        ada.visit(urls::SETTINGS_BLOCKED).await;
        examine(&ada, "blocked people", &mut found).await;
        ada.click(".people [name=blocked][value=false]").await;
        ada.reads("#notices", words("flash-unblocked", &[])).await;
        ada.at(urls::SETTINGS_BLOCKED).await;
        ada.visit(urls::profile("joon")).await;
        ada.click("[popovertarget=menu-person]").await;
        ada.click("#menu-person [name=muted]").await;
        ada.reads(".profile-name", words("muted-chip", &[])).await;
        assert_eq!((app.rows_in("blocks").await, app.rows_in("mutes").await, app.rows_in("follows").await), (0, 1, 0));
        assert!(found.is_empty(), "{found:#?}");
    });
}

async fn without_script(chromium: &Chromium, name: &'static str, person: &Browser) -> Window {
    let window = chromium.window_with(name, Setup { script: false, ..Setup::default() }).await;
    window.set_cookie(cookies::SESSION, &person.cookie(cookies::SESSION).expect("somebody who is signed in")).await;
    window
}

#[test]
fn the_same_by_links_and_forms_alone() {
    journey(async |app, chromium| {
        let (person, other) = (app.signed_in("ada").await, app.signed_in("joon").await);
        app.share_any(&person, "For few").await;
        app.run_jobs().await;
        let ada = without_script(chromium, "ada", &person).await;
        let joon = without_script(chromium, "joon", &other).await;
        let profile = urls::profile("ada");

        joon.visit(&profile).await;
        joon.click(".profile-head .follow button").await;
        joon.see(".profile-head .follow[data-on] button").await;
        joon.at(&profile).await;
        joon.click(".profile-head .follow button").await;
        joon.see(".profile-head .follow:not([data-on]) button").await;

        ada.visit(urls::SETTINGS).await;
        ada.click("[name=private][value=true]").await;
        ada.see("[name=private][value=true][aria-pressed=true]").await;
        joon.reload().await;
        joon.click(".profile-head .follow button").await;
        joon.reads(".follow .when-on", words("follow-requested", &[])).await;

        ada.click(&format!(".setting-links a[href='{}']", urls::REQUESTS)).await;
        ada.at(urls::REQUESTS).await;
        ada.click(".answer [value=true]").await;
        ada.reads("#notices", words("flash-request-accepted", &[])).await;
        joon.reload().await;
        joon.see("a.picture").await;

        ada.visit(urls::profile("joon")).await;
        ada.click("[popovertarget=menu-person]").await;
        ada.click(&format!("#menu-person a[href='{}']", urls::block("joon"))).await;
        ada.at(urls::block("joon")).await;
        ada.click("dialog button.primary").await;
        ada.at(urls::profile("joon")).await;
        ada.reads(".empty h2", words("blocked-profile-title", &[])).await;
        joon.expect_status(404);
        joon.reload().await;
        joon.reads("h1", words("error-not-found-title", &[])).await;
        ada.click("[name=blocked][value=false]").await;
        ada.see(".profile-head .follow button").await;
        assert_eq!((app.rows_in("blocks").await, app.rows_in("follows").await), (0, 0));
    });
}
