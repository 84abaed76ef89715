//! The project's own files, for tests about how it is built.

use std::path::{Path, PathBuf};

/// The package's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the package with one of these endings: its path from there, with `/`, and its text.
pub fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let mut files: Vec<(String, String)> = found
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)))
        .map(|path| {
            let name = path.strip_prefix(root().join(folder)).expect("below the folder").to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&path).expect("the file is text");
            (name, text)
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "nothing in {folder}");
    files
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

/// Rust without comments and without its unit tests, which stand at a file's end.
pub fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = own.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| if code.ends_with(':') { line } else { code }));
    lines.collect::<Vec<_>>().join("\n")
}
