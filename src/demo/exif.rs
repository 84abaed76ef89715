//! What a camera writes into a file about how it was taken: the demo's drawn photos carry it like real ones, so that it takes the
//! same way to the page.

use crate::clock::Timestamp;

/// Kinds of values.
const TEXT: u16 = 2;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// A tag, its kind, how many values, and the values.
type Entry = (u16, u16, u32, Vec<u8>);

/// The JPEG with camera, moment and place in it.
pub fn with_facts(jpeg: &[u8], camera: (&str, &str), at: Timestamp, place: Option<(f64, f64)>) -> Vec<u8> {
    let tiff = tiff(camera, at, place);
    let body = [b"Exif\0\0".as_slice(), &tiff].concat();
    let (start, rest) = jpeg.split_at(2);
    let length = (body.len() as u16 + 2).to_be_bytes();
    [start, &[0xff, 0xe1], &length, &body, rest].concat()
}

fn tiff(camera: (&str, &str), at: Timestamp, place: Option<(f64, f64)>) -> Vec<u8> {
    let main = |details: usize, position: Option<usize>| {
        let mut entries = vec![text(0x010f, camera.0), text(0x0110, camera.1), long(0x8769, details)];
        entries.extend(position.map(|position| long(0x8825, position)));
        directory(8, &entries)
    };
    // Where the others begin does not change how long this one is.
    let details_at = 8 + main(0, place.map(|_| 0)).len();
    let details = directory(details_at, &[text(0x9003, &at.format("%Y:%m:%d %H:%M:%S").to_string())]);
    let position_at = details_at + details.len();
    let position = place.map(|(north, east)| {
        let side = |degrees: f64, plus, minus| if degrees < 0.0 { minus } else { plus };
        let entries = [text(1, side(north, "N", "S")), degrees(2, north), text(3, side(east, "E", "W")), degrees(4, east)];
        directory(position_at, &entries)
    });
    let main = main(details_at, place.map(|_| position_at));
    [b"II*\0".as_slice(), &8_u32.to_le_bytes(), &main, &details, &position.unwrap_or_default()].concat()
}

fn text(tag: u16, text: &str) -> Entry {
    (tag, TEXT, text.len() as u32 + 1, [text.as_bytes(), b"\0"].concat())
}

fn long(tag: u16, value: usize) -> Entry {
    (tag, LONG, 1, (value as u32).to_le_bytes().to_vec())
}

fn degrees(tag: u16, degrees: f64) -> Entry {
    let shares = [((degrees.abs() * 10_000.0).round() as u32, 10_000_u32), (0, 1), (0, 1)];
    (tag, RATIONAL, 3, shares.iter().flat_map(|(over, under)| [over.to_le_bytes(), under.to_le_bytes()].concat()).collect())
}

/// A directory that stands at `start`, with what does not fit into its entries behind it.
fn directory(start: usize, entries: &[Entry]) -> Vec<u8> {
    let behind = start + 2 + 12 * entries.len() + 4;
    let (mut table, mut values) = ((entries.len() as u16).to_le_bytes().to_vec(), Vec::new());
    for (tag, kind, count, value) in entries {
        table.extend(tag.to_le_bytes());
        table.extend(kind.to_le_bytes());
        table.extend(count.to_le_bytes());
        if value.len() <= 4 {
            let mut field = value.clone();
            field.resize(4, 0);
            table.extend(field);
        } else {
            table.extend(((behind + values.len()) as u32).to_le_bytes());
            values.extend(value);
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    // No further directory.
    table.extend([0; 4]);
    table.extend(values);
    table
}
