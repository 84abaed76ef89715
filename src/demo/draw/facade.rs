//! House fronts by day, at dusk and at night.

use super::canvas::{Canvas, Ramp, hex, mix, scale, screen, smooth};
use super::noise::{Field, Rng};
use super::shape::Shape;

pub fn facade(c: &mut Canvas, rng: &mut Rng) {
    let walls: [[u32; 3]; 6] = [
        [0xe9c9b1, 0xdfe3dc, 0xe6b7a0],
        [0xb65f45, 0xa8553f, 0xc06a4c],
        [0xd9dde0, 0xc9d0d4, 0xe6e8e8],
        [0xf0dcc0, 0xe8c89c, 0xf4e6d0],
        [0xa9c4c0, 0xe8dccc, 0xd8a898],
        [0x8f9cb4, 0xa4acc0, 0x7c88a4],
    ];
    let hour = rng.below(3);
    let (tint, lit_share) = match hour {
        0 => (hex(0xfff6e8), 0.08),
        1 => (hex(0xd8a48c), 0.35),
        _ => (hex(0x3c4c78), 0.5),
    };
    let set = rng.pick(&walls);
    let (w, h, s) = (c.w as f32, c.h as f32, c.unit());
    let cell = rng.range(120.0, 190.0) * s;
    let cols = (w / cell).round().max(3.0);
    let cw = w / cols;
    let rh = cw * rng.range(1.0, 1.35);
    let rows = (h / rh).ceil();
    let rough = Field::fbm(c.size(), 14.0, 5, 0.6, 1.0, rng);
    let brick = set[0] == 0xb65f45;
    let block = 1 + rng.below(3);
    let size = (c.w, c.h);
    c.paint(|u, v, _| {
        let (i, j) = ((u * cols) as usize, (v * h / rh) as usize);
        let base = hex(set[(i / (block + 1) + if block == 3 { j / 2 } else { 0 }) % 3]);
        let mut p = scale(base, 1.0 + 0.03 * rough.at(u, v));
        if brick {
            let row = v * h / (7.0 * s);
            let x = u * w / (20.0 * s) + if (row as usize).is_multiple_of(2) { 0.5 } else { 0.0 };
            let joint = smooth(0.1, 0.02, row.fract()).max(smooth(0.05, 0.01, x.fract()));
            let key = ((x.floor() * 12.9 + row.floor() * 78.2).sin() * 4375.5).fract();
            p = mix(scale(p, 1.0 + 0.10 * key), hex(0xcbb8a8), joint * 0.4);
        }
        let below = (v * h / rh).fract();
        scale(p, 1.0 - 0.16 * smooth(0.955, 0.965, below) + 0.06 * smooth(0.94, 0.95, below) * smooth(0.96, 0.95, below))
    });
    let arched = rng.chance(0.25);
    let tall = rng.range(0.56, 0.72);
    let wide = rng.range(0.5, 0.62);
    let curtains = [0xf4ead8, 0xd5705a, 0xe8b04f, 0x47708a, 0xf2f2ee, 0x7f9a78];
    let frame = hex(rng.pick(&[0xfbf5ea, 0xfbf5ea, 0x2c3a3a, 0x4a6a5c]));
    let balcony = 2 + rng.below(3);
    let mut glow = Vec::new();
    for j in 0..rows as usize {
        for i in 0..cols as usize {
            let (x0, y0) = (i as f32 * cw + cw * (0.5 - wide / 2.0), j as f32 * rh + rh * 0.15);
            let (x1, y1) = (x0 + cw * wide, y0 + rh * tall);
            let shape = |grow: f32| {
                let mut pane = Shape::new();
                pane.rect(x0 - grow, y0 - grow, x1 + grow, y1 + grow);
                if arched {
                    pane.oval((x0 + x1) / 2.0, y0, (x1 - x0) / 2.0 + grow, (x1 - x0) * 0.3 + grow);
                }
                pane
            };
            let cover = shape(6.0 * s).cover(size);
            c.lay(&cover, |_, v, _| scale(frame, 0.96 + 0.06 * smooth(y0, y1, v * h)));
            let lit = rng.chance(lit_share);
            let cover = shape(0.0).cover(size);
            let glass = Ramp::even(if hour == 0 {
                &[0x9cc4d6, 0x5b8ba4, 0x2c4f66]
            } else if hour == 1 {
                &[0xb8a4b4, 0x6c6c8c, 0x343c58]
            } else {
                &[0x32426c, 0x1c2848, 0x10182c]
            });
            let streak = rng.range(-0.3, 0.6);
            c.lay(&cover, |u, v, _| {
                let (a, b) = ((u * w - x0) / (x1 - x0), (v * h - y0) / (y1 - y0));
                if lit {
                    let lamp = (-((a - 0.5).powi(2) * 3.0 + (b - 0.25).powi(2) * 4.0)).exp();
                    return mix(hex(0xd98a3c), hex(0xfff0c0), lamp);
                }
                let p = glass.at(b * 0.8 + a * 0.2);
                screen(p, [0.22 * smooth(0.14, 0.06, (a - b * 0.6 - streak).abs()); 3])
            });
            if lit {
                glow.push((x0, x1, y0, y1));
            }
            let kind = rng.unit();
            let hue = hex(rng.pick(&curtains));
            let share = rng.range(0.22, 0.75);
            let fold = rng.range(0.7, 1.2) / s;
            if kind < 0.5 {
                let mut cloth = Shape::new();
                let blind = kind < 0.2;
                if blind {
                    cloth.rect(x0, y0, x1, y0 + (y1 - y0) * share);
                } else {
                    cloth.rect(x0, y0, x0 + (x1 - x0) * share * 0.42, y1);
                    if kind < 0.4 {
                        cloth.rect(x1 - (x1 - x0) * share * 0.42, y0, x1, y1);
                    }
                }
                let cover = cloth.cover(size);
                let through = if lit { 0.75 } else { 0.92 };
                let bright = if lit { mix(hue, hex(0xffd890), 0.5) } else { hue };
                c.lay(&cover, |u, v, p| {
                    let t = if blind { v * h } else { u * w };
                    mix(p, scale(bright, 0.88 + 0.12 * (t * fold * 0.7).sin()), through)
                });
            }
            let mut bars = Shape::new();
            bars.rect((x0 + x1) / 2.0 - 2.0 * s, y0, (x0 + x1) / 2.0 + 2.0 * s, y1);
            if tall > 0.62 {
                bars.rect(x0, y0 + (y1 - y0) * 0.3 - 1.6 * s, x1, y0 + (y1 - y0) * 0.3 + 1.6 * s);
            }
            let cover = bars.cover(size);
            c.lay(&cover, |_, _, _| frame);
            let mut shade = Shape::new();
            shade.rect(x0, y0, x1, y0 + 7.0 * s);
            let cover = shade.cover(size);
            c.lay(&cover, |_, _, p| scale(p, 0.74));
            if (i + j * 2) % balcony == 0 {
                rail(c, (x0, x1, y0 + (y1 - y0) * 0.66, y1), rng);
            } else if rng.chance(0.14) {
                let (ax, ay) = (x1 + cw * 0.04, y1 - rh * 0.16);
                let mut cooler = Shape::new();
                cooler.round(ax, ay, ax + cw * 0.17, ay + cw * 0.13, 2.0 * s);
                let cover = cooler.cover(size);
                c.lay(&cover, |_, v, _| scale(hex(0xe2e2de), 1.05 - 0.2 * smooth(ay, ay + cw * 0.13, v * h)));
                let mut fan = Shape::new();
                fan.oval(ax + cw * 0.065, ay + cw * 0.065, cw * 0.045, cw * 0.045);
                let cover = fan.cover(size);
                c.lay(&cover, |_, _, _| hex(0x8f9290));
            }
        }
    }
    let (kx, k0) = (rng.range(0.5, 1.4) * rng.sign(), rng.range(0.35, 0.75));
    let windows_shine = hour > 0;
    c.paint(|u, v, p| {
        let day = match hour {
            0 => 0.72 + 0.36 * smooth(-0.014, 0.014, k0 + kx * (u - 0.5) * 0.8 - (v - 0.0) * 0.62),
            1 => 0.95 - 0.25 * v,
            _ => 0.9 - 0.2 * v,
        };
        [p[0] * tint[0] * day, p[1] * tint[1] * day, p[2] * tint[2] * day]
    });
    if windows_shine {
        // Lit rooms are painted after dusk has fallen on the wall, or it would fall on them too.
        for (x0, x1, y0, y1) in glow {
            let mut pane = Shape::new();
            pane.rect(x0, y0, x1, y1);
            let cover = pane.cover(size);
            let warm = hex(rng.pick(&[0xffc470, 0xffb050, 0xffdc9c, 0xffe8c4]));
            c.lay(&cover, |u, v, p| {
                let (a, b) = ((u * w - x0) / (x1 - x0) - 0.5, (v * h - y0) / (y1 - y0) - 0.3);
                let lamp = 0.45 + 0.55 * (-(a * a * 3.0 + b * b * 3.0)).exp();
                let tone = (p[0] + p[1] + p[2]) / (tint[0] + tint[1] + tint[2]);
                scale(warm, (0.25 + 0.95 * tone.min(1.0)) * lamp)
            });
            c.glow((x0 + x1) / 2.0, (y0 + y1) / 2.0, cw * 0.55, scale(warm, 0.16));
        }
    }
}

fn rail(c: &mut Canvas, (x0, x1, top, bottom): (f32, f32, f32, f32), rng: &mut Rng) {
    let s = c.unit();
    let size = (c.w, c.h);
    let out = 12.0 * s;
    let mut slab = Shape::new();
    slab.rect(x0 - out, bottom + 4.0 * s, x1 + out, bottom + 11.0 * s);
    let cover = slab.cover(size);
    c.lay(&cover, |_, _, _| hex(0xd9cdbd));
    let mut bars = Shape::new();
    bars.rect(x0 - out, top, x1 + out, top + 3.6 * s);
    let n = ((x1 - x0 + 2.0 * out) / (7.5 * s)) as usize;
    for k in 0..=n {
        let x = x0 - out + (x1 - x0 + 2.0 * out) * k as f32 / n as f32;
        bars.rect(x - 0.8 * s, top, x + 0.8 * s, bottom + 5.0 * s);
    }
    let cover = bars.cover(size);
    c.lay(&cover, |_, _, _| hex(0x39424b));
    if rng.chance(0.25) {
        for k in 0..4 {
            let x = x0 + (x1 - x0) * (k as f32 + 0.2) / 4.0;
            let (ww, hh) = ((x1 - x0) * 0.17, (bottom - top) * rng.range(0.6, 0.9));
            let mut shirt = Shape::new();
            shirt.poly(&[[x, top + 3.0 * s], [x + ww, top + 3.0 * s], [x + ww * 0.94, top + hh], [x + ww * 0.06, top + hh]]);
            let hue = hex(rng.pick(&[0xffffff, 0xe8a0a0, 0x8fb4d4, 0xf2d27a, 0x6f8f7a]));
            let cover = shirt.cover(size);
            c.lay(&cover, |u, _, _| scale(hue, 0.94 + 0.05 * (u * 300.0).sin()));
        }
        return;
    }
    for _ in 0..34 {
        let (x, y, r) = (rng.range(x0 - out, x1 + out), top + rng.normal() * 5.0 * s, rng.range(2.4, 6.0) * s);
        let mut leaf = Shape::new();
        leaf.oval_turned(x, y, r, r * 0.7, rng.range(0.0, 3.0));
        let hue = hex(rng.pick(&[0x4f7d4a, 0x6e9a52, 0x37623f, 0x5a8a48, 0xe06a5a, 0xf0a0b0]));
        let cover = leaf.cover(size);
        c.lay(&cover, |_, _, _| hue);
    }
}
