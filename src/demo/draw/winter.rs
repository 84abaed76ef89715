//! Snow, and what stands in it.

use super::canvas::{Canvas, Ramp, hex, mix, scale, smooth};
use super::noise::{Curve, Field, Rng};
use super::shape::Shape;
use super::sky::{stars, sun};
use super::starry::cabin;
use super::trees::{Habit, below, branches, fir, fir_row};

pub fn snow(c: &mut Canvas, rng: &mut Rng) {
    // Chosen first, so that a seed keeps its tree at every size.
    let kind = rng.below(5);
    type Set = ([u32; 3], [u32; 3], u32, u32);
    let sets: [Set; 5] = [
        ([0xc3ccd9, 0xe4e4e6, 0xf3ece6], [0xf5f1ee, 0xe6e9ef, 0xcdd5e2], 0xaeb7c4, 0xffd9bd),
        ([0x6f7fae, 0xc9a3bb, 0xf7cdb8], [0xf3d9d6, 0xc9c0dc, 0x9a9fca], 0x8a7f9f, 0xffb98f),
        ([0x4f93cf, 0x98c5e6, 0xdcebf0], [0xffffff, 0xe9f2fa, 0xbcd3ea], 0x8fb0c8, 0xffffff),
        ([0x18284f, 0x3b5487, 0x8499bd], [0xb3c3de, 0x8298c2, 0x52689a], 0x2b3d66, 0xdfe6f5),
        ([0xdcdcd8, 0xe8e8e4, 0xf2f1ed], [0xf6f5f2, 0xeae9e6, 0xd6d6d4], 0xc2c3c1, 0xffffff),
    ];
    let (sky, ground, far, halo) = rng.pick(&sets);
    let night = sky[0] < 0x200000;
    let line = rng.range(0.54, 0.66);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.7, sky[1]), (line * 1.05, sky[2])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.55, 0.85), line - rng.range(0.06, 0.25));
    let disc = if rng.chance(0.5) { 0.024 } else { 0.0 };
    sun(c, light, disc, mix(hex(halo), [1.0; 3], 0.6), hex(halo), 0.25);
    if night {
        stars(c, 500, line, rng);
    }
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let hills = Curve::new(2.0, 6, 0.48, rng);
    if rng.chance(0.5) {
        let hill = below(c.size(), |u| (line - 0.07 - 0.05 * hills.at(u)) * h, h).cover(c.size());
        c.lay(&hill, |_, v, _| mix(mix(hex(far), hex(sky[1]), 0.45), hex(sky[2]), smooth(line - 0.12, line, v)));
    }
    let count = (w / s / 9.0) as usize;
    let firs = fir_row(c.size(), |u| (line - 0.012 + 0.006 * hills.at(u)) * h, 46.0 * s, count, h, rng);
    let cover = firs.cover(c.size());
    c.lay(&cover, |_, v, p| mix(p, hex(far), 0.75 - 0.45 * smooth(line - 0.03, line + 0.01, v)));
    let swell = Curve::new(1.3, 3, 0.4, rng);
    let white = Ramp::even(&ground);
    let drift = Field::fbm(c.size(), 5.0, 5, 0.5, 5.0, rng);
    let edge = |u: f32| line + 0.012 - 0.014 * swell.at(u);
    c.paint_rows(line - 0.04, 1.0, |u, v, p| {
        let d = v - edge(u);
        let t = ((v - line) / (1.0 - line)).clamp(0.0, 1.0);
        let glow = (-((u - light.0) / 0.3).powi(2)).exp() * (1.0 - t);
        let base = mix(white.at(t), hex(halo), 0.25 * glow);
        mix(p, scale(base, 1.0 + 0.022 * drift.at(u, v)), smooth(-0.004, 0.01, d))
    });
    let (x, y) = (rng.range(0.28, 0.52) * w, (line + rng.range(0.05, 0.1)) * h);
    let dark = mix(scale(hex(far), 0.22), [0.1, 0.09, 0.11], 0.4);
    let mut tree = Shape::new();
    let mut leaves = Vec::new();
    match kind {
        0..=2 => {
            let mut wood = Vec::new();
            let habit = Habit { spread: rng.range(0.36, 0.56), keep: (0.7, 0.86), forks: (2, 3), bend: 0.0, thin: 0.7 };
            branches(([x, y + 2.0 * s], -1.57), rng.range(92.0, 124.0) * s, 17.0 * s, 7, &habit, rng, &mut wood);
            for t in &wood {
                tree.line(t.0, t.1, t.2.max(0.9 * s), t.3.max(0.7 * s));
                if kind == 2 && t.2 < 4.0 * s && rng.chance(0.16) {
                    leaves.push((t.1[0], t.1[1], rng.range(2.6, 4.2) * s));
                }
            }
        }
        3 => {
            fir(&mut tree, x, y, rng.range(250.0, 330.0) * s, rng);
            fir(&mut tree, x + 70.0 * s, y + 6.0 * s, rng.range(120.0, 170.0) * s, rng);
        }
        _ => {
            for k in 0..3 {
                fir(&mut tree, x + (k as f32 * 60.0 - 110.0) * s, y, rng.range(110.0, 210.0) * s, rng);
            }
        }
    }
    let cover = tree.cover(c.size());
    // The shadow is the tree itself, laid down away from the light.
    let lean = if light.0 * w > x { -0.9 } else { 0.9 };
    let shade = if night { 0.16 } else { 0.2 };
    c.paint_rows(y / h, 1.0, |u, v, p| {
        let d = v * h - y;
        let (px, py) = (u * w - d * lean * 1.15, y - d * 1.35);
        let a = (cover.get(px, py) + cover.get(px + 2.0 * s, py) + cover.get(px - 2.0 * s, py + 2.0 * s)) / 3.0;
        scale(p, 1.0 - shade * a * smooth(0.4, 0.0, d / h))
    });
    let tops = |px: f32, py: f32| cover.get(px, py - 2.2 * s) < 0.3;
    c.lay(&cover, |u, v, _| {
        let rime = kind >= 3 && drift.at(u * 0.99, (v * 3.0).fract()) > -0.2 && tops(u * w, v * h);
        if rime { white.at(0.1) } else { mix(dark, white.at(0.4), if tops(u * w, v * h) { 0.45 } else { 0.0 }) }
    });
    for (px, py, r) in leaves {
        let mut berry = Shape::new();
        berry.oval(px, py, r, r);
        let cover = berry.cover(c.size());
        c.lay(&cover, |_, _, _| hex(0xc23a2c));
    }
    if rng.chance(0.35) {
        let at = (rng.range(0.68, 0.88), line + 0.035);
        cabin(c, at, 30.0 * s);
        let mut cap = Shape::new();
        let (cx, cy) = (at.0 * w, at.1 * h);
        cap.poly(&[
            [cx - 36.0 * s, cy - 19.0 * s],
            [cx, cy - 47.0 * s],
            [cx + 36.0 * s, cy - 19.0 * s],
            [cx + 33.0 * s, cy - 24.0 * s],
            [cx, cy - 40.0 * s],
            [cx - 33.0 * s, cy - 24.0 * s],
        ]);
        let cover = cap.cover(c.size());
        c.lay(&cover, |_, _, _| white.at(0.1));
    }
    if rng.chance(0.45) {
        // Someone walked to the tree.
        for k in 0..26 {
            let t = k as f32 / 26.0;
            let px =
                x + (w * 0.62 - x) * t.powf(1.4) + (t * 9.0).sin() * 12.0 * s + if k % 2 == 0 { 5.0 * s } else { -5.0 * s } * (0.5 + t);
            let py = y + (h * 1.02 - y) * t.powf(1.3) + 10.0 * s;
            let mut step = Shape::new();
            step.oval(px, py, (2.0 + 5.0 * t) * s, (1.0 + 3.4 * t) * s);
            let cover = step.cover(c.size());
            c.lay(&cover, |_, _, p| scale(p, 0.85));
        }
    }
    if rng.chance(0.65) {
        for (r, count, power) in [(1.3, 420, 0.75), (2.8, 120, 0.5), (7.0, 24, 0.22)] {
            for _ in 0..count {
                c.bokeh(rng.unit() * w, rng.unit() * h, r * s * rng.range(0.7, 1.2), [power; 3], 0.0);
            }
        }
    }
}
