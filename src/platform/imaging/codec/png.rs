//! PNG row by row. 16 bits become 8 as each row arrives, palettes and grey become RGB, and rows go
//! straight into boxes, so that nothing is ever held in the file's own size unless that is wanted.

use super::super::picture::{Layout, Picture};
use super::super::{Header, Reject};
use super::deadline::{Deadline, Timed};
use super::shrink::Shrink;
use png::{BitDepth, ColorType, Decoder, Limits, Transformations};

/// # Errors
/// `Damaged`, `TooSlow`.
pub(in super::super) fn decode(bytes: &[u8], header: &Header, factor: u32, deadline: Deadline) -> Result<Picture, Reject> {
    let damaged = |_| deadline.blame();
    let mut decoder = Decoder::new_with_limits(Timed::new(bytes, deadline), Limits { bytes: header.memory as usize });
    decoder.set_transformations(Transformations::EXPAND);
    // Colour is read by our own walker, with limits of its own; text is never read.
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (width, height, interlaced) = (reader.info().width, reader.info().height, reader.info().interlaced);
    if (width, height) != (header.facts.width, header.facts.height) {
        return Err(Reject::Damaged);
    }
    let (colours, depth) = reader.output_color_type();
    let rows = Rows { colours, deep: depth == BitDepth::Sixteen };
    let layout = if matches!(colours, ColorType::GrayscaleAlpha | ColorType::Rgba) { Layout::Rgba } else { Layout::Rgb };
    let mut shrink = Shrink::new(width, height, factor, layout, interlaced);
    let mut eight = Vec::with_capacity(width as usize * layout.channels());
    if interlaced {
        for (y, x, step) in passes(width, height) {
            let row = reader.next_row().map_err(damaged)?.ok_or(Reject::Damaged)?;
            rows.to_eight_bits(row.data(), &mut eight);
            shrink.part(y, x, step, &eight);
        }
    } else {
        for y in 0..height {
            let row = reader.next_row().map_err(damaged)?.ok_or(Reject::Damaged)?;
            rows.to_eight_bits(row.data(), &mut eight);
            shrink.row(y, &eight);
        }
    }
    // The end of the compressed data has a checksum to be right by.
    if reader.next_row().map_err(damaged)?.is_some() {
        return Err(Reject::Damaged);
    }
    shrink.finish()
}

/// Row, first column and step of every row of Adam7's seven passes; empty passes have none.
fn passes(width: u32, height: u32) -> impl Iterator<Item = (u32, u32, u32)> {
    const PASSES: [(u32, u32, u32, u32); 7] =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];
    PASSES
        .into_iter()
        .filter(move |&(_, left, ..)| left < width)
        .flat_map(move |(top, left, down, across)| (top..height).step_by(down as usize).map(move |y| (y, left, across)))
}

/// How the decoder's rows are to be read.
struct Rows {
    colours: ColorType,
    deep: bool,
}

impl Rows {
    /// RGB or RGBA, one byte a channel.
    fn to_eight_bits(&self, row: &[u8], eight: &mut Vec<u8>) {
        eight.clear();
        let plain = matches!(self.colours, ColorType::Rgb | ColorType::Rgba);
        if !self.deep && plain {
            eight.extend_from_slice(row);
        } else if !self.deep {
            self.spread(row.iter().copied(), eight);
        } else {
            let (pairs, _) = row.as_chunks::<2>();
            let rounded = pairs.iter().map(|pair| ((u32::from(u16::from_be_bytes(*pair)) + 128) / 257) as u8);
            if plain { eight.extend(rounded) } else { self.spread(rounded, eight) }
        }
    }

    fn spread(&self, mut values: impl Iterator<Item = u8>, eight: &mut Vec<u8>) {
        if self.colours == ColorType::GrayscaleAlpha {
            while let (Some(grey), Some(alpha)) = (values.next(), values.next()) {
                eight.extend([grey, grey, grey, alpha]);
            }
        } else {
            values.for_each(|grey| eight.extend([grey; 3]));
        }
    }
}
