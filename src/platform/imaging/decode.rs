//! Decoded pixels, and the sizes made of them.

use super::codec;
use super::colour::Conversion;
use super::encode::{self, Encoded, Encoding};
use super::picture::Picture;
use super::{Header, Preview, Reject, Size, cascade};
use std::ops::ControlFlow;

/// What the pixels are wanted for; it decides how small a file may be decoded.
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
    /// [`Reject::Damaged`], [`Reject::TooSlow`].
    pub fn read(bytes: &[u8], header: &Header, purpose: Purpose) -> Result<Self, Reject> {
        let (picture, profile) = codec::read(bytes, header, purpose)?;
        let conversion = Conversion::new(&profile, header.facts.colours, picture.layout);
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

    /// The widest size in pixels, to make the others from.
    ///
    /// # Errors
    /// [`Reject::Damaged`], which sound pixels never are.
    pub fn cascade(&self) -> Result<Cascade, Reject> {
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
        drop(self);
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
}
