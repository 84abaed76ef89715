//! Towns after dark, by a river.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, screen, smooth};
use super::noise::{Curve, Rng};
use super::shape::Shape;
use super::sky::{Water, stars, veil, water};
use super::trees::below;
use std::f32::consts::TAU;

/// Skies for a town at night: from above to the horizon, then three layers of houses.
const DUSKS: [([u32; 4], [u32; 3]); 5] = [
    ([0x0f1c44, 0x2f3f7c, 0x9a6d9d, 0xf9b48c], [0x5d5486, 0x39386b, 0x181c3e]),
    ([0x050a18, 0x0d1a34, 0x1f3156, 0x3d4a70], [0x222e50, 0x162040, 0x0b1126]),
    ([0x1b3a5c, 0x3f7f95, 0xa9c3ae, 0xf6dd9f], [0x5c8088, 0x365a68, 0x132a38]),
    ([0x2a1638, 0x6a2a5c, 0xc8536a, 0xff9f68], [0x7a3f68, 0x4a2550, 0x1f1230]),
    ([0x2c3a60, 0x6a7098, 0xb8a3b8, 0xe8c8c0], [0x74759c, 0x4a4e78, 0x20264a]),
];

/// Rows of houses on a waterline with their windows; returns where lamps are.
fn skyline(c: &mut Canvas, line: f32, tones: &[u32; 3], tall: f32, rng: &mut Rng) -> Vec<(f32, f32, Rgb)> {
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let centre = rng.range(0.25, 0.75);
    let warm = [hex(0xffd58f), hex(0xffb566), hex(0xffe6bd), hex(0xd9e6ff)];
    let foot = line * h;
    let mut lamps = Vec::new();
    for (layer, tone) in tones.iter().enumerate() {
        let mut x = -20.0 * s;
        while x < w {
            let bw = rng.range(22.0, 62.0) * s * (0.8 + 0.2 * layer as f32);
            let hill = 0.5 + 0.75 * (-(((x / w) - centre) / 0.26).powi(2)).exp();
            let bh = h * tall * [0.85, 1.0, 0.62][layer] * rng.range(0.22, 1.0) * hill;
            let mut house = Shape::new();
            house.rect(x, foot - bh, x + bw, foot + 1.0);
            if rng.chance(0.25) {
                house.rect(x + bw * 0.3, foot - bh - 9.0 * s, x + bw * 0.7, foot - bh + 1.0);
                house.line([x + bw * 0.5, foot - bh], [x + bw * 0.5, foot - bh - rng.range(14.0, 34.0) * s], 1.6 * s, 0.8 * s);
            }
            let shade = rng.range(0.88, 1.12);
            let cover = house.cover(c.size());
            let base = hex(*tone);
            c.lay(&cover, |_, v, p| mix(scale(base, shade), p, 0.22 * smooth(foot - h * tall, foot, v * h)));
            if layer > 0 {
                let (gap, pane) = (rng.range(6.0, 9.0) * s, rng.range(2.6, 3.8) * s);
                let busy = rng.range(0.14, 0.55);
                let hue = rng.pick(&warm);
                let mut lit = Shape::new();
                let mut y = foot - bh + gap;
                while y < foot - gap {
                    let mut px = x + gap * 0.6;
                    while px < x + bw - pane {
                        if rng.chance(busy) {
                            lit.rect(px, y, px + pane, y + pane * 1.15);
                            if rng.chance(0.12) {
                                lamps.push((px, y, hue));
                            }
                        }
                        px += gap;
                    }
                    y += gap * 1.15;
                }
                let cover = lit.cover(c.size());
                let power = rng.range(0.45, 0.95);
                c.lay(&cover, |_, _, p| mix(p, hue, power));
            }
            x += bw * rng.range(0.75, 1.25);
        }
    }
    lamps
}

pub fn city_river(c: &mut Canvas, rng: &mut Rng) {
    let (sky, tones) = rng.pick(&DUSKS);
    let line = rng.range(0.56, 0.68);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.45, sky[1]), (line * 0.82, sky[2]), (line, sky[3])]);
    c.paint(|_, v, _| ramp.at(v));
    stars(c, 120, 0.3, rng);
    veil(c, hex(sky[2]), 0.5, (0.05, line * 0.6, line), 6.0, rng);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    if rng.chance(0.5) {
        let curve = Curve::new(2.2, 6, 0.5, rng);
        let hill = below(c.size(), |u| (line - 0.12 - 0.05 * curve.at(u)) * h, line * h).cover(c.size());
        c.lay(&hill, |_, v, _| mix(hex(tones[0]), hex(sky[3]), 0.25 + 0.4 * smooth(line - 0.2, line, v)));
    }
    let tower = rng.range(0.15, 0.85);
    if rng.chance(0.6) {
        let (x, top) = (tower * w, (line - rng.range(0.34, 0.44)) * h);
        let mut mast = Shape::new();
        mast.poly(&[[x - 5.0 * s, line * h], [x - 1.4 * s, top + 60.0 * s], [x + 1.4 * s, top + 60.0 * s], [x + 5.0 * s, line * h]]);
        mast.line([x, top + 70.0 * s], [x, top], 2.4 * s, 0.8 * s);
        mast.round(x - 11.0 * s, top + 74.0 * s, x + 11.0 * s, top + 92.0 * s, 5.0 * s);
        let cover = mast.cover(c.size());
        c.lay(&cover, |_, _, _| hex(tones[2]));
        c.glow(x, top + 82.0 * s, 15.0 * s, scale(hex(0xffc27a), 0.7));
        c.glow(x, top, 6.0 * s, hex(0xff5a4a));
    }
    for (x, y, hue) in skyline(c, line, &tones, rng.range(0.2, 0.3), rng) {
        c.glow(x, y, 7.0 * s, scale(hue, 0.3));
    }
    let (deck, dark) = ((line - 0.045) * h, hex(tones[2]));
    if rng.chance(0.75) {
        let spans = 2 + rng.below(3);
        let (from, to) = if rng.chance(0.5) { (-0.05, rng.range(0.6, 1.05)) } else { (rng.range(-0.05, 0.4), 1.05) };
        let suspended = rng.chance(0.5);
        let mut bridge = Shape::new();
        bridge.rect(from * w, deck, to * w, deck + 8.0 * s);
        let hue = hex(rng.pick(&[0xffd9a0, 0x9fd8ff, 0xffb0d0, 0xffe6b0]));
        let mut lights = Vec::new();
        let span = (to - from) * w / spans as f32;
        for k in 0..=spans {
            let x = from * w + span * k as f32;
            bridge.rect(x - 5.0 * s, if suspended { deck - 90.0 * s } else { deck }, x + 5.0 * s, line * h + 1.0);
        }
        let n = spans * 16;
        let mut before = None;
        for k in 0..=n {
            let t = k as f32 / n as f32 * spans as f32;
            let x = from * w + span * t;
            let arch = (t.fract() - 0.5) * 2.0;
            let y = if suspended { deck - 14.0 * s - 74.0 * s * arch * arch } else { deck - 58.0 * s * (1.0 - arch * arch) };
            if let Some(last) = before {
                bridge.line(last, [x, y], 3.0 * s, 3.0 * s);
            }
            bridge.line([x, y], [x, deck], 1.0 * s, 1.0 * s);
            before = Some([x, y]);
            lights.push((x, y));
            lights.push((x, deck - 5.0 * s));
        }
        let cover = bridge.cover(c.size());
        c.lay(&cover, |_, _, _| dark);
        for (x, y) in lights {
            c.glow(x, y, 2.6 * s, hue);
            c.glow(x, y, 11.0 * s, scale(hue, 0.3));
        }
    }
    c.bloom(0.62, 9.0 * s, 0.5);
    c.bloom(0.55, 34.0 * s, 0.4);
    water(c, &Water { line, chop: rng.range(0.35, 0.75), deep: tones[2], depth: 0.35, smear: 0.09, path: None }, rng);
}

pub fn fireworks(c: &mut Canvas, rng: &mut Rng) {
    let (sky, tones) = DUSKS[rng.pick(&[0usize, 1, 1, 3])];
    let line = rng.range(0.74, 0.82);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.7, sky[1]), (line, sky[2])]);
    c.paint(|_, v, _| scale(ramp.at(v), 0.7));
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let bursts = 3 + rng.below(4);
    let tints = [0xffb42e, 0xff3f34, 0x3aa8ff, 0xff4fa8, 0x5fe05a, 0xffdfa0, 0x9a5cff];
    veil(c, hex(sky[2]), 0.16, (0.1, 0.45, line), 2.0, rng);
    let mut sparks = Canvas::new(c.w, c.h);
    for k in 0..bursts {
        let x = (k as f32 + rng.range(0.25, 0.75)) / bursts as f32 * w;
        let y = rng.range(0.14, 0.44) * h;
        let r = rng.range(70.0, 230.0) * s;
        let (a, b) = (hex(rng.pick(&tints)), hex(rng.pick(&tints)));
        let willow = rng.chance(0.35);
        c.glow(x, y, r * 1.1, scale(a, 0.17));
        let rays = 60 + rng.below(50);
        for _ in 0..rays {
            let (turn, tilt) = (rng.range(0.0, TAU), rng.range(-1.0f32, 1.0));
            let reach = r * (1.0 - tilt * tilt).sqrt().max(0.25) * rng.range(0.9, 1.05);
            let steps = 26;
            for i in 4..=steps {
                let t = i as f32 / steps as f32;
                let slow = 1.0 - (1.0 - t) * (1.0 - t);
                let fall = r * if willow { 0.55 } else { 0.16 } * t * t;
                let (px, py) = (x + turn.cos() * reach * slow, y + turn.sin() * reach * slow + fall);
                let power = if willow { 0.55 * (1.0 - 0.6 * t) } else { 0.1 + 0.62 * t * t };
                sparks.glow(px, py, s * (0.9 + 0.9 * t), scale(mix(b, a, t), power));
            }
            if !willow {
                let (px, py) = (x + turn.cos() * reach, y + turn.sin() * reach + r * 0.16);
                sparks.glow(px, py, 2.2 * s, mix(a, [1.0; 3], 0.4));
            }
        }
        for i in 0..60 {
            let t = i as f32 / 60.0;
            sparks.glow(x + 6.0 * s * (t * 5.0).sin(), y + (line * h - y) * t, 1.1 * s, scale(hex(0xffcf9a), 0.3 * (1.0 - t)));
        }
    }
    c.paint_rows(0.0, line, |u, v, p| {
        let i = ((v * h) as usize).min(sparks.h - 1) * sparks.w + ((u * w) as usize).min(sparks.w - 1);
        screen(p, sparks.px[i])
    });
    c.bloom(0.45, 12.0 * s, 0.55);
    skyline(c, line, &[tones[1], tones[2], scale_hex(tones[2])], 0.1, rng);
    c.bloom(0.6, 8.0 * s, 0.35);
    water(c, &Water { line, chop: rng.range(0.4, 0.8), deep: tones[2], depth: 0.3, smear: 0.12, path: None }, rng);
    if rng.chance(0.6) {
        // Heads along the bank, watching.
        let mut crowd = Shape::new();
        let mut x = -10.0 * s;
        while x < w + 10.0 * s {
            let (r, y) = (rng.range(10.0, 15.0) * s, h - rng.range(14.0, 40.0) * s);
            crowd.oval(x, y, r * 0.82, r);
            crowd.round(x - r * 1.7, y + r * 1.05, x + r * 1.7, h + 20.0 * s, r);
            x += r * rng.range(2.6, 4.4);
        }
        let cover = crowd.cover(c.size());
        c.lay(&cover, |_, _, _| scale(hex(sky[0]), 0.35));
    }
}

fn scale_hex(code: u32) -> u32 {
    (code >> 1) & 0x7f7f7f
}
