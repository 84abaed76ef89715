//! PNG chunks to the very end: size, orientation, and the proof that `IEND` was reached.

use super::super::{Limits, Reject};
use super::{Colours, Facts, be32, check_sides, exif_orientation};

pub(in super::super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Walks every chunk. An animated PNG counts as its still picture.
///
/// # Errors
/// `Damaged` when a chunk runs past the end or `IHDR`, `IDAT` or `IEND` is missing, and whatever
/// [`check_sides`] refuses.
pub(in super::super) fn walk(bytes: &[u8], limits: &Limits) -> Result<Facts, Reject> {
    let mut facts: Option<Facts> = None;
    let mut orientation = 1;
    let mut transparent = false;
    let mut has_pixels = false;
    let mut at = SIGNATURE.len();
    loop {
        let length = be32(bytes, at).ok_or(Reject::Damaged)? as usize;
        let kind = bytes.get(at + 4..at + 8).ok_or(Reject::Damaged)?;
        let body = (at + 8).checked_add(length).and_then(|end| bytes.get(at + 8..end)).ok_or(Reject::Damaged)?;
        at += 12 + length;
        if at > bytes.len() || (facts.is_none() && kind != b"IHDR") {
            return Err(Reject::Damaged);
        }
        match kind {
            b"IHDR" => facts = Some(picture_header(body, limits)?),
            b"eXIf" => orientation = exif_orientation(body),
            b"tRNS" => transparent = true,
            b"IDAT" => has_pixels = true,
            b"IEND" => break,
            _ => {}
        }
    }
    let mut facts = facts.filter(|_| has_pixels).ok_or(Reject::Damaged)?;
    facts.orientation = orientation;
    facts.alpha |= transparent;
    // As the decoder hands it over: palettes and transparent colours are expanded.
    let channels = if facts.colours == Colours::Grey { 1 } else { 3 };
    facts.sample_bytes *= channels + u64::from(facts.alpha);
    Ok(facts)
}

/// `sample_bytes` is that of one channel yet: whether there is alpha is known at the end only.
fn picture_header(body: &[u8], limits: &Limits) -> Result<Facts, Reject> {
    let (Some(width), Some(height), Some(&depth), Some(&colour)) = (be32(body, 0), be32(body, 4), body.get(8), body.get(9)) else {
        return Err(Reject::Damaged);
    };
    check_sides(width, height, limits)?;
    let (colours, alpha) = match colour {
        0 => (Colours::Grey, false),
        2 | 3 => (Colours::Rgb, false),
        4 => (Colours::Grey, true),
        6 => (Colours::Rgb, true),
        _ => return Err(Reject::Damaged),
    };
    Ok(Facts { sample_bytes: if depth == 16 { 2 } else { 1 }, colours, alpha, ..Facts::still(width, height) })
}
