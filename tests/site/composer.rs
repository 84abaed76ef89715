//! The composer through the front door: photos that come ahead of their post, what of their facts goes out with it, what is
//! offered while one types, and changing a post afterwards.

use crate::support::pictures::{self, CAMERA, TOLD_AT, TOLD_PLACE, decode_published};
use crate::support::{Browser, Picture, Setup, TestApp, Upload, site, words};
use chrono::TimeDelta;
use futures_util::future::join_all;
use picstargram::media::jobs::Sweep;
use picstargram::posts::PostId;
use picstargram::urls;

/// Sends one photo ahead and returns its id.
async fn ahead(browser: &Browser, picture: &Picture) -> String {
    let upload = Upload::default().file("photos", picture);
    let answer = browser.json().upload(urls::PHOTOS, upload).await.assert_status(201).json();
    answer["id"].as_str().expect("ids are strings").to_owned()
}

async fn shared(app: &TestApp) -> PostId {
    app.run_jobs().await;
    app.newest_post().await.expect("a post")
}

/// The widths of a post's photos, which tell them apart, and their words.
async fn photos(app: &TestApp, post: PostId) -> Vec<String> {
    let images = app.images_of(post).await;
    let alts = app.texts(format!("SELECT alt FROM post_photos WHERE post_id = {post} ORDER BY position LIMIT 10")).await;
    images.iter().zip(alts).map(|(image, alt)| format!("{} {alt}", image.width)).collect()
}

#[test]
fn a_photo_comes_ahead_and_is_seen_by_its_owner_alone() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let upload = Upload::default().file("photos", &pictures::telling());
        let told = ada.json().upload(urls::PHOTOS, upload.clone()).await.assert_status(201).json();
        assert_eq!((&told["width"], &told["height"]), (&640.into(), &480.into()));
        assert_eq!((&told["camera"], &told["taken_at"], &told["place"]), (&CAMERA.into(), &TOLD_AT.into(), &TOLD_PLACE.into()));
        assert_eq!(told["facts"]["place"], "37.57° N, 126.98° E");
        assert_eq!(told["facts"]["date"], "3 May 2026");
        let thumbnail = told["thumbnail"].as_str().expect("an address");
        assert_eq!(decode_published(&ada.visit(thumbnail).await.assert_ok().body).size(), (480, 480));

        // It waits: no post, no job, nothing that counts as hers.
        assert_eq!((app.rows_in("posts").await, app.rows_in("jobs").await), (0, 0));
        let page = ada.visit(urls::new_post_with([told["id"].as_str().unwrap_or_default()])).await.assert_ok();
        assert_eq!(page.attr(".photo-slips .photo-slip", "data-place"), "37.57° N, 126.98° E");
        assert_eq!(page.attr(".photo-slips input[name=photo_id]", "value"), told["id"]);
        let mina = app.signed_in("mina").await;
        let theirs = mina.visit(urls::new_post_with([told["id"].as_str().unwrap_or_default()])).await.assert_ok();
        assert!(!theirs.has(".photo-slips .photo-slip"));

        // Without script the browser is led to the form; htmx gets the piece.
        let led = ada.upload(urls::PHOTOS, upload.clone()).await;
        assert!(led.leads_to().starts_with("/posts/new?photo_id="));
        assert_eq!(ada.follow(&led).await.assert_ok().count(".photo-slips .photo-slip"), 1);
        assert!(ada.htmx().upload(urls::PHOTOS, upload).await.assert_status(201).has(".photo-slip[data-photo]"));
    });
}

#[test]
fn what_is_no_photo_is_told_at_once() {
    Setup::default().set("MAX_UPLOAD_BYTES", "1MB").site(async |app| {
        let ada = app.signed_in("ada").await;
        let mut heavy = pictures::small().named("heavy.jpg");
        heavy.bytes.resize(1_000_001, 0);
        for (wrong, message, status) in [
            (pictures::truncated(), words("photo-damaged", &[]), 422),
            (pictures::svg(), words("photo-svg", &[]), 422),
            (heavy, words("photo-too-large", &[("limit", 1)]), 413),
        ] {
            let upload = Upload::default().file("photos", &wrong);
            let answer = ada.json().upload(urls::PHOTOS, upload.clone()).await.assert_status(status);
            assert_eq!(answer.json()["errors"]["photos"], message.as_str(), "{}", wrong.name);
            let page = ada.upload(urls::PHOTOS, upload).await.assert_status(status);
            assert_eq!(page.photo_errors(), [message]);
        }
        ada.json().upload(urls::PHOTOS, Upload::default().text("caption", "no file")).await.assert_refused();
        assert_eq!((app.rows_in("images").await, app.rows_in("objects").await), (0, 0));
    });
}

#[test]
fn photos_that_came_ahead_and_files_make_one_post_in_order() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let (first, second) = (ahead(&ada, &pictures::jpeg(61, 40)).await, ahead(&ada, &pictures::jpeg(62, 40)).await);
        let upload = Upload::default()
            .text("photo_id", &second)
            .text("photo_id", &first)
            .file("photos", &pictures::jpeg(63, 40))
            .text("alt", "the second")
            .text("alt", "")
            .text("alt", "the file")
            .text("caption", "All #three")
            .text("audience", "followers")
            .text("comments", "on")
            .text("comments", "off");
        ada.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
        let post = shared(app).await;
        assert_eq!(photos(app, post).await, ["62 the second", "61 ", "63 the file"]);
        assert!(app.images_of(post).await.iter().all(|image| image.state == "ready"));
        let seen = format!("SELECT id FROM posts WHERE id = {post} AND followers_only AND comments_off AND NOT is_open");
        assert_eq!(app.numbers(seen).await.len(), 1);
        app.visitor().visit(urls::post(post)).await.assert_not_found();

        // An ordinary form does as well, when there are no files.
        let id = ahead(&ada, &pictures::jpeg(64, 40)).await;
        ada.post(urls::NEW_POST, &[("photo_id", &id), ("caption", "alone")]).await.assert_redirect(urls::HOME);
        assert_eq!(photos(app, shared(app).await).await, ["64 "]);
        // And everyone sees what nobody limited.
        app.visitor().visit(urls::post(shared(app).await)).await.assert_ok();
        ada.post(urls::NEW_POST, &[("photo_id", "1"), ("audience", "evryone")]).await.assert_status(400);
    });
}

#[test]
fn a_photo_that_is_not_there_is_told_at_its_place_and_the_others_are_kept() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let own = ahead(&ada, &pictures::jpeg(61, 40)).await;
        let hers = ahead(&mina, &pictures::small()).await;
        let used = ahead(&ada, &pictures::small()).await;
        ada.post(urls::NEW_POST, &[("photo_id", &used)]).await.assert_redirect(urls::HOME);
        let face = Upload::default().file("avatar", &pictures::small());
        ada.upload(urls::SETTINGS_PROFILE, face).await.assert_redirect(urls::profile("ada"));
        let avatar = app.avatar_of(app.id_of("ada").await).await.expect("a face").id.to_string();

        for gone in [&hers, &used, &avatar, "1"] {
            let fields = [("photo_id", own.as_str()), ("photo_id", gone), ("alt", "mine"), ("alt", "not mine"), ("caption", "Kept")];
            let page = ada.post(urls::NEW_POST, &fields).await.assert_refused();
            let wanted = format!("{}: {}", words("photo-number", &[("n", 2)]), words("photo-gone", &[]));
            assert_eq!(page.photo_errors(), [wanted]);
            assert_eq!(page.attrs(".photo-slips input[name=photo_id]", "value"), [own.as_str()]);
            assert_eq!((page.value("caption"), page.text(".photo-slips textarea")), ("Kept".to_owned(), "mine".to_owned()));
            let answer = ada.json().post(urls::NEW_POST, &fields).await.assert_refused().json();
            assert_eq!(answer["errors"]["photos.1"], words("photo-gone", &[]).as_str());
        }
        let twice = ada.json().post(urls::NEW_POST, &[("photo_id", &own), ("photo_id", &own)]).await.assert_refused().json();
        assert_eq!(twice["errors"]["photos.1"], words("photo-twice", &[]).as_str());
        let mixed = Upload::default().text("photo_id", &own).file("photos", &pictures::text());
        let mixed = ada.json().upload(urls::NEW_POST, mixed).await.assert_refused().json();
        assert_eq!(mixed["errors"]["photos.1"], words("photo-not-a-picture", &[]).as_str());
        let eleven: Vec<(&str, &str)> = vec![("photo_id", &own); 11];
        ada.json().post(urls::NEW_POST, &eleven).await.assert_refused();
        assert_eq!(app.rows_in("posts").await, 1);

        // Giving up is for owners, too, and only while it waits.
        mina.json().post(urls::photo_delete(&own), &[]).await.assert_not_found();
        ada.json().post(urls::photo_delete(&used), &[]).await.assert_not_found();
        for (who, id) in [(&ada, &own), (&mina, &hers)] {
            who.json().post(urls::photo_delete(id), &[]).await.assert_status(204);
            who.json().post(urls::photo_delete(id), &[]).await.assert_not_found();
        }
        app.run_jobs().await;
        assert_eq!(app.rows_in("images").await, 2, "what was shared, and a face");
    });
}

#[test]
fn a_request_sent_twice_at_once_makes_one_post() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        for round in 0..4 {
            let id = ahead(&ada, &pictures::small()).await;
            let key = format!("round {round}");
            let send = async || {
                let upload = Upload::default().text("photo_id", &id).file("photos", &pictures::small()).text("post_key", &key);
                ada.json().upload(urls::NEW_POST, upload).await.assert_ok()
            };
            join_all((0..4).map(|_| send())).await;
            // And once more, much later.
            let late = send().await.json();
            let post = shared(app).await;
            assert_eq!(late["location"], urls::post(post));
            assert_eq!(app.rows_in("posts").await, round + 1);
            assert_eq!(app.images_of(post).await.len(), 2);
        }
        assert_eq!(app.rows_in("images").await, 8, "nothing is left of the others");

        // Two posts want the same photo: one of them gets it.
        let id = ahead(&ada, &pictures::small()).await;
        let json = ada.json();
        let fields = [("photo_id", id.as_str())];
        let answers = join_all((0..4).map(|_| json.post(urls::NEW_POST, &fields))).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422, 422, 422]);
    });
}

#[test]
fn what_nobody_shares_is_swept_up_after_a_day() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let old = ahead(&ada, &pictures::small()).await;
        app.later(TimeDelta::hours(20));
        let young = ahead(&ada, &pictures::small()).await;
        let now = app.state.now();
        app.write(move |c| Sweep::schedule(c, now)).await;
        app.later(TimeDelta::hours(5));
        app.run_jobs().await;
        assert_eq!(app.numbers("SELECT id FROM images").await, [young.parse::<i64>().expect("a number")]);
        assert_eq!(app.stored_keys().await.len(), 2);
        let page = ada.visit(urls::new_post_with([&old, &young])).await.assert_ok();
        assert_eq!(page.attrs(".photo-slips .photo-slip", "data-photo"), [young.as_str()]);
        ada.json().post(urls::NEW_POST, &[("photo_id", &old)]).await.assert_refused();
    });
}

#[test]
fn twenty_photos_may_wait() {
    Setup::default().set("USER_QUOTA", "1MB").site(async |app| {
        let ada = app.signed_in("ada").await;
        let mut ids = Vec::new();
        for _ in 0..20 {
            ids.push(ahead(&ada, &pictures::small()).await);
        }
        let more = || Upload::default().file("photos", &pictures::small());
        let answer = ada.json().upload(urls::PHOTOS, more()).await.assert_refused().json();
        assert_eq!(answer["errors"]["photos"], words("photos-waiting", &[("limit", 20)]).as_str());
        for id in &ids[1..] {
            ada.json().post(urls::photo_delete(id), &[]).await.assert_status(204);
        }
        // Room that is used up by what waits is used up.
        let mut large = pictures::small();
        large.bytes.resize(600_000, 0);
        ahead(&ada, &large).await;
        let answer = ada.json().upload(urls::PHOTOS, Upload::default().file("photos", &large)).await.assert_refused().json();
        assert!(answer["errors"]["photos"].as_str().is_some_and(|words| words.contains("room")), "{answer}");
    });
}

#[test]
fn only_the_facts_that_are_kept_go_out() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let facts = async |post: PostId| {
            let sql = "SELECT COALESCE(camera, '-') || ' ' || COALESCE(CAST(taken_at AS TEXT), '-') || ' ' || COALESCE(place, '-')";
            app.texts(format!("{sql} FROM post_photos WHERE post_id = {post}")).await.remove(0)
        };
        // Nothing, unless somebody says so.
        let post = app.share(&ada, &[pictures::telling()], "").await;
        assert_eq!(facts(post).await, "- - -");
        let upload = Upload::default().file("photos", &pictures::telling()).text("keep", "camera").text("keep", "everything");
        ada.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
        assert_eq!(facts(shared(app).await).await, format!("{CAMERA} - -"));

        // As little as was said: a day, and about a kilometre. A photo that came ahead does not differ.
        let id = ahead(&ada, &pictures::telling()).await;
        let fields = [("photo_id", id.as_str()), ("keep", "date"), ("keep", "place")];
        ada.post(urls::NEW_POST, &fields).await.assert_redirect(urls::HOME);
        let post = shared(app).await;
        let told = facts(post).await;
        assert!(told.starts_with("- 2026-05-03 00:00:00") && told.ends_with(" 37.57,126.98"), "{told}");
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        for size in ["thumbnail", "512"] {
            // Looks for the camera's name and for any block of metadata.
            decode_published(&ada.visit(image.address(size)).await.assert_ok().body);
        }
        let kept = app.texts(format!("SELECT place FROM images WHERE id = {}", image.id)).await;
        assert_eq!(kept, [TOLD_PLACE], "its owner has all of it");
    });
}

#[test]
fn tags_and_people_are_offered_while_one_types() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        for name in ["minho", "mi_na", "milo"] {
            app.member(name).await;
        }
        for caption in ["#sea", "#seaside", "#seaside #seoul", "#SEA #summit", "#seaside"] {
            app.share_any(&mina, caption).await;
        }
        let hidden = Upload::default().file("photos", &pictures::small()).text("caption", "#secret").text("audience", "followers");
        mina.upload(urls::NEW_POST, hidden).await.assert_redirect(urls::HOME);
        let offered = async |browser: &Browser, word: &str| {
            let page = browser.htmx().visit(format!("/suggest?q={}", word.replace('#', "%23"))).await.assert_ok();
            page.attrs("[role=listbox] [role=option]", "data-word")
        };
        assert_eq!(offered(&ada, "#Se").await, ["#seaside", "#sea", "#seoul"]);
        assert_eq!(offered(&mina, "#sec").await, ["#secret"]);
        assert_eq!(offered(&ada, "#sec").await, [] as [&str; 0]);
        for nothing in ["#", "@", "sea", "#%25", "@_", "#a%20b", ""] {
            assert_eq!(offered(&ada, nothing).await, [] as [&str; 0], "{nothing}");
        }
        // Those one follows first; nobody by a name that is not theirs any more, nobody one blocks.
        let (me, minho, milo) = (app.id_of("ada").await, app.id_of("minho").await, app.id_of("milo").await);
        assert_eq!(offered(&ada, "@mi").await.len(), 4);
        app.write(move |c| picstargram::audience::Follow::add(c, me, minho)).await;
        app.execute(format!("INSERT INTO blocks (blocker_id, blocked_id, id) VALUES ({milo}, {me}, 1)")).await;
        mina.post(urls::SETTINGS_PROFILE, &[("username", "grace")]).await.assert_redirect(urls::profile("grace"));
        assert_eq!(offered(&ada, "@Mi").await, ["@minho", "@mi_na"]);
        assert_eq!(offered(&ada, "@mi_").await, ["@mi_na"], "an underscore is no wildcard");
        assert_eq!(ada.json().visit("/suggest?q=@gr").await.assert_ok().json()["suggestions"], serde_json::json!(["@grace"]));
        app.visitor().visit("/suggest?q=@mi").await.assert_status(303);
    });
}

#[test]
fn photos_change_their_order_and_keep_their_words_and_facts() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let upload = Upload::default().file("photos", &pictures::jpeg(61, 40)).file("photos", &pictures::telling());
        let upload = upload.text("alt", "one").text("alt", "two").text("keep", "place").text("caption", "Two");
        ada.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
        let post = shared(app).await;
        let ids: Vec<String> = app.images_of(post).await.iter().map(|image| image.id.to_string()).collect();
        let edited = async || app.number(format!("SELECT count(*) FROM posts WHERE id = {post} AND edited_at IS NOT NULL")).await == 1;

        // Without script a button moves one, and nothing is saved yet.
        let typed =
            [("caption", "Typed"), ("photo_id", &ids[0]), ("alt", "first"), ("photo_id", &ids[1]), ("alt", "second"), ("later", &ids[0])];
        let page = ada.post(urls::post_edit(post), &typed).await.assert_ok();
        assert_eq!(page.attrs("[data-order] input[name=photo_id]", "value"), [ids[1].as_str(), ids[0].as_str()]);
        assert_eq!(page.texts("[data-order] textarea"), ["second", "first"]);
        assert_eq!(page.value("caption"), "Typed");
        assert!(page.has("[data-order] li:first-child [name=earlier][disabled]"));
        assert!(!edited().await);

        // Nothing that is not its own, nothing missing.
        for wrong in [vec![ids[0].as_str()], vec![ids[0].as_str(), &ids[0]], vec![ids[0].as_str(), "1"]] {
            let fields: Vec<(&str, &str)> = wrong.into_iter().map(|id| ("photo_id", id)).collect();
            let answer = ada.json().post(urls::post_edit(post), &fields).await.assert_refused().json();
            assert_eq!(answer["errors"]["photos"], words("photos-changed", &[]).as_str());
        }
        assert_eq!(photos(app, post).await, ["61 one", "640 two"]);

        let turned = [("photo_id", ids[1].as_str()), ("alt", "two"), ("photo_id", &ids[0]), ("alt", "one")];
        ada.post(urls::post_edit(post), &turned).await.assert_redirect(urls::post(post));
        assert_eq!(photos(app, post).await, ["640 two", "61 one"]);
        assert!(edited().await);
        assert_eq!(app.texts(format!("SELECT place FROM post_photos WHERE post_id = {post} AND position = 0")).await, ["37.57,126.98"]);
        assert!(ada.visit(urls::post(post)).await.text(".caption").contains("Two"), "an absent caption is kept");

        // What was told can be taken back; what was not told cannot be added, by an administrator least of all.
        assert!(ada.visit(urls::post_edit(post)).await.has("input[name=keep][value=place][checked]"));
        let admin = app.admin("root").await;
        let all = [("keep", "place"), ("keep", "camera"), ("keep", "date")];
        admin.post(urls::post_edit(post), &all).await.assert_redirect(urls::post(post));
        let told = format!("SELECT count(place) + 10 * count(camera) + 100 * count(taken_at) FROM post_photos WHERE post_id = {post}");
        assert_eq!(app.number(told.clone()).await, 1);
        ada.post(urls::post_edit(post), &[("keep", "")]).await.assert_redirect(urls::post(post));
        assert_eq!(app.number(told).await, 0);
    });
}

#[test]
fn who_may_see_a_post_can_change_and_is_no_edit() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "Open").await;
        let visitor = app.visitor();
        let state = async || {
            let flags = "CASE WHEN followers_only THEN 'f' ELSE '-' END || CASE WHEN comments_off THEN 'c' ELSE '-' END \
                         || CASE WHEN is_open THEN 'o' ELSE '-' END || CASE WHEN edited_at IS NULL THEN '-' ELSE 'e' END";
            app.texts(format!("SELECT {flags} FROM posts WHERE id = {post}")).await.remove(0)
        };
        let save = async |fields: &[(&str, &str)]| {
            ada.post(urls::post_edit(post), fields).await.assert_redirect(urls::post(post));
            state().await
        };
        assert_eq!(save(&[("audience", "followers")]).await, "f---");
        visitor.visit(urls::post(post)).await.assert_not_found();
        let form = ada.visit(urls::post_edit(post)).await;
        assert_eq!(form.attr("#audience option[selected]", "value"), "followers");
        // Absent is kept; the box that is not ticked says nothing, so the form says "on" first.
        assert_eq!(save(&[("comments", "on"), ("comments", "off")]).await, "fc--");
        assert_eq!(save(&[("caption", "Open")]).await, "fc--");
        assert_eq!(save(&[("audience", "everyone"), ("comments", "on")]).await, "--o-");
        visitor.visit(urls::post(post)).await.assert_ok();
        assert_eq!(save(&[("caption", "Other words")]).await, "--oe");
        ada.post(urls::post_edit(post), &[("audience", "some")]).await.assert_status(400);

        // Never opened for everyone: what is archived, and what a private account shares.
        app.execute(format!("UPDATE posts SET archived_at = created_at, is_open = FALSE WHERE id = {post}")).await;
        save(&[("audience", "followers")]).await;
        assert_eq!(save(&[("audience", "everyone")]).await, "---e");
        app.execute(format!("UPDATE posts SET archived_at = NULL WHERE id = {post}")).await;
        app.execute("UPDATE users SET private = TRUE").await;
        save(&[("audience", "followers")]).await;
        assert_eq!(save(&[("audience", "everyone")]).await, "---e");
    });
}
