//! Luma and chroma samples of any depth to eight-bit RGB.
//!
//! All matrices are linear, so each is nine tables, one for each channel and plane, and a pixel is
//! three sums. Depth and range are in the tables too.

use super::super::container::heif::Matrix;

/// Fractional bits of the tables.
const FRACTION: u32 = 12;

/// A decoded picture: one plane of samples (grey) or three.
pub(super) trait Planar {
    /// 8 to 16.
    fn depth(&self) -> u8;
    fn grey(&self) -> bool;
    /// How far coordinates are to be shifted right in the second and third plane.
    fn shift(&self) -> (u32, u32);
    /// The first `width` samples of a plane's row.
    fn row(&self, plane: usize, y: u32, width: u32) -> Samples<'_>;
}

#[derive(Clone, Copy)]
pub(super) enum Samples<'a> {
    Eight(&'a [u8]),
    Deep(&'a [u16]),
}

pub(super) struct Converter {
    /// By channel (red first) and plane (luma first), indexed by sample.
    tables: [[Vec<i32>; 3]; 3],
    mask: usize,
}

impl Converter {
    pub fn new(matrix: Matrix, depth: u8, grey: bool) -> Self {
        let size = 1_usize << depth;
        let weights = if grey { [[1.0, 0.0, 0.0]; 3] } else { weights(matrix.coefficients) };
        let scale = f64::from(1_u32 << (depth - 8));
        // Stored as it is, every plane has the range of luma.
        let stored = matrix.coefficients == 0;
        let value = |plane: usize, sample: usize| {
            let sample = sample as f64;
            let (black, span) = match (matrix.full_range, plane == 0 || stored) {
                (true, true) => (0.0, (size - 1) as f64),
                (true, false) => (size as f64 / 2.0, (size - 1) as f64),
                (false, true) => (16.0 * scale, 219.0 * scale),
                (false, false) => (128.0 * scale, 224.0 * scale),
            };
            255.0 * (sample - black) / span
        };
        let table = |channel: usize, plane: usize| {
            let weight = weights[channel][plane] * f64::from(1_u32 << FRACTION);
            // Rounding is in the luma table, and for stored RGB in whichever plane is used.
            let half = if plane == 0 { f64::from(1_u32 << (FRACTION - 1)) } else { 0.0 };
            (0..size).map(|sample| (weight * value(plane, sample) + half).round() as i32).collect()
        };
        Self { tables: [0, 1, 2].map(|channel| [0, 1, 2].map(|plane| table(channel, plane))), mask: size - 1 }
    }

    /// One row as RGB, or as RGBA with an alpha that is still to be set.
    pub fn row(&self, planes: &impl Planar, y: u32, width: u32, channels: usize, target: &mut [u8]) {
        let (across, down) = if planes.grey() { (0, 0) } else { planes.shift() };
        let chroma = (width + (1 << across) - 1) >> across;
        let luma = planes.row(0, y, width);
        let [second, third] = if planes.grey() { [luma; 2] } else { [1, 2].map(|plane| planes.row(plane, y >> down, chroma)) };
        match (luma, second, third) {
            (Samples::Eight(y), Samples::Eight(u), Samples::Eight(v)) => self.convert((y, u, v), across, channels, target),
            (Samples::Deep(y), Samples::Deep(u), Samples::Deep(v)) => self.convert((y, u, v), across, channels, target),
            _ => {}
        }
    }

    fn convert<S: Copy + Into<usize>>(&self, (y, u, v): (&[S], &[S], &[S]), shift: u32, channels: usize, target: &mut [u8]) {
        for (x, (pixel, &y)) in target.chunks_exact_mut(channels).zip(y).enumerate() {
            let (Some(&u), Some(&v)) = (u.get(x >> shift), v.get(x >> shift)) else { return };
            let (y, u, v) = (y.into() & self.mask, u.into() & self.mask, v.into() & self.mask);
            for (value, [by_y, by_u, by_v]) in pixel.iter_mut().zip(&self.tables) {
                *value = ((by_y[y] + by_u[u] + by_v[v]) >> FRACTION).clamp(0, 255) as u8;
            }
        }
    }
}

/// Samples of an alpha plane as bytes.
pub(super) fn alpha(planes: &impl Planar, full_range: bool, y: u32, width: u32, mut put: impl FnMut(usize, u8)) {
    let shift = planes.depth() - 8;
    let spread = |value: u32| if full_range { value } else { (value.saturating_sub(16) * 255 + 109) / 219 };
    let most = |value: u32| value.min(255) as u8;
    match planes.row(0, y, width) {
        Samples::Eight(row) => row.iter().enumerate().for_each(|(x, &value)| put(x, most(spread(value.into())))),
        Samples::Deep(row) => {
            let (top, half) = ((1 << planes.depth()) - 1, (1 << planes.depth()) / 2);
            let eight = |value: u32| if full_range { (value * 255 + half) / top } else { spread(value >> shift) };
            row.iter().enumerate().for_each(|(x, &value)| put(x, most(eight(value.into()))));
        }
    }
}

/// What luma and the two chroma planes add to red, green and blue.
fn weights(coefficients: u8) -> [[f64; 3]; 3] {
    let (red, blue) = match coefficients {
        // Green, blue, red.
        0 => return [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        8 => return [[1.0, -1.0, 1.0], [1.0, 1.0, 0.0], [1.0, -1.0, -1.0]],
        1 => (0.2126, 0.0722),
        4 => (0.30, 0.11),
        7 => (0.212, 0.087),
        9 | 10 => (0.2627, 0.0593),
        // Unspecified means what JPEG has always meant.
        _ => (0.299, 0.114),
    };
    let green = 1.0 - red - blue;
    let (by_v, by_u) = (2.0 * (1.0 - red), 2.0 * (1.0 - blue));
    [[1.0, 0.0, by_v], [1.0, -by_u * blue / green, -by_v * red / green], [1.0, by_u, 0.0]]
}
