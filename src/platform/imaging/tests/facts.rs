//! What a file says of how it was taken: found in every format that can say it, and nothing worse than nothing in a hostile one.

use super::super::facts::taken;
use super::*;
use samples::*;

/// A TIFF block of either byte order: maker, model, a moment, and a place (37° 34′ 0.12″ N, 126° 58′ 48″ E).
pub(super) fn block(little: bool) -> Vec<u8> {
    let n16 = |number: u16| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let n32 = |number: u32| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let directory = |entries: &[(u16, u16, u32, [u8; 4])]| {
        let mut directory = n16(entries.len() as u16).to_vec();
        for (tag, kind, count, value) in entries {
            directory.extend([n16(*tag), n16(*kind)].concat());
            directory.extend(n32(*count));
            directory.extend(value);
        }
        directory.extend([0; 4]);
        directory
    };
    let (maker, model, moment) = (b"FUJIFILM\0", b"X-T5\0", b"2026:05:03 06:12:44\0");
    let (main, details, position) = (8_u32, 8 + 2 + 48 + 4, 8 + 2 + 48 + 4 + 2 + 12 + 4);
    let data = position + 2 + 48 + 4;
    let at = |offset: usize| n32(data + offset as u32);
    let (model_at, moment_at) = (maker.len(), maker.len() + model.len());
    let north_at = moment_at + moment.len();
    let mut block = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    block.extend(n32(main));
    block.extend(directory(&[
        (0x010f, 2, maker.len() as u32, at(0)),
        (0x0110, 2, model.len() as u32, at(model_at)),
        (0x8769, 4, 1, n32(details)),
        (0x8825, 4, 1, n32(position)),
    ]));
    block.extend(directory(&[(0x9003, 2, moment.len() as u32, at(moment_at))]));
    block.extend(directory(&[(1, 2, 2, *b"N\0\0\0"), (2, 5, 3, at(north_at)), (3, 2, 2, *b"E\0\0\0"), (4, 5, 3, at(north_at + 24))]));
    block.extend([&maker[..], &model[..], &moment[..]].concat());
    for (over, under) in [(37_u32, 1_u32), (34, 1), (12, 100), (126, 1), (58, 1), (48, 1)] {
        block.extend([n32(over), n32(under)].concat());
    }
    block
}

fn in_jpeg(block: &[u8]) -> Vec<u8> {
    let plain = jpeg(&busy(40, 30));
    let body = [b"Exif\0\0", block].concat();
    [&plain[..2], &[0xff, 0xe1], &((body.len() + 2) as u16).to_be_bytes(), &body, &plain[2..]].concat()
}

fn in_png(block: &[u8]) -> Vec<u8> {
    let plain = png(&image::DynamicImage::ImageRgba8(opaque(&busy(40, 30))));
    let header = 8 + 12 + 13;
    [&plain[..header], &(block.len() as u32).to_be_bytes(), b"eXIf", block, &[0; 4], &plain[header..]].concat()
}

fn in_webp(block: &[u8]) -> Vec<u8> {
    let plain = lossless_webp(&opaque(&busy(40, 30)));
    let mut file = [&plain[..], b"EXIF", &(block.len() as u32).to_le_bytes(), block, &[0; 2][..block.len() % 2]].concat();
    let length = (file.len() - 8) as u32;
    file[4..8].copy_from_slice(&length.to_le_bytes());
    file
}

/// Only the boxes that lead to the block: no picture is in it.
fn in_avif(block: &[u8]) -> Vec<u8> {
    let boxed = |kind: &[u8; 4], body: &[u8]| [&((body.len() + 8) as u32).to_be_bytes()[..], kind, body].concat();
    let item = [&[0, 0, 0, 0], block].concat();
    let info = boxed(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0], &b"Exif"[..], &[0]].concat());
    let infos = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 1], &info[..]].concat());
    // Version 1, in `idat`: offsets and lengths of four bytes, one item, one extent.
    let length = (item.len() as u32).to_be_bytes();
    let location = [&[1, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0][..], &length].concat();
    let properties = boxed(b"iprp", &[boxed(b"ipco", &[]), boxed(b"ipma", &[0; 8])].concat());
    let meta = [&[0; 4][..], &infos, &boxed(b"iloc", &location), &properties, &boxed(b"idat", &item)].concat();
    [boxed(b"ftyp", b"avif\0\0\0\0avif"), boxed(b"meta", &meta)].concat()
}

fn everywhere(block: &[u8]) -> [(Format, Vec<u8>); 5] {
    [
        (Format::Jpeg, in_jpeg(block)),
        (Format::Png, in_png(block)),
        (Format::WebP, in_webp(block)),
        (Format::Avif, in_avif(block)),
        (Format::Heic, in_avif(block)),
    ]
}

#[test]
fn camera_moment_and_place_are_found_in_every_format() {
    for little in [true, false] {
        for (format, file) in everywhere(&block(little)) {
            let taken = taken(&file, format);
            assert_eq!(taken.camera.as_deref(), Some("Fujifilm X-T5"), "{format}");
            assert_eq!(taken.at.map(|at| at.to_string()).as_deref(), Some("2026-05-03 06:12:44"), "{format}");
            assert_eq!(taken.place.as_deref(), Some("37.5667,126.9800"), "{format}");
            assert!(!matches!(format, Format::Jpeg | Format::Png | Format::WebP) || inspect(&file, &Limits::default()).is_ok());
        }
    }
    assert_eq!(taken(&jpeg(&busy(40, 30)), Format::Jpeg), Taken::default());
    assert_eq!(taken(&gif(&[(opaque(&busy(40, 30)), 50)], None), Format::Gif), Taken::default());
}

#[test]
fn places_that_cannot_be_are_none() {
    let with = |tag: u16, degrees: (u32, u32)| {
        let mut block = block(true);
        let length = block.len();
        let at = if tag == 2 { length - 48 } else { length - 24 };
        block[at..at + 4].copy_from_slice(&degrees.0.to_le_bytes());
        block[at + 4..at + 8].copy_from_slice(&degrees.1.to_le_bytes());
        taken(&in_jpeg(&block), Format::Jpeg).place
    };
    assert!(with(2, (89, 1)).is_some() && with(4, (179, 1)).is_some());
    for wrong in [(91, 1), (u32::MAX, 1), (37, 0), (0, 0)] {
        assert_eq!(with(2, wrong), None, "{wrong:?}");
    }
    assert_eq!(with(4, (180, 1)), None, "58 minutes more than there are");
    // A camera that has not found itself.
    let mut nowhere = block(true);
    let length = nowhere.len();
    for over in (length - 48..length).step_by(8) {
        nowhere[over..over + 4].copy_from_slice(&[0; 4]);
    }
    assert_eq!(taken(&in_jpeg(&nowhere), Format::Jpeg).place, None);
}

#[test]
fn damaged_and_hostile_blocks_do_no_harm() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % limit.max(1) as u64) as usize
    };
    let began = std::time::Instant::now();
    for little in [true, false] {
        for (format, file) in everywhere(&block(little)) {
            for end in 0..file.len() {
                let _ = taken(&file[..end], format);
            }
            for _ in 0..3_000 {
                let mut damaged = file.clone();
                for _ in 0..1 + below(4) {
                    let at = below(damaged.len());
                    damaged[at] = [0, 1, 0x7f, 0x80, 0xff, below(256) as u8][below(6)];
                }
                let found = taken(&damaged, format);
                assert!(found.camera.is_none_or(|camera| camera.chars().count() <= 100));
            }
        }
    }
    // Directories that point at each other and at themselves, as many as fit.
    let mut maze = b"II*\0\x08\0\0\0".to_vec();
    maze.extend(5_000_u16.to_le_bytes());
    for at in 0..5_000_u32 {
        maze.extend([0x8769_u16.to_le_bytes(), 4_u16.to_le_bytes()].concat());
        maze.extend([1_u32.to_le_bytes(), (8 + 12 * at).to_le_bytes()].concat());
    }
    assert_eq!(taken(&in_jpeg(&maze), Format::Jpeg), Taken::default());
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}
