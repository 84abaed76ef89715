//! The file's colours to sRGB, by its ICC profile, its code points (CICP) or its measured primaries.
//!
//! Applied to small pictures only. A profile that cannot be read, or that is for another kind of
//! colours than the file has, is ignored: a picture in slightly wrong colours beats no picture.
//! Light brighter than white (PQ, HLG) becomes white: there is nothing brighter in sRGB.

use super::Reject;
use super::codec::guarded;
use super::container::Colours;
use super::picture::{Layout, Picture};
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout as Channels, MatrixCoefficients,
    ToneReprCurve, TransferCharacteristics, TransformExecutor, TransformOptions,
};
use std::sync::Arc;

type Transform = Arc<dyn TransformExecutor<u8> + Send + Sync>;

/// What a file says its colours are.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Profile {
    /// Nothing, which means sRGB.
    Unmarked,
    Icc(Vec<u8>),
    /// Colour primaries and transfer characteristics by the numbers of ITU-T H.273.
    Coded {
        primaries: u8,
        transfer: u8,
    },
    /// x and y of white, red, green and blue, and the exponent that turns values into light; what
    /// is missing is sRGB's.
    Measured {
        chromaticities: Option<[(f32, f32); 4]>,
        gamma: Option<f32>,
    },
}

/// How this file's colours become sRGB; made once, used for every size and frame.
pub(super) enum Conversion {
    None,
    /// RGB or RGBA, as the layout it was made for.
    Colours(Transform),
    /// Each channel by itself: grey values, which are all that grey pictures have in each.
    Values(Box<[u8; 256]>),
    /// Each channel by itself, and then what it says.
    Light {
        curve: Box<[u8; 256]>,
        then: Box<Conversion>,
    },
    /// Ink values to RGB.
    Inks(Transform),
}

impl Conversion {
    pub fn new(profile: &Profile, colours: Colours, layout: Layout) -> Self {
        guarded(|| Self::by(profile, colours, layout)).unwrap_or(Self::None)
    }

    fn by(profile: &Profile, colours: Colours, layout: Layout) -> Result<Self, Reject> {
        let by_profile = |source: &ColorProfile| Self::from_profile(source, colours, layout);
        match *profile {
            Profile::Unmarked => Ok(Self::None),
            Profile::Icc(ref icc) => by_profile(&ColorProfile::new_from_slice(icc).map_err(|_| Reject::Damaged)?),
            _ if colours == Colours::Cmyk => Ok(Self::None),
            Profile::Measured { chromaticities, gamma } => by_profile(&measured(chromaticities, gamma)),
            Profile::Coded { primaries, transfer } => {
                let conversion = by_profile(&coded(primaries, transfer)?)?;
                match light(transfer) {
                    Some(curve) => Ok(Self::Light { curve, then: Box::new(conversion) }),
                    None => Ok(conversion),
                }
            }
        }
    }

    fn from_profile(source: &ColorProfile, colours: Colours, layout: Layout) -> Result<Self, Reject> {
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
                Ok(Self::Values(table))
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
            Self::Values(table) => by_table(picture, table),
            Self::Light { curve, then } => then.apply(by_table(picture, curve)?),
            Self::None | Self::Inks(_) => Ok(picture),
        }
    }
}

fn by_table(picture: Picture, table: &[u8; 256]) -> Result<Picture, Reject> {
    let layout = picture.layout;
    picture.relayout(layout, |pixels| {
        for pixel in pixels.chunks_exact_mut(layout.channels()) {
            for value in pixel.iter_mut().take(3) {
                *value = table[usize::from(*value)];
            }
        }
    })
}

/// The profile that code points name. Transfer curves made for television and the unspecified one
/// are shown by everybody as sRGB's; those of bright light are [`light`]'s and sRGB's afterwards.
fn coded(primaries: u8, transfer: u8) -> Result<ColorProfile, Reject> {
    let primaries = if primaries == 2 { 1 } else { primaries };
    let transfer = if matches!(transfer, 1 | 2 | 6 | 14 | 15 | 16 | 18) { 13 } else { transfer };
    let color_primaries = CicpColorPrimaries::try_from(primaries).map_err(|_| Reject::Damaged)?;
    let transfer_characteristics = TransferCharacteristics::try_from(transfer).map_err(|_| Reject::Damaged)?;
    let known = (ColorPrimaries::try_from(color_primaries).is_ok(), ToneReprCurve::try_from(transfer_characteristics).is_ok());
    if known != (true, true) {
        return Err(Reject::Damaged);
    }
    let matrix_coefficients = MatrixCoefficients::Identity;
    let full_range = true;
    Ok(ColorProfile::new_from_cicp(CicpProfile { color_primaries, transfer_characteristics, matrix_coefficients, full_range }))
}

fn measured(chromaticities: Option<[(f32, f32); 4]>, gamma: Option<f32>) -> ColorProfile {
    let mut profile = ColorProfile::new_srgb();
    if let Some([white, red, green, blue]) = chromaticities.map(|all| all.map(|(x, y)| Chromaticity { x, y })) {
        profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
    }
    if let Some(gamma) = gamma {
        let curve = Some(ToneReprCurve::Parametric(vec![gamma]));
        (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve);
    }
    profile.cicp = None;
    profile
}

/// Values of PQ (16) and HLG (18) as sRGB values of the same light. White is where ITU-R BT.2408
/// puts the white of graphics: 203 cd/m², 75 % of the HLG signal.
fn light(transfer: u8) -> Option<Box<[u8; 256]>> {
    let to_light: fn(f64) -> f64 = match transfer {
        16 => |value| {
            let power = value.powf(32.0 / 2523.0);
            let part = (power - 0.8359375).max(0.0) / (18.8515625 - 18.6875 * power);
            part.powf(8192.0 / 1305.0) * 10_000.0 / 203.0
        },
        18 => |value| {
            let scene =
                if value <= 0.5 { value * value / 3.0 } else { (((value - 0.559_910_73) / 0.178_832_77).exp() + 0.284_668_92) / 12.0 };
            scene / 0.265
        },
        _ => return None,
    };
    let encode = |light: f64| if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    let mut table = Box::new([0; 256]);
    for (index, value) in table.iter_mut().enumerate() {
        *value = (encode(to_light(index as f64 / 255.0).min(1.0)) * 255.0).round() as u8;
    }
    Some(table)
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
