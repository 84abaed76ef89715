//! Files people choose: photos as cameras and editors write them, and what is no photo. All made in code.

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::webp::WebPEncoder;
use image::{Delay, ExtendedColorType, Frame, ImageEncoder, ImageFormat, Rgba, RgbaImage};
use std::io::Cursor;

/// A file with the name and the type its sender claims.
#[derive(Clone, Debug)]
pub struct Picture {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl Picture {
    pub fn new(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        Picture { name: name.to_owned(), media_type, bytes }
    }

    pub fn named(mut self, name: &str) -> Self {
        self.name = name.to_owned();
        self
    }
}

pub const RED: [u8; 3] = [220, 30, 40];
pub const GREEN: [u8; 3] = [30, 180, 50];
pub const BLUE: [u8; 3] = [20, 60, 200];
pub const WHITE: [u8; 3] = [240, 240, 240];

/// What must never be published: it stands in the EXIF block of [`portrait`].
pub const CAMERA: &str = "Secret Camera 9000";

/// Red, green above; blue, white below. Row by row, so that 24 megapixels take no time in a debug build.
fn quadrants(width: u32, height: u32) -> Vec<u8> {
    let row = |left: [u8; 3], right: [u8; 3]| {
        let mut row = left.repeat((width / 2) as usize);
        row.extend(right.repeat((width - width / 2) as usize));
        row
    };
    let mut pixels = row(RED, GREEN).repeat((height / 2) as usize);
    pixels.extend(row(BLUE, WHITE).repeat((height - height / 2) as usize));
    pixels
}

fn encode_jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels = quadrants(width, height);
    let (width, height) = (width as usize, height as usize);
    let image = turbojpeg::Image { pixels: &pixels[..], width, pitch: width * 3, height, format: turbojpeg::PixelFormat::RGB };
    turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2).expect("a JPEG").to_vec()
}

pub fn jpeg(width: u32, height: u32) -> Picture {
    Picture::new("photo.jpg", "image/jpeg", encode_jpeg(width, height))
}

/// Where only that there is a photo matters.
pub fn small() -> Picture {
    jpeg(64, 48)
}

/// As a phone held upright writes it: 1200 × 800 stored, to be shown turned to the right as 800 × 1200; with the place and the
/// camera in it.
pub fn portrait() -> Picture {
    let plain = encode_jpeg(1200, 800);
    let body = [b"Exif\0\0".as_slice(), &exif_with_place(6)].concat();
    let length = u16::try_from(body.len() + 2).expect("a short block").to_be_bytes();
    let bytes = [&plain[..2], &[0xff, 0xe1], &length, &body, &plain[2..]].concat();
    Picture::new("IMG_2041.JPG", "image/jpeg", bytes)
}

/// The colours of the corners of [`portrait`] as it must be shown, clockwise from the top left.
pub const PORTRAIT_CORNERS: [[u8; 3]; 4] = [BLUE, RED, GREEN, WHITE];

/// A TIFF block: orientation, camera, and a place (37° N).
fn exif_with_place(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut entry = Vec::new();
        entry.extend(tag.to_le_bytes());
        entry.extend(kind.to_le_bytes());
        entry.extend(count.to_le_bytes());
        entry.extend(value);
        entry
    };
    let camera = format!("{CAMERA}\0").into_bytes();
    let main_at = 8_u32;
    let place_at = main_at + 2 + 3 * 12 + 4;
    let camera_at = place_at + 2 + 2 * 12 + 4;
    let degrees_at = camera_at + camera.len() as u32;
    let mut block = b"II*\0".to_vec();
    block.extend(main_at.to_le_bytes());
    block.extend(3_u16.to_le_bytes());
    block.extend(entry(0x0110, 2, camera.len() as u32, camera_at.to_le_bytes()));
    block.extend(entry(0x0112, 3, 1, [orientation, 0, 0, 0]));
    block.extend(entry(0x8825, 4, 1, place_at.to_le_bytes()));
    block.extend([0; 4]);
    block.extend(2_u16.to_le_bytes());
    block.extend(entry(1, 2, 2, *b"N\0\0\0"));
    block.extend(entry(2, 5, 3, degrees_at.to_le_bytes()));
    block.extend([0; 4]);
    block.extend(camera);
    for (over, under) in [(37_u32, 1_u32), (34, 1), (1_234, 100)] {
        block.extend(over.to_le_bytes());
        block.extend(under.to_le_bytes());
    }
    block
}

/// What a camera with 24 megapixels writes.
pub fn camera() -> Picture {
    jpeg(6000, 4000).named("DSC_0001.jpg")
}

/// Red, and nothing at all in its right half.
pub fn transparent_png(width: u32, height: u32) -> Picture {
    let image = RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { Rgba([200, 20, 20, 255]) } else { Rgba([0, 0, 0, 0]) });
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("a PNG");
    Picture::new("logo.png", "image/png", bytes)
}

pub fn webp(width: u32, height: u32) -> Picture {
    let mut bytes = Vec::new();
    let pixels = quadrants(width, height);
    WebPEncoder::new_lossless(&mut bytes).write_image(&pixels, width, height, ExtendedColorType::Rgb8).expect("a WebP");
    Picture::new("sketch.webp", "image/webp", bytes)
}

/// Two frames, for ever.
pub fn animated_gif(width: u32, height: u32) -> Picture {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    encoder.set_repeat(Repeat::Infinite).expect("a GIF");
    for colour in [RED, BLUE] {
        let [r, g, b] = colour;
        let image = RgbaImage::from_pixel(width, height, Rgba([r, g, b, 255]));
        encoder.encode_frame(Frame::from_parts(image, 0, 0, Delay::from_numer_denom_ms(100, 1))).expect("a GIF");
    }
    drop(encoder);
    Picture::new("wave.gif", "image/gif", bytes)
}

/// The first half of a JPEG: an upload that broke off, a card that was pulled out.
pub fn truncated() -> Picture {
    let mut whole = jpeg(400, 300).named("broken.jpg");
    whole.bytes.truncate(whole.bytes.len() / 2);
    whole
}

pub fn svg() -> Picture {
    let bytes = br#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    Picture::new("drawing.jpg", "image/jpeg", bytes.to_vec())
}

pub fn text() -> Picture {
    Picture::new("notes.jpg", "image/jpeg", b"Milk, bread, and something for the cat.\n".to_vec())
}

pub fn renamed_pdf() -> Picture {
    Picture::new("holiday.jpg", "image/jpeg", b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n".to_vec())
}

pub fn empty() -> Picture {
    Picture::new("empty.jpg", "image/jpeg", Vec::new())
}

/// A few hundred bytes that claim to be 65,500 × 65,500 pixels.
pub fn bomb() -> Picture {
    let mut file = jpeg(16, 16).named("bomb.jpg");
    let frame = file.bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a baseline JPEG");
    file.bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    file
}

/// What a stored variant is.
pub struct Decoded {
    pub pixels: RgbaImage,
    /// Of an animation; 0 of a still picture.
    pub frames: usize,
}

impl Decoded {
    pub fn size(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }

    /// The colours of the corners, clockwise from the top left, near enough to the edge and far enough from the middle.
    pub fn corners(&self) -> [Rgba<u8>; 4] {
        let (width, height) = self.size();
        let (left, top, right, bottom) = (width / 8, height / 8, width * 7 / 8, height * 7 / 8);
        [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| *self.pixels.get_pixel(x, y))
    }
}

/// # Panics
/// When it is no WebP, or when anything but pixels is in it.
pub fn decode_published(bytes: &[u8]) -> Decoded {
    assert!(bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP", "not a WebP file");
    let pixels = image::load_from_memory_with_format(bytes, ImageFormat::WebP).expect("a whole WebP").into_rgba8();
    let mut chunks = Vec::new();
    walk(&bytes[12..], &mut chunks);
    for private in ["EXIF", "XMP ", "ICCP"] {
        assert!(!chunks.iter().any(|name| name == private), "{private} is published");
    }
    assert!(!bytes.windows(CAMERA.len()).any(|part| part == CAMERA.as_bytes()), "the camera is published");
    let frames = chunks.iter().filter(|name| *name == "ANMF").count();
    Decoded { pixels, frames }
}

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

pub fn near(seen: Rgba<u8>, wanted: [u8; 3]) -> bool {
    seen.0.iter().zip(wanted).all(|(seen, wanted)| seen.abs_diff(wanted) < 16) && seen[3] > 250
}

/// What [`telling`] tells: besides [`CAMERA`], a moment and a place.
pub const TOLD_AT: &str = "2026-05-03T06:12:44";
pub const TOLD_PLACE: &str = "37.5667,126.9800";

/// With camera, moment and place (37° 34′ 0.12″ N, 126° 58′ 48″ E) in its EXIF block.
pub fn telling() -> Picture {
    let entry = |tag: u16, kind: u16, count: usize, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &(count as u32).to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let directory = |entries: &[Vec<u8>]| [&(entries.len() as u16).to_le_bytes()[..], &entries.concat(), &[0; 4]].concat();
    let (camera, moment) = (format!("{CAMERA}\0"), "2026:05:03 06:12:44\0");
    let (details, position, data) = (8 + 42, 8 + 42 + 18, 8 + 42 + 18 + 54);
    let moment_at = data + camera.len() as u32;
    let north_at = moment_at + moment.len() as u32;
    let (north, east) = (u32::from(b'N'), u32::from(b'E'));
    let degrees = [(37_u32, 1_u32), (34, 1), (12, 100), (126, 1), (58, 1), (48, 1)];
    let block = [
        &b"II*\0\x08\0\0\0"[..],
        &directory(&[entry(0x0110, 2, camera.len(), data), entry(0x8769, 4, 1, details), entry(0x8825, 4, 1, position)]),
        &directory(&[entry(0x9003, 2, moment.len(), moment_at)]),
        &directory(&[entry(1, 2, 2, north), entry(2, 5, 3, north_at), entry(3, 2, 2, east), entry(4, 5, 3, north_at + 24)]),
        camera.as_bytes(),
        moment.as_bytes(),
        &degrees.iter().flat_map(|(over, under)| [over.to_le_bytes(), under.to_le_bytes()].concat()).collect::<Vec<u8>>(),
    ]
    .concat();
    let body = [b"Exif\0\0".as_slice(), &block].concat();
    let plain = encode_jpeg(640, 480);
    let length = u16::try_from(body.len() + 2).expect("a short block").to_be_bytes();
    let bytes = [&plain[..2], &[0xff, 0xe1], &length, &body, &plain[2..]].concat();
    Picture::new("DSCF0412.JPG", "image/jpeg", bytes)
}
