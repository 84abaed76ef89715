//! What becomes of a photo whose job ends undone: its owner reads why, tries again, or takes it out.

use super::depot::{counts, ids};
use crate::support::{TestApp, pictures, site};
use picstargram::platform::jobs::{self, Cancelled, State};
use picstargram::urls;

async fn cancel_all(app: &TestApp) -> Cancelled {
    let (kinds, now, all) = (picstargram::app::runner(&app.state).kinds().clone(), app.state.now(), ids(app).await);
    app.write(move |c| jobs::cancel(c, &kinds, &all, now)).await
}

#[test]
fn a_photo_whose_job_was_cancelled_says_so_and_can_be_tried_again() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(600, 400)], "").await;
        assert_eq!(cancel_all(app).await.gone, 1);
        let page = ada.visit(urls::post(post)).await;
        assert!(page.says("photo-failed") && page.says("photo-failed-cancelled"));
        ada.post(urls::post_retry(post), &[]).await.assert_redirect(urls::post(post));
        assert!(ada.visit(urls::post(post)).await.says("photo-processing"));
        app.run_jobs().await;
        assert!(ada.visit(urls::post(post)).await.has(".post-photos img[srcset]"));
    });
}

#[test]
fn a_dead_job_goes_with_its_second_try_or_with_its_photo() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let (kept, gone) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        app.execute("UPDATE jobs SET state = 'dead', attempts = 8, last_error = 'the storm took it'").await;
        app.execute("UPDATE images SET state = 'failed', failure = 'photo-failed-storage'").await;
        assert_eq!(app.read(jobs::counts).await.dead, 2);
        ada.post(urls::post_retry(kept), &[]).await.assert_redirect(urls::post(kept));
        // Pressed twice.
        ada.post(urls::post_retry(kept), &[]).await.assert_redirect(urls::post(kept));
        assert_eq!(counts(app).await, (1, 0, 1));
        ada.post(urls::post_delete(gone), &[]).await.assert_redirect(urls::profile("ada"));
        app.purge().await;
        app.run_jobs().await;
        assert_eq!(app.rows_in("jobs").await, 0);
        assert!(ada.visit(urls::post(kept)).await.has(".post-photos img[srcset]"));
    });
}

#[test]
fn a_failed_photo_can_be_taken_out_of_its_post() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let photos = [pictures::small(), pictures::jpeg(600, 400), pictures::webp(80, 60)];
        let post = app.share(&ada, &photos, "").await;
        let only = app.share_any(&ada, "").await;
        let before = app.images_of(post).await;
        let lost = &before[0];
        let fail = async |id: i64| {
            app.execute(format!("DELETE FROM jobs WHERE subject = {id}")).await;
            app.execute(format!("UPDATE images SET state = 'failed', failure = 'photo-failed-lost' WHERE id = {id}")).await;
        };
        fail(lost.id).await;
        fail(app.images_of(only).await[0].id).await;
        app.run_jobs().await;

        // The only one goes with its post.
        let page = ada.visit(urls::post(only)).await;
        assert!(page.says("photo-failed-lost") && page.has(&format!(".picture.failed a[href='{}']", urls::post_delete(only))));
        let ask = urls::post_photo_delete(only, app.images_of(only).await[0].id);
        ada.visit(&ask).await.assert_not_found();
        ada.post(&ask, &[]).await.assert_not_found();

        // Of several it goes alone, after a question.
        let ask = ada.visit(urls::post(post)).await.attr(".picture.failed a", "href");
        assert_eq!(ask, urls::post_photo_delete(post, lost.id));
        assert!(!mina.visit(urls::post(post)).await.has(".picture.failed a"));
        mina.post(&ask, &[]).await.assert_status(403);
        let form = ada.visit(&ask).await.assert_ok().attr("dialog form", "action");
        // One that is well stays.
        ada.post(urls::post_photo_delete(post, before[1].id), &[]).await.assert_not_found();
        ada.post(&form, &[]).await.assert_redirect(urls::post(post));
        let left: Vec<i64> = app.images_of(post).await.iter().map(|image| image.id).collect();
        assert_eq!(left, [before[1].id, before[2].id]);
        assert_eq!(app.numbers(format!("SELECT position FROM post_photos WHERE post_id = {post} ORDER BY position")).await, [0, 1]);
        assert_eq!(app.number(format!("SELECT photo_count FROM posts WHERE id = {post}")).await, 2);
        let grid = mina.visit(urls::EXPLORE).await;
        assert!(grid.has(&format!("a.picture[href='{}'] img", urls::post(post))), "it has a face again");
        ada.post(&form, &[]).await.assert_not_found();
        app.run_jobs().await;
        assert!(!app.stored_keys().await.contains(&lost.original_key));
        ada.post(urls::post_delete(only), &[]).await.assert_status(303);
        app.purge().await;
    });
}

#[test]
fn a_photo_whose_job_died_of_itself_says_so() {
    site(async |app| {
        app.expect_dead_jobs(1);
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        // As an older version wrote it, in a way nobody reads any more.
        app.execute("UPDATE jobs SET payload = '{}'").await;
        app.run_jobs().await;
        assert_eq!(app.images_of(post).await[0].failure.as_deref(), Some("photo-failed-internal"));
        let dead = app.read(|c| jobs::page(c, State::Dead, None, None)).await;
        assert_eq!(dead[0].subject, Some(app.images_of(post).await[0].id));
    });
}

#[test]
fn a_cancelled_job_about_a_photo_that_is_gone_leaves_nothing_behind() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::jpeg(600, 400)], "").await;
        let [image] = &app.images_of(post).await[..] else { panic!("one image") };
        ada.post(urls::post_delete(post), &[]).await.assert_redirect(urls::profile("ada"));
        app.purge().await;
        // What an attempt had put that was stopped in the middle.
        let public = picstargram::platform::storage::Kind { media_type: "image/webp", public: true };
        app.state.storage.put(&image.key("512"), "late".into(), public).await.expect("it is put");
        let cancelled = cancel_all(app).await;
        assert_eq!((cancelled.gone, cancelled.not), (1, 1), "what deletes is not cancelled");
        app.run_jobs().await;
        assert_eq!(app.stored_keys().await, [] as [String; 0]);
    });
}
