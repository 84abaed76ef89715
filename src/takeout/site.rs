//! The pages of an archive: posts newest first, opened from the file, without script and without this site.

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::web::filters;
use crate::web::i18n::Lang;
use crate::web::layout::Reader;
use askama::Template;
use chrono_tz::Tz;

/// Posts of one page: a browser opens it at once, though its pictures come from a disk.
const POSTS: usize = 60;
/// Pictures are as wide at most.
pub const WIDTH: u32 = 1024;
pub const STYLE: &str = "style.css";
pub const STYLE_SHEET: &str = include_str!("../../templates/takeout/archive/style.css");

pub struct Picture {
    pub file: String,
    pub original: Option<String>,
    pub alt: String,
}

pub struct SitePost {
    pub anchor: String,
    pub created_at: Timestamp,
    pub caption: String,
    pub followers_only: bool,
    pub archived: bool,
    pub likes: i64,
    pub pictures: Vec<Picture>,
    pub comments: Vec<(String, Timestamp)>,
}

/// A page as it goes into the archive.
pub struct SitePage {
    pub file: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "takeout/archive/page.html")]
struct PageTemplate<'a> {
    lang: &'static str,
    username: &'a str,
    description: &'a str,
    count: i64,
    made_at: Timestamp,
    first: bool,
    posts: &'a [SitePost],
    newer: Option<String>,
    older: Option<String>,
}

/// Collects posts until a page is full.
pub struct Pages {
    reader: Reader,
    username: String,
    description: String,
    count: i64,
    posts: Vec<SitePost>,
    number: usize,
}

impl Pages {
    pub fn new(lang: Lang, now: Timestamp, username: &str, description: &str, count: i64) -> Self {
        let reader = Reader { lang, time_zone: Tz::UTC, now, media_base: "".into(), absolute_media_base: String::new(), paging: false };
        Pages { reader, username: username.to_owned(), description: description.to_owned(), count, posts: Vec::new(), number: 1 }
    }

    /// The page before this post, when it is full.
    pub fn add(&mut self, post: SitePost) -> Result<Option<SitePage>> {
        let full = if self.posts.len() == POSTS { Some(self.draw(true)?) } else { None };
        self.posts.push(post);
        Ok(full)
    }

    /// What is left; a site without posts has one page too.
    pub fn last(&mut self) -> Result<Option<SitePage>> {
        if self.posts.is_empty() && self.number > 1 { Ok(None) } else { self.draw(false).map(Some) }
    }

    fn draw(&mut self, more: bool) -> Result<SitePage> {
        let posts = std::mem::take(&mut self.posts);
        let number = self.number;
        self.number += 1;
        let template = PageTemplate {
            lang: self.reader.lang.code(),
            username: &self.username,
            description: &self.description,
            count: self.count,
            made_at: self.reader.now,
            first: number == 1,
            posts: &posts,
            newer: (number > 1).then(|| file(number - 1)),
            older: more.then(|| file(number + 1)),
        };
        let mut html = String::new();
        template.render_into_with_values(&mut html, &("reader", &self.reader as &dyn std::any::Any)).map_err(Error::internal)?;
        Ok(SitePage { file: file(number), html })
    }
}

fn file(number: usize) -> String {
    if number == 1 { "index.html".to_owned() } else { format!("page-{number}.html") }
}
