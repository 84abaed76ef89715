//! Pixels in memory: resizing, and turning by the EXIF orientation.
//!
//! Turning comes after resizing, on the small picture, so sizes here are mostly stored sizes.

use super::Reject;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, MulDiv, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// How the bytes of a [`Picture`] are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Rgb,
    Rgba,
    /// RGBA whose colours are already multiplied by alpha.
    Premultiplied,
    /// Four inks, 255 for no ink, as Adobe writes them.
    Cmyk,
}

impl Layout {
    pub const fn channels(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba | Self::Premultiplied | Self::Cmyk => 4,
        }
    }

    const fn pixel_type(self) -> PixelType {
        match self {
            Self::Rgb => PixelType::U8x3,
            Self::Rgba | Self::Premultiplied | Self::Cmyk => PixelType::U8x4,
        }
    }
}

/// Eight-bit pixels without gaps, top row first.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
    pub layout: Layout,
    pixels: Vec<u8>,
}

impl Picture {
    /// # Errors
    /// `Damaged` when `pixels` is not exactly what the sides and the layout need.
    pub fn new(width: u32, height: u32, layout: Layout, pixels: Vec<u8>) -> Result<Self, Reject> {
        let needed = u64::from(width) * u64::from(height) * layout.channels() as u64;
        if width == 0 || height == 0 || pixels.len() as u64 != needed {
            return Err(Reject::Damaged);
        }
        Ok(Self { width, height, layout, pixels })
    }

    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The same pixels turned into another layout of as many channels or fewer, in place.
    pub fn relayout(self, layout: Layout, convert: impl FnOnce(&mut Vec<u8>)) -> Result<Self, Reject> {
        let mut pixels = self.pixels;
        convert(&mut pixels);
        Self::new(self.width, self.height, layout, pixels)
    }

    /// Multiplies colours by alpha in place, so that resizing needs no copy of the whole picture.
    pub fn premultiplied(self) -> Result<Self, Reject> {
        self.multiplied(Layout::Rgba, Layout::Premultiplied, |image| MulDiv::new().multiply_alpha_inplace(image))
    }

    /// Undoes [`Self::premultiplied`].
    pub fn straight(self) -> Result<Self, Reject> {
        self.multiplied(Layout::Premultiplied, Layout::Rgba, |image| MulDiv::new().divide_alpha_inplace(image))
    }

    fn multiplied<E>(self, from: Layout, to: Layout, convert: impl FnOnce(&mut Image) -> Result<(), E>) -> Result<Self, Reject> {
        if self.layout != from {
            return Ok(self);
        }
        let (width, height) = (self.width, self.height);
        let mut image = Image::from_vec_u8(width, height, self.pixels, from.pixel_type()).map_err(|_| Reject::Damaged)?;
        convert(&mut image).map_err(|_| Reject::Damaged)?;
        Self::new(width, height, to, image.into_vec())
    }

    /// Resized to exactly `width` × `height`, ratio not regarded.
    pub fn resized(&self, width: u32, height: u32) -> Result<Self, Reject> {
        self.resample(width, height, &ResizeOptions::new())
    }

    /// The square in the middle, resized to `side` × `side`.
    pub fn centre(&self, side: u32) -> Result<Self, Reject> {
        let square = f64::from(self.width.min(self.height));
        let left = (f64::from(self.width) - square) / 2.0;
        let top = (f64::from(self.height) - square) / 2.0;
        let options = ResizeOptions::new().crop(left, top, square, square);
        self.resample(side, side, &options)
    }

    fn resample(&self, width: u32, height: u32, options: &ResizeOptions) -> Result<Self, Reject> {
        let kind = self.layout.pixel_type();
        let source = ImageRef::new(self.width, self.height, &self.pixels, kind).map_err(|_| Reject::Damaged)?;
        let mut target = Image::new(width, height, kind);
        let options = options.resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(self.layout == Layout::Rgba);
        Resizer::new().resize(&source, &mut target, &options).map_err(|_| Reject::Damaged)?;
        Self::new(width, height, self.layout, target.into_vec())
    }

    /// Turned and mirrored the way EXIF orientation 1 to 8 asks for.
    pub fn oriented(self, orientation: u8) -> Result<Self, Reject> {
        match self.layout {
            Layout::Rgb => self.turned::<3>(orientation),
            _ => self.turned::<4>(orientation),
        }
    }

    fn turned<const N: usize>(mut self, orientation: u8) -> Result<Self, Reject> {
        let (pixels, _) = self.pixels.as_chunks_mut::<N>();
        let wide = self.width as usize;
        let mirror = |pixels: &mut [[u8; N]]| pixels.chunks_exact_mut(wide).for_each(<[_]>::reverse);
        match orientation {
            2 => mirror(pixels),
            3 => pixels.reverse(),
            4 => {
                pixels.reverse();
                mirror(pixels);
            }
            5..=8 => {
                let (new_width, new_height) = (self.height, self.width);
                let tall = self.height as usize;
                let mut turned = Vec::with_capacity(self.pixels.len());
                let (pixels, _) = self.pixels.as_chunks::<N>();
                for y in 0..wide {
                    let column = if matches!(orientation, 7 | 8) { wide - 1 - y } else { y };
                    for x in 0..tall {
                        let row = if matches!(orientation, 6 | 7) { tall - 1 - x } else { x };
                        turned.extend_from_slice(&pixels[row * wide + column]);
                    }
                }
                return Self::new(new_width, new_height, self.layout, turned);
            }
            _ => {}
        }
        Ok(self)
    }

    /// The average colour, sRGB, transparent pixels counting for as little as they show.
    pub fn average(&self) -> [u8; 3] {
        let step = self.layout.channels();
        let mut sums = [0_u64; 3];
        let mut weight = 0;
        for pixel in self.pixels.chunks_exact(step) {
            let alpha = u64::from(pixel.get(3).copied().unwrap_or(255));
            weight += alpha;
            for (sum, &value) in sums.iter_mut().zip(pixel) {
                *sum += u64::from(value) * alpha;
            }
        }
        sums.map(|sum| u8::try_from((sum + weight / 2) / weight.max(1)).unwrap_or(255))
    }
}
