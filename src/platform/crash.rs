//! Where a test may let the process die, as if its power were cut: named points between body, ledger, store, tables and queue.
//!
//! They exist in debug builds only and do nothing unless `PICSTARGRAM_CRASH_AT` names one (`variants.put`, or `variants.put:2`
//! for its second passing). Dying is `abort`: no destructor runs and nothing is flushed, as with `kill -9`. What each one leaves
//! behind, and what heals it, stands in ARCHITECTURE.md.

use crate::clock::Clock;

/// Passes a point; the process ends here when it is the named one.
#[inline(always)]
pub fn point(name: &'static str) {
    #[cfg(debug_assertions)]
    armed::pass(name);
    #[cfg(not(debug_assertions))]
    let _ = name;
}

/// The machine's clock. A debug build can be started later than it is, by `PICSTARGRAM_CLOCK_AHEAD` seconds: what heals after an
/// hour is tried without waiting for it.
pub fn clock() -> Clock {
    let clock = Clock::default();
    #[cfg(debug_assertions)]
    if let Some(seconds) = std::env::var("PICSTARGRAM_CLOCK_AHEAD").ok().and_then(|text| text.parse().ok()) {
        clock.advance(chrono::TimeDelta::seconds(seconds));
    }
    clock
}

#[cfg(debug_assertions)]
mod armed {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Armed {
        name: String,
        /// Passings until the one that ends it.
        left: AtomicUsize,
    }

    static ARMED: LazyLock<Option<Armed>> = LazyLock::new(|| {
        let text = std::env::var("PICSTARGRAM_CRASH_AT").ok().filter(|text| !text.is_empty())?;
        let (name, passing) = text.split_once(':').unwrap_or((&text, "1"));
        Some(Armed { name: name.to_owned(), left: AtomicUsize::new(passing.parse().unwrap_or(1)) })
    });

    pub fn pass(name: &str) {
        if let Some(armed) = &*ARMED
            && armed.name == name
            && armed.left.fetch_sub(1, Ordering::Relaxed) == 1
        {
            eprintln!("died at {name}");
            std::process::abort();
        }
    }
}
