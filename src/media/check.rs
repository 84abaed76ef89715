//! `picstargram media check`: ledger and store compared both ways, beside a running site.
//!
//! The store is listed once into a [`Scratch`] file (a folder lists in no order), each listed key looked up in the ledger; then the
//! ledger is walked and each row looked up in the listing. What differs is looked at once more before it is told, because a
//! running site puts and deletes meanwhile. Memory does not grow with the number of objects.

use super::object::{self, Entry};
use super::{Image, ImageId};
use crate::error::{Error, Result};
use crate::platform::db::scratch::Scratch;
use crate::platform::storage::Listed;
use crate::state::AppState;
use futures_util::TryStreamExt;
use std::collections::HashSet;
use std::fmt;

const PAGE: usize = 1_000;
/// Repairing stops short when more than a tenth, and more than so many objects differ: that is no crash, that is the wrong place.
const SUSPICIOUS: u64 = 100;

/// What the ledger and the store tell differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// In the ledger as stored, not in the store.
    Missing { key: String, image: ImageId, is_original: bool },
    /// In both, with different sizes in bytes.
    WrongSize { key: String, image: ImageId, is_original: bool, ledger: u64, stored: u64 },
    /// In the store, not in the ledger.
    Unknown { key: String, bytes: u64 },
    /// In the ledger, for a picture that is no more.
    Abandoned { key: String, image: ImageId },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Missing { key, .. } => write!(f, "missing    {key}"),
            Difference::WrongSize { key, ledger, stored, .. } => write!(f, "wrong size {key}: {stored} bytes, not {ledger}"),
            Difference::Unknown { key, bytes } => write!(f, "unknown    {key}: {bytes} bytes that no picture needs"),
            Difference::Abandoned { key, .. } => write!(f, "abandoned  {key}: its picture is gone"),
        }
    }
}

/// How far a check is.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// So many objects have been listed; the ledger says there are `expected`.
    Listed { done: u64, expected: u64 },
    /// So many rows of the ledger have been looked up.
    Compared { done: u64, expected: u64 },
}

/// What a check found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the ledger that should have an object, or may have one already.
    pub ledger: u64,
    /// Objects in the store.
    pub stored: u64,
    /// Objects that wait to be deleted by their job.
    pub doomed: u64,
    pub missing: u64,
    pub wrong_size: u64,
    pub unknown: u64,
    pub abandoned: u64,
    /// Originals among what is missing or has a wrong size: only a backup has them.
    pub lost_originals: u64,
}

impl Report {
    pub fn differences(&self) -> u64 {
        self.missing + self.wrong_size + self.unknown + self.abandoned
    }

    /// Whether so much differs that the database or the store must be the wrong one.
    pub fn is_suspicious(&self) -> bool {
        let (lacking, foreign) = (self.missing + self.wrong_size, self.unknown + self.abandoned);
        let suspicious = |part: u64, whole: u64| part > SUSPICIOUS && part * 10 > whole;
        suspicious(lacking, self.ledger) || suspicious(foreign, self.stored)
    }
}

/// What [`repair`] needs to know of a check.
pub struct Findings {
    pub report: Report,
    unknown: Scratch,
    abandoned: HashSet<ImageId>,
    remake: HashSet<ImageId>,
    /// Files of other rooms that are not what was put: nothing can make them again.
    lost_files: Vec<String>,
}

/// Compares, and tells each difference as it is found.
pub async fn check(state: &AppState, mut tell: impl FnMut(&Difference), mut progress: impl FnMut(Progress)) -> Result<Findings> {
    let expected = state.db.read(object::count).await? as u64;
    let mut findings = Findings {
        report: Report::default(),
        unknown: Scratch::create(&state.spool())?,
        abandoned: HashSet::new(),
        remake: HashSet::new(),
        lost_files: Vec::new(),
    };
    let mut listing = Scratch::create(&state.spool())?;
    let mut chunks = state.storage.list().try_chunks(PAGE);
    while let Some(chunk) = chunks.try_next().await.map_err(|error| error.1)? {
        let keys: Vec<String> = chunk.iter().map(|object| object.key.clone()).collect();
        let known = state.db.read(move |c| object::known(c, &keys)).await?;
        let mut unknown = Vec::new();
        for Listed { key, .. } in chunk.iter().filter(|object| !known.contains(&object.key)) {
            // Deleted between the listing and the question to the ledger?
            if let Some(bytes) = state.storage.size_of(key).await? {
                tell(&Difference::Unknown { key: key.clone(), bytes });
                unknown.push((key.clone(), bytes as i64));
            }
        }
        findings.report.unknown += unknown.len() as u64;
        findings.unknown.add(&unknown)?;
        listing.add(&chunk.into_iter().map(|object| (object.key, object.bytes as i64)).collect::<Vec<_>>())?;
        progress(Progress::Listed { done: listing.len(), expected });
    }
    listing.index()?;
    findings.report.stored = listing.len();

    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = state.db.read(move |c| object::entries_after(c, &from, PAGE as i64)).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.key);
        let found = listing.find(&page.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>())?;
        for entry in &page {
            findings.report.ledger += 1;
            let stored = found.get(&entry.key).copied();
            if let Some(difference) = compare(entry, stored)
                && let Some(difference) = look_again(state, difference).await?
            {
                findings.note(&difference);
                tell(&difference);
            }
        }
        progress(Progress::Compared { done: findings.report.ledger, expected });
    }
    findings.report.doomed = state.db.read(object::doomed_count).await? as u64;
    Ok(findings)
}

fn compare(entry: &Entry, stored: Option<i64>) -> Option<Difference> {
    if entry.original_key.is_none() && !entry.is_file() {
        return Some(Difference::Abandoned { key: entry.key.clone(), image: entry.image });
    }
    if !entry.is_stored() {
        return None; // being put, or never put because its picture failed
    }
    let (key, image, is_original) = (entry.key.clone(), entry.image, entry.original_key.as_ref() == Some(&entry.key));
    match stored {
        None => Some(Difference::Missing { key, image, is_original }),
        Some(stored) if stored != entry.bytes => {
            Some(Difference::WrongSize { key, image, is_original, ledger: entry.bytes as u64, stored: stored as u64 })
        }
        Some(_) => None,
    }
}

/// The same question again, to the ledger and the store as they are now.
async fn look_again(state: &AppState, difference: Difference) -> Result<Option<Difference>> {
    let key = match &difference {
        Difference::Missing { key, .. } | Difference::WrongSize { key, .. } | Difference::Abandoned { key, .. } => key.clone(),
        Difference::Unknown { .. } => return Ok(Some(difference)),
    };
    let stored = state.storage.size_of(&key).await?.map(|bytes| bytes as i64);
    let entry = state.db.read(move |c| object::entry(c, &key)).await?;
    Ok(entry.and_then(|entry| compare(&entry, stored)))
}

impl Findings {
    fn note(&mut self, difference: &Difference) {
        match difference {
            Difference::Missing { is_original: true, .. } => {
                self.report.missing += 1;
                self.report.lost_originals += 1;
            }
            Difference::WrongSize { is_original: true, .. } => {
                self.report.wrong_size += 1;
                self.report.lost_originals += 1;
            }
            Difference::Missing { key, image, .. } => {
                self.report.missing += 1;
                self.make_good(key, *image);
            }
            Difference::WrongSize { key, image, .. } => {
                self.report.wrong_size += 1;
                self.make_good(key, *image);
            }
            Difference::Abandoned { image, .. } => {
                self.report.abandoned += 1;
                self.abandoned.insert(*image);
            }
            Difference::Unknown { .. } => {}
        }
    }

    fn make_good(&mut self, key: &str, image: ImageId) {
        if image.get() == object::NO_PICTURE {
            self.lost_files.push(key.to_owned());
        } else {
            self.remake.insert(image);
        }
    }
}

/// What [`repair`] set going; the jobs do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// Pictures whose sizes will be made anew.
    pub remade: u64,
    /// Objects that will be deleted.
    pub deleted: u64,
}

/// Sizes that are missing are made anew from their originals; what no picture needs is deleted. Both by jobs. A lost original
/// stays in the ledger: a backup may bring it back.
pub async fn repair(state: &AppState, mut findings: Findings) -> Result<Repaired> {
    let now = state.now();
    let report = findings.report;
    for image in findings.remake.iter().copied() {
        state
            .db
            .write(move |c| match Image::remake(c, image, now) {
                Err(Error::NotFound) => Ok(()), // deleted meanwhile
                other => other,
            })
            .await?;
    }
    if !findings.lost_files.is_empty() {
        let keys = std::mem::take(&mut findings.lost_files);
        state.db.write(move |c| object::doom_files(c, &keys, now)).await?;
    }
    if !findings.abandoned.is_empty() {
        let images: Vec<ImageId> = findings.abandoned.iter().copied().collect();
        state.db.write(move |c| object::doom(c, &images, now)).await?;
    }
    if !findings.unknown.is_empty() {
        findings.unknown.index()?;
    }
    let mut after = String::new();
    loop {
        let keys = if findings.unknown.is_empty() { Vec::new() } else { findings.unknown.keys_after(&after, PAGE as i64)? };
        let Some(last) = keys.last() else { break };
        after.clone_from(last);
        state.db.write(move |c| object::doom_unknown(c, &keys, now)).await?;
    }
    Ok(Repaired { remade: findings.remake.len() as u64, deleted: report.unknown + report.abandoned })
}
