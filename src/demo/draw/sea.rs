//! The open sea, with its sails and lighthouses.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, smooth};
use super::noise::{Curve, Field, Rng};
use super::peaks::birds;
use super::shape::Shape;
use super::sky::{Clouds, Water, clouds, sun, water};
use super::trees::below;

pub fn sea(c: &mut Canvas, rng: &mut Rng) {
    // Sky, sun, halo, cloud lit and shaded, deep water.
    type Set = ([u32; 4], u32, u32, u32, u32, u32);
    let sets: [Set; 7] = [
        ([0x27345f, 0x6d5590, 0xe88678, 0xffcf8f], 0xfff3cf, 0xffb05f, 0xffa98a, 0x5b4a80, 0x1d2347),
        ([0x3f7fb8, 0x86b8dc, 0xcfe3ea, 0xf4ecdc], 0xffffff, 0xfff0cc, 0xffffff, 0x9db4cc, 0x0f4a66),
        ([0x1b1d3f, 0x4b2d5e, 0xb84a5f, 0xff9b52], 0xffe9b8, 0xff7a3c, 0xf46f5a, 0x3a2450, 0x170f2c),
        ([0x8fa0bd, 0xbdb8cc, 0xecc9c4, 0xfbe6d6], 0xffffff, 0xffd9c0, 0xfff0ea, 0xa79fba, 0x54688a),
        ([0x07122b, 0x14305a, 0x3d6591, 0x8fb0c4], 0xf6f4ea, 0xbcd2ec, 0x9db8d4, 0x1a3050, 0x04101f),
        ([0x4f6d7a, 0x9ab3ae, 0xe8d8ae, 0xffe7a8], 0xffffe8, 0xffdf8c, 0xfff0c8, 0x7f9192, 0x1f4650),
        ([0x6a7883, 0x93a0a8, 0xb9c3c6, 0xd5dad8], 0xf4f5f0, 0xe6e6da, 0xdfe4e4, 0x77838c, 0x2f434c),
    ];
    let (sky, disc, halo, lit, shade, deep) = rng.pick(&sets);
    let line = rng.range(0.42, 0.66);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.4, sky[1]), (line * 0.82, sky[2]), (line, sky[3])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.2, 0.8), line - rng.range(0.015, 0.16));
    sun(c, light, rng.range(0.018, 0.034), hex(disc), hex(halo), 0.16);
    let o = Clouds {
        horizon: line,
        size: rng.range(3.0, 8.0),
        from: rng.range(-0.2, 0.5),
        to: 1.7,
        lit,
        lit_low: halo,
        shade,
        alpha: rng.range(0.7, 0.95),
        light,
    };
    clouds(c, &o, rng);
    let (h, s) = (c.h as f32, c.unit());
    for k in 0..rng.below(3) {
        let (mid, wide, tall) = (rng.range(0.05, 0.95), rng.range(0.12, 0.3), rng.range(0.02, 0.06));
        let curve = Curve::new(9.0, 6, 0.5, rng);
        let isle = below(
            c.size(),
            |u| {
                let t = ((u - mid) / wide).abs();
                (line + 0.004 - tall * (1.0 - t * t).max(0.0) * (0.8 + 0.28 * curve.at(u))) * h
            },
            line * h,
        );
        let cover = isle.cover(c.size());
        let tone = mix(hex(shade), hex(sky[3]), 0.35 - 0.2 * k as f32);
        c.lay(&cover, |_, _, _| tone);
    }
    let dark = scale(hex(deep), 0.7);
    let extra = rng.below(4);
    if extra == 1 {
        sail(c, (rng.range(0.15, 0.85), line), s * rng.range(16.0, 44.0), dark);
    }
    if extra == 2 {
        lighthouse(c, line, dark, hex(disc), rng);
    }
    let path = Some((light.0, rng.range(0.02, 0.05), halo));
    water(c, &Water { line, chop: rng.range(0.55, 1.0), deep, depth: rng.range(0.55, 0.8), smear: 0.03, path }, rng);
    if rng.chance(0.4) {
        birds(c, (rng.range(0.2, 0.7), line * rng.range(0.35, 0.7)), dark, rng);
    }
    if rng.chance(0.25) {
        // Rocks in the foreground give the eye somewhere to stand.
        let curve = Curve::new(5.0, 7, 0.55, rng);
        let flip = rng.chance(0.5);
        let rocks = below(
            c.size(),
            |u| {
                let u = if flip { 1.0 - u } else { u };
                (1.02 - (0.16 * smooth(0.55, 0.0, u) + 0.03 * curve.at(u) * smooth(0.75, 0.2, u))) * h
            },
            h + 2.0,
        );
        let cover = rocks.cover(c.size());
        let grain = Field::fbm(c.size(), 26.0, 5, 0.6, 1.0, rng);
        c.lay(&cover, |u, v, _| scale(dark, 0.95 + 0.35 * grain.at(u, v).max(-1.0)));
    }
}

fn sail(c: &mut Canvas, at: (f32, f32), size: f32, dark: Rgb) {
    let (x, y) = (at.0 * c.w as f32, at.1 * c.h as f32 + size * 0.12);
    let mut hull = Shape::new();
    hull.poly(&[[x - size * 0.62, y - size * 0.2], [x + size * 0.7, y - size * 0.24], [x + size * 0.45, y], [x - size * 0.45, y]]);
    hull.line([x, y - size * 0.2], [x, y - size * 1.9], size * 0.04, size * 0.03);
    let cover = hull.cover(c.size());
    c.lay(&cover, |_, _, _| dark);
    let mut cloth = Shape::new();
    cloth.poly(&[
        [x + size * 0.05, y - size * 1.86],
        [x + size * 0.34, y - size],
        [x + size * 0.66, y - size * 0.34],
        [x + size * 0.05, y - size * 0.3],
    ]);
    cloth.poly(&[
        [x - size * 0.05, y - size * 1.6],
        [x - size * 0.22, y - size * 0.9],
        [x - size * 0.5, y - size * 0.32],
        [x - size * 0.05, y - size * 0.3],
    ]);
    let cover = cloth.cover(c.size());
    c.lay(&cover, |_, _, p| mix(mix(p, [1.0, 0.95, 0.88], 0.6), dark, 0.12));
}

fn lighthouse(c: &mut Canvas, line: f32, dark: Rgb, lamp: Rgb, rng: &mut Rng) {
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let left = rng.chance(0.5);
    let x = w * if left { rng.range(0.1, 0.24) } else { rng.range(0.76, 0.9) };
    let tall = rng.range(90.0, 150.0) * s;
    let y = line * h - 16.0 * s;
    let mut land = Shape::new();
    let curve = Curve::new(5.0, 6, 0.5, rng);
    let edge = if left { 0.0 } else { w };
    let mut outline: Vec<[f32; 2]> = (0..=80)
        .map(|i| {
            let t = i as f32 / 80.0;
            let px = edge + (x - edge) * t * 1.9;
            [px, line * h - 20.0 * s * (1.0 - t.powi(3)) - 5.0 * s * curve.at(t) * (1.0 - t)]
        })
        .collect();
    outline.push([edge + (x - edge) * 1.9, line * h + 1.0]);
    outline.push([edge, line * h + 1.0]);
    land.poly(&outline);
    land.poly(&[[x - tall * 0.075, y], [x - tall * 0.05, y - tall * 0.78], [x + tall * 0.05, y - tall * 0.78], [x + tall * 0.075, y]]);
    land.rect(x - tall * 0.075, y - tall * 0.8, x + tall * 0.075, y - tall * 0.77);
    land.rect(x - tall * 0.035, y - tall * 0.92, x + tall * 0.035, y - tall * 0.78);
    land.poly(&[[x - tall * 0.05, y - tall * 0.9], [x, y - tall], [x + tall * 0.05, y - tall * 0.9]]);
    let cover = land.cover(c.size());
    c.lay(&cover, |_, _, _| dark);
    let mut bands = Shape::new();
    for k in 0..3 {
        let (a, b) = (0.16 + 0.22 * k as f32, 0.26 + 0.22 * k as f32);
        let half = |t: f32| tall * (0.075 - 0.032 * t);
        bands.poly(&[[x - half(a), y - tall * a], [x + half(a), y - tall * a], [x + half(b), y - tall * b], [x - half(b), y - tall * b]]);
    }
    let cover = bands.cover(c.size());
    c.lay(&cover, |_, _, p| mix(p, [0.9, 0.85, 0.82], 0.4));
    c.glow(x, y - tall * 0.85, tall * 0.05, lamp);
    c.glow(x, y - tall * 0.85, tall * 0.3, scale(lamp, 0.45));
}
