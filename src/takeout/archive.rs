//! The ZIP itself. Written by a thread of its own that takes one piece after the other, so that memory stays at a few of them; read
//! with every size bounded before it is believed: entries, the directory, what an entry unpacks to. Nothing is ever written under a
//! name that a file brings.

use super::format::{self, DOCUMENT, Item, Unread};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::web::i18n::Message;
use bytes::Bytes;
use chrono::{Datelike, Timelike};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempPath;
use tokio::sync::mpsc;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Pieces on their way to the writing thread.
const AHEAD: usize = 4;
const BUFFER: usize = 256 * 1024;

enum Piece {
    Begin {
        name: String,
        compress: bool,
    },
    Bytes(Bytes),
    /// Of the document, which grows beside and goes in last.
    Document(Vec<u8>),
    End,
}

/// An archive in the making. Dropped before its end it leaves nothing.
pub struct Writer {
    pieces: mpsc::Sender<Piece>,
    thread: tokio::task::JoinHandle<Result<Written>>,
}

pub struct Written {
    pub path: TempPath,
    pub bytes: u64,
}

impl Writer {
    /// Into a file of its own in `folder`.
    pub fn begin(folder: PathBuf, made_at: Timestamp) -> Self {
        let (pieces, coming) = mpsc::channel(AHEAD);
        Writer { pieces, thread: tokio::task::spawn_blocking(move || write(&folder, made_at, coming)) }
    }

    /// What follows goes into a file of this name; `compress` where that makes it smaller.
    pub async fn file(&mut self, name: &str, compress: bool) -> Result<()> {
        self.send(Piece::Begin { name: name.to_owned(), compress }).await
    }

    pub async fn bytes(&mut self, bytes: Bytes) -> Result<()> {
        self.send(Piece::Bytes(bytes)).await
    }

    pub async fn document(&mut self, json: Vec<u8>) -> Result<()> {
        self.send(Piece::Document(json)).await
    }

    pub async fn finish(mut self) -> Result<Written> {
        self.send(Piece::End).await?;
        drop(self.pieces);
        self.thread.await.map_err(Error::internal)?
    }

    async fn send(&mut self, piece: Piece) -> Result<()> {
        if self.pieces.send(piece).await.is_ok() {
            return Ok(());
        }
        // The thread has ended: it says why.
        match (&mut self.thread).await.map_err(Error::internal)? {
            Err(error) => Err(error),
            Ok(_) => Err(Error::internal("the archive was finished already")),
        }
    }
}

fn full(error: impl std::fmt::Display) -> Error {
    Error::Unavailable(format!("the spool cannot be written: {error}"))
}

fn write(folder: &Path, made_at: Timestamp, mut pieces: mpsc::Receiver<Piece>) -> Result<Written> {
    let (file, path) = tempfile::Builder::new().prefix("takeout-").suffix(".zip").tempfile_in(folder).map_err(full)?.into_parts();
    let mut document = BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(folder).map_err(full)?);
    let mut zip = ZipWriter::new(BufWriter::with_capacity(BUFFER, file));
    let moment = zip::DateTime::from_date_and_time(
        u16::try_from(made_at.year()).unwrap_or(1980),
        made_at.month() as u8,
        made_at.day() as u8,
        made_at.hour() as u8,
        made_at.minute() as u8,
        made_at.second() as u8,
    );
    let moment = moment.unwrap_or_default();
    let options = |compress: bool| {
        let method = if compress { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        SimpleFileOptions::default().compression_method(method).last_modified_time(moment)
    };
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Begin { name, compress }) => zip.start_file(name, options(compress)).map_err(full)?,
            Some(Piece::Bytes(bytes)) => zip.write_all(&bytes).map_err(full)?,
            Some(Piece::Document(json)) => document.write_all(&json).map_err(full)?,
            Some(Piece::End) => break,
            None => return Err(Error::internal("the archive was given up")),
        }
    }
    zip.start_file(DOCUMENT, options(true)).map_err(full)?;
    let mut document = document.into_inner().map_err(|error| full(error.error()))?;
    document.seek(SeekFrom::Start(0)).map_err(full)?;
    std::io::copy(&mut BufReader::with_capacity(BUFFER, document), &mut zip).map_err(full)?;
    let file = zip.finish().map_err(full)?.into_inner().map_err(|error| full(error.error()))?;
    let bytes = file.metadata().map_err(full)?.len();
    Ok(Written { path, bytes })
}

/// More than anybody shared: photos, and the pages that show them.
const MOST_ENTRIES: usize = 60_000;
/// Of the directory and the entries' heads, while a file is opened. An entry is about a hundred.
const MOST_DIRECTORY: u64 = 8_000_000;
/// Unpacked.
const MOST_DOCUMENT: u64 = 64_000_000;
/// Photos cannot be packed any smaller: what unpacks to much more than it weighs is no archive of photos.
const MOST_TIMES: u64 = 20;

/// An archive that somebody brought.
pub struct Reader {
    zip: ZipArchive<Rationed<BufReader<File>>>,
    /// Packed again by hand, everything lies in a folder: its name, with the slash.
    folder: String,
}

impl Reader {
    /// Looks at the directory only.
    ///
    /// # Errors
    /// In words for its owner, when it is nothing this program reads.
    pub fn open(path: &Path) -> Result<Result<Self, Message>> {
        let mut file = File::open(path).map_err(Error::unavailable)?;
        let weight = file.metadata().map_err(Error::unavailable)?.len();
        if !promises_little(&mut file, weight).map_err(Error::unavailable)? {
            return Ok(Err(Message::new("import-no-zip")));
        }
        let left = Arc::new(AtomicU64::new(MOST_DIRECTORY));
        let rationed = Rationed { inner: BufReader::new(file), left: left.clone() };
        let opened = ZipArchive::new(rationed).map_err(|error| problem(&error)).and_then(|zip| Self::check(zip, weight));
        left.store(u64::MAX, Ordering::Relaxed);
        Ok(opened)
    }

    fn check(mut zip: ZipArchive<Rationed<BufReader<File>>>, weight: u64) -> Result<Self, Message> {
        if zip.len() > MOST_ENTRIES {
            return Err(Message::new("import-too-many-files").with("limit", MOST_ENTRIES));
        }
        let (mut unpacked, mut document) = (0u64, None::<(String, u64)>);
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(|error| problem(&error))?;
            if entry.encrypted() {
                return Err(Message::new("import-encrypted"));
            }
            unpacked = unpacked.saturating_add(entry.size());
            let Ok(name) = entry.name() else { continue };
            let shorter = document.as_ref().is_none_or(|(known, _)| name.len() < known.len());
            if (name == DOCUMENT || name.ends_with(&format!("/{DOCUMENT}"))) && shorter {
                document = Some((name.into_owned(), entry.size()));
            }
        }
        let Some((name, size)) = document else { return Err(Message::new("import-not-ours")) };
        if size > MOST_DOCUMENT || unpacked > weight.saturating_mul(MOST_TIMES).saturating_add(MOST_DOCUMENT) {
            return Err(Message::new("import-bomb"));
        }
        if zip.has_overlapping_entries().map_err(|error| problem(&error))? {
            return Err(Message::new("import-bomb"));
        }
        let folder = name.strip_suffix(DOCUMENT).unwrap_or_default().to_owned();
        Ok(Reader { zip, folder })
    }

    /// Hands on what the document holds; `take` says whether it wants more.
    pub fn read(&mut self, take: &mut dyn FnMut(Item) -> bool) -> Result<(), Message> {
        let name = format!("{}{DOCUMENT}", self.folder);
        let entry = self.zip.by_name(&name).map_err(|error| problem(&error))?;
        match format::read(entry.take(MOST_DOCUMENT), take) {
            Ok(()) | Err(Unread::Stopped) => Ok(()),
            Err(Unread::Foreign) => Err(Message::new("import-not-ours")),
            Err(Unread::Damaged(error)) => {
                tracing::info!(error, "a document that somebody brought cannot be read");
                Err(Message::new("import-damaged"))
            }
        }
    }

    /// Names of all files beside the document, with what they say they unpack to.
    pub fn files(&self) -> HashMap<String, u64> {
        let entries = (0..self.zip.len()).filter_map(|index| self.zip.by_index_data(index).ok());
        entries.filter_map(|entry| Some((entry.name().ok()?.strip_prefix(&self.folder)?.to_owned(), entry.size()))).collect()
    }

    /// Unpacks one file into a file of the spool; never more than `limit` bytes of it.
    pub fn unpack(&mut self, name: &str, spool: &Path, limit: u64) -> Result<Result<(TempPath, u64), Message>> {
        let entry = match self.zip.by_name(&format!("{}{name}", self.folder)) {
            Ok(entry) => entry,
            Err(error) => return Ok(Err(problem(&error))),
        };
        let (mut file, path) = tempfile::NamedTempFile::new_in(spool).map_err(full)?.into_parts();
        let mut entry = entry.take(limit.saturating_add(1));
        let mut buffer = vec![0; BUFFER];
        let mut bytes = 0;
        loop {
            match entry.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    file.write_all(&buffer[..read]).map_err(full)?;
                    bytes += read as u64;
                }
                Err(_) => return Ok(Err(Message::new("photo-damaged"))),
            }
        }
        if bytes > limit {
            return Ok(Err(Message::new("photo-too-large").with("limit", (limit / 1_000_000) as i64)));
        }
        Ok(Ok((path, bytes)))
    }
}

/// Room is made for as many entries as a ZIP64 end record promises, before one of them is read: only a record that promises what a
/// file of ours could hold is let through. Others say at most 65,535.
fn promises_little(file: &mut File, weight: u64) -> std::io::Result<bool> {
    const LOCATOR: &[u8] = b"PK\x06\x07";
    const RECORD: &[u8] = b"PK\x06\x06";
    const RECORD_BYTES: usize = 56;
    // The end record with the longest comment, the locator before it, and the record before that.
    const TAIL: u64 = 22 + 65_535 + 20 + RECORD_BYTES as u64 + 4;
    let from = weight.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let number = |at: usize| tail.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(u64::MAX, u64::from_le_bytes);
    let sound = |locator: usize| {
        let Some(record) = locator.checked_sub(RECORD_BYTES) else { return false };
        number(locator + 8) == from + record as u64
            && tail[record..].starts_with(RECORD)
            && number(record + 4) == RECORD_BYTES as u64 - 12
            && number(record + 32) <= MOST_ENTRIES as u64
            && number(record + 40) <= MOST_DIRECTORY
    };
    Ok(tail.windows(LOCATOR.len()).enumerate().filter(|(_, bytes)| *bytes == LOCATOR).all(|(at, _)| sound(at)))
}

fn problem(error: &ZipError) -> Message {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Message::new("import-encrypted"),
        ZipError::Io(error) if error.kind() == std::io::ErrorKind::QuotaExceeded => Message::new("import-bomb"),
        ZipError::FileNotFound => Message::new("import-photo-missing"),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Message::new("import-packed-otherwise"),
        _ => Message::new("import-no-zip"),
    }
}

/// A reader that ends with an error when too much of it is read.
struct Rationed<R> {
    inner: R,
    left: Arc<AtomicU64>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(std::io::ErrorKind::QuotaExceeded.into());
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(&mut buffer[..most])?;
        if left != u64::MAX {
            self.left.store(left - read as u64, Ordering::Relaxed);
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Rationed<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that ends with a ZIP64 end record, its locator and an end record, `between` the first two.
    fn ends(entries: u64, directory: u64, record_bytes: u64, between: usize) -> bool {
        let mut bytes = vec![0; 100];
        let record = bytes.len() as u64;
        bytes.extend(b"PK\x06\x06");
        bytes.extend(record_bytes.to_le_bytes());
        bytes.extend([0; 12]);
        for number in [entries, entries, directory, 0] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.resize(bytes.len() + between, 0);
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend(record.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0xff; 16]);
        bytes.extend([0, 0]);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        promises_little(&mut file, bytes.len() as u64).unwrap()
    }

    #[test]
    fn an_end_that_promises_more_than_a_file_of_ours_holds_is_not_believed() {
        assert!(ends(60_000, 8_000_000, 44, 0));
        assert!(!ends(60_001, 8_000_000, 44, 0), "room for entries that are not there");
        assert!(!ends(10, 8_000_001, 44, 0));
        assert!(!ends(10, 1_000, 5_000_000, 0), "room for more of the record");
        assert!(!ends(10, 1_000, 44, 9), "a record that lies elsewhere");
    }
}
