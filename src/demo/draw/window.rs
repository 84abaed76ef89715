//! Light from a window on a wall.

use super::canvas::{Canvas, Rgb, hex, mix, scale, screen, smooth};
use super::noise::{Field, Rng};
use super::shape::{Point, Shape};
use std::f32::consts::PI;

/// Fronds of a pot plant, as a shape: for shadows.
pub fn fronds(size: (usize, usize), s: f32, rng: &mut Rng) -> Shape {
    let (w, h) = (size.0 as f32, size.1 as f32);
    let mut shape = Shape::new();
    let left = rng.chance(0.5);
    let foot = [if left { 0.1 * w } else { 0.9 * w }, 1.08 * h];
    let fern = rng.chance(0.5);
    for k in 0..9 {
        let t = k as f32 / 8.0;
        let tip =
            [foot[0] + (t - 0.35) * 900.0 * s * if left { 1.0 } else { -1.0 }, h * rng.range(0.16, 0.42) + 260.0 * s * (t - 0.5).abs()];
        let at = |q: f32| -> Point {
            let bow = q * (1.0 - q) * 170.0 * s * (t - 0.4);
            [foot[0] + (tip[0] - foot[0]) * q.powf(1.35) + bow, foot[1] + (tip[1] - foot[1]) * q]
        };
        let stem: Vec<Point> = (0..=30).map(|i| at(i as f32 / 30.0)).collect();
        shape.path(&stem, 4.0 * s);
        let steps = if fern { 30 } else { 11 };
        for i in steps / 3..=steps {
            let q = i as f32 / steps as f32;
            let (p, ahead) = (at(q), at((q + 0.02).min(1.02)));
            let way = (ahead[1] - p[1]).atan2(ahead[0] - p[0]);
            for side in [-1.0, 1.0] {
                let a = way + side * (1.15 - 0.45 * q);
                let long = if fern { (90.0 * (1.05 - q) + 26.0) * s } else { rng.range(60.0, 100.0) * s };
                let wide = if fern { 0.11 } else { 0.3 };
                let mid = [p[0] + a.cos() * long * 0.5, p[1] + a.sin() * long * 0.5];
                shape.oval_turned(mid[0], mid[1], long * 0.5, long * wide, a);
            }
        }
    }
    shape
}

pub fn window(c: &mut Canvas, rng: &mut Rng) {
    let sets: [([u32; 2], u32); 6] = [
        ([0xb78563, 0x8d5c45], 0xffcf94),
        ([0xc8c0b4, 0x989088], 0xfff0d0),
        ([0x7f9a94, 0x54706c], 0xffe8b8),
        ([0xc48a84, 0x8c5a60], 0xffd8b0),
        ([0x6c7894, 0x444e6c], 0xffd0a0),
        ([0xd8b878, 0xa07c48], 0xfff0c0),
    ];
    let (wall, sunlight) = rng.pick(&sets);
    let rough = Field::fbm(c.size(), 8.0, 7, 0.62, 1.0, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let dim = rng.range(0.5, 0.64);
    c.paint(|u, v, _| scale(mix(hex(wall[0]), hex(wall[1]), 0.6 * v + 0.4 * u), (1.0 + 0.03 * rough.at(u, v)) * dim));
    let (lean_x, lean_y) = (rng.range(-0.34, 0.34), rng.range(0.04, 0.24) * rng.sign());
    let (cx, cy) = (w * rng.range(0.4, 0.6), h * rng.range(0.4, 0.52));
    let place = |x: f32, y: f32| -> Point { [cx + (x - lean_x * y) * s * 1000.0, cy + (y - lean_y * x) * s * 1000.0] };
    let mut panes = Shape::new();
    match rng.below(4) {
        0 => {
            for k in 0..13 {
                let y = -0.36 + 0.058 * k as f32;
                panes.poly(&[place(-0.32, y), place(0.32, y), place(0.32, y + 0.034), place(-0.32, y + 0.034)]);
            }
        }
        1 => {
            // An arched window: three lights under a round head.
            for i in 0..3 {
                let (x0, x1) = (-0.3 + 0.205 * i as f32, -0.11 + 0.205 * i as f32);
                let head = |x: f32| -0.22 - (0.32f32 * 0.32 - (x - 0.0).powi(2)).max(0.0).sqrt() * 0.7;
                for j in 0..2 {
                    let (y0, y1) = (-0.2 + 0.3 * j as f32, 0.08 + 0.3 * j as f32);
                    panes.poly(&[place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1)]);
                }
                let mut top: Vec<Point> = (0..=14).map(|k| x0 + (x1 - x0) * k as f32 / 14.0).map(|x| place(x, head(x))).collect();
                top.push(place(x1, -0.222));
                top.push(place(x0, -0.222));
                panes.poly(&top);
            }
        }
        _ => {
            let (nx, ny) = (2 + rng.below(2), 2 + rng.below(3));
            let (pw, ph) = (0.62 / nx as f32, 0.78 / ny as f32);
            for i in 0..nx {
                for j in 0..ny {
                    let (x, y) = (-0.31 + pw * i as f32, -0.39 + ph * j as f32);
                    panes.poly(&[place(x, y), place(x + pw - 0.022, y), place(x + pw - 0.022, y + ph - 0.022), place(x, y + ph - 0.022)]);
                }
            }
        }
    }
    let near = panes.cover(c.size()).blurred(2.6 * s, c.size());
    let far = panes.cover(c.size()).blurred(9.0 * s, c.size());
    let plant = rng.chance(0.75);
    let leaves = if plant { fronds(c.size(), s, rng).cover(c.size()) } else { Shape::new().cover(c.size()) };
    let (sharp, soft) = (leaves.blurred(3.4 * s, c.size()), leaves.blurred(11.0 * s, c.size()));
    let light = hex(sunlight);
    let mut only = Canvas::new(c.w, c.h);
    only.paint(|u, v, _| {
        let (x, y) = (u * w, v * h);
        let sun = near.get(x, y) * 0.62 + far.get(x, y) * 0.38;
        let veil = 1.0 - 0.88 * (sharp.get(x, y) * 0.62 + soft.get(x, y) * 0.38);
        scale(light, sun * veil)
    });
    let spill = only.blurred(90.0 * s, 90.0 * s);
    c.paint(|u, v, p| {
        let i = ((v * h) as usize).min(only.h - 1) * only.w + ((u * w) as usize).min(only.w - 1);
        let lit = scale(only.px[i], 0.62 * (1.05 - 0.3 * u) * (1.0 + 0.03 * rough.at(u, v)));
        let p = [p[0] + lit[0], p[1] + lit[1], p[2] + lit[2]];
        screen(p, scale(spill.at(u, v), 0.22))
    });
    if rng.chance(0.45) {
        shelf(c, rng);
    }
}

/// A shelf along the foot of the wall with a vase and a few books.
fn shelf(c: &mut Canvas, rng: &mut Rng) {
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let y = h * rng.range(0.86, 0.9);
    let mut board = Shape::new();
    board.rect(0.0, y, w, h + 1.0);
    let cover = board.cover(c.size());
    c.lay(&cover, |u, v, p| mix(scale(p, 0.45), hex(0x4a3424), 0.5 + 0.05 * (v * 400.0 + (u * 6.0).sin() * 4.0).sin()));
    let mut x = w * rng.range(0.12, 0.6);
    let tones = [0xb8543c, 0x2f5560, 0xe0c088, 0x6c7a50, 0x8c6a84, 0xe8e0d0];
    for _ in 0..3 + rng.below(4) {
        let (bw, bh) = (rng.range(16.0, 34.0) * s, rng.range(110.0, 170.0) * s);
        let mut book = Shape::new();
        book.rect(x, y - bh, x + bw, y);
        let hue = scale(hex(rng.pick(&tones)), 0.62);
        let cover = book.cover(c.size());
        c.lay(&cover, |u, v, p| {
            let band = smooth(0.02, 0.0, ((v * h - y + bh) / bh - 0.14).abs());
            add_light(scale(mix(hue, [0.9, 0.8, 0.6], band * 0.5), 1.12 - 0.4 * (u * w - x) / bw), p)
        });
        x += bw + 1.0 * s;
    }
    x += rng.range(46.0, 80.0) * s;
    let (r, tall) = (rng.range(30.0, 44.0) * s, rng.range(90.0, 140.0) * s);
    let mut vase = Shape::new();
    let half = |t: f32| r * (0.42 + 0.62 * (t * PI).sin().max(0.0).powf(0.8) * (1.0 - 0.35 * t));
    let mut points: Vec<Point> = (0..=24).map(|i| i as f32 / 24.0).map(|t| [x + half(t), y - tall * t]).collect();
    points.extend((0..=24).rev().map(|i| i as f32 / 24.0).map(|t| [x - half(t), y - tall * t]));
    vase.poly(&points);
    let cover = vase.cover(c.size());
    let hue = hex(rng.pick(&[0xe8ded0, 0x5c7a80, 0xb87a5c, 0x3c4448]));
    c.lay(&cover, |u, _, p| {
        let d = (u * w - x) / r;
        add_light(scale(hue, 0.62 - 0.34 * d * d.signum() * d.abs() + 0.2 * smooth(0.3, 0.0, (d + 0.4).abs())), p)
    });
    let mut stems = Shape::new();
    let mut heads = Vec::new();
    for _ in 0..5 {
        let tip = [x + rng.normal() * 60.0 * s, y - tall - rng.range(70.0, 190.0) * s];
        stems.line([x, y - tall * 0.95], tip, 2.4 * s, 1.6 * s);
        heads.push(tip);
    }
    let cover = stems.cover(c.size());
    c.lay(&cover, |_, _, p| mix(p, hex(0x3c4a30), 0.85));
    let bloom = hex(rng.pick(&[0xe8d8c0, 0xd8806c, 0xe0b050, 0xb898c0]));
    for tip in heads {
        let mut dots = Shape::new();
        for _ in 0..11 {
            dots.oval(tip[0] + rng.normal() * 11.0 * s, tip[1] + rng.normal() * 14.0 * s, rng.range(4.0, 9.0) * s, rng.range(4.0, 8.0) * s);
        }
        let cover = dots.cover(c.size());
        c.lay(&cover, |_, v, p| add_light(scale(bloom, 0.82 - 0.2 * (v * h - tip[1]) / (30.0 * s)), p));
    }
}

/// Lets a thing pick up some of the light that falls on the wall behind it.
fn add_light(a: Rgb, wall: Rgb) -> Rgb {
    let k = 0.75 + 0.5 * (wall[0] * 0.4 + wall[1] * 0.4 + wall[2] * 0.2);
    [a[0] * k, a[1] * k, a[2] * k]
}
