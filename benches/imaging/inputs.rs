//! Pictures like a camera's: the demo's drawings at full size, with a sensor's grain, as large in bytes as a camera makes them.
//!
//! A drawing alone is too smooth: half of what decoding a photograph costs is the bits of its grain. So grain is added until
//! the JPEG has the bytes a pixel of a camera's (about 0.35 at quality 90).

use picstargram::demo::draw::{Scene, draw};
use std::path::{Path, PathBuf};

/// One picture to work on.
#[derive(Clone, Debug)]
pub struct Input {
    pub name: &'static str,
    pub path: PathBuf,
}

/// Its name, its file, and how it is made.
type Drawn = (&'static str, &'static str, fn() -> Vec<u8>);

/// Bytes a pixel, of the whole file.
const WANTED: std::ops::Range<f64> = 0.33..0.37;

/// Makes what is not in `folder` yet.
pub fn prepare(folder: &Path) -> Vec<Input> {
    let files: [Drawn; 5] = [
        ("12 MP", "12mp.jpg", || camera(Scene::Harbour, 4000, 3000)),
        ("24 MP", "24mp.jpg", || camera(Scene::Peaks, 6000, 4000)),
        ("12 MP progressive", "progressive.jpg", || progressive(&camera(Scene::Forest, 4000, 3000))),
        ("12 MP portrait", "portrait.jpg", || sideways(&camera(Scene::Lanterns, 4000, 3000))),
        ("6 MP PNG, alpha", "alpha.png", || cut_out(Scene::Fruit, 3000, 2000)),
    ];
    files
        .into_iter()
        .map(|(name, file, make)| {
            let path = folder.join(file);
            if !path.exists() {
                eprintln!("Drawing {file} …");
                std::fs::write(&path, make()).expect("the folder can be written");
            }
            Input { name, path }
        })
        .collect()
}

/// A baseline JPEG of quality 90 with halved colours, which is what phones write.
fn camera(scene: Scene, width: u32, height: u32) -> Vec<u8> {
    let clean = draw(scene, 7, width, height);
    let (mut low, mut high) = (0.0, 24.0);
    for _ in 0..12 {
        let strength = (low + high) / 2.0;
        let mut pixels = clean.clone();
        grain(&mut pixels, width as usize, strength);
        let file = jpeg(&pixels, width, height);
        let bytes_a_pixel = file.len() as f64 / f64::from(width * height);
        if WANTED.contains(&bytes_a_pixel) {
            return file;
        }
        if bytes_a_pixel < WANTED.start {
            low = strength;
        } else {
            high = strength;
        }
    }
    panic!("no strength of grain makes {scene:?} as large as a camera's file");
}

/// Grain two pixels wide, as noise reduction leaves it, stronger in the middle tones; some of it in colour.
fn grain(pixels: &mut [u8], width: usize, strength: f64) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Four sixteen-bit numbers: near enough to a bell curve, of deviation about 1.
        let sum: i64 = (0..4).map(|part| (state >> (16 * part) & 0xffff) as i64 - 0x8000).sum();
        sum as f64 / 37_837.0
    };
    let noise: Vec<[f32; 2]> = (0..pixels.len() / 3).map(|_| [random() as f32, random() as f32]).collect();
    for (at, pixel) in pixels.chunks_exact_mut(3).enumerate() {
        let left = noise[at.saturating_sub(1)];
        let above = noise[at.saturating_sub(width)];
        let mixed = |part: usize| f64::from(noise[at][part] + 0.5 * left[part] + 0.5 * above[part]);
        let (light, colour) = (mixed(0), mixed(1));
        for (value, tint) in pixel.iter_mut().zip([0.3, -0.1, -0.4]) {
            let tone = f64::from(*value) / 255.0;
            let here = strength * (0.4 + 2.4 * tone * (1.0 - tone));
            *value = (f64::from(*value) + here * (light + tint * colour)).round().clamp(0.0, 255.0) as u8;
        }
    }
}

fn jpeg(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let image = turbojpeg::Image { pixels, width, pitch: 3 * width, height, format: turbojpeg::PixelFormat::RGB };
    turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2).expect("a picture of legal size").to_vec()
}

fn progressive(file: &[u8]) -> Vec<u8> {
    let mut transform = turbojpeg::Transform::default();
    transform.progressive = true;
    turbojpeg::transform(&transform, file).expect("a sound file").to_vec()
}

/// Taken with the camera held upright: EXIF orientation 6.
fn sideways(file: &[u8]) -> Vec<u8> {
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&file[..2], &[0xff, 0xe1], &length, exif, &file[2..]].concat()
}

/// A thing cut out of its background, its edge soft.
fn cut_out(scene: Scene, width: u32, height: u32) -> Vec<u8> {
    let pixels = draw(scene, 7, width, height);
    let (rx, ry) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let cut = image::RgbaImage::from_fn(width, height, |x, y| {
        let at = 3 * (y as usize * width as usize + x as usize);
        let distance = ((f64::from(x) / rx - 1.0).powi(2) + (f64::from(y) / ry - 1.0).powi(2)).sqrt();
        let alpha = ((0.95 - distance) * 40.0).clamp(0.0, 1.0) * 255.0;
        image::Rgba([pixels[at], pixels[at + 1], pixels[at + 2], alpha as u8])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    cut.write_to(&mut file, image::ImageFormat::Png).expect("memory takes it");
    file.into_inner()
}
