//! Mountain lakes.

use super::canvas::{Canvas, Ramp, Rgb, hex, mix, scale, smooth};
use super::noise::{Curve, Field, Rng, Tile};
use super::shape::Shape;
use super::sky::{Clouds, Water, clouds, veil, water};
use super::trees::fir_row;

pub fn lake(c: &mut Canvas, rng: &mut Rng) {
    // Sky, rock light and dark, snow, firs, mist.
    type Set = ([u32; 3], [u32; 2], u32, [u32; 3], u32);
    let sets: [Set; 5] = [
        ([0x7fb0d8, 0xc4dbec, 0xf7e6d8], [0x97a5be, 0x55687f], 0xfcf4f0, [0x7d929c, 0x3d5a5c, 0x1b3535], 0xece6e2),
        ([0x3d4f8a, 0xb083a8, 0xffc0a0], [0xa0809c, 0x4a3f68], 0xffd3c2, [0x6a5a7c, 0x3a3358, 0x171833], 0xf0c0b4),
        ([0x5f9fd0, 0xa5cfe6, 0xe6eee6], [0x8d9a98, 0x4f6058], 0xffffff, [0xc99a3e, 0xa8622c, 0x27402c], 0xe8e6dc),
        ([0xaeb9c6, 0xcfd6dc, 0xe8eaea], [0xa9b2bc, 0x6c7884], 0xf7f9fa, [0x97a4ac, 0x5d6d76, 0x2b3a42], 0xe9edef),
        ([0x10203f, 0x35558a, 0x9fb4cf], [0x62779c, 0x27395c], 0xd6e2f2, [0x30486c, 0x182c4a, 0x0a1526], 0x9fb2cc),
    ];
    let (sky, rock, snow_tone, fir_tones, mist) = rng.pick(&sets);
    let line = rng.range(0.5, 0.64);
    let ramp = Ramp::new(&[(0.0, sky[0]), (line * 0.55, sky[1]), (line, sky[2])]);
    c.paint(|_, v, _| ramp.at(v));
    let light = (rng.range(0.0, 1.0), 0.1);
    let o = Clouds { horizon: line, size: 6.0, from: 0.2, to: 1.7, lit: snow_tone, lit_low: sky[2], shade: sky[1], alpha: 0.75, light };
    clouds(c, &o, rng);
    let (main, side) = (rng.range(0.3, 0.7), rng.range(0.05, 0.95));
    let jag = Curve::new(6.0, 9, 0.55, rng);
    let tall = rng.range(0.14, 0.26);
    let crests: Vec<f32> = (0..c.w)
        .map(|x| {
            let u = x as f32 / c.w as f32;
            let rise = tall * (-(((u - main) / 0.17).powi(2))).exp() + tall * 0.55 * (-(((u - side) / 0.14).powi(2))).exp();
            line - 0.13 - rise - 0.03 * jag.at(u)
        })
        .collect();
    let n = Field::fbm(c.size(), 7.0, 7, 0.6, 1.0, rng);
    let gully = Tile::new(6, 6, 0.6, rng);
    let (hi, lo, snow_tone, mist_tone) = (hex(rock[0]), hex(rock[1]), hex(snow_tone), hex(mist));
    let toward = if light.0 < 0.5 { -1.0 } else { 1.0 };
    let (w, h) = (c.w as f32, c.h as f32);
    c.paint_rows(0.0, line, |u, v, p| {
        let d = v - crests[((u * w) as usize).min(crests.len() - 1)];
        let a = (d * h + 0.5).clamp(0.0, 1.0);
        if a <= 0.0 {
            return p;
        }
        // Gullies run downhill and fan out from the summits: the noise is read along fans.
        let fan = |du: f32| {
            let peak = if (u - main).abs() < (u - side).abs() { main } else { side };
            let down = v - (line - 0.16 - tall);
            let x = (u + du - peak) / (0.16 + down.max(0.0) * 0.9);
            let bent = x + 0.05 * n.at(u + du, v);
            0.7 * (1.0 - gully.at(bent * 0.30, v * 0.35).abs())
                + 0.45 * (1.0 - gully.at(bent * 0.75 + 0.3, v * 0.8).abs())
                + 0.12 * n.at(u + du, v)
        };
        let slope = fan(toward * 0.004) - fan(-toward * 0.004);
        let lit = (0.52 - slope * 2.2 + 0.16 * ((u - main) * toward * 4.0).clamp(-1.0, 1.0)).clamp(0.0, 1.0);
        let cap = smooth(0.2, 0.0, d + 0.06 * n.at(u * 0.9, v) - 0.05 * fan(0.0)) * smooth(0.1, 0.42, lit + 0.2);
        let stone = mix(lo, hi, lit);
        let white = scale(snow_tone, 0.68 + 0.36 * lit);
        mix(p, mix(mix(stone, white, cap), mist_tone, smooth(0.05, 0.32, d) * 0.65), a)
    });
    let s = c.unit();
    for (i, tone) in fir_tones.iter().enumerate() {
        let base = line - 0.028 + 0.014 * i as f32;
        let curve = Curve::new(2.6, 4, 0.5, rng);
        let tall = (26.0 + 20.0 * i as f32) * s * rng.range(0.8, 1.2);
        let count = (w / tall * 4.4) as usize;
        let row = fir_row(c.size(), |u| (base - 0.008 * curve.at(u)) * h, tall, count, line * h + 2.0, rng);
        let cover = row.cover(c.size());
        c.lay(&cover, |_, _, _| hex(*tone));
        c.paint_rows(base - 0.05, line, |_, v, p| {
            mix(p, mist_tone, (-((v - base + 0.006) / 0.014).powi(2)).exp() * (0.42 - 0.1 * i as f32))
        });
    }
    let chop = rng.pick(&[0.05, 0.1, 0.25]);
    water(c, &Water { line, chop, deep: fir_tones[2], depth: 0.28, smear: 0.0, path: None }, rng);
    if rng.chance(0.4) {
        canoe(
            c,
            (rng.range(0.25, 0.75), rng.range(line + 0.12, 0.86)),
            rng.range(40.0, 70.0) * s,
            hex(rng.pick(&[0xc8452f, 0xe0a030, 0x2f5d62])),
        );
    } else if rng.chance(0.5) {
        veil(c, mist_tone, 0.75, (line - 0.06, line, line + 0.07), 6.0, rng);
    }
}

fn canoe(c: &mut Canvas, at: (f32, f32), size: f32, paint: Rgb) {
    let (x, y) = (at.0 * c.w as f32, at.1 * c.h as f32);
    let hull = |flip: f32, squash: f32| {
        let mut points = Vec::new();
        for i in 0..=20 {
            let t = i as f32 / 10.0 - 1.0;
            points.push([x + t * size, y - flip * size * (0.07 + 0.12 * t * t * t * t)]);
        }
        for i in (0..=20).rev() {
            let t = i as f32 / 10.0 - 1.0;
            points.push([x + t * size * 0.94, y + flip * squash * size * 0.12 * (1.0 - t.abs().powf(2.4))]);
        }
        let mut shape = Shape::new();
        shape.poly(&points);
        shape
    };
    let cover = hull(-1.0, 0.6).cover(c.size()).blurred(1.6, c.size());
    c.lay(&cover, |_, _, p| mix(p, scale(paint, 0.45), 0.55));
    let cover = hull(1.0, 1.0).cover(c.size());
    let h = c.h as f32;
    c.lay(&cover, |_, v, _| scale(paint, 1.1 - 0.5 * smooth(-0.1, 0.1, (v * h - y) / size)));
    let mut rower = Shape::new();
    rower.oval(x - size * 0.1, y - size * 0.42, size * 0.07, size * 0.08);
    rower.round(x - size * 0.2, y - size * 0.34, x, y, size * 0.08);
    rower.line([x - size * 0.05, y - size * 0.25], [x + size * 0.28, y + size * 0.1], size * 0.03, size * 0.03);
    let cover = rower.cover(c.size());
    c.lay(&cover, |_, _, _| hex(0x20242c));
}
