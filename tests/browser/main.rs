//! The site in a real Chromium: the ways a person takes, with script and without it, by mouse and by keyboard. One file per
//! journey; [`chromium`] holds the browser, `support` is the bench of `tests/site`.
//!
//! Needs `chromium` and `chromedriver` (Debian: `chromium`, `chromium-driver`; other places by `CHROMIUM` and `CHROMEDRIVER`), and
//! the path of axe-core's `axe.min.js` in `AXE_CORE_JS`. What is missing fails the tests that need it. `TEST_DATABASE` and
//! `TEST_STORAGE` work as in `tests/site`. A journey that fails leaves a picture of each of its windows in `target/tmp`.

// Some of the bench is for `tests/site` only.
#[allow(dead_code, unused_imports)]
#[path = "../site/support/mod.rs"]
mod support;

mod chromium;

mod axe;
mod back;
mod composer;
mod conversation;
mod edit_and_delete;
mod jobs;
mod keeping;
mod keyboard;
mod languages_and_light;
mod live;
mod looking;
mod people;
mod registration;
mod scrolling;
mod security;
mod social;
mod takeout;
mod watchfulness;
mod with_script;
mod without_script;
mod wrong_files;
