//! Light on a plane: colours as floats from 0 to 1, blending, blurs, and the film look every picture ends with.

use super::noise::{Rng, Tile};
use super::shape::Cover;

pub type Rgb = [f32; 3];

pub const fn hex(code: u32) -> Rgb {
    [(code >> 16 & 255) as f32 / 255.0, (code >> 8 & 255) as f32 / 255.0, (code & 255) as f32 / 255.0]
}

pub fn smooth(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

pub fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

pub fn scale(a: Rgb, k: f32) -> Rgb {
    [a[0] * k, a[1] * k, a[2] * k]
}

pub fn add(a: Rgb, b: Rgb) -> Rgb {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/// Light upon light: never more than white.
pub fn screen(a: Rgb, light: Rgb) -> Rgb {
    let one = |a: f32, b: f32| 1.0 - (1.0 - a) * (1.0 - b.clamp(0.0, 1.0));
    [one(a[0], light[0]), one(a[1], light[1]), one(a[2], light[2])]
}

/// A gradient through colour stops, looked up from a table.
pub struct Ramp(Vec<Rgb>);

impl Ramp {
    pub fn new(stops: &[(f32, u32)]) -> Self {
        const N: usize = 512;
        Self(
            (0..=N)
                .map(|i| {
                    let t = i as f32 / N as f32;
                    let next = stops.iter().position(|s| s.0 >= t).unwrap_or(stops.len() - 1);
                    let (low, high) = (stops[next.max(1) - 1], stops[next]);
                    if high.0 <= low.0 {
                        return hex(high.1);
                    }
                    mix(hex(low.1), hex(high.1), smooth_less((t - low.0) / (high.0 - low.0)))
                })
                .collect(),
        )
    }

    /// Stops spread evenly from 0 to 1.
    pub fn even(colours: &[u32]) -> Self {
        let last = (colours.len() - 1).max(1) as f32;
        let stops: Vec<(f32, u32)> = colours.iter().enumerate().map(|(i, c)| (i as f32 / last, *c)).collect();
        Self::new(&stops)
    }

    pub fn at(&self, t: f32) -> Rgb {
        self.0[(t.clamp(0.0, 1.0) * (self.0.len() - 1) as f32) as usize]
    }
}

/// Half-way between straight and eased: gradients without visible kinks at their stops.
fn smooth_less(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    0.5 * t + 0.5 * t * t * (3.0 - 2.0 * t)
}

pub struct Canvas {
    pub w: usize,
    pub h: usize,
    pub px: Vec<Rgb>,
}

/// How a picture is finished: the film and the lens.
pub struct Look {
    pub grain: f32,
    pub vignette: f32,
    pub lift: f32,
}

pub const FILM: Look = Look { grain: 0.011, vignette: 0.2, lift: 0.018 };

impl Canvas {
    pub fn new(w: usize, h: usize) -> Self {
        Self { w, h, px: vec![[0.0; 3]; w * h] }
    }

    pub fn size(&self) -> (usize, usize) {
        (self.w, self.h)
    }

    /// A thousandth of the picture's middling side, in pixels: what lengths are given in.
    pub fn unit(&self) -> f32 {
        ((self.w * self.h) as f32).sqrt() / 1000.0
    }

    pub fn aspect(&self) -> f32 {
        self.w as f32 / self.h as f32
    }

    /// Repaints every pixel from its place (both 0 to 1) and what was there.
    pub fn paint(&mut self, f: impl FnMut(f32, f32, Rgb) -> Rgb) {
        self.paint_rows(0.0, 1.0, f);
    }

    /// Repaints the band of rows between two heights only.
    pub fn paint_rows(&mut self, from: f32, to: f32, mut f: impl FnMut(f32, f32, Rgb) -> Rgb) {
        let (w, h) = (self.w as f32, self.h as f32);
        let first = ((from * h).max(0.0) as usize).min(self.h);
        let last = ((to * h).ceil().max(0.0) as usize).min(self.h);
        let (per_w, per_h) = (1.0 / w, 1.0 / h);
        for y in first..last {
            let v = (y as f32 + 0.5) * per_h;
            for (x, p) in self.px[y * self.w..(y + 1) * self.w].iter_mut().enumerate() {
                *p = f((x as f32 + 0.5) * per_w, v, *p);
            }
        }
    }

    /// Paints through a shape; the colour comes from the pixel's place and what was there.
    pub fn lay(&mut self, cover: &Cover, mut f: impl FnMut(f32, f32, Rgb) -> Rgb) {
        let (per_w, per_h) = (1.0 / self.w as f32, 1.0 / self.h as f32);
        for (j, row) in cover.a.chunks(cover.w.max(1)).enumerate() {
            let y = cover.y0 + j;
            let start = y * self.w + cover.x0;
            for (i, (p, a)) in self.px[start..start + cover.w].iter_mut().zip(row).enumerate() {
                if *a > 0.002 {
                    let paint = f(((cover.x0 + i) as f32 + 0.5) * per_w, (y as f32 + 0.5) * per_h, *p);
                    *p = mix(*p, paint, *a);
                }
            }
        }
    }

    pub fn at(&self, u: f32, v: f32) -> Rgb {
        let x = (u * self.w as f32 - 0.5).clamp(0.0, self.w as f32 - 1.01);
        let y = (v * self.h as f32 - 0.5).clamp(0.0, self.h as f32 - 1.01);
        let (xi, yi) = (x as usize, y as usize);
        let i = yi * self.w + xi;
        let a = mix(self.px[i], self.px[i + 1], x - xi as f32);
        let b = mix(self.px[i + self.w], self.px[i + self.w + 1], x - xi as f32);
        mix(a, b, y - yi as f32)
    }

    /// One disc of light in pixels: even inside, a slightly brighter rim, as a lens draws a lamp out of focus.
    pub fn bokeh(&mut self, x: f32, y: f32, r: f32, light: Rgb, rim: f32) {
        let soft = 1.0 + r * 0.04;
        let reach = (r + soft) * (r + soft);
        let (x0, x1) = ((x - r - soft).max(0.0) as usize, ((x + r + soft).max(0.0) as usize + 1).min(self.w));
        let (y0, y1) = ((y - r - soft).max(0.0) as usize, ((y + r + soft).max(0.0) as usize + 1).min(self.h));
        for py in y0..y1 {
            for px in x0..x1 {
                let (dx, dy) = (px as f32 + 0.5 - x, py as f32 + 0.5 - y);
                let d = dx * dx + dy * dy;
                if d > reach {
                    continue;
                }
                let d = d.sqrt();
                let a = smooth(r + soft, r - soft, d);
                if a > 0.0 {
                    let a = a * (1.0 - rim + rim * smooth(0.55 * r, r, d));
                    let p = &mut self.px[py * self.w + px];
                    *p = screen(*p, scale(light, a));
                }
            }
        }
    }

    /// A soft round glow around a point in pixels.
    pub fn glow(&mut self, x: f32, y: f32, r: f32, light: Rgb) {
        let reach = r * 2.4;
        let (x0, x1) = ((x - reach).max(0.0) as usize, ((x + reach).max(0.0) as usize + 1).min(self.w));
        let (y0, y1) = ((y - reach).max(0.0) as usize, ((y + reach).max(0.0) as usize + 1).min(self.h));
        for py in y0..y1 {
            for px in x0..x1 {
                let (dx, dy) = ((px as f32 + 0.5 - x) / r, (py as f32 + 0.5 - y) / r);
                let d = dx * dx + dy * dy;
                if d < 5.76 {
                    let a = (-d).exp() - 0.003;
                    let p = &mut self.px[py * self.w + px];
                    *p = screen(*p, scale(light, a.max(0.0)));
                }
            }
        }
    }

    /// A smaller copy, each pixel the mean of a block.
    pub fn shrink(&self, k: usize) -> Self {
        let (w, h) = (self.w.div_ceil(k), self.h.div_ceil(k));
        let mut small = Self::new(w, h);
        for y in 0..h {
            for x in 0..w {
                let (mut sum, mut n) = ([0.0; 3], 0.0);
                for yy in y * k..((y + 1) * k).min(self.h) {
                    for p in &self.px[yy * self.w + x * k..yy * self.w + ((x + 1) * k).min(self.w)] {
                        sum = add(sum, *p);
                        n += 1.0;
                    }
                }
                small.px[y * w + x] = scale(sum, 1.0 / n);
            }
        }
        small
    }

    /// Three box blurs, which look like a Gaussian of these deviations (in pixels).
    pub fn blur(&mut self, sx: f32, sy: f32) {
        for _ in 0..3 {
            if sx > 0.3 {
                for row in self.px.chunks_mut(self.w) {
                    box_line(row, sx);
                }
            }
            if sy > 0.3 {
                box_columns(&mut self.px, self.w, self.h, sy);
            }
        }
    }

    /// A blurred copy, worked out small when the blur is wide.
    pub fn blurred(&self, sx: f32, sy: f32) -> Self {
        let k = ((sx.min(sy) / 2.0) as usize).clamp(1, 16);
        let mut small = self.shrink(k);
        small.blur(sx / k as f32, sy / k as f32);
        small
    }

    /// The bright parts spill over: what makes lamps look lit.
    pub fn bloom(&mut self, threshold: f32, sigma: f32, gain: f32) {
        let k = ((sigma / 2.0) as usize).clamp(2, 12);
        let mut small = self.shrink(k);
        for p in &mut small.px {
            let bright = p[0].max(p[1]).max(p[2]);
            *p = scale(*p, smooth(threshold, threshold + 0.25, bright));
        }
        small.blur(sigma / k as f32, sigma / k as f32);
        self.paint(|u, v, p| screen(p, scale(small.at(u, v), gain)));
    }

    /// Film: a gentle shoulder, a dark rim, lifted blacks, a slight cast of its own, and fine grain, strongest in
    /// the middle tones. The grain stays low, or every file would pay for it.
    pub fn finish(self, seed: u64, look: &Look) -> Vec<u8> {
        let mut rng = Rng::new(seed ^ 0xf11f);
        let warm = rng.range(-0.025, 0.03);
        let tint = rng.range(-0.008, 0.008);
        let colour = rng.range(0.94, 1.1);
        let tile = Tile::new(256, 1, 1.0, &mut rng);
        let (w, h) = (self.w as f32, self.h as f32);
        let mut out = Vec::with_capacity(self.px.len() * 3);
        for (y, row) in self.px.chunks(self.w).enumerate() {
            let dy = (y as f32 / h - 0.5) * 1.05;
            // Film grain belongs to the print, so its size does not follow the picture's.
            let (gy, shift) = (y & (SIDE - 1), (rng.next() & 7) as usize);
            for (x, p) in row.iter().enumerate() {
                let dx = x as f32 / w - 0.5;
                let rim = 1.0 - look.vignette * smooth(0.12, 0.85, dx * dx + dy * dy + 0.02);
                let tone = (p[0] * 0.3 + p[1] * 0.59 + p[2] * 0.11).clamp(0.0, 1.0);
                let speck = tile.raw((x + shift / 4) & (SIDE - 1), gy);
                let grain = look.grain * speck * (0.35 + 2.4 * tone * (1.0 - tone));
                let cast = [1.0 + warm, 1.0 + tint, 1.0 - warm];
                for c in 0..3 {
                    let mut a = (tone + (p[c] - tone) * colour).max(0.0) * cast[c];
                    if a > 0.8 {
                        a = 0.8 + 0.2 * (1.0 - (-(a - 0.8) / 0.2).exp());
                        a += (p[c].min(1.0) - 0.8) * 0.25;
                    }
                    let a = look.lift + a * rim * (1.0 - look.lift) + grain;
                    out.push((a * 255.0 + 0.5).clamp(0.0, 255.0) as u8);
                }
            }
        }
        out
    }
}

const SIDE: usize = 512;

fn box_line(row: &mut [Rgb], sigma: f32) {
    let r = ((sigma + 0.25) as usize).max(1).min(row.len() / 2);
    let n = row.len();
    let old = row.to_vec();
    let at = |i: isize| old[i.clamp(0, n as isize - 1) as usize];
    let mut sum = (-(r as isize)..=r as isize).fold([0.0; 3], |s, i| add(s, at(i)));
    let k = 1.0 / (2 * r + 1) as f32;
    for (x, p) in row.iter_mut().enumerate() {
        *p = scale(sum, k);
        let (out, new) = (at(x as isize - r as isize), at(x as isize + r as isize + 1));
        sum = [sum[0] + new[0] - out[0], sum[1] + new[1] - out[1], sum[2] + new[2] - out[2]];
    }
}

/// The same down the columns, a row at a time so that memory is walked in order.
fn box_columns(px: &mut [Rgb], w: usize, h: usize, sigma: f32) {
    let r = ((sigma + 0.25) as usize).max(1).min(h / 2);
    let old = px.to_vec();
    let row = |y: isize| {
        let y = y.clamp(0, h as isize - 1) as usize;
        &old[y * w..(y + 1) * w]
    };
    let mut sum = vec![[0.0f32; 3]; w];
    for y in -(r as isize)..=r as isize {
        sum.iter_mut().zip(row(y)).for_each(|(s, p)| *s = add(*s, *p));
    }
    let k = 1.0 / (2 * r + 1) as f32;
    for y in 0..h {
        let (out, new) = (row(y as isize - r as isize), row(y as isize + r as isize + 1));
        for (x, p) in px[y * w..(y + 1) * w].iter_mut().enumerate() {
            *p = scale(sum[x], k);
            for c in 0..3 {
                sum[x][c] += new[x][c] - out[x][c];
            }
        }
    }
}
