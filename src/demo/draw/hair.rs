//! What lies over the forehead of a drawn person.

use super::canvas::{Rgb, hex, scale};
use super::face::{Board, Hair};
use super::noise::Rng;
use super::shape::Point;

/// What lies over the forehead: fringe, cap or hat.
pub fn hair_front<F: Fn(f32, f32) -> Rgb>(b: &mut Board, style: Hair, hair: Rgb, lit: &impl Fn(Rgb) -> F, rng: &mut Rng) {
    // The upper part of an oval a little larger than the head, closed by the given lower line.
    let cap = |rx: f32, top: f32, lower: &[Point]| -> Vec<Point> {
        let mut points: Vec<Point> = (0..=32)
            .map(|i| (180.0 + i as f32 / 32.0 * 180.0f32).to_radians().sin_cos())
            .map(|(s, c)| [50.0 + c * rx, 47.0 + s * (47.0 - top)])
            .collect();
        points.extend_from_slice(lower);
        points
    };
    let draw = |b: &mut Board, points: Vec<Point>| {
        b.shade(lit(hair), |s, k| {
            let points: Vec<Point> = points.iter().map(|p| [p[0] * k, p[1] * k]).collect();
            s.poly(&points);
        });
    };
    match style {
        Hair::Bob => draw(b, cap(23.0, 22.0, &[[73.0, 56.0], [69.5, 44.5], [50.0, 42.0], [30.5, 44.5], [27.0, 56.0]])),
        Hair::Long => {
            draw(b, cap(23.0, 22.5, &[[73.0, 58.0], [69.5, 46.0], [58.0, 36.0], [52.0, 33.5], [42.0, 38.0], [30.5, 46.0], [27.0, 58.0]]))
        }
        Hair::Wavy => {
            draw(b, cap(23.0, 22.0, &[[72.5, 52.0], [68.0, 43.0], [60.0, 39.0], [44.0, 33.0], [36.0, 40.0], [30.0, 47.0], [27.5, 52.0]]))
        }
        Hair::Bun => {
            draw(b, cap(21.8, 23.5, &[[71.8, 48.0], [67.0, 40.0], [58.0, 35.5], [50.0, 34.5], [42.0, 35.5], [33.0, 40.0], [28.2, 48.0]]))
        }
        Hair::Short => {
            draw(b, cap(22.0, 23.0, &[[72.0, 50.0], [69.0, 41.0], [60.0, 38.0], [45.0, 40.5], [34.0, 38.5], [31.0, 42.0], [28.0, 50.0]]))
        }
        Hair::Pony => {
            draw(b, cap(22.0, 23.5, &[[72.0, 47.0], [66.0, 41.0], [52.0, 39.5], [48.0, 43.0], [44.0, 39.0], [34.0, 42.0], [28.0, 49.0]]))
        }
        Hair::Braids => {
            draw(b, cap(22.2, 23.5, &[[72.2, 55.0], [68.5, 44.0], [56.0, 38.0], [50.0, 33.0], [44.0, 38.0], [31.5, 44.0], [27.8, 55.0]]))
        }
        Hair::Quiff => draw(
            b,
            vec![
                [28.0, 47.0],
                [28.5, 36.0],
                [33.0, 27.0],
                [42.0, 19.5],
                [56.0, 16.0],
                [70.0, 19.0],
                [75.0, 26.0],
                [70.0, 29.5],
                [72.0, 36.0],
                [72.0, 47.0],
                [69.0, 39.0],
                [60.0, 36.5],
                [45.0, 38.5],
                [34.0, 36.5],
                [31.0, 40.0],
            ],
        ),
        Hair::Grey => draw(b, cap(21.6, 24.0, &[[71.6, 45.0], [64.0, 37.0], [50.0, 33.5], [36.0, 37.0], [28.4, 45.0]])),
        Hair::Scarf => {
            draw(b, cap(24.0, 20.5, &[[74.0, 62.0], [70.0, 48.0], [62.0, 38.5], [50.0, 35.0], [38.0, 38.5], [30.0, 48.0], [26.0, 62.0]]));
            b.arc([50.0, 58.0], [21.8, 25.0], (200.0, 340.0), 1.2, scale(hair, 0.82));
        }
        Hair::Cap => {
            draw(b, cap(22.8, 21.5, &[[72.8, 43.5], [27.2, 43.5]]));
            b.shade(
                |x, y| scale(hair, 0.86 - 0.003 * (x - 50.0) - 0.004 * (y - 40.0)),
                |s, k| {
                    s.round(25.0 * k, 40.0 * k, 84.0 * k, 45.6 * k, 2.8 * k);
                },
            );
            b.oval(50.0, 21.6, 2.0, 1.6, scale(hair, 0.8));
            b.oval(50.0, 33.0, 5.0, 5.0, hex(0xf2e2c0));
        }
        Hair::Beanie => {
            draw(b, cap(23.4, 18.0, &[[73.4, 42.0], [26.6, 42.0]]));
            b.fill(scale(hair, 0.84), |s, k| {
                s.round(25.6 * k, 36.5 * k, 74.4 * k, 44.5 * k, 3.6 * k);
            });
            for i in 0..9 {
                let x = 29.5 + i as f32 * 5.1;
                b.stroke(&[[x, 38.0], [x, 43.0]], 0.9, scale(hair, 0.7));
            }
            b.oval(50.0, 17.0, 5.6, 5.2, hex(0xf6ece0));
        }
        Hair::Straw => {
            b.fill(scale(hair, 0.78), |s, k| {
                s.oval(50.0 * k, 39.5 * k, 37.0 * k, 7.0 * k);
            });
            draw(b, cap(20.5, 19.0, &[[70.5, 38.0], [29.5, 38.0]]));
            b.shade(
                |_, y| scale(hair, 1.04 - 0.012 * (y - 36.0)),
                |s, k| {
                    s.oval(50.0 * k, 38.0 * k, 37.0 * k, 5.6 * k);
                },
            );
            b.fill(hex(0xb8483c), |s, k| {
                s.poly(&[[29.6 * k, 31.5 * k], [70.4 * k, 31.5 * k], [70.6 * k, 36.8 * k], [50.0 * k, 39.0 * k], [29.4 * k, 36.8 * k]]);
            });
        }
        Hair::Curls | Hair::Afro => {
            for i in 0..7 {
                let x = 32.5 + i as f32 * 5.8;
                let y = 34.0 - 4.5 * (1.0 - ((x - 50.0) / 18.0).powi(2)) + rng.range(-0.6, 0.6);
                b.shade(lit(hair), |s, k| {
                    s.oval(x * k, y * k, 6.0 * k, 6.0 * k);
                });
            }
        }
        Hair::Bald => b.soft([1.0; 3], 0.22, 1.6, |s, k| {
            s.oval(43.0 * k, 32.5 * k, 5.0 * k, 2.2 * k);
        }),
    }
}
