//! Still WebP by libwebp, which can scale while it decodes: a lossy file then needs no more memory
//! than the result.
//!
//! Lossy files with alpha are decoded whole and shrunk here, because libwebp scales their colours
//! without regard to alpha, and hidden colours would bleed into the edges.

use super::super::Reject;
use super::super::picture::{Layout, Picture};
use super::shrink::{Shrink, shrunk};
use libwebp_sys as ffi;
use std::ffi::c_int;

/// What to decode; sides as stored.
pub(super) struct Request {
    pub width: u32,
    pub height: u32,
    pub factor: u32,
    pub alpha: bool,
    pub lossless: bool,
}

/// # Errors
/// `Damaged` for anything the decoder reports.
pub(super) fn decode(bytes: &[u8], request: &Request) -> Result<Picture, Reject> {
    let scaled = if request.alpha && !request.lossless { 1 } else { request.factor };
    let (width, height) = (shrunk(request.width, scaled), shrunk(request.height, scaled));
    let layout = if request.alpha { Layout::Rgba } else { Layout::Rgb };
    let (pitch, rows) = (width as usize * layout.channels(), height as usize);
    let side = |side: u32| c_int::try_from(side).map_err(|_| Reject::Damaged);

    let mut config = ffi::WebPDecoderConfig::new().map_err(|()| Reject::Encoder)?;
    config.output.colorspace = if request.alpha { ffi::WEBP_CSP_MODE::MODE_RGBA } else { ffi::WEBP_CSP_MODE::MODE_RGB };
    if scaled > 1 {
        config.options.use_scaling = 1;
        config.options.scaled_width = side(width)?;
        config.options.scaled_height = side(height)?;
    }
    let mut pixels = vec![0; pitch * rows];
    config.output.is_external_memory = 1;
    config.output.u.RGBA =
        ffi::WebPRGBABuffer { rgba: pixels.as_mut_ptr(), stride: c_int::try_from(pitch).map_err(|_| Reject::Damaged)?, size: pixels.len() };
    // SAFETY: the configuration is initialised, `bytes` is readable, and `pixels` has room for as
    // many rows as the scaled size has: libwebp checks its own reading of the sides against `size`.
    let status = unsafe { ffi::WebPDecode(bytes.as_ptr(), bytes.len(), &mut config) };
    if status != ffi::VP8StatusCode::VP8_STATUS_OK {
        return Err(Reject::Damaged);
    }
    if scaled == request.factor {
        return Picture::new(width, height, layout, pixels);
    }
    let mut shrink = Shrink::new(width, height, request.factor, layout, false);
    for (y, row) in (0..).zip(pixels.chunks_exact(pitch)) {
        shrink.row(y, row);
    }
    drop(pixels);
    shrink.finish()
}
