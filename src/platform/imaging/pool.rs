//! Where imaging meets the rest of the program: as many pictures at once as there are cores, no more memory than was allowed, and
//! a queue that ends ([`Place`]). What does not fit waits; what would wait too long is told to come back.

use super::queue::{Place, Queue};
use super::{Encoded, Encoding, Header, Limits, Preview, Reject, inspect, preview, variants};
use bytes::Bytes;
use std::ops::ControlFlow;
use std::sync::Arc;
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
        let memory_kib = u32::try_from(memory / KIB).unwrap_or(u32::MAX).min(Semaphore::MAX_PERMITS as u32);
        Imaging {
            limits,
            encoding,
            turns: Arc::new(Semaphore::new(threads.max(1))),
            memory: Arc::new(Semaphore::new(memory_kib as usize)),
            memory_kib,
            queue: Queue::default(),
        }
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

    /// Checks a picture whole and makes what the answer needs. The file is read only when it is its turn.
    pub async fn preview(
        &self,
        load: impl FnOnce() -> std::io::Result<Vec<u8>> + Send + 'static,
        thumbnail_side: u32,
    ) -> Result<(Header, Preview), Refusal> {
        let turn = self.turn().await?;
        let limits = self.limits;
        let (bytes, header) = blocking(move || {
            let bytes = load().map_err(|error| Refusal::Failed(error.to_string()))?;
            let header = inspect(&bytes, &limits)?;
            Ok((bytes, header))
        })
        .await?;
        let weight = self.weigh(header.memory).await?;
        let encoding = self.encoding;
        blocking(move || {
            let preview = preview(&bytes, &header, thumbnail_side, &encoding)?;
            drop((weight, turn));
            Ok((header, preview))
        })
        .await
    }

    /// Every size but the thumbnail, for a job: it waits as long as it takes.
    pub async fn variants(&self, bytes: Bytes) -> Result<Vec<Encoded>, Refusal> {
        let turn = self.turn().await?;
        let header = inspect(&bytes, &self.limits)?;
        let weight = self.weigh(header.memory).await?;
        let encoding = self.encoding;
        blocking(move || {
            let mut made = Vec::new();
            variants(&bytes, &header, &encoding, |encoded| {
                made.push(encoded);
                ControlFlow::Continue(())
            })?;
            drop((weight, turn));
            Ok(made)
        })
        .await
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.turns.clone().acquire_owned().await.map_err(|error| Refusal::Failed(error.to_string()))
    }

    async fn weigh(&self, bytes: u64) -> Result<OwnedSemaphorePermit, Refusal> {
        let kib = u32::try_from(bytes / KIB + 1).unwrap_or(u32::MAX).min(self.memory_kib);
        self.memory.clone().acquire_many_owned(kib).await.map_err(|error| Refusal::Failed(error.to_string()))
    }
}

async fn blocking<R: Send + 'static>(work: impl FnOnce() -> Result<R, Refusal> + Send + 'static) -> Result<R, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|panic| Err(Refusal::Failed(format!("imaging panicked: {panic}"))))
}
