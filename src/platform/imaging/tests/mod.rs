//! Samples are made in code; what comes out is judged by its pixels and its chunks.

mod animations;
mod avif;
mod colours;
mod facts;
mod files;
#[cfg(feature = "heic")]
mod heic;
mod jpeg;
mod meter;
mod mutations;
mod pictures;
mod plans;
mod png;
mod pool;
mod samples;

use super::*;

const PLAIN: Encoding = Encoding { quality: 80.0, method: 4 };

fn look(bytes: &[u8]) -> Result<Header, Reject> {
    inspect(bytes, &Limits::default())
}

fn preview_of(bytes: &[u8]) -> Result<Preview, Reject> {
    preview(bytes, &look(bytes)?, 500, &PLAIN)
}

fn variants_of(bytes: &[u8]) -> Result<Vec<Encoded>, Reject> {
    let mut all = Vec::new();
    variants(bytes, &look(bytes)?, &PLAIN, |encoded| {
        all.push(encoded);
        ControlFlow::Continue(())
    })?;
    Ok(all)
}

/// Every size the plan names, with the pixels it names, and nothing in the files but pictures.
fn everything_of(bytes: &[u8]) -> Vec<Encoded> {
    let header = look(bytes).unwrap();
    let mut all = variants_of(bytes).unwrap();
    all.push(preview_of(bytes).unwrap().thumbnail);
    let mut made: Vec<_> = all.iter().map(|one| (one.size, one.width, one.height)).collect();
    made.sort();
    let mut planned = plan(header.width, header.height, 500);
    planned.sort();
    assert_eq!(made, planned);
    for one in &all {
        let decoded = samples::webp_pixels(&one.bytes);
        assert_eq!((decoded.width(), decoded.height()), (one.width, one.height));
        for kind in samples::webp_chunks(&one.bytes) {
            assert!(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"].contains(&kind.as_str()), "{kind}");
        }
    }
    all
}

fn only(bytes: &[u8], size: Size) -> image::RgbaImage {
    let all = everything_of(bytes);
    let one = all.iter().find(|one| one.size == size).unwrap();
    samples::webp_pixels(&one.bytes)
}

/// The colours of the four corners, clockwise from the top left.
fn corners(image: &image::RgbaImage) -> [image::Rgba<u8>; 4] {
    let (right, bottom) = (image.width() * 7 / 8, image.height() * 7 / 8);
    let (left, top) = (image.width() / 8, image.height() / 8);
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| *image.get_pixel(x, y))
}

fn near(seen: &image::Rgba<u8>, wanted: [u8; 4], tolerance: u8) -> bool {
    seen.0.iter().zip(wanted).all(|(seen, wanted)| seen.abs_diff(wanted) <= tolerance)
}
