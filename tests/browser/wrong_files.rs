//! Files that are no photos: each is told at its place, and nothing else is lost.

use crate::chromium::journey;
use crate::support::{pictures, words};
use picstargram::urls;

#[test]
fn wrong_files_are_told_one_by_one_and_the_rest_is_kept() {
    journey(async |app, chromium| {
        let ada = chromium.window_of("ada", &app.signed_in("ada").await).await;
        ada.visit(urls::NEW_POST).await;
        let field = ".drop-area input[type=file]";
        ada.expect_status(422);
        ada.choose(field, &[pictures::portrait(), pictures::text()]).await;
        ada.count(".photo-slip", 2).await;
        // More can be added, and what is certainly no picture is not even sent.
        ada.choose(field, &[pictures::svg().named("drawing.svg"), pictures::truncated(), pictures::webp(80, 60)]).await;
        ada.count(".photo-slip", 5).await;
        ada.choose(field, &[pictures::text().named("notes.txt")]).await;
        ada.fill("#caption", "Two of these are photos").await;
        ada.fill("#slip-alt-1", "a lighthouse").await;
        let problems = [None, Some("photo-not-a-picture"), Some("photo-svg"), Some("photo-damaged"), None, Some("photo-not-a-picture")];
        for (index, problem) in problems.into_iter().enumerate() {
            let slip = format!(".photo-slip:nth-child({})", index + 1);
            match problem {
                Some(problem) => ada.reads(&format!("{slip}.failed .photo-failure"), words(problem, &[])).await,
                None => ada.see(&format!("{slip}[data-photo]")).await,
            }
        }
        // Sending them once more would not help; sharing waits until they are gone.
        ada.gone("[data-retry]").await;
        ada.reads("[data-waits]", words("share-broken-some", &[("n", 4)])).await;
        ada.click("[data-share-button]").await;
        ada.focused(".photo-slip:nth-child(2) [data-remove]").await;
        assert_eq!(ada.value("#caption").await, "Two of these are photos");
        assert_eq!(ada.value("#slip-alt-1").await, "a lighthouse");
        ada.drawn(".photo-slip:not(.failed) img").await;
        assert_eq!(ada.path().await, urls::NEW_POST);
        assert_eq!((app.rows_in("posts").await, app.rows_in("images").await), (0, 2));

        for left in [3, 2, 1, 0] {
            ada.click(".photo-slip.failed [data-remove]").await;
            ada.count(".photo-slip.failed", left).await;
        }
        ada.count(".photo-slip", 2).await;
        ada.click("[data-share-button]").await;
        ada.at(urls::HOME).await;
        ada.reads(".post-card .caption", "Two of these are photos").await;
        app.run_jobs().await;
        ada.count(".post-card img[srcset]", 2).await;
        assert_eq!(ada.attributes(".post-card img[srcset]", "alt").await, ["a lighthouse", "Photo by ada"]);
    });
}
