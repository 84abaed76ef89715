//! Taking everything along, bringing it back, and leaving.

use crate::support::factories::PASSWORD;
use crate::support::{Browser, Page, Picture, Setup, TestApp, Upload, pictures, program, site, source, words};
use chrono::TimeDelta;
use picstargram::takeout::jobs::Tidy;
use picstargram::urls;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Makes a copy through the front door and fetches it.
async fn take_out(app: &TestApp, browser: &Browser) -> Vec<u8> {
    browser.post(urls::SETTINGS_EXPORT, &[]).await.assert_redirect(urls::SETTINGS_EXPORT);
    app.run_jobs().await;
    browser.visit(urls::SETTINGS_EXPORT_FILE).await.assert_ok().body
}

fn open(zip: &[u8]) -> ZipArchive<Cursor<Vec<u8>>> {
    ZipArchive::new(Cursor::new(zip.to_vec())).expect("a ZIP")
}

fn file(zip: &[u8], name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    open(zip).by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_end(&mut bytes).expect("it unpacks");
    bytes
}

fn document(zip: &[u8]) -> Value {
    serde_json::from_slice(&file(zip, "picstargram.json")).expect("a document")
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file begins");
        zip.write_all(bytes).expect("it is written");
    }
    zip.finish().expect("a ZIP").into_inner()
}

/// A copy as another site would have made it.
pub fn copy_with(posts: Value, photos: &[(&str, &[u8])]) -> Vec<u8> {
    // It says what it is at its beginning.
    let head = "\"format\":\"picstargram-takeout\",\"version\":1,\"site\":\"https://a.example\"";
    let document = format!("{{{head},\"posts\":{posts},\"comments\":[]}}");
    zip_of(&photos.iter().copied().chain([("picstargram.json", document.as_bytes())]).collect::<Vec<_>>())
}

async fn bring(browser: &Browser, zip: &[u8]) -> Page {
    let file = Picture::new("copy.zip", "application/zip", zip.to_vec());
    browser.upload(urls::SETTINGS_IMPORT, Upload::default().file("file", &file)).await
}

/// Brings a file, has it looked through, and says yes.
async fn bring_all(app: &TestApp, browser: &Browser, zip: &[u8]) -> Page {
    bring(browser, zip).await.assert_redirect(urls::SETTINGS_IMPORT);
    app.run_jobs().await;
    browser.post(urls::SETTINGS_IMPORT_START, &[]).await.assert_redirect(urls::SETTINGS_IMPORT);
    app.run_jobs().await;
    browser.visit(urls::SETTINGS_IMPORT).await.assert_ok()
}

fn lines(page: &Page) -> Vec<String> {
    page.texts(".row-list .dot-list")
}

async fn comment(browser: &Browser, post: impl std::fmt::Display + Copy, body: &str, parent: &str) {
    browser.post(urls::post_comments(post), &[("body", body), ("parent_id", parent)]).await.assert_status(303);
}

#[test]
fn a_copy_holds_everything_of_ones_own_and_opens_from_the_file() {
    Setup::default().with_mail().site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.follow("ada", "mina").await;
        let photo = pictures::portrait();
        let upload = Upload::default().file("photos", &photo).file("photos", &pictures::small());
        let upload = upload.text("alt", "A hill <at> dawn").text("alt", "").text("caption", "Up early #hill & <b>\nsecond line");
        ada.upload(urls::NEW_POST, upload.text("keep", "camera")).await.assert_redirect(urls::HOME);
        let post = app.newest_post().await.expect("a post");
        let second = app.share_any(&ada, "Later").await;
        let hers = app.share_any(&mina, "By mina").await;
        comment(&ada, post, "Cold it was", "").await;
        comment(&mina, post, "Lovely", "").await;
        comment(&ada, hers, "Where is this?", "").await;
        ada.post(urls::post_save(hers), &[("saved", "true")]).await.assert_status(303);
        mina.post(urls::post_like(post), &[("liked", "true")]).await.assert_status(303);
        app.run_jobs().await;

        ada.post(urls::SETTINGS_EXPORT, &[]).await.assert_redirect(urls::SETTINGS_EXPORT);
        let waiting = ada.visit(urls::SETTINGS_EXPORT).await;
        assert!(waiting.has("#copy[hx-get] progress"), "how far it is, asked for again and again");
        ada.visit(urls::SETTINGS_EXPORT_FILE).await.assert_not_found();
        app.run_jobs().await;
        let piece = ada.htmx().visit(urls::SETTINGS_EXPORT).await.assert_ok();
        assert!(piece.has(&format!("#copy a[href='{}']", urls::SETTINGS_EXPORT_FILE)) && !piece.has("html [hx-get]"));
        let mail = app.mail_to("ada@example.org").await;
        assert!(mail.text.contains(urls::SETTINGS_EXPORT), "{}", mail.text);

        let answer = ada.visit(urls::SETTINGS_EXPORT_FILE).await.assert_ok();
        assert_eq!(answer.header("content-type"), Some("application/zip"));
        let name = answer.header("content-disposition").expect("a file").to_owned();
        assert!(name.starts_with("attachment; filename=\"picstargram-ada-") && name.contains("filename*=UTF-8''"), "{name}");
        assert!(answer.header("cache-control").is_some_and(|cache| cache.contains("no-store")));

        let zip = answer.body;
        let told = document(&zip);
        assert_eq!((told["format"].as_str(), told["version"].as_i64()), (Some("picstargram-takeout"), Some(1)));
        assert_eq!(told["profile"]["username"], "ada");
        assert_eq!(told["following"], json!(["mina"]));
        assert_eq!(told["saved"], json!([format!("{}{}", app.url, urls::post(hers))]));
        assert_eq!(told["comments"][0]["body"], "Where is this?");
        assert_eq!(told["posts"].as_array().map(Vec::len), Some(2));
        assert_eq!(told["posts"][0]["id"], second.to_string(), "newest first");
        let older = &told["posts"][1];
        assert_eq!((older["likes"].as_i64(), older["caption"].as_str()), (Some(1), Some("Up early #hill & <b>\nsecond line")));
        assert_eq!(older["comments"].as_array().map(Vec::len), Some(1), "others' words are theirs");
        assert_eq!(older["photos"][0]["alt"], "A hill <at> dawn");
        assert_eq!(older["photos"][0]["camera"], pictures::CAMERA);
        assert_eq!(older["photos"][0]["place"], Value::Null, "what was not shared stays in the original");
        assert_eq!(file(&zip, older["photos"][0]["file"].as_str().expect("a file")), photo.bytes, "the original, byte for byte");
        let index = String::from_utf8(file(&zip, "index.html")).expect("text");
        assert!(index.contains("Up early #hill &#38; &#60;b&#62;") && index.contains("Cold it was") && !index.contains("Lovely"));
        assert!(index.contains("pictures/0002-1.webp") && index.contains("photos/0002-1.jpg") && !index.contains("<script"));
        assert_eq!(file(&zip, "pictures/0002-1.webp")[8..12], *b"WEBP");
    });
}

#[test]
fn a_copy_is_for_its_owner_alone_who_has_just_proven_who_they_are_and_for_a_week() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        app.share_any(&ada, "One").await;
        take_out(app, &ada).await;
        mina.visit(urls::SETTINGS_EXPORT_FILE).await.assert_not_found();
        app.visitor().visit(urls::SETTINGS_EXPORT_FILE).await.assert_sign_in(urls::SETTINGS_EXPORT_FILE);
        let again = ada.post(urls::SETTINGS_EXPORT, &[]).await;
        assert!(ada.follow(&again).await.says("flash-export-too-soon"));
        assert_eq!(app.rows_in("exports").await, 1);

        app.later(TimeDelta::minutes(16));
        ada.visit(urls::SETTINGS_EXPORT_FILE).await.assert_redirect(urls::confirm_then(urls::SETTINGS_EXPORT));
        assert!(!ada.visit(urls::SETTINGS_EXPORT).await.has(&format!("a[href='{}']", urls::SETTINGS_EXPORT_FILE)));
        ada.post(urls::CONFIRM, &[("password", PASSWORD), ("next", urls::SETTINGS_EXPORT)]).await.assert_redirect(urls::SETTINGS_EXPORT);
        ada.visit(urls::SETTINGS_EXPORT_FILE).await.assert_ok();

        // A day later there may be another, and the first goes.
        app.later(TimeDelta::days(1));
        let now = app.state.now();
        app.write(move |c| Tidy::schedule(c, now)).await;
        let second = app.browser_of(app.id_of("ada").await).await;
        take_out(app, &second).await;
        assert_eq!(app.rows_in("exports").await, 1);
        assert_eq!(app.stored_keys().await.iter().filter(|key| key.starts_with("export/")).count(), 1);

        app.later(TimeDelta::days(8));
        app.run_jobs().await;
        app.run_jobs().await;
        assert!(app.stored_keys().await.iter().all(|key| !key.starts_with("export/")), "its time is over");
        app.browser_of(app.id_of("ada").await).await.visit(urls::SETTINGS_EXPORT_FILE).await.assert_not_found();
    });
}

#[test]
fn a_copy_that_is_not_wanted_any_more_or_could_not_be_made_leaves_nothing() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "One").await;
        app.run_jobs().await;
        ada.post(urls::SETTINGS_EXPORT, &[]).await.assert_status(303);
        ada.post(urls::SETTINGS_EXPORT, &[]).await.assert_status(303);
        assert_eq!(app.rows_in("exports").await, 1, "one at a time");
        ada.post(urls::SETTINGS_EXPORT_CANCEL, &[]).await.assert_redirect(urls::SETTINGS_EXPORT);
        app.run_jobs().await;
        assert_eq!(app.rows_in("exports").await, 0);

        // A lost original is left out; the copy is made all the same.
        let image = app.images_of(post).await.remove(0);
        app.state.storage.delete(&image.original_key).await.expect("it goes");
        let zip = take_out(app, &ada).await;
        assert_eq!(document(&zip)["posts"][0]["photos"][0]["file"], Value::Null);
        let photo = pictures::small();
        let kind = picstargram::platform::storage::Kind { media_type: "image/jpeg", public: false };
        app.state.storage.put(&image.original_key, photo.bytes.into(), kind).await.expect("it is back");
    });
}

#[test]
fn a_copy_brought_to_another_site_makes_the_same_posts_once() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        app.member("mina").await;
        let photos = [pictures::jpeg(120, 90), pictures::portrait()];
        let upload = photos.iter().fold(Upload::default(), |upload, photo| upload.file("photos", photo));
        let upload = upload.text("alt", "First").text("alt", "Second").text("caption", "Three days @mina #sea");
        ada.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
        let first = app.newest_post().await.expect("a post");
        comment(&ada, first, "My own word", "").await;
        let said = app.number("SELECT id FROM comments").await.to_string();
        comment(&ada, first, "And an answer", &said).await;
        let second = app.share_any(&ada, "For followers").await;
        ada.post(urls::post_edit(second), &[("caption", "For followers"), ("alt", ""), ("audience", "followers")]).await.assert_status(303);
        let third = app.share_any(&ada, "Put away").await;
        ada.post(urls::post_archive(third), &[("archived", "true")]).await.assert_status(303);
        app.run_jobs().await;
        let zip = take_out(app, &ada).await;
        let dates = app.texts("SELECT created_at FROM posts ORDER BY id").await;
        let audience = app.numbers("SELECT CASE WHEN followers_only THEN 1 ELSE 0 END FROM posts ORDER BY id").await;

        // On the very same site everything is here.
        bring(&ada, &zip).await.assert_redirect(urls::SETTINGS_IMPORT);
        app.run_jobs().await;
        let page = ada.visit(urls::SETTINGS_IMPORT).await;
        assert!(lines(&page).iter().all(|line| line.contains(&words("import-item-here", &[]))), "{:?}", lines(&page));
        assert!(!page.has(&format!("form[action='{}']", urls::SETTINGS_IMPORT_START)), "there is nothing to bring");

        Setup::default()
            .tell(async |other| {
                let anna = other.signed_in("anna").await;
                let mina = other.signed_in("mina").await;
                bring(&anna, &zip).await.assert_redirect(urls::SETTINGS_IMPORT);
                assert!(anna.visit(urls::SETTINGS_IMPORT).await.has("#brought[hx-get] progress"));
                other.run_jobs().await;
                let page = anna.visit(urls::SETTINGS_IMPORT).await;
                assert_eq!(page.count(".row-list > li"), 5, "{}", page.html());
                assert!(lines(&page).iter().all(|line| line.contains(&words("import-item-new", &[]))), "{:?}", lines(&page));
                assert_eq!((other.rows_in("posts").await, other.rows_in("images").await), (0, 0), "a look makes nothing");

                anna.post(urls::SETTINGS_IMPORT_START, &[]).await.assert_redirect(urls::SETTINGS_IMPORT);
                other.run_jobs().await;
                let page = anna.visit(urls::SETTINGS_IMPORT).await;
                assert!(lines(&page).iter().all(|line| line.contains(&words("import-item-made", &[]))), "{:?}", lines(&page));
                assert_eq!(other.texts("SELECT created_at FROM posts ORDER BY id").await, dates, "in their order, at their times");
                let there = other.numbers("SELECT CASE WHEN followers_only THEN 1 ELSE 0 END FROM posts ORDER BY id").await;
                assert_eq!(there, audience);
                assert_eq!(
                    other.texts("SELECT alt FROM post_photos WHERE alt <> '' ORDER BY post_id, position").await,
                    ["First", "Second"]
                );
                assert_eq!(other.number("SELECT count(*) FROM posts WHERE archived_at IS NOT NULL").await, 1);
                assert_eq!(other.texts("SELECT body FROM comments ORDER BY id").await, ["My own word", "And an answer"]);
                assert_eq!(other.number("SELECT count(*) FROM comments WHERE parent_id IS NOT NULL").await, 1);
                assert_eq!(other.rows_in("notifications").await, 0, "nobody is told of what was long ago");
                let made = other.numbers("SELECT id FROM posts ORDER BY id LIMIT 1").await[0];
                let shown = mina.visit(urls::post(made)).await.assert_ok();
                assert!(
                    shown.has(&format!("a[href='{}']", urls::tag("sea"))) && shown.has(&format!("a[href='{}']", urls::profile("mina")))
                );
                assert!(shown.has("[alt='First']"));
                let images = other.images_of(made.into()).await;
                let original = other.state.storage.read(&images[0].original_key, 1_000_000).await.expect("the original");
                assert_eq!(original, photos[0].bytes);
                assert!(other.stored_keys().await.iter().all(|key| !key.starts_with("import/")), "the file is not kept");

                // Once more: nothing is made twice. What was deleted meanwhile comes back.
                anna.post(urls::post_delete(made), &[]).await.assert_status(303);
                other.purge().await;
                let page = bring_all(other, &anna, &zip).await;
                assert_eq!(other.rows_in("posts").await, 3);
                let made = lines(&page).iter().filter(|line| line.contains(&words("import-item-made", &[]))).count();
                assert_eq!(made, 3, "one post and its two comments: {:?}", lines(&page));
            })
            .await;
    });
}

#[test]
fn what_is_no_copy_is_refused_at_the_field() {
    Setup::default().set("MAX_IMPORT_BYTES", "1MB").site(async |app| {
        let ada = app.signed_in("ada").await;
        let whole = copy_with(json!([]), &[("photos/1.jpg", &pictures::small().bytes)]);
        let mut locked = whole.clone();
        // The flag that says "encrypted", in every head of the directory and of a file.
        for (mark, flags) in [(b"PK\x01\x02".as_slice(), 8), (b"PK\x03\x04".as_slice(), 6)] {
            for at in 0..locked.len() - 12 {
                if locked[at..].starts_with(mark) {
                    locked[at + flags] |= 1;
                }
            }
        }
        let mut newer = b"{\"format\":\"picstargram-takeout\",\"version\":9,\"posts\":[]}".to_vec();
        newer = zip_of(&[("picstargram.json", &newer)]);
        let zeros = vec![0_u8; 90_000_000];
        let cases: [(&str, Vec<u8>); 8] = [
            ("import-no-zip", b"not a zip at all".to_vec()),
            ("import-no-zip", Vec::new()),
            ("import-no-zip", whole[..whole.len() - 30].to_vec()),
            ("import-not-ours", zip_of(&[("holiday/1.jpg", &pictures::small().bytes)])),
            ("import-not-ours", newer),
            ("import-damaged", zip_of(&[("picstargram.json", b"{\"format\":\"picstargram-takeout\",\"version\":1,\"posts\":[{]")])),
            ("import-encrypted", locked),
            ("import-bomb", copy_with(json!([]), &[("photos/1.jpg", &zeros)])),
        ];
        for (key, bytes) in cases {
            let page = bring(&ada, &bytes).await.assert_refused();
            assert_eq!(page.errors().get("file"), Some(&words(key, &[])), "{} bytes", bytes.len());
        }
        let page = bring(&ada, &vec![7; 1_100_000]).await.assert_status(413);
        assert!(page.errors().contains_key("file"));
        let nothing = Upload::default().nothing("file");
        let page = ada.upload(urls::SETTINGS_IMPORT, nothing).await;
        assert!(page.status == 422 || page.status == 429, "{}", page.status);
        assert_eq!((app.rows_in("imports").await, app.stored_keys().await.len()), (0, 0));
    });
}

#[test]
fn what_cannot_be_brought_says_why_and_the_rest_comes() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = |id: &str, photos: Value| {
            json!({ "id": id, "created_at": "2026-02-03T04:05:06Z", "audience": "everyone", "caption": id, "photos": photos,
                    "comments": [{ "id": format!("{id}c"), "created_at": "2026-02-03T05:00:00Z", "body": "hm" }] })
        };
        let of = |file: &str| json!([{ "file": file, "alt": "" }]);
        let mut future = post("future", of("photos/1.jpg"));
        future["created_at"] = json!("2999-01-01T00:00:00Z");
        let many: Vec<Value> = (0..30).map(|_| json!({ "file": "photos/1.jpg" })).collect();
        let posts = json!([
            post("good", of("photos/1.jpg")),
            post("twice", of("photos/1.jpg")),
            post("missing", of("photos/none.jpg")),
            post("outside", of("../../../etc/passwd")),
            post("no picture", of("photos/2.jpg")),
            post("nothing", json!([])),
            post("lost", json!([{ "file": null }])),
            post("many", json!(many)),
            future,
            post("other", of("photos/3.jpg")),
        ]);
        let small = pictures::small().bytes;
        let nested = zip_of(&[("photos/1.jpg", &small)]);
        let files: [(&str, &[u8]); 4] =
            [("photos/1.jpg", &small), ("photos/2.jpg", &nested), ("photos/3.jpg", &small), ("../../escaped.txt", b"x")];
        let page = bring_all(app, &ada, &copy_with(posts, &files)).await;
        let text = lines(&page).join("\n");
        let made = lines(&page).iter().filter(|line| line.contains(&words("import-item-made", &[]))).count();
        assert_eq!(made, 4, "{text}");
        for key in [
            "import-photo-twice",
            "import-photo-missing",
            "photo-not-a-picture",
            "photos-needed",
            "import-date",
            "import-comment-without-post",
        ] {
            assert!(text.contains(&words(key, &[])), "{key}: {text}");
        }
        assert_eq!(app.texts("SELECT caption FROM posts ORDER BY caption").await, ["good", "other"]);
        let only = ada.visit(format!("{}?only=cannot", urls::SETTINGS_IMPORT)).await;
        assert_eq!(lines(&only).len(), 16);
        assert!(!app.data_dir.join("escaped.txt").exists() && !app.data_dir.parent().expect("a folder").join("escaped.txt").exists());
    });
}

#[test]
fn an_import_can_be_discarded_and_one_goes_at_a_time() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let zip = copy_with(json!([]), &[]);
        bring(&ada, &zip).await.assert_redirect(urls::SETTINGS_IMPORT);
        let second = bring(&ada, &zip).await;
        assert!(ada.follow(&second).await.says("flash-import-under-way"));
        mina.post(urls::SETTINGS_IMPORT_CANCEL, &[]).await.assert_status(303);
        assert_eq!(app.rows_in("imports").await, 1, "not hers to discard");
        ada.post(urls::SETTINGS_IMPORT_CANCEL, &[]).await.assert_redirect(urls::SETTINGS_IMPORT);
        app.run_jobs().await;
        assert_eq!(app.rows_in("imports").await, 0);
        // Nobody came back for this one.
        bring(&ada, &zip).await.assert_redirect(urls::SETTINGS_IMPORT);
        app.run_jobs().await;
        let now = app.state.now();
        app.write(move |c| Tidy::schedule(c, now)).await;
        app.later(TimeDelta::days(8));
        app.run_jobs().await;
        app.run_jobs().await;
        assert_eq!(app.rows_in("imports").await, 0);
    });
}

/// Every column of every table that could hold somebody's number.
fn number_columns() -> Vec<(String, String)> {
    let schema = source::files("src", &["rs"]).into_iter().find(|(name, _)| name == "schema.rs").expect("schema.rs").1;
    let (mut table, mut found) = (String::new(), Vec::new());
    for line in schema.lines().map(str::trim) {
        if let Some((name, rest)) = line.split_once(" (") {
            if rest.ends_with(") {") {
                table = name.to_owned();
            }
        } else if let Some((column, kind)) = line.split_once(" -> ")
            && matches!(kind.trim_end_matches(','), "BigInt" | "Nullable<BigInt>")
        {
            found.push((table.clone(), column.to_owned()));
        }
    }
    assert!(found.len() > 50, "the tables were read");
    found
}

async fn leave(browser: &Browser, name: &str) -> Page {
    browser.post(urls::SETTINGS_DELETE, &[("username", name)]).await
}

#[test]
fn whoever_leaves_takes_everything_along_and_leaves_no_name_behind() {
    Setup::default().with_mail().site(async |app| {
        let (ada, mina, otto) = (app.signed_in("ada").await, app.signed_in("mina").await, app.signed_in("otto").await);
        let id = app.id_of("ada").await;
        ada.upload(urls::SETTINGS_PROFILE, Upload::default().file("avatar", &pictures::small())).await.assert_status(303);
        let own = app.share(&ada, &[pictures::jpeg(1030, 60), pictures::small()], "Mine @mina #own").await;
        let archived = app.share_any(&ada, "Archived").await;
        ada.post(urls::post_archive(archived), &[("archived", "true")]).await.assert_status(303);
        ada.upload(urls::PHOTOS, Upload::default().file("photos", &pictures::small())).await.assert_status(303);
        let hers = app.share_any(&mina, "By mina").await;
        let said = async |browser: &Browser, body: &str, parent: &str| {
            comment(browser, hers, body, parent).await;
            app.number("SELECT id FROM comments ORDER BY id DESC LIMIT 1").await.to_string()
        };
        let answered = said(&ada, "Where is this?", "").await;
        let reply = said(&mina, "At the sea", &answered).await;
        let mine = said(&mina, "Anybody?", "").await;
        said(&ada, "Me", &mine).await;
        let alone = said(&ada, "Talking to myself", "").await;
        said(&ada, "Yes", &alone).await;
        said(&ada, "Never answered", "").await;
        comment(&mina, own, "On a post that goes", "").await;
        for (path, fields) in [
            (urls::post_like(hers), vec![("liked", "true")]),
            (urls::post_save(hers), vec![("saved", "true")]),
            (urls::comment_reactions(&reply), vec![("emoji", "❤️"), ("on", "true")]),
            (urls::comment_reactions(&mine), vec![("emoji", "👏"), ("on", "true")]),
            (urls::comment_reactions(&mine), vec![("emoji", "😂"), ("on", "true")]),
            (urls::follow("mina"), vec![("following", "true")]),
            (urls::mute("mina"), vec![("muted", "true")]),
            (urls::block("otto"), vec![("blocked", "true")]),
        ] {
            ada.post(path, &fields).await.assert_status(303);
        }
        mina.post(urls::follow("ada"), &[("following", "true")]).await.assert_status(303);
        mina.post(urls::post_like(own), &[("liked", "true")]).await.assert_status(303);
        otto.visit(urls::HOME).await.assert_ok();
        app.run_jobs().await;
        take_out(app, &ada).await;
        bring(&ada, &copy_with(json!([]), &[])).await.assert_status(303);
        app.run_jobs().await;

        leave(&ada, "mina").await.assert_refused();
        let page = leave(&ada, "").await.assert_refused();
        assert!(page.errors().contains_key("username"));
        assert_eq!(app.number("SELECT count(*) FROM users WHERE delete_at IS NOT NULL").await, 0);
        leave(&ada, " Ada ").await.assert_redirect(urls::HOME);
        assert!(!ada.is_signed_in().await);
        assert!(app.mail_to("ada@example.org").await.text.contains("Until then signing in stops it"));

        // Meanwhile nobody finds them.
        for path in [urls::profile("ada"), urls::post(own), urls::post_likes(own)] {
            mina.visit(path).await.assert_not_found();
        }
        for path in [urls::HOME.to_owned(), urls::EXPLORE.to_owned(), urls::tag("own"), urls::search("ada"), urls::followers("mina")] {
            let page = mina.visit(&path).await.assert_ok();
            assert!(!page.html().contains(&urls::profile("ada")), "{path}");
        }
        assert!(!mina.visit(urls::post(hers)).await.html().contains("Never answered"));

        // A change of mind.
        app.later(TimeDelta::days(13));
        let back = app.visitor();
        let landed = back.post(urls::SIGN_IN, &[("username", "ada"), ("password", PASSWORD)]).await;
        assert!(back.follow(&landed).await.says("flash-account-kept"));
        app.later(TimeDelta::days(3));
        app.run_jobs().await;
        assert_eq!(app.number("SELECT count(*) FROM users WHERE username = 'ada'").await, 1);
        mina.visit(urls::post(own)).await.assert_ok();

        let ada = app.browser_of(id).await;
        leave(&ada, "ada").await.assert_redirect(urls::HOME);
        app.later(TimeDelta::days(13));
        app.run_jobs().await;
        assert_eq!(app.number("SELECT count(*) FROM users WHERE username = 'ada'").await, 1, "not before its time");
        app.later(TimeDelta::days(2));
        app.run_jobs().await;
        app.run_jobs().await;

        for (table, column) in number_columns() {
            let there = app.number(format!("SELECT count(*) FROM {table} WHERE {column} = {id}")).await;
            assert_eq!(there, 0, "{table}.{column}");
        }
        assert_eq!(app.number(format!("SELECT count(*) FROM post_views WHERE viewer = '{id}'")).await, 0);
        let images = app.images_of(hers).await;
        let stored: BTreeSet<String> = app.stored_keys().await.into_iter().collect();
        assert!(stored.iter().all(|key| key.contains(&images[0].uuid) || *key == images[0].original_key), "{stored:?}");

        let post = mina.visit(urls::post(hers)).await.assert_ok();
        assert!(post.says("comment-by-nobody") && post.html().contains("At the sea") && post.html().contains("Anybody?"));
        for gone in ["Where is this?", "Me", "Talking to myself", "Yes", "Never answered"] {
            assert!(!post.texts(".comment-body").contains(&gone.to_owned()), "{gone}");
        }
        assert!(!post.has(&format!("a[href='{}']", urls::profile("deleted"))), "nobody has no page");
        for path in [urls::profile("ada"), urls::profile("deleted"), urls::post(own)] {
            mina.visit(path).await.assert_not_found();
        }
        assert!(!mina.visit(urls::search("deleted")).await.html().contains("@deleted"));
        assert!(!mina.visit(urls::PEOPLE).await.html().contains("deleted"));
        assert!(app.mails().await.iter().any(|mail| mail.to == "ada@example.org" && mail.text.contains("Everything of yours is gone")));

        // The name is free again.
        let new = app.visitor();
        let password = "a sentence nobody else uses";
        let fields = [("username", "ada"), ("email", "ada@example.org"), ("password", password), ("password_again", password)];
        new.post(urls::SIGN_UP, &fields).await.assert_status(303);
        assert!(new.visit(urls::profile("ada")).await.assert_ok().texts(".tile").is_empty());
    });
}

#[test]
fn leaving_asks_who_one_is_and_the_last_administrator_stays() {
    site(async |app| {
        let grace = app.admin("grace").await;
        let page = leave(&grace, "grace").await.assert_refused();
        assert_eq!(page.errors().get("username"), Some(&words("leave-last-administrator", &[])));
        let linus = app.admin("linus").await;
        leave(&grace, "grace").await.assert_redirect(urls::HOME);
        leave(&linus, "linus").await.assert_refused();

        let ada = app.signed_in("ada").await;
        app.later(TimeDelta::minutes(16));
        ada.visit(urls::SETTINGS_DELETE).await.assert_redirect(urls::confirm_then(urls::SETTINGS_DELETE));
        leave(&ada, "ada").await.assert_status(303);
        assert_eq!(app.number("SELECT count(*) FROM users WHERE delete_at IS NOT NULL").await, 1);
        // A deletion whose job was lost is found again.
        app.execute("DELETE FROM jobs").await;
        let now = app.state.now();
        app.write(move |c| Tidy::schedule(c, now)).await;
        app.later(TimeDelta::days(15));
        app.run_jobs().await;
        assert_eq!(app.number("SELECT count(*) FROM users WHERE username = 'grace'").await, 0);
    });
}

#[test]
fn the_operator_can_do_both_from_the_command_line() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        app.share_any(&ada, "From the server").await;
        app.run_jobs().await;
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("ada.zip").display().to_string();
        let run = async |arguments: &[&str]| {
            let output = program::output(program::command(folder.path(), &app.environment, arguments), "").await;
            (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
        };
        let (code, text) = run(&["export", "ada", "--to", &target]).await;
        assert_eq!(code, Some(0), "{text}");
        assert_eq!(document(&std::fs::read(&target).expect("the file"))["posts"][0]["caption"], "From the server");
        let (code, text) = run(&["export", "ada", "--to", &target]).await;
        assert_eq!(code, Some(1), "what is there stays: {text}");

        // For somebody else of this very site it is a stranger's.
        app.member("mina").await;
        let (code, text) = run(&["import", "mina", &target, "--dry-run"]).await;
        assert!(code == Some(0) && text.contains("1 new"), "{text}");
        assert_eq!((app.rows_in("posts").await, app.rows_in("imports").await), (1, 0));
        let (code, text) = run(&["import", "mina", &target]).await;
        assert!(code == Some(0) && text.contains("1 brought here"), "{text}");
        let (code, text) = run(&["import", "mina", &target]).await;
        assert!(code == Some(0) && text.contains("1 already here"), "{text}");
        assert_eq!(app.rows_in("posts").await, 2);
        let (code, text) = run(&["import", "nobody", &target]).await;
        assert!(code == Some(2) && text.contains("nobody here is called nobody"), "{text}");
    });
}
