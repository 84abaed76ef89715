//! Animated GIF and WebP to animated WebP.
//!
//! All sizes are encoded side by side: frames are decoded once and never kept, and what grows is
//! only the encoders' output.

use super::codec::{frames, from_image, guarded};
use super::colour::Conversion;
use super::decode::finish;
use super::encode::{Encoded, Encoding, Input, config};
use super::picture::{Layout, Picture};
use super::{Header, Reject, Size, cascade};
use image::{DynamicImage, Frame};
use libwebp_sys as ffi;
use std::ffi::c_int;
use std::ops::ControlFlow;

/// See [`super::variants`].
pub(super) fn variants(
    bytes: &[u8],
    header: &Header,
    encoding: &Encoding,
    mut emit: impl FnMut(Encoded) -> ControlFlow<()>,
) -> Result<(), Reject> {
    let (mut frames, profile) = guarded(|| frames(bytes, header))?;
    let conversion = Conversion::new(&profile, header.facts.colours, Layout::Rgba);
    let config = config(encoding)?;
    let mut encoders = cascade(header)
        .map(|(size, width, height)| Animation::new(size, width, height, header.facts.plays))
        .collect::<Result<Vec<_>, _>>()?;
    let mut time = 0;
    while let Some(frame) = guarded(|| frames.next().transpose().map_err(|_| Reject::Damaged))? {
        let lasts = milliseconds(&frame);
        let whole = from_image(DynamicImage::ImageRgba8(frame.into_buffer()), header)?;
        add_to_all(&mut encoders, whole, header, &conversion, time, &config)?;
        time = c_int::saturating_add(time, lasts);
    }
    for encoder in encoders {
        if emit(encoder.finish(time, &config)?).is_break() {
            break;
        }
    }
    Ok(())
}

fn add_to_all(
    encoders: &mut [Animation],
    whole: Picture,
    header: &Header,
    conversion: &Conversion,
    time: c_int,
    config: &ffi::WebPConfig,
) -> Result<(), Reject> {
    let mut whole = Some(whole.premultiplied()?);
    let mut last: Option<Picture> = None;
    for encoder in encoders {
        let (width, height) = (encoder.width, encoder.height);
        let picture = match (whole.take(), last) {
            (Some(whole), _) => {
                let (width, height) = header.stored(width, height);
                finish(whole.resized(width, height)?, conversion, header.orientation)?
            }
            (None, Some(larger)) => larger.resized(width, height)?,
            (None, None) => return Err(Reject::Encoder),
        };
        encoder.add(&picture, time, config)?;
        last = Some(picture);
    }
    Ok(())
}

/// How long a frame is shown. Delays of zero are kept: browsers treat them alike in both formats.
fn milliseconds(frame: &Frame) -> c_int {
    let (numerator, denominator) = frame.delay().numer_denom_ms();
    c_int::try_from(numerator / denominator.max(1)).unwrap_or(c_int::MAX)
}

/// One size being encoded.
struct Animation {
    size: Size,
    width: u32,
    height: u32,
    encoder: *mut ffi::WebPAnimEncoder,
}

impl Animation {
    fn new(size: Size, width: u32, height: u32, plays: u16) -> Result<Self, Reject> {
        let side = |side| c_int::try_from(side).map_err(|_| Reject::Encoder);
        let (columns, rows) = (side(width)?, side(height)?);
        let version = ffi::WEBP_MUX_ABI_VERSION as c_int;
        let mut options = std::mem::MaybeUninit::<ffi::WebPAnimEncoderOptions>::zeroed();
        // SAFETY: the call fills the structure in, and says so.
        let mut options = unsafe {
            if ffi::WebPAnimEncoderOptionsInitInternal(options.as_mut_ptr(), version) == 0 {
                return Err(Reject::Encoder);
            }
            options.assume_init()
        };
        options.anim_params.loop_count = c_int::from(plays);
        options.anim_params.bgcolor = 0;
        // SAFETY: the options are initialised and copied by the call; null is checked.
        let encoder = unsafe { ffi::WebPAnimEncoderNewInternal(columns, rows, &options, version) };
        if encoder.is_null() {
            return Err(Reject::Encoder);
        }
        Ok(Self { size, width, height, encoder })
    }

    /// Adds a frame that starts `time` milliseconds after the first.
    fn add(&mut self, picture: &Picture, time: c_int, config: &ffi::WebPConfig) -> Result<(), Reject> {
        let mut input = Input::new(picture, true)?;
        // SAFETY: the encoder is live, and copies what it keeps of the frame.
        let done = unsafe { ffi::WebPAnimEncoderAdd(self.encoder, &mut input.0, time, config) };
        if done == 0 { Err(Reject::Encoder) } else { Ok(()) }
    }

    /// Ends the last frame at `time` milliseconds.
    fn finish(self, time: c_int, config: &ffi::WebPConfig) -> Result<Encoded, Reject> {
        let mut data = ffi::WebPData::default();
        // SAFETY: the encoder is live; a null frame marks the end. The data is libwebp's to free,
        // and is copied while it lives.
        let bytes = unsafe {
            let ended = ffi::WebPAnimEncoderAdd(self.encoder, std::ptr::null_mut(), time, config) != 0;
            let done = ended && ffi::WebPAnimEncoderAssemble(self.encoder, &mut data) != 0;
            let bytes = (done && !data.bytes.is_null()).then(|| std::slice::from_raw_parts(data.bytes, data.size).to_vec());
            ffi::WebPDataClear(&mut data);
            bytes
        };
        Ok(Encoded { size: self.size, width: self.width, height: self.height, bytes: bytes.ok_or(Reject::Encoder)? })
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        // SAFETY: the encoder is live and not used again.
        unsafe { ffi::WebPAnimEncoderDelete(self.encoder) }
    }
}
