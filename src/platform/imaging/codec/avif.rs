//! AVIF: tiles and alpha decoded one by one, rows converted and shrunk as they are read.

use super::super::colour::Profile;
use super::super::container::heif::{self, Coded, Matrix};
use super::super::picture::{Layout, Picture};
use super::super::{Format, Header, Limits, Reject};
use super::av1::{self, Planes};
use super::deadline::Deadline;
use super::shrink::Shrink;
use super::yuv::{self, Converter, Planar};

/// # Errors
/// `Damaged`, `TooSlow`.
pub(super) fn decode(bytes: &[u8], header: &Header, factor: u32, deadline: Deadline) -> Result<(Picture, Profile), Reject> {
    // The sides were held to the configured limits by `inspect`; these are the file's own.
    let (width, height) = (header.facts.width, header.facts.height);
    let limits = Limits { max_pixels: u64::MAX, max_side: u32::from(u16::MAX), max_frames: 1 };
    let file = heif::read(bytes, Format::Avif, &limits)?;
    if (file.width, file.height) != (width, height) || file.alpha.is_some() != header.facts.alpha {
        return Err(Reject::Damaged);
    }
    let colour = tiles(&file.colour, deadline)?;
    let alpha = file.alpha.as_ref().map(|coded| tiles(coded, deadline).map(|tiles| (coded, tiles))).transpose()?;
    let first = colour.first().ok_or(Reject::Damaged)?;
    let (primaries, transfer, coefficients, full_range) = first.colours;
    let matrix = file.matrix.unwrap_or(Matrix { coefficients, full_range });
    let profile = if file.profile == Profile::Unmarked { Profile::Coded { primaries, transfer } } else { file.profile };
    if colour.iter().any(|tile| (tile.depth(), tile.grey()) != (first.depth(), first.grey())) {
        return Err(Reject::Damaged);
    }
    let converter = Converter::new(matrix, first.depth(), first.grey());

    let layout = if alpha.is_some() { Layout::Rgba } else { Layout::Rgb };
    let channels = layout.channels();
    let mut shrink = Shrink::new(width, height, factor, layout, false);
    let mut row = vec![0; file.coded_width as usize * channels];
    for (y, line) in (file.top..file.coded_height).zip(0..height) {
        deadline.check()?;
        for (tile, x, y, across) in tiles_at(&file.colour, &colour, y, file.coded_width) {
            let part = row.get_mut(x * channels..(x + across as usize) * channels).ok_or(Reject::Damaged)?;
            converter.row(tile, y, across, channels, part);
        }
        if let Some((coded, tiles)) = &alpha {
            for (tile, x, y, across) in tiles_at(coded, tiles, y, file.coded_width) {
                yuv::alpha(tile, tile.colours.3, y, across, |offset, value| {
                    if let Some(alpha) = row.get_mut((x + offset) * channels + 3) {
                        *alpha = value;
                    }
                });
            }
        }
        if file.premultiplied {
            row.as_chunks_mut().0.iter_mut().for_each(divide);
        }
        let start = file.left as usize * channels;
        shrink.row(line, row.get(start..start + width as usize * channels).ok_or(Reject::Damaged)?);
    }
    Ok((shrink.finish()?, profile))
}

fn tiles(coded: &Coded, deadline: Deadline) -> Result<Vec<Planes>, Reject> {
    let decode = |tile: &[u8]| av1::decode(tile, (coded.tile_width, coded.tile_height), coded.depth, coded.halves, deadline);
    coded.tiles.iter().map(|tile| decode(tile)).collect()
}

/// The tiles that a row of the picture crosses: each with its first column in the picture, its own
/// row, and how many of its pixels are inside.
fn tiles_at<'a>(coded: &Coded, tiles: &'a [Planes], y: u32, width: u32) -> impl Iterator<Item = (&'a Planes, usize, u32, u32)> {
    let (columns, tile_width) = (coded.columns, coded.tile_width);
    let first = (y / coded.tile_height * columns) as usize;
    let inside = y % coded.tile_height;
    tiles.iter().skip(first).take(columns as usize).zip(0_u32..).map(move |(tile, column)| {
        let x = column * tile_width;
        (tile, x as usize, inside, tile_width.min(width.saturating_sub(x)))
    })
}

/// Undoes a multiplication by alpha.
pub(in super::super) fn divide([red, green, blue, alpha]: &mut [u8; 4]) {
    let over = u32::from(*alpha).max(1);
    for value in [red, green, blue] {
        *value = ((u32::from(*value) * 255 + over / 2) / over).min(255) as u8;
    }
}
