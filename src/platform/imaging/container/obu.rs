//! The units of an AV1 bitstream: how deep its samples are and how many frames it holds, so that
//! what decoding costs is known before the decoder sees a byte.

use super::super::Reject;

/// Frames of one item, hidden ones too: a picture in layers has up to four.
const MAX_FRAMES: u64 = 4;

pub(in super::super) struct Sequence {
    /// Bits a sample: 8, 10 or 12.
    pub depth: u8,
    /// Samples of all planes for two pixels: 2 grey, 3 (4:2:0), 4 (4:2:2) or 6 (4:4:4).
    pub halves: u64,
    pub frames: u64,
}

/// # Errors
/// `Damaged` when a unit runs past the end, when there is no frame or more than [`MAX_FRAMES`], or
/// unless there is exactly one sequence header.
pub(in super::super) fn look_at(bytes: &[u8]) -> Result<Sequence, Reject> {
    let (mut sequence, mut frames, mut rest) = (None, 0, bytes);
    while let Some((&header, after)) = rest.split_first() {
        let after = if header & 4 == 0 { after } else { after.get(1..).ok_or(Reject::Damaged)? };
        let (length, after) = if header & 2 == 0 { (after.len(), after) } else { leb128(after).ok_or(Reject::Damaged)? };
        let (body, next) = after.split_at_checked(length).ok_or(Reject::Damaged)?;
        match header >> 3 & 15 {
            1 if sequence.is_some() => return Err(Reject::Damaged),
            1 => sequence = Some(sequence_header(body).ok_or(Reject::Damaged)?),
            3 | 6 => frames += 1,
            _ => {}
        }
        rest = next;
    }
    match sequence {
        Some((depth, halves)) if (1..=MAX_FRAMES).contains(&frames) => Ok(Sequence { depth, halves, frames }),
        _ => Err(Reject::Damaged),
    }
}

/// A number in groups of seven bits, and what follows it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0_u64;
    for (index, &byte) in bytes.iter().take(8).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(number).ok()?, &bytes[index + 1..]));
        }
    }
    None
}

/// Depth and halves. Everything before the colours has to be read to get to them.
fn sequence_header(bytes: &[u8]) -> Option<(u8, u64)> {
    let mut bits = Bits { bytes, at: 0 };
    let profile = bits.take(3)?;
    bits.take(1)?;
    let reduced = bits.take(1)? == 1;
    if reduced {
        bits.take(5)?;
    } else {
        bits.operating_points()?;
    }
    let (wide, tall) = (bits.take(4)? + 1, bits.take(4)? + 1);
    bits.take(wide)?;
    bits.take(tall)?;
    if !reduced && bits.take(1)? == 1 {
        bits.take(7)?;
    }
    bits.take(3)?;
    if !reduced {
        bits.tools()?;
    }
    bits.take(3)?;

    let high = bits.take(1)? == 1;
    let depth = match (high, profile) {
        (false, _) => 8,
        (true, 2) if bits.take(1)? == 1 => 12,
        (true, _) => 10,
    };
    if profile != 1 && bits.take(1)? == 1 {
        return Some((depth, 2));
    }
    let described = bits.take(1)? == 1;
    let code_points = if described { bits.take(24)? } else { 0 };
    // sRGB stored as it is, which takes all its samples.
    if code_points == 0x01_0d_00 {
        return Some((depth, 6));
    }
    bits.take(1)?;
    let halves = match (profile, depth) {
        (0, _) => 3,
        (1, _) => 6,
        (_, 12) if bits.take(1)? == 0 => 6,
        (_, 12) if bits.take(1)? == 1 => 3,
        _ => 4,
    };
    Some((depth, halves))
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// Up to 32 bits, the highest first.
    fn take(&mut self, count: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..count {
            let byte = *self.bytes.get(self.at / 8)?;
            number = number << 1 | u32::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(number)
    }

    fn operating_points(&mut self) -> Option<()> {
        let (mut model, mut delay_bits) = (false, 0);
        if self.take(1)? == 1 {
            self.take(32)?;
            self.take(32)?;
            if self.take(1)? == 1 {
                let mut zeros = 0;
                while self.take(1)? == 0 {
                    zeros += 1;
                }
                self.take(if zeros < 32 { zeros } else { 0 })?;
            }
            model = self.take(1)? == 1;
            if model {
                delay_bits = self.take(5)? + 1;
                self.take(32)?;
                self.take(10)?;
            }
        }
        let delays = self.take(1)? == 1;
        for _ in 0..=self.take(5)? {
            self.take(12)?;
            if self.take(5)? > 7 {
                self.take(1)?;
            }
            if model && self.take(1)? == 1 {
                self.take(delay_bits)?;
                self.take(delay_bits)?;
                self.take(1)?;
            }
            if delays && self.take(1)? == 1 {
                self.take(4)?;
            }
        }
        Some(())
    }

    /// The flags of tools that only films use.
    fn tools(&mut self) -> Option<()> {
        self.take(4)?;
        let order_hint = self.take(1)? == 1;
        if order_hint {
            self.take(2)?;
        }
        let screen_content = self.take(1)? == 1 || self.take(1)? == 1;
        if screen_content && self.take(1)? == 0 {
            self.take(1)?;
        }
        if order_hint {
            self.take(3)?;
        }
        Some(())
    }
}
