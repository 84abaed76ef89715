//! Nights under the sky: aurora, the milky way, the moon.

use super::canvas::{Canvas, Ramp, Rgb, add, hex, mix, scale, screen, smooth};
use super::noise::{Curve, Field, Rng, Tile};
use super::shape::Shape;
use super::sky::{Clouds, Water, clouds, stars, sun, water};
use super::trees::{Habit, below, branches, fir_row};

pub fn aurora(c: &mut Canvas, rng: &mut Rng) {
    let line = rng.range(0.68, 0.82);
    let tones: [[u32; 5]; 4] = [
        [0xbdffd8, 0x52eda3, 0x2a9ab4, 0x8656d4, 0xb25ad0],
        [0xd4ffd0, 0x7cf07a, 0x35b59b, 0x2f6fc0, 0x4a45a8],
        [0xc9fff0, 0x48e0c8, 0x3c8fe0, 0x9a4fd6, 0xe0559c],
        [0xf6ffd0, 0x9af07c, 0x3fc79a, 0xc055a0, 0xf04f6c],
    ];
    let tone = rng.pick(&tones);
    let sky = Ramp::new(&[(0.0, 0x050919), (line * 0.6, 0x0c1d33), (line, 0x1c4250)]);
    c.paint(|_, v, _| sky.at(v));
    stars(c, 700, line, rng);
    // The curtains are soft, so they are drawn at a third of the size.
    let k = 3;
    let (w, h) = (c.w.div_ceil(k), c.h.div_ceil(k));
    let mut light = Canvas::new(w, h);
    let hue = Ramp::new(&[(0.0, tone[0]), (0.12, tone[1]), (0.42, tone[2]), (0.75, tone[3]), (1.0, tone[4])]);
    let bands = 2 + rng.below(3);
    for b in 0..bands {
        let sway = Curve::new(rng.range(1.2, 2.2), 3, 0.45, rng);
        let rays = Curve::new(rng.range(14.0, 26.0), 4, 0.62, rng);
        let slow = Curve::new(2.0, 2, 0.5, rng);
        let base = line * (0.86 - 0.22 * b as f32) + rng.range(-0.03, 0.03);
        let tilt = rng.range(-0.18, 0.18);
        let tall = rng.range(0.12, 0.2);
        for y in 0..h {
            let v = y as f32 / h as f32;
            for x in 0..w {
                let u = x as f32 / w as f32;
                let foot = base - 0.12 * sway.at(u) + tilt * (u - 0.5);
                let up = foot - v;
                if up < -0.02 {
                    continue;
                }
                let fold = u + 0.05 * sway.at((u + 0.3).fract());
                let ray = (0.75 + 0.42 * rays.at(fold.clamp(0.0, 1.0))).clamp(0.12, 2.0);
                let slow = (0.62 + 0.5 * slow.at(u)).clamp(0.0, 1.6);
                let shape = (-up.max(0.0) / (tall * (0.55 + 0.5 * ray))).exp() * smooth(-0.014, 0.022, up);
                let p = &mut light.px[y * w + x];
                *p = add(*p, scale(hue.at(up / 0.42), shape * ray * slow * 0.66));
            }
        }
    }
    light.blur(0.6, 1.6);
    let wide = light.blurred(9.0 * h as f32 / 400.0, 9.0 * h as f32 / 400.0);
    c.paint_rows(0.0, line, |u, v, p| {
        let glow = add(scale(light.at(u, v), 0.85), scale(wide.at(u, v), 0.4));
        screen(p, glow)
    });
    let (s, h) = (c.unit(), c.h as f32);
    let far = Curve::new(2.6, 7, 0.5, rng);
    let hill = below(c.size(), |u| (line - 0.035 - 0.06 * (0.4 + 0.6 * far.at(u)).max(0.0)) * h, line * h + 1.0).cover(c.size());
    c.lay(&hill, |_, v, _| mix(hex(0x0a1a26), hex(0x16343c), smooth(line - 0.1, line, v) * 0.6));
    let near = Curve::new(1.6, 5, 0.5, rng);
    let tall = rng.range(26.0, 52.0) * s;
    let forest = fir_row(c.size(), |u| (line - 0.012 - 0.012 * near.at(u)) * h, tall, (c.w as f32 / s / 7.0) as usize, line * h + 1.0, rng);
    let cover = forest.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0x050b12));
    if rng.chance(0.5) {
        cabin(c, (rng.range(0.15, 0.85), line - 0.004), 26.0 * s);
    }
    water(c, &Water { line, chop: rng.range(0.15, 0.5), deep: 0x04101a, depth: 0.45, smear: 0.02, path: None }, rng);
}

/// A small dark house with a lit window.
pub fn cabin(c: &mut Canvas, at: (f32, f32), size: f32) {
    let (x, y) = (at.0 * c.w as f32, at.1 * c.h as f32);
    let mut walls = Shape::new();
    walls.poly(&[
        [x - size, y],
        [x - size, y - size * 0.7],
        [x - size * 1.15, y - size * 0.66],
        [x, y - size * 1.5],
        [x + size * 1.15, y - size * 0.66],
        [x + size, y - size * 0.7],
        [x + size, y],
    ]);
    walls.rect(x + size * 0.45, y - size * 1.6, x + size * 0.65, y - size);
    let cover = walls.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0x1a1214));
    let mut panes = Shape::new();
    panes.rect(x - size * 0.62, y - size * 0.58, x - size * 0.2, y - size * 0.2);
    panes.rect(x + size * 0.2, y - size * 0.58, x + size * 0.62, y - size * 0.2);
    let cover = panes.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0xffd08a));
    c.glow(x, y - size * 0.3, size * 2.2, scale(hex(0xff9c4a), 0.55));
}

pub fn milky_way(c: &mut Canvas, rng: &mut Rng) {
    let tones: [([u32; 4], u32, u32); 4] = [
        ([0x060a1a, 0x0f1b38, 0x2a3556, 0x6f5a63], 0x7f8fd0, 0xffcfa3),
        ([0x03090f, 0x0a2030, 0x17404d, 0x4b7f77], 0x6fb0c8, 0xf5e3b4),
        ([0x0b0618, 0x1f1238, 0x44265a, 0x9a5566], 0x9c7fd8, 0xffb59a),
        ([0x05070f, 0x10172a, 0x222c46, 0x3f4a66], 0x9fb2e6, 0xfff0dc),
    ];
    let (sky, cool, warm) = rng.pick(&tones);
    let ramp = Ramp::new(&[(0.0, sky[0]), (0.5, sky[1]), (0.78, sky[2]), (0.92, sky[3])]);
    c.paint(|_, v, _| ramp.at(v));
    let (a, b) = (Field::fbm(c.size(), 3.0, 7, 0.6, 1.0, rng), Field::fbm(c.size(), 5.0, 7, 0.62, 1.0, rng));
    let lean = rng.range(0.3, 1.0) * rng.sign();
    let (sin, cos) = lean.sin_cos();
    let pivot = (rng.range(0.4, 0.65), 0.45);
    let (cool, warm) = (hex(cool), hex(warm));
    let aspect = c.aspect();
    let band = |u: f32, v: f32| {
        let (x, y) = ((u - pivot.0) * aspect, v - pivot.1);
        (x * cos + y * sin, -x * sin + y * cos)
    };
    let shine = |u: f32, v: f32| {
        let (off, along) = band(u, v);
        let (n1, n2) = (a.at(u, v), b.at(u, v));
        let light = (-((off + 0.045 * n1) / 0.14).powi(2)).exp() * (0.6 + 0.36 * smooth(-1.0, 1.4, n1));
        let dust = (-((off - 0.01 + 0.045 * n2) / 0.055).powi(2)).exp() * smooth(-0.5, 1.0, n2 + 0.35);
        let core = (-((along - 0.22) / 0.3).powi(2)).exp();
        (light * (1.0 - 0.8 * dust), core)
    };
    c.paint_rows(0.0, 0.95, |u, v, p| {
        let (light, core) = shine(u, v);
        screen(p, scale(mix(cool, warm, core * 0.85), light * (0.45 + 0.38 * core)))
    });
    let s = c.unit();
    stars(c, 900, 0.95, rng);
    for _ in 0..14000 {
        let (u, v) = (rng.unit(), rng.unit() * 0.9);
        if rng.unit() < shine(u, v).0 * 1.1 {
            let power = (0.12 + 0.25 * rng.exp()).min(0.9);
            let (x, y) = (u * c.w as f32, v * c.h as f32);
            c.glow(x, y, (0.4 * s).max(0.5), scale([0.92, 0.94, 1.0], power));
        }
    }
    let h = c.h as f32;
    let far = Curve::new(2.2, 8, 0.52, rng);
    let hill = below(c.size(), |u| (0.84 - 0.04 * far.at(u)) * h, h).cover(c.size());
    c.lay(&hill, |_, v, _| mix(mix(hex(sky[1]), hex(sky[2]), 0.35), hex(sky[2]), smooth(0.8, 0.95, v) * 0.5));
    let ground = Curve::new(1.6, 7, 0.45, rng);
    let crest = |u: f32| 0.915 - 0.016 * ground.at(u);
    let near = below(c.size(), |u| crest(u) * h, h).cover(c.size());
    let dark = scale(hex(sky[0]), 0.8);
    c.lay(&near, |_, _, _| dark);
    let x = rng.range(0.22, 0.78);
    let y = crest(x) * h + 6.0 * s;
    match rng.below(3) {
        0 | 1 => tent(c, x * c.w as f32, y + 8.0 * s, s * rng.range(42.0, 66.0)),
        _ => {
            let mut wood = Vec::new();
            let habit = Habit { spread: 0.45, keep: (0.7, 0.88), forks: (2, 3), bend: 0.0, thin: 0.72 };
            branches(([x * c.w as f32, y + 6.0 * s], -1.57), 62.0 * s, 11.0 * s, 6, &habit, rng, &mut wood);
            let mut tree = Shape::new();
            wood.iter().for_each(|t| {
                tree.line(t.0, t.1, t.2.max(0.7 * s), t.3.max(0.7 * s));
            });
            let cover = tree.cover(c.size());
            c.lay(&cover, |_, _, _| dark);
        }
    }
    if rng.chance(0.4) {
        let (x, y) = (rng.range(0.15, 0.85) * c.w as f32, rng.range(0.1, 0.35) * h);
        let (dx, dy) = (rng.range(50.0, 120.0) * s * rng.sign(), rng.range(30.0, 60.0) * s);
        for i in 0..60 {
            let t = i as f32 / 60.0;
            c.glow(x + dx * t, y + dy * t, s * (0.5 + t), scale([0.9, 0.95, 1.0], 0.25 * t));
        }
    }
}

fn tent(c: &mut Canvas, x: f32, y: f32, size: f32) {
    c.glow(x, y - size * 0.3, size * 1.6, scale(hex(0xff9438), 0.5));
    let mut cloth = Shape::new();
    cloth.poly(&[[x - size, y], [x - size * 0.1, y - size * 0.95], [x + size * 0.95, y]]);
    let cover = cloth.cover(c.size());
    let (w, h) = (c.w as f32, c.h as f32);
    c.lay(&cover, |u, v, _| {
        let (dx, dy) = ((u * w - x) / size, (v * h - y) / size);
        let heat = (-(dx * dx * 1.6 + (dy + 0.2).powi(2) * 2.0)).exp();
        mix(hex(0xc8581f), hex(0xffe6ac), heat)
    });
    let mut seams = Shape::new();
    seams.line([x - size * 0.1, y - size * 0.95], [x + size * 0.12, y], size * 0.03, size * 0.03);
    seams.line([x - size, y], [x - size * 0.07, y - size], size * 0.035, size * 0.035);
    seams.line([x + size * 0.95, y], [x - size * 0.13, y - size], size * 0.035, size * 0.035);
    let cover = seams.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0x4a1f12));
}

pub fn moon(c: &mut Canvas, rng: &mut Rng) {
    let skies: [[u32; 3]; 5] = [
        [0x0b1230, 0x1f2f5c, 0x4a5f8f],
        [0x2a2250, 0x6b4a82, 0xd98a8a],
        [0x0d2230, 0x1d4a58, 0x6fa39a],
        [0x43507a, 0x8f8fb5, 0xe8c6b8],
        [0x140c18, 0x3a1d2c, 0x8a4436],
    ];
    let sky = rng.pick(&skies);
    let ramp = Ramp::even(&sky);
    c.paint(|_, v, _| ramp.at(v));
    stars(c, 160, 0.8, rng);
    let (aspect, s) = (c.aspect(), c.unit());
    let r = rng.range(0.13, 0.24) * aspect.clamp(0.7, 1.0);
    let at = (rng.range(0.32, 0.68), rng.range(0.3, 0.45));
    let tone = hex(rng.pick(&[0xfff2d2, 0xf6f1e6, 0xffd9a0, 0xffb988]));
    let seas = Tile::new(3, 6, 0.55, rng);
    sun(c, at, 0.0, tone, tone, r * 2.2);
    let edge = 1.3 / c.h as f32;
    c.paint(|u, v, p| {
        let (x, y) = ((u - at.0) * aspect / r, (v - at.1) / r);
        let d = x.hypot(y);
        if d > 1.02 {
            return p;
        }
        // Bending the texture towards the rim makes a ball of the disc.
        let k = 0.13 + 0.05 * d * d;
        let n = seas.at(x * k + 0.3, y * k + 0.6);
        let fine = seas.at(x * 0.6, y * 0.6 + 0.2);
        let shade = 1.0 - 0.26 * smooth(-0.1, 1.2, n) - 0.05 * fine - 0.16 * d.powi(4);
        mix(p, scale(tone, shade.min(1.04)), smooth(1.0 + edge / r, 1.0 - edge / r, d))
    });
    let o = Clouds {
        horizon: 1.15,
        size: rng.range(5.0, 9.0),
        from: 0.35,
        to: 2.0,
        lit: sky[2],
        lit_low: sky[2],
        shade: sky[1],
        alpha: 0.7,
        light: at,
    };
    clouds(c, &o, rng);
    let dark = scale(hex(sky[0]), 0.45);
    match rng.below(3) {
        0 => {
            let mut wood = Vec::new();
            let habit = Habit { spread: 0.5, keep: (0.74, 0.92), forks: (1, 2), bend: -0.02, thin: 0.8 };
            let left = rng.chance(0.5);
            let (x, angle) = if left { (-20.0 * s, -0.25) } else { (c.w as f32 + 20.0 * s, -2.9) };
            branches(([x, c.h as f32 * 0.72], angle), 230.0 * s, 22.0 * s, 6, &habit, rng, &mut wood);
            let mut tree = Shape::new();
            for t in &wood {
                tree.line(t.0, t.1, t.2, t.3);
                if t.2 < 9.0 * s && rng.chance(0.6) {
                    let turn = rng.range(0.0, 6.3);
                    tree.oval_turned(t.1[0] + rng.normal() * 5.0 * s, t.1[1] + 4.0 * s, rng.range(5.0, 9.0) * s, 3.0 * s, turn);
                }
            }
            let cover = tree.cover(c.size());
            c.lay(&cover, |_, _, _| dark);
        }
        1 => {
            let h = c.h as f32;
            let base = Curve::new(2.0, 5, 0.5, rng);
            let tall = rng.range(60.0, 140.0) * s;
            let firs = fir_row(c.size(), |u| (0.9 - 0.03 * base.at(u)) * h, tall, 42, h, rng);
            let cover = firs.cover(c.size());
            c.lay(&cover, |_, _, _| dark);
        }
        _ => tiled_roof(c, dark, hex(sky[1]), rng),
    }
}

/// The sweep of a tiled eave across the lower corner.
fn tiled_roof(c: &mut Canvas, dark: Rgb, rim: Rgb, rng: &mut Rng) {
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let flip = rng.chance(0.5);
    let place = |t: f32, drop: f32| -> [f32; 2] {
        let x = t * w * 0.8;
        let y = h * (0.9 - 0.12 * t.powf(2.4) - 0.04 * t) + drop;
        [if flip { w - x } else { x }, y]
    };
    let mut roof = Shape::new();
    let mut outline: Vec<[f32; 2]> = (0..=60).map(|i| place(i as f32 / 60.0, 0.0)).collect();
    outline.extend((0..=60).rev().map(|i| place(i as f32 / 60.0 * 0.97, 34.0 * s + (1.0 - i as f32 / 60.0) * h * 0.6)));
    roof.poly(&outline);
    for i in 0..34 {
        let p = place(i as f32 / 34.0, -2.0 * s);
        roof.oval(p[0], p[1] + 4.0 * s, 13.0 * s, 11.0 * s);
    }
    let cover = roof.cover(c.size());
    c.lay(&cover, |_, _, _| dark);
    let mut tiles = Shape::new();
    for i in 0..34 {
        let p = place(i as f32 / 34.0, 30.0 * s);
        tiles.oval(p[0], p[1], 8.5 * s, 8.5 * s);
    }
    let cover = tiles.cover(c.size());
    c.lay(&cover, |_, _, p| mix(p, rim, 0.35));
}
