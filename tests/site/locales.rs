//! Words: the same names in both languages, none missing, none forgotten, and the same values in each.

use crate::support::source::{code, files};
use picstargram::web::i18n::{Lang, sources};
use std::collections::{BTreeMap, BTreeSet};

/// Every message of a language with the names of its values.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources(lang) {
        let mut name = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if !line.starts_with([' ', '}', '*', '[']) {
                let (own, _) = line.split_once('=').unwrap_or_else(|| panic!("{}: {line}", lang.code()));
                name = own.trim().to_owned();
                assert!(messages.insert(name.clone(), BTreeSet::new()).is_none(), "{}: {name} stands twice", lang.code());
            }
            let values = line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            messages.get_mut(&name).expect("a message began").extend(values);
        }
    }
    messages
}

/// Everything between double quotes that looks like the name of a message, with what follows it.
fn quoted(text: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let inner = &rest[start + 1..];
        let length = inner.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')).unwrap_or(inner.len());
        if length > 0 && inner[length..].starts_with('"') {
            found.push((inner[..length].to_owned(), &inner[length + 1..]));
            rest = &inner[length + 1..];
        } else {
            rest = inner;
        }
    }
    found
}

/// Names between `"…"` right after one of these words.
fn after<'a>(text: &'a str, words: &[&str]) -> Vec<(String, &'a str)> {
    let mut found = Vec::new();
    for word in words {
        for (at, _) in text.match_indices(word) {
            let rest = text[at + word.len()..].trim_start();
            if let Some(inner) = rest.strip_prefix('"')
                && let Some(end) = inner.find('"')
            {
                found.push((inner[..end].to_owned(), &inner[end + 1..]));
            }
        }
    }
    found
}

fn templates() -> Vec<(String, String)> {
    files("templates", &["html"])
}

fn rust() -> Vec<(String, String)> {
    files("src", &["rs"]).into_iter().map(|(file, text)| (file, code(&text))).collect()
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_values() {
    let (english, korean) = (messages(Lang::En), messages(Lang::Ko));
    let names = |messages: &BTreeMap<String, BTreeSet<String>>| messages.keys().cloned().collect::<BTreeSet<_>>();
    let only = |one: BTreeSet<String>, other: BTreeSet<String>| one.difference(&other).cloned().collect::<Vec<_>>();
    assert_eq!(only(names(&english), names(&korean)), [] as [String; 0], "not in Korean");
    assert_eq!(only(names(&korean), names(&english)), [] as [String; 0], "not in English");
    for (name, values) in &english {
        assert_eq!(values, &korean[name], "{name}");
    }
}

#[test]
fn every_message_is_used() {
    let mut used = BTreeSet::new();
    for (_, text) in templates().into_iter().chain(rust()) {
        used.extend(quoted(&text).into_iter().map(|(name, _)| name));
    }
    let forgotten: Vec<String> = messages(Lang::En).into_keys().filter(|name| !used.contains(name)).collect();
    assert!(forgotten.is_empty(), "nobody says {forgotten:?}");
}

#[test]
fn every_message_that_a_template_asks_for_exists_with_exactly_these_values() {
    let messages = messages(Lang::En);
    let mut asked = 0;
    for (file, text) in templates() {
        for (name, rest) in quoted(&text) {
            let given: Vec<String> = if rest.starts_with("|tr2(") || rest.starts_with("|tr(") {
                let arguments = &rest[rest.find('(').expect("just seen") + 1..];
                // Names of values are the quoted words at odd places: `"n", value, "limit", other`.
                let wanted = if rest.starts_with("|tr2(") { 2 } else { 1 };
                names_of_values(arguments, wanted)
            } else if rest.starts_with("|t") && !rest[2..].starts_with(|c: char| c.is_alphanumeric()) {
                Vec::new()
            } else {
                continue;
            };
            asked += 1;
            let wanted = messages.get(&name).unwrap_or_else(|| panic!("templates/{file}: {name} is no message"));
            let given: BTreeSet<String> = given.into_iter().collect();
            assert_eq!(&given, wanted, "templates/{file}: {name}");
        }
        // What is handed on by name.
        for (name, _) in after(&text, &["let notice ="]) {
            assert!(messages[&name].is_empty(), "templates/{file}: {name}");
        }
    }
    assert!(asked > 100, "the templates were read");
}

/// The first and, if wanted, the third argument.
fn names_of_values(arguments: &str, wanted: usize) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut place, mut quote, mut word) = (0, 0, false, String::new());
    for c in arguments.chars() {
        match c {
            '"' => quote = !quote,
            '(' if !quote => depth += 1,
            ')' if !quote && depth == 0 => break,
            ')' if !quote => depth -= 1,
            ',' if !quote && depth == 0 => {
                if place % 2 == 0 {
                    names.push(std::mem::take(&mut word));
                }
                word.clear();
                place += 1;
                continue;
            }
            _ => {}
        }
        if c != '"' && !c.is_whitespace() {
            word.push(c);
        }
    }
    assert_eq!(names.len(), wanted, "{arguments:.80}");
    names
}

#[test]
fn every_message_that_the_source_asks_for_exists_with_exactly_these_values() {
    let messages = messages(Lang::En);
    let mut asked = 0;
    for (file, text) in rust() {
        for (name, rest) in after(&text, &["Message::new("]) {
            asked += 1;
            let wanted = messages.get(&name).unwrap_or_else(|| panic!("src/{file}: {name} is no message"));
            // Builder calls follow at once: `)` `.with("limit", …)`.
            let mut given = BTreeSet::new();
            let mut rest = rest.strip_prefix(')').unwrap_or_else(|| panic!("src/{file}: {name} is not a plain name"));
            while let Some(more) = rest.trim_start().strip_prefix(".with(") {
                given.extend(names_of_values(more, 1));
                let mut depth = 1;
                let end = more.find(|c| {
                    depth += match c {
                        '(' => 1,
                        ')' => -1,
                        _ => 0,
                    };
                    depth == 0
                });
                rest = &more[end.expect("a call ends") + 1..];
            }
            assert_eq!(&given, wanted, "src/{file}: {name}");
        }
        let plain = ["Flash::good(", "Flash::bad(", "i18n::text(lang, ", "i18n::text(reader.lang, ", "i18n::text(visit.lang(), "];
        for (name, _) in after(&text, &plain) {
            asked += 1;
            let wanted = messages.get(&name).unwrap_or_else(|| panic!("src/{file}: {name} is no message"));
            assert!(wanted.is_empty(), "src/{file}: {name} has values");
        }
        // Errors, failures of a photo, and refused sign-ins are handed on by name.
        for (name, _) in quoted(&text) {
            let is_name = ["error-", "photo-failed-", "signin-", "flash-", "month-"].iter().any(|start| name.starts_with(start));
            assert!(!is_name || messages.contains_key(&name), "src/{file}: {name} is no message");
        }
    }
    assert!(asked > 40, "the source was read");
}
