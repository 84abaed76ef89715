//! Umbrellas seen from above, and painted tiles.

use super::canvas::{Canvas, Rgb, hex, mix, scale, screen, smooth};
use super::noise::{Field, Rng, Tile};
use super::shape::Shape;
use std::f32::consts::{FRAC_PI_2, PI, TAU};

pub fn umbrellas(c: &mut Canvas, rng: &mut Rng) {
    let grounds: [([u32; 2], u32); 4] = [
        ([0x4a5058, 0x2a2e34], 0xe8e6e0),
        ([0x8a8478, 0x5f5a50], 0xc8c2b4),
        ([0x3a4668, 0x1c2440], 0xf0d8a0),
        ([0x6a5a58, 0x3c3234], 0xf0e0d0),
    ];
    let (ground, paint) = rng.pick(&grounds);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let wet = Field::fbm(c.size(), 3.0, 6, 0.55, 1.0, rng);
    let grit = Tile::new(128, 2, 0.8, rng);
    let lean = rng.range(-0.5, 0.5);
    let cobbled = ground[0] == 0x8a8478 || rng.chance(0.25);
    let stripes = !cobbled || rng.chance(0.3);
    let pitch = rng.range(0.17, 0.24);
    let aspect = c.aspect();
    let (ls, lc) = lean.sin_cos();
    c.paint(|u, v, _| {
        let (x, y) = ((u - 0.5) * aspect, v - 0.5);
        let (px, py) = (x * lc + y * ls, -x * ls + y * lc);
        let n = wet.at(u, v);
        let mut p = mix(hex(ground[1]), hex(ground[0]), 0.5 + 0.25 * n);
        p = scale(p, 1.0 + 0.07 * grit.at(u * aspect * 1.7, v * 1.7));
        if cobbled {
            let row = py * 26.0;
            let col = px * 22.0 + if row.floor() as i32 % 2 == 0 { 0.5 } else { 0.0 };
            let (fx, fy) = ((col - col.floor() - 0.5).abs(), (row - row.floor() - 0.5).abs());
            let key = ((col.floor() * 12.9 + row.floor() * 78.2).sin() * 4375.5).fract();
            p = scale(p, 0.98 + 0.13 * key - 0.45 * smooth(0.38, 0.5, fx.max(fy)));
        }
        if stripes {
            let band = (px / pitch + 20.0).fract();
            let wear = smooth(-2.0, -0.4, n + 0.3 * grit.at(u * 2.0, v * 2.0));
            let inside = smooth(0.0, 0.012, band) * smooth(0.5, 0.488, band) * smooth(0.36, 0.355, py.abs());
            p = mix(p, hex(paint), inside * wear * 0.82);
        }
        // Wet patches hold the sky.
        screen(p, scale([0.5, 0.58, 0.68], 0.22 * smooth(0.3, 1.5, n)))
    });
    let sets: [&[u32]; 4] = [
        &[0xe4572e, 0xf3a712, 0x2e86ab, 0xf6f1e4, 0xa23b72, 0x3c6e47, 0x1f2a44],
        &[0xf4c9d0, 0xbfd8e8, 0xf6ecc8, 0xcfe4c8, 0xd8cbe8, 0xffffff],
        &[0x1c1e24, 0x2c3038, 0x1c1e24, 0x3a3e48, 0xf2c230],
        &[0xd62f3c, 0xb8202e, 0xe85a5a, 0xf4f0e8, 0x24262c],
    ];
    let tones = rng.pick(&sets);
    let mut spots: Vec<(f32, f32, f32)> = Vec::new();
    let crowd = 8 + rng.below(26);
    let scale_r = rng.range(0.8, 1.3);
    for _ in 0..900 {
        if spots.len() >= crowd {
            break;
        }
        let r = rng.range(58.0, 82.0) * s * scale_r;
        let (x, y) = (rng.range(-0.03, 1.03) * w, rng.range(-0.03, 1.03) * h);
        if spots.iter().all(|p| (p.0 - x).hypot(p.1 - y) > (p.2 + r) * 0.9) {
            spots.push((x, y, r));
        }
    }
    let sunny = rng.chance(0.3);
    let throw = if sunny { 0.75 } else { 0.22 };
    for (x, y, r) in &spots {
        let mut shade = Shape::new();
        shade.oval(x + r * throw, y + r * throw * 0.9, r * 0.96, r * 0.96);
        let cover = shade.cover(c.size()).blurred(r * if sunny { 0.05 } else { 0.2 }, c.size());
        c.lay(&cover, |_, _, p| scale(p, if sunny { 0.5 } else { 0.55 }));
    }
    for (x, y, r) in spots {
        if !sunny {
            let mut feet = Shape::new();
            let a = rng.range(0.0, TAU);
            feet.oval_turned(x + a.cos() * r * 0.98, y + a.sin() * r * 0.98, r * 0.16, r * 0.07, a);
            let cover = feet.cover(c.size());
            c.lay(&cover, |_, _, _| hex(0x17181c));
        }
        let a = hex(rng.pick(tones));
        let b = if rng.chance(0.3) { hex(rng.pick(tones)) } else { a };
        let rings = if rng.chance(0.25) { Some(hex(rng.pick(tones))) } else { None };
        umbrella(c, (x, y), r, (a, b, rings), rng);
    }
    if !sunny {
        let mut rain = Shape::new();
        for _ in 0..170 {
            let (x, y, len) = (rng.unit() * w, rng.unit() * h, rng.range(10.0, 34.0) * s);
            rain.line([x, y], [x + len * 0.22, y + len], 1.0 * s, 0.5 * s);
        }
        let cover = rain.cover(c.size());
        c.lay(&cover, |_, _, p| screen(p, [0.2, 0.22, 0.25]));
    }
}

fn umbrella(c: &mut Canvas, (x, y): (f32, f32), r: f32, (a, b, ring): (Rgb, Rgb, Option<Rgb>), rng: &mut Rng) {
    let n = rng.pick(&[8.0f32, 8.0, 10.0, 16.0]);
    let turn = rng.range(0.0, TAU);
    let step = TAU / n;
    let tip = [x - r * rng.range(-0.1, 0.1), y - r * rng.range(-0.1, 0.1)];
    let mut points = Vec::new();
    for k in 0..n as usize {
        for i in 0..6 {
            // Cloth sags between the ribs.
            let f = i as f32 / 6.0;
            let t = turn + (k as f32 + f) * step;
            let rr = r * (1.0 - 0.07 * (f * PI).sin());
            points.push([x + t.cos() * rr, y + t.sin() * rr]);
        }
    }
    let mut cloth = Shape::new();
    cloth.poly(&points);
    let cover = cloth.cover(c.size());
    let (w, h) = (c.w as f32, c.h as f32);
    c.lay(&cover, |u, v, _| {
        let (dx, dy) = ((u * w - tip[0]) / r, (v * h - tip[1]) / r);
        let k = ((dy.atan2(dx) - turn) / step).rem_euclid(n);
        let f = k.fract();
        let d = dx.hypot(dy);
        let mut base = if (k as usize).is_multiple_of(2) { a } else { b };
        if let Some(ring) = ring {
            base = mix(base, ring, smooth(0.72, 0.73, d) * smooth(0.9, 0.89, d));
        }
        let facing = turn + (k.floor() + 0.5) * step;
        let light = 0.93 - 0.17 * (facing - 0.8).cos() + 0.07 * (f - 0.5);
        let rib = smooth(0.035, 0.0, f.min(1.0 - f) * d);
        let sheen = (-((dx + 0.3).powi(2) + (dy + 0.34).powi(2)) / 0.07).exp();
        screen(scale(base, light * (1.0 - 0.16 * rib) * (1.04 - 0.16 * d * d)), [0.14 * sheen; 3])
    });
    let mut knob = Shape::new();
    knob.oval(tip[0], tip[1], r * 0.035, r * 0.035);
    let cover = knob.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0x2a2624));
}

/// Painted wall tiles: one motif, mirrored and turned.
pub fn tiles(c: &mut Canvas, rng: &mut Rng) {
    let sets: [[u32; 4]; 6] = [
        [0xf3f1ea, 0x1f4e8c, 0x5c94c8, 0xe8b23c],
        [0xf4ecdc, 0x2f6a5a, 0x8fb8a0, 0xd9713c],
        [0xf2e6d6, 0xb8452c, 0xe0946a, 0x2c4a6c],
        [0xeef0ec, 0x2c3440, 0x8c98a4, 0xd8a848],
        [0xfaf0e0, 0x7a3a6c, 0xc890b4, 0x3c8c94],
        [0xe2ecea, 0x0f5e6e, 0x58b0b4, 0xf08a6c],
    ];
    let set = rng.pick(&sets);
    let s = c.unit();
    let side = rng.range(230.0, 340.0) * s;
    let petals = rng.pick(&[4.0f32, 8.0, 6.0, 12.0]);
    let (ra, rb, rc) = (rng.range(0.26, 0.4), rng.range(0.08, 0.18), rng.range(0.42, 0.6));
    let sharp = rng.range(0.5, 1.6);
    let lattice = rng.chance(0.6);
    let corner = rng.below(3);
    let wear = Field::fbm(c.size(), 5.0, 6, 0.6, 1.0, rng);
    let (w, h) = (c.w as f32, c.h as f32);
    let (ground, dark, mid, gold) = (hex(set[0]), hex(set[1]), hex(set[2]), hex(set[3]));
    let px = 1.2 / side;
    let (shade_at, shade_lean) = (rng.range(0.35, 0.8), rng.range(-0.8, 0.8));
    let tilt = rng.range(-0.06, 0.06);
    let (ts, tc) = tilt.sin_cos();
    c.paint(|u, v, _| {
        let (x, y) = (u * w - w / 2.0, v * h - h / 2.0);
        let (x, y) = ((x * tc - y * ts) / side + 40.0, (x * ts + y * tc) / side + 40.0);
        let (kx, ky) = (x.floor(), y.floor());
        let key = ((kx * 12.9898 + ky * 78.233).sin() * 4375.85).fract().abs();
        let (fx, fy) = (x - kx - 0.5, y - ky - 0.5);
        let (d, a) = (fx.hypot(fy), fy.atan2(fx));
        let hand = 0.006 * (a * 5.0 + key * 9.0).sin();
        let d = d + hand;
        let on = |edge: f32, t: f32| smooth(px, -px, t - edge);
        let mut p = ground;
        let rosette = ra * (0.55 + 0.45 * (a * petals * 0.5).cos().abs().powf(sharp));
        p = mix(p, mid, on(rosette + 0.045, d));
        p = mix(p, dark, on(rosette, d));
        let inner = ra * 0.62 * (0.5 + 0.5 * (a * petals * 0.5 + FRAC_PI_2).cos().abs().powf(sharp));
        p = mix(p, ground, on(inner, d));
        p = mix(p, gold, on(rb, d));
        p = mix(p, dark, on(rb * 0.4, d));
        // The corners make a second figure where four tiles meet.
        let (cx, cy) = (0.5 - fx.abs(), 0.5 - fy.abs());
        let (e, b) = (cx.hypot(cy), cy.atan2(cx));
        match corner {
            0 => {
                p = mix(p, dark, on(rc * 0.56, e) * on(-rc * 0.44, -e));
                p = mix(p, gold, on(rc * 0.3, e));
            }
            1 => {
                let leaf = rc * 0.7 * (b * 2.0).sin().abs().powf(0.7);
                p = mix(p, mid, on(leaf, e) * on(-0.05, -e));
                p = mix(p, dark, on(leaf * 0.7, e) * on(-0.05, -e));
                p = mix(p, gold, on(0.09, e));
            }
            _ => {
                let k = cx.max(cy);
                p = mix(p, mid, on(rc * 0.5, cx + cy));
                p = mix(p, ground, on(rc * 0.36, cx + cy));
                p = mix(p, dark, on(0.1, k));
            }
        }
        if lattice {
            let band = (fx.abs() + fy.abs() - 0.5).abs();
            p = mix(p, dark, on(0.022, band) * (1.0 - on(rosette + 0.05, d)));
        }
        let n = wear.at(u, v);
        // Glaze: each tile tips the light its own way.
        let sheen = 0.05 * ((fx * (key - 0.3) * 2.0 + fy * (0.7 - key) * 2.0) * 2.0) + 0.05 * (key - 0.5);
        p = scale(p, 0.97 + sheen + 0.022 * n);
        let rim = 0.5 - fx.abs().max(fy.abs());
        p = screen(p, [0.16 * smooth(0.028, 0.018, rim) * smooth(0.008, 0.014, rim) * if fx + fy < 0.0 { 1.0 } else { 0.0 }; 3]);
        let grout = smooth(0.011, 0.006, rim);
        p = mix(p, scale(hex(0xb4aa9c), 0.92 + 0.06 * n), grout);
        let chip = smooth(1.5, 1.8, n + 0.6 * smooth(0.06, 0.0, rim));
        p = mix(p, hex(0xc0a48c), chip * 0.7);
        let sun = smooth(-0.02, 0.02, shade_at + shade_lean * (u - 0.5) - v + 0.01 * n);
        let light = mix([0.62, 0.66, 0.76], [1.05, 1.01, 0.94], sun);
        [p[0] * light[0], p[1] * light[1], p[2] * light[2]]
    });
}
