//! Lamps up close: through a wet window, in paper.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, screen, smooth};
use super::noise::Rng;
use super::shape::Shape;
use super::sky::veil;

pub fn rain_window(c: &mut Canvas, rng: &mut Rng) {
    let sets: [([u32; 4], [u32; 6]); 5] = [
        ([0x0d1626, 0x1b2742, 0x33304d, 0x12131f], [0xffb45c, 0xff8f4a, 0xffd9a0, 0xff5a4f, 0x5fd0e6, 0x8fb7ff]),
        ([0x1a1024, 0x3a1a44, 0x4f2350, 0x160c1e], [0xff4fa0, 0x8f5bff, 0x4fe0ff, 0xff8f5a, 0xffd0f0, 0x5a7bff]),
        ([0x0f2a30, 0x1c434a, 0x2f5550, 0x0e2024], [0xfff0c8, 0xffcf8a, 0xb6f0da, 0xff8a6a, 0xe8f6ff, 0x9fe0c8]),
        ([0x2a1a12, 0x4a2c1a, 0x6a3d20, 0x1c110c], [0xffd08a, 0xffa14f, 0xff7a3c, 0xffe8c0, 0xffb870, 0xf2603c]),
        ([0x24344e, 0x46587a, 0x7a7488, 0x2a3040], [0xfff0d8, 0xffe0b0, 0xff7f6a, 0xcfe6ff, 0xffc88a, 0xb8f0c8]),
    ];
    let (tones, lamps) = rng.pick(&sets);
    let ramp = Ramp::new(&[(0.0, tones[0]), (0.45, tones[1]), (0.62, tones[2]), (1.0, tones[3])]);
    c.paint(|_, v, _| ramp.at(v));
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let middle = rng.range(0.42, 0.62);
    let big = rng.range(0.7, 1.35);
    for (r, count, power) in [(18.0, 60, 0.62), (40.0, 44, 0.5), (72.0, 22, 0.36)] {
        for _ in 0..count {
            let (x, y) = (rng.unit() * w, (middle + rng.normal() * 0.15).clamp(0.02, 0.98) * h);
            let hue = hex(lamps[(rng.unit().powf(1.4) * 6.0) as usize % 6]);
            c.bokeh(x, y, r * s * big * rng.range(0.85, 1.15), scale(hue, power * rng.range(0.35, 1.0)), 0.22);
        }
    }
    let soft = c.blurred(4.0 * s, 46.0 * s);
    c.paint_rows(middle, 1.0, |u, v, p| screen(p, scale(soft.at(u, v), 0.4 * smooth(middle, 1.0, v))));
    let sharp = c.shrink(2);
    let fogged = rng.chance(0.5);
    let mist = c.blurred(14.0 * s, 14.0 * s);
    if fogged {
        c.paint(|u, v, p| mix(p, screen(scale(mist.at(u, v), 0.92), [0.05, 0.06, 0.07]), 0.62));
    }
    let mut drops: Vec<(f32, f32, f32)> = Vec::new();
    for _ in 0..620 {
        drops.push((rng.unit() * w, rng.unit() * h, (1.8 + rng.exp() * 2.9).min(21.0) * s));
    }
    for _ in 0..9 {
        // A runner: a wavering trail of small beads under one heavy drop.
        let (mut x, y0, len) = (rng.unit() * w, rng.range(-0.1, 0.5) * h, rng.range(0.15, 0.5) * h);
        let mut y = y0;
        while y < y0 + len {
            if fogged {
                clear(c, &sharp, (x, y), 6.0 * s);
            }
            if rng.chance(0.4) {
                drops.push((x + rng.normal() * 2.0 * s, y, rng.range(1.4, 4.0) * s));
            }
            y += 4.0 * s;
            x += rng.normal() * 0.9 * s;
        }
        drops.push((x, y, rng.range(9.0, 15.0) * s));
    }
    for (x, y, r) in drops {
        drop(c, &sharp, x, y, r, rng.range(1.05, 1.3));
    }
}

/// Wipes mist off the glass along a runner.
fn clear(c: &mut Canvas, sharp: &Canvas, (x, y): (f32, f32), r: f32) {
    let (w, h) = (c.w as f32, c.h as f32);
    let mut spot = Shape::new();
    spot.oval(x, y, r, r * 0.8);
    let cover = spot.cover(c.size());
    c.lay(&cover, |u, v, p| mix(p, sharp.at(u, v), 0.5 * smooth(r, r * 0.4, (u * w - x).hypot(v * h - y))));
}

/// A drop shows the street behind it upside down.
fn drop(c: &mut Canvas, sharp: &Canvas, x: f32, y: f32, r: f32, tall: f32) {
    let (w, h) = (c.w as f32, c.h as f32);
    let mut bead = Shape::new();
    bead.oval(x, y, r, r * tall);
    let cover = bead.cover(c.size());
    c.lay(&cover, |u, v, p| {
        let (dx, dy) = ((u * w - x) / r, (v * h - y) / (r * tall));
        let q = dx.hypot(dy);
        let mut a = sharp.at((x - dx * 9.0 * r) / w, (y - dy * 11.0 * r) / h);
        a = scale(a, 0.5 + 0.95 * smooth(-0.9, 0.95, dy));
        a = scale(a, 1.0 - 0.55 * smooth(0.68, 1.0, q));
        let spark = (-((dx + 0.32).powi(2) + (dy + 0.42).powi(2)) / 0.03).exp();
        mix(p, screen(a, [0.62 * spark; 3]), smooth(1.02, 0.86, q))
    });
}

pub fn lanterns(c: &mut Canvas, rng: &mut Rng) {
    let skies: [[u32; 3]; 4] =
        [[0x141a3a, 0x2b2145, 0x170f22], [0x0a1420, 0x14283a, 0x0a1018], [0x3a2450, 0x8a4a6a, 0xd98a6a], [0x1c0d12, 0x3a1418, 0x12080c]];
    let sky = Ramp::even(&rng.pick(&skies));
    c.paint(|_, v, _| sky.at(v));
    veil(c, sky.at(0.6), 0.5, (0.0, 0.5, 1.0), 2.0, rng);
    let all = [
        (0xff6a4d, 0xffd08a),
        (0xffb03a, 0xfff0b8),
        (0xf2528a, 0xffc6c0),
        (0x5fb36a, 0xeef7b0),
        (0x4f8fe0, 0xd2ecff),
        (0xff8a3c, 0xffe0a0),
    ];
    let tones: Vec<(u32, u32)> = match rng.below(4) {
        0 => vec![all[0], all[5]],
        1 => vec![(0xf4e3c0, 0xfffbe6), all[1], (0xe9d0a8, 0xfff4d8)],
        2 => vec![all[2], (0xc77be0, 0xf6d8ff), all[4]],
        _ => all.to_vec(),
    };
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let sag = rng.range(0.02, 0.06);
    let lean = rng.range(-0.1, 0.1);
    let long = rng.range(0.8, 1.25);
    for (level, (rows, size, soft, dim)) in [(7, 26.0, 9.0, 0.55), (5, 46.0, 3.2, 0.82), (3, 84.0, 0.0, 1.0)].into_iter().enumerate() {
        let size = size * s;
        // What will be out of focus is drawn small to begin with.
        let k = [3, 2, c.w][level];
        let fit = 1.0 / k as f32;
        let mut layer = Canvas::new(c.w.div_ceil(k), c.h.div_ceil(k));
        let mut mask = Canvas::new(layer.w, layer.h);
        let mut spots = Vec::new();
        for j in 0..rows {
            let string = |x: f32| {
                (j as f32 + 0.3) * h / rows as f32
                    + h * (lean * (x / w - 0.5) + sag * ((x / w * 3.1 + j as f32 * 0.7 + level as f32).sin()))
            };
            let mut wire = Shape::new();
            let points: Vec<[f32; 2]> = (0..=40).map(|i| [i as f32 / 40.0 * w, string(i as f32 / 40.0 * w) - size * 1.06]).collect();
            wire.path(&points, 1.1 * s * (1.0 + level as f32 * 0.4));
            let cover = wire.cover(c.size());
            c.lay(&cover, |_, _, p| scale(p, 0.5));
            let mut x = rng.range(-0.8, 0.4) * size;
            while x < w + size {
                if level < 2 || rng.chance(0.68) {
                    spots.push((x + rng.normal() * size * 0.1, string(x) + rng.normal() * size * 0.05));
                }
                x += size * 2.5;
            }
        }
        for (x, y) in spots {
            let (deep, bright) = tones[rng.below(tones.len())];
            c.glow(x, y, size * 1.5, scale(hex(deep), 0.24 * dim));
            if soft == 0.0 {
                lantern(c, (x, y), (size, size * 0.88 * long), hex(deep), hex(bright), dim);
                continue;
            }
            let (at, r) = ((x * fit, y * fit), (size * fit, size * 0.88 * long * fit));
            lantern(&mut layer, at, r, hex(deep), hex(bright), dim);
            let mut body = Shape::new();
            body.oval(at.0, at.1, r.0, r.1);
            let cover = body.cover(mask.size());
            mask.lay(&cover, |_, _, _| [1.0; 3]);
        }
        if soft > 0.0 {
            layer.blur(soft * s * fit, soft * s * fit);
            mask.blur(soft * s * fit, soft * s * fit);
            c.paint(|u, v, p| {
                let a = mask.at(u, v)[0];
                if a < 0.01 {
                    return p;
                }
                mix(p, scale(layer.at(u, v), 1.0 / a.max(0.02)), a)
            });
        }
    }
    c.bloom(0.7, 26.0 * s, 0.3);
}

fn lantern(c: &mut Canvas, (x, y): (f32, f32), (rx, ry): (f32, f32), deep: Rgb, bright: Rgb, dim: f32) {
    let (w, h) = (c.w as f32, c.h as f32);
    let mut tail = Shape::new();
    tail.line([x, y + ry], [x, y + ry * 1.35], rx * 0.03, rx * 0.03);
    tail.poly(&[
        [x - rx * 0.06, y + ry * 1.3],
        [x + rx * 0.06, y + ry * 1.3],
        [x + rx * 0.12, y + ry * 1.8],
        [x - rx * 0.12, y + ry * 1.8],
    ]);
    tail.line([x, y - ry], [x, y - ry * 1.25], rx * 0.03, rx * 0.03);
    let cover = tail.cover(c.size());
    c.lay(&cover, |_, _, _| scale(deep, 0.75 * dim));
    let mut body = Shape::new();
    body.oval(x, y, rx, ry);
    let cover = body.cover(c.size());
    c.lay(&cover, |u, v, _| {
        let (dx, dy) = ((u * w - x) / rx, (v * h - y) / ry);
        let across = (dx / (1.0 - dy * dy).max(0.05).sqrt()).clamp(-1.0, 1.0).asin();
        let rib = 0.84 + 0.16 * (across * 6.0).cos().abs().powf(0.6);
        let heat = (-(dx * dx + (dy - 0.2).powi(2)) / 0.55).exp();
        scale(mix(deep, bright, heat), rib * (0.68 + 0.45 * heat) * dim)
    });
    let mut caps = Shape::new();
    caps.round(x - rx * 0.28, y - ry * 1.06, x + rx * 0.28, y - ry * 0.9, rx * 0.05);
    caps.round(x - rx * 0.24, y + ry * 0.92, x + rx * 0.24, y + ry * 1.05, rx * 0.05);
    let cover = caps.cover(c.size());
    c.lay(&cover, |_, _, _| scale(hex(0x3a1f22), dim));
}
