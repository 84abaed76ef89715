//! What a page says to the console, as chromedriver's log of kind `browser` has it.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    level: String,
    message: String,
    #[serde(default)]
    source: String,
}

impl Entry {
    /// Whether this is something no page may say. Chromium reports every answer of 400 and above, and every request that gets none,
    /// as an error; those the journey asked for (a form with something wrong in it) are told by what the message contains.
    pub fn is_complaint(&self, expected: &[String]) -> bool {
        if matches!(&*self.source, "network" | "console-api") && expected.iter().any(|part| self.message.contains(part)) {
            return false;
        }
        self.level == "SEVERE" || self.message.contains("Content Security Policy")
    }
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}): {}", self.level, self.source, self.message)
    }
}
