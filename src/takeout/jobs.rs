//! The work behind it: a copy is made, a file is gone through, an account goes; and what is over is swept up.

use super::deletion::Deletion;
use super::export::Export;
use super::gather::{self, Progress};
use super::import::Import;
use super::importing;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::media::files;
use crate::platform::crash;
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Attempt, Concurrency, End, Failure, Job, Perform};
use crate::state::AppState;
use crate::web::UserId;
use chrono::TimeDelta;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

/// Makes one copy of everything.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeExport {
    pub export: i64,
}

/// Tells the row how far it is, now and then.
struct ToRow<'a> {
    state: &'a AppState,
    export: i64,
    last: Option<Instant>,
}

const TELL_EVERY: Duration = Duration::from_secs(1);

impl Progress for ToRow<'_> {
    async fn report(&mut self, done: i64, total: i64) -> Result<bool> {
        if self.last.is_some_and(|last| last.elapsed() < TELL_EVERY) {
            return Ok(true);
        }
        self.last = Some(Instant::now());
        let export = self.export;
        self.state.db.write(move |c| Export::report(c, export, done, total)).await
    }
}

impl Job for MakeExport {
    const KIND: &'static str = "takeout.export";
    const CONCURRENCY: Concurrency = Concurrency::One;
    // Its owner stops it: that takes the row away, and a file that is being put is still cleared.
    const CANCELLABLE: bool = false;

    fn subject(&self) -> Option<i64> {
        Some(self.export)
    }

    fn ended(job: Option<Self>, subject: Option<i64>, _: End, c: &mut Conn, now: Timestamp) -> Result<()> {
        job.map(|job| job.export).or(subject).map_or(Ok(()), |id| Export::fail(c, id, now))
    }

    fn revived(subject: Option<i64>, c: &mut Conn) -> Result<()> {
        subject.map_or(Ok(()), |id| Export::revive(c, id))
    }
}

impl Perform<AppState> for MakeExport {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let (id, now) = (self.export, state.now());
        let Some(export) = state.db.write(move |c| Export::start(c, id, now)).await? else { return Ok(()) };
        crash::point("export.written_down");
        let mut progress = ToRow { state: &state, export: id, last: None };
        let written = match gather::gather(&state, export.user, state.spool(), &mut progress).await {
            Ok(Some(written)) => written,
            // Stopped, or its owner is gone.
            Ok(None) | Err(Error::NotFound) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        state.storage.put_file(&export.key, &written.path, files::ZIP).await?;
        crash::point("export.put");
        let (sealer, bytes, now) = (state.sealer.clone(), written.bytes as i64, state.now());
        state.db.write(move |c| Export::finish(c, &sealer, &export, bytes, now)).await?;
        crash::point("export.ready");
        Ok(())
    }
}

/// Goes through one file: looks, or makes posts of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunImport {
    pub import: i64,
}

impl Job for RunImport {
    const KIND: &'static str = "takeout.import";
    const CONCURRENCY: Concurrency = Concurrency::One;
    const CANCELLABLE: bool = false;

    fn subject(&self) -> Option<i64> {
        Some(self.import)
    }

    fn ended(job: Option<Self>, subject: Option<i64>, _: End, c: &mut Conn, now: Timestamp) -> Result<()> {
        job.map(|job| job.import).or(subject).map_or(Ok(()), |id| Import::fail(c, id, now))
    }

    fn revived(subject: Option<i64>, c: &mut Conn) -> Result<()> {
        subject.map_or(Ok(()), |id| Import::revive(c, id))
    }
}

impl Perform<AppState> for RunImport {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let id = self.import;
        let Some(import) = state.db.write(move |c| Import::start(c, id)).await? else { return Ok(()) };
        let path = match fetch(&state, &import.key).await {
            Err(error @ Error::NotFound) => return Err(Failure::Dead(error)),
            fetched => fetched?,
        };
        match importing::run(&state, &import, &path, &mut |_| {}).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error @ Error::BadRequest(_)) => return Err(Failure::Dead(error)),
            Err(error) => return Err(error.into()),
        }
        let now = state.now();
        state.db.write(move |c| Import::finish(c, &import, now)).await?;
        Ok(())
    }
}

/// From the store into the spool: a ZIP is read from its end.
async fn fetch(state: &AppState, key: &str) -> Result<TempPath> {
    let full = |error: std::io::Error| Error::Unavailable(format!("the spool cannot be written: {error}"));
    let mut object = state.storage.get(key).await?;
    let (file, path) = tempfile::NamedTempFile::new_in(state.spool()).map_err(full)?.into_parts();
    let mut file = tokio::io::BufWriter::with_capacity(256 * 1024, tokio::fs::File::from_std(file));
    while let Some(chunk) = object.body.try_next().await? {
        file.write_all(&chunk).await.map_err(full)?;
    }
    file.flush().await.map_err(full)?;
    Ok(path)
}

/// Takes an account away, when its time has come and nobody has stopped it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteAccount {
    pub user: UserId,
}

impl Job for DeleteAccount {
    const KIND: &'static str = "takeout.delete_account";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: i32 = 1_000;
    const CONCURRENCY: Concurrency = Concurrency::One;
    // Its owner stops it, by signing in.
    const CANCELLABLE: bool = false;

    fn subject(&self) -> Option<i64> {
        Some(self.user.get())
    }
}

impl Perform<AppState> for DeleteAccount {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let (user, now) = (self.user, state.now());
        if !state.db.write(move |c| Deletion::begin(c, user, now)).await? {
            return Ok(());
        }
        crash::point("leave.begun");
        loop {
            let now = state.now();
            while state.db.write(move |c| Deletion::step(c, user, now)).await? {
                crash::point("leave.step");
            }
            let sealer = state.sealer.clone();
            if state.db.write(move |c| Deletion::finish(c, &sealer, user, now)).await? {
                crash::point("leave.committed");
                return Ok(());
            }
        }
    }
}

const SWEEP_EVERY: TimeDelta = TimeDelta::hours(1);

/// Copies whose time is over, files nobody came back for, deletions whose job is gone; once an hour.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tidy {}

impl Tidy {
    /// Queues the first one; `serve` does so at its start.
    pub fn schedule(c: &mut Conn, now: Timestamp) -> Result<()> {
        jobs::enqueue_once(c, &Tidy {}, now + SWEEP_EVERY, now)
    }
}

impl Job for Tidy {
    const KIND: &'static str = "takeout.tidy";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: i32 = 1_000;
    const CANCELLABLE: bool = false;
}

impl Perform<AppState> for Tidy {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let now = state.now();
        let tidy = move |c: &mut Conn| -> Result<()> {
            Export::expire(c, now)?;
            Import::sweep(c, now)?;
            for user in Deletion::overdue(c, now - SWEEP_EVERY)? {
                jobs::run_again(c, &DeleteAccount { user }, now)?;
            }
            Tidy::schedule(c, now)
        };
        Ok(state.db.write(tidy).await?)
    }
}
