//! What an upload is, told from its first bytes and its structure, never from its name.

use super::container::{Facts, gif, heif, jpeg, png, webp};
use super::{Limits, Reject, memory};
use std::fmt;
use std::str::FromStr;

/// The formats that are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Avif,
    /// Taken only when built with the feature `heic`.
    Heic,
}

/// What this build takes in, as a file input's `accept` wants it. Phones turn HEIC into JPEG by
/// themselves as long as it is not named here.
pub const ACCEPT: &str = if cfg!(feature = "heic") {
    "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif"
} else {
    "image/jpeg,image/png,image/webp,image/gif,image/avif"
};

impl Format {
    pub const ALL: [Self; 6] = [Self::Jpeg, Self::Png, Self::WebP, Self::Gif, Self::Avif, Self::Heic];

    /// The name stored in the image row.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Avif => "avif",
            Self::Heic => "heic",
        }
    }

    /// The value of `Content-Type`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
        }
    }

    /// The usual file name ending, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Avif => "avif",
            Self::Heic => "heic",
        }
    }

    /// Whether files of this format go by this name ending (without the dot, in any case).
    #[must_use]
    pub fn has_ending(self, ending: &str) -> bool {
        ending.eq_ignore_ascii_case(self.extension())
            || (self == Self::Jpeg && matches!(ending.to_ascii_lowercase().as_str(), "jpeg" | "jpe" | "jfif"))
            || (self == Self::Heic && ending.eq_ignore_ascii_case("heif"))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no [`Format`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a picture format")]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or(UnknownFormat)
    }
}

/// An upload that passed every check that needs no decoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub format: Format,
    /// Pixels as displayed, that is, after the EXIF orientation.
    pub width: u32,
    /// Pixels as displayed.
    pub height: u32,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    /// More than one frame.
    pub animated: bool,
    /// Frames; 1 for a still picture.
    pub frames: u32,
    /// Upper bound, in bytes, of what one call of `preview` (with a thumbnail of up to 512 px) or
    /// `variants` allocates at its peak, the upload itself not counted.
    pub memory: u64,
    pub(super) facts: Facts,
}

/// Reads the header and walks the structure. Allocates next to nothing and decodes no pixel.
///
/// # Errors
/// Any [`Reject`] but `Encoder`; `Damaged` here means a structure that ends too early or
/// contradicts itself.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Header, Reject> {
    let format = sniff(bytes)?;
    let facts = match format {
        Format::Jpeg => jpeg::walk(bytes, limits),
        Format::Png => png::walk(bytes, limits),
        Format::WebP => webp::walk(bytes, limits),
        Format::Gif => gif::walk(bytes, limits),
        Format::Avif | Format::Heic => heif::walk(bytes, format, limits),
    }?;
    let (width, height) = if facts.orientation >= 5 { (facts.height, facts.width) } else { (facts.width, facts.height) };
    let mut header = Header {
        format,
        width,
        height,
        orientation: facts.orientation,
        animated: facts.frames > 1,
        frames: facts.frames,
        memory: 0,
        facts,
    };
    header.memory = memory::bound(&header, bytes.len() as u64);
    Ok(header)
}

fn sniff(bytes: &[u8]) -> Result<Format, Reject> {
    if bytes.is_empty() {
        return Err(Reject::Empty);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(png::SIGNATURE) {
        return Ok(Format::Png);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(Format::Gif);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return heif::sniff(bytes);
    }
    if let Some(what) = known_elsewhere(bytes) {
        return Err(Reject::Unsupported { what });
    }
    Err(if is_svg(bytes) { Reject::Svg } else { Reject::NotAPicture })
}

/// Formats worth calling by name when they are turned away.
fn known_elsewhere(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 16] = [
        (b"%PDF-", "PDF"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"II+\0", "TIFF"),
        (b"MM\0+", "TIFF"),
        (b"8BPS", "Photoshop"),
        (b"\xff\x0a", "JPEG XL"),
        (b"\0\0\0\x0cJXL ", "JPEG XL"),
        (b"\0\0\0\x0cjP  ", "JPEG 2000"),
        (b"\xff\x4f\xff\x51", "JPEG 2000"),
        (b"\0\0\x01\0", "ICO"),
        (b"\x8aMNG", "MNG"),
        (b"qoif", "QOI"),
        (b"\x1a\x45\xdf\xa3", "video"),
        (b"%!PS", "PostScript"),
        (b"gimp xcf", "XCF"),
    ];
    if let Some((_, what)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(what);
    }
    // Two letters are too few to go by: the two reserved words of the header must be zero as well.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some("BMP");
    }
    None
}

/// Text with an `<svg` element within the first kilobytes, before anything that is not markup.
fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('<')
        && text
            .match_indices('<')
            .map(|(at, _)| &text[at + 1..])
            .map(|tag| tag.split_once(':').filter(|(prefix, _)| is_word(prefix)).map_or(tag, |(_, name)| name))
            .any(|tag| tag.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("svg")))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
