//! A post over the page behind it, and what people say about it.

use crate::axe::examine;
use crate::chromium::{Setup, Window, journey};
use crate::support::{pictures, words};
use fantoccini::key::Key;
use picstargram::urls;

/// The page one came from is still the very same document, where it was.
async fn is_untouched(window: &Window, path: &str) {
    window.at(path).await;
    window.gone("#open-post dialog").await;
    assert!(window.is("window.untouched === true && document.querySelector('main li').mark === true").await, "the page was asked for anew");
    window.until("it is where it was", "scrollY === 120").await;
}

#[test]
fn a_post_opens_over_the_grid_and_leaves_it_as_it_was() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let mut posts = Vec::new();
        for number in 0..3 {
            posts.insert(0, app.share_any(&ada, &format!("Number {number}")).await);
        }
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        mina.visit(urls::EXPLORE).await;
        mina.eval("window.untouched = true; document.querySelector('main li').mark = true").await;
        mina.eval("document.body.style.minBlockSize = '4000px'; scrollTo({ top: 120, behavior: 'instant' })").await;
        let title = mina.text_of("document.title").await;
        let tile = |at: usize| format!("main a[href='{}']", urls::post(posts[at]));
        let shown = |at: usize| format!("#open-post [data-address='{}']", urls::post(posts[at]));

        // By mouse; closed by the button, Escape, a click beside it, and the browser's own Back.
        for way in ["button", "escape", "beside", "back"] {
            mina.click(&tile(1)).await;
            mina.see("#open-post dialog:modal").await;
            mina.at(urls::post(posts[1])).await;
            assert!(mina.text_of("document.title").await.contains("Number 1"));
            match way {
                "button" => mina.click("[data-close-post]").await,
                "escape" => mina.press(Key::Escape).await,
                "beside" => {
                    let press = async |at: &str| {
                        let press = "const dialog = document.querySelector('#open-post dialog'); const box = dialog.getBoundingClientRect(); \
                                     const beside = { bubbles: true, clientX: box.left - 8, clientY: box.top + 8 }; \
                                     document.querySelector('AT').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); \
                                     dialog.dispatchEvent(new MouseEvent('click', beside))";
                        mina.eval(&press.replace("AT", at)).await;
                    };
                    // Who selects words and lets go beside the dialog stays.
                    press("#body").await;
                    mina.see("#open-post dialog:modal").await;
                    press("#open-post dialog").await;
                }
                _ => mina.back().await,
            }
            is_untouched(&mina, urls::EXPLORE).await;
            assert_eq!(mina.text_of("document.title").await, title);
            mina.focused(&tile(1)).await;
        }
        // Forward opens it again, over the same page.
        mina.eval("history.forward()").await;
        mina.see(&shown(1)).await;
        mina.at(urls::post(posts[1])).await;
        // To its neighbours by keys and buttons, and one step back out.
        mina.press(Key::Right).await;
        mina.see(&shown(2)).await;
        mina.at(urls::post(posts[2])).await;
        mina.gone("[data-step='1']").await;
        mina.click("[data-step='-1']").await;
        mina.see(&shown(1)).await;
        mina.press(Key::Left).await;
        mina.see(&shown(0)).await;
        mina.gone("[data-step='-1']").await;
        mina.back().await;
        is_untouched(&mina, urls::EXPLORE).await;

        // A reload of what the bar says is the page of its own, and from there Back leads to the grid.
        mina.click(&tile(0)).await;
        mina.see(&shown(0)).await;
        mina.reload().await;
        mina.see(&format!("main [data-address='{}']", urls::post(posts[0]))).await;
        mina.gone("#open-post dialog").await;
        mina.back().await;
        mina.at(urls::EXPLORE).await;
        mina.see(&tile(0)).await;

        // A link within leads on, and Back to the post's page.
        mina.click(&tile(0)).await;
        mina.see(&shown(0)).await;
        mina.click("#open-post .byline .handle").await;
        mina.at(urls::profile("ada")).await;
        mina.gone("#open-post dialog").await;
        mina.back().await;
        mina.see(&format!("main [data-address='{}']", urls::post(posts[0]))).await;

        // Gone meanwhile: a notice, and nothing else happens.
        mina.visit(urls::EXPLORE).await;
        ada.post(urls::post_delete(posts[2]), &[]).await.assert_status(303);
        mina.expect_status(404);
        mina.click(&tile(2)).await;
        mina.reads("#notices", words("error-not-found-title", &[])).await;
        mina.at(urls::EXPLORE).await;
    });
}

#[test]
fn people_talk_under_a_picture() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "By the sea").await;
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        mina.visit(urls::EXPLORE).await;
        mina.click(&format!("main a[href='{}']", urls::post(post))).await;
        mina.see("#open-post dialog:modal").await;
        mina.click("#open-post a[data-say-here]").await;
        mina.focused("#body").await;

        mina.fill("#body", "Which <b>sea</b> is it?").await;
        mina.click("#say button[type=submit]").await;
        mina.reads(".comment .comment-body", "Which <b>sea</b> is it?").await;
        mina.focused("#body").await;
        assert_eq!(mina.value("#body").await, "", "the form is empty again");
        mina.reads("#comments-title", words("comments-title", &[("count", 1)])).await;
        mina.reads("#talk-news", words("comment-added", &[])).await;
        let behind = format!("document.querySelector('main .comments-of-{post}').textContent === '1'");
        mina.until("the tile behind counts it", &behind).await;

        // An answer to an answer stands in the same thread and names whom it is for.
        mina.click("a[data-answer]").await;
        mina.reads(".say-to [data-words]", "Replying to mina").await;
        mina.fill("#body", "The East one").await;
        mina.press(Key::Enter).await;
        mina.count(".comment .comment", 0).await;
        mina.click("#say button[type=submit]").await;
        mina.count(".comment .comment", 1).await;
        mina.gone(".say-to").await;
        mina.click(".comment .comment a[data-answer]").await;
        assert_eq!(mina.value("#body").await, "@mina ");
        mina.click("[data-answer-nobody]").await;
        mina.gone(".say-to").await;

        // A reaction shows at once; the four are behind a button.
        mina.click(".reactions summary").await;
        mina.click(".reactions form:nth-of-type(2) button").await;
        mina.see(".reactions form:not(.unused) button[aria-pressed=true]").await;
        mina.until("the server has answered", "document.querySelector('.reactions form:nth-of-type(2) [name=on]').value === 'false'").await;
        assert_eq!(app.rows_in("reactions").await, 1);

        // What is too long stays, with the reason.
        mina.expect_status(422);
        mina.paste("#body", &"a".repeat(1_001)).await;
        mina.click("#say button[type=submit]").await;
        mina.see("#body-error").await;
        assert_eq!(mina.value("#body").await.len(), 1_001);
        mina.focused("#body").await;

        // Deleted, after a question; the dialog behind the question stays.
        mina.click(".comment > .said a[href$='/delete']").await;
        mina.see("#dialogs dialog:modal").await;
        mina.press(Key::Escape).await;
        mina.gone("#dialogs dialog").await;
        mina.see("#open-post dialog:modal").await;
        mina.click(".comment > .said a[href$='/delete']").await;
        mina.see("#dialogs dialog:modal").await;
        mina.click("#dialogs button.danger").await;
        mina.gone("#dialogs dialog").await;
        mina.reads(".comment > .said.gone", words("comment-gone", &[])).await;
        mina.reads("#open-post #notices", words("flash-comment-deleted", &[])).await;
        mina.reads("#comments-title", words("comments-title", &[("count", 1)])).await;
        mina.press(Key::Escape).await;
        mina.at(urls::EXPLORE).await;
    });
}

#[test]
fn photos_one_by_one() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::small(), pictures::webp(80, 60)], "Two").await;
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        mina.visit(urls::EXPLORE).await;
        mina.click(&format!("main a[href='{}']", urls::post(post))).await;
        mina.see("#open-post dialog:modal").await;
        mina.click("#open-post a.picture").await;
        mina.reads(".viewer-count", "1 / 2").await;
        mina.press(Key::Right).await;
        mina.reads(".viewer-count", "2 / 2").await;
        mina.see(&format!("#open-post [data-address='{}']", urls::post(post))).await;
        mina.press(Key::Left).await;
        mina.reads(".viewer-count", "1 / 2").await;
        mina.press(Key::Escape).await;
        mina.gone(".viewer").await;
        mina.see("#open-post dialog:modal").await;

        // Without script it is pages all the way.
        let joon = chromium.window_with("joon", Setup { script: false, ..Setup::default() }).await;
        joon.visit(urls::post(post)).await;
        joon.click("a.picture").await;
        joon.at(urls::post_photo(post, 1)).await;
        joon.click("a.next").await;
        joon.at(urls::post_photo(post, 2)).await;
        joon.click("a[data-close]").await;
        joon.at(urls::post(post)).await;
    });
}

#[test]
fn a_conversation_without_script() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "By the sea").await;
        app.run_jobs().await;
        let person = app.signed_in("mina").await;
        let mina = chromium.window_of_with("mina", &person, Setup { script: false, ..Setup::default() }).await;
        mina.visit(urls::post(post)).await;
        mina.fill("#body", "Which sea is it?").await;
        mina.click("#say button[type=submit]").await;
        mina.reads(".comment .comment-body", "Which sea is it?").await;
        mina.click("a[data-answer]").await;
        mina.fill("#body", "The East one").await;
        mina.click("#say button[type=submit]").await;
        mina.reads(".comment .comment .comment-body", "The East one").await;
        mina.click(".reactions summary").await;
        mina.click(".reactions form:nth-of-type(1) button").await;
        mina.see(".reactions button[aria-pressed=true]").await;
        mina.click(".comment > .said a[href$='/delete']").await;
        mina.click("button.danger").await;
        mina.reads(".comment > .said.gone", words("comment-gone", &[])).await;
    });
}

#[test]
fn a_conversation_at_a_desk_for_everybody() {
    axe(Setup::default());
}

#[test]
fn a_conversation_on_a_phone_for_everybody() {
    axe(Setup { phone: true, ..Setup::default() });
}

fn axe(setup: Setup) {
    journey(async |app, chromium| {
        let (ada, person) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share(&ada, &[pictures::jpeg(640, 480), pictures::webp(80, 60)], "By the sea").await;
        app.run_jobs().await;
        for body in ["first", "두 번째"] {
            ada.post(urls::post_comments(post), &[("body", body)]).await.assert_status(303);
        }
        let thread = app.number("SELECT max(id) FROM comments").await;
        for who in [&ada, &person] {
            who.post(urls::post_comments(post), &[("body", "a reply"), ("parent_id", &thread.to_string())]).await.assert_status(303);
            who.post(urls::comment_reactions(thread), &[("emoji", "👏"), ("on", "true")]).await.assert_status(303);
        }
        let mina = chromium.window_of_with("mina", &person, setup).await;
        let mut found = Vec::new();
        for (name, path) in [
            ("post", urls::post(post)),
            ("answering", urls::post_answering(post, thread)),
            ("comments alone", urls::post_comments(post)),
            ("replies", urls::comment_replies(thread, 0)),
            ("viewer", urls::post_photo(post, 1)),
        ] {
            mina.visit(path).await;
            examine(&mina, name, &mut found).await;
        }
        mina.visit(urls::EXPLORE).await;
        mina.click(&format!("main a[href='{}']", urls::post(post))).await;
        mina.see("#open-post dialog:modal").await;
        examine(&mina, "dialog", &mut found).await;
        mina.click(".reactions summary").await;
        examine(&mina, "dialog with reactions", &mut found).await;
        mina.click("#open-post a.picture").await;
        mina.see(".viewer:modal").await;
        examine(&mina, "viewer in a dialog", &mut found).await;
        assert!(found.is_empty(), "{found:#?}");
    });
}
