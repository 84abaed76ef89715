//! HEIC files by libheif and x265 (through pillow_heif), 64 × 48.

use super::*;
use samples::*;

#[test]
fn every_heic_is_shown_as_it_was_meant() {
    let wanted = [RED, GREEN, WHITE, BLUE];
    let turned = [BLUE, RED, GREEN, WHITE];
    for (file, sides, wanted) in [
        (include_bytes!("files/444.heic").as_slice(), (64, 48), wanted),
        (include_bytes!("files/420.heic"), (64, 48), wanted),
        (include_bytes!("files/10-bit.heic"), (64, 48), wanted),
        (include_bytes!("files/turned.heic"), (48, 64), turned),
    ] {
        let header = look(file).unwrap();
        assert_eq!((header.format, header.width, header.height), (Format::Heic, sides.0, sides.1));
        for (seen, [r, g, b]) in corners(&only(file, Size::Full)).iter().zip(wanted) {
            assert!(near(seen, [r, g, b, 255], 12), "{seen:?}");
        }
    }
    let seen = only(include_bytes!("files/alpha.heic"), Size::Full);
    assert!(near(seen.get_pixel(8, 6), [RED[0], RED[1], RED[2], 255], 12), "{:?}", seen.get_pixel(8, 6));
    assert_eq!(seen.get_pixel(56, 6)[3], 0);
}

#[test]
fn a_cut_heic_is_damage() {
    let file = include_bytes!("files/444.heic");
    for keep in [40, 200, file.len() / 2, file.len() - 1] {
        assert_eq!(preview_of(&file[..keep]).map(|_| ()), Err(Reject::Damaged), "{keep}");
    }
}
