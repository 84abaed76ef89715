//! JPEG pixels by libjpeg-turbo, at the smallest DCT scale that will do.
//!
//! The C interface is called directly because the safe wrapper drops two things we need: pixels
//! that came with a harmless warning, and the decoder's own limit on memory.

use super::super::Reject;
use super::super::container::jpeg::has_end;
use std::ffi::{CStr, c_int};
use turbojpeg::raw;

/// A real progressive file has about ten scans; each costs a pass over all coefficients.
const SCAN_LIMIT: c_int = 32;

/// A picture's sides at `eighths`/8 of its size, the way the decoder rounds them.
pub(in super::super) fn scaled(side: u32, eighths: u32) -> u32 {
    u32::try_from((u64::from(side) * u64::from(eighths)).div_ceil(8)).unwrap_or(u32::MAX)
}

/// What to decode: sides as stored in the file, scale in eighths (1 to 8).
pub(super) struct Request {
    pub width: u32,
    pub height: u32,
    pub eighths: u32,
    pub cmyk: bool,
    /// Bytes the decoder may allocate beside the pixels.
    pub working_memory: u64,
}

/// Decodes to RGB, or to CMYK as stored, without gaps between rows.
///
/// # Errors
/// `Damaged` for anything the decoder reports, warnings included, but stray bytes between
/// segments: several cameras write those, and every browser shows such pictures.
pub(super) fn decode(bytes: &[u8], request: &Request) -> Result<Vec<u8>, Reject> {
    let mut decoder = Decoder::new()?;
    // The decoder knows its scales as reduced fractions only.
    let halvings = request.eighths.trailing_zeros().min(3);
    let (num, denom) = ((request.eighths >> halvings) as c_int, 8 >> halvings);
    let (format, channels) = if request.cmyk { (raw::TJPF_TJPF_CMYK, 4) } else { (raw::TJPF_TJPF_RGB, 3) };
    let megabytes = c_int::try_from((request.working_memory >> 20) + 1).map_err(|_| Reject::Damaged)?;
    decoder.set(raw::TJPARAM_TJPARAM_SCANLIMIT, SCAN_LIMIT)?;
    decoder.set(raw::TJPARAM_TJPARAM_MAXMEMORY, megabytes)?;
    let length = bytes.len() as raw::size_t;

    // SAFETY: the handle is live and `bytes` is readable for `length` bytes.
    let status = unsafe { raw::tj3DecompressHeader(decoder.0, bytes.as_ptr(), length) };
    if status != 0 && !decoder.only_stray_bytes() {
        return Err(Reject::Damaged);
    }
    // The buffer is sized by our own reading of the header, so the decoder's must be the same.
    if i64::from(decoder.get(raw::TJPARAM_TJPARAM_JPEGWIDTH)) != i64::from(request.width)
        || i64::from(decoder.get(raw::TJPARAM_TJPARAM_JPEGHEIGHT)) != i64::from(request.height)
    {
        return Err(Reject::Damaged);
    }
    // SAFETY: the handle is live.
    let status = unsafe { raw::tj3SetScalingFactor(decoder.0, raw::tjscalingfactor { num, denom }) };
    if status != 0 {
        return Err(Reject::Damaged);
    }
    let pitch = scaled(request.width, request.eighths) as usize * channels;
    let rows = scaled(request.height, request.eighths) as usize;
    let row_bytes = c_int::try_from(pitch).map_err(|_| Reject::Damaged)?;
    let mut pixels = vec![0; pitch * rows];
    // SAFETY: the handle is live, `bytes` is readable for `length` bytes, and `pixels` has room for
    // every scaled row: the decoder reads the same header again and confirmed the sides above.
    let status = unsafe { raw::tj3Decompress8(decoder.0, bytes.as_ptr(), length, pixels.as_mut_ptr(), row_bytes, format as c_int) };
    // Only the first warning is kept, so after stray bytes the end has to be looked for by hand.
    if status != 0 && !(decoder.only_stray_bytes() && has_end(bytes)) {
        return Err(Reject::Damaged);
    }
    Ok(pixels)
}

/// A libjpeg-turbo handle that is not null.
struct Decoder(raw::tjhandle);

impl Decoder {
    fn new() -> Result<Self, Reject> {
        // SAFETY: no preconditions; null is checked.
        let handle = unsafe { raw::tj3Init(raw::TJINIT_TJINIT_DECOMPRESS as c_int) };
        if handle.is_null() {
            return Err(Reject::Encoder);
        }
        Ok(Self(handle))
    }

    fn set(&mut self, parameter: raw::TJPARAM, value: c_int) -> Result<(), Reject> {
        // SAFETY: the handle is live; unknown parameters and values are reported.
        let status = unsafe { raw::tj3Set(self.0, parameter as c_int, value) };
        if status == 0 { Ok(()) } else { Err(Reject::Damaged) }
    }

    fn get(&mut self, parameter: raw::TJPARAM) -> c_int {
        // SAFETY: the handle is live.
        unsafe { raw::tj3Get(self.0, parameter as c_int) }
    }

    /// Whether the last call went to its end and had nothing worse to say than this.
    fn only_stray_bytes(&mut self) -> bool {
        // SAFETY: the handle is live, and the text it points to lives until the next call on it.
        let text = unsafe { CStr::from_ptr(raw::tj3GetErrorStr(self.0)) };
        let text = text.to_bytes();
        text.windows(16).any(|part| part == b"extraneous bytes")
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the handle is live and not used again.
        unsafe { raw::tj3Destroy(self.0) }
    }
}
