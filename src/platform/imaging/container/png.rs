//! PNG chunks to the very end: size, orientation, and the proof that `IEND` was reached.

use super::super::colour::Profile;
use super::super::{Limits, Reject};
use super::{Colours, Facts, MAX_PROFILE, be32, check_sides, exif_orientation};
use flate2::read::ZlibDecoder;
use std::io::Read;

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
    for_each_chunk(bytes, |kind, body| {
        match kind {
            b"IHDR" if facts.is_none() => facts = Some(picture_header(body, limits)?),
            _ if facts.is_none() => return Err(Reject::Damaged),
            b"eXIf" => orientation = exif_orientation(body),
            b"tRNS" => transparent = true,
            b"IDAT" => has_pixels = true,
            _ => {}
        }
        Ok(())
    })?;
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
    let in_passes = body.get(12) == Some(&1);
    Ok(Facts { sample_bytes: if depth == 16 { 2 } else { 1 }, colours, alpha, in_passes, ..Facts::still(width, height) })
}

/// What the chunks before the pixels say of colour; the first of cICP, iCCP, sRGB counts, and gAMA
/// with cHRM only without them. The gamma that everybody writes for sRGB means just that.
pub(in super::super) fn profile(bytes: &[u8]) -> Profile {
    let (mut coded, mut icc, mut srgb, mut gamma, mut chromaticities, mut pixels) = (None, None, false, None, None, false);
    let walked = for_each_chunk(bytes, |kind, body| {
        match kind {
            b"IDAT" => pixels = true,
            _ if pixels => {}
            // Only full-range RGB makes sense here, and it is all that the format allows.
            b"cICP" => coded = body.first_chunk::<4>().copied().filter(|&[.., matrix, full]| matrix == 0 && full == 1),
            b"iCCP" => icc = unpacked(body),
            b"sRGB" => srgb = true,
            b"gAMA" => gamma = be32(body, 0).filter(|gamma| (10_000..=1_000_000).contains(gamma)),
            b"cHRM" => chromaticities = points(body),
            _ => {}
        }
        Ok(())
    });
    match (coded, icc) {
        _ if walked.is_err() => Profile::Unmarked,
        (Some([primaries, transfer, ..]), _) => Profile::Coded { primaries, transfer },
        (None, Some(icc)) => Profile::Icc(icc),
        (None, None) if srgb || (gamma.is_none() && chromaticities.is_none()) => Profile::Unmarked,
        (None, None) => {
            let gamma = gamma.filter(|&gamma| gamma != 45_455).map(|gamma| 100_000.0 / gamma as f32);
            Profile::Measured { chromaticities, gamma }
        }
    }
}

/// What the camera wrote, or an editor for it.
pub(in super::super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut found = None;
    let walked = for_each_chunk(bytes, |kind, body| {
        if kind == b"eXIf" && found.is_none() {
            found = Some(body);
        }
        Ok(())
    });
    walked.ok().and(found)
}

/// The profile after its name, unpacked; none when it is larger than anyone needs.
fn unpacked(body: &[u8]) -> Option<Vec<u8>> {
    let name = body.iter().take(80).position(|&byte| byte == 0)?;
    let packed = body.get(name + 1..)?.strip_prefix(&[0])?;
    let mut profile = Vec::new();
    let length = ZlibDecoder::new(packed).take(MAX_PROFILE as u64 + 1).read_to_end(&mut profile).ok()?;
    (length <= MAX_PROFILE).then_some(profile)
}

/// White, red, green and blue, when they span a triangle at all.
fn points(body: &[u8]) -> Option<[(f32, f32); 4]> {
    let mut points = [(0.0, 0.0); 4];
    for (index, point) in points.iter_mut().enumerate() {
        let number = |at| be32(body, at).filter(|&value| value <= 100_000).map(|value| value as f32 / 100_000.0);
        *point = (number(8 * index)?, number(8 * index + 4).filter(|&y| y > 0.0)?);
    }
    let [_, (red_x, red_y), (green_x, green_y), (blue_x, blue_y)] = points;
    let area = (green_x - red_x) * (blue_y - red_y) - (blue_x - red_x) * (green_y - red_y);
    (area.abs() > 0.01).then_some(points)
}

/// Calls `visit` with the name and body of each chunk up to `IEND`.
///
/// # Errors
/// `Damaged` when a chunk runs past the end, and what `visit` returns.
fn for_each_chunk<'a>(bytes: &'a [u8], mut visit: impl FnMut(&[u8], &'a [u8]) -> Result<(), Reject>) -> Result<(), Reject> {
    let mut at = SIGNATURE.len();
    loop {
        let length = be32(bytes, at).ok_or(Reject::Damaged)? as usize;
        let kind = bytes.get(at + 4..at + 8).ok_or(Reject::Damaged)?;
        let body = (at + 8).checked_add(length).and_then(|end| bytes.get(at + 8..end)).ok_or(Reject::Damaged)?;
        at += 12 + length;
        if at > bytes.len() {
            return Err(Reject::Damaged);
        }
        if kind == b"IEND" {
            return Ok(());
        }
        visit(kind, body)?;
    }
}
