//! JPEG segments up to the first scan: size, orientation, profile, and what decoding will cost.

use super::super::{Limits, Reject};
use super::{Colours, Facts, MAX_INK_PROFILE, be16, check_sides, exif_orientation};
use std::ops::ControlFlow;

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;

/// Reads everything before the first scan.
///
/// # Errors
/// `Damaged` without a frame header or a scan, `Unsupported` for lossless, hierarchical and 12-bit
/// coding, and whatever [`check_sides`] refuses.
pub(in super::super) fn walk(bytes: &[u8], limits: &Limits) -> Result<Facts, Reject> {
    let mut frame: Option<(Facts, Frame)> = None;
    let mut orientation = None;
    let mut refusal = None;
    let mut interleaved = None;
    let mut profile = 0;
    for_each_segment(bytes, |marker, body, _| {
        match marker {
            0xe1 if body.starts_with(b"Exif\0\0") && orientation.is_none() => {
                orientation = Some(exif_orientation(body));
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => profile += body.len() as u64,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => match frame_header(marker, body, limits) {
                Ok(found) if frame.is_none() => frame = Some(found),
                Ok(_) => refusal = Some(Reject::Damaged),
                Err(reject) => refusal = Some(reject),
            },
            START_OF_SCAN => interleaved = body.first().copied(),
            _ => {}
        }
        if refusal.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Some(reject) = refusal {
        return Err(reject);
    }
    let ((mut facts, frame), in_scan) = frame.zip(interleaved).ok_or(Reject::Damaged)?;
    facts.orientation = orientation.unwrap_or(1);
    facts.profile = profile;
    if frame.progressive || in_scan < frame.components {
        facts.coefficients = frame.coefficients;
    }
    Ok(facts)
}

struct Frame {
    components: u8,
    progressive: bool,
    coefficients: u64,
}

fn frame_header(marker: u8, body: &[u8], limits: &Limits) -> Result<(Facts, Frame), Reject> {
    let progressive = match marker {
        0xc0 | 0xc1 | 0xc9 => false,
        0xc2 | 0xca => true,
        _ => {
            return Err(Reject::Unsupported { what: "lossless JPEG" });
        }
    };
    let (Some(&precision), Some(height), Some(width), Some(&components)) = (body.first(), be16(body, 1), be16(body, 3), body.get(5)) else {
        return Err(Reject::Damaged);
    };
    check_sides(u32::from(width), u32::from(height), limits)?;
    if precision != 8 {
        return Err(Reject::Unsupported { what: "12-bit JPEG" });
    }
    let colours = match components {
        1 => Colours::Grey,
        3 => Colours::Rgb,
        4 => Colours::Cmyk,
        _ => return Err(Reject::Damaged),
    };
    let table = body.get(6..6 + 3 * usize::from(components)).ok_or(Reject::Damaged)?;
    let (mut widest, mut tallest, mut blocks) = (1, 1, 0);
    for component in table.chunks_exact(3) {
        let (across, down) = (component[1] >> 4, component[1] & 15);
        if !(1..=4).contains(&across) || !(1..=4).contains(&down) {
            return Err(Reject::Damaged);
        }
        widest = widest.max(across);
        tallest = tallest.max(down);
        blocks += u64::from(across) * u64::from(down);
    }
    let units = u64::from(width).div_ceil(8 * u64::from(widest)) * u64::from(height).div_ceil(8 * u64::from(tallest));
    let facts = Facts {
        sample_bytes: if colours == Colours::Cmyk { 4 } else { 3 },
        colours,
        alpha: false,
        ..Facts::still(u32::from(width), u32::from(height))
    };
    let frame = Frame {
        components,
        progressive,
        // 64 coefficients of two bytes in every block.
        coefficients: units * blocks * 128,
    };
    Ok((facts, frame))
}

/// The first block of what the camera wrote.
pub(in super::super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut found = None;
    for_each_segment(bytes, |marker, body, _| {
        if marker == 0xe1 && body.starts_with(b"Exif\0\0") {
            found = Some(body);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    found
}

/// The embedded ICC profile, joined from its numbered parts; `None` when any part is missing.
pub(in super::super) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = Vec::new();
    let mut count = 0;
    for_each_segment(bytes, |marker, body, _| {
        if marker == 0xe2
            && let Some([number, total, part @ ..]) = body.strip_prefix(b"ICC_PROFILE\0")
        {
            count = *total;
            parts.push((*number, part));
        }
        ControlFlow::Continue(())
    });
    parts.sort_by_key(|&(number, _)| number);
    let in_order = parts.iter().map(|part| part.0).eq(1..=count);
    let length: usize = parts.iter().map(|part| part.1.len()).sum();
    if count == 0 || !in_order || length > MAX_INK_PROFILE {
        return None;
    }
    Some(parts.into_iter().flat_map(|part| part.1).copied().collect())
}

/// Whether an end-of-image marker follows the first scan header.
pub(in super::super) fn has_end(bytes: &[u8]) -> bool {
    let mut scans = bytes.len();
    for_each_segment(bytes, |marker, _, end| {
        if marker == START_OF_SCAN {
            scans = end;
        }
        ControlFlow::Continue(())
    });
    bytes.get(scans..).is_some_and(|data| data.windows(2).any(|pair| pair == [0xff, END_OF_IMAGE]))
}

/// Calls `visit` with marker, body and the offset after it, for each segment up to and including
/// the first scan header. Bytes between segments are skipped, as libjpeg does.
fn for_each_segment<'a>(bytes: &'a [u8], mut visit: impl FnMut(u8, &'a [u8], usize) -> ControlFlow<()>) {
    let mut at = 2;
    loop {
        let Some(gap) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0xff)) else {
            return;
        };
        at += gap;
        while bytes.get(at) == Some(&0xff) {
            at += 1;
        }
        let Some(&marker) = bytes.get(at) else { return };
        at += 1;
        match marker {
            // Stuffing, TEM and restart markers stand alone.
            0x00 | 0x01 | 0xd0..=0xd8 => continue,
            END_OF_IMAGE => return,
            _ => {}
        }
        let Some(length) = be16(bytes, at).map(usize::from) else {
            return;
        };
        let Some(body) = bytes.get(at + 2..at + length) else {
            return;
        };
        at += length;
        if visit(marker, body, at).is_break() || marker == START_OF_SCAN {
            return;
        }
    }
}
