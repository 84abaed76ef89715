//! `picstargram.json`, the part of an archive that programs read: what docs/takeout.md describes. Written a piece at a time, and
//! read so: however many posts a file has, one of them is in memory.

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;

pub const NAME: &str = "picstargram-takeout";
pub const VERSION: u32 = 1;
/// The file's name in an archive.
pub const DOCUMENT: &str = "picstargram.json";

/// Photos of one post that are read; a post with more is refused, and the rest of them need no memory.
const PHOTOS: usize = 40;
/// Comments of one post that are read.
const COMMENTS: usize = 2_000;

/// Who it is about.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    pub username: String,
    pub email: String,
    pub description: String,
    pub created_at: DateTime<Utc>,
    pub private: bool,
    pub language: Option<String>,
    pub phone: String,
    pub birthday: Option<NaiveDate>,
    pub gender: String,
    /// The file of their picture, in the archive.
    pub avatar: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Everyone,
    Followers,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Post {
    pub id: String,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub edited_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub caption: String,
    pub audience: Audience,
    #[serde(default)]
    pub pinned: bool,
    #[serde(default)]
    pub archived: bool,
    #[serde(default)]
    pub comments_off: bool,
    #[serde(default)]
    pub likes: i64,
    pub photos: Few<Photo, PHOTOS>,
    /// Their own words; others' are others'.
    #[serde(default)]
    pub comments: Few<Comment, COMMENTS>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Photo {
    /// Its original, in the archive; `None` when it was lost.
    pub file: Option<String>,
    /// What the file was called when it was shared.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub alt: String,
    /// What the post says of how it was taken.
    #[serde(default)]
    pub camera: Option<String>,
    #[serde(default)]
    pub taken_on: Option<NaiveDate>,
    #[serde(default)]
    pub place: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comment {
    pub id: String,
    pub created_at: DateTime<Utc>,
    pub body: String,
    /// The comment it answers.
    #[serde(default)]
    pub answers: Option<String>,
    /// The address of the post, where it is somebody else's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
}

/// The beginning of the document.
#[derive(Clone, Debug, Serialize)]
pub struct Head<'a> {
    pub format: &'static str,
    pub version: u32,
    pub site: &'a str,
    pub made_at: DateTime<Utc>,
    pub profile: &'a Profile,
}

/// A list of which at most `MOST` items are kept; the others are counted.
#[derive(Clone, Debug)]
pub struct Few<T, const MOST: usize> {
    pub items: Vec<T>,
    pub over: usize,
}

impl<T, const MOST: usize> Few<T, MOST> {
    /// How many there were.
    pub fn count(&self) -> usize {
        self.items.len() + self.over
    }
}

impl<T, const MOST: usize> Default for Few<T, MOST> {
    fn default() -> Self {
        Few { items: Vec::new(), over: 0 }
    }
}

impl<T, const MOST: usize> From<Vec<T>> for Few<T, MOST> {
    fn from(items: Vec<T>) -> Self {
        Few { items, over: 0 }
    }
}

impl<T: Serialize, const MOST: usize> Serialize for Few<T, MOST> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Few<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Taking<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Taking<T, MOST> {
            type Value = Few<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut few = Few { items: Vec::new(), over: 0 };
                while few.items.len() < MOST {
                    match list.next_element()? {
                        Some(item) => few.items.push(item),
                        None => return Ok(few),
                    }
                }
                while list.next_element::<IgnoredAny>()?.is_some() {
                    few.over += 1;
                }
                Ok(few)
            }
        }
        deserializer.deserialize_seq(Taking(PhantomData))
    }
}

/// What a document holds, in its order.
#[derive(Debug)]
pub enum Item {
    Site(String),
    Post(Box<Post>),
    /// On somebody else's post.
    Comment(Comment),
}

/// Why a document was not read to its end.
#[derive(Debug)]
pub enum Unread {
    /// It is none of ours, or a newer version's.
    Foreign,
    /// It is no JSON of the right shape.
    Damaged(String),
    /// Whoever took the items wants no more.
    Stopped,
}

/// Hands on every item; `take` says whether it wants more.
pub fn read(reader: impl std::io::Read, take: &mut dyn FnMut(Item) -> bool) -> Result<(), Unread> {
    let mut document = Document { take, ours: false, known: false, stopped: false };
    let mut json = serde_json::Deserializer::from_reader(std::io::BufReader::with_capacity(64 * 1024, reader));
    let outcome = json.deserialize_map(&mut document);
    match outcome {
        _ if document.stopped => Err(Unread::Stopped),
        _ if !document.ours || !document.known => Err(Unread::Foreign),
        Ok(()) => Ok(()),
        Err(error) => Err(Unread::Damaged(error.to_string())),
    }
}

struct Document<'a> {
    take: &'a mut dyn FnMut(Item) -> bool,
    /// It says what it is.
    ours: bool,
    /// And in a version this program knows.
    known: bool,
    stopped: bool,
}

impl Document<'_> {
    fn hand_on<E: serde::de::Error>(&mut self, item: Item) -> Result<(), E> {
        if !self.ours || !self.known {
            return Err(E::custom("not what this program reads"));
        }
        if (self.take)(item) {
            return Ok(());
        }
        self.stopped = true;
        Err(E::custom("stopped"))
    }
}

impl<'de> Visitor<'de> for &mut Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => self.ours = map.next_value::<String>()? == NAME,
                "version" => self.known = map.next_value::<u32>()? == VERSION,
                "site" => {
                    let site = map.next_value::<String>()?;
                    self.hand_on(Item::Site(site))?;
                }
                "posts" => map.next_value_seed(Each { document: self, wrap: |post| Item::Post(Box::new(post)) })?,
                "comments" => map.next_value_seed(Each { document: self, wrap: Item::Comment })?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Each<'a, 'b, T> {
    document: &'a mut Document<'b>,
    wrap: fn(T) -> Item,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Each<'_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<'_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            self.document.hand_on((self.wrap)(item))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(json: &str) -> Result<Vec<Item>, Unread> {
        let mut items = Vec::new();
        read(json.as_bytes(), &mut |item| {
            items.push(item);
            true
        })?;
        Ok(items)
    }

    const HEAD: &str = r#""format": "picstargram-takeout", "version": 1, "site": "https://a.example""#;

    #[test]
    fn posts_and_comments_are_handed_on_one_by_one() {
        let post = r#"{"id": "7", "created_at": "2026-05-03T06:12:44Z", "audience": "followers", "photos": [{"file": null}], "later": {"a": [1]}}"#;
        let comment = r#"{"id": "8", "created_at": "2026-05-03T08:12:44+02:00", "body": "hm"}"#;
        let found = items(&format!(r#"{{{HEAD}, "posts": [{post}, {post}], "saved": ["x"], "comments": [{comment}]}}"#)).unwrap();
        assert_eq!(found.len(), 4);
        assert!(matches!(&found[1], Item::Post(post) if post.audience == Audience::Followers && post.photos.count() == 1));
        assert!(matches!(&found[3], Item::Comment(comment) if comment.created_at.to_rfc3339() == "2026-05-03T06:12:44+00:00"));
    }

    #[test]
    fn what_is_no_document_of_ours_says_so() {
        assert!(matches!(items("{}"), Err(Unread::Foreign)));
        assert!(matches!(items(r#"{"posts": []}"#), Err(Unread::Foreign)));
        assert!(matches!(items(r#"{"format": "picstargram-takeout", "version": 2, "posts": [{}]}"#), Err(Unread::Foreign)));
        assert!(matches!(items(&format!(r#"{{{HEAD}, "posts": [{{}}]}}"#)), Err(Unread::Damaged(_))));
        assert!(matches!(items(&format!(r#"{{{HEAD}, "posts": ["#)), Err(Unread::Damaged(_))));
    }

    #[test]
    fn a_long_list_takes_no_more_memory_than_a_full_one() {
        let many = vec![r#"{"file": null}"#; 50_000].join(",");
        let post = format!(r#"{{"id": "7", "created_at": "2026-05-03T06:12:44Z", "audience": "everyone", "photos": [{many}]}}"#);
        let found = items(&format!(r#"{{{HEAD}, "posts": [{post}]}}"#)).unwrap();
        assert!(matches!(&found[1], Item::Post(post) if post.photos.items.len() == PHOTOS && post.photos.count() == 50_000));
    }
}
