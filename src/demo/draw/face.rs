//! Small friendly portraits: people of many kinds, a few animals, a fruit, a moon.
//!
//! Everything is laid out on a board of 100 by 100 and drawn large shapes first, so it still reads at 40 px.

use super::canvas::{Canvas, Look, Ramp, Rgb, hex, mix, scale};
use super::creatures::{bear, bird, cat, dog, moon_face, persimmon, sprout};
use super::hair::hair_front;
use super::noise::Rng;
use super::shape::{Point, Shape};
use std::f32::consts::TAU;

/// A canvas measured as a board of 100 by 100.
pub struct Board {
    pub c: Canvas,
    pub k: f32,
}

impl Board {
    pub fn fill(&mut self, tone: Rgb, draw: impl FnOnce(&mut Shape, f32)) {
        self.shade(|_, _| tone, draw);
    }

    /// Fills with a colour that may depend on the place on the board.
    pub fn shade(&mut self, tone: impl Fn(f32, f32) -> Rgb, draw: impl FnOnce(&mut Shape, f32)) {
        let mut shape = Shape::new();
        draw(&mut shape, self.k);
        let cover = shape.cover(self.c.size());
        self.c.lay(&cover, |u, v, _| tone(u * 100.0, v * 100.0));
    }

    pub fn soft(&mut self, tone: Rgb, alpha: f32, blur: f32, draw: impl FnOnce(&mut Shape, f32)) {
        let mut shape = Shape::new();
        draw(&mut shape, self.k);
        let cover = shape.cover(self.c.size()).blurred(blur * self.k, self.c.size());
        self.c.lay(&cover, |_, _, p| mix(p, tone, alpha));
    }

    pub fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32, tone: Rgb) {
        self.fill(tone, |s, k| {
            s.oval(x * k, y * k, rx * k, ry * k);
        });
    }

    pub fn poly(&mut self, points: &[Point], tone: Rgb) {
        self.fill(tone, |s, k| {
            let points: Vec<Point> = points.iter().map(|p| [p[0] * k, p[1] * k]).collect();
            s.poly(&points);
        });
    }

    pub fn stroke(&mut self, points: &[Point], width: f32, tone: Rgb) {
        self.fill(tone, |s, k| {
            let points: Vec<Point> = points.iter().map(|p| [p[0] * k, p[1] * k]).collect();
            s.path(&points, width * k);
        });
    }

    pub fn arc(&mut self, at: Point, r: Point, (from, to): (f32, f32), width: f32, tone: Rgb) {
        let points: Vec<Point> = (0..=20)
            .map(|i| (from + (to - from) * i as f32 / 20.0).to_radians().sin_cos())
            .map(|(s, c)| [at[0] + c * r[0], at[1] + s * r[1]])
            .collect();
        self.stroke(&points, width, tone);
    }

    pub fn ring(&mut self, x: f32, y: f32, r: f32, width: f32, tone: Rgb) {
        self.arc([x, y], [r, r], (0.0, 360.0), width, tone);
    }
}

/// Draws a square portrait as RGB8 rows. Seeds 0 to 23 are all plainly different; larger ones mix freely.
pub fn face(seed: u64, side: u32) -> Vec<u8> {
    let side = side.max(8) as usize;
    // Drawn a little larger than small sizes need, so that thin strokes stay thin and even.
    let times = if side < 200 { 3 } else { 1 };
    let mut c = Canvas::new(side * times, side * times);
    let mut rng = Rng::new(seed.wrapping_add(77));
    let grounds = [
        [0xffd9c7, 0xf7a58d],
        [0xcfe3ee, 0x8db4cf],
        [0xe7dbf5, 0xb79bdd],
        [0xf7e6b5, 0xeab65d],
        [0xd6ecdf, 0x8ec4a5],
        [0xf9d0d6, 0xe08fa4],
        [0xd9e8c4, 0x9fbf78],
        [0xf4e4d4, 0xd4b494],
        [0xc4e4e4, 0x6fb4b8],
        [0xfbe0b8, 0xf0a060],
    ];
    let ground = grounds[(seed.wrapping_mul(7) % 10) as usize];
    let ramp = Ramp::even(&ground);
    c.paint(|u, v, _| ramp.at(0.15 * u + 0.85 * v));
    let k = c.w as f32 / 100.0;
    let mut b = Board { c, k };
    match seed % 24 {
        4 => cat(&mut b, 0x3b3338, 0xfdf6ee, 0xf3d25b),
        9 => dog(&mut b),
        13 => persimmon(&mut b),
        17 => moon_face(&mut b),
        19 => cat(&mut b, 0xe8964a, 0xfff0dc, 0x7fae5c),
        21 => bear(&mut b),
        22 => sprout(&mut b),
        23 => bird(&mut b),
        n => person(&mut b, n as usize, &mut rng),
    }
    let c = if times > 1 { b.c.shrink(times) } else { b.c };
    c.finish(3, &Look { grain: 0.004, vignette: 0.07, lift: 0.0 })
}

#[derive(Clone, Copy, PartialEq)]
pub enum Hair {
    Bob,
    Short,
    Bun,
    Cap,
    Long,
    Curls,
    Beanie,
    Bald,
    Braids,
    Scarf,
    Grey,
    Quiff,
    Pony,
    Straw,
    Afro,
    Wavy,
}

fn person(b: &mut Board, n: usize, rng: &mut Rng) {
    // Skin, hair or hat, shirt, style, glasses, beard.
    let all = [
        (0xfbd7bd, 0x2b2028, 0x4f6d8f, Hair::Bob, false, false),
        (0xf3c9a5, 0x231d22, 0xe9e4d8, Hair::Short, true, false),
        (0xf8dcc8, 0x7a3b25, 0x2f3d55, Hair::Bun, false, false),
        (0xc98f6b, 0x2c5a52, 0xf4efe4, Hair::Cap, false, true),
        (0xfbdcc6, 0x3d2926, 0xf0b9b9, Hair::Long, false, false),
        (0xb77d58, 0x20191d, 0xf2c14e, Hair::Curls, true, false),
        (0xf6cfae, 0xc9503c, 0x3c4c5c, Hair::Beanie, false, true),
        (0x8a5a3c, 0x1a1416, 0x5c8c7c, Hair::Bald, true, true),
        (0xe8b48c, 0x5c3420, 0xd8795c, Hair::Braids, false, false),
        (0xd9a57c, 0x3f7f8c, 0x2f4a5c, Hair::Scarf, false, false),
        (0xf4d3ba, 0xd4d0cc, 0x7c5c84, Hair::Grey, true, false),
        (0xf7d2b4, 0xd9a441, 0x4c7c5c, Hair::Quiff, false, false),
        (0xfbd9c2, 0x1f1a20, 0xe0607a, Hair::Pony, false, false),
        (0xe4b088, 0xe8c878, 0x6c94b8, Hair::Straw, false, false),
        (0x6f4630, 0x17110f, 0xe8a03c, Hair::Afro, false, false),
        (0xf6d0b6, 0xa0522d, 0x3c3c4c, Hair::Wavy, true, false),
    ];
    let order = [0usize, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 10, 10, 11, 12, 13, 13, 14, 14, 15];
    let (skin, hair, shirt, style, glasses, beard) = all[order[n % order.len()]];
    let (skin, hair, shirt, ink) = (hex(skin), hex(hair), hex(shirt), hex(0x2a2224));
    let lit = |tone: Rgb| move |x: f32, y: f32| scale(tone, 1.05 - 0.0016 * (x - 30.0) - 0.0012 * (y - 30.0));
    b.soft(scale(hex(0x402830), 1.0), 0.16, 3.0, |s, k| {
        s.oval(52.0 * k, 112.0 * k, 39.0 * k, 36.0 * k);
    });
    // What falls behind the head.
    match style {
        Hair::Bob => b.shade(lit(hair), |s, k| {
            s.round(24.0 * k, 22.0 * k, 76.0 * k, 67.0 * k, 22.0 * k);
        }),
        Hair::Long => b.shade(lit(hair), |s, k| {
            s.round(23.0 * k, 24.0 * k, 77.0 * k, 92.0 * k, 23.0 * k);
        }),
        Hair::Wavy => b.shade(lit(hair), |s, k| {
            for (x, y, r) in [
                (30.0, 40.0, 12.0),
                (70.0, 40.0, 12.0),
                (27.0, 54.0, 11.0),
                (73.0, 54.0, 11.0),
                (28.0, 68.0, 11.0),
                (72.0, 68.0, 11.0),
                (32.0, 79.0, 9.0),
                (68.0, 79.0, 9.0),
            ] {
                s.oval(x * k, y * k, r * k, r * k);
            }
            s.rect(30.0 * k, 36.0 * k, 70.0 * k, 80.0 * k);
        }),
        Hair::Curls | Hair::Afro => {
            let (big, count) = if style == Hair::Afro { (28.0, 22) } else { (24.0, 15) };
            b.shade(lit(hair), |s, k| {
                for i in 0..count {
                    let (sin, cos) = (i as f32 / count as f32 * TAU).sin_cos();
                    let low = if style == Hair::Afro { 0.9 } else { 1.15 };
                    s.oval((50.0 + cos * big) * k, (41.0 + sin * big * low) * k, 9.0 * k, 9.0 * k);
                }
                s.oval(50.0 * k, 42.0 * k, big * k, big * k);
            });
        }
        Hair::Bun => b.shade(lit(hair), |s, k| {
            s.oval(50.0 * k, 18.0 * k, 11.5 * k, 11.0 * k);
        }),
        Hair::Pony => b.shade(lit(hair), |s, k| {
            s.oval_turned(77.0 * k, 45.0 * k, 8.0 * k, 21.0 * k, -0.35);
            s.oval(71.0 * k, 30.0 * k, 6.0 * k, 6.0 * k);
        }),
        Hair::Braids => b.shade(lit(hair), |s, k| {
            for side in [-1.0, 1.0] {
                for i in 0..5 {
                    s.oval((50.0 + side * (23.0 + 0.6 * i as f32)) * k, (54.0 + 8.0 * i as f32) * k, 5.4 * k, 5.4 * k);
                }
            }
        }),
        Hair::Scarf => b.shade(lit(hair), |s, k| {
            s.oval(50.0 * k, 47.0 * k, 27.5 * k, 31.0 * k);
            s.poly(&[[24.0 * k, 50.0 * k], [76.0 * k, 50.0 * k], [88.0 * k, 100.0 * k], [12.0 * k, 100.0 * k]]);
        }),
        Hair::Straw => b.fill(scale(hex(0x5c3a24), 1.0), |s, k| {
            s.round(27.0 * k, 34.0 * k, 73.0 * k, 64.0 * k, 14.0 * k);
        }),
        Hair::Grey => b.shade(lit(hair), |s, k| {
            for (x, y, r) in [
                (28.0, 42.0, 10.0),
                (72.0, 42.0, 10.0),
                (33.0, 29.0, 11.0),
                (67.0, 29.0, 11.0),
                (50.0, 23.0, 13.0),
                (30.0, 54.0, 8.0),
                (70.0, 54.0, 8.0),
            ] {
                s.oval(x * k, y * k, r * k, r * k);
            }
        }),
        _ => {}
    }
    b.shade(lit(shirt), |s, k| {
        s.oval(50.0 * k, 108.0 * k, 37.0 * k, 34.0 * k);
    });
    if n % 3 == 1 {
        for i in 0..3 {
            let y = 88.0 + 6.5 * i as f32;
            let half = 22.0 + 4.5 * i as f32;
            b.stroke(&[[50.0 - half, y + 1.6], [50.0, y], [50.0 + half, y + 1.6]], 2.2, mix(shirt, [1.0; 3], 0.55));
        }
    }
    let neck = scale(skin, 0.87);
    if style == Hair::Scarf {
        b.shade(lit(hair), |s, k| {
            s.poly(&[[30.0 * k, 62.0 * k], [70.0 * k, 62.0 * k], [80.0 * k, 101.0 * k], [20.0 * k, 101.0 * k]]);
        });
        b.stroke(&[[38.0, 73.0], [50.0, 78.0], [63.0, 74.0]], 1.4, scale(hair, 0.8));
    } else {
        b.fill(neck, |s, k| {
            s.round(43.2 * k, 60.0 * k, 56.8 * k, 81.0 * k, 6.8 * k);
        });
        // Ears.
        if !matches!(style, Hair::Bob | Hair::Long | Hair::Wavy | Hair::Curls) {
            for side in [-1.0, 1.0] {
                b.oval(50.0 + side * 20.4, 52.5, 3.6, 4.8, neck);
            }
        }
    }
    b.shade(lit(skin), |s, k| {
        s.oval(50.0 * k, 50.0 * k, 20.8 * k, 23.6 * k);
    });
    if beard {
        let tone = if style == Hair::Bald { hair } else { mix(hex(0x4a2c20), skin, 0.12) };
        b.fill(tone, |s, k| {
            let mut points: Vec<Point> = (0..=24)
                .map(|i| (i as f32 / 24.0 * 180.0f32).to_radians().sin_cos())
                .map(|(sin, cos)| [(50.0 + cos * 20.9) * k, (52.0 + sin * 22.6) * k])
                .collect();
            points.extend([[31.5 * k, 56.0 * k], [38.0 * k, 60.5 * k], [50.0 * k, 59.0 * k], [62.0 * k, 60.5 * k], [68.5 * k, 56.0 * k]]);
            s.poly(&points);
        });
    }
    for side in [-1.0, 1.0] {
        let x = 50.0 + side * 8.2;
        b.soft(hex(0xe8705c), 0.42, 1.2, |s, k| {
            s.oval((50.0 + side * 12.6) * k, 58.5 * k, 3.6 * k, 2.4 * k);
        });
        b.oval(x, 52.0, 1.75, 2.15, ink);
        b.oval(x + 0.6, 51.2, 0.55, 0.6, [1.0; 3]);
        b.arc([x, 48.5], [3.4, 2.4], (215.0, 325.0), 1.2, mix(if style == Hair::Grey { hex(0x9c9690) } else { hex(0x3a2822) }, skin, 0.15));
        if glasses {
            b.ring(x, 52.2, 6.2, 1.35, hex(0x33292b));
        }
    }
    if glasses {
        b.stroke(&[[48.2, 51.6], [51.8, 51.6]], 1.3, hex(0x33292b));
    }
    b.stroke(&[[50.2, 53.6], [49.0, 57.2], [50.6, 57.8]], 0.9, scale(skin, 0.8));
    let mouth = mix(hex(0xa9403a), scale(skin, 0.5), 0.25);
    if n % 4 == 2 {
        // A laugh.
        b.fill(mouth, |s, k| {
            let points: Vec<Point> = (0..=16)
                .map(|i| (i as f32 / 16.0 * 180.0f32).to_radians().sin_cos())
                .map(|(sin, cos)| [(50.0 + cos * 5.4) * k, (61.2 + sin * 4.8) * k])
                .collect();
            s.poly(&points);
        });
        b.fill([0.98, 0.96, 0.94], |s, k| {
            s.round(46.2 * k, 61.0 * k, 53.8 * k, 62.8 * k, 0.8 * k);
        });
    } else {
        b.arc([50.0, 59.4], [5.6, 4.8], (25.0, 155.0), 1.45, mouth);
    }
    hair_front(b, style, hair, &lit, rng);
}
