use super::*;
use image::DynamicImage;
use samples::*;
use std::time::Duration;

#[test]
fn other_files_are_called_by_name() {
    let heic = if cfg!(feature = "heic") { Reject::Damaged } else { Reject::Unsupported { what: "HEIC" } };
    let cases: [(&[u8], Reject); 16] = [
        (b"", Reject::Empty),
        (b"hello, this is text", Reject::NotAPicture),
        (b"\xff\xd8", Reject::NotAPicture),
        (b"BMW is a car", Reject::NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reject::Svg),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><!-- a --><svg:svg/>", Reject::Svg),
        (b"<html><p>no drawing</p></html>", Reject::NotAPicture),
        (b"%PDF-1.7 ...", Reject::Unsupported { what: "PDF" }),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", Reject::Unsupported { what: "BMP" }),
        (b"II*\0abcd", Reject::Unsupported { what: "TIFF" }),
        (b"\0\0\0\x1cftypheic\0\0", heic),
        (b"\0\0\0\x1cftypavif\0\0", Reject::Damaged),
        (b"\0\0\0\x1cftypavis\0\0\0\0avismsf1isomiso8", Reject::Unsupported { what: "AVIF video" }),
        (b"\0\0\0\x1cftypisom\0\0", Reject::Unsupported { what: "video" }),
        (b"\x89PNG\r\n\x1a\n", Reject::Damaged),
        (b"GIF89a", Reject::Damaged),
    ];
    for (bytes, wanted) in cases {
        assert_eq!(look(bytes), Err(wanted), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn bombs_are_refused_by_their_header() {
    let mut bomb = jpeg(&quadrants(64, 64));
    let frame = bomb.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    for side in [65_500_u16, 19_999] {
        bomb[frame + 5..frame + 7].copy_from_slice(&side.to_be_bytes());
        bomb[frame + 7..frame + 9].copy_from_slice(&side.to_be_bytes());
        let padded = [bomb.as_slice(), &[0; 113_000]].concat();
        let start = std::time::Instant::now();
        let seen = look(&padded);
        assert!(start.elapsed().as_millis() < 20);
        let (width, height) = (u32::from(side), u32::from(side));
        assert_eq!(
            seen,
            Err(if side > 20_000 {
                Reject::SideTooLong { width, height, max: 20_000 }
            } else {
                Reject::TooManyPixels { width, height, max: 100_000_000 }
            })
        );
    }
    let png = raw_png(png_header(20_001, 1, 8, 2, false), &[], &[0; 8]);
    assert!(matches!(look(&png), Err(Reject::SideTooLong { .. })));
}

#[test]
fn a_header_that_promises_more_than_the_file_holds_is_damage() {
    let mut tall = jpeg(&busy(64, 64));
    let frame = tall.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    tall[frame + 5..frame + 7].copy_from_slice(&900_u16.to_be_bytes());
    assert_eq!(preview_of(&tall).unwrap_err(), Reject::Damaged);
}

#[test]
fn cut_off_files_are_damage() {
    let photo = busy(200, 150);
    let wide = DynamicImage::ImageRgb8(photo.clone());
    let frames = [(opaque(&photo), 100), (opaque(&quadrants(200, 150)), 100)];
    let animated = gif(&frames, None);
    let files = [
        avif::file("alpha").to_vec(),
        jpeg(&photo),
        progressive(&photo),
        png(&wide),
        lossless_webp(&opaque(&photo)),
        everything_of(&jpeg(&photo)).remove(0).bytes,
        everything_of(&animated).remove(0).bytes,
        gif(&frames[..1], None),
        animated,
    ];
    for file in &files {
        preview_of(file).unwrap();
        let length = file.len();
        for keep in [length / 10, length / 3, length / 2, length * 9 / 10, length - 30, length - 2, length - 1] {
            let seen = preview_of(&file[..keep]).map(|_| ());
            assert_eq!(seen, Err(Reject::Damaged), "{:?} at {keep} of {length}", look(file).unwrap().format);
        }
    }
}

#[test]
fn stray_bytes_between_jpeg_segments_are_forgiven_but_not_cuts_behind_them() {
    let plain = jpeg(&busy(120, 80));
    let tables = plain.windows(2).position(|pair| pair == [0xff, 0xdb]).unwrap();
    let stray = [&plain[..tables], b"stray", &plain[tables..]].concat();
    assert_eq!(variants_of(&stray).unwrap(), variants_of(&plain).unwrap());
    let cut = &stray[..stray.len() - 40];
    assert_eq!(preview_of(cut).unwrap_err(), Reject::Damaged);
}

#[test]
fn what_takes_too_long_is_given_up() {
    use codec::deadline::Deadline;
    let file = png(&DynamicImage::ImageRgb8(busy(60, 40)));
    let header = look(&file).unwrap();
    let over = Deadline::after(Duration::ZERO);
    assert_eq!(codec::png::decode(&file, &header, 1, over).map(|_| ()), Err(Reject::TooSlow));
}

#[cfg(unix)]
#[test]
fn a_decoder_in_a_child_takes_only_itself_down() {
    use codec::{deadline::Deadline, isolate::isolated};
    let soon = || Deadline::after(Duration::from_secs(60));
    let filled = isolated(3, soon(), |bytes| {
        bytes.copy_from_slice(&[1, 2, 3]);
        Ok(())
    });
    assert_eq!(filled.unwrap().bytes(), [1, 2, 3]);
    assert_eq!(isolated(3, soon(), |_| panic!("broken")).map(|_| ()), Err(Reject::Damaged));
    assert_eq!(isolated(3, soon(), |_| std::process::abort()).map(|_| ()), Err(Reject::Damaged));
    let endless = isolated(3, Deadline::after(Duration::from_millis(50)), |_| {
        loop {
            std::thread::sleep(Duration::from_secs(1));
        }
    });
    assert_eq!(endless.map(|_| ()), Err(Reject::TooSlow));
}
