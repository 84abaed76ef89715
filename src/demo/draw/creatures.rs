//! Faces that are not people: pets, a fruit, the moon, a plant pot.

use super::canvas::{hex, mix, scale, smooth};
use super::face::Board;
use std::f32::consts::FRAC_PI_2;

pub fn cat(b: &mut Board, fur: u32, muzzle: u32, eye: u32) {
    let (fur, muzzle, eye) = (hex(fur), hex(muzzle), hex(eye));
    b.oval(50.0, 104.0, 31.0, 34.0, scale(fur, 0.94));
    for side in [-1.0, 1.0] {
        let x = |d: f32| 50.0 + side * d;
        b.poly(&[[x(26.0), 48.0], [x(24.5), 15.0], [x(21.5), 14.0], [x(2.0), 34.0]], fur);
        b.poly(&[[x(21.5), 40.0], [x(21.5), 21.5], [x(9.5), 33.0]], hex(0xf2a3a3));
    }
    b.shade(
        |x, y| scale(fur, 1.1 - 0.002 * (x - 30.0) - 0.002 * (y - 30.0)),
        |s, k| {
            s.oval(50.0 * k, 54.0 * k, 29.0 * k, 25.5 * k);
        },
    );
    for i in [-1.0f32, 0.0, 1.0] {
        b.stroke(&[[50.0 + i * 5.0, 30.5 + i.abs()], [50.0 + i * 4.0, 38.0]], 1.9, scale(fur, 0.72));
    }
    b.oval(44.0, 64.0, 8.6, 7.6, muzzle);
    b.oval(56.0, 64.0, 8.6, 7.6, muzzle);
    b.oval(50.0, 68.5, 6.0, 5.6, muzzle);
    for side in [-1.0, 1.0] {
        let x = 50.0 + side * 11.5;
        b.oval(x, 51.5, 6.0, 6.4, eye);
        b.oval(x, 51.8, 2.4, 5.4, hex(0x17130f));
        b.oval(x + 1.5, 49.4, 1.3, 1.3, [1.0; 3]);
        for i in 0..3 {
            let y = 62.0 + i as f32 * 2.6;
            b.stroke(&[[50.0 + side * 15.0, y], [50.0 + side * 33.0, y - 3.0 + i as f32 * 2.6]], 0.55, mix(muzzle, fur, 0.35));
        }
    }
    b.poly(&[[46.8, 59.2], [53.2, 59.2], [50.0, 63.0]], hex(0xe58a8a));
    b.arc([46.4, 64.0], [3.6, 3.2], (15.0, 150.0), 1.15, hex(0x4a3a38));
    b.arc([53.6, 64.0], [3.6, 3.2], (30.0, 165.0), 1.15, hex(0x4a3a38));
}

pub fn dog(b: &mut Board) {
    let (fur, ear, cream) = (hex(0xd9a066), hex(0x8a5a34), hex(0xfff4e4));
    b.oval(50.0, 106.0, 30.0, 33.0, scale(fur, 0.95));
    b.oval(50.0, 100.0, 16.0, 22.0, cream);
    b.shade(
        |x, y| scale(fur, 1.08 - 0.002 * (x - 30.0) - 0.002 * (y - 30.0)),
        |s, k| {
            s.oval(50.0 * k, 48.0 * k, 25.0 * k, 26.0 * k);
        },
    );
    b.fill(cream, |s, k| {
        s.oval(50.0 * k, 40.0 * k, 5.5 * k, 17.0 * k);
        s.oval(50.0 * k, 61.0 * k, 13.5 * k, 12.0 * k);
    });
    for side in [-1.0f32, 1.0] {
        b.shade(
            |_, y| scale(ear, 1.1 - 0.006 * (y - 30.0)),
            |s, k| {
                s.oval_turned((50.0 + side * 25.0) * k, 47.0 * k, 9.0 * k, 20.0 * k, side * -0.22);
            },
        );
        b.oval(50.0 + side * 10.5, 46.0, 3.1, 3.5, hex(0x221a18));
        b.oval(50.0 + side * 10.5 + 1.0, 44.8, 1.0, 1.0, [1.0; 3]);
    }
    b.oval(50.0, 56.0, 5.0, 3.7, hex(0x2c2220));
    b.oval(48.6, 54.8, 1.4, 0.8, hex(0x7c6a66));
    b.stroke(&[[50.0, 59.0], [50.0, 63.0]], 1.2, hex(0x4a3430));
    b.fill(hex(0xf08a94), |s, k| {
        s.round(46.4 * k, 64.0 * k, 53.6 * k, 74.0 * k, 3.6 * k);
    });
    b.arc([45.4, 62.0], [4.6, 3.8], (10.0, 150.0), 1.3, hex(0x4a3430));
    b.arc([54.6, 62.0], [4.6, 3.8], (30.0, 170.0), 1.3, hex(0x4a3430));
    b.fill(hex(0x2f7f8c), |s, k| {
        s.round(30.0 * k, 77.5 * k, 70.0 * k, 83.0 * k, 2.7 * k);
    });
    b.oval(50.0, 85.0, 3.4, 3.4, hex(0xf2c14e));
}

pub fn persimmon(b: &mut Board) {
    let k = b.k;
    b.c.paint(|_, v, _| mix(hex(0xf6efe2), hex(0xe4d3b8), v));
    b.soft(hex(0x9c7c54), 0.5, 2.5, |s, k| {
        s.oval(52.0 * k, 87.0 * k, 31.0 * k, 5.0 * k);
    });
    b.shade(
        |x, y| {
            let glow = (-((x - 40.0).powi(2) + (y - 50.0).powi(2)) / 260.0).exp();
            mix(mix(hex(0xf08434), hex(0xd9601c), smooth(45.0, 88.0, y)), hex(0xffc080), 0.6 * glow)
        },
        |s, k| {
            s.oval(50.0 * k, 61.0 * k, 32.0 * k, 27.5 * k);
        },
    );
    for i in 0..4 {
        let a = 0.62 + i as f32 * FRAC_PI_2;
        let at = |t: f32, r: f32| [50.0 + (a + t).cos() * r, 37.0 + (a + t).sin() * r * 0.46];
        b.poly(
            &[[50.0, 36.5], at(-0.5, 14.0), at(-0.22, 21.0), at(0.0, 26.0), at(0.22, 21.0), at(0.5, 14.0)],
            if i < 2 { hex(0x5f8040) } else { hex(0x4c6c34) },
        );
    }
    b.fill(hex(0x7a5a38), |s, _| {
        s.line([50.0 * k, 37.0 * k], [52.5 * k, 25.5 * k], 4.4 * k, 3.2 * k);
    });
    for side in [-1.0, 1.0] {
        b.oval(50.0 + side * 8.5, 62.0, 1.8, 2.2, hex(0x4a2416));
        b.soft(hex(0xe04830), 0.5, 1.2, |s, k| {
            s.oval((50.0 + side * 14.0) * k, 67.0 * k, 3.4 * k, 2.2 * k);
        });
    }
    b.arc([50.0, 66.0], [4.4, 3.8], (25.0, 155.0), 1.4, hex(0x7a2c14));
}

pub fn moon_face(b: &mut Board) {
    b.c.paint(|_, v, _| mix(hex(0x151c44), hex(0x5c4c8c), v));
    for (x, y, r) in [
        (16.0, 20.0, 1.2),
        (32.0, 11.0, 0.9),
        (84.0, 16.0, 1.3),
        (88.0, 48.0, 1.0),
        (13.0, 50.0, 1.4),
        (76.0, 33.0, 0.8),
        (24.0, 35.0, 0.8),
    ] {
        b.oval(x, y, r, r, hex(0xfff3d6));
    }
    b.c.glow(50.0 * b.k, 43.0 * b.k, 32.0 * b.k, scale(hex(0xffd890), 0.4));
    b.shade(
        |x, y| scale(hex(0xfbe3ac), 1.08 - 0.003 * (x - 35.0) - 0.003 * (y - 30.0)),
        |s, k| {
            s.oval(50.0 * k, 43.0 * k, 25.0 * k, 25.0 * k);
        },
    );
    for (x, y, r) in [(37.0, 32.0, 4.4), (63.0, 27.0, 3.0), (65.0, 58.0, 3.6)] {
        b.oval(x, y, r, r, hex(0xeecb88));
    }
    for side in [-1.0, 1.0] {
        b.arc([50.0 + side * 8.0, 42.0], [3.2, 2.6], (20.0, 160.0), 1.4, hex(0x6a4a3c));
        b.soft(hex(0xf08a6c), 0.5, 1.2, |s, k| {
            s.oval((50.0 + side * 13.0) * k, 48.0 * k, 3.2 * k, 2.0 * k);
        });
    }
    b.arc([50.0, 48.0], [3.6, 3.0], (20.0, 160.0), 1.4, hex(0x8a4a3c));
    b.poly(&[[0.0, 100.0], [0.0, 80.0], [26.0, 66.0], [50.0, 82.0], [72.0, 70.0], [100.0, 86.0], [100.0, 100.0]], hex(0x2f2c5e));
    b.poly(&[[0.0, 100.0], [0.0, 92.0], [32.0, 80.0], [62.0, 94.0], [100.0, 82.0], [100.0, 100.0]], hex(0x1a1a3d));
}

pub fn bear(b: &mut Board) {
    let (fur, snout) = (hex(0xf4f2ee), hex(0xffffff));
    b.oval(50.0, 106.0, 33.0, 33.0, scale(fur, 0.95));
    b.fill(hex(0xd2453c), |s, k| {
        s.round(24.0 * k, 75.0 * k, 76.0 * k, 84.0 * k, 4.5 * k);
        s.poly(&[[60.0 * k, 80.0 * k], [71.0 * k, 80.0 * k], [73.0 * k, 99.0 * k], [63.0 * k, 99.0 * k]]);
    });
    for side in [-1.0, 1.0] {
        b.oval(50.0 + side * 20.0, 28.0, 8.6, 8.6, fur);
        b.oval(50.0 + side * 20.0, 28.5, 4.8, 4.8, hex(0xd9c8c4));
    }
    b.shade(
        |x, y| scale(fur, 1.02 - 0.0014 * (x - 30.0) - 0.0018 * (y - 30.0)),
        |s, k| {
            s.oval(50.0 * k, 50.0 * k, 28.0 * k, 26.0 * k);
        },
    );
    b.oval(50.0, 60.0, 11.5, 9.0, snout);
    b.oval(50.0, 56.0, 4.2, 3.0, hex(0x2c2a30));
    b.arc([47.2, 60.5], [2.8, 2.6], (10.0, 170.0), 1.2, hex(0x4a4448));
    b.arc([52.8, 60.5], [2.8, 2.6], (10.0, 170.0), 1.2, hex(0x4a4448));
    for side in [-1.0, 1.0] {
        b.oval(50.0 + side * 11.5, 48.0, 2.3, 2.7, hex(0x2c2a30));
        b.oval(50.0 + side * 11.5 + 0.7, 47.0, 0.8, 0.8, [1.0; 3]);
        b.soft(hex(0xf09a9a), 0.5, 1.3, |s, k| {
            s.oval((50.0 + side * 18.0) * k, 56.0 * k, 3.8 * k, 2.4 * k);
        });
    }
}

/// A plant pot that smiles.
pub fn sprout(b: &mut Board) {
    let clay = hex(0xd0714a);
    b.soft(hex(0x5c4030), 0.4, 2.5, |s, k| {
        s.oval(52.0 * k, 91.0 * k, 26.0 * k, 4.0 * k);
    });
    b.stroke(&[[50.0, 56.0], [49.0, 42.0], [51.0, 28.0]], 2.6, hex(0x4f7d3c));
    for (x, y, rx, ry, turn, tone) in
        [(35.0, 38.0, 17.0, 8.6, 0.5, 0x6ea84c), (66.0, 32.0, 18.0, 9.0, -0.5, 0x5a9440), (51.0, 20.0, 7.5, 14.0, 0.1, 0x86bc5c)]
    {
        b.shade(
            |px, py| scale(hex(tone), 1.14 - 0.006 * (py - y + 10.0) - 0.003 * (px - x)),
            |s, k| {
                s.oval_turned(x * k, y * k, rx * k, ry * k, turn);
            },
        );
    }
    b.shade(
        |x, _| scale(clay, 1.1 - 0.006 * (x - 38.0)),
        |s, k| {
            s.poly(&[[27.0 * k, 60.0 * k], [73.0 * k, 60.0 * k], [66.5 * k, 91.0 * k], [33.5 * k, 91.0 * k]]);
        },
    );
    b.shade(
        |x, _| scale(clay, 1.2 - 0.006 * (x - 38.0)),
        |s, k| {
            s.round(24.0 * k, 53.0 * k, 76.0 * k, 63.0 * k, 2.5 * k);
        },
    );
    for side in [-1.0, 1.0] {
        b.oval(50.0 + side * 8.0, 72.0, 1.9, 2.3, hex(0x3c1c14));
        b.soft(hex(0xffb09a), 0.6, 1.2, |s, k| {
            s.oval((50.0 + side * 13.0) * k, 77.0 * k, 3.2 * k, 2.0 * k);
        });
    }
    b.arc([50.0, 75.5], [4.4, 3.8], (20.0, 160.0), 1.5, hex(0x5c2418));
}

pub fn bird(b: &mut Board) {
    let (blue, belly) = (hex(0x4f8fc0), hex(0xfff0d8));
    b.stroke(&[[0.0, 88.0], [40.0, 85.0], [100.0, 89.0]], 3.6, hex(0x6a4a34));
    b.poly(&[[26.0, 70.0], [4.0, 84.0], [10.0, 90.0], [36.0, 80.0]], scale(blue, 0.8));
    b.shade(
        |x, y| scale(blue, 1.12 - 0.003 * (x - 30.0) - 0.004 * (y - 30.0)),
        |s, k| {
            s.oval(50.0 * k, 58.0 * k, 28.0 * k, 28.5 * k);
        },
    );
    b.oval(57.0, 66.0, 19.0, 19.0, belly);
    b.shade(
        |_, y| scale(blue, 0.94 - 0.006 * (y - 60.0)),
        |s, k| {
            s.oval_turned(33.0 * k, 64.0 * k, 10.0 * k, 17.0 * k, 0.45);
        },
    );
    b.poly(&[[68.0, 49.0], [86.0, 53.5], [68.0, 58.0]], hex(0xf2a03c));
    b.poly(&[[68.0, 53.0], [85.0, 53.5], [68.0, 58.0]], hex(0xd9822c));
    b.oval(60.0, 47.0, 5.2, 5.4, [0.98; 3]);
    b.oval(61.0, 47.2, 2.8, 3.1, hex(0x1c1a20));
    b.oval(62.0, 46.0, 1.0, 1.0, [1.0; 3]);
    b.soft(hex(0xf08a7c), 0.6, 1.2, |s, k| {
        s.oval(64.0 * k, 58.5 * k, 3.8 * k, 2.5 * k);
    });
    b.stroke(&[[46.0, 31.0], [42.0, 22.0]], 2.0, blue);
    b.stroke(&[[49.0, 30.0], [49.0, 20.0]], 2.0, blue);
    for x in [46.0, 57.0] {
        b.stroke(&[[x, 84.0], [x, 88.0]], 1.8, hex(0xd9822c));
    }
}
