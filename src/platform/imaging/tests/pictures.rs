use super::*;
use image::{DynamicImage, GrayImage, ImageBuffer, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::ColorProfile;
use samples::*;
use turbojpeg::PixelFormat;

#[test]
fn every_orientation_comes_out_upright() {
    let plain = jpeg(&quadrants(640, 320));
    let tall = jpeg(&quadrants(320, 640));
    // What a viewer shows for red, green / blue, white stored under each orientation, clockwise.
    let wanted = [
        [RED, GREEN, WHITE, BLUE],
        [GREEN, RED, BLUE, WHITE],
        [WHITE, BLUE, RED, GREEN],
        [BLUE, WHITE, GREEN, RED],
        [RED, BLUE, WHITE, GREEN],
        [BLUE, RED, GREEN, WHITE],
        [WHITE, GREEN, RED, BLUE],
        [GREEN, WHITE, BLUE, RED],
    ];
    for (orientation, wanted) in (1_u8..).zip(wanted) {
        for (file, width, height) in [(&plain, 640, 320), (&tall, 320, 640)] {
            let file = with_orientation(file, orientation);
            let header = look(&file).unwrap();
            let sides = if orientation >= 5 { (height, width) } else { (width, height) };
            assert_eq!((header.width, header.height), sides);
            assert_eq!(header.orientation, orientation);
            let preview = preview_of(&file).unwrap();
            for one in everything_of(&file).iter().chain([&preview.thumbnail]) {
                for (seen, [r, g, b]) in corners(&webp_pixels(&one.bytes)).iter().zip(wanted) {
                    assert!(near(seen, [r, g, b, 255], 14), "{orientation} {}: {seen:?}", one.size);
                }
            }
        }
    }
}

#[test]
fn turning_moves_every_pixel_to_its_place() {
    let pixels: Vec<u8> = (0..6).flat_map(|value| [value; 3]).collect();
    let wanted: [&[u8]; 8] = [
        &[0, 1, 2, 3, 4, 5],
        &[2, 1, 0, 5, 4, 3],
        &[5, 4, 3, 2, 1, 0],
        &[3, 4, 5, 0, 1, 2],
        &[0, 3, 1, 4, 2, 5],
        &[3, 0, 4, 1, 5, 2],
        &[5, 2, 4, 1, 3, 0],
        &[2, 5, 1, 4, 0, 3],
    ];
    for (orientation, wanted) in (1..).zip(wanted) {
        let picture = picture::Picture::new(3, 2, picture::Layout::Rgb, pixels.clone()).unwrap();
        let turned = picture.oriented(orientation).unwrap();
        let seen: Vec<u8> = turned.pixels().iter().copied().step_by(3).collect();
        assert_eq!(seen, wanted, "{orientation}");
    }
}

#[test]
fn transparency_is_kept_and_does_not_bleed() {
    // Transparent pixels are bright green, which must not be seen at the edge of the red.
    let image = RgbaImage::from_fn(700, 300, |x, _| if x < 350 { Rgba([200, 20, 20, 255]) } else { Rgba([0, 255, 0, 0]) });
    for file in [png(&DynamicImage::ImageRgba8(image.clone())), lossless_webp(&image)] {
        for one in everything_of(&file) {
            let seen = webp_pixels(&one.bytes);
            let (width, middle) = (seen.width(), seen.height() / 2);
            assert!(near(seen.get_pixel(width / 8, middle), [200, 20, 20, 255], 10));
            assert_eq!(seen.get_pixel(width * 7 / 8, middle)[3], 0);
            for x in 0..width {
                let pixel = seen.get_pixel(x, middle);
                assert!(pixel[3] < 128 || pixel[1] < 60, "{pixel:?}");
            }
        }
        let preview = preview_of(&file).unwrap();
        assert!(preview.colour[0] > 180 && preview.colour[1] < 50, "{:?}", preview.colour);
    }
}

#[test]
fn deep_grey_palette_and_interlaced_pngs() {
    let deep = ImageBuffer::from_pixel(600, 400, Rgb([0x8080_u16, 0x4040, 0xc0c0]));
    let seen = only(&png(&DynamicImage::ImageRgb16(deep)), Size::W512);
    assert!(near(seen.get_pixel(99, 99), [0x80, 0x40, 0xc0, 255], 4));

    let grey = GrayImage::from_pixel(600, 400, Luma([77]));
    let seen = only(&png(&DynamicImage::ImageLuma8(grey)), Size::W512);
    assert!(near(seen.get_pixel(99, 99), [77, 77, 77, 255], 3));

    let palette = [255, 0, 0, 0, 0, 255];
    let mut rows = Vec::new();
    for _ in 0..32 {
        rows.extend([0, 0b0000_0000, 0b1111_1111]);
    }
    let header = png_header(16, 32, 1, 3, false);
    let file = raw_png(header, &[(b"PLTE", &palette), (b"tRNS", &[255, 0])], &rows);
    let seen = only(&file, Size::Full);
    assert!(near(seen.get_pixel(3, 9), [255, 0, 0, 255], 12));
    assert_eq!(seen.get_pixel(12, 9)[3], 0);

    let file = raw_png(png_header(1, 1, 8, 2, true), &[(b"eXIf", &exif(6))], &[0, 10, 200, 90]);
    let seen = only(&file, Size::Full);
    assert!(near(seen.get_pixel(0, 0), [10, 200, 90, 255], 8));
    assert_eq!(look(&file).unwrap().orientation, 6);
}

#[test]
fn progressive_and_grey_jpegs() {
    let seen = only(&progressive(&quadrants(2400, 1200)), Size::W1920);
    assert!(near(&corners(&seen)[2], [240, 240, 240, 255], 6));
    let file = jpeg_with(&vec![90; 600 * 400], 600, 400, PixelFormat::GRAY, false);
    assert!(near(only(&file, Size::W512).get_pixel(9, 9), [90, 90, 90, 255], 3));
}

#[test]
fn wide_gamut_red_is_the_same_red_in_srgb() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    // sRGB (220, 30, 40) as Display P3 numbers.
    let flat = RgbImage::from_pixel(600, 400, Rgb([203, 54, 50]));
    for file in [with_profile(&jpeg(&flat), &p3, 60_000), with_profile(&jpeg(&flat), &p3, 100), png_with_profile(&flat, p3.clone())] {
        let seen = only(&file, Size::W512);
        assert!(near(seen.get_pixel(50, 50), [220, 30, 40, 255], 8), "{:?}", seen.get_pixel(50, 50));
        let colour = preview_of(&file).unwrap().colour;
        assert!(colour[0].abs_diff(220) < 8 && colour[1].abs_diff(30) < 8);
    }
}

#[test]
fn every_kind_of_profile_passes() {
    let flat = RgbImage::from_pixel(520, 40, Rgb([120, 90, 60]));
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let adobe = ColorProfile::new_adobe_rgb().encode().unwrap();
    let grey = ColorProfile::new_gray_with_gamma(1.8).encode().unwrap();
    let mut mangled = adobe.clone();
    mangled.truncate(200);
    let plain = everything_of(&jpeg(&flat));
    for (profile, same) in [(srgb.as_slice(), true), (&adobe, false), (&grey, true), (&mangled, true), (b"nonsense", true)] {
        let seen = everything_of(&with_profile(&jpeg(&flat), profile, 60_000));
        assert_eq!(seen == plain, same);
    }
    let file = jpeg_with(&vec![128; 520 * 40], 520, 40, PixelFormat::GRAY, false);
    let seen = only(&with_profile(&file, &grey, 60_000), Size::W512);
    // 0.502 to the power of 1.8 is 0.289 of the light, which sRGB writes as 147.
    assert!(near(seen.get_pixel(9, 9), [147, 147, 147, 255], 4), "{:?}", seen.get_pixel(9, 9));
}

#[test]
fn cmyk_is_shown_as_browsers_show_it() {
    // Inverted inks: no cyan, half magenta, full yellow, no black.
    let inks: Vec<u8> = [255, 128, 0, 255].repeat(600 * 400);
    let file = jpeg_with(&inks, 600, 400, PixelFormat::CMYK, false);
    let seen = only(&file, Size::W512);
    assert!(near(seen.get_pixel(9, 9), [255, 128, 0, 255], 8), "{:?}", seen.get_pixel(9, 9));
    let rgb = ColorProfile::new_display_p3().encode().unwrap();
    assert_eq!(only(&with_profile(&file, &rgb, 60_000), Size::W512), seen);
    assert_eq!(preview_of(&file[..file.len() / 2]).unwrap_err(), Reject::Damaged);
}

#[test]
fn no_metadata_is_published() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let secret = b"Exif\0\0II*\0\x08\0\0\0\0\0 GPS of my home";
    let file = with_segment(&with_profile(&jpeg(&busy(800, 600)), &p3, 60_000), 0xe1, secret);
    for one in everything_of(&file) {
        assert!(!one.bytes.windows(7).any(|part| part == b"my home"));
    }
}

#[test]
fn placeholders_are_tiny_and_in_ratio() {
    let clear = RgbaImage::from_fn(300, 400, |x, y| Rgba([x as u8, y as u8, 90, (x / 2) as u8]));
    for (file, sides) in [
        (jpeg(&busy(1600, 900)), (16, 9)),
        (jpeg(&busy(900, 1600)), (9, 16)),
        (jpeg(&busy(2000, 10)), (16, 1)),
        (png(&DynamicImage::ImageRgba8(clear)), (12, 16)),
    ] {
        let preview = preview_of(&file).unwrap();
        let text = preview.placeholder.strip_prefix("data:image/webp;base64,").unwrap();
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).unwrap();
        assert_eq!(webp_pixels(&bytes).dimensions(), sides);
        assert!(bytes.len() <= 150, "{}", bytes.len());
    }
}

#[test]
fn a_caller_may_break_off() {
    let file = jpeg(&busy(2000, 1000));
    let mut seen = 0;
    variants(&file, &look(&file).unwrap(), &PLAIN, |encoded| {
        assert_eq!(encoded.size, Size::W1920);
        seen += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn every_scale_of_the_decoder_is_within_reach() {
    let file = jpeg(&quadrants(640, 641));
    let header = look(&file).unwrap();
    for eighths in 1..=8 {
        // 80 px of the decoded picture for each eighth, and 1.3 of them for one of the thumbnail.
        let thumbnail_side = 80 * eighths * 10 / 13;
        let purpose = Purpose::Preview { thumbnail_side };
        assert_eq!(header.eighths(purpose), if eighths > 4 { 8 } else { eighths });
        let preview = preview(&file, &header, thumbnail_side, &PLAIN).unwrap();
        let seen = webp_pixels(&preview.thumbnail.bytes);
        assert_eq!(seen.dimensions(), (thumbnail_side, thumbnail_side));
        for (seen, [r, g, b]) in corners(&seen).iter().zip([RED, GREEN, WHITE, BLUE]) {
            assert!(near(seen, [r, g, b, 255], 14), "{eighths}: {seen:?}");
        }
    }
}
