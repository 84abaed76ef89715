//! The 10,000 most common passwords, which nobody may choose (NIST SP 800-63B, 3.1.1.2). The list is a ranking of passwords
//! from public leaks, in lower case, one a line, compressed.

use flate2::read::GzDecoder;
use std::collections::HashSet;
use std::io::Read;
use std::sync::LazyLock;

static LIST: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
    let mut text = String::new();
    // Embedded in the program and checked by the test below.
    if let Err(error) = GzDecoder::new(&include_bytes!("common_passwords.txt.gz")[..]).read_to_string(&mut text) {
        tracing::error!(%error, "the list of common passwords cannot be read");
    }
    // Shorter ones are refused for their length.
    text.lines().filter(|line| line.chars().count() >= super::password::LEAST).map(Box::from).collect()
});

pub fn contains(password: &str) -> bool {
    LIST.contains(password.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_whole_and_case_does_not_help() {
        assert!(super::LIST.len() > 2_000);
        assert!(super::contains("password1") && super::contains("PassWord1"));
        assert!(!super::contains("the tide comes in at six"));
    }
}
