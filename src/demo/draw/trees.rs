//! What grows: branches, firs, and the ground under them.

use super::noise::{Curve, Rng};
use super::shape::{Point, Shape};

/// How a tree forks: see [`branches`].
#[derive(Clone, Copy)]
pub struct Habit {
    pub spread: f32,
    pub keep: (f32, f32),
    pub forks: (usize, usize),
    pub bend: f32,
    pub thin: f32,
}

/// A stroke of wood: from, to, and its width at both ends.
pub type Twig = (Point, Point, f32, f32);

/// Grows a branch and everything on it, and lists its strokes.
pub fn branches(start: (Point, f32), len: f32, width: f32, depth: u32, habit: &Habit, rng: &mut Rng, out: &mut Vec<Twig>) {
    const STEPS: usize = 5;
    let (mut p, mut angle) = start;
    let end = width * habit.thin;
    for i in 0..STEPS {
        let q = [p[0] + angle.cos() * len / STEPS as f32, p[1] + angle.sin() * len / STEPS as f32];
        let at = |k: usize| width + (end - width) * k as f32 / STEPS as f32;
        out.push((p, q, at(i), at(i + 1)));
        p = q;
        angle += rng.normal() * 0.09 + habit.bend;
        // Side shoots keep the lower half of a branch from looking like a bare pole.
        if depth > 0 && i >= 2 && rng.chance(0.2) {
            let side = angle + rng.sign() * rng.range(0.5, 1.0);
            branches((p, side), len * 0.55, end * 0.55, depth.saturating_sub(2), habit, rng, out);
        }
    }
    if depth > 0 {
        let forks = habit.forks.0 + rng.below(habit.forks.1 - habit.forks.0 + 1);
        for k in 0..forks {
            let t = if forks == 1 { 0.0 } else { k as f32 / (forks - 1) as f32 * 2.0 - 1.0 };
            let turn = t * habit.spread + rng.normal() * habit.spread * 0.35;
            let next = len * rng.range(habit.keep.0, habit.keep.1);
            branches((p, angle + turn), next, end * rng.range(0.72, 0.95), depth - 1, habit, rng, out);
        }
    }
}

/// A fir: a ragged, tiered outline standing on (x, foot).
pub fn fir(shape: &mut Shape, x: f32, foot: f32, tall: f32, rng: &mut Rng) {
    let reach = tall * rng.range(0.17, 0.25);
    let tiers = (rng.range(9.0, 14.0)) as usize;
    let mut sides = [Vec::new(), Vec::new()];
    for (side, points) in sides.iter_mut().enumerate() {
        let s = if side == 0 { 1.0 } else { -1.0 };
        for i in 0..tiers {
            let t = (i as f32 + rng.range(0.5, 0.95)) / tiers as f32;
            let half = reach * t.powf(0.85) * rng.range(0.78, 1.12);
            let y = foot - tall * (1.0 - t);
            points.push([x + s * half, y + reach * 0.16]);
            points.push([x + s * half * rng.range(0.42, 0.6), y - tall * 0.006]);
        }
    }
    let mut outline = vec![[x, foot - tall]];
    outline.append(&mut sides[0]);
    outline.push([x + tall * 0.012, foot - tall * 0.02]);
    outline.push([x + tall * 0.012, foot + tall * 0.05]);
    outline.push([x - tall * 0.012, foot + tall * 0.05]);
    outline.push([x - tall * 0.012, foot - tall * 0.02]);
    outline.extend(sides[1].iter().rev());
    shape.poly(&outline);
}

/// A row of firs along a crest, and the ground under them down to `bottom`. Everything in pixels.
pub fn fir_row(size: (usize, usize), crest: impl Fn(f32) -> f32, tall: f32, count: usize, bottom: f32, rng: &mut Rng) -> Shape {
    let w = size.0 as f32;
    let mut shape = Shape::new();
    for i in 0..count {
        let x = (i as f32 + rng.range(-0.9, 0.9)) / count as f32 * w * 1.1 - 0.05 * w;
        let height = tall * rng.range(0.5, 1.15);
        fir(&mut shape, x, crest(x / w) + tall * 0.03, height, rng);
    }
    let mut ground: Vec<Point> = (0..=120).map(|i| [i as f32 / 120.0 * w, crest(i as f32 / 120.0)]).collect();
    ground.push([w, bottom]);
    ground.push([0.0, bottom]);
    shape.poly(&ground);
    shape
}

/// A closed shape below a curve, from edge to edge. Everything in pixels.
pub fn below(size: (usize, usize), crest: impl Fn(f32) -> f32, bottom: f32) -> Shape {
    let w = size.0 as f32;
    let n = size.0.min(700);
    let mut points: Vec<Point> = (0..=n).map(|i| [i as f32 / n as f32 * w, crest(i as f32 / n as f32)]).collect();
    points.push([w, bottom]);
    points.push([0.0, bottom]);
    let mut shape = Shape::new();
    shape.poly(&points);
    shape
}

/// A crest as a closure over noise: base height, swing and the curve, in parts of the picture's height.
pub fn crest(base: f32, swing: f32, curve: &Curve) -> impl Fn(f32) -> f32 + '_ {
    move |u| base - swing * curve.at(u)
}
