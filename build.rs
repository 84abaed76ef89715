//! Compresses everything in `static/` once, when the program is built, and lays it beside its content hash for rust-embed.
//! The stylesheet leaves its comments and indentation behind: they are for who reads the source.

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
    let mut bytes = fs::read(path).expect("an asset can be read");
    if name.ends_with(".css") {
        bytes = without_comments(&String::from_utf8(bytes).expect("a stylesheet is text")).into_bytes();
    }
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

/// No string of ours holds the mark of a comment or a line break.
fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once("*/").expect("a comment ends").1);
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
