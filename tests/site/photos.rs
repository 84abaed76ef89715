//! Photos from the form to the store and out of it again: what is made of them, what is refused, and what is left when something
//! goes wrong in between.

use crate::support::factories::StoredImage;
use crate::support::pictures::{self, BLUE, Decoded, PORTRAIT_CORNERS, RED, decode_published, near};
use crate::support::program::until;
use crate::support::{Browser, Picture, Setup, TestApp, Upload, site, words};
use bytes::Bytes;
use chrono::TimeDelta;
use picstargram::media::upload::{self, Content, File};
use picstargram::media::{self, Group};
use picstargram::platform::jobs;
use picstargram::platform::storage::Kind;
use picstargram::urls;
use std::io::Write;
use std::time::Duration;

/// One size as the site serves it.
async fn published(browser: &Browser, image: &StoredImage, size: &str) -> Decoded {
    let file = browser.visit(image.address(size)).await.assert_ok();
    assert_eq!(file.header("content-type"), Some("image/webp"));
    decode_published(&file.body)
}

/// The sizes in the store, by name, sorted.
async fn stored_sizes(app: &TestApp, image: &StoredImage) -> Vec<String> {
    let start = format!("{}/{}_", image.group, image.uuid);
    let keys = app.stored_keys().await;
    keys.iter().filter_map(|key| Some(key.strip_prefix(&start)?.strip_suffix(".webp")?.to_owned())).collect()
}

/// Nothing of a refused upload is left: no row, no object, no file.
async fn assert_nothing_kept(app: &TestApp) {
    for table in ["posts", "post_photos", "images", "objects", "jobs"] {
        assert_eq!(app.rows_in(table).await, 0, "{table}");
    }
    assert_eq!(app.stored_keys().await, [] as [String; 0]);
}

#[test]
fn every_shape_gets_exactly_the_promised_sizes() {
    // What M1 promises, worked out by hand.
    type Sizes = &'static [(&'static str, (u32, u32))];
    let shapes: [(Picture, Sizes); 8] = [
        (pictures::jpeg(300, 200), &[("full", (300, 200)), ("thumbnail", (200, 200))]),
        (pictures::jpeg(512, 600), &[("full", (512, 600)), ("thumbnail", (500, 500))]),
        (pictures::webp(513, 100), &[("512", (512, 99)), ("thumbnail", (100, 100))]),
        (pictures::jpeg(1024, 10), &[("512", (512, 5)), ("thumbnail", (10, 10))]),
        (pictures::transparent_png(1025, 1), &[("1024", (1024, 1)), ("512", (512, 1)), ("thumbnail", (1, 1))]),
        (pictures::jpeg(2000, 1333), &[("1024", (1024, 682)), ("1920", (1920, 1279)), ("512", (512, 341)), ("thumbnail", (500, 500))]),
        // Turned by EXIF: 800 × 1200 as displayed.
        (pictures::portrait(), &[("512", (512, 768)), ("thumbnail", (500, 500))]),
        // WebP ends at 16,383 pixels.
        (pictures::jpeg(30, 17_000), &[("full", (28, 16_383)), ("thumbnail", (30, 30))]),
    ];
    site(async |app| {
        let ada = app.signed_in("ada").await;
        for (picture, sizes) in shapes {
            let post = app.share(&ada, std::slice::from_ref(&picture), "").await;
            app.run_jobs().await;
            let [image] = &app.images_of(post).await[..] else { panic!("one image") };
            let what = format!("{} {}×{}", image.format, image.width, image.height);
            assert_eq!(stored_sizes(app, image).await, sizes.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "{what}");
            let mut bytes = 0;
            for (name, wanted) in sizes {
                assert_eq!(published(&ada, image, name).await.size(), *wanted, "{what}, {name}");
                bytes += ada.visit(image.address(name)).await.body.len() as i64;
            }
            assert_eq!(image.variant_bytes, bytes, "{what}");
            assert_eq!(image.original_bytes, picture.bytes.len() as i64, "{what}");
            let widest = sizes.iter().filter(|(name, _)| *name != "thumbnail").max_by_key(|(_, (width, _))| *width);
            assert_eq!(image.largest, widest.expect("one more size").0, "{what}");
            assert_eq!((image.group.as_str(), image.state.as_str()), ("post", "ready"), "{what}");
            assert_eq!(image.file_name, picture.name, "{what}");
        }
    });
}

#[test]
fn the_thumbnail_is_stored_before_the_answer_and_the_rest_by_a_job() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(1200, 900)], "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        assert_eq!(image.state, "processing");
        let mut wanted = vec![image.original_key.clone(), image.key("thumbnail")];
        wanted.sort();
        assert_eq!(app.stored_keys().await, wanted);
        assert_eq!(published(&ada, image, "thumbnail").await.size(), (500, 500));
        ada.visit(image.address("1024")).await.assert_not_found();

        app.run_jobs().await;
        assert_eq!(stored_sizes(app, image).await, ["1024", "512", "thumbnail"]);
        let states: Vec<String> = app.ledger_of(image.id).await.into_iter().map(|(_, state)| state).collect();
        assert_eq!(states, ["stored"; 4]);
    });
}

#[test]
fn a_page_shows_how_far_a_photo_is_and_never_a_picture_that_is_not_there() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(1200, 900)], "By the lake").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        for path in [urls::HOME.to_owned(), urls::post(post)] {
            let page = ada.visit(&path).await.assert_ok();
            assert!(page.has(".picture.processing[aria-busy=true]"), "{path}");
            assert!(page.says("photo-processing"), "{path}");
            let pictures = page.attrs(".post-photos img", "src");
            assert_eq!(pictures, [image.placeholder.as_str()], "{path}: only the placeholder is there yet");
        }
        // The fragment that asks until it is ready.
        ada.visit(urls::post(post)).await;
        let asks = ada.htmx().visit(urls::post(post)).await.assert_ok();
        assert_eq!(asks.attr(".post-photos", "hx-get"), urls::post_photos(post, 1));
        let same = ada.htmx().visit(urls::post_photos(post, 1)).await;
        same.assert_status(204); // nothing is swapped while nothing has changed: a carousel stays where it is

        app.run_jobs().await;
        let ready = ada.htmx().visit(urls::post_photos(post, 1)).await.assert_ok();
        assert!(!ready.has("[hx-trigger]"), "it stops asking");
        let page = ada.visit(urls::HOME).await.assert_ok();
        let srcset = page.attr(".post-photos img[srcset]", "srcset");
        assert_eq!(srcset, format!("{} 512w, {} 1024w", image.address("512"), image.address("1024")));
        let sides = (page.attr(".post-photos img[srcset]", "width"), page.attr(".post-photos img[srcset]", "height"));
        assert_eq!(sides, ("1024".to_owned(), "768".to_owned()));
        assert!(page.has(".post-photos img[srcset][sizes]"));
        for address in srcset.split(", ").filter_map(|part| part.split(' ').next()) {
            ada.visit(address).await.assert_ok();
        }
    });
}

#[test]
fn ten_photos_keep_their_order_and_their_words() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let mut upload = Upload::default();
        for number in 1..=10_u32 {
            upload = upload.file("photos", &pictures::jpeg(40 + number, 30).named(&format!("{number}.jpg")));
        }
        for number in 1..=10 {
            upload = upload.text("alt", &format!("the photo with number {number}"));
        }
        ada.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
        app.run_jobs().await;
        let post = app.newest_post().await.expect("a post");
        let widths: Vec<i32> = app.images_of(post).await.iter().map(|image| image.width).collect();
        assert_eq!(widths, (41..=50).collect::<Vec<_>>());
        let page = ada.visit(urls::post(post)).await;
        let shown: Vec<String> = page.attrs(".post-photos img[srcset]", "alt");
        assert_eq!(shown, (1..=10).map(|number| format!("the photo with number {number}")).collect::<Vec<_>>());
    });
}

#[test]
fn a_phones_portrait_stands_upright_and_tells_nobody_where_it_was_taken() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::portrait()], "").await;
        app.run_jobs().await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        assert_eq!((image.width, image.height), (800, 1200));
        for size in ["thumbnail", "512"] {
            // `decode_published` looks for the camera's name and for any block of metadata.
            let corners = published(&ada, image, size).await.corners();
            for (seen, wanted) in corners.into_iter().zip(PORTRAIT_CORNERS) {
                assert!(near(seen, wanted), "{size}: {corners:?}");
            }
        }
        // The original keeps everything, where only its owner can get at it.
        let original = app.state.storage.read(&image.original_key, 10_000_000).await.expect("the original is kept");
        assert_eq!(original, pictures::portrait().bytes);
        assert!(!image.original_key.contains(&image.uuid), "the public address leads to the private one");
        ada.visit(format!("/media/{}", image.original_key)).await.assert_not_found();
    });
}

#[test]
fn transparency_and_movement_are_kept() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::transparent_png(700, 300), pictures::animated_gif(600, 400)], "").await;
        app.run_jobs().await;
        let [png, gif] = &app.images_of(post).await[..] else { panic!("two images") };
        for size in ["thumbnail", "512"] {
            let [left, right, ..] = published(&ada, png, size).await.corners();
            assert!(near(left, [200, 20, 20]) && right[3] == 0, "{size}: {left:?} {right:?}");
        }
        let moving = published(&ada, gif, "512").await;
        assert_eq!((moving.frames, moving.size()), (2, (512, 341)));
        let still = published(&ada, gif, "thumbnail").await;
        assert!(near(*still.pixels.get_pixel(9, 9), RED) && !near(*still.pixels.get_pixel(9, 9), BLUE));
    });
}

#[test]
fn what_cannot_be_shared_is_refused_at_its_place_and_nothing_is_kept() {
    let million = words("photo-too-large", &[("limit", 1)]);
    let mut heavy = pictures::jpeg(40, 30).named("heavy.jpg");
    heavy.bytes.resize(1_000_001, 0);
    let not_supported =
        picstargram::web::i18n::Message::new("photo-unsupported").with("what", "PDF").in_language(picstargram::web::i18n::Lang::En);
    let cases: Vec<(Picture, String, u16)> = vec![
        (pictures::truncated(), words("photo-damaged", &[]), 422),
        (pictures::svg(), words("photo-svg", &[]), 422),
        (pictures::text(), words("photo-not-a-picture", &[]), 422),
        (pictures::renamed_pdf(), not_supported, 422),
        (pictures::bomb(), words("photo-side-too-long", &[("limit", 20_000)]), 422),
        (pictures::empty(), words("photo-empty", &[]), 422),
        (heavy, million, 413),
    ];
    Setup::default().set("MAX_UPLOAD_BYTES", "1MB").site(async |app| {
        let ada = app.signed_in("ada").await;
        for (wrong, message, status) in &cases {
            let upload = Upload::default()
                .file("photos", &pictures::small())
                .file("photos", wrong)
                .text("caption", "Words that took long to find")
                .text("alt", "a small one")
                .text("alt", "the wrong one");
            let page = ada.upload(urls::NEW_POST, upload.clone()).await.assert_status(*status);
            let wanted = format!("{} ({}): {message}", words("photo-number", &[("n", 2)]), wrong.name);
            assert_eq!(page.photo_errors(), [wanted], "{}", wrong.name);
            assert_eq!(page.value("caption"), "Words that took long to find");
            assert_eq!(page.texts("textarea[name=alt]")[..2], ["a small one", "the wrong one"]);

            let answer = ada.json().upload(urls::NEW_POST, upload).await.assert_status(*status).json();
            assert_eq!(answer["errors"]["photos.1"], message.as_str(), "{}", wrong.name);
            assert_eq!(answer["status"], *status);
            assert_nothing_kept(app).await;
        }
    });
}

#[test]
fn every_problem_of_a_form_is_told_at_once() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let upload = Upload::default()
            .file("photos", &pictures::svg())
            .file("photos", &pictures::small())
            .file("photos", &pictures::text())
            .text("caption", &"가".repeat(2_201))
            .text("alt", "")
            .text("alt", &"x".repeat(1_001));
        let page = ada.upload(urls::NEW_POST, upload).await.assert_refused();
        assert_eq!(page.photo_errors().len(), 2);
        let errors = page.errors();
        assert_eq!(errors["caption"], words("caption-long", &[("limit", 2_200), ("count", 2_201)]));
        assert_eq!(errors["alt-2"], words("alt-long", &[("limit", 1_000), ("count", 1_001)]));
        assert_eq!(page.value("caption").chars().count(), 2_201);
        assert_nothing_kept(app).await;
    });
}

#[test]
fn no_photo_or_eleven_photos_are_refused() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        for upload in [Upload::default().text("caption", "only words"), Upload::default().nothing("photos").text("caption", "only words")] {
            let page = ada.upload(urls::NEW_POST, upload).await.assert_refused();
            assert_eq!(page.photo_errors(), [words("photos-needed", &[])]);
            assert_eq!(page.value("caption"), "only words");
        }
        let eleven = (0..11).fold(Upload::default(), |upload, _| upload.file("photos", &pictures::small()));
        let page = ada.upload(urls::NEW_POST, eleven).await.assert_refused();
        let errors = page.photo_errors();
        assert_eq!(errors[0], words("photos-too-many", &[("count", 11), ("limit", 10)]));
        assert!(errors[1].starts_with(&words("photo-number", &[("n", 11)])), "{errors:?}");
        assert_nothing_kept(app).await;
    });
}

#[test]
fn a_body_beyond_any_form_is_turned_away_unread() {
    Setup::default().set("MAX_UPLOAD_BYTES", "100k").site(async |app| {
        let ada = app.signed_in("ada").await;
        // Eleven photos of 100 kB and a million bytes of words are the most this form can mean.
        let flood = Picture::new("flood.jpg", "image/jpeg", vec![0; 2_200_000]);
        let page = ada.upload(urls::NEW_POST, Upload::default().file("photos", &flood)).await.assert_status(413);
        assert!(page.says("error-too-large-title"));
        assert_nothing_kept(app).await;
    });
}

#[test]
fn strangers_uploads_lead_to_the_sign_in() {
    site(async |app| {
        let visitor = app.visitor();
        visitor.visit(urls::NEW_POST).await.assert_sign_in(urls::NEW_POST);
        visitor.upload(urls::NEW_POST, Upload::default().file("photos", &pictures::small())).await.assert_sign_in(urls::HOME);
        assert_nothing_kept(app).await;
    });
}

#[test]
fn a_form_sent_twice_makes_one_post() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let key = ada.visit(urls::NEW_POST).await.value("post_key");
        let upload = || Upload::default().file("photos", &pictures::small()).text("post_key", &key).text("caption", "once");
        // A double click: both are on their way at the same time.
        let (one, two) = tokio::join!(ada.upload(urls::NEW_POST, upload()), ada.upload(urls::NEW_POST, upload()));
        let post = app.newest_post().await.expect("a post");
        for answer in [one, two] {
            let to = answer.assert_status(303).leads_to();
            assert!(to == urls::HOME || to == urls::post(post), "{to}");
        }
        // The answer got lost, and the browser sends it again.
        ada.upload(urls::NEW_POST, upload()).await.assert_redirect(urls::post(post));
        assert_eq!(app.rows_in("posts").await, 1);
        // Somebody else's key is their own.
        mina.upload(urls::NEW_POST, upload()).await.assert_redirect(urls::HOME);
        assert_eq!(app.rows_in("posts").await, 2);
        app.run_jobs().await;
        assert_eq!(app.rows_in("images").await, 2, "what the losing request had stored is gone");
    });
}

#[test]
fn an_upload_that_died_before_its_post_is_swept_up() {
    site(async |app| {
        let ada = app.member("ada").await;
        // What a request does until the moment its process is killed.
        let mut file = tempfile::NamedTempFile::new_in(app.state.spool()).expect("a spool file");
        file.write_all(&pictures::small().bytes).expect("a spool file");
        let content = Content::Spooled { path: file.into_temp_path(), bytes: pictures::small().bytes.len() as u64 };
        let files = vec![File { name: "lost.jpg".into(), content }];
        let looked = upload::look_at(&app.state, files, Group::Post).await.expect("it is looked at").expect("it is a photo");
        upload::store(&app.state, ada, looked).await.expect("it is stored");
        let now = app.state.now();
        app.write(move |c| media::jobs::Sweep::schedule(c, now)).await;
        assert_eq!(app.stored_keys().await.len(), 2);

        // And one that was killed before that.
        std::fs::write(app.state.spool().join("half a body"), b"half").expect("a spool file");

        app.later(TimeDelta::hours(23));
        assert_eq!(app.run_jobs().await, 1, "it looks every hour");
        assert_eq!(app.stored_keys().await.len(), 2, "an upload may take a while");
        assert!(app.state.spool().join("half a body").exists());

        app.later(TimeDelta::hours(2));
        app.run_jobs().await;
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
        assert_eq!((app.rows_in("images").await, app.rows_in("objects").await), (0, 0));
        assert_eq!(app.rows_in("jobs").await, 1, "the sweep comes back");
    });
}

#[test]
fn deleting_a_post_deletes_its_objects() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let kept = app.share_any(&ada, "stays").await;
        let gone = app.share(&ada, &[pictures::jpeg(600, 400), pictures::small()], "goes").await;
        app.run_jobs().await;
        let [image, _] = &app.images_of(gone).await[..] else { panic!("two images") };
        ada.post(urls::post_delete(gone), &[]).await.assert_redirect(urls::profile("ada"));
        app.purge().await;
        ada.visit(urls::post(gone)).await.assert_not_found();
        app.run_jobs().await;
        ada.visit(image.address("512")).await.assert_not_found();
        let [stays] = &app.images_of(kept).await[..] else { panic!("one image") };
        let mut wanted = vec![stays.original_key.clone(), stays.key("full"), stays.key("thumbnail")];
        wanted.sort();
        assert_eq!(app.stored_keys().await, wanted);
    });
}

#[test]
fn a_photo_deleted_before_or_while_its_sizes_are_made_leaves_nothing() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let before = app.share(&ada, &[pictures::jpeg(1200, 900)], "").await;
        ada.post(urls::post_delete(before), &[]).await.assert_redirect(urls::profile("ada"));
        app.purge().await;
        app.run_jobs().await;
        assert_nothing_kept(app).await;

        // Large enough to be in work for a while.
        let during = app.share(&ada, &[pictures::camera()], "").await;
        let delete = async {
            until("the job is in work", Duration::from_secs(20), async || app.read(jobs::counts).await.running > 0).await;
            ada.post(urls::post_delete(during), &[]).await.assert_redirect(urls::profile("ada"));
            app.purge().await;
        };
        // Two workers, so that the objects are deleted while the sizes are still being made.
        let second = async {
            until("the deletion is queued", Duration::from_secs(20), async || app.rows_in("posts").await == 0).await;
            app.run_jobs().await
        };
        tokio::join!(app.run_jobs(), delete, second);
        app.run_jobs().await;
        assert_nothing_kept(app).await;
    });
}

#[test]
fn a_photo_whose_sizes_cannot_be_made_says_why_and_can_be_tried_again() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let photo = pictures::jpeg(600, 400);
        let post = app.share(&ada, std::slice::from_ref(&photo), "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        app.state.storage.delete(&image.original_key).await.expect("the original is lost");
        app.run_jobs().await;
        assert_eq!(app.images_of(post).await[0].failure.as_deref(), Some("photo-failed-lost"));

        let page = ada.visit(urls::post(post)).await.assert_ok();
        assert!(page.says("photo-failed") && page.says("photo-failed-lost"));
        assert!(!page.has(".post-photos img[srcset]"), "no broken picture");
        let others = mina.visit(urls::post(post)).await;
        assert!(others.says("photo-failed-lost") && !others.has(&format!("form[action='{}']", urls::post_retry(post))));

        // Restored from a backup, and once more.
        let private = Kind { media_type: "image/jpeg", public: false };
        app.state.storage.put(&image.original_key, Bytes::from(photo.bytes), private).await.expect("the original is back");
        ada.post(page.attr(".picture.failed form", "action"), &[]).await.assert_redirect(urls::post(post));
        assert!(ada.visit(urls::post(post)).await.says("photo-processing"));
        app.run_jobs().await;
        assert!(ada.visit(urls::post(post)).await.has(".post-photos img[srcset]"));
        assert_eq!(stored_sizes(app, image).await, ["512", "thumbnail"]);
    });
}

#[test]
fn stored_pictures_are_served_for_ever_and_by_their_exact_name_only() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        app.run_jobs().await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        let visitor = app.visitor();
        let file = visitor.visit(image.address("full")).await.assert_ok();
        assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(file.header("content-length"), Some(file.body.len().to_string().as_str()));
        let tag = file.header("etag").expect("a tag").to_owned();
        let again = visitor.with("If-None-Match", &tag).visit(image.address("full")).await.assert_status(304);
        assert!(again.body.is_empty());
        visitor.visit(image.address("1920")).await.assert_not_found();
        visitor.visit(image.address("full").replace(&image.uuid, &image.uuid.to_uppercase())).await.assert_not_found();
        visitor.visit(image.address("full").replace("/post/", "/user_profile/")).await.assert_not_found();
    });
}

#[test]
fn a_script_is_told_where_its_post_is() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let upload = Upload::default().file("photos", &pictures::small()).text("post_key", "a-key");
        let answer = ada.json().upload(urls::NEW_POST, upload.clone()).await.assert_ok().json();
        assert_eq!(answer["location"], urls::HOME);
        let post = app.newest_post().await.expect("a post");
        let again = ada.json().upload(urls::NEW_POST, upload).await.assert_ok().json();
        assert_eq!(again["location"], urls::post(post));
    });
}
