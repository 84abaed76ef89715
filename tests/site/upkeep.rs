//! `picstargram media …` beside a running site: the ledger compared with the store, and the move to another place.

use crate::support::program::{command, output};
use crate::support::s3::{self, S3Server};
use crate::support::{Setup, TestApp, pictures, site};
use bytes::Bytes;
use picstargram::config::StoragePlace;
use picstargram::platform::storage::{Kind, Storage};
use picstargram::urls;
use std::path::Path;

const WEBP: Kind = Kind { media_type: "image/webp", public: true };

/// Runs a command with the site's own settings and returns how it ended and what it printed.
async fn media(app: &TestApp, arguments: &[&str]) -> (i32, String) {
    let arguments: Vec<&str> = std::iter::once("media").chain(arguments.iter().copied()).collect();
    let output = output(command(&app.data_dir, &app.environment, &arguments), "").await;
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().expect("it ended by itself"), printed)
}

/// The place the site writes to, alone.
fn current(app: &TestApp) -> Storage {
    Storage::open(&app.state.config.storage.place, None).expect("the place opens")
}

fn folder(path: &Path) -> Storage {
    Storage::open(&StoragePlace::Folder(path.to_owned()), None).expect("the folder opens")
}

async fn content(storage: &Storage, key: &str) -> Bytes {
    storage.read(key, 100_000_000).await.unwrap_or_else(|error| panic!("{key}: {error}"))
}

#[test]
fn a_check_tells_every_difference_and_repairs_what_can_be() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(1100, 700), pictures::small()], "").await;
        app.run_jobs().await;
        let [image, other] = &app.images_of(post).await[..] else { panic!("two images") };
        let (code, printed) = media(app, &["check"]).await;
        assert_eq!(code, 0, "{printed}");
        assert!(printed.contains("7 objects in the ledger, 7 in the store") && printed.contains("Nothing differs"), "{printed}");

        let store = current(app);
        store.delete(&image.key("512")).await.expect("deleted");
        store.delete(&image.key("thumbnail")).await.expect("deleted");
        store.put(&image.key("1024"), Bytes::from_static(b"cut off"), WEBP).await.expect("put");
        let orphan = "post/0b0e7a52-7a2c-4d39-9a3f-0a5a3f1b2c3d_512.webp";
        store.put(orphan, Bytes::from_static(b"nobody's"), WEBP).await.expect("put");
        let abandoned = "post/1b0e7a52-7a2c-4d39-9a3f-0a5a3f1b2c3d_512.webp";
        store.put(abandoned, Bytes::from_static(b"once somebody's"), WEBP).await.expect("put");
        app.execute(format!(
            "INSERT INTO objects (key, image_id, state, bytes, created_at) VALUES ('{abandoned}', 99, 'stored', 15, '2026-01-01 00:00:00')"
        ))
        .await;

        let (code, printed) = media(app, &["check"]).await;
        assert_eq!(code, 1, "{printed}");
        for line in [
            format!("missing    {}", image.key("512")),
            format!("missing    {}", image.key("thumbnail")),
            format!("wrong size {}: 7 bytes, not ", image.key("1024")),
            format!("unknown    {orphan}: 8 bytes"),
            format!("abandoned  {abandoned}"),
            "2 missing, 1 of a wrong size, 1 unknown, 1 abandoned.".to_owned(),
        ] {
            assert!(printed.contains(&line), "{line}\n{printed}");
        }
        assert_eq!(app.run_jobs().await, 0, "a check changes nothing");

        let (code, printed) = media(app, &["check", "--repair"]).await;
        assert_eq!(code, 0, "{printed}");
        let page = ada.visit(urls::post(post)).await;
        assert!(page.has(".picture.processing"), "the page says that it is being made again");
        app.run_jobs().await;
        let (code, printed) = media(app, &["check"]).await;
        assert_eq!(code, 0, "{printed}");
        for size in ["thumbnail", "512", "1024"] {
            let served = ada.visit(image.address(size)).await.assert_ok();
            pictures::decode_published(&served.body);
        }
        let [again, _] = &app.images_of(post).await[..] else { panic!("two images") };
        assert_eq!((again.state.as_str(), again.variant_bytes), ("ready", image.variant_bytes), "bytes are not counted twice");

        // An original cannot be made again.
        let original = content(&store, &other.original_key).await;
        store.delete(&other.original_key).await.expect("deleted");
        for arguments in [&["check"][..], &["check", "--repair"]] {
            let (code, printed) = media(app, arguments).await;
            assert_eq!(code, 1, "{printed}");
            assert!(printed.contains("1 of them are originals"), "{printed}");
        }
        store.put(&other.original_key, original, WEBP).await.expect("the backup is played back");
        let (code, printed) = media(app, &["check"]).await;
        assert_eq!(code, 0, "{printed}");
    });
}

#[test]
fn a_repair_with_the_wrong_database_deletes_nothing() {
    site(async |app| {
        let store = current(app);
        for number in 0..150 {
            let key = format!("post/{number:08}-7a2c-4d39-9a3f-0a5a3f1b2c3d_512.webp");
            store.put(&key, Bytes::from_static(b"of another site"), WEBP).await.expect("put");
        }
        let (code, printed) = media(app, &["check", "--repair"]).await;
        assert_eq!(code, 1, "{printed}");
        assert!(printed.contains("nothing was repaired"), "{printed}");
        app.run_jobs().await;
        assert_eq!(app.stored_keys().await.len(), 150);
        let (code, printed) = media(app, &["check", "--repair", "--force"]).await;
        assert_eq!(code, 0, "{printed}");
        app.run_jobs().await;
        assert_eq!(app.stored_keys().await.len(), 0);
    });
}

#[test]
fn media_move_to_a_bucket_while_the_site_runs() {
    Setup::default().with_folder().site(async |app| {
        let target = tempfile::tempdir().expect("a temporary folder");
        let server = S3Server::start(target.path()).await;
        let to = server.storage_url();
        let environment =
            [&app.environment[..], &[("AWS_ACCESS_KEY_ID", s3::ACCESS_KEY.to_owned()), ("AWS_SECRET_ACCESS_KEY", s3::SECRET.to_owned())]]
                .concat();
        let copy = async || {
            let output = output(command(&app.data_dir, &environment, &["media", "copy", "--to", &to]), "").await;
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
        };
        let there = async || {
            let lookup = |name: &str| match name {
                "STORAGE_URL" => Some(to.clone()),
                name => environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()),
            };
            let place = picstargram::config::Config::from_lookup(lookup).expect("settings").storage.place;
            Storage::open(&place, None).expect("the bucket opens")
        };

        let ada = app.signed_in("ada").await;
        // Larger than one part of a multipart upload.
        let mut large = pictures::jpeg(1100, 700);
        large.bytes.resize(9_000_000, 0);
        let first = app.share(&ada, &[large.clone()], "").await;
        app.run_jobs().await;
        let (code, printed) = copy().await;
        assert_eq!(code, Some(0), "{printed}");
        assert!(printed.contains("4 objects"), "{printed}");
        let bucket = there().await;
        for key in app.stored_keys().await {
            assert_eq!(content(&bucket, &key).await, content(&app.state.storage, &key).await, "{key}");
        }

        // Later: one more post, one less, and one object that did not make it.
        let [image] = &app.images_of(first).await[..] else { panic!("one image") };
        bucket.delete(&image.key("512")).await.expect("deleted");
        let second = app.share_any(&ada, "").await;
        app.run_jobs().await;
        let (code, printed) = copy().await;
        assert_eq!(code, Some(0), "{printed}");
        assert!(printed.contains("4 objects") && printed.contains("3 were there already"), "{printed}");
        ada.post(urls::post_delete(second), &[]).await;
        app.purge().await;
        app.run_jobs().await;
        let (code, printed) = copy().await;
        assert_eq!(code, Some(0), "{printed}");
        assert!(printed.contains("0 objects") && printed.contains("3 deleted meanwhile"), "{printed}");

        // What cannot be read is named, and the rest is copied all the same.
        let key = image.key("1024");
        app.state.storage.delete(&key).await.expect("deleted");
        bucket.delete(&key).await.expect("deleted");
        let (code, printed) = copy().await;
        assert_eq!(code, Some(1), "{printed}");
        assert!(printed.contains(&format!("failed {key}")), "{printed}");
        let (_, _) = media(app, &["check", "--repair"]).await;
        app.run_jobs().await;
        let (code, printed) = copy().await;
        assert_eq!(code, Some(0), "{printed}");
    });
}

#[test]
fn until_a_move_is_done_reads_fall_back_to_the_old_place() {
    let old_folder = tempfile::tempdir().expect("a temporary folder");
    let old_path = old_folder.path().to_owned();
    Setup::default().set("STORAGE_OLD_URL", old_path.display().to_string()).site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(1100, 700)], "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        // As it was before the move: everything in the old place.
        let (old, new) = (folder(&old_path), current(app));
        let moved = async |keys: &[String]| {
            for key in keys {
                old.put(key, content(&new, key).await, WEBP).await.expect("put");
                new.delete(key).await.expect("deleted");
            }
        };
        moved(&[image.original_key.clone(), image.key("thumbnail")]).await;
        ada.visit(image.address("thumbnail")).await.assert_ok();
        app.run_jobs().await; // its original is read from the old place, its sizes are written to the new one
        ada.visit(image.address("1024")).await.assert_ok();
        assert_eq!(old.size_of(&image.key("1024")).await.expect("asked"), None);
        let (code, printed) = media(app, &["check"]).await;
        assert_eq!(code, 0, "{printed}");

        let to = app.environment.iter().find(|(name, _)| *name == "STORAGE_URL").map(|(_, url)| url.clone());
        let to = to.unwrap_or_else(|| app.data_dir.join("media").display().to_string());
        let (code, printed) = media(app, &["copy", "--to", &to]).await;
        assert_eq!(code, 0, "{printed}");
        assert!(printed.contains("2 objects"), "{printed}");
        assert!(new.size_of(&image.original_key).await.expect("asked").is_some());

        ada.post(urls::post_delete(post), &[]).await;
        app.purge().await;
        app.run_jobs().await;
        assert_eq!(old.size_of(&image.original_key).await.expect("asked"), None, "deleted in both places");
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
    });
}
