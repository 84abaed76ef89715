//! A store that misbehaves in every way a service on a network can. While it lasts each request is answered cleanly and nothing
//! acknowledged is lost; when it is over everything goes on without help.

use crate::support::faulty_s3::{Fault, FaultyS3, Gate, Op};
use crate::support::{Browser, Page, Setup, TestApp, Upload, pictures, run, site};
use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use picstargram::media::jobs::Sweep;
use picstargram::media::{Image, ImageId, upload};
use picstargram::platform::jobs::Counts;
use picstargram::urls;

/// Seconds of silence that a site bears whose store is silent.
const SHORT: f64 = 0.4;
/// Short as well, but never over on a busy machine when nothing is wrong.
const PATIENT: f64 = 2.0;
/// More than any test takes.
const LONG: f64 = 120.0;

const DOWN: Fault = Fault::Status(500, "InternalError");
const SLOW_DOWN: Fault = Fault::Status(503, "SlowDown");
const DENIED: Fault = Fault::Status(403, "AccessDenied");
const NO_BUCKET: Fault = Fault::Status(404, "NoSuchBucket");

fn site_on_faulty_s3(timeout: f64, test: impl for<'a> FnOnce(&'a TestApp, &'a FaultyS3) -> LocalBoxFuture<'a, ()>) {
    run(async {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let s3 = FaultyS3::start(folder.path()).await;
        let setup = s3.environment(timeout).into_iter().fold(Setup::default().with_folder(), |setup, (name, value)| setup.set(name, value));
        setup.tell(async |app| test(app, &s3).await).await;
    });
}

fn form(key: &str) -> Upload {
    let photos = Upload::default().text("post_key", key).file("photos", &pictures::jpeg(600, 40)).file("photos", &pictures::small());
    photos.text("alt", "a lake").text("caption", "words that took long to find")
}

/// The form once more, as it was filled in, with the reason.
fn assert_form_kept(page: Page, key: &str) {
    let page = page.assert_status(503);
    assert!(page.says("error-unavailable-body"));
    assert!(page.header("retry-after").is_some());
    assert_eq!((page.value("caption").as_str(), page.value("post_key").as_str()), ("words that took long to find", key));
    assert_eq!(page.texts("textarea[name=alt]")[0], "a lake");
}

async fn assert_ready(app: &TestApp, ada: &Browser) {
    let page = ada.visit(urls::HOME).await.assert_ok();
    for address in page.attrs(".post-photos img[srcset]", "src") {
        pictures::decode_published(&ada.visit(address).await.assert_ok().body);
    }
    assert_eq!(app.number("SELECT count(*) FROM images WHERE state <> 'ready'").await, 0);
}

/// Lets the days go by in which the queue tries again and the sweeper comes.
async fn days_later(app: &TestApp) {
    let now = app.state.now();
    app.write(move |c| Sweep::schedule(c, now)).await;
    for _ in 0..3 {
        app.later(TimeDelta::days(1));
        app.run_jobs().await;
    }
}

#[test]
fn an_upload_the_store_does_not_take_is_answered_kindly_and_can_be_sent_again() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let faults = [DOWN, SLOW_DOWN, DENIED, NO_BUCKET, Fault::HangUp, Fault::Silence, Fault::CorruptRequest];
            app.expect_server_errors(faults.len() + 1);
            for (number, fault) in faults.into_iter().enumerate() {
                let key = format!("key-{number}");
                s3.breaks(Op::Put, fault.clone());
                assert_form_kept(ada.upload(urls::NEW_POST, form(&key)).await, &key);
                assert_eq!(app.rows_in("posts").await, number as i64, "{fault:?}");
                let shown =
                    app.number("SELECT coalesce(sum(original_bytes + variant_bytes), 0) FROM images WHERE state <> 'storing'").await;
                let me = app.id_of("ada").await;
                assert_eq!(app.read(move |c| Image::bytes_of(c, me)).await, shown, "what was refused takes nobody's room");
                s3.heals();
                ada.upload(urls::NEW_POST, form(&key)).await.assert_redirect(urls::HOME);
                assert_eq!(app.rows_in("posts").await, number as i64 + 1, "{fault:?}");
            }
            // A script keeps the form itself, and is told why.
            s3.breaks(Op::Put, DOWN);
            let answer = ada.json().upload(urls::NEW_POST, form("key-json")).await.assert_status(503).json();
            assert_eq!(answer["detail"], crate::support::words("error-unavailable-body", &[]));
            s3.heals();
            // What had been put of the refused ones is swept up.
            days_later(app).await;
            assert_ready(app, &ada).await;
            assert_eq!(app.rows_in("images").await, 14);
        }
        .boxed_local()
    });
}

#[test]
fn a_face_the_store_does_not_take_keeps_the_form_too() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            app.expect_server_errors(1);
            s3.breaks(Op::Put, DOWN);
            let form = || Upload::default().file("avatar", &pictures::small()).text("username", "ada").text("description", "new words");
            let page = ada.upload(urls::SETTINGS_PROFILE, form()).await.assert_status(503);
            assert!(page.says("error-unavailable-body"));
            assert_eq!(page.value("description"), "new words");
            s3.heals();
            ada.upload(urls::SETTINGS_PROFILE, form()).await.assert_status(303);
            days_later(app).await;
            assert_eq!(app.rows_in("images").await, 1);
        }
        .boxed_local()
    });
}

#[test]
fn a_single_failure_is_not_noticed_by_anybody() {
    site_on_faulty_s3(PATIENT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            for (number, fault) in [DOWN, SLOW_DOWN, Fault::HangUp, Fault::Silence].into_iter().enumerate() {
                s3.breaks_times(1, Op::Put, fault);
                ada.upload(urls::NEW_POST, form(&format!("key-{number}"))).await.assert_redirect(urls::HOME);
            }
            app.run_jobs().await;
            for fault in [DOWN, Fault::HangUp, Fault::Silence, Fault::Stall, Fault::Truncate] {
                app.share(&ada, &[pictures::jpeg(600, 40)], "").await;
                s3.breaks_times(1, Op::Get, fault);
                app.run_jobs().await;
            }
            assert_ready(app, &ada).await;
            days_later(app).await;
        }
        .boxed_local()
    });
}

#[test]
fn an_outage_never_costs_an_acknowledged_photo() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let faults = [
                (Op::Any, DOWN),
                (Op::Put, SLOW_DOWN),
                (Op::Get, DENIED),
                (Op::Any, NO_BUCKET),
                (Op::Any, Fault::HangUp),
                (Op::Get, Fault::Silence),
                (Op::Put, Fault::Silence),
                (Op::Get, Fault::Stall),
                (Op::Get, Fault::Truncate),
                (Op::Get, Fault::CorruptAnswer),
                (Op::Put, Fault::CorruptRequest),
            ];
            for (op, fault) in faults {
                let post = app.share(&ada, &[pictures::jpeg(600, 40)], "kept").await;
                s3.breaks(op, fault.clone());
                app.run_jobs().await;
                let waits = Counts { waiting: 1, running: 0, dead: 0 };
                assert_eq!(app.read(picstargram::platform::jobs::counts).await, waits, "{op:?} {fault:?}");
                assert!(ada.visit(urls::post(post)).await.assert_ok().has(".picture.processing"), "{op:?} {fault:?}");
                s3.heals();
                app.later(TimeDelta::minutes(7));
                app.run_jobs().await;
                assert_ready(app, &ada).await;
            }
        }
        .boxed_local()
    });
}

#[test]
fn an_outage_of_a_day_is_waited_for() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let post = app.share(&ada, &[pictures::small()], "patience").await;
            s3.breaks(Op::Any, DENIED);
            for _ in 0..24 {
                app.run_jobs().await;
                app.later(TimeDelta::hours(1));
            }
            assert!(ada.visit(urls::post(post)).await.assert_ok().has(".picture.processing"));
            s3.heals();
            app.run_jobs().await;
            assert_ready(app, &ada).await;
        }
        .boxed_local()
    });
}

#[test]
fn a_picture_that_cannot_be_fetched_is_an_outage_and_not_missing() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let post = app.share(&ada, &[pictures::jpeg(600, 40)], "").await;
            app.run_jobs().await;
            let [image] = &app.images_of(post).await[..] else { panic!("one image") };
            let faults = [DOWN, DENIED, NO_BUCKET, Fault::HangUp, Fault::Silence];
            app.expect_server_errors(faults.len());
            for fault in faults {
                s3.breaks(Op::Get, fault);
                let answer = app.visitor().visit(image.address("512")).await.assert_status(503);
                let cached = answer.header("cache-control").unwrap_or_default().to_owned();
                assert!(!cached.contains("immutable"), "{cached}");
                s3.heals();
            }
            app.visitor().visit(image.address("512")).await.assert_ok();
        }
        .boxed_local()
    });
}

#[test]
fn what_was_deleted_goes_when_the_store_is_back() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            for fault in [DOWN, DENIED, NO_BUCKET, Fault::HangUp, Fault::Silence] {
                let post = app.share(&ada, &[pictures::small()], "").await;
                app.run_jobs().await;
                s3.breaks(Op::Delete, fault.clone());
                ada.post(urls::post_delete(post), &[]).await.assert_status(303);
                app.purge().await;
                // A refusal is quick, so that a day of it can be tried.
                for _ in 0..if matches!(fault, Fault::Status(403, _)) { 24 } else { 1 } {
                    app.run_jobs().await;
                    app.later(TimeDelta::hours(1));
                }
                assert_eq!(app.stored_keys().await.len(), 3, "{fault:?}");
                assert_eq!(app.rows_in("objects").await, 3, "{fault:?}: the ledger knows what is still there");
                s3.heals();
                app.run_jobs().await;
                assert_eq!(app.stored_keys().await, [] as [String; 0], "{fault:?}");
            }
        }
        .boxed_local()
    });
}

#[test]
fn a_large_upload_is_whole_or_refused_and_a_wrong_tag_changes_nothing() {
    site_on_faulty_s3(LONG, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let mut large = pictures::jpeg(120, 90);
            large.bytes.resize(9_000_000, 0);
            let form = |key: &str| Upload::default().text("post_key", key).file("photos", &large);
            // Its second part does not arrive, then the word that it is complete.
            app.expect_server_errors(2);
            for (number, arrives) in [2, 3].into_iter().enumerate() {
                let key = format!("key-{number}");
                let gate = Gate::default();
                for _ in 0..arrives {
                    gate.open(1);
                    s3.breaks_times(1, Op::Put, Fault::HoldBefore(gate.clone()));
                }
                s3.breaks(Op::Put, DENIED);
                ada.upload(urls::NEW_POST, form(&key)).await.assert_status(503);
                s3.heals();
                assert_eq!(app.stored_keys().await.len(), 3 * number);
                s3.breaks(Op::Any, Fault::WrongTag);
                ada.upload(urls::NEW_POST, form(&key)).await.assert_redirect(urls::HOME);
                app.run_jobs().await;
                s3.heals();
                let post = app.newest_post().await.expect("a post");
                let [image] = &app.images_of(post).await[..] else { panic!("one image") };
                let kept = app.state.storage.read(&image.original_key, 10_000_000).await.expect("the original is kept");
                assert!(kept == large.bytes && image.state == "ready");
            }
            days_later(app).await;
        }
        .boxed_local()
    });
}

#[test]
fn what_can_be_deleted_is_struck_out_and_the_rest_is_not_forgotten() {
    site_on_faulty_s3(SHORT, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let post = app.share(&ada, &[pictures::small()], "").await;
            app.run_jobs().await;
            ada.post(urls::post_delete(post), &[]).await.assert_status(303);
            app.purge().await;
            s3.breaks_times(1, Op::Delete, DENIED);
            app.run_jobs().await;
            assert_eq!((app.stored_keys().await.len(), app.rows_in("objects").await), (1, 1));
            // Whatever became of its job, the sweeper queues another.
            app.execute("DELETE FROM jobs").await;
            days_later(app).await;
            assert_eq!((app.stored_keys().await.len(), app.rows_in("objects").await), (0, 0));
        }
        .boxed_local()
    });
}

#[test]
fn a_post_that_was_made_though_its_answer_was_lost_keeps_its_photos() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "made").await;
        // What a request does whose transaction has committed and was reported as failed: the connection broke in between.
        let ids: Vec<ImageId> = app.images_of(post).await.iter().map(|image| image.id.into()).collect();
        upload::discard(&app.state, ids).await;
        app.run_jobs().await;
        assert_eq!(app.images_of(post).await.len(), 1);
        assert!(ada.visit(urls::post(post)).await.assert_ok().has(".post-photos img[srcset]"));
    });
}

#[test]
fn a_size_that_is_put_while_its_photo_is_being_deleted_goes_too() {
    site_on_faulty_s3(LONG, |app, s3| {
        async move {
            let ada = app.signed_in("ada").await;
            let post = app.share(&ada, &[pictures::small()], "").await;
            let (put, deleted) = (Gate::default(), Gate::default());
            s3.breaks_times(1, Op::Put, Fault::HoldBefore(put.clone()));
            for _ in 0..3 {
                s3.breaks_times(1, Op::Delete, Fault::HoldAfter(deleted.clone()));
            }
            let making = app.run_jobs();
            let meanwhile = async {
                put.reached(1).await;
                ada.post(urls::post_delete(post), &[]).await.assert_status(303);
                app.purge().await;
                let deleting = app.run_jobs();
                let order = async {
                    // Every object of the photo is gone when the size arrives; only then is the ledger struck out.
                    deleted.reached(3).await;
                    put.open(1);
                    let doomed_anew = "SELECT count(*) FROM jobs WHERE kind = 'media.delete_objects'";
                    while app.number(doomed_anew).await < 2 {
                        tokio::task::yield_now().await;
                    }
                    deleted.open(3);
                };
                tokio::join!(deleting, order);
            };
            tokio::join!(making, meanwhile);
            app.run_jobs().await;
            assert_eq!(app.stored_keys().await, [] as [String; 0]);
            assert_eq!(app.rows_in("objects").await, 0);
        }
        .boxed_local()
    });
}
