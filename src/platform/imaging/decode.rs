//! One file to pixels, no larger than its purpose needs.

use super::colour::Conversion;
use super::container::jpeg;
use super::encode::{self, Encoded, Encoding};
use super::picture::{Layout, Picture};
use super::{Format, Header, Preview, Reject, Size, cascade, turbo};
use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{AnimationDecoder, DynamicImage, Frames, ImageDecoder, Rgba};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the pixels are wanted for; it decides how small a JPEG may be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The thumbnail, the placeholder and the colour.
    Preview {
        /// Pixels; see [`super::plan()`].
        thumbnail_side: u32,
    },
    /// Every size, the thumbnail included.
    Variants,
}

/// The pixels of a still picture, or of an animation's first frame, with all it takes to make
/// sizes of them. Holds up to [`Header::memory`] bytes.
pub struct Decoded {
    picture: Picture,
    conversion: Conversion,
    header: Header,
}

impl Decoded {
    /// Decodes to the last byte.
    ///
    /// # Errors
    /// [`Reject::Damaged`].
    pub fn read(bytes: &[u8], header: &Header, purpose: Purpose) -> Result<Self, Reject> {
        let (picture, profile) = match header.format {
            Format::Jpeg => read_jpeg(bytes, header, purpose)?,
            _ => guarded(|| read_other(bytes, header))?,
        };
        let conversion = Conversion::new(profile.as_deref(), header.facts.colours, picture.layout);
        Ok(Self { picture: picture.premultiplied()?, conversion, header: header.clone() })
    }

    /// The thumbnail, the placeholder and the colour. See [`super::preview`].
    ///
    /// # Errors
    /// [`Reject::Encoder`].
    pub fn preview(&self, thumbnail_side: u32, encoding: &Encoding) -> Result<Preview, Reject> {
        let (width, height) = (self.header.width, self.header.height);
        let side = super::plan(width, height, thumbnail_side)[0].1;
        let square = self.finish(self.picture.centre(side)?)?;
        let small = {
            let longest = width.max(height);
            let fit = |side: u32| (16 * u64::from(side)).div_ceil(u64::from(longest)).min(16) as u32;
            self.resized(fit(width), fit(height))?
        };
        Ok(Preview {
            thumbnail: encode::still(&square, Size::Thumbnail, encoding)?,
            placeholder: encode::placeholder(&small)?,
            colour: small.average(),
        })
    }

    /// The widest size in pixels, to make the others from. The decoded pixels are let go.
    ///
    /// # Errors
    /// [`Reject::Damaged`], which sound pixels never are.
    pub fn cascade(self) -> Result<Cascade, Reject> {
        let mut sizes: Vec<_> = cascade(&self.header).collect();
        let (size, width, height) = sizes.remove(0);
        Ok(Cascade { picture: self.resized(width, height)?, size, others: sizes })
    }

    /// Every size but the thumbnail, widest first. See [`super::variants`].
    ///
    /// # Errors
    /// [`Reject::Encoder`].
    pub fn variants(self, encoding: &Encoding, mut emit: impl FnMut(Encoded) -> ControlFlow<()>) -> Result<(), Reject> {
        let cascade = self.cascade()?;
        if emit(cascade.widest(encoding)?).is_continue() {
            cascade.smaller(encoding, emit)?;
        }
        Ok(())
    }

    fn resized(&self, width: u32, height: u32) -> Result<Picture, Reject> {
        let (width, height) = self.header.stored(width, height);
        self.finish(self.picture.resized(width, height)?)
    }

    fn finish(&self, small: Picture) -> Result<Picture, Reject> {
        finish(small, &self.conversion, self.header.orientation)
    }
}

/// The widest size of a picture before it is encoded. It can be encoded on one thread and made smaller on another.
pub struct Cascade {
    picture: Picture,
    size: Size,
    /// Widest first.
    others: Vec<(Size, u32, u32)>,
}

impl Cascade {
    /// # Errors
    /// [`Reject::Encoder`].
    pub fn widest(&self, encoding: &Encoding) -> Result<Encoded, Reject> {
        encode::still(&self.picture, self.size, encoding)
    }

    /// The other sizes, widest first.
    ///
    /// # Errors
    /// [`Reject::Encoder`].
    pub fn others(&self, encoding: &Encoding) -> Result<Vec<Encoded>, Reject> {
        let mut made = Vec::with_capacity(self.others.len());
        self.smaller(encoding, |encoded| {
            made.push(encoded);
            ControlFlow::Continue(())
        })?;
        Ok(made)
    }

    /// Each size is made from the one before.
    fn smaller(&self, encoding: &Encoding, mut emit: impl FnMut(Encoded) -> ControlFlow<()>) -> Result<(), Reject> {
        let mut last = None;
        for &(size, width, height) in &self.others {
            let picture = last.as_ref().unwrap_or(&self.picture).resized(width, height)?;
            if emit(encode::still(&picture, size, encoding)?).is_break() {
                break;
            }
            last = Some(picture);
        }
        Ok(())
    }
}

/// A resized picture as it is shown: alpha straight, colours sRGB, the right way up.
pub(super) fn finish(small: Picture, conversion: &Conversion, orientation: u8) -> Result<Picture, Reject> {
    conversion.apply(small.straight()?)?.oriented(orientation)
}

impl Header {
    /// Displayed sides to stored ones, and back.
    pub(super) fn stored(&self, width: u32, height: u32) -> (u32, u32) {
        if self.orientation >= 5 { (height, width) } else { (width, height) }
    }

    /// The smallest scale worth its time, in eighths, at which a JPEG has 1.3 times the pixels across that the
    /// purpose asks for; less, and the resizing has nothing to be sharp from.
    pub(super) fn eighths(&self, purpose: Purpose) -> u32 {
        let (side, wanted) = match purpose {
            Purpose::Preview { thumbnail_side } => (self.width.min(self.height), thumbnail_side),
            Purpose::Variants => (self.width, cascade(self).next().map_or(self.width, |(_, width, _)| width)),
        };
        // 5/8 to 7/8 have no SIMD: they take as long as 8/8, and what is made of them is less like the original.
        (1..=4).find(|&eighths| 10 * u64::from(turbo::scaled(side, eighths)) >= 13 * u64::from(wanted)).unwrap_or(8)
    }
}

type Read = (Picture, Option<Vec<u8>>);

fn read_jpeg(bytes: &[u8], header: &Header, purpose: Purpose) -> Result<Read, Reject> {
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
    let picture = Picture::new(width, height, layout, pixels)?;
    Ok((picture, jpeg::profile(bytes)))
}

fn read_other(bytes: &[u8], header: &Header) -> Result<Read, Reject> {
    if header.animated || header.format == Format::Gif {
        let (mut frames, profile) = frames(bytes, header)?;
        let frame = frames.next().ok_or(Reject::Damaged)?;
        let frame = frame.map_err(|_| Reject::Damaged)?.into_buffer();
        return Ok((from_image(DynamicImage::ImageRgba8(frame), header)?, profile));
    }
    let (image, profile) = if header.format == Format::Png {
        whole(PngDecoder::with_limits(Cursor::new(bytes), limits(header)))?
    } else {
        whole(WebPDecoder::new(Cursor::new(bytes)).map(transparent_canvas))?
    };
    Ok((from_image(image, header)?, profile))
}

fn whole(decoder: Result<impl ImageDecoder, image::ImageError>) -> Result<(DynamicImage, Option<Vec<u8>>), Reject> {
    let mut decoder = decoder.map_err(|_| Reject::Damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Reject::Damaged)?;
    Ok((image, profile))
}

/// The frames of a GIF or WebP, each as the whole canvas, decoded one at a time.
pub(super) fn frames<'a>(bytes: &'a [u8], header: &Header) -> Result<(Frames<'a>, Option<Vec<u8>>), Reject> {
    if header.format == Format::Gif {
        let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|_| Reject::Damaged)?;
        decoder.set_limits(limits(header)).map_err(|_| Reject::Damaged)?;
        return Ok((decoder.into_frames(), None));
    }
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| Reject::Damaged)?;
    let mut decoder = transparent_canvas(decoder);
    let profile = decoder.icc_profile().ok().flatten();
    Ok((decoder.into_frames(), profile))
}

/// Browsers pay no regard to the background colour an animation names.
fn transparent_canvas(mut decoder: WebPDecoder<Cursor<&[u8]>>) -> WebPDecoder<Cursor<&[u8]>> {
    // Fails on still pictures only, which have no canvas.
    let _ = decoder.set_background_color(Rgba([0; 4]));
    decoder
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
