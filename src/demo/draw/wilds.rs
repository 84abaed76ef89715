//! Deserts and forests.

use super::canvas::{Canvas, Ramp, hex, mix, scale, screen, smooth};
use super::noise::{Curve, Field, Rng, Tile};
use super::peaks::birds;
use super::shape::Shape;
use super::sky::{stars, sun};
use super::trees::{below, fir, fir_row};
use std::f32::consts::PI;

pub fn dunes(c: &mut Canvas, rng: &mut Rng) {
    // Sky, lit sand, sand in shade, haze.
    type Set = ([u32; 3], [u32; 3], [u32; 2], u32);
    let sets: [Set; 5] = [
        ([0x7fa3b8, 0xb9c6c0, 0xf3d9b4], [0xffdca6, 0xeeae6e, 0xcb804c], [0x9a5741, 0x6b3535], 0xf3d9b4),
        ([0x3c4a80, 0xb07a94, 0xf7b68c], [0xf9b58a, 0xd97d62, 0xa84f52], [0x5f3552, 0x34203f], 0xf0b095),
        ([0x5a9fd0, 0x9cc6dc, 0xe8e6d4], [0xfff0cc, 0xf5d398, 0xdfae6c], [0xb9834f, 0x8c5f3c], 0xf0e6cc),
        ([0x0c1430, 0x22345e, 0x56709a], [0x9fb0cc, 0x6f84aa, 0x48597f], [0x22304f, 0x0f182e], 0x6c82a8),
        ([0xd9c4b4, 0xe6d5c4, 0xf0e3d3], [0xf6e3cf, 0xe6c4a6, 0xc99a7c], [0xa0735f, 0x7a5348], 0xefdfcc),
    ];
    let (sky, lit, dark, haze) = rng.pick(&sets);
    let top = rng.range(0.28, 0.44);
    let ramp = Ramp::new(&[(0.0, sky[0]), (top * 0.6, sky[1]), (top * 1.1, sky[2])]);
    c.paint(|_, v, _| ramp.at(v));
    if sky[0] < 0x202020 {
        stars(c, 400, top, rng);
    }
    let left = rng.chance(0.5);
    sun(
        c,
        (if left { rng.range(0.1, 0.35) } else { rng.range(0.65, 0.9) }, top * rng.range(0.4, 0.85)),
        rng.pick(&[0.0, 0.02, 0.026]),
        mix(hex(sky[2]), [1.0; 3], 0.75),
        hex(sky[2]),
        0.2,
    );
    let (lit, dark) = (Ramp::even(&lit), Ramp::even(&dark));
    let haze = hex(haze);
    let ripples = Tile::new(10, 4, 0.55, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let layers = 4 + rng.below(2);
    let mut caravan = None;
    for i in 0..layers {
        let t = i as f32 / (layers - 1) as f32;
        let base = top + (0.86 - top) * t.powf(1.35) + 0.02;
        let amp = 0.05 + 0.13 * t;
        let count = rng.range(1.5, 2.6) * (1.0 - 0.6 * t);
        let phase0 = rng.range(0.0, 1.0);
        let peak = rng.range(0.6, 0.74);
        let wander = Curve::new(2.5, 3, 0.45, rng);
        let sway = Curve::new(1.5, 2, 0.5, rng);
        // One wave of sand: a long windward rise, a short lee fall. The lee side is the dark one.
        let wave = |p: f32| {
            let p = p.rem_euclid(1.0);
            if p < peak {
                let q = p / peak;
                (q * q * (3.0 - 2.0 * q) * 0.55 + q * 0.45, smooth(0.0, peak * 0.25, p), 1.0)
            } else {
                let q = (p - peak) / (1.0 - peak);
                (1.0 - q * q * (3.0 - 2.0 * q) * 0.55 - q * 0.45, smooth(1.0, peak + (1.0 - peak) * 0.3, p), -1.0)
            }
        };
        let flip = |u: f32| if left { u } else { 1.0 - u };
        let phase = |u: f32| flip(u) * count + phase0 + 0.10 * wander.at(u);
        let scale_of = |u: f32| amp * (0.75 + 0.3 * sway.at(u));
        let crest = |u: f32| base - scale_of(u) * wave(phase(u)).0;
        if i + 2 == layers {
            let best = (10..90).map(|k| k as f32 / 100.0).min_by(|a, b| crest(*a).total_cmp(&crest(*b))).unwrap_or(0.5);
            caravan = Some((best, crest(best), crest(best - 0.09), crest(best + 0.09)));
        }
        let crests: Vec<f32> = (0..c.w).map(|x| crest(x as f32 / w)).collect();
        let drift = rng.range(0.5, 1.1);
        let covered = if i + 1 < layers { top + (0.86 - top) * ((i + 1) as f32 / (layers - 1) as f32).powf(1.35) + 0.03 } else { 1.0 };
        c.paint_rows(base - amp * 1.7, covered, |u, v, p| {
            let d = v - crests[((u * w) as usize).min(crests.len() - 1)];
            let a = (d * h + 0.5).clamp(0.0, 1.0);
            if a <= 0.0 {
                return p;
            }
            // Seen from above, the brink of a dune runs down towards the viewer and wavers.
            let bend = drift * d + 0.35 * (d * 7.0 + phase0 * 6.0).sin() * d;
            let (height, _, side) = wave(phase(u) - bend * count.max(1.0));
            let near_brink = (height - 0.5) * 2.0;
            let slip = if side < 0.0 { 1.0 } else { 0.0 };
            let edge = wave(phase(u) - bend * count.max(1.0) + 0.004).2;
            let shade = if edge < 0.0 && side > 0.0 { 0.5 } else { slip * smooth(-1.1, 0.2, near_brink) };
            let depth = (d * (1.9 - 0.6 * t)).clamp(0.0, 1.0);
            let fine = ripples.at(u * 1.6 * (1.4 - t * 0.7) + d * 0.8, (d * (5.2 - 2.0 * t) + 0.05 * (u * 9.0).sin()) * 1.3);
            let light = scale(lit.at(depth * 0.85 + 0.16 * (1.0 - height)), 1.0 + 0.028 * fine * (0.3 + t) + 0.05 * near_brink);
            let cool = scale(dark.at(depth * 0.8 + 0.1), 1.0 + 0.025 * fine * t);
            let sand = mix(light, cool, shade * 0.92);
            mix(p, mix(sand, haze, (1.0 - t).powf(1.4) * 0.6), a)
        });
    }
    if let (Some((x, y, ya, yb)), true) = (caravan, rng.chance(0.5)) {
        let mut walkers = Shape::new();
        for k in 0..2 + rng.below(4) {
            let t = (k as f32 - 1.5) * 0.022;
            let slope = if t < 0.0 { (ya - y) / -0.09 } else { (yb - y) / 0.09 };
            let (px, py) = ((x + t) * w, (y + t * slope) * h + 1.0 * s);
            walkers.oval(px, py - 10.5 * s, 1.6 * s, 1.8 * s);
            walkers.poly(&[
                [px - 1.6 * s, py - 8.6 * s],
                [px + 1.6 * s, py - 8.6 * s],
                [px + 1.5 * s, py - 3.0 * s],
                [px + 1.8 * s, py],
                [px - 1.8 * s, py],
                [px - 1.5 * s, py - 3.0 * s],
            ]);
        }
        let cover = walkers.cover(c.size());
        c.lay(&cover, |_, _, _| dark.at(1.0));
    }
}

pub fn forest(c: &mut Canvas, rng: &mut Rng) {
    // Sky above and below, trees far and near, fog, beam.
    type Set = ([u32; 2], u32, u32, u32, u32);
    let sets: [Set; 6] = [
        ([0xdfe7e2, 0xa5b8b0], 0xb4c5be, 0x10221b, 0xd5dfd8, 0xfff1c9),
        ([0x8fa3bd, 0x5f7696], 0x93a5bd, 0x0b1626, 0xa5b5c8, 0xdfe9ff),
        ([0xf6dcb4, 0xd6a878], 0xdcb78c, 0x2a1810, 0xf0d2a4, 0xfff0c0),
        ([0xe9e4dc, 0xc2b8ac], 0xc8bcae, 0x2c211c, 0xe2d9cc, 0xfff4dc),
        ([0x2a4a52, 0x14282e], 0x3d6066, 0x050d10, 0x4c7076, 0xb8f0e0),
        ([0xe6c3c8, 0xa98ba6], 0xbfa0b4, 0x20142c, 0xe0bcc4, 0xffe2d0),
    ];
    let (sky, far, near, fog, beam) = rng.pick(&sets);
    let ramp = Ramp::even(&sky);
    c.paint(|_, v, _| ramp.at(v));
    let autumn = rng.chance(0.35);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let (far, near, fog, beam) = (hex(far), hex(near), hex(fog), hex(beam));
    let at = (rng.range(0.05, 0.95), rng.range(-0.2, -0.02));
    sun(c, at, 0.0, beam, beam, 0.4);
    let trunks = rng.chance(0.35);
    let field = Field::fbm(c.size(), 3.0, 5, 0.55, 3.0, rng);
    let layers = 7;
    for i in 0..layers {
        let t = i as f32 / (layers - 1) as f32;
        let tone = mix(far, near, t.powf(0.85));
        let curve = Curve::new(2.0, 5, 0.5, rng);
        if trunks {
            let base = 0.62 + 0.36 * t;
            let mut wood = Shape::new();
            let count = (26.0 - 21.0 * t) as usize + 2;
            for _ in 0..count {
                let (x, wide) = (rng.range(-0.02, 1.02) * w, (5.0 + 40.0 * t * t) * s * rng.range(0.7, 1.25));
                let lean = rng.normal() * wide * 0.6;
                let foot = (base - 0.02 * curve.at((x / w).clamp(0.0, 1.0))) * h;
                wood.poly(&[
                    [x - wide * 0.5, foot + wide],
                    [x - wide * 0.4, foot - wide],
                    [x + lean - wide * 0.3, -10.0],
                    [x + lean + wide * 0.3, -10.0],
                    [x + wide * 0.4, foot - wide],
                    [x + wide * 0.5, foot + wide],
                ]);
                for _ in 0..5 {
                    let y = foot * rng.range(0.02, 0.7);
                    let side = rng.sign();
                    let px = x + lean * (1.0 - y / foot);
                    wood.line([px, y], [px + side * wide * rng.range(1.5, 5.0), y - wide * rng.range(-0.2, 2.2)], wide * 0.16, wide * 0.04);
                }
            }
            let ground = below(c.size(), |u| (base - 0.02 * curve.at(u)) * h, h).cover(c.size());
            c.lay(&ground, |u, v, p| mix(mix(p, tone, 0.85), fog, 0.5 * (1.0 - t) + 0.1 * field.at(u, v)));
            let cover = wood.cover(c.size());
            c.lay(&cover, |u, v, p| {
                let lift = smooth(base - 0.45, base, v + 0.05 * field.at(u, v)) * (0.75 - 0.6 * t);
                mix(mix(tone, p, 0.06), fog, lift)
            });
        } else {
            let base = 0.42 + 0.55 * t.powf(1.05);
            let tall = (0.13 + 0.34 * t) * h;
            let crest = |u: f32| (base - 0.05 * curve.at(u)) * h;
            let count = (64.0 - 50.0 * t) as usize;
            let row = fir_row(c.size(), crest, tall, count, h + 2.0, rng);
            let cover = row.cover(c.size());
            let lift = |u: f32, v: f32| smooth(-0.03, 0.32, v - base + 0.14 + 0.05 * field.at(u, v)) * (0.88 - 0.72 * t);
            c.lay(&cover, |u, v, _| mix(tone, fog, lift(u, v)));
            if autumn && i > 1 {
                for _ in 0..(9.0 - 6.0 * t) as usize {
                    let u = rng.range(0.0, 1.0);
                    let mut tree = Shape::new();
                    let size = tall * rng.range(0.5, 0.8);
                    fir(&mut tree, u * w, crest(u) + size * 0.05, size, rng);
                    let hue = mix(hex(rng.pick(&[0xd98a2b, 0xc4552a, 0xe0b040])), tone, 0.3 + 0.25 * (1.0 - t));
                    let cover = tree.cover(c.size());
                    c.lay(&cover, |u, v, _| mix(hue, fog, lift(u, v)));
                }
            }
        }
        let drift = 0.13 * i as f32;
        if i % 2 == 0 && t < 0.9 {
            c.paint(|u, v, p| mix(p, fog, smooth(0.2, 1.7, field.at(u, (v + drift).fract())) * 0.34 * (1.0 - t)));
        }
    }
    let rays = Curve::new(30.0, 3, 0.55, rng);
    let aspect = c.aspect();
    let power = if rng.chance(0.7) { 0.3 } else { 0.0 };
    c.paint_rows(0.0, if power > 0.0 { 1.0 } else { 0.0 }, |u, v, p| {
        let (x, y) = ((u - at.0) * aspect, v - at.1);
        let turn = (y.atan2(x) / PI).clamp(0.0, 1.0);
        let ray = rays.at(turn).max(0.0);
        screen(p, scale(beam, ray * (-x.hypot(y) * 1.5).exp() * smooth(0.05, 0.4, x.hypot(y)) * power))
    });
    if rng.chance(0.3) {
        birds(c, (rng.range(0.2, 0.7), 0.16), mix(near, fog, 0.3), rng);
    }
}
