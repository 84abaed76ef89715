//! What breaks: the process at every step, the store, the disk. The promise: an answer of success means it is on disk; whatever
//! breaks in between heals by itself; afterwards no acknowledged photo is missing, the ledger says what the store holds, and no
//! job is stuck.

mod crashes;
mod disks;
mod healed;
mod storage;
