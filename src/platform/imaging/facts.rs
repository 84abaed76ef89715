//! What a file says about how it was taken: camera, moment, place. For its owner, who decides what of it others see.
//!
//! Our own reader, as for everything that is read before a picture is trusted: it asks one directory for a tag at a time,
//! allocates nothing but the answers, and follows no chain. (Libraries that collect every entry of every directory they are led
//! to grow with the square of a hostile block.)

use super::Format;
use super::container::{be16, be32, heif, jpeg, le16, le32, png, webp};
use chrono::{NaiveDate, NaiveDateTime};
use std::borrow::Cow;

/// Characters of a camera's name.
const CAMERA_LIMIT: usize = 100;
/// Entries of a directory that are looked at; cameras write some dozens.
const ENTRIES: usize = 512;
/// Bytes of a text that are looked at.
const TEXT: usize = 256;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// "Fujifilm X-T5".
    pub camera: Option<String>,
    /// By the camera's own clock, wherever that was.
    pub at: Option<NaiveDateTime>,
    /// Degrees north and east, as "37.5665,126.9780".
    pub place: Option<String>,
}

/// Never fails: what cannot be read is not there.
#[must_use]
pub fn taken(bytes: &[u8], format: Format) -> Taken {
    let block = match format {
        Format::Jpeg => jpeg::exif(bytes).map(Cow::Borrowed),
        Format::Png => png::exif(bytes).map(Cow::Borrowed),
        Format::WebP => webp::exif(bytes).map(Cow::Borrowed),
        Format::Avif | Format::Heic => heif::exif(bytes),
        Format::Gif => None,
    };
    let Some(block) = block else { return Taken::default() };
    // Cameras and editors disagree on whether the block starts with its six-byte name.
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(&block);
    read(block).unwrap_or_default()
}

fn read(block: &[u8]) -> Option<Taken> {
    let little = match block.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let tiff = Tiff { block, little };
    let main = tiff.u32(4)? as usize;
    let (details, position) = (tiff.directory(main, 0x8769), tiff.directory(main, 0x8825));
    let moment = |tag: u16| moment(tiff.text(details?, tag)?);
    Some(Taken {
        camera: camera(tiff.text(main, 0x010f), tiff.text(main, 0x0110)),
        // When it was taken, or else when it was digitized; never when it was last edited.
        at: moment(0x9003).or_else(|| moment(0x9004)),
        place: position.and_then(|position| place(&tiff, position)),
    })
}

#[derive(Clone, Copy)]
struct Tiff<'a> {
    block: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    fn u16(&self, at: usize) -> Option<u16> {
        if self.little { le16(self.block, at) } else { be16(self.block, at) }
    }

    fn u32(&self, at: usize) -> Option<u32> {
        if self.little { le32(self.block, at) } else { be32(self.block, at) }
    }

    /// Kind, count, and where the value field of this tag stands.
    fn entry(&self, directory: usize, tag: u16) -> Option<(u16, usize, usize)> {
        let count = usize::from(self.u16(directory)?).min(ENTRIES);
        let at = (0..count).map_while(|index| directory.checked_add(2 + 12 * index)).find(|&at| self.u16(at) == Some(tag))?;
        Some((self.u16(at + 2)?, self.u32(at + 4)? as usize, at + 8))
    }

    /// Where another directory begins.
    fn directory(&self, directory: usize, tag: u16) -> Option<usize> {
        let (kind, count, at) = self.entry(directory, tag)?;
        (matches!(kind, 4 | 13) && count == 1).then(|| self.u32(at))?.map(|at| at as usize)
    }

    fn text(&self, directory: usize, tag: u16) -> Option<&'a [u8]> {
        let (kind, count, at) = self.entry(directory, tag)?;
        let start = if count <= 4 { at } else { self.u32(at)? as usize };
        let whole = self.block.get(start..start.checked_add(count)?).filter(|_| kind == 2)?;
        Some(whole.split(|&byte| byte == 0).next().unwrap_or_default()).map(|text| &text[..text.len().min(TEXT)])
    }

    /// Degrees, minutes and seconds as degrees.
    fn degrees(&self, directory: usize, tag: u16) -> Option<f64> {
        let (kind, count, at) = self.entry(directory, tag)?;
        if kind != 5 || !(1..=3).contains(&count) {
            return None;
        }
        let start = self.u32(at)? as usize;
        let mut degrees = 0.0;
        for (index, share) in [1.0, 60.0, 3600.0].into_iter().take(count).enumerate() {
            let at = start.checked_add(8 * index)?;
            let (over, under) = (self.u32(at)?, self.u32(at.checked_add(4)?)?);
            // Some write 0/0 for seconds they do not know.
            match (over, under) {
                (0, 0) if index > 0 => {}
                (_, 0) => return None,
                (over, under) => degrees += f64::from(over) / f64::from(under) / share,
            }
        }
        Some(degrees)
    }
}

/// Maker and model as people say it: no name twice, no "CORPORATION", nothing shouted.
fn camera(maker: Option<&[u8]>, model: Option<&[u8]>) -> Option<String> {
    let words = |bytes: Option<&[u8]>| -> Vec<String> {
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let printable: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        printable.split_whitespace().map(str::to_owned).collect()
    };
    let company =
        ["corporation", "corp.", "corp", "co.,ltd.", "co.,", "ltd.", "ltd", "inc.", "inc", "company,", "company", "imaging", "optical"];
    let (mut maker, mut model) = (words(maker), words(model));
    while maker.len() > 1 && maker.last().is_some_and(|word| company.contains(&word.to_lowercase().as_str())) {
        maker.pop();
    }
    if model.first().zip(maker.first()).is_some_and(|(model, maker)| model.eq_ignore_ascii_case(maker)) {
        model.remove(0);
    }
    for word in &mut maker {
        if word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            word[1..].make_ascii_lowercase();
        }
    }
    maker.append(&mut model);
    let name: String = maker.join(" ").chars().take(CAMERA_LIMIT).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// "2026:05:03 06:12:44".
fn moment(text: &[u8]) -> Option<NaiveDateTime> {
    let text = std::str::from_utf8(text).ok()?;
    let mut numbers = text.split([':', ' ']).map(|number| number.parse::<u32>().ok());
    let mut next = || numbers.next().flatten();
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    // Photography began in 1826; a clock that was never set says 1970 or 2000, which nobody can tell from the truth.
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| (1826..=2200).contains(year))?, month, day)?;
    date.and_hms_opt(hour, minute, second)
}

fn place(tiff: &Tiff, directory: usize) -> Option<String> {
    let side = |tag: u16, plus: u8, minus: u8| match tiff.text(directory, tag)?.first()?.to_ascii_uppercase() {
        side if side == plus => Some(1.0),
        side if side == minus => Some(-1.0),
        _ => None,
    };
    let north = side(1, b'N', b'S')? * tiff.degrees(directory, 2)?;
    let east = side(3, b'E', b'W')? * tiff.degrees(directory, 4)?;
    let sound = north.abs() <= 90.0 && east.abs() <= 180.0;
    // Null Island: what a camera writes that has not found itself.
    let somewhere = north.abs() > 0.0001 || east.abs() > 0.0001;
    // Adding nothing turns a negative zero into one.
    (sound && somewhere).then(|| format!("{:.4},{:.4}", north + 0.0, east + 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_are_named_as_people_name_them() {
        for (maker, model, name) in [
            ("FUJIFILM", "X-T5", Some("Fujifilm X-T5")),
            ("NIKON CORPORATION", "NIKON D850", Some("Nikon D850")),
            ("Apple", "iPhone 15 Pro", Some("Apple iPhone 15 Pro")),
            ("OLYMPUS IMAGING CORP.  ", "E-M1", Some("Olympus E-M1")),
            ("RICOH IMAGING COMPANY, LTD.", "RICOH GR III", Some("Ricoh GR III")),
            ("Canon", "Canon EOS R6", Some("Canon EOS R6")),
            ("LG", "", Some("LG")),
            ("", "삼성 갤럭시", Some("삼성 갤럭시")),
            ("\u{1}\u{7}", " ", None),
        ] {
            assert_eq!(camera(Some(maker.as_bytes()), Some(model.as_bytes())).as_deref(), name);
        }
        assert_eq!(camera(Some(&[0xff, 0xfe]), None), None);
        assert_eq!(camera(None, Some("x".repeat(200).as_bytes())).map(|name| name.len()), Some(CAMERA_LIMIT));
    }

    #[test]
    fn moments_that_cannot_be_are_none() {
        assert_eq!(moment(b"2026:05:03 06:12:44").map(|at| at.to_string()).as_deref(), Some("2026-05-03 06:12:44"));
        for wrong in ["", "    :  :     :  :  ", "0000:00:00 00:00:00", "2026:02:30 06:12:44", "2026:05:03", "2026:05:03 25:00:00", "x"] {
            assert_eq!(moment(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
