use super::*;
use image::codecs::gif::Repeat;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Rgba, RgbaImage};
use samples::*;
use std::io::Cursor;

fn frames() -> Vec<(RgbaImage, u32)> {
    let square =
        |left: u32, colour: [u8; 4]| {
            RgbaImage::from_fn(600, 200, |x, y| {
                if x >= left && x < left + 200 && (40..160).contains(&y) { Rgba(colour) } else { Rgba([0, 0, 0, 0]) }
            })
        };
    vec![(square(0, [255, 0, 0, 255]), 120), (square(200, [0, 255, 0, 255]), 70), (square(400, [0, 0, 255, 255]), 500)]
}

fn played(bytes: &[u8]) -> (LoopCount, Vec<(RgbaImage, u32)>) {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).unwrap();
    decoder.set_background_color(Rgba([0; 4])).unwrap();
    let plays = decoder.loop_count();
    let frames = decoder.into_frames().collect_frames().unwrap();
    let timed = frames.into_iter().map(|frame| {
        let lasts = frame.delay().numer_denom_ms().0;
        (frame.into_buffer(), lasts)
    });
    (plays, timed.collect())
}

#[test]
fn an_animation_keeps_its_frames_times_and_alpha() {
    let source = gif(&frames(), Some(Repeat::Infinite));
    let header = look(&source).unwrap();
    assert!(header.animated);
    assert_eq!(header.frames, 3);
    let made = everything_of(&source);
    let moving = made.iter().find(|one| one.size == Size::W512).unwrap();
    // The result is itself an upload that must come through the same way.
    let again = everything_of(&moving.bytes);
    let again = again.iter().find(|one| one.size == Size::Full).unwrap();
    for file in [moving, again] {
        let (plays, seen) = played(&file.bytes);
        assert!(matches!(plays, LoopCount::Infinite));
        let times: Vec<_> = seen.iter().map(|frame| frame.1).collect();
        assert_eq!(times, [120, 70, 500]);
        for (index, (image, _)) in seen.iter().enumerate() {
            for (third, x) in [85, 256, 426].into_iter().enumerate() {
                let pixel = image.get_pixel(x, 85);
                if third == index {
                    assert!(pixel[index] > 200 && pixel[3] == 255, "{index} {pixel:?}");
                } else {
                    assert_eq!(pixel[3], 0, "{index} {third} {pixel:?}");
                }
            }
        }
    }
    let thumbnail = &made.last().unwrap().bytes;
    assert!(!webp_chunks(thumbnail).contains(&"ANIM".to_owned()));
}

#[test]
fn gif_repeats_become_webp_plays() {
    for (repeat, wanted) in [(None, 1), (Some(Repeat::Finite(2)), 3), (Some(Repeat::Infinite), 0)] {
        let file = gif(&frames(), repeat);
        let made = variants_of(&file).unwrap();
        assert_eq!(look(&made[0].bytes).unwrap().facts.plays, wanted);
    }
}

#[test]
fn one_frame_is_a_still_picture() {
    let file = gif(&frames()[..1], Some(Repeat::Infinite));
    assert!(!look(&file).unwrap().animated);
    let made = everything_of(&file);
    assert!(!webp_chunks(&made[0].bytes).contains(&"ANIM".to_owned()));
}

#[test]
fn frames_are_counted_and_weighed() {
    let file = gif(&frames(), None);
    let by_count = Limits { max_frames: 2, ..Limits::default() };
    assert_eq!(inspect(&file, &by_count), Err(Reject::TooManyFrames { max: 2 }));
    let by_pixels = Limits { max_pixels: 600 * 200 * 2, ..Limits::default() };
    assert_eq!(inspect(&file, &by_pixels), Err(Reject::TooManyFrames { max: 2 }));
    let made = variants_of(&file).unwrap();
    let by_pixels = Limits { max_pixels: 512 * 170 * 2, ..Limits::default() };
    assert_eq!(inspect(&made[0].bytes, &by_pixels), Err(Reject::TooManyFrames { max: 2 }));
}

#[test]
fn a_frame_larger_than_its_gif_is_held_to_the_limits() {
    let mut file = gif(&frames(), None);
    let frame = file.windows(5).position(|part| part == [0x2c, 0, 0, 0, 0]).unwrap();
    file[frame + 5..frame + 9].fill(0xff);
    assert!(matches!(look(&file), Err(Reject::SideTooLong { .. })));
}
