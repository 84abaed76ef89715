//! Where imaging meets the rest of the program: as many pictures at once as there are cores, no more memory than was allowed, and
//! a queue that ends ([`Place`]). What does not fit waits; what would wait too long is told to come back.
//!
//! Cores that nobody waits for are not left idle: the variants of an upload are begun while it is still being looked at, and
//! its widest size is encoded beside the others. Neither takes a turn from anyone, and the bytes that come out are the same.

use super::ahead::{Ahead, Making};
use super::queue::{Place, Queue};
use super::{Cascade, Decoded, Encoded, Encoding, Header, Limits, Preview, Purpose, Reject, Taken, facts, inspect, preview, variants};
use bytes::Bytes;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Semaphores count in u32: memory is weighed in KiB.
const KIB: u64 = 1024;

#[derive(Clone)]
pub struct Imaging {
    limits: Limits,
    encoding: Encoding,
    turns: Arc<Semaphore>,
    memory: Arc<Semaphore>,
    memory_kib: u32,
    queue: Queue,
    ahead: Option<Ahead>,
}

/// What a picture in work holds: its turn, and the memory it weighs.
type Held = (OwnedSemaphorePermit, OwnedSemaphorePermit);

/// What variants are made from.
enum Source {
    File(Bytes, Header),
    /// The pixels its preview is made from.
    Decoded(Arc<Decoded>),
}

/// Why no picture came out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Rejected(Reject),
    #[error("too many pictures are waiting")]
    Busy,
    /// Not the picture's fault.
    #[error("{0}")]
    Failed(String),
}

impl From<Reject> for Refusal {
    fn from(reject: Reject) -> Self {
        match reject {
            Reject::Encoder => Refusal::Failed(reject.to_string()),
            other => Refusal::Rejected(other),
        }
    }
}

impl Imaging {
    /// `threads`: pictures at once. `memory` in bytes: what all pictures in work may take together; a picture that needs more than
    /// all of it works alone.
    pub fn new(limits: Limits, encoding: Encoding, threads: usize, memory: u64) -> Self {
        super::heap::settle();
        let memory_kib = u32::try_from(memory / KIB).unwrap_or(u32::MAX).min(Semaphore::MAX_PERMITS as u32);
        Imaging {
            limits,
            encoding,
            turns: Arc::new(Semaphore::new(threads.max(1))),
            memory: Arc::new(Semaphore::new(memory_kib as usize)),
            memory_kib,
            queue: Queue::default(),
            ahead: None,
        }
    }

    /// Begins variants ahead when a core is free. For a process that runs the jobs which will ask for them.
    #[must_use]
    pub fn working_ahead(self) -> Self {
        Imaging { ahead: Some(Ahead::new(self.turns.available_permits())), ..self }
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// A place for a person's upload, to be kept until its pictures were looked at.
    ///
    /// # Errors
    /// `Busy` when too many upload already.
    pub fn admit(&self, person: i64) -> Result<Place, Refusal> {
        self.queue.enter(person)
    }

    /// Checks a picture whole, makes what the answer needs, and reads what the file says of how it was taken. The file is read only when it is its turn.
    pub async fn preview(
        &self,
        load: impl FnOnce() -> std::io::Result<Vec<u8>> + Send + 'static,
        thumbnail_side: u32,
    ) -> Result<(Header, Preview, Taken), Refusal> {
        let turn = self.turn().await?;
        let limits = self.limits;
        let (file, header, taken) = blocking(move || {
            let file = Bytes::from(load().map_err(|error| Refusal::Failed(error.to_string()))?);
            let header = inspect(&file, &limits)?;
            let taken = facts::taken(&file, header.format);
            Ok((file, header, taken))
        })
        .await?;
        let weight = self.weigh(header.memory).await?;
        let encoding = self.encoding;
        if header.shares_decoding() {
            let source = file.clone();
            let (decoded, header) = blocking(move || {
                let decoded = Decoded::read(&source, &header, Purpose::Variants)?;
                Ok((Arc::new(decoded), header))
            })
            .await?;
            self.begin_ahead(&file, &header, || Source::Decoded(decoded.clone()));
            return blocking(move || {
                let preview = decoded.preview(thumbnail_side, &encoding)?;
                drop((decoded, weight, turn));
                Ok((header, preview, taken))
            })
            .await;
        }
        self.begin_ahead(&file, &header, || Source::File(file.clone(), header.clone()));
        let source = file.clone();
        let looked = blocking(move || {
            let preview = preview(&source, &header, thumbnail_side, &encoding)?;
            drop((weight, turn));
            Ok((header, preview, taken))
        })
        .await;
        if looked.is_err() {
            self.begun(&file);
        }
        looked
    }

    /// Every size but the thumbnail, widest first, for a job: it waits as long as it takes.
    pub async fn variants(&self, file: Bytes) -> Result<Vec<Encoded>, Refusal> {
        // What went wrong ahead is found out again below, where it counts.
        if let Some(begun) = self.begun(&file)
            && let Ok(Ok(made)) = begun.await
        {
            return Ok(made);
        }
        let turn = self.turn().await?;
        let header = inspect(&file, &self.limits)?;
        let weight = self.weigh(header.memory).await?;
        self.begin(Source::File(file, header), (turn, weight)).await.unwrap_or_else(stopped)
    }

    /// Begins the variants beside the preview if that takes nothing from anyone: a free turn has no one waiting for it.
    fn begin_ahead(&self, file: &Bytes, header: &Header, source: impl FnOnce() -> Source) {
        let Some(ahead) = self.ahead.as_ref().filter(|ahead| ahead.has_room()) else { return };
        let turn = self.turns.clone().try_acquire_owned();
        let weight = self.memory.clone().try_acquire_many_owned(self.kib(header.memory));
        if let (Ok(turn), Ok(weight)) = (turn, weight) {
            ahead.keep(file.clone(), self.begin(source(), (turn, weight)));
        }
    }

    fn begun(&self, file: &[u8]) -> Option<Making> {
        self.ahead.as_ref().and_then(|ahead| ahead.take(file))
    }

    fn begin(&self, source: Source, held: Held) -> Making {
        let imaging = self.clone();
        tokio::spawn(async move { imaging.make(source, held).await })
    }

    async fn make(self, source: Source, held: Held) -> Result<Vec<Encoded>, Refusal> {
        let encoding = self.encoding;
        let cascade = match source {
            Source::File(file, header) if header.animated => {
                return blocking(move || {
                    let mut made = Vec::new();
                    variants(&file, &header, &encoding, |encoded| {
                        made.push(encoded);
                        ControlFlow::Continue(())
                    })?;
                    drop(held);
                    Ok(made)
                })
                .await;
            }
            Source::File(file, header) => blocking(move || Ok(Decoded::read(&file, &header, Purpose::Variants)?.cascade()?)).await?,
            Source::Decoded(decoded) => blocking(move || Ok(decoded.cascade()?)).await?,
        };
        let (cascade, taken) = (Arc::new(cascade), Arc::new(AtomicBool::new(false)));
        let helper = tokio::spawn(self.help(cascade.clone(), taken.clone()));
        let (mut made, others) = blocking(move || {
            let mut made = vec![cascade.widest(&encoding)?];
            let alone = !taken.swap(true, Ordering::Relaxed);
            if alone {
                made.extend(cascade.others(&encoding)?);
            }
            drop(held);
            Ok((made, !alone))
        })
        .await?;
        if others {
            made.extend(helper.await.unwrap_or_else(stopped)?);
        } else {
            helper.abort();
        }
        Ok(made)
    }

    /// Makes the smaller sizes beside the widest, when a turn comes before the one who makes that is done with it.
    async fn help(self, cascade: Arc<Cascade>, taken: Arc<AtomicBool>) -> Result<Vec<Encoded>, Refusal> {
        let turn = self.turn().await?;
        if taken.swap(true, Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        blocking(move || {
            let made = cascade.others(&self.encoding)?;
            drop(turn);
            Ok(made)
        })
        .await
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.turns.clone().acquire_owned().await.map_err(|error| Refusal::Failed(error.to_string()))
    }

    async fn weigh(&self, bytes: u64) -> Result<OwnedSemaphorePermit, Refusal> {
        self.memory.clone().acquire_many_owned(self.kib(bytes)).await.map_err(|error| Refusal::Failed(error.to_string()))
    }

    #[cfg(test)]
    pub(super) fn has_begun(&self, file: &[u8]) -> bool {
        self.ahead.as_ref().is_some_and(|ahead| ahead.has(file))
    }

    #[cfg(test)]
    pub(super) async fn wait_until_idle(&self) {
        let turns = self.turns.acquire_many(2).await;
        let memory = self.memory.acquire_many(self.memory_kib).await;
        assert!(turns.is_ok() && memory.is_ok());
    }

    fn kib(&self, bytes: u64) -> u32 {
        u32::try_from(bytes / KIB + 1).unwrap_or(u32::MAX).min(self.memory_kib)
    }
}

async fn blocking<R: Send + 'static>(work: impl FnOnce() -> Result<R, Refusal> + Send + 'static) -> Result<R, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(stopped)
}

fn stopped<R>(error: tokio::task::JoinError) -> Result<R, Refusal> {
    Err(Refusal::Failed(format!("imaging stopped: {error}")))
}
