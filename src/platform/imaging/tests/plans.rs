use super::super::Size::{Full, Thumbnail, W512, W1024, W1920};
use super::*;

#[test]
fn sizes_are_made_only_for_strictly_wider_pictures() {
    type Planned = (Size, u32, u32);
    let cases: [(u32, u32, &[Planned]); 14] = [
        (1, 1, &[(Thumbnail, 1, 1), (Full, 1, 1)]),
        (512, 300, &[(Thumbnail, 300, 300), (Full, 512, 300)]),
        (513, 513, &[(Thumbnail, 500, 500), (W512, 512, 512)]),
        (1024, 768, &[(Thumbnail, 500, 500), (W512, 512, 384)]),
        (1025, 1, &[(Thumbnail, 1, 1), (W512, 512, 1), (W1024, 1024, 1)]),
        (1920, 1080, &[(Thumbnail, 500, 500), (W512, 512, 288), (W1024, 1024, 576)]),
        (1921, 1080, &[(Thumbnail, 500, 500), (W512, 512, 287), (W1024, 1024, 575), (W1920, 1920, 1079)]),
        (20_000, 1, &[(Thumbnail, 1, 1), (W512, 512, 1), (W1024, 1024, 1), (W1920, 1920, 1)]),
        (1, 20_000, &[(Thumbnail, 1, 1), (Full, 1, 16_383)]),
        (512, 16_383, &[(Thumbnail, 500, 500), (Full, 512, 16_383)]),
        (512, 16_384, &[(Thumbnail, 500, 500), (Full, 511, 16_383)]),
        (600, 20_000, &[(Thumbnail, 500, 500), (Full, 491, 16_383)]),
        (1100, 20_000, &[(Thumbnail, 500, 500), (W512, 512, 9309)]),
        (5000, 20_000, &[(Thumbnail, 500, 500), (W512, 512, 2048), (W1024, 1024, 4096), (W1920, 1920, 7680)]),
    ];
    for (width, height, wanted) in cases {
        assert_eq!(plan(width, height, 500), wanted, "{width} × {height}");
    }
    assert_eq!(plan(4000, 3000, 200)[0], (Thumbnail, 200, 200));
}

#[test]
fn every_shape_gets_a_thumbnail_and_more_within_webp() {
    let sides = [1, 2, 3, 199, 200, 201, 499, 500, 501, 511, 512, 513, 1023, 1024, 1025, 1919];
    let sides = sides.into_iter().chain([1920, 1921, 4000, 16_382, 16_383, 16_384, 20_000]);
    for (width, height) in sides.clone().flat_map(|w| sides.clone().map(move |h| (w, h))) {
        let sizes = plan(width, height, 500);
        let side = width.min(height).min(500);
        assert_eq!(sizes[0], (Thumbnail, side, side));
        assert!(sizes.len() >= 2, "{width} × {height}");
        assert!(sizes.is_sorted());
        for &(size, w, h) in &sizes[1..] {
            assert!((1..=WEBP_MAX_SIDE).contains(&w) && (1..=WEBP_MAX_SIDE).contains(&h));
            match size {
                Full => assert!(w <= 512 && w <= width && h <= height),
                _ => {
                    assert!(width > w);
                    assert_eq!(h, (w * height / width).max(1));
                }
            }
        }
    }
}

#[test]
fn names_are_read_back() {
    for size in Size::ALL {
        assert_eq!(size.as_str().parse(), Ok(size));
    }
    assert!("1025".parse::<Size>().is_err());
    for name in ["jpeg", "png", "webp", "gif"] {
        assert_eq!(name.parse::<Format>().unwrap().as_str(), name);
    }
    assert!("JPEG".parse::<Format>().is_err());
}
