//! What every page carries around its content: who is looking, in which language and light, where the assets are, and a
//! notice left by the request before.

use crate::clock::Timestamp;
use crate::web::flash::Flash;
use crate::web::i18n::Lang;
use crate::web::viewer::Viewer;
use chrono_tz::Tz;
use std::sync::Arc;

/// Light, dark, or as the system has it (absent).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub fn as_str(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    pub fn from_name(name: &str) -> Option<Scheme> {
        match name {
            "light" => Some(Scheme::Light),
            "dark" => Some(Scheme::Dark),
            _ => None,
        }
    }
}

/// What filters in templates need to know about the reader (see `filters`).
#[derive(Clone, Debug)]
pub struct Reader {
    pub lang: Lang,
    pub time_zone: Tz,
    pub now: Timestamp,
    pub media_base: Arc<str>,
    /// The same for other sites: with scheme and host.
    pub absolute_media_base: String,
    /// Feeds wait for a click instead of loading on.
    pub paging: bool,
}

#[derive(Clone, Debug)]
pub struct Layout {
    pub lang: Lang,
    pub scheme: Option<Scheme>,
    pub viewer: Option<Viewer>,
    pub flash: Option<Flash>,
    /// The path of this page: marks where one is in the navigation, and where a form leads back to.
    pub path: String,
    /// The viewer's address is not proven, and a mail would reach it.
    pub asks_proof: bool,
    /// The absolute base, without a slash at its end.
    pub origin: String,
}

impl Layout {
    /// `aria-current="page"` for the entry of the navigation that leads here.
    pub fn is_current(&self, path: impl AsRef<str>) -> bool {
        self.path == path.as_ref()
    }

    pub fn unread(&self) -> i64 {
        self.viewer.as_ref().map_or(0, |viewer| viewer.unread)
    }

    pub fn is_for_admins(&self) -> bool {
        self.viewer.as_ref().is_some_and(Viewer::is_admin)
    }

    pub fn is_me(&self, username: &str) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.username == username)
    }
}
