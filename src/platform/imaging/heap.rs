//! Keeps glibc from holding on to what pictures and passwords have left behind.
//!
//! Its heap learns from every large block that is freed to take the next one from an arena, one arena for each of many threads,
//! and gives those back rarely: hundreds of megabytes after a hundred sign-ups. Large blocks of a fixed size upwards straight
//! from the system, and few arenas, return what is not used, for some 20 ms of page faults in each picture of 12 MP.
//! `MALLOC_…` variables of the operator go first.

/// Blocks of so many bytes are the system's: below it are rows and tables, above it pictures, and Argon2's 19 MiB.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 1 << 20;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ARENAS: libc::c_int = 4;

/// Sets the whole process's heap up; later calls change nothing.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn settle() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let free = |name| std::env::var_os(name).is_none();
        // SAFETY: sets two numbers of the allocator, which takes its own lock for it.
        unsafe {
            if free("MALLOC_MMAP_THRESHOLD_") {
                libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
            }
            if free("MALLOC_ARENA_MAX") {
                libc::mallopt(libc::M_ARENA_MAX, ARENAS);
            }
        }
    });
}

/// Other allocators need no help.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn settle() {}
