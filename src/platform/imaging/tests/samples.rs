//! Files made in code.

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Delay, DynamicImage, ExtendedColorType, Frame, ImageEncoder, Rgb, RgbImage, RgbaImage};
use std::io::Cursor;

pub const RED: [u8; 3] = [220, 30, 40];
pub const GREEN: [u8; 3] = [30, 180, 50];
pub const BLUE: [u8; 3] = [20, 60, 200];
pub const WHITE: [u8; 3] = [240, 240, 240];

/// Red, green above; blue, white below.
pub fn quadrants(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
}

/// Smooth enough to be a photo, busy enough to have bits everywhere.
pub fn busy(width: u32, height: u32) -> RgbImage {
    let mut state = 7_u32;
    RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = state >> 27;
        Rgb([x * 200 / width + noise, y * 200 / height + noise, (x ^ y) % 200 + noise].map(|v| v as u8))
    })
}

pub fn jpeg(image: &RgbImage) -> Vec<u8> {
    jpeg_with(image.as_raw(), image.width(), image.height(), turbojpeg::PixelFormat::RGB, false)
}

pub fn progressive(image: &RgbImage) -> Vec<u8> {
    let (width, height) = image.dimensions();
    jpeg_with(image.as_raw(), width, height, turbojpeg::PixelFormat::RGB, true)
}

pub fn jpeg_with(pixels: &[u8], width: u32, height: u32, format: turbojpeg::PixelFormat, progressive: bool) -> Vec<u8> {
    let mut compressor = turbojpeg::Compressor::new().unwrap();
    compressor.set_quality(92).unwrap();
    let subsampling = match format {
        turbojpeg::PixelFormat::GRAY => turbojpeg::Subsamp::Gray,
        _ => turbojpeg::Subsamp::Sub2x2,
    };
    compressor.set_subsamp(subsampling).unwrap();
    let image = turbojpeg::Image { pixels, width: width as usize, pitch: width as usize * format.size(), height: height as usize, format };
    let plain = compressor.compress_to_vec(image).unwrap();
    if progressive { recoded(&plain, false, true) } else { plain }
}

/// The same coefficients in another coding.
pub fn recoded(jpeg: &[u8], arithmetic: bool, progressive: bool) -> Vec<u8> {
    let mut transform = turbojpeg::Transform::default();
    transform.arithmetic = arithmetic;
    transform.progressive = progressive;
    turbojpeg::transform(&transform, jpeg).unwrap().to_vec()
}

/// A segment put right after the start-of-image marker.
pub fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

pub fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    block
}

pub fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    with_segment(jpeg, 0xe1, &[b"Exif\0\0", exif(orientation).as_slice()].concat())
}

/// The profile cut into parts of at most `part` bytes.
pub fn with_profile(jpeg: &[u8], profile: &[u8], part: usize) -> Vec<u8> {
    let parts: Vec<_> = profile.chunks(part).collect();
    let mut out = jpeg.to_vec();
    for (index, body) in parts.iter().enumerate() {
        let number = [index as u8 + 1, parts.len() as u8];
        out = with_segment(&out, 0xe2, &[b"ICC_PROFILE\0", &number[..], body].concat());
    }
    out
}

pub fn png(image: &DynamicImage) -> Vec<u8> {
    let mut out = Vec::new();
    image.write_to(&mut Cursor::new(&mut out), image::ImageFormat::Png).unwrap();
    out
}

pub fn png_with_profile(image: &RgbImage, profile: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = PngEncoder::new(&mut out);
    encoder.set_icc_profile(profile).unwrap();
    encoder.write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8).unwrap();
    out
}

/// A PNG of hand-written chunks. `rows` are filtered scan lines.
pub fn raw_png(header: [u8; 13], before: &[(&[u8; 4], &[u8])], rows: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, b"IHDR", &header);
    for (kind, body) in before {
        chunk(&mut out, kind, body);
    }
    chunk(&mut out, b"IDAT", &zlib(rows));
    chunk(&mut out, b"IEND", &[]);
    out
}

pub fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
    out.extend((body.len() as u32).to_be_bytes());
    let named = [kind.as_slice(), body].concat();
    out.extend_from_slice(&named);
    out.extend(crc(&named).to_be_bytes());
}

/// Sets the checksum of every chunk that is there, if this is a PNG at all.
pub fn repair_png(file: &mut [u8]) {
    let mut at = 8;
    while file.starts_with(b"\x89PNG")
        && let Some(length) = file.get(at..at + 4).map(|length| u32::from_be_bytes(length.try_into().unwrap()) as usize)
        && let Some(named) = (at + 8).checked_add(length).and_then(|end| file.get(at + 4..end))
    {
        let sum = crc(named).to_be_bytes();
        at += 8 + length;
        file.iter_mut().skip(at).zip(sum).for_each(|(byte, new)| *byte = new);
        at += 4;
    }
}

pub fn png_header(width: u32, height: u32, depth: u8, colour: u8, interlaced: bool) -> [u8; 13] {
    let mut header = [0; 13];
    header[..4].copy_from_slice(&width.to_be_bytes());
    header[4..8].copy_from_slice(&height.to_be_bytes());
    header[8..].copy_from_slice(&[depth, colour, 0, 0, u8::from(interlaced)]);
    header
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// Stored, not compressed.
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

pub fn lossless_webp(image: &RgbaImage) -> Vec<u8> {
    let mut out = Vec::new();
    WebPEncoder::new_lossless(&mut out).write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgba8).unwrap();
    out
}

pub fn gif(frames: &[(RgbaImage, u32)], repeat: Option<Repeat>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut out, 30);
    if let Some(repeat) = repeat {
        encoder.set_repeat(repeat).unwrap();
    }
    for (image, delay) in frames {
        let delay = Delay::from_numer_denom_ms(*delay, 1);
        encoder.encode_frame(Frame::from_parts(image.clone(), 0, 0, delay)).unwrap();
    }
    drop(encoder);
    out
}

pub fn opaque(image: &RgbImage) -> RgbaImage {
    DynamicImage::ImageRgb8(image.clone()).into_rgba8()
}

pub fn webp_pixels(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory_with_format(bytes, image::ImageFormat::WebP).unwrap().into_rgba8()
}

/// The names of all chunks, those inside animation frames too.
pub fn webp_chunks(bytes: &[u8]) -> Vec<String> {
    fn walk(mut rest: &[u8], names: &mut Vec<String>) {
        while rest.len() >= 8 {
            let kind = String::from_utf8_lossy(&rest[..4]).into_owned();
            let length = u32::from_le_bytes([rest[4], rest[5], rest[6], rest[7]]) as usize;
            if kind == "ANMF" {
                walk(&rest[24..8 + length], names);
            }
            names.push(kind);
            rest = &rest[(8 + length + length % 2).min(rest.len())..];
        }
    }
    let mut names = Vec::new();
    walk(&bytes[12..], &mut names);
    names
}
