//! Mountains, balloons and seas of cloud: pictures that are mostly sky.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, smooth};
use super::noise::{Curve, Rng, Tile};
use super::shape::Shape;
use super::sky::{Ridges, ridges, sun, veil};
use std::f32::consts::PI;

/// Colours of an hour: sky from the zenith to the horizon, then ridges far and near, mist, and the sun's disc.
pub struct Hour {
    pub sky: [u32; 4],
    pub far: u32,
    pub near: u32,
    pub mist: u32,
    pub disc: u32,
    pub halo: u32,
}

pub const HOURS: [Hour; 8] = [
    Hour { sky: [0x6d86b8, 0xb3b3cf, 0xf3c7ac, 0xfde0b2], far: 0xcbacb6, near: 0x15202e, mist: 0xf7d5ba, disc: 0xfff1d4, halo: 0xffb27a },
    Hour { sky: [0x1d2b53, 0x3d5285, 0x7f8fb8, 0xc7c3d2], far: 0x8d9dbf, near: 0x0c1526, mist: 0xb6bfd4, disc: 0xf8f3e6, halo: 0xa9b6dd },
    Hour { sky: [0x3a2a5e, 0x86467f, 0xe06f6f, 0xffb56b], far: 0xc96f78, near: 0x1b1230, mist: 0xf29a76, disc: 0xffefc2, halo: 0xff8f4e },
    Hour { sky: [0x7fb6d6, 0xafd3e0, 0xdcebe4, 0xf7f2dd], far: 0xa9c6c4, near: 0x1d3a33, mist: 0xe6eee4, disc: 0xffffff, halo: 0xfff3cf },
    Hour { sky: [0xd9d5cc, 0xe4e0d6, 0xece8de, 0xf1ede3], far: 0xc6c4bd, near: 0x24272b, mist: 0xefebe1, disc: 0xd9573f, halo: 0xf4c9b0 },
    Hour { sky: [0x20485e, 0x4c8d93, 0xb9cfae, 0xf6e3a1], far: 0x86ab9d, near: 0x0e2429, mist: 0xe7dfae, disc: 0xfffbe0, halo: 0xffe08a },
    Hour { sky: [0x8791b5, 0xc6a9c0, 0xf0b9bd, 0xf9d8cf], far: 0xc3a0b8, near: 0x2a2340, mist: 0xf3cfcf, disc: 0xfff6ee, halo: 0xffc4c0 },
    Hour { sky: [0x2b3d4c, 0x5d7180, 0xa8aca6, 0xe9c99a], far: 0x8e9a9c, near: 0x141b20, mist: 0xd8c6a6, disc: 0xfff0cc, halo: 0xffcf8a },
];

pub fn peaks(c: &mut Canvas, rng: &mut Rng) {
    let hour = rng.pick(&[0usize, 1, 2, 3, 4, 5, 6, 7]);
    let o = &HOURS[hour];
    let top = rng.range(0.34, 0.5);
    let sky = Ramp::new(&[(0.0, o.sky[0]), (top * 0.45, o.sky[1]), (top * 0.9, o.sky[2]), (top * 1.15, o.sky[3])]);
    c.paint(|_, v, _| sky.at(v));
    let light = (rng.range(0.16, 0.84), top - rng.range(0.02, 0.16));
    veil(c, hex(o.mist), 0.6, (0.0, top * 0.5, top), 5.0, rng);
    let r = if hour == 4 { 0.05 } else { rng.range(0.024, 0.036) };
    sun(c, light, r, hex(o.disc), hex(o.halo), 0.2);
    let firs = if rng.chance(0.55) { rng.range(0.03, 0.075) } else { 0.0 };
    ridges(
        c,
        &Ridges {
            top,
            bottom: rng.range(0.86, 0.95),
            count: 5 + rng.below(4),
            far: o.far,
            near: o.near,
            mist: o.mist,
            height: rng.range(0.09, 0.2),
            cells: rng.range(1.8, 3.6),
            fog: rng.range(0.6, 0.9),
            gain: rng.range(0.42, 0.53),
            firs,
        },
        rng,
    );
    if rng.chance(0.5) {
        birds(c, (light.0 + rng.range(-0.2, 0.2), top * rng.range(0.4, 0.8)), hex(o.near), rng);
    }
}

/// A few far birds in a loose line.
pub fn birds(c: &mut Canvas, at: (f32, f32), colour: Rgb, rng: &mut Rng) {
    let s = c.unit();
    let mut flock = Shape::new();
    for i in 0..5 + rng.below(6) {
        let x = at.0 * c.w as f32 + (i as f32 * 17.0 + rng.normal() * 8.0) * s;
        let y = at.1 * c.h as f32 + ((i % 2) as f32 * 9.0 - i as f32 * 5.0 + rng.normal() * 6.0) * s;
        let wing = s * rng.range(4.0, 7.5);
        let lift = rng.range(0.1, 0.6);
        for side in [-1.0, 1.0] {
            let elbow = [x + side * wing * 0.55, y - wing * lift];
            flock.line([x, y], elbow, 1.5 * s, 1.3 * s);
            flock.line(elbow, [x + side * wing * 1.25, y - wing * (lift - 0.22)], 1.3 * s, 0.3 * s);
        }
    }
    let cover = flock.cover(c.size());
    c.lay(&cover, |_, _, p| mix(p, colour, 0.75));
}

pub fn balloons(c: &mut Canvas, rng: &mut Rng) {
    let o = &HOURS[rng.pick(&[0usize, 3, 5, 6, 2])];
    let top = rng.range(0.6, 0.72);
    let sky = Ramp::new(&[(0.0, o.sky[0]), (top * 0.4, o.sky[1]), (top * 0.85, o.sky[2]), (top * 1.1, o.sky[3])]);
    c.paint(|_, v, _| sky.at(v));
    let light = (if rng.chance(0.5) { 0.12 } else { 0.88 }, top - 0.06);
    veil(c, hex(o.mist), 0.5, (0.0, 0.3, top), 5.0, rng);
    sun(c, light, 0.022, hex(o.disc), hex(o.halo), 0.3);
    let land = Ridges {
        top,
        bottom: 0.96,
        count: 5,
        far: o.far,
        near: o.near,
        mist: o.mist,
        height: 0.09,
        cells: 2.4,
        fog: 0.85,
        gain: 0.45,
        firs: 0.02,
    };
    ridges(c, &land, rng);
    let s = c.unit();
    let sets: [[u32; 4]; 6] = [
        [0xe4572e, 0xf6f1e4, 0xe4572e, 0xf3a712],
        [0x2f6690, 0xf2efe6, 0x81c3d7, 0xf2efe6],
        [0xd1495b, 0xedae49, 0x00798c, 0xedae49],
        [0x6a4c93, 0xffca3a, 0xff595e, 0xffca3a],
        [0xf4a9a8, 0xfbeee6, 0xc96480, 0xfbeee6],
        [0x386641, 0xf2e8cf, 0xbc4749, 0xa7c957],
    ];
    let count = 4 + rng.below(7);
    for i in 0..count {
        let near = (i as f32 + 1.0) / count as f32;
        let r = s * (10.0 + 92.0 * near.powf(2.6));
        let x = c.w as f32 * rng.range(0.1, 0.9);
        let y = c.h as f32 * rng.range(0.14, (0.62 - 0.2 * near).max(0.3));
        let haze = 0.55 * (1.0 - near);
        let set = rng.pick(&sets);
        let side = if light.0 < 0.5 { -1.0 } else { 1.0 };
        let gores = 8.0 + rng.below(5) as f32;
        let zigzag = rng.chance(0.4);
        let profile = |t: f32| {
            if t < 0.0 { (1.0 - t * t).max(0.0).sqrt() } else { (1.0 - (t / 1.32).powf(1.75)).max(0.0) * 0.86 + 0.14 }
        };
        let mut skin = Shape::new();
        let mut points = Vec::new();
        for k in 0..=40 {
            let t = -1.0 + k as f32 / 40.0 * 2.25;
            points.push([x + r * profile(t), y + r * t]);
        }
        for k in (0..=40).rev() {
            let t = -1.0 + k as f32 / 40.0 * 2.25;
            points.push([x - r * profile(t), y + r * t]);
        }
        skin.poly(&points);
        let cover = skin.cover(c.size());
        let (w, h, mist) = (c.w as f32, c.h as f32, hex(o.mist));
        c.lay(&cover, |u, v, _| {
            let t = (v * h - y) / r;
            let across = ((u * w - x) / (r * profile(t)).max(1.0)).clamp(-1.0, 1.0);
            let angle = across.asin() / PI * gores;
            let band = if zigzag { angle + (t * 2.5).floor() } else { angle };
            let colour = hex(set[(band.floor() as i32).rem_euclid(4) as usize]);
            let round = 0.72 + 0.36 * smooth(-1.1, 1.1, across * side - t * 0.35);
            let seam = 1.0 - 0.12 * smooth(0.1, 0.0, (angle - angle.round()).abs());
            mix(scale(colour, round * seam), mist, haze)
        });
        let mut basket = Shape::new();
        let (bx, by) = (r * 0.11, y + r * 1.55);
        for k in [-1.0, 1.0] {
            basket.line([x + k * r * 0.13, y + r * 1.24], [x + k * bx, by], 0.9 * s * near.max(0.4), 0.9 * s * near.max(0.4));
        }
        basket.round(x - bx, by, x + bx, by + r * 0.16, r * 0.03);
        let cover = basket.cover(c.size());
        c.lay(&cover, |_, _, _| mix(hex(0x4a3325), mist, haze));
    }
}

pub fn above_clouds(c: &mut Canvas, rng: &mut Rng) {
    type Set = ([u32; 4], u32, u32, u32);
    let sets: [Set; 6] = [
        ([0x2a3f7a, 0x8d6ea6, 0xf29b87, 0xffd9a0], 0xffd9b8, 0x6d5a8c, 0xffb070),
        ([0x4b89c8, 0x86b7e0, 0xc9e0ee, 0xf5efe2], 0xffffff, 0x9db6d2, 0xfff3d8),
        ([0x161a3c, 0x3d2f66, 0xa2476f, 0xf8835a], 0xff9d78, 0x38244f, 0xff7b45),
        ([0x6a7fb5, 0xc3a6c4, 0xf7c3b6, 0xfff0d2], 0xfff0e2, 0xa592b4, 0xffd2a6),
        ([0x0f1a38, 0x1f3868, 0x476a97, 0x9fb3c8], 0xc6d6e8, 0x22365a, 0xdfe8f5),
        ([0x5f6f93, 0x9f9aac, 0xe0b48f, 0xffdf9e], 0xffe7bd, 0x6b6a80, 0xffc56c),
    ];
    let (sky, lit, shade, halo) = rng.pick(&sets);
    let summit = rng.chance(0.45);
    let line = rng.range(0.3, 0.52);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.5, sky[1]), (line * 0.88, sky[2]), (line * 1.08, sky[3])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.15, 0.85), line - rng.range(0.01, 0.08));
    veil(c, hex(lit), 0.4, (0.0, line * 0.6, line), 7.0, rng);
    sun(c, light, 0.026, mix(hex(halo), [1.0; 3], 0.7), hex(halo), 0.22);
    let tile = Tile::new(5, 6, 0.55, rng);
    let (lit, shade, haze) = (hex(lit), hex(shade), hex(sky[3]));
    let aspect = c.aspect();
    let layers = 9 + rng.below(3);
    for i in 0..layers {
        let t = i as f32 / (layers - 1) as f32;
        let base = line + (1.12 - line) * t.powf(1.5);
        let swing = 0.012 + 0.16 * t;
        let zoom = 0.16 / (0.12 + t * 0.9);
        let (ox, oy) = (rng.unit(), rng.unit());
        let crests: Vec<f32> = (0..c.w)
            .map(|x| {
                let u = (x as f32 / c.w as f32 - 0.5) * aspect;
                // Billows: folded noise gives the round heads of cumulus.
                let big = tile.at(u * zoom * 0.7 + ox, oy);
                let mid = 1.0 - tile.at(u * zoom * 1.3 + ox, oy + 0.37).abs();
                let fine = 1.0 - tile.at(u * zoom * 3.4 + oy, ox).abs();
                base - swing * (0.55 * big + 0.4 * mid + 0.12 * fine)
            })
            .collect();
        let w = c.w as f32;
        c.paint_rows(base - swing * 2.2, (base + swing + 0.3).min(1.0), |u, v, p| {
            let d = v - crests[((u * w) as usize).min(crests.len() - 1)];
            let soft = 0.004 + 0.02 * t;
            let a = smooth(-soft * 0.4, soft, d);
            if a <= 0.0 {
                return p;
            }
            let x = (u - 0.5) * aspect;
            let n = tile.at(x * zoom * 1.8 + ox, v * zoom * 3.2 + oy);
            let m = tile.at((x + 0.03 * ((light.0 - u) * 4.0).clamp(-1.0, 1.0)) * zoom * 1.8 + ox, (v - 0.02) * zoom * 3.2 + oy);
            let edge = (-d / (0.018 + 0.10 * t)).exp();
            let glow = (-(light.0 - u).abs() * 2.2).exp();
            let bright = (0.18 + 0.62 * edge + (n - m) * 0.45 + 0.25 * glow * (1.0 - t)).clamp(0.0, 1.0);
            mix(p, mix(mix(shade, lit, bright), haze, 0.45 * (1.0 - t).powi(2)), a)
        });
    }
    if summit {
        let mut peak = Shape::new();
        let (h, w) = (c.h as f32, c.w as f32);
        let (x, foot, tall) = (rng.range(0.2, 0.8), line + 0.05, rng.range(0.06, 0.12));
        let curve = Curve::new(14.0, 6, 0.55, rng);
        let outline: Vec<[f32; 2]> = (0..=160)
            .map(|i| {
                let t = i as f32 / 80.0 - 1.0;
                let rise = (1.0 - t.abs()).powf(1.25) * tall;
                [(x + t * 0.26) * w, (foot - rise - 0.006 * curve.at(i as f32 / 160.0) * (1.0 - t.abs())) * h]
            })
            .collect();
        peak.poly(&outline);
        let cover = peak.cover(c.size());
        c.lay(&cover, |_, v, p| mix(mix(shade, [0.05, 0.07, 0.14], 0.35), p, smooth(foot - tall, foot, v) * 0.96));
    }
}
