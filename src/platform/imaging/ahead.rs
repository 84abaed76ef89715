//! Variants begun before their job asks for them, found again by the file they are of.
//!
//! The job that wants them comes with the same bytes, a moment later as a rule. Comparing those costs less than a
//! digest, and nobody has to carry a key through rows and forms. A form that is refused leaves its work here, unfetched, so
//! nothing stays for long.

use super::{Encoded, Refusal};
use bytes::Bytes;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;

/// What is not asked for by then never will be.
const KEPT: Duration = Duration::from_secs(30);

/// Goes on by itself, whether anyone waits for it or not.
pub(super) type Making = JoinHandle<Result<Vec<Encoded>, Refusal>>;

#[derive(Clone)]
pub(super) struct Ahead {
    begun: Arc<Mutex<Vec<Begun>>>,
    /// Files kept at once; each is an upload in memory.
    most: usize,
}

struct Begun {
    file: Bytes,
    making: Making,
}

impl Ahead {
    pub fn new(most: usize) -> Self {
        Ahead { begun: Arc::default(), most }
    }

    pub fn has_room(&self) -> bool {
        self.begun().len() < self.most
    }

    pub fn keep(&self, file: Bytes, making: Making) {
        let (ahead, same) = (self.clone(), making.id());
        self.begun().push(Begun { file, making });
        tokio::spawn(async move {
            tokio::time::sleep(KEPT).await;
            ahead.begun().retain(|begun| begun.making.id() != same);
        });
    }

    /// What was begun of these bytes, if anything was.
    pub fn take(&self, file: &[u8]) -> Option<Making> {
        let mut begun = self.begun();
        let at = begun.iter().position(|begun| begun.file == file)?;
        Some(begun.swap_remove(at).making)
    }

    fn begun(&self) -> MutexGuard<'_, Vec<Begun>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
