//! Turns at work that is dear (hashing a password: 19 MiB and some 20 ms), so that a flood of it neither adds up in memory nor takes
//! the cores from everybody else. Those we know have a lane of their own; among strangers nobody fills the queue alone.

use super::crowd::Crowd;
use crate::error::{Error, Result};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long anybody waits.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many of one group wait while few others do: a class signs in at the same minute.
const MOST_OF_GROUP: usize = 64;
/// So many while others fill the queue.
const MOST_OF_GROUP_WHEN_LONG: usize = 1;
/// So many others are many.
const LONG: usize = 16;
/// Beyond this nobody else waits.
const MOST: usize = 1_024;

/// Who wants a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lane {
    Known,
    /// One of a group, such as a network.
    Stranger(String),
}

#[derive(Clone)]
pub struct Turns {
    known: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
    waiting: Crowd,
}

/// Held while the work is done.
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl Turns {
    /// Half of the cores for strangers, and one for those we know.
    pub fn new(cores: usize) -> Self {
        Turns {
            known: Arc::new(Semaphore::new((cores / 2).max(1))),
            strangers: Arc::new(Semaphore::new((cores / 2).max(1))),
            waiting: Crowd::default(),
        }
    }

    /// # Errors
    /// `Busy` when the queue is too long for this one, or its turn does not come.
    pub async fn take(&self, lane: Lane) -> Result<Turn> {
        let (semaphore, _place) = match lane {
            Lane::Known => (&self.known, None),
            Lane::Stranger(group) => {
                let place = self.waiting.join(group, |of_group, all| all < MOST && of_group < most_of_group(all - of_group));
                (&self.strangers, Some(place.ok_or(Error::Busy { retry_after: 2 })?))
            }
        };
        let turn = tokio::time::timeout(PATIENCE, semaphore.clone().acquire_owned()).await;
        Ok(Turn { _permit: turn.map_err(|_| Error::Busy { retry_after: 10 })?.map_err(Error::internal)? })
    }
}

fn most_of_group(others: usize) -> usize {
    if others >= LONG { MOST_OF_GROUP_WHEN_LONG } else { MOST_OF_GROUP }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn one_group_cannot_fill_the_queue_and_those_we_know_pass_it() {
        let turns = Turns::new(2);
        let held = turns.take(Lane::Stranger("a".into())).await.unwrap();
        let mut queue: Vec<_> = (0..MOST_OF_GROUP).map(|_| Box::pin(turns.take(Lane::Stranger("a".into())))).collect();
        for waiting in &mut queue {
            assert!(waiting.now_or_never().is_none(), "they wait");
        }
        assert!(matches!(turns.take(Lane::Stranger("a".into())).await, Err(Error::Busy { .. })), "no more of them");
        let other = Box::pin(turns.take(Lane::Stranger("b".into())));
        turns.take(Lane::Known).await.unwrap();
        drop(queue);
        drop(held);
        other.await.unwrap();
        assert!(turns.waiting.is_empty());
    }
}
