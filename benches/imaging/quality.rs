//! How near an output is to the best that could be made of its source: the whole picture decoded without any shortcut and
//! resized once. Structural similarity of the light (SSIM, windows of 8 × 8, every fourth pixel); 1 is the same picture.

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};

/// A source, upright.
pub struct Source(RgbaImage);

impl Source {
    pub fn read(file: &[u8]) -> Self {
        if file.starts_with(b"\xff\xd8") {
            let whole = turbojpeg::decompress(file, turbojpeg::PixelFormat::RGB).expect("a sound picture");
            let picture = RgbImage::from_raw(whole.width as u32, whole.height as u32, whole.pixels).expect("as many pixels as it says");
            let mut picture = DynamicImage::ImageRgb8(picture);
            let turned = file.windows(16).take(200).any(|part| part.starts_with(b"\x12\x01\x03\0\x01\0\0\0\x06"));
            picture.apply_orientation(if turned { Orientation::Rotate90 } else { Orientation::NoTransforms });
            return Source(picture.into_rgba8());
        }
        Source(image::load_from_memory(file).expect("a sound picture").into_rgba8())
    }

    pub fn sides(&self) -> (u32, u32) {
        self.0.dimensions()
    }

    /// What the perfect variant looks like; a square is cut from the centre.
    pub fn resized(&self, width: u32, height: u32) -> RgbaImage {
        let (from_width, from_height) = self.sides();
        let source = Image::from_vec_u8(from_width, from_height, self.0.as_raw().clone(), PixelType::U8x4).expect("four bytes a pixel");
        let mut target = Image::new(width, height, PixelType::U8x4);
        let mut options = ResizeOptions::new();
        if width == height {
            options = options.fit_into_destination(Some((0.5, 0.5)));
        }
        Resizer::new().resize(&source, &mut target, &options).expect("the same kind of pixels");
        RgbaImage::from_raw(width, height, target.into_vec()).expect("as many pixels as it says")
    }
}

pub fn webp(file: &[u8]) -> RgbaImage {
    let (mut width, mut height) = (0, 0);
    // SAFETY: the decoder says how many pixels it returns; they are copied and freed once.
    unsafe {
        let pixels = libwebp_sys::WebPDecodeRGBA(file.as_ptr(), file.len(), &mut width, &mut height);
        assert!(!pixels.is_null(), "a file that was just made");
        let copy = std::slice::from_raw_parts(pixels, (width * height * 4) as usize).to_vec();
        libwebp_sys::WebPFree(pixels.cast());
        RgbaImage::from_raw(width as u32, height as u32, copy).expect("as many pixels as it says")
    }
}

/// # Panics
/// When the sides differ.
pub fn ssim(one: &RgbaImage, other: &RgbaImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let (width, height) = (one.width() as usize, one.height() as usize);
    let (one, other) = (light(one), light(other));
    let (mut sum, mut windows) = (0.0, 0.0);
    for top in (0..=height.saturating_sub(8)).step_by(4) {
        for left in (0..=width.saturating_sub(8)).step_by(4) {
            let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for y in top..top + 8 {
                for x in left..left + 8 {
                    let (p, q) = (one[y * width + x], other[y * width + x]);
                    a += p;
                    b += q;
                    aa += p * p;
                    bb += q * q;
                    ab += p * q;
                }
            }
            let (a, b) = (a / 64.0, b / 64.0);
            let (variance_a, variance_b, covariance) = (aa / 64.0 - a * a, bb / 64.0 - b * b, ab / 64.0 - a * b);
            let (c1, c2) = (6.5025, 58.5225);
            sum += (2.0 * a * b + c1) * (2.0 * covariance + c2) / ((a * a + b * b + c1) * (variance_a + variance_b + c2));
            windows += 1.0;
        }
    }
    sum / windows
}

/// Light over a white ground.
fn light(picture: &RgbaImage) -> Vec<f64> {
    let over = |value: u8, alpha: u8| (f64::from(value) * f64::from(alpha) + 255.0 * f64::from(255 - alpha)) / 255.0;
    picture.pixels().map(|p| 0.299 * over(p[0], p[3]) + 0.587 * over(p[1], p[3]) + 0.114 * over(p[2], p[3])).collect()
}
