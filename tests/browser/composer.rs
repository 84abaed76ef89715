//! A post put together photo by photo: each is sent by itself, can fail by itself, and is still there after a reload.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey};
use crate::support::{TestApp, pictures, words};
use fantoccini::key::Key;
use picstargram::urls;
use picstargram::web::UserId;
use std::time::Duration;

const FIELD: &str = ".drop-area input[type=file]";
const THERE: &str = ".photo-slip[data-photo]";

async fn names(window: &Window) -> Vec<String> {
    window.texts(".photo-file").await.iter().map(|text| text.split(" · ").next().unwrap_or_default().to_owned()).collect()
}

/// Takes every place this person has in the queue of uploads: the next is told to come back.
fn crowd(app: &TestApp, person: UserId) -> Vec<impl Drop> {
    std::iter::from_fn(|| app.state.imaging.admit(person.get()).ok()).collect()
}

#[test]
fn three_photos_one_of_them_late_and_a_reload_in_between() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let ada = chromium.window_of("ada", &person).await;
        let mut found = Vec::new();
        ada.visit(urls::NEW_POST).await;
        ada.reads("[data-waits]", words("photos-needed", &[])).await;

        // Two are there before anybody shares anything.
        ada.choose(FIELD, &[pictures::portrait(), pictures::telling()]).await;
        ada.count(THERE, 2).await;
        ada.drawn(".photo-slip img[src^='/media/']").await;
        assert_eq!((app.rows_in("images").await, app.rows_in("posts").await), (2, 0));
        ada.reads("[data-found=date]", "Photo 2: 3 May 2026").await;

        // The third is turned away, and keeps the others from going without it.
        let places = crowd(app, app.id_of("ada").await);
        ada.expect_status(503);
        ada.choose(FIELD, &[pictures::webp(600, 400)]).await;
        ada.see(".photo-slip.failed [data-retry]").await;
        ada.reads("[data-waits]", words("share-broken-one", &[])).await;
        examine(&ada, "composer with a photo that failed", &mut found).await;
        ada.click("[data-share-button]").await;
        ada.focused(".photo-slip.failed [data-retry]").await;
        drop(places);
        ada.click(".photo-slip.failed [data-retry]").await;
        ada.count(THERE, 3).await;
        ada.gone(".photo-slip.failed").await;

        // By keyboard: the last becomes the first, and the focus goes with it.
        ada.eval("document.querySelector('.photo-slip:last-child [data-move=\"-1\"]').focus()").await;
        ada.press(Key::Enter).await;
        ada.focused(".photo-slip:nth-child(2) [data-move='-1']").await;
        ada.press(Key::Left).await;
        ada.until("it is the first", "document.querySelector('.photo-file').textContent.startsWith('sketch.webp')").await;
        ada.focused(".photo-slip:first-child [data-move='1']").await;
        ada.until("it is said", "document.querySelector('[data-spoken]').textContent.includes('number 1')").await;

        // By mouse: the last over the one before it, there and back.
        for last in ["IMG_2041.JPG", "DSCF0412.JPG"] {
            ada.eval(
                "const [, over, drawn] = document.querySelectorAll('.photo-slip'); const dataTransfer = new DataTransfer(); \
                 const tell = (slip, type) => slip.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })); \
                 tell(drawn, 'dragstart'); tell(over, 'dragover'); tell(drawn, 'dragend')",
            )
            .await;
            assert!(names(&ada).await[2] == last, "{:?}", names(&ada).await);
        }

        ada.fill("#slip-alt-1", "four colours").await;
        ada.fill("#slip-alt-2", "a lighthouse").await;
        ada.reads("[data-waits]", words("share-bare-one", &[])).await;
        ada.fill("#caption", "A week by the #sea").await;
        ada.click("[data-will-be-shared] [value=date]").await;
        ada.eval(
            "document.querySelector('#audience').value = 'followers'; \
                  document.querySelector('#audience').dispatchEvent(new Event('input', { bubbles: true }))",
        )
        .await;
        ada.until(
            "the draft is kept",
            "Object.values(localStorage).some((draft) => draft.includes('#sea') && draft.includes('followers'))",
        )
        .await;

        // All of it is there again.
        ada.reload().await;
        ada.count(THERE, 3).await;
        assert_eq!(names(&ada).await, ["sketch.webp", "IMG_2041.JPG", "DSCF0412.JPG"]);
        assert_eq!(ada.value("#slip-alt-2").await, "a lighthouse");
        assert_eq!((ada.value("#caption").await, ada.value("#audience").await), ("A week by the #sea".to_owned(), "followers".to_owned()));
        assert!(ada.is("document.querySelector('[name=keep][value=date]').checked").await);
        ada.reads("[data-found=date]", "Photo 3: 3 May 2026").await;
        ada.reads("#notices", words("draft-restored", &[])).await;
        examine(&ada, "composer with a draft", &mut found).await;

        // Pressed twice, made once.
        ada.eval("const button = document.querySelector('[data-share-button]'); button.click(); button.click()").await;
        ada.at(urls::HOME).await;
        ada.reads("#notices", words("flash-post-shared", &[])).await;
        ada.reads(".post-card .caption", "A week by the #sea").await;
        app.run_jobs().await;
        assert_eq!(app.rows_in("posts").await, 1);
        assert_eq!(app.texts("SELECT alt FROM post_photos ORDER BY position LIMIT 3").await, ["four colours", "a lighthouse", ""]);
        assert_eq!(app.number("SELECT count(*) FROM post_photos WHERE taken_at IS NOT NULL AND place IS NULL").await, 1);
        ada.visit(urls::NEW_POST).await;
        ada.reads("[data-waits]", words("photos-needed", &[])).await;
        assert!(ada.is("!Object.keys(localStorage).some((key) => key.startsWith('picstargram-draft'))").await, "nothing is left of it");
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn who_leaves_is_asked_while_photos_are_on_their_way_and_a_draft_can_be_discarded() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let ada = chromium.window_of("ada", &person).await;
        ada.visit(urls::HOME).await;
        ada.click(&format!(".site-nav a[href='{}']", urls::NEW_POST)).await;
        ada.at(urls::NEW_POST).await;
        ada.fill("#caption", "Words that stay").await;
        ada.choose(FIELD, &[pictures::small()]).await;
        ada.count(THERE, 1).await;
        ada.slow_line(Duration::ZERO, 20_000).await;
        ada.choose(FIELD, &[pictures::camera()]).await;
        ada.reads(".photo-slip.sending [data-bytes]", " of ").await;
        let explore = format!(".site-nav a[href='{}']", urls::EXPLORE);
        ada.click(&explore).await;
        ada.see("dialog[data-leaving]:modal").await;
        ada.click("dialog [data-stay]").await;
        ada.gone("dialog[data-leaving]").await;
        assert_eq!(ada.path().await, urls::NEW_POST);
        // A step back asks as well, and who stays is where they were.
        ada.back().await;
        ada.see("dialog[data-leaving]:modal").await;
        ada.click("dialog [data-stay]").await;
        ada.gone("dialog[data-leaving]").await;
        ada.at(urls::NEW_POST).await;
        ada.reads(".photo-slip.sending [data-bytes]", " of ").await;
        ada.click(&explore).await;
        ada.see("dialog[data-leaving]:modal").await;
        ada.fast_line().await;
        ada.click("dialog [data-leave]").await;
        ada.at(urls::EXPLORE).await;

        // What had arrived is in the draft, and goes when it is discarded.
        ada.visit(urls::NEW_POST).await;
        ada.count(THERE, 1).await;
        assert_eq!(ada.value("#caption").await, "Words that stay");
        ada.click("[data-discard]").await;
        ada.count(".photo-slip", 0).await;
        assert_eq!(ada.value("#caption").await, "");
        ada.gone("[data-discard]").await;
        ada.reload().await;
        assert_eq!(ada.value("#caption").await, "");

        // Signing out leaves nothing to the next at this device.
        ada.fill("#caption", "Secret").await;
        ada.until("the draft is kept", "Object.values(localStorage).some((draft) => draft.includes('Secret'))").await;
        ada.visit(urls::SETTINGS).await;
        ada.click(&format!("form[action='{}'] button", urls::SIGN_OUT)).await;
        ada.at(urls::HOME).await;
        assert!(ada.is("localStorage.length === 0").await);
    });
}

#[test]
fn tags_and_people_are_chosen_by_keyboard_and_by_mouse() {
    journey(async |app, chromium| {
        let grace = app.signed_in("grace").await;
        app.share_any(&grace, "#seaside").await;
        let person = app.signed_in("ada").await;
        for setup in [Setup::default(), Setup { phone: true, ..Setup::default() }] {
            let ada = chromium.window_of_with("ada", &person, setup).await;
            let mut found = Vec::new();
            ada.visit(urls::NEW_POST).await;
            ada.fill("#caption", "A day at the #se").await;
            ada.reads("[role=option]", "#seaside").await;
            // Enter is a new line, until something is chosen.
            ada.press(Key::Down).await;
            ada.see("[role=option][aria-selected=true]").await;
            ada.until(
                "it is named",
                "document.activeElement.getAttribute('aria-activedescendant') === document.querySelector('[role=option]').id",
            )
            .await;
            examine(&ada, "composer with suggestions", &mut found).await;
            ada.press(Key::Enter).await;
            ada.gone("[role=listbox]").await;
            assert_eq!(ada.value("#caption").await, "A day at the #seaside ");
            ada.eval(
                "document.querySelector('#caption').setRangeText('with @gr', 22, 22, 'end'); \
                      document.querySelector('#caption').dispatchEvent(new Event('input', { bubbles: true }))",
            )
            .await;
            ada.see("[role=option]").await;
            ada.press(Key::Escape).await;
            ada.gone("[role=listbox]").await;
            ada.eval("document.querySelector('#caption').dispatchEvent(new Event('input', { bubbles: true }))").await;
            ada.click("[role=option][data-word='@grace']").await;
            assert_eq!(ada.value("#caption").await, "A day at the #seaside with @grace ");
            ada.focused("#caption").await;
            assert!(found.is_empty(), "{found:#?}");
        }
    });
}

#[test]
fn photos_change_places_in_the_edit_dialog() {
    journey(async |app, chromium| {
        let person = app.signed_in("ada").await;
        let post = app.share(&person, &[pictures::jpeg(61, 40), pictures::jpeg(62, 40), pictures::jpeg(63, 40)], "").await;
        app.run_jobs().await;
        let ada = chromium.window_of("ada", &person).await;
        let mut found = Vec::new();
        ada.visit(urls::post_edit(post)).await;
        examine(&ada, "edit post with three photos", &mut found).await;
        ada.fill("#alt-3", "the third").await;
        for _ in 0..2 {
            ada.click("[data-order] li:has(#alt-3) [data-step='-1']").await;
        }
        ada.focused("[data-order] li:first-child [data-step='1']").await;
        ada.reads("[data-order] li:first-child label", words("field-alt", &[("n", 1)])).await;
        ada.click("dialog button.primary").await;
        ada.at(urls::post(post)).await;
        let widths: Vec<i32> = app.images_of(post).await.iter().map(|image| image.width).collect();
        assert_eq!(widths, [63, 61, 62]);
        assert_eq!(ada.attributes(".post-photos img[srcset]", "alt").await[0], "the third");
        assert!(found.is_empty(), "{found:#?}");
    });
}
