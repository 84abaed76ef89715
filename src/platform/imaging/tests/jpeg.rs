use super::*;
use image::RgbImage;
use samples::*;
use turbojpeg::{Colorspace, PixelFormat, Subsamp};

fn coded(subsampling: Subsamp, arithmetic: bool, progressive: bool) -> Vec<u8> {
    let image = quadrants(528, 64);
    let mut compressor = turbojpeg::Compressor::new().unwrap();
    compressor.set_quality(92).unwrap();
    compressor.set_subsamp(subsampling).unwrap();
    let pixels = turbojpeg::Image { pixels: image.as_raw().as_slice(), width: 528, pitch: 528 * 3, height: 64, format: PixelFormat::RGB };
    let plain = compressor.compress_to_vec(pixels).unwrap();
    recoded(&plain, arithmetic, progressive)
}

#[test]
fn every_coding_and_sampling_shows_the_same_picture() {
    for subsampling in [Subsamp::None, Subsamp::Sub2x1, Subsamp::Sub2x2, Subsamp::Sub1x2, Subsamp::Sub4x1] {
        for (arithmetic, progressive) in [(false, false), (false, true), (true, false), (true, true)] {
            let file = coded(subsampling, arithmetic, progressive);
            let marker = [[0xc0, 0xc2], [0xc9, 0xca]][usize::from(arithmetic)][usize::from(progressive)];
            assert!(file.windows(2).any(|pair| pair == [0xff, marker]), "{subsampling:?} {marker:x}");
            for (seen, [r, g, b]) in corners(&only(&file, Size::W512)).iter().zip([RED, GREEN, WHITE, BLUE]) {
                assert!(near(seen, [r, g, b, 255], 8), "{subsampling:?} {arithmetic} {progressive}: {seen:?}");
            }
        }
    }
}

#[test]
fn ycck_is_cmyk_in_other_words() {
    let inks: Vec<u8> = [255, 128, 0, 255].repeat(600 * 40);
    let mut compressor = turbojpeg::Compressor::new().unwrap();
    compressor.set_quality(95).unwrap();
    compressor.set_subsamp(Subsamp::None).unwrap();
    compressor.set_colorspace(Colorspace::YCCK).unwrap();
    let image = turbojpeg::Image { pixels: inks.as_slice(), width: 600, pitch: 2400, height: 40, format: PixelFormat::CMYK };
    let file = compressor.compress_to_vec(image).unwrap();
    // The Adobe segment names transform 2.
    assert!(file.windows(5).any(|part| part == b"Adobe"));
    let seen = only(&file, Size::W512);
    assert!(near(seen.get_pixel(9, 9), [255, 128, 0, 255], 8), "{:?}", seen.get_pixel(9, 9));
}

/// A profile for four inks as small as one can be: each corner of the ink cube has a Lab colour
/// that is nothing like what the plain formula gives.
fn ink_profile() -> Vec<u8> {
    // Four inputs, three outputs, two points along each side, identity curves.
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    for index in 0..9 {
        table.extend(if index % 4 == 0 { 65_536_u32 } else { 0 }.to_be_bytes());
    }
    (0..4).for_each(|_| table.extend(0..=255));
    for corner in 0..16_u8 {
        // No ink is mid grey (L* 50); every ink makes it a little darker.
        table.extend([128 - 8 * corner.count_ones() as u8, 128, 128]);
    }
    (0..3).for_each(|_| table.extend(0..=255));
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    profile[12..24].copy_from_slice(b"prtrCMYKLab ");
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(&[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
    profile.extend(1_u32.to_be_bytes());
    profile.extend(b"A2B0");
    profile.extend([144, table.len() as u32].map(u32::to_be_bytes).concat());
    profile.extend(table);
    let length = (profile.len() as u32).to_be_bytes();
    profile[..4].copy_from_slice(&length);
    profile
}

#[test]
fn an_ink_profile_counts() {
    // White paper: no ink at all.
    let file = jpeg_with(&vec![255; 4 * 600 * 40], 600, 40, PixelFormat::CMYK, false);
    assert!(near(only(&file, Size::W512).get_pixel(9, 9), [255, 255, 255, 255], 3));
    let profiled = with_profile(&file, &ink_profile(), 60_000);
    // L* 50.2 is 0.186 of the light, which sRGB writes as 119.
    let seen = *only(&profiled, Size::W512).get_pixel(9, 9);
    assert!(near(&seen, [119, 119, 119, 255], 4), "{seen:?}");
    // The same profile on a picture of another model is ignored.
    let plain = jpeg(&RgbImage::from_pixel(520, 40, image::Rgb([9, 99, 199])));
    assert_eq!(everything_of(&with_profile(&plain, &ink_profile(), 60_000)), everything_of(&plain));
}

#[test]
fn scans_without_end_are_refused() {
    let plain = progressive(&busy(200, 100));
    let last = plain.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    let scan = &plain[last..plain.len() - 2];
    let many = |count: usize| [&plain[..plain.len() - 2], &scan.repeat(count), &plain[plain.len() - 2..]].concat();
    preview_of(&many(0)).unwrap();
    assert_eq!(preview_of(&many(1000)).unwrap_err(), Reject::Damaged);
}
