//! HEIC by the system's libheif, built in with the feature `heic`.
//!
//! The dozen functions that are needed are declared here, because their form has been the same
//! since libheif 1.13, while the crates that declare all of them ask for newer ones than Debian 12
//! has. The library crops and turns, because some versions do that to alpha even when told not to,
//! but is asked for planes, because none converts every sampling. Sides and colours are read by our
//! own walk, as for AVIF.

use super::super::colour::Profile;
use super::super::container::heif::{self, Matrix};
use super::super::picture::{Layout, Picture};
use super::super::{Format, Header, Limits, Reject};
use super::deadline::Deadline;
use super::isolate::isolated;
use super::shrink::{Shrink, shrunk};
use super::yuv::{self, Converter, Planar, Samples};
use std::ffi::{c_char, c_int, c_void};
use std::marker::PhantomData;
use std::ptr::{null, null_mut};

/// The values of libheif's enumerations.
const AS_CODED: c_int = 99;
const YCBCR: c_int = 0;
const GREY: c_int = 2;
const RGB: c_int = 1;
const LUMA_AND_CHROMA: [c_int; 3] = [0, 1, 2];
/// In the order in which H.273 stores RGB.
const GREEN_BLUE_RED: [c_int; 3] = [4, 5, 3];
const ALPHA: c_int = 6;

#[repr(C)]
struct Status {
    code: c_int,
    detail: c_int,
    text: *const c_char,
}

#[link(name = "heif")]
unsafe extern "C" {
    fn heif_context_alloc() -> *mut c_void;
    fn heif_context_free(context: *mut c_void);
    fn heif_context_set_maximum_image_size_limit(context: *mut c_void, side: c_int);
    fn heif_context_set_max_decoding_threads(context: *mut c_void, threads: c_int);
    fn heif_context_read_from_memory_without_copy(
        context: *mut c_void,
        bytes: *const c_void,
        length: usize,
        options: *const c_void,
    ) -> Status;
    fn heif_context_get_primary_image_handle(context: *mut c_void, handle: *mut *mut c_void) -> Status;
    fn heif_image_handle_release(handle: *const c_void);
    fn heif_decode_image(handle: *const c_void, image: *mut *mut c_void, space: c_int, chroma: c_int, options: *const c_void) -> Status;
    fn heif_image_get_colorspace(image: *const c_void) -> c_int;
    fn heif_image_get_chroma_format(image: *const c_void) -> c_int;
    fn heif_image_get_bits_per_pixel_range(image: *const c_void, channel: c_int) -> c_int;
    fn heif_image_get_width(image: *const c_void, channel: c_int) -> c_int;
    fn heif_image_get_height(image: *const c_void, channel: c_int) -> c_int;
    fn heif_image_get_plane_readonly(image: *const c_void, channel: c_int, stride: *mut c_int) -> *const u8;
    fn heif_image_release(image: *const c_void);
}

/// Something of the library's, and how to give it back.
struct Owned<T>(*mut T, unsafe fn(*mut T));

impl<T> Drop for Owned<T> {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: the pointer came from the library, goes with this function, and is not used again.
            unsafe { (self.1)(self.0) }
        }
    }
}

/// # Errors
/// `Damaged` for anything the library reports, and for pixels of other sides than the file names;
/// `TooSlow`.
pub(super) fn decode(bytes: &[u8], header: &Header, factor: u32, deadline: Deadline) -> Result<(Picture, Profile), Reject> {
    let layout = if header.facts.alpha { Layout::Rgba } else { Layout::Rgb };
    let (width, height) = (shrunk(header.facts.width, factor), shrunk(header.facts.height, factor));
    let length = width as usize * height as usize * layout.channels();
    let shared = isolated(length, deadline, |target| {
        let picture = read(bytes, header, factor)?;
        if picture.pixels().len() != target.len() {
            return Err(Reject::Damaged);
        }
        target.copy_from_slice(picture.pixels());
        Ok(())
    })?;
    let layout = if layout == Layout::Rgba && factor > 1 { Layout::Premultiplied } else { layout };
    let profile = heif::read(bytes, Format::Heic, &ANY)?.profile;
    Ok((Picture::new(width, height, layout, shared.bytes().to_vec())?, profile))
}

/// The sides were held to the configured limits by `inspect`.
const ANY: Limits = Limits { max_pixels: u64::MAX, max_side: u16::MAX as u32, max_frames: 1 };

fn read(bytes: &[u8], header: &Header, factor: u32) -> Result<Picture, Reject> {
    let (width, height) = (header.facts.width, header.facts.height);
    let file = heif::read(bytes, Format::Heic, &ANY)?;
    let layout = if file.alpha.is_some() { Layout::Rgba } else { Layout::Rgb };
    let side = |side: u32| c_int::try_from(side).map_err(|_| Reject::Damaged);
    let check = |status: Status| if status.code == 0 { Ok(()) } else { Err(Reject::Damaged) };

    // SAFETY: each pointer is checked before it is used, is given back once by `Owned`, in the
    // reverse order, and `bytes` outlives the context that reads from it. An image needs neither.
    let image = unsafe {
        let context = Owned(heif_context_alloc(), |context| heif_context_free(context));
        if context.0.is_null() {
            return Err(Reject::Encoder);
        }
        heif_context_set_maximum_image_size_limit(context.0, side(file.coded_width.max(file.coded_height))?);
        heif_context_set_max_decoding_threads(context.0, 0);
        check(heif_context_read_from_memory_without_copy(context.0, bytes.as_ptr().cast(), bytes.len(), null()))?;
        let mut handle = Owned(null_mut(), |handle| heif_image_handle_release(handle));
        check(heif_context_get_primary_image_handle(context.0, &mut handle.0))?;
        let mut image = Owned(null_mut(), |image| heif_image_release(image));
        check(heif_decode_image(handle.0, &mut image.0, AS_CODED, AS_CODED, null()))?;
        image
    };
    // SAFETY: the image is live.
    let (space, sampling) = unsafe { (heif_image_get_colorspace(image.0), heif_image_get_chroma_format(image.0)) };
    // What phones write, who say it in the bitstream only.
    let matrix = file.matrix.unwrap_or(Matrix { coefficients: 6, full_range: true });
    let stored = Matrix { coefficients: 0, full_range: true };
    let (channels, shift, matrix) = match (space, sampling) {
        (GREY, _) | (YCBCR, 0) => (&LUMA_AND_CHROMA[..1], (0, 0), matrix),
        (YCBCR, 1) => (&LUMA_AND_CHROMA[..], (1, 1), matrix),
        (YCBCR, 2) => (&LUMA_AND_CHROMA[..], (1, 0), matrix),
        (YCBCR, 3) => (&LUMA_AND_CHROMA[..], (0, 0), matrix),
        // Some versions convert 4:4:4 whether asked or not.
        (RGB, 3) => (&GREEN_BLUE_RED[..], (0, 0), stored),
        _ => return Err(Reject::Unsupported { what: "HEIF" }),
    };
    let colour = Planes::new(&image, channels, shift, (width, height))?;
    let alpha = file.alpha.as_ref().map(|_| Planes::new(&image, &[ALPHA], (0, 0), (width, height))).transpose()?;
    let converter = Converter::new(matrix, colour.depth(), colour.grey());
    let channels = layout.channels();
    let mut row = vec![0; width as usize * channels];
    let mut shrink = Shrink::new(width, height, factor, layout, false);
    for y in 0..height {
        converter.row(&colour, y, width, channels, &mut row);
        if let Some(alpha) = &alpha {
            yuv::alpha(alpha, true, y, width, |x, value| row[x * channels + 3] = value);
        }
        if file.premultiplied {
            row.as_chunks_mut().0.iter_mut().for_each(super::avif::divide);
        }
        shrink.row(y, &row);
    }
    shrink.finish()
}

/// Some planes of a decoded image.
struct Planes<'a> {
    planes: Vec<(*const u8, usize)>,
    depth: u8,
    shift: (u32, u32),
    image: PhantomData<&'a Owned<c_void>>,
}

impl<'a> Planes<'a> {
    /// # Errors
    /// `Damaged` when a plane is missing, smaller than it must be or of another depth.
    fn new(image: &'a Owned<c_void>, channels: &[c_int], shift: (u32, u32), (width, height): (u32, u32)) -> Result<Self, Reject> {
        let mut planes = Vec::new();
        let mut depth = None;
        for &channel in channels {
            let (across, down) = if channel == 1 || channel == 2 { shift } else { (0, 0) };
            let wanted = (width.div_ceil(1 << across), height.div_ceil(1 << down));
            let mut stride = 0;
            // SAFETY: the image is live; a channel that it does not have is answered with -1 or null.
            let (plane, sides, bits) = unsafe {
                let sides = (heif_image_get_width(image.0, channel), heif_image_get_height(image.0, channel));
                let bits = heif_image_get_bits_per_pixel_range(image.0, channel);
                (heif_image_get_plane_readonly(image.0, channel, &mut stride), sides, bits)
            };
            let bits = u8::try_from(bits).ok().filter(|bits| (8..=16).contains(bits)).ok_or(Reject::Damaged)?;
            let stride = usize::try_from(stride).map_err(|_| Reject::Damaged)?;
            let bytes = wanted.0 as usize * if bits > 8 { 2 } else { 1 };
            let large = i64::from(sides.0) >= i64::from(wanted.0) && i64::from(sides.1) >= i64::from(wanted.1);
            if plane.is_null() || stride < bytes || !large || depth.is_some_and(|depth| depth != bits) {
                return Err(Reject::Damaged);
            }
            depth = Some(bits);
            planes.push((plane, stride));
        }
        Ok(Self { planes, depth: depth.unwrap_or(8), shift, image: PhantomData })
    }
}

impl Planar for Planes<'_> {
    fn depth(&self) -> u8 {
        self.depth
    }

    fn grey(&self) -> bool {
        self.planes.len() == 1
    }

    fn shift(&self) -> (u32, u32) {
        self.shift
    }

    fn row(&self, plane: usize, y: u32, width: u32) -> Samples<'_> {
        let (start, stride) = self.planes[plane];
        // SAFETY: `new` made sure that the plane has that many rows and samples; the library aligns
        // rows of deep samples to their size, and the image lives as long as this does.
        unsafe {
            let row = start.add(y as usize * stride);
            if self.depth == 8 {
                Samples::Eight(std::slice::from_raw_parts(row, width as usize))
            } else {
                Samples::Deep(std::slice::from_raw_parts(row.cast(), width as usize))
            }
        }
    }
}
