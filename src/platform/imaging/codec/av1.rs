//! One AV1 picture by rav1d, in a process of its own.
//!
//! rav1d's own interface is that of the C library it is a port of, so it is called like one.
//! Film grain is left out: at the sizes made from it, it would be gone.

use super::super::Reject;
use super::deadline::Deadline;
use super::isolate::{Shared, isolated};
use super::yuv::{Planar, Samples};
use rav1d::include::dav1d::data::Dav1dData;
use rav1d::include::dav1d::dav1d::{Dav1dContext, Dav1dLogger, Dav1dSettings};
use rav1d::include::dav1d::headers::{DAV1D_PIXEL_LAYOUT_I400, DAV1D_PIXEL_LAYOUT_I420, DAV1D_PIXEL_LAYOUT_I422};
use rav1d::include::dav1d::picture::Dav1dPicture;
use rav1d::src::lib as api;
use std::mem::MaybeUninit;
use std::ptr::NonNull;

/// Bytes before the samples: depth, grey, the shifts, the three code points, the range.
const PREFIX: usize = 64;

/// A decoded picture.
pub(super) struct Planes {
    shared: Shared,
    sides: (u32, u32),
    depth: u8,
    grey: bool,
    shift: (u32, u32),
    /// Primaries, transfer and matrix as the bitstream names them, and whether its range is full.
    pub colours: (u8, u8, u8, bool),
}

/// Decodes the only picture that `bytes` holds; `halves` as in `container::obu`.
///
/// # Errors
/// `Damaged` for whatever the decoder reports, and for a picture of other sides or of more samples
/// than were made room for; `TooSlow`.
pub(super) fn decode(bytes: &[u8], sides: (u32, u32), depth: u8, halves: u64, deadline: Deadline) -> Result<Planes, Reject> {
    let (width, height) = sides;
    // Odd sides have half a chroma sample more.
    let samples = u64::from(width + 1) * u64::from(height + 1) * halves / 2;
    let length = PREFIX as u64 + samples * if depth > 8 { 2 } else { 1 };
    // Opened here, because what it does only once must not be left half done in a child.
    let decoder = Decoder::new(width * height)?;
    let length = usize::try_from(length).map_err(|_| Reject::Damaged)?;
    let shared = isolated(length, deadline, |target| decoder.decode_into(bytes, sides, depth, target))?;
    let &[depth, grey, across, down, primaries, transfer, matrix, full] = shared.bytes().first_chunk().ok_or(Reject::Damaged)?;
    let shift = (u32::from(across), u32::from(down));
    Ok(Planes { shared, sides, depth, grey: grey != 0, shift, colours: (primaries, transfer, matrix, full != 0) })
}

impl Planes {
    /// Where a plane starts, in bytes, and how many samples its rows have.
    fn place(&self, plane: usize) -> (usize, usize) {
        let (width, height) = (self.sides.0 as usize, self.sides.1 as usize);
        let (across, down) = (width.div_ceil(1 << self.shift.0), height.div_ceil(1 << self.shift.1));
        let sample = if self.depth > 8 { 2 } else { 1 };
        match plane {
            0 => (PREFIX, width),
            plane => (PREFIX + sample * (width * height + (plane - 1) * across * down), across),
        }
    }
}

impl Planar for Planes {
    fn depth(&self) -> u8 {
        self.depth
    }

    fn grey(&self) -> bool {
        self.grey
    }

    fn shift(&self) -> (u32, u32) {
        self.shift
    }

    fn row(&self, plane: usize, y: u32, width: u32) -> Samples<'_> {
        let (start, across) = self.place(plane);
        let (y, width) = (y as usize, width as usize);
        if self.depth == 8 {
            let row = start + y * across;
            return Samples::Eight(self.shared.bytes().get(row..row + width).unwrap_or_default());
        }
        let row = start + 2 * y * across;
        let bytes = self.shared.bytes().get(row..row + 2 * width).unwrap_or_default();
        // SAFETY: any two bytes are a sample; what is not aligned would be left out, but all is,
        // since pages, prefix and rows have even lengths.
        Samples::Deep(unsafe { bytes.align_to::<u16>().1 })
    }
}

struct Decoder(Option<Dav1dContext>);

impl Decoder {
    fn new(pixels: u32) -> Result<Self, Reject> {
        let mut settings = MaybeUninit::<Dav1dSettings>::uninit();
        let mut context = None;
        // SAFETY: the first call fills the settings in, and the second reads them.
        let done = unsafe {
            api::dav1d_default_settings(NonNull::from(&mut settings).cast());
            let mut settings = settings.assume_init();
            settings.n_threads = 1;
            settings.max_frame_delay = 1;
            settings.apply_grain = 0;
            settings.all_layers = 0;
            settings.frame_size_limit = pixels;
            settings.logger = Dav1dLogger::new(None, None);
            api::dav1d_open(Some(NonNull::from(&mut context)), Some(NonNull::from(&mut settings)))
        };
        if done.0 == 0 && context.is_some() { Ok(Self(context)) } else { Err(Reject::Encoder) }
    }

    /// Fills `target` as [`Planes`] reads it.
    fn decode_into(&self, bytes: &[u8], sides: (u32, u32), depth: u8, target: &mut [u8]) -> Result<(), Reject> {
        let picture = self.picture(bytes)?;
        let found = u8::try_from(picture.p.bpc).map_err(|_| Reject::Damaged)?;
        let seen = (i64::from(picture.p.w), i64::from(picture.p.h));
        if seen != (i64::from(sides.0), i64::from(sides.1)) || !(8..=depth).contains(&found) {
            return Err(Reject::Damaged);
        }
        let grey = picture.p.layout == DAV1D_PIXEL_LAYOUT_I400;
        let shift = match picture.p.layout {
            DAV1D_PIXEL_LAYOUT_I420 => (1, 1),
            DAV1D_PIXEL_LAYOUT_I422 => (1, 0),
            _ => (0, 0),
        };
        let mut colours = [1, 13, 6, 1];
        if let Some(header) = picture.seq_hdr {
            // SAFETY: the header lives as long as the picture, which holds a reference to it.
            let header = unsafe { header.as_ref() };
            colours = [header.pri as u8, header.trc as u8, header.mtrx as u8, header.color_range];
        }
        let (prefix, mut rest) = target.split_at_mut_checked(PREFIX).ok_or(Reject::Damaged)?;
        prefix[..4].copy_from_slice(&[found, u8::from(grey), shift.0 as u8, shift.1 as u8]);
        prefix[4..8].copy_from_slice(&colours);
        let sample = if found > 8 { 2 } else { 1 };
        for plane in 0..if grey { 1 } else { 3 } {
            let (across, down) = if plane == 0 { (0, 0) } else { shift };
            let length = sides.0.div_ceil(1 << across) as usize * sample;
            let start = picture.data[plane].ok_or(Reject::Damaged)?.as_ptr().cast::<u8>();
            let stride = picture.stride[usize::from(plane > 0)];
            for y in 0..sides.1.div_ceil(1 << down) {
                let (row, after) = std::mem::take(&mut rest).split_at_mut_checked(length).ok_or(Reject::Damaged)?;
                // SAFETY: the decoder's planes have `stride` bytes a row, enough for the sides it
                // gave, and nobody writes to them any more.
                row.copy_from_slice(unsafe { std::slice::from_raw_parts(start.offset(stride * y as isize), length) });
                rest = after;
            }
        }
        Ok(())
    }

    /// The picture, which the end of the process will free.
    fn picture(&self, bytes: &[u8]) -> Result<Dav1dPicture, Reject> {
        let mut data = Dav1dData::default();
        let mut picture = Dav1dPicture::default();
        // SAFETY: the decoder is live, `data` and `picture` are initialised and outlive the calls, and
        // the buffer that `dav1d_data_create` returns has room for as many bytes as it was asked for.
        let done = unsafe {
            let buffer = api::dav1d_data_create(Some(NonNull::from(&mut data)), bytes.len());
            if buffer.is_null() {
                return Err(Reject::Encoder);
            }
            buffer.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            let sent = api::dav1d_send_data(self.0, Some(NonNull::from(&mut data)));
            if sent.0 == 0 { api::dav1d_get_picture(self.0, Some(NonNull::from(&mut picture))) } else { sent }
        };
        if done.0 == 0 { Ok(picture) } else { Err(Reject::Damaged) }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the context is live and not used again; pictures hold their own references.
        unsafe { api::dav1d_close(Some(NonNull::from(&mut self.0))) }
    }
}
