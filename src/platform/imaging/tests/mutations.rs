//! Sound files of every format, damaged in every way a fixed seed comes up with: errors are fine,
//! panics, runaways and more memory than [`Header::memory`] claimed are not.

use super::*;
use image::DynamicImage;
use samples::*;
use std::time::{Duration, Instant};

const ROUNDS: usize = 3000;

fn files() -> Vec<Vec<u8>> {
    let photo = busy(40, 30);
    let clear = DynamicImage::ImageRgba8(opaque(&photo));
    let frames = [(opaque(&photo), 50), (opaque(&quadrants(40, 30)), 50)];
    let display_p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let animated = gif(&frames, None);
    let grey: Vec<u8> = (0..1200).map(|index| (index % 251) as u8).collect();
    let mut files = vec![
        with_profile(&with_orientation(&jpeg(&photo), 6), &display_p3, 200),
        progressive(&photo),
        recoded(&jpeg(&photo), true, true),
        jpeg_with(&grey, 40, 30, turbojpeg::PixelFormat::GRAY, false),
        jpeg_with(&grey, 20, 15, turbojpeg::PixelFormat::CMYK, true),
        png_with_profile(&photo, display_p3),
        png(&clear),
        png(&DynamicImage::ImageRgb16(clear.to_rgb16())),
        raw_png(
            png_header(5, 3, 8, 3, true),
            &[(b"PLTE", &[9; 30]), (b"tRNS", &[7, 8])],
            &[0, 1, 0, 2, 0, 3, 0, 4, 5, 0, 6, 7, 0, 8, 8, 8, 8, 8],
        ),
        lossless_webp(&opaque(&photo)),
        everything_of(&jpeg(&photo)).remove(0).bytes,
        everything_of(&png(&clear)).remove(0).bytes,
        everything_of(&animated).remove(0).bytes,
        gif(&frames[..1], None),
        animated,
    ];
    files.extend(avif::FILES.iter().map(|(_, file)| file.to_vec()));
    #[cfg(feature = "heic")]
    files.extend([include_bytes!("files/420.heic").to_vec(), include_bytes!("files/alpha.heic").to_vec()]);
    files
}

/// xorshift64
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn damage(&mut self, file: &mut Vec<u8>, others: &[Vec<u8>]) {
        const NUMBERS: [u32; 8] = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, u32::MAX];
        let at = self.below(file.len());
        match self.below(8) {
            0..=3 => file[at] = self.below(256) as u8,
            4 => {
                let number = NUMBERS[self.below(NUMBERS.len())].to_be_bytes();
                let width = 1 + self.below(4);
                file.iter_mut().skip(at).zip(&number[4 - width..]).for_each(|(byte, &new)| *byte = new);
            }
            5 => file.truncate(at),
            6 => {
                let end = (at + self.below(60)).min(file.len());
                let part = file[at..end].to_vec();
                let to = self.below(file.len());
                file.splice(to..to, part);
            }
            _ => {
                let other = &others[self.below(others.len())];
                let from = self.below(other.len());
                let end = (from + self.below(60)).min(other.len());
                file.splice(at..(at + end - from).min(file.len()), other[from..end].iter().copied());
            }
        }
    }
}

#[test]
fn nothing_panics_hangs_or_takes_more_memory_than_it_claimed() {
    let files = files();
    let fast = Encoding { quality: 50.0, method: 0 };
    let limits = Limits { max_pixels: 300_000, max_side: 20_000, max_frames: 20 };
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut shown = std::collections::HashMap::new();
    for round in 0..ROUNDS {
        let mut file = files[round % files.len()].clone();
        for _ in 0..=random.below(3) {
            if !file.is_empty() {
                random.damage(&mut file, &files);
            }
        }
        // Half of the PNGs get their checksums right again, or nothing behind them would be reached.
        if round % 2 == 0 {
            repair_png(&mut file);
        }
        let start = Instant::now();
        let (header, used) = meter::peak(|| inspect(&file, &limits));
        assert!(used <= 2 * file.len() as u64 + 100_000, "round {round}: looking took {used} bytes");
        let Ok(header) = header else { continue };
        let (made, used) = meter::peak(|| preview(&file, &header, 64, &fast).is_ok());
        assert!(used <= header.memory, "round {round}: took {used} of {header:?}");
        if made {
            *shown.entry(header.format).or_insert(0) += 1;
        }
        let (_, used) = meter::peak(|| variants(&file, &header, &fast, |_| ControlFlow::Continue(())));
        assert!(used <= header.memory, "round {round}: took {used} of {header:?}");
        assert!(start.elapsed() < Duration::from_secs(20), "round {round}: {:?}", start.elapsed());
    }
    // Enough must survive for the test to have reached what lies behind the headers.
    for format in [Format::Jpeg, Format::Png, Format::WebP, Format::Gif, Format::Avif] {
        assert!(shown.get(&format).is_some_and(|&count| count >= 10), "{shown:?}");
    }
}
