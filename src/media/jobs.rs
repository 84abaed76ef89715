//! What happens to pictures after the answer: their other sizes are made, their objects deleted, unfinished uploads swept up.

use super::image::variant_key;
use super::upload::reject_message;
use super::{Group, Image, ImageId, State, object};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::crash;
use crate::platform::db::Conn;
use crate::platform::imaging::{Encoded, Refusal, Size};
use crate::platform::jobs::{self, Attempt, Concurrency, End, Failure, Job, Perform};
use crate::platform::storage::Kind;
use crate::state::AppState;
use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How often a picture that comes back damaged from the store is tried before that is believed.
const DAMAGED_TRIES: i32 = 3;

/// Makes every size of a picture but the thumbnail.
///
/// It carries what it needs to name its objects: when the picture has been deleted meanwhile, whatever an earlier attempt may
/// have put is doomed too.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeVariants {
    image_id: ImageId,
    group: String,
    uuid: String,
    sizes: Vec<String>,
}

impl MakeVariants {
    pub fn of(image: &Image) -> Self {
        MakeVariants {
            image_id: image.id,
            group: image.group_name.clone(),
            uuid: image.uuid.clone(),
            sizes: image.planned_sizes().iter().map(|(size, ..)| size.as_str().to_owned()).collect(),
        }
    }

    /// Makes the thumbnail too, which an upload makes by itself.
    pub fn with_thumbnail(image: &Image) -> Self {
        let mut job = Self::of(image);
        job.sizes.push(Size::Thumbnail.as_str().to_owned());
        job
    }

    fn keys(&self) -> Vec<String> {
        let group = Group::from_name(&self.group).unwrap_or(Group::Post);
        self.sizes.iter().filter_map(|size| size.parse().ok()).map(|size: Size| variant_key(group, &self.uuid, size)).collect()
    }

    /// Where its upload had made it, and nothing is known to be wrong with the original.
    async fn thumbnail(&self, state: &AppState, image: &Image, limit: u64) -> Result<Encoded, Failure> {
        let original = state.storage.read(&image.original_key, limit).await?;
        match state.imaging.preview(move || Ok(original.into()), image.group().thumbnail_side()).await {
            Ok((_, preview, _)) => Ok(preview.thumbnail),
            Err(refusal) => Err(Error::internal(refusal).into()),
        }
    }

    async fn doom(&self, state: &AppState) -> Result<(), Failure> {
        let (now, keys, image) = (state.now(), self.keys(), self.image_id);
        Ok(state.db.write(move |c| object::doom_keys(c, image, &keys, now)).await?)
    }

    /// The picture cannot be made: its owner reads why. When it was deleted in the middle of this, nothing has failed.
    async fn give_up(&self, state: &AppState, reason: &'static str, error: Error) -> Result<(), Failure> {
        let image = self.image_id;
        if state.db.write(move |c| Image::set_failed(c, image, reason)).await? {
            return Err(Failure::Dead(error));
        }
        self.doom(state).await
    }

    async fn make(&self, state: &AppState, attempt: Attempt) -> Result<(), Failure> {
        let (image_id, keys, now) = (self.image_id, self.keys(), state.now());
        // Written down first: what is put below is in the ledger already.
        let image = state
            .db
            .write(move |c| {
                let image = match Image::find(c, image_id) {
                    Err(Error::NotFound) => return Ok(None),
                    found => found?,
                };
                keys.iter().try_for_each(|key| object::begin(c, image_id, key, 0, now))?;
                Ok(Some(image))
            })
            .await?;
        let Some(image) = image else { return self.doom(state).await };
        crash::point("variants.written_down");
        if image.state() == State::Ready {
            return Ok(());
        }

        let limit = state.config.uploads.max_bytes.max(image.original_bytes as u64);
        let original = match state.storage.read(&image.original_key, limit).await {
            Ok(bytes) if bytes.len() as i64 != image.original_bytes => {
                let error = format!("{} has {} bytes, not {}", image.original_key, bytes.len(), image.original_bytes);
                return match attempt.number < DAMAGED_TRIES {
                    true => Err(Error::Internal(error).into()),
                    false => self.give_up(state, "photo-failed-lost", Error::Internal(error)).await,
                };
            }
            Ok(bytes) => bytes,
            Err(error @ Error::NotFound) => return self.give_up(state, "photo-failed-lost", error).await,
            Err(error) => return Err(error.into()),
        };
        let variants = match state.imaging.variants(original).await {
            Ok(variants) => variants,
            // It was whole when it was looked at, so it may only have been damaged on its way here.
            Err(Refusal::Rejected(reject)) if attempt.number < DAMAGED_TRIES => return Err(Error::internal(&reject).into()),
            Err(Refusal::Rejected(reject)) => {
                let error = Error::internal(&reject);
                return self.give_up(state, reject_message(&reject).key, error).await;
            }
            Err(Refusal::Failed(error)) => return Err(Error::Internal(error).into()),
            Err(Refusal::Busy) => return Err(Error::Busy { retry_after: 5 }.into()),
        };

        let thumbnail = if self.sizes.iter().any(|size| size == Size::Thumbnail.as_str()) {
            Some(self.thumbnail(state, &image, limit).await?)
        } else {
            None
        };
        crash::point("variants.made");
        let group = image.group();
        let largest = variants.iter().max_by_key(|variant| variant.width).map_or(Size::Full, |variant| variant.size);
        let variants: Vec<Encoded> = variants.into_iter().chain(thumbnail).collect();
        let sizes: Vec<(String, i64)> =
            variants.iter().map(|variant| (variant_key(group, &image.uuid, variant.size), variant.bytes.len() as i64)).collect();
        let put = futures_util::stream::iter(variants)
            .map(|variant| {
                let key = variant_key(group, &image.uuid, variant.size);
                let storage = &state.storage;
                let kind = Kind { media_type: "image/webp", public: true };
                async move { storage.put(&key, Bytes::from(variant.bytes), kind).await.inspect(|()| crash::point("variants.put")) }
            })
            .buffer_unordered(4)
            .collect::<Vec<Result<(), Error>>>()
            .await;
        put.into_iter().collect::<Result<(), Error>>()?;

        let shown = state
            .db
            .write(move |c| {
                sizes.iter().try_for_each(|(key, bytes)| object::set_bytes(c, key, *bytes))?;
                if !Image::set_ready(c, &image, largest)? {
                    return Ok(false);
                }
                object::confirm(c, image_id)?;
                crash::point("variants.uncommitted");
                Ok(true)
            })
            .await?;
        crash::point("variants.ready");
        if shown { Ok(()) } else { self.doom(state).await }
    }
}

impl Job for MakeVariants {
    const KIND: &'static str = "media.make_variants";
    const PRIORITY: i32 = 0;
    const CONCURRENCY: Concurrency = Concurrency::Heavy;

    fn subject(&self) -> Option<i64> {
        Some(self.image_id.get())
    }

    /// Its owner reads why, and can try again. What is gone already must not leave objects behind.
    fn ended(job: Option<Self>, subject: Option<i64>, end: End, c: &mut Conn, now: Timestamp) -> Result<()> {
        let Some(image) = job.as_ref().map(|job| job.image_id).or(subject.map(ImageId::from)) else { return Ok(()) };
        let reason = match end {
            End::Cancelled => "photo-failed-cancelled",
            End::Dead => "photo-failed-internal",
        };
        match (Image::find(c, image), job) {
            // It has said so itself, and better.
            (Ok(found), _) if found.state() != State::Processing => Ok(()),
            (Ok(_), _) => Image::set_failed(c, image, reason).map(drop),
            (Err(Error::NotFound), Some(job)) => object::doom_keys(c, image, &job.keys(), now),
            (Err(Error::NotFound), None) => Ok(()),
            (Err(error), _) => Err(error),
        }
    }

    fn revived(subject: Option<i64>, c: &mut Conn) -> Result<()> {
        subject.map_or(Ok(()), |image| Image::set_processing(c, ImageId::from(image)))
    }
}

impl Perform<AppState> for MakeVariants {
    async fn perform(self, state: AppState, attempt: Attempt) -> Result<(), Failure> {
        match self.make(&state, attempt).await {
            Err(Failure::Retry(error)) if attempt.ends_with(&error) => {
                let reason = if error.is_outage() { "photo-failed-storage" } else { "photo-failed-internal" };
                self.give_up(&state, reason, error).await
            }
            outcome => outcome,
        }
    }
}

/// Deletes the objects the ledger has doomed. One such job clears them all; repeating it does no harm.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteObjects {}

impl Job for DeleteObjects {
    const KIND: &'static str = "media.delete_objects";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: i32 = 20;
    const CONCURRENCY: Concurrency = Concurrency::One;
    // What is doomed has to go; another such job would be queued with the next deletion anyway.
    const CANCELLABLE: bool = false;
}

impl Perform<AppState> for DeleteObjects {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        loop {
            let doomed = state.db.read(|c| object::doomed(c, 100)).await?;
            if doomed.is_empty() {
                return Ok(());
            }
            let deletions: Vec<_> = doomed
                .into_iter()
                .map(|row| {
                    let storage = state.storage.clone();
                    async move { storage.delete(&row.0).await.map(|()| row).inspect(|_| crash::point("delete.object_gone")) }
                })
                .collect();
            let deleted: Vec<Result<object::Doomed, Error>> = futures_util::stream::iter(deletions).buffer_unordered(8).collect().await;
            // What is gone is struck out even when something else could not be deleted.
            let mut failed = None;
            let gone: Vec<object::Doomed> = deleted.into_iter().filter_map(|row| row.map_err(|error| failed = Some(error)).ok()).collect();
            state.db.write(move |c| object::strike_out(c, &gone)).await?;
            crash::point("delete.struck_out");
            if let Some(error) = failed {
                return Err(error.into());
            }
        }
    }
}

/// How long an upload may take from its first byte to its last row.
const UNFINISHED: TimeDelta = TimeDelta::days(1);
const SWEEP_EVERY: TimeDelta = TimeDelta::hours(1);

/// Finds uploads that a crash left unfinished, in the tables and in the spool, and comes back in an hour.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Sweep {
    /// Queues the first one; `serve` does so at its start.
    pub fn schedule(c: &mut Conn, now: Timestamp) -> Result<()> {
        jobs::enqueue_once(c, &Sweep {}, now + SWEEP_EVERY, now)
    }
}

impl Job for Sweep {
    const KIND: &'static str = "media.sweep";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: i32 = 1_000;
    // It queues itself anew: a cancelled one would come back with the next start only.
    const CANCELLABLE: bool = false;
}

impl Perform<AppState> for Sweep {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let now = state.now();
        let swept = state
            .db
            .write(move |c| {
                let ids = Image::abandoned(c, now - UNFINISHED)?;
                Image::delete(c, &ids, now)?;
                // A deletion whose job is dead gets another.
                if object::doomed_count(c)? > 0 {
                    jobs::enqueue_once(c, &DeleteObjects {}, now, now)?;
                }
                Sweep::schedule(c, now)?;
                crash::point("sweep.uncommitted");
                Ok(ids.len())
            })
            .await?;
        let spool = state.spool();
        tokio::task::spawn_blocking(move || sweep_spool(&spool, now - UNFINISHED)).await.map_err(Error::internal)?;
        crash::point("sweep.committed");
        if swept > 0 {
            tracing::info!(swept, "unfinished uploads were struck out");
        }
        Ok(())
    }
}

/// Removes files last written before `before`. Requests remove their own; these outlived theirs.
fn sweep_spool(spool: &Path, before: Timestamp) {
    let Ok(entries) = std::fs::read_dir(spool) else { return };
    for entry in entries.flatten() {
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        if written.is_ok_and(|at| chrono::DateTime::<chrono::Utc>::from(at).naive_utc() < before)
            && let Err(error) = std::fs::remove_file(entry.path())
        {
            tracing::warn!(%error, "a forgotten spool file could not be removed");
        }
    }
}
