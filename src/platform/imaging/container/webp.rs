//! WebP chunks: size, frames, orientation.
//!
//! The size stands in three places (canvas, frame, bitstream). A file in which they disagree is
//! refused here, so that no decoder ever allocates by a number the limits have not seen.

use super::super::{Limits, Reject};
use super::{Facts, MAX_PROFILE, check_frames, check_sides, exif_orientation, le16, le24, le32};

/// Walks every chunk.
///
/// # Errors
/// `Damaged` when a chunk runs past the end, sizes disagree or there is no picture,
/// `TooManyFrames`, and whatever [`check_sides`] refuses.
pub(in super::super) fn walk(bytes: &[u8], limits: &Limits) -> Result<Facts, Reject> {
    let length = le32(bytes, 4).ok_or(Reject::Damaged)? as usize;
    let riff = length.checked_add(8).and_then(|end| bytes.get(12..end)).ok_or(Reject::Damaged)?;
    let mut facts: Option<Facts> = None;
    let mut still = None;
    let (mut alpha, mut lossless) = (false, false);
    let mut orientation = 1;
    let mut frames = 0;
    for_each_chunk(riff, |kind, body| {
        match kind {
            b"VP8X" if facts.is_none() => {
                let width = 1 + le24(body, 4).ok_or(Reject::Damaged)?;
                let height = 1 + le24(body, 7).ok_or(Reject::Damaged)?;
                check_sides(width, height, limits)?;
                facts = Some(Facts::still(width, height));
            }
            b"ALPH" => alpha = true,
            b"VP8 " | b"VP8L" if still.is_none() => {
                let (width, height) = bitstream_size(kind, body).ok_or(Reject::Damaged)?;
                check_sides(width, height, limits)?;
                still = Some((width, height));
                facts.get_or_insert_with(|| Facts::still(width, height));
                lossless = kind == b"VP8L";
                // A lossless bitstream says itself whether its alpha is used.
                alpha |= lossless && body.get(4).is_some_and(|byte| byte & 0x10 != 0);
            }
            b"ANIM" => {
                if let Some(facts) = &mut facts {
                    facts.plays = le16(body, 4).ok_or(Reject::Damaged)?;
                }
            }
            b"ANMF" => {
                let facts = facts.as_ref().ok_or(Reject::Damaged)?;
                frames += 1;
                check_frames(frames, facts.width, facts.height, limits)?;
                check_frame(body, facts)?;
            }
            b"EXIF" => orientation = exif_orientation(body),
            _ => {}
        }
        Ok(())
    })?;
    let mut facts = facts.ok_or(Reject::Damaged)?;
    match (still, frames) {
        (Some(size), 0) if size == (facts.width, facts.height) => {}
        (None, 1..) => facts.frames = frames,
        _ => return Err(Reject::Damaged),
    }
    facts.orientation = orientation;
    facts.lossless = lossless;
    facts.alpha = alpha || facts.frames > 1;
    Ok(facts)
}

/// The embedded ICC profile.
pub(in super::super) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut found = None;
    let walked = for_each_chunk(bytes.get(12..)?, |kind, body| {
        if kind == b"ICCP" && found.is_none() && body.len() <= MAX_PROFILE {
            found = Some(body.to_vec());
        }
        Ok(())
    });
    walked.ok().and(found)
}

/// What the camera wrote, or an editor for it.
pub(in super::super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut found = None;
    let walked = for_each_chunk(bytes.get(12..)?, |kind, body| {
        if kind == b"EXIF" && found.is_none() {
            found = Some(body);
        }
        Ok(())
    });
    walked.ok().and(found)
}

/// A frame must lie inside the canvas and hold a bitstream of its own declared size.
fn check_frame(body: &[u8], facts: &Facts) -> Result<(), Reject> {
    let number = |at| le24(body, at).ok_or(Reject::Damaged);
    let (left, top) = (2 * number(0)?, 2 * number(3)?);
    let (width, height) = (1 + number(6)?, 1 + number(9)?);
    if left + width > facts.width || top + height > facts.height {
        return Err(Reject::Damaged);
    }
    let mut size = None;
    for_each_chunk(body.get(16..).unwrap_or_default(), |kind, body| {
        if matches!(kind, b"VP8 " | b"VP8L") && size.is_none() {
            size = bitstream_size(kind, body);
        }
        Ok(())
    })?;
    if size == Some((width, height)) { Ok(()) } else { Err(Reject::Damaged) }
}

fn bitstream_size(kind: &[u8; 4], body: &[u8]) -> Option<(u32, u32)> {
    if kind == b"VP8L" {
        let bits = le32(body, 1).filter(|_| body.first() == Some(&0x2f))?;
        return Some((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)));
    }
    if body.get(3..6)? != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let side = |at| le16(body, at).map(|side| u32::from(side & 0x3fff));
    Some((side(6)?, side(8)?))
}

/// Calls `visit` with the name and body of each chunk; a chunk that runs past the end is damage.
fn for_each_chunk<'a>(mut rest: &'a [u8], mut visit: impl FnMut(&[u8; 4], &'a [u8]) -> Result<(), Reject>) -> Result<(), Reject> {
    while let Some((kind, after)) = rest.split_first_chunk::<4>() {
        let length = le32(after, 0).ok_or(Reject::Damaged)? as usize;
        let end = length.checked_add(4).ok_or(Reject::Damaged)?;
        let body = after.get(4..end).ok_or(Reject::Damaged)?;
        visit(kind, body)?;
        // Bodies are padded to an even length; some writers forget the last pad.
        rest = after.get(end + length % 2..).unwrap_or_default();
    }
    Ok(())
}
