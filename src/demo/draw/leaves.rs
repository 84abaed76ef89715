//! Leaves against the light.

use super::blossom::{backdrop, wood};
use super::canvas::{Canvas, Rgb, hex, mix, scale, smooth};
use super::noise::Rng;
use super::shape::{Point, Shape};
use super::trees::{Habit, branches};
use std::f32::consts::PI;

#[derive(Clone, Copy, PartialEq)]
enum Leaf {
    Maple,
    Ginkgo,
    Oval,
}

fn outline(kind: Leaf) -> Vec<(f32, f32)> {
    match kind {
        Leaf::Maple => (0..=140)
            .map(|i| {
                let t = (i as f32 / 140.0 * 2.0 - 1.0) * 2.55;
                // Seven pointed lobes, the middle one longest, saw-toothed.
                let lobe = t / 0.78;
                let (k, f) = (lobe.round(), lobe - lobe.round());
                let long = 1.0 - 0.085 * k * k;
                let r = long * (0.26 + 0.74 * (1.0 - 2.0 * f.abs()).max(0.0).powf(1.25)) + 0.02 * (f * 60.0).sin() * (1.0 - 2.0 * f.abs());
                (t, r)
            })
            .collect(),
        Leaf::Ginkgo => (0..=80)
            .map(|i| {
                let q = i as f32 / 40.0 - 1.0;
                (q * 1.12, 0.92 - 0.42 * (-(q / 0.035).powi(2)).exp() + 0.025 * (q * 31.0).sin() + 0.05 * (q * 7.0).cos())
            })
            .collect(),
        Leaf::Oval => (0..=60)
            .map(|i| {
                // Along one side to the tip and back along the other.
                let q = 1.0 - (i as f32 / 30.0 - 1.0).abs();
                let side = if i < 30 { -0.27 } else { 0.27 };
                let y = side * (q.powf(0.8) * PI).sin().max(0.0).powf(0.8);
                (y.atan2(q.max(0.001)), q.hypot(y))
            })
            .collect(),
    }
}

fn leaf(c: &mut Canvas, kind: Leaf, at: Point, (size, turn): (f32, f32), (tone, edge): (Rgb, Rgb), soft: f32, rng: &mut Rng) {
    let squeeze = rng.range(0.72, 1.0);
    let (ts, tc) = turn.sin_cos();
    let place = |a: f32, r: f32| -> Point {
        let (x, y) = (a.cos() * r * size, a.sin() * r * size * squeeze);
        [at[0] + x * tc - y * ts, at[1] + x * ts + y * tc]
    };
    let mut points: Vec<Point> = outline(kind).iter().map(|(a, r)| place(*a, *r)).collect();
    if kind != Leaf::Oval {
        points.push(at);
    }
    let mut blade = Shape::new();
    blade.poly(&points);
    blade.line(at, place(PI, 0.75), size * 0.03, size * 0.02);
    let mut cover = blade.cover(c.size());
    if soft > 0.5 {
        cover = cover.blurred(soft, c.size());
    }
    let (w, h) = (c.w as f32, c.h as f32);
    let light = rng.range(0.86, 1.12);
    c.lay(&cover, |u, v, _| {
        let (dx, dy) = ((u * w - at[0]) / size, (v * h - at[1]) / size);
        let (x, y) = (dx * tc + dy * ts, (-dx * ts + dy * tc) / squeeze);
        let (d, a) = (x.hypot(y), y.atan2(x));
        let vein = match kind {
            Leaf::Maple => smooth(0.03, 0.0, (a - (a / 0.78).round() * 0.78).abs() * d),
            Leaf::Ginkgo => 0.35 * (a * 46.0).cos().max(0.0),
            Leaf::Oval => smooth(0.02, 0.0, y.abs()) + 0.6 * smooth(0.9, 1.0, ((x.abs() * 0.9 + y.abs() * 1.3) * 42.0).cos()),
        };
        let lit = mix(tone, edge, smooth(0.2, 1.0, d + 0.1 * (a * 5.0).sin()));
        mix(scale(lit, light * (0.9 + 0.22 * smooth(-0.6, 0.6, x - y))), scale(edge, 1.25), vein * 0.32)
    });
}

pub fn leaves(c: &mut Canvas, rng: &mut Rng) {
    type Set = ([u32; 3], [u32; 3], [(u32, u32); 4], Leaf);
    let sets: [Set; 5] = [
        (
            [0x6a7a3c, 0xa08a3c, 0xc86a30],
            [0xffe0a0, 0xffb060, 0xfff4d0],
            [(0xe0482a, 0xb02418), (0xf07830, 0xd04a1c), (0xd02c28, 0x8c1a20), (0xf4a83c, 0xe06a24)],
            Leaf::Maple,
        ),
        (
            [0x7fa8c8, 0xb8c4a8, 0xe8d88c],
            [0xfff8d0, 0xffe890, 0xffffff],
            [(0xf6cc2c, 0xe8a818), (0xfade58, 0xf0bc28), (0xe8b820, 0xc89018), (0xf8e480, 0xe8c83c)],
            Leaf::Ginkgo,
        ),
        (
            [0x1f4a34, 0x4a8050, 0xa8c87c],
            [0xf0ffc8, 0xc8f0a0, 0xfffff0],
            [(0x7cc04c, 0x4c9838), (0x5ca844, 0x34803c), (0xa4d860, 0x6cb044), (0x3c8c48, 0x206038)],
            Leaf::Oval,
        ),
        (
            [0x2c1c24, 0x5c2c28, 0x9c4c2c],
            [0xffb070, 0xff8048, 0xffd8a0],
            [(0xc83020, 0x841818), (0xe85828, 0xa82c18), (0xa82024, 0x601420), (0xe88030, 0xb84818)],
            Leaf::Maple,
        ),
        (
            [0x88b4a0, 0xb4d0b0, 0xe4ecc8],
            [0xffffff, 0xf4ffd8, 0xe0f4d0],
            [(0x8ccc6c, 0x58a058), (0xa8dc80, 0x70b868), (0x68b468, 0x3c8c54), (0xc4e894, 0x88c868)],
            Leaf::Maple,
        ),
    ];
    let (wash, lights, tones, kind) = rng.pick(&sets);
    backdrop(c, &wash, &lights, 0.5, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let flip = rng.chance(0.5);
    let hang = rng.range(0.15, 0.5);
    for (soft, size, count, y) in
        [(13.0, 84.0, 26, rng.range(0.5, 0.95)), (5.5, 72.0, 24, rng.range(0.1, 0.5)), (0.0, 92.0, 30, rng.range(0.12, 0.4))]
    {
        let mut twigs = Vec::new();
        let habit = Habit { spread: 0.5, keep: (0.72, 0.9), forks: (1, 2), bend: 0.03 * if flip { -1.0 } else { 1.0 }, thin: 0.75 };
        let near = soft == 0.0;
        let from_left = flip != near;
        let (x, angle) = if from_left { (-0.03 * w, hang - 0.3) } else { (1.03 * w, PI - hang + 0.3) };
        branches(([x, y * h], angle), 250.0 * s, 11.0 * s, 4, &habit, rng, &mut twigs);
        let bark = mix(hex(0x3a2a22), hex(wash[1]), if near { 0.0 } else { 0.4 });
        wood(c, &twigs, soft * s, bark);
        let first = twigs.len() / 5;
        for _ in 0..count {
            let twig = twigs[first + rng.below(twigs.len() - first)];
            let at = [twig.1[0] + rng.normal() * 14.0 * s, twig.1[1] + rng.normal() * 14.0 * s];
            let (tone, edge) = rng.pick(&tones);
            let turn = 1.2 + rng.normal() * 0.7 * if from_left { 1.0 } else { -1.0 };
            leaf(c, kind, at, (size * s * rng.range(0.65, 1.1), turn), (hex(tone), hex(edge)), soft * s, rng);
        }
    }
    for _ in 0..5 {
        let (tone, edge) = rng.pick(&tones);
        let (at, turn, soft) = ([rng.unit() * w, rng.range(0.45, 1.0) * h], rng.range(0.0, 6.0), rng.range(1.0, 8.0) * s);
        leaf(c, kind, at, (rng.range(30.0, 60.0) * s, turn), (hex(tone), hex(edge)), soft, rng);
    }
}
