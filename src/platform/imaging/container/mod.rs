//! What a file says about itself before a pixel is decoded: one walker for each container.
//!
//! The walkers are ours, not the decoders', because decoders allocate while they look, and because
//! a walk to the end is the cheapest proof that a PNG, WebP or GIF was not cut short.

mod boxes;
pub(super) mod gif;
pub(super) mod heif;
pub(super) mod jpeg;
mod obu;
pub(super) mod png;
pub(super) mod webp;

use super::{Limits, Reject};
use image::metadata::Orientation;

/// Larger profiles than this are ignored. Those for inks are the largest that are in use.
const MAX_PROFILE: usize = 1 << 20;
const MAX_INK_PROFILE: usize = 4 << 20;

/// What the file's own colours are, before any profile is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colours {
    Grey,
    Rgb,
    Cmyk,
}

/// The facts of one file, sides in stored pixels (before orientation).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub width: u32,
    pub height: u32,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    pub frames: u32,
    /// How often an animation plays in all, as WebP counts; 0 is for ever.
    pub plays: u16,
    /// Pixels of the largest frame, which in a GIF may be larger than the picture.
    pub frame_pixels: u64,
    /// Bytes a pixel takes as the decoder hands it over.
    pub sample_bytes: u64,
    /// Bytes libjpeg keeps for a progressive file's coefficients.
    pub coefficients: u64,
    /// Bytes of the embedded profile, as far as the walk has seen one.
    pub profile: u64,
    /// Of a WebP.
    pub lossless: bool,
    /// Of a PNG: interlaced.
    pub in_passes: bool,
    /// Bytes an AVIF's or HEIC's decoder keeps while it decodes.
    pub planes: u64,
    pub colours: Colours,
    /// Whether any pixel can be transparent.
    pub alpha: bool,
}

impl Facts {
    pub fn still(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            orientation: 1,
            frames: 1,
            plays: 1,
            frame_pixels: u64::from(width) * u64::from(height),
            sample_bytes: 4,
            coefficients: 0,
            profile: 0,
            lossless: false,
            in_passes: false,
            planes: 0,
            colours: Colours::Rgb,
            alpha: true,
        }
    }
}

/// Refuses sides and areas beyond the limits. A side of zero is damage.
pub(super) fn check_sides(width: u32, height: u32, limits: &Limits) -> Result<(), Reject> {
    if width == 0 || height == 0 {
        return Err(Reject::Damaged);
    }
    if width > limits.max_side || height > limits.max_side {
        return Err(Reject::SideTooLong { width, height, max: limits.max_side });
    }
    if u64::from(width) * u64::from(height) > limits.max_pixels {
        return Err(Reject::TooManyPixels { width, height, max: limits.max_pixels });
    }
    Ok(())
}

/// Refuses the `frames`-th frame of a `width` × `height` animation when there are too many, or when
/// all frames together pass the limit on pixels.
pub(super) fn check_frames(frames: u32, width: u32, height: u32, limits: &Limits) -> Result<(), Reject> {
    let by_pixels = limits.max_pixels / (u64::from(width) * u64::from(height)).max(1);
    let max = limits.max_frames.min(u32::try_from(by_pixels).unwrap_or(u32::MAX)).max(1);
    if frames > max {
        return Err(Reject::TooManyFrames { max });
    }
    Ok(())
}

/// The orientation an EXIF block gives, 1 when it gives none. Cameras and editors disagree on
/// whether the block starts with its six-byte name, so both are read.
pub(super) fn exif_orientation(block: &[u8]) -> u8 {
    let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    Orientation::from_exif_chunk(tiff).map_or(1, Orientation::to_exif)
}

pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes([pair[0], pair[1]]))
}

pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let quad = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes([quad[0], quad[1], quad[2], quad[3]]))
}

pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    be16(bytes, at).map(u16::swap_bytes)
}

pub(super) fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at.checked_add(3)?)?;
    Some(u32::from_le_bytes([three[0], three[1], three[2], 0]))
}

pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    be32(bytes, at).map(u32::swap_bytes)
}
