//! Captions: what in them is a tag, a mention or a link. Parsed when shown; stored as typed.

use crate::urls;
use crate::web::i18n::Message;
use std::collections::BTreeSet;

/// Characters of a caption.
pub const LIMIT: usize = 2_200;
/// Characters of an alt text.
pub const ALT_LIMIT: usize = 1_000;
const TAG_LIMIT: usize = 64;
/// Tags of one post that are indexed.
const TAGS: usize = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    Text(String),
    Tag { text: String, href: String },
    Mention { text: String, href: String },
    Link { text: String, href: String },
}

/// A caption ready for a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    pub segments: Vec<Segment>,
    /// Longer than the two lines a card shows.
    pub is_long: bool,
}

impl Caption {
    /// `known` are the names (lower case) that belong to somebody: other @words stay words.
    pub fn parse(text: &str, known: &[&str]) -> Self {
        let mut segments = Vec::new();
        let mut plain_from = 0;
        for (start, end, kind) in Tokens::new(text) {
            let token = &text[start..end];
            let segment = match kind {
                Kind::Tag => Segment::Tag { text: token.to_owned(), href: urls::tag(&tag_key(&token[1..])) },
                Kind::Mention if known.contains(&token[1..].to_ascii_lowercase().as_str()) => {
                    Segment::Mention { text: token.to_owned(), href: urls::profile(&token[1..]) }
                }
                Kind::Mention => continue,
                Kind::Link => Segment::Link { text: token.to_owned(), href: token.to_owned() },
            };
            if plain_from < start {
                segments.push(Segment::Text(text[plain_from..start].to_owned()));
            }
            segments.push(segment);
            plain_from = end;
        }
        if plain_from < text.len() {
            segments.push(Segment::Text(text[plain_from..].to_owned()));
        }
        // Korean takes about twice the width of Latin letters.
        let width: usize = text.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum();
        Caption { segments, is_long: width > 90 || text.matches('\n').count() > 1 }
    }

    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }
}

/// A caption as it is stored, or what is wrong with it.
pub fn read(text: &str) -> Result<String, Message> {
    let text = crate::web::form::multiline(text);
    match text.chars().count() {
        count if count > LIMIT => Err(Message::new("caption-long").with("limit", LIMIT).with("count", count)),
        _ => Ok(text),
    }
}

/// An alt text as it is stored: one line.
pub fn read_alt(text: &str) -> Result<String, Message> {
    let text = crate::web::form::multiline(text).replace('\n', " ");
    match text.chars().count() {
        count if count > ALT_LIMIT => Err(Message::new("alt-long").with("limit", ALT_LIMIT).with("count", count)),
        _ => Ok(text),
    }
}

/// How tags are compared: without regard to case.
pub fn tag_key(tag: &str) -> String {
    tag.to_lowercase()
}

/// The tags of a caption, each once.
pub fn tags(text: &str) -> Vec<String> {
    let found: BTreeSet<String> =
        Tokens::new(text).filter(|(.., kind)| *kind == Kind::Tag).map(|(start, end, _)| tag_key(&text[start + 1..end])).collect();
    found.into_iter().take(TAGS).collect()
}

/// The @names of a caption in lower case, each once.
pub fn mentioned(text: &str) -> Vec<String> {
    let found: BTreeSet<String> = Tokens::new(text)
        .filter(|(.., kind)| *kind == Kind::Mention)
        .map(|(start, end, _)| text[start + 1..end].to_ascii_lowercase())
        .collect();
    found.into_iter().take(50).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Tag,
    Mention,
    Link,
}

/// Walks over a text and yields (start, end, kind) of everything that is more than words.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Tokens { text, at: 0 }
    }

    fn token_at(&self, start: usize) -> Option<(usize, Kind)> {
        let rest = &self.text[start..];
        // `a#b`, `a@b` and `xhttp://` are no tokens.
        let after_word = self.text[..start].chars().next_back().is_some_and(|c| is_word(c) || c == '/' || c == '&');
        if after_word {
            return None;
        }
        let word = |rest: &str, fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
        if let Some(tag) = rest.strip_prefix('#') {
            let length = word(tag, is_word);
            let name = &tag[..length];
            let fits = !name.is_empty() && name.chars().count() <= TAG_LIMIT && !name.chars().all(|c| c.is_numeric());
            return fits.then_some((1 + length, Kind::Tag));
        }
        if let Some(name) = rest.strip_prefix('@') {
            let length = word(name, |c| c.is_ascii_alphanumeric() || c == '_');
            let fits = name.starts_with(|c: char| c.is_ascii_alphabetic()) && length <= 64;
            return fits.then_some((1 + length, Kind::Mention));
        }
        if rest.starts_with("https://") || rest.starts_with("http://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(|c: char| ".,;:!?)]}'…。、".contains(c));
            let has_host = url::Url::parse(address).is_ok_and(|url| url.has_host());
            return has_host.then_some((address.len(), Kind::Link));
        }
        None
    }
}

impl Iterator for Tokens<'_> {
    type Item = (usize, usize, Kind);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(offset) = self.text[self.at..].find(['#', '@', 'h']) {
            let start = self.at + offset;
            if let Some((length, kind)) = self.token_at(start) {
                self.at = start + length;
                return Some((start, self.at, kind));
            }
            self.at = start + 1;
        }
        None
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_mentions_and_links_are_found_and_the_rest_stays_as_it_is() {
        let text = "새벽 #지리산, with @Mina and @nobody: see https://example.org/a?b=c#d. a#b me@x.org #2026 #";
        let caption = Caption::parse(text, &["mina"]);
        let kinds: Vec<String> = caption
            .segments
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => text.clone(),
                Segment::Tag { text, href } => format!("[{text}>{href}]"),
                Segment::Mention { text, href } | Segment::Link { text, href } => format!("<{text}>{href}>"),
            })
            .collect();
        assert_eq!(
            kinds.concat(),
            "새벽 [#지리산>/tags/%EC%A7%80%EB%A6%AC%EC%82%B0], with <@Mina>/@Mina> and @nobody: see \
             <https://example.org/a?b=c#d>https://example.org/a?b=c#d>. a#b me@x.org #2026 #"
        );
        assert_eq!(tags("#Sea #sea #바다"), ["sea", "바다"]);
        assert_eq!(mentioned("@Mina @mina @joon!"), ["joon", "mina"]);
    }

    #[test]
    fn limits_count_characters_and_line_ends_are_one() {
        assert!(read(&"가".repeat(LIMIT)).is_ok());
        assert!(read(&"가".repeat(LIMIT + 1)).is_err());
        assert_eq!(read("a\r\nb\u{0}\u{7}").unwrap(), "a\nb");
        assert_eq!(read_alt("one\r\ntwo").unwrap(), "one two");
    }
}
