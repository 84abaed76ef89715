//! A person's page, and the form that changes it.

use crate::support::pictures::decode_published;
use crate::support::{Browser, Page, TestApp, Upload, pictures, site, words};
use picstargram::urls;

async fn save(browser: &Browser, upload: Upload) -> Page {
    browser.upload(urls::SETTINGS_PROFILE, upload).await
}

async fn description_of(app: &TestApp, username: &str) -> String {
    app.texts(format!("SELECT description FROM users WHERE username = '{username}'")).await.remove(0)
}

#[test]
fn a_page_shows_the_person_and_what_they_share() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        save(&ada, Upload::default().text("description", "Poet of <numbers>")).await.assert_redirect(urls::profile("ada"));
        assert!(app.visitor().visit(urls::profile("ada")).await.assert_ok().says("profile-empty"));
        let post = app.share(&ada, &[pictures::small(), pictures::small()], "").await;
        app.share_any(&mina, "").await;
        let page = app.visitor().visit(urls::profile("ada")).await.assert_ok();
        assert_eq!((page.text("h1").as_str(), page.text(".description").as_str()), ("ada", "Poet of <numbers>"));
        assert_eq!(page.text(".profile-counts dd"), "1");
        assert_eq!(page.attrs("li > a.picture", "href"), [urls::post(post)], "only her own");
        assert!(!page.has(&format!("a[href='{}']", urls::SETTINGS_PROFILE)), "strangers are not offered to edit it");
        assert!(ada.visit(urls::profile("ada")).await.has(&format!("a[href='{}']", urls::SETTINGS_PROFILE)));
        app.visitor().visit(urls::profile("nobody")).await.assert_not_found();
        app.visitor().visit(urls::profile("ADA")).await.assert_redirect(urls::profile("ada"));
    });
}

#[test]
fn what_is_not_sent_is_kept_and_what_is_empty_is_cleared() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        save(&ada, Upload::default().text("description", "one")).await.assert_redirect(urls::profile("ada"));
        assert!(ada.visit(urls::profile("ada")).await.says("flash-profile-saved"));
        // Nothing at all, an empty file field, another field: the description stays.
        save(&ada, Upload::default().nothing("avatar")).await.assert_redirect(urls::profile("ada"));
        save(&ada, Upload::default().text("username", "ada")).await.assert_redirect(urls::profile("ada"));
        assert_eq!(description_of(app, "ada").await, "one");
        // A script may send an ordinary form as well.
        ada.post(urls::SETTINGS_PROFILE, &[("description", "two")]).await.assert_redirect(urls::profile("ada"));
        assert_eq!(description_of(app, "ada").await, "two");
        save(&ada, Upload::default().text("description", "")).await.assert_redirect(urls::profile("ada"));
        assert_eq!(description_of(app, "ada").await, "");

        let wrong = Upload::default().text("username", "").text("description", &"x".repeat(301)).file("avatar", &pictures::svg());
        let page = save(&ada, wrong.clone()).await.assert_refused();
        let errors = page.errors();
        assert_eq!(errors["username"], words("username-required", &[]));
        assert_eq!(errors["description"], words("description-long", &[("limit", 300)]));
        assert_eq!(errors["avatar"], words("photo-svg", &[]));
        assert_eq!((page.value("username").as_str(), page.value("description").len()), ("", 301));
        assert!(save(&ada.htmx(), wrong).await.assert_refused().has("dialog form"));
        assert_eq!((app.rows_in("images").await, description_of(app, "ada").await.as_str()), (0, ""));
    });
}

#[test]
fn a_face_is_set_replaced_and_removed_and_leaves_no_objects() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let id = app.id_of("ada").await;
        ada.visit(urls::profile("ada")).await;
        let answer = save(&ada.htmx(), Upload::default().file("avatar", &pictures::jpeg(900, 700))).await.assert_status(204);
        assert_eq!(answer.leads_to(), urls::profile("ada"), "the face stands in many places: the whole page is asked for");
        app.run_jobs().await;
        let first = app.avatar_of(id).await.expect("a face");
        assert_eq!(first.group, "user_profile");
        let mut wanted = vec![first.original_key.clone(), first.key("512"), first.key("thumbnail")];
        wanted.sort();
        assert_eq!(app.stored_keys().await, wanted);
        let page = ada.visit(urls::profile("ada")).await;
        let faces = page.attrs(".avatar img", "src");
        assert!(faces.len() >= 2 && faces.iter().all(|src| *src == first.address("thumbnail")), "everywhere on the page: {faces:?}");
        let thumbnail = ada.visit(first.address("thumbnail")).await.assert_ok();
        assert_eq!(decode_published(&thumbnail.body).size(), (200, 200));

        save(&ada, Upload::default().file("avatar", &pictures::small())).await.assert_redirect(urls::profile("ada"));
        app.run_jobs().await;
        let second = app.avatar_of(id).await.expect("a face");
        assert_ne!(first.uuid, second.uuid);
        ada.visit(first.address("thumbnail")).await.assert_not_found();
        let mut wanted = vec![second.original_key.clone(), second.key("full"), second.key("thumbnail")];
        wanted.sort();
        assert_eq!(app.stored_keys().await, wanted);

        // A wrong one changes nothing.
        save(&ada, Upload::default().file("avatar", &pictures::truncated()).text("description", "kept out")).await.assert_refused();
        assert_eq!(app.avatar_of(id).await.expect("a face").uuid, second.uuid);

        assert!(ada.visit(urls::SETTINGS_PROFILE).await.has("[name=avatar_remove]"));
        save(&ada, Upload::default().text("avatar_remove", "true")).await.assert_redirect(urls::profile("ada"));
        app.run_jobs().await;
        assert!(app.avatar_of(id).await.is_none());
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
        let page = ada.visit(urls::profile("ada")).await;
        assert!(page.has(".avatar svg") && !page.has(".avatar img"), "the letter is back");
        assert!(!ada.visit(urls::SETTINGS_PROFILE).await.has("[name=avatar_remove]"));
    });
}

#[test]
fn an_old_name_leads_to_the_new_one_and_stays_its_owners() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let rename = async |browser: &Browser, name: &str| save(browser, Upload::default().text("username", name)).await;
        rename(&ada, "lovelace").await.assert_redirect(urls::profile("lovelace"));
        let visitor = app.visitor();
        visitor.visit(urls::profile("ada")).await.assert_status(302).assert_redirect(urls::profile("lovelace"));
        visitor.visit(urls::profile("lovelace")).await.assert_ok();
        // Nobody else gets either, by renaming or by signing up.
        for taken in ["ada", "ADA", "Lovelace"] {
            let page = rename(&mina, taken).await.assert_refused();
            assert_eq!(page.errors()["username"], words("username-taken", &[]), "{taken}");
            let fields =
                [("username", taken), ("email", "e@example.org"), ("password", "not so common"), ("password_again", "not so common")];
            let page = app.visitor().post(urls::SIGN_UP, &fields).await.assert_refused();
            assert_eq!(page.errors()["username"], words("username-taken", &[]), "{taken}");
        }
        assert_eq!(rename(&mina, "support").await.assert_refused().errors()["username"], words("username-reserved", &[]));
        assert_eq!(rename(&mina, "no spaces").await.assert_refused().errors()["username"], words("username-shape", &[]));
        visitor.visit(urls::profile("mina")).await.assert_ok();
        // Only the case, and back again.
        rename(&ada, "Lovelace").await.assert_redirect(urls::profile("Lovelace"));
        rename(&ada, "Ada").await.assert_redirect(urls::profile("Ada"));
        visitor.visit(urls::profile("lovelace")).await.assert_redirect(urls::profile("Ada"));
        // A name is good for signing in as long as it is somebody's.
        let fields = [("username", "lovelace"), ("password", crate::support::factories::PASSWORD)];
        app.visitor().post(urls::SIGN_IN, &fields).await.assert_redirect(urls::HOME);
    });
}

#[test]
fn a_name_that_is_taken_takes_the_new_face_with_it() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        app.member("mina").await;
        let upload = Upload::default().text("username", "mina").text("description", "new").file("avatar", &pictures::small());
        let page = save(&ada, upload).await.assert_refused();
        assert_eq!((page.value("username").as_str(), page.value("description").as_str()), ("mina", "new"));
        app.run_jobs().await;
        assert_eq!((app.rows_in("images").await, app.stored_keys().await.len()), (0, 0));
        assert_eq!(description_of(app, "ada").await, "", "all or nothing");
    });
}

#[test]
fn nobody_keeps_more_than_ten_names_from_others() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        for number in 2..=10 {
            let name = format!("ada{number}");
            ada.post(urls::SETTINGS_PROFILE, &[("username", name.as_str())]).await.assert_redirect(urls::profile(&name));
        }
        let page = ada.post(urls::SETTINGS_PROFILE, &[("username", "eleven")]).await.assert_refused();
        assert!(page.html().contains(&words("username-too-many", &[("limit", 10)])), "{}", page.html());
        ada.post(urls::SETTINGS_PROFILE, &[("username", "ada")]).await.assert_redirect(urls::profile("ada"));
        assert_eq!(app.rows_in("usernames").await, 10);
    });
}
