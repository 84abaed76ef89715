//! One file to pixels, no larger than its purpose needs: a decoder for each format.
//!
//! | format | decoder | kept | ignored |
//! | --- | --- | --- | --- |
//! | JPEG: baseline, progressive, arithmetic; grey, YCbCr, CMYK, YCCK | libjpeg-turbo, at 1/8 to 8/8 | EXIF orientation, ICC (RGB, grey, ink) | the rest of the metadata; lossless and 12-bit files are refused |
//! | PNG: every colour type and depth, interlaced, APNG | png, row by row into boxes | EXIF orientation, alpha, cICP, iCCP, else gAMA and cHRM | text; later frames of an APNG |
//! | WebP | libwebp, scaling while it decodes | alpha, ICC, EXIF orientation | |
//! | WebP, animated | image-webp, whole canvases | frames, times, repeats, alpha, ICC | the background colour, as browsers do |
//! | GIF | gif, whole canvases | frames, times, repeats, transparency | the background colour |
//! | AVIF: 8, 10, 12 bit, any sampling, grey, grids, layers | rav1d in a child process | alpha, `clap`, `irot`, `imir`, ICC, nclx | film grain, gain maps, films beside the picture |
//! | HEIC (feature `heic`) | libheif in a child process | as AVIF | as AVIF |

mod av1;
pub(super) mod avif;
pub(super) mod deadline;
#[cfg(feature = "heic")]
mod heic;
pub(super) mod isolate;
pub(super) mod png;
pub(super) mod shrink;
pub(super) mod turbo;
mod webp;
mod yuv;

use super::colour::Profile;
use super::container;
use super::picture::{Layout, Picture};
use super::{Format, Header, Purpose, Reject, cascade};
use deadline::{Deadline, Timed};
use image::codecs::{gif::GifDecoder, webp::WebPDecoder};
use image::{AnimationDecoder, DynamicImage, Frames, ImageDecoder, Rgba};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The pixels of a still picture or of an animation's first frame, as stored (not yet turned), and
/// what their colours mean.
///
/// # Errors
/// `Damaged`, `TooSlow`.
pub(super) fn read(bytes: &[u8], header: &Header, purpose: Purpose) -> Result<(Picture, Profile), Reject> {
    let deadline = Deadline::new();
    let facts = &header.facts;
    let factor = header.factor(purpose);
    guarded(|| match header.format {
        _ if header.animated => first_frame(bytes, header),
        Format::Gif => first_frame(bytes, header),
        Format::Jpeg => Ok((jpeg(bytes, header, purpose)?, icc(container::jpeg::profile(bytes)))),
        Format::Png => Ok((png::decode(bytes, header, factor, deadline)?, container::png::profile(bytes))),
        Format::WebP => {
            let request = webp::Request { width: facts.width, height: facts.height, factor, alpha: facts.alpha, lossless: facts.lossless };
            Ok((webp::decode(bytes, &request)?, icc(container::webp::profile(bytes))))
        }
        Format::Avif => avif::decode(bytes, header, factor, deadline),
        #[cfg(feature = "heic")]
        Format::Heic => heic::decode(bytes, header, factor, deadline),
        #[cfg(not(feature = "heic"))]
        Format::Heic => Err(Reject::Unsupported { what: "HEIC" }),
    })
}

/// The largest thumbnail there is: who makes a smaller one decodes the same pixels.
const LARGEST_PREVIEW: Purpose = Purpose::Preview { thumbnail_side: 500 };

fn icc(profile: Option<Vec<u8>>) -> Profile {
    profile.map_or(Profile::Unmarked, Profile::Icc)
}

impl Header {
    /// The pixels across that matter, and how many of them the purpose asks for.
    fn wanted(&self, purpose: Purpose) -> (u32, u32) {
        match purpose {
            Purpose::Preview { thumbnail_side } => (self.width.min(self.height), thumbnail_side),
            Purpose::Variants => (self.width, cascade(self).next().map_or(self.width, |(_, width, _)| width)),
        }
    }

    /// Whether one decoding serves the preview and the other sizes alike: a JPEG at half scale or below, where a smaller scale would
    /// hardly be quicker. The preview is then made from the larger pixels always, so that its bytes do not depend on who else was
    /// at work.
    pub fn shares_decoding(&self) -> bool {
        self.format == Format::Jpeg && self.own_eighths(Purpose::Variants) <= 4
    }

    /// The scale of a JPEG in eighths, for a purpose and for what else its decoding serves.
    pub(super) fn eighths(&self, purpose: Purpose) -> u32 {
        if self.shares_decoding() {
            return self.own_eighths(LARGEST_PREVIEW).max(self.own_eighths(Purpose::Variants));
        }
        self.own_eighths(purpose)
    }

    /// The smallest scale worth its time, in eighths, at which a JPEG has 1.3 times the pixels across that the
    /// purpose asks for; less, and the resizing has nothing to be sharp from.
    fn own_eighths(&self, purpose: Purpose) -> u32 {
        let (side, wanted) = self.wanted(purpose);
        // 5/8 to 7/8 have no SIMD: they take as long as 8/8, and what is made of them is less like the original.
        (1..=4).find(|&eighths| 10 * u64::from(turbo::scaled(side, eighths)) >= 13 * u64::from(wanted)).unwrap_or(8)
    }

    /// The side of the boxes that other formats are averaged by: the largest that leaves 1.5 times
    /// the pixels across that the purpose asks for. Boxes blur more than a JPEG's own scaling.
    pub(super) fn factor(&self, purpose: Purpose) -> u32 {
        let (side, wanted) = self.wanted(purpose);
        (side.saturating_mul(2) / wanted.saturating_mul(3).max(1)).clamp(1, shrink::LARGEST)
    }
}

fn jpeg(bytes: &[u8], header: &Header, purpose: Purpose) -> Result<Picture, Reject> {
    let facts = &header.facts;
    let layout = if facts.sample_bytes == 4 { Layout::Cmyk } else { Layout::Rgb };
    let request = turbo::Request {
        width: facts.width,
        height: facts.height,
        eighths: header.eighths(purpose),
        cmyk: layout == Layout::Cmyk,
        working_memory: header.memory,
    };
    let pixels = turbo::decode(bytes, &request)?;
    let width = turbo::scaled(facts.width, request.eighths);
    let height = turbo::scaled(facts.height, request.eighths);
    Picture::new(width, height, layout, pixels)
}

fn first_frame(bytes: &[u8], header: &Header) -> Result<(Picture, Profile), Reject> {
    let (mut frames, profile) = frames(bytes, header)?;
    let frame = frames.next().ok_or(Reject::Damaged)?;
    let frame = frame.map_err(|_| Reject::Damaged)?.into_buffer();
    Ok((from_image(DynamicImage::ImageRgba8(frame), header)?, profile))
}

/// The frames of a GIF or WebP, each as the whole canvas, decoded one at a time.
pub(super) fn frames<'a>(bytes: &'a [u8], header: &Header) -> Result<(Frames<'a>, Profile), Reject> {
    let bytes = Timed::new(bytes, Deadline::new());
    if header.format == Format::Gif {
        let mut decoder = GifDecoder::new(bytes).map_err(|_| Reject::Damaged)?;
        decoder.set_limits(limits(header)).map_err(|_| Reject::Damaged)?;
        return Ok((decoder.into_frames(), Profile::Unmarked));
    }
    let mut decoder = WebPDecoder::new(bytes).map_err(|_| Reject::Damaged)?;
    // Browsers pay no regard to the background colour an animation names.
    decoder.set_background_color(Rgba([0; 4])).map_err(|_| Reject::Damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    Ok((decoder.into_frames(), icc(profile)))
}

fn limits(header: &Header) -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(header.facts.width);
    limits.max_image_height = Some(header.facts.height);
    limits.max_alloc = Some(header.memory);
    limits
}

/// Eight bits a channel, grey spread to RGB, sides as the header said.
pub(super) fn from_image(image: DynamicImage, header: &Header) -> Result<Picture, Reject> {
    let (width, height) = (image.width(), image.height());
    if (width, height) != (header.facts.width, header.facts.height) {
        return Err(Reject::Damaged);
    }
    if image.color().has_alpha() {
        Picture::new(width, height, Layout::Rgba, image.into_rgba8().into_raw())
    } else {
        Picture::new(width, height, Layout::Rgb, image.into_rgb8().into_raw())
    }
}

/// Runs a third-party decoder. A panic in one is a file it could not read.
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T, Reject>) -> Result<T, Reject> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or(Err(Reject::Damaged))
}
