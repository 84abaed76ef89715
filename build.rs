//! Compresses everything in `static/` once, when the program is built, and lays it beside its content hash for rust-embed.

use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=locales");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("assets");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).expect("OUT_DIR is writable");
    for entry in fs::read_dir("static").expect("static/ is part of the project") {
        let path = entry.expect("static/ can be listed").path();
        if path.is_file() {
            lay_down(&path, &out);
        }
    }
}

fn lay_down(path: &Path, out: &Path) {
    let name = path.file_name().and_then(|name| name.to_str()).expect("asset names are plain");
    let bytes = fs::read(path).expect("an asset can be read");
    let write = |ending: &str, bytes: &[u8]| fs::write(out.join(format!("{name}{ending}")), bytes).expect("OUT_DIR is writable");
    write("", &bytes);
    let digest = Sha256::digest(&bytes);
    let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    write(".hash", hash.as_bytes());
    if name.ends_with(".webp") || name.ends_with(".png") {
        return; // compressed already
    }
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() })
        .expect("compressing in memory does not fail");
    write(".br", &brotli);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes).expect("compressing in memory does not fail");
    write(".gz", &gzip.finish().expect("compressing in memory does not fail"));
}
