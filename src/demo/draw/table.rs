//! Coffee on a table, from above.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, screen, smooth};
use super::noise::{Rng, Tile};
use super::shape::Shape;
use super::window::fronds;
use std::f32::consts::{PI, TAU};

/// A table from above: boards, linen or stone, with window light across it.
fn table(c: &mut Canvas, rng: &mut Rng) {
    let aspect = c.aspect();
    let grain = Tile::new(6, 6, 0.55, rng);
    let turn = rng.range(-0.5, 0.5);
    let (ts, tc) = turn.sin_cos();
    match rng.below(4) {
        0 | 1 => {
            let (a, b) = rng.pick(&[(0x8a5a38, 0x5c3820), (0xd8b48c, 0xb48c60), (0x4a342a, 0x2c1e18), (0xc8a078, 0x96704c)]);
            let boards = rng.range(3.0, 6.0);
            c.paint(|u, v, _| {
                let (x, y) = ((u - 0.5) * aspect, v - 0.5);
                let (x, y) = (x * tc - y * ts + 3.0, x * ts + y * tc + 3.0);
                let k = (y * boards).floor();
                let f = y * boards - k;
                let n = grain.at(x * 0.16 + k * 0.37, y * 1.5 + k * 0.61);
                let ring = (n * 9.0 + y * 30.0).sin();
                let key = (k * 12.9898).sin().abs();
                let p = mix(hex(b), hex(a), (0.5 + 0.28 * n + 0.10 * ring + 0.3 * (key - 0.5)).clamp(0.0, 1.2));
                scale(p, 1.0 - 0.5 * smooth(0.02, 0.004, f.min(1.0 - f)))
            });
        }
        2 => {
            let tone = hex(rng.pick(&[0xe8e0d4, 0xc8d0cc, 0xd8c0b4, 0x5c6c7c]));
            let stripe = hex(rng.pick(&[0x8c9cac, 0xb85c4c, 0x6c8c7c]));
            let striped = rng.chance(0.5);
            c.paint(|u, v, _| {
                let (x, y) = ((u - 0.5) * aspect, v - 0.5);
                let (x, y) = (x * tc - y * ts + 3.0, x * ts + y * tc + 3.0);
                let weave = 0.5 * (x * 900.0).sin() + 0.5 * (y * 900.0).sin();
                let fold = grain.at(x * 0.3, y * 0.22);
                let mut p = tone;
                if striped {
                    let f = (x * 6.0).fract();
                    p = mix(
                        p,
                        stripe,
                        (smooth(0.10, 0.115, f) * smooth(0.19, 0.175, f) + smooth(0.24, 0.25, f) * smooth(0.28, 0.27, f)) * 0.8,
                    );
                }
                scale(p, 0.96 + 0.012 * weave + 0.06 * fold)
            });
        }
        _ => {
            let tone = hex(rng.pick(&[0xe6e4e0, 0x3c4044, 0xd0c4bc]));
            c.paint(|u, v, _| {
                let (x, y) = (u * aspect, v);
                let n = grain.at(x * 0.3, y * 0.3);
                let m = grain.at(x * 0.22 + 0.05 * n + 0.5, y * 0.22 + 0.3);
                let vein = smooth(0.07, 0.0, (m + 0.3 * n).abs());
                mix(scale(tone, 0.97 + 0.03 * n), scale(tone, 0.72), vein * 0.5)
            });
        }
    }
}

/// Bars of window light and shade over everything, at the end.
fn daylight(c: &mut Canvas, rng: &mut Rng) {
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let a = rng.range(0.3, 0.8) * rng.sign();
    let (sin, cos) = a.sin_cos();
    let mut bars = Shape::new();
    let shift = rng.range(-260.0, 120.0);
    for k in 0..2 + rng.below(2) {
        let x = (shift + 330.0 * k as f32) * s;
        let spot = |dx: f32, dy: f32| [w / 2.0 + (x + dx * s) * cos - dy * s * sin, h / 2.0 + (x + dx * s) * sin + dy * s * cos];
        bars.poly(&[spot(0.0, -900.0), spot(300.0, -900.0), spot(300.0, 900.0), spot(0.0, 900.0)]);
    }
    let cover = bars.cover(c.size()).blurred(10.0 * s, c.size());
    let plant = if rng.chance(0.5) { fronds(c.size(), s, rng) } else { Shape::new() };
    let leaves = plant.cover(c.size()).blurred(8.0 * s, c.size());
    c.paint(|u, v, p| {
        let sun = cover.get(u * w, v * h) * (1.0 - 0.85 * leaves.get(u * w, v * h));
        let k = mix([0.66, 0.68, 0.74], [1.1, 1.04, 0.95], sun);
        [p[0] * k[0], p[1] * k[1], p[2] * k[2]]
    });
}

fn disc(c: &mut Canvas, (x, y): (f32, f32), r: f32, mut f: impl FnMut(f32, f32, Rgb) -> Rgb) {
    let mut shape = Shape::new();
    shape.oval(x, y, r, r);
    let cover = shape.cover(c.size());
    let (w, h) = (c.w as f32, c.h as f32);
    c.lay(&cover, |u, v, p| f((u * w - x) / r, (v * h - y) / r, p));
}

fn shadow(c: &mut Canvas, (x, y): (f32, f32), r: f32, depth: f32) {
    let mut shape = Shape::new();
    shape.oval(x + r * 0.12, y + r * 0.16, r, r);
    let cover = shape.cover(c.size()).blurred(r * 0.09, c.size());
    c.lay(&cover, |_, _, p| scale(p, depth));
}

pub fn coffee(c: &mut Canvas, rng: &mut Rng) {
    table(c, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let at = (w * rng.range(0.38, 0.62), h * rng.range(0.4, 0.6));
    let r = rng.range(225.0, 290.0) * s;
    let (cup, rim) = rng.pick(&[
        (0xf6f2ea, 0xffffff),
        (0x3f5f6c, 0x5c8090),
        (0xd8775c, 0xe8957c),
        (0x2c2e32, 0x4a4c52),
        (0xe8d8b8, 0xf6ead0),
        (0x8fa890, 0xacc4ac),
    ]);
    if rng.chance(0.7) {
        // An open book or a biscuit plate keeps the cup company.
        if rng.chance(0.5) {
            book(c, rng);
        } else {
            let spot = (at.0 + r * 1.75 * rng.sign(), at.1 + r * rng.range(-1.3, -0.7) * rng.sign());
            biscuits(c, spot, r * 0.8, rng);
        }
    }
    let (cup, rim) = (hex(cup), hex(rim));
    shadow(c, (at.0 + r * 0.05, at.1 + r * 0.07), r * 1.02, 0.5);
    disc(c, at, r, |x, y, _| {
        let d = x.hypot(y);
        let lit = 0.92 - 0.05 * (x + y) + 0.09 * smooth(0.66, 0.6, d) - 0.06 * smooth(0.9, 1.0, d);
        let ring = smooth(0.03, 0.0, (d - 0.93).abs()) * 0.08 * -(x + y);
        scale(mix(cup, rim, 0.3), lit + ring)
    });
    let a = rng.range(-0.9, 0.9) + if rng.chance(0.5) { PI } else { 0.0 };
    let mut handle = Shape::new();
    let (hs, hc) = a.sin_cos();
    let way = |x: f32, y: f32| [at.0 + r * (x * hc - y * hs), at.1 + r * (x * hs + y * hc)];
    handle.line(way(0.5, 0.0), way(0.88, 0.0), r * 0.14, r * 0.12);
    let cover = handle.cover(c.size()).blurred(r * 0.05, c.size());
    c.lay(&cover, |_, _, p| scale(p, 0.7));
    let cover = handle.cover(c.size());
    c.lay(&cover, |_, _, _| scale(rim, 0.97));
    shadow(c, (at.0 + r * 0.03, at.1 + r * 0.04), r * 0.63, 0.62);
    disc(c, at, r * 0.62, |x, y, _| scale(rim, 0.98 - 0.05 * (x + y)));
    disc(c, at, r * 0.575, |x, y, _| scale(cup, 0.72 + 0.12 * (x + y)));
    let art = rng.below(4);
    let turn = rng.range(0.0, TAU);
    let (ts, tc) = turn.sin_cos();
    let swirl = Tile::new(5, 5, 0.55, rng);
    let crema = Ramp::even(&[0x4a2410, 0x8a4c20, 0xb87838, 0xd8a468]);
    disc(c, at, r * 0.54, |x, y, _| {
        let (x, y) = (x * tc - y * ts, x * ts + y * tc);
        let d = x.hypot(y);
        let n = swirl.at(x * 0.2, y * 0.2);
        let m = swirl.at(x * 0.2 + 0.03 * n, y * 0.2 + 0.5);
        let base = crema.at(0.5 + 0.10 * m - 0.4 * smooth(0.75, 1.0, d));
        let (x, y) = (x + 0.02 * m, y + 0.02 * n);
        let milk = match art {
            0 => {
                // A heart, with rings of crema in it.
                let (hx, hy) = (x * 1.35, -y * 1.3 + 0.12);
                let f = (hx * hx + hy * hy - 0.5).powi(3) - hx * hx * hy.powi(3);
                smooth(0.012, -0.03, f) * (1.0 - 0.35 * smooth(0.5, 0.9, (d * 18.0).sin()))
            }
            1 => {
                // A leaf: chevrons along a stem.
                let body = smooth(0.02, -0.02, x.abs() - 0.56 * (1.0 - ((y + 0.02) / 0.78).powi(2)).max(0.0).powf(0.7) * (0.75 + 0.25 * y));
                let chevron = smooth(-0.35, 0.35, ((y + x.abs() * 0.75) * 21.0).sin());
                body * chevron.max(smooth(0.022, 0.01, x.abs()))
            }
            2 => {
                // A tulip: three stacked crescents.
                let mut a = 0.0f32;
                for k in 0..3 {
                    let cy = 0.34 - 0.34 * k as f32;
                    let size = 0.5 - 0.09 * k as f32;
                    let q = (x / size).powi(2) + ((y - cy) / (size * 0.52)).powi(2);
                    let cut = (x / (size * 0.8)).powi(2) + ((y - cy - 0.2) / (size * 0.5)).powi(2);
                    a = a.max(smooth(1.06, 0.94, q) * smooth(0.9, 1.05, cut));
                }
                a
            }
            _ => smooth(0.1, 0.9, m) * 0.35,
        };
        let p = mix(base, hex(0xf8e8d0), milk * smooth(0.95, 0.85, d));
        let shine = smooth(0.1, 0.0, (d - 0.9).abs()) * smooth(0.2, 0.9, -(x * tc + y * ts));
        screen(p, [0.16 * shine, 0.14 * shine, 0.11 * shine])
    });
    if rng.chance(0.6) {
        let mut spoon = Shape::new();
        let b = a + rng.range(0.9, 1.5);
        let (bs, bc) = b.sin_cos();
        let off = |t: f32, q: f32| [at.0 + r * (bc * 0.8 - bs * t + bc * q), at.1 + r * (bs * 0.8 + bc * t + bs * q)];
        let (head, end) = (off(-0.42, 0.0), off(0.62, 0.0));
        spoon.line(head, end, r * 0.05, r * 0.07);
        spoon.oval_turned(head[0], head[1], r * 0.16, r * 0.1, b + 1.57);
        let cover = spoon.cover(c.size()).blurred(r * 0.03, c.size());
        c.lay(&cover, |_, _, p| scale(p, 0.72));
        let cover = spoon.cover(c.size());
        c.lay(&cover, |u, v, _| scale([0.82, 0.82, 0.84], 0.8 + 0.25 * ((u * w - head[0]) / r * 7.0 + (v * h - head[1]) / r * 4.0).sin()));
    }
    daylight(c, rng);
}

fn book(c: &mut Canvas, rng: &mut Rng) {
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let a = rng.range(-0.5, 0.5);
    let (sin, cos) = a.sin_cos();
    let at = [if rng.chance(0.5) { w * 0.06 } else { w * 0.94 }, h * rng.pick(&[0.1, 0.9])];
    let spot = |x: f32, y: f32| [at[0] + (x * cos - y * sin) * s, at[1] + (x * sin + y * cos) * s];
    let mut page = Shape::new();
    page.poly(&[spot(-300.0, -210.0), spot(300.0, -210.0), spot(300.0, 210.0), spot(-300.0, 210.0)]);
    let cover = page.cover(c.size()).blurred(12.0 * s, c.size());
    c.lay(&cover, |_, _, p| scale(p, 0.6));
    let cover = page.cover(c.size());
    c.lay(&cover, |u, v, _| {
        let (dx, dy) = ((u * w - at[0]) / s, (v * h - at[1]) / s);
        let x = dx * cos + dy * sin;
        scale(hex(0xf4eee0), 1.0 - 0.3 * (-(x / 26.0).powi(2)).exp() - 0.04 * smooth(0.0, 300.0, x.abs()))
    });
    let mut text = Shape::new();
    for side in [-1.0, 1.0] {
        for k in 0..16 {
            let y = -165.0 + 21.0 * k as f32;
            let len = if k % 5 == 4 { rng.range(70.0, 180.0) } else { rng.range(212.0, 226.0) };
            let x0 = if side < 0.0 { -265.0 } else { 40.0 };
            text.line(spot(x0, y), spot(x0 + len, y), 4.6 * s, 4.6 * s);
        }
    }
    let cover = text.cover(c.size());
    c.lay(&cover, |_, _, p| mix(p, hex(0x8a8478), 0.55));
}

fn biscuits(c: &mut Canvas, at: (f32, f32), r: f32, rng: &mut Rng) {
    shadow(c, at, r * 1.02, 0.55);
    disc(c, at, r, |x, y, _| scale(hex(0xe8e4dc), 0.95 - 0.06 * (x + y) + 0.07 * smooth(0.7, 0.66, x.hypot(y))));
    let crumb = Tile::new(20, 4, 0.6, rng);
    for k in 0..3 {
        let (sin, cos) = (k as f32 * 2.1 + 0.4).sin_cos();
        let spot = (at.0 + cos * r * 0.38, at.1 + sin * r * 0.38);
        shadow(c, spot, r * 0.31, 0.7);
        let chips: Vec<(f32, f32, f32)> = (0..9).map(|_| (rng.normal() * 0.4, rng.normal() * 0.4, rng.range(0.08, 0.16))).collect();
        disc(c, spot, r * 0.31, |x, y, _| {
            let n = crumb.at(x * 0.22 + k as f32 * 0.3, y * 0.22);
            let p = scale(hex(0xc8924f), 0.98 + 0.10 * n - 0.14 * (x + y) - 0.16 * smooth(0.75, 1.0, x.hypot(y)));
            let chip = chips.iter().fold(0.0f32, |a, q| a.max(smooth(q.2, q.2 * 0.7, (x - q.0).hypot(y - q.1))));
            mix(p, hex(0x3c2014), chip)
        });
    }
}
