//! Still pictures to WebP by libwebp, and the calls animations share.

use super::picture::{Layout, Picture};
use super::{Reject, Size};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use libwebp_sys as ffi;
use std::ffi::c_int;

/// How hard and how well WebP is encoded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Encoding {
    /// 0 to 100.
    pub quality: f32,
    /// 0 (fast) to 6 (small). Under overload, 2 at quality 81 halves the work for about a tenth
    /// more bytes.
    pub method: u8,
}

impl Default for Encoding {
    fn default() -> Self {
        Self { quality: 80.0, method: 4 }
    }
}

/// One finished WebP file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    pub size: Size,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// # Errors
/// `Encoder` when libwebp fails, which for a picture of legal size means out of memory.
pub(super) fn still(picture: &Picture, size: Size, encoding: &Encoding) -> Result<Encoded, Reject> {
    Ok(Encoded { size, width: picture.width, height: picture.height, bytes: webp(picture, &config(encoding)?)? })
}

/// A data URL of a picture of a few pixels, at the best quality that keeps it tiny.
pub(super) fn placeholder(picture: &Picture) -> Result<String, Reject> {
    const ENOUGH: usize = 150;
    let mut smallest = Vec::new();
    for quality in [50_u8, 30, 10, 0] {
        let mut config = config(&Encoding { quality: f32::from(quality), method: 6 })?;
        config.alpha_quality = c_int::from(quality);
        smallest = webp(picture, &config)?;
        if smallest.len() <= ENOUGH {
            break;
        }
    }
    Ok(format!("data:image/webp;base64,{}", STANDARD.encode(smallest)))
}

fn webp(picture: &Picture, config: &ffi::WebPConfig) -> Result<Vec<u8>, Reject> {
    let mut input = Input::new(picture, false)?;
    let mut writer = Writer::new();
    input.0.writer = Some(ffi::WebPMemoryWrite);
    input.0.custom_ptr = (&raw mut writer.0).cast();
    // SAFETY: both structures are initialised, and the writer outlives the call.
    let done = unsafe { ffi::WebPEncode(config, &mut input.0) };
    if done == 0 {
        return Err(Reject::Encoder);
    }
    Ok(writer.bytes().to_vec())
}

/// Settings for libwebp; values out of range are moved into it.
pub(super) fn config(encoding: &Encoding) -> Result<ffi::WebPConfig, Reject> {
    let mut config = ffi::WebPConfig::new().map_err(|()| Reject::Encoder)?;
    config.quality = if encoding.quality.is_nan() { Encoding::default().quality } else { encoding.quality.clamp(0.0, 100.0) };
    config.method = c_int::from(encoding.method.min(6));
    Ok(config)
}

/// libwebp's own copy of a picture: YUV planes, or whole ARGB pixels for animations.
pub(super) struct Input(pub ffi::WebPPicture);

impl Input {
    /// # Errors
    /// `Encoder` when out of memory, or for a layout or size WebP does not have.
    pub fn new(picture: &Picture, argb: bool) -> Result<Self, Reject> {
        let side = |side| c_int::try_from(side).map_err(|_| Reject::Encoder);
        let mut input = Self(ffi::WebPPicture::new().map_err(|()| Reject::Encoder)?);
        input.0.use_argb = c_int::from(argb);
        input.0.width = side(picture.width)?;
        input.0.height = side(picture.height)?;
        let stride = input.0.width.checked_mul(picture.layout.channels() as c_int).ok_or(Reject::Encoder)?;
        let pixels = picture.pixels().as_ptr();
        // SAFETY: a `Picture` has `height` rows of `stride` bytes, which are only read.
        let done = unsafe {
            match picture.layout {
                Layout::Rgb => ffi::WebPPictureImportRGB(&mut input.0, pixels, stride),
                Layout::Rgba => ffi::WebPPictureImportRGBA(&mut input.0, pixels, stride),
                Layout::Premultiplied | Layout::Cmyk => 0,
            }
        };
        if done == 0 { Err(Reject::Encoder) } else { Ok(input) }
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        // SAFETY: initialised by `WebPPicture::new`; freeing an empty picture is allowed.
        unsafe { ffi::WebPPictureFree(&mut self.0) }
    }
}

struct Writer(ffi::WebPMemoryWriter);

impl Writer {
    fn new() -> Self {
        let mut writer = ffi::WebPMemoryWriter { mem: std::ptr::null_mut(), size: 0, max_size: 0, pad: [0] };
        // SAFETY: a plain structure to fill in.
        unsafe { ffi::WebPMemoryWriterInit(&mut writer) };
        Self(writer)
    }

    fn bytes(&self) -> &[u8] {
        if self.0.mem.is_null() {
            return &[];
        }
        // SAFETY: libwebp wrote `size` bytes there, and they live as long as the writer.
        unsafe { std::slice::from_raw_parts(self.0.mem, self.0.size) }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // SAFETY: initialised in `new`.
        unsafe { ffi::WebPMemoryWriterClear(&mut self.0) }
    }
}
