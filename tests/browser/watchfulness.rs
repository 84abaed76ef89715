//! Those who watch are watched: what a journey must notice is done on purpose here.

use crate::axe::examine;
use crate::chromium::journey;
use picstargram::urls;

#[test]
#[should_panic(expected = "the consoles say")]
fn an_error_in_the_console_fails_a_journey() {
    journey(async |_, chromium| {
        let ada = chromium.window("ada").await;
        ada.visit(urls::HOME).await;
        ada.eval("setTimeout(() => { throw new Error('on purpose') }); document.body.dataset.thrown = '1'").await;
        ada.see("[data-thrown]").await;
    });
}

#[test]
#[should_panic(expected = "Content Security Policy")]
fn a_breach_of_the_policy_fails_a_journey() {
    journey(async |_, chromium| {
        let ada = chromium.window("ada").await;
        ada.visit(urls::HOME).await;
        ada.eval("document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = 1' }))").await;
    });
}

#[test]
#[should_panic(expected = "a status of 404")]
fn an_answer_nobody_expected_fails_a_journey() {
    journey(async |_, chromium| {
        let ada = chromium.window("ada").await;
        ada.expect_status(422);
        ada.visit("/nowhere").await;
    });
}

#[test]
fn axe_finds_what_is_wrong_in_either_light() {
    journey(async |_, chromium| {
        let ada = chromium.window("ada").await;
        ada.visit(urls::HOME).await;
        ada.eval("document.querySelector('.empty img').parentElement.parentElement.removeAttribute('aria-hidden')").await;
        ada.eval("document.querySelector('.empty img').removeAttribute('alt')").await;
        // Only in the dark: black on nearly black.
        ada.eval("document.querySelector('.empty h2').style.color = 'black'").await;
        let mut found = Vec::new();
        examine(&ada, "home", &mut found).await;
        let has = |start: &str| found.iter().any(|problem| problem.starts_with(start));
        assert!(has("home, light: image-alt") && has("home, dark: image-alt"), "{found:#?}");
        assert!(has("home, dark: color-contrast") && !has("home, light: color-contrast"), "{found:#?}");
    });
}
