//! The file's colours to sRGB, by its ICC profile.
//!
//! Applied to small pictures only. A profile that cannot be read, or that is for another kind of
//! colours than the file has, is ignored: a picture in slightly wrong colours beats no picture.

use super::Reject;
use super::container::Colours;
use super::decode::guarded;
use super::picture::{Layout, Picture};
use moxcms::{ColorProfile, DataColorSpace, Layout as Channels, TransformExecutor, TransformOptions};
use std::sync::Arc;

type Transform = Arc<dyn TransformExecutor<u8> + Send + Sync>;

/// How this file's colours become sRGB; made once, used for every size and frame.
pub(super) enum Conversion {
    None,
    /// RGB or RGBA, as the layout it was made for.
    Colours(Transform),
    /// Grey values, which are all that grey pictures have in each channel.
    Greys(Box<[u8; 256]>),
    /// Ink values to RGB.
    Inks(Transform),
}

impl Conversion {
    pub fn new(profile: Option<&[u8]>, colours: Colours, layout: Layout) -> Self {
        profile.and_then(|profile| guarded(|| Self::from_profile(profile, colours, layout)).ok()).unwrap_or(Self::None)
    }

    fn from_profile(profile: &[u8], colours: Colours, layout: Layout) -> Result<Self, Reject> {
        let source = ColorProfile::new_from_slice(profile).map_err(|_| Reject::Damaged)?;
        let target = ColorProfile::new_srgb();
        let transform =
            |from, to| source.create_transform_8bit(from, &target, to, TransformOptions::default()).map_err(|_| Reject::Damaged);
        match (source.color_space, colours) {
            (DataColorSpace::Rgb, Colours::Rgb | Colours::Grey) => {
                let probe = transform(Channels::Rgb, Channels::Rgb)?;
                if changes_nothing(&*probe) {
                    return Ok(Self::None);
                }
                Ok(Self::Colours(if layout == Layout::Rgb { probe } else { transform(Channels::Rgba, Channels::Rgba)? }))
            }
            (DataColorSpace::Gray, Colours::Grey) => {
                let greys: Vec<u8> = (0..=255).collect();
                let mut triples = [0; 3 * 256];
                transform(Channels::Gray, Channels::Rgb)?.transform(&greys, &mut triples).map_err(|_| Reject::Damaged)?;
                let mut table = Box::new([0; 256]);
                for (value, triple) in table.iter_mut().zip(triples.chunks_exact(3)) {
                    *value = triple[0];
                }
                Ok(Self::Greys(table))
            }
            (DataColorSpace::Cmyk, Colours::Cmyk) => transform(Channels::Rgba, Channels::Rgb).map(Self::Inks),
            _ => Ok(Self::None),
        }
    }

    /// Inks always come out as RGB; other layouts stay.
    pub fn apply(&self, picture: Picture) -> Result<Picture, Reject> {
        let layout = picture.layout;
        match self {
            Self::Inks(transform) if layout == Layout::Cmyk => picture.relayout(Layout::Rgb, |pixels| {
                let mut rgb = vec![0; pixels.len() / 4 * 3];
                pixels.iter_mut().for_each(|ink| *ink = 255 - *ink);
                if run(transform, pixels, &mut rgb) {
                    *pixels = rgb;
                } else {
                    pixels.iter_mut().for_each(|ink| *ink = 255 - *ink);
                    plain_inks(pixels);
                }
            }),
            _ if layout == Layout::Cmyk => picture.relayout(Layout::Rgb, plain_inks),
            Self::Colours(transform) => picture.relayout(layout, |pixels| {
                let mut converted = vec![0; pixels.len()];
                if run(transform, pixels, &mut converted) {
                    *pixels = converted;
                }
            }),
            Self::Greys(table) => picture.relayout(layout, |pixels| {
                for pixel in pixels.chunks_exact_mut(layout.channels()) {
                    for value in pixel.iter_mut().take(3) {
                        *value = table[usize::from(*value)];
                    }
                }
            }),
            Self::None | Self::Inks(_) => Ok(picture),
        }
    }
}

fn run(transform: &Transform, from: &[u8], to: &mut [u8]) -> bool {
    guarded(|| transform.transform(from, to).map_err(|_| Reject::Damaged)).is_ok()
}

/// Nearly every profile in the wild is sRGB itself; moving pixels through it only rounds them.
fn changes_nothing(transform: &dyn TransformExecutor<u8>) -> bool {
    const STEPS: [u8; 6] = [0, 51, 102, 153, 204, 255];
    let probe: Vec<u8> = STEPS
        .iter()
        .flat_map(|&red| STEPS.map(|green| (red, green)))
        .flat_map(|(red, green)| STEPS.map(|blue| [red, green, blue]))
        .flatten()
        .collect();
    let mut seen = vec![0; probe.len()];
    transform.transform(&probe, &mut seen).is_ok() && probe.iter().zip(&seen).all(|(&before, &after)| before.abs_diff(after) <= 1)
}

/// Inks without a profile, each channel dimmed by black, as browsers do it.
fn plain_inks(pixels: &mut Vec<u8>) {
    let count = pixels.len() / 4;
    for index in 0..count {
        let black = u16::from(pixels[4 * index + 3]);
        for channel in 0..3 {
            let ink = u16::from(pixels[4 * index + channel]);
            pixels[3 * index + channel] = u8::try_from((ink * black + 127) / 255).unwrap_or(255);
        }
    }
    pixels.truncate(3 * count);
}
