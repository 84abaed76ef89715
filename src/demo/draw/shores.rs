//! Harbours, and beaches from above.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, screen, smooth};
use super::noise::{Curve, Rng, Tile};
use super::peaks::birds;
use super::shape::Shape;
use super::sky::{Clouds, Water, clouds, water};
use super::trees::{below, crest};
use std::f32::consts::TAU;

pub fn harbour(c: &mut Canvas, rng: &mut Rng) {
    type Set = ([u32; 3], [u32; 2], u32, bool);
    let sets: [Set; 5] = [
        ([0x86a8cc, 0xe0c5c0, 0xfde0bd], [0x8d8fae, 0x54587c], 0x2c3a5a, false),
        ([0x2b3566, 0x94608e, 0xf9a97f], [0x5c4a78, 0x2b2748], 0x171a38, true),
        ([0x6fb3dc, 0xb6dbea, 0xeef2e8], [0x7fa392, 0x4d7f6c], 0x1f5a72, false),
        ([0x0e1838, 0x2a3f6e, 0x7f7f9f], [0x26305a, 0x121a38], 0x080e22, true),
        ([0x6f9cb8, 0xe6d2a8, 0xffe2a6], [0xb89a7c, 0x7c7a5c], 0x2f5560, false),
    ];
    let (sky, hills, deep, night) = rng.pick(&sets);
    let line = rng.range(0.56, 0.66);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.6, sky[1]), (line, sky[2])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.2, 0.8), line - 0.12);
    let o = Clouds { horizon: line, size: 5.0, from: 0.0, to: 1.8, lit: sky[2], lit_low: sky[2], shade: sky[1], alpha: 0.7, light };
    clouds(c, &o, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let far = Curve::new(2.4, 6, 0.48, rng);
    let hill = below(c.size(), |u| crest(line - 0.09, 0.045, &far)(u) * h, line * h + 1.0).cover(c.size());
    c.lay(&hill, |_, v, _| mix(hex(hills[0]), hex(sky[2]), smooth(line - 0.12, line, v) * 0.4));
    let slope = rng.sign();
    let near = Curve::new(1.6, 5, 0.45, rng);
    let town = |u: f32| line - 0.035 - 0.15 * smooth(0.0, 1.0, if slope > 0.0 { u } else { 1.0 - u }) - 0.012 * near.at(u);
    let hill = below(c.size(), |u| town(u) * h, line * h + 1.0).cover(c.size());
    c.lay(&hill, |_, _, _| hex(hills[1]));
    let walls = [0xf2e6d4, 0xe7b9a0, 0xd98f78, 0xf4d9a0, 0xa9c4cc, 0xe9e4da, 0xc96f5a, 0x8fb3a4];
    let mut spots: Vec<(f32, f32)> = (0..90)
        .map(|_| {
            let u = rng.range(0.0, 1.0);
            (u, town(u) + (line - town(u)) * rng.unit().powf(0.8))
        })
        .collect();
    spots.sort_by(|a, b| a.1.total_cmp(&b.1));
    let dusk = if night { 0.36 } else { 1.0 };
    let mut lamps = Vec::new();
    for (u, v) in spots {
        let near = 0.7 + 0.8 * smooth(line - 0.12, line, v);
        let (bw, bh) = (rng.range(20.0, 38.0) * s * near, rng.range(20.0, 40.0) * s * near);
        let (x, y) = (u * w, (v * h).min(line * h - 1.0));
        let mut wall = Shape::new();
        wall.rect(x - bw / 2.0, y - bh, x + bw / 2.0, y);
        let tone = mix(scale(hex(rng.pick(&walls)), dusk), hex(hills[1]), if night { 0.35 } else { 0.18 });
        let cover = wall.cover(c.size());
        let side = (u - light.0).signum();
        c.lay(&cover, |pu, _, _| scale(tone, 1.0 - 0.14 * side * ((pu * w - x) / bw)));
        let mut roof = Shape::new();
        roof.poly(&[
            [x - bw * 0.58, y - bh],
            [x - bw * 0.25, y - bh - bw * 0.34],
            [x + bw * 0.25, y - bh - bw * 0.34],
            [x + bw * 0.58, y - bh],
        ]);
        let cover = roof.cover(c.size());
        c.lay(&cover, |_, _, _| mix(scale(hex(rng.pick(&[0xb5533c, 0x9b4a3a, 0x6f4c46])), dusk), hex(hills[1]), 0.25));
        let mut panes = Shape::new();
        for k in 0..2 {
            let px = x + (k as f32 - 0.5) * bw * 0.45;
            panes.rect(px - bw * 0.1, y - bh * 0.72, px + bw * 0.1, y - bh * 0.36);
        }
        let lit = night && rng.chance(0.6);
        let cover = panes.cover(c.size());
        c.lay(&cover, |_, _, p| if lit { hex(0xffd48a) } else { scale(p, 0.55) });
        if lit {
            lamps.push((x, y - bh * 0.5));
        }
    }
    for (x, y) in &lamps {
        c.glow(*x, *y, 9.0 * s, scale(hex(0xffb35c), 0.3));
    }
    let boats = 4 + rng.below(3);
    for i in 0..boats {
        let x = (i as f32 + rng.range(0.2, 0.8)) / boats as f32 * w;
        boat(c, (x, line * h + 1.0), rng.range(58.0, 96.0) * s, if night { 0.45 } else { 1.0 }, rng);
    }
    water(c, &Water { line, chop: rng.range(0.18, 0.4), deep, depth: 0.45, smear: if night { 0.04 } else { 0.0 }, path: None }, rng);
    if rng.chance(0.5) {
        birds(c, (rng.range(0.2, 0.7), line * 0.4), scale(hex(deep), 0.8), rng);
    }
}

fn boat(c: &mut Canvas, (x, y): (f32, f32), size: f32, dim: f32, rng: &mut Rng) {
    let f = rng.sign();
    let px = |t: f32| x + f * t * size;
    let paint = scale(hex(rng.pick(&[0xf4f0e6, 0x2f5f8a, 0xb8412f, 0x2f6f62, 0xe8b23c, 0xf4f0e6])), dim);
    let mut rig = Shape::new();
    let mast = size * rng.range(1.5, 2.6);
    rig.line([px(0.05), y - size * 0.3], [px(0.05), y - mast], size * 0.035, size * 0.022);
    rig.line([px(0.05), y - mast], [px(0.95), y - size * 0.36], size * 0.01, size * 0.01);
    rig.line([px(0.05), y - mast], [px(-0.85), y - size * 0.3], size * 0.01, size * 0.01);
    rig.line([px(0.05), y - size * 0.55], [px(-0.75), y - size * 0.5], size * 0.03, size * 0.03);
    let cover = rig.cover(c.size());
    c.lay(&cover, |_, _, _| scale(hex(0x4a3f3a), dim));
    let mut cabin = Shape::new();
    cabin.poly(&[[px(-0.45), y - size * 0.26], [px(-0.42), y - size * 0.52], [px(0.16), y - size * 0.52], [px(0.3), y - size * 0.26]]);
    let cover = cabin.cover(c.size());
    c.lay(&cover, |_, _, _| scale([0.93, 0.91, 0.87], dim));
    let mut panes = Shape::new();
    for k in 0..3 {
        panes.rect(
            px(-0.34 + 0.17 * k as f32).min(px(-0.24 + 0.17 * k as f32)),
            y - size * 0.46,
            px(-0.34 + 0.17 * k as f32).max(px(-0.24 + 0.17 * k as f32)),
            y - size * 0.36,
        );
    }
    let cover = panes.cover(c.size());
    let glass = if dim < 0.9 { hex(0xffd48a) } else { hex(0x35505e) };
    c.lay(&cover, |_, _, _| glass);
    let mut hull = Shape::new();
    hull.poly(&[[px(-0.9), y - size * 0.27], [px(0.5), y - size * 0.27], [px(1.02), y - size * 0.4], [px(0.74), y], [px(-0.82), y]]);
    let cover = hull.cover(c.size());
    let h = c.h as f32;
    c.lay(&cover, |_, v, _| {
        let t = (y - v * h) / size;
        let stripe = smooth(0.19, 0.2, t) * smooth(0.235, 0.225, t);
        scale(mix(paint, scale([0.95, 0.93, 0.9], dim), stripe * 0.8), 0.78 + 0.7 * t)
    });
}

pub fn shore(c: &mut Canvas, rng: &mut Rng) {
    let sets: [[u32; 5]; 5] = [
        [0xf3dfba, 0xe2c592, 0x8fe0d4, 0x2fb0bd, 0x0b6a92],
        [0xf0e2cf, 0xd9c1a0, 0xa4dcd0, 0x4aa8a8, 0x1d5f73],
        [0x4a4646, 0x33302f, 0x9cc9cc, 0x3c8a9c, 0x14475f],
        [0xf6d9c0, 0xe3b28e, 0xf2c6b0, 0xb58ca8, 0x5a5f98],
        [0xe9e2cf, 0xcdbf9c, 0xa9e6c8, 0x39b59a, 0x0b7f86],
    ];
    let set = rng.pick(&sets);
    let lean = rng.range(-0.9, 0.9);
    let (sin, cos) = lean.sin_cos();
    let aspect = c.aspect();
    let edge = Tile::new(2, 6, 0.5, rng);
    let fine = Tile::new(24, 4, 0.6, rng);
    let ramp = Ramp::new(&[(0.0, set[2]), (0.22, set[3]), (0.9, set[4])]);
    let (dry, wet) = (hex(set[0]), hex(set[1]));
    let shift = rng.range(-0.12, 0.1);
    c.paint(|u, v, _| {
        let (x, y) = ((u - 0.5) * aspect, v - 0.5);
        let (along, out) = (x * cos - y * sin, x * sin + y * cos + shift);
        let wave = |k: f32| edge.at(along * 0.22 + k * 0.37, k * 0.61 + out * 0.03) * 0.085;
        let f = fine.at(x * 1.3, y * 1.3);
        let ripple = fine.at(x * 0.55, y * 0.9);
        // Sand above, dry to wet; then water from the shallows outwards.
        let reach = out + wave(0.0);
        let sand = scale(mix(dry, scale(wet, 0.86), smooth(-0.2, -0.01, reach)), 1.0 + 0.028 * f + 0.02 * ripple);
        let depth = reach.max(0.0);
        let mut sea = ramp.at(depth * 1.5 + 0.04 * ripple * smooth(0.0, 0.2, depth));
        sea = scale(sea, 1.0 + 0.05 * ripple + 0.03 * f);
        let caustic = smooth(0.75, 1.0, 1.0 - (ripple * 0.9 + 0.3 * f).abs()) * smooth(0.4, 0.05, depth);
        sea = screen(sea, scale([1.0, 1.0, 0.95], 0.12 * caustic));
        let mut p = mix(sand, mix(sand, sea, smooth(0.0, 0.12, depth) * 0.7 + 0.3), smooth(-0.002, 0.004, reach));
        for k in 0..3 {
            let d = out + wave(k as f32 * 1.4) - [0.0, 0.085, 0.21][k];
            if !(-0.005..0.3).contains(&d) {
                continue;
            }
            let lace = smooth(-0.4, 0.9, f * 0.8 + edge.at(x * 2.0 + k as f32, y * 2.0));
            let front = smooth(-0.004, 0.002, d) * (-d.max(0.0) / (0.012 + 0.012 * lace)).exp();
            let trail = smooth(0.0, 0.01, d) * (-d.max(0.0) / 0.05).exp() * lace * 0.55;
            p = mix(p, [0.985, 0.99, 0.985], (front + trail).min(1.0) * [0.95, 0.8, 0.5][k]);
        }
        p
    });
    let s = c.unit();
    let (w, h) = (c.w as f32, c.h as f32);
    if rng.chance(0.75) {
        let tones = [0xe4572e, 0xf2b134, 0xf4f1e8, 0x2f7f8f, 0xe78fa0];
        for _ in 0..7 + rng.below(9) {
            let along = rng.range(-0.75, 0.75) * aspect.max(1.0);
            let out = rng.range(-0.48, -0.13) - shift;
            let (x, y) = (along * cos + out * sin, -along * sin + out * cos);
            let (px, py) = ((x / aspect + 0.5) * w, (y + 0.5) * h);
            if px < 0.0 || py < 0.0 || px > w || py > h {
                continue;
            }
            let r = rng.range(24.0, 31.0) * s;
            let mut shade = Shape::new();
            shade.oval(px + r * 0.6, py + r * 0.55, r, r);
            let cover = shade.cover(c.size()).blurred(2.0 * s, c.size());
            c.lay(&cover, |_, _, p| scale(p, 0.66));
            let mut towel = Shape::new();
            let turn = rng.range(0.0, 3.0);
            let (ts, tc) = turn.sin_cos();
            let spot = |a: f32, b: f32| [px + r * 1.5 * tc.signum() + (a * tc - b * ts) * r, py + (a * ts + b * tc) * r];
            towel.poly(&[spot(-0.45, -0.9), spot(0.45, -0.9), spot(0.45, 0.9), spot(-0.45, 0.9)]);
            let cover = towel.cover(c.size());
            let tone = hex(rng.pick(&tones));
            c.lay(&cover, |_, _, _| scale(tone, 0.96));
            parasol(c, (px, py), r, hex(rng.pick(&tones)), rng.range(0.0, 1.0));
        }
    }
}

fn parasol(c: &mut Canvas, (x, y): (f32, f32), r: f32, tone: Rgb, turn: f32) {
    let mut cloth = Shape::new();
    let points: Vec<[f32; 2]> = (0..8).map(|i| (turn + i as f32 / 8.0 * TAU).sin_cos()).map(|(a, b)| [x + a * r, y + b * r]).collect();
    cloth.poly(&points);
    let cover = cloth.cover(c.size());
    let (w, h) = (c.w as f32, c.h as f32);
    c.lay(&cover, |u, v, _| {
        let (dx, dy) = (u * w - x, v * h - y);
        let k = ((dx.atan2(dy) - turn) / TAU * 8.0).rem_euclid(8.0);
        let base = if (k as usize).is_multiple_of(2) { tone } else { [0.97, 0.96, 0.93] };
        scale(base, 1.0 - 0.12 * (dx + dy) / r - 0.08 * (k.fract() - 0.5).abs())
    });
}
