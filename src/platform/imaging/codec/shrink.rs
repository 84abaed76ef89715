//! Rows in, a smaller picture out: boxes of pixels are averaged as they arrive.
//!
//! So a picture far larger than its purpose is never held whole. The boxes leave more
//! pixels than are wanted, for the final resize to be sharp from. Colours
//! are averaged by alpha; the result is premultiplied.

use super::super::Reject;
use super::super::picture::{Layout, Picture};

/// Boxes larger than this would overflow the sums; no plan asks for them.
pub(in super::super) const LARGEST: u32 = 64;

/// The side of a picture after shrinking; the last box may be partial.
pub(in super::super) const fn shrunk(side: u32, factor: u32) -> u32 {
    side.div_ceil(factor)
}

pub(super) struct Shrink {
    width: u32,
    height: u32,
    factor: u32,
    layout: Layout,
    /// Sums of the boxes not finished yet: of one row of boxes, or of all when rows come in passes.
    sums: Vec<u32>,
    in_passes: bool,
    /// Finished pixels; at factor 1 and in passes, all of them from the start.
    pixels: Vec<u8>,
}

impl Shrink {
    /// For `width` × `height` pixels of RGB or RGBA rows, in order from the top, or else
    /// `in_passes`.
    pub fn new(width: u32, height: u32, factor: u32, layout: Layout, in_passes: bool) -> Self {
        let channels = layout.channels();
        let factor = factor.clamp(1, LARGEST);
        let across = shrunk(width, factor) as usize * channels;
        let down = shrunk(height, factor) as usize;
        let (sums, pixels) = match (factor, in_passes) {
            (1, true) => (Vec::new(), vec![0; across * down]),
            (1, false) => (Vec::new(), Vec::with_capacity(across * down)),
            (_, true) => (vec![0; across * down], Vec::new()),
            (_, false) => (vec![0; across], Vec::with_capacity(across * down)),
        };
        Self { width, height, factor, layout, sums, in_passes, pixels }
    }

    /// The next row, whole.
    pub fn row(&mut self, y: u32, row: &[u8]) {
        if self.factor == 1 && !self.in_passes {
            self.pixels.extend_from_slice(row);
            return;
        }
        self.part(y, 0, 1, row);
        if !self.in_passes && ((y + 1).is_multiple_of(self.factor) || y + 1 == self.height) {
            let rows = y % self.factor + 1;
            let mut sums = std::mem::take(&mut self.sums);
            self.flush(&sums, rows);
            sums.fill(0);
            self.sums = sums;
        }
    }

    /// Pixels `x`, `x` + `step`, … of row `y`.
    pub fn part(&mut self, y: u32, x: u32, step: u32, row: &[u8]) {
        let channels = self.layout.channels();
        if self.factor == 1 {
            let start = (y as usize * self.width as usize + x as usize) * channels;
            let target = self.pixels.get_mut(start..).unwrap_or_default().chunks_exact_mut(channels).step_by(step as usize);
            target.zip(row.chunks_exact(channels)).for_each(|(to, from)| to.copy_from_slice(from));
            return;
        }
        let across = shrunk(self.width, self.factor) as usize * channels;
        let start = if self.in_passes { (y / self.factor) as usize * across } else { 0 };
        let Some(sums) = self.sums.get_mut(start..start + across) else { return };
        if step == 1 {
            let boxes = sums.chunks_exact_mut(channels).zip(row.chunks(channels * self.factor as usize));
            if channels == 3 {
                boxes.for_each(|(sum, pixels)| pixels.chunks_exact(3).for_each(|pixel| add_opaque(sum, pixel)));
            } else {
                boxes.for_each(|(sum, pixels)| pixels.chunks_exact(4).for_each(|pixel| add(sum, pixel)));
            }
            return;
        }
        for (index, pixel) in row.chunks_exact(channels).enumerate() {
            let column = ((x as usize + index * step as usize) / self.factor as usize) * channels;
            let Some(sum) = sums.get_mut(column..column + channels) else { return };
            if channels == 3 { add_opaque(sum, pixel) } else { add(sum, pixel) }
        }
    }

    /// Turns one row of sums, each over `rows` rows, into pixels.
    fn flush(&mut self, sums: &[u32], rows: u32) {
        let channels = self.layout.channels();
        for (index, sum) in sums.chunks_exact(channels).enumerate() {
            let columns = self.factor.min(self.width - index as u32 * self.factor);
            let count = rows * columns;
            let mean = |sum: u32, over: u32| ((sum + over / 2) / over).min(255) as u8;
            if let [red, green, blue, alpha] = *sum {
                self.pixels.extend([red, green, blue].map(|sum| mean(sum, count * 255)));
                self.pixels.push(mean(alpha, count));
            } else {
                self.pixels.extend(sum.iter().map(|&sum| mean(sum, count)));
            }
        }
    }

    /// # Errors
    /// `Damaged` when rows are missing.
    pub fn finish(mut self) -> Result<Picture, Reject> {
        let (width, height) = (shrunk(self.width, self.factor), shrunk(self.height, self.factor));
        if self.in_passes && self.factor > 1 {
            let sums = std::mem::take(&mut self.sums);
            let across = width as usize * self.layout.channels();
            for (row, sums) in (0..).zip(sums.chunks_exact(across)) {
                self.flush(sums, self.factor.min(self.height - row * self.factor));
            }
        }
        let layout = if self.factor > 1 && self.layout == Layout::Rgba { Layout::Premultiplied } else { self.layout };
        Picture::new(width, height, layout, self.pixels)
    }
}

fn add_opaque(sum: &mut [u32], pixel: &[u8]) {
    for (sum, &value) in sum.iter_mut().zip(pixel) {
        *sum += u32::from(value);
    }
}

fn add(sum: &mut [u32], pixel: &[u8]) {
    if let ([red, green, blue, alpha], &[r, g, b, a]) = (sum, pixel) {
        let weight = u32::from(a);
        *red += u32::from(r) * weight;
        *green += u32::from(g) * weight;
        *blue += u32::from(b) * weight;
        *alpha += weight;
    }
}
