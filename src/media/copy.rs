//! `picstargram media copy`: every stored object from one place to another, beside a running site.
//!
//! What has been copied is read back and compared by SHA-256 before it counts. A copy that was broken off goes on where it
//! stopped: the target is listed first, and what lies there with the right size is left alone (an object is whole or absent in
//! every place we know). Rounds go over the ledger until one finds nothing new, and what was deleted meanwhile is deleted in the
//! target too.

use super::{Group, files, object};
use crate::error::{Error, Result};
use crate::platform::db::scratch::Scratch;
use crate::platform::imaging::Format;
use crate::platform::storage::{Kind, Storage};
use crate::state::AppState;
use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

const PAGE: usize = 1_000;
/// Objects under way at once: enough to hide a distant bucket's delay, at most so many parts of 8 MiB in memory.
const AT_ONCE: usize = 8;

/// How far a copy is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Copied and compared.
    pub copied: u64,
    /// And their bytes.
    pub bytes: u64,
    /// Lay in the target already.
    pub already: u64,
    /// Were deleted by the site meanwhile.
    pub deleted: u64,
    /// Could not be read, or came out differently.
    pub failed: u64,
    /// What the ledger holds, when the round began.
    pub expected: u64,
}

enum Outcome {
    Copied,
    Gone,
}

/// Copies from `from` to `to`, telling each object that could not be copied and, often, how far it is.
pub async fn copy(
    state: &AppState,
    from: &Storage,
    to: &Storage,
    mut tell: impl FnMut(&str, &Error),
    mut progress: impl FnMut(&Copied),
) -> Result<Copied> {
    let mut done = Scratch::create(&state.spool())?;
    let mut chunks = to.list().try_chunks(PAGE);
    while let Some(chunk) = chunks.try_next().await.map_err(|error| error.1)? {
        done.add(&chunk.into_iter().map(|object| (object.key, object.bytes as i64)).collect::<Vec<_>>())?;
    }
    done.index()?;

    let mut total = Copied::default();
    loop {
        let (before, failed_before) = (total.copied, total.failed);
        total = Copied { already: 0, expected: state.db.read(object::count).await? as u64, ..total };
        let mut after = String::new();
        loop {
            let since = after.clone();
            let page = state.db.read(move |c| object::stored_after(c, &since, PAGE as i64)).await?;
            let Some((last, _)) = page.last() else { break };
            after.clone_from(last);
            let there = done.find(&page.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>())?;
            let (already, missing): (Vec<_>, Vec<_>) = page.into_iter().partition(|(key, bytes)| there.get(key) == Some(bytes));
            total.already += already.len() as u64;
            let mut work = futures_util::stream::iter(missing)
                .map(|(key, bytes)| async move {
                    let outcome = copy_one(state, from, to, &key).await;
                    (key, bytes, outcome)
                })
                .buffer_unordered(AT_ONCE);
            let mut copied = Vec::new();
            while let Some((key, bytes, outcome)) = work.next().await {
                match outcome {
                    Ok(Outcome::Copied) => {
                        total.copied += 1;
                        total.bytes += bytes as u64;
                        copied.push((key, bytes));
                    }
                    Ok(Outcome::Gone) => total.deleted += 1,
                    Err(error) => {
                        total.failed += 1;
                        tell(&key, &error);
                    }
                }
                progress(&total);
            }
            done.add(&copied)?;
            progress(&total);
        }
        if total.copied == before || total.failed > failed_before {
            break;
        }
    }
    total.deleted += delete_what_is_gone(state, to, &mut done).await?;
    Ok(total)
}

/// Copies, reads back, compares.
async fn copy_one(state: &AppState, from: &Storage, to: &Storage, key: &str) -> Result<Outcome> {
    let read = match from.get(key).await {
        Err(Error::NotFound) => {
            let name = key.to_owned();
            let still_wanted = state.db.read(move |c| object::entry(c, &name)).await?.is_some();
            return if still_wanted { Err(Error::internal("it is not where it should be")) } else { Ok(Outcome::Gone) };
        }
        found => found?,
    };
    let hash = Arc::new(Mutex::new(Sha256::new()));
    let hashing = hash.clone();
    let body = read.body.inspect_ok(move |chunk| hashing.lock().unwrap_or_else(PoisonError::into_inner).update(chunk));
    to.put_stream(key, body, kind_of(key)).await?;
    let sent = hash.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();

    let mut back = to.get(key).await?.body;
    let mut arrived = Sha256::new();
    while let Some(chunk) = back.try_next().await? {
        arrived.update(&chunk);
    }
    if arrived.finalize() != sent {
        to.delete(key).await?;
        return Err(Error::unavailable("what arrived is not what was sent"));
    }
    Ok(Outcome::Copied)
}

/// The site deletes where it writes; what was copied before that goes here.
async fn delete_what_is_gone(state: &AppState, to: &Storage, done: &mut Scratch) -> Result<u64> {
    let (mut after, mut deleted) = (String::new(), 0);
    loop {
        let keys = done.keys_after(&after, PAGE as i64)?;
        let Some(last) = keys.last() else { return Ok(deleted) };
        after.clone_from(last);
        let asked = keys.clone();
        let known = state.db.read(move |c| object::known(c, &asked)).await?;
        for key in keys.iter().filter(|key| is_ours(key) && !known.contains(*key)) {
            to.delete(key).await?;
            deleted += 1;
        }
    }
}

/// Whether a key looks like one of this program's: the target may hold other things.
fn is_ours(key: &str) -> bool {
    let folder = key.split_once('/').map_or("", |(folder, _)| folder);
    folder == "original" || files::FOLDERS.contains(&folder) || Group::from_name(folder).is_some()
}

/// What S3 is to know about an object, from its key.
fn kind_of(key: &str) -> Kind {
    if files::FOLDERS.iter().any(|folder| key.starts_with(&format!("{folder}/"))) {
        return files::ZIP;
    }
    if !key.starts_with("original/") {
        return Kind { media_type: "image/webp", public: true };
    }
    let extension = key.rsplit_once('.').map_or("", |(_, extension)| extension);
    let format = Format::ALL.into_iter().find(|format| format.extension() == extension);
    Kind { media_type: format.map_or("application/octet-stream", Format::media_type), public: false }
}
