//! Without a mouse.

use crate::chromium::{Window, journey};
use crate::support::pictures;
use fantoccini::key::Key;
use picstargram::urls;

/// Presses Tab until the focus is on such an element. Wherever it stops on the way must be visible, and look focused.
async fn tab_to(window: &Window, css: &str) {
    let mut way = Vec::new();
    for _ in 0..40 {
        window.press(Key::Tab).await;
        let seen = window
            .eval(
                "const at = document.activeElement; const style = getComputedStyle(at); const box = at.getBoundingClientRect(); \
                 return [at.outerHTML.slice(0, 120), at.checkVisibility() && box.width > 0 && style.outlineStyle !== 'none' && \
                 parseFloat(style.outlineWidth) > 0 && at.matches(':focus-visible')]",
            )
            .await;
        let place = seen[0].as_str().expect("an element").to_owned();
        assert_eq!(seen[1], true, "the focus does not show on {place}, after {way:#?}");
        way.push(place);
        if window.is(&format!("document.activeElement.matches({})", serde_json::json!(css))).await {
            return;
        }
    }
    panic!("Tab does not lead to {css}, but to {way:#?}");
}

#[test]
fn everything_on_a_card_can_be_reached_and_used() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        let post = app.share(&ada, &[pictures::small(), pictures::webp(80, 60)], "By the sea").await;
        app.run_jobs().await;
        let mina = chromium.window_of("mina", &app.signed_in("mina").await).await;
        app.follow("mina", "ada").await;
        mina.visit(urls::HOME).await;

        // Past the navigation.
        mina.press(Key::Tab).await;
        mina.focused(".skip-link").await;
        mina.until("it slides in", "document.querySelector('.skip-link').getBoundingClientRect().top >= 0").await;
        assert!(mina.is("getComputedStyle(document.activeElement).outlineStyle !== 'none'").await);
        mina.press(Key::Enter).await;
        mina.focused("#main").await;

        // The menu.
        tab_to(&mina, &format!("[popovertarget=menu-{post}]")).await;
        mina.press(Key::Enter).await;
        mina.see(&format!("#menu-{post}:popover-open")).await;
        tab_to(&mina, &format!("#menu-{post} a")).await;
        mina.press(Key::Escape).await;
        mina.gone(&format!("#menu-{post}")).await;
        mina.focused(&format!("[popovertarget=menu-{post}]")).await;

        // The photos.
        tab_to(&mina, ".carousel-strip").await;
        mina.press(Key::Right).await;
        mina.reads("[data-carousel-now]", "2").await;
        mina.press(Key::Left).await;
        mina.reads("[data-carousel-now]", "1").await;
        mina.until("it rests", "document.querySelector('.carousel-strip').scrollLeft === 0").await;
        // On through the photos themselves, which shows the last one. A button that goes gives the focus to the other.
        tab_to(&mina, ".carousel-strip li:nth-child(2) a").await;
        mina.reads("[data-carousel-now]", "2").await;
        tab_to(&mina, ".carousel-step.previous").await;
        for (now, button) in [("1", "next"), ("2", "previous")] {
            mina.press(Key::Enter).await;
            mina.reads("[data-carousel-now]", now).await;
            mina.focused(&format!(".carousel-step.{button}")).await;
        }

        // The like, twice: the button may be drawn anew, the focus stays on it.
        tab_to(&mina, "button.like").await;
        for (liked, count) in [("true", "1"), ("false", "0")] {
            mina.press(Key::Enter).await;
            let answered = if liked == "true" { "false" } else { "true" };
            mina.until("the server has answered", &format!("document.querySelector('[name=liked]').value === '{answered}'")).await;
            mina.see(&format!("button.like[aria-pressed={liked}]")).await;
            mina.reads("button.like .count", count).await;
            mina.focused("button.like").await;
        }
        assert_eq!(app.rows_in("likes").await, 0);
    });
}

#[test]
fn a_dialog_keeps_the_focus_and_gives_it_back() {
    journey(async |app, chromium| {
        let ada = chromium.window_of("ada", &app.signed_in("ada").await).await;
        ada.visit(urls::profile("ada")).await;
        let edit = format!(".profile-head a[href='{}']", urls::SETTINGS_PROFILE);
        tab_to(&ada, &edit).await;
        ada.press(Key::Enter).await;
        ada.see("dialog:modal").await;
        // Round and round, past the browser's own stop after the last field.
        for _ in 0..12 {
            ada.press(Key::Tab).await;
            assert!(
                ada.is("document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)")
                    .await
            );
        }
        ada.press(Key::Escape).await;
        ada.gone("dialog").await;
        ada.focused(&edit).await;
    });
}
