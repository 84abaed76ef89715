//! Outlines with exact anti-aliasing: polygons, strokes, trees.
use std::f32::consts::{FRAC_PI_2, TAU};

pub type Point = [f32; 2];

/// A collection of closed outlines, in pixels. Where they overlap they are one.
#[derive(Default)]
pub struct Shape {
    edges: Vec<[f32; 4]>,
}

/// How much of each pixel a shape covers, for the part of the picture it touches.
pub struct Cover {
    pub x0: usize,
    pub y0: usize,
    pub w: usize,
    pub h: usize,
    pub a: Vec<f32>,
}

impl Shape {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a polygon, turned one way round so that overlapping ones add up instead of cancelling.
    pub fn poly(&mut self, points: &[Point]) -> &mut Self {
        let turn: f32 = ring(points).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
        for (a, b) in ring(points) {
            self.edges.push(if turn > 0.0 { [a[0], a[1], b[0], b[1]] } else { [b[0], b[1], a[0], a[1]] });
        }
        self
    }

    pub fn rect(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> &mut Self {
        self.poly(&[[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    }

    pub fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32) -> &mut Self {
        self.oval_turned(x, y, rx, ry, 0.0)
    }

    pub fn oval_turned(&mut self, x: f32, y: f32, rx: f32, ry: f32, turn: f32) -> &mut Self {
        let n = (8.0 + (rx.max(ry)).sqrt() * 5.0).min(160.0) as usize;
        let (s, c) = turn.sin_cos();
        let points: Vec<Point> = (0..n)
            .map(|i| {
                let (sin, cos) = (i as f32 / n as f32 * TAU).sin_cos();
                [x + cos * rx * c - sin * ry * s, y + cos * rx * s + sin * ry * c]
            })
            .collect();
        self.poly(&points)
    }

    /// A stroke that may taper, with round ends when it is thick enough for them to show.
    pub fn line(&mut self, a: Point, b: Point, wa: f32, wb: f32) -> &mut Self {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let len = dx.hypot(dy).max(1e-4);
        let (nx, ny) = (-dy / len * 0.5, dx / len * 0.5);
        self.poly(&[
            [a[0] + nx * wa, a[1] + ny * wa],
            [b[0] + nx * wb, b[1] + ny * wb],
            [b[0] - nx * wb, b[1] - ny * wb],
            [a[0] - nx * wa, a[1] - ny * wa],
        ]);
        if wb > 2.5 {
            self.oval(b[0], b[1], wb * 0.5, wb * 0.5);
        }
        if wa > 2.5 {
            self.oval(a[0], a[1], wa * 0.5, wa * 0.5);
        }
        self
    }

    pub fn path(&mut self, points: &[Point], width: f32) -> &mut Self {
        for pair in points.windows(2) {
            self.line(pair[0], pair[1], width, width);
        }
        self
    }

    /// A rectangle with round corners.
    pub fn round(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, r: f32) -> &mut Self {
        let r = r.min((x1 - x0) / 2.0).min((y1 - y0) / 2.0);
        let mut points = Vec::with_capacity(40);
        for (k, (cx, cy)) in [(x1 - r, y0 + r), (x1 - r, y1 - r), (x0 + r, y1 - r), (x0 + r, y0 + r)].into_iter().enumerate() {
            for i in 0..10 {
                let t = (k as f32 - 1.0 + i as f32 / 9.0) * FRAC_PI_2;
                points.push([cx + r * t.cos(), cy + r * t.sin()]);
            }
        }
        self.poly(&points)
    }

    /// Works out the coverage by summing signed areas along each row, exact for slanted edges.
    pub fn cover(&self, size: (usize, usize)) -> Cover {
        let (width, height) = (size.0 as f32, size.1 as f32);
        let mut low = [f32::MAX; 2];
        let mut high = [f32::MIN; 2];
        for e in &self.edges {
            for k in 0..2 {
                low[k] = low[k].min(e[k]).min(e[k + 2]);
                high[k] = high[k].max(e[k]).max(e[k + 2]);
            }
        }
        let x0 = low[0].floor().clamp(0.0, width) as usize;
        let y0 = low[1].floor().clamp(0.0, height) as usize;
        let x1 = (high[0] + 1.0).ceil().clamp(0.0, width) as usize;
        let y1 = (high[1] + 1.0).ceil().clamp(0.0, height) as usize;
        let (w, h) = (x1.saturating_sub(x0), y1.saturating_sub(y0));
        let mut cover = Cover { x0, y0, w, h, a: vec![0.0; w * h] };
        if w == 0 || h == 0 {
            return cover;
        }
        let stride = w + 2;
        let mut sums = vec![0.0f32; stride * h];
        for e in &self.edges {
            let shifted = [e[0] - x0 as f32, e[1] - y0 as f32, e[2] - x0 as f32, e[3] - y0 as f32];
            edge(&mut sums, stride, (w, h), shifted);
        }
        for (row, sum) in cover.a.chunks_mut(w).zip(sums.chunks(stride)) {
            let mut total = 0.0f32;
            for (a, s) in row.iter_mut().zip(sum) {
                total += s;
                *a = total.abs().min(1.0);
            }
        }
        cover
    }
}

fn ring(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    (0..points.len()).map(|i| (points[i], points[(i + 1) % points.len()]))
}

fn edge(sums: &mut [f32], stride: usize, (w, h): (usize, usize), e: [f32; 4]) {
    let (dir, x0, y0, x1, y1) = if e[1] < e[3] { (1.0, e[0], e[1], e[2], e[3]) } else { (-1.0, e[2], e[3], e[0], e[1]) };
    if y1 - y0 < 1e-6 || y1 <= 0.0 || y0 >= h as f32 {
        return;
    }
    let slope = (x1 - x0) / (y1 - y0);
    let limit = w as f32;
    for y in y0.max(0.0) as usize..(y1.ceil() as usize).min(h) {
        let (top, low) = (y0.max(y as f32), y1.min(y as f32 + 1.0));
        let dy = (low - top) * dir;
        let a = (x0 + (top - y0) * slope).clamp(0.0, limit);
        let b = (x0 + (low - y0) * slope).clamp(0.0, limit);
        let (left, right) = (a.min(b), a.max(b));
        let row = &mut sums[y * stride..(y + 1) * stride];
        let (li, ri) = (left as usize, right as usize);
        if li == ri {
            let part = 1.0 - ((left + right) * 0.5 - li as f32);
            row[li] += dy * part;
            row[li + 1] += dy * (1.0 - part);
            continue;
        }
        // The edge crosses several pixels of this row: each part shades its own pixel and the ones after it.
        let per = dy / (right - left);
        for x in li..=ri {
            let (from, to) = (left.max(x as f32), right.min(x as f32 + 1.0));
            let (step, middle) = ((to - from) * per, (from + to) * 0.5 - x as f32);
            row[x] += step * (1.0 - middle);
            row[x + 1] += step * middle;
        }
    }
}

impl Cover {
    /// The same shape out of focus; grows by what the blur needs.
    pub fn blurred(&self, sigma: f32, size: (usize, usize)) -> Self {
        if self.w == 0 || self.h == 0 {
            return Self { x0: 0, y0: 0, w: 0, h: 0, a: Vec::new() };
        }
        let pad = (sigma * 3.0) as usize + 1;
        let (x0, y0) = (self.x0.saturating_sub(pad), self.y0.saturating_sub(pad));
        let (x1, y1) = ((self.x0 + self.w + pad).min(size.0), (self.y0 + self.h + pad).min(size.1));
        let (w, h) = (x1 - x0, y1 - y0);
        let mut a = vec![0.0; w * h];
        for (j, row) in self.a.chunks(self.w).enumerate() {
            let start = (self.y0 - y0 + j) * w + self.x0 - x0;
            a[start..start + self.w].copy_from_slice(row);
        }
        let r = ((sigma + 0.25) as usize).max(1);
        for _ in 0..3 {
            for row in a.chunks_mut(w) {
                slide(row, r);
            }
            slide_down(&mut a, w, r);
        }
        Self { x0, y0, w, h, a }
    }

    /// Coverage at a pixel of the whole picture.
    pub fn get(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - self.x0 as f32, y - self.y0 as f32);
        if x < 0.0 || y < 0.0 || x >= self.w as f32 || y >= self.h as f32 {
            return 0.0;
        }
        self.a[y as usize * self.w + x as usize]
    }
}

fn slide(row: &mut [f32], r: usize) {
    let n = row.len() as isize;
    let old = row.to_vec();
    let at = |i: isize| old[i.clamp(0, n - 1) as usize];
    let r = r as isize;
    let mut sum: f32 = (-r..=r).map(at).sum();
    let k = 1.0 / (2 * r + 1) as f32;
    for (x, a) in row.iter_mut().enumerate() {
        *a = (sum * k).max(0.0);
        sum += at(x as isize + r + 1) - at(x as isize - r);
    }
}

/// The same down the columns, a row at a time so that memory is walked in order.
fn slide_down(a: &mut [f32], w: usize, r: usize) {
    let old = a.to_vec();
    let h = old.len() / w;
    let mut sum = vec![0.0f32; w];
    // Beyond the picture its edge goes on; inside, the padding has seen to it that the edge is empty.
    let row = |y: isize| {
        let y = y.clamp(0, h as isize - 1) as usize;
        &old[y * w..(y + 1) * w]
    };
    for y in -(r as isize)..=r as isize {
        sum.iter_mut().zip(row(y)).for_each(|(s, x)| *s += x);
    }
    let k = 1.0 / (2 * r + 1) as f32;
    for (y, out) in a.chunks_mut(w).enumerate() {
        out.iter_mut().zip(&sum).for_each(|(x, s)| *x = (s * k).max(0.0));
        let (gone, new) = (row(y as isize - r as isize), row(y as isize + r as isize + 1));
        for (s, (g, n)) in sum.iter_mut().zip(gone.iter().zip(new)) {
            *s += n - g;
        }
    }
}
