//! Imaging: bytes of an upload in, a checked picture and its WebP variants out.
//!
//! Every number that decides about memory is read from the header by our own walkers ([`inspect`])
//! before any decoder runs, and [`Header::memory`] lets the caller weigh a semaphore by it. Decoding
//! happens twice, once small for the [`preview`] a person waits for and once for the [`variants`] of
//! the background job: pixels kept in between would make the hundredth uploader wait for the
//! first one's large sizes. While a core is free the pool begins the second beside the first, so that nothing is waited for.
//!
//! No I/O, no logging; threads are the pool's alone. Nothing published carries metadata.

mod ahead;
mod animation;
mod codec;
mod colour;
mod container;
mod decode;
mod encode;
mod facts;
mod header;
mod heap;
mod memory;
mod picture;
mod plan;
mod pool;
mod queue;
#[cfg(test)]
mod tests;

pub use decode::{Cascade, Decoded, Purpose};
pub use encode::{Encoded, Encoding};
pub use facts::Taken;
pub use header::{ACCEPT, Format, Header, UnknownFormat, inspect};
pub use plan::{Size, UnknownSize, WEBP_MAX_SIDE, plan};
pub use pool::{Imaging, Refusal};
pub use queue::Place;

use std::ops::ControlFlow;

/// What an upload may claim to be. Bytes are the caller's to limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Width × height, and for an animation that times its frames.
    pub max_pixels: u64,
    /// The longest side, in pixels.
    pub max_side: u32,
    /// Frames of an animation.
    pub max_frames: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_pixels: 100_000_000, max_side: 20_000, max_frames: 300 }
    }
}

/// Why an upload is not taken. The texts are for logs; people get the caller's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reject {
    #[error("the file is empty")]
    Empty,
    #[error("the file is not a picture")]
    NotAPicture,
    #[error("the file is an SVG drawing")]
    Svg,
    #[error("pictures of this kind are not supported: {what}")]
    Unsupported {
        /// The format's own name, as in "PDF" or "HEIC".
        what: &'static str,
    },
    #[error("{width} × {height} is more than {max} pixels")]
    TooManyPixels { width: u32, height: u32, max: u64 },
    #[error("{width} × {height} has a side longer than {max} pixels")]
    SideTooLong { width: u32, height: u32, max: u32 },
    /// `max` is what is allowed at this picture's size, so it may be less than the configured limit.
    #[error("more than {max} frames")]
    TooManyFrames { max: u32 },
    #[error("the file is truncated or corrupt")]
    Damaged,
    /// Sound as far as it was read, but nobody waits that long.
    #[error("the file takes too long to decode")]
    TooSlow,
    /// Not the file's fault: the encoder gave up, which it does when memory runs out. Worth a retry.
    #[error("the encoder failed")]
    Encoder,
}

/// What a person sees while the other sizes are being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The centre-cropped square; of an animation, the first frame.
    pub thumbnail: Encoded,
    /// A `data:image/webp;base64,…` URL of the picture at 16 px on its long side.
    pub placeholder: String,
    /// The average colour, sRGB, red first.
    pub colour: [u8; 3],
}

/// Decodes the file whole, which proves it sound, and makes its preview.
///
/// `thumbnail_side` is in pixels; see [`plan()`]. Of an animation only the first frame is decoded;
/// the walk of [`inspect`] has already found cut-off files.
///
/// # Errors
/// [`Reject::Damaged`] for a file that does not decode to the end, [`Reject::TooSlow`],
/// [`Reject::Encoder`].
pub fn preview(bytes: &[u8], header: &Header, thumbnail_side: u32, encoding: &Encoding) -> Result<Preview, Reject> {
    let purpose = Purpose::Preview { thumbnail_side };
    Decoded::read(bytes, header, purpose)?.preview(thumbnail_side, encoding)
}

/// Makes every size of [`plan()`] but the thumbnail, widest first, and hands each to `emit` as soon
/// as it is encoded. `emit` may break off, which is no error. The sizes of an animation are made
/// side by side, frame by frame, and come out together at the end.
///
/// # Errors
/// [`Reject::Damaged`], [`Reject::TooSlow`], [`Reject::Encoder`]. Sizes already emitted stay good.
pub fn variants(bytes: &[u8], header: &Header, encoding: &Encoding, emit: impl FnMut(Encoded) -> ControlFlow<()>) -> Result<(), Reject> {
    if header.animated {
        animation::variants(bytes, header, encoding, emit)
    } else {
        Decoded::read(bytes, header, Purpose::Variants)?.variants(encoding, emit)
    }
}

/// The sizes of [`plan()`] without the thumbnail, widest first.
fn cascade(header: &Header) -> impl Iterator<Item = (Size, u32, u32)> + use<> {
    plan(header.width, header.height, 1).into_iter().rev().filter(|&(size, ..)| size != Size::Thumbnail)
}
