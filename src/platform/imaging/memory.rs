//! How many bytes a picture will need at its worst moment.
//!
//! There are three moments: decoding, the first resize (while the decoded pixels still live), and
//! encoding, of all sizes at once (when they are gone). Bytes a pixel were measured with
//! `examples/time.rs` and rounded up: the semaphore they feed only has to be right on the safe side.

use super::codec::shrink::shrunk;
use super::codec::turbo;
use super::container::Colours;
use super::{Format, Header, Purpose, cascade};

/// Code tables, row buffers, output: what even one pixel costs.
const BASE: u64 = 4 << 20;
/// The largest thumbnail the bound covers.
const THUMBNAIL: u32 = 512;
/// What a PNG's decoder unpacks ahead of the row it gives back.
const UNPACKED: u64 = 4 << 20;
/// Room made for a part of a lossy WebP frame by its 24-bit length, before it is read.
const PARTITION: u64 = 16 << 20;
/// libwebp on an opaque pixel, our own copy of it included. Measured: 9.
const OPAQUE: u64 = 14;
/// libwebp on a pixel with alpha, which it codes without loss. Measured: 40.
const TRANSPARENT: u64 = 48;
/// libwebp on an animation's pixel: canvases and two tries for each frame. Measured: 21 when
/// opaque; the rest is for alpha, which only the size being encoded pays for.
const MOVING: u64 = 56;

/// Upper bound in bytes, the upload of `length` bytes itself not counted.
pub(super) fn bound(header: &Header, length: u64) -> u64 {
    let facts = &header.facts;
    let stored = area((facts.width, facts.height));
    let channels = 3 + u64::from(facts.alpha || facts.colours == Colours::Cmyk);
    let row = u64::from(facts.width) * channels;
    let working = match header.format {
        // Rows of blocks on their way through upsampling.
        Format::Jpeg => facts.coefficients + u64::from(facts.width) * 256,
        // Rows before and after unfiltering, and whatever chunks the decoder keeps.
        Format::Png => 8 * row * facts.sample_bytes + UNPACKED + length,
        Format::WebP if header.animated => stored * 8 + PARTITION + length,
        // Lossless needs its pixels whole; beside them, lossy alpha has a plane of its own.
        Format::WebP if facts.lossless => stored * 5 + length,
        Format::WebP if facts.alpha => stored * 9 + length,
        Format::WebP => u64::from(facts.width) * 256 + length,
        Format::Gif => stored * 4 + facts.frame_pixels * 5,
        Format::Avif => facts.planes + row + length,
        Format::Heic => facts.planes + stored * 4 + row + length,
    };
    let preview = Purpose::Preview { thumbnail_side: THUMBNAIL };
    let widest = cascade(header).next().map_or((1, 1), |(_, width, height)| (width, height));
    let all: u64 = cascade(header).map(|(_, width, height)| area((width, height))).sum();

    let decode = |purpose, (width, height): (u32, u32)| {
        let decoded = decoded_sides(header, purpose);
        // A resize goes across first, which leaves the new width and the old height; then come
        // the result, its turned copy and its copy in sRGB.
        let resizing = area((width, decoded.1)) + 3 * area((width, height));
        // Rows that come in passes are summed up all over the picture.
        let sums = if facts.in_passes { 4 * channels * area(decoded) } else { 0 };
        channels * area(decoded) + (working + sums).max(channels * resizing)
    };
    let decoding = decode(preview, (THUMBNAIL, THUMBNAIL)).max(decode(Purpose::Variants, header.stored(widest.0, widest.1)));
    let encoding = if header.animated {
        // The encoders keep their output to the end; noise at quality 80 takes under a byte a pixel.
        decoding + working + all * (MOVING + u64::from(header.frames))
    } else {
        // A strip's thumbnail can be larger than its widest size.
        let side = THUMBNAIL.min(header.width).min(header.height);
        let pixels = all.max(area((side, side)));
        pixels * if facts.alpha { TRANSPARENT } else { OPAQUE }
    };
    // A profile's tables are unpacked to numbers of four bytes.
    BASE + 8 * facts.profile.min(4 << 20) + decoding.max(encoding)
}

/// Sides of the pixels a decoder returns, as stored.
fn decoded_sides(header: &Header, purpose: Purpose) -> (u32, u32) {
    let (width, height) = (header.facts.width, header.facts.height);
    if header.format == Format::Jpeg {
        let eighths = header.eighths(purpose);
        (turbo::scaled(width, eighths), turbo::scaled(height, eighths))
    } else if header.animated || header.format == Format::Gif {
        (width, height)
    } else {
        let factor = header.factor(purpose);
        (shrunk(width, factor), shrunk(height, factor))
    }
}

fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}
