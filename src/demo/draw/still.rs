//! Fruit by a window, and marbled ink.

use super::canvas::{Canvas, Ramp, hex, mix, scale, screen, smooth};
use super::noise::{Field, Rng, Tile};
use super::shape::{Point, Shape};
use std::f32::consts::TAU;

pub fn fruit(c: &mut Canvas, rng: &mut Rng) {
    // Chosen first, so that a seed keeps its fruit at every size.
    let kind = rng.below(6);
    // Fruit on a table by a window, seen from the side.
    let walls = [(0x6c7a78, 0x3c4a4c), (0xd8cfc0, 0xb0a494), (0x3a3438, 0x1c181c), (0x8c9cac, 0x5c6c80), (0xb88c74, 0x7c5444)];
    let (wall, corner) = rng.pick(&walls);
    let rough = Field::fbm(c.size(), 5.0, 6, 0.55, 1.0, rng);
    let left = rng.chance(0.5);
    let side = if left { -1.0 } else { 1.0 };
    let line = rng.range(0.52, 0.6);
    let top = hex(rng.pick(&[0x7c5638, 0xe0d8cc, 0x4a3428, 0xa8b0ac]));
    c.paint(|u, v, _| {
        let x = if left { u } else { 1.0 - u };
        let glow = (-((x - 0.2).powi(2) * 2.6 + (v - 0.3).powi(2) * 2.4)).exp();
        if v < line {
            scale(mix(hex(corner), hex(wall), glow), 1.0 + 0.03 * rough.at(u, v))
        } else {
            let near = (v - line) / (1.0 - line);
            let streak = rough.at(u * 0.2, (v * 3.0).fract());
            scale(top, (0.62 + 0.42 * glow.sqrt()) * (1.0 - 0.2 * near) * (1.0 + 0.05 * streak) * (0.8 + 0.2 * smooth(0.0, 0.03, near)))
        }
    });
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    // The window itself is out of the picture, but its light lies on the wall.
    let mut panes = Shape::new();
    let (px, slant) = (w * if left { rng.range(0.3, 0.45) } else { rng.range(0.2, 0.3) }, rng.range(0.15, 0.4) * side);
    let (pw, ph) = (rng.range(90.0, 130.0) * s, line * h * 0.34);
    for i in 0..3 {
        for j in 0..2 {
            let (x, y) = (px + i as f32 * pw * 1.13, h * 0.06 + j as f32 * ph * 1.1);
            let lean = |yy: f32| slant * (yy - h * 0.06);
            panes.poly(&[
                [x + lean(y), y],
                [x + pw + lean(y), y + pw * 0.12],
                [x + pw + lean(y + ph), y + ph + pw * 0.12],
                [x + lean(y + ph), y + ph],
            ]);
        }
    }
    let sun = panes.cover(c.size()).blurred(7.0 * s, c.size());
    let warmth = rng.range(0.18, 0.4);
    c.lay(&sun, |_, v, p| if v < line { screen(p, scale([1.0, 0.84, 0.6], warmth)) } else { p });
    let kinds: [(u32, u32, u32); 6] = [
        (0xf08430, 0xb8481c, 0),
        (0xf2a41c, 0xc8701c, 1),
        (0xd8342c, 0x7c141c, 2),
        (0xf4d43c, 0xc89c24, 3),
        (0x9cb848, 0x5c7c28, 2),
        (0xe89c8c, 0xb8545c, 1),
    ];
    let (tone, deep, model) = kinds[kind];
    let (tone, deep) = (hex(tone), hex(deep));
    let mut spots: Vec<(f32, f32, f32)> = Vec::new();
    let count = (3 + rng.below(4)).min((w / (215.0 * s)) as usize).max(3);
    let foot = (line + 1.0) * 0.5 * h;
    for k in 0..count {
        let r = rng.range(104.0, 136.0) * s;
        let x = w * 0.5 + (k as f32 - (count as f32 - 1.0) / 2.0) * r * 1.72 + rng.normal() * 12.0 * s;
        spots.push((x, foot + rng.range(-0.12, 0.5) * r, r));
    }
    if rng.chance(0.5) && count > 3 {
        let (a, b) = (spots[1], spots[2]);
        spots.insert(
            0,
            (
                (a.0 + b.0) / 2.0,
                a.1.min(b.1)
                    - a.2
                        * if model == 3 {
                            1.02
                        } else if model == 0 {
                            1.2
                        } else {
                            1.42
                        },
                a.2 * 0.95,
            ),
        );
    }
    spots.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x, y, r) in &spots {
        let mut under = Shape::new();
        under.oval(x - side * r * 0.75, y + r * 0.04, r * 1.25, r * 0.2);
        let cover = under.cover(c.size()).blurred(r * 0.11, c.size());
        c.lay(&cover, |_, v, p| if v > line { scale(p, 0.5) } else { p });
    }
    let pores = Tile::new(64, 2, 0.7, rng);
    for (x, y, r) in spots {
        let squash = match model {
            0 => 0.82,
            3 => 0.78,
            _ => 0.95,
        };
        let tilt = rng.range(-0.25, 0.25);
        let cy = y - r * squash * 0.96;
        let mut body = Shape::new();
        match model {
            3 => {
                let points: Vec<Point> = (0..90)
                    .map(|i| i as f32 / 90.0 * TAU)
                    .map(|a| {
                        let tip = 0.2 * (-(((a.sin().abs()) / 0.24).powi(2))).exp();
                        let (px, py) = (a.cos() * (1.0 + tip), a.sin() * squash);
                        [x + r * (px * tilt.cos() - py * tilt.sin()), cy + r * (px * tilt.sin() + py * tilt.cos())]
                    })
                    .collect();
                body.poly(&points);
            }
            _ => {
                body.oval(x, cy, r, r * squash);
            }
        }
        let cover = body.cover(c.size());
        let shift = rng.unit();
        c.lay(&cover, |u, v, p| {
            let (dx, dy) = ((u * w - x) / r, (v * h - cy) / (r * squash));
            let d2 = (dx * dx + dy * dy).min(1.0);
            let nz = (1.0 - d2).sqrt();
            // Lambert with a wrap, a little bounce from the table, and one soft highlight.
            let lambert = (0.62 * side * dx - 0.5 * dy + 0.6 * nz).max(-0.2);
            let light = 0.2 + 0.82 * smooth(-0.3, 1.05, lambert);
            let n = pores.at(dx / (1.25 + nz) + shift, dy / (1.25 + nz) + shift);
            let blush = if model == 2 { smooth(-0.2, 0.9, dx * 0.6 + dy * 0.4 + 0.3 * n) * 0.5 } else { smooth(0.5, 1.0, d2) * 0.55 };
            let skin = scale(mix(tone, deep, blush), light * (1.0 + 0.025 * n));
            let bounce = 0.13 * smooth(0.3, 1.0, dy);
            let spot = (-((dx - 0.4 * side).powi(2) + (dy + 0.45).powi(2)) / 0.035).exp();
            let soft = (-((dx - 0.36 * side).powi(2) + (dy + 0.4).powi(2)) / 0.2).exp();
            let a = [skin[0] + top[0] * bounce, skin[1] + top[1] * bounce, skin[2] + top[2] * bounce];
            mix(p, screen(a, [0.34 * spot + 0.1 * soft; 3]), 1.0)
        });
        crown(c, (x, cy - r * squash * 0.82), r, model, rng);
    }
    c.bloom(0.75, 20.0 * s, 0.12);
}

/// What sits on top of a fruit: a calyx, a button, or a stalk with a leaf.
fn crown(c: &mut Canvas, (x, y): (f32, f32), r: f32, model: u32, rng: &mut Rng) {
    let mut green = Shape::new();
    let mut stalk = Shape::new();
    match model {
        0 => {
            for k in 0..5 {
                let a = -0.35 + k as f32 * 0.96;
                let (dx, dy) = (a.cos(), a.sin() * 0.42);
                let tip = [x + dx * r * 0.52, y + dy * r * 0.6 + r * 0.08];
                let (nx, ny) = (-dy * r * 0.3, dx * r * 0.15);
                green.poly(&[
                    [x, y - r * 0.02],
                    [x + dx * r * 0.26 + nx, y + dy * r * 0.3 + ny],
                    tip,
                    [x + dx * r * 0.26 - nx, y + dy * r * 0.3 - ny],
                ]);
            }
            stalk.round(x - r * 0.05, y - r * 0.16, x + r * 0.06, y + r * 0.04, r * 0.03);
        }
        3 => return,
        _ => {
            stalk.line([x, y + r * 0.02], [x + r * 0.06, y - r * 0.28], r * 0.05, r * 0.04);
            if rng.chance(0.6) {
                let a = rng.range(-0.6, 0.1) + if rng.chance(0.5) { 3.4 } else { 0.0 };
                green.oval_turned(x + a.cos() * r * 0.34, y - r * 0.2 + a.sin() * r * 0.34, r * 0.32, r * 0.12, a);
            }
        }
    }
    let cover = green.cover(c.size());
    let w = c.w as f32;
    c.lay(&cover, |u, _, _| scale(hex(0x55763a), 0.85 + 0.3 * smooth(-r, r, u * w - x)));
    let cover = stalk.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0x54402a));
}

/// Ink on water: noise bent by noise bent by noise.
pub fn marble(c: &mut Canvas, rng: &mut Rng) {
    let sets: [([u32; 6], u32); 7] = [
        ([0x0f2f3c, 0x1c5f68, 0xe9dcc4, 0xf4e9d6, 0xd98860, 0x7b2f3c], 0xe8b65c),
        ([0x10142c, 0x24346c, 0x6c8cc0, 0xe4ecf4, 0xf8f4ec, 0xc0a8c8], 0xe8d8b0),
        ([0x1c1c1c, 0x4a4a48, 0xb8b4ac, 0xf2efe8, 0xe4dfd4, 0x84807a], 0xd4a84c),
        ([0x2a1030, 0x7a2a5c, 0xe06c84, 0xfad4c0, 0xfff0dc, 0xe8a85c], 0xfff0c0),
        ([0x0c2c24, 0x1f6a50, 0x8cc0a0, 0xf0f0dc, 0xf4e4c0, 0xc89858], 0xf0d488),
        ([0xf6efe6, 0xf0dcd0, 0xe8b8b0, 0xc88c98, 0x7c6a94, 0x3c4470], 0xfff4e0),
        ([0x08283c, 0x0c5c78, 0x38a0a8, 0xc8e8dc, 0xfaf2dc, 0xf0b890], 0xf8e0a0),
    ];
    let (tones, gold) = rng.pick(&sets);
    let ramp = Ramp::even(&tones);
    let (a, b) = (Tile::new(2, 3, 0.5, rng), Tile::new(2, 3, 0.5, rng));
    let zoom = rng.range(0.5, 0.95);
    let warp = rng.range(0.07, 0.13);
    let (sx, sy) = (rng.range(0.7, 1.2), rng.range(0.7, 1.2));
    let aspect = c.aspect();
    let gold = hex(gold);
    let veins = rng.chance(0.75);
    // Slow colours, so half the size is enough; it is read back smoothly.
    let mut half = Canvas::new(c.w.div_ceil(2), c.h.div_ceil(2));
    let bend = |u: f32, v: f32| {
        let (x, y) = (u * aspect * zoom * sx, v * zoom * sy);
        let (qx, qy) = (a.at(x, y), b.at(x, y));
        let (rx, ry) = (a.at(x + warp * qy, y + warp * qx), b.at(x + warp * qx + 0.4, y + warp * qy));
        (a.at(x + warp * ry, y + warp * rx), rx, ry)
    };
    let step = 1.5 / half.h as f32;
    half.paint(|u, v, _| {
        let (f, rx, ry) = bend(u, v);
        let (g, _, _) = bend(u + step, v - step);
        let bands = 0.5 + 0.5 * (f * 4.4 + rx * 2.0).sin();
        let mut p = scale(ramp.at(0.5 + f * 0.24), 0.9 + 0.13 * bands);
        if veins {
            let line = smooth(0.96, 0.995, 0.5 + 0.5 * (f * 9.0 + ry * 3.0).sin());
            p = mix(p, gold, line * 0.8);
        }
        scale(p, 1.0 + ((g - f) * 8.0).clamp(-0.16, 0.2))
    });
    c.paint(|u, v, _| half.at(u, v));
}
