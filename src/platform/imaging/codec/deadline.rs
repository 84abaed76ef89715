//! Nothing decodes for ever: a moment after which a file is given up.
//!
//! Decoders that read by themselves look at it whenever they ask for more bytes ([`Timed`]), the
//! others between rows or tiles. What no check can reach (one JPEG, one AV1 frame) is bounded by
//! what its header may claim.

use super::super::Reject;
use std::io::{BufRead, Error, ErrorKind, Read, Result as IoResult, Seek, SeekFrom};
use std::time::{Duration, Instant};

/// Far more than the largest picture that is taken in needs, and short enough that a job's lease is not lost to it.
const LIMIT: Duration = Duration::from_secs(60);
/// Bytes handed out between two looks at the clock. Decoders unpack what they are given before they
/// give back a row, and the best packed bytes unpack to a thousand times as many.
const CHUNK: usize = 1 << 10;

#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Deadline(Instant);

impl Deadline {
    pub fn new() -> Self {
        Self::after(LIMIT)
    }

    pub fn after(limit: Duration) -> Self {
        Self(Instant::now() + limit)
    }

    /// # Errors
    /// `TooSlow` once the moment has come.
    pub fn check(self) -> Result<(), Reject> {
        if Instant::now() < self.0 { Ok(()) } else { Err(Reject::TooSlow) }
    }

    /// What a decoder's failure means: the file's fault, unless the time was up.
    pub fn blame(self) -> Reject {
        self.check().err().unwrap_or(Reject::Damaged)
    }
}

/// Bytes that stop coming when the time is up.
pub(in super::super) struct Timed<'a> {
    bytes: &'a [u8],
    at: usize,
    deadline: Deadline,
}

impl<'a> Timed<'a> {
    pub fn new(bytes: &'a [u8], deadline: Deadline) -> Self {
        Self { bytes, at: 0, deadline }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, target: &mut [u8]) -> IoResult<usize> {
        let length = self.fill_buf()?.read(target)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Timed<'_> {
    fn fill_buf(&mut self) -> IoResult<&[u8]> {
        self.deadline.check().map_err(|_| Error::from(ErrorKind::TimedOut))?;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        Ok(&rest[..rest.len().min(CHUNK)])
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.at.saturating_add(amount);
    }
}

impl Seek for Timed<'_> {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        let base = match to {
            SeekFrom::Start(at) => return self.jump(i128::from(at)),
            SeekFrom::Current(by) => (self.at as i128, by),
            SeekFrom::End(by) => (self.bytes.len() as i128, by),
        };
        self.jump(base.0 + i128::from(base.1))
    }
}

impl Timed<'_> {
    fn jump(&mut self, to: i128) -> IoResult<u64> {
        self.at = usize::try_from(to).map_err(|_| Error::from(ErrorKind::InvalidInput))?;
        Ok(self.at as u64)
    }
}
