//! The queue: jobs that fail and die, workers that stop, share, lose and find them again, and what becomes of a photo whose job ends
//! undone.

mod depot;
mod failing;
mod lost;
mod photos;
mod shared;
