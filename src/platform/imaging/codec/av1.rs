//! One AV1 picture by rav1d, on the calling thread.
//!
//! rav1d's own interface is that of the C library it is a port of, so it is called like one.
//! Film grain is left out: at the sizes made from it, it would be gone.

use super::super::Reject;
use super::yuv::{Planar, Samples};
use rav1d::include::dav1d::data::Dav1dData;
use rav1d::include::dav1d::dav1d::{Dav1dContext, Dav1dSettings};
use rav1d::include::dav1d::headers::{DAV1D_PIXEL_LAYOUT_I400, DAV1D_PIXEL_LAYOUT_I420, DAV1D_PIXEL_LAYOUT_I422};
use rav1d::include::dav1d::picture::Dav1dPicture;
use rav1d::src::lib as api;
use std::mem::MaybeUninit;
use std::ptr::NonNull;

pub(super) struct Planes {
    picture: Dav1dPicture,
    depth: u8,
    grey: bool,
    shift: (u32, u32),
    /// Primaries, transfer and matrix as the bitstream names them, and whether its range is full.
    pub colours: (u8, u8, u8, bool),
}

/// Decodes the only picture that `bytes` holds.
///
/// # Errors
/// `Damaged` for whatever the decoder reports, and for a picture of other sides or another depth.
pub(super) fn decode(bytes: &[u8], width: u32, height: u32, depth: u8) -> Result<Planes, Reject> {
    let decoder = Decoder::new(width * height)?;
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
        let mut done = api::dav1d_send_data(decoder.0.clone(), Some(NonNull::from(&mut data)));
        if done.0 == 0 {
            done = api::dav1d_get_picture(decoder.0.clone(), Some(NonNull::from(&mut picture)));
        }
        api::dav1d_data_unref(Some(NonNull::from(&mut data)));
        done
    };
    let layout = picture.p.layout;
    let (mut colours, header) = ((1, 13, 6, true), picture.seq_hdr);
    if let Some(header) = header {
        // SAFETY: the header lives as long as the picture, which holds a reference to it.
        let header = unsafe { header.as_ref() };
        colours = (header.pri as u8, header.trc as u8, header.mtrx as u8, header.color_range != 0);
    }
    let planes = Planes {
        depth: u8::try_from(picture.p.bpc).unwrap_or(0),
        grey: layout == DAV1D_PIXEL_LAYOUT_I400,
        shift: match layout {
            DAV1D_PIXEL_LAYOUT_I420 => (1, 1),
            DAV1D_PIXEL_LAYOUT_I422 => (1, 0),
            _ => (0, 0),
        },
        colours,
        picture,
    };
    let sides = (i64::from(planes.picture.p.w), i64::from(planes.picture.p.h));
    let present = planes.picture.data.iter().take(if planes.grey { 1 } else { 3 }).all(Option::is_some);
    if done.0 != 0 || sides != (i64::from(width), i64::from(height)) || planes.depth > depth || planes.depth < 8 || !present {
        return Err(Reject::Damaged);
    }
    Ok(planes)
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
        let stride = self.picture.stride[usize::from(plane > 0)];
        let width = width as usize;
        let Some(start) = self.picture.data.get(plane).copied().flatten() else {
            return Samples::Eight(&[]);
        };
        // SAFETY: the decoder's planes have `stride` bytes for each row, which holds a sample for
        // each pixel of the plane, of two bytes when deeper than eight bits; the callers ask for
        // rows and widths inside the picture, whose sides were compared. The planes are not written
        // to any more and live as long as the picture.
        unsafe {
            let row = start.as_ptr().cast::<u8>().offset(stride * y as isize);
            if self.depth == 8 {
                Samples::Eight(std::slice::from_raw_parts(row, width))
            } else {
                Samples::Deep(std::slice::from_raw_parts(row.cast::<u16>(), width))
            }
        }
    }
}

impl Drop for Planes {
    fn drop(&mut self) {
        // SAFETY: the picture came from the decoder, or is empty, which is allowed.
        unsafe { api::dav1d_picture_unref(Some(NonNull::from(&mut self.picture))) }
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
            settings.logger = rav1d::include::dav1d::dav1d::Dav1dLogger::new(None, None);
            api::dav1d_open(Some(NonNull::from(&mut context)), Some(NonNull::from(&mut settings)))
        };
        if done.0 == 0 && context.is_some() { Ok(Self(context)) } else { Err(Reject::Encoder) }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the context is live and not used again; pictures hold their own references.
        unsafe { api::dav1d_close(Some(NonNull::from(&mut self.0))) }
    }
}
