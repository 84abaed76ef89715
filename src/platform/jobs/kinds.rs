//! The kinds of job a program knows, with what concerns the queue but not the work: whoever cancels or revives a job needs no
//! worker for it.

use super::{Concurrency, End, Job};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use std::collections::HashMap;

type Ended = fn(&str, Option<i64>, End, &mut Conn, Timestamp) -> Result<()>;

#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub max_attempts: i32,
    pub cancellable: bool,
    pub(super) concurrency: Concurrency,
    /// Given the payload as it was written down, and the subject.
    pub(super) ended: Ended,
    pub(super) revived: fn(Option<i64>, &mut Conn) -> Result<()>,
}

impl Kind {
    pub fn of<J: Job>() -> Self {
        Kind {
            name: J::KIND,
            max_attempts: J::MAX_ATTEMPTS,
            cancellable: J::CANCELLABLE,
            concurrency: J::CONCURRENCY,
            ended: |payload, subject, end, c, now| J::ended(serde_json::from_str(payload).ok(), subject, end, c, now),
            revived: J::revived,
        }
    }
}

#[derive(Clone, Default)]
pub struct Kinds(HashMap<&'static str, Kind>);

impl Kinds {
    pub(super) fn add(&mut self, kind: Kind) {
        self.0.insert(kind.name, kind);
    }

    /// `None` for a job that another version of the program has queued.
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.0.get(name)
    }

    pub fn all(&self) -> impl Iterator<Item = &Kind> {
        self.0.values()
    }
}
