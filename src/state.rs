//! What a handler or a job may ask for. Cloning is cheap: everything inside is shared.

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::error::Result;
use crate::platform::db::Db;
use crate::platform::imaging::{self, Imaging};
use crate::platform::limits::Limits;
use crate::platform::mail::Mailer;
use crate::platform::oidc::Oidc;
use crate::platform::seal::Sealer;
use crate::platform::storage::Storage;
use crate::platform::tarpit::Tarpit;
use crate::platform::turns::Turns;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    pub storage: Storage,
    pub imaging: Imaging,
    pub clock: Clock,
    pub mailer: Mailer,
    pub limits: Limits,
    /// For those who ask on beyond a limit.
    pub tarpit: Tarpit,
    pub sealer: Sealer,
    /// Those who vouch for people elsewhere.
    pub oidc: Oidc,
    /// Turns at hashing passwords.
    pub hashing: Turns,
    /// Base of public picture addresses: `/media` or the CDN's.
    pub media_base: Arc<str>,
}

impl AppState {
    /// Opens everything the configuration names; migrations are `app`'s business.
    pub fn open(config: Config, clock: Clock) -> Result<Self> {
        let db = Db::open(&config.database, clock.clone())?;
        let storage = Storage::open(&config.storage.place, config.storage.old.as_ref())?;
        let limits =
            imaging::Limits { max_pixels: config.uploads.max_pixels, max_frames: config.uploads.max_frames, ..imaging::Limits::default() };
        let encoding = imaging::Encoding { quality: config.uploads.webp_quality, method: config.uploads.webp_method };
        let mut imaging = Imaging::new(limits, encoding, config.uploads.imaging_threads, config.uploads.imaging_memory);
        if config.server.workers > 0 {
            imaging = imaging.working_ahead();
        }
        let media_base = match &config.storage.media_url {
            Some(url) => url.as_str().trim_end_matches('/').into(),
            None => "/media".into(),
        };
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let sealer = Sealer::new(config.secret_key.clone());
        Ok(AppState {
            mailer: Mailer::open(&config.mail, &config.data_dir)?,
            limits: Limits::new(config.server.redis.as_ref().map(|url| url.as_str()), sealer.clone()),
            tarpit: Tarpit::default(),
            sealer,
            oidc: Oidc::open(&config.providers)?,
            config: Arc::new(config),
            db,
            storage,
            imaging,
            clock,
            hashing: Turns::new(cores),
            media_base,
        })
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where uploads wait while they are looked at: on the same disk as the rest of the data, emptied at every start.
    pub fn spool(&self) -> PathBuf {
        self.config.data_dir.join("spool")
    }
}
