//! Chromium, and what every journey must keep: no error and no breach of the content security policy in any console.
//!
//! [`journey`] gives a story a site and a [`Chromium`]; each [`Window`] it opens is somebody's own browser with a fresh profile.

mod console;
mod driver;
mod window;

pub use window::Window;

use crate::support::{Browser, Setup as Site, TestApp, run};
use driver::Driver;
use futures_util::FutureExt;
use picstargram::web::cookies;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

/// Runs one journey on a site of its own; afterwards every console is looked at and every browser closed.
pub fn journey(story: impl AsyncFnOnce(&TestApp, &Chromium)) {
    run(journey_on(Site::default(), story));
}

/// The same on a site that differs, within a test that is running already.
pub async fn journey_on(site: Site, story: impl AsyncFnOnce(&TestApp, &Chromium)) {
    site.tell(async |app| {
        let chromium = Chromium { site: app.url.clone(), driver: Driver::shared().await, windows: Mutex::default() };
        let outcome = AssertUnwindSafe(story(app, &chromium)).catch_unwind().await;
        let windows = std::mem::take(&mut *chromium.windows.lock().expect("not poisoned"));
        let mut complaints = Vec::new();
        for window in windows {
            if outcome.is_err() {
                window.keep_picture().await;
            }
            complaints.extend(window.complaints().await);
            window.close().await;
        }
        if let Err(panic) = outcome {
            if !complaints.is_empty() {
                eprintln!("the consoles say: {complaints:#?}");
            }
            std::panic::resume_unwind(panic);
        }
        assert!(complaints.is_empty(), "the consoles say: {complaints:#?}");
    })
    .await;
}

/// How somebody's browser is set up.
#[derive(Clone, Copy)]
pub struct Setup {
    pub script: bool,
    /// What it sends as Accept-Language.
    pub languages: &'static str,
    /// A phone: narrow, and used with a finger.
    pub phone: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup { script: true, languages: "en-US", phone: false }
    }
}

pub struct Chromium {
    site: String,
    driver: Arc<Driver>,
    windows: Mutex<Vec<Window>>,
}

impl Chromium {
    /// A browser of somebody nobody knows yet.
    pub async fn window(&self, name: &'static str) -> Window {
        self.window_with(name, Setup::default()).await
    }

    pub async fn window_with(&self, name: &'static str, setup: Setup) -> Window {
        let window = Window::open(name, &self.site, &self.driver.url, setup).await;
        self.windows.lock().expect("not poisoned").push(window.clone());
        window
    }

    /// A browser with the session of somebody who is signed in elsewhere.
    pub async fn window_of(&self, name: &'static str, person: &Browser) -> Window {
        self.window_of_with(name, person, Setup::default()).await
    }

    pub async fn window_of_with(&self, name: &'static str, person: &Browser, setup: Setup) -> Window {
        let window = self.window_with(name, setup).await;
        window.set_cookie(cookies::SESSION, &person.cookie(cookies::SESSION).expect("somebody who is signed in")).await;
        window
    }
}
