//! Pages go out compressed: Brotli where the browser takes it, gzip otherwise. Assets were compressed when the program was built
//! and pictures do not shrink, so pages (and their fragments) are all there is to do.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Smaller bodies fit into the first packets anyway.
const LEAST: usize = 1_400;
/// Where more effort stops paying: about a millisecond for the largest page.
const BROTLI_QUALITY: i32 = 4;
const GZIP_LEVEL: u32 = 6;

/// Whether an `Accept-Encoding` header takes a coding.
pub fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some(coding) && !words.next().is_some_and(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The body as it is sent, and the coding it has, if any.
pub fn compress(accept_encoding: &str, body: String) -> (Vec<u8>, Option<&'static str>) {
    if body.len() < LEAST {
        return (body.into_bytes(), None);
    }
    let packed = if accepts(accept_encoding, "br") {
        let parameters = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, size_hint: body.len(), ..Default::default() };
        let mut packed = Vec::with_capacity(body.len() / 4);
        brotli::BrotliCompress(&mut body.as_bytes(), &mut packed, &parameters).ok().map(|_| (packed, "br"))
    } else if accepts(accept_encoding, "gzip") {
        let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::new(GZIP_LEVEL));
        encoder.write_all(body.as_bytes()).and_then(|()| encoder.finish()).ok().map(|packed| (packed, "gzip"))
    } else {
        None
    };
    match packed {
        Some((packed, coding)) => (packed, Some(coding)),
        None => (body.into_bytes(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_goes_in_comes_out_in_the_coding_the_browser_takes() {
        let body = "a page with words ".repeat(500);
        let (packed, coding) = compress("gzip, deflate, br", body.clone());
        assert_eq!(coding, Some("br"));
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut plain).unwrap();
        assert_eq!(plain, body.as_bytes());

        let (packed, coding) = compress("br;q=0, gzip;q=0.5", body.clone());
        assert_eq!(coding, Some("gzip"));
        let mut plain = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, body);

        assert_eq!(compress("identity", body.clone()), (body.into_bytes(), None));
        assert_eq!(compress("br", "short".into()).1, None);
    }
}
