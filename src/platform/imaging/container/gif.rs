//! GIF blocks to the trailer: size, frames, how often it plays.
//!
//! Frames are counted without being decompressed; a frame larger than the picture is legal in the
//! format and is held to the same limits, because the decoder allocates the frame's own size.

use super::super::{Limits, Reject};
use super::{Facts, check_frames, check_sides, le16};

/// Walks every block.
///
/// # Errors
/// `Damaged` when a block runs past the end, the trailer is missing or there is no frame,
/// `TooManyFrames`, and whatever [`check_sides`] refuses, of a frame too.
pub(in super::super) fn walk(bytes: &[u8], limits: &Limits) -> Result<Facts, Reject> {
    let width = u32::from(le16(bytes, 6).ok_or(Reject::Damaged)?);
    let height = u32::from(le16(bytes, 8).ok_or(Reject::Damaged)?);
    check_sides(width, height, limits)?;
    let mut facts = Facts { frames: 0, ..Facts::still(width, height) };
    let mut at = 13 + palette_bytes(*bytes.get(10).ok_or(Reject::Damaged)?);
    loop {
        match bytes.get(at).ok_or(Reject::Damaged)? {
            0x21 => {
                let label = *bytes.get(at + 1).ok_or(Reject::Damaged)?;
                if label == 0xff
                    && let Some(repeats) = repeats(bytes.get(at + 2..).unwrap_or_default())
                {
                    facts.plays = plays(repeats);
                }
                at = after_blocks(bytes, at + 2)?;
            }
            0x2c => {
                let frame_width = u32::from(le16(bytes, at + 5).ok_or(Reject::Damaged)?);
                let frame_height = u32::from(le16(bytes, at + 7).ok_or(Reject::Damaged)?);
                check_sides(frame_width, frame_height, limits)?;
                facts.frames += 1;
                check_frames(facts.frames, width, height, limits)?;
                let pixels = u64::from(frame_width) * u64::from(frame_height);
                facts.frame_pixels = facts.frame_pixels.max(pixels);
                let flags = *bytes.get(at + 9).ok_or(Reject::Damaged)?;
                // The byte after the palette is the code length of the compressed data.
                at = after_blocks(bytes, at + 10 + palette_bytes(flags) + 1)?;
            }
            0x3b if facts.frames > 0 => return Ok(facts),
            _ => return Err(Reject::Damaged),
        }
    }
}

fn palette_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The offset after a run of data blocks that starts at `at`.
fn after_blocks(bytes: &[u8], mut at: usize) -> Result<usize, Reject> {
    loop {
        let length = usize::from(*bytes.get(at).ok_or(Reject::Damaged)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}

/// The loop count of a Netscape application block, which counts plays after the first.
fn repeats(block: &[u8]) -> Option<u16> {
    let rest = block.strip_prefix(b"\x0bNETSCAPE2.0").or_else(|| block.strip_prefix(b"\x0bANIMEXTS1.0"))?;
    match rest {
        [3, 1, low, high, ..] => Some(u16::from_le_bytes([*low, *high])),
        _ => None,
    }
}

fn plays(repeats: u16) -> u16 {
    match repeats {
        0 => 0,
        more => more.saturating_add(1),
    }
}
