//! Decoders that may not be trusted with the process run in a child of it.
//!
//! rav1d ends the process where it finds its own assumptions broken, and a hostile file can break
//! them; libheif is C++ that nobody here can vouch for. A forked child costs about a millisecond,
//! can be killed when its time is up, and takes only itself down.
//!
//! Only the calling thread lives on in the child, so locks that other threads hold stay held there.
//! The child therefore does nothing but decode, into memory shared with its parent: no output, no
//! logging, and a panic ends it at once. The C library keeps its allocator usable across a fork.
//!
//! Windows has no fork: there the decoders run in the process itself, which is fit for trying the
//! program out, not for strangers' files.

use super::super::Reject;
use super::deadline::Deadline;

#[cfg(unix)]
pub(in super::super) use child::{Shared, isolated};
#[cfg(not(unix))]
pub(in super::super) use here::{Shared, isolated};

#[cfg(not(unix))]
mod here {
    use super::{Deadline, Reject};

    pub(in super::super::super) struct Shared(Vec<u8>);

    impl Shared {
        pub fn bytes(&self) -> &[u8] {
            &self.0
        }
    }

    /// What `work` writes into `length` zeroed bytes.
    ///
    /// # Errors
    /// What `work` returns.
    pub(in super::super::super) fn isolated(
        length: usize,
        deadline: Deadline,
        work: impl FnOnce(&mut [u8]) -> Result<(), Reject>,
    ) -> Result<Shared, Reject> {
        deadline.check()?;
        let mut bytes = vec![0; length];
        work(&mut bytes)?;
        Ok(Shared(bytes))
    }
}

#[cfg(unix)]
mod child {
    use super::{Deadline, Reject};
    use std::ptr::null_mut;
    use std::time::Duration;

    /// Pages that a child has filled.
    pub(in super::super::super) struct Shared {
        start: *mut u8,
        length: usize,
    }

    impl Shared {
        /// # Errors
        /// `Encoder` when there is no memory to be had.
        fn new(length: usize) -> Result<Self, Reject> {
            let length = length.max(1);
            let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
            // SAFETY: a new mapping of no file; failure is checked.
            let start = unsafe { libc::mmap(null_mut(), length, access, kind, -1, 0) };
            if start == libc::MAP_FAILED { Err(Reject::Encoder) } else { Ok(Self { start: start.cast(), length }) }
        }

        pub fn bytes(&self) -> &[u8] {
            // SAFETY: mapped for as long as this lives, zeroed by the system, and the only other process
            // that could write to it is gone.
            unsafe { std::slice::from_raw_parts(self.start, self.length) }
        }
    }

    impl Drop for Shared {
        fn drop(&mut self) {
            // SAFETY: mapped by `new` with this length and not used again.
            unsafe { libc::munmap(self.start.cast(), self.length) };
        }
    }

    /// What `work` writes into `length` zeroed bytes, in a process of its own.
    ///
    /// # Errors
    /// `Damaged` when `work` says no or the child dies of it, `TooSlow` when its time is up, and
    /// `Encoder` when there can be no child.
    pub(in super::super::super) fn isolated(
        length: usize,
        deadline: Deadline,
        work: impl FnOnce(&mut [u8]) -> Result<(), Reject>,
    ) -> Result<Shared, Reject> {
        deadline.check()?;
        let shared = Shared::new(length)?;
        // SAFETY: the child uses nothing that another thread of this process could be holding but the
        // allocator, which the C library makes safe, and never returns.
        let child = unsafe { libc::fork() };
        match child {
            -1 => Err(Reject::Encoder),
            0 => {
                alone();
                // SAFETY: this process has the only reference to the pages until it ends.
                let bytes = unsafe { std::slice::from_raw_parts_mut(shared.start, shared.length) };
                let code = if work(bytes).is_ok() { 0 } else { 1 };
                // SAFETY: ends the child without running what its parent wants run at its own end.
                unsafe { libc::_exit(code) }
            }
            child => wait(child, deadline).map(|()| shared),
        }
    }

    /// Cuts a new child off from everything it has inherited.
    fn alone() {
        // SAFETY: none of these calls touches memory; one that fails leaves the child less alone.
        unsafe {
            #[cfg(target_os = "linux")]
            {
                libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
                libc::syscall(libc::SYS_close_range, 0, libc::c_uint::MAX, 0);
            }
            let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            libc::setrlimit(libc::RLIMIT_CORE, &none);
            libc::signal(libc::SIGABRT, libc::SIG_DFL);
        }
        // SAFETY: as above.
        std::panic::set_hook(Box::new(|_| unsafe { libc::_exit(1) }));
    }

    fn wait(child: libc::pid_t, deadline: Deadline) -> Result<(), Reject> {
        let mut pause = Duration::from_micros(200);
        let mut status = 0;
        loop {
            // SAFETY: `child` is a child of this process that nobody else waits for.
            match unsafe { libc::waitpid(child, &mut status, libc::WNOHANG) } {
                0 => {}
                -1 => return Err(Reject::Encoder),
                _ if libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0 => return Ok(()),
                _ => return Err(Reject::Damaged),
            }
            if let Err(reject) = deadline.check() {
                // SAFETY: as above; a killed child is still to be collected.
                unsafe {
                    libc::kill(child, libc::SIGKILL);
                    libc::waitpid(child, &mut status, 0);
                }
                return Err(reject);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(5));
        }
    }
}
