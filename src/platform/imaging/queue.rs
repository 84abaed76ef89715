//! The queue of uploads, and its end. A place is taken before the body is read and kept until the picture was looked at, so that
//! who comes too many learns it before sending megabytes. One person cannot take all places.

use super::Refusal;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Uploads under way at once, in all.
const PLACES: usize = 128;
/// And by one person: more than a browser opens connections, fewer than would keep others out.
const PLACES_EACH: usize = 16;

#[derive(Clone, Default)]
pub(super) struct Queue(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    all: usize,
    by_person: HashMap<i64, usize>,
}

/// A place in the queue, given back when it is dropped.
pub struct Place {
    queue: Queue,
    person: i64,
}

impl Queue {
    /// # Errors
    /// `Busy` when all places, or all of this person's, are taken.
    pub fn enter(&self, person: i64) -> Result<Place, Refusal> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.by_person.get(&person).copied().unwrap_or(0);
        if taken.all >= PLACES || own >= PLACES_EACH {
            return Err(Refusal::Busy);
        }
        taken.all += 1;
        taken.by_person.insert(person, own + 1);
        Ok(Place { queue: self.clone(), person })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let own = taken.by_person.get(&self.person).copied().unwrap_or(1);
        if own <= 1 {
            taken.by_person.remove(&self.person);
        } else {
            taken.by_person.insert(self.person, own - 1);
        }
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Place({})", self.person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_end_for_one_person_and_for_all_and_come_back() {
        let queue = Queue::default();
        let mine: Vec<Place> = (0..PLACES_EACH).map(|_| queue.enter(1).expect("a place")).collect();
        assert_eq!(queue.enter(1).err(), Some(Refusal::Busy));
        let others: Vec<Place> = (PLACES_EACH..PLACES).map(|number| queue.enter(number as i64 + 1).expect("a place")).collect();
        assert_eq!(queue.enter(0).err(), Some(Refusal::Busy));
        drop(mine);
        drop(queue.enter(1).expect("a place came back"));
        drop(others);
        assert!(queue.0.lock().expect("not poisoned").by_person.is_empty());
    }
}
