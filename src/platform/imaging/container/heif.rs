//! The boxes of an AVIF or HEIC: which item is the picture, where its bytes are, and how large it
//! says it is.
//!
//! The decoders are shown only what this walk found sound. Tiles of a grid are items of their own;
//! metadata inside the file (EXIF) is not consulted, for turning, because the container turns by `irot`
//! and `imir` alone.

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
    /// Of the part that is shown, before it is turned.
    pub width: u32,
    pub height: u32,
    /// Where that part starts.
    pub left: u32,
    pub top: u32,
    /// Of what is coded.
    pub coded_width: u32,
    pub coded_height: u32,
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
pub(in super::super) fn walk(bytes: &[u8], format: Format, limits: &Limits) -> Result<Facts, Reject> {
    let heif = read(bytes, format, limits)?;
    let planes = |coded: &Coded| {
        let pixels: u64 = coded.tiles.len() as u64 * u64::from(coded.tile_width) * u64::from(coded.tile_height);
        let tile = u64::from(coded.tile_width + 128) * u64::from(coded.tile_height + 128);
        let sample = if coded.depth > 8 { 2 } else { 1 };
        // Beside the planes themselves, the decoder keeps other frames and what it knows of blocks.
        let kept: u64 = coded.tiles.iter().map(|tile| tile.len() as u64).sum();
        (pixels + coded.frames * tile) * coded.halves * sample / 2 + 3 * tile * sample + 2 * kept
    };
    // The library hands a HEIC over as it is shown.
    let (orientation, (width, height)) = match (format, heif.orientation) {
        (Format::Heic, 5..) => (1, (heif.height, heif.width)),
        (Format::Heic, _) => (1, (heif.width, heif.height)),
        (_, orientation) => (orientation, (heif.width, heif.height)),
    };
    Ok(Facts {
        orientation,
        alpha: heif.alpha.is_some(),
        planes: planes(&heif.colour) + heif.alpha.as_ref().map_or(0, planes),
        ..Facts::still(width, height)
    })
}

/// Finds the picture and everything that belongs to it.
///
/// # Errors
/// `Damaged` when boxes contradict each other or run past the end, `Unsupported` for items that
/// are neither AV1 nor HEVC, and whatever [`check_sides`] refuses, of a tile too.
pub(in super::super) fn read<'a>(bytes: &'a [u8], format: Format, limits: &Limits) -> Result<Heif<'a>, Reject> {
    let meta = Meta::find(bytes)?;
    let primary = meta.primary()?;
    let (coded_width, coded_height) = meta.sides(primary)?;
    check_sides(coded_width, coded_height, limits)?;
    let colour = coded(&meta, format, primary, (coded_width, coded_height), limits)?;
    let alpha_item = meta.alpha_of(primary);
    let alpha = alpha_item.map(|item| coded(&meta, format, item, meta.sides(item)?, limits)).transpose()?;
    if alpha_item.is_some_and(|item| meta.sides(item) != Ok((coded_width, coded_height))) {
        return Err(Reject::Damaged);
    }
    let premultiplied = alpha_item.is_some_and(|item| meta.refers(b"prem", primary, item));
    let (mut profile, mut matrix, mut turns) = (Profile::Unmarked, None, (false, 0_u8));
    let mut shown = (0, 0, coded_width, coded_height);
    // Tiles carry the colours of a grid when the grid itself is silent.
    let tile = meta.tiles(primary).next();
    let of_tile = tile.into_iter().flat_map(|tile| meta.properties(tile).filter(|(kind, _)| *kind == b"colr"));
    for (kind, body) in meta.properties(primary).chain(of_tile) {
        match (kind, body) {
            (b"clap", _) => shown = clean_aperture(body, coded_width, coded_height).unwrap_or(shown),
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
    let (left, top, width, height) = shown;
    let orientation = orientation(turns);
    Ok(Heif { width, height, left, top, coded_width, coded_height, orientation, colour, alpha, premultiplied, profile, matrix })
}

/// What the camera wrote: an item of its own, which begins with how far into it the block begins.
pub(in super::super) fn exif(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let meta = Meta::find(bytes).ok()?;
    let item = meta.bytes(meta.first_of(b"Exif")?).ok()?;
    let start = usize::try_from(be32(&item, 0)?).ok()?.checked_add(4)?;
    match item {
        Cow::Borrowed(item) => item.get(start..).map(Cow::Borrowed),
        Cow::Owned(item) => item.get(start..).map(|block| Cow::Owned(block.to_vec())),
    }
}

/// Left, top, width and height of the part that is shown, when it lies inside and in whole pixels.
fn clean_aperture(body: &[u8], width: u32, height: u32) -> Option<(u32, u32, u32, u32)> {
    let number = |index: usize| be32(body, 4 * index);
    let along = |at: usize, side: u32| {
        let (wide, one) = (i64::from(number(at)?), i64::from(number(at + 1)?));
        let (offset, part) = (i64::from(number(at + 4)? as i32), i64::from(number(at + 5)?));
        if one != 1 || wide < 1 || part < 1 {
            return None;
        }
        // The offset is that of one centre from the other.
        let twice = (i64::from(side) - wide) * part + 2 * offset;
        let start = if twice % (2 * part) == 0 { twice / (2 * part) } else { return None };
        let inside = start >= 0 && start + wide <= i64::from(side);
        inside.then_some((u32::try_from(start).ok()?, u32::try_from(wide).ok()?))
    };
    let ((left, width), (top, height)) = (along(0, width)?, along(2, height)?);
    Some((left, top, width, height))
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

fn coded<'a>(meta: &Meta<'a>, format: Format, item: u32, (width, height): (u32, u32), limits: &Limits) -> Result<Coded<'a>, Reject> {
    if meta.kind(item) != Some(b"grid") {
        return coded_tiles(meta, format, &[item], 1, (width, height));
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
    coded_tiles(meta, format, &tiles, columns, (tile_width, tile_height))
}

fn coded_tiles<'a>(
    meta: &Meta<'a>,
    format: Format,
    items: &[u32],
    columns: u32,
    (tile_width, tile_height): (u32, u32),
) -> Result<Coded<'a>, Reject> {
    let mut coded = Coded { tiles: Vec::with_capacity(items.len()), columns, tile_width, tile_height, depth: 8, halves: 2, frames: 1 };
    for &item in items {
        if meta.sides(item)? != (tile_width, tile_height) {
            return Err(Reject::Damaged);
        }
        let data = meta.bytes(item)?;
        let (depth, halves, frames) = match meta.kind(item) {
            Some(b"av01") if format == Format::Avif => {
                let sequence = obu::look_at(&data)?;
                (sequence.depth, sequence.halves, sequence.frames)
            }
            // The library does its own looking; it is given room for the deepest.
            Some(b"hvc1" | b"hev1") if format == Format::Heic => (10, 6, 1),
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
