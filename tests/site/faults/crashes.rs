//! The real program dies at every point that `platform/crash.rs` knows, is started again, and heals: once for each point, in the
//! story that passes it.

use super::healed::Inspector;
use crate::support::program::{Place, Serving, until};
use crate::support::{Browser, Page, Picture, Upload, pictures, run, source};
use futures_util::{FutureExt, StreamExt};
use picstargram::urls;
use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// What somebody does while the process dies.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Story {
    /// Shares two photos.
    Share,
    /// Shares one that goes to the store in parts.
    ShareLarge,
    /// Deletes a post whose photos are ready.
    Delete,
    /// Archives a post whose photos are ready: they move to new addresses.
    Narrow,
    /// Takes another face.
    Face,
    /// Nothing: the sweeper clears up after an upload that had died before.
    Sweep,
    /// Takes a copy of everything.
    Copy,
    /// Brings a file with two posts.
    Bring,
    /// Leaves; two weeks later everything goes.
    Leave,
}

/// Every point, with the story it is on the way of; `:2` is its second passing. (The first job is the mail after the sign-up.)
const CASES: [(&str, Story); 45] = [
    ("upload.received", Story::Share),
    ("upload.looked", Story::Share),
    ("upload.written_down", Story::Share),
    ("upload.original_put", Story::Share),
    ("upload.original_put:2", Story::Share),
    ("upload.thumbnail_put", Story::Share),
    ("upload.thumbnail_put:2", Story::Share),
    ("upload.stored", Story::Share),
    ("adopt.uncommitted", Story::Share),
    ("post.committed", Story::Share),
    ("job.leased:2", Story::Share),
    ("variants.written_down", Story::Share),
    ("variants.made", Story::Share),
    ("variants.put", Story::Share),
    ("variants.put:2", Story::Share),
    ("variants.uncommitted", Story::Share),
    ("variants.ready", Story::Share),
    ("job.settled:2", Story::Share),
    ("storage.part_put", Story::ShareLarge),
    ("delete.uncommitted", Story::Delete),
    ("post.deleted", Story::Delete),
    ("delete.committed", Story::Delete),
    ("delete.object_gone", Story::Delete),
    ("delete.object_gone:4", Story::Delete),
    ("delete.struck_out", Story::Delete),
    ("adopt.uncommitted:2", Story::Face),
    ("delete.uncommitted", Story::Face),
    ("profile.committed:2", Story::Face),
    ("move.written_down", Story::Narrow),
    ("move.put:2", Story::Narrow),
    ("move.committed", Story::Narrow),
    ("sweep.uncommitted", Story::Sweep),
    ("sweep.committed", Story::Sweep),
    ("export.written_down", Story::Copy),
    ("export.put", Story::Copy),
    ("export.ready", Story::Copy),
    ("import.written_down", Story::Bring),
    ("import.put", Story::Bring),
    ("import.stored", Story::Bring),
    ("import.stored:2", Story::Bring),
    ("import.post_committed", Story::Bring),
    ("leave.begun", Story::Leave),
    ("leave.step", Story::Leave),
    ("leave.step:2", Story::Leave),
    ("leave.committed", Story::Leave),
];

/// Cases under way at once: each waits for its process most of the time.
const AT_ONCE: usize = 4;
const PATIENCE: Duration = Duration::from_secs(100);
/// Later than every sweep and every lease.
const LATER: i64 = 26 * 3_600;

#[test]
fn whatever_the_process_dies_of_the_next_one_makes_up_for_it() {
    run(async {
        let failed: Vec<String> = futures_util::stream::iter(CASES)
            .map(async |(point, story)| {
                let place = Place::prepare().await;
                let outcome = AssertUnwindSafe(tell(&place, point, story)).catch_unwind().await;
                let failed = outcome.is_err().then(|| format!("{story:?} at {point}\n{}", place.log()));
                place.clean_up().await;
                failed
            })
            .buffer_unordered(AT_ONCE)
            .filter_map(async |failed| failed)
            .collect()
            .await;
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    });
}

#[test]
fn every_point_has_its_case() {
    let tried: BTreeSet<&str> = CASES.iter().map(|(point, _)| point.split(':').next().unwrap_or(point)).collect();
    let mut points = BTreeSet::new();
    let sources = source::files("src", &["rs"]);
    for (_, text) in &sources {
        points.extend(text.split("crash::point(\"").skip(1).filter_map(|rest| rest.split('"').next()));
    }
    assert_eq!(tried, points);
}

async fn tell(place: &Place, point: &str, story: Story) {
    match story {
        Story::Copy => return take_a_copy(place, point).await,
        Story::Bring => return bring_a_file(place, point).await,
        Story::Leave => return leave(place, point).await,
        _ => {}
    }
    let crash = |point: &str| ("PICSTARGRAM_CRASH_AT", point.to_owned());
    // What a later process dies of begins with the end of an earlier one.
    let first = match story {
        Story::Sweep => "upload.stored",
        Story::Delete => "post.deleted",
        _ => point,
    };
    let serving = place.serve_with(&[crash(first)]).await;
    let ada = sign_up(place).await;
    let key = ada.visit(urls::NEW_POST).await.value("post_key");
    let inspector = Inspector::of(place);
    let photos = match story {
        Story::ShareLarge => vec![large()],
        _ => vec![pictures::jpeg(1030, 60), pictures::jpeg(120, 90)],
    };
    let form =
        || photos.iter().fold(Upload::default(), |form, photo| form.file("photos", photo)).text("caption", "here").text("post_key", &key);

    // What was there before, made without dying.
    match story {
        Story::Delete | Story::Narrow => {
            ada.upload(urls::NEW_POST, form()).await.assert_redirect(urls::HOME);
            inspector.comes_to_rest(PATIENCE).await;
        }
        Story::Face => {
            take_face(&ada, 60).await.expect("an answer").assert_status(303);
            inspector.comes_to_rest(PATIENCE).await;
        }
        _ => {}
    }
    let before = inspector.stored().await;
    let newest = async || {
        let page = ada.visit(urls::HOME).await;
        page.attr("article[id^=post-]", "id").trim_start_matches("post-").to_owned()
    };
    let answer = match story {
        Story::Share | Story::ShareLarge | Story::Sweep => ada.try_upload(urls::NEW_POST, form()).await,
        Story::Delete => ada.try_post(urls::post_delete(newest().await), &[]).await,
        Story::Narrow => ada.try_post(urls::post_archive(newest().await), &[("archived", "true")]).await,
        Story::Face => take_face(&ada, 70).await,
        Story::Copy | Story::Bring | Story::Leave => unreachable!("told elsewhere"),
    };
    let acknowledged = answer.is_some_and(|answer| answer.assert_status(303).status.is_redirection());
    assert_died(serving, place, first).await;
    if first != point {
        let serving = place.spawn(&[crash(point), ("PICSTARGRAM_CLOCK_AHEAD", LATER.to_string())]);
        assert_died(serving, place, point).await;
    }

    let ahead = if story == Story::Sweep { 2 * LATER } else { LATER };
    let _healing = place.serve_with(&[("PICSTARGRAM_CLOCK_AHEAD", ahead.to_string())]).await;
    inspector.comes_to_rest(PATIENCE).await;
    inspector.assert_whole().await;
    inspector.assert_decodes().await;
    let whole = vec![("here".to_owned(), photos.iter().map(|photo| photo.bytes.clone()).collect::<Vec<_>>())];
    let posts = inspector.posts().await;
    match story {
        Story::Share | Story::ShareLarge | Story::Sweep => {
            assert!(posts == whole || (posts.is_empty() && !acknowledged), "{} posts, acknowledged: {acknowledged}", posts.len());
            // Whoever got no answer sends the form again.
            ada.upload(urls::NEW_POST, form()).await.assert_status(303);
            inspector.comes_to_rest(PATIENCE).await;
            assert!(inspector.posts().await == whole, "one post, with its photos");
        }
        Story::Delete => assert!(posts.is_empty(), "it was deleted before anything died"),
        Story::Narrow => {
            assert!(posts == whole, "archived, not lost");
            let after = inspector.stored().await;
            let same: Vec<&String> = before.intersection(&after).filter(|key| !key.starts_with("original/")).collect();
            assert!(same.is_empty() && before.len() == after.len(), "still at the old addresses: {same:?}");
        }
        Story::Face => {
            let faces = "SELECT images.width FROM users JOIN images ON images.id = users.avatar_id";
            let width = inspector.number(faces).await;
            assert!(width == 70 || (width == 60 && !acknowledged), "{width}, acknowledged: {acknowledged}");
            assert_eq!(inspector.number("SELECT count(*) FROM images").await, 1);
        }
        Story::Copy | Story::Bring | Story::Leave => unreachable!("told elsewhere"),
    }
    inspector.assert_whole().await;
    ada.visit(urls::HOME).await.assert_ok();
}

async fn share(ada: &Browser) -> Vec<u8> {
    let photo = pictures::jpeg(300, 200);
    ada.upload(urls::NEW_POST, Upload::default().file("photos", &photo).text("caption", "here")).await.assert_redirect(urls::HOME);
    photo.bytes
}

/// The process that heals, later than every sweep, and the site at rest and whole.
async fn heal(place: &Place, inspector: &Inspector, ahead: i64) -> Serving {
    let healing = place.serve_with(&[("PICSTARGRAM_CLOCK_AHEAD", ahead.to_string())]).await;
    inspector.comes_to_rest(PATIENCE).await;
    inspector.assert_whole().await;
    healing
}

async fn take_a_copy(place: &Place, point: &str) {
    let serving = place.serve_with(&[("PICSTARGRAM_CRASH_AT", point.to_owned())]).await;
    let ada = sign_up(place).await;
    let inspector = Inspector::of(place);
    share(&ada).await;
    inspector.comes_to_rest(PATIENCE).await;
    ada.try_post(urls::SETTINGS_EXPORT, &[]).await;
    assert_died(serving, place, point).await;
    // Not a day later: what is being written then would look forgotten.
    let _healing = heal(place, &inspector, 0).await;
    assert_eq!(inspector.number("SELECT count(*) FROM exports WHERE state = 'ready'").await, 1);
    assert_eq!(inspector.stored().await.iter().filter(|key| key.starts_with("export/")).count(), 1);
    assert_eq!(inspector.number("SELECT count(*) FROM mails WHERE kind = 'export'").await, 1);
}

async fn bring_a_file(place: &Place, point: &str) {
    let serving = place.serve_with(&[("PICSTARGRAM_CRASH_AT", point.to_owned())]).await;
    let ada = sign_up(place).await;
    let inspector = Inspector::of(place);
    let photos = [pictures::jpeg(300, 200).bytes, pictures::jpeg(200, 300).bytes];
    let post = |name: &str, day: u8| {
        serde_json::json!({ "id": name, "created_at": format!("2026-01-0{day}T00:00:00Z"), "audience": "everyone", "caption": name,
                            "photos": [{ "file": format!("{name}.jpg") }] })
    };
    let posts = serde_json::json!([post("second", 2), post("first", 1)]);
    let copy = crate::takeout::copy_with(posts, &[("first.jpg", &photos[0]), ("second.jpg", &photos[1])]);
    let bring = async || {
        let file = Picture::new("copy.zip", "application/zip", copy.clone());
        ada.try_upload(urls::SETTINGS_IMPORT, Upload::default().file("file", &file)).await
    };
    let looked = async || {
        let state = "SELECT count(*) FROM imports WHERE state = 'looked'";
        until("the file is looked through", PATIENCE, async || inspector.number(state).await == 1).await;
    };
    let arrived = bring().await.is_some();
    if arrived {
        looked().await;
        ada.try_post(urls::SETTINGS_IMPORT_START, &[]).await;
    }
    assert_died(serving, place, point).await;
    if arrived {
        let going_on = place.serve().await;
        let done = "SELECT count(*) FROM imports WHERE state = 'done'";
        until("the import is done", PATIENCE, async || inspector.number(done).await == 1).await;
        drop(going_on);
    }
    let _healing = heal(place, &inspector, LATER).await;
    if !arrived {
        // Nobody was told that it came: it is brought again.
        assert_eq!(inspector.stored().await.len(), 0);
        bring().await.expect("an answer").assert_status(303);
        looked().await;
        ada.post(urls::SETTINGS_IMPORT_START, &[]).await.assert_status(303);
        inspector.comes_to_rest(PATIENCE).await;
        inspector.assert_whole().await;
    }
    let whole: Vec<(String, Vec<Vec<u8>>)> =
        ["first", "second"].into_iter().zip(photos).map(|(name, photo)| (name.to_owned(), vec![photo])).collect();
    assert!(inspector.posts().await == whole, "each post once, with its photo");
    assert_eq!(inspector.number("SELECT count(*) FROM imports WHERE state = 'done'").await, 1);
}

async fn leave(place: &Place, point: &str) {
    const IN_TIME: i64 = 15 * 24 * 3_600;
    let serving = place.serve().await;
    let ada = sign_up(place).await;
    let inspector = Inspector::of(place);
    share(&ada).await;
    inspector.comes_to_rest(PATIENCE).await;
    ada.post(urls::SETTINGS_DELETE, &[("username", "ada")]).await.assert_redirect(urls::HOME);
    drop(serving);
    let dying = place.spawn(&[("PICSTARGRAM_CRASH_AT", point.to_owned()), ("PICSTARGRAM_CLOCK_AHEAD", IN_TIME.to_string())]);
    assert_died(dying, place, point).await;
    let _healing = heal(place, &inspector, IN_TIME + LATER).await;
    assert_eq!(inspector.number("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM images)").await, 0);
    assert_eq!(inspector.stored().await.len(), 0);
    assert_eq!(inspector.number("SELECT count(*) FROM mails WHERE kind = 'deleted'").await, 1);
}

async fn sign_up(place: &Place) -> Browser {
    let ada = place.browser();
    let password = "kill nine, save all";
    let fields = [("username", "ada"), ("email", "ada@example.org"), ("password", password), ("password_again", password)];
    ada.post(urls::SIGN_UP, &fields).await.assert_redirect(urls::HOME);
    ada
}

async fn take_face(browser: &Browser, side: u32) -> Option<Page> {
    browser.try_upload(urls::SETTINGS_PROFILE, Upload::default().file("avatar", &pictures::jpeg(side, side))).await
}

/// Larger than one part of an upload to the store: nine million bytes, most of them after the picture's end.
fn large() -> Picture {
    let mut large = pictures::jpeg(120, 90);
    large.bytes.resize(9_000_000, 0);
    large
}

async fn assert_died(mut serving: Serving, place: &Place, point: &str) {
    let mut status = None;
    until("the program dies", PATIENCE, async || {
        status = serving.ended();
        status.is_some()
    })
    .await;
    const ABORTED: i32 = 6;
    assert_eq!(status.and_then(|status| status.signal()), Some(ABORTED));
    let point = point.split(':').next().unwrap_or(point);
    assert!(place.log().contains(&format!("died at {point}")), "it died of something else");
}
