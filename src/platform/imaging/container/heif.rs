//! The boxes of an AVIF or HEIC: which item is the picture, where its bytes are, and how large it
//! says it is.
//!
//! The decoders are shown only what this walk found sound. Tiles of a grid are items of their own;
//! metadata inside the file (EXIF) is not consulted, because the container turns by `irot` and
//! `imir` alone.

use super::super::colour::Profile;
use super::super::{Format, Limits, Reject};
use super::boxes::{Body, Meta};
use super::{Facts, MAX_PROFILE, be16, be32, check_sides, obu};
use std::borrow::Cow;

/// Tiles of a grid.
const MAX_TILES: usize = 256;

/// The format, by the brands of the first box.
///
/// # Errors
/// `Unsupported` for films, for codings nobody decodes, and for HEIC unless it is built in.
pub(in super::super) fn sniff(bytes: &[u8]) -> Result<Format, Reject> {
    let brands = Body(bytes).next_box().map(|(_, body, _)| body).unwrap_or(bytes.get(8..).unwrap_or_default());
    let brands = || brands.chunks_exact(4).take(64).enumerate().filter(|(index, _)| *index != 1).map(|(_, brand)| brand);
    let has = |wanted: &[&[u8]]| brands().any(|brand| wanted.contains(&brand));
    // A sequence may have a still picture too, and most have.
    if has(&[b"avif"]) {
        return Ok(Format::Avif);
    }
    if has(&[b"avis"]) {
        return Err(Reject::Unsupported { what: "AVIF video" });
    }
    if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        return if cfg!(feature = "heic") { Ok(Format::Heic) } else { Err(Reject::Unsupported { what: "HEIC" }) };
    }
    Err(Reject::Unsupported { what: "video" })
}

/// How YCbCr becomes RGB, by the numbers of ITU-T H.273.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Matrix {
    pub coefficients: u8,
    pub full_range: bool,
}

/// One coded plane set: the picture or its alpha, whole or in tiles.
pub(in super::super) struct Coded<'a> {
    /// Row by row.
    pub tiles: Vec<Cow<'a, [u8]>>,
    pub columns: u32,
    pub tile_width: u32,
    pub tile_height: u32,
    pub depth: u8,
    /// Bytes of all planes for a pixel of one byte a sample, times two.
    pub halves: u64,
    /// The most frames, hidden ones too, that one tile has.
    pub frames: u64,
}

pub(in super::super) struct Heif<'a> {
    pub width: u32,
    pub height: u32,
    pub orientation: u8,
    pub colour: Coded<'a>,
    pub alpha: Option<Coded<'a>>,
    /// Colours are multiplied by alpha already.
    pub premultiplied: bool,
    pub profile: Profile,
    pub matrix: Option<Matrix>,
}

/// # Errors
/// As [`read`].
pub(in super::super) fn walk(bytes: &[u8], limits: &Limits) -> Result<Facts, Reject> {
    let heif = read(bytes, limits)?;
    let planes = |coded: &Coded| {
        let pixels: u64 = coded.tiles.len() as u64 * u64::from(coded.tile_width) * u64::from(coded.tile_height);
        let tile = u64::from(coded.tile_width + 128) * u64::from(coded.tile_height + 128);
        let sample = if coded.depth > 8 { 2 } else { 1 };
        // Beside the planes themselves, the decoder keeps other frames and what it knows of blocks.
        let kept: u64 = coded.tiles.iter().map(|tile| tile.len() as u64).sum();
        (pixels + coded.frames * tile) * coded.halves * sample / 2 + 3 * tile * sample + 2 * kept
    };
    Ok(Facts {
        orientation: heif.orientation,
        alpha: heif.alpha.is_some(),
        planes: planes(&heif.colour) + heif.alpha.as_ref().map_or(0, planes),
        ..Facts::still(heif.width, heif.height)
    })
}

/// Finds the picture and everything that belongs to it.
///
/// # Errors
/// `Damaged` when boxes contradict each other or run past the end, `Unsupported` for items that
/// are neither AV1 nor HEVC, and whatever [`check_sides`] refuses, of a tile too.
pub(in super::super) fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Heif<'a>, Reject> {
    let meta = Meta::find(bytes)?;
    let primary = meta.primary()?;
    let (width, height) = meta.sides(primary)?;
    check_sides(width, height, limits)?;
    let colour = coded(&meta, primary, (width, height), limits)?;
    let alpha_item = meta.alpha_of(primary);
    let alpha = alpha_item.map(|item| coded(&meta, item, meta.sides(item)?, limits)).transpose()?;
    if alpha_item.is_some_and(|item| meta.sides(item) != Ok((width, height))) {
        return Err(Reject::Damaged);
    }
    let premultiplied = alpha_item.is_some_and(|item| meta.refers(b"prem", primary, item));
    let (mut profile, mut matrix, mut turns) = (Profile::Unmarked, None, (false, 0_u8));
    // Tiles carry the colours of a grid when the grid itself is silent.
    let tile = meta.tiles(primary).next();
    let of_tile = tile.into_iter().flat_map(|tile| meta.properties(tile).filter(|(kind, _)| *kind == b"colr"));
    for (kind, body) in meta.properties(primary).chain(of_tile) {
        match (kind, body) {
            (b"irot", [angle, ..]) => turns.1 = (turns.1 + (angle & 3)) % 4,
            // 0 swaps top and bottom, which is left and right and half a turn.
            (b"imir", [axis, ..]) => turns = (!turns.0, (if axis & 1 == 1 { 4 } else { 6 } - turns.1) % 4),
            (b"colr", [b'n', b'c', b'l', b'x', _, primaries, _, transfer, _, coefficients, flags, ..]) if matrix.is_none() => {
                matrix = Some(Matrix { coefficients: *coefficients, full_range: flags & 0x80 != 0 });
                if profile == Profile::Unmarked {
                    profile = Profile::Coded { primaries: *primaries, transfer: *transfer };
                }
            }
            (b"colr", [b'p', b'r', b'o', b'f', icc @ ..] | [b'r', b'I', b'C', b'C', icc @ ..])
                if icc.len() <= MAX_PROFILE && !matches!(profile, Profile::Icc(_)) =>
            {
                profile = Profile::Icc(icc.to_vec());
            }
            _ => {}
        }
    }
    Ok(Heif { width, height, orientation: orientation(turns), colour, alpha, premultiplied, profile, matrix })
}

/// Mirrored left to right, and then turned anticlockwise by quarters, as EXIF says it.
fn orientation((mirrored, quarters): (bool, u8)) -> u8 {
    match (mirrored, quarters) {
        (false, 1) => 8,
        (false, 2) => 3,
        (false, 3) => 6,
        (true, 0) => 2,
        (true, 1) => 5,
        (true, 2) => 4,
        (true, 3) => 7,
        _ => 1,
    }
}

fn coded<'a>(meta: &Meta<'a>, item: u32, (width, height): (u32, u32), limits: &Limits) -> Result<Coded<'a>, Reject> {
    if meta.kind(item) != Some(b"grid") {
        return coded_tiles(meta, &[item], 1, (width, height));
    }
    let plan = meta.bytes(item)?;
    let (Some(&flags), Some(&rows), Some(&columns)) = (plan.get(1), plan.get(2), plan.get(3)) else {
        return Err(Reject::Damaged);
    };
    let (rows, columns) = (u32::from(rows) + 1, u32::from(columns) + 1);
    let number = |at: usize| if flags & 1 == 0 { be16(&plan, 4 + 2 * at).map(u32::from) } else { be32(&plan, 4 + 4 * at) };
    if (number(0), number(1)) != (Some(width), Some(height)) {
        return Err(Reject::Damaged);
    }
    let tiles: Vec<u32> = meta.tiles(item).take(MAX_TILES + 1).collect();
    if tiles.len() > MAX_TILES || tiles.len() as u32 != rows * columns {
        return Err(Reject::Damaged);
    }
    let (tile_width, tile_height) = meta.sides(tiles[0])?;
    check_sides(tile_width, tile_height, limits)?;
    // The tiles must cover the picture, and none may lie outside it.
    let covers = |side: u32, tile: u32, count: u32| side <= tile.saturating_mul(count) && side > tile.saturating_mul(count - 1);
    if !covers(width, tile_width, columns) || !covers(height, tile_height, rows) {
        return Err(Reject::Damaged);
    }
    coded_tiles(meta, &tiles, columns, (tile_width, tile_height))
}

fn coded_tiles<'a>(meta: &Meta<'a>, items: &[u32], columns: u32, (tile_width, tile_height): (u32, u32)) -> Result<Coded<'a>, Reject> {
    let mut coded =
        Coded { tiles: Vec::with_capacity(items.len()), columns, tile_width, tile_height, depth: 8, halves: 2, frames: 1 };
    for &item in items {
        if meta.sides(item)? != (tile_width, tile_height) {
            return Err(Reject::Damaged);
        }
        let data = meta.bytes(item)?;
        let (depth, halves, frames) = match meta.kind(item) {
            Some(b"av01") => {
                let sequence = obu::look_at(&data)?;
                (sequence.depth, sequence.halves, sequence.frames)
            }
            // The library does its own looking; it is given room for the deepest.
            Some(b"hvc1" | b"hev1") if cfg!(feature = "heic") => (10, 6, 1),
            Some(b"hvc1" | b"hev1") => return Err(Reject::Unsupported { what: "HEIC" }),
            Some(_) => return Err(Reject::Unsupported { what: "HEIF" }),
            None => return Err(Reject::Damaged),
        };
        coded.depth = coded.depth.max(depth);
        coded.halves = coded.halves.max(halves);
        coded.frames = coded.frames.max(frames);
        coded.tiles.push(data);
    }
    Ok(coded)
}
