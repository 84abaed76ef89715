//! Words in English and Korean, from `locales/{en,ko}/*.ftl`, addressed by name. Messages without arguments are resolved once;
//! the others are formatted by Fluent, with each language's own plural rules.
//!
//! A test compares both languages with each other and with every name used in templates and source.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    En,
    Ko,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Ko];

    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// The language's own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Ko => "한국어",
        }
    }

    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The language a browser likes most among ours (RFC 9110, 12.5.4), if it names one.
    pub fn from_accept_language(header: &str) -> Option<Lang> {
        let mut best: Option<(f32, Lang)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            if let Some(lang) = Lang::from_code(&primary)
                && quality > 0.0
                && best.is_none_or(|(q, _)| quality > q)
            {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// The language a text seems to be written in, by its letters; `None` when it has none. A page marks what people wrote with it:
/// it sets the voice of a screen reader and how lines break.
pub fn language_of(text: &str) -> Option<Lang> {
    let (mut hangul, mut latin) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7A3}' => hangul += 1,
            c if c.is_ascii_alphabetic() => latin += 1,
            _ => {}
        }
    }
    // A syllable of Hangul is worth two or three letters.
    match (hangul, latin) {
        (0, 0) => None,
        (hangul, latin) if hangul * 2 >= latin => Some(Lang::Ko),
        _ => Some(Lang::En),
    }
}

/// A value inside a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Arg::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

macro_rules! number_args {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(number: $kind) -> Self {
                Arg::Number(number as i64)
            }
        }
        impl From<&$kind> for Arg {
            fn from(number: &$kind) -> Self {
                Arg::Number(*number as i64)
            }
        }
    )*};
}
number_args!(i64, i32, u64, u32, usize);

/// A message to be shown later, in whatever language the reader has: its name and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    pub fn new(key: &'static str) -> Self {
        Message { key, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    pub fn in_language(&self, lang: Lang) -> String {
        format(lang, self.key, &self.args)
    }
}

struct Words {
    names: HashSet<String>,
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| load(Lang::En));
static KOREAN: LazyLock<Words> = LazyLock::new(|| load(Lang::Ko));

fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &ENGLISH,
        Lang::Ko => &KOREAN,
    }
}

/// The sources, for the program and for the test that compares them.
pub fn sources(lang: Lang) -> [&'static str; 10] {
    match lang {
        Lang::En => [
            include_str!("../../locales/en/site.ftl"),
            include_str!("../../locales/en/people.ftl"),
            include_str!("../../locales/en/comments.ftl"),
            include_str!("../../locales/en/notifications.ftl"),
            include_str!("../../locales/en/search.ftl"),
            include_str!("../../locales/en/accounts.ftl"),
            include_str!("../../locales/en/social.ftl"),
            include_str!("../../locales/en/mails.ftl"),
            include_str!("../../locales/en/takeout.ftl"),
            include_str!("../../locales/en/admin.ftl"),
        ],
        Lang::Ko => [
            include_str!("../../locales/ko/site.ftl"),
            include_str!("../../locales/ko/people.ftl"),
            include_str!("../../locales/ko/comments.ftl"),
            include_str!("../../locales/ko/notifications.ftl"),
            include_str!("../../locales/ko/search.ftl"),
            include_str!("../../locales/ko/accounts.ftl"),
            include_str!("../../locales/ko/social.ftl"),
            include_str!("../../locales/ko/mails.ftl"),
            include_str!("../../locales/ko/takeout.ftl"),
            include_str!("../../locales/ko/admin.ftl"),
        ],
    }
}

fn load(lang: Lang) -> Words {
    use fluent_bundle::FluentResource as Resource;
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    let mut names: Vec<String> = Vec::new();
    for source in sources(lang) {
        let resource = match Resource::try_new(source.to_owned()) {
            Ok(resource) => resource,
            Err((resource, problems)) => {
                tracing::error!(lang = lang.code(), ?problems, "a language file has lines that cannot be read");
                resource
            }
        };
        names.extend(source.lines().filter_map(|line| line.split_once(" =")).map(|(name, _)| name.trim().to_owned()));
        if let Err(problems) = bundle.add_resource(resource) {
            tracing::error!(lang = lang.code(), ?problems, "a message stands twice");
        }
    }
    // What formats without a complaint and without values needs none.
    let mut plain = HashMap::new();
    for name in &names {
        if let Some(pattern) = bundle.get_message(name).and_then(|message| message.value()) {
            let mut problems = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut problems);
            if problems.is_empty() {
                plain.insert(name.clone(), text.into_owned());
            }
        }
    }
    Words { names: names.into_iter().collect(), plain, bundle }
}

/// A message without values. An unknown name shows itself: it is easy to see, and the test on names finds it first.
pub fn text(lang: Lang, key: &str) -> &'static str {
    match words(lang).plain.get(key) {
        Some(text) => text,
        None => {
            tracing::error!(key, lang = lang.code(), "a message is missing");
            "…"
        }
    }
}

/// Whether there is such a message: for names that come from outside (a flash cookie).
pub fn known(key: &str) -> Option<&'static str> {
    words(Lang::En).names.get(key).map(String::as_str)
}

pub fn format(lang: Lang, key: &str, args: &[(&'static str, Arg)]) -> String {
    if args.is_empty() {
        return text(lang, key).to_owned();
    }
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        let value = match value {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
        };
        values.set(*name, value);
    }
    let bundle = &words(lang).bundle;
    match bundle.get_message(key).and_then(|message| message.value()) {
        Some(pattern) => bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned(),
        None => text(lang, key).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_marked_with_the_language_of_its_letters() {
        assert_eq!(language_of("지리산의 새벽 #jirisan"), Some(Lang::Ko));
        assert_eq!(language_of("Six in the morning at 노고단"), Some(Lang::En));
        assert_eq!(language_of("2026 🌸"), None);
    }

    #[test]
    fn the_best_liked_of_our_languages_wins() {
        assert_eq!(Lang::from_accept_language("ko-KR,ko;q=0.9,en-US;q=0.8"), Some(Lang::Ko));
        assert_eq!(Lang::from_accept_language("fr, ko;q=0.3, en;q=0.7"), Some(Lang::En));
        assert_eq!(Lang::from_accept_language("ko;q=0, fr"), None);
        assert_eq!(Lang::from_accept_language(";;;,,q="), None);
    }
}
