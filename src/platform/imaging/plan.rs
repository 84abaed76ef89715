//! Which sizes a picture is stored in: rule M1 of the product, and nothing else.
//!
//! Heights are computed in whole numbers from the picture's own width and height, never from an
//! already rounded variant, so the same picture always gets the same numbers.

use std::fmt;
use std::str::FromStr;

/// The longest side, in pixels, that a WebP file can have.
pub const WEBP_MAX_SIDE: u32 = 16_383;

/// One of the sizes a picture is stored in, as named in its object key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// The centre-cropped square.
    Thumbnail,
    /// 512 px wide.
    W512,
    /// 1024 px wide.
    W1024,
    /// 1920 px wide.
    W1920,
    /// The picture's own size, for pictures no wider than 512 px.
    Full,
}

impl Size {
    /// Every size, smallest first, `Full` last.
    pub const ALL: [Self; 5] = [Self::Thumbnail, Self::W512, Self::W1024, Self::W1920, Self::Full];

    /// The name used in object keys and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Thumbnail => "thumbnail",
            Self::W512 => "512",
            Self::W1024 => "1024",
            Self::W1920 => "1920",
            Self::Full => "full",
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no [`Size`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a picture size")]
pub struct UnknownSize;

impl FromStr for Size {
    type Err = UnknownSize;

    fn from_str(text: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.as_str() == text).ok_or(UnknownSize)
    }
}

/// The sizes a picture of `width` × `height` displayed pixels gets, thumbnail first, then by
/// growing width, with the pixels of each.
///
/// `thumbnail_side` is the wanted side of the square (200 for avatars, 500 for posts); a smaller
/// picture gets a smaller square. The list always has the thumbnail and at least one more size.
#[must_use]
pub fn plan(width: u32, height: u32, thumbnail_side: u32) -> Vec<(Size, u32, u32)> {
    let (width, height) = (width.max(1), height.max(1));
    let side = thumbnail_side.clamp(1, WEBP_MAX_SIDE).min(width).min(height);
    let mut sizes = vec![(Size::Thumbnail, side, side)];
    for (size, wide) in [(Size::W512, 512), (Size::W1024, 1024), (Size::W1920, 1920)] {
        let tall = scaled(wide, height, width);
        if width > wide && tall <= WEBP_MAX_SIDE {
            sizes.push((size, wide, tall));
        }
    }
    if width <= 512 && height <= WEBP_MAX_SIDE {
        sizes.push((Size::Full, width, height));
    }
    if sizes.len() == 1 {
        // Only height can have ruled out every size: 512 px of a wider picture is never too wide.
        sizes.push((Size::Full, scaled(WEBP_MAX_SIDE, width, height), WEBP_MAX_SIDE));
    }
    sizes
}

/// `side · numerator ÷ denominator` in whole numbers, at least 1.
fn scaled(side: u32, numerator: u32, denominator: u32) -> u32 {
    let exact = u64::from(side) * u64::from(numerator) / u64::from(denominator);
    u32::try_from(exact).unwrap_or(u32::MAX).max(1)
}
