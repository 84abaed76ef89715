//! Chance that repeats: a small generator and the cloudy fields grown from it.
//!
//! Fields are computed on a coarse grid and read back smoothly, because light, mist and water are soft: a
//! half-size field cannot be told from a full one and costs a quarter.

/// A splitmix64 generator: tiny, fast, and the same on every machine.
#[derive(Clone)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        // The seed is stirred first: neighbouring seeds must not walk the same sequence one step apart.
        let mut stir = Self(seed ^ 0x5bd1_e995_c0ff_ee11);
        Self(stir.next() ^ stir.next().rotate_left(23))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, p: f32) -> bool {
        self.unit() < p
    }

    /// Nearly normal: four uniform numbers are bell-shaped enough for pictures.
    pub fn normal(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 1.732
    }

    /// Many small values and a few large ones, of mean 1.
    pub fn exp(&mut self) -> f32 {
        -(1.0 - self.unit()).ln()
    }

    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub fn sign(&mut self) -> f32 {
        if self.chance(0.5) { 1.0 } else { -1.0 }
    }
}

/// Weights of a slightly softened Catmull-Rom blend between four neighbours.
fn weights(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [-0.4 * t + 0.8 * t2 - 0.4 * t3, 1.0 - 2.6 * t2 + 1.6 * t3, 0.4 * t + 2.2 * t2 - 1.6 * t3, -0.4 * t2 + 0.4 * t3]
}

/// A grid of values read with smooth interpolation; `u` and `v` run from 0 to 1.
pub struct Field {
    w: usize,
    h: usize,
    data: Vec<f32>,
}

impl Field {
    /// Cloudy noise of mean 0 and spread about 1. `cells` counts lumps over the height; `stretch` above 1 draws
    /// them out sideways.
    pub fn fbm(size: (usize, usize), cells: f32, octaves: u32, gain: f32, stretch: f32, rng: &mut Rng) -> Self {
        let scale = if size.0.max(size.1) > 700 { 2.0 } else { 1.0 };
        let (w, h) = ((size.0 as f32 / scale) as usize + 1, (size.1 as f32 / scale) as usize + 1);
        let mut field = Self { w, h, data: vec![0.0; w * h] };
        let (mut power, mut norm) = (1.0f32, 0.0);
        for octave in 0..octaves {
            let rows = cells * 2f32.powi(octave as i32);
            let cols = (rows * size.0 as f32 / size.1 as f32 / stretch).max(1.0);
            if rows > h as f32 * 0.7 {
                break;
            }
            field.add(rows, cols, power, rng);
            norm += power * power;
            power *= gain;
        }
        let scale = 1.55 / norm.max(1e-6).sqrt();
        field.data.iter_mut().for_each(|x| *x *= scale);
        field
    }

    fn add(&mut self, rows: f32, cols: f32, power: f32, rng: &mut Rng) {
        let (nr, nc) = (rows as usize + 5, cols as usize + 5);
        let grid: Vec<f32> = (0..nr * nc).map(|_| rng.range(-1.0, 1.0) * power).collect();
        let (sx, sy) = (rng.unit(), rng.unit());
        let columns: Vec<(usize, [f32; 4])> = (0..self.w)
            .map(|x| {
                let p = x as f32 / self.w as f32 * cols + sx;
                (p as usize, weights(p.fract()))
            })
            .collect();
        let mut line = vec![0.0f32; nc];
        for y in 0..self.h {
            let p = y as f32 / self.h as f32 * rows + sy;
            let (r, k) = (p as usize, weights(p.fract()));
            for (c, value) in line.iter_mut().enumerate() {
                *value = (0..4).map(|i| grid[(r + i) * nc + c] * k[i]).sum();
            }
            let row = &mut self.data[y * self.w..(y + 1) * self.w];
            for (value, (c, k)) in row.iter_mut().zip(&columns) {
                let near = &line[*c..*c + 4];
                *value += near[0] * k[0] + near[1] * k[1] + near[2] * k[2] + near[3] * k[3];
            }
        }
    }

    pub fn at(&self, u: f32, v: f32) -> f32 {
        let x = (u * self.w as f32).clamp(0.0, self.w as f32 - 1.01);
        let y = (v * self.h as f32).clamp(0.0, self.h as f32 - 1.01);
        let (xi, yi) = (x as usize, y as usize);
        let (fx, fy) = (x - xi as f32, y - yi as f32);
        let i = yi * self.w + xi;
        let (top, low) = (&self.data[i..i + 2], &self.data[i + self.w..i + self.w + 2]);
        let a = top[0] + (top[1] - top[0]) * fx;
        let b = low[0] + (low[1] - low[0]) * fx;
        a + (b - a) * fy
    }
}

const SIDE: usize = 512;

/// Noise that wraps around in both directions, for surfaces seen in perspective: water, sand, a sky of clouds.
pub struct Tile(Vec<f32>);

impl Tile {
    pub fn new(cells: usize, octaves: u32, gain: f32, rng: &mut Rng) -> Self {
        let mut data = vec![0.0f32; SIDE * SIDE];
        let (mut power, mut norm, mut n) = (1.0f32, 0.0, cells);
        for _ in 0..octaves {
            if n > SIDE / 2 {
                break;
            }
            let grid: Vec<f32> = (0..n * n).map(|_| rng.range(-1.0, 1.0) * power).collect();
            let spots: Vec<([usize; 4], [f32; 4])> = (0..SIDE)
                .map(|x| {
                    let p = x as f32 / SIDE as f32 * n as f32;
                    let i = p as usize + n - 1;
                    ([i % n, (i + 1) % n, (i + 2) % n, (i + 3) % n], weights(p.fract()))
                })
                .collect();
            let mut line = vec![0.0f32; n];
            for (y, (r, k)) in spots.iter().enumerate() {
                for (c, value) in line.iter_mut().enumerate() {
                    *value = (0..4).map(|i| grid[r[i] * n + c] * k[i]).sum();
                }
                for (value, (c, k)) in data[y * SIDE..(y + 1) * SIDE].iter_mut().zip(&spots) {
                    *value += (0..4).map(|i| line[c[i]] * k[i]).sum::<f32>();
                }
            }
            norm += power * power;
            power *= gain;
            n *= 2;
        }
        let scale = 1.55 / norm.max(1e-6f32).sqrt();
        data.iter_mut().for_each(|x| *x *= scale);
        Self(data)
    }

    /// The value of one grid point, for grain.
    pub fn raw(&self, x: usize, y: usize) -> f32 {
        self.0[y * SIDE + x]
    }

    /// One whole tile is a square of side 1; any `x` and `y` will do.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x * SIDE as f32, y * SIDE as f32);
        let (xf, yf) = (x.floor(), y.floor());
        let (fx, fy) = (x - xf, y - yf);
        let (x0, y0) = (xf as i64 as usize & (SIDE - 1), yf as i64 as usize & (SIDE - 1));
        let (x1, y1) = ((x0 + 1) & (SIDE - 1), (y0 + 1) & (SIDE - 1));
        let d = &self.0;
        let a = d[y0 * SIDE + x0] + (d[y0 * SIDE + x1] - d[y0 * SIDE + x0]) * fx;
        let b = d[y1 * SIDE + x0] + (d[y1 * SIDE + x1] - d[y1 * SIDE + x0]) * fx;
        a + (b - a) * fy
    }
}

/// Noise along a line, for crests and shores; `u` runs from 0 to 1.
pub struct Curve(Vec<f32>);

impl Curve {
    pub fn new(cells: f32, octaves: u32, gain: f32, rng: &mut Rng) -> Self {
        const N: usize = 2048;
        let mut data = vec![0.0f32; N];
        let (mut power, mut norm) = (1.0f32, 0.0);
        for octave in 0..octaves {
            let n = cells * 2f32.powi(octave as i32);
            let grid: Vec<f32> = (0..n as usize + 6).map(|_| rng.range(-1.0, 1.0)).collect();
            let shift = rng.unit();
            for (i, value) in data.iter_mut().enumerate() {
                let p = i as f32 / N as f32 * n + shift;
                let (c, k) = (p as usize, weights(p.fract()));
                *value += power * (0..4).map(|j| grid[c + j] * k[j]).sum::<f32>();
            }
            norm += power * power;
            power *= gain;
        }
        let scale = 1.55 / norm.max(1e-6f32).sqrt();
        data.iter_mut().for_each(|x| *x *= scale);
        Self(data)
    }

    pub fn at(&self, u: f32) -> f32 {
        let p = (u * self.0.len() as f32).clamp(0.0, self.0.len() as f32 - 1.01);
        let i = p as usize;
        self.0[i] + (self.0[i + 1] - self.0[i]) * (p - i as f32)
    }
}
