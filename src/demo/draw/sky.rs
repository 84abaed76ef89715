//! What hangs over most pictures: clouds, sun, stars, ridges, and the water that mirrors them.

use super::canvas::{Canvas, Rgb, add, hex, mix, scale, screen, smooth};
use super::noise::{Curve, Field, Rng, Tile};
use super::shape::Shape;
use super::trees::fir;

/// A disc of sun or moon with its halo; `r` in parts of the height.
pub fn sun(c: &mut Canvas, at: (f32, f32), r: f32, disc: Rgb, halo: Rgb, reach: f32) {
    let aspect = c.aspect();
    let edge = 1.2 / c.h as f32;
    c.paint(|u, v, p| {
        let d = ((u - at.0) * aspect).hypot(v - at.1);
        let p = screen(p, scale(halo, (-(d / reach) * (d / reach)).exp() * 0.5 + (-d / reach * 1.6).exp() * 0.25));
        mix(p, disc, smooth(r + edge, r - edge, d))
    });
}

/// A layer of cloud lying in perspective over a horizon.
pub struct Clouds {
    pub horizon: f32,
    /// How many lumps the sky is wide.
    pub size: f32,
    /// Noise levels where cloud begins and is solid.
    pub from: f32,
    pub to: f32,
    pub lit: u32,
    pub lit_low: u32,
    pub shade: u32,
    pub alpha: f32,
    pub light: (f32, f32),
}

pub fn clouds(c: &mut Canvas, o: &Clouds, rng: &mut Rng) {
    let tile = Tile::new(4, 7, 0.56, rng);
    let aspect = c.aspect();
    let (lit, lit_low, shade) = (hex(o.lit), hex(o.lit_low), hex(o.shade));
    let (sx, sy) = (rng.unit(), rng.unit());
    let k = o.size * 0.05;
    c.paint_rows(0.0, o.horizon, |u, v, p| {
        let d = o.horizon - v;
        let z = 1.0 / (d + 0.13);
        let (x, y) = ((u - 0.5) * aspect * z * k + sx, z * k * 1.7 + sy);
        let n = tile.at(x, y);
        let a = smooth(o.from, o.to, n) * smooth(0.0, 0.1, d) * o.alpha;
        if a < 0.004 {
            return p;
        }
        // Light comes from the sun's side: where the cloud thins towards it, it glows.
        let (lx, ly) = (o.light.0 - u, o.light.1 - v);
        let len = lx.hypot(ly).max(0.05);
        let m = tile.at(x + lx / len * 0.02, y + ly / len * 0.03);
        let light = (0.55 + (n - m) * 0.5 - 0.14 * (n - o.from)).clamp(0.0, 1.0);
        let near = (-len * 1.6).exp();
        let bright = mix(lit, lit_low, smooth(0.45, 0.02, d));
        mix(p, mix(shade, bright, (light + near * 0.35).min(1.0)), a)
    });
}

/// Wisps and mist: one noise field as a veil of one colour between two heights.
pub fn veil(c: &mut Canvas, colour: Rgb, alpha: f32, band: (f32, f32, f32), stretch: f32, rng: &mut Rng) {
    let f = Field::fbm(c.size(), 3.0, 5, 0.55, stretch, rng);
    c.paint_rows(band.0, band.2, |u, v, p| {
        let here = smooth(band.0, band.1, v) * smooth(band.2, band.1, v);
        mix(p, colour, smooth(-0.8, 1.6, f.at(u, v)) * alpha * here)
    });
}

pub fn stars(c: &mut Canvas, count: usize, low: f32, rng: &mut Rng) {
    let s = c.unit();
    for _ in 0..count {
        let (x, y) = (rng.unit() * c.w as f32, rng.unit().powf(1.15) * low * c.h as f32);
        let fade = smooth(low, low * 0.6, y / c.h as f32);
        let tint = hex(rng.pick(&[0xffffff, 0xffffff, 0xcfdcff, 0xffe2c0]));
        let power = (0.1 + rng.exp() * 0.2).min(1.0) * fade;
        let r = s * (0.45 + 0.55 * power);
        c.glow(x, y, r.max(0.55), scale(tint, power));
        if power > 0.8 {
            c.glow(x, y, r * 4.0, scale(tint, 0.16));
        }
    }
}

/// Mountain behind mountain, from the farthest to the nearest.
pub struct Ridges {
    pub top: f32,
    pub bottom: f32,
    pub count: usize,
    pub far: u32,
    pub near: u32,
    pub mist: u32,
    pub height: f32,
    pub cells: f32,
    pub fog: f32,
    pub gain: f32,
    /// How tall the firs on the nearest ridges are, in parts of the height; 0 for none.
    pub firs: f32,
}

pub fn ridges(c: &mut Canvas, o: &Ridges, rng: &mut Rng) {
    let curves: Vec<Curve> = (0..o.count).map(|i| Curve::new(o.cells * (1.0 + 0.8 * i as f32 / o.count as f32), 8, o.gain, rng)).collect();
    let field = Field::fbm(c.size(), 4.0, 4, 0.55, 3.0, rng);
    let (h, far, near, mist) = (c.h as f32, hex(o.far), hex(o.near), hex(o.mist));
    for (i, curve) in curves.iter().enumerate() {
        let t = i as f32 / (o.count - 1).max(1) as f32;
        let base = o.top + (o.bottom - o.top) * t.powf(1.15);
        let swing = o.height * (1.0 - 0.4 * t) * 0.5;
        let body = mix(far, near, t.powf(1.15));
        let next =
            if i + 1 < o.count { o.top + (o.bottom - o.top) * ((i + 1) as f32 / (o.count - 1) as f32).powf(1.15) + o.height } else { 1.0 };
        let crests: Vec<f32> = (0..c.w).map(|x| base - swing * curve.at(x as f32 / c.w as f32)).collect();
        let w = c.w as f32;
        let reach = 0.30 - 0.12 * t;
        c.paint_rows(base - swing * 2.6, next.min(1.0).max(base + swing), |u, v, p| {
            let d = v - crests[((u * w) as usize).min(crests.len() - 1)];
            let a = (d * h + 0.5).clamp(0.0, 1.0);
            if a <= 0.0 {
                return p;
            }
            let fog = smooth(0.0, reach, d + 0.03 * field.at(u, (v + t * 0.3).fract())) * o.fog * (1.0 - 0.75 * t);
            mix(p, mix(body, mist, fog), a)
        });
        if o.firs > 0.0 && t > 0.7 {
            let tall = o.firs * h * (0.35 + 1.6 * (t - 0.7) / 0.3);
            let mut row = Shape::new();
            let count = (w / tall * 3.2) as usize;
            for _ in 0..count {
                let u = rng.range(-0.02, 1.02);
                let foot = crests[((u.clamp(0.0, 1.0) * w) as usize).min(crests.len() - 1)] * h;
                let height = tall * rng.range(0.45, 1.1);
                fir(&mut row, u * w, foot + height * 0.1, height, rng);
            }
            let cover = row.cover(c.size());
            c.lay(&cover, |_, _, _| body);
        }
    }
}

/// How the water of [`water`] looks.
pub struct Water {
    pub line: f32,
    /// 0 for a mirror, 1 for a lively sea.
    pub chop: f32,
    pub deep: u32,
    /// Share of the deep colour near the viewer.
    pub depth: f32,
    /// How far lights are drawn out downwards, in parts of the height.
    pub smear: f32,
    /// A path of light under a sun or a moon: where, how wide, its colour.
    pub path: Option<(f32, f32, u32)>,
}

/// Mirrors everything above the line below it, with ripples in perspective.
pub fn water(c: &mut Canvas, o: &Water, rng: &mut Rng) {
    let tile = Tile::new(8, 5, 0.55, rng);
    let top = ((o.line * c.h as f32) as usize).clamp(2, c.h);
    let above = Canvas { w: c.w, h: top, px: c.px[..c.w * top].to_vec() };
    let s = c.unit();
    let still = above.blurred(0.8 * s, (1.4 * s).max(0.6));
    let soft = if o.smear > 0.0 { Some(above.blurred(2.5 * s, o.smear * c.h as f32)) } else { None };
    let deep = hex(o.deep);
    let aspect = c.aspect();
    let path = o.path.map(|(at, wide, colour)| (at, wide, hex(colour)));
    let line = top as f32 / c.h as f32;
    c.paint_rows(line, 1.0, |u, v, _| {
        let d = (v - line).max(0.0004);
        let z = 1.0 / (d + 0.035);
        let x = (u - 0.5) * aspect;
        let broad = tile.at(x * z * 0.10, z * 0.55);
        let fine = tile.at(x * z * 0.24 + 0.4, z * 1.3 + 0.3);
        let n = (broad * 0.6 + fine * 0.4) * smooth(0.0, 0.03 + 0.05 * o.chop, d);
        let swing = o.chop * (0.01 + 0.16 * d) + 0.006 * d.min(0.2) * 8.0 * o.chop;
        let up = (d * (1.0 + 0.15 * o.chop) + n * swing).abs();
        let my = ((line - up) / line).clamp(0.0, 1.0);
        let mx = u + n * 0.012 * o.chop * d.sqrt();
        let mut p = still.at(mx, my);
        if let Some(soft) = &soft {
            let wide = soft.at(mx, my);
            p = mix(p, wide, smooth(0.0, 0.1, d) * 0.75);
            let lamp = scale(wide, 0.5 + 0.9 * smooth(-0.3, 1.4, n));
            p = screen(p, scale(lamp, 0.3 * smooth(0.0, 0.1, d)));
        }
        p = mix(p, deep, o.depth * (0.25 + 0.75 * smooth(0.0, (1.0 - line) * 0.95, d)));
        p = scale(p, 1.0 + 0.16 * o.chop * n);
        if let Some((at, wide, colour)) = path {
            let across = ((u - at) * aspect / (wide + d * 0.36)).powi(2);
            let sparkle = smooth(0.25, 1.25, n * 1.15 + 0.75 * smooth(0.22, 0.0, d));
            p = screen(p, scale(colour, (-across).exp() * sparkle * 0.9 * smooth(1.0 - line, 0.1, d).max(0.15)));
        }
        p
    });
    // A thin brighter line where water meets what stands on it.
    c.paint_rows(line - 0.0015, line + 0.0015, |_, _, p| add(scale(p, 0.96), [0.012; 3]));
}
