//! Blossom on a branch, with the garden out of focus behind it.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, smooth};
use super::noise::{Field, Rng};
use super::shape::{Point, Shape};
use super::trees::{Habit, Twig, branches};
use std::f32::consts::{PI, TAU};

/// A garden out of focus: a wash of colour and discs of light.
pub fn backdrop(c: &mut Canvas, wash: &[u32], lights: &[u32], power: f32, rng: &mut Rng) {
    let ramp = Ramp::even(wash);
    let lean = rng.range(-0.4, 0.4);
    let f = Field::fbm(c.size(), 2.0, 3, 0.5, 1.0, rng);
    c.paint(|u, v, _| ramp.at(v + lean * (u - 0.5) + 0.10 * f.at(u, v)));
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    for (r, count, k) in [(96.0, 26, 0.5), (58.0, 34, 0.7), (30.0, 30, 0.9)] {
        for _ in 0..count {
            let hue = scale(hex(rng.pick(lights)), power * k * rng.range(0.25, 1.0));
            c.bokeh(rng.unit() * w, rng.unit() * h, r * s * rng.range(0.8, 1.2), hue, 0.2);
        }
    }
    let soft = c.blurred(5.0 * s, 5.0 * s);
    c.paint(|u, v, _| soft.at(u, v));
}

pub fn wood(c: &mut Canvas, twigs: &[Twig], soft: f32, tone: Rgb) {
    let mut shape = Shape::new();
    let s = c.unit();
    for t in twigs {
        shape.line(t.0, t.1, t.2.max(1.4 * s), t.3.max(1.4 * s));
    }
    let mut cover = shape.cover(c.size());
    if soft > 0.0 {
        cover = cover.blurred(soft, c.size());
    }
    let rough = if soft > 0.0 { 0.0 } else { 0.12 };
    c.lay(&cover, |u, v, _| scale(tone, 0.95 + rough * (u * 211.0).sin() * (v * 187.0).sin()));
}

pub fn blossom(c: &mut Canvas, rng: &mut Rng) {
    // Backdrop, lights, petals (outer, inner), heart, bark.
    type Set = ([u32; 3], [u32; 3], [u32; 2], u32, u32);
    let sets: [Set; 5] = [
        ([0xa9c9e6, 0xd5dcec, 0xf2d9df], [0xffd5e0, 0xffffff, 0xffc0d2], [0xfbcbdb, 0xffeaf0], 0xd9608a, 0x4a3238),
        ([0x5f8f6a, 0x8fb07a, 0xc8cf9a], [0xfff3c8, 0xd8ecb0, 0xffffff], [0xffffff, 0xfff8ec], 0xd9c04a, 0x4c3a2c),
        ([0x3a2c50, 0x6a4a70, 0xa8708c], [0xffb0c8, 0xffd8a8, 0xc89cff], [0xf58fb4, 0xffc4d8], 0xb02a5c, 0x1f141c),
        ([0xe8d8c8, 0xf0e0d4, 0xf6e8dc], [0xffffff, 0xffe4d4, 0xfff4e8], [0xe8486a, 0xf4809a], 0xf4c84a, 0x3c2a26),
        ([0x7fb8e0, 0x9fcbe8, 0xc4dfee], [0xffffff, 0xe0f0ff, 0xfff0f4], [0xffe0ea, 0xffffff], 0xc86a90, 0x5a4038),
    ];
    let (wash, lights, petals, heart, bark) = rng.pick(&sets);
    backdrop(c, &wash, &lights, 0.42, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let flip = rng.chance(0.5);
    let double = rng.chance(0.3);
    let side = |x: f32, a: f32| {
        if flip { ([w - x, 0.0], PI - a) } else { ([x, 0.0], a) }
    };
    let plans = [
        (w * 1.03, rng.range(0.1, 0.5), 2.8, 12.0, 0.85, 46),
        (-w * 0.03, rng.range(0.7, 1.05), -0.5, 5.5, 1.0, 40),
        (-w * 0.03, rng.range(0.15, 0.45), rng.range(0.05, 0.4), 0.0, 1.2, 66),
    ];
    for (x, y, angle, soft, size, count) in plans {
        let (start, angle) = side(x, angle);
        let mut twigs = Vec::new();
        let habit = Habit { spread: 0.42, keep: (0.72, 0.9), forks: (1, 2), bend: 0.01, thin: 0.78 };
        branches(([start[0], y * h], angle), 290.0 * s * size, 17.0 * s * size, 4, &habit, rng, &mut twigs);
        wood(c, &twigs, soft * s, if soft > 0.0 { mix(hex(bark), hex(wash[1]), 0.4) } else { hex(bark) });
        let first = twigs.len() / 6;
        for _ in 0..count {
            let twig = twigs[first + rng.below(twigs.len() - first)];
            let at = [twig.1[0] + rng.normal() * 17.0 * s * size, twig.1[1] + rng.normal() * 17.0 * s * size];
            let r = rng.range(34.0, 54.0) * s * size;
            if rng.chance(0.12) && soft < 1.0 {
                bud(c, at, r * 0.36, hex(petals[0]), hex(heart));
                continue;
            }
            let tone = rng.range(0.86, 1.04);
            flower(c, at, r, (hex(petals[0]), hex(petals[1]), hex(heart)), (tone, soft * s, double), rng);
        }
    }
    // Petals on the wind.
    for _ in 0..16 {
        let (x, y, r) = (rng.unit() * w, rng.unit() * h, rng.range(5.0, 13.0) * s);
        let mut petal = Shape::new();
        petal.oval_turned(x, y, r, r * rng.range(0.4, 0.7), rng.range(0.0, 3.1));
        let cover = petal.cover(c.size()).blurred(rng.range(0.6, 4.0) * s, c.size());
        c.lay(&cover, |_, _, p| mix(p, hex(petals[1]), 0.85));
    }
}

fn bud(c: &mut Canvas, at: Point, r: f32, tone: Rgb, heart: Rgb) {
    let mut shape = Shape::new();
    shape.oval(at[0], at[1], r, r * 1.15);
    let cover = shape.cover(c.size());
    let h = c.h as f32;
    c.lay(&cover, |_, v, _| mix(tone, heart, 0.15 + 0.3 * smooth(-r, r, v * h - at[1])));
}

fn flower(
    c: &mut Canvas,
    at: Point,
    r: f32,
    (outer, inner, heart): (Rgb, Rgb, Rgb),
    (tone, soft, double): (f32, f32, bool),
    rng: &mut Rng,
) {
    let turn = rng.range(0.0, TAU);
    let flat = rng.range(0.62, 1.0);
    let (lean_s, lean_c) = rng.range(0.0, PI).sin_cos();
    let place = |a: f32, d: f32| -> Point {
        let (x, y) = (a.cos() * d, a.sin() * d);
        let (p, q) = (x * lean_c + y * lean_s, (-x * lean_s + y * lean_c) * flat);
        [at[0] + p * lean_c - q * lean_s, at[1] + p * lean_s + q * lean_c]
    };
    let (w, h) = (c.w as f32, c.h as f32);
    let layers: &[f32] = if double { &[1.0, 0.78, 0.5] } else { &[1.0] };
    // A faint shadow lifts the flower off what is behind it.
    if soft < 1.0 {
        let mut under = Shape::new();
        under.oval(at[0] + r * 0.12, at[1] + r * 0.2, r * 0.85, r * 0.85 * flat);
        let cover = under.cover(c.size()).blurred(r * 0.22, c.size());
        c.lay(&cover, |_, _, p| scale(p, 0.84));
    }
    for (l, size) in layers.iter().enumerate() {
        for k in 0..5 {
            let middle = turn + (k as f32 + 0.5 * l as f32) * 1.2566;
            let wide = rng.range(0.58, 0.68);
            let mut points = vec![place(middle, 0.0)];
            for i in 0..=16 {
                let q = i as f32 / 8.0 - 1.0;
                let reach = r * size * (0.3 + 0.7 * (1.0 - q.abs().powf(2.8)) - 0.1 * (-(q / 0.13).powi(2)).exp());
                points.push(place(middle + q * wide, reach));
            }
            let mut petal = Shape::new();
            petal.poly(&points);
            let mut cover = petal.cover(c.size());
            if soft > 0.5 {
                cover = cover.blurred(soft, c.size());
            }
            let light = tone * (0.95 + 0.07 * (k as f32 * 2.1 + turn).sin());
            let (ms, mc) = middle.sin_cos();
            c.lay(&cover, |u, v, _| {
                let (dx, dy) = (u * w - at[0], v * h - at[1]);
                let d = dx.hypot(dy) / r;
                let vein = ((dx * -ms + dy * mc) / r * 34.0).sin() * 0.018 * smooth(0.2, 0.6, d);
                let base = mix(mix(inner, heart, 0.22 * smooth(0.45, 0.1, d)), outer, smooth(0.9, 0.45, d) * 0.55);
                scale(base, light * (0.9 + 0.11 * d + vein))
            });
        }
    }
    if r < 6.0 {
        return;
    }
    let mut threads = Shape::new();
    let mut tips = Shape::new();
    for k in 0..11 {
        let a = turn + k as f32 * 0.571 + rng.normal() * 0.1;
        let end = place(a, r * rng.range(0.26, 0.42));
        threads.line(at, end, r * 0.022, r * 0.016);
        tips.oval(end[0], end[1], r * 0.036, r * 0.036);
    }
    tips.oval(at[0], at[1], r * 0.07, r * 0.07);
    for (shape, hue) in [(threads, mix(heart, inner, 0.4)), (tips, mix(heart, hex(0xf2c050), 0.55))] {
        let mut cover = shape.cover(c.size());
        if soft > 0.5 {
            cover = cover.blurred(soft, c.size());
        }
        c.lay(&cover, |_, _, _| scale(hue, tone));
    }
}
