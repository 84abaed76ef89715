use super::*;
use image::{DynamicImage, ImageBuffer, LumaA, Rgb, RgbImage, Rgba};
use samples::*;
use std::time::Instant;

/// Every colour type and depth, interlaced or not, at 1200 × 40: once read whole and once in boxes.
#[test]
fn every_kind_of_row_comes_out_the_same_whole_and_in_boxes() {
    // Left half dark, right half bright; value 1 of 2, 4, 16 … is as bright as can be.
    let kinds: [(u8, u8, usize); 15] = [
        (0, 1, 1),
        (0, 2, 1),
        (0, 4, 1),
        (0, 8, 1),
        (0, 16, 1),
        (2, 8, 3),
        (2, 16, 3),
        (3, 1, 1),
        (3, 2, 1),
        (3, 4, 1),
        (3, 8, 1),
        (4, 8, 2),
        (4, 16, 2),
        (6, 8, 4),
        (6, 16, 4),
    ];
    let palette = [[0, 0, 0]].into_iter().chain([[255, 255, 255]; 255]).flatten().collect::<Vec<u8>>();
    for (colour, depth, channels) in kinds {
        for interlaced in [false, true] {
            let file = two_halves(1200, 40, (colour, depth, channels), interlaced, &palette[..3 << depth.min(8)]);
            let header = look(&file).unwrap();
            for purpose in [Purpose::Variants, Purpose::Preview { thumbnail_side: 5 }] {
                let (picture, _) = codec::read(&file, &header, purpose).unwrap();
                let factor = header.factor(purpose);
                assert_eq!((picture.width, picture.height), (1200 / factor, 40 / factor));
                let step = picture.layout.channels();
                assert_eq!(step == 4, matches!(colour, 4 | 6));
                for (index, pixel) in picture.pixels().chunks_exact(step).enumerate() {
                    let bright = index as u32 % picture.width >= picture.width / 2;
                    assert_eq!(pixel[..3], [if bright { 255 } else { 0 }; 3], "{colour} {depth} {interlaced} {factor} at {index}");
                }
            }
        }
    }
}

fn two_halves(width: u32, height: u32, (colour, depth, channels): (u8, u8, usize), interlaced: bool, palette: &[u8]) -> Vec<u8> {
    let passes: &[(u32, u32, u32, u32)] = if interlaced {
        &[(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    } else {
        &[(0, 0, 1, 1)]
    };
    let mut rows = Vec::new();
    for &(top, left, down, across) in passes {
        for _ in (top..height).step_by(down as usize) {
            rows.push(0);
            let mut bits = String::new();
            for x in (left..width).step_by(across as usize) {
                let bright = x >= width / 2;
                for channel in 0..channels {
                    let alpha = matches!(colour, 4 | 6) && channel == channels - 1;
                    let digit = if bright || alpha { "1" } else { "0" };
                    // A palette's second colour is bright already.
                    bits += &if colour == 3 { format!("{:0>1$}", digit, depth as usize) } else { digit.repeat(depth as usize) };
                }
            }
            while !bits.len().is_multiple_of(8) {
                bits.push('0');
            }
            rows.extend(bits.as_bytes().chunks(8).map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap()));
        }
    }
    let header = png_header(width, height, depth, colour, interlaced);
    if colour == 3 { raw_png(header, &[(b"PLTE", palette)], &rows) } else { raw_png(header, &[], &rows) }
}

#[test]
fn sixteen_bits_and_alpha_are_rounded_and_weighed() {
    // Columns take turns: opaque red and transparent green. Boxes must not mix the green in.
    let deep = ImageBuffer::from_fn(2400, 8, |x, _| if x % 2 == 0 { Rgba([0xc07f_u16, 0, 0, 0xffff]) } else { Rgba([0, 0xffff, 0, 0]) });
    let file = png(&DynamicImage::ImageRgba16(deep));
    let header = look(&file).unwrap();
    let (picture, _) = codec::read(&file, &header, Purpose::Preview { thumbnail_side: 2 }).unwrap();
    assert_eq!((picture.width, picture.height, picture.layout), (1200, 4, picture::Layout::Premultiplied));
    assert!(picture.pixels().chunks_exact(4).all(|pixel| pixel == [96, 0, 0, 128]));
    let grey = ImageBuffer::from_pixel(60, 60, LumaA([0x7f7f_u16, 0x8080]));
    let seen = only(&png(&DynamicImage::ImageLumaA16(grey)), Size::Full);
    assert!(near(seen.get_pixel(9, 9), [127, 127, 127, 128], 3), "{:?}", seen.get_pixel(9, 9));
}

#[test]
fn transparent_colours_and_animated_files() {
    let rows: Vec<u8> = (0..20).flat_map(|_| [vec![0], [10, 20, 30].repeat(10), [200, 100, 50].repeat(10)].concat()).collect();
    let file = raw_png(png_header(20, 20, 8, 2, false), &[(b"tRNS", &[0, 10, 0, 20, 0, 30])], &rows);
    let seen = only(&file, Size::Full);
    assert_eq!(seen.get_pixel(4, 4)[3], 0);
    assert!(near(seen.get_pixel(15, 4), [200, 100, 50, 255], 8));

    // An animated PNG is its default picture; the second frame is never looked at.
    let mut animated = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut animated, 20, 20);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[200; 1200]).unwrap();
    writer.write_image_data(&[20; 1200]).unwrap();
    writer.finish().unwrap();
    let header = look(&animated).unwrap();
    assert!(!header.animated);
    assert!(near(only(&animated, Size::Full).get_pixel(9, 9), [200, 200, 200, 255], 3));
}

/// `count` zero bytes, packed as well as they can be.
fn packed_zeros(count: usize) -> Vec<u8> {
    use flate2::{Compression, write::ZlibEncoder};
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..count >> 20 {
        std::io::Write::write_all(&mut encoder, &[0; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn bombs_in_any_chunk_stay_small_and_quick() {
    let rows = [0, 10, 20, 30, 40, 50, 60].repeat(2);
    let zeros = packed_zeros(200 << 20);
    let profile = [b"bomb\0\0", zeros.as_slice()].concat();
    let start = Instant::now();
    for kind in [b"iCCP", b"zTXt"] {
        let file = raw_png(png_header(2, 2, 8, 2, false), &[(kind, &profile)], &rows);
        let header = look(&file).unwrap();
        let (seen, used) = meter::peak(|| preview(&file, &header, 500, &PLAIN).is_ok());
        assert!(seen && used <= header.memory && used < 16 << 20, "{used}");
    }
    // More pixels than the header told: the rest is unpacked, for its checksum, but not kept.
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &png_header(2, 2, 8, 2, false));
    chunk(&mut file, b"IDAT", &zeros);
    chunk(&mut file, b"IEND", &[]);
    let header = look(&file).unwrap();
    let (_, used) = meter::peak(|| preview(&file, &header, 500, &PLAIN).is_ok());
    assert!(used < 16 << 20, "{used}");
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn a_large_picture_is_never_held_whole() {
    let flat = RgbImage::from_pixel(6000, 4000, Rgb([90, 120, 200]));
    let file = png(&DynamicImage::ImageRgb8(flat));
    let header = look(&file).unwrap();
    assert!(header.memory < 6000 * 4000 * 3, "{}", header.memory);
    let (made, used) = meter::peak(|| preview(&file, &header, 500, &PLAIN));
    assert!(made.is_ok() && used < 8 << 20, "{used}");
}
