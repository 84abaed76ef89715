//! Those who wait for something, counted by group, so that no group (a network, say) takes all the room.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

#[derive(Clone, Default)]
pub struct Crowd(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    all: usize,
    /// Nobody is counted as none: groups that wait no more are forgotten.
    groups: HashMap<String, usize>,
}

/// Somebody's place in it, until it is dropped.
pub struct Place {
    group: String,
    crowd: Crowd,
}

impl Crowd {
    /// One more of a group, if there is room: `has_room` is told how many of the group wait, and how many in all.
    pub fn join(&self, group: String, has_room: impl FnOnce(usize, usize) -> bool) -> Option<Place> {
        let mut counts = self.counts();
        let of_group = counts.groups.get(&group).copied().unwrap_or_default();
        if !has_room(of_group, counts.all) {
            return None;
        }
        counts.all += 1;
        counts.groups.insert(group.clone(), of_group + 1);
        Some(Place { group, crowd: self.clone() })
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        let counts = self.counts();
        counts.all == 0 && counts.groups.is_empty()
    }

    /// A count is right whatever its holder was doing when it panicked.
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.crowd.counts();
        counts.all -= 1;
        if let Some(count) = counts.groups.get_mut(&self.group) {
            *count -= 1;
            if *count == 0 {
                counts.groups.remove(&self.group);
            }
        }
    }
}
