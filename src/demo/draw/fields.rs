//! Fields: tea, rice terraces, rows of flowers.

use super::canvas::{Canvas, Ramp, hex, mix, scale, smooth};
use super::noise::{Rng, Tile};
use super::shape::Shape;
use super::sky::{Clouds, Ridges, clouds, ridges, sun, veil};
use std::f32::consts::TAU;

pub fn tea(c: &mut Canvas, rng: &mut Rng) {
    type Set = ([u32; 3], [u32; 5], u32, [u32; 2]);
    let sets: [Set; 5] = [
        ([0xcfdedd, 0xe8e8d8, 0xf6edd0], [0x1e4028, 0x5f9440, 0xb9d46a, 0x77a848, 0x2c5a32], 0xecebd2, [0xb9cdc2, 0x7ba08c]),
        ([0x7fb4dc, 0xb9d8ea, 0xeef0e0], [0x17402c, 0x3f8a48, 0x8fd06a, 0x4f9a50, 0x20553a], 0xe2ecdc, [0xa6c4cc, 0x6f9c94]),
        ([0xe8b48c, 0xf6d4a4, 0xffe8bc], [0x2c3a1e, 0x7a8436, 0xe0cc68, 0x9c9440, 0x44482a], 0xf8deac, [0xd8b090, 0x9a8a68]),
        ([0xb8c4cc, 0xd0d8da, 0xe2e6e2], [0x1c3430, 0x44705c, 0x8cb08c, 0x5a8468, 0x284840], 0xdce2de, [0xb0bec0, 0x84989a]),
        ([0x9c9ccc, 0xe0bccc, 0xfbdcc8], [0x2a1c40, 0x6a4c9c, 0xb898e0, 0x8a64b8, 0x3c2858], 0xf0d4d4, [0xb0a0c8, 0x8478a8]),
    ];
    let (sky, leaf, mist, hills) = rng.pick(&sets);
    let top = rng.range(0.28, 0.4);
    let ramp = Ramp::new(&[(0.0, sky[0]), (top * 0.6, sky[1]), (top, sky[2])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.1, 0.9), top * 0.6);
    let o = Clouds { horizon: top, size: 5.0, from: 0.2, to: 1.8, lit: 0xffffff, lit_low: sky[2], shade: sky[1], alpha: 0.7, light };
    clouds(c, &o, rng);
    sun(c, light, 0.0, hex(sky[2]), mix(hex(sky[2]), [1.0, 0.95, 0.7], 0.5), 0.25);
    let far = Ridges {
        top: top - 0.1,
        bottom: top + 0.02,
        count: 3,
        far: hills[0],
        near: hills[1],
        mist,
        height: 0.1,
        cells: 2.2,
        fog: 0.8,
        gain: 0.46,
        firs: 0.0,
    };
    ridges(c, &far, rng);
    let tops = Ramp::new(&[(0.0, leaf[0]), (0.16, leaf[1]), (0.42, leaf[2]), (0.64, leaf[3]), (0.88, leaf[4]), (1.0, leaf[0])]);
    let (leaves, broad) = (Tile::new(48, 3, 0.6, rng), Tile::new(3, 3, 0.5, rng));
    let mist = hex(mist);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let flip = rng.sign();
    for i in 0..3 {
        let fi = i as f32;
        let base = top + [0.0, 0.10, 0.26][i];
        let slope = [0.10, -0.17, 0.2][i] * flip;
        let bend = rng.range(0.7, 1.5) * [1.0, -1.0, 1.0][i] * flip;
        let rows = [20.0, 13.0, 7.5][i] * rng.range(0.8, 1.2);
        let roll = rng.range(0.0, 6.0);
        let crest = |u: f32| base + slope * (u - 0.5) + 0.025 * (u * 5.0 + roll).sin();
        c.paint_rows(base - 0.15, [base + 0.24, base + 0.31, 1.0][i], |u, v, p| {
            let d = v - crest(u);
            let a = (d * h + 0.5).clamp(0.0, 1.0);
            if a <= 0.0 {
                return p;
            }
            let d = d.max(0.0004);
            // Rows crowd together towards the top of a slope as they would in perspective.
            let near = d / (d + 0.24);
            let wobble = broad.at(u * 0.5 + fi * 0.3, v * 0.5);
            let row = near * rows * 1.5 + bend * (u - 0.5) * (1.0 - near) * 2.4 + 0.10 * wobble;
            let f = row.rem_euclid(1.0);
            let leafy = leaves.at(u * (2.6 - 1.5 * near) * 0.8, d.sqrt() * 2.3 + fi * 0.31);
            let body = smooth(0.0, 0.2, f) * smooth(1.0, 0.62, f);
            let shade = (1.0 + 0.17 * leafy * (0.35 + 0.65 * near)) * (0.72 + 0.36 * body);
            let side = 1.05 - 0.26 * (u - light.0).abs() + 0.09 * broad.at(u * 0.35 + 0.5, v * 0.35);
            let field = scale(tops.at(f), shade * side);
            mix(p, mix(field, mist, smooth(0.2, -0.02, d) * (0.72 - 0.22 * fi)), a)
        });
        if i == 1 && rng.chance(0.6) {
            let mut tree = Shape::new();
            let u = rng.range(0.15, 0.85);
            let (x, y, r) = (u * w, crest(u) * h, rng.range(26.0, 44.0) * s);
            tree.line([x, y + 3.0 * s], [x, y - r], 4.0 * s, 3.0 * s);
            for _ in 0..160 {
                let (a, d) = (rng.range(0.0, TAU), rng.unit().sqrt());
                let wide = 0.85 + 0.12 * (a * 3.0 + roll).sin() + 0.07 * (a * 7.0).cos();
                tree.oval(
                    x + a.cos() * d * wide * r,
                    y - r * 1.45 + a.sin() * d * wide * r * 0.8,
                    r * rng.range(0.09, 0.18),
                    r * rng.range(0.08, 0.16),
                );
            }
            let cover = tree.cover(c.size());
            let dark = mix(hex(leaf[0]), mist, 0.2);
            c.lay(&cover, |pu, pv, _| {
                scale(dark, 0.85 + 0.5 * smooth(0.5, -1.0, (pv * h - y + r * 1.5) / r + 0.4 * leaves.at(pu * 3.0, pv * 3.0)))
            });
        }
    }
    if rng.chance(0.6) {
        veil(c, mist, 0.5, (top - 0.04, top + 0.08, top + 0.24), 5.0, rng);
    }
}

/// Rice terraces: the contour lines of a hillside, each step a mirror of the sky.
pub fn paddies(c: &mut Canvas, rng: &mut Rng) {
    type Set = ([u32; 4], [u32; 2], u32);
    let sets: [Set; 5] = [
        ([0x8fb8dc, 0xc4dcec, 0xf4e6d4, 0xfad0a8], [0x2a5a30, 0x6a9a44], 0xeee6d6),
        ([0x3a3a70, 0x9a5a8c, 0xf08a6c, 0xffcf8c], [0x1a1a34, 0x3c3450], 0xf2ae88),
        ([0xa8bccc, 0xc8d4dc, 0xdfe6e8, 0xf2f2ec], [0x34584c, 0x7c9c74], 0xe6ebea),
        ([0x5f90b0, 0x9cc0b8, 0xe0e4b4, 0xfff2c0], [0x2c5a1e, 0x9cbc3c], 0xecefcf),
        ([0x2c4a6c, 0x5c86a4, 0xb4c4c4, 0xf0d4a8], [0x14302e, 0x2f5648], 0xcdd2c8),
    ];
    let (sky, bank, mist) = rng.pick(&sets);
    let ramp = Ramp::even(&sky);
    let top = rng.range(0.14, 0.26);
    c.paint(|_, v, _| ramp.at(v / (top * 1.3)));
    let far = Ridges {
        top: top - 0.05,
        bottom: top + 0.03,
        count: 3,
        far: bank[1],
        near: bank[0],
        mist,
        height: 0.08,
        cells: 2.4,
        fog: 0.9,
        gain: 0.46,
        firs: 0.0,
    };
    ridges(c, &far, rng);
    let hill = Tile::new(3, 4, 0.42, rng);
    let grass = Tile::new(64, 3, 0.7, rng);
    let (low, high, mist) = (hex(bank[0]), hex(bank[1]), hex(mist));
    let aspect = c.aspect();
    let steps = rng.range(15.0, 24.0);
    let tilt = rng.range(-0.5, 0.5);
    let (ox, oy) = (rng.unit(), rng.unit());
    let edge = 1.0 / c.h as f32;
    let height = |u: f32, v: f32| {
        let d = (v - top).max(0.0);
        let z = (d + 0.05).ln();
        hill.at((u - 0.5) * aspect * 0.20 / (0.35 + d) + ox, z * 0.17 + oy) * 1.05 + z * -2.0 + tilt * (u - 0.5) * 1.6
    };
    c.paint_rows(top, 1.0, |u, v, p| {
        let d = v - top;
        let n = height(u, v) * steps * 0.42;
        let slope = (height(u, v + edge * 2.0) * steps * 0.42 - n).abs().max(1e-4) / (edge * 2.0);
        let (level, f) = (n.floor(), n - n.floor());
        let key = (level * 12.9898).sin() * 43758.547;
        let key = key - key.floor();
        let green = key > 0.8;
        let g = grass.at(u * aspect * 0.9 / (0.3 + d), v * 2.2);
        // Water: the sky upside down, each pool a little different; a young field now and then.
        let pool = ramp.at((0.98 - d * 0.85 + (key - 0.5) * 0.3 + 0.05 * (f - 0.5)).clamp(0.02, 1.0));
        let crop = scale(mix(low, high, 0.65 + 0.2 * key), 1.0 + 0.16 * g);
        let mut a = if green { crop } else { scale(pool, 0.97) };
        let thick = (0.15 + 0.05 * g).clamp(0.08, 0.3);
        let soft = (slope * edge).clamp(0.02, 0.3);
        let rim = smooth(thick + soft, thick - soft, f);
        let turf = scale(mix(low, high, smooth(0.0, 1.0, f / thick) * 0.8 + 0.1), 0.9 + 0.22 * g);
        a = mix(a, scale(a, 0.72), smooth(1.0 - 0.3, 1.0, f) * 0.8);
        a = mix(a, turf, rim);
        let a = mix(a, mist, smooth(0.28, 0.0, d) * 0.75);
        mix(p, a, smooth(-0.004, 0.01, d))
    });
    if rng.chance(0.8) {
        veil(c, mist, 0.55, (top - 0.05, top + 0.06, top + 0.3), 4.0, rng);
    }
}

pub fn flowers(c: &mut Canvas, rng: &mut Rng) {
    let skies: [[u32; 3]; 4] =
        [[0x4f9ad4, 0x9ccae8, 0xeaf1ea], [0x6a74b0, 0xd89ab0, 0xffd2a0], [0xa8c4d8, 0xd4dfe0, 0xf4eede], [0x3f6fae, 0xf0a888, 0xffdd9c]];
    let sky = rng.pick(&skies);
    let line = rng.range(0.36, 0.54);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.6, sky[1]), (line, sky[2])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.1, 0.9), line * 0.6);
    let o = Clouds {
        horizon: line,
        size: rng.range(4.0, 7.0),
        from: -0.1,
        to: 1.5,
        lit: 0xffffff,
        lit_low: sky[2],
        shade: sky[1],
        alpha: 0.85,
        light,
    };
    clouds(c, &o, rng);
    if rng.chance(0.4) {
        sun(c, (light.0, line - 0.05), 0.022, [1.0, 0.97, 0.86], hex(sky[2]), 0.2);
    }
    let far = Ridges {
        top: line - 0.04,
        bottom: line,
        count: 3,
        far: 0x9db4bc,
        near: 0x5a7f72,
        mist: sky[2],
        height: 0.05,
        cells: 2.6,
        fog: 0.7,
        gain: 0.46,
        firs: 0.0,
    };
    ridges(c, &far, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let mut grove = Shape::new();
    for _ in 0..26 {
        let (x, r) = (rng.unit() * w, rng.range(5.0, 14.0) * s);
        for _ in 0..7 {
            grove.oval(x + rng.normal() * r, line * h - r * 0.6 + rng.normal() * r * 0.3, r * 0.6, r * 0.55);
        }
    }
    if rng.chance(0.6) {
        let (x, r) = (rng.range(0.2, 0.8) * w, rng.range(40.0, 70.0) * s);
        grove.line([x, line * h + 3.0 * s], [x, line * h - r], r * 0.1, r * 0.08);
        for _ in 0..220 {
            let (a, d) = (rng.range(0.0, TAU), rng.unit().sqrt());
            let wide = 0.75 + 0.12 * (a * 3.0).sin() + 0.08 * (a * 7.0).cos();
            let (dx, dy) = (a.cos() * d * wide, a.sin() * d * wide * 0.82);
            grove.oval(x + dx * r, line * h - r * 1.45 + dy * r, r * rng.range(0.07, 0.15), r * rng.range(0.06, 0.13));
        }
    }
    let cover = grove.cover(c.size());
    c.lay(&cover, |_, v, _| mix(hex(0x2c4a36), hex(0x6d8f62), smooth(line, line - 0.14, v) * 0.7));
    let fields: [&[u32]; 5] = [
        &[0x8d6cc4, 0x7a58b4, 0x9c7cd0],
        &[0xe0453c, 0xf4c430, 0xf08ab0, 0xf6f0e8, 0xa04ab0, 0xf08a30],
        &[0xf4d21f, 0xeec418],
        &[0xe9a8c8, 0xf4d0e0, 0xd070a0, 0xfbe6ee],
        &[0xe8c878, 0xd9b05c],
    ];
    let kind = rng.below(5);
    let beds = fields[kind];
    let rows = if kind == 1 { rng.range(5.0, 8.0) } else { rng.range(9.0, 15.0) };
    let vanish = rng.range(0.25, 0.75);
    let heads = Tile::new(72, 2, 0.8, rng);
    let broad = Tile::new(4, 4, 0.5, rng);
    let aspect = c.aspect();
    let solid = kind == 2 || kind == 4;
    c.paint_rows(line, 1.0, |u, v, _| {
        let d = (v - line).max(0.0006);
        let z = 1.0 / (d + 0.012);
        let x = (u - vanish) * aspect * z * 0.115;
        let sway = 0.05 * broad.at(x * 0.2, z * 0.012);
        let row = x * rows + sway * rows;
        let (k, f) = (row.floor(), row - row.floor());
        let tone = hex(beds[(k as i32).rem_euclid(beds.len() as i32) as usize]);
        let furrow = if solid { 0.45 } else { 1.0 } * smooth(0.25, 0.5, (f - 0.5).abs());
        let near = smooth(0.02, 0.4, d);
        let n = heads.at(x * 2.6, z * 0.16) * 0.6 + heads.at(x * 1.1 + 0.3, z * 0.07) * 0.5;
        let stem = mix(hex(0x2f5a30), hex(0x6f9a48), 0.5 + 0.3 * n);
        let bloom = smooth(if solid { -1.7 } else { -0.75 }, 0.3, n + 0.8 * (1.0 - near));
        let mut a = mix(stem, scale(tone, 0.86 + 0.2 * n * near), bloom * (1.0 - 0.85 * furrow));
        a = scale(a, 1.0 - 0.34 * furrow * (0.35 + 0.65 * near));
        a = scale(a, 1.02 + 0.06 * broad.at(u * 0.3, v * 0.6) - 0.12 * (u - light.0).abs());
        mix(a, hex(sky[2]), smooth(0.12, 0.0, d) * 0.4)
    });
    // The nearest heads stand out of the field, one by one, softer the closer they are.
    for i in 0..150 {
        let t = (i as f32 / 150.0).powf(0.7);
        let v = line + (1.03 - line) * (0.5 + 0.5 * t);
        let x = rng.unit() * w;
        let y = v * h + rng.normal() * 6.0 * s;
        let r = (2.5 + 9.0 * t * t) * s * rng.range(0.7, 1.2);
        let tone = hex(rng.pick(beds));
        let mut head = Shape::new();
        if kind == 0 || kind == 4 {
            for k in 0..6 {
                head.oval(x + rng.normal() * r * 0.2, y - k as f32 * r * 0.5, r * 0.34, r * 0.36);
            }
        } else {
            for k in 0..5 {
                let (a, b) = (k as f32 * 1.257 + i as f32).sin_cos();
                head.oval(x + a * r * 0.5, y + b * r * 0.36, r * 0.48, r * 0.4);
            }
        }
        let cover = head.cover(c.size()).blurred((0.3 + 1.6 * t * t) * s, c.size());
        let light = rng.range(0.9, 1.16);
        c.lay(&cover, |_, pv, _| scale(tone, light * (1.05 - 0.25 * smooth(-r, r, pv * h - y))));
    }
}
