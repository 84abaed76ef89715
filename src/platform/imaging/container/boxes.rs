//! The box structure of ISO media files (ISO/IEC 14496-12 and 23008-12), as far as still pictures
//! need it. Nothing is copied but what an item in several extents makes necessary.

use super::super::Reject;
use super::{be16, be32};
use std::borrow::Cow;

/// A run of boxes.
#[derive(Clone, Copy)]
pub(super) struct Body<'a>(pub &'a [u8]);

impl<'a> Body<'a> {
    /// Kind and body of the first box, and the boxes after it.
    pub fn next_box(self) -> Option<(&'a [u8; 4], &'a [u8], Self)> {
        let length = be32(self.0, 0)?;
        let kind = self.0.get(4..)?.first_chunk()?;
        let (start, end) = match length {
            0 => (8, self.0.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(*self.0.get(8..)?.first_chunk()?)).ok()?),
            length => (8, length as usize),
        };
        Some((kind, self.0.get(start..end)?, Self(&self.0[end..])))
    }

    /// The body of the first box of this kind; damage when a box before it runs past the end.
    fn find(self, wanted: &[u8; 4]) -> Result<&'a [u8], Reject> {
        let mut rest = self;
        loop {
            let (kind, body, after) = rest.next_box().ok_or(Reject::Damaged)?;
            if kind == wanted {
                return Ok(body);
            }
            rest = after;
        }
    }

    fn iter(self) -> impl Iterator<Item = (&'a [u8; 4], &'a [u8])> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let (kind, body, after) = rest.next_box()?;
            rest = after;
            Some((kind, body))
        })
    }
}

/// The `meta` box, and the file that its items lie in.
pub(super) struct Meta<'a> {
    file: &'a [u8],
    boxes: Body<'a>,
    infos: Body<'a>,
    locations: &'a [u8],
    properties: Body<'a>,
    associations: &'a [u8],
}

fn after(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

impl<'a> Meta<'a> {
    /// # Errors
    /// `Damaged` when a box that a picture cannot do without is missing.
    pub fn find(file: &'a [u8]) -> Result<Self, Reject> {
        let boxes = Body(after(Body(file).find(b"meta")?, 4));
        let infos = boxes.find(b"iinf")?;
        let long_ids = infos.first() != Some(&0);
        let properties = Body(boxes.find(b"iprp")?);
        Ok(Self {
            file,
            boxes,
            infos: Body(after(infos, if long_ids { 8 } else { 6 })),
            locations: boxes.find(b"iloc")?,
            properties: Body(properties.find(b"ipco")?),
            associations: properties.find(b"ipma")?,
        })
    }

    pub fn primary(&self) -> Result<u32, Reject> {
        let body = self.boxes.find(b"pitm")?;
        let id = if body.first() == Some(&0) { be16(body, 4).map(u32::from) } else { be32(body, 4) };
        id.ok_or(Reject::Damaged)
    }

    /// Every item with its type.
    fn items(&self) -> impl Iterator<Item = (u32, &'a [u8; 4])> {
        self.infos.iter().filter_map(|(_, body)| {
            let (id, rest) = match body.first()? {
                2 => (u32::from(be16(body, 4)?), body.get(8..)?),
                3 => (be32(body, 4)?, body.get(10..)?),
                _ => return None,
            };
            Some((id, rest.first_chunk()?))
        })
    }

    /// The type of an item.
    pub fn kind(&self, item: u32) -> Option<&'a [u8; 4]> {
        self.items().find_map(|(id, kind)| (id == item).then_some(kind))
    }

    /// The first item of a type.
    pub fn first_of(&self, wanted: &[u8; 4]) -> Option<u32> {
        self.items().find_map(|(id, kind)| (kind == wanted).then_some(id))
    }

    /// Width and height of an item before it is turned.
    pub fn sides(&self, item: u32) -> Result<(u32, u32), Reject> {
        let body = self.properties(item).find_map(|(kind, body)| (kind == b"ispe").then_some(body)).ok_or(Reject::Damaged)?;
        be32(body, 4).zip(be32(body, 8)).filter(|&(width, height)| width > 0 && height > 0).ok_or(Reject::Damaged)
    }

    /// Kind and body of each property of an item, in the order in which they apply.
    pub fn properties(&self, item: u32) -> impl Iterator<Item = (&'a [u8; 4], &'a [u8])> {
        let table = self.associations;
        let (version, wide) = (table.first().copied().unwrap_or(0), table.get(3).is_some_and(|flags| flags & 1 == 1));
        let (id_bytes, index_bytes) = (if version == 0 { 2 } else { 4 }, if wide { 2 } else { 1 });
        let mut at = 8;
        let mut indices = None;
        for _ in 0..be32(table, 4).unwrap_or(0) {
            let id = if version == 0 { be16(table, at).map(u32::from) } else { be32(table, at) };
            let (Some(id), Some(&count)) = (id, table.get(at + id_bytes)) else { break };
            let start = at + id_bytes + 1;
            at = start + usize::from(count) * index_bytes;
            if id == item {
                indices = table.get(start..at);
                break;
            }
        }
        let properties = self.properties;
        indices.unwrap_or_default().chunks_exact(index_bytes).filter_map(move |index| {
            let index = match *index {
                [high, low] => usize::from(u16::from_be_bytes([high & 0x7f, low])),
                [index] => usize::from(index & 0x7f),
                _ => return None,
            };
            properties.iter().nth(index.checked_sub(1)?)
        })
    }

    /// The targets of each reference of this kind, with the item that refers.
    fn references(&self, wanted: &'static [u8; 4]) -> impl Iterator<Item = (u32, impl Iterator<Item = u32> + use<'a>)> {
        let body = self.boxes.find(b"iref").unwrap_or_default();
        let long = body.first().is_some_and(|&version| version != 0);
        Body(after(body, 4)).iter().filter(move |(kind, _)| *kind == wanted).filter_map(move |(_, body)| {
            let size = if long { 4 } else { 2 };
            let number = move |bytes, at| if long { be32(bytes, at) } else { be16(bytes, at).map(u32::from) };
            let from = number(body, 0)?;
            let count = usize::from(be16(body, size)?);
            let targets = after(body, size + 2);
            Some((from, (0..count).map_while(move |index| number(targets, index * size))))
        })
    }

    pub fn refers(&self, kind: &'static [u8; 4], from: u32, to: u32) -> bool {
        self.references(kind).any(|(item, mut targets)| item == from && targets.any(|target| target == to))
    }

    /// The items that a grid is made of, row by row.
    pub fn tiles(&self, item: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.references(b"dimg").find(|&(from, _)| from == item).map(|(_, targets)| targets).into_iter().flatten()
    }

    /// The item that is another's alpha plane.
    pub fn alpha_of(&self, item: u32) -> Option<u32> {
        let is_alpha = |item: u32| {
            self.properties(item).any(|(kind, body)| {
                let name = body.get(4..).and_then(|name| name.split(|&byte| byte == 0).next());
                kind == b"auxC" && matches!(name, Some(b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" | b"urn:mpeg:hevc:2015:auxid:1"))
            })
        };
        self.references(b"auxl").find_map(|(from, mut targets)| (targets.any(|target| target == item) && is_alpha(from)).then_some(from))
    }

    /// An item's bytes.
    ///
    /// # Errors
    /// `Damaged` when they lie outside the file, or are more than the whole file.
    pub fn bytes(&self, item: u32) -> Result<Cow<'a, [u8]>, Reject> {
        let mut reader = Reader { bytes: self.locations, at: 0 };
        let version = reader.number(1)?;
        reader.number(3)?;
        let (sizes, more) = (reader.number(1)?, reader.number(1)?);
        let (offset_size, length_size) = (sizes >> 4, sizes & 15);
        let (base_size, index_size) = (more >> 4, if version == 0 { 0 } else { more & 15 });
        let count = reader.number(if version < 2 { 2 } else { 4 })?;
        for _ in 0..count {
            let id = reader.number(if version < 2 { 2 } else { 4 })?;
            let method = if version == 0 { 0 } else { reader.number(2)? & 15 };
            reader.number(2)?;
            let base = reader.number(base_size)?;
            let extents = reader.number(2)?;
            let wanted = id == u64::from(item);
            let source = match method {
                0 => self.file,
                1 if wanted => self.boxes.find(b"idat")?,
                _ if wanted => return Err(Reject::Unsupported { what: "HEIF" }),
                _ => self.file,
            };
            let mut found: Cow<'a, [u8]> = Cow::Borrowed(&[]);
            for index in 0..extents {
                reader.number(index_size)?;
                let start = reader.number(offset_size)?.checked_add(base).and_then(|start| usize::try_from(start).ok());
                let length = usize::try_from(reader.number(length_size)?).map_err(|_| Reject::Damaged)?;
                if !wanted {
                    continue;
                }
                let start = start.ok_or(Reject::Damaged)?;
                // A length of zero is all the rest.
                let end = if length == 0 { Some(source.len()) } else { start.checked_add(length) };
                let part = end.and_then(|end| source.get(start..end)).ok_or(Reject::Damaged)?;
                if found.len() + part.len() > self.file.len() {
                    return Err(Reject::Damaged);
                }
                if index == 0 { found = Cow::Borrowed(part) } else { found.to_mut().extend_from_slice(part) }
            }
            if wanted {
                return if found.is_empty() { Err(Reject::Damaged) } else { Ok(found) };
            }
        }
        Err(Reject::Damaged)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The next number of that many bytes, which may be none.
    fn number(&mut self, bytes: u64) -> Result<u64, Reject> {
        let bytes = bytes as usize;
        let found = self.bytes.get(self.at..self.at + bytes).filter(|_| bytes <= 8).ok_or(Reject::Damaged)?;
        self.at += bytes;
        Ok(found.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }
}
