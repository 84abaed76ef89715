//! Colours against references worked out here from what the standards publish: primaries and white (as xy chromaticities) and
//! transfer functions of sRGB (IEC 61966-2-1), Display P3 (SMPTE EG 432-1 primaries, sRGB curve) and Adobe RGB (1998).

use super::samples::*;
use super::*;
use image::{Rgb, RgbImage, RgbaImage};

type Matrix = [[f64; 3]; 3];

struct Space {
    /// x and y of red, green, blue.
    primaries: [(f64, f64); 3],
    to_linear: fn(f64) -> f64,
}

/// D65.
const WHITE: (f64, f64) = (0.3127, 0.3290);
const SRGB: Space = Space { primaries: [(0.64, 0.33), (0.30, 0.60), (0.15, 0.06)], to_linear: srgb_to_linear };
const DISPLAY_P3: Space = Space { primaries: [(0.68, 0.32), (0.265, 0.69), (0.15, 0.06)], to_linear: srgb_to_linear };
const ADOBE_RGB: Space = Space { primaries: [(0.64, 0.33), (0.21, 0.71), (0.15, 0.06)], to_linear: |v| v.powf(563.0 / 256.0) };

fn srgb_to_linear(v: f64) -> f64 {
    if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn linear_to_srgb(v: f64) -> f64 {
    if v <= 0.0031308 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

fn times(m: &Matrix, v: [f64; 3]) -> [f64; 3] {
    m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

fn inverse(m: &Matrix) -> Matrix {
    let minor = |r: usize, c: usize| {
        let at = |i: usize, j: usize| m[(r + i) % 3][(c + j) % 3];
        at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)
    };
    let determinant: f64 = (0..3).map(|c| m[0][c] * minor(0, c)).sum();
    std::array::from_fn(|r| std::array::from_fn(|c| minor(c, r) / determinant))
}

/// Linear RGB to XYZ: primaries scaled so that they add up to white.
fn to_xyz(space: &Space) -> Matrix {
    let xyz = |(x, y): (f64, f64)| [x / y, 1.0, (1.0 - x - y) / y];
    let columns = space.primaries.map(xyz);
    let unscaled: Matrix = std::array::from_fn(|r| std::array::from_fn(|c| columns[c][r]));
    let scale = times(&inverse(&unscaled), xyz(WHITE));
    unscaled.map(|row| std::array::from_fn(|c| row[c] * scale[c]))
}

/// What sRGB calls the colour that `space` calls `pixel`; what it has no word for is cut off.
fn in_srgb(space: &Space, pixel: [u8; 3]) -> [f64; 3] {
    let linear = pixel.map(|v| (space.to_linear)(f64::from(v) / 255.0));
    let srgb = times(&inverse(&to_xyz(&SRGB)), times(&to_xyz(space), linear));
    srgb.map(|v| 255.0 * linear_to_srgb(v.clamp(0.0, 1.0)))
}

/// Greys, muted colours, and some that lie beyond sRGB.
const COLOURS: [[u8; 3]; 8] =
    [[128, 128, 128], [20, 20, 20], [180, 120, 90], [70, 130, 60], [60, 90, 170], [210, 190, 40], [230, 40, 40], [30, 200, 60]];

/// What is shown of a picture of one colour.
fn shown(file: &[u8]) -> [u8; 3] {
    let whole = everything_of(file).pop().expect("a size");
    let picture: RgbaImage = webp_pixels(&whole.bytes);
    let Rgb(pixel) = Rgb([0, 1, 2].map(|c| picture.get_pixel(picture.width() / 2, picture.height() / 2).0[c]));
    pixel
}

#[test]
fn wide_gamut_pictures_show_the_same_colours_in_srgb() {
    // JPEG and WebP each round YCbCr to whole numbers: a few steps of 255. Ignoring the profile would be 20 and more.
    const NEAR: f64 = 5.0;
    let spaces = [
        ("Display P3", DISPLAY_P3, moxcms::ColorProfile::new_display_p3()),
        ("Adobe RGB", ADOBE_RGB, moxcms::ColorProfile::new_adobe_rgb()),
        ("sRGB", SRGB, moxcms::ColorProfile::new_srgb()),
    ];
    for (name, space, profile) in spaces {
        let profile = profile.encode().expect("the profile is written");
        let mut farthest: f64 = 0.0;
        for colour in COLOURS {
            let flat = RgbImage::from_pixel(64, 64, Rgb(colour));
            let wanted = in_srgb(&space, colour);
            for file in [with_profile(&jpeg(&flat), &profile, 60_000), png_with_profile(&flat, profile.clone())] {
                let seen = shown(&file);
                for (seen, wanted) in seen.iter().zip(wanted) {
                    assert!((f64::from(*seen) - wanted).abs() <= NEAR, "{name} {colour:?}: {seen:?}, not {wanted:?}");
                }
            }
            let ignored = colour.iter().zip(wanted).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
            farthest = farthest.max(ignored);
        }
        assert_eq!(name == "sRGB", farthest < 2.0 * NEAR, "{name}: ignoring the profile would be noticed");
    }
}

#[test]
fn a_pngs_own_words_for_its_colours_count() {
    let flat = |chunks: &[(&[u8; 4], &[u8])], pixel: [u8; 3]| {
        let row: Vec<u8> = std::iter::once(0).chain(pixel.repeat(64)).collect();
        raw_png(png_header(64, 64, 8, 2, false), chunks, &row.repeat(64))
    };
    let near = |seen: [u8; 3], wanted: [f64; 3]| seen.iter().zip(wanted).all(|(seen, wanted)| (f64::from(*seen) - wanted).abs() <= 5.0);
    let pixel = [60, 150, 90];
    // cICP: primaries 12 (Display P3), transfer 13 (sRGB), no matrix, full range.
    let seen = shown(&flat(&[(b"cICP", &[12, 13, 0, 1])], pixel));
    assert!(near(seen, in_srgb(&DISPLAY_P3, pixel)), "cICP: {seen:?}");
    // gAMA 1.0: linear light.
    let linear = Space { to_linear: |v| v, ..SRGB };
    let seen = shown(&flat(&[(b"gAMA", &100_000_u32.to_be_bytes())], pixel));
    assert!(near(seen, in_srgb(&linear, pixel)), "gAMA: {seen:?}");
    // Said to be sRGB: gAMA is then for old readers only.
    let seen = shown(&flat(&[(b"sRGB", &[0]), (b"gAMA", &100_000_u32.to_be_bytes())], pixel));
    assert!(near(seen, pixel.map(f64::from)), "sRGB: {seen:?}");
}

#[test]
fn thin_and_tiny_pictures_are_made_in_every_size() {
    let grey = |width, height| RgbImage::from_pixel(width, height, Rgb([90, 140, 60]));
    for (width, height) in [(1, 1), (1, 20_000), (20_000, 1), (513, 1), (1, 16_383), (16_384, 2)] {
        let picture = grey(width, height);
        let files = [
            ("JPEG", jpeg(&picture)),
            ("PNG", png(&picture.clone().into())),
            ("GIF", gif(&[(opaque(&picture), 0)], None)),
            // A WebP ends at 16,383 pixels itself.
            ("WebP", if width.max(height) <= WEBP_MAX_SIDE { lossless_webp(&opaque(&picture)) } else { continue }),
        ];
        for (format, file) in files {
            // Sizes as planned, and whole: `everything_of` looks.
            for made in everything_of(&file) {
                assert!(made.width <= width && made.height <= height, "{format} {width}×{height}: {} is larger", made.size);
                let seen = webp_pixels(&made.bytes).get_pixel(made.width / 2, made.height / 2).0;
                let near = seen.iter().zip([90_u8, 140, 60]).all(|(seen, wanted)| seen.abs_diff(wanted) < 24);
                assert!(near, "{format} {width}×{height}: {} is {seen:?}", made.size);
            }
        }
    }
}
