//! Any bytes through the whole pipeline: looked at, decoded for the preview, decoded again for every size.
#![no_main]

#[allow(dead_code, unused_imports)]
#[path = "../../src/platform/imaging/mod.rs"]
mod imaging;

use imaging::{Encoding, Limits, inspect, preview, variants};
use std::ops::ControlFlow;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { max_pixels: 300_000, max_side: 2_000, max_frames: 5 };
    let fast = Encoding { quality: 50.0, method: 0 };
    if let Ok(header) = inspect(bytes, &limits) {
        let _ = preview(bytes, &header, 64, &fast);
        let _ = variants(bytes, &header, &fast, |_| ControlFlow::Continue(()));
    }
});
