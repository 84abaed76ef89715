//! A site looked at from outside its process: whether it has come to rest, and what must hold when it has.

use crate::support::program::{Place, until};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use futures_util::TryStreamExt;
use picstargram::clock::Clock;
use picstargram::config::{Config, StoragePlace};
use picstargram::media::{self, check, check::Report};
use picstargram::platform::imaging::Size;
use picstargram::platform::storage::Listed;
use picstargram::schema::{images, post_photos, posts};
use picstargram::state::AppState;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// The site's own database and store, opened a second time.
pub struct Inspector {
    pub state: AppState,
}

impl Inspector {
    pub fn of(place: &Place) -> Self {
        let lookup = |name: &str| place.environment.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let config = Config::from_lookup(lookup).unwrap_or_else(|problems| panic!("{problems}"));
        Inspector { state: AppState::open(config, Clock::default()).expect("the site's places open") }
    }

    pub async fn number(&self, sql: &'static str) -> i64 {
        let sql = format!("WITH q(n) AS ({sql}) SELECT CAST(n AS BIGINT) AS n FROM q");
        let rows = self.state.db.read(move |c| Ok(diesel::sql_query(sql).load::<Number>(c)?)).await.expect("the database reads");
        rows.iter().map(|row| row.n).sum()
    }

    /// Waits until nothing is left to do: every picture ready, every object where the ledger says, nothing queued but the next
    /// sweep, nothing dead.
    pub async fn comes_to_rest(&self, patience: Duration) {
        const UNREST: &str = "SELECT (SELECT count(*) FROM jobs WHERE state <> 'waiting' OR kind NOT IN ('media.sweep', 'mails.forget', 'accounts.upkeep', 'takeout.tidy')) \
             + (SELECT count(*) FROM objects WHERE state <> 'stored') + (SELECT count(*) FROM images WHERE state <> 'ready')";
        until("the site comes to rest", patience, async || self.number(UNREST).await == 0).await;
    }

    pub async fn stored(&self) -> BTreeSet<String> {
        let listed: Vec<Listed> = self.state.storage.list().try_collect().await.expect("the store lists its keys");
        listed.into_iter().map(|object| object.key).collect()
    }

    /// What holds for a site at rest, whatever its story was.
    pub async fn assert_whole(&self) {
        let ledger: BTreeSet<String> = self.state.db.read(media::ledger_keys).await.expect("the ledger is read").into_iter().collect();
        let stored = self.stored().await;
        assert_eq!(stored, ledger, "the store (left) is what the ledger says (right)");
        if let StoragePlace::Folder(folder) = &self.state.config.storage.place {
            let files = files_below(folder);
            assert_eq!(files.len(), stored.len(), "half-written files are left: {files:?}");
        }
        let nothing = Report { ledger: ledger.len() as u64, stored: stored.len() as u64, ..Report::default() };
        let checked =
            check::check(&self.state, |difference| eprintln!("{difference}"), |_| {}).await.expect("ledger and store are compared");
        assert_eq!(checked.report, nothing);
        drop(checked);
        let spool = files_below(&self.state.spool());
        assert_eq!(spool, [] as [String; 0], "files are left in the spool");
        assert_eq!(
            self.number("SELECT count(*) FROM posts WHERE photo_count <> (SELECT count(*) FROM post_photos WHERE post_id = posts.id)")
                .await,
            0
        );
        assert_eq!(
            self.number(
                "SELECT count(*) FROM users WHERE post_count <> (SELECT count(*) FROM posts WHERE author_id = users.id \
                 AND archived_at IS NULL AND deleted_at IS NULL)"
            )
            .await,
            0
        );
        let shown = "SELECT count(*) FROM images WHERE id NOT IN (SELECT image_id FROM post_photos) \
             AND id NOT IN (SELECT avatar_id FROM users WHERE avatar_id IS NOT NULL)";
        assert_eq!(self.number(shown).await, 0, "a picture that nothing shows is kept");
    }

    /// The captions of all posts, each with the originals of its photos as they are stored.
    pub async fn posts(&self) -> Vec<(String, Vec<Vec<u8>>)> {
        let rows: Vec<(String, String)> = self
            .state
            .db
            .read(|c| {
                let photos = posts::table.inner_join(post_photos::table.inner_join(images::table));
                Ok(photos.order((posts::id, post_photos::position)).select((posts::caption, images::original_key)).load(c)?)
            })
            .await
            .expect("the posts are read");
        let mut found: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
        for (caption, key) in rows {
            let original = self.state.storage.read(&key, 100_000_000).await.expect("the original is there").to_vec();
            match found.last_mut() {
                Some((last, originals)) if *last == caption => originals.push(original),
                _ => found.push((caption, vec![original])),
            }
        }
        found
    }

    /// Every object of every picture is whole: the sizes decode.
    pub async fn assert_decodes(&self) {
        for key in self.stored().await {
            if Path::new(&key).extension().is_some_and(|ending| ending == "webp") {
                let size = key.rsplit('_').next().and_then(|rest| rest.strip_suffix(".webp")).unwrap_or_default();
                assert!(size.parse::<Size>().is_ok(), "{key} is no size");
                let bytes = self.state.storage.read(&key, 100_000_000).await.expect("the object is there");
                image::load_from_memory_with_format(&bytes, image::ImageFormat::WebP).unwrap_or_else(|error| panic!("{key}: {error}"));
            }
        }
    }
}

/// The names of all files below a folder.
pub fn files_below(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path.display().to_string());
        }
    }
    files
}
