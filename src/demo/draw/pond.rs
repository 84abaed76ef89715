//! A pond from above: lily pads, lotus, carp.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, screen, smooth};
use super::noise::{Field, Rng, Tile};
use super::shape::{Point, Shape};
use std::f32::consts::{PI, TAU};

pub fn pond(c: &mut Canvas, rng: &mut Rng) {
    type Set = ([u32; 3], [u32; 3], [u32; 2]);
    let sets: [Set; 4] = [
        ([0x0c2a2c, 0x17464a, 0x2f6a68], [0x3f8a54, 0x6cb060, 0x2a6c48], [0xf48ab0, 0xffd8e4]),
        ([0x10182c, 0x1f3050, 0x3c5478], [0x4c7a5c, 0x7ca070, 0x345c50], [0xf4f0e8, 0xfff8d8]),
        ([0x28342a, 0x48584a, 0x76866c], [0x8aa04c, 0xb4b85c, 0x6c7c3c], [0xf8e8b0, 0xfffbe6]),
        ([0x1c1430, 0x3a2a58, 0x6c5084], [0x4c6c78, 0x7c98a0, 0x34505c], [0xd890e0, 0xf8d8ff]),
    ];
    let (deep, pads, bloom) = rng.pick(&sets);
    let ramp = Ramp::even(&deep);
    let f = Field::fbm(c.size(), 2.2, 5, 0.5, 1.0, rng);
    let lean = rng.range(-0.5, 0.5);
    c.paint(|u, v, _| ramp.at(0.5 + 0.16 * f.at(u, v) + lean * (u - 0.5) + 0.3 * (0.5 - v)));
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let mut rings = Vec::new();
    for _ in 0..4 + rng.below(6) {
        rings.push((rng.unit() * w, rng.unit() * h, rng.range(40.0, 150.0) * s));
    }
    for _ in 0..2 + rng.below(5) {
        koi(c, ([rng.range(0.1, 0.9) * w, rng.range(0.1, 0.9) * h], rng.range(0.0, TAU)), rng.range(90.0, 150.0) * s, rng);
    }
    let mut spots: Vec<(f32, f32, f32)> = Vec::new();
    let corner = (rng.unit() * w, rng.unit() * h);
    for _ in 0..400 {
        let r = rng.range(34.0, 105.0) * s;
        let (x, y) = (rng.range(-0.05, 1.05) * w, rng.range(-0.05, 1.05) * h);
        let crowd = (-((x - corner.0).hypot(y - corner.1) / (620.0 * s)).powi(2)).exp();
        if rng.chance(crowd) && spots.iter().all(|p| (p.0 - x).hypot(p.1 - y) > (p.2 + r) * 0.86) {
            spots.push((x, y, r));
        }
    }
    let fine = Tile::new(40, 3, 0.6, rng);
    for (x, y, r) in &spots {
        let (x, y, r) = (*x, *y, *r);
        let notch = rng.range(0.0, TAU);
        let make = |grow: f32, dx: f32| {
            let mut points = vec![[x + dx, y + dx]];
            for i in 0..=72 {
                let a = notch + 0.16 + i as f32 / 72.0 * (TAU - 0.32);
                let rr = r * grow * (1.0 + 0.012 * (a * 9.0 + x).sin());
                points.push([x + dx + a.cos() * rr, y + dx + a.sin() * rr]);
            }
            let mut pad = Shape::new();
            pad.poly(&points);
            pad
        };
        let shade = make(1.0, r * 0.09).cover(c.size()).blurred(r * 0.06 + 1.0, c.size());
        c.lay(&shade, |_, _, p| scale(p, 0.55));
        let tone = mix(hex(rng.pick(&pads)), hex(rng.pick(&pads)), rng.unit());
        let cover = make(1.0, 0.0).cover(c.size());
        c.lay(&cover, |u, v, _| {
            let (dx, dy) = ((u * w - x) / r, (v * h - y) / r);
            let (d, a) = (dx.hypot(dy), dy.atan2(dx));
            let vein = smooth(0.9, 1.0, ((a - notch) * 11.0).cos()) * smooth(1.0, 0.2, d);
            let n = fine.at(u * 1.4, v * 1.4 / c_aspect(w, h));
            let base = scale(tone, 0.86 + 0.16 * d - 0.13 * (dx + dy) + 0.05 * n);
            let rim = smooth(0.93, 1.0, d);
            mix(mix(base, scale(tone, 1.45), vein * 0.35), scale(tone, 1.3), rim * 0.5)
        });
    }
    for (x, y, r) in rings {
        let (x0, x1) = ((x - r) / w, (x + r) / w);
        c.paint_rows((y - r) / h, (y + r) / h, |u, v, p| {
            if u < x0 || u > x1 {
                return p;
            }
            let d = (u * w - x).hypot(v * h - y) / r;
            let ring = (d * 22.0).sin() * smooth(1.0, 0.5, d) * smooth(0.0, 0.2, d);
            scale(p, 1.0 + 0.13 * ring)
        });
    }
    let count = (1 + rng.below(3)).min(spots.len());
    for spot in spots.iter().take(count) {
        lotus(c, [spot.0 + spot.2 * 0.5, spot.1 - spot.2 * 0.3], spot.2.max(60.0 * s) * 0.8, hex(bloom[0]), hex(bloom[1]), rng);
    }
}

fn c_aspect(w: f32, h: f32) -> f32 {
    w / h
}

fn lotus(c: &mut Canvas, at: Point, r: f32, outer: Rgb, inner: Rgb, rng: &mut Rng) {
    let (w, h) = (c.w as f32, c.h as f32);
    let mut under = Shape::new();
    under.oval(at[0] + r * 0.1, at[1] + r * 0.14, r * 0.8, r * 0.8);
    let cover = under.cover(c.size()).blurred(r * 0.16, c.size());
    c.lay(&cover, |_, _, p| scale(p, 0.6));
    let turn = rng.range(0.0, 1.0);
    for (ring, (size, petals)) in [(1.0, 9), (0.78, 8), (0.52, 7)].into_iter().enumerate() {
        for k in 0..petals {
            let a = turn + ring as f32 * 0.35 + k as f32 / petals as f32 * TAU;
            let (sin, cos) = a.sin_cos();
            let mut points = Vec::new();
            for i in 0..=24 {
                let t = i as f32 / 12.0 - 1.0;
                let along = 1.0 - t.abs();
                let wide = 0.2 * (along * PI).sin().max(0.0).powf(0.7) * t.signum() * size;
                let far = along.powf(0.8) * size;
                points.push([at[0] + r * (cos * far - sin * wide), at[1] + r * (sin * far + cos * wide)]);
            }
            let mut petal = Shape::new();
            petal.poly(&points);
            let cover = petal.cover(c.size());
            let light = 0.93 + 0.09 * (a - 0.8).sin();
            c.lay(&cover, |u, v, _| {
                let d = (u * w - at[0]).hypot(v * h - at[1]) / r;
                scale(mix(inner, outer, smooth(0.3 * size, size, d)), light * (0.86 + 0.16 * d / size))
            });
        }
    }
    let mut heart = Shape::new();
    heart.oval(at[0], at[1], r * 0.17, r * 0.17);
    let cover = heart.cover(c.size());
    c.lay(&cover, |u, _, _| scale(hex(0xf2c23c), 0.9 + 0.2 * (u * 900.0).sin()));
}

/// A carp seen through dark water.
fn koi(c: &mut Canvas, (at, turn): (Point, f32), len: f32, rng: &mut Rng) {
    let (sin, cos) = turn.sin_cos();
    let bend = rng.range(-0.35, 0.35);
    let place = |t: f32, side: f32| -> Point {
        let (x, y) = ((t - 0.4) * len, bend * len * (t - 0.4).powi(2) + side * len);
        [at[0] - x * cos + y * sin, at[1] - x * sin - y * cos]
    };
    let girth = |t: f32| 0.115 * (1.0 - ((t - 0.28) / 0.74).powi(2)).max(0.0).powf(0.8) * smooth(-0.02, 0.1, t) + 0.012;
    let mut body = Shape::new();
    let mut points: Vec<Point> = (0..=30).map(|i| place(i as f32 / 30.0, girth(i as f32 / 30.0))).collect();
    points.extend((0..=30).rev().map(|i| place(i as f32 / 30.0, -girth(i as f32 / 30.0))));
    body.poly(&points);
    let mut fins = Shape::new();
    fins.poly(&[place(0.97, 0.0), place(1.24, 0.11 + bend * 0.1), place(1.14, 0.0), place(1.26, -0.08 + bend * 0.1)]);
    for side in [-1.0, 1.0] {
        fins.poly(&[place(0.26, 0.08 * side), place(0.36, 0.24 * side), place(0.46, 0.2 * side), place(0.38, 0.08 * side)]);
    }
    let s = c.unit();
    let shade = body.cover(c.size()).blurred(5.0 * s, c.size());
    c.lay(&shade, |_, _, p| scale(p, 0.7));
    let cover = fins.cover(c.size()).blurred(1.2 * s, c.size());
    c.lay(&cover, |_, _, p| mix(p, hex(0xf0e0d4), 0.4));
    let spots = Tile::new(5, 3, 0.5, rng);
    let (base, patch) = rng.pick(&[(0xf4ece2, 0xe0502a), (0xf0a03c, 0xe8762a), (0xf4ece2, 0xe87030), (0xe8d8c8, 0x30282c)]);
    let (ox, cut) = (rng.unit(), rng.range(-0.1, 0.5));
    let cover = body.cover(c.size()).blurred(1.0 * s, c.size());
    let (w, h) = (c.w as f32, c.h as f32);
    c.lay(&cover, |u, v, p| {
        let (dx, dy) = ((u * w - at[0]) / len, (v * h - at[1]) / len);
        let n = spots.at(dx * 0.55 + ox, dy * 0.55 + ox);
        let tone = mix(hex(base), hex(patch), smooth(cut, cut + 0.25, n));
        let across = (-dx * -sin + dy * -cos).abs();
        screen(mix(p, scale(tone, 1.0 - 1.6 * across.min(0.2)), 0.86), [0.0; 3])
    });
}
