//! Back leads to the same place: as much of a list as there was, and where in it one was.

use crate::chromium::{Setup, journey};
use fantoccini::key::Key;
use picstargram::urls;

#[test]
fn back_finds_a_feed_as_far_as_it_was() {
    journey(async |app, chromium| {
        let ada = app.signed_in("ada").await;
        for number in 1..=45 {
            app.share_any(&ada, &format!("Number {number}")).await;
        }
        app.run_jobs().await;
        let mina = app.signed_in("mina").await;
        app.follow("mina", "ada").await;
        let phone = Setup { phone: true, ..Setup::default() };
        for setup in [Setup::default(), phone] {
            let mina = chromium.window_of_with("mina", &mina, setup).await;
            mina.visit(urls::HOME).await;
            mina.count(".post-card", 10).await;
            mina.press(Key::End).await;
            mina.count(".post-card", 20).await;
            mina.scroll_to(".post-card:nth-of-type(16) .handle").await;
            mina.until("the place is kept", "history.state?.shown === 20 && history.state?.scroll === Math.round(scrollY)").await;
            // Not the height of the page above: a phone only knows about how tall cards are that it has not shown yet.
            let stands_at = "document.querySelectorAll('.post-card')[15].getBoundingClientRect().top";
            let place = mina.text_of(&format!("String({stands_at})")).await;
            mina.click(".post-card:nth-of-type(16) .handle").await;
            mina.at(urls::profile("ada")).await;
            mina.count(".picture-grid a.picture", 24).await;
            let is_there = format!("document.querySelectorAll('.post-card').length >= 20 && Math.abs({stands_at} - {place}) < 3");
            mina.back().await;
            mina.at(urls::HOME).await;
            mina.until("it is all there again, at its place", &is_there).await;
            // And a reload as well.
            mina.reload().await;
            mina.until("it is all there again", &is_there).await;
        }
    });
}
